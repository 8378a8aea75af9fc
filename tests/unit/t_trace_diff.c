#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/trace/trace_diff.h"

#define SIGNALS 4
#define LENGTH	60

static const int widths[SIGNALS] = { 1, 1, 3, 2 };

/* The value of each signal at each time; the first is the clock. */
struct run {
	char values[SIGNALS][LENGTH][4];
	uint64_t end;
};

static void random_run(struct run *r, unsigned *seed, const struct run *like)
{
	r->end = (uint64_t)(LENGTH - 1 - rand_r(seed) % 10);
	for (int s = 0; s < SIGNALS; s++)
		for (int time = 0; time < LENGTH; time++) {
			char *v = r->values[s][time];

			memset(v, 0, 4);
			if (time > 0 && rand_r(seed) % 4)
				memcpy(v, r->values[s][time - 1], 4);
			else
				for (int i = 0; i < widths[s]; i++)
					v[i] = "0101x"[rand_r(seed) % 5];
			if (like && rand_r(seed) % 40)
				memcpy(v, like->values[s][time], 4);
		}
}

static struct trace *trace_of(const struct run *r, const char *scope)
{
	static const char *const names[SIGNALS] = { "clk", "a", "b", "c" };
	struct wave *w = wave_new();

	wave_set_timescale(w, 1, -9);
	for (int s = 0; s < SIGNALS; s++) {
		struct wave_signal sig = { .scope = scope,
					   .name = names[s],
					   .width = widths[s],
					   .msb = widths[s] - 1,
					   .has_range = widths[s] > 1 };

		wave_add_signal(w, &sig, -1);
	}
	for (uint64_t time = 0; time <= r->end; time++)
		for (size_t s = 0; s < SIGNALS; s++)
			wave_change(w, s, time, r->values[s][time], (size_t)widths[s]);
	wave_set_end(w, r->end);
	return trace_of_wave(w);
}

/* The slow way: every position is compared. */
static size_t edges(const struct run *r, int *at)
{
	size_t n = 0;

	for (int time = 1; time <= (int)r->end; time++)
		if (r->values[0][time][0] == '1' && r->values[0][time - 1][0] != '1')
			at[n++] = time;
	return n;
}

static int unlike(const char *a, const char *b)
{
	int found = 0;

	for (int i = 0; a[i]; i++)
		if (a[i] != b[i]) {
			if (a[i] != 'x' && b[i] != 'x')
				return 1;
			found = 2;
		}
	return found;
}

static void check(const struct run *a, const struct run *b, const struct trace_diff *d,
		  const int *at_a, const int *at_b, uint64_t places)
{
	size_t n = 0;

	assert_int_equal(d->compared, places);
	for (size_t s = 0; s < SIGNALS; s++) {
		uint64_t first = UINT64_MAX, differ = 0, unknown = 0;

		for (uint64_t k = 0; k < places; k++) {
			int time_a = at_a ? at_a[k] - 1 : (int)k,
			    time_b = at_b ? at_b[k] - 1 : (int)k;
			int u = unlike(a->values[s][time_a], b->values[s][time_b]);

			if (u && first == UINT64_MAX)
				first = k;
			differ += u != 0;
			unknown += u == 2;
		}
		for (size_t i = 0; i < d->n_differ; i++)
			if (d->differ[i].a == s) {
				n++;
				assert_int_equal(d->differ[i].b, s);
				assert_int_equal(d->differ[i].first, first);
				assert_int_equal(d->differ[i].places, differ);
				assert_int_equal(d->differ[i].unknown, unknown);
				differ = 0;
			}
		assert_int_equal(differ, 0);
	}
	assert_int_equal(n, d->n_differ);
	for (size_t i = 1; i < d->n_differ; i++)
		assert_true(d->differ[i - 1].first <= d->differ[i].first);
}

CASE(as_every_place_says)
{
	unsigned seed = 5;

	for (int round = 0; round < 500; round++) {
		struct run x, y;
		int at_a[LENGTH], at_b[LENGTH];
		size_t n_a, n_b;
		struct trace *a, *b;
		struct trace_diff d;
		struct err err;

		random_run(&x, &seed, NULL);
		random_run(&y, &seed, round % 2 ? &x : NULL);
		a = trace_of(&x, "tb");
		b = trace_of(&y, "TOP.tb");
		n_a = edges(&x, at_a);
		n_b = edges(&y, at_b);
		assert_true(trace_diff(a, b, 0, 0, &d, &err));
		check(&x, &y, &d, at_a, at_b, n_a < n_b ? n_a : n_b);
		trace_diff_free(&d);
		assert_true(trace_diff(a, b, TRACE_NONE, TRACE_NONE, &d, &err));
		check(&x, &y, &d, NULL, NULL, (x.end < y.end ? x.end : y.end) + 1);
		trace_diff_free(&d);
		trace_close(a);
		trace_close(b);
	}
}

static struct trace *one_signal(const char *scope, const char *name, int width, int exponent,
				uint64_t step)
{
	struct wave *w = wave_new();
	struct wave_signal s = { .scope = scope, .name = name, .width = width };

	wave_set_timescale(w, 1, exponent);
	wave_add_signal(w, &s, -1);
	wave_change(w, 0, 0, "0", 1);
	wave_change(w, 0, step, "1", 1);
	wave_set_end(w, 3 * step);
	return trace_of_wave(w);
}

CASE(times_are_compared_in_one_unit)
{
	struct trace *a = one_signal("t", "q", 1, -9, 5), *b = one_signal("t", "q", 1, -12, 5000);
	struct trace *late = one_signal("t", "q", 1, -12, 7000);
	struct trace_diff d;
	struct err err;

	assert_true(trace_diff(a, b, TRACE_NONE, TRACE_NONE, &d, &err));
	assert_int_equal(d.n_compared, 1);
	assert_int_equal(d.n_differ, 0);
	trace_diff_free(&d);
	assert_true(trace_diff(a, late, TRACE_NONE, TRACE_NONE, &d, &err));
	assert_int_equal(d.n_differ, 1);
	assert_int_equal(d.differ[0].places, 2000);
	assert_int_equal(trace_diff_time_a(&d, d.differ[0].first), 5);
	assert_int_equal(trace_diff_time_b(&d, d.differ[0].first), 5000);
	trace_diff_free(&d);
	trace_close(a);
	trace_close(b);
	trace_close(late);
}

CASE(what_has_no_partner_is_listed)
{
	struct trace *a = one_signal("t", "q", 1, -9, 5), *b = one_signal("t", "r", 1, -9, 5);
	struct trace *wide = one_signal("t", "q", 8, -9, 5);
	struct trace_diff d;
	struct err err;

	assert_true(trace_diff(a, b, TRACE_NONE, TRACE_NONE, &d, &err));
	assert_int_equal(d.n_compared, 0);
	assert_int_equal(d.n_only_a, 1);
	assert_int_equal(d.n_only_b, 1);
	trace_diff_free(&d);
	assert_true(trace_diff(a, wide, TRACE_NONE, TRACE_NONE, &d, &err));
	assert_int_equal(d.n_other_width, 1);
	trace_diff_free(&d);
	trace_close(a);
	trace_close(b);
	trace_close(wide);
}
