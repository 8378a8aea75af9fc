/* One pass. Each element that matters becomes a node below the one that is open.
 * A name may be used before its variable is declared, and means the nearest one
 * of the blocks around it; so names wait until their module ends, calls until
 * the design does, and types, which come last, too.
 */
#include "config.h"

#include "sim/circuit_xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/tool/circuit.h"
#include "sim/netlist_types.h"

#define MAX_DEPTH  4000 /* elements in each other */
#define MAX_PREFIX 1000 /* bytes of the names of blocks around a variable */
#define MAX_FILES  20000
#define TYPE_WORK  100000000l

struct block_scope { /* a module, a block with a name, a function */
	uint32_t parent;
	char *prefix; /* "lane[0]." */
};

struct open {		     /* an element */
	uint32_t node, last; /* last: child */
	uint32_t scope, function, var;
	bool in_var; /* its children are the value of var */
};

struct waiting { /* a name that is not looked up yet */
	uint32_t node, scope;
	char *name;
};

struct call {
	uint32_t node, module;
	char *name;
};

struct circuit_xml {
	XML_Parser xml;
	size_t bytes, depth, skipped;
	bool in_types, in_module, in_files;
	uint32_t module;
	struct circuit c;
	struct types types;
	struct open *open;
	size_t n_open, cap_open;
	struct block_scope *scopes;
	size_t n_scopes, cap_scopes;
	struct waiting *waiting;
	size_t n_waiting, cap_waiting;
	struct call *calls;
	size_t n_calls, cap_calls;
	struct strv file_ids; /* the id, then the path, in turn */
	struct name_map files;
	uint32_t first_var; /* of the module */
	struct err err;
};

struct tag {
	const char *name;
	enum circuit_op op;
};

static const struct tag tags[] = {
	/* sorted */
	{ "add", CIRCUIT_ADD },
	{ "always", CIRCUIT_PROCESS },
	{ "alwayspublic", CIRCUIT_PROCESS },
	{ "and", CIRCUIT_AND },
	{ "arg", CIRCUIT_ARG },
	{ "arraysel", CIRCUIT_ELEMENT },
	{ "assign", CIRCUIT_ASSIGN },
	{ "assigndly", CIRCUIT_ASSIGN_LATER },
	{ "begin", CIRCUIT_BLOCK },
	{ "bufif1", CIRCUIT_TRISTATE },
	{ "case", CIRCUIT_CASE },
	{ "caseitem", CIRCUIT_ITEM },
	{ "concat", CIRCUIT_CONCAT },
	{ "cond", CIRCUIT_COND },
	{ "const", CIRCUIT_CONST },
	{ "contassign", CIRCUIT_PROCESS },
	{ "countones", CIRCUIT_COUNT_ONES },
	{ "delay", CIRCUIT_WAIT },
	{ "display", CIRCUIT_PRINT },
	{ "div", CIRCUIT_DIV },
	{ "divs", CIRCUIT_DIVS },
	{ "eq", CIRCUIT_EQ },
	{ "eqcase", CIRCUIT_SAME },
	{ "eqwild", CIRCUIT_MATCH },
	{ "eventcontrol", CIRCUIT_WAIT },
	{ "extend", CIRCUIT_EXTEND },
	{ "extends", CIRCUIT_EXTENDS },
	{ "fork", CIRCUIT_WAIT },
	{ "func", CIRCUIT_FUNCTION },
	{ "funcref", CIRCUIT_CALL },
	{ "gt", CIRCUIT_GT },
	{ "gte", CIRCUIT_GTE },
	{ "gtes", CIRCUIT_GTES },
	{ "gts", CIRCUIT_GTS },
	{ "if", CIRCUIT_IF },
	{ "initial", CIRCUIT_PROCESS },
	{ "initialautomatic", CIRCUIT_PROCESS },
	{ "initialstatic", CIRCUIT_PROCESS },
	{ "instance", CIRCUIT_INSTANCE },
	{ "isunknown", CIRCUIT_IS_UNKNOWN },
	{ "jumpblock", CIRCUIT_LABELLED },
	{ "jumpgo", CIRCUIT_JUMP },
	{ "logand", CIRCUIT_LOG_AND },
	{ "logif", CIRCUIT_IMPLIES },
	{ "lognot", CIRCUIT_LOG_NOT },
	{ "logor", CIRCUIT_LOG_OR },
	{ "lt", CIRCUIT_LT },
	{ "lte", CIRCUIT_LTE },
	{ "ltes", CIRCUIT_LTES },
	{ "lts", CIRCUIT_LTS },
	{ "moddiv", CIRCUIT_MOD },
	{ "moddivs", CIRCUIT_MODS },
	{ "mul", CIRCUIT_MUL },
	{ "muls", CIRCUIT_MUL },
	{ "negate", CIRCUIT_NEGATE },
	{ "neq", CIRCUIT_NEQ },
	{ "neqcase", CIRCUIT_NOT_SAME },
	{ "neqwild", CIRCUIT_NOT_MATCH },
	{ "not", CIRCUIT_NOT },
	{ "onehot", CIRCUIT_ONE_HOT },
	{ "onehot0", CIRCUIT_ONE_HOT0 },
	{ "or", CIRCUIT_OR },
	{ "port", CIRCUIT_PORT },
	{ "redand", CIRCUIT_RED_AND },
	{ "redor", CIRCUIT_RED_OR },
	{ "redxor", CIRCUIT_RED_XOR },
	{ "replicate", CIRCUIT_REPLICATE },
	{ "sel", CIRCUIT_PART },
	{ "senitem", CIRCUIT_EDGE },
	{ "sentree", CIRCUIT_EDGES },
	{ "shiftl", CIRCUIT_LEFT },
	{ "shiftr", CIRCUIT_RIGHT },
	{ "shiftrs", CIRCUIT_RIGHTS },
	{ "stmtexpr", CIRCUIT_BLOCK },
	{ "stop", CIRCUIT_PRINT },
	{ "structsel", CIRCUIT_FIELD },
	{ "sub", CIRCUIT_SUB },
	{ "task", CIRCUIT_FUNCTION },
	{ "taskref", CIRCUIT_CALL },
	{ "varref", CIRCUIT_VAR },
	{ "varxref", CIRCUIT_OUTSIDE },
	{ "wait", CIRCUIT_WAIT },
	{ "while", CIRCUIT_LOOP },
	{ "xor", CIRCUIT_XOR },
};

static int by_name(const void *key, const void *row)
{
	return strcmp(key, ((const struct tag *)row)->name);
}

static enum circuit_op op_of(const char *name)
{
	const struct tag *row =
		bsearch(name, tags, sizeof(tags) / sizeof(*tags), sizeof(*tags), by_name);

	return row ? row->op : CIRCUIT_OTHER;
}

static void stop(struct circuit_xml *x, enum err_code code, const char *why)
{
	if (x->err.code == ERR_NONE)
		err_set(&x->err, code, "Verilator's XML: %s", why);
	XML_StopParser(x->xml, XML_FALSE);
}

/* Places --------------------------------------------------------------------------- */

static void add_file(struct circuit_xml *x, const XML_Char **atts)
{
	if (x->file_ids.n >= 2 * MAX_FILES)
		return;
	strv_add(&x->file_ids, xml_attribute(atts, "id"));
	strv_add(&x->file_ids, xml_attribute(atts, "filename"));
	name_map_put(&x->files, x->file_ids.v[x->file_ids.n - 2],
		     strlen(x->file_ids.v[x->file_ids.n - 2]),
		     circuit_file(&x->c, x->file_ids.v[x->file_ids.n - 1]));
}

/* "c,12,5,12,9": file, first line and column, last ones. */
static uint32_t read_place(const struct circuit_xml *x, const XML_Char **atts, uint16_t *file)
{
	const char *loc = xml_attribute(atts, "loc"), *comma = strchr(loc, ',');
	size_t known = 0;

	if (!comma || !name_map_get(&x->files, loc, (size_t)(comma - loc), &known))
		return 0;
	*file = (uint16_t)known;
	return (uint32_t)strtoul(comma + 1, NULL, 10);
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

/* Elements ------------------------------------------------------------------------- */

static uint32_t new_scope(struct circuit_xml *x, uint32_t parent, const char *name)
{
	const char *outer = parent == CIRCUIT_NONE ? "" : x->scopes[parent].prefix;
	char *prefix = strlen(outer) > MAX_PREFIX ? mem_strdup(outer)
		       : name[0]		  ? str_fmt("%s%s.", outer, name)
						  : mem_strdup(outer);

	x->cap_scopes =
		mem_grow((void **)&x->scopes, x->cap_scopes, x->n_scopes + 1, sizeof(*x->scopes));
	x->scopes[x->n_scopes] = (struct block_scope){ parent, prefix };
	return (uint32_t)x->n_scopes++;
}

static void push(struct circuit_xml *x, struct open o)
{
	x->cap_open = mem_grow((void **)&x->open, x->cap_open, x->n_open + 1, sizeof(*x->open));
	x->open[x->n_open++] = o;
}

/* Below the innermost open element; for a variable's value not a statement of anything. */
static void attach(struct circuit_xml *x, uint32_t node)
{
	struct open *o = &x->open[x->n_open - 1];

	if (o->in_var && x->c.vars[o->var].value == 0)
		x->c.vars[o->var].value = node;
	if (o->last)
		x->c.nodes[o->last].next = node;
	else if (o->node)
		x->c.nodes[o->node].first = node;
	o->last = o->node ? node : 0;
}

static uint32_t add_node(struct circuit_xml *x, enum circuit_op op, const XML_Char **atts)
{
	uint32_t n = circuit_node(&x->c, op);
	struct circuit_node *node = &x->c.nodes[n];

	node->line = read_place(x, atts, &node->file);
	node->width = xml_type_number(xml_attribute(atts, "dtype_id"));
	attach(x, n);
	return n;
}

static void wait_for_name(struct circuit_xml *x, uint32_t node, uint32_t scope, const char *name)
{
	x->cap_waiting = mem_grow((void **)&x->waiting, x->cap_waiting, x->n_waiting + 1,
				  sizeof(*x->waiting));
	x->waiting[x->n_waiting++] = (struct waiting){ node, scope, mem_strdup(name) };
}

static void start_var(struct circuit_xml *x, const struct open *in, const XML_Char **atts)
{
	char *name = one_line(xml_attribute(atts, "name"));
	char *path = str_fmt("%s%s", x->scopes[in->scope].prefix, name);
	uint32_t v = circuit_var(&x->c, x->module, path);
	struct circuit_var *var = &x->c.vars[v];
	struct open o = { .scope = in->scope, .function = in->function, .var = v, .in_var = true };
	const char *direction = xml_attribute(atts, "dir");

	var->line = read_place(x, atts, &var->file);
	var->width = xml_type_number(xml_attribute(atts, "dtype_id"));
	var->function = in->function;
	var->constant = strcmp(xml_attribute(atts, "param"), "true") == 0 ||
			strcmp(xml_attribute(atts, "localparam"), "true") == 0;
	var->counter = strcmp(xml_attribute(atts, "vartype"), "int") == 0 ||
		       strcmp(xml_attribute(atts, "vartype"), "integer") == 0;
	var->direction = strcmp(direction, "input") == 0    ? 'i'
			 : strcmp(direction, "output") == 0 ? 'o'
			 : strcmp(direction, "inout") == 0  ? 'b'
							    : 0;
	push(x, o);
	free(path);
	free(name);
}

static void add_process(struct circuit_xml *x, const char *name, const XML_Char **atts,
			struct open *o)
{
	enum circuit_kind kind = name[0] == 'c'	  ? CIRCUIT_CONTINUOUS
				 : name[0] == 'i' ? CIRCUIT_INITIAL
						  : CIRCUIT_ALWAYS;

	/* Not below the module's other items: nothing walks over those. */
	x->c.nodes[o->node].op = CIRCUIT_PROCESS;
	circuit_process(&x->c, x->module, kind, o->node);
	if (kind == CIRCUIT_CONTINUOUS) {
		uint32_t n = circuit_node(&x->c, CIRCUIT_ASSIGN);

		x->c.nodes[n].line = read_place(x, atts, &x->c.nodes[n].file);
		x->c.nodes[o->node].first = n;
		o->node = n;
	}
}

static void name_node(struct circuit_xml *x, const XML_Char **atts, struct open *o)
{
	const char *name = xml_attribute(atts, "name");
	struct circuit_node *n = &x->c.nodes[o->node];
	char *shown, *path;

	switch (n->op) {
	case CIRCUIT_VAR:
		wait_for_name(x, o->node, o->scope, name);
		break;
	case CIRCUIT_CALL:
		x->cap_calls = mem_grow((void **)&x->calls, x->cap_calls, x->n_calls + 1,
					sizeof(*x->calls));
		x->calls[x->n_calls++] = (struct call){ o->node, x->module, mem_strdup(name) };
		break;
	case CIRCUIT_OUTSIDE:
		path = str_fmt("%s%s%s", xml_attribute(atts, "dotted"),
			       xml_attribute(atts, "dotted")[0] ? "." : "", name);
		shown = one_line(path);
		n->ref = circuit_text(&x->c, shown);
		free(shown);
		free(path);
		break;
	case CIRCUIT_CONST:
	case CIRCUIT_FIELD:
	case CIRCUIT_PORT:
	case CIRCUIT_FUNCTION:
		shown = one_line(name);
		n->ref = circuit_text(&x->c, shown);
		free(shown);
		break;
	default:
		break;
	}
}

static void start_item(struct circuit_xml *x, const char *name, const XML_Char **atts)
{
	const struct open in = x->open[x->n_open - 1];
	enum circuit_op op = op_of(name);
	struct open o = { .scope = in.scope, .function = in.function };
	const char *edge, *direction;

	if (strcmp(name, "var") == 0) {
		start_var(x, &in, atts);
		return;
	}
	o.node = add_node(x, op, atts);
	name_node(x, atts, &o);
	switch (op) {
	case CIRCUIT_BLOCK:
		if (xml_attribute(atts, "name")[0])
			o.scope = new_scope(x, in.scope, xml_attribute(atts, "name"));
		break;
	case CIRCUIT_FUNCTION:
		o.scope = new_scope(x, in.scope, xml_attribute(atts, "name"));
		o.function = o.node;
		break;
	case CIRCUIT_PROCESS:
		add_process(x, name, atts, &o);
		break;
	case CIRCUIT_INSTANCE: {
		char *path =
			str_fmt("%s%s", x->scopes[in.scope].prefix, xml_attribute(atts, "name"));
		char *shown = one_line(path);

		circuit_child(&x->c, x->module, shown, xml_attribute(atts, "defName"), o.node);
		free(shown);
		free(path);
		break;
	}
	case CIRCUIT_PORT:
		direction = xml_attribute(atts, "direction");
		x->c.nodes[o.node].flag = strcmp(direction, "in") == 0	  ? 'i'
					  : strcmp(direction, "out") == 0 ? 'o'
									  : 'b';
		break;
	case CIRCUIT_EDGE:
		edge = xml_attribute(atts, "edgeType");
		x->c.nodes[o.node].flag = strcmp(edge, "POS") == 0   ? CIRCUIT_RISING
					  : strcmp(edge, "NEG") == 0 ? CIRCUIT_FALLING
								     : CIRCUIT_ANY;
		break;
	case CIRCUIT_PRINT:
		x->c.nodes[o.node].flag = name[0] == 's';
		break;
	default:
		break;
	}
	push(x, o);
}

/* Modules -------------------------------------------------------------------------- */

static void start_module(struct circuit_xml *x, const XML_Char **atts)
{
	const char *source = xml_attribute(atts, "origName");
	char *name = one_line(xml_attribute(atts, "name"));
	char *shown = one_line(source[0] ? source : name);
	struct circuit_module *m;

	x->module = circuit_module(&x->c, name, shown);
	m = &x->c.modules[x->module];
	m->line = read_place(x, atts, &m->file);
	m->top = strcmp(xml_attribute(atts, "topModule"), "1") == 0;
	x->first_var = x->c.n_vars;
	x->in_module = true;
	x->n_open = 0;
	push(x, (struct open){ .scope = new_scope(x, CIRCUIT_NONE, "") });
	free(shown);
	free(name);
}

static uint32_t look_up(const struct circuit_xml *x, const struct name_map *names,
			const struct waiting *w)
{
	size_t found = CIRCUIT_NONE;

	for (uint32_t s = w->scope; s != CIRCUIT_NONE; s = x->scopes[s].parent) {
		char *path = str_fmt("%s%s", x->scopes[s].prefix, w->name);
		bool there = name_map_get(names, path, strlen(path), &found);

		free(path);
		if (there)
			return (uint32_t)found;
	}
	return CIRCUIT_NONE;
}

static void end_module(struct circuit_xml *x)
{
	struct name_map names = { 0 };

	for (uint32_t v = x->first_var; v < x->c.n_vars; v++)
		name_map_put(&names, x->c.vars[v].name, strlen(x->c.vars[v].name), v);
	for (size_t i = 0; i < x->n_waiting; i++) {
		struct waiting *w = &x->waiting[i];
		uint32_t var = look_up(x, &names, w);

		if (var == CIRCUIT_NONE) { /* of a package */
			x->c.nodes[w->node].op = CIRCUIT_OUTSIDE;
			x->c.nodes[w->node].ref = circuit_text(&x->c, w->name);
		} else {
			x->c.nodes[w->node].ref = var;
		}
		free(w->name);
	}
	x->n_waiting = 0;
	for (size_t i = 0; i < x->n_scopes; i++)
		free(x->scopes[i].prefix);
	x->n_scopes = 0;
	name_map_fini(&names);
	x->in_module = false;
}

/* Parsing -------------------------------------------------------------------------- */

static void on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
	struct circuit_xml *x = ctx;

	if (x->err.code != ERR_NONE) /* some come after XML_StopParser() */
		return;
	if (x->depth++ >= MAX_DEPTH)
		return stop(x, ERR_LIMIT, "its elements are nested too deep");
	if (x->depth == 1 && strcmp(name, "verilator_xml") != 0)
		return stop(x, ERR_PARSE, "it is not that of a design");
	if (x->c.n_nodes >= CIRCUIT_NODES_MAX)
		return stop(x, ERR_LIMIT, "the design is too large to follow its signals");
	if (x->skipped) {
		x->skipped++;
	} else if (x->in_module) {
		start_item(x, name, atts);
	} else if (x->in_types) {
		types_start(&x->types, name, atts);
	} else if (x->depth == 3 && strcmp(name, "file") == 0) {
		add_file(x, atts);
	} else if (x->depth == 3 && (strcmp(name, "module") == 0 || strcmp(name, "iface") == 0 ||
				     strcmp(name, "package") == 0)) {
		start_module(x, atts);
	} else if (x->depth == 3 && strcmp(name, "typetable") == 0) {
		x->in_types = true;
	} else if (x->depth >= 2 && strcmp(name, "netlist") != 0 && strcmp(name, "files") != 0) {
		x->skipped = 1;
	}
}

static void on_end(void *ctx, const XML_Char *name)
{
	struct circuit_xml *x = ctx;

	if (x->err.code != ERR_NONE)
		return;
	x->depth--;
	if (x->skipped) {
		x->skipped--;
	} else if (x->in_module) {
		x->n_open--;
		if (x->n_open == 0)
			end_module(x);
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

struct circuit_xml *circuit_xml_new(void)
{
	static const XML_Memory_Handling_Suite memory = { mem_alloc, mem_realloc, free };
	struct circuit_xml *x = mem_zalloc(sizeof(*x));

	x->xml = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	XML_SetUserData(x->xml, x);
	XML_SetElementHandler(x->xml, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(x->xml, on_doctype);
	return x;
}

void circuit_xml_free(struct circuit_xml *x)
{
	if (!x)
		return;
	XML_ParserFree(x->xml);
	for (size_t i = 0; i < x->n_waiting; i++)
		free(x->waiting[i].name);
	for (size_t i = 0; i < x->n_calls; i++)
		free(x->calls[i].name);
	for (size_t i = 0; i < x->n_scopes; i++)
		free(x->scopes[i].prefix);
	free(x->waiting);
	free(x->calls);
	free(x->scopes);
	free(x->open);
	strv_free(&x->file_ids);
	name_map_fini(&x->files);
	types_fini(&x->types);
	circuit_fini(&x->c);
	free(x);
}

static bool feed(struct circuit_xml *x, const char *text, size_t len, bool last, struct err *err)
{
	x->bytes += len;
	if (x->err.code == ERR_NONE && x->bytes > CIRCUIT_XML_LIMIT)
		err_set(&x->err, ERR_LIMIT,
			"Verilator's XML: the design is too large to follow its signals");
	if (x->err.code == ERR_NONE && XML_Parse(x->xml, text, (int)len, last) != XML_STATUS_OK &&
	    x->err.code == ERR_NONE)
		err_set(&x->err, ERR_PARSE, "Verilator's XML: line %lu: %s",
			(unsigned long)XML_GetCurrentLineNumber(x->xml),
			XML_ErrorString(XML_GetErrorCode(x->xml)));
	if (x->err.code != ERR_NONE && err)
		*err = x->err;
	return x->err.code == ERR_NONE;
}

bool circuit_xml_feed(struct circuit_xml *x, const char *text, size_t len, struct err *err)
{
	return feed(x, text, len, false, err);
}

/* The end -------------------------------------------------------------------------- */

/* A function of the caller's module, else of that name anywhere: a package's. */
static uint32_t find_function(const struct circuit_xml *x, const struct call *call)
{
	uint32_t other = 0;

	for (uint32_t v = 0; v < x->c.n_vars; v++) {
		uint32_t f = x->c.vars[v].function;

		if (!f || strcmp(x->c.texts[x->c.nodes[f].ref], call->name) != 0)
			continue;
		if (x->c.vars[v].module == call->module)
			return f;
		other = f;
	}
	return other;
}

/* Says of each argument whether it goes in, out or both ways: as its port does. */
static void direct_arguments(struct circuit_xml *x, const struct call *call, uint32_t function)
{
	const char *name = x->c.texts[x->c.nodes[function].ref];
	uint32_t a = x->c.nodes[call->node].first;

	for (uint32_t v = 0; v < x->c.n_vars && a; v++) {
		const struct circuit_var *var = &x->c.vars[v];
		const char *last = strrchr(var->name, '.');

		if (var->function != function || !var->direction ||
		    strcmp(last ? last + 1 : var->name, name) == 0)
			continue;
		x->c.nodes[a].flag = (uint8_t)var->direction;
		a = x->c.nodes[a].next;
	}
}

static void resolve_calls(struct circuit_xml *x)
{
	for (size_t i = 0; i < x->n_calls; i++) {
		uint32_t f = find_function(x, &x->calls[i]);

		if (f) {
			x->c.nodes[x->calls[i].node].ref = f;
			direct_arguments(x, &x->calls[i], f);
		} else {
			x->c.nodes[x->calls[i].node].op = CIRCUIT_OTHER;
		}
	}
}

static uint32_t width_of(const struct types *t, uint32_t id, long *work)
{
	uint64_t words, bits = types_bits(t, id, &words, work);

	return bits < UINT32_MAX ? (uint32_t)bits : 0;
}

static void resolve_types(struct circuit_xml *x)
{
	uint32_t *known = mem_calloc(x->types.n + 1, sizeof(*known));
	long work = TYPE_WORK;

	for (uint32_t i = 0; i < x->types.n; i++)
		known[i] = width_of(&x->types, i, &work);
	for (uint32_t i = 0; i < x->c.n_vars; i++) {
		struct circuit_var *v = &x->c.vars[i];

		v->n_dims = (uint8_t)types_dimensions(&x->types, v->width, v->lowest, v->count,
						      CIRCUIT_DIMENSIONS);
		v->width = v->width < x->types.n ? known[v->width] : 0;
	}
	for (uint32_t i = 0; i < x->c.n_nodes; i++) {
		struct circuit_node *n = &x->c.nodes[i];

		n->width = n->width < x->types.n ? known[n->width] : 0;
	}
	free(known);
}

bool circuit_xml_end(struct circuit_xml *x, struct circuit *out, struct err *err)
{
	if (!feed(x, "", 0, true, err))
		return false;
	resolve_calls(x);
	resolve_types(x);
	circuit_finish(&x->c);
	*out = x->c;
	x->c = CIRCUIT_INIT;
	return true;
}
