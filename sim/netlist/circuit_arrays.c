/* The XML has an array of instances once, with its range and with connections as
 * written. By the language each connection is either as wide as the port, and goes to
 * all instances, or as wide as all of them together: then the instance with the right
 * index has the lowest bits.
 *
 *	inv u[3:0](.a(q), .y(n));	u[0].a is q[0], u[3].a is q[3]
 *	inv u[0:3](.a(q), .y(n));	u[3].a is q[0], u[0].a is q[3]
 *
 * So that no other code needs to know of arrays, each instance gets its own node, with
 * a PART around the connection. The expressions below are shared: nobody modifies them.
 */
#include "config.h"

#include "sim/netlist/circuit_arrays.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/circuit.h"

#define ARRAY_MAX 4096

struct array {
	uint32_t child;
	int64_t left, right;
	uint32_t n;
};

/* Parses "32'sh3" or "32'hfffffffe". */
static bool number(const struct circuit *c, uint32_t node, int64_t *out)
{
	const char *digits = strchr(c->texts[c->nodes[node].ref], 'h');

	if (c->nodes[node].op != CIRCUIT_CONST || !digits)
		return false;
	*out = (int32_t)strtoul(digits + 1, NULL, 16);
	return true;
}

static bool read_range(const struct circuit *c, struct array *a)
{
	uint32_t n = c->nodes[c->children[a->child].node].first;
	int64_t span;

	while (n && (c->nodes[n].op != CIRCUIT_OTHER || !c->nodes[n].first ||
		     !c->nodes[c->nodes[n].first].next))
		n = c->nodes[n].next;
	if (!n || !number(c, c->nodes[n].first, &a->left) ||
	    !number(c, c->nodes[c->nodes[n].first].next, &a->right))
		return false;
	span = llabs(a->left - a->right) + 1;
	a->n = (uint32_t)span;
	return span <= ARRAY_MAX;
}

static const struct circuit_var *port_var(const struct circuit *c, uint32_t module, uint32_t port)
{
	for (uint32_t v = 0; v < c->n_vars; v++)
		if (c->vars[v].module == module && c->vars[v].direction &&
		    strcmp(c->vars[v].name, c->texts[c->nodes[port].ref]) == 0)
			return &c->vars[v];
	return NULL;
}

/* Width of the port of one instance; 0: all instances get the whole connection. */
static bool slice(const struct circuit *c, const struct array *a, uint32_t port, uint32_t *bits)
{
	const struct circuit_var *v = port_var(c, c->children[a->child].module, port);
	uint32_t what = c->nodes[port].first, base = what ? circuit_base_node(c, what) : 0;

	*bits = 0;
	if (!what)
		return true;
	if (!v || !v->width || v->n_dims || !c->nodes[what].width ||
	    (c->nodes[base].op == CIRCUIT_VAR && base == what &&
	     c->vars[c->nodes[base].ref].n_dims))
		return false;
	if ((uint64_t)v->width * a->n == c->nodes[what].width && a->n > 1)
		*bits = v->width;
	return *bits || c->nodes[what].width == v->width;
}

static bool all_slices(const struct circuit *c, const struct array *a)
{
	uint32_t bits;

	for (uint32_t n = c->nodes[c->children[a->child].node].first; n; n = c->nodes[n].next)
		if (c->nodes[n].op == CIRCUIT_PORT && !slice(c, a, n, &bits))
			return false;
	return true;
}

static uint32_t constant(struct circuit *c, uint32_t value)
{
	char *text = str_fmt("32'h%x", value);
	uint32_t n = circuit_node(c, CIRCUIT_CONST), ref = circuit_text(c, text);

	c->nodes[n].width = 32;
	c->nodes[n].ref = ref;
	free(text);
	return n;
}

static uint32_t copy(struct circuit *c, uint32_t node)
{
	uint32_t n = circuit_node(c, CIRCUIT_OTHER);

	c->nodes[n] = c->nodes[node];
	c->nodes[n].next = 0;
	return n;
}

static uint32_t part(struct circuit *c, uint32_t what, uint32_t low, uint32_t bits)
{
	uint32_t n = circuit_node(c, CIRCUIT_PART), of = copy(c, what);
	uint32_t first = constant(c, low), width = constant(c, bits);

	c->nodes[n].file = c->nodes[what].file;
	c->nodes[n].line = c->nodes[what].line;
	c->nodes[n].width = bits;
	c->nodes[n].first = of;
	c->nodes[of].next = first;
	c->nodes[first].next = width;
	return n;
}

/* Makes the node of the k-th instance from the right. */
static uint32_t instance(struct circuit *c, const struct array *a, uint32_t k)
{
	uint32_t from = c->children[a->child].node, n = copy(c, from), last = 0;

	c->nodes[n].first = 0;
	for (uint32_t p = c->nodes[from].first; p; p = c->nodes[p].next) {
		uint32_t bits, port;

		if (c->nodes[p].op != CIRCUIT_PORT)
			continue;
		port = copy(c, p);
		if (slice(c, a, p, &bits) && bits) {
			uint32_t to = part(c, c->nodes[p].first, k * bits, bits);

			c->nodes[port].first = to;
		}
		if (last)
			c->nodes[last].next = port;
		else
			c->nodes[n].first = port;
		last = port;
	}
	return n;
}

static char *name_of(const char *array, int64_t index)
{
	return str_fmt("%s[%lld]", array, (long long)index);
}

static void unroll(struct circuit *c, const struct array *a)
{
	char *name = mem_strdup(c->children[a->child].name), *own;
	int step = a->left < a->right ? -1 : 1;

	for (uint32_t k = 1; k < a->n && c->n_nodes < CIRCUIT_NODES_MAX; k++) {
		uint32_t node = instance(c, a, k), child;

		own = name_of(name, a->right + step * (int64_t)k);
		child = circuit_child(c, c->children[a->child].parent, own,
				      c->children[a->child].source, node);
		c->children[child].module = c->children[a->child].module;
		free(own);
	}
	/* The first instance takes the array's place; it is made last, as the others
	 * are copies of it. */
	c->children[a->child].node = instance(c, a, 0);
	c->children[a->child].array = false;
	free(c->children[a->child].name);
	c->children[a->child].name = name_of(name, a->right);
	free(name);
}

void circuit_arrays_unroll(struct circuit *c)
{
	uint32_t n = c->n_children;

	for (uint32_t i = 0; i < n; i++) {
		struct array a = { .child = i };

		if (c->children[i].array && c->children[i].module != CIRCUIT_NONE &&
		    read_range(c, &a) && all_slices(c, &a))
			unroll(c, &a);
	}
}
