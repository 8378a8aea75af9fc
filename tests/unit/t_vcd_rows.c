/* Rows of large dumps: whatever part of a file the reader looks at, the table
 * is the one that the whole file gives. */
#include "config.h"

#include "tests/lib/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/wave.h"
#include "sim/vcd.h"
#include "sim/vcd_inner.h"
#include "tests/lib/tool.h"

static uint64_t state_of = 88172645463325252u;

static uint64_t roll(uint64_t n)
{
	state_of ^= state_of << 13;
	state_of ^= state_of >> 7;
	state_of ^= state_of << 17;
	return state_of % n;
}

static enum wave_edge edge; /* of the clock, in each round another one */

static struct wave_clock clock_of(void *ctx, const struct wave *w)
{
	return (struct wave_clock){ wave_find(w, "tb.clk"), edge };
}

static void bits(struct str *s, int width)
{
	for (int i = 0; i < width; i++)
		str_addc(s, "01xz"[roll(20) < 18 ? roll(2) : roll(4)]);
}

/* A clock, a reset of the first cycles, signals that change in each cycle, now
 * and then, and once; a real, a string, an event. end: how a line ends. */
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

static char *table(const struct wave *w, uint64_t time, int rows)
{
	struct str s = STR_INIT;

	wave_table(w, time, rows, 12, &s);
	return str_take(&s);
}

static struct wave *window(const char *path, uint64_t time, int rows, bool *fits)
{
	struct wave_want want = { .time = time, .rows = rows, .cols = 12, .clock = clock_of };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	struct wave *w;

	assert_int_equal(fstat(fd, &st), 0);
	vcd_read_window(fd, (uint64_t)st.st_size, &want, &w, fits, NULL);
	close(fd);
	return w;
}

static void same_as_whole(const char *path, const struct wave *whole, uint64_t time, int rows)
{
	bool fits;
	struct wave *part = window(path, time, rows, &fits);
	char *a = table(whole, time, rows), *b;

	assert_true(fits);
	assert_non_null(part);
	b = table(part, time, rows);
	assert_string_equal(b, a);
	/* What comes later was not read, and is not made up. */
	if (wave_unknown_from(part) < wave_end(part)) {
		size_t len;

		assert_null(
			wave_value(part, (size_t)wave_find(part, "tb.q"), wave_end(part), &len));
	}
	assert_int_equal(wave_end(part), wave_end(whole));
	free(a);
	free(b);
	wave_free(part);
}

static void check_dump(unsigned cycles, const char *line_end, size_t cut)
{
	char *dir = tool_folder(), *path = path_join(dir, "w.vcd");
	struct str s = STR_INIT;
	struct wave *whole;

	dump(&s, cycles, line_end);
	assert_true(file_save(path, s.data, s.len - cut, 0600, NULL));
	assert_true(vcd_read(path, 0, &whole, NULL));
	wave_set_clock(whole, clock_of(NULL, whole));
	same_as_whole(path, whole, UINT64_MAX, 12);
	same_as_whole(path, whole, wave_end(whole) + 100, 3);
	same_as_whole(path, whole, 0, 5);
	same_as_whole(path, whole, 5, 5);
	for (int i = 0; i < 25; i++) {
		edge = (enum wave_edge)(i % 3);
		wave_set_clock(whole, clock_of(NULL, whole));
		same_as_whole(path, whole, roll(wave_end(whole)), 1 + (int)roll(30));
	}
	edge = WAVE_RISING;
	wave_free(whole);
	str_free(&s);
	free(path);
	tool_folder_remove(dir);
}

static void a_window_shows_what_the_whole_file_shows(void **state)
{
	check_dump(200000, "\n", 0);
}

static void lines_may_end_as_on_windows(void **state)
{
	check_dump(60000, "\r\n", 0);
}

static void a_large_file_may_be_cut_anywhere(void **state)
{
	for (size_t cut = 1; cut < 40; cut += 3)
		check_dump(60000, "\n", cut);
}

static void a_file_without_lines_is_no_window_but_a_stream(void **state)
{
	char *dir = tool_folder(), *path = path_join(dir, "w.vcd"), *a, *b;
	struct wave_want want = { .time = UINT64_MAX, .rows = 9, .cols = 12, .clock = clock_of };
	struct str s = STR_INIT;
	struct wave *w, *whole;
	bool fits;

	dump(&s, 600000, " "); /* above what is read as a whole */
	assert_true(file_save(path, s.data, s.len, 0600, NULL));
	w = window(path, UINT64_MAX, 9, &fits);
	assert_null(w);
	assert_false(fits);
	assert_true(wave_read(NULL, path, &want, &w, NULL));
	assert_true(vcd_read(path, 0, &whole, NULL));
	wave_set_clock(whole, clock_of(NULL, whole));
	a = table(whole, UINT64_MAX, 9);
	b = table(w, UINT64_MAX, 9);
	assert_string_equal(b, a);
	free(a);
	free(b);
	wave_free(w);
	wave_free(whole);
	str_free(&s);
	free(path);
	tool_folder_remove(dir);
}

/* The memory of a stream is bounded: it forgets what no row needs. */
static void a_stream_forgets_what_lies_far_back(void **state)
{
	struct vcd_builder b = { .w = wave_new(0), .until = UINT64_MAX, .max_held = 4000 };
	struct vcd_events ev = vcd_builder_events(&b);
	struct vcd_scan *scan = vcd_scan_new(&ev);
	struct str s = STR_INIT;
	struct vcd *v = vcd_new(0);
	struct wave *whole;

	dump(&s, 30000, "\n");
	vcd_feed(v, s.data, s.len);
	assert_true(vcd_end(v, &whole, NULL));
	wave_set_clock(whole, clock_of(NULL, whole));
	for (size_t at = 0; at < s.len; at += 4096) {
		uint64_t now;
		char *is, *want;

		vcd_scan_feed(scan, s.data + at, s.len - at < 4096 ? s.len - at : 4096);
		assert_true(wave_held(b.w) <= 4000 + 16);
		if (wave_signals(b.w) == 0 || roll(8))
			continue;
		wave_set_clock(b.w, clock_of(NULL, b.w));
		now = vcd_scan_time(scan);
		if (now < 20)
			continue;
		/* The present time may not be complete. */
		is = table(b.w, now - 1, 10);
		want = table(whole, now - 1, 10);
		assert_string_equal(is, want);
		free(is);
		free(want);
	}
	assert_true(wave_from(b.w) > 0);
	assert_true(wave_from(b.w) < wave_end(b.w));
	vcd_scan_free(scan);
	wave_free(b.w);
	wave_free(whole);
	str_free(&s);
}

/* What did not fit under a limit is never shown as what came before it. */
static void dropped_changes_leave_no_value(void **state)
{
	struct wave *w = wave_new(3);
	struct wave_signal q = { .scope = "tb", .name = "q", .width = 4 };
	char *text;
	size_t len;

	wave_add_signal(w, &q, -1);
	for (uint64_t t = 0; t < 6; t++)
		wave_change(w, 0, 10 * t, &"0101010"[t & 1], 1 + (t > 2));
	assert_string_equal(wave_value(w, 0, 20, &len) ? "held" : "none", "held");
	assert_null(wave_value(w, 0, 30, &len));
	assert_null(wave_value(w, 0, 500, &len));
	text = table(w, 50, 3);
	assert_non_null(strstr(text, " -\n"));
	free(text);
	wave_free(w);
}

static void other_formats_are_read_through_their_tools_or_named(void **state)
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
	struct wave_want want = { .time = UINT64_MAX, .rows = 3, .cols = 3 };
	char *dir = tool_folder(), *path = path_join(dir, "w.fst");
	struct wave *w;
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(wave_format_of(cases[i].start, cases[i].len), cases[i].format);
	assert_true(file_save(path, "\0\0\0\0\0\0\0\001\111rest", 13, 0600, NULL));
	/* Outside of a task no tool can be waited for. */
	assert_false(wave_read(NULL, path, &want, &w, &err));
	assert_int_equal(err.code, ERR_TOOL);
	assert_non_null(strstr(err.text, "it is an FST file"));
	assert_non_null(strstr(err.text, "fst2vcd"));
	free(path);
	tool_folder_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_shows_what_the_whole_file_shows),
		cmocka_unit_test(lines_may_end_as_on_windows),
		cmocka_unit_test(a_large_file_may_be_cut_anywhere),
		cmocka_unit_test(a_file_without_lines_is_no_window_but_a_stream),
		cmocka_unit_test(a_stream_forgets_what_lies_far_back),
		cmocka_unit_test(dropped_changes_leave_no_value),
		cmocka_unit_test(other_formats_are_read_through_their_tools_or_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
