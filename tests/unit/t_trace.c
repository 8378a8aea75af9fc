#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"

static size_t add(struct wave *w, const char *scope, const char *name, int width, long same_as)
{
	struct wave_signal s = { .scope = scope,
				 .name = name,
				 .width = width,
				 .msb = width - 1,
				 .has_range = width > 1 };

	return wave_add_signal(w, &s, same_as);
}

static void a_value_is_as_wide_as_its_signal(void **state)
{
	struct wave *w = wave_new();
	size_t q = add(w, "tb", "q", 8, -1);
	struct trace_point p;
	struct trace *t;

	wave_change(w, q, 5, "x", 1);
	wave_change(w, q, 10, "101", 3);
	wave_set_end(w, 20);
	t = trace_of_wave(w);
	assert_false(trace_at(t, q, 4, &p));
	assert_true(trace_at(t, q, 9, &p));
	assert_int_equal(p.time, 5);
	assert_memory_equal(p.value, "xxxxxxxx", 8);
	assert_true(trace_next(t, q, 5, &p));
	assert_int_equal(p.len, 8);
	assert_memory_equal(p.value, "00000101", 8);
	assert_true(trace_prev(t, q, 10, &p));
	assert_int_equal(p.time, 5);
	assert_false(trace_prev(t, q, 5, &p));
	assert_false(trace_next(t, q, 10, &p));
	assert_false(trace_at(t, q, 21, &p)); /* after the end nothing is known */
	trace_close(t);
}

static void names_have_their_scopes(void **state)
{
	struct wave *w = wave_new();
	struct str name = STR_INIT;
	struct trace *t;
	size_t q;

	add(w, "tb", "q", 1, -1);
	q = add(w, "tb.dut.u", "q", 1, 0);
	add(w, "", "clk", 1, -1);
	t = trace_of_wave(w);
	assert_int_equal(trace_scopes(t), 3);
	trace_full_name(t, q, &name);
	assert_string_equal(str_cstr(&name), "tb.dut.u.q");
	assert_int_equal(trace_find(t, "tb.dut.u.q"), q);
	assert_int_equal(trace_find(t, "tb.q"), 0);
	assert_int_equal(trace_find(t, "clk"), 2);
	assert_int_equal(trace_find(t, "tb.dut.q"), TRACE_NONE);
	assert_int_equal(trace_signal_at(t, q)->stream, trace_signal_at(t, 0)->stream);
	str_free(&name);
	trace_close(t);
}

/* The expected result of a walk, found by querying each signal at each time. */
struct seen {
	struct str text;
};

static bool note(void *ctx, size_t which, const struct trace_point *p)
{
	struct seen *s = ctx;

	str_addf(&s->text, "%llu:%zu=%.*s ", (unsigned long long)p->time, which, (int)p->len,
		 p->value);
	return true;
}

static void a_walk_is_all_changes_in_order(void **state)
{
	unsigned seed = 1;

	for (int round = 0; round < 200; round++) {
		struct wave *w = wave_new();
		struct seen got = { STR_INIT }, want = { STR_INIT };
		size_t signals[4];
		uint64_t from = (uint64_t)(rand_r(&seed) % 20),
			 to = from + (uint64_t)(rand_r(&seed) % 20);
		struct trace *t;

		for (size_t i = 0; i < 4; i++)
			signals[i] = add(w, "tb", (const char *[]){ "a", "b", "c", "d" }[i], 2, -1);
		for (uint64_t time = 0; time < 40; time++)
			for (size_t i = 0; i < 4; i++)
				if (rand_r(&seed) % 3 == 0)
					wave_change(w, i, time,
						    (const char *[]){ "00", "01", "1x",
								      "zz" }[rand_r(&seed) % 4],
						    2);
		wave_set_end(w, 40);
		t = trace_of_wave(w);
		assert_true(trace_walk(t, signals, 4, from, to, note, &got));
		for (uint64_t time = from; time <= to; time++)
			for (size_t i = 0; i < 4; i++) {
				struct trace_point p;

				if (trace_at(t, i, time, &p) && p.time == time)
					note(&want, i, &p);
			}
		assert_string_equal(str_cstr(&got.text), str_cstr(&want.text));
		str_free(&got.text);
		str_free(&want.text);
		trace_close(t);
	}
}

static void a_string_is_shown_as_what_it_stands_for(void **state)
{
	static const struct {
		const char *value, *text;
	} rows[] = {
		{ "50\\040NS", "50 NS" },
		{ "\\'z\\'", "'z'" },
		{ "\\\"a\\\\b\\?\\\"", "\"a\\b?\"" },
		{ "\\134040", "\\040" },
		/* Not to be printed, or no escape. */
		{ "a\\nb\\011c\\377", "a\\nb\\011c\\377" },
		{ "\\04", "\\04" },
		{ "\\089\\", "\\089\\" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct trace_point p = { .value = rows[i].value, .len = strlen(rows[i].value) };
		struct trace_signal s = { .kind = TRACE_TEXT, .width = 1 };
		struct str text = STR_INIT;

		trace_value_text(&s, &p, &text);
		assert_string_equal(str_cstr(&text), rows[i].text);
		str_free(&text);
	}
}

/* VHDL's states are printed as letters; a byte that is no state is unknown. */
static void a_value_is_shown_in_states_only(void **state)
{
	static const struct {
		const char *value;
		size_t len;
		const char *text;
	} rows[] = {
		{ "uuuu", 4, "4'hu" },	    { "01u-", 4, "4'b01u-" }, { "\377\0u0", 4, "4'bxxu0" },
		{ "\377\0001", 3, "4'hX" }, { "1\0000", 3, "4'hX" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct trace_point p = { .value = rows[i].value, .len = rows[i].len };
		struct trace_signal s = { .kind = TRACE_BITS, .width = 4 };
		struct str text = STR_INIT;

		trace_value_text(&s, &p, &text);
		assert_string_equal(str_cstr(&text), rows[i].text);
		str_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_shown_in_states_only),
		cmocka_unit_test(a_value_is_as_wide_as_its_signal),
		cmocka_unit_test(names_have_their_scopes),
		cmocka_unit_test(a_walk_is_all_changes_in_order),
		cmocka_unit_test(a_string_is_shown_as_what_it_stands_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
