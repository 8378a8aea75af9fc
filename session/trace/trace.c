/* The front of the port: passes calls to the reader, and implements what is the same
 * for every reader: names, look-up by name, the walk. */
#include "config.h"

#include "session/trace/trace.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define ASK_EVERY 256 /* queries; a power of two */

void trace_watch(struct trace *t, bool (*go_on)(void *ctx), void *ctx)
{
	t->go_on = go_on;
	t->go_ctx = ctx;
}

bool trace_stopped(const struct trace *t)
{
	return t->stopped;
}

static bool goes_on(struct trace *t)
{
	if (t->go_on && !t->stopped && t->asked++ % ASK_EVERY == 0)
		t->stopped = !t->go_on(t->go_ctx);
	return !t->stopped;
}

void trace_close(struct trace *t)
{
	if (t)
		t->ops->close(t);
}

size_t trace_scopes(const struct trace *t)
{
	return t->ops->scopes(t);
}

const struct trace_scope *trace_scope_at(const struct trace *t, size_t i)
{
	return t->ops->scope(t, i);
}

size_t trace_signals(const struct trace *t)
{
	return t->ops->signals(t);
}

const struct trace_signal *trace_signal_at(const struct trace *t, size_t i)
{
	return t->ops->signal(t, i);
}

void trace_scope_name(const struct trace *t, size_t scope, struct str *out)
{
	const struct trace_scope *s;

	if (scope == TRACE_NONE)
		return;
	s = trace_scope_at(t, scope);
	if (s->parent != TRACE_NONE) {
		trace_scope_name(t, s->parent, out);
		str_addc(out, '.');
	}
	str_adds(out, s->name);
}

void trace_full_name(const struct trace *t, size_t signal, struct str *out)
{
	const struct trace_signal *s = trace_signal_at(t, signal);

	trace_scope_name(t, s->scope, out);
	if (s->scope != TRACE_NONE)
		str_addc(out, '.');
	str_adds(out, s->name);
}

const char *trace_plain_name(const char *full)
{
	return str_starts(full, TRACE_WRAPPER) ? full + strlen(TRACE_WRAPPER) : full;
}

static size_t find_exactly(const struct trace *t, const char *full)
{
	size_t n = trace_signals(t), found = TRACE_NONE, len = strlen(full);
	struct str name = STR_INIT;

	for (size_t i = 0; i < n && found == TRACE_NONE; i++) {
		const char *last = trace_signal_at(t, i)->name;
		size_t last_len = strlen(last);

		/* Most are rejected by their last part. */
		if (last_len > len || strcmp(full + len - last_len, last) != 0)
			continue;
		str_clear(&name);
		trace_full_name(t, i, &name);
		if (strcmp(str_cstr(&name), full) == 0)
			found = i;
	}
	str_free(&name);
	return found;
}

size_t trace_find(const struct trace *t, const char *full)
{
	size_t found = find_exactly(t, full), n = strlen(TRACE_WRAPPER);
	struct str other = STR_INIT;

	if (found != TRACE_NONE)
		return found;
	if (strncmp(full, TRACE_WRAPPER, n) == 0)
		return find_exactly(t, full + n);
	for (size_t i = 0; i < trace_scopes(t); i++)
		if (strcmp(trace_scope_at(t, i)->name, "TOP") == 0) {
			str_addf(&other, "%s%s", TRACE_WRAPPER, full);
			found = find_exactly(t, str_cstr(&other));
			break;
		}
	str_free(&other);
	return found;
}

bool trace_timescale(const struct trace *t, int *magnitude, int *exponent)
{
	*magnitude = 1;
	*exponent = -9;
	return t->ops->timescale(t, magnitude, exponent);
}

uint64_t trace_begin(const struct trace *t)
{
	return t->ops->begin(t);
}

uint64_t trace_end(const struct trace *t)
{
	return t->ops->end(t);
}

bool trace_at(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	return goes_on(t) && t->ops->at(t, signal, time, out);
}

bool trace_next(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	return goes_on(t) && t->ops->next(t, signal, time, out);
}

bool trace_prev(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	return goes_on(t) && t->ops->prev(t, signal, time, out);
}

/* Merges by the time of each signal's next change; fetches the value when it is due. */
static bool merge(struct trace *t, const size_t *signals, size_t n, uint64_t *due, uint64_t to,
		  trace_fn *fn, void *ctx)
{
	struct trace_point p;

	for (;;) {
		size_t first = 0;

		for (size_t i = 1; i < n; i++)
			if (due[i] < due[first])
				first = i;
		if (n == 0 || due[first] > to || due[first] == UINT64_MAX)
			return true;
		if (trace_at(t, signals[first], due[first], &p) && !fn(ctx, first, &p))
			return false;
		due[first] = trace_next(t, signals[first], due[first], &p) ? p.time : UINT64_MAX;
	}
}

static uint64_t first_due(struct trace *t, size_t signal, uint64_t from)
{
	struct trace_point p;

	if (trace_at(t, signal, from, &p) && p.time == from)
		return from;
	return trace_next(t, signal, from, &p) ? p.time : UINT64_MAX;
}

struct walk {
	struct trace *t;
	trace_fn *fn;
	void *ctx;
};

static bool step(void *ctx, size_t which, const struct trace_point *p)
{
	const struct walk *w = ctx;

	return goes_on(w->t) && w->fn(w->ctx, which, p);
}

bool trace_walk(struct trace *t, const size_t *signals, size_t n, uint64_t from, uint64_t to,
		trace_fn *fn, void *ctx)
{
	struct walk watched = { t, fn, ctx };
	uint64_t *due;
	bool whole;

	if (t->ops->walk)
		return t->ops->walk(t, signals, n, from, to, step, &watched);
	due = mem_calloc(n + 1, sizeof(*due));
	for (size_t i = 0; i < n; i++)
		due[i] = first_due(t, signals[i], from);
	whole = merge(t, signals, n, due, to, fn, ctx) && !t->stopped;
	free(due);
	return whole;
}

bool trace_names_values(const struct trace *t)
{
	return t && t->ops->name_of;
}

const char *trace_name_of(const struct trace *t, size_t signal, const char *value, size_t len)
{
	return t->ops->name_of ? t->ops->name_of(t, signal, value, len) : NULL;
}

bool trace_more(struct trace *t, size_t most, bool *any, struct err *err)
{
	*any = false;
	return !t->ops->more || t->ops->more(t, most, any, err);
}

const char *trace_problem(const struct trace *t)
{
	return t->ops->problem ? t->ops->problem(t) : NULL;
}

void trace_fill(const char *value, size_t len, size_t width, char *out)
{
	size_t missing = len < width ? width - len : 0;
	char fill = len == 0 ? 'x' : value[0] == '1' ? '0' : value[0];

	memset(out, fill, missing);
	if (width > missing)
		memcpy(out + missing, value + len - (width - missing), width - missing);
}
