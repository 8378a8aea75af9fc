/* wave: queries on the dump of the last simulation. Names, values and changes are
 * read from the trace; rows, count and property are one query. A property is
 * negated: the rows are where it does not hold. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/check/sim_after.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/trace/query.h"
#include "session/trace/trace.h"
#include "session/trace/trace_table.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define ROWS_MAX    50
#define SIGNALS_MAX 200
#define TABLE_COLS  12

struct question {
	const char *op, *signal, *eval, *on, *when;
	uint64_t from, to;
};

static void print_signals(const struct trace *t, const struct question *q, struct str *out)
{
	size_t n = 0;
	struct str full = STR_INIT;

	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);

		str_clear(&full);
		trace_full_name(t, i, &full);
		if ((q->signal && !strstr(str_cstr(&full), q->signal)) || n++ >= SIGNALS_MAX)
			continue;
		str_adds(out, str_cstr(&full));
		if (s->has_range)
			str_addf(out, "[%d:%d]", s->msb, s->lsb);
		str_adds(out, s->parameter ? "  parameter\n" : "\n");
	}
	str_free(&full);
	if (n > SIGNALS_MAX)
		str_addf(out, "[cut: %zu more signals]\n", n - SIGNALS_MAX);
	if (n == 0)
		str_adds(out, "no signal has that in its name\n");
}

static void print_point(const struct trace *t, size_t signal, uint64_t time,
			const struct trace_point *p, struct str *out)
{
	str_addf(out, "%llu  ", (unsigned long long)time);
	trace_value_text(trace_signal_at(t, signal), p, out);
	str_addc(out, '\n');
}

static void print_value(struct trace *t, size_t signal, uint64_t time, struct str *out)
{
	struct trace_point p;

	if (trace_at(t, signal, time, &p))
		print_point(t, signal, time, &p, out);
	else
		str_addf(out, "%llu  not known\n", (unsigned long long)time);
}

struct changes {
	const struct trace *t;
	size_t signal, rows;
	struct str *out;
};

static bool print_change(void *ctx, size_t which, const struct trace_point *p)
{
	struct changes *c = ctx;

	if (c->rows++ == ROWS_MAX) {
		str_adds(c->out, "[cut: ask from the last time on]\n");
		return false;
	}
	print_point(c->t, c->signal, p->time, p, c->out);
	return true;
}

static void print_changes(struct trace *t, size_t signal, const struct question *q, struct str *out)
{
	struct changes c = { t, signal, 0, out };

	trace_walk(t, &signal, 1, q->from, q->to, print_change, &c);
	if (c.rows == 0)
		str_adds(out, "it does not change in that time\n");
}

struct rows {
	struct str *out;
	size_t n, n_eval;
};

static bool print_row(void *ctx, const struct query_row *r)
{
	struct rows *rows = ctx;

	if (rows->n++ >= ROWS_MAX)
		return true; /* keep counting for the totals */
	str_addf(rows->out, "%llu", (unsigned long long)r->time);
	for (size_t i = 0; i < rows->n_eval; i++) {
		str_adds(rows->out, "  ");
		expr_print(&r->values[i], rows->out);
	}
	str_addc(rows->out, '\n');
	return true;
}

static void print_totals(const struct question *q, const struct query_totals *n, struct str *out)
{
	str_addf(out, "%llu %s, %llu of them in question", (unsigned long long)n->samples,
		 q->on ? "edges" : "times at which something changed", (unsigned long long)n->rows);
	if (n->rows)
		str_addf(out, ", from %llu to %llu", (unsigned long long)n->first,
			 (unsigned long long)n->last);
	if (n->unknown)
		str_addf(out, "; at %llu it is x whether they are", (unsigned long long)n->unknown);
	str_addc(out, '\n');
}

/* Splits text at ; into a list of at most QUERY_EVALS_MAX. */
static size_t split(char *text, const char **list)
{
	size_t n = 0;
	char *rest = text;

	for (char *part; (part = strsep(&rest, ";")) && n < QUERY_EVALS_MAX;)
		if (*(part += strspn(part, " \t\n")))
			list[n++] = part;
	return n;
}

static bool rows_of(struct trace *t, const struct question *q, struct str *out, struct err *err)
{
	const char *evals[QUERY_EVALS_MAX];
	char *copy = mem_strdup(q->eval ? q->eval : ""), *broken = NULL;
	struct query_spec spec = {
		.on = q->on, .when = q->when, .eval = evals, .from = q->from, .to = q->to
	};
	bool property = strcmp(q->op, "property") == 0, count = strcmp(q->op, "count") == 0;
	struct rows rows = { .out = out };
	struct query_totals n = { 0 };
	struct query *query = NULL;

	spec.n_eval = rows.n_eval = split(copy, evals);
	if (spec.n_eval == 0 || (spec.n_eval > 1 && property)) {
		err_set(err, ERR_USAGE, "\"eval\" must be %s",
			property ? "one expression" : "an expression, or several with ; between");
	} else {
		query = query_open(t, &spec, err);
	}
	if (query && (count || property)) {
		query_run(query, NULL, NULL, &n);
		print_totals(q, &n, out);
		for (size_t i = 0; i < spec.n_eval; i++)
			str_addf(out, "%s: true %llu, false %llu, x %llu\n", evals[i],
				 (unsigned long long)n.is_true[i],
				 (unsigned long long)n.is_false[i], (unsigned long long)n.is_x[i]);
	}
	if (query && property && n.is_true[0] < n.rows) {
		query_close(query);
		str_adds(out, "it does not hold, or is x, at:\n");
		broken = str_fmt("(%s) && !(%s) !== 0", q->when ? q->when : "1", evals[0]);
		spec.when = broken;
		query = query_open(t, &spec, err);
	}
	if (query && !count && !(property && !broken)) {
		query_run(query, print_row, &rows, &n);
		if (rows.n > ROWS_MAX)
			str_addf(out, "[cut: %zu more]\n", rows.n - ROWS_MAX);
		if (!property)
			print_totals(q, &n, out);
	}
	query_close(query);
	free(broken);
	free(copy);
	return query != NULL;
}

static bool of_signal(struct trace *t, const struct question *q, struct str *out, struct err *err)
{
	size_t signal;

	if (!q->signal)
		return err_set(err, ERR_USAGE, "\"signal\" is missing");
	if (!trace_find_by_end(t, q->signal, &signal, err))
		return false;
	if (q->op[0] == 'v')
		print_value(t, signal, q->from, out);
	else
		print_changes(t, signal, q, out);
	return true;
}

static void print_frame(const struct trace *t, struct str *out)
{
	str_adds(out, "times are in units of ");
	trace_unit_text(t, out);
	str_addf(out, ", the end is %llu\n", (unsigned long long)trace_end(t));
}

static void print_table(struct trace *t, uint64_t to, struct str *out)
{
	const struct trace_rows rows = {
		.clock = { .signal = TRACE_NONE }, .time = to, .rows = ROWS_MAX, .cols = TABLE_COLS
	};

	trace_table(t, &rows, out);
}

static bool answer(struct trace *t, const struct question *q, struct str *out, struct err *err)
{
	const char *problem = trace_problem(t);
	bool ok = true;

	if (strcmp(q->op, "table") == 0) {
		print_table(t, q->to, out);
		return true;
	}
	print_frame(t, out);
	if (strcmp(q->op, "signals") == 0)
		print_signals(t, q, out);
	else if (strcmp(q->op, "value") == 0 || strcmp(q->op, "changes") == 0)
		ok = of_signal(t, q, out, err);
	else
		ok = rows_of(t, q, out, err);
	if (problem)
		str_addf(out, "[%s]\n", problem);
	return ok;
}

bool wave_summary(struct workbench *w, const char *path, struct str *out, struct err *err)
{
	const struct question all = { .to = UINT64_MAX };
	struct trace *t;

	if (!w->ports->open_trace(w->loop, path, &t, err))
		return false;
	print_frame(t, out);
	print_signals(t, &all, out);
	print_table(t, all.to, out);
	trace_close(t);
	return true;
}

static bool is_op(const char *op)
{
	static const char *const ops[] = { "signals", "value", "changes",  "table",
					   "rows",    "count", "property", NULL };

	return words_has(ops, op);
}

static bool read_question(const cJSON *args, struct question *q, struct err *err)
{
	return arg_text(args, "op", true, &q->op, err) &&
	       arg_text(args, "signal", false, &q->signal, err) &&
	       arg_text(args, "eval", false, &q->eval, err) &&
	       arg_text(args, "on", false, &q->on, err) &&
	       arg_text(args, "when", false, &q->when, err) &&
	       arg_number(args, "from", 0, UINT64_MAX - 1, 0, &q->from, err) &&
	       arg_number(args, "to", 0, UINT64_MAX - 1, UINT64_MAX, &q->to, err) &&
	       (is_op(q->op) ||
		err_set(err, ERR_USAGE,
			"\"op\" must be signals, value, changes, table, rows, count "
			"or property"));
}

bool tool_wave(struct tool_call *c, struct err *err)
{
	struct question q;
	struct trace *t = NULL;
	char *path = NULL;
	bool ok = read_question(c->args, &q, err);

	if (ok) {
		path = sim_after_waves(c->w, "simulate first", err);
		ok = path && (file_exists(path) ||
			      err_set(err, ERR_NOT_FOUND, "%s is not there any more", path));
	}
	if (ok)
		ok = c->w->ports->open_trace(c->w->loop, path, &t, err) &&
		     answer(t, &q, c->out, err);
	trace_close(t);
	free(path);
	return ok;
}
