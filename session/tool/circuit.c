/* A circuit is built in the order in which a tool reports it. Facts that depend on
 * the whole are computed at the end: the module of each child, the drivers of
 * variables, and the tree of instances. The tree is built from the top, level by
 * level, so it stops at its limit whatever instantiates itself.
 */
#include "config.h"

#include "session/tool/circuit.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define PATH_MAX_LEN 4000 /* of an instance; stops a module that instantiates itself */

void circuit_fini(struct circuit *c)
{
	for (size_t i = 0; i < c->n_modules; i++) {
		free(c->modules[i].name);
		free(c->modules[i].source);
	}
	for (size_t i = 0; i < c->n_vars; i++)
		free(c->vars[i].name);
	for (size_t i = 0; i < c->n_children; i++) {
		free(c->children[i].name);
		free(c->children[i].source);
	}
	for (size_t i = 0; i < c->n_instances; i++)
		free(c->instances[i].path);
	for (size_t i = 0; i < c->n_files; i++)
		free(c->files[i]);
	for (size_t i = 0; i < c->n_texts; i++)
		free(c->texts[i]);
	free(c->nodes);
	free(c->modules);
	free(c->vars);
	free(c->processes);
	free(c->children);
	free(c->drivers);
	free(c->instances);
	free(c->files);
	free(c->texts);
	*c = CIRCUIT_INIT;
}

/* Appends a zeroed element to a list of c; its index. */
#define ADD(c, list)                                                                          \
	((c)->cap_##list = mem_grow((void **)&(c)->list, (c)->cap_##list, (c)->n_##list + 1u, \
				    sizeof(*(c)->list)),                                      \
	 memset(&(c)->list[(c)->n_##list], 0, sizeof(*(c)->list)), (c)->n_##list++)

uint32_t circuit_node(struct circuit *c, enum circuit_op op)
{
	uint32_t n;

	if (c->n_nodes == 0)
		(void)ADD(c, nodes); /* node 0 means none */
	n = ADD(c, nodes);
	c->nodes[n].op = (uint8_t)op;
	return n;
}

uint32_t circuit_text(struct circuit *c, const char *text)
{
	uint32_t n = ADD(c, texts);

	c->texts[n] = mem_strdup(text);
	return n;
}

uint32_t circuit_file(struct circuit *c, const char *path)
{
	uint32_t n;

	for (uint32_t i = 0; i < c->n_files; i++)
		if (strcmp(c->files[i], path) == 0)
			return i;
	if (c->n_files == UINT16_MAX)
		return 0;
	n = ADD(c, files);
	c->files[n] = mem_strdup(path);
	return n;
}

uint32_t circuit_module(struct circuit *c, const char *name, const char *source)
{
	uint32_t n = ADD(c, modules);

	c->modules[n].name = mem_strdup(name);
	c->modules[n].source = mem_strdup(source);
	return n;
}

uint32_t circuit_var(struct circuit *c, uint32_t module, const char *name)
{
	uint32_t n = ADD(c, vars);

	c->vars[n].name = mem_strdup(name);
	c->vars[n].module = module;
	return n;
}

uint32_t circuit_process(struct circuit *c, uint32_t module, enum circuit_kind kind, uint32_t node)
{
	uint32_t n = ADD(c, processes);

	c->processes[n] = (struct circuit_process){ .kind = kind, .module = module, .node = node };
	return n;
}

uint32_t circuit_child(struct circuit *c, uint32_t parent, const char *name, const char *source,
		       uint32_t node)
{
	uint32_t n = ADD(c, children);

	c->children[n] = (struct circuit_child){ .name = mem_strdup(name),
						 .parent = parent,
						 .module = CIRCUIT_NONE,
						 .source = mem_strdup(source),
						 .node = node };
	return n;
}

/* Queries */

bool circuit_is_expression(const struct circuit *c, uint32_t node)
{
	enum circuit_op op = c->nodes[node].op;

	return op >= CIRCUIT_CONST && op <= CIRCUIT_ARG;
}

uint32_t circuit_walk(const struct circuit *c, struct circuit_walk *w, uint32_t top)
{
	uint32_t at;

	if (!w->stack)
		MEM_PUSH(w->stack, w->n, w->cap, top);
	if (w->n == 0)
		return 0;
	at = w->stack[--w->n];
	if (at != top && c->nodes[at].next)
		MEM_PUSH(w->stack, w->n, w->cap, c->nodes[at].next);
	if (c->nodes[at].first)
		MEM_PUSH(w->stack, w->n, w->cap, c->nodes[at].first);
	return at;
}

void circuit_walk_end(struct circuit_walk *w)
{
	free(w->stack);
	*w = (struct circuit_walk){ 0 };
}

uint32_t circuit_base_node(const struct circuit *c, uint32_t left)
{
	while (c->nodes[left].op == CIRCUIT_PART || c->nodes[left].op == CIRCUIT_ELEMENT ||
	       c->nodes[left].op == CIRCUIT_FIELD)
		left = c->nodes[left].first;
	return left;
}

static uint32_t base_var(const struct circuit *c, uint32_t left)
{
	uint32_t n = circuit_base_node(c, left);

	return c->nodes[n].op == CIRCUIT_VAR ? c->nodes[n].ref : CIRCUIT_NONE;
}

/* Calls fn for each variable on a left side, including those in a concatenation,
 * with CIRCUIT_NONE for an OUTSIDE. base: its node. */
static void each_base(const struct circuit *c, uint32_t left,
		      void (*fn)(void *ctx, uint32_t var, uint32_t base), void *ctx)
{
	uint32_t base = circuit_base_node(c, left);

	if (c->nodes[left].op == CIRCUIT_CONCAT) {
		for (uint32_t n = c->nodes[left].first; n; n = c->nodes[n].next)
			each_base(c, n, fn, ctx);
	} else if (c->nodes[base].op == CIRCUIT_VAR || c->nodes[base].op == CIRCUIT_OUTSIDE) {
		fn(ctx, base_var(c, left), base);
	}
}

/* Like each_base() for everything that a node assigns, directly or through outputs
 * of a task. */
static void each_assigned(const struct circuit *c, uint32_t node,
			  void (*fn)(void *ctx, uint32_t var, uint32_t base), void *ctx)
{
	const struct circuit_node *n = &c->nodes[node];

	if (n->op == CIRCUIT_ASSIGN || n->op == CIRCUIT_ASSIGN_LATER) {
		if (n->first)
			each_base(c, c->nodes[n->first].next, fn, ctx);
	} else if (n->op == CIRCUIT_CALL) {
		for (uint32_t a = n->first; a; a = c->nodes[a].next)
			if (c->nodes[a].flag != 'i' && c->nodes[a].first)
				each_base(c, c->nodes[a].first, fn, ctx);
	}
}

void circuit_each_assigned(const struct circuit *c, uint32_t node,
			   void (*fn)(void *ctx, uint32_t var, uint32_t base), void *ctx)
{
	struct circuit_walk w = { 0 };

	for (uint32_t n = circuit_walk(c, &w, node); n; n = circuit_walk(c, &w, node))
		each_assigned(c, n, fn, ctx);
	circuit_walk_end(&w);
}

const struct circuit_driver *circuit_drivers(const struct circuit *c, uint32_t var, size_t *n)
{
	size_t low = 0, high = c->n_drivers;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->drivers[mid].var < var)
			low = mid + 1;
		else
			high = mid;
	}
	for (*n = 0; low + *n < c->n_drivers && c->drivers[low + *n].var == var;)
		++*n;
	return c->drivers + low;
}

/* The end ------------------------------------------------------------------------ */

struct listing {
	struct circuit *c;
	struct circuit_driver as;
};

static bool same_name(const struct circuit *c, uint32_t a, uint32_t b)
{
	return strcmp(c->texts[c->nodes[a].ref], c->texts[c->nodes[b].ref]) == 0;
}

static void add_driver(void *ctx, uint32_t var, uint32_t base)
{
	struct listing *l = ctx;
	uint32_t n;

	if (var == CIRCUIT_NONE && l->as.process == CIRCUIT_NONE)
		return; /* a port connected to something OUTSIDE */
	/* List a process only once if it assigns the variable several times. */
	for (uint32_t i = l->c->n_drivers; l->as.process != CIRCUIT_NONE && i-- > 0;) {
		if (l->c->drivers[i].process != l->as.process)
			break;
		if (l->c->drivers[i].var == var &&
		    (var != CIRCUIT_NONE || same_name(l->c, l->c->drivers[i].port, base)))
			return;
	}
	n = ADD(l->c, drivers);
	l->c->drivers[n] = l->as;
	l->c->drivers[n].var = var;
	if (var == CIRCUIT_NONE)
		l->c->drivers[n].port = base;
}

static void read_process(struct circuit *c, uint32_t process)
{
	struct circuit_process *p = &c->processes[process];
	struct circuit_walk w = { 0 };
	struct listing l = { c, { .process = process } };

	if (c->nodes[c->nodes[p->node].first].op == CIRCUIT_EDGES)
		p->edges = c->nodes[p->node].first;
	for (uint32_t n = circuit_walk(c, &w, p->node); n; n = circuit_walk(c, &w, p->node)) {
		p->timed |= c->nodes[n].op == CIRCUIT_WAIT;
		p->clocked |= c->nodes[n].op == CIRCUIT_EDGE && c->nodes[n].flag != CIRCUIT_ANY;
		each_assigned(c, n, add_driver, &l);
	}
	circuit_walk_end(&w);
}

static void read_child(struct circuit *c, uint32_t child)
{
	struct circuit_child *k = &c->children[child];
	struct listing l = { c, { .process = CIRCUIT_NONE, .child = child } };

	for (uint32_t n = c->nodes[k->node].first; n; n = c->nodes[n].next) {
		l.as.port = n;
		if (c->nodes[n].op == CIRCUIT_PORT && c->nodes[n].flag != 'i' && c->nodes[n].first)
			each_base(c, c->nodes[n].first, add_driver, &l);
	}
}

static int by_var(const void *a, const void *b)
{
	const struct circuit_driver *x = a, *y = b;

	if (x->var != y->var)
		return x->var < y->var ? -1 : 1;
	if (x->process != y->process)
		return x->process < y->process ? -1 : 1;
	return x->port < y->port ? -1 : x->port > y->port;
}

static void unfold(struct circuit *c, uint32_t parent, uint32_t child, uint32_t module,
		   const char *path)
{
	uint32_t n;

	if (c->n_instances == CIRCUIT_INSTANCES_MAX || strlen(path) > PATH_MAX_LEN) {
		c->cut = true;
		return;
	}
	n = ADD(c, instances);
	c->instances[n] = (struct circuit_instance){ parent, child, module, mem_strdup(path) };
}

/* The first child of each module, so a level can be added without a search. */
static uint32_t *first_children(const struct circuit *c, uint32_t **next)
{
	uint32_t *first = mem_alloc((c->n_modules + 1u) * sizeof(*first));

	*next = mem_alloc((c->n_children + 1u) * sizeof(**next));
	memset(first, 0xff, (c->n_modules + 1u) * sizeof(*first));
	for (uint32_t i = c->n_children; i-- > 0;) {
		(*next)[i] = first[c->children[i].parent];
		first[c->children[i].parent] = i;
	}
	return first;
}

static void unfold_all(struct circuit *c)
{
	uint32_t *next, *first = first_children(c, &next);

	for (uint32_t i = 0; i < c->n_modules; i++)
		if (c->modules[i].top)
			unfold(c, CIRCUIT_NONE, CIRCUIT_NONE, i, c->modules[i].source);
	for (uint32_t i = 0; i < c->n_instances; i++) {
		for (uint32_t k = first[c->instances[i].module]; k != CIRCUIT_NONE; k = next[k]) {
			char *path = str_fmt("%s.%s", c->instances[i].path, c->children[k].name);

			if (c->children[k].module != CIRCUIT_NONE)
				unfold(c, i, k, c->children[k].module, path);
			free(path);
		}
	}
	free(first);
	free(next);
}

void circuit_find_modules(struct circuit *c)
{
	for (uint32_t k = 0; k < c->n_children; k++)
		for (uint32_t i = 0; i < c->n_modules && c->children[k].module == CIRCUIT_NONE; i++)
			if (strcmp(c->modules[i].name, c->children[k].source) == 0)
				c->children[k].module = i;
}

void circuit_finish(struct circuit *c)
{
	if (c->n_nodes == 0)
		(void)ADD(c, nodes);
	circuit_find_modules(c);
	for (uint32_t i = c->n_vars; i-- > 0;)
		if (c->vars[i].function)
			c->nodes[c->vars[i].function].width = i + 1;
	for (uint32_t i = 0; i < c->n_processes; i++)
		read_process(c, i);
	for (uint32_t i = 0; i < c->n_children; i++)
		read_child(c, i);
	if (c->n_drivers)
		qsort(c->drivers, c->n_drivers, sizeof(*c->drivers), by_var);
	unfold_all(c);
}
