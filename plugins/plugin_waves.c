/* Waves for a plugin: the signals of a dump, and their changes in a time range. Data
 * rather than a picture, since drawing is the plugin's job. */
#include "config.h"

#include <stdlib.h>

#include "plugins/plugin_parts.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/sim_after.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"

struct opening {
	const char *path;
	struct posedge_waves *out;
};

static bool give_signals(struct call *c, const struct trace *t, struct posedge_waves *w,
			 struct err *err)
{
	struct posedge_signal *v;
	struct str name = STR_INIT;
	bool ok;

	w->n_signals = trace_signals(t);
	w->signals = v = call_keep(c, NULL, (w->n_signals + 1) * sizeof(*v), err);
	ok = v != NULL;
	for (size_t i = 0; ok && i < w->n_signals; i++) {
		const struct trace_signal *s = trace_signal_at(t, i);

		str_clear(&name);
		trace_full_name(t, i, &name);
		v[i] = (struct posedge_signal){ .name = call_keep_s(c, str_cstr(&name), err),
						.width = s->width > 0 ? (size_t)s->width : 1,
						.kind = "brte"[s->kind],
						.direction = s->direction,
						.parameter = s->parameter };
		ok = v[i].name != NULL;
	}
	str_free(&name);
	return ok;
}

static bool serve_waves(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct opening *x = args;
	struct posedge_waves w = { 0 };
	struct trace *t = NULL;
	char *path = x->path ? path_join(l->w->place.root, x->path)
			     : sim_after_waves(l->w, "simulate first", err);
	bool ok = path && (file_exists(path) ||
			   err_set(err, ERR_NOT_FOUND, "%s",
				   x->path ? "there is no such dump"
					   : "the waves of the last run are not there any more"));

	ok = ok && l->w->ports->open_trace(l->w->loop, path, &t, err);
	trace_close(c->trace);
	c->trace = t;
	if (ok) {
		trace_timescale(t, &w.magnitude, &w.exponent);
		w.begin = trace_begin(t);
		w.end = trace_end(t);
		w.path = call_keep_s(c, path, err);
		w.problem = call_keep_s(c, trace_problem(t) ? trace_problem(t) : "", err);
		ok = w.path && w.problem && give_signals(c, t, &w, err);
	}
	if (ok)
		given_fill(x->out, x->out->size, &w, sizeof(w));
	free(path);
	return ok;
}

bool host_waves(void *ctx, const char *path, struct posedge_waves *waves)
{
	struct opening x = { path, waves };

	if (!waves || waves->size < sizeof(size_t))
		return call_lacks(ctx, "waves", "a place for them, with its size");
	return call_ask(ctx, serve_waves, &x, true);
}

struct walking {
	const size_t *signals;
	size_t n_signals;
	uint64_t from, to;
	const struct posedge_change **out;
	size_t *n_out;
	struct call *c;
	struct posedge_change *v;
	size_t n, cap;
	struct err *err;
	bool failed;
};

static bool on_change(void *ctx, size_t which, const struct trace_point *p)
{
	struct walking *x = ctx;
	const char *value;

	if (x->n == POSEDGE_CHANGES_MAX) {
		x->failed = true;
		return err_set(x->err, ERR_LIMIT, "more than %u changes in that time",
			       POSEDGE_CHANGES_MAX);
	}
	value = call_keep(x->c, p->value, p->len, x->err);
	x->failed = !value;
	if (x->failed)
		return false;
	MEM_PUSH(x->v, x->n, x->cap, (struct posedge_change){ p->time, x->signals[which], value });
	return true;
}

static bool serve_changes(struct loaded *l, struct call *c, void *args, struct err *err)
{
	struct walking *x = args;
	struct trace_point p;

	x->c = c;
	x->err = err;
	if (!c->trace)
		return err_set(err, ERR_USAGE, "no waves are open: waves() comes first");
	for (size_t i = 0; i < x->n_signals; i++)
		if (x->signals[i] >= trace_signals(c->trace))
			return err_set(err, ERR_USAGE, "signal %zu: there are %zu", x->signals[i],
				       trace_signals(c->trace));
	for (size_t i = 0; i < x->n_signals && !x->failed; i++)
		if (trace_at(c->trace, x->signals[i], x->from, &p))
			on_change(x, i, &p);
	if (!x->failed && x->to > x->from)
		trace_walk(c->trace, x->signals, x->n_signals, x->from + 1, x->to, on_change, x);
	if (!x->failed)
		*x->out = call_keep(c, x->v, x->n * sizeof(*x->v), err);
	*x->n_out = x->n;
	free(x->v);
	return !x->failed && *x->out;
}

bool host_changes(void *ctx, const size_t *signals, size_t n_signals, uint64_t from, uint64_t to,
		  const struct posedge_change **changes, size_t *n)
{
	struct walking x = { .signals = signals,
			     .n_signals = n_signals,
			     .from = from,
			     .to = to,
			     .out = changes,
			     .n_out = n };

	if ((!signals && n_signals) || !changes || !n)
		return call_lacks(ctx, "changes", "signals and a place for their changes");
	return call_ask(ctx, serve_changes, &x, true);
}
