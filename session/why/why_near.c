/* A condition that does not hold is nearly always far from it: `state == END && ok` fails on both
 * sides while nothing happens. The moment that explains why something did not happen is the one
 * in which the fewest parts were missing. This is the distance that tests are searched by,
 * "Korel, Automated software test data generation", 1990, with each part counting as one.
 */
#include "config.h"

#include "session/why/why_near.h"

#include <stdlib.h>

#include "session/why/why_site.h"

#define NEAR_DEEP 40
#define NEAR_WORK (WORK_MAX / 64) /* per condition: nets that meet again are looked at again */

struct near {
	struct pass *r;
	int depth;
	long until; /* ends when so much work is left */
};

static unsigned near(struct near *k, uint32_t node, bool wanted);

static unsigned sum(unsigned a, unsigned b)
{
	return a + b < NEAR_FAR ? a + b : NEAR_FAR;
}

/* The right side of the only statement that drives a net, without a condition; 0: it is driven
 * otherwise. */
static uint32_t right_side(struct why *w, const struct place *p, uint32_t *instance)
{
	const struct circuit *c = w->c;
	struct place at = *p;
	struct range range = { 0, 0 };
	struct driver *d;
	size_t n;
	uint32_t right = 0;

	site_follow(w, &at, &range, NULL, NULL);
	d = range.n ? NULL : drivers_of(w, &at, &n, NULL);
	if (d && n == 1 && d[0].d->process != CIRCUIT_NONE &&
	    c->processes[d[0].d->process].kind == CIRCUIT_CONTINUOUS) {
		uint32_t first = c->nodes[c->processes[d[0].d->process].node].first;

		if (c->nodes[first].op == CIRCUIT_ASSIGN && c->nodes[first].first &&
		    c->nodes[c->nodes[c->nodes[first].first].next].op == CIRCUIT_VAR)
			right = c->nodes[first].first;
		*instance = d[0].instance;
	}
	free(d);
	return right;
}

static unsigned of_net(struct near *k, uint32_t node, bool wanted)
{
	struct why *w = k->r->w;
	struct place p;
	struct range range;
	uint32_t instance = 0, right;
	unsigned n;

	if (w->c->nodes[node].op != CIRCUIT_VAR || w->c->nodes[node].width > 1 ||
	    !eval_place(k->r, node, &p, &range) || !(right = right_side(w, &p, &instance)) ||
	    w->c->nodes[right].width > 1)
		return NEAR_FAR;
	{
		struct pass r;
		struct near inner = { &r, k->depth, k->until };

		pass_init(&r, w, instance, k->r->time);
		n = near(&inner, right, wanted);
		pass_fini(&r);
	}
	return n;
}

static unsigned leaf(struct near *k, uint32_t node, bool wanted)
{
	char is = eval_truth(k->r, node);
	unsigned n;

	if (is == (wanted ? '1' : '0'))
		return 0;
	n = of_net(k, node, wanted);
	return n == NEAR_FAR || n == 0 ? 1 : n;
}

static unsigned near(struct near *k, uint32_t node, bool wanted)
{
	const struct circuit_node *n = &k->r->w->c->nodes[node];
	bool is_and = n->op == CIRCUIT_AND || n->op == CIRCUIT_LOG_AND;
	bool is_or = n->op == CIRCUIT_OR || n->op == CIRCUIT_LOG_OR;
	unsigned a, b, out;

	if (!node || k->depth >= NEAR_DEEP || k->r->w->work < k->until)
		return NEAR_FAR;
	k->depth++;
	if ((is_and || is_or) && n->width <= 1 && n->first && k->r->w->c->nodes[n->first].next) {
		a = near(k, n->first, wanted);
		b = near(k, k->r->w->c->nodes[n->first].next, wanted);
		out = is_and == wanted ? sum(a, b) : a < b ? a : b;
	} else if ((n->op == CIRCUIT_NOT || n->op == CIRCUIT_LOG_NOT) && n->width <= 1) {
		out = near(k, n->first, !wanted);
	} else {
		out = leaf(k, node, wanted);
	}
	k->depth--;
	return out;
}

unsigned near_to(struct pass *r, uint32_t node, bool wanted)
{
	struct near k = { r, 0, r->w->work > NEAR_WORK ? r->w->work - NEAR_WORK : 0 };

	return near(&k, node, wanted);
}
