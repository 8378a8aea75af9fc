/* Ports and parameters, in a header and in a body.
 *
 * All of them are lists of elements separated by commas, each of the form
 *
 *     [direction or "parameter"] [type] name [dimensions] [= value]
 *
 * where a type is any sequence of words and ranges. Which of several names is
 * being declared is only known at the end: the last one before "=". Lists in
 * incomplete text must be handled as well.
 */
#include "config.h"

#include "session/verilog/verilog_build.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

#define MAX_INNER 16u

/* How much of a port the declaration of its name in the body describes. */
enum says {
	SAYS_ALL,	/* direction and type: it is the port itself */
	SAYS_PART,	/* direction and part of the width: .a({b, c}) */
	SAYS_DIRECTION, /* .a(b[1:0]) */
};

struct element {
	enum vword lead;   /* input, parameter ...; VWORD_NONE */
	struct vtok first; /* of the type, or the name itself */
	struct vtok name;  /* .len 0: none */
	struct inner {	   /* in .name(inner), .name({inner, inner}) */
		struct vtok v[MAX_INNER];
		size_t n;
		size_t range_from, range_to; /* in .name(inner[1:0]) */
		bool joined;
	} inner;
	size_t dims_from, dims_to; /* equal: none */
	size_t value_from, value_to;
	bool dotted;	    /* axi_if.master p */
	bool scoped;	    /* pkg::type_t p */
	bool brackets_open; /* it ended inside brackets */
};

static bool is_lead(const struct vscan *s)
{
	switch (s->cur.word) {
	case VWORD_INPUT:
	case VWORD_OUTPUT:
	case VWORD_INOUT:
	case VWORD_PARAMETER:
	case VWORD_LOCALPARAM:
		return true;
	case VWORD_REF: /* a legal port name in Verilog-2001 */
		return s->next.kind == VTOKEN_NAME || s->next.kind == VTOKEN_KEYWORD ||
		       s->next.symbol == '[';
	default:
		return false;
	}
}

/* Handles a token of the type or the name, at depth 0 before "=". */
static void outer_token(struct vscan *s, struct element *e, struct vtok *word)
{
	const struct vtok *t = &s->cur;

	if (!e->first.len && t->word != VWORD_CONST)
		e->first = *t;
	if (t->kind == VTOKEN_NAME) {
		e->name = *t;
		e->dims_from = e->dims_to = 0;
	} else if (vtok_name(t)) {
		*word = *t;
	} else if (t->symbol == '[' && e->name.len && !e->dims_from) {
		e->dims_from = t->at;
	} else if (t->symbol == '.' && e->name.len) {
		e->dotted = true;
	} else if (vtok_text_is(t, "::")) {
		e->scoped = true;
	}
}

/* At "(": reads the names in it, and the range if there is one name. */
static void inner_names(struct vscan *s, struct inner *in)
{
	size_t depth = 0;

	in->joined = s->next.symbol == '{';
	do {
		if (s->cur.symbol == ';' || vtok_breaks(&s->cur))
			return;
		if (vtok_name(&s->cur) && in->n < MAX_INNER && (s->prev.symbol != '.'))
			in->v[in->n++] = s->cur;
		else if (s->cur.symbol == '[' && !in->range_from)
			in->range_from = s->cur.at;
		if (vtok_opens(&s->cur))
			depth++;
		else if (vtok_closes(&s->cur))
			depth--;
		if (s->cur.symbol == ']')
			in->range_to = s->cur.at + 1;
		vscan_next(s);
	} while (depth > 0);
}

/* Reads ".name(inner)"; the first name is the external one. */
static void explicit_port(struct vscan *s, struct element *e)
{
	vscan_next(s);
	if (!vtok_name(&s->cur))
		return;
	e->name = e->first = s->cur;
	vscan_next(s);
	if (s->cur.symbol != '(')
		return;
	inner_names(s, &e->inner);
}

/* A token outside of all brackets. False: the element ends before it. */
static bool flat_token(struct vscan *s, struct element *e, struct vtok *word, bool *value)
{
	if (s->cur.symbol == ',' || vtok_closes(&s->cur))
		return false;
	if (is_lead(s)) {
		if (e->lead || e->name.len)
			return false;
		e->lead = s->cur.word;
	} else if (s->cur.symbol == '=' && !*value) {
		*value = true;
		e->value_from = s->cur.at + 1;
	} else if (!*value) {
		outer_token(s, e, word);
	}
	return true;
}

/* Stops at the comma, the bracket that closes the list, the semicolon, a breaking
 * keyword, or an "input" that lacks a comma before it. */
static void read_element(struct vscan *s, struct element *e)
{
	struct vtok word = { 0 }; /* a reserved word, used as the name if there is no other */
	size_t depth = 0;
	bool value = false;
	bool fields = false; /* of a struct: semicolons inside braces */

	*e = (struct element){ 0 };
	vscan_tape(s);
	if (is_lead(s)) {
		e->lead = s->cur.word;
		vscan_next(s);
	}
	if (s->cur.symbol == '.')
		explicit_port(s, e);
	while ((s->cur.symbol != ';' || (fields && depth > 0)) && !vtok_breaks(&s->cur)) {
		if (depth == 0) {
			fields = s->cur.word == VWORD_STRUCT || (fields && s->cur.symbol != '=');
			if (!flat_token(s, e, &word, &value))
				break;
		}
		if (vtok_opens(&s->cur))
			depth++;
		else if (vtok_closes(&s->cur))
			depth--;
		if (e->dims_from && !value)
			e->dims_to = s->cur.at + s->cur.len;
		vscan_next(s);
	}
	if (value)
		e->value_to = s->cur.at; /* also past an undefined macro, which is not a token */
	vscan_tape_stop(s);
	e->brackets_open = depth > 0;
	/* "input logic" and nothing more is still being typed. */
	if (word.word == VWORD_NEWTYPE && word.at == e->first.at)
		word.len = 0;
	if (!e->name.len && word.len) {
		e->name = word;
		if (e->first.at > word.at)
			e->first = word;
	}
}

/* True if a type precedes the name. */
static bool has_type(const struct element *e)
{
	return e->first.len && e->first.at < e->name.at;
}

static char *type_text(struct vbuild *b, const struct element *e)
{
	return has_type(e) ? vscan_text(&b->s, e->first.at, e->name.at, true) : mem_strdup("");
}

static char *range_text(struct vbuild *b, size_t from, size_t to)
{
	return from < to ? vscan_text(&b->s, from, to, false) : mem_strdup("");
}

/* Parameters ---------------------------------------------------------------- */

static void add_param(struct vbuild *b, const struct element *e, const char *type, bool local)
{
	char *value = range_text(b, e->value_from, e->value_to);
	struct vparam *p = vbuild_param(b, e->name.len + strlen(type) + strlen(value));

	if (!p) {
		free(value);
		return;
	}
	p->name = vtok_text(&e->name);
	p->type = mem_strdup(type);
	p->value = value;
	p->local = local;
}

static void read_params(struct vbuild *b, bool header)
{
	struct vscan *s = &b->s;
	struct vopen *top = vbuild_top(b);
	char *type = mem_strdup("");
	bool local = false;

	for (;;) {
		struct element e;

		read_element(s, &e);
		if (e.lead)
			local = e.lead == VWORD_LOCALPARAM || (!header && top->has_header_params);
		if (e.lead || has_type(&e)) {
			free(type);
			type = type_text(b, &e);
		}
		if (e.name.len)
			add_param(b, &e, type, local);
		if (s->cur.symbol == ',')
			vscan_next(s);
		else if (!is_lead(s) || e.brackets_open || (!e.lead && !e.name.len))
			break;
	}
	free(type);
}

void vdecl_header_params(struct vbuild *b)
{
	vbuild_top(b)->has_header_params = true;
	vscan_next(&b->s);
	read_params(b, true);
	if (b->s.cur.symbol == ')')
		vscan_next(&b->s);
}

void vdecl_body_params(struct vbuild *b)
{
	read_params(b, false);
}

/* Ports --------------------------------------------------------------------- */

static enum vport_dir direction(enum vword lead)
{
	switch (lead) {
	case VWORD_INPUT:
		return VPORT_INPUT;
	case VWORD_OUTPUT:
		return VPORT_OUTPUT;
	case VWORD_REF:
		return VPORT_REF;
	default:
		return VPORT_INOUT;
	}
}

/* In "axi_if bus" after "input clk", is axi_if an interface, or the type of
 * another input? The syntax is the same; only common suffixes of type names tell. */
static bool named_like_type(const struct vtok *t)
{
	static const char *const ends[] = { "_t", "_e", "_s", "_u", "_type", "_enum", "_struct" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(ends[i]);

		if (t->len > n && memcmp(t->s + t->len - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

static bool is_interface(const struct element *e)
{
	if (e->lead || !has_type(e))
		return false;
	if (e->first.word == VWORD_INTERFACE || e->dotted)
		return true;
	return e->first.kind == VTOKEN_NAME && !e->scoped && !named_like_type(&e->first);
}

static bool add_port(struct vbuild *b, const struct element *e, enum vport_dir dir,
		     const char *type)
{
	char *dims = range_text(b, e->dims_from, e->dims_to);
	struct vport *p = vbuild_port(b, e->name.len + strlen(type) + strlen(dims));

	if (!p) {
		free(dims);
		return false;
	}
	p->dir = dir;
	p->name = vtok_text(&e->name);
	p->type = mem_strdup(type);
	p->dims = dims;
	p->line = e->name.line;
	p->has_default = e->value_from < e->value_to;
	return true;
}

static void put_inner(struct vbuild *b, const struct vtok *name, enum says says)
{
	name_map_put(&vbuild_top(b)->ports, name->s, name->len,
		     4 * (vbuild_unit(b)->n_ports - 1) + says);
}

/* Adds a port given by name only; "input" and the like follow in the body. */
static void add_bare_port(struct vbuild *b, const struct element *e)
{
	const struct inner *in = &e->inner;
	enum says says = in->joined ? SAYS_PART : in->range_from ? SAYS_DIRECTION : SAYS_ALL;
	char *type = says == SAYS_DIRECTION ? range_text(b, in->range_from, in->range_to)
					    : mem_strdup("");

	if (add_port(b, e, VPORT_INOUT, type)) {
		if (in->n == 0)
			put_inner(b, &e->name, SAYS_ALL);
		for (size_t i = 0; i < in->n; i++)
			put_inner(b, &in->v[i], says);
	}
	free(type);
}

void vdecl_header_ports(struct vbuild *b)
{
	struct vscan *s = &b->s;
	enum vport_dir dir = VPORT_INOUT;
	char *type = mem_strdup("");
	bool bare = true;

	vscan_next(s);
	for (;;) {
		struct element e;

		read_element(s, &e);
		if (e.lead || has_type(&e)) {
			bare = false;
			if (is_interface(&e))
				dir = VPORT_INTERFACE;
			else if (e.lead)
				dir = direction(e.lead);
			else if (dir == VPORT_INTERFACE)
				dir = VPORT_INOUT;
			free(type);
			type = type_text(b, &e);
		}
		if (e.name.len && bare)
			add_bare_port(b, &e);
		else if (e.name.len)
			add_port(b, &e, dir, type);
		if (s->cur.symbol == ',')
			vscan_next(s);
		else if (!is_lead(s) || e.brackets_open || (!e.lead && !e.name.len))
			break;
	}
	if (s->cur.symbol == ')')
		vscan_next(s);
	free(type);
}

static struct vport *known_port(struct vbuild *b, const struct vtok *name, enum says *says)
{
	size_t i;

	if (!name_map_get(&vbuild_top(b)->ports, name->s, name->len, &i))
		return NULL;
	*says = i % 4;
	return &vbuild_unit(b)->ports[i / 4];
}

/* For .a({b, c}) after "input [3:0] b; input c;": [((3)-(0)+1)+1-1:0]. */
static void widen(struct vbuild *b, struct vport *p, const char *type)
{
	const char *range = strchr(type, '['), *colon = range ? strchr(range, ':') : NULL;
	size_t len = range ? strlen(range) : 0;
	char *width, *wider;

	if ((range && strchr(range + 1, '[')) || b->budget < strlen(p->type) + 2 * len + 16)
		return;
	b->budget -= strlen(p->type) + 2 * len + 16;
	if (colon)
		width = str_fmt("((%.*s)-(%.*s)+1)", (int)(colon - range - 1), range + 1,
				(int)(len - (size_t)(colon - range) - 2), colon + 1);
	else
		width = mem_strdup("1");
	if (p->type[0])
		wider = str_fmt("%.*s+%s-1:0]", (int)(strlen(p->type) - strlen("-1:0]")), p->type,
				width);
	else
		wider = str_fmt("[%s-1:0]", width);
	free(width);
	free(p->type);
	p->type = wider;
}

/* "output [3:0] q; reg q;" gives reg [3:0]: what the later declaration omits is
 * taken from the earlier. */
static void set_type(struct vbuild *b, struct vport *p, const char *type)
{
	bool has_range = strchr(type, '[') != NULL;
	char *both;

	if (b->budget < strlen(type) + strlen(p->type))
		return;
	b->budget -= strlen(type) + strlen(p->type);
	if (!has_range && type[0] && p->type[0] == '[')
		both = str_fmt("%s %s", type, p->type);
	else
		both = mem_strdup(type[0] ? type : p->type);
	free(p->type);
	p->type = both;
}

static void read_body(struct vbuild *b, bool types_only)
{
	struct vscan *s = &b->s;
	enum vport_dir dir = VPORT_INOUT;
	char *type = mem_strdup("");

	for (;;) {
		struct element e;
		struct vport *p;
		enum says says = SAYS_ALL;

		read_element(s, &e);
		if (e.lead)
			dir = direction(e.lead);
		if (e.lead || has_type(&e)) {
			free(type);
			type = type_text(b, &e);
		}
		p = e.name.len ? known_port(b, &e.name, &says) : NULL;
		if (p && !types_only)
			p->dir = dir;
		if (p && says == SAYS_ALL)
			set_type(b, p, type);
		else if (p && says == SAYS_PART && !types_only)
			widen(b, p, type);
		if (p && says == SAYS_ALL && e.dims_from < e.dims_to && !p->dims[0]) {
			free(p->dims);
			p->dims = range_text(b, e.dims_from, e.dims_to);
		}
		if (s->cur.symbol != ',')
			break;
		vscan_next(s);
	}
	free(type);
}

void vdecl_body_ports(struct vbuild *b)
{
	read_body(b, false);
}

void vdecl_body_type(struct vbuild *b)
{
	read_body(b, true);
}
