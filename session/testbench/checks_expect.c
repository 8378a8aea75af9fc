/* Recognises "q !== expected": two operands that are not constants, compared
 * including x and z. This is only written to check, so statements that depend on
 * it need no known word. An exception is "q !== last_q", where one is an earlier
 * value of the other; that shows in the name, or in an assignment of one to the
 * other.
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define COPIES_MAX  20000u
#define JOINS_DEEP  8  /* nested brackets with && and || */
#define SOURCES_MAX 16 /* assignments examined per name */

static const char *const but_equal[] = { "&&", "||", "?", "<", ">", "<=", ">=", NULL };

void checks_read_copy(struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan to = checks_last_name(s, v->lhs), from = checks_plain_name(s, v->rhs);
	size_t first = 0;

	if ((v->kind != VSTMT_BLOCKING && v->kind != VSTMT_NONBLOCKING) || to.off == to.end ||
	    from.off == from.end || c->n_copies >= COPIES_MAX)
		return;
	MEM_ROOM(c->copies, c->n_copies, c->cap_copies);
	c->copies[c->n_copies] = (struct check_copy){ s->text + from.off, from.end - from.off, 0 };
	if (name_map_get(&c->copied, s->text + to.off, to.end - to.off, &first)) {
		c->copies[c->n_copies].next = c->copies[first].next;
		c->copies[first].next = c->n_copies;
	} else {
		name_map_put(&c->copied, s->text + to.off, to.end - to.off, c->n_copies);
	}
	c->n_copies++;
}

static bool takes(const struct checks *c, const struct vstmts *s, struct vspan a, struct vspan b)
{
	size_t i = 0;

	if (!name_map_get(&c->copied, s->text + a.off, a.end - a.off, &i))
		return false;
	for (int k = 0; k < SOURCES_MAX; k++) {
		const struct check_copy *from = &c->copies[i];

		if (from->len == b.end - b.off &&
		    memcmp(from->from, s->text + b.off, from->len) == 0)
			return true;
		if (!from->next)
			return false;
		i = from->next;
	}
	return false;
}

static bool is_remembered(const struct vstmts *s, struct vspan name)
{
	static const char *const words[] = { "prev",   "last",	  "old", "before", "prior", "save",
					     "stored", "delayed", "_d",	 "_q1",	   "_r",    NULL };

	for (size_t at = name.off; at < name.end; at++) {
		for (size_t k = 0; words[k]; k++) {
			size_t n = strlen(words[k]);

			if (name.end - at < n || strncasecmp(s->text + at, words[k], n) != 0)
				continue;
			if (words[k][0] != '_' || at + n == name.end)
				return true;
		}
	}
	return false;
}

/* Splits a condition that is a single comparison by one of ops into its operands,
 * neither of them a constant. Returns the operator's token, or s->n_tokens if it
 * is no such condition. */
static size_t two_sides(const struct checks *c, const struct vstmts *s, struct vspan cond,
			const char *const *ops, const char *const *others, struct vspan *left,
			struct vspan *right)
{
	size_t op = s->n_tokens, first = checks_first_token(s, cond);
	/* In "!(a === b)" and "(a !== b)" the brackets enclose the whole condition. */
	int depth = 0, whole = checks_is(s, first, "(") || (checks_is(s, first, "!") &&
							    checks_is(s, first + 1, "("))
				       ? 1
				       : 0;

	for (size_t i = first; checks_in_span(s, i, cond); i++) {
		depth += checks_is(s, i, "(") - checks_is(s, i, ")");
		if (depth == 0 && checks_in_span(s, i + 1, cond) && i > first)
			whole = 0;
	}
	for (size_t i = first; checks_in_span(s, i, cond); i++) {
		depth += checks_is(s, i, "(") - checks_is(s, i, ")");
		if (depth == whole && checks_is_any(s, i, others))
			return s->n_tokens;
		if (depth != whole || !checks_is_any(s, i, ops))
			continue;
		if (op < s->n_tokens)
			return s->n_tokens;
		op = i;
	}
	if (op >= s->n_tokens)
		return op;
	*left = (struct vspan){ cond.off, s->tokens[op].off };
	*right = (struct vspan){ s->tokens[op].off + s->tokens[op].len, cond.end };
	return checks_may_change(c, s, *left) && checks_may_change(c, s, *right) ? op : s->n_tokens;
}

/* Finds the comparison; == and != count only if it is known which operand was expected. */
static size_t comparison(const struct checks *c, const struct vstmts *s, struct vspan cond,
			 struct vspan *left, struct vspan *right)
{
	static const char *const loose[] = { "==", "!=", NULL };
	static const char *const but_strict[] = { "&&", "||", "?",  "==", "!=",
						  "<",	">",  "<=", ">=", NULL };
	static const char *const but_loose[] = { "&&", "||", "?",  "===", "!==",
						 "<",  ">",  "<=", ">=",  NULL };
	size_t op = two_sides(c, s, cond, checks_exact, but_strict, left, right);

	if (op < s->n_tokens)
		return op;
	op = two_sides(c, s, cond, loose, but_loose, left, right);
	return op < s->n_tokens && checks_says_expected(c, s, *left, *right) ? op : s->n_tokens;
}

enum check_expect checks_asks_x(const struct vstmts *s, struct vspan cond)
{
	static const char *const joins[] = { "&&", "||", "?", "==", "!=", NULL };
	size_t first = checks_first_token(s, cond);

	if (checks_has_any(s, cond, joins))
		return EXPECT_NONE;
	if (checks_is(s, first, "$isunknown"))
		return EXPECT_DIFFERS;
	for (size_t i = first; checks_in_span(s, i + 1, cond); i++) {
		const struct vstmt_token *t = &s->tokens[i + 1];

		if (t->kind == VTOKEN_NUMBER &&
		    (memchr(s->text + t->off, 'x', t->len) ||
		     memchr(s->text + t->off, 'X', t->len)) &&
		    (checks_is(s, i, "===") || checks_is(s, i, "!==")))
			return checks_is(s, i, "===") ? EXPECT_DIFFERS : EXPECT_SAME;
	}
	return EXPECT_NONE;
}

static enum check_expect opposite(enum check_expect e)
{
	return e == EXPECT_SAME ? EXPECT_DIFFERS : e == EXPECT_DIFFERS ? EXPECT_SAME : e;
}

/* What "if (q === e) return 1; return 0;" and "bad = 0; if (q !== e) bad = 1;" hold. */
static enum check_expect constants_expect(const struct check_var *of)
{
	bool differ = of->ones_differ + of->zeros_same, same = of->ones_same + of->zeros_differ;

	if (differ && !same && (of->ones_differ == of->ones || of->zeros_same == of->zeros))
		return EXPECT_DIFFERS;
	if (same && !differ && (of->ones_same == of->ones || of->zeros_differ == of->zeros))
		return EXPECT_SAME;
	return EXPECT_NONE;
}

enum check_expect checks_var_expects(const struct check_var *of)
{
	if (of->raised || of->other > of->gaps || of->parameter || of->holds < of->compared)
		return EXPECT_NONE;
	if (of->function && of->zeros + of->ones)
		return of->compared + of->gaps ? EXPECT_NONE : constants_expect(of);
	if (of->set)
		return EXPECT_NONE;
	if (of->gaps)
		return of->holds ? EXPECT_NONE : EXPECT_DIFFERS;
	if (of->differs || (of->holds && of->holds_differ == of->holds))
		return EXPECT_DIFFERS;
	return of->differs_not || (of->holds && of->holds_same == of->holds) ? EXPECT_SAME
									     : EXPECT_NONE;
}

/* True for "(q, e)", but not for "(q, 3)", which asks for one value; open: the bracket. */
static bool all_may_change(const struct checks *c, const struct vstmts *s, size_t open,
			   struct vspan in)
{
	size_t close = checks_closing(s, open, in), at;
	struct vspan args = { s->tokens[open].off + 1, s->tokens[close].off }, arg;

	at = checks_first_token(s, args);
	while (checks_next_argument(s, args, &at, &arg))
		if (!checks_may_change(c, s, arg))
			return false;
	return true;
}

/* True for "diff(q, want)": the first argument with what is expected of it. */
static bool asks_expected(const struct checks *c, const struct vstmts *s, size_t open,
			  struct vspan in)
{
	struct vspan args = { s->tokens[open].off + 1, s->tokens[checks_closing(s, open, in)].off };
	struct vspan one, other;
	size_t at = checks_first_token(s, args);

	return checks_next_argument(s, args, &at, &one) &&
	       checks_next_argument(s, args, &at, &other) && checks_says_expected(c, s, one, other);
}

const struct check_var *checks_asks_result(const struct checks *c, const struct vstmts *s,
					   struct vspan cond, bool *holds)
{
	struct vspan in = cond;
	size_t i, last;
	const struct check_var *var;

	checks_peel(s, &in, holds);
	i = last = checks_first_token(s, in);
	if (checks_is(s, i, "~")) {
		*holds = !*holds;
		last = ++i;
	}
	if (!checks_in_span(s, i, in) || s->tokens[i].kind != VTOKEN_NAME)
		return NULL;
	if (checks_is(s, i + 1, "(")) {
		last = checks_closing(s, i + 1, in);
		if (!checks_in_span(s, last, in) || !all_may_change(c, s, i + 1, in))
			return NULL;
	}
	var = checks_in_span(s, last + 1, in) ? NULL : checks_var_at(c, s, i);
	if (var && var->of_arguments && (last == i || !asks_expected(c, s, i + 1, in)))
		return NULL;
	return var && checks_var_expects(var) != EXPECT_NONE ? var : NULL;
}

/* Handles "bad", "!ok" and "same(q, e)" of a net, a variable or a function that only holds such
 * comparisons, if that is the whole condition. */
static enum check_expect by_result(const struct checks *c, const struct vstmts *s,
				   struct vspan cond)
{
	bool holds;
	const struct check_var *var = checks_asks_result(c, s, cond, &holds);
	enum check_expect e = var ? checks_var_expects(var) : EXPECT_NONE;

	return holds ? e : opposite(e);
}

/* Returns EXPECT_NONE if one operand is an earlier value of the other. differs:
 * the condition holds if they differ. */
static enum check_expect related(const struct checks *c, const struct vstmts *s, struct vspan left,
				 struct vspan right, bool differs)
{
	struct vspan a = checks_plain_name(s, left), b = checks_plain_name(s, right);

	if (is_remembered(s, a) || is_remembered(s, b))
		return EXPECT_NONE;
	if (a.off < a.end && b.off < b.end && (takes(c, s, a, b) || takes(c, s, b, a)))
		return EXPECT_NONE;
	return differs ? EXPECT_DIFFERS : EXPECT_SAME;
}

static enum check_expect relation(const struct checks *c, const struct vstmts *s, struct vspan cond,
				  size_t op, struct vspan left, struct vspan right)
{
	size_t first = checks_first_token(s, cond);
	bool negated = checks_is(s, first, "!") && checks_is(s, first + 1, "(");

	return related(c, s, left, right,
		       (checks_is(s, op, "!==") || checks_is(s, op, "!=")) != negated);
}

/* Handles "(q ^ e) != 0" and "|(q ^ e)". */
static enum check_expect by_xor(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct vspan left, right;
	bool differs;

	return checks_xor(c, s, cond, &left, &right, &differs) ? related(c, s, left, right, differs)
							       : EXPECT_NONE;
}

static enum check_expect expects_alone(const struct checks *c, const struct vstmts *s,
				       struct vspan cond)
{
	struct vspan left, right;
	size_t op = comparison(c, s, cond, &left, &right);
	enum check_expect e;

	if (op < s->n_tokens)
		return relation(c, s, cond, op, left, right);
	e = by_xor(c, s, cond);
	return e != EXPECT_NONE ? e : by_result(c, s, cond);
}

/* True if the span consists of several operands of join. */
static bool is_joined(const struct vstmts *s, struct vspan in, const char *join)
{
	size_t at = checks_first_token(s, in);
	struct vspan part;

	return checks_next_part(s, in, join, &at, &part) && part.end < in.end;
}

/* Classifies a condition without && and ||. */
typedef enum check_expect ask_fn(const struct checks *c, const struct vstmts *s, struct vspan cond);

/* "valid && q !== e" implies that something differs, whatever its other operands;
 * "q === e && r === f" is false then, provided that all operands are of this
 * kind. Vice versa for ||. */
static enum check_expect expects(const struct checks *c, const struct vstmts *s, struct vspan cond,
				 ask_fn *alone, int deep)
{
	struct vspan in = checks_unwrapped(s, cond), part, inner;
	size_t at = checks_first_token(s, in), parts = 0, agree = 0;
	const char *join = is_joined(s, in, "||") ? "||" : "&&"; /* || has lower precedence */
	enum check_expect one = join[0] == '&' ? EXPECT_DIFFERS : EXPECT_SAME, all = opposite(one);

	if (deep > JOINS_DEEP || is_joined(s, in, "?"))
		return EXPECT_NONE;
	if (!is_joined(s, in, join)) {
		part = (struct vspan){ checks_in_span(s, at + 1, in) ? s->tokens[at + 1].off
								     : in.end,
				       in.end };
		inner = checks_is(s, at, "!") ? checks_unwrapped(s, part) : in;
		if (is_joined(s, inner, "&&") || is_joined(s, inner, "||"))
			return opposite(expects(c, s, inner, alone, deep + 1));
		return alone(c, s, in);
	}
	while (checks_next_part(s, in, join, &at, &part)) {
		enum check_expect e = expects(c, s, part, alone, deep + 1);

		if (e == one)
			return one;
		parts++;
		agree += e == all;
	}
	return agree == parts ? all : EXPECT_NONE;
}

enum check_expect checks_expects(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	return expects(c, s, cond, expects_alone, 0);
}

enum check_expect checks_equates(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct vspan left, right;
	size_t op = two_sides(c, s, cond, checks_equal, but_equal, &left, &right);

	return op < s->n_tokens ? relation(c, s, cond, op, left, right) : by_xor(c, s, cond);
}

enum check_expect checks_equates_all(const struct checks *c, const struct vstmts *s,
				     struct vspan cond)
{
	return expects(c, s, cond, checks_equates, 0);
}

bool checks_asks_change(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct vspan left, right;
	size_t op = two_sides(c, s, cond, checks_equal, but_equal, &left, &right);

	return op < s->n_tokens && relation(c, s, cond, op, left, right) == EXPECT_NONE;
}

void checks_read_measured(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct vspan side[2];

	if (two_sides(c, s, cond, checks_equal, but_equal, &side[0], &side[1]) >= s->n_tokens)
		return;
	for (int k = 0; k < 2; k++) {
		struct vspan name = checks_plain_name(s, side[k]),
			     other = checks_plain_name(s, side[1 - k]);
		struct check_var *var = checks_var_in(c, s, name);

		/* "errors != errors_before" only tests whether there was a new one. */
		if (var && !is_remembered(s, other) && !takes(c, s, other, name))
			var->measured = true;
	}
}

/* The condition on which that branch of a case is taken, as far as it is a comparison:
 *
 *     case (y) want: ... default: ...         y equals want; it does not
 *     case (y === want) 1: ... 0: ...         the head holds; it does not
 *     case (1'b1) (y === want): ... default:  the item holds; it does not
 */
static enum check_expect chosen_by(const struct checks *c, const struct vstmts *s, int choice,
				   ask_fn *asks)
{
	int node = s->v[choice].parent, item = choice, items = 0;
	struct vspan head = s->v[node].head, label;
	bool other = vspan_is(s, s->v[choice].head, "default"), zero;
	enum check_expect e;

	for (int k = node + 1; other && k < s->v[node].end; k = s->v[k].end, items++)
		item = k != choice ? k : item;
	/* What default stands for is known if there is one other item. */
	if (other && items != 2)
		return EXPECT_NONE;
	label = s->v[item].head;
	if (checks_is_constant(s, head, &zero))
		e = zero ? opposite(asks(c, s, label)) : asks(c, s, label);
	else if (checks_is_constant(s, label, &zero))
		e = zero ? opposite(asks(c, s, head)) : asks(c, s, head);
	else if (checks_may_change(c, s, head) && checks_may_change(c, s, label))
		e = related(c, s, head, label, false);
	else
		e = EXPECT_NONE;
	return other ? opposite(e) : e;
}

enum check_expect checks_choice_expects(const struct checks *c, const struct vstmts *s, int choice)
{
	return chosen_by(c, s, choice, checks_expects);
}

enum check_expect checks_raised_by(const struct checks *c, const struct vstmts *s, int i,
				   enum check_expect asks(const struct checks *,
							  const struct vstmts *, struct vspan))
{
	for (int up = s->v[i].parent; up >= 0; i = up, up = s->v[up].parent) {
		enum check_expect e;

		if (s->v[up].kind == VSTMT_CHOICE)
			return chosen_by(c, s, up, asks);
		if (s->v[up].kind != VSTMT_IF)
			continue;
		e = asks(c, s, s->v[up].head);
		if (s->v[i].role == VROLE_ELSE && e != EXPECT_NONE)
			return e == EXPECT_SAME ? EXPECT_DIFFERS : EXPECT_SAME;
		return e;
	}
	return EXPECT_NONE;
}
