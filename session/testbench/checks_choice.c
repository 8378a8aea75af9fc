/* Choices between two texts: q === e ? "ok" : "ERROR", and an `if` with two prints. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/testbench/checks_inner.h"

/* Finds the next 'c ? "a" : "b"' at or after token *i, in brackets or not; moves
 * *i past it. */
static bool next_choice(const struct vstmts *s, struct vspan in, size_t *i, struct vspan *cond,
			struct vspan *then, struct vspan *other)
{
	for (; checks_in_span(s, *i + 3, in); ++*i) {
		size_t from = *i;
		int depth = 0;

		if (!checks_is(s, *i, "?") || s->tokens[*i + 1].kind != VTOKEN_STRING ||
		    !checks_is(s, *i + 2, ":") || s->tokens[*i + 3].kind != VTOKEN_STRING)
			continue;
		while (from > 0 && s->tokens[from - 1].off >= in.off) {
			depth += checks_is(s, from - 1, ")") - checks_is(s, from - 1, "(");
			if (depth < 0 || (depth == 0 && (checks_is(s, from - 1, ",") ||
							 checks_is(s, from - 1, "{"))))
				break;
			from--;
		}
		*cond = (struct vspan){ s->tokens[from].off, s->tokens[*i].off };
		*then = (struct vspan){ s->tokens[*i + 1].off, s->tokens[*i + 2].off };
		*other = (struct vspan){ s->tokens[*i + 3].off,
					 s->tokens[*i + 3].off + s->tokens[*i + 3].len };
		*i += 4;
		return true;
	}
	return false;
}

unsigned checks_word_says(const struct vstmts *s, struct vspan side)
{
	unsigned says = checks_argument_says(s, side);

	if (says & (SAYS_FAIL | SAYS_HINT))
		return SAYS_FAIL;
	for (size_t i = checks_first_token(s, side); checks_in_span(s, i, side); i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (t->kind == VTOKEN_STRING && t->len >= 2)
			return says & (SAYS_PASS | SAYS_GOOD)
				       ? SAYS_PASS
				       : checks_short_word(s->text + t->off + 1, t->len - 2);
	}
	return 0;
}

/* True if the branch is a single string. */
static bool is_text(const struct vstmts *s, struct vspan side)
{
	size_t i = checks_sole_token(s, side);

	return i < s->n_tokens && s->tokens[i].kind == VTOKEN_STRING;
}

/* True for cond in "`define CHECK(cond) $display("%s", (cond) ? "passed" : "FAILED")". */
static bool is_macro_argument(const struct vstmts *s, struct vspan name)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].kind == VSTMT_DEFINE && name.off >= s->v[i].all.off &&
		    name.off < s->v[i].all.end && checks_is_formal(s, &s->v[i], name))
			return true;
	return false;
}

/* True for an input of the task or macro around it: result(q === e, "q"), which prints
 * `ok ? "pass" : "FAIL"`. */
static bool is_given(const struct vstmts *s, struct vspan cond)
{
	size_t i = checks_first_token(s, cond);
	bool wrapped;
	int node = checks_node_at(s, cond.off);
	struct vspan name;

	i += checks_is(s, i, "!") || checks_is(s, i, "~");
	wrapped = checks_is(s, i, "(") && checks_is(s, i + 2, ")");
	i += wrapped;
	if (!checks_in_span(s, i, cond) || checks_in_span(s, i + 1 + wrapped, cond) ||
	    s->tokens[i].kind != VTOKEN_NAME)
		return false;
	name = checks_token(s, i);
	if (is_macro_argument(s, name))
		return true;
	while (node >= 0 && s->v[node].kind != VSTMT_TASK && s->v[node].kind != VSTMT_FUNCTION)
		node = s->v[node].parent;
	return node >= 0 && checks_direction(s, node, name) == DIRECTION_INPUT;
}

/* If both words are in an unknown language, the condition tells which is the bad
 * one: q === expected ? "." : "F". */
static bool asks(const struct checks *c, const struct vstmts *s, struct vspan cond,
		 struct vspan then, struct vspan other, bool *fails_when_true)
{
	unsigned a = checks_word_says(s, then), b = checks_word_says(s, other);
	enum check_expect e;

	*fails_when_true = a == SAYS_FAIL || b == SAYS_PASS;
	if (a != b && !(a && b) && checks_asks_change(c, s, cond))
		return false; /* "q != old ? "changed" : "ok"" */
	if (a != b)
		return checks_compares(s, cond) || (a && b && is_given(s, cond));
	e = a ? EXPECT_NONE : checks_expects(c, s, cond);
	*fails_when_true = e == EXPECT_DIFFERS;
	return e != EXPECT_NONE && is_text(s, then) && is_text(s, other);
}

bool checks_asks(const struct checks *c, const struct vstmts *s, struct vspan expression,
		 struct vspan *cond, bool *fails_when_true)
{
	struct vspan then, other;

	if (checks_split_choice(s, expression, cond, &then, &other) &&
	    asks(c, s, *cond, then, other, fails_when_true))
		return true;
	/* For example s = $sformatf("[%s] %0d", q === e ? "PASS" : "FAIL", i). */
	for (size_t i = checks_first_token(s, expression);
	     next_choice(s, expression, &i, cond, &then, &other);)
		if (asks(c, s, *cond, then, other, fails_when_true))
			return true;
	return false;
}

bool checks_print_asks(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
		       struct vspan *cond, bool *fails_when_true)
{
	size_t at = checks_first_token(s, v->head);
	struct vspan arg;

	while (checks_next_argument(s, v->head, &at, &arg)) {
		if (checks_asks(c, s, arg, cond, fails_when_true))
			return true;
	}
	return false;
}

/* Branches ------------------------------------------------------------------------- */

int checks_side(const struct vstmts *s, int i, enum vstmt_role role)
{
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		if (s->v[k].role == role)
			return k;
	}
	return -1;
}

static void read_words(const struct vstmts *s, int then, int other, unsigned says[2])
{
	int sides[2] = { then, other };

	says[0] = says[1] = 0;
	for (int n = 0; n < 2; n++)
		for (int k = sides[n]; k >= 0 && k < s->v[sides[n]].end; k++)
			if (checks_is_print(s, &s->v[k]))
				says[n] |= SAYS_ANY | checks_print_word(s, &s->v[k]);
}

int checks_other_word(const struct vstmts *s, int then, int other)
{
	unsigned says[2];

	read_words(s, then, other, says);
	if (says[0] == SAYS_ANY && says[1] == (SAYS_ANY | SAYS_PASS))
		return then;
	return says[0] == (SAYS_ANY | SAYS_PASS) && says[1] == SAYS_ANY ? other : -1;
}

/* What the only print below node i prints, in lower case; false if there are none, or more. */
static bool only_text(const struct vstmts *s, int i, struct str *out)
{
	size_t prints = 0;

	for (int k = i; k < s->v[i].end; k++)
		if (checks_is_print(s, &s->v[k]) && prints++ == 0 &&
		    !checks_print_text(s, &s->v[k], out))
			return false;
	for (size_t k = 0; k < out->len; k++)
		out->data[k] = (char)tolower((unsigned char)out->data[k]);
	return prints == 1 && out->len > 0;
}

/* True if a is b with a "not " in it. */
static bool denies(const char *a, const char *b)
{
	const char *at = strstr(a, "not ");
	size_t n = at ? (size_t)(at - a) : 0;

	return at && (n == 0 || !isalnum((unsigned char)at[-1])) && strncmp(a, b, n) == 0 &&
	       strcmp(at + strlen("not "), b + n) == 0;
}

int checks_denying_side(const struct vstmts *s, int then, int other)
{
	struct str a = STR_INIT, b = STR_INIT;
	int side = -1;

	if (only_text(s, then, &a) && only_text(s, other, &b))
		side = denies(str_cstr(&a), str_cstr(&b))   ? then
		       : denies(str_cstr(&b), str_cstr(&a)) ? other
							    : -1;
	str_free(&a);
	str_free(&b);
	return side;
}

int checks_bad_word(const struct vstmts *s, int then, int other)
{
	unsigned says[2];

	read_words(s, then, other, says);
	says[0] &= SAYS_PASS | SAYS_FAIL;
	says[1] &= SAYS_PASS | SAYS_FAIL;
	if (says[0] == SAYS_FAIL && says[1] == SAYS_PASS)
		return then;
	if (says[0] == SAYS_PASS && says[1] == SAYS_FAIL)
		return other;
	return says[0] || says[1] ? -1 : checks_denying_side(s, then, other);
}
