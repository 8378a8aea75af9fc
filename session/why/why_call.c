/* The result of a function or task, and what it depended on in the caller.
 *
 * The call is executed again with the result variable as the target; the last assignment
 * to it is the statement to report. Its needs are mapped:
 *
 *	a port of the function		to the call's argument for it
 *	another local variable		examined in the same way
 *	itself, from before		back to the previous assignment
 *	anything else			a need of the caller
 *
 * Nested calls are examined NESTED_MAX deep; below that a call depends on all of its
 * arguments.
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/why/why_inner.h"

#define NESTED_MAX 3
#define LOCALS_MAX 8u  /* locals of a function examined in turn */
#define TOLD_MAX   12u /* lines per value */
#define KEPT_MAX   4u  /* branches not taken */

struct look {
	struct pass *r; /* of the caller */
	uint32_t call, function;
	const struct call_ops *ops;
	uint32_t seen[LOCALS_MAX];
	size_t n_seen;
};

/* A function returns its value in the variable with its name. */
static uint32_t result_of(const struct circuit *c, uint32_t function)
{
	const char *name = c->texts[c->nodes[function].ref];
	uint32_t v = c->nodes[function].width ? c->nodes[function].width - 1 : c->n_vars;

	for (; v < c->n_vars && c->vars[v].function == function; v++)
		if (strcmp(circuit_own_name(&c->vars[v]), name) == 0)
			return v;
	return CIRCUIT_NONE;
}

static void told_add(struct told_list *l, const struct told *t)
{
	if (!l || l->n >= TOLD_MAX)
		return;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].node == t->node && l->v[i].item == t->item && l->v[i].leaf == t->leaf)
			return;
	MEM_PUSH(l->v, l->n, l->cap, *t);
}

static void tell_all(struct told_list *to, const struct told_list *from)
{
	for (size_t i = 0; i < from->n; i++)
		told_add(to, &from->v[i]);
}

static void look_at(struct look *l, uint32_t var);

/* True: it needed the variable under examination, with its earlier value. */
static bool needed(struct look *l, uint32_t var, const struct need *need, bool chose)
{
	const struct circuit *c = l->r->w->c;
	uint32_t v = need->place.var, port = 0;

	chose |= need->chose;
	if (v == var)
		return true;
	if (c->vars[v].function != l->function) {
		l->ops->read(l->ops->ctx, need, chose);
		return false;
	}
	for (uint32_t a = c->nodes[l->call].first; a; a = c->nodes[a].next) {
		port = pass_port(l->r, l->function, port);
		if (port == v && c->nodes[a].flag != 'o')
			l->ops->argument(l->ops->ctx, c->nodes[a].first, chose);
		if (port == v || port == CIRCUIT_NONE)
			return false;
		port++;
	}
	for (size_t i = 0; i < l->n_seen; i++)
		if (l->seen[i] == v)
			return false;
	if (l->n_seen < LOCALS_MAX) {
		l->seen[l->n_seen++] = v;
		look_at(l, v);
	}
	return false;
}

static void tell_guard(struct look *l, const struct guard *g)
{
	told_add(l->r->told, &(struct told){ .node = g->node,
					     .item = g->item,
					     .truth = g->truth,
					     .passed = g->passed });
	tell_all(l->r->told, &g->told);
}

static void copy_env(struct pass *to, const struct pass *from)
{
	if (from->n_env == 0)
		return;
	to->cap_env = mem_grow((void **)&to->env, 0, from->n_env, sizeof(*to->env));
	memcpy(to->env, from->env, from->n_env * sizeof(*to->env));
	to->n_env = from->n_env;
}

static void look_at(struct look *l, uint32_t var)
{
	struct pass in;
	bool before = true;

	pass_init(&in, l->r->w, l->r->instance, l->r->time);
	copy_env(&in, l->r);
	in.only_x = l->r->only_x;
	in.nested = l->r->nested + 1;
	in.depth = l->r->depth;
	in.target = (struct place){ .instance = in.instance, .var = var };
	pass_call(&in, l->call, l->r->depth);
	for (size_t i = in.n_writes; i-- > 0 && before;) {
		const struct write *w = &in.writes[i];

		before = false;
		told_add(l->r->told,
			 &(struct told){ .node = w->node, .right = w->right, .leaf = w->leaf });
		tell_all(l->r->told, &w->told);
		for (const struct guard *g = w->guard; g; g = g->outer)
			tell_guard(l, g);
		for (size_t k = 0; k < w->n_needs; k++)
			before |= needed(l, var, &w->needs[k], false);
		for (const struct guard *g = w->guard; g; g = g->outer)
			for (size_t k = 0; k < g->n_needs; k++)
				before |= needed(l, var, &g->needs[k], true);
		for (size_t k = 0; k < w->n_where; k++)
			before |= needed(l, var, &w->where[k], true);
	}
	/* Conditions that prevented other assignments. */
	for (size_t i = 0; i < in.n_blocked && i < KEPT_MAX; i++) {
		tell_guard(l, in.blocked[i]);
		for (size_t k = 0; k < in.blocked[i]->n_needs; k++)
			needed(l, var, &in.blocked[i]->needs[k], true);
	}
	pass_fini(&in);
}

bool call_result(struct pass *r, uint32_t call, uint32_t var, const struct call_ops *ops)
{
	struct look l = { .r = r, .call = call, .function = r->w->c->nodes[call].ref, .ops = ops };

	if (!l.function || r->nested >= NESTED_MAX)
		return false;
	if (var == CIRCUIT_NONE)
		var = result_of(r->w->c, l.function);
	if (var == CIRCUIT_NONE)
		return false;
	l.seen[l.n_seen++] = var;
	look_at(&l, var);
	return true;
}
