#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/flow/walk.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"

#define CYCLES 30

static unsigned random_number(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

/* clk rises at 5, 15, ...; q has values[n] before edge n, and is x before the first. */
static struct trace *a_run(const unsigned *values)
{
	struct wave *w = wave_new();
	size_t clk = wave_add_signal(
		w, &(struct wave_signal){ .scope = "tb", .name = "clk", .width = 1 }, -1);
	size_t q = wave_add_signal(
		w,
		&(struct wave_signal){
			.scope = "tb.dut", .name = "q", .width = 8, .msb = 7, .has_range = true },
		-1);

	wave_change(w, clk, 0, "0", 1);
	wave_change(w, q, 0, "x", 1);
	for (unsigned n = 0; n < CYCLES; n++) {
		char bits[9];

		for (int i = 0; i < 8; i++)
			bits[i] = (values[n] >> (7 - i)) & 1 ? '1' : '0';
		if (n) /* just after the edge before */
			wave_change(w, q, 10 * n - 4, bits, 8);
		wave_change(w, clk, 10 * n + 5, "1", 1);
		wave_change(w, clk, 10 * n + 10, "0", 1);
	}
	wave_set_end(w, 10 * CYCLES + 5);
	return trace_of_wave(w);
}

/* A value as people write it, in one of several ways. */
static void add_value(unsigned v, unsigned how, struct str *out)
{
	switch (how % 5) {
	case 0:
		str_addf(out, "%u", v);
		break;
	case 1:
		str_addf(out, "8'h%02x", v);
		break;
	case 2:
		str_addf(out, "0x%X", v);
		break;
	case 3:
		str_addf(out, "8'd%u", v);
		break;
	default:
		str_addf(out, "`%d`", v > 127 ? (int)v - 256 : (int)v);
	}
}

/* Forty tables with wrong values at known places: exactly these are marked. */
CASE(wrong_rows_are_marked_and_no_others)
{
	for (unsigned table = 0; table < 40; table++) {
		unsigned seed = table + 1, values[CYCLES], wrong = 0;
		bool is_wrong[CYCLES] = { false };
		struct str text = STR_INIT;
		struct walk w = { 0 };
		struct err err;
		struct trace *t;

		str_adds(&text, "Clock: tb.clk\n\n| cycle | dut.q |\n| --- | --- |\n| 0 | x |\n");
		for (unsigned n = 0; n < CYCLES; n++)
			values[n] = random_number(&seed) & 0xff;
		for (unsigned n = 1; n < CYCLES; n++) {
			is_wrong[n] = random_number(&seed) % 6 == 0;
			wrong += is_wrong[n];
			str_addf(&text, "| %u | ", n);
			add_value(is_wrong[n] ? values[n] ^ (1u << random_number(&seed) % 8)
					      : values[n],
				  random_number(&seed), &text);
			str_adds(&text, " |\n");
		}
		assert_true(wrong > 0);
		if (!walk_read(&w, str_cstr(&text), text.len, &err))
			fail_msg("%s", err.text);
		t = a_run(values);
		if (!walk_check(&w, t, &err))
			fail_msg("%s", err.text);
		for (unsigned n = 0; n < CYCLES; n++)
			if ((w.rows[n].cell[0].mark == WALK_WRONG) != is_wrong[n])
				fail_msg("table %u, cycle %u, %s is %s", table, n,
					 w.rows[n].cell[0].text, w.rows[n].cell[0].is);
		/* A clock of 10 units, the first edge at 5. */
		assert_int_equal(w.rows[0].time + 10 * (CYCLES - 1), w.rows[CYCLES - 1].time);
		assert_int_equal(w.wrong, wrong);
		assert_int_equal(w.right, CYCLES - wrong);
		trace_close(t);
		walk_fini(&w);
		str_free(&text);
	}
}

static void prints(const char *table, const char *want)
{
	unsigned values[CYCLES] = { 0, 5, 255 };
	struct trace *t = a_run(values);
	struct walk w = { 0 };
	struct str out = STR_INIT;
	struct err err;

	if (walk_read(&w, table, strlen(table), &err) && walk_check(&w, t, &err))
		walk_print(&w, false, &out);
	else
		str_addf(&out, "%s\n", err.text);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	walk_fini(&w);
	trace_close(t);
}

CASE(marks_say_what_is_there)
{
	prints("| cycle | q |\n| 2 | 254 |\n| 1 | 5 |\n| 99 | 1 |\n| 0 | - |\n",
	       "  | cycle | q |\n! | 2 | 254 (is 8'hff) |\n  | 1 | 5 |\n"
	       "! | 99 | 1 (not reached) |\n  | 0 | - |\n");
	prints("| cycle | q | clk |\n| 1 | '0 | 0 |\n| 2 | '1 | 1 |\n| 1 | -251 | 1'b0 |\n"
	       "| 0 | 8'hxx | |\n| 1 | x | |\n| 1 | 9'h105 | |\n| 2 | -1 | |\n| 1 | -8'd251 | |\n",
	       "  | cycle | q | clk |\n! | 1 | '0 (is 8'h05) | 0 |\n"
	       "! | 2 | '1 | 1 (is 0) |\n! | 1 | -251 (is 8'h05) | 1'b0 |\n  | 0 | 8'hxx |  |\n"
	       "! | 1 | x (is 8'h05) |  |\n! | 1 | 9'h105 (is 8'h05) |  |\n  | 2 | -1 |  |\n"
	       "  | 1 | -8'd251 |  |\n");
	/* Dashes alone are the line below the head; a value beside them needs its cycle. */
	prints("| cycle | q |\n| - | 5 |\n| 1 | 5 |\n", "walk.md:2: \"-\" is not a cycle\n");
}

CASE(columns_that_are_missing_are_marked)
{
	prints("| cycle | q | carry |\n| 2 | 254 | 1 |\n| 1 | 5 | - |\n| 99 | - | 1 |\n",
	       "  | cycle | q | carry |\n! | 2 | 254 (is 8'hff) | 1 (no such signal) |\n"
	       "  | 1 | 5 | - |\n! | 99 | - | 1 (no such signal) |\n");
	prints("| cycle | carry | q |\n| 1 | 1 | 5 |\n",
	       "  | cycle | carry | q |\n! | 1 | 1 (no such signal) | 5 |\n");
}

CASE(tables_have_many_forms)
{
	prints("**Clock:** `clk`\n| Cycle | clk | q\n|---|---|---\n| 1 | 0 | 6\n2 | 0 | 254 |\n",
	       "  | cycle | clk | q |\n! | 1 | 0 | 6 (is 8'h05) |\n! | 2 | 0 | 254 (is 8'hff) |\n");
	prints("- **clock**: none\n| cycle | q |\n| 1 | 1 |\n",
	       "on \"none\": no signal of the run is called none\n");
}

/* Text around the cells, and the cells that are not to be fixed, stay. */
CASE(only_what_is_fixed_changes)
{
	static const char table[] = "# Mine\n\nClock: clk\r\n| cycle | clk |q |\n|---|---|---|\n"
				    "  | 2 | 0 | `7` |\r\nwhy\n|1|0|6\n| 3 | - | 9 |\n\nmore | x";
	unsigned values[CYCLES] = { 0, 5, 255 };
	bool fixed[3 * WALK_SIGNALS_MAX] = { false };
	struct trace *t = a_run(values);
	struct walk w = { 0 };
	struct str out = STR_INIT;
	struct err err;

	assert_true(walk_read(&w, table, strlen(table), &err) && walk_check(&w, t, &err));
	walk_fix(&w, fixed, table, strlen(table), &out);
	assert_string_equal(str_cstr(&out), table);
	fixed[1] = fixed[WALK_SIGNALS_MAX + 1] = true;
	str_clear(&out);
	walk_fix(&w, fixed, table, strlen(table), &out);
	assert_string_equal(str_cstr(&out),
			    "# Mine\n\nClock: clk\r\n| cycle | clk |q |\n|---|---|---|\n"
			    "  | 2 | 0 | `8'hff` |\r\nwhy\n|1|0|8'h05\n| 3 | - | 9 |\n\nmore | x");
	str_free(&out);
	walk_fini(&w);
	trace_close(t);
}

CASE(other_text_than_a_table_is_reported)
{
	prints("", "walk.md: a table \"| cycle | SIGNAL | ...\" with a row was expected\n");
	prints("| cycle | q |\n| one | 1 |\n", "walk.md:2: \"one\" is not a cycle\n");
	prints("| cycle | q |\n| 1 | many |\n", "walk.md:2: q: \"many\" is not a number, x or -\n");
	prints("| time | q |\n| 10 | 1 |\n",
	       "walk.md:1: the first column is \"time\", cycle was expected\n");
	prints("| cycle | q |\n| 1 | 5 | 6 |\n",
	       "walk.md:2: more values than the table has signals\n");
	prints("| cycle |\n| 1 |\n", "walk.md:1: the header names no signal next to cycle\n");
	prints("Clock: none\n| cycle | q |\n| 1 | 1 |\n",
	       "on \"none\": no signal of the run is called none\n");
}
