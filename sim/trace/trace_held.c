/* Common part of traces that keep their signals and scopes in memory: lists, and
 * navigation through trace_seek. Formats differ only in how they fill them (trace_fst,
 * trace_vcd).
 */
#include "config.h"

#include "sim/trace/trace_held.h"

#include <stdlib.h>

static const struct trace_held *self(const struct trace *t)
{
	return (const struct trace_held *)t;
}

void trace_held_fini(struct trace_held *h)
{
	for (size_t i = 0; i < h->n_signals; i++)
		free((char *)h->signals[i].name);
	free(h->signals);
	scope_list_free(&h->scopes);
	trace_seek_fini(&h->seek);
	str_free(&h->problem);
}

size_t trace_held_scopes(const struct trace *t)
{
	return self(t)->scopes.n;
}

const struct trace_scope *trace_held_scope(const struct trace *t, size_t i)
{
	return &self(t)->scopes.scopes[i];
}

size_t trace_held_signals(const struct trace *t)
{
	return self(t)->n_signals;
}

const struct trace_signal *trace_held_signal(const struct trace *t, size_t i)
{
	return &self(t)->signals[i];
}

bool trace_held_next(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	struct trace_held *h = (struct trace_held *)t;

	return trace_seek_next(&h->seek, &h->signals[signal], time, out);
}

bool trace_held_prev(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	struct trace_held *h = (struct trace_held *)t;

	return time > 0 && trace_seek_at(&h->seek, &h->signals[signal], time - 1, out);
}

bool trace_held_walk(struct trace *t, const size_t *signals, size_t n, uint64_t from, uint64_t to,
		     trace_fn *fn, void *ctx)
{
	struct trace_held *h = (struct trace_held *)t;

	return trace_seek_walk(&h->seek, h->signals, signals, n, from, to, fn, ctx);
}

const char *trace_held_problem(const struct trace *t)
{
	return self(t)->problem.len ? str_cstr(&self(t)->problem) : NULL;
}
