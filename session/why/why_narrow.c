/* Leaves out the bits that were right. In
 *
 *	assign out = {high, low};
 *	if (out !== want) ...
 *
 * with only bits of low wrong, a walk from all of out would go on into high as well. The
 * range from the lowest to the highest wrong bit leads to low alone. */
#include "config.h"

#include "session/why/why_narrow.h"

#include <stdlib.h>

#include "session/why/why_site.h"

static bool is_bitwise(const struct circuit *c, const struct circuit_driver *d)
{
	uint32_t node, right;

	if (d->process == CIRCUIT_NONE || c->processes[d->process].kind != CIRCUIT_CONTINUOUS)
		return false;
	node = c->nodes[c->processes[d->process].node].first;
	right = c->nodes[node].first;
	return (c->nodes[right].op >= CIRCUIT_CONCAT && c->nodes[right].op <= CIRCUIT_XNOR &&
		c->nodes[right].op != CIRCUIT_LOG_NOT && c->nodes[right].op != CIRCUIT_COND);
}

/* True if its bits come from several places, so that it matters which were wrong. */
static bool is_made_of_parts(struct why *w, const struct place *at)
{
	struct place p = *at;
	struct range range = { 0, 0 };
	struct driver *d;
	size_t n;
	bool parts;

	site_follow(w, &p, &range, NULL, NULL);
	d = drivers_of(w, &p, &n, NULL);
	parts = n > 1 || (n == 1 && is_bitwise(w->c, d[0].d));
	free(d);
	return parts;
}

static bool is_reference(const struct circuit *c, uint32_t node)
{
	uint32_t base = circuit_base_node(c, node);

	return c->nodes[base].op == CIRCUIT_VAR || c->nodes[base].op == CIRCUIT_OUTSIDE;
}

void narrow_to_wrong(struct pass *r, uint32_t condition, struct need *need)
{
	const struct circuit *c = r->w->c;
	struct circuit_walk walk = { 0 };

	if (!is_made_of_parts(r->w, &need->place))
		return;
	for (uint32_t n = circuit_walk(c, &walk, condition); n;
	     n = circuit_walk(c, &walk, condition)) {
		uint32_t sides[2] = { c->nodes[n].first, c->nodes[c->nodes[n].first].next };
		struct bits a, b;
		struct place p;
		struct range range;
		uint32_t low = UINT32_MAX, high = 0;

		if (c->nodes[n].op < CIRCUIT_EQ || c->nodes[n].op > CIRCUIT_NOT_SAME)
			continue;
		if (!is_reference(c, sides[0]))
			sides[0] = sides[1];
		if (!is_reference(c, sides[0]) || !eval_place(r, sides[0], &p, &range) ||
		    !place_same(&p, &need->place))
			continue;
		a = eval(r, c->nodes[n].first);
		b = eval(r, c->nodes[c->nodes[n].first].next);
		for (uint32_t i = 0; i < a.width && i < b.width; i++)
			if (bits_get(&a, i) != bits_get(&b, i)) {
				low = low < i ? low : i;
				high = i;
			}
		if (low <= high && high - low + 1 < a.width)
			need->range = (struct range){ range.low + low, high - low + 1 };
		break;
	}
	circuit_walk_end(&walk);
}
