/* A plan as a graph: a node per module, an edge per instance.
 *
 * A module on a cycle would contain itself endlessly. Each cycle is reported once,
 * with its path, at the instance in its first module that leads around; modules that
 * are only above a cycle are not reported. An acyclic graph can still be too large to
 * build: with two instances of the next module at each of sixty levels no tool can
 * cope. So instances below the top are counted, once per path. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"

#define NONE	  SIZE_MAX
#define WAY_SHOWN 8u /* names of a path that are printed */

struct plan_graph {
	const struct plan *p;
	size_t *first, *to; /* module i's instances: to[first[i]] up to, not including,
			     * to[first[i + 1]]; NONE: unknown */
	unsigned char *seen;
	size_t *way; /* path, as indices into to */
	size_t n_way;
};

static void graph_init(struct plan_graph *g, const struct plan *p)
{
	size_t n = 0;

	*g = (struct plan_graph){ .p = p };
	for (size_t i = 0; i < p->n; i++)
		n += p->modules[i].n_instances;
	g->first = mem_calloc(p->n + 1, sizeof(*g->first));
	g->to = mem_calloc(n + 1, sizeof(*g->to));
	g->way = mem_calloc(p->n + 1, sizeof(*g->way));
	g->seen = mem_calloc(p->n + 1, 1);
	n = 0;
	for (size_t i = 0; i < p->n; i++) {
		g->first[i] = n;
		for (size_t k = 0; k < p->modules[i].n_instances; k++) {
			const struct plan_module *of =
				plan_module(p, p->modules[i].instances[k].module);

			g->to[n++] = of ? (size_t)(of - p->modules) : NONE;
		}
	}
	g->first[p->n] = n;
}

static void graph_fini(struct plan_graph *g)
{
	free(g->first);
	free(g->to);
	free(g->way);
	free(g->seen);
}

/* Finds a path from `from` to `goal` and stores it in g->way. The recursion is at
 * most as deep as there are modules. */
static bool leads(struct plan_graph *g, size_t from, size_t goal)
{
	for (size_t e = g->first[from]; e < g->first[from + 1]; e++) {
		size_t next = g->to[e];

		if (next == NONE || (next != goal && g->seen[next]))
			continue;
		g->way[g->n_way++] = e;
		if (next == goal)
			return true;
		g->seen[next] = 1;
		if (leads(g, next, goal))
			return true;
		g->n_way--;
	}
	return false;
}

static void tell_circle(struct plan *p, const struct plan_graph *g, size_t start)
{
	const struct plan_module *m = &p->modules[start];
	struct str way = STR_INIT;

	str_adds(&way, m->name);
	for (size_t i = 0; i < g->n_way; i++) {
		if (g->n_way > WAY_SHOWN && i == WAY_SHOWN / 2)
			str_addf(&way, " > (%zu more)", g->n_way - WAY_SHOWN);
		if (g->n_way <= WAY_SHOWN || i < WAY_SHOWN / 2 || i + WAY_SHOWN / 2 >= g->n_way)
			str_addf(&way, " > %s", p->modules[g->to[g->way[i]]].name);
	}
	plan_fault(p, "cycle", m->instances[g->way[0] - g->first[start]].line,
		   "%s is an instance of itself: %s", m->name, str_cstr(&way));
	str_free(&way);
}

/* Reports each cycle. True if there are any. */
static bool circles(struct plan *p, struct plan_graph *g)
{
	unsigned char *told = mem_calloc(p->n + 1, 1);
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		g->n_way = 0;
		for (size_t k = 0; k < p->n; k++)
			g->seen[k] = 0;
		if (told[i] || !leads(g, i, i))
			continue;
		tell_circle(p, g, i);
		any = true;
		for (size_t k = 0; k < g->n_way; k++)
			told[g->to[g->way[k]]] = 1;
	}
	free(told);
	return any;
}

/* Number of instances below a module, once per path; at most PLAN_BELOW_MAX + 1. */
static size_t below(struct plan_graph *g, size_t of, size_t *known)
{
	size_t n = 0;

	if (g->seen[of])
		return known[of];
	for (size_t e = g->first[of]; e < g->first[of + 1] && n <= PLAN_BELOW_MAX; e++)
		n += 1 + (g->to[e] == NONE ? 0 : below(g, g->to[e], known));
	g->seen[of] = 1;
	known[of] = n <= PLAN_BELOW_MAX ? n : PLAN_BELOW_MAX + 1;
	return known[of];
}

static void size(struct plan *p, struct plan_graph *g)
{
	size_t *known = mem_calloc(p->n + 1, sizeof(*known));

	for (size_t i = 0; i < p->n; i++)
		g->seen[i] = 0;
	if (p->n && below(g, 0, known) > PLAN_BELOW_MAX)
		plan_fault(p, "size", p->modules[0].line,
			   "%s has more than %u instances below it, each way counted",
			   p->modules[0].name, PLAN_BELOW_MAX);
	free(known);
}

void plan_check_graph(struct plan *p)
{
	struct plan_graph g;

	graph_init(&g, p);
	if (!circles(p, &g))
		size(p, &g);
	graph_fini(&g);
}
