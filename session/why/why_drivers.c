/* Most variables are assigned in their own module; circuit_drivers() lists those. But a
 * testbench may set "dut.mode", and an interface is driven by whoever has it as a port:
 *
 *	assign out.valid = !empty;	out is the instance that the parent connects
 *
 * The meaning of such a name depends on the instance that it is used in, so each is
 * resolved in every instance of its module and compared with the place. There are few.
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/why/why_inner.h"

/* Blocks are part of a variable's name: "dut.lane[0].q" may be dut's "lane[0].q". */
static bool ends_in(const char *name, const char *own)
{
	size_t n = strlen(name), k = strlen(own);

	return n >= k && strcmp(name + n - k, own) == 0 && (n == k || name[n - k - 1] == '.');
}

struct search {
	const struct why *w;
	uint32_t instance;
	const struct place *p;
	bool found;
};

static void is_it(void *ctx, uint32_t var, uint32_t base)
{
	struct search *s = ctx;
	struct place to = { s->instance, var, "" };

	if (var == CIRCUIT_NONE && !place_base(s->w, s->instance, base, &to))
		return;
	s->found |= to.var == s->p->var && to.instance == s->p->instance;
}

bool drives(const struct why *w, uint32_t instance, uint32_t node, const struct place *p)
{
	struct search s = { w, instance, p, false };

	circuit_each_assigned(w->c, node, is_it, &s);
	return s.found;
}

/* False: the list is full. */
static bool add(struct driver **v, size_t *n, size_t *cap, const struct circuit_driver *d,
		uint32_t instance)
{
	if (*n == DRIVERS_MAX)
		return false;
	MEM_PUSH(*v, *n, *cap, (struct driver){ d, instance });
	return true;
}

struct driver *drivers_of(const struct why *w, const struct place *p, size_t *n, bool *more)
{
	const struct circuit *c = w->c;
	struct driver *v = NULL;
	size_t own, outside, cap = 0;
	bool all = true;
	const struct circuit_driver *d = circuit_drivers(c, p->var, &own);
	const struct circuit_driver *o = circuit_drivers(c, CIRCUIT_NONE, &outside);

	*n = 0;
	for (size_t i = 0; i < own && all; i++)
		all = add(&v, n, &cap, &d[i], p->instance);
	for (size_t i = 0; i < outside && all; i++) {
		uint32_t module = c->processes[o[i].process].module;

		if (!ends_in(c->texts[c->nodes[o[i].port].ref], c->vars[p->var].name))
			continue;
		for (uint32_t at = 0; at < c->n_instances && all; at++) {
			struct place to;

			if (c->instances[at].module == module &&
			    place_base(w, at, o[i].port, &to) && to.var == p->var &&
			    to.instance == p->instance)
				all = add(&v, n, &cap, &o[i], at);
		}
	}
	if (more)
		*more = !all;
	return v;
}

static void mark_handed(struct why *w, uint32_t node)
{
	const struct circuit *c = w->c;
	struct circuit_walk walk = { 0 };

	for (uint32_t n = circuit_walk(c, &walk, node); n; n = circuit_walk(c, &walk, node)) {
		if (c->nodes[n].op == CIRCUIT_VAR && c->nodes[n].ref < c->n_vars)
			w->handed[c->nodes[n].ref] = true;
		for (uint32_t v = 0; c->nodes[n].op == CIRCUIT_OUTSIDE && v < c->n_vars; v++)
			w->handed[v] |= ends_in(c->texts[c->nodes[n].ref], c->vars[v].name);
	}
	circuit_walk_end(&walk);
}

/* What is printed is only read. */
static void find_handed(struct why *w)
{
	const struct circuit_node *nodes = w->c->nodes;

	w->handed = mem_calloc(w->c->n_vars + 1, sizeof(*w->handed));
	for (uint32_t n = 1; n < w->c->n_nodes; n++)
		for (uint32_t k = nodes[n].op == CIRCUIT_PRINT ? 0 : nodes[n].first; k;
		     k = nodes[k].next)
			if (nodes[k].op == CIRCUIT_OTHER)
				mark_handed(w, k);
}

bool is_handed(struct why *w, uint32_t var)
{
	if (!w->handed)
		find_handed(w);
	return w->handed[var];
}
