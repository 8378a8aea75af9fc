/* A circuit is built in one pass. Each relevant element becomes a node below the
 * innermost open one. Three things are known only later: what a name means
 * (circuit_names.h), which port a position is (circuit_pins.h), and the width of a
 * type. Until the end the width of a node or variable is its dtype_id.
 */
#include "config.h"

#include "sim/netlist/circuit_xml.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/tool/circuit.h"
#include "sim/netlist/circuit_arrays.h"
#include "sim/netlist/circuit_names.h"
#include "sim/netlist/circuit_pins.h"
#include "sim/netlist/vxml.h"
#include "sim/netlist/vxml_types.h"

#define MAX_FILES 20000
#define TYPE_WORK 100000000l

static const char too_large[] = "the design is too large to follow its signals";

struct open {		     /* an open element */
	uint32_t node, last; /* last: child */
	uint32_t scope, function, var;
	bool in_var;	 /* its children are the value of var */
	uint32_t column; /* in its first line */
};

struct circuit_xml {
	struct vxml *xml;
	uint32_t module;
	struct circuit c;
	struct circuit_names names;
	struct circuit_pins pins;
	struct open *open;
	size_t n_open, cap_open;
	struct strv file_ids; /* id and path alternate */
	struct name_map files;
	uint32_t first_var; /* of the module */
	uint32_t label;	    /* the first variable of the last label of an enum; CIRCUIT_NONE */
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

/* Positions ------------------------------------------------------------------------ */

static void add_file(void *ctx, const char **atts)
{
	struct circuit_xml *x = ctx;

	if (x->file_ids.n >= 2 * MAX_FILES)
		return;
	strv_add(&x->file_ids, vxml_attribute(atts, "id"));
	strv_add(&x->file_ids, vxml_attribute(atts, "filename"));
	name_map_put(&x->files, x->file_ids.v[x->file_ids.n - 2],
		     strlen(x->file_ids.v[x->file_ids.n - 2]),
		     circuit_file(&x->c, x->file_ids.v[x->file_ids.n - 1]));
}

/* "c,12,5,12,9": file, first line and column, last line and column. */
static uint32_t read_place(const struct circuit_xml *x, const char **atts, uint16_t *file)
{
	const char *loc = vxml_attribute(atts, "loc"), *comma = strchr(loc, ',');
	size_t known = 0;

	if (!comma || !name_map_get(&x->files, loc, (size_t)(comma - loc), &known))
		return 0;
	*file = (uint16_t)known;
	return (uint32_t)strtoul(comma + 1, NULL, 10);
}

static uint32_t read_column(const char **atts)
{
	const char *loc = vxml_attribute(atts, "loc"), *comma = strchr(loc, ',');

	comma = comma ? strchr(comma + 1, ',') : NULL;
	return comma ? (uint32_t)strtoul(comma + 1, NULL, 10) : 0;
}

/* Elements ------------------------------------------------------------------------- */

static void push(struct circuit_xml *x, struct open o)
{
	MEM_PUSH(x->open, x->n_open, x->cap_open, o);
}

/* Attaches a node to the innermost open element; the value of a variable belongs to
 * no statement. */
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

/* Called with the position of a select's first operand. A select from the source has
 * the position of its bracket, after the operand; one that Verilator added, to cut a
 * value to its width, has the operand's own position. */
static void find_cut(struct circuit_xml *x, uint32_t line, uint32_t column)
{
	const struct open *o = &x->open[x->n_open - 1];
	struct circuit_node *part = o->node ? &x->c.nodes[o->node] : NULL;

	if (part && part->op == CIRCUIT_PART && !o->last)
		part->flag = part->line == line && o->column == column;
}

static uint32_t add_node(struct circuit_xml *x, enum circuit_op op, const char **atts)
{
	uint32_t n = circuit_node(&x->c, op);
	struct circuit_node *node = &x->c.nodes[n];

	node->line = read_place(x, atts, &node->file);
	node->width = vxml_type_number(vxml_attribute(atts, "dtype_id"));
	find_cut(x, node->line, read_column(atts));
	attach(x, n);
	return n;
}

static void start_var(struct circuit_xml *x, const struct open *in, const char **atts)
{
	char *name = vxml_one_line(vxml_attribute(atts, "name"));
	const char *blocks = circuit_names_prefix(&x->names, in->scope);
	char *path = str_fmt("%s%s", blocks, name);
	uint32_t v = circuit_var(&x->c, x->module, path);
	struct circuit_var *var = &x->c.vars[v];
	struct open o = { .scope = in->scope, .function = in->function, .var = v, .in_var = true };
	const char *direction = vxml_attribute(atts, "dir");

	var->own = (uint32_t)strlen(blocks);
	var->line = read_place(x, atts, &var->file);
	var->width = vxml_type_number(vxml_attribute(atts, "dtype_id"));
	var->function = in->function;
	var->constant = strcmp(vxml_attribute(atts, "param"), "true") == 0 ||
			strcmp(vxml_attribute(atts, "localparam"), "true") == 0;
	var->counter = strcmp(vxml_attribute(atts, "vartype"), "int") == 0 ||
		       strcmp(vxml_attribute(atts, "vartype"), "integer") == 0;
	var->direction = strcmp(direction, "input") == 0    ? 'i'
			 : strcmp(direction, "output") == 0 ? 'o'
			 : strcmp(direction, "inout") == 0  ? 'b'
							    : 0;
	circuit_pins_port(&x->pins, x->module, v, vxml_attribute(atts, "pinIndex"));
	push(x, o);
	free(path);
	free(name);
}

static void add_process(struct circuit_xml *x, const char *name, const char **atts, struct open *o)
{
	enum circuit_kind kind = name[0] == 'c'	  ? CIRCUIT_CONTINUOUS
				 : name[0] == 'i' ? CIRCUIT_INITIAL
						  : CIRCUIT_ALWAYS;

	/* Not below the module's other items, which are not walked. */
	x->c.nodes[o->node].op = CIRCUIT_PROCESS;
	circuit_process(&x->c, x->module, kind, o->node);
	if (kind == CIRCUIT_CONTINUOUS) {
		uint32_t n = circuit_node(&x->c, CIRCUIT_ASSIGN);

		x->c.nodes[n].line = read_place(x, atts, &x->c.nodes[n].file);
		x->c.nodes[o->node].first = n;
		o->node = n;
	}
}

/* Verilator's external name for lane[0].grant is "lane__BRA__0__KET__.grant". */
static void decode(char *path)
{
	static const struct {
		const char *code;
		char c;
	} codes[] = { { "__BRA__", '[' }, { "__KET__", ']' }, { "__DOT__", '.' } };
	char *to = path;

	for (const char *at = path; *at;) {
		size_t i = 0;

		while (i < 3 && !str_starts(at, codes[i].code))
			i++;
		*to++ = i < 3 ? codes[i].c : *at;
		at += i < 3 ? strlen(codes[i].code) : 1;
	}
	*to = '\0';
}

static void name_node(struct circuit_xml *x, const char **atts, struct open *o)
{
	const char *name = vxml_attribute(atts, "name");
	struct circuit_node *n = &x->c.nodes[o->node];
	char *shown, *path;

	switch (n->op) {
	case CIRCUIT_VAR:
		circuit_names_use(&x->names, o->node, o->scope, name);
		break;
	case CIRCUIT_CALL:
		circuit_names_call(&x->names, o->node, x->module, name);
		break;
	case CIRCUIT_OUTSIDE:
		path = str_fmt("%s%s%s", vxml_attribute(atts, "dotted"),
			       vxml_attribute(atts, "dotted")[0] ? "." : "", name);
		shown = vxml_one_line(path);
		decode(shown);
		n->ref = circuit_text(&x->c, shown);
		free(shown);
		free(path);
		break;
	case CIRCUIT_CONST:
	case CIRCUIT_FIELD:
	case CIRCUIT_PORT:
	case CIRCUIT_FUNCTION:
		shown = vxml_one_line(name);
		n->ref = circuit_text(&x->c, shown);
		free(shown);
		break;
	default:
		break;
	}
}

static bool is_too_large(struct circuit_xml *x)
{
	if (x->c.n_nodes < CIRCUIT_NODES_MAX)
		return false;
	vxml_stop(x->xml, ERR_LIMIT, too_large);
	return true;
}

static void add_child(struct circuit_xml *x, const struct open *in, const char **atts,
		      uint32_t node)
{
	char *path = str_fmt("%s%s", circuit_names_prefix(&x->names, in->scope),
			     vxml_attribute(atts, "name"));
	char *shown = vxml_one_line(path);

	circuit_child(&x->c, x->module, shown, vxml_attribute(atts, "defName"), node);
	free(shown);
	free(path);
}

static void add_port(struct circuit_xml *x, const char **atts, uint32_t node)
{
	const char *direction = vxml_attribute(atts, "direction");

	x->c.nodes[node].flag = strcmp(direction, "in") == 0	? 'i'
				: strcmp(direction, "out") == 0 ? 'o'
								: 'b';
	if (x->c.n_children)
		circuit_pins_use(&x->pins, x->c.n_children - 1, node, vxml_attribute(atts, "name"));
}

static void start_item(void *ctx, const char *name, const char **atts)
{
	struct circuit_xml *x = ctx;
	const struct open in = x->open[x->n_open - 1];
	enum circuit_op op = op_of(name);
	struct open o = { .scope = in.scope, .function = in.function, .column = read_column(atts) };
	const char *edge;

	if (is_too_large(x))
		return;
	if (strcmp(name, "coverinc") == 0 || strcmp(name, "coverdecl") == 0) {
		push(x, (struct open){ .scope = in.scope }); /* see circuit_xml.h */
		return;
	}
	if (strcmp(name, "var") == 0) {
		start_var(x, &in, atts);
		return;
	}
	if (strcmp(name, "range") == 0 && in.node && x->c.n_children &&
	    x->c.nodes[in.node].op == CIRCUIT_INSTANCE)
		x->c.children[x->c.n_children - 1].array = true;
	o.node = add_node(x, op, atts);
	name_node(x, atts, &o);
	switch (op) {
	case CIRCUIT_BLOCK:
		if (vxml_attribute(atts, "name")[0])
			o.scope = circuit_names_scope(&x->names, in.scope,
						      vxml_attribute(atts, "name"));
		break;
	case CIRCUIT_FUNCTION:
		o.scope = circuit_names_scope(&x->names, in.scope, vxml_attribute(atts, "name"));
		o.function = o.node;
		break;
	case CIRCUIT_PROCESS:
		add_process(x, name, atts, &o);
		break;
	case CIRCUIT_INSTANCE:
		add_child(x, &in, atts, o.node);
		break;
	case CIRCUIT_PORT:
		add_port(x, atts, o.node);
		break;
	case CIRCUIT_EDGE:
		edge = vxml_attribute(atts, "edgeType");
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

static void end_item(void *ctx)
{
	struct circuit_xml *x = ctx;

	x->n_open--;
}

/* Modules -------------------------------------------------------------------------- */

static bool start_module(void *ctx, const char *tag, const char **atts)
{
	struct circuit_xml *x = ctx;
	const char *source = vxml_attribute(atts, "origName");
	char *name = vxml_one_line(vxml_attribute(atts, "name"));
	char *shown = vxml_one_line(source[0] ? source : name);
	struct circuit_module *m;

	x->module = circuit_module(&x->c, name, shown);
	m = &x->c.modules[x->module];
	m->line = read_place(x, atts, &m->file);
	m->top = strcmp(vxml_attribute(atts, "topModule"), "1") == 0;
	m->package = strcmp(tag, "package") == 0;
	x->first_var = x->c.n_vars;
	x->n_open = 0;
	push(x, (struct open){ .scope = circuit_names_scope(&x->names, CIRCUIT_NONE, "") });
	free(shown);
	free(name);
	return true;
}

static void end_module(void *ctx)
{
	struct circuit_xml *x = ctx;

	circuit_names_module_end(&x->names, &x->c, x->first_var);
}

/* Labels of enums ---------------------------------------------------------------------- */

/* The line of the module whose text has that line; 0: none has. */
static uint32_t module_around(const struct circuit *c, uint16_t file, uint32_t line)
{
	uint32_t best = 0;

	for (uint32_t m = 0; m < c->n_modules; m++)
		if (c->modules[m].file == file && c->modules[m].line <= line &&
		    c->modules[m].line > best)
			best = c->modules[m].line;
	return best;
}

/* The table of types does not say who declares an enum, so its place decides. Each variant of
 * a module with other parameters gets the label. */
static void add_label(struct circuit_xml *x, const char **atts)
{
	uint16_t file = 0;
	uint32_t line = read_place(x, atts, &file), start = module_around(&x->c, file, line);
	char *name = vxml_one_line(vxml_attribute(atts, "name"));

	x->label = CIRCUIT_NONE;
	for (uint32_t m = 0; m < x->c.n_modules && start; m++) {
		struct circuit_var *var;
		uint32_t v;

		if (x->c.modules[m].file != file || x->c.modules[m].line != start)
			continue;
		v = circuit_var(&x->c, m, name);
		var = &x->c.vars[v];
		var->file = file;
		var->line = line;
		var->width = vxml_type_number(vxml_attribute(atts, "dtype_id"));
		var->constant = true;
		if (x->label == CIRCUIT_NONE)
			x->label = v;
	}
	free(name);
}

static void read_type(void *ctx, const char *tag, const char **atts)
{
	struct circuit_xml *x = ctx;

	if (is_too_large(x))
		return;
	if (strcmp(tag, "enumitem") == 0) {
		add_label(x, atts);
	} else if (strcmp(tag, "const") == 0 && x->label != CIRCUIT_NONE) {
		uint32_t n = circuit_node(&x->c, CIRCUIT_CONST);
		char *value = vxml_one_line(vxml_attribute(atts, "name"));

		x->c.nodes[n].ref = circuit_text(&x->c, value);
		x->c.nodes[n].width = vxml_type_number(vxml_attribute(atts, "dtype_id"));
		for (uint32_t v = x->label; v < x->c.n_vars; v++)
			x->c.vars[v].value = n;
		x->label = CIRCUIT_NONE;
		free(value);
	}
}

/* Entry points ------------------------------------------------------------------------ */

static const struct vxml_ops ops = {
	.limit = CIRCUIT_XML_LIMIT,
	.too_long = too_large,
	.file = add_file,
	.module = start_module,
	.start = start_item,
	.end = end_item,
	.module_end = end_module,
	.type = read_type,
};

struct circuit_xml *circuit_xml_new(void)
{
	struct circuit_xml *x = mem_zalloc(sizeof(*x));

	x->xml = vxml_new(&ops, x);
	x->label = CIRCUIT_NONE;
	return x;
}

void circuit_xml_free(struct circuit_xml *x)
{
	if (!x)
		return;
	vxml_free(x->xml);
	circuit_names_fini(&x->names);
	circuit_pins_fini(&x->pins);
	free(x->open);
	strv_free(&x->file_ids);
	name_map_fini(&x->files);
	circuit_fini(&x->c);
	free(x);
}

bool circuit_xml_feed(struct circuit_xml *x, const char *text, size_t len, struct err *err)
{
	return vxml_feed(x->xml, text, len, err);
}

static uint32_t width_of(const struct types *t, uint32_t id, long *work)
{
	uint64_t words, bits = types_bits(t, id, &words, work);

	return bits < UINT32_MAX ? (uint32_t)bits : 0;
}

static void resolve_types(struct circuit_xml *x)
{
	const struct types *types = vxml_types(x->xml);
	uint32_t *known = mem_calloc(types->n + 1, sizeof(*known));
	long work = TYPE_WORK;

	for (uint32_t i = 0; i < types->n; i++)
		known[i] = width_of(types, i, &work);
	for (uint32_t i = 0; i < x->c.n_vars; i++) {
		struct circuit_var *v = &x->c.vars[i];

		v->n_dims = (uint8_t)types_dimensions(types, v->width, v->lowest, v->count,
						      CIRCUIT_DIMENSIONS);
		v->width = v->width < types->n ? known[v->width] : 0;
	}
	for (uint32_t i = 0; i < x->c.n_nodes; i++) {
		struct circuit_node *n = &x->c.nodes[i];

		n->width = n->width < types->n ? known[n->width] : 0;
	}
	free(known);
}

/* Drops branches that had nothing but a counter. If that was the first one, Verilator had
 * exchanged the branches of if (!c). */
static void restore_ifs(struct circuit *c)
{
	for (uint32_t n = 1, n_nodes = c->n_nodes; n < n_nodes; n++) {
		uint32_t condition = c->nodes[n].op == CIRCUIT_IF ? c->nodes[n].first : 0;
		uint32_t then = condition ? c->nodes[condition].next : 0;
		uint32_t other = then ? c->nodes[then].next : 0, negated;

		if (!other || (c->nodes[then].first && c->nodes[other].first))
			continue;
		c->nodes[then].next = 0;
		if (c->nodes[then].first)
			continue;
		negated = circuit_node(c, CIRCUIT_LOG_NOT);
		c->nodes[negated].line = c->nodes[condition].line;
		c->nodes[negated].file = c->nodes[condition].file;
		c->nodes[negated].width = 1;
		c->nodes[negated].first = condition;
		c->nodes[negated].next = other;
		c->nodes[condition].next = 0;
		c->nodes[n].first = negated;
	}
}

bool circuit_xml_end(struct circuit_xml *x, struct circuit *out, struct err *err)
{
	if (!vxml_end(x->xml, err))
		return false;
	circuit_names_end(&x->names, &x->c);
	resolve_types(x);
	restore_ifs(&x->c);
	circuit_find_modules(&x->c);
	circuit_pins_end(&x->pins, &x->c);
	circuit_arrays_unroll(&x->c);
	circuit_finish(&x->c);
	*out = x->c;
	x->c = CIRCUIT_INIT;
	return true;
}
