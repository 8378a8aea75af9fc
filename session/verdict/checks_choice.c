/* Choices between two strings inside an expression: q === e ? "ok" : "ERROR". */
#include "config.h"

#include "session/verdict/checks_inner.h"

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

/* SAYS_PASS or SAYS_FAIL for one branch of a choice between two strings, else 0. */
static unsigned word_says(const struct vstmts *s, struct vspan side)
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

/* True if the branch is a single string after its ? or :. */
static bool is_text(const struct vstmts *s, struct vspan side)
{
	size_t i = checks_first_token(s, side);

	i += checks_is(s, i, "?") || checks_is(s, i, ":");
	return checks_in_span(s, i, side) && s->tokens[i].kind == VTOKEN_STRING &&
	       !checks_in_span(s, i + 1, side);
}

/* If both words are in an unknown language, the condition tells which is the bad
 * one: q === expected ? "." : "F". */
static bool asks(const struct checks *c, const struct vstmts *s, struct vspan cond,
		 struct vspan then, struct vspan other, bool *fails_when_true)
{
	unsigned a = word_says(s, then), b = word_says(s, other);
	enum check_expect e;

	*fails_when_true = a == SAYS_FAIL || b == SAYS_PASS;
	if (a != b)
		return checks_compares(s, cond);
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
