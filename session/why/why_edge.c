/* When a process ran last: its latest edge.
 *
 * An edge is a change after which the expression is 1 (or 0), and before which it was
 * not. A process sees the values just before, at the previous time, since the trace has
 * one value per time.
 */
#include "config.h"

#include "session/why/why_edge.h"

#include "session/trace/trace.h"

#define CHANGES_MAX 64 /* changes of a clock examined per edge */

struct clock {
	struct why *w;
	uint32_t instance, expression;
	enum circuit_edge edge;
	size_t signal; /* the expression changes with it */
};

static bool clock_signal(struct clock *c)
{
	const struct circuit *k = c->w->c;
	uint32_t n = c->expression;
	struct place at, beyond;
	uint32_t port;

	while (k->nodes[n].op != CIRCUIT_VAR && k->nodes[n].first)
		n = k->nodes[n].first;
	if (!place_base(c->w, c->instance, n, &at))
		return false;
	for (int hops = 0; hops < 64; hops++) {
		if (place_signal(c->w, &at, &c->signal))
			return true;
		if (!place_beyond(c->w, &at, &beyond, &port))
			return false;
		at = beyond;
	}
	return false;
}

static char truth_at(struct clock *c, uint64_t time)
{
	struct pass r;
	struct bits b;
	char first;

	pass_init(&r, c->w, c->instance, time);
	b = eval(&r, c->expression);
	first = bits_get(&b, 0);
	pass_fini(&r);
	return first == 'z' ? 'x' : first;
}

static bool is_edge(struct clock *c, uint64_t time)
{
	char now = truth_at(c, time), before = time ? truth_at(c, time - 1) : 'x';

	if (c->edge == CIRCUIT_ANY)
		return now != before;
	/* A first value of 0 is not an edge. */
	if (time <= trace_begin(c->w->t) && c->edge == CIRCUIT_FALLING)
		return false;
	return now != before && (c->edge == CIRCUIT_RISING ? now == '1' || before == '0'
							   : now == '0' || before == '1');
}

static bool last_of(struct clock *c, uint64_t until, uint64_t *time)
{
	struct trace_point p;
	bool there = trace_at(c->w->t, c->signal, until, &p);

	for (int i = 0; there && i < CHANGES_MAX; i++) {
		uint64_t at = p.time;

		if (is_edge(c, at)) {
			*time = at;
			return true;
		}
		there = trace_prev(c->w->t, c->signal, at, &p);
	}
	return false;
}

enum why_edge why_edge(struct why *w, uint32_t instance, uint32_t process, uint64_t until,
		       uint64_t *time)
{
	const struct circuit_process *p = &w->c->processes[process];
	bool any = false, all = true;

	for (uint32_t n = w->c->nodes[p->edges].first; n; n = w->c->nodes[n].next) {
		struct clock c = { .w = w,
				   .instance = instance,
				   .expression = w->c->nodes[n].first,
				   .edge = w->c->nodes[n].flag };
		uint64_t at;

		if (w->c->nodes[n].op != CIRCUIT_EDGE)
			continue;
		if (!c.expression || !clock_signal(&c)) {
			all = false;
		} else if (last_of(&c, until, &at)) {
			*time = any && *time > at ? *time : at;
			any = true;
		}
	}
	return any ? WHY_EDGE_FOUND : all ? WHY_EDGE_NONE : WHY_EDGE_NO_CLOCK;
}
