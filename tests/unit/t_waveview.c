#include "config.h"

#include "tests/lib/case.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "tests/lib/dice.h"

static void change(struct wave *w, size_t signal, uint64_t time, const char *value)
{
	wave_change(w, signal, time, value, strlen(value));
}

/* A counter with a clock of 10 units, and what its testbench expects. */
static struct trace *small(void)
{
	struct wave *w = wave_new();
	size_t rst = wave_add(w, "tb", "rst", 1), exp = wave_add(w, "tb", "expected_q", 8),
	       clk = wave_add(w, "tb", "clk", 1), q = wave_add(w, "tb", "q", 8),
	       s = wave_add(w, "tb.dut", "s", 2);
	char value[9];

	wave_set_timescale(w, 1, -9);
	for (unsigned t = 0; t <= 100; t += 5) {
		change(w, clk, t, t / 5 % 2 ? "1" : "0");
		if (t == 0) {
			change(w, rst, 0, "1");
			change(w, q, 0, "xxxxxxxx");
			change(w, exp, 0, "xxxxxxxx");
			change(w, s, 0, "zz");
		}
		if (t == 12)
			continue;
		if (t == 20)
			change(w, rst, 20, "0");
		if (t / 5 % 2) {
			unsigned n = t < 20 ? 0 : (t - 15) / 10;

			for (int i = 0; i < 8; i++)
				value[i] = n >> (7 - i) & 1 ? '1' : '0';
			value[8] = '\0';
			change(w, q, t, value);
			if (n == 4)
				value[6] = '1';
			change(w, exp, t, value);
		}
		if (t == 50)
			change(w, s, 50, "1x");
	}
	wave_set_end(w, 100);
	return trace_of_wave(w);
}

static void is_drawn(struct waveview *v, int rows, int cols, bool utf8, const char *expected)
{
	struct wave_shape shape = { .rows = rows, .cols = cols, .utf8 = utf8 };
	struct wave_lines lines;
	struct str text = STR_INIT;

	waveview_draw(v, &shape, &lines);
	wave_lines_print(&lines, &text);
	assert_string_equal(str_cstr(&text), expected);
	str_free(&text);
	wave_lines_fini(&lines);
}

CASE(a_small_trace_is_drawn)
{
	struct trace *t = small();
	struct waveview *v = waveview_new(t, 50);

	waveview_choose(v);
	v->cursor = 45;
	waveview_zoom_range(v, 0, 100, 50);
	is_drawn(v, 9, 76, false,
		 "                     |0                    v |50 ns                   |\n"
		 ">clk               1 "
		 "__/~\\__/~\\__/~\\__/~\\__/~\\__/~\\__/~\\__/~\\__/~\\__/~\\\n"
		 " rst               0 ~~~~~~~~~\\________________________________________\n"
		 " q[7:0]           03 xx|00       |01  |02  |03  |04  |05  |06  |07  |08\n"
		 " expected_q[7:0]  03 xx|00       |01  |02  |03  |06  |05  |06  |07  |08\n"
		 " v dut\n"
		 "   s[1:0]          z z-----------------------|X\n"
		 "\n"
		 " 45 ns  of 100 ns\n");
	v->cursor = 55;
	v->chosen = 3;
	v->has_marker[WAVEVIEW_A] = v->has_marker[WAVEVIEW_B] = true;
	v->marker[WAVEVIEW_A] = 25;
	v->marker[WAVEVIEW_B] = 55;
	is_drawn(v, 5, 60, true,
		 "                     │0          A           │50▼ns\n"
		 " rst               0 ▔▔▔▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁\n"
		 " q[7:0]           04 xx│00       │01  │02  │03  │04  │05  │6\n"
		 ">expected_q[7:0]  06!xx│00       │01  │02  │03  │06  │05  │6\n"
		 " 55 ns  A 25 ns  B 55 ns  B-A 30 ns, 3 edges  of 100 ns\n");
	waveview_free(v);
	trace_close(t);
}

CASE(small_ones_have_goldens)
{
	struct trace *t = small();
	struct waveview *v = waveview_new(t, 50);
	struct str text = STR_INIT;

	waveview_choose(v);
	/* An expected value is shown below the actual one. */
	assert_int_equal(v->n, 6);
	assert_string_equal(v->rows[2].name, "tb.q");
	assert_string_equal(v->rows[3].name, "tb.expected_q");
	assert_int_equal(v->rows[3].beside, 2);
	assert_true(v->rows[4].group);
	waveview_say(v, 20, 35, &text);
	assert_string_equal(str_cstr(&text), "t=20 ns: clk 1->0; rst 1->0\n"
					     "t=25 ns: clk 0->1; q 00->01; expected_q 00->01\n"
					     "t=30 ns: clk 1->0\n"
					     "t=35 ns: clk 0->1; q 01->02; expected_q 01->02\n");
	str_clear(&text);
	waveview_table(v, 21, 50, &text);
	assert_string_equal(str_cstr(&text), "          time  clk  rst   q  expected_q  s\n"
					     "         21 ns    0    0  00          00  z\n"
					     "         25 ns    1    0  01          01  z\n"
					     "         35 ns    1    0  02          02  z\n"
					     "         45 ns    1    0  03          03  z\n"
					     "         50 ns    0    0  03          03  X\n");
	str_free(&text);
	waveview_free(v);
	trace_close(t);
}

/* The oracle -------------------------------------------------------------------- */

#define CHANGES 60

struct plain {
	int width;
	size_t n;
	uint64_t time[CHANGES];
	char value[CHANGES][9];
};

static struct trace *random_trace(struct plain *x, size_t n, uint64_t end)
{
	struct wave *w = wave_new();

	for (size_t i = 0; i < n; i++) {
		char name[8];
		uint64_t time = roll(3) ? 0 : roll(20);

		x[i].width = roll(2) ? 1 : 8;
		x[i].n = 0;
		snprintf(name, sizeof(name), "s%zu", i);
		wave_add(w, "t", name, x[i].width);
		for (size_t k = 0, most = roll(CHANGES); k < most && time <= end; k++) {
			char *value = x[i].value[x[i].n];

			for (int b = 0; b < x[i].width; b++)
				value[b] = "01xz"[roll(k % 3 ? 2 : 4)];
			value[x[i].width] = '\0';
			if (x[i].n && strcmp(value, x[i].value[x[i].n - 1]) == 0)
				continue;
			x[i].time[x[i].n++] = time;
			time += 1 + (roll(4) ? roll(3) : roll(60));
		}
	}
	for (uint64_t time = 0; time <= end; time++) /* a wave takes them in this order */
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < x[i].n; k++)
				if (x[i].time[k] == time)
					change(w, i, time, x[i].value[k]);
	wave_set_end(w, end);
	return trace_of_wave(w);
}

/* The number of changes in [from, to), and the values at from - 1 and to - 1. */
static size_t changes_in(const struct plain *x, uint64_t from, uint64_t to, const char **before,
			 const char **after)
{
	size_t n = 0;

	*before = *after = NULL;
	for (size_t k = 0; k < x->n; k++) {
		if (x->time[k] < from)
			*before = x->value[k];
		if (x->time[k] < to)
			*after = x->value[k];
		n += x->time[k] >= from && x->time[k] < to;
	}
	return n;
}

/* The very first value is not a change if it coincides with the start of a cell. */
static char slow_sign(const struct plain *x, uint64_t from, uint64_t to)
{
	const char *before, *after;
	size_t n = changes_in(x, from, to, &before, &after);

	if (n && !before && x->time[0] == from) {
		before = x->value[0];
		n--;
	}
	if (n > 1)
		return '#';
	if (n == 1 && x->width == 1 && before && strcmp(before, "0") == 0 &&
	    strcmp(after, "1") == 0)
		return '/';
	if (n == 1 && x->width == 1 && before && strcmp(before, "1") == 0 &&
	    strcmp(after, "0") == 0)
		return '\\';
	if (n == 1)
		return '|';
	if (!after)
		return ' ';
	return x->width > 1 ? 'v' : *after == '0' ? '_' : *after == '1' ? '~' : *after;
}

/* Of a bus the text of what it holds, else what the cell itself shows. */
static void check_cell(const struct wave_lines *l, int line, int cell, char expected)
{
	uint32_t cp = l->cells[line * l->cols + l->wave_col + cell].cp;

	cp = cp ? cp : ' ';
	if (expected == 'v')
		assert_true(!strchr("#|/\\_~", (int)cp));
	else if (expected == 'z')
		assert_true(cp == 'z' || cp == '-');
	else
		assert_int_equal(cp, expected);
}

static void hex(const char *bits, char out[3])
{
	for (int i = 0; i < 2; i++) {
		int x = 0, z = 0, digit = 0;

		for (int k = 0; k < 4; k++) {
			char c = bits[i * 4 + k];

			x += c == 'x';
			z += c == 'z';
			digit = digit * 2 + (c == '1');
		}
		out[i] = x == 4	  ? 'x'
			 : z == 4 ? 'z'
			 : x	  ? 'X'
			 : z	  ? 'Z'
				  : "0123456789abcdef"[digit];
	}
	out[2] = '\0';
}

/* A run of cells with the same value shows that value, if there is room. */
static void check_text(const struct wave_lines *l, int line, int cell, const struct plain *x,
		       const struct waveview *v, int cols)
{
	char text[3], shown[3] = "";
	const char *before, *after;

	if (x->width == 1 || cell + 1 >= cols)
		return;
	for (int i = cell; i < cell + 2; i++)
		if (slow_sign(x, waveview_cell_start(v, i), waveview_cell_start(v, i + 1)) != 'v')
			return;
	if (cell > 0 &&
	    slow_sign(x, waveview_cell_start(v, cell - 1), waveview_cell_start(v, cell)) == 'v')
		return;
	changes_in(x, waveview_cell_start(v, cell), waveview_cell_start(v, cell + 1), &before,
		   &after);
	hex(after, text);
	for (int i = 0; i < 2; i++)
		shown[i] = (char)l->cells[line * l->cols + l->wave_col + cell + i].cp;
	assert_string_equal(shown, text);
}

CASE(a_drawing_is_what_a_slow_one_is)
{
	struct plain x[6];

	for (int round = 0; round < 3000; round++) {
		uint64_t end = 1 + roll(400);
		struct trace *t = random_trace(x, 6, end);
		struct waveview *v = waveview_new(t, 60);
		struct wave_shape shape = { .rows = 8, .cols = 30 + (int)roll(80) };
		struct wave_lines l;
		int cols;

		for (size_t i = 0; i < 6; i++)
			waveview_insert(v, i,
					(const char *[]){ "t.s0", "t.s1", "t.s2", "t.s3", "t.s4",
							  "t.s5" }[i],
					false, 0);
		cols = waveview_wave_cols(v, &shape);
		waveview_zoom_range(v, roll((unsigned)end), roll((unsigned)end + 1), cols);
		for (int i = (int)roll(5); i > 0; i--)
			waveview_zoom(v, roll(2) ? 1 : -1, cols);
		waveview_draw(v, &shape, &l);
		for (int line = 1; line < 7; line++) {
			for (int c = 0; c < cols; c++) {
				uint64_t from = waveview_cell_start(v, c);
				char expected = slow_sign(&x[line - 1], from,
							  waveview_cell_start(v, c + 1));

				check_cell(&l, line, c, from > end ? ' ' : expected);
				if (waveview_cell_start(v, c + 1) <= end)
					check_text(&l, line, c, &x[line - 1], v, cols - 1);
			}
		}
		wave_lines_fini(&l);
		waveview_free(v);
		trace_close(t);
	}
}

/* Cells ------------------------------------------------------------------------- */

/* Zooming around a cell keeps its time there, as far as the trace and whole units allow;
 * panning does not move the cursor, and panning back restores the window. */
CASE(the_wheel_zooms_where_the_mouse_is)
{
	struct wave *w = wave_new();
	struct waveview *v;
	struct trace *t;
	uint64_t cursor, from;

	wave_add(w, "t", "a", 1);
	wave_set_end(w, 100000);
	t = trace_of_wave(w);
	v = waveview_new(t, 80);
	waveview_zoom_all(v, 80);
	for (int round = 0; round < 8; round++) {
		uint64_t at = waveview_cell_start(v, 61), least, most;

		waveview_zoom_at(v, 1, 61, 80);
		least = waveview_cell_start(v, 60), most = waveview_cell_start(v, 63);
		assert_true(least <= at && at <= most);
	}
	waveview_set_cursor(v, waveview_cell_start(v, 5), 80);
	cursor = v->cursor, from = v->from;
	waveview_pan(v, 13, 80);
	assert_true(v->from > from);
	assert_true(v->cursor == cursor);
	waveview_pan(v, -13, 80);
	assert_true(v->from == from);
	waveview_pan(v, -100000, 80);
	assert_true(v->from == 0);
	waveview_pan(v, 100000000, 80);
	assert_true(waveview_cell_start(v, 80) >= 100000);
	waveview_free(v);
	trace_close(t);
}

CASE(cells_tile_time)
{
	struct wave *w = wave_new();
	struct trace *t;
	struct waveview *v;

	wave_add(w, "t", "a", 1);
	wave_set_end(w, UINT64_MAX - 1);
	t = trace_of_wave(w);
	v = waveview_new(t, 80);
	for (int round = 0; round < 20000; round++) {
		uint64_t at;

		if (roll(3) == 0)
			waveview_zoom(v, 1, 80);
		else if (roll(3) == 0)
			waveview_zoom(v, -1, 80);
		else
			waveview_set_cursor(v, (uint64_t)roll(1u << 31) << roll(33), 80);
		for (int c = 0; c < 80; c++)
			assert_true(waveview_cell_start(v, c) <= waveview_cell_start(v, c + 1));
		waveview_see(v, 80);
		at = v->cursor;
		assert_in_range(waveview_cell_of(v, at, 80), 0, 79);
		assert_true(waveview_cell_start(v, waveview_cell_of(v, at, 80)) <= at);
		if (waveview_cell_of(v, at, 80) < 79)
			assert_true(waveview_cell_start(v, waveview_cell_of(v, at, 80) + 1) > at);
	}
	waveview_free(v);
	trace_close(t);
}

/* Times ------------------------------------------------------------------------- */

CASE(times_are_read_as_they_are_shown)
{
	static const struct {
		int magnitude, exponent;
		uint64_t time;
		const char *text;
	} rows[] = {
		{ 1, -9, 0, "0" },	    { 1, -9, 30, "30 ns" },
		{ 1, -9, 1500, "1.5 us" },  { 10, -12, 7, "70 ps" },
		{ 100, -15, 25, "2.5 ps" }, { 1, -18, 5, "0.005 fs" },
		{ 1, -18, 1000, "1 fs" },   { 1, 0, 7200, "7200 s" },
		{ 1, 2, 3, "300 s" },	    { 1, -15, UINT64_MAX, "18446.744073709551615 s" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct wave *w = wave_new();
		struct str text = STR_INIT;
		struct waveview *v;
		struct trace *t;
		uint64_t back;
		struct err err;

		wave_add(w, "t", "a", 1);
		wave_set_timescale(w, rows[i].magnitude, rows[i].exponent);
		t = trace_of_wave(w);
		v = waveview_new(t, 80);
		waveview_time_text(t, rows[i].time, &text);
		assert_string_equal(str_cstr(&text), rows[i].text);
		if (rows[i].time != UINT64_MAX) {
			assert_true(waveview_time_parse(v, str_cstr(&text), &back, &err));
			assert_int_equal(back, rows[i].time);
		}
		str_free(&text);
		waveview_free(v);
		trace_close(t);
	}
}

CASE(wrong_times_are_one_sentence)
{
	static const char *const wrong[] = { "",     "x",     "1.2.3ns",
					     "30xs", "-1ns",  "#",
					     "#-1",  "#9999", "99999999999999999999999ns" };
	struct trace *t = small();
	struct waveview *v = waveview_new(t, 80);
	uint64_t time;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct err err = { 0 };

		assert_false(waveview_time_parse(v, wrong[i], &time, &err));
		assert_true(err.text[0]);
		/* The last two are wrong for these waves only. */
		assert_int_equal(waveview_time_check(wrong[i], &err), i >= 7);
	}
	assert_true(waveview_time_parse(v, "#2", &time, NULL));
	assert_int_equal(time, 25);
	waveview_free(v);
	trace_close(t);
}

/* Values ------------------------------------------------------------------------ */

static void shows(const char *bits, enum wave_radix radix, int fraction, const char *expected)
{
	struct wave *w = wave_new();
	size_t s = wave_add(w, "t", "a", (int)strlen(bits));
	struct str text = STR_INIT;
	struct trace_point p = { 0, bits, strlen(bits) };
	struct trace *t = trace_of_wave(w);

	wave_value_text(t, s, radix, fraction, &p, 200, &text);
	assert_string_equal(str_cstr(&text), expected);
	str_free(&text);
	trace_close(t);
}

CASE(values_are_as_printf_prints_them)
{
	for (int round = 0; round < 20000; round++) {
		int width = 2 + (int)roll(63);
		uint64_t value = ((uint64_t)roll(1u << 31) << 33) ^
				 ((uint64_t)roll(1u << 31) << 11) ^ roll(1u << 12);
		char bits[66], expected[80];
		int64_t is_signed;

		value &= UINT64_MAX >> (64 - width);
		for (int i = 0; i < width; i++)
			bits[i] = value >> (width - 1 - i) & 1 ? '1' : '0';
		bits[width] = '\0';
		snprintf(expected, sizeof(expected), "%0*" PRIx64, (width + 3) / 4, value);
		shows(bits, WAVE_HEX, 0, expected);
		shows(bits, WAVE_BIN, 0, bits);
		snprintf(expected, sizeof(expected), "%" PRIu64, value);
		shows(bits, WAVE_DEC, 0, expected);
		is_signed = (int64_t)(value << (64 - width)) >> (64 - width);
		snprintf(expected, sizeof(expected), "%" PRId64, is_signed);
		shows(bits, WAVE_SIGNED, 0, expected);
		if (width <= 40) {
			snprintf(expected, sizeof(expected), "%.10g", (double)is_signed / 16);
			shows(bits, WAVE_FIXED, 4, expected);
		}
	}
}

CASE(values_that_are_not_known_say_so)
{
	shows("xxxx0001", WAVE_HEX, 0, "x1");
	shows("x0z00001", WAVE_HEX, 0, "X1");
	shows("zzzz000z", WAVE_HEX, 0, "zZ");
	shows("1x10", WAVE_DEC, 0, "X");
	shows("xxxx", WAVE_SIGNED, 0, "x");
	shows("zzzz", WAVE_FIXED, 2, "z");
	shows("uuuu", WAVE_HEX, 0, "u");
	shows("hlhl", WAVE_HEX, 0, "a");
	shows("0100100001101001", WAVE_ASCII, 0, "\"Hi\"");
	shows("0000000001101001", WAVE_ASCII, 0, "\"i\"");
	shows("0001101101101001", WAVE_ASCII, 0, "\"\\x1bi\"");
}

CASE(a_wide_value_costs_no_more_than_is_shown)
{
	size_t n = 100000;
	char *bits = mem_alloc(n + 1);
	struct wave *w = wave_new();
	size_t s = wave_add(w, "t", "a", (int)n);
	struct trace_point p = { 0, bits, n };
	struct trace *t = trace_of_wave(w);

	memset(bits, '1', n);
	for (int r = 0; r < WAVE_RADICES; r++) {
		struct str text = STR_INIT;

		wave_value_text(t, s, (enum wave_radix)r, 0, &p, 50, &text);
		assert_int_equal(text.len, 50);
		/* A number keeps its low digits, text its start. */
		assert_int_equal(text.data[r == WAVE_ASCII ? 49 : 0], '+');
		str_free(&text);
	}
	free(bits);
	trace_close(t);
}

/* Rows -------------------------------------------------------------------------- */

static void rows_are(const struct waveview *v, const char *expected)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < v->n; i++)
		str_addf(&text, "%s%.*s%s%s", i ? " " : "", v->rows[i].depth, "........",
			 v->rows[i].name, v->rows[i].group ? "/" : "");
	assert_string_equal(str_cstr(&text), expected);
	str_free(&text);
}

CASE(rows_move_with_what_belongs_to_them)
{
	struct waveview *v = waveview_new(NULL, 80);
	const char *names[] = { "a", "b", "c", "d" };

	for (size_t i = 0; i < 4; i++)
		assert_true(waveview_insert(v, i, names[i], false, 0));
	v->chosen = 2;
	assert_true(waveview_group(v, "g", NULL));
	rows_are(v, "a b g/ .c .d");
	assert_true(waveview_shift(v, 2, -1));
	rows_are(v, "a g/ .c .d b");
	assert_int_equal(v->chosen, 1);
	assert_false(waveview_shift(v, 3, 1)); /* not out of its group */
	assert_true(waveview_shift(v, 3, -1));
	rows_are(v, "a g/ .d .c b");
	waveview_open(v, 1, false);
	assert_int_equal(waveview_next(v, 1, 1), 4);
	assert_int_equal(waveview_next(v, 4, -1), 1);
	assert_int_equal(waveview_next(v, 4, 1), 4);
	waveview_remove(v, 0);
	rows_are(v, "g/ .d .c b");
	v->chosen = 0;
	assert_true(waveview_group(v, "g", NULL)); /* dissolved */
	rows_are(v, "d c b");
	waveview_rename(v, 0, "first");
	waveview_remove(v, 1);
	waveview_remove(v, 1);
	waveview_remove(v, 0);
	rows_are(v, "");
	waveview_remove(v, 0);
	waveview_free(v);
}

CASE(rows_have_a_limit)
{
	struct waveview *v = waveview_new(NULL, 80);

	for (size_t i = 0; i < WAVEVIEW_ROWS; i++)
		assert_true(waveview_insert(v, i, "a", false, 0));
	assert_false(waveview_insert(v, v->n, "a", false, 0));
	waveview_free(v);
}

CASE(names_may_be_short)
{
	struct wave *w = wave_new();
	struct err err = { 0 };
	struct trace *t;
	size_t s;

	wave_add(w, "tb.a", "q", 1);
	wave_add(w, "tb.b", "q", 1);
	wave_add(w, "tb", "r", 1);
	wave_add(w, "tb.a", "r", 1);
	t = trace_of_wave(w);
	assert_true(trace_find_by_end(t, "tb.a.q", &s, &err) && s == 0);
	assert_true(trace_find_by_end(t, "b.q", &s, &err) && s == 1);
	assert_true(trace_find_by_end(t, "r", &s, &err) && s == 2);
	assert_false(trace_find_by_end(t, "q", &s, &err));
	assert_non_null(strstr(err.text, "tb.a.q, tb.b.q"));
	assert_false(trace_find_by_end(t, "nothing", &s, &err));
	assert_false(trace_find_by_end(t, "", &s, &err));
	trace_close(t);
}

CASE(the_cursor_goes_to_edges_and_values)
{
	struct trace *t = small();
	struct waveview *v = waveview_new(t, 50);
	bool more;

	waveview_choose(v);
	v->chosen = 2; /* q */
	v->cursor = 26;
	assert_true(waveview_edge(v, 1, 50, NULL));
	assert_int_equal(v->cursor, 35);
	assert_true(waveview_value(v, "05", 1, 50, NULL));
	assert_int_equal(v->cursor, 65);
	assert_true(waveview_value(v, "00000010", -1, 50, NULL));
	assert_int_equal(v->cursor, 35);
	assert_false(waveview_value(v, "ff", 1, 50, NULL));
	assert_int_equal(v->cursor, 35);
	assert_int_equal(waveview_cycles(v, 5, 45, &more), 4);
	v->chosen = 4;
	assert_false(waveview_edge(v, 1, 50, NULL)); /* a group */
	assert_true(waveview_zoom_cycle(v, 50, NULL));
	assert_int_equal(v->num * 8, v->den * 10);
	waveview_free(v);
	trace_close(t);
}

CASE(names_tell_what_is_expected)
{
	static const char *const rows[][2] = {
		{ "expected_q", "q" }, { "q_exp", "q" },    { "ref_data_o", "data_o" },
		{ "EXP_Q", "Q" },      { "expect", "got" }, { "export", "" },
		{ "q", "" },	       { "exp_", "" }
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str text = STR_INIT;

		waveview_expects(rows[i][0], &text);
		assert_string_equal(str_cstr(&text), rows[i][1]);
		str_free(&text);
	}
}
