/* SystemVerilog's operators on evaluated operands, with IEEE 1800's four states: a
 * comparison with an x is x unless a known bit decides (bits.h has the rules of each).
 * expr_value.c determines the operands' width and sign.
 */
#include "config.h"

#include "session/trace/expr_op.h"

#include <math.h>

#include "session/base/str.h"
#include "session/trace/trace_string.h"

char expr_not(char c)
{
	return c == 'x' ? 'x' : c == '1' ? '0' : '1';
}

char expr_and(char a, char b)
{
	return a == '0' || b == '0' ? '0' : a == '1' && b == '1' ? '1' : 'x';
}

char expr_compare_reals(enum expr_op op, double a, double b)
{
	bool holds;

	if (isnan(a) || isnan(b))
		return 'x';
	switch (op) {
	case OP_LT:
		holds = a < b;
		break;
	case OP_LE:
		holds = a <= b;
		break;
	case OP_GT:
		holds = a > b;
		break;
	case OP_GE:
		holds = a >= b;
		break;
	case OP_NE:
	case OP_NSAME:
		holds = a != b;
		break;
	default:
		holds = a == b;
	}
	return holds ? '1' : '0';
}

char expr_compare_bits(enum expr_op op, const struct bits *a, const struct bits *b, bool sign)
{
	switch (op) {
	case OP_LT:
		return bits_less(a, b, sign);
	case OP_LE:
		return expr_not(bits_less(b, a, sign));
	case OP_GT:
		return bits_less(b, a, sign);
	case OP_GE:
		return expr_not(bits_less(a, b, sign));
	case OP_EQ:
		return bits_equal(a, b);
	case OP_NE:
		return expr_not(bits_equal(a, b));
	case OP_SAME:
		return bits_same(a, b);
	case OP_NSAME:
		return expr_not(bits_same(a, b));
	case OP_MATCH:
		return bits_match(a, b);
	default:
		return expr_not(bits_match(a, b));
	}
}

char expr_reduce(enum expr_op op, const struct bits *a)
{
	switch (op) {
	case OP_RAND:
		return bits_all_ones(a);
	case OP_RNAND:
		return expr_not(bits_all_ones(a));
	case OP_ROR:
		return bits_truth(a);
	case OP_RNOR:
		return expr_not(bits_truth(a));
	case OP_RXOR:
		return bits_parity(a);
	default:
		return expr_not(bits_parity(a));
	}
}

static struct bits log2_of(struct bits_pool *pool, const struct bits *a)
{
	unsigned n = a->width;

	if (bits_unknown(a))
		return bits_all(pool, 32, 'x');
	while (n > 0 && bits_get(a, n - 1) == '0')
		n--;
	if (n > 0 && bits_ones(a) == 1)
		n--;
	return bits_number(pool, 32, n);
}

static struct bits one(struct bits_pool *pool, bool holds)
{
	return bits_all(pool, 1, holds ? '1' : '0');
}

struct bits expr_count(enum expr_op op, struct bits_pool *pool, const struct bits *a)
{
	unsigned ones = bits_ones(a);

	switch (op) {
	case OP_COUNTONES:
		return bits_number(pool, 32, ones);
	case OP_CLOG2:
		return log2_of(pool, a);
	case OP_ONEHOT:
		return one(pool, ones == 1);
	case OP_ONEHOT0:
		return one(pool, ones <= 1);
	default:
		return one(pool, bits_unknown(a));
	}
}

double expr_bits_real(const struct bits *a, bool sign)
{
	double r = 0;
	bool minus = sign && bits_negative(a);

	/* A negative number is -1 - ~a. */
	for (unsigned i = a->width; i-- > 0;) {
		char c = bits_get(a, i);

		r = r * 2 + (minus ? c == '0' : c == '1');
	}
	return minus ? -1 - r : r;
}

/* Four bits as one digit, as %h prints them. */
static char digit(const struct bits *a, unsigned low)
{
	unsigned n = 0, x = 0, z = 0, ones = 0;

	for (unsigned i = 0; i < 4 && low + i < a->width; i++) {
		char c = bits_get(a, low + i);

		n++;
		x += c == 'x';
		z += c == 'z';
		ones |= (unsigned)(c == '1') << i;
	}
	if (x)
		return x == n ? 'x' : 'X';
	if (z)
		return z == n ? 'z' : 'Z';
	return "0123456789abcdef"[ones];
}

void expr_print(const struct expr_value *v, struct str *out)
{
	const struct bits *b = &v->bits;
	double small;

	if (v->kind == EXPR_REAL) {
		str_addf(out, "%.15g", v->real);
	} else if (v->kind == EXPR_TEXT) {
		trace_string_text(v->text, v->len, out);
	} else if (b->width == 1) {
		str_addc(out, bits_get(b, 0));
	} else if (v->sign && b->width <= 53 && !bits_unknown(b)) {
		small = expr_bits_real(b, true);
		str_addf(out, "%.0f", small);
	} else {
		str_addf(out, "%u'h", b->width);
		for (unsigned i = (b->width + 3) / 4; i-- > 0;)
			str_addc(out, digit(b, i * 4));
	}
}
