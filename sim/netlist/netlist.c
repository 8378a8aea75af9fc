/* Hardware is built one module at a time: while a module is open its elements become a
 * tree of nodes; at its end the tree is turned into ports, registers and instances and
 * freed, so that memory is bounded by the largest module.
 *
 *   <module name origName>          the root of the tree
 *     <var dir param dtype_id/>       ports, parameters, the scope
 *     <instance name defName/>
 *     <always> ...                    see netlist_blocks.c
 *     <begin name="g[0]"> ...         a generate block: the same inside
 *
 * In Verilator's assignments the right side comes before the left. Until the end a size
 * holds a dtype_id, as the types come last in the XML.
 */
#include "config.h"

#include "sim/netlist/netlist.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/hardware.h"
#include "sim/netlist/netlist_tree.h"
#include "sim/netlist/vxml.h"
#include "sim/netlist/vxml_types.h"

#define MAX_NODES   1000000 /* per module */
#define MAX_MODULES 4000
#define WORK	    20000000 /* steps for all modules: at most some tenths of a second */
#define PREFIX_MAX  500	     /* bytes of generate block names */

struct netlist {
	struct vxml *xml;
	struct node *module, *at;
	size_t n_nodes;
	struct hardware found;
	struct budget budget;
};

/* Attributes --------------------------------------------------------------------- */

static void read_loc(struct node *n, const char *loc)
{
	const char *line = strchr(loc, ','), *col = line ? strchr(line + 1, ',') : NULL;

	n->line = line ? (uint32_t)strtoul(line + 1, NULL, 10) : 0;
	n->col = col ? (uint32_t)strtoul(col + 1, NULL, 10) : 0;
}

/* The tree -------------------------------------------------------------------------- */

struct tag_name {
	const char *name;
	enum tag tag;
};

static const struct tag_name tags[] = {
	/* sorted */
	{ "always", TAG_ALWAYS },
	{ "and", TAG_AND },
	{ "arraysel", TAG_ARRAYSEL },
	{ "assign", TAG_ASSIGN },
	{ "assigndly", TAG_ASSIGNDLY },
	{ "begin", TAG_BEGIN },
	{ "case", TAG_CASE },
	{ "caseitem", TAG_CASEITEM },
	{ "concat", TAG_CONCAT },
	{ "cond", TAG_COND },
	{ "const", TAG_CONST },
	{ "delay", TAG_TIMING },
	{ "eq", TAG_EQ },
	{ "eventcontrol", TAG_TIMING },
	{ "fork", TAG_TIMING },
	{ "if", TAG_IF },
	{ "instance", TAG_INSTANCE },
	{ "logand", TAG_AND },
	{ "lognot", TAG_NOT },
	{ "logor", TAG_OR },
	{ "module", TAG_MODULE },
	{ "neq", TAG_NEQ },
	{ "not", TAG_NOT },
	{ "or", TAG_OR },
	{ "sel", TAG_SEL },
	{ "senitem", TAG_SENITEM },
	{ "sentree", TAG_SENTREE },
	{ "structsel", TAG_STRUCTSEL },
	{ "var", TAG_VAR },
	{ "varref", TAG_VARREF },
	{ "wait", TAG_TIMING },
	{ "while", TAG_WHILE },
};

static int by_tag(const void *key, const void *row)
{
	return strcmp(key, ((const struct tag_name *)row)->name);
}

static enum tag tag_of(const char *name)
{
	const struct tag_name *row =
		bsearch(name, tags, sizeof(tags) / sizeof(*tags), sizeof(*tags), by_tag);

	return row ? row->tag : TAG_OTHER;
}

static void free_tree(struct node *top)
{
	struct node *n = top;

	while (n) {
		struct node *next = n->first ? n->first : n->next ? n->next : n->parent;

		if (n->first) {
			n->first = NULL; /* so that the way up does not enter it again */
		} else {
			if (n == top)
				next = NULL;
			free(n->name);
			free(n->detail);
			free(n);
		}
		n = next;
	}
}

static struct node *add_node(struct netlist *x, const char *name, const char **atts)
{
	struct node *n = mem_zalloc(sizeof(*n));
	const char *kind;

	n->tag = tag_of(name);
	n->type = vxml_type_number(vxml_attribute(atts, "dtype_id"));
	n->name = vxml_one_line(vxml_attribute(atts, "name"));
	read_loc(n, vxml_attribute(atts, "loc"));
	switch (n->tag) {
	case TAG_VAR:
		kind = vxml_attribute(atts, "vartype");
		n->parameter = strcmp(vxml_attribute(atts, "param"), "true") == 0;
		n->counter = strcmp(kind, "int") == 0 || strcmp(kind, "integer") == 0;
		n->detail = mem_strdup(strcmp(kind, "ifaceref") == 0 ? kind
								     : vxml_attribute(atts, "dir"));
		break;
	case TAG_SENITEM:
		n->detail = vxml_one_line(vxml_attribute(atts, "edgeType"));
		break;
	case TAG_INSTANCE:
		n->detail = vxml_one_line(vxml_attribute(atts, "defName"));
		break;
	case TAG_MODULE:
		n->detail = vxml_one_line(vxml_attribute(atts, "origName"));
		break;
	default:
		break;
	}
	n->parent = x->at;
	if (x->at && x->at->last)
		x->at->last->next = n;
	else if (x->at)
		x->at->first = n;
	if (x->at)
		x->at->last = n;
	x->n_nodes++;
	return n;
}

/* End of a module ----------------------------------------------------------------- */

static void add_port(const struct node *n, struct hw_module *m)
{
	struct hw_size size = { n->type, 0 };

	if (strcmp(n->detail, "input") == 0)
		hw_module_port(m, n->name, HW_INPUT, size);
	else if (strcmp(n->detail, "output") == 0)
		hw_module_port(m, n->name, HW_OUTPUT, size);
	else if (strcmp(n->detail, "inout") == 0)
		hw_module_port(m, n->name, HW_INOUT, size);
	else if (strcmp(n->detail, "ifaceref") == 0 && !str_ends(n->name, "__Viftop"))
		hw_module_port(m, n->name, HW_INTERFACE, (struct hw_size){ 0 });
}

/* As a user would write it: numbers in decimal, long text cut. */
static void add_parameter(const struct node *n, struct hw_module *m)
{
	const struct node *value = n->first;
	int64_t v;
	char *text;

	if (!value || value->tag != TAG_CONST)
		text = mem_strdup("?");
	else if (vxml_const_value(value->name, &v))
		text = str_fmt("%lld", (long long)v);
	else
		text = str_fmt(strlen(value->name) > 60 ? "%.57s..." : "%s", value->name);
	hw_module_parameter(m, n->name, text);
	free(text);
}

static void add_variable(const struct node *n, const char *prefix, struct scope *s)
{
	char *path = str_fmt("%s%s", prefix, n->name);

	if (!name_map_put(&s->names, path, strlen(path), s->n)) {
		free(path);
		return;
	}
	MEM_PUSH(s->v, s->n, s->cap, (struct variable){ .path = path, .var = n });
}

/* "lane[0]." for an item in a generate block; the caller frees it. */
static char *prefix_of(const struct node *n, struct budget *b)
{
	struct str s = STR_INIT, both = STR_INIT;

	for (const struct node *p = n->parent; p && p->tag == TAG_BEGIN; p = p->parent) {
		b->left--;
		if (!p->name[0] || both.len > PREFIX_MAX)
			continue;
		str_clear(&both);
		str_addf(&both, "%s.%s", p->name, str_cstr(&s));
		str_clear(&s);
		str_adds(&s, str_cstr(&both));
	}
	str_free(&both);
	return str_take(&s);
}

static void end_tree(struct netlist *x)
{
	struct node *top = x->module;
	struct hw_module *m =
		hardware_module(&x->found, top->name, top->detail[0] ? top->detail : top->name);
	struct scope s = { 0 };

	for (struct node *n = node_next_item(top, top); n; n = node_next_item(n, top)) {
		char *prefix = n->tag == TAG_VAR || n->tag == TAG_INSTANCE
				       ? prefix_of(n, &x->budget)
				       : NULL;

		if (n->tag == TAG_VAR) {
			if (n->parameter)
				add_parameter(n, m);
			else if (n->detail[0])
				add_port(n, m);
			add_variable(n, prefix, &s);
		} else if (n->tag == TAG_INSTANCE) {
			char *path = str_fmt("%s%s", prefix, n->name);

			hw_module_instance(m, path, n->detail);
			free(path);
		}
		free(prefix);
	}
	for (struct node *n = node_next_item(top, top); n; n = node_next_item(n, top)) {
		char *prefix = n->tag == TAG_ALWAYS ? prefix_of(n, &x->budget) : NULL;

		if (prefix)
			netlist_block(n, prefix, &s, m, &x->budget);
		free(prefix);
	}
	for (size_t i = 0; i < s.n; i++)
		free(s.v[i].path);
	free(s.v);
	name_map_fini(&s.names);
	free_tree(x->module);
	x->module = x->at = NULL;
	x->n_nodes = 0;
}

static void resolve(struct netlist *x, struct hw_size *size)
{
	uint64_t words = 0, bits = types_bits(vxml_types(x->xml), (uint32_t)size->bits, &words,
					      &x->budget.left);

	*size = (struct hw_size){ bits, words };
}

static void resolve_all(struct netlist *x)
{
	for (size_t i = 0; i < x->found.n; i++) {
		struct hw_module *m = &x->found.modules[i];

		for (size_t k = 0; k < m->n_ports; k++)
			resolve(x, &m->ports[k].size);
		for (size_t k = 0; k < m->n_registers; k++)
			resolve(x, &m->registers[k].size);
	}
}

/* Entry points --------------------------------------------------------------------- */

static const char too_much[] = "the design is too large to be compared as hardware";

static void start_item(void *ctx, const char *tag, const char **atts)
{
	struct netlist *x = ctx;

	if (x->n_nodes >= MAX_NODES)
		vxml_stop(x->xml, ERR_LIMIT, "a module is too large to be compared as hardware");
	else
		x->at = add_node(x, tag, atts);
}

static void end_item(void *ctx)
{
	struct netlist *x = ctx;

	x->at = x->at->parent;
}

static bool start_module(void *ctx, const char *tag, const char **atts)
{
	struct netlist *x = ctx;

	if (strcmp(tag, "module") != 0)
		return false;
	if (x->found.n >= MAX_MODULES)
		vxml_stop(x->xml, ERR_LIMIT,
			  "there are too many modules to be compared as hardware");
	else
		x->module = x->at = add_node(x, tag, atts);
	return true;
}

static void end_module(void *ctx)
{
	struct netlist *x = ctx;

	end_tree(x);
	if (x->budget.left < 0)
		vxml_stop(x->xml, ERR_LIMIT, too_much);
}

static const struct vxml_ops ops = {
	.limit = NETLIST_LIMIT,
	.too_long = too_much,
	.module = start_module,
	.start = start_item,
	.end = end_item,
	.module_end = end_module,
};

struct netlist *netlist_new(void)
{
	struct netlist *x = mem_zalloc(sizeof(*x));

	x->xml = vxml_new(&ops, x);
	x->budget.left = WORK;
	return x;
}

void netlist_free(struct netlist *x)
{
	if (!x)
		return;
	vxml_free(x->xml);
	free_tree(x->module);
	hardware_fini(&x->found);
	free(x);
}

bool netlist_feed(struct netlist *x, const char *text, size_t len, struct err *err)
{
	return vxml_feed(x->xml, text, len, err);
}

bool netlist_end(struct netlist *x, struct hardware *out, struct err *err)
{
	if (!vxml_end(x->xml, err))
		return false;
	resolve_all(x);
	if (x->budget.left < 0)
		return err_set(err, ERR_LIMIT, "Verilator's XML: %s", too_much);
	hardware_merge(out, &x->found);
	return true;
}
