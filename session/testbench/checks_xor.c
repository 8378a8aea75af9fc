/* A comparison by exclusive or, or by subtraction. The operators around it tell which value
 * is the bad one:
 *
 *     |(q ^ e)  (q ^ e) != 0  !(~|(q ^ e))    they differ
 *     !(q ^ e)  (q ^ e) == 0  ~|(q ^ e)       they do not
 *
 * They are removed one by one until two operands are left. "q ^ e" alone does not
 * count: in a condition on single bits it may mean anything. Nor does the difference of two
 * plain names, "head - tail", which is how far they are apart. Unless one of the two is known
 * to be what is expected.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/testbench/checks_inner.h"

#define LAYERS 8

/* A single name, possibly hierarchical or indexed; empty if it is something else. */
struct vspan checks_plain_name(const struct vstmts *s, struct vspan in)
{
	static const char *const marks[] = { ".", "[", "]", "(", ")", NULL };
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		if (depth == 0 && s->tokens[i].kind != VTOKEN_NAME && !checks_is_any(s, i, marks))
			return (struct vspan){ 0, 0 };
	}
	while (in.end > in.off &&
	       (s->text[in.end - 1] == ')' || isspace((unsigned char)s->text[in.end - 1])))
		in.end--;
	return checks_last_name(s, in);
}

/* True for "expected_q", "ref_out", "golden[i]". */
static bool is_expected(const struct vstmts *s, struct vspan name)
{
	static const char *const words[] = { "exp",  "ref",    "gold",	  "model",
					     "want", "should", "correct", NULL };

	for (size_t at = name.off; at < name.end; at++) {
		for (size_t k = 0; words[k]; k++) {
			size_t n = strlen(words[k]);

			if ((at == name.off || !isalpha((unsigned char)s->text[at - 1])) &&
			    name.end - at >= n && strncasecmp(s->text + at, words[k], n) == 0)
				return true;
		}
	}
	return false;
}

bool checks_says_expected(const struct checks *c, const struct vstmts *s, struct vspan left,
			  struct vspan right)
{
	return is_expected(s, checks_plain_name(s, left)) ||
	       is_expected(s, checks_plain_name(s, right)) || checks_asks_model(c, s, left, right);
}

/* True if one of the words is on the outermost level. */
static bool holds(const struct vstmts *s, struct vspan in, const char *const *words)
{
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		depth += vstmts_bracket(s, i);
		if (depth == 0 && checks_is_any(s, i, words))
			return true;
	}
	return false;
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

bool checks_steps(const struct vstmts *s, struct vspan in, struct vspan *left, struct vspan *right)
{
	static const char *const minus[] = { "-", NULL };
	size_t op = only(s, in, minus);

	if (op >= s->n_tokens || op <= checks_first_token(s, in))
		return false;
	*left = (struct vspan){ in.off, s->tokens[op].off };
	*right = (struct vspan){ s->tokens[op].off + s->tokens[op].len, in.end };
	return true;
}

bool checks_difference(const struct checks *c, const struct vstmts *s, struct vspan in,
		       struct vspan *left, struct vspan *right)
{
	static const char *const xor [] = { "^", NULL };
	static const char *const joins[] = { "&&", "||", "?", ",", "&", "|", NULL };
	size_t op = only(s, in, xor);

	if (holds(s, in, joins))
		return false;
	if (op < s->n_tokens) {
		*left = (struct vspan){ in.off, s->tokens[op].off };
		*right = (struct vspan){ s->tokens[op].off + s->tokens[op].len, in.end };
	} else if (!checks_steps(s, in, left, right) ||
		   (is_plain(s, *left) && is_plain(s, *right) &&
		    !checks_says_expected(c, s, *left, *right))) {
		return false;
	}
	return checks_may_change(c, s, *left) && checks_may_change(c, s, *right);
}

bool checks_xor(const struct checks *c, const struct vstmts *s, struct vspan cond,
		struct vspan *left, struct vspan *right, bool *differs)
{
	struct vspan in = cond;

	bool asked = checks_peel(s, &in, differs) > 0;

	return checks_difference(c, s, in, left, right) &&
	       (asked || checks_says_expected(c, s, *left, *right));
}
