/* wave --eval, and wave diff: queries on one recorded run, and on two.
 * trace/query.h and trace/trace_diff.h define them; here times and names become
 * text, or one JSON object per line.
 */
#include "config.h"

#include "session/command/commands.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/trace/query.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "session/trace/trace_diff.h"
#include "session/waveview/waveview.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define ROWS_AT_FIRST 1000
#define NAMES_SHOWN   5
#define SIGNALS_SHOWN 40

static bool breathe(void *ctx)
{
	return task_breathe(NULL);
}

/* Only what comes until --to is needed. */
static bool is_enough(void *ctx, const struct trace *t)
{
	const struct cmd_call *c = ctx;
	uint64_t to;

	return waveview_time_in(t, cmd_opt(c, "--to"), &to, NULL) && trace_end(t) > to;
}

/* Where an edge is, "#12", only the whole dump tells. */
bool cmd_wave_open(struct cmd_call *c, const char *path, struct trace **t, struct err *err)
{
	const struct ports *ports = c->w->ports;
	struct trace_part part = { .enough = is_enough, .ctx = c };
	const char *to = cmd_opt(c, "--to");
	bool all = !to || to[0] == '#' || !ports->open_trace_part;

	if (!(all ? ports->open_trace(c->w->loop, path, t, err)
		  : ports->open_trace_part(c->w->loop, path, &part, t, err)))
		return false;
	trace_watch(*t, breathe, NULL);
	return true;
}

bool cmd_wave_was_whole(const struct trace *t, struct err *err)
{
	return !trace_stopped(t) || err_set(err, ERR_CANCELLED, "cancelled");
}

/* The printed result of a query. */
struct printed {
	const struct cmd_call *c;
	struct trace *t;
	const char *const *evals;
	size_t n_eval, rows, rows_max;
};

static void json_row(struct printed *p, const struct query_row *r)
{
	cJSON *o = cJSON_CreateObject(), *values = cJSON_AddArrayToObject(o, "values");
	struct str text = STR_INIT;

	cJSON_AddNumberToObject(o, "time", (double)r->time);
	for (size_t i = 0; i < p->n_eval; i++) {
		str_clear(&text);
		expr_print(&r->values[i], &text);
		cJSON_AddItemToArray(values, cJSON_CreateString(str_cstr(&text)));
	}
	str_free(&text);
	report_json(&p->c->w->out, o);
}

static void text_row(struct printed *p, const struct query_row *r)
{
	struct str line = STR_INIT;

	waveview_time_text(p->t, r->time, &line);
	for (size_t i = 0; i < p->n_eval; i++) {
		str_adds(&line, "  ");
		expr_print(&r->values[i], &line);
	}
	report_text(&p->c->w->out, "%s\n", str_cstr(&line));
	str_free(&line);
}

static bool print_row(void *ctx, const struct query_row *r)
{
	struct printed *p = ctx;

	if (p->rows++ >= p->rows_max)
		return true; /* continue only to count */
	if (p->c->w->out.wants_json)
		json_row(p, r);
	else
		text_row(p, r);
	return true;
}

static void json_totals(struct printed *p, const struct query_totals *n)
{
	cJSON *o = cJSON_CreateObject(), *evals = cJSON_AddArrayToObject(o, "evals");

	cJSON_AddNumberToObject(o, "samples", (double)n->samples);
	cJSON_AddNumberToObject(o, "rows", (double)n->rows);
	cJSON_AddNumberToObject(o, "when_unknown", (double)n->unknown);
	if (n->rows) {
		cJSON_AddNumberToObject(o, "first", (double)n->first);
		cJSON_AddNumberToObject(o, "last", (double)n->last);
	}
	for (size_t i = 0; i < p->n_eval; i++) {
		cJSON *e = cJSON_CreateObject();

		cJSON_AddStringToObject(e, "eval", p->evals[i]);
		cJSON_AddNumberToObject(e, "true", (double)n->is_true[i]);
		cJSON_AddNumberToObject(e, "false", (double)n->is_false[i]);
		cJSON_AddNumberToObject(e, "x", (double)n->is_x[i]);
		cJSON_AddItemToArray(evals, e);
	}
	report_json(&p->c->w->out, o);
}

static void text_totals(struct printed *p, const struct query_totals *n, bool clocked)
{
	struct str s = STR_INIT;

	if (p->rows > p->rows_max)
		str_addf(&s, "%zu more row%s (--rows shows more)\n", p->rows - p->rows_max,
			 count_s(p->rows - p->rows_max));
	str_addf(&s, "%llu %s%s, %llu of them shown", (unsigned long long)n->samples,
		 clocked ? "edge" : "change", count_s(n->samples), (unsigned long long)n->rows);
	if (n->rows) {
		str_adds(&s, ": ");
		waveview_time_text(p->t, n->first, &s);
		str_adds(&s, " to ");
		waveview_time_text(p->t, n->last, &s);
	}
	if (n->unknown)
		str_addf(&s, "; at %llu others --when is x", (unsigned long long)n->unknown);
	str_addc(&s, '\n');
	for (size_t i = 0; i < p->n_eval; i++)
		str_addf(&s, "%s: true %llu, false %llu, x %llu\n", p->evals[i],
			 (unsigned long long)n->is_true[i], (unsigned long long)n->is_false[i],
			 (unsigned long long)n->is_x[i]);
	report_text(&p->c->w->out, "%s", str_cstr(&s));
	str_free(&s);
}

static void print_head(const struct printed *p)
{
	struct str s = STR_INIT;

	str_adds(&s, "time");
	for (size_t i = 0; i < p->n_eval; i++)
		str_addf(&s, "  %s", p->evals[i]);
	report_text(&p->c->w->out, "%s\n", str_cstr(&s));
	str_free(&s);
}

/* --eval may be repeated, and may contain several expressions separated by ;. */
static bool read_evals(const struct cmd_call *c, struct strv *evals, struct err *err)
{
	for (size_t i = 0; i + 1 < c->n_opts; i += 2) {
		const char *rest = c->opts[i + 1];

		if (strcmp(c->opts[i], "--eval") != 0)
			continue;
		while (*rest) {
			size_t len = strcspn(rest, ";");
			size_t blanks = strspn(rest, " \t");

			if (blanks < len)
				strv_addn(evals, rest + blanks, len - blanks);
			rest += len + (rest[len] == ';');
		}
	}
	return evals->n > 0 || err_set(err, ERR_USAGE, "wave: --eval needs an expression");
}

bool cmd_wave_time(struct cmd_call *c, const char *name, struct waveview *v, uint64_t *time,
		   struct err *err)
{
	const char *text = cmd_opt(c, name);

	return !text || waveview_time_parse(v, text, time, err) || err_prefix(err, "%s", name);
}

static bool rows_option(struct cmd_call *c, size_t *rows, struct err *err)
{
	const char *text = cmd_opt(c, "--rows");
	char *end;

	*rows = ROWS_AT_FIRST;
	if (!text)
		return true;
	*rows = strtoull(text, &end, 10);
	return (*text >= '0' && *text <= '9' && !*end) ||
	       err_set(err, ERR_USAGE, "wave: --rows takes a number");
}

bool cmd_wave_query(struct cmd_call *c, struct trace *t, struct err *err)
{
	struct waveview *v = waveview_new(t, 80);
	struct strv evals = STRV_INIT;
	struct query_spec spec = { .on = cmd_opt(c, "--on"),
				   .when = cmd_opt(c, "--when"),
				   .from = 0,
				   .to = UINT64_MAX,
				   .after = cmd_opt(c, "--after") != NULL };
	struct printed p = { .c = c, .t = t };
	const char *problem = trace_problem(t);
	struct query_totals n;
	struct query *q = NULL;
	bool ok = false;

	if (read_evals(c, &evals, err) && rows_option(c, &p.rows_max, err) &&
	    cmd_wave_time(c, "--from", v, &spec.from, err) &&
	    cmd_wave_time(c, "--to", v, &spec.to, err)) {
		spec.eval = p.evals = (const char *const *)evals.v;
		spec.n_eval = p.n_eval = evals.n;
		q = query_open(t, &spec, err);
	}
	if (q) {
		if (!c->w->out.wants_json)
			print_head(&p);
		query_run(q, print_row, &p, &n);
		ok = cmd_wave_was_whole(t, err);
		if (ok && c->w->out.wants_json)
			json_totals(&p, &n);
		else if (ok)
			text_totals(&p, &n, spec.on != NULL);
		if (problem)
			report_note(&c->w->out, "%s", problem);
	}
	query_close(q);
	strv_free(&evals);
	waveview_free(v);
	return ok;
}

/* Two runs ---------------------------------------------------------------------- */

struct two {
	struct cmd_call *c;
	struct trace *a, *b;
	size_t clock; /* in a; TRACE_NONE: they are compared by time */
	struct trace_diff d;
	struct str out;
};

static void add_name(const struct trace *t, size_t signal, struct str *out)
{
	struct str full = STR_INIT;

	trace_full_name(t, signal, &full);
	str_adds(out, trace_plain_name(str_cstr(&full)));
	str_free(&full);
}

/* The value that is compared; at an edge, the value before it. */
static void add_value(const struct two *w, struct trace *t, size_t signal, uint64_t time,
		      struct str *out)
{
	struct trace_point p;
	uint64_t before = w->d.by_clock && time > 0 ? time - 1 : time;

	if (trace_at(t, signal, before, &p))
		trace_value_text(trace_signal_at(t, signal), &p, out);
	else
		str_adds(out, "none");
}

static void add_signal(struct two *w, const struct trace_diff_signal *s)
{
	add_name(w->a, s->a, &w->out);
	str_adds(&w->out, ": ");
	add_value(w, w->a, s->a, trace_diff_time_a(&w->d, s->first), &w->out);
	str_adds(&w->out, " and ");
	add_value(w, w->b, s->b, trace_diff_time_b(&w->d, s->first), &w->out);
	str_adds(&w->out, " at ");
	if (w->d.by_clock)
		str_addf(&w->out, "edge %llu (", (unsigned long long)s->first);
	waveview_time_text(w->a, trace_diff_time_a(&w->d, s->first), &w->out);
	if (w->d.by_clock) {
		str_adds(&w->out, ", ");
		waveview_time_text(w->b, trace_diff_time_b(&w->d, s->first), &w->out);
		str_addf(&w->out, "), at %llu of %llu edges", (unsigned long long)s->places,
			 (unsigned long long)w->d.compared);
	}
	if (s->unknown == s->places)
		str_adds(&w->out, ", one of them x or z each time");
	str_addc(&w->out, '\n');
}

static void add_names(const struct trace *t, const size_t *list, size_t n, const char *what,
		      struct str *out)
{
	if (n == 0)
		return;
	str_addf(out, "%zu %s: ", n, what);
	for (size_t i = 0; i < n && i < NAMES_SHOWN; i++) {
		str_adds(out, i ? ", " : "");
		add_name(t, list[i], out);
	}
	str_adds(out, n > NAMES_SHOWN ? ", ...\n" : "\n");
}

/* Without a clock the runs are compared until the first of them ends. */
static void add_span(struct two *w)
{
	const struct trace_diff *d = &w->d;
	uint64_t a = trace_diff_time_a(d, d->compared - 1),
		 b = trace_diff_time_b(d, d->compared - 1);
	bool a_goes_on = a < trace_end(w->a), b_goes_on = b < trace_end(w->b);

	str_adds(&w->out, ", compared by time");
	if (a_goes_on != b_goes_on) {
		str_adds(&w->out, " until ");
		waveview_time_text(a_goes_on ? w->b : w->a, a_goes_on ? b : a, &w->out);
		str_addf(&w->out, ", where the %s run ends", a_goes_on ? "second" : "first");
	}
	str_addc(&w->out, '\n');
}

static void print_diff(struct two *w)
{
	const struct trace_diff *d = &w->d;

	if (d->n_compared == 0)
		str_addf(&w->out, "nothing was compared: %s\n",
			 d->compared ? "no signal of the same width is in both"
				     : "one of the runs has no edge of the clock");
	else if (d->n_differ == 0)
		str_addf(&w->out, "no difference in %zu signal%s", d->n_compared,
			 count_s(d->n_compared));
	else
		str_addf(&w->out, "%zu of %zu signals differ", d->n_differ, d->n_compared);
	if (d->n_compared && d->by_clock) {
		str_addf(&w->out, " at %llu edges of ", (unsigned long long)d->compared);
		add_name(w->a, w->clock, &w->out);
		str_addc(&w->out, '\n');
	} else if (d->n_compared)
		add_span(w);
	if (d->by_clock && d->edges_a != d->edges_b)
		str_addf(&w->out, "one run has %llu edges, the other %llu\n",
			 (unsigned long long)d->edges_a, (unsigned long long)d->edges_b);
	for (size_t i = 0; i < d->n_differ && i < SIGNALS_SHOWN; i++)
		add_signal(w, &d->differ[i]);
	if (d->n_differ > SIGNALS_SHOWN)
		str_addf(&w->out, "%zu more\n", d->n_differ - SIGNALS_SHOWN);
	add_names(w->a, d->only_a, d->n_only_a, "only in the first", &w->out);
	add_names(w->b, d->only_b, d->n_only_b, "only in the second", &w->out);
	add_names(w->a, d->other_width, d->n_other_width, "of another width", &w->out);
	report_text(&w->c->w->out, "%s", str_cstr(&w->out));
}

static void json_side(const struct two *w, cJSON *o, const char *name, struct trace *t,
		      size_t signal, uint64_t time)
{
	struct str value = STR_INIT;
	cJSON *side = cJSON_AddObjectToObject(o, name);

	add_value(w, t, signal, time, &value);
	cJSON_AddNumberToObject(side, "time", (double)time);
	cJSON_AddStringToObject(side, "value", str_cstr(&value));
	str_free(&value);
}

static void json_diff(struct two *w)
{
	const struct trace_diff *d = &w->d;
	cJSON *o;

	for (size_t i = 0; i < d->n_differ; i++) {
		const struct trace_diff_signal *s = &d->differ[i];
		struct str name = STR_INIT;

		o = cJSON_CreateObject();
		add_name(w->a, s->a, &name);
		cJSON_AddStringToObject(o, "signal", str_cstr(&name));
		cJSON_AddNumberToObject(o, d->by_clock ? "edge" : "place", (double)s->first);
		cJSON_AddNumberToObject(o, "differs", (double)s->places);
		cJSON_AddNumberToObject(o, "unknown", (double)s->unknown);
		json_side(w, o, "a", w->a, s->a, trace_diff_time_a(d, s->first));
		json_side(w, o, "b", w->b, s->b, trace_diff_time_b(d, s->first));
		report_json(&w->c->w->out, o);
		str_free(&name);
	}
	o = cJSON_CreateObject();
	cJSON_AddNumberToObject(o, "signals", (double)d->n_compared);
	cJSON_AddNumberToObject(o, "differ", (double)d->n_differ);
	cJSON_AddNumberToObject(o, "compared", (double)d->compared);
	cJSON_AddNumberToObject(o, "only_a", (double)d->n_only_a);
	cJSON_AddNumberToObject(o, "only_b", (double)d->n_only_b);
	cJSON_AddNumberToObject(o, "other_width", (double)d->n_other_width);
	report_json(&w->c->w->out, o);
}

/* The clock of both: the one given by --on, otherwise a signal of the first run that is named
 * like one and is in the second, too. Without it both are compared by time: the edges of another
 * signal would leave out most of what can differ. */
static bool find_clocks(struct two *w, size_t *a, size_t *b, struct err *err)
{
	const char *on = cmd_opt(w->c, "--on");
	struct str name = STR_INIT;

	if (on && str_starts(on, "posedge "))
		on += strlen("posedge ");
	if (on)
		return trace_find_by_end(w->a, on, a, err) && trace_find_by_end(w->b, on, b, err);
	*a = trace_find_clock(w->a);
	if (*a != TRACE_NONE && !trace_is_clock_name(trace_signal_at(w->a, *a)->name))
		*a = TRACE_NONE;
	if (*a == TRACE_NONE)
		return true;
	add_name(w->a, *a, &name);
	*b = trace_find(w->b, str_cstr(&name));
	if (*b == TRACE_NONE || trace_signal_at(w->b, *b)->width != 1)
		*a = *b = TRACE_NONE;
	str_free(&name);
	return true;
}

static bool open_named(struct cmd_call *c, const char *name, struct trace **t, struct err *err)
{
	char *path = workplace_full(&c->w->place, name);
	bool ok = (file_exists(path) || err_set(err, ERR_NOT_FOUND, "%s is not there", path)) &&
		  cmd_wave_open(c, path, t, err);

	free(path);
	return ok;
}

/* A signal of another width is a difference. If nothing was compared, there is no result. */
static enum cmd_status diff_status(const struct trace_diff *d)
{
	if (d->n_differ || d->n_other_width)
		return CMD_FOUND;
	return d->n_compared ? CMD_FINE : CMD_NO_VERDICT;
}

bool cmd_wave_diff(struct cmd_call *c, struct err *err)
{
	struct two w = { .c = c, .clock = TRACE_NONE, .out = STR_INIT };
	size_t clock_b = TRACE_NONE;
	bool ok;

	if (c->argc != 3)
		return err_set(err, ERR_USAGE, "wave diff takes two dumps");
	ok = open_named(c, c->argv[1], &w.a, err) && open_named(c, c->argv[2], &w.b, err) &&
	     find_clocks(&w, &w.clock, &clock_b, err);
	ok = ok && trace_diff(w.a, w.b, w.clock, clock_b, &w.d, err);
	if (ok && (!cmd_wave_was_whole(w.a, err) || !cmd_wave_was_whole(w.b, err))) {
		trace_diff_free(&w.d);
		ok = false;
	}
	if (ok) {
		if (c->w->out.wants_json)
			json_diff(&w);
		else
			print_diff(&w);
		c->status = diff_status(&w.d);
		for (int i = 0; i < 2; i++) {
			const char *problem = trace_problem(i ? w.b : w.a);

			if (problem)
				report_note(&c->w->out, "%s: %s", c->argv[i + 1], problem);
		}
		trace_diff_free(&w.d);
	}
	str_free(&w.out);
	trace_close(w.a);
	trace_close(w.b);
	return ok;
}
