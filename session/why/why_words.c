/* Prints an expression as its author may have written it: extensions are dropped, a
 * constant that the tool moved to the front goes back, and small numbers are decimal.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/why/why_inner.h"

#define TEXT_MAX 160 /* bytes of an expression; the rest is ... */
#define DEPTH	 24

static const char *const infix[] = {
	[CIRCUIT_AND] = "&",	     [CIRCUIT_OR] = "|",	 [CIRCUIT_XOR] = "^",
	[CIRCUIT_XNOR] = "~^",	     [CIRCUIT_LOG_AND] = "&&",	 [CIRCUIT_LOG_OR] = "||",
	[CIRCUIT_IMPLIES] = "->",    [CIRCUIT_EQ] = "==",	 [CIRCUIT_NEQ] = "!=",
	[CIRCUIT_SAME] = "===",	     [CIRCUIT_NOT_SAME] = "!==", [CIRCUIT_MATCH] = "==?",
	[CIRCUIT_NOT_MATCH] = "!=?", [CIRCUIT_LT] = "<",	 [CIRCUIT_LTS] = "<",
	[CIRCUIT_GT] = ">",	     [CIRCUIT_GTS] = ">",	 [CIRCUIT_LTE] = "<=",
	[CIRCUIT_LTES] = "<=",	     [CIRCUIT_GTE] = ">=",	 [CIRCUIT_GTES] = ">=",
	[CIRCUIT_ADD] = "+",	     [CIRCUIT_SUB] = "-",	 [CIRCUIT_MUL] = "*",
	[CIRCUIT_DIV] = "/",	     [CIRCUIT_DIVS] = "/",	 [CIRCUIT_MOD] = "%",
	[CIRCUIT_MODS] = "%",	     [CIRCUIT_LEFT] = "<<",	 [CIRCUIT_RIGHT] = ">>",
	[CIRCUIT_RIGHTS] = ">>>",
};

static const char *const prefix[] = {
	[CIRCUIT_NOT] = "~",	 [CIRCUIT_LOG_NOT] = "!", [CIRCUIT_NEGATE] = "-",
	[CIRCUIT_RED_AND] = "&", [CIRCUIT_RED_OR] = "|",  [CIRCUIT_RED_XOR] = "^",
};

/* The operator with swapped operands; NULL: none. */
static const char *mirrored(enum circuit_op op)
{
	switch (op) {
	case CIRCUIT_LT:
	case CIRCUIT_LTS:
		return ">";
	case CIRCUIT_GT:
	case CIRCUIT_GTS:
		return "<";
	case CIRCUIT_LTE:
	case CIRCUIT_LTES:
		return ">=";
	case CIRCUIT_GTE:
	case CIRCUIT_GTES:
		return "<=";
	case CIRCUIT_ADD:
	case CIRCUIT_MUL:
	case CIRCUIT_AND:
	case CIRCUIT_OR:
	case CIRCUIT_XOR:
	case CIRCUIT_EQ:
	case CIRCUIT_NEQ:
	case CIRCUIT_SAME:
	case CIRCUIT_NOT_SAME:
		return infix[op];
	default:
		return NULL;
	}
}

/* Both operands have a sign. */
static bool has_sign(enum circuit_op op)
{
	switch (op) {
	case CIRCUIT_LTS:
	case CIRCUIT_GTS:
	case CIRCUIT_LTES:
	case CIRCUIT_GTES:
	case CIRCUIT_DIVS:
	case CIRCUIT_MODS:
		return true;
	default:
		return false;
	}
}

/* sign: it is known to have one. The tool drops the s of a constant that it computed, as of
 * -18'sd32768. */
static void constant(const char *text, bool sign, struct str *out)
{
	const char *h = strchr(text, '\'');
	size_t len = h ? strlen(h) : 0;

	if (h && h[1] == 's') {
		sign = true;
		h++, len--;
	}
	if (h && h[1] == 'h' && len <= 9u + sign) {
		unsigned long width = strtoul(text, NULL, 10);
		unsigned long value = strtoul(h + 2, NULL, 16);
		bool minus = sign && width > 1 && width <= 32 && value >> (width - 1) & 1;

		if (minus)
			value = (1ul << width) - value;
		str_adds(out, minus ? "-" : "");
		if (width != 32 && width != 1)
			str_addf(out, "%lu'%sd", width, sign ? "s" : "");
		str_addf(out, "%lu", value);
	} else {
		str_adds(out, text);
	}
}

static void words(const struct circuit *c, uint32_t node, int depth, bool inner, struct str *out);

static void list(const struct circuit *c, uint32_t first, int depth, struct str *out)
{
	for (uint32_t k = first; k; k = c->nodes[k].next) {
		words(c, k, depth, false, out);
		str_adds(out, c->nodes[k].next ? ", " : "");
	}
}

static void part(const struct circuit *c, const struct circuit_node *n, int depth, struct str *out)
{
	uint32_t low = c->nodes[n->first].next;
	const struct circuit_node *l = &c->nodes[low];
	bool whole = c->nodes[n->first].op != CIRCUIT_VAR &&
		     c->nodes[n->first].op != CIRCUIT_ELEMENT &&
		     c->nodes[n->first].op != CIRCUIT_FIELD;
	const char *h = l->op == CIRCUIT_CONST ? strchr(c->texts[l->ref], 'h') : NULL;
	unsigned long first = h ? strtoul(h + 1, NULL, 16) : 0;

	/* A cut added by the tool, of a sum to its width. */
	if (whole && h && first == 0) {
		words(c, n->first, depth, true, out);
		return;
	}
	words(c, n->first, depth, true, out);
	str_addc(out, '[');
	if (h && n->width > 1)
		str_addf(out, "%lu:%lu", first + n->width - 1, first);
	else if (h)
		str_addf(out, "%lu", first);
	else
		words(c, low, depth, false, out);
	if (!h && n->width > 1)
		str_addf(out, "+:%u", n->width);
	str_addc(out, ']');
}

static void operand(const struct circuit *c, uint32_t node, int depth, bool sign, struct str *out)
{
	if (sign && c->nodes[node].op == CIRCUIT_CONST)
		constant(c->texts[c->nodes[node].ref], true, out);
	else
		words(c, node, depth, true, out);
}

static void binary(const struct circuit *c, const struct circuit_node *n, int depth, bool inner,
		   struct str *out)
{
	uint32_t a = n->first, b = c->nodes[a].next;
	const char *sign = infix[n->op];

	if (c->nodes[a].op == CIRCUIT_CONST && c->nodes[b].op != CIRCUIT_CONST && mirrored(n->op)) {
		uint32_t was = a;

		a = b;
		b = was;
		sign = mirrored(n->op);
	}
	str_adds(out, inner ? "(" : "");
	operand(c, a, depth, has_sign(n->op), out);
	str_addf(out, " %s ", sign);
	operand(c, b, depth, has_sign(n->op), out);
	str_adds(out, inner ? ")" : "");
}

static void condition(const struct circuit *c, const struct circuit_node *n, int depth, bool inner,
		      struct str *out)
{
	uint32_t then = c->nodes[n->first].next;

	str_adds(out, inner ? "(" : "");
	words(c, n->first, depth, true, out);
	str_adds(out, " ? ");
	words(c, then, depth, true, out);
	str_adds(out, " : ");
	words(c, c->nodes[then].next, depth, true, out);
	str_adds(out, inner ? ")" : "");
}

void why_name(const char *name, struct str *out)
{
	bool plain = isalpha((unsigned char)name[0]) || name[0] == '_';

	for (const char *at = name; *at && plain; at++)
		plain = isalnum((unsigned char)*at) || *at == '_' || *at == '$';
	str_addf(out, plain ? "%s" : "\\%s ", name);
}

static void element(const struct circuit *c, const struct circuit_node *n, int depth,
		    struct str *out)
{
	words(c, n->first, depth, true, out);
	str_addc(out, '[');
	words(c, c->nodes[n->first].next, depth, false, out);
	str_addc(out, ']');
}

static void operation(const struct circuit *c, const struct circuit_node *n, int depth, bool inner,
		      struct str *out)
{
	if (n->op < sizeof(prefix) / sizeof(*prefix) && prefix[n->op] && n->first) {
		str_adds(out, prefix[n->op]);
		words(c, n->first, depth, true, out);
	} else if (n->op < sizeof(infix) / sizeof(*infix) && infix[n->op] && n->first) {
		binary(c, n, depth, inner, out);
	} else {
		str_adds(out, "f(");
		list(c, n->first, depth, out);
		str_addc(out, ')');
	}
}

static void words(const struct circuit *c, uint32_t node, int depth, bool inner, struct str *out)
{
	const struct circuit_node *n = &c->nodes[node];

	if (!node || depth > DEPTH || out->len > TEXT_MAX) {
		if (!str_ends(str_cstr(out), "..."))
			str_adds(out, "...");
		return;
	}
	depth++;
	switch (n->op) {
	case CIRCUIT_CONST:
		constant(c->texts[n->ref], false, out);
		break;
	case CIRCUIT_VAR:
		why_name(circuit_own_name(&c->vars[n->ref]), out);
		break;
	case CIRCUIT_OUTSIDE:
		str_adds(out, c->texts[n->ref]);
		break;
	case CIRCUIT_PART:
		part(c, n, depth, out);
		break;
	case CIRCUIT_ELEMENT:
		element(c, n, depth, out);
		break;
	case CIRCUIT_FIELD:
		words(c, n->first, depth, true, out);
		str_addf(out, ".%s", c->texts[n->ref]);
		break;
	case CIRCUIT_CONCAT:
		str_addc(out, '{');
		list(c, n->first, depth, out);
		str_addc(out, '}');
		break;
	case CIRCUIT_REPLICATE:
		str_addc(out, '{');
		words(c, c->nodes[n->first].next, depth, true, out);
		str_addc(out, '{');
		words(c, n->first, depth, false, out);
		str_adds(out, "}}");
		break;
	case CIRCUIT_COND:
		condition(c, n, depth, inner, out);
		break;
	case CIRCUIT_EXTEND:
	case CIRCUIT_EXTENDS:
	case CIRCUIT_ARG:
		words(c, n->first, depth, inner, out);
		break;
	case CIRCUIT_CALL:
		str_addf(out, "%s(", c->texts[c->nodes[n->ref].ref]);
		list(c, n->first, depth, out);
		str_addc(out, ')');
		break;
	default:
		operation(c, n, depth, inner, out);
		break;
	}
}

void why_expression(const struct circuit *c, uint32_t node, struct str *out)
{
	struct str s = STR_INIT;

	words(c, node, 0, false, &s);
	str_add(out, str_cstr(&s), s.len);
	str_free(&s);
}
