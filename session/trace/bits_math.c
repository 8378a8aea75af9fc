/* Arithmetic on known values; with an x or z in an operand the result is all x.
 * Multiplication and division are the schoolbook algorithms, word by word and bit by bit:
 * operands in a design mostly have one word, for which division is the machine's.
 */
#include "config.h"

#include "session/trace/bits_inner.h"

static struct bits add_known(struct bits_pool *p, const struct bits *a, const struct bits *b,
			     bool subtract)
{
	struct bits r = bits_new(p, a->width);
	uint64_t carry = subtract;

	for (unsigned i = 0; i < bits_words(a->width); i++) {
		uint64_t other = subtract ? ~b->val[i] : b->val[i];
		uint64_t sum = a->val[i] + other;
		uint64_t over = sum < other;

		r.val[i] = sum + carry;
		carry = over | (r.val[i] < carry);
	}
	bits_trim(&r);
	return r;
}

struct bits bits_add(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	if (bits_unknown(a) || bits_unknown(b))
		return bits_all(p, a->width, 'x');
	return add_known(p, a, b, false);
}

struct bits bits_sub(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	if (bits_unknown(a) || bits_unknown(b))
		return bits_all(p, a->width, 'x');
	return add_known(p, a, b, true);
}

struct bits bits_negate(struct bits_pool *p, const struct bits *a)
{
	struct bits zero = bits_new(p, a->width);

	return bits_sub(p, &zero, a);
}

struct bits bits_mul(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_new(p, a->width);
	unsigned n = bits_words(a->width);

	if (bits_unknown(a) || bits_unknown(b))
		return bits_all(p, a->width, 'x');
	for (unsigned i = 0; i < n; i++) {
		uint64_t carry = 0;

		for (unsigned k = 0; a->val[i] && i + k < n; k++) {
			unsigned __int128 sum =
				(unsigned __int128)a->val[i] * b->val[k] + r.val[i + k] + carry;

			r.val[i + k] = (uint64_t)sum;
			carry = (uint64_t)(sum >> 64);
		}
	}
	bits_trim(&r);
	return r;
}

static bool is_zero(const struct bits *a)
{
	for (unsigned i = 0; i < bits_words(a->width); i++)
		if (a->val[i] | a->unk[i])
			return false;
	return true;
}

/* r = r * 2 + bit; returns the bit shifted out. */
static bool shift_in(struct bits *r, bool bit)
{
	bool out = bits_get(r, r->width - 1) == '1';
	uint64_t carry = bit;

	for (unsigned i = 0; i < bits_words(r->width); i++) {
		uint64_t next = r->val[i] >> 63;

		r->val[i] = r->val[i] << 1 | carry;
		carry = next;
	}
	bits_trim(r);
	return out;
}

static void subtract_from(struct bits *a, const struct bits *b)
{
	uint64_t borrow = 0;

	for (unsigned i = 0; i < bits_words(a->width); i++) {
		uint64_t take = b->val[i] + borrow;

		borrow = (take < borrow) | (a->val[i] < take);
		a->val[i] -= take;
	}
	bits_trim(a);
}

/* Number of bits below the leading zeros. */
static unsigned significant(const struct bits *a)
{
	unsigned n = a->width;

	while (n > 0 && bits_get(a, n - 1) == '0')
		n--;
	return n;
}

/* Bit by bit, the most significant first. Both operands known, b not 0. */
static void divide(struct bits_pool *p, const struct bits *a, const struct bits *b,
		   struct bits *quot, struct bits *rest)
{
	*quot = bits_new(p, a->width);
	*rest = bits_new(p, a->width);
	if (a->width <= 64) {
		quot->val[0] = a->val[0] / b->val[0];
		rest->val[0] = a->val[0] % b->val[0];
		return;
	}
	for (unsigned i = significant(a); i-- > 0;) {
		bool over = shift_in(rest, bits_get(a, i) == '1');

		if (over || bits_order(rest, b) >= 0) {
			subtract_from(rest, b);
			bits_set(quot, i, '1');
		}
	}
}

/* The quotient is truncated towards 0, the remainder has the sign of a. */
static struct bits signed_division(struct bits_pool *p, const struct bits *a, const struct bits *b,
				   bool sign, bool want_rest)
{
	bool a_less = sign && bits_negative(a), b_less = sign && bits_negative(b);
	struct bits x = *a, y = *b, quot, rest;

	if (bits_unknown(a) || bits_unknown(b) || is_zero(b))
		return bits_all(p, a->width, 'x');
	if (a_less)
		x = bits_negate(p, a);
	if (b_less)
		y = bits_negate(p, b);
	divide(p, &x, &y, &quot, &rest);
	if (want_rest)
		return a_less ? bits_negate(p, &rest) : rest;
	return a_less != b_less ? bits_negate(p, &quot) : quot;
}

struct bits bits_div(struct bits_pool *p, const struct bits *a, const struct bits *b, bool sign)
{
	return signed_division(p, a, b, sign, false);
}

struct bits bits_mod(struct bits_pool *p, const struct bits *a, const struct bits *b, bool sign)
{
	return signed_division(p, a, b, sign, true);
}

static struct bits raise(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_number(p, a->width, 1);

	for (unsigned i = significant(b); i-- > 0;) {
		r = bits_mul(p, &r, &r);
		if (bits_get(b, i) == '1')
			r = bits_mul(p, &r, a);
	}
	return r;
}

struct bits bits_pow(struct bits_pool *p, const struct bits *a, const struct bits *b, bool a_sign,
		     bool b_sign)
{
	struct bits one = bits_number(p, a->width, 1), minus = bits_all(p, a->width, '1');

	if (bits_unknown(a) || bits_unknown(b))
		return bits_all(p, a->width, 'x');
	if (!b_sign || !bits_negative(b))
		return raise(p, a, b);
	/* Negative exponent: table 11-4. */
	if (is_zero(a))
		return bits_all(p, a->width, 'x');
	if (bits_order(a, &one) == 0)
		return one;
	if (a_sign && bits_order(a, &minus) == 0)
		return bits_get(b, 0) == '1' ? minus : one;
	return bits_new(p, a->width);
}
