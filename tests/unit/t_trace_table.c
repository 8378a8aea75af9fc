#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace_clock.h"
#include "session/trace/trace_table.h"
#include "tests/lib/wave.h"

static void change(struct wave *w, size_t signal, uint64_t time, const char *value)
{
	wave_change(w, signal, time, value, strlen(value));
}

static void says_at(struct wave *w, enum trace_edge edge, uint64_t time, int rows, int cols,
		    const char *want)
{
	const struct trace_rows r = {
		.clock = { TRACE_NONE, edge }, .time = time, .rows = rows, .cols = cols
	};
	struct trace *t = trace_of_wave(w);
	struct str s = STR_INIT;

	trace_table(t, &r, &s);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	trace_close(t);
}

static void says(struct wave *w, uint64_t time, int rows, int cols, const char *want)
{
	says_at(w, TRACE_RISING, time, rows, cols, want);
}

static struct wave *counter(void)
{
	struct wave *w = wave_new();
	size_t state = wave_add(w, "tb.dut", "state", 3), idle = wave_add(w, "tb", "idle", 1),
	       q = wave_add(w, "tb", "q", 8);
	size_t clk = wave_add(w, "tb", "clk", 1), rst = wave_add(w, "tb", "rst_n", 1);
	struct wave_signal s = { .scope = "tb.dut", .name = "q_o", .width = 8 };

	wave_add_signal(w, &s, (long)q);
	wave_set_timescale(w, 1, -12);
	change(w, idle, 0, "1");
	change(w, rst, 0, "0");
	change(w, state, 0, "x");
	for (uint64_t t = 0; t < 10; t++) {
		char bits[9];

		for (int i = 0; i < 8; i++)
			bits[i] = t >> (7 - i) & 1 ? '1' : '0';
		bits[8] = '\0';
		change(w, clk, 10 * t, "0");
		change(w, rst, 10 * t, t > 1 ? "1" : "0");
		change(w, clk, 10 * t + 5, "1");
		change(w, q, 10 * t + 5, bits);
		if (t > 7)
			change(w, state, 10 * t + 5, "101");
	}
	return w;
}

CASE(the_table_shows_the_cycles_before)
{
	says(counter(), 87, 4, 9,
	     "time in 1 ps; values right after each rising edge of tb.clk\n"
	     "time  clk  rst_n      q  dut.state\n"
	     "  65    1      1  8'h06       3'hx\n"
	     "  75    1      1  8'h07       3'hx\n"
	     "  85    1      1  8'h08       3'h5\n"
	     "  87    1      1  8'h08       3'h5\n");
	says(counter(), 25, 2, 2,
	     "time in 1 ps; values right after each rising edge of tb.clk\n"
	     "time  clk  rst_n\n"
	     "  15    1      0\n"
	     "  25    1      1\n");
	/* By the edge that the design waits for. */
	says_at(counter(), TRACE_FALLING, 33, 3, 3,
		"time in 1 ps; values right after each falling edge of tb.clk\n"
		"time  clk  rst_n      q\n"
		"  20    0      1  8'h01\n"
		"  30    0      1  8'h02\n"
		"  33    0      1  8'h02\n");
	says_at(counter(), TRACE_BOTH, 33, 4, 3,
		"time in 1 ps; values right after each edge of tb.clk (both are used)\n"
		"time  clk  rst_n      q\n"
		"  20    0      1  8'h01\n"
		"  25    1      1  8'h02\n"
		"  30    0      1  8'h02\n"
		"  33    0      1  8'h02\n");
	/* After the end is the end. */
	says(counter(), UINT64_MAX, 2, 3,
	     "time in 1 ps; values right after each rising edge of tb.clk\n"
	     "time  clk  rst_n      q\n"
	     "  85    1      1  8'h08\n"
	     "  95    1      1  8'h09\n");
}

/* What a check compares comes first, changed or not; of equal names the outermost. */
CASE(what_is_asked_for_comes_first)
{
	static const char head[] = "time in 1 ps; values right after each rising edge of tb.clk\n";
	static const struct {
		const char *names;
		int cols;
		const char *title;
	} v[] = {
		{ NULL, 5, "time  clk  rst_n      q  dut.state\n" },
		{ "", 5, "time  clk  rst_n      q  dut.state\n" },
		{ "{idle, q} !== want[3]", 5, "time  clk  rst_n  idle      q  dut.state\n" },
		{ "dut.state === 3'd5", 5, "time  clk  rst_n  dut.state      q\n" },
		{ "tb.dut.state", 5, "time  clk  rst_n  dut.state      q\n" },
		{ "ut.state != other.state", 5, "time  clk  rst_n      q  dut.state\n" },
		{ "$signed(q_o) > 8'hq", 5, "time  clk  rst_n      q  dut.state\n" },
		{ "idle & idle & q & clk", 3, "time  clk  rst_n  idle\n" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct wave *w = counter();
		const struct trace_rows r = { .clock = { TRACE_NONE, TRACE_RISING },
					      .time = 87,
					      .rows = 3,
					      .cols = v[i].cols,
					      .names = v[i].names };
		struct trace *t = trace_of_wave(w);
		struct str s = STR_INIT;

		trace_table(t, &r, &s);
		if (!str_starts(str_cstr(&s), head) ||
		    !str_starts(str_cstr(&s) + strlen(head), v[i].title))
			fail_msg("%s: %s", v[i].names ? v[i].names : "NULL", str_cstr(&s));
		str_free(&s);
		trace_close(t);
	}
}

/* A tool may write a variable as one. */
CASE(a_parameter_is_shown_only_where_it_changes)
{
	for (int changes = 0; changes < 2; changes++) {
		struct wave *w = wave_new();
		struct wave_signal s = {
			.scope = "tb", .name = "HALF", .width = 4, .parameter = true
		};
		size_t half = wave_add_signal(w, &s, -1), q = wave_add(w, "tb", "q", 1);

		change(w, half, 0, "1");
		change(w, q, 0, "0");
		change(w, q, 10, "1");
		if (changes)
			change(w, half, 10, "10");
		says(w, 10, 2, 5,
		     changes ? "time in steps (the file names no unit)\n"
			       "time  HALF  q\n"
			       "   0  4'h1  0\n"
			       "  10  4'h2  1\n"
			     : "time in steps (the file names no unit)\n"
			       "time  q\n"
			       "   0  0\n"
			       "  10  1\n");
	}
}

CASE(what_is_unknown_all_the_time_is_shown)
{
	struct wave *w = wave_new();
	size_t clk = wave_add(w, "tb", "clk", 1), q = wave_add(w, "tb", "q", 4),
	       k = wave_add(w, "tb", "k", 4), n = wave_add(w, "tb", "n", 1);

	change(w, q, 0, "x");
	change(w, k, 0, "11");
	change(w, n, 0, "z");
	for (uint64_t t = 0; t < 4; t++) {
		change(w, clk, 10 * t, "0");
		change(w, clk, 10 * t + 5, "1");
	}
	says(w, 35, 2, 5,
	     "time in steps (the file names no unit); values right after each "
	     "rising edge of "
	     "tb.clk\n"
	     "time  clk     q  n\n"
	     "  25    1  4'hx  z\n"
	     "  35    1  4'hx  z\n");
}

CASE(without_a_clock_each_change_is_a_line)
{
	struct wave *w = wave_new();
	size_t a = wave_add(w, "", "a", 1), y = wave_add(w, "", "y", 4);

	change(w, a, 3, "0");
	change(w, y, 3, "1");
	change(w, y, 7, "10");
	change(w, a, 9, "1");
	change(w, a, 20, "0");
	says(w, 9, 5, 5,
	     "time in steps (the file names no unit)\n"
	     "time  a     y\n"
	     "   3  0  4'h1\n"
	     "   7  0  4'h2\n"
	     "   9  1  4'h2\n");
	says(wave_new(), 9, 5, 5, "time in steps (the file names no unit)\ntime\n");
}

/* It is told, too. */
CASE(a_clock_may_be_said)
{
	struct trace *t = trace_of_wave(counter());
	struct trace_rows r = {
		.clock = { .signal = TRACE_NO_CLOCK }, .time = 30, .rows = 3, .cols = 1
	};
	size_t signals[1];
	uint64_t from, to;

	assert_int_equal(trace_clock(t, TRACE_NONE), trace_find(t, "tb.clk"));
	assert_int_equal(trace_clock(t, 2), 2);
	assert_int_equal(trace_clock(t, TRACE_NO_CLOCK), TRACE_NONE);
	assert_int_equal(trace_find_reset(t), trace_find(t, "tb.rst_n"));
	assert_int_equal(trace_choose(t, &r, signals, &from, &to), 1);
	assert_int_equal(from, 20);
	assert_int_equal(to, 30);
	r.clock.signal = trace_find(t, "tb.clk");
	trace_choose(t, &r, signals, &from, &to);
	assert_int_equal(from, 15);
	assert_int_equal(to, 30);
	trace_close(t);
}

CASE(resets_are_known_by_a_part_of_their_name)
{
	static const char *const no[] = { "burst", "first", "presets", "worst_case", "_tmp",
					  "_",	   "__",    "a__b",    "tmp_" };
	static const char *const yes[] = { "rst_n",  "sys_rst", "arst",	  "sysReset",
					   "nreset", "_rst",	"x__rst", "__rst_" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++) {
		struct wave *w = wave_new();
		struct trace *t;
		size_t reset;

		for (size_t k = 0; k < sizeof(no) / sizeof(*no); k++)
			wave_add(w, "tb", no[k], 1);
		wave_add(w, "tb.dut", "rst", 1);
		reset = wave_add(w, "tb", yes[i], 1);
		t = trace_of_wave(w);
		assert_int_equal(trace_find_reset(t), reset);
		trace_close(t);
	}
}
