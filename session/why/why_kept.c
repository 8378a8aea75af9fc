/* A register holds because at each edge some condition prevented every assignment that
 * would have changed it. Those of the last edge come first. At earlier edges since the
 * last assignment they may have been others: an enable that was never active together
 * with its data. Each is listed once, at its latest edge. Conditions that prevented an
 * assignment of the value it has anyway explain nothing.
 */
#include "config.h"

#include "session/why/why_kept.h"

#define BACK_MAX 64 /* edges */
#define TOLD_MAX 16

struct kept {
	uint32_t node, item;
	char truth;
};

/* True if an assignment gives, or may give, another value than the place has. */
static bool would_change(struct making *m, const struct site *s, uint32_t node,
			 const struct bits *value)
{
	const struct circuit *c = m->w->c;
	uint32_t right = c->nodes[node].first, left = right ? c->nodes[right].next : 0;
	struct bits given;
	struct place to;
	struct pass r;

	if (!left || !place_base(m->w, s->instance, left, &to) || to.var != m->place.var ||
	    to.instance != m->place.instance)
		return false;
	if (c->nodes[right].op != CIRCUIT_CONST || c->nodes[left].op != CIRCUIT_VAR)
		return true;
	pass_init(&r, m->w, s->instance, m->time);
	given = eval(&r, right);
	given = bits_resize(&m->w->pool, &given, value->width, false);
	pass_fini(&r);
	return bits_same(&given, value) != '1';
}

static bool kept_from_another(struct making *m, const struct site *s, const struct guard *g,
			      const struct bits *value)
{
	const struct circuit *c = m->w->c;
	struct circuit_walk walk = { 0 };
	uint32_t around = g->item, top = c->processes[s->driver->process].node;
	bool other = false;

	for (uint32_t n = around ? 0 : circuit_walk(c, &walk, top); n && !around;
	     n = circuit_walk(c, &walk, top))
		if (c->nodes[n].op == CIRCUIT_IF && c->nodes[n].first == g->node)
			around = n;
	circuit_walk_end(&walk);
	for (uint32_t n = around ? circuit_walk(c, &walk, around) : 0; n && !other;
	     n = circuit_walk(c, &walk, around)) {
		enum circuit_op op = c->nodes[n].op;

		other = op == CIRCUIT_CALL ||
			((op == CIRCUIT_ASSIGN || op == CIRCUIT_ASSIGN_LATER) &&
			 would_change(m, s, n, value));
	}
	circuit_walk_end(&walk);
	return !around || other;
}

static bool add(struct kept *listed, size_t *n, const struct guard *g)
{
	for (size_t i = 0; i < *n; i++)
		if (listed[i].node == g->node && listed[i].item == g->item &&
		    listed[i].truth == g->truth)
			return false;
	if (*n == TOLD_MAX)
		return false;
	listed[(*n)++] = (struct kept){ g->node, g->item, g->truth };
	return true;
}

void kept_by(struct making *m, const struct site *s, const struct bits *value)
{
	struct kept listed[TOLD_MAX];
	uint64_t edge = s->since;
	size_t n = 0;

	for (size_t i = 0; i < s->pass.n_blocked; i++)
		if ((!value || kept_from_another(m, s, s->pass.blocked[i], value)) &&
		    add(listed, &n, s->pass.blocked[i]))
			making_guard(m, s->pass.blocked[i], &s->pass, s->since);
	for (int i = 0; value && i < BACK_MAX && edge > s->before + 1; i++) {
		struct site at;

		site_find(m->w, &m->place, m->range, (struct driver){ s->driver, s->instance },
			  edge - 1, m->only_x, &at);
		edge = at.kind == SITE_HELD ? at.since : 0;
		for (size_t k = 0; edge > s->before && k < at.pass.n_blocked; k++)
			if (kept_from_another(m, s, at.pass.blocked[k], value) &&
			    add(listed, &n, at.pass.blocked[k]))
				making_guard(m, at.pass.blocked[k], &at.pass, at.since);
		site_fini(&at);
	}
}
