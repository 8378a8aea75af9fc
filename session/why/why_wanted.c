/* Other branches are evaluated with the values that the branch taken saw. That is exact
 * unless they read what the process itself assigns before them with =; then a value may be
 * missed, or one too many be listed, which only moves conditions forward.
 */
#include "config.h"

#include "session/why/why_wanted.h"

#include <string.h>

#include "session/base/str.h"
#include "session/why/why_edge.h"

#define WOULD_MAX 8 /* values of a step */
#define LEAST	  2 /* bits; one bit would have been the other one by any way */

struct wanted {
	struct pass *r;
	uint32_t call;
	const struct need *need;
	char *out;
};

static void put(struct wanted *k, const struct bits *value)
{
	struct str text = STR_INIT;

	if (value->width < WHY_WANTED && !bits_unknown(value)) {
		bits_print(value, &text);
		memcpy(k->out, str_cstr(&text), text.len + 1);
	}
	str_free(&text);
}

/* The argument of the call for a port of its task; 0: none. */
static uint32_t argument(const struct wanted *k, uint32_t var)
{
	uint32_t v = 0, function = pass_node(k->r, k->call)->ref;

	for (uint32_t a = pass_node(k->r, k->call)->first; a; a = pass_node(k->r, a)->next) {
		v = pass_port(k->r, function, v);
		if (v == CIRCUIT_NONE)
			return 0;
		if (v++ == var)
			return a;
	}
	return 0;
}

/* side is to be equal to the bits of other from low on. True if it is, or has, the need. */
static bool side_wants(struct wanted *k, uint32_t side, const struct bits *other, uint32_t low)
{
	const struct circuit_node *n = pass_node(k->r, side);
	uint32_t argued = n->op == CIRCUIT_VAR && k->call ? argument(k, n->ref) : 0;
	struct place p;
	struct range range;
	struct bits part;

	if (argued) {
		uint32_t call = k->call;
		bool wants;

		k->call = 0; /* the argument is of the caller; a task may call itself */
		wants = side_wants(k, argued, other, low);
		k->call = call;
		return wants;
	}
	if (n->op == CIRCUIT_ARG || n->op == CIRCUIT_EXTEND || n->op == CIRCUIT_EXTENDS)
		return side_wants(k, n->first, other, low);
	if (n->op == CIRCUIT_CONCAT) {
		uint32_t end = low + n->width;

		for (uint32_t e = n->first; e; e = pass_node(k->r, e)->next) {
			end = end > pass_node(k->r, e)->width ? end - pass_node(k->r, e)->width : 0;
			if (side_wants(k, e, other, end))
				return true;
		}
		return false;
	}
	if (n->op < CIRCUIT_VAR || !eval_place(k->r, side, &p, &range) ||
	    !place_same(&p, &k->need->place))
		return false;
	if (k->need->range.n && k->need->range.low >= range.low)
		low += k->need->range.low - range.low;
	part = bits_part(&k->r->w->pool, other, low,
			 k->need->range.n ? k->need->range.n
			 : range.n	  ? range.n
					  : place_width(k->r->w, &p));
	put(k, &part);
	return true;
}

void wanted_by(struct pass *r, uint32_t condition, uint32_t call, const struct need *need,
	       char out[WHY_WANTED])
{
	const struct circuit *c = r->w->c;
	struct wanted k = { .r = r, .call = call, .need = need, .out = out };
	struct circuit_walk walk = { 0 };

	out[0] = '\0';
	for (uint32_t n = circuit_walk(c, &walk, condition); n && !out[0];
	     n = circuit_walk(c, &walk, condition)) {
		uint32_t a = c->nodes[n].first, b = a ? c->nodes[a].next : 0;
		struct bits x, y;

		if (c->nodes[n].op < CIRCUIT_EQ || c->nodes[n].op > CIRCUIT_NOT_SAME || !b)
			continue;
		x = eval(r, a);
		y = eval(r, b);
		if (bits_same(&x, &y) != '1' && !side_wants(&k, a, &y, 0))
			side_wants(&k, b, &x, 0);
	}
	circuit_walk_end(&walk);
}

void wanted_bit(struct why *w, uint32_t instance, uint64_t time, uint32_t condition, char with,
		const struct need *need, char out[WHY_WANTED])
{
	struct bits was, other;
	char now, then;
	struct pass r;

	out[0] = '\0';
	if (need->range.n || !place_value(w, &need->place, time, &was) || was.width != 1 ||
	    bits_unknown(&was))
		return;
	other = bits_not(&w->pool, &was);
	pass_init(&r, w, instance, time);
	now = eval_truth(&r, condition);
	w->instead =
		(struct instead){ .on = true, .place = need->place, .time = time, .value = other };
	then = eval_truth(&r, condition);
	w->instead.on = false;
	if (now == with && then != with && then != 'x')
		put(&(struct wanted){ .r = &r, .out = out }, &other);
	pass_fini(&r);
}

/* What another way would have given ---------------------------------------------------- */

static void add(struct making *m, const struct bits *value)
{
	struct str text = STR_INIT;
	struct bits whole = bits_resize(&m->w->pool, value, place_width(m->w, &m->place), false);

	bits_print(&whole, &text);
	if (m->step->would.n < WOULD_MAX && !bits_unknown(&whole) &&
	    !strv_has(&m->step->would, str_cstr(&text)))
		strv_add(&m->step->would, str_cstr(&text));
	str_free(&text);
}

/* Both sides of each c ? x : y. */
static void add_arms(struct making *m, struct pass *r, uint32_t right)
{
	const struct circuit *c = m->w->c;
	struct circuit_walk walk = { 0 };

	for (uint32_t n = circuit_walk(c, &walk, right); n; n = circuit_walk(c, &walk, right)) {
		uint32_t then =
			c->nodes[n].op == CIRCUIT_COND ? c->nodes[c->nodes[n].first].next : 0;
		struct bits value;

		for (uint32_t arm = then; arm; arm = c->nodes[arm].next) {
			value = eval(r, arm);
			if (c->nodes[n].width == c->nodes[right].width)
				add(m, &value);
		}
	}
	circuit_walk_end(&walk);
}

static void add_branches(struct making *m, const struct site *s)
{
	const struct circuit *c = m->w->c;
	struct circuit_walk walk = { 0 };
	uint32_t top = c->processes[s->driver->process].node;

	for (uint32_t n = circuit_walk(c, &walk, top); n; n = circuit_walk(c, &walk, top)) {
		uint32_t right = c->nodes[n].first, left = right ? c->nodes[right].next : 0;
		struct bits value;
		struct place to;
		struct pass r;

		if ((c->nodes[n].op != CIRCUIT_ASSIGN && c->nodes[n].op != CIRCUIT_ASSIGN_LATER) ||
		    !left || !place_base(m->w, s->instance, left, &to) || to.var != m->place.var ||
		    to.instance != m->place.instance ||
		    (c->nodes[left].op != CIRCUIT_VAR && !m->place.element[0]))
			continue;
		pass_init(&r, m->w, s->instance, s->pass.time);
		value = eval(&r, right);
		add(m, &value);
		add_arms(m, &r, right);
		pass_fini(&r);
	}
	circuit_walk_end(&walk);
}

/* The value that a register had before it was assigned, if it kept that at the edge before:
 * one that is assigned at each edge could not have kept it. */
static bool kept_before(struct making *m, const struct site *s, struct bits *value)
{
	uint64_t since = s->kind == SITE_HELD ? s->before : s->since, edge;
	struct site at;
	bool held;

	if (!s->clocked || !since ||
	    why_edge(m->w, s->instance, s->driver->process, since - 1, &edge) != WHY_EDGE_FOUND)
		return false;
	site_edge(m->w, &m->place, m->range, (struct driver){ s->driver, s->instance }, edge,
		  m->only_x, &at);
	held = at.kind == SITE_HELD;
	site_fini(&at);
	return held && place_value(m->w, &m->place, since - 1, value);
}

void wanted_would(struct making *m, const struct site *s)
{
	uint32_t width = place_width(m->w, &m->place);
	struct bits value;

	if (m->range.n || m->only_x || width < LEAST || width >= WHY_WANTED ||
	    s->driver->process == CIRCUIT_NONE)
		return;
	if (kept_before(m, s, &value))
		add(m, &value);
	add_branches(m, s);
}
