#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/query.h"
#include "session/trace/trace.h"

static void put(struct wave *w, size_t signal, uint64_t time, const char *value)
{
	wave_change(w, signal, time, value, strlen(value));
}

/* clk rises at 5, 15, ... 95; q counts with it; v is 1 from 30 to 49; x first. */
static struct trace *counter(void)
{
	struct wave *w = wave_new();
	size_t clk = wave_add(w, "tb", "clk", 1), q = wave_add(w, "tb", "q", 4),
	       v = wave_add(w, "tb", "v", 1);
	unsigned n = 0;

	put(w, clk, 0, "0");
	for (uint64_t time = 5; time < 100; time += 5) {
		bool up = time % 10 == 5;

		put(w, clk, time, up ? "1" : "0");
		if (up) {
			char bits[5];

			for (int i = 0; i < 4; i++)
				bits[i] = (char)('0' + (n >> (3 - i) & 1));
			bits[4] = '\0';
			put(w, q, time, bits);
			n++;
		}
		if (time == 20)
			put(w, v, time, "0");
		if (time == 30)
			put(w, v, time, "1");
		if (time == 50)
			put(w, v, time, "0");
	}
	wave_set_end(w, 100);
	return trace_of_wave(w);
}

struct rows {
	struct str text;
	size_t n, most;
};

static bool row(void *ctx, const struct query_row *r)
{
	struct rows *rows = ctx;

	str_addf(&rows->text, "%s%llu:", rows->n ? " " : "", (unsigned long long)r->time);
	expr_print(&r->values[0], &rows->text);
	return ++rows->n != rows->most;
}

static void asks(const struct query_spec *spec, size_t most, const char *want,
		 struct query_totals *totals)
{
	struct trace *t = counter();
	struct query_totals own;
	struct rows rows = { STR_INIT, 0, most };
	struct err err = { 0 };
	struct query *q = query_open(t, spec, &err);

	if (!q)
		fail_msg("%s", err.text);
	query_run(q, row, &rows, totals ? totals : &own);
	assert_string_equal(str_cstr(&rows.text), want);
	/* Again: a query can be repeated. */
	str_clear(&rows.text);
	rows.n = 0;
	query_run(q, row, &rows, totals ? totals : &own);
	assert_string_equal(str_cstr(&rows.text), want);
	str_free(&rows.text);
	query_close(q);
	trace_close(t);
}

static const char *const q_alone[] = { "q" };

CASE(a_sample_is_taken_before_the_edge)
{
	struct query_spec spec = { .on = "posedge clk", .eval = q_alone, .n_eval = 1, .to = 39 };
	struct query_totals n;

	asks(&spec, 0, "5:4'hx 15:4'h0 25:4'h1 35:4'h2", &n);
	assert_int_equal(n.samples, 4);
	assert_int_equal(n.rows, 4);
	assert_int_equal(n.first, 5);
	assert_int_equal(n.last, 35);
	assert_int_equal(n.is_true[0], 2);
	assert_int_equal(n.is_false[0], 1);
	assert_int_equal(n.is_x[0], 1);
	spec.after = true;
	asks(&spec, 0, "5:4'h0 15:4'h1 25:4'h2 35:4'h3", NULL);
	asks(&spec, 2, "5:4'h0 15:4'h1", NULL);
	spec.on = "@(negedge clk)";
	asks(&spec, 0, "10:4'h0 20:4'h1 30:4'h2", NULL);
	spec.on = "edge clk";
	spec.from = 20;
	asks(&spec, 0, "20:4'h1 25:4'h2 30:4'h2 35:4'h3", NULL);
}

CASE(only_where_something_holds)
{
	struct query_spec spec = {
		.on = "posedge clk", .when = "v", .eval = q_alone, .n_eval = 1, .to = UINT64_MAX
	};
	struct query_totals n;

	asks(&spec, 0, "35:4'h2 45:4'h3", &n);
	assert_int_equal(n.samples, 10);
	assert_int_equal(n.unknown, 2); /* at 5 and 15 v has no value */
	spec.when = "$rose(v)";
	asks(&spec, 0, "35:4'h2", NULL);
	spec.when = "$fell(v)";
	asks(&spec, 0, "25:4'h1 55:4'h4", NULL); /* from x, too */
}

CASE(the_past_reaches_in_front_of_the_range)
{
	static const char *const past[] = { "$past(q, 3)" };
	struct query_spec spec = {
		.on = "posedge clk", .eval = past, .n_eval = 1, .from = 60, .to = 80
	};

	asks(&spec, 0, "65:4'h2 75:4'h3", NULL);
	spec.from = 10;
	spec.to = 40;
	asks(&spec, 0, "15:4'hx 25:4'hx 35:4'hx", NULL);
}

CASE(without_a_clock_each_change_is_a_sample)
{
	static const char *const v[] = { "v" };
	struct query_spec spec = { .eval = v, .n_eval = 1, .to = UINT64_MAX };

	asks(&spec, 0, "20:0 30:1 50:0", NULL);
	spec.when = "$rose(v)";
	asks(&spec, 0, "30:1", NULL);
}

CASE(a_wrong_text_is_named)
{
	static const char *const wrong[] = { "q +" };
	struct query_spec spec = { .on = "posedge clk", .eval = wrong, .n_eval = 1 };
	struct trace *t = counter();
	struct err err = { 0 };

	assert_null(query_open(t, &spec, &err));
	assert_non_null(strstr(err.text, "eval \"q +\": column 4"));
	spec.n_eval = 0;
	spec.on = "posedge ck";
	assert_null(query_open(t, &spec, &err));
	assert_non_null(strstr(err.text, "on \"ck\": no signal of the run is called ck"));
	spec.n_eval = 17;
	assert_null(query_open(t, &spec, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	trace_close(t);
}

/* Verilog's table of edges, all pairs of the four states. */
CASE(an_edge_is_verilogs)
{
	static const char states[] = "01xz";
	static const char *const pos = "01 0x 0z x1 z1 ";
	struct str got_pos = STR_INIT, got_neg = STR_INIT;

	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 4; k++) {
			struct wave *w = wave_new();
			size_t clk = wave_add(w, "tb", "clk", 1);
			const char from[2] = { states[i], 0 }, to[2] = { states[k], 0 };
			struct trace *t;
			struct query_totals n;

			put(w, clk, 0, from);
			put(w, clk, 5, to);
			wave_set_end(w, 10);
			t = trace_of_wave(w);
			for (int way = 0; way < 2; way++) {
				struct query_spec spec = { .on = way ? "negedge clk"
								     : "posedge clk",
							   .to = 10 };
				struct err err;
				struct query *q = query_open(t, &spec, &err);

				query_run(q, NULL, NULL, &n);
				if (n.samples)
					str_addf(way ? &got_neg : &got_pos, "%s%s ", from, to);
				query_close(q);
			}
			trace_close(t);
		}
	assert_string_equal(str_cstr(&got_pos), pos);
	assert_string_equal(str_cstr(&got_neg), "10 1x 1z x0 z0 ");
	str_free(&got_pos);
	str_free(&got_neg);
}
