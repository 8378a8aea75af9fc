/*
 *   <netlist>
 *     <module name origName>          a tree of nodes while it is open, then
 *       <var dir param dtype_id/>       ports, parameters, the scope
 *       <instance name defName/>
 *       <always> ...                    see netlist_blocks.c
 *       <begin name="g[0]"> ...         a generate block: the same again inside
 *     </module>
 *     <typetable>                     what the dtype_ids mean: it comes last, so
 *       <basicdtype id left right/>     until then a size's bits are a dtype_id
 *
 * In Verilator's assignments the right side comes first, then the left.
 */
#include "config.h"

#include "sim/netlist.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/hardware.h"
#include "sim/netlist_tree.h"
#include "sim/netlist_types.h"

#define MAX_DEPTH   4000    /* elements in each other */
#define MAX_NODES   1000000 /* of one module */
#define MAX_MODULES 4000
#define WORK	    20000000 /* steps for all modules: some tenths of a second at most */
#define PREFIX_MAX  500	     /* bytes of the names of generate blocks */

struct netlist {
	XML_Parser xml;
	size_t bytes;
	size_t depth, skipped; /* skipped: elements open since one that is not looked into */
	bool in_types;
	struct node *module, *at;
	size_t n_nodes;
	struct types types;
	struct hardware found;
	struct budget budget;
	struct err err;
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
			n->first = NULL; /* so that the way up does not come here again */
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

/* Names come from the source: what is no character to be shown is '?'. */
static char *one_line(const char *s)
{
	char *copy = mem_strdup(s);

	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = '?';
	return copy;
}

static struct node *add_node(struct netlist *x, const char *name, const XML_Char **atts)
{
	struct node *n = mem_zalloc(sizeof(*n));
	const char *kind;

	n->tag = tag_of(name);
	n->type = xml_type_number(xml_attribute(atts, "dtype_id"));
	n->name = one_line(xml_attribute(atts, "name"));
	read_loc(n, xml_attribute(atts, "loc"));
	switch (n->tag) {
	case TAG_VAR:
		kind = xml_attribute(atts, "vartype");
		n->parameter = strcmp(xml_attribute(atts, "param"), "true") == 0;
		n->counter = strcmp(kind, "int") == 0 || strcmp(kind, "integer") == 0;
		n->detail = mem_strdup(strcmp(kind, "ifaceref") == 0 ? kind
								     : xml_attribute(atts, "dir"));
		break;
	case TAG_SENITEM:
		n->detail = one_line(xml_attribute(atts, "edgeType"));
		break;
	case TAG_INSTANCE:
		n->detail = one_line(xml_attribute(atts, "defName"));
		break;
	case TAG_MODULE:
		n->detail = one_line(xml_attribute(atts, "origName"));
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

/* A module that has ended -------------------------------------------------------------- */

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

/* As a person would write it: numbers decimal, what is long cut. */
static void add_parameter(const struct node *n, struct hw_module *m)
{
	const struct node *value = n->first;
	int64_t v;
	char *text;

	if (!value || value->tag != TAG_CONST)
		text = mem_strdup("?");
	else if (xml_const_value(value->name, &v))
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
	s->cap = mem_grow((void **)&s->v, s->cap, s->n + 1, sizeof(*s->v));
	s->v[s->n++] = (struct variable){ .path = path, .var = n };
}

/* "lane[0]." for what stands in a generate block; the caller frees. */
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
	return s.len ? str_take(&s) : mem_strdup("");
}

static void end_module(struct netlist *x)
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
	uint64_t words = 0,
		 bits = types_bits(&x->types, (uint32_t)size->bits, &words, &x->budget.left);

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

/* Parsing ------------------------------------------------------------------------------------ */

static const char too_much[] = "the design is too large to be compared as hardware";

static void stop(struct netlist *x, enum err_code code, const char *why)
{
	if (x->err.code == ERR_NONE)
		err_set(&x->err, code, "Verilator's XML: %s", why);
	XML_StopParser(x->xml, XML_FALSE);
}

static void on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
	struct netlist *x = ctx;

	if (x->err.code != ERR_NONE) /* some come after XML_StopParser() */
		return;
	if (x->depth++ >= MAX_DEPTH)
		return stop(x, ERR_LIMIT, "its elements are nested too deep");
	if (x->depth == 1 && strcmp(name, "verilator_xml") != 0)
		return stop(x, ERR_PARSE, "it is not that of a design");
	if (x->skipped) {
		x->skipped++;
	} else if (x->module) {
		if (x->n_nodes >= MAX_NODES)
			return stop(x, ERR_LIMIT,
				    "a module is too large to be compared as hardware");
		x->at = add_node(x, name, atts);
	} else if (x->in_types) {
		types_start(&x->types, name, atts);
	} else if (x->depth == 3 && strcmp(name, "module") == 0) {
		if (x->found.n >= MAX_MODULES)
			return stop(x, ERR_LIMIT,
				    "there are too many modules to be compared as hardware");
		x->module = x->at = add_node(x, name, atts);
	} else if (x->depth == 3 && strcmp(name, "typetable") == 0) {
		x->in_types = true;
	} else if (x->depth >= 2 && strcmp(name, "netlist") != 0) {
		x->skipped = 1;
	}
}

static void on_end(void *ctx, const XML_Char *name)
{
	struct netlist *x = ctx;

	if (x->err.code != ERR_NONE)
		return;
	x->depth--;
	if (x->skipped) {
		x->skipped--;
	} else if (x->module) {
		x->at = x->at->parent;
		if (!x->at)
			end_module(x);
		if (x->budget.left < 0)
			stop(x, ERR_LIMIT, too_much);
	} else if (x->in_types) {
		types_end(&x->types, name);
		x->in_types = strcmp(name, "typetable") != 0;
	}
}

static void on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
		       const XML_Char *public, int subset)
{
	stop(ctx, ERR_PARSE, "it has a DOCTYPE, which Verilator never writes");
}

struct netlist *netlist_new(void)
{
	static const XML_Memory_Handling_Suite memory = { mem_alloc, mem_realloc, free };
	struct netlist *x = mem_zalloc(sizeof(*x));

	x->xml = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	x->budget.left = WORK;
	XML_SetUserData(x->xml, x);
	XML_SetElementHandler(x->xml, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(x->xml, on_doctype);
	return x;
}

void netlist_free(struct netlist *x)
{
	if (!x)
		return;
	XML_ParserFree(x->xml);
	free_tree(x->module);
	types_fini(&x->types);
	hardware_fini(&x->found);
	free(x);
}

static bool feed(struct netlist *x, const char *text, size_t len, bool last, struct err *err)
{
	x->bytes += len;
	if (x->err.code == ERR_NONE && x->bytes > NETLIST_LIMIT)
		err_set(&x->err, ERR_LIMIT, "Verilator's XML: %s", too_much);
	if (x->err.code == ERR_NONE && XML_Parse(x->xml, text, (int)len, last) != XML_STATUS_OK &&
	    x->err.code == ERR_NONE)
		err_set(&x->err, ERR_PARSE, "Verilator's XML: line %lu: %s",
			(unsigned long)XML_GetCurrentLineNumber(x->xml),
			XML_ErrorString(XML_GetErrorCode(x->xml)));
	if (x->err.code != ERR_NONE && err)
		*err = x->err;
	return x->err.code == ERR_NONE;
}

bool netlist_feed(struct netlist *x, const char *text, size_t len, struct err *err)
{
	return feed(x, text, len, false, err);
}

bool netlist_end(struct netlist *x, struct hardware *out, struct err *err)
{
	if (!feed(x, "", 0, true, err))
		return false;
	resolve_all(x);
	if (x->budget.left < 0)
		return err_set(err, ERR_LIMIT, "Verilator's XML: %s", too_much);
	hardware_merge(out, &x->found);
	return true;
}
