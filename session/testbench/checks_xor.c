/* A comparison by exclusive or, or by subtraction. The operators around it tell which value
 * is the bad one:
 *
 *     |(q ^ e)  (q ^ e) != 0  !(~|(q ^ e))    they differ
 *     !(q ^ e)  (q ^ e) == 0  ~|(q ^ e)       they do not
 *
 * They are removed one by one until two operands are left. "q ^ e" alone does not
 * count: in a condition on single bits it may mean anything. Nor does the difference of two
 * plain names, "head - tail", which is how far they are apart.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

#define LAYERS 8

/* Removes brackets around all of the span. */
struct vspan checks_unwrapped(const struct vstmts *s, struct vspan in)
{
	for (;;) {
		size_t first = checks_first_token(s, in), last;

		if (!checks_is(s, first, "("))
			return in;
		last = checks_closing(s, first, in);
		if (last <= first + 1 || !checks_in_span(s, last, in) ||
		    checks_in_span(s, last + 1, in))
			return in;
		in = (struct vspan){ s->tokens[first + 1].off, s->tokens[last].off };
	}
}

/* The only token on the outermost level that is one of the words; n_tokens if
 * there are none or several. */
static size_t only(const struct vstmts *s, struct vspan in, const char *const *words)
{
	size_t found = s->n_tokens;
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		depth += vstmts_bracket(s, i);
		if (depth || !checks_is_any(s, i, words))
			continue;
		if (found < s->n_tokens)
			return s->n_tokens;
		found = i;
	}
	return found;
}

/* Removes "!= 0", "=== 1'b1" and the like at the end. */
static bool take_question(const struct vstmts *s, struct vspan *in, bool *differs)
{
	size_t op = only(s, *in, checks_equal);
	bool zero;

	if (op + 1 >= s->n_tokens || !checks_in_span(s, op + 1, *in) ||
	    checks_in_span(s, op + 2, *in))
		return false;
	zero = checks_is_zero(s, op + 1);
	if (s->tokens[op + 1].kind != VTOKEN_NUMBER || (!zero && !checks_is_one(s, op + 1)))
		return false;
	*differs ^= (checks_is(s, op, "==") || checks_is(s, op, "===")) == zero;
	in->end = s->tokens[op].off;
	return true;
}

/* Removes "!", "|" and "~|" at the start. */
static bool take_sign(const struct vstmts *s, struct vspan *in, bool *differs)
{
	size_t first = checks_first_token(s, *in);
	bool negates =
		checks_is(s, first, "!") || checks_is(s, first, "~") || checks_is(s, first, "~|");

	if (!checks_in_span(s, first + 1, *in) || (!negates && !checks_is(s, first, "|")))
		return false;
	/* "~(a ^ b)" has a one for each equal bit. */
	if (checks_is(s, first, "~") && !checks_is(s, first + 1, "|"))
		return false;
	*differs ^= negates;
	in->off = s->tokens[first + 1].off;
	return true;
}

size_t checks_peel(const struct vstmts *s, struct vspan *in, bool *differs)
{
	size_t layers = 0;

	*in = checks_unwrapped(s, *in);
	*differs = true;
	while (layers < LAYERS && (take_question(s, in, differs) || take_sign(s, in, differs))) {
		*in = checks_unwrapped(s, *in);
		layers++;
	}
	return layers;
}

/* True for a single token in brackets or not. */
static bool is_plain(const struct vstmts *s, struct vspan in)
{
	in = checks_unwrapped(s, in);
	return !checks_in_span(s, checks_first_token(s, in) + 1, in);
}

bool checks_difference(const struct checks *c, const struct vstmts *s, struct vspan in,
		       struct vspan *left, struct vspan *right)
{
	static const char *const xor [] = { "^", NULL }, *const minus[] = { "-", NULL };
	static const char *const joins[] = { "&&", "||", "?", ",", NULL }, *const bits[] = { "&",
											     "|",
											     NULL };
	size_t op = only(s, in, xor), step = only(s, in, minus);
	bool steps = op >= s->n_tokens && step > checks_first_token(s, in);

	op = steps ? step : op;
	if (op >= s->n_tokens || checks_has_any(s, in, joins) || only(s, in, bits) < s->n_tokens)
		return false;
	*left = (struct vspan){ in.off, s->tokens[op].off };
	*right = (struct vspan){ s->tokens[op].off + s->tokens[op].len, in.end };
	if (steps && is_plain(s, *left) && is_plain(s, *right))
		return false;
	return checks_may_change(c, s, *left) && checks_may_change(c, s, *right);
}

bool checks_xor(const struct checks *c, const struct vstmts *s, struct vspan cond,
		struct vspan *left, struct vspan *right, bool *differs)
{
	struct vspan in = cond;

	return checks_peel(s, &in, differs) && checks_difference(c, s, in, left, right);
}
