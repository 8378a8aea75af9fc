/* Since when a signal has its value, or an x. */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/why/why.h"
#include "session/why/why_inner.h"

#define X_MAX 4096 /* values with an x that are passed on the way to the first */

/* The signal of the trace that carries it, on this side of a port or beyond. */
static bool carried_by(struct why *w, const struct why_signal *s, size_t *signal)
{
	struct place p = place_of(s), beyond;
	uint32_t port;

	return place_signal(w, &p, signal) ||
	       (place_beyond(w, &p, &beyond, &port) && place_signal(w, &beyond, signal));
}

uint64_t since_change(struct why *w, const struct why_signal *s, uint64_t time, size_t *often)
{
	struct trace_point point;
	uint64_t last;
	size_t signal;

	*often = 0;
	if (!carried_by(w, s, &signal) || !trace_at(w->t, signal, time, &point))
		return 0;
	last = point.time;
	for (bool any = true; any && *often < SINCE_OFTEN; ++*often)
		any = trace_prev(w->t, signal, point.time, &point);
	return last;
}

uint64_t since_x(struct why *w, const struct why_signal *s, uint64_t time, bool ever)
{
	struct str value = STR_INIT;
	struct trace_point point;
	uint64_t since = time;
	size_t signal;
	bool x = carried_by(w, s, &signal) && trace_at(w->t, signal, time, &point);

	for (int i = 0; x && i < X_MAX; i++) {
		since = point.time;
		if (!trace_prev(w->t, signal, since, &point) ||
		    !why_value(w, s, point.time, &value)) {
			since = ever ? since : time;
			break;
		}
		x = strpbrk(str_cstr(&value), "xz") != NULL;
		str_clear(&value);
	}
	str_free(&value);
	return since;
}
