/* The value of an expression from the values of a trace, and what it depended on.
 *
 * Dependence is for this one evaluation: of a ? b : c only the selected arm, of a & b
 * with a at 0 only a, of an x only the operands that bring one, of a concatenation only
 * the parts with the bits in question. So the chain omits what had no influence.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/why/why_inner.h"

static uint32_t width_of(const struct pass *r, uint32_t node)
{
	uint32_t w = pass_node(r, node)->width;

	return w && w <= WIDTH_MAX ? w : 1;
}

static struct bits all_x(struct pass *r, uint32_t node)
{
	return bits_all(&r->w->pool, width_of(r, node), 'x');
}

static struct bits one(struct pass *r, char c)
{
	return bits_all(&r->w->pool, 1, c);
}

/* Parses "4'h1", "32'shf", "4'bzz10". */
static struct bits constant(struct pass *r, uint32_t node)
{
	const char *text = r->w->c->texts[pass_node(r, node)->ref], *h = strchr(text, '\'');
	uint32_t width = width_of(r, node);
	char *bits;
	size_t n = 0, len;
	struct bits out;

	if (!h)
		return all_x(r, node);
	h += h[1] == 's' ? 2 : 1;
	if (*h == 'b')
		return bits_text(&r->w->pool, width, h + 1, strlen(h + 1));
	if (*h != 'h')
		return all_x(r, node);
	len = strlen(++h);
	bits = mem_alloc(4 * len + 1);
	for (size_t i = 0; i < len; i++) {
		const char *digits = "0123456789abcdef", *d = strchr(digits, h[i]);
		int value = d && *d ? (int)(d - digits) : 0;

		for (int k = 3; k >= 0; k--)
			bits[n++] = value >> k & 1 ? '1' : '0';
	}
	/* bits_text() extends as VCD does; force a 0 in front. */
	bits[n] = '\0';
	out = len ? bits_text(&r->w->pool, width, bits, n) : all_x(r, node);
	free(bits);
	return out;
}

/* References ----------------------------------------------------------------------- */

static const struct known *known(const struct pass *r, const struct place *p)
{
	for (size_t i = r->n_env; i-- > 0;)
		if (place_same(&r->env[i].place, p))
			return &r->env[i];
	return NULL;
}

static struct bits value_of(struct pass *r, const struct place *p)
{
	const struct known *k = known(r, p);
	struct bits out;

	if (k)
		return k->value;
	if (r->w->instead.on && r->time == r->w->instead.time &&
	    place_same(p, &r->w->instead.place)) {
		r->w->instead.used = true;
		return r->w->instead.value;
	}
	if (!place_value(r->w, p, r->time, &out))
		r->unsure = true;
	return out;
}

static bool add_element(struct pass *r, uint32_t node, struct place *out)
{
	const struct circuit_var *v = &r->w->c->vars[out->var];
	struct bits index = eval(r, pass_node(r, pass_node(r, node)->first)->next);
	size_t len = strlen(out->element), dimension = 0;
	uint64_t i;

	for (const char *p = out->element; *p; p++)
		dimension += *p == '[';
	if (dimension >= v->n_dims || !bits_fits(&index, &i) || i >= v->count[dimension] ||
	    len + 16 > sizeof(out->element))
		return false;
	snprintf(out->element + len, sizeof(out->element) - len, "[%lld]",
		 (long long)i + v->lowest[dimension]);
	return true;
}

bool eval_place(struct pass *r, uint32_t node, struct place *out, struct range *range)
{
	const struct circuit_node *n = pass_node(r, node);
	struct bits low;
	uint64_t i;
	size_t len;

	if (++r->depth > NEST_MAX || r->w->work-- < 0)
		return r->depth--, r->unsure = true, false;
	r->depth--;
	switch (n->op) {
	case CIRCUIT_VAR:
		*out = (struct place){ r->instance, n->ref, "" };
		*range = (struct range){ 0, 0 };
		return true;
	case CIRCUIT_OUTSIDE:
		*range = (struct range){ 0, 0 };
		return place_outside(r->w, r->instance, r->w->c->texts[n->ref], out);
	case CIRCUIT_ELEMENT:
		return eval_place(r, n->first, out, range) && add_element(r, node, out);
	case CIRCUIT_FIELD:
		if (!eval_place(r, n->first, out, range))
			return false;
		len = strlen(out->element);
		return (size_t)snprintf(out->element + len, sizeof(out->element) - len, ".%s",
					r->w->c->texts[n->ref]) < sizeof(out->element) - len;
	case CIRCUIT_PART:
		if (!eval_place(r, n->first, out, range))
			return false;
		low = eval(r, pass_node(r, n->first)->next);
		if (!bits_fits(&low, &i) || i > WIDTH_MAX)
			return false;
		*range = (struct range){ range->low + (uint32_t)i, width_of(r, node) };
		return true;
	default:
		return false;
	}
}

static struct bits reference(struct pass *r, uint32_t node)
{
	struct place p;
	struct range range;
	struct bits out;

	if (!eval_place(r, node, &p, &range)) {
		r->unsure = true;
		return all_x(r, node);
	}
	if (r->w->c->vars[p.var].value && !p.element[0] && r->w->c->vars[p.var].constant)
		return eval(r, r->w->c->vars[p.var].value);
	out = value_of(r, &p);
	return bits_resize(&r->w->pool, &out, width_of(r, node), false);
}

/* Operators ------------------------------------------------------------------------- */

static struct bits part(struct pass *r, const struct circuit_node *n, uint32_t node)
{
	struct bits what = eval(r, n->first), low = eval(r, pass_node(r, n->first)->next);
	uint64_t i;

	if (!bits_fits(&low, &i) || i > WIDTH_MAX)
		return all_x(r, node);
	return bits_part(&r->w->pool, &what, (int64_t)i, width_of(r, node));
}

static struct bits concatenation(struct pass *r, const struct circuit_node *n, uint32_t node)
{
	struct bits out = eval(r, n->first);

	for (uint32_t k = pass_node(r, n->first)->next; k; k = pass_node(r, k)->next) {
		struct bits low = eval(r, k);

		if (out.width + low.width > WIDTH_MAX)
			return all_x(r, node);
		out = bits_concat(&r->w->pool, &out, &low);
	}
	return out;
}

static struct bits replication(struct pass *r, const struct circuit_node *n, uint32_t node)
{
	struct bits what = eval(r, n->first), count = eval(r, pass_node(r, n->first)->next),
		    out = what;
	uint64_t times;

	if (!bits_fits(&count, &times) || times == 0 || times * what.width > WIDTH_MAX)
		return all_x(r, node);
	for (uint64_t i = 1; i < times; i++)
		out = bits_concat(&r->w->pool, &out, &what);
	return out;
}

static struct bits condition(struct pass *r, const struct circuit_node *n)
{
	uint32_t then = pass_node(r, n->first)->next, other = pass_node(r, then)->next;
	char c = eval_truth(r, n->first);
	struct bits a, b;

	if (c != 'x')
		return eval(r, c == '1' ? then : other);
	a = eval(r, then);
	b = eval(r, other);
	b = bits_resize(&r->w->pool, &b, a.width, false);
	return bits_merge(&r->w->pool, &a, &b);
}

static char logic(enum circuit_op op, char a, char b)
{
	if (op == CIRCUIT_IMPLIES)
		return a == '0' || b == '1' ? '1' : a == '1' && b == '0' ? '0' : 'x';
	if (op == CIRCUIT_LOG_AND)
		return a == '0' || b == '0' ? '0' : a == '1' && b == '1' ? '1' : 'x';
	return a == '1' || b == '1' ? '1' : a == '0' && b == '0' ? '0' : 'x';
}

static char inverse(char c)
{
	return c == '0' ? '1' : c == '1' ? '0' : 'x';
}

static struct bits compare(struct pass *r, enum circuit_op op, const struct bits *a,
			   const struct bits *b)
{
	switch (op) {
	case CIRCUIT_EQ:
		return one(r, bits_equal(a, b));
	case CIRCUIT_NEQ:
		return one(r, inverse(bits_equal(a, b)));
	case CIRCUIT_SAME:
		return one(r, bits_same(a, b));
	case CIRCUIT_NOT_SAME:
		return one(r, inverse(bits_same(a, b)));
	case CIRCUIT_MATCH:
		return one(r, bits_match(a, b));
	case CIRCUIT_NOT_MATCH:
		return one(r, inverse(bits_match(a, b)));
	case CIRCUIT_LT:
	case CIRCUIT_LTS:
		return one(r, bits_less(a, b, op == CIRCUIT_LTS));
	case CIRCUIT_GT:
	case CIRCUIT_GTS:
		return one(r, bits_less(b, a, op == CIRCUIT_GTS));
	case CIRCUIT_LTE:
	case CIRCUIT_LTES:
		return one(r, inverse(bits_less(b, a, op == CIRCUIT_LTES)));
	default:
		return one(r, inverse(bits_less(a, b, op == CIRCUIT_GTES)));
	}
}

static struct bits compute(struct pass *r, enum circuit_op op, const struct bits *a,
			   const struct bits *b)
{
	struct bits_pool *p = &r->w->pool;

	switch (op) {
	case CIRCUIT_AND:
		return bits_and(p, a, b);
	case CIRCUIT_OR:
		return bits_or(p, a, b);
	case CIRCUIT_XOR:
		return bits_xor(p, a, b);
	case CIRCUIT_ADD:
		return bits_add(p, a, b);
	case CIRCUIT_SUB:
		return bits_sub(p, a, b);
	case CIRCUIT_MUL:
		return bits_mul(p, a, b);
	case CIRCUIT_DIV:
	case CIRCUIT_DIVS:
		return bits_div(p, a, b, op == CIRCUIT_DIVS);
	default:
		return bits_mod(p, a, b, op == CIRCUIT_MODS);
	}
}

/* Operands have the same width from the tool, but may not in a hostile file. */
static struct bits binary(struct pass *r, const struct circuit_node *n)
{
	uint32_t second = pass_node(r, n->first)->next;
	struct bits a = eval(r, n->first), b = eval(r, second), xnor;

	switch (n->op) {
	case CIRCUIT_LOG_AND:
	case CIRCUIT_LOG_OR:
	case CIRCUIT_IMPLIES:
		return one(r, logic(n->op, bits_truth(&a), bits_truth(&b)));
	case CIRCUIT_LEFT:
		return bits_left(&r->w->pool, &a, &b);
	case CIRCUIT_RIGHT:
	case CIRCUIT_RIGHTS:
		return bits_right(&r->w->pool, &a, &b, n->op == CIRCUIT_RIGHTS);
	case CIRCUIT_TRISTATE:
	case CIRCUIT_TRISTATE0: /* the enable comes first, constant or not */
		return bits_truth(&a) == (n->op == CIRCUIT_TRISTATE ? '1' : '0')
			       ? b
			       : bits_all(&r->w->pool, b.width, bits_truth(&a) == 'x' ? 'x' : 'z');
	default:
		break;
	}
	b = bits_resize(&r->w->pool, &b, a.width, false);
	if (n->op >= CIRCUIT_EQ && n->op <= CIRCUIT_GTES)
		return compare(r, n->op, &a, &b);
	if (n->op == CIRCUIT_XNOR) {
		xnor = bits_xor(&r->w->pool, &a, &b);
		return bits_not(&r->w->pool, &xnor);
	}
	return compute(r, n->op, &a, &b);
}

static struct bits unary(struct pass *r, uint32_t node, const struct circuit_node *n)
{
	struct bits a = eval(r, n->first);
	unsigned ones = bits_ones(&a);
	bool open = bits_unknown(&a);

	switch (n->op) {
	case CIRCUIT_NOT:
		return bits_not(&r->w->pool, &a);
	case CIRCUIT_NEGATE:
		return bits_negate(&r->w->pool, &a);
	case CIRCUIT_LOG_NOT:
		return one(r, inverse(bits_truth(&a)));
	case CIRCUIT_RED_AND:
		return one(r, bits_all_ones(&a));
	case CIRCUIT_RED_OR:
		return one(r, bits_truth(&a));
	case CIRCUIT_RED_XOR:
		return one(r, bits_parity(&a));
	case CIRCUIT_EXTEND:
	case CIRCUIT_EXTENDS:
		return bits_resize(&r->w->pool, &a, width_of(r, node), n->op == CIRCUIT_EXTENDS);
	case CIRCUIT_COUNT_ONES:
		return bits_number(&r->w->pool, width_of(r, node), ones);
	case CIRCUIT_ONE_HOT:
		return one(r, open ? 'x' : ones == 1 ? '1' : '0');
	case CIRCUIT_ONE_HOT0:
		return one(r, open ? 'x' : ones <= 1 ? '1' : '0');
	case CIRCUIT_IS_UNKNOWN:
		return one(r, open ? '1' : '0');
	default:
		r->unsure = true;
		return all_x(r, node);
	}
}

/* A function returns its value in the variable with its name. */
static struct bits call(struct pass *r, uint32_t node)
{
	const struct circuit *c = r->w->c;
	const char *name = c->texts[c->nodes[c->nodes[node].ref].ref];
	size_t before = r->n_env;
	struct bits out = all_x(r, node);

	r->w->call(r, node, r->depth);
	for (size_t i = r->n_env; i-- > before;) {
		const struct circuit_var *v = &c->vars[r->env[i].place.var];

		if (v->function == c->nodes[node].ref && strcmp(circuit_own_name(v), name) == 0) {
			out = r->env[i].value;
			break;
		}
	}
	r->n_env = before;
	return out;
}

struct bits eval(struct pass *r, uint32_t node)
{
	const struct circuit_node *n = pass_node(r, node);
	struct bits out;

	r->w->work -= 1 + (long)width_of(r, node) / 64; /* counts memory, too */
	if (!node || r->depth >= NEST_MAX || r->w->work < 0) {
		r->unsure = true;
		return all_x(r, node);
	}
	r->w->depth = ++r->depth;
	switch (n->op) {
	case CIRCUIT_CONST:
		out = constant(r, node);
		break;
	case CIRCUIT_VAR:
	case CIRCUIT_OUTSIDE:
	case CIRCUIT_ELEMENT:
	case CIRCUIT_FIELD:
		out = reference(r, node);
		break;
	case CIRCUIT_PART:
		out = part(r, n, node);
		break;
	case CIRCUIT_CONCAT:
		out = concatenation(r, n, node);
		break;
	case CIRCUIT_REPLICATE:
		out = replication(r, n, node);
		break;
	case CIRCUIT_COND:
		out = condition(r, n);
		break;
	case CIRCUIT_CALL:
		out = call(r, node);
		break;
	case CIRCUIT_ARG:
		out = eval(r, n->first);
		break;
	default:
		out = n->first && pass_node(r, n->first)->next && n->op >= CIRCUIT_AND &&
				      n->op <= CIRCUIT_TRISTATE0
			      ? binary(r, n)
			      : unary(r, node, n);
		break;
	}
	r->depth--;
	return out;
}

char eval_truth(struct pass *r, uint32_t node)
{
	struct bits b = eval(r, node);

	return bits_truth(&b);
}
