/* trace_held.h - the common part of traces stored in blocks: names in memory, and
 * queries through trace_seek.h.
 *
 * A reader has it as its first member, fills it, and uses these functions in its
 * trace_ops; they do not depend on the format. Owns the names of the signals.
 */
#ifndef POSEDGE_TRACE_HELD_H
#define POSEDGE_TRACE_HELD_H

#include "session/base/str.h"
#include "session/trace/scope_list.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_seek.h"

struct trace_held {
	struct trace base; /* first */
	struct scope_list scopes;
	struct trace_signal *signals;
	size_t n_signals, cap_signals;
	struct trace_seek seek;
	struct str problem; /* empty: none */
};

void trace_held_fini(struct trace_held *h);

size_t trace_held_scopes(const struct trace *t);
const struct trace_scope *trace_held_scope(const struct trace *t, size_t i);
size_t trace_held_signals(const struct trace *t);
const struct trace_signal *trace_held_signal(const struct trace *t, size_t i);
bool trace_held_next(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
bool trace_held_prev(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
bool trace_held_walk(struct trace *t, const size_t *signals, size_t n, uint64_t from, uint64_t to,
		     trace_fn *fn, void *ctx);
const char *trace_held_problem(const struct trace *t);

#endif
