#include "config.h"

#include "tests/lib/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/tool/wave.h"

static size_t add(struct wave *w, const char *scope, const char *name, int width)
{
	struct wave_signal s = { .scope = scope,
				 .name = name,
				 .width = width,
				 .msb = width - 1,
				 .has_range = width > 1 };

	return wave_add_signal(w, &s, -1);
}

static void change(struct wave *w, size_t signal, uint64_t time, const char *value)
{
	wave_change(w, signal, time, value, strlen(value));
}

static void holds(const struct wave *w, size_t signal, uint64_t time, const char *want)
{
	size_t len;
	const char *value = wave_value(w, signal, time, &len);

	if (!want) {
		assert_null(value);
		return;
	}
	assert_non_null(value);
	assert_int_equal(len, strlen(want));
	assert_memory_equal(value, want, len);
}

static void formats(struct wave *w, size_t signal, const char *value, const char *want)
{
	struct str s = STR_INIT;

	wave_format(w, signal, value, strlen(value), &s);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
}

static void a_value_holds_until_the_next(void **state)
{
	struct wave *w = wave_new(0);
	size_t q = add(w, "tb", "q", 8);

	change(w, q, 5, "101");
	change(w, q, 10, "11110000");
	holds(w, q, 4, NULL);
	holds(w, q, 5, "101");
	holds(w, q, 9, "101");
	holds(w, q, 10, "11110000");
	holds(w, q, UINT64_MAX, "11110000");
	assert_int_equal(wave_signal_at(w, q)->changes, 2);
	assert_int_equal(wave_end(w), 10);
	wave_set_end(w, 8);
	assert_int_equal(wave_end(w), 10);
	wave_set_end(w, 12);
	assert_int_equal(wave_end(w), 12);
	wave_free(w);
	wave_free(NULL);
}

static void of_one_time_the_last_value_holds(void **state)
{
	struct wave *w = wave_new(0);
	size_t q = add(w, "tb", "q", 1), v = add(w, "tb", "v", 8);

	change(w, q, 5, "0");
	change(w, q, 10, "1");
	change(w, q, 10, "0"); /* a glitch of no length */
	assert_int_equal(wave_signal_at(w, q)->changes, 1);
	change(w, v, 20, "11111111");
	change(w, v, 20, "10101010");
	change(w, v, 30, "11001100");
	holds(w, v, 20, "10101010");
	holds(w, v, 30, "11001100");
	change(w, v, 25, "0"); /* time does not go back */
	holds(w, v, 29, "10101010");
	holds(w, v, 30, "0");
	wave_free(w);
}

static void leading_fill_is_cut_and_comes_back(void **state)
{
	static const struct {
		const char *in, *kept, *shown;
	} cases[] = {
		{ "00000101", "101", "8'h05" },
		{ "00000000", "0", "8'h00" },
		{ "x", "x", "8'hxx" },
		{ "xxxxxxx1", "x1", "8'bxxxxxxx1" },
		{ "0x1", "0x1", "8'b000000x1" },
		{ "ZZZZ", "z", "8'hzz" },
		{ "zzzz1111", "z1111", "8'hzf" },
		{ "1xxxx", "1xxxx", "8'h1x" },
		{ "111100001111", "1111", "8'h0f" },
		{ "u-w1", "x1", "8'bxxxxxxx1" },
		{ "11111111", "11111111", "8'hff" },
	};
	struct wave *w = wave_new(0);
	size_t q = add(w, "tb", "q", 8);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *value;
		size_t len;
		char text[32];

		change(w, q, 2 * i, "01010101");
		change(w, q, 2 * i + 1, cases[i].in);
		holds(w, q, 2 * i + 1, cases[i].kept);
		value = wave_value(w, q, 2 * i + 1, &len);
		snprintf(text, sizeof(text), "%.*s", (int)len, value);
		formats(w, q, text, cases[i].shown);
	}
	wave_free(w);
}

static void bits_and_reals_are_shown_plain(void **state)
{
	struct wave *w = wave_new(0);
	struct wave_signal r = { .scope = "tb", .name = "r", .width = 64, .real = true };
	size_t b = add(w, "tb", "b", 1), real = wave_add_signal(w, &r, -1),
	       wide = add(w, "tb", "wide", 65536);
	struct str s = STR_INIT;

	formats(w, b, "x", "x");
	change(w, real, 1, "-1.25e\033[6");
	holds(w, real, 1, "-1.25e?[6");
	formats(w, real, "12.5", "12.5");
	wave_format(w, wide, "1", 1, &s);
	assert_true(s.len < 1100);
	assert_true(str_starts(str_cstr(&s), "65536'h...000"));
	str_free(&s);
	wave_free(w);
}

static void names_of_one_net_share_its_changes(void **state)
{
	struct wave *w = wave_new(0);
	size_t q = add(w, "tb", "q", 4), other = add(w, "tb", "z", 4), d;
	struct wave_signal s = { .scope = "tb.dut", .name = "q", .width = 4 };

	d = wave_add_signal(w, &s, (long)q);
	change(w, d, 3, "1001");
	holds(w, q, 3, "1001");
	holds(w, other, 3, NULL);
	assert_int_equal(wave_signal_at(w, q)->changes, 1);
	assert_int_equal(wave_signal_at(w, d)->changes, 1);
	assert_int_equal(wave_stream(w, d), wave_stream(w, q));
	assert_int_not_equal(wave_stream(w, d), wave_stream(w, other));
	assert_int_equal(wave_find(w, "tb.dut.q"), (long)d);
	assert_int_equal(wave_find(w, "tb.q"), (long)q);
	assert_int_equal(wave_find(w, "q"), -1);
	assert_int_equal(wave_find(w, "tb.dut"), -1);
	wave_free(w);
}

static void what_is_above_the_limit_is_counted(void **state)
{
	struct wave *w = wave_new(3);
	size_t q = add(w, "tb", "q", 1);

	for (uint64_t t = 0; t < 10; t++)
		change(w, q, t, t & 1 ? "1" : "0");
	assert_int_equal(wave_signal_at(w, q)->changes, 3);
	assert_int_equal(wave_dropped(w), 7);
	assert_int_equal(wave_end(w), 9);
	wave_free(w);
}

static void every_change_can_be_read_again(void **state)
{
	struct wave *w = wave_new(0);
	size_t q = add(w, "tb", "q", 16);

	for (uint64_t t = 0; t < 100; t++) {
		char bits[17];

		for (int i = 0; i < 16; i++)
			bits[i] = t * 2654435761u >> i & 1 ? '1' : '0';
		bits[0] = '1';
		bits[16] = '\0';
		change(w, q, 7 * t, bits);
		assert_int_equal(wave_changes_until(w, q, 7 * t), wave_signal_at(w, q)->changes);
	}
	for (size_t k = 0; k < wave_signal_at(w, q)->changes; k++) {
		uint64_t time;
		const char *value, *again;
		size_t len, len2;

		wave_change_at(w, q, k, &time, &value, &len);
		again = wave_value(w, q, time + 6, &len2);
		assert_ptr_equal(value, again);
		assert_int_equal(len, len2);
		assert_int_equal(value[0], '1');
	}
	wave_free(w);
}

static struct wave *counter(void)
{
	struct wave *w = wave_new(0);
	size_t state = add(w, "tb.dut", "state", 3), idle = add(w, "tb", "idle", 1),
	       q = add(w, "tb", "q", 8);
	size_t clk = add(w, "tb", "clk", 1), rst = add(w, "tb", "rst_n", 1);
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

static void the_table_shows_the_cycles_before(void **state)
{
	struct wave *w = counter();
	struct str s = STR_INIT;

	wave_table(w, 87, 4, 9, &s);
	assert_string_equal(str_cstr(&s),
			    "time in 1 ps; values right after each rising edge of tb.clk\n"
			    "time  clk  rst_n      q  dut.state\n"
			    "  65    1      1  8'h06       3'hx\n"
			    "  75    1      1  8'h07       3'hx\n"
			    "  85    1      1  8'h08       3'h5\n"
			    "  87    1      1  8'h08       3'h5\n");
	str_clear(&s);
	wave_table(w, 25, 2, 2, &s);
	assert_string_equal(str_cstr(&s),
			    "time in 1 ps; values right after each rising edge of tb.clk\n"
			    "time  clk  rst_n\n"
			    "  15    1      0\n"
			    "  25    1      1\n");
	/* By the edge that the design waits for. */
	str_clear(&s);
	wave_set_clock(w, (struct wave_clock){ wave_find(w, "tb.clk"), WAVE_FALLING });
	wave_table(w, 33, 3, 3, &s);
	assert_string_equal(str_cstr(&s),
			    "time in 1 ps; values right after each falling edge of tb.clk\n"
			    "time  clk  rst_n      q\n"
			    "  20    0      1  8'h01\n"
			    "  30    0      1  8'h02\n"
			    "  33    0      1  8'h02\n");
	str_clear(&s);
	wave_set_clock(w, (struct wave_clock){ wave_find(w, "tb.clk"), WAVE_BOTH });
	wave_table(w, 33, 4, 3, &s);
	assert_string_equal(str_cstr(&s),
			    "time in 1 ps; values right after each edge of tb.clk (both are used)\n"
			    "time  clk  rst_n      q\n"
			    "  20    0      1  8'h01\n"
			    "  25    1      1  8'h02\n"
			    "  30    0      1  8'h02\n"
			    "  33    0      1  8'h02\n");
	str_free(&s);
	wave_free(w);
}

static void what_is_unknown_all_the_time_is_shown(void **state)
{
	struct wave *w = wave_new(0);
	size_t clk = add(w, "tb", "clk", 1), q = add(w, "tb", "q", 4), k = add(w, "tb", "k", 4),
	       n = add(w, "tb", "n", 1);
	struct str s = STR_INIT;

	change(w, q, 0, "x");
	change(w, k, 0, "11");
	change(w, n, 0, "z");
	for (uint64_t t = 0; t < 4; t++) {
		change(w, clk, 10 * t, "0");
		change(w, clk, 10 * t + 5, "1");
	}
	wave_table(w, 35, 2, 5, &s);
	assert_string_equal(str_cstr(&s), "time in steps (the dump names no unit); values right "
					  "after each rising edge of tb.clk\n"
					  "time  clk     q  n\n"
					  "  25    1  4'hx  z\n"
					  "  35    1  4'hx  z\n");
	str_free(&s);
	wave_free(w);
}

static void without_a_clock_each_change_is_a_line(void **state)
{
	struct wave *w = wave_new(0);
	size_t a = add(w, "", "a", 1), y = add(w, "", "y", 4);
	struct str s = STR_INIT;

	change(w, a, 3, "0");
	change(w, y, 3, "1");
	change(w, y, 7, "10");
	change(w, a, 9, "1");
	change(w, a, 20, "0");
	wave_table(w, 9, 5, 5, &s);
	assert_string_equal(str_cstr(&s), "time in steps (the dump names no unit)\n"
					  "time  a     y\n"
					  "   3  0  4'h1\n"
					  "   7  0  4'h2\n"
					  "   9  1  4'h2\n");
	str_free(&s);
	wave_free(w);
	w = wave_new(0);
	wave_table(w, 9, 5, 5, &s);
	assert_string_equal(str_cstr(&s), "time in steps (the dump names no unit)\ntime\n");
	str_free(&s);
	wave_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_holds_until_the_next),
		cmocka_unit_test(of_one_time_the_last_value_holds),
		cmocka_unit_test(leading_fill_is_cut_and_comes_back),
		cmocka_unit_test(bits_and_reals_are_shown_plain),
		cmocka_unit_test(names_of_one_net_share_its_changes),
		cmocka_unit_test(what_is_above_the_limit_is_counted),
		cmocka_unit_test(every_change_can_be_read_again),
		cmocka_unit_test(the_table_shows_the_cycles_before),
		cmocka_unit_test(what_is_unknown_all_the_time_is_shown),
		cmocka_unit_test(without_a_clock_each_change_is_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
