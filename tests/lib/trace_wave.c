/* A wave as a trace. A wave is completely in memory, so each query searches the changes
 * of one signal. It is slow and simple enough to verify the readers of large files.
 *
 * A wave writes the scopes of a signal as one word, "tb.dut"; here each part is a
 * scope. An escaped name with a dot in it becomes two.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/trace/scope_list.h"
#include "session/trace/trace.h"
#include "tests/lib/wave.h"

struct trace_wave {
	struct trace base;
	struct wave *w;
	struct scope_list scopes;
	struct trace_signal *signals;
	char *bits; /* the last value, padded to full width; NUL-terminated */
};

static struct trace_wave *self(const struct trace *t)
{
	return (struct trace_wave *)t;
}

static void close_wave(struct trace *t)
{
	struct trace_wave *me = self(t);

	scope_list_free(&me->scopes);
	free(me->signals);
	free(me->bits);
	wave_free(me->w);
	free(me);
}

static size_t scopes(const struct trace *t)
{
	return self(t)->scopes.n;
}

static const struct trace_scope *scope_at(const struct trace *t, size_t i)
{
	return &self(t)->scopes.scopes[i];
}

static size_t signals(const struct trace *t)
{
	return wave_signals(self(t)->w);
}

static const struct trace_signal *signal_at(const struct trace *t, size_t i)
{
	return &self(t)->signals[i];
}

static bool timescale(const struct trace *t, int *magnitude, int *exponent)
{
	return wave_timescale(self(t)->w, magnitude, exponent);
}

static uint64_t begin(const struct trace *t)
{
	return 0;
}

static uint64_t end(const struct trace *t)
{
	return wave_end(self(t)->w);
}

/* Reads the k-th change. */
static bool point(struct trace_wave *me, size_t signal, size_t k, struct trace_point *out)
{
	const struct trace_signal *s = &me->signals[signal];
	const char *value;
	size_t len;

	wave_change_at(me->w, signal, k, &out->time, &value, &len);
	out->value = value;
	out->len = len;
	if (s->kind == TRACE_BITS) {
		trace_fill(value, len, (size_t)s->width, me->bits);
		out->value = me->bits;
		out->len = (size_t)s->width;
	}
	return true;
}

static bool at(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	size_t n = wave_changes_until(self(t)->w, signal, time);

	return n > 0 && time <= end(t) && point(self(t), signal, n - 1, out);
}

static bool next(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	size_t n = wave_changes_until(self(t)->w, signal, time);

	return n < wave_signal_at(self(t)->w, signal)->changes && point(self(t), signal, n, out);
}

static bool prev(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	size_t n = time ? wave_changes_until(self(t)->w, signal, time - 1) : 0;

	return n > 0 && point(self(t), signal, n - 1, out);
}

static const struct trace_ops ops = {
	.close = close_wave,
	.scopes = scopes,
	.scope = scope_at,
	.signals = signals,
	.signal = signal_at,
	.timescale = timescale,
	.begin = begin,
	.end = end,
	.at = at,
	.next = next,
	.prev = prev,
};

/* A wave does not distinguish reals from texts, so the first value decides. */
static bool is_number(const struct wave *w, size_t signal)
{
	uint64_t time;
	const char *value;
	size_t len;
	char number[64], *end;

	if (wave_signal_at(w, signal)->changes == 0)
		return true;
	wave_change_at(w, signal, 0, &time, &value, &len);
	if (len == 0 || len >= sizeof(number))
		return false;
	memcpy(number, value, len);
	number[len] = '\0';
	strtod(number, &end);
	return *end == '\0';
}

static enum trace_kind kind_of(const struct wave *w, size_t signal)
{
	const struct wave_signal *s = wave_signal_at(w, signal);

	if (s->event)
		return TRACE_EVENT;
	if (!s->real)
		return TRACE_BITS;
	return is_number(w, signal) ? TRACE_REAL : TRACE_TEXT;
}

struct trace *trace_of_wave(struct wave *w)
{
	struct trace_wave *me = mem_zalloc(sizeof(*me));
	size_t n = wave_signals(w), widest = 1;

	me->base.ops = &ops;
	me->w = w;
	me->signals = mem_calloc(n, sizeof(*me->signals));
	for (size_t i = 0; i < n; i++) {
		const struct wave_signal *s = wave_signal_at(w, i);

		me->signals[i] = (struct trace_signal){
			.vector = s->width > 1 && !s->real,
			.name = s->name,
			.scope = scope_list_of(&me->scopes, s->scope),
			.kind = kind_of(w, i),
			.width = s->width > 0 ? s->width : 1,
			.msb = s->msb,
			.lsb = s->lsb,
			.has_range = s->has_range,
			.parameter = s->parameter,
			.direction = s->direction,
			.stream = wave_stream(w, i),
		};
		if ((size_t)me->signals[i].width > widest)
			widest = (size_t)me->signals[i].width;
	}
	me->bits = mem_zalloc(widest + 1);
	return &me->base;
}
