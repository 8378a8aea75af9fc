/* Why a register did not change: at each edge since it got its value, some condition
 * prevented every assignment that would have changed it.
 *
 * The condition of the last edge alone says little: behind a clock enable it is the enable,
 * nearly always. What matters is how near an assignment ever came. So the edges since the
 * value came are looked at, each condition is listed once, at its latest edge, and one
 * that was overcome at another edge, where an inner condition then prevented the same
 * assignment, as it still would, is left out. Conditions that prevented an assignment of
 * the value it has anyway explain nothing.
 *
 * A statement that gave the register the value it had already is no change either. A default
 * ("valid <= 0" at the top of a process) does so at each edge: the last other statement
 * that was carried out had its chance, and is told, too.
 */
#include "config.h"

#include "session/why/why_kept.h"

#include "session/trace/trace.h"
#include "session/why/why_edge.h"
#include "session/why/why_near.h"

#define EDGES_MAX 4096		 /* looked at */
#define WORK_LEFT (WORK_MAX / 4) /* for telling what was found */
#define TOLD_MAX  16
#define OUTER_MAX 16

struct outer {
	uint32_t node, item;
	char truth;
};

struct kept {
	struct outer own;
	/* the edge at which the condition was nearest to holding; of several, the latest */
	uint64_t edge;
	unsigned near; /* how near it was, see near_to() */
	struct outer passed[OUTER_MAX];
	size_t n_passed;
};

struct window {
	struct making *m;
	const struct site *site;
	const struct bits *value;
	struct kept listed[TOLD_MAX];
	size_t n;
	uint32_t usual; /* statement that assigned the value at the last edge; 0: none */
	bool another;	/* another statement did, at the edge `other`, below these conditions */
	uint64_t other;
	struct outer behind[OUTER_MAX];
	size_t n_behind;
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
	/* A case item that matched prevented the assignments of all other items. */
	uint32_t around = g->passed ? 0 : g->item, top = c->processes[s->driver->process].node;
	enum circuit_op op = g->item ? CIRCUIT_CASE : CIRCUIT_IF;
	bool other = false;

	for (uint32_t n = around ? 0 : circuit_walk(c, &walk, top); n && !around;
	     n = circuit_walk(c, &walk, top))
		if (c->nodes[n].op == op && c->nodes[n].first == g->node)
			around = n;
	circuit_walk_end(&walk);
	for (uint32_t n = around ? circuit_walk(c, &walk, around) : 0; n && !other;
	     n = circuit_walk(c, &walk, around)) {
		enum circuit_op is = c->nodes[n].op;

		other = is == CIRCUIT_CALL ||
			((is == CIRCUIT_ASSIGN || is == CIRCUIT_ASSIGN_LATER) &&
			 would_change(m, s, n, value));
	}
	circuit_walk_end(&walk);
	return !around || other;
}

static bool same_outer(const struct outer *o, const struct guard *g)
{
	return o->node == g->node && o->item == g->item && o->truth == g->truth;
}

static size_t list_outer(const struct guard *g, struct outer *out)
{
	size_t n = 0;

	for (; g && n < OUTER_MAX; g = g->outer)
		out[n++] = (struct outer){ g->node, g->item, g->truth };
	return n;
}

/* True if the condition o, which prevented an assignment, held in v. */
static bool is_among(const struct outer *v, size_t n, const struct outer *o)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].node == o->node && v[i].item == o->item &&
		    (o->item || v[i].truth != o->truth))
			return true;
	return false;
}

/* How near the condition was to holding at that edge. */
static unsigned nearness(struct window *v, const struct guard *g, uint64_t edge)
{
	unsigned n;
	struct pass r;

	if (g->item || g->truth == 'x' || !v->value)
		return NEAR_FAR;
	pass_init(&r, v->m->w, v->site->instance, edge ? edge - 1 : 0);
	n = near_to(&r, g->node, g->truth == '0');
	pass_fini(&r);
	return n;
}

/* True if a condition has the same value at two edges. */
static bool is_same(struct window *v, uint32_t node, uint64_t a, uint64_t b)
{
	struct bits x, y;
	struct pass r;

	pass_init(&r, v->m->w, v->site->instance, a ? a - 1 : 0);
	x = eval(&r, node);
	pass_fini(&r);
	pass_init(&r, v->m->w, v->site->instance, b ? b - 1 : 0);
	y = eval(&r, node);
	pass_fini(&r);
	return bits_same(&x, &y) == '1';
}

/* True if one of the listed conditions held around g. */
static bool overcame_any(const struct window *v, const struct guard *g)
{
	struct outer passed[OUTER_MAX];
	size_t n = list_outer(g->outer, passed);
	bool any = false;

	for (size_t i = 0; i < v->n && !any; i++)
		any = is_among(passed, n, &v->listed[i].own);
	return any;
}

static void add(struct window *v, const struct guard *g, uint64_t edge)
{
	struct kept *k;

	for (size_t i = 0; i < v->n; i++)
		if (same_outer(&v->listed[i].own, g)) {
			unsigned near = v->listed[i].near > 1 ? nearness(v, g, edge) : NEAR_FAR;

			k = &v->listed[i];
			if (near < k->near) {
				k->near = near;
				k->edge = edge;
				k->n_passed = list_outer(g->outer, k->passed);
			}
			return;
		}
	/* The present state is enough to show, unless an earlier one got further. */
	if (g->passed && edge != v->site->since &&
	    !(overcame_any(v, g) && is_same(v, g->node, edge, v->site->since)))
		return;
	if (v->n == TOLD_MAX || (v->value && !kept_from_another(v->m, v->site, g, v->value)))
		return;
	k = &v->listed[v->n++];
	*k = (struct kept){ .own = { g->node, g->item, g->truth },
			    .edge = edge,
			    .near = nearness(v, g, edge) };
	k->n_passed = list_outer(g->outer, k->passed);
}

/* True if that condition held at another edge and an inner one prevented the assignment there,
 * which would also have prevented it at k's edge. */
static bool was_overcome(struct window *v, const struct kept *k)
{
	if (is_among(v->behind, v->n_behind, &k->own))
		return true;
	for (size_t i = 0; i < v->n; i++)
		if (&v->listed[i] != k &&
		    is_among(v->listed[i].passed, v->listed[i].n_passed, &k->own) &&
		    is_same(v, v->listed[i].own.node, v->listed[i].edge, k->edge))
			return true;
	return false;
}

/* Goes through the edges from s->since back to `oldest`. */
static void look_back(struct window *v, uint64_t oldest)
{
	const struct site *s = v->site;
	struct driver d = { s->driver, s->instance };
	uint64_t edge = s->since;

	for (int i = 0; i < EDGES_MAX && v->m->w->work > WORK_LEFT; i++) {
		struct site at;

		if (why_edge(v->m->w, s->instance, s->driver->process, edge - 1, &edge) !=
			    WHY_EDGE_FOUND ||
		    edge <= oldest)
			break;
		site_edge(v->m->w, &v->m->place, v->m->range, d, edge, v->m->only_x, &at);
		if (at.kind == SITE_RUN && !v->another &&
		    at.pass.writes[at.write].node != v->usual) {
			v->another = true;
			v->other = edge;
			v->n_behind = list_outer(at.pass.writes[at.write].guard, v->behind);
		}
		for (size_t k = 0; k < at.pass.n_blocked; k++)
			add(v, at.pass.blocked[k], edge);
		site_fini(&at);
	}
}

/* Executes the process again at the edge of each condition that remains. */
static void tell(struct window *v)
{
	struct driver d = { v->site->driver, v->site->instance };

	for (size_t i = 0; i < v->n; i++) {
		struct site at;

		if (was_overcome(v, &v->listed[i]))
			continue;
		site_edge(v->m->w, &v->m->place, v->m->range, d, v->listed[i].edge, v->m->only_x,
			  &at);
		for (size_t k = 0; k < at.pass.n_blocked; k++)
			if (same_outer(&v->listed[i].own, at.pass.blocked[k])) {
				making_guard(v->m, at.pass.blocked[k], &at.pass, v->listed[i].edge);
				break;
			}
		site_fini(&at);
	}
}

void kept_by(struct making *m, const struct site *s, const struct bits *value)
{
	struct window v = { .m = m, .site = s, .value = value };

	if (!s->clocked) {
		for (size_t i = 0; i < s->pass.n_blocked; i++)
			making_guard(m, s->pass.blocked[i], &s->pass, s->since);
		return;
	}
	for (size_t i = 0; i < s->pass.n_blocked; i++)
		add(&v, s->pass.blocked[i], s->since);
	if (value)
		look_back(&v, s->before);
	tell(&v);
}

/* True if the register already had its value before the last edge. */
static bool kept_usual_of(struct making *m, const struct site *s, uint64_t *since)
{
	struct trace_point point;
	size_t signal;

	if (!s->clocked || s->race || s->differs || m->range.n || m->only_x ||
	    !place_signal(m->w, &m->place, &signal) ||
	    !trace_at(m->w->t, signal, s->since, &point) || point.time >= s->since)
		return false;
	*since = point.time;
	return true;
}

/* How near a right side was to its opposite at an edge. */
static unsigned expression_near(struct window *v, uint32_t node, uint64_t edge)
{
	unsigned n;
	struct pass r;

	pass_init(&r, v->m->w, v->site->instance, edge ? edge - 1 : 0);
	n = near_to(&r, node, eval_truth(&r, node) != '1');
	pass_fini(&r);
	return n;
}

bool kept_usual(struct making *m, const struct site *s, struct bits *value, uint64_t *since)
{
	const struct write *x = &s->pass.writes[s->write];

	return m->w->c->nodes[x->right].op == CIRCUIT_CONST &&
	       place_value(m->w, &m->place, m->time, value) && kept_usual_of(m, s, since);
}

void kept_at(struct making *m, const struct site *s, const struct bits *value, uint64_t since)
{
	const struct write *x = &s->pass.writes[s->write];
	struct window v = { .m = m, .site = s, .value = value, .usual = x->node };

	for (size_t i = x->blocked; i < s->pass.n_blocked; i++)
		add(&v, s->pass.blocked[i], s->since);
	look_back(&v, since);
	if (v.another) {
		struct site at;

		site_edge(m->w, &m->place, m->range, (struct driver){ s->driver, s->instance },
			  v.other, m->only_x, &at);
		if (at.kind == SITE_RUN)
			making_write(m, &at);
		site_fini(&at);
	}
	tell(&v);
}

bool kept_nearest(struct making *m, const struct site *s, struct site *out)
{
	const struct write *x = &s->pass.writes[s->write];
	struct driver d = { s->driver, s->instance };
	struct window v = { .m = m, .site = s };
	uint64_t since, edge = s->since, best = s->since;
	unsigned near;

	if (!kept_usual_of(m, s, &since) || m->place.element[0] ||
	    place_width(m->w, &m->place) != 1 || m->w->c->nodes[x->right].op == CIRCUIT_CONST)
		return false;
	near = expression_near(&v, x->right, s->since);
	for (int i = 0; i < EDGES_MAX && near > 1 && m->w->work > WORK_LEFT; i++) {
		unsigned n;

		if (why_edge(m->w, s->instance, s->driver->process, edge - 1, &edge) !=
			    WHY_EDGE_FOUND ||
		    edge <= since)
			break;
		n = expression_near(&v, x->right, edge);
		if (n < near) {
			near = n;
			best = edge;
		}
	}
	if (best == s->since)
		return false;
	site_edge(m->w, &m->place, m->range, d, best, m->only_x, out);
	if (out->kind == SITE_RUN && out->pass.writes[out->write].node == x->node)
		return true;
	site_fini(out);
	return false;
}
