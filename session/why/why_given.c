/* Tells the calls of a task apart by its arguments. The trace records which values the ports of
 * a static task hold, but not which call put them there: each call's arguments are evaluated,
 * and the call that fits what was recorded is the last one. */
#include "config.h"

#include "session/why/why_given.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/why/why_inner.h"

/* The trace's value of a task's port. */
static bool recorded(struct why *w, uint32_t instance, uint32_t function, uint32_t var,
		     uint64_t time, struct bits *out)
{
	const struct circuit *c = w->c;
	struct trace_point point;
	size_t signal;
	char *name = str_fmt("%s.%s.%s", c->instances[instance].path,
			     c->texts[c->nodes[function].ref], circuit_own_name(&c->vars[var]));
	bool there = name_map_get(&w->signals, name, strlen(name), &signal) &&
		     trace_signal_at(w->t, signal)->kind == TRACE_BITS &&
		     trace_at(w->t, signal, time, &point);

	free(name);
	if (there)
		*out = bits_text(&w->pool, (uint32_t)trace_signal_at(w->t, signal)->width,
				 point.value, point.len);
	return there;
}

bool given_by(struct why *w, uint32_t instance, uint32_t call, uint64_t time, uint64_t values)
{
	const struct circuit *c = w->c;
	uint32_t function = c->nodes[call].ref, v = 0;
	bool any = false, same = true;
	struct pass r;

	w->work = WORK_MAX;
	pass_init(&r, w, instance, values);
	for (uint32_t a = c->nodes[call].first; a && same; a = c->nodes[a].next) {
		struct bits was, is;

		v = pass_port(&r, function, v);
		if (v == CIRCUIT_NONE)
			break;
		if (c->vars[v].direction == 'i' && recorded(w, instance, function, v, time, &was)) {
			any = true;
			is = eval(&r, c->nodes[a].first);
			is = bits_resize(&w->pool, &is, was.width, false);
			for (uint32_t i = 0; i < was.width && same; i++)
				same = bits_get(&is, i) == bits_get(&was, i);
		}
		v++;
	}
	pass_fini(&r);
	bits_reset(&w->pool);
	return any && same;
}
