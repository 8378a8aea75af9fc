/* Computes self-determined widths and signs bottom up, IEEE 1800-2017, clauses 11.6 to
 * 11.8. The evaluator applies the context. */
#include "config.h"

#include "session/base/str.h"
#include "session/trace/expr_inner.h"

#include <stdlib.h>

#define POW_WIDTH_MAX 1024

static bool refuse(const struct expr_node *n, struct err *err, const char *why)
{
	return err_set(err, ERR_PARSE, "column %u: %s", n->column, why);
}

static unsigned wider(const struct expr_node *a, const struct expr_node *b)
{
	return a->width > b->width ? a->width : b->width;
}

static bool one_bit(struct expr_node *n)
{
	n->width = 1;
	n->kind = EXPR_BITS;
	n->sign = false;
	return true;
}

/* Converts a text next to bits to the bits of its characters. */
static void text_as_bits(struct expr_node *n)
{
	struct str bits = STR_INIT;

	for (size_t i = 0; i < n->len; i++)
		for (int k = 8; k-- > 0;)
			str_addc(&bits, (char)('0' + (n->text[i] >> k & 1)));
	if (n->len == 0)
		str_adds(&bits, "00000000");
	free(n->text);
	n->op = OP_NUMBER;
	n->kind = EXPR_BITS;
	n->width = (unsigned)bits.len;
	n->len = bits.len;
	n->text = str_take(&bits);
}

/* Makes both operands the same kind. */
static bool agree(const struct expr_node *n, struct expr_node *a, struct expr_node *b,
		  struct err *err)
{
	if (a->kind == EXPR_BITS && b->op == OP_TEXT)
		text_as_bits(b);
	if (b->kind == EXPR_BITS && a->op == OP_TEXT)
		text_as_bits(a);
	if ((a->kind == EXPR_TEXT) != (b->kind == EXPR_TEXT))
		return refuse(n, err, "a text is compared with texts only");
	return true;
}

static bool only_bits(const struct expr_node *n, const struct expr_node *a, struct err *err)
{
	return !a || a->kind == EXPR_BITS ||
	       refuse(n, err, "the operator takes bits, neither a real nor a text");
}

static bool no_text(const struct expr_node *n, const struct expr_node *a, struct err *err)
{
	return !a || a->kind != EXPR_TEXT || refuse(n, err, "a string is not a number");
}

static bool is_real(const struct expr_node *n)
{
	return n->kind == EXPR_REAL;
}

/* + - * / and ?: of the wider width; signed if both are, real if one is. */
static bool arithmetic(struct expr_node *n, struct err *err)
{
	struct expr_node *b = n->b ? n->b : n->a;

	if (!no_text(n, n->a, err) || !no_text(n, b, err))
		return false;
	n->width = wider(n->a, b);
	n->sign = n->a->sign && b->sign;
	n->kind = is_real(n->a) || is_real(b) ? EXPR_REAL : EXPR_BITS;
	return true;
}

static bool bitwise(struct expr_node *n, struct err *err)
{
	return only_bits(n, n->a, err) && only_bits(n, n->b, err) && arithmetic(n, err);
}

static bool by_left(struct expr_node *n, struct err *err)
{
	if (!bitwise(n, err))
		return false;
	n->width = n->a->width;
	n->sign = n->a->sign;
	if (n->op == OP_POW && n->width > POW_WIDTH_MAX)
		return refuse(n, err, "** takes at most 1024 bits");
	return true;
}

static bool choice(struct expr_node *n, struct err *err)
{
	if (!no_text(n, n->a, err) || !agree(n, n->b, n->c, err))
		return false;
	n->width = wider(n->b, n->c);
	n->sign = n->b->sign && n->c->sign;
	n->kind = n->b->kind == EXPR_TEXT	   ? EXPR_TEXT
		  : is_real(n->b) || is_real(n->c) ? EXPR_REAL
						   : EXPR_BITS;
	return true;
}

static bool concat(struct expr_node *n, struct err *err)
{
	uint64_t width = 0;

	if (n->op == OP_REPEAT) {
		width = n->a->width;
	} else {
		for (struct expr_node *l = n->a; l; l = l->b) {
			if (l->a->op == OP_TEXT)
				text_as_bits(l->a);
			if (!only_bits(n, l->a, err))
				return false;
			width += l->a->width;
		}
	}
	width *= n->op == OP_REPEAT ? n->number : 1;
	if (width > BITS_WIDTH_MAX)
		return refuse(n, err, "{} makes more than 131072 bits");
	n->width = (unsigned)width;
	return true;
}

static bool inside(struct expr_node *n, struct err *err)
{
	for (struct expr_node *l = n->b; l; l = l->b) {
		struct expr_node *i = l->a;

		if (i->op == OP_BETWEEN ? !only_bits(n, i->a, err) || !only_bits(n, i->b, err)
					: !agree(n, n->a, i, err) || !only_bits(n, i, err))
			return false;
	}
	return only_bits(n, n->a, err) && one_bit(n);
}

static bool select_of(struct expr_node *n, struct err *err)
{
	if (!only_bits(n, n->a, err) || !only_bits(n, n->b, err))
		return false;
	n->width = n->op == OP_BIT ? 1 : (unsigned)n->number;
	return true;
}

/* A function of one operand that returns it, or one bit, or a count. */
static bool function(struct expr_node *n, struct err *err)
{
	if (n->op == OP_PAST) {
		n->width = n->a->width;
		n->sign = n->a->sign;
		n->kind = n->a->kind;
		return true;
	}
	if (n->op == OP_STABLE || n->op == OP_CHANGED)
		return one_bit(n);
	if (!only_bits(n, n->a, err))
		return false;
	one_bit(n);
	if (n->op == OP_SIGNED || n->op == OP_UNSIGNED)
		n->width = n->a->width;
	if (n->op == OP_COUNTONES || n->op == OP_CLOG2)
		n->width = 32;
	n->sign = n->op == OP_SIGNED || n->width == 32;
	if (n->op == OP_UNSIGNED)
		n->sign = false;
	return true;
}

static bool equality(struct expr_node *n, struct err *err)
{
	return agree(n, n->a, n->b, err) && one_bit(n);
}

static bool match(struct expr_node *n, struct err *err)
{
	return agree(n, n->a, n->b, err) && only_bits(n, n->a, err) && only_bits(n, n->b, err) &&
	       one_bit(n);
}

static bool between(struct expr_node *n, struct err *err)
{
	return agree(n, n->a, n->b, err);
}

static bool logical(struct expr_node *n, struct err *err)
{
	return no_text(n, n->a, err) && no_text(n, n->b, err) && one_bit(n);
}

static bool reduction(struct expr_node *n, struct err *err)
{
	return only_bits(n, n->a, err) && one_bit(n);
}

/* Any other name is a function. */
static bool (*const shapes[])(struct expr_node *n, struct err *err) = {
	[OP_BIT] = select_of,	 [OP_RANGE] = select_of, [OP_UP] = select_of,
	[OP_DOWN] = select_of,	 [OP_ADD] = arithmetic,	 [OP_SUB] = arithmetic,
	[OP_MUL] = arithmetic,	 [OP_DIV] = arithmetic,	 [OP_PLUS] = arithmetic,
	[OP_MINUS] = arithmetic, [OP_MOD] = bitwise,	 [OP_AND] = bitwise,
	[OP_OR] = bitwise,	 [OP_XOR] = bitwise,	 [OP_XNOR] = bitwise,
	[OP_NOT] = bitwise,	 [OP_POW] = by_left,	 [OP_SHL] = by_left,
	[OP_SHR] = by_left,	 [OP_SSHR] = by_left,	 [OP_EQ] = equality,
	[OP_NE] = equality,	 [OP_SAME] = equality,	 [OP_NSAME] = equality,
	[OP_MATCH] = match,	 [OP_NMATCH] = match,	 [OP_LT] = logical,
	[OP_LE] = logical,	 [OP_GT] = logical,	 [OP_GE] = logical,
	[OP_LAND] = logical,	 [OP_LOR] = logical,	 [OP_IMPLIES] = logical,
	[OP_LNOT] = logical,	 [OP_RAND] = reduction,	 [OP_RNAND] = reduction,
	[OP_ROR] = reduction,	 [OP_RNOR] = reduction,	 [OP_RXOR] = reduction,
	[OP_RXNOR] = reduction,	 [OP_COND] = choice,	 [OP_CONCAT] = concat,
	[OP_REPEAT] = concat,	 [OP_INSIDE] = inside,	 [OP_BETWEEN] = between,
};

bool expr_shape(struct expr_node *n, struct err *err)
{
	size_t op = (size_t)n->op;

	return op < sizeof(shapes) / sizeof(*shapes) && shapes[op] ? shapes[op](n, err)
								   : function(n, err);
}

unsigned expr_reach(const struct expr_node *n)
{
	unsigned most = 0, own;
	const struct expr_node *const of[] = { n->a, n->b, n->c };

	for (size_t i = 0; i < 3; i++) {
		unsigned r = of[i] ? expr_reach(of[i]) : 0;

		most = r > most ? r : most;
	}
	own = n->op == OP_PAST				? (unsigned)n->number
	      : n->op >= OP_ROSE && n->op <= OP_CHANGED ? 1
							: 0;
	return most + own;
}
