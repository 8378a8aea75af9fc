/* Uses are recorded while the XML is read and resolved later: variables at the end of
 * their module, functions at the end of the design.
 *
 * Blocks are scopes with a parent, each name is stored with the names of its enclosing
 * blocks, and a use is looked up from its own scope outward.
 */
#include "config.h"

#include "sim/netlist/circuit_names.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/tool/circuit.h"

#define MAX_PREFIX 1000 /* bytes of the names of enclosing blocks */

struct block_scope {
	uint32_t parent;
	char *prefix; /* "lane[0]." */
};

struct name_use {
	uint32_t node, scope;
	char *name;
};

struct name_call {
	uint32_t node, module;
	char *name;
};

static void drop_scopes_and_uses(struct circuit_names *n)
{
	for (size_t i = 0; i < n->n_uses; i++)
		free(n->uses[i].name);
	for (size_t i = 0; i < n->n_scopes; i++)
		free(n->scopes[i].prefix);
	n->n_uses = n->n_scopes = 0;
}

void circuit_names_fini(struct circuit_names *n)
{
	drop_scopes_and_uses(n);
	for (size_t i = 0; i < n->n_calls; i++)
		free(n->calls[i].name);
	free(n->scopes);
	free(n->uses);
	free(n->calls);
	*n = (struct circuit_names){ 0 };
}

/* Prefixes of nested blocks take space quadratic in their depth, so beyond
 * MAX_PREFIX bytes the inner names are dropped. */
uint32_t circuit_names_scope(struct circuit_names *n, uint32_t parent, const char *name)
{
	const char *outer = parent == CIRCUIT_NONE ? "" : n->scopes[parent].prefix;
	char *prefix = strlen(outer) > MAX_PREFIX ? mem_strdup(outer)
		       : name[0]		  ? str_fmt("%s%s.", outer, name)
						  : mem_strdup(outer);

	MEM_ROOM(n->scopes, n->n_scopes, n->cap_scopes);
	n->scopes[n->n_scopes] = (struct block_scope){ parent, prefix };
	return (uint32_t)n->n_scopes++;
}

const char *circuit_names_prefix(const struct circuit_names *n, uint32_t scope)
{
	return n->scopes[scope].prefix;
}

void circuit_names_use(struct circuit_names *n, uint32_t node, uint32_t scope, const char *name)
{
	MEM_PUSH(n->uses, n->n_uses, n->cap_uses,
		 (struct name_use){ node, scope, mem_strdup(name) });
}

void circuit_names_call(struct circuit_names *n, uint32_t node, uint32_t module, const char *name)
{
	MEM_PUSH(n->calls, n->n_calls, n->cap_calls,
		 (struct name_call){ node, module, mem_strdup(name) });
}

/* Variables --------------------------------------------------------------------------- */

/* Looks up a use from its scope outward. */
static uint32_t look_up(const struct circuit_names *n, const struct name_map *vars,
			const struct name_use *use)
{
	size_t found = CIRCUIT_NONE;

	for (uint32_t s = use->scope; s != CIRCUIT_NONE; s = n->scopes[s].parent) {
		char *path = str_fmt("%s%s", n->scopes[s].prefix, use->name);
		bool there = name_map_get(vars, path, strlen(path), &found);

		free(path);
		if (there)
			return (uint32_t)found;
	}
	return CIRCUIT_NONE;
}

void circuit_names_module_end(struct circuit_names *n, struct circuit *c, uint32_t first_var)
{
	struct name_map vars = { 0 };

	for (uint32_t v = first_var; v < c->n_vars; v++)
		name_map_put(&vars, c->vars[v].name, strlen(c->vars[v].name), v);
	for (size_t i = 0; i < n->n_uses; i++) {
		const struct name_use *use = &n->uses[i];
		uint32_t var = look_up(n, &vars, use);

		if (var == CIRCUIT_NONE)
			c->nodes[use->node].op = CIRCUIT_OUTSIDE;
		c->nodes[use->node].ref = var == CIRCUIT_NONE ? circuit_text(c, use->name) : var;
	}
	drop_scopes_and_uses(n);
	name_map_fini(&vars);
}

/* Functions --------------------------------------------------------------------------- */

/* A function of the caller's module, else one of that name anywhere, as in a
 * package. */
static uint32_t find_function(const struct circuit *c, const struct name_call *call)
{
	uint32_t other = 0;

	for (uint32_t v = 0; v < c->n_vars; v++) {
		uint32_t f = c->vars[v].function;

		if (!f || strcmp(c->texts[c->nodes[f].ref], call->name) != 0)
			continue;
		if (c->vars[v].module == call->module)
			return f;
		other = f;
	}
	return other;
}

/* Sets the direction of each argument to that of its port. */
static void direct_arguments(struct circuit *c, const struct name_call *call, uint32_t function)
{
	const char *name = c->texts[c->nodes[function].ref];
	uint32_t a = c->nodes[call->node].first;

	for (uint32_t v = 0; v < c->n_vars && a; v++) {
		const struct circuit_var *var = &c->vars[v];

		if (var->function != function || !var->direction ||
		    strcmp(circuit_own_name(var), name) == 0)
			continue;
		c->nodes[a].flag = (uint8_t)var->direction;
		a = c->nodes[a].next;
	}
}

void circuit_names_end(struct circuit_names *n, struct circuit *c)
{
	for (size_t i = 0; i < n->n_calls; i++) {
		const struct name_call *call = &n->calls[i];
		uint32_t f = find_function(c, call);

		if (f) {
			c->nodes[call->node].ref = f;
			direct_arguments(c, call, f);
		} else {
			c->nodes[call->node].op = CIRCUIT_OTHER;
		}
	}
}
