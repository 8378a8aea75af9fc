/* A value is computed for the width and sign of its context. An operator with
 * context-determined operands passes both down; any other evaluates its operands with
 * their own and extends the result. So an operand of a wide sum is extended before the
 * addition, and one unsigned operand makes all of them unsigned. */
#include "config.h"

#include "session/trace/expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/expr_inner.h"
#include "session/trace/expr_op.h"
#include "session/trace/trace_string.h"

static struct bits value(struct expr *e, const struct expr_node *n, unsigned width, bool sign);
static double real_value(struct expr *e, const struct expr_node *n);

static struct bits own(struct expr *e, const struct expr_node *n)
{
	return value(e, n, n->width, n->sign);
}

static const char *leaf_text(struct expr *e, const struct expr_node *n, size_t *len)
{
	*len = 0;
	return e->from ? e->from->value(e->from->ctx, n->leaf, e->back, len) : NULL;
}

static struct bits leaf_bits(struct expr *e, const struct expr_node *n)
{
	size_t len;
	const char *text = leaf_text(e, n, &len);

	return bits_text(&e->pool, n->width, text ? text : "x", text ? len : 1);
}

static char truth(struct expr *e, const struct expr_node *n);

static const char *text_value(struct expr *e, const struct expr_node *n, size_t *len)
{
	const char *text;

	switch (n->op) {
	case OP_TEXT:
		*len = n->len;
		return n->text;
	case OP_SIGNAL:
		text = leaf_text(e, n, len);
		return text ? text : "";
	case OP_PAST:
		e->back += (unsigned)n->number;
		text = text_value(e, n->a, len);
		e->back -= (unsigned)n->number;
		return text;
	default: /* OP_COND */
		return text_value(e, truth(e, n->a) == '1' ? n->b : n->c, len);
	}
}

static char truth(struct expr *e, const struct expr_node *n)
{
	struct bits b;
	double r;

	if (n->kind == EXPR_REAL) {
		r = real_value(e, n);
		return isnan(r) ? 'x' : r != 0 ? '1' : '0';
	}
	b = own(e, n);
	return bits_truth(&b);
}

static double real_value(struct expr *e, const struct expr_node *n)
{
	struct bits b;
	const char *text;
	size_t len;
	char number[64];
	double r;

	if (n->kind != EXPR_REAL) {
		b = own(e, n);
		return expr_bits_real(&b, n->sign);
	}
	switch (n->op) {
	case OP_REAL:
		return n->real;
	case OP_SIGNAL:
		text = leaf_text(e, n, &len);
		if (!text || len >= sizeof(number))
			return NAN;
		memcpy(number, text, len);
		number[len] = '\0';
		return strtod(number, NULL);
	case OP_PAST:
		e->back += (unsigned)n->number;
		r = real_value(e, n->a);
		e->back -= (unsigned)n->number;
		return r;
	case OP_PLUS:
		return real_value(e, n->a);
	case OP_MINUS:
		return -real_value(e, n->a);
	case OP_ADD:
		return real_value(e, n->a) + real_value(e, n->b);
	case OP_SUB:
		return real_value(e, n->a) - real_value(e, n->b);
	case OP_MUL:
		return real_value(e, n->a) * real_value(e, n->b);
	case OP_DIV:
		return real_value(e, n->a) / real_value(e, n->b);
	default: /* OP_COND */
		return real_value(e, truth(e, n->a) == '1' ? n->b : n->c);
	}
}

static struct bits one(struct expr *e, char c)
{
	return bits_all(&e->pool, 1, c);
}

/* Evaluates two operands in their common context, the wider of the two. */
static void pair(struct expr *e, const struct expr_node *a, const struct expr_node *b,
		 struct bits *x, struct bits *y)
{
	unsigned width = a->width > b->width ? a->width : b->width;
	bool sign = a->sign && b->sign;

	*x = value(e, a, width, sign);
	*y = value(e, b, width, sign);
}

/* As they are shown, so that what was read there is found: "50 ns", in the dump 50\040ns. */
static char compare_texts(struct expr *e, const struct expr_node *n)
{
	struct str a = STR_INIT, b = STR_INIT;
	const char *text;
	size_t len;
	char same;

	text = text_value(e, n->a, &len);
	trace_string_text(text, len, &a);
	text = text_value(e, n->b, &len);
	trace_string_text(text, len, &b);
	same = a.len == b.len && memcmp(str_cstr(&a), str_cstr(&b), a.len) == 0 ? '1' : '0';
	str_free(&a);
	str_free(&b);
	return same;
}

static char compare_bits(struct expr *e, const struct expr_node *n)
{
	struct bits a, b;

	pair(e, n->a, n->b, &a, &b);
	return expr_compare_bits(n->op, &a, &b, n->a->sign && n->b->sign);
}

static char compare(struct expr *e, const struct expr_node *n)
{
	char c;

	if (n->a->kind == EXPR_TEXT) {
		c = compare_texts(e, n);
		return n->op == OP_NE || n->op == OP_NSAME ? expr_not(c) : c;
	}
	if (n->a->kind == EXPR_REAL || n->b->kind == EXPR_REAL)
		return expr_compare_reals(n->op, real_value(e, n->a), real_value(e, n->b));
	return compare_bits(e, n);
}

static char is_inside(struct expr *e, const struct expr_node *n)
{
	char any = '0';

	for (const struct expr_node *l = n->b; l && any != '1'; l = l->b) {
		struct expr_node at_least = { .op = OP_GE, .a = n->a, .b = l->a->a };
		struct expr_node at_most = { .op = OP_LE, .a = n->a, .b = l->a->b };
		struct expr_node is = { .op = OP_MATCH, .a = n->a, .b = l->a };
		char c = l->a->op == OP_BETWEEN
				 ? expr_and(compare_bits(e, &at_least), compare_bits(e, &at_most))
				 : compare_bits(e, &is);

		any = expr_not(expr_and(expr_not(any), expr_not(c)));
	}
	return any;
}

static char logical(struct expr *e, const struct expr_node *n)
{
	char a = truth(e, n->a), b;

	if (n->op == OP_LNOT)
		return expr_not(a);
	b = truth(e, n->b);
	if (n->op == OP_LAND)
		return expr_and(a, b);
	if (n->op == OP_IMPLIES)
		a = expr_not(a);
	return expr_not(expr_and(expr_not(a), expr_not(b)));
}

static char reduce(struct expr *e, const struct expr_node *n)
{
	struct bits a = own(e, n->a);

	return expr_reduce(n->op, &a);
}

/* Position of an index, counted from the least significant bit. */
static int64_t position(const struct expr_node *signal, int64_t index)
{
	return signal->msb >= signal->lsb ? index - signal->lsb : signal->lsb - index;
}

static bool index_of(struct expr *e, const struct expr_node *n, int64_t *index)
{
	struct bits b = own(e, n);
	uint64_t number;

	if (n->sign && bits_negative(&b)) {
		b = bits_resize(&e->pool, &b, 64, true);
		number = b.val[0];
		*index = (int64_t)number;
		return !bits_unknown(&b) && *index > INT32_MIN;
	}
	if (!bits_fits(&b, &number) || number > INT32_MAX)
		return false;
	*index = (int64_t)number;
	return true;
}

static struct bits selected(struct expr *e, const struct expr_node *n)
{
	struct bits of = leaf_bits(e, n->a);
	bool down = n->a->msb >= n->a->lsb;
	int64_t at, last = (int64_t)n->number - 1;

	if (!index_of(e, n->b, &at))
		return bits_all(&e->pool, n->width, 'x');
	at = position(n->a, at);
	switch (n->op) {
	case OP_BIT:
		break;
	case OP_UP:
		at -= down ? 0 : last;
		break;
	case OP_DOWN:
		at -= down ? last : 0;
		break;
	default: /* [m:l]: m is the most significant */
		at -= last;
	}
	return bits_part(&e->pool, &of, at, n->width);
}

static struct bits joined(struct expr *e, const struct expr_node *n)
{
	struct bits r = own(e, n->a->a);

	for (const struct expr_node *l = n->a->b; l; l = l->b) {
		struct bits low = own(e, l->a);

		r = bits_concat(&e->pool, &r, &low);
	}
	return r;
}

static struct bits repeated(struct expr *e, const struct expr_node *n)
{
	struct bits a = own(e, n->a), r = bits_new(&e->pool, n->width);

	for (unsigned i = 0; i < n->width; i++)
		bits_set(&r, i, bits_get(&a, i % a.width));
	return r;
}

/* True if the value equals that of the previous cycle. */
static char is_stable(struct expr *e, const struct expr_node *n)
{
	struct str now = STR_INIT;
	struct bits a, b;
	char same;
	double x, y;
	const char *text;
	size_t len;

	if (n->a->kind == EXPR_TEXT) {
		text = text_value(e, n->a, &len);
		str_add(&now, text, len);
		e->back++;
		text = text_value(e, n->a, &len);
		same = now.len == len && memcmp(str_cstr(&now), text, len) == 0 ? '1' : '0';
		str_free(&now);
	} else if (n->a->kind == EXPR_REAL) {
		x = real_value(e, n->a);
		e->back++;
		y = real_value(e, n->a);
		same = x == y || (isnan(x) && isnan(y)) ? '1' : '0';
	} else {
		a = own(e, n->a);
		e->back++;
		b = own(e, n->a);
		same = bits_same(&a, &b);
	}
	e->back--;
	return same;
}

/* The least significant bit is `want` now, and was not in the previous cycle. */
static char became(struct expr *e, const struct expr_node *n, char want)
{
	struct bits a = own(e, n->a);
	bool now = bits_get(&a, 0) == want, then;

	e->back++;
	a = own(e, n->a);
	e->back--;
	then = bits_get(&a, 0) == want;
	return now && !then ? '1' : '0';
}

static struct bits counted(struct expr *e, const struct expr_node *n)
{
	struct bits a = own(e, n->a);

	return expr_count(n->op, &e->pool, &a);
}

/* Evaluates an operator whose operands are self-determined. */
static struct bits apart(struct expr *e, const struct expr_node *n)
{
	struct bits r;

	switch (n->op) {
	case OP_NUMBER:
		return bits_text(&e->pool, n->width, n->text, n->len);
	case OP_SIGNAL:
		return leaf_bits(e, n);
	case OP_BIT:
	case OP_RANGE:
	case OP_UP:
	case OP_DOWN:
		return selected(e, n);
	case OP_LNOT:
	case OP_LAND:
	case OP_LOR:
	case OP_IMPLIES:
		return one(e, logical(e, n));
	case OP_RAND:
	case OP_RNAND:
	case OP_ROR:
	case OP_RNOR:
	case OP_RXOR:
	case OP_RXNOR:
		return one(e, reduce(e, n));
	case OP_INSIDE:
		return one(e, is_inside(e, n));
	case OP_CONCAT:
		return joined(e, n);
	case OP_REPEAT:
		return repeated(e, n);
	case OP_SIGNED:
	case OP_UNSIGNED:
		return own(e, n->a);
	case OP_PAST:
		e->back += (unsigned)n->number;
		r = own(e, n->a);
		e->back -= (unsigned)n->number;
		return r;
	case OP_ROSE:
		return one(e, became(e, n, '1'));
	case OP_FELL:
		return one(e, became(e, n, '0'));
	case OP_STABLE:
		return one(e, is_stable(e, n));
	case OP_CHANGED:
		return one(e, expr_not(is_stable(e, n)));
	case OP_COUNTONES:
	case OP_CLOG2:
	case OP_ONEHOT:
	case OP_ONEHOT0:
	case OP_ISUNKNOWN:
		return counted(e, n);
	default:
		return one(e, compare(e, n));
	}
}

static struct bits chosen(struct expr *e, const struct expr_node *n, unsigned width, bool sign)
{
	struct bits b, c;
	char which = truth(e, n->a);

	if (which == '1')
		return value(e, n->b, width, sign);
	c = value(e, n->c, width, sign);
	if (which == '0')
		return c;
	b = value(e, n->b, width, sign);
	return bits_merge(&e->pool, &b, &c);
}

static struct bits shifted(struct expr *e, const struct expr_node *n, unsigned width, bool sign)
{
	struct bits a = value(e, n->a, width, sign), by = own(e, n->b);

	if (n->op == OP_POW)
		return bits_pow(&e->pool, &a, &by, sign, n->b->sign);
	if (n->op == OP_SHL)
		return bits_left(&e->pool, &a, &by);
	return bits_right(&e->pool, &a, &by, n->op == OP_SSHR && sign);
}

static struct bits combined(struct expr *e, const struct expr_node *n, unsigned width, bool sign)
{
	struct bits a = value(e, n->a, width, sign), b = value(e, n->b, width, sign), r;

	switch (n->op) {
	case OP_ADD:
		return bits_add(&e->pool, &a, &b);
	case OP_SUB:
		return bits_sub(&e->pool, &a, &b);
	case OP_MUL:
		return bits_mul(&e->pool, &a, &b);
	case OP_DIV:
		return bits_div(&e->pool, &a, &b, sign);
	case OP_MOD:
		return bits_mod(&e->pool, &a, &b, sign);
	case OP_AND:
		return bits_and(&e->pool, &a, &b);
	case OP_OR:
		return bits_or(&e->pool, &a, &b);
	case OP_XOR:
		return bits_xor(&e->pool, &a, &b);
	default: /* OP_XNOR */
		r = bits_xor(&e->pool, &a, &b);
		return bits_not(&e->pool, &r);
	}
}

static struct bits value(struct expr *e, const struct expr_node *n, unsigned width, bool sign)
{
	struct bits a;

	switch (n->op) {
	case OP_FILL:
		return bits_all(&e->pool, width, n->text[0]);
	case OP_PLUS:
		return value(e, n->a, width, sign);
	case OP_MINUS:
		a = value(e, n->a, width, sign);
		return bits_negate(&e->pool, &a);
	case OP_NOT:
		a = value(e, n->a, width, sign);
		return bits_not(&e->pool, &a);
	case OP_ADD:
	case OP_SUB:
	case OP_MUL:
	case OP_DIV:
	case OP_MOD:
	case OP_AND:
	case OP_OR:
	case OP_XOR:
	case OP_XNOR:
		return combined(e, n, width, sign);
	case OP_POW:
	case OP_SHL:
	case OP_SHR:
	case OP_SSHR:
		return shifted(e, n, width, sign);
	case OP_COND:
		return chosen(e, n, width, sign);
	default:
		a = apart(e, n);
		return bits_resize(&e->pool, &a, width, sign && n->sign);
	}
}

struct expr_value expr_value(struct expr *e, const struct expr_source *from)
{
	struct expr_value v = { .kind = e->root->kind, .sign = e->root->sign };

	bits_reset(&e->pool);
	e->from = from;
	e->back = 0;
	if (v.kind == EXPR_REAL)
		v.real = real_value(e, e->root);
	else if (v.kind == EXPR_TEXT)
		v.text = text_value(e, e->root, &v.len);
	else
		v.bits = own(e, e->root);
	return v;
}

char expr_truth(struct expr *e, const struct expr_source *from)
{
	bits_reset(&e->pool);
	e->from = from;
	e->back = 0;
	return e->root->kind == EXPR_TEXT ? 'x' : truth(e, e->root);
}

static bool reads_signals(const struct expr_node *n)
{
	return n && (n->op == OP_SIGNAL || reads_signals(n->a) || reads_signals(n->b) ||
		     reads_signals(n->c));
}

bool expr_constant(struct expr *e, struct expr_node *n, int64_t *number, struct err *err)
{
	bool known = false;

	if (!reads_signals(n) && n->kind == EXPR_BITS) {
		e->from = NULL;
		known = index_of(e, n, number);
		bits_reset(&e->pool);
	}
	return known ||
	       err_set(err, ERR_PARSE, "column %u: a constant is expected here", n->column);
}
