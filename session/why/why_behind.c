/* A testbench counts (`if (irq) seen = k`), copies (`got = out`) and collects before it
 * compares. Its processes wait for time, so the trace does not show which statement ran;
 * what the assignments read is taken from the text alone: right sides, and the conditions
 * around them, in processes and tasks, back through further variables of the testbench and
 * outputs of tasks (`read_byte(got)`).
 */
#include "config.h"

#include "session/why/why_behind.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/why/why_site.h"

#define VARS_MAX  32 /* of the testbench */
#define FOUND_MAX 16 /* signals of the design */

struct behind {
	struct why *w;
	uint32_t instance;
	uint32_t vars[VARS_MAX]; /* looked at, or to be looked at from `at` on */
	size_t n_vars, at;
	struct need **needs;
	size_t *n, *cap, found;
};

bool is_design(struct why *w, const struct place *at)
{
	struct place p = *at;
	struct range range = { 0, 0 };
	struct driver *d;
	size_t n;
	bool any = false;

	site_follow(w, &p, &range, NULL, NULL);
	if (p.instance != at->instance && w->c->instances[p.instance].parent != CIRCUIT_NONE)
		return true;
	d = drivers_of(w, &p, &n, NULL);
	for (size_t i = 0; i < n; i++)
		any |= d[i].d->process == CIRCUIT_NONE || d[i].instance != p.instance;
	free(d);
	return any || w->c->instances[p.instance].parent != CIRCUIT_NONE;
}

static void add_var(struct behind *b, uint32_t var)
{
	for (size_t i = 0; i < b->n_vars; i++)
		if (b->vars[i] == var)
			return;
	if (b->n_vars < VARS_MAX && !b->w->c->vars[var].constant)
		b->vars[b->n_vars++] = var;
}

/* True for what may take time, a task among it. */
static bool takes_time(const struct circuit *c, uint32_t node)
{
	return c->nodes[node].op == CIRCUIT_WAIT || c->nodes[node].op == CIRCUIT_CALL;
}

static bool loop_takes_time(const struct circuit *c, uint32_t loop)
{
	struct circuit_walk walk = { 0 };
	bool any = false;

	for (uint32_t n = circuit_walk(c, &walk, loop); n && !any; n = circuit_walk(c, &walk, loop))
		any = takes_time(c, n);
	circuit_walk_end(&walk);
	return any;
}

/* True if the process assigns it only before anything in it takes time. */
static bool is_first_value(struct why *w, const struct driver *d, const struct place *p)
{
	const struct circuit *c = w->c;
	uint32_t top = c->processes[d->d->process].node;
	struct circuit_walk walk = { 0 };
	bool first = true, late = false;

	for (uint32_t n = circuit_walk(c, &walk, top); n && first;
	     n = circuit_walk(c, &walk, top)) {
		late |= takes_time(c, n) ||
			(c->nodes[n].op == CIRCUIT_LOOP && loop_takes_time(c, n));
		first = !late || !drives(w, d->instance, n, p);
	}
	circuit_walk_end(&walk);
	return first;
}

/* True if processes of the testbench that can be carried out again assign it, beside what an
 * initial block may have given it at first. */
static bool is_explained(struct why *w, const struct place *p)
{
	struct driver *d;
	size_t n;
	bool any = false, all = true;

	d = drivers_of(w, p, &n, NULL);
	for (size_t i = 0; i < n; i++) {
		const struct circuit_process *x =
			d[i].d->process != CIRCUIT_NONE ? &w->c->processes[d[i].d->process] : NULL;
		bool again = x && x->kind != CIRCUIT_INITIAL && !x->timed;

		any |= again;
		all &= again || (x && x->kind == CIRCUIT_INITIAL && is_first_value(w, &d[i], p));
	}
	free(d);
	return any && all;
}

static void add_design(struct behind *b, const struct place *p, uint32_t node)
{
	for (size_t i = 0; i < *b->n; i++)
		if (place_same(&(*b->needs)[i].place, p))
			return;
	if (b->found++ >= FOUND_MAX)
		return;
	MEM_PUSH(*b->needs, *b->n, *b->cap, (struct need){ .place = *p, .node = node });
}

static void collect(struct behind *b, uint32_t expression)
{
	const struct circuit *c = b->w->c;
	struct circuit_walk walk = { 0 };

	for (uint32_t n = circuit_walk(c, &walk, expression); n;
	     n = circuit_walk(c, &walk, expression)) {
		struct place p;

		if ((c->nodes[n].op != CIRCUIT_VAR && c->nodes[n].op != CIRCUIT_OUTSIDE) ||
		    !place_base(b->w, b->instance, n, &p))
			continue;
		if (is_design(b->w, &p))
			add_design(b, &p, n);
		else if (p.instance == b->instance)
			add_var(b, p.var);
	}
	circuit_walk_end(&walk);
}

/* A call that assigns the variable through an output: the task's own port is looked at in its
 * place. */
static bool visit_call(struct behind *b, uint32_t call, const struct place *var)
{
	const struct circuit *c = b->w->c;
	struct pass r = { .w = b->w };
	uint32_t port = 0;
	bool any = false;

	for (uint32_t a = c->nodes[call].first; a; a = c->nodes[a].next) {
		struct place to;

		port = pass_port(&r, c->nodes[call].ref, port);
		if (port == CIRCUIT_NONE)
			break;
		if (c->nodes[a].flag != 'i' && c->nodes[a].first &&
		    place_base(b->w, b->instance, c->nodes[a].first, &to) && to.var == var->var &&
		    to.instance == var->instance) {
			add_var(b, port);
			any = true;
		}
		port++;
	}
	return any;
}

/* True if something below the node assigns the variable; then what it read, and the
 * conditions on the way, are collected. */
static bool visit(struct behind *b, uint32_t node, const struct place *var, int depth)
{
	const struct circuit *c = b->w->c;
	const struct circuit_node *n = &c->nodes[node];
	bool inside = false;
	struct place to;

	if (depth >= NEST_MAX)
		return false;
	if (n->op == CIRCUIT_ASSIGN || n->op == CIRCUIT_ASSIGN_LATER) {
		if (!n->first || !c->nodes[n->first].next ||
		    !place_base(b->w, b->instance, c->nodes[n->first].next, &to) ||
		    to.var != var->var || to.instance != var->instance)
			return false;
		collect(b, n->first);
		return true;
	}
	for (uint32_t k = n->first; k; k = c->nodes[k].next)
		if (c->nodes[k].op == CIRCUIT_CALL)
			inside |= visit_call(b, k, var);
		else if (!circuit_is_expression(c, k))
			inside |= visit(b, k, var, depth + 1);
	for (uint32_t k = n->first; k && inside; k = c->nodes[k].next)
		if (circuit_is_expression(c, k))
			collect(b, k);
	/* `while (!valid) count = count + 1`: before, condition, body, step. */
	if (inside && n->op == CIRCUIT_LOOP)
		collect(b, c->nodes[n->first].next);
	return inside;
}

void behind_computed(struct why *w, uint32_t instance, struct need **needs, size_t *n, size_t *cap)
{
	const struct circuit *c = w->c;
	struct behind b = { w, instance, { 0 }, 0, 0, needs, n, cap, 0 };

	for (size_t i = 0; i < *n; i++)
		if ((*needs)[i].place.instance == instance && !is_explained(w, &(*needs)[i].place))
			add_var(&b, (*needs)[i].place.var);
	/* Breadth first: what is nearest to the check comes first. */
	for (; b.at < b.n_vars && b.found < FOUND_MAX; b.at++) {
		struct place var = { .instance = instance, .var = b.vars[b.at] };

		for (uint32_t p = 0; p < c->n_processes; p++)
			if (c->processes[p].module == c->instances[instance].module &&
			    drives(w, instance, c->processes[p].node, &var))
				visit(&b, c->processes[p].node, &var, 0);
		for (uint32_t k = 1; k < c->n_nodes; k++)
			if (c->nodes[k].op == CIRCUIT_FUNCTION && drives(w, instance, k, &var))
				visit(&b, k, &var, 0);
	}
}
