/* Recognises "q !== expected": two operands that are not constants, compared
 * including x and z. This is only written to check, so statements that depend on
 * it need no known word. An exception is "q !== last_q", where one is an earlier
 * value of the other; that shows in the name, or in an assignment of one to the
 * other. Comparisons by == count if one of the two is known to be what is expected.
 *
 * "q ^ e" alone does not count: in a condition on single bits it may mean anything. Nor does
 * the difference of two plain names, "head - tail", which is how far they are apart. Unless,
 * again, one of the two is what is expected.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_cond.h"
#include "session/testbench/checks_inner.h"

#define COPIES_MAX  20000u
#define SOURCES_MAX 16 /* assignments examined per name */

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

/* Handles "bad", "!ok" and "same(q, e)" of a net, a variable or a function that only holds such
 * comparisons. NULL: it does not. */
static const struct check_var *result_of(const struct checks *c, const struct vstmts *s,
					 const struct check_term *t)
{
	struct vspan in = t->left;
	size_t i = checks_first_token(s, in), last = i;
	const struct check_var *var;

	if (t->asks != ASKS_VALUE || !checks_in_span(s, i, in) || s->tokens[i].kind != VTOKEN_NAME)
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

const struct check_var *checks_asks_result(const struct checks *c, const struct vstmts *s,
					   struct vspan cond, bool *holds)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	*holds = !q.v[0].negated;
	return result_of(c, s, &q.v[0]);
}

/* Returns EXPECT_NONE if one operand is an earlier value of the other. */
static enum check_expect related(const struct checks *c, const struct vstmts *s,
				 const struct check_term *t)
{
	struct vspan a = checks_plain_name(s, t->left), b = checks_plain_name(s, t->right);

	if (is_remembered(s, a) || is_remembered(s, b))
		return EXPECT_NONE;
	if (a.off < a.end && b.off < b.end && (takes(c, s, a, b) || takes(c, s, b, a)))
		return EXPECT_NONE;
	return t->negated ? EXPECT_DIFFERS : EXPECT_SAME;
}

/* True for two values of which neither is a constant. */
static bool is_of_two(const struct checks *c, const struct vstmts *s, const struct check_term *t)
{
	return t->asks == ASKS_SAME && checks_may_change(c, s, t->left) &&
	       checks_may_change(c, s, t->right);
}

static bool is_token(const struct vstmts *s, struct vspan in)
{
	return !checks_in_span(s, checks_first_token(s, in) + 1, in);
}

/* True for "head - tail", which is how far two names are apart. */
static bool is_distance(const struct checks *c, const struct vstmts *s, const struct check_term *t)
{
	return checks_is(s, t->op, "-") && is_token(s, t->left) && is_token(s, t->right) &&
	       !checks_says_expected(c, s, t->left, t->right);
}

typedef enum check_expect term_fn(const struct checks *c, const struct vstmts *s,
				  const struct check_term *t);

/* Any two values that are compared, whatever their names. */
static enum check_expect equates(const struct checks *c, const struct vstmts *s,
				 const struct check_term *t)
{
	static const char *const wild[] = { "==?", "!=?", NULL };

	if (!is_of_two(c, s, t) || checks_is_any(s, t->op, wild))
		return EXPECT_NONE;
	if (t->gap &&
	    ((t->bare && !checks_says_expected(c, s, t->left, t->right)) || is_distance(c, s, t)))
		return EXPECT_NONE;
	return related(c, s, t);
}

static enum check_expect expects(const struct checks *c, const struct vstmts *s,
				 const struct check_term *t)
{
	const struct check_var *var = result_of(c, s, t);

	if (var)
		return t->negated ? opposite(checks_var_expects(var)) : checks_var_expects(var);
	return t->exact || t->gap || checks_says_expected(c, s, t->left, t->right)
		       ? equates(c, s, t)
		       : EXPECT_NONE;
}

/* "valid && q !== e" implies that something differs, whatever its other operands;
 * "q === e && r === f" is false then, provided that all operands are of this
 * kind. Vice versa for ||. */
static enum check_expect fold(const struct checks *c, const struct vstmts *s,
			      const struct check_cond *q, size_t i, term_fn *asks)
{
	const struct check_term *t = &q->v[i];
	enum check_expect one = t->asks == ASKS_ALL ? EXPECT_DIFFERS : EXPECT_SAME;
	bool all = true;

	if (t->asks != ASKS_ALL && t->asks != ASKS_ANY)
		return asks(c, s, t);
	for (size_t k = i + 1; k < t->end; k = q->v[k].end) {
		enum check_expect e = fold(c, s, q, k, asks);

		if (e == one)
			return one;
		all = all && e == opposite(one);
	}
	return all ? opposite(one) : EXPECT_NONE;
}

static enum check_expect ask(const struct checks *c, const struct vstmts *s, struct vspan cond,
			     term_fn *asks)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	return fold(c, s, &q, 0, asks);
}

enum check_expect checks_expects(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	return ask(c, s, cond, expects);
}

enum check_expect checks_equates(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	return ask(c, s, cond, equates);
}

enum check_expect checks_asks_x(const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	if (q.v[0].asks != ASKS_X)
		return EXPECT_NONE;
	return q.v[0].negated ? EXPECT_SAME : EXPECT_DIFFERS;
}

bool checks_asks_change(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	return is_of_two(c, s, &q.v[0]) && !q.v[0].gap && related(c, s, &q.v[0]) == EXPECT_NONE;
}

bool checks_is_gap(const struct checks *c, const struct vstmts *s, struct vspan in, bool distance)
{
	struct check_cond q;
	const struct check_term *t = q.v;

	checks_read_cond(s, in, &q);
	if (t->asks != ASKS_SAME || !t->gap || !t->bare || !t->negated)
		return false;
	if (distance)
		return checks_is(s, t->op, "-");
	return is_of_two(c, s, t) && !is_distance(c, s, t);
}

void checks_read_measured(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;
	struct vspan side[2];

	checks_read_cond(s, cond, &q);
	if (!is_of_two(c, s, &q.v[0]) || q.v[0].gap)
		return;
	side[0] = q.v[0].left;
	side[1] = q.v[0].right;
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
				   term_fn *asks)
{
	int node = s->v[choice].parent, item = choice, items = 0;
	bool other = vspan_is(s, s->v[choice].head, "default");
	struct check_cond q;
	enum check_expect e;

	for (int k = node + 1; other && k < s->v[node].end; k = s->v[k].end, items++)
		item = k != choice ? k : item;
	/* What default stands for is known if there is one other item. */
	if (other && items != 2)
		return EXPECT_NONE;
	checks_read_choice(s, s->v[node].head, s->v[item].head, &q);
	e = fold(c, s, &q, 0, asks);
	return other ? opposite(e) : e;
}

enum check_expect checks_choice_expects(const struct checks *c, const struct vstmts *s, int choice)
{
	return chosen_by(c, s, choice, expects);
}

enum check_expect checks_raised_by(const struct checks *c, const struct vstmts *s, int i,
				   bool expected)
{
	term_fn *asks = expected ? expects : equates;

	for (int up = s->v[i].parent; up >= 0; i = up, up = s->v[up].parent) {
		enum check_expect e;

		if (s->v[up].kind == VSTMT_CHOICE)
			return chosen_by(c, s, up, asks);
		if (s->v[up].kind != VSTMT_IF)
			continue;
		e = ask(c, s, s->v[up].head, asks);
		return s->v[i].role == VROLE_ELSE ? opposite(e) : e;
	}
	return EXPECT_NONE;
}
