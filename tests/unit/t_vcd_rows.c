/* Rows of large dumps: however the reader splits a file into blocks, the table equals
 * that of the file in memory. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "session/trace/trace_table.h"
#include "sim/trace/trace_convert.h"
#include "sim/trace/trace_open.h"
#include "tests/lib/slow_vcd.h"
#include "tests/lib/tool.h"
#include "tests/lib/wave.h"

static uint64_t state_of = 88172645463325252u;

static uint64_t roll(uint64_t n)
{
	state_of ^= state_of << 13;
	state_of ^= state_of >> 7;
	state_of ^= state_of << 17;
	return state_of % n;
}

static void bits(struct str *s, int width)
{
	for (int i = 0; i < width; i++)
		str_addc(s, "01xz"[roll(20) < 18 ? roll(2) : roll(4)]);
}

/* A clock, a reset in the first cycles, signals that change in each cycle, sometimes,
 * and once; a real, a string, an event. end: the line ending. */
static void dump(struct str *s, unsigned cycles, const char *end)
{
	str_addf(s,
		 "$timescale 1ps $end%s$scope module tb $end%s$var reg 1 ! clk $end%s$var reg 1 \" "
		 "rst_n $end%s"
		 "$var wire 8 # q [7:0] $end%s$scope module dut $end%s$var wire 32 #! rare [31:0] "
		 "$end%s"
		 "$var real 64 !# level $end%s$var string 1 s text $end%s$var event 1 e go $end%s"
		 "$var parameter 0 p P $end%s$var wire 70 !! wide [69:0] $end%s$upscope "
		 "$end%s$upscope $end%s"
		 "$enddefinitions $end%s#0%s$dumpvars%s0!%s0\"%sbx #%sb0 #!%sr0.5 !#%sshello "
		 "s%sr2.5 p%sb1 !!%s$end%s",
		 end, end, end, end, end, end, end, end, end, end, end, end, end, end, end, end,
		 end, end, end, end, end, end, end, end, end, end);
	for (unsigned i = 1; i <= cycles; i++) {
		str_addf(s, "#%u%s1!%s", i * 10 - 5, end, end);
		if (i == 3)
			str_addf(s, "1\"%s", end);
		str_adds(s, "b");
		bits(s, 8);
		str_addf(s, " #%s", end);
		if (roll(5000) == 0)
			str_addf(s, "b%llx #!%sr%u.25 !#%sst%u s%s",
				 0x10ull + (roll(2) ? 0x101 : 0x1), end, i, end, i, end);
		if (roll(3) == 0)
			str_addf(s, "1e%s", end);
		str_addf(s, "#%u%s0!%s", i * 10, end, end);
		if (roll(7) == 0) {
			str_adds(s, "b");
			bits(s, 70);
			str_addf(s, " !!%s", end);
		}
	}
}

static struct trace *opened(const char *path)
{
	struct trace *t;
	struct err err;

	if (!trace_open(NULL, path, &t, &err))
		fail_msg("%s", err.text);
	return t;
}

static struct trace *in_memory(const char *path)
{
	struct wave *w = slow_vcd_file(path);

	assert_non_null(w);
	return trace_of_wave(w);
}

static void same_rows(struct trace *part, struct trace *whole, uint64_t time, int rows,
		      size_t clock)
{
	const struct trace_rows r = { .clock = { clock, (enum trace_edge)(rows % 3) },
				      .time = time,
				      .rows = rows,
				      .cols = 12 };
	struct str a = STR_INIT, b = STR_INIT;

	trace_table(part, &r, &a);
	trace_table(whole, &r, &b);
	assert_string_equal(str_cstr(&a), str_cstr(&b));
	str_free(&a);
	str_free(&b);
}

static void check_dump(unsigned cycles, const char *line_end, size_t cut)
{
	char *dir = tool_folder(), *path = path_join(dir, "w.vcd");
	struct str s = STR_INIT;
	struct trace *part, *whole;
	size_t clock;
	uint64_t end;

	dump(&s, cycles, line_end);
	assert_true(file_save(path, s.data, s.len - cut, 0600, NULL));
	part = opened(path);
	whole = in_memory(path);
	clock = trace_find(whole, "tb.clk");
	end = trace_end(whole);
	assert_int_equal(trace_end(part), end);
	assert_int_equal(trace_find_clock(part), clock);
	same_rows(part, whole, UINT64_MAX, 12, TRACE_NONE);
	same_rows(part, whole, end + 100, 3, clock);
	same_rows(part, whole, 0, 5, clock);
	same_rows(part, whole, 5, 5, clock);
	for (int i = 0; i < 20; i++)
		same_rows(part, whole, roll(end), 1 + (int)roll(30), clock);
	for (int i = 0; i < 5; i++)
		same_rows(part, whole, roll(end), 1 + (int)roll(30), TRACE_NO_CLOCK);
	trace_close(part);
	trace_close(whole);
	str_free(&s);
	free(path);
	tool_folder_remove(dir);
}

CASE(rows_of_blocks_are_those_of_the_whole)
{
	check_dump(100000, "\n", 0);
}

CASE(lines_may_end_as_on_windows)
{
	check_dump(30000, "\r\n", 0);
}

CASE(a_file_may_have_one_line)
{
	check_dump(30000, " ", 0);
}

CASE(a_large_file_may_be_cut_anywhere)
{
	for (size_t cut = 1; cut < 40; cut += 3)
		check_dump(20000, "\n", cut);
}

CASE(other_formats_are_read_through_their_tools_or_named)
{
	static const struct {
		const char *start;
		size_t len;
		enum wave_format format;
	} cases[] = {
		{ "\0\0\0\0\0\0\0\001\111", 9, WAVE_FST },
		{ "GHDLwave\n", 9, WAVE_GHW },
		{ "\037\213\010", 3, WAVE_GZIP },
		{ "\050\265\057\375", 4, WAVE_ZSTD },
		{ "$date", 5, WAVE_VCD },
		{ "", 0, WAVE_VCD },
		{ "\0\0\0\0", 4, WAVE_VCD },
	};
	char *dir = tool_folder(), *path = path_join(dir, "w.lxt");
	struct trace *t;
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(wave_format_of(cases[i].start, cases[i].len), cases[i].format);
	assert_true(file_save(path, "\023\200rest", 6, 0600, NULL));
	/* Outside of a task no tool can be waited for. */
	assert_false(trace_open(NULL, path, &t, &err));
	assert_int_equal(err.code, ERR_TOOL);
	assert_non_null(strstr(err.text, "it is an LXT2 file"));
	assert_non_null(strstr(err.text, "lxt2vcd"));
	free(path);
	tool_folder_remove(dir);
}
