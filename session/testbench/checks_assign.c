/* Classifies assignments by what they do to their target, and finds the comparison in them. */
#include "config.h"

#include <string.h>

#include "session/testbench/checks_inner.h"

/* True for "+ 1", "+ 1'b1", "+ n": something is added to the target. */
static bool is_raise(const struct vstmts *s, struct vspan rhs)
{
	static const char *const ops[] = { "?", "==", "!=", "===", "!==", "&&", "||",
					   "&", "|",  "^",  "<",   ">",	  "(",	NULL };

	return !checks_has_any(s, rhs, ops);
}

static bool has_operator(const struct vstmts *s, const struct vstmt *v)
{
	size_t i = vstmts_token(s, v->lhs.end);

	return v->rhs.off == v->rhs.end || (i < s->n_tokens && s->tokens[i].off < v->rhs.off &&
					    s->tokens[i].len >= 2 && !checks_is(s, i, "<="));
}

static bool is_name(const struct vstmts *s, struct vspan span, struct vspan name)
{
	size_t i = checks_sole_token(s, checks_unwrapped(s, span));

	return i < s->n_tokens && checks_same(s, checks_token(s, i), s, name);
}

/* "n = n + x", "n = x + n" and "n += x". */
struct update {
	size_t op;  /* the token of its operator; n_tokens: the value that n had has no part */
	bool first; /* n is the first operand */
	struct vspan other; /* x */
};

static struct update read_update(const struct vstmts *s, const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs), in = checks_unwrapped(s, v->rhs);
	struct update u = { .first = true, .other = v->rhs };
	struct vspan left, right;

	u.op = has_operator(s, v) ? vstmts_token(s, v->lhs.end) : s->n_tokens;
	for (int side = 0; side < 2 && u.op == s->n_tokens; side++) {
		size_t op = checks_split(s, in, side == 0, &left, &right);

		if (op < s->n_tokens && is_name(s, side ? right : left, name))
			u = (struct update){ op, side == 0, side ? left : right };
	}
	return u;
}

/* True for "seen = seen | err" and "ok &= good". */
static bool takes_bit(const struct vstmts *s, const struct update *u)
{
	static const char *const bits[] = { "|", "||", "&", "&&", NULL }, *const assigns[] = {
		"|=", "&=", NULL
	};

	return checks_is_any(s, u->op, assigns) ||
	       (checks_is_any(s, u->op, bits) &&
		!checks_in_span(s, checks_first_token(s, u->other) + 1, u->other));
}

/* "rc = rc | 4", "fails |= 16'd1 << i": a bit of a fail mask is set. */
static bool sets_bit(const struct vstmts *s, const struct update *u)
{
	struct vspan left, right;
	size_t op;
	bool zero;

	if (!checks_is(s, u->op, "|") && !checks_is(s, u->op, "|="))
		return false;
	if (checks_is_constant(s, u->other, &zero))
		return !zero;
	op = checks_split(s, checks_unwrapped(s, u->other), false, &left, &right);
	return checks_is(s, op, "<<") && checks_is_one(s, checks_first_token(s, left)) &&
	       !checks_in_span(s, checks_first_token(s, left) + 1, left);
}

/* "n = c ? n : n + 1": which sides leave n as it is. False: it is no choice. */
struct chosen {
	struct vspan cond, then, other;
	bool keeps_then, keeps_other;
};

static bool read_chosen(const struct vstmts *s, const struct vstmt *v, struct chosen *out)
{
	struct vspan name = checks_last_name(s, v->lhs);

	if (!checks_split_choice(s, v->rhs, &out->cond, &out->then, &out->other))
		return false;
	out->keeps_then = is_name(s, out->then, name);
	out->keeps_other = is_name(s, out->other, name);
	return true;
}

enum check_assign checks_assign(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const asks[] = { "?", "(", NULL };
	/* e | (1 << j), {log, text(q)} */
	static const char *const bits[] = { "<<", ">>", "<<<", ">>>", "{", NULL };
	struct vspan name = checks_last_name(s, v->lhs);
	struct update u;
	struct chosen by;
	bool zero = false, own;

	if ((v->kind != VSTMT_BLOCKING && v->kind != VSTMT_NONBLOCKING) || name.off == name.end)
		return ASSIGN_NONE;
	own = checks_mentions(s, v->rhs, name) || has_operator(s, v);
	if (v->rhs.off == v->rhs.end)
		return ASSIGN_RAISE; /* v++ */
	if (!own && checks_is_constant(s, v->rhs, &zero))
		return zero ? ASSIGN_ZERO : ASSIGN_NONZERO;
	if (checks_compares(s, v->rhs))
		return ASSIGN_COMPARE;
	if (!own)
		return ASSIGN_OTHER;
	u = read_update(s, v);
	if (is_raise(s, v->rhs) || sets_bit(s, &u))
		return ASSIGN_RAISE;
	if (takes_bit(s, &u))
		return ASSIGN_COMPARE;
	return checks_has_any(s, v->rhs, asks) && !checks_has_any(s, v->rhs, bits) &&
			       (!read_chosen(s, v, &by) || by.keeps_then != by.keeps_other)
		       ? ASSIGN_COMPARE
		       : ASSIGN_OTHER;
}

bool checks_adds(const struct vstmts *s, const struct vstmt *v, struct vspan *added)
{
	struct update u = read_update(s, v);

	*added = u.other;
	return checks_is(s, u.op, "+") || checks_is(s, u.op, "+=");
}

/* "n = q === e ? n + 1 : n" */
static bool adds_by_choice(const struct vstmts *s, const struct vstmt *v, struct vspan *added)
{
	static const char *const plus[] = { "+", NULL };
	struct chosen by;

	if (!read_chosen(s, v, &by))
		return false;
	*added = by.cond;
	return by.keeps_other && checks_mentions(s, by.then, checks_last_name(s, v->lhs)) &&
	       checks_has_any(s, by.then, plus);
}

/* What "n + (q === e)" and "n + (q === e ? 1 : 0)" add. */
static bool adds_condition(const struct vstmts *s, const struct vstmt *v, struct vspan *added)
{
	struct vspan cond, then, other;
	bool zero_then, zero_other;

	if (!checks_adds(s, v, added))
		return adds_by_choice(s, v, added);
	if (!checks_split_choice(s, checks_unwrapped(s, *added), &cond, &then, &other))
		return true;
	if (!checks_is_constant(s, then, &zero_then) ||
	    !checks_is_constant(s, other, &zero_other) || zero_then || !zero_other)
		return false;
	*added = cond;
	return true;
}

bool checks_adds_same(const struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	static const char *const same[] = { "===", "==", NULL };
	static const char *const others[] = { "?", "!=", "!==", "&", "|", "!", NULL };
	struct vspan added;
	bool holds;

	if (!adds_condition(s, v, &added))
		return false;
	if (checks_calls(s, added) && checks_asks_result(c, s, added, &holds))
		return checks_expects(c, s, added) == EXPECT_SAME;
	return checks_has_any(s, added, same) &&
	       !checks_is(s, checks_first_token(s, checks_unwrapped(s, added)), "~") &&
	       !checks_has_any(s, added, others) && checks_asks_x(s, added) == EXPECT_NONE;
}

bool checks_adds_result(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			struct vspan *added)
{
	const struct check_var *of;
	size_t i;

	if (checks_assign(s, v) != ASSIGN_RAISE || v->rhs.off == v->rhs.end ||
	    !checks_adds(s, v, added))
		return false;
	i = checks_first_token(s, *added);
	of = checks_in_span(s, i + 1, *added) ? NULL : checks_var_at(c, s, i);
	if (!of || of->raised || of->other || of->set || (of->timed && !of->reached))
		return false;
	return of->differs || of->differs_not || of->equates ||
	       (of->holds > 0 && of->holds == of->compared);
}

void checks_count_added(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			struct check_found *f)
{
	struct vspan added;

	if (!checks_adds_same(c, s, v) || !adds_condition(s, v, &added) ||
	    !checks_is_pure(c, s, added))
		return;
	f->condition = added;
	f->weak = true;
}

/* Conditions ------------------------------------------------------------------------ */

/* "err = c ? err : err + 1": the branch that is just the variable leaves it unchanged. */
static bool by_choice(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
		      struct check_found *f, enum check_role role)
{
	struct chosen by;

	if (!read_chosen(s, v, &by) || role == ROLE_PASSES || by.keeps_then == by.keeps_other ||
	    !checks_is_pure(c, s, by.cond))
		return false;
	f->condition = by.cond;
	f->inverse = by.keeps_other;
	return true;
}

/* "bad = bad | (q !== e)", "ok &= q === e", "n = n + (q !== e)". */
static bool by_operand(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
		       struct check_found *f, enum check_role role)
{
	static const char *const fails[] = { "+=", "|=", "||", "|", "+", NULL }, *const passes[] = {
		"&=", "&&", "&", NULL
	};
	bool right = role == ROLE_PASS_FLAG;
	struct update u = read_update(s, v);

	if (!checks_is_any(s, u.op, right ? passes : fails) ||
	    checks_mentions(s, u.other, checks_last_name(s, v->lhs)) ||
	    !checks_is_pure(c, s, u.other))
		return false;
	f->condition = u.other;
	f->inverse = f->strict = !right;
	return true;
}

void checks_find_condition(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			   struct check_found *f, enum check_role role)
{
	struct vspan name = checks_last_name(s, v->lhs);

	/* "passed[i] = q === want", of which each is looked at later */
	if (role == ROLE_PASSES && !checks_mentions(s, v->rhs, name) && !has_operator(s, v) &&
	    checks_is_pure(c, s, v->rhs)) {
		f->condition = v->rhs;
		f->weak = true;
	}
	if (role == ROLE_PASSES || by_choice(c, s, v, f, role) || by_operand(c, s, v, f, role))
		return;
	/* "bad <= q !== e" takes effect too late to be looked at. */
	if (v->kind == VSTMT_NONBLOCKING && role != ROLE_ERRORS &&
	    !checks_mentions(s, v->rhs, name) && checks_is_pure(c, s, v->rhs)) {
		f->condition = v->rhs;
		f->inverse = f->strict = role != ROLE_PASS_FLAG;
	}
}

bool checks_lowers(const struct vstmts *s, const struct vstmt *v)
{
	struct update u = read_update(s, v);

	return u.first &&
	       (checks_is(s, u.op, "-") || checks_is(s, u.op, "-=") || checks_is(s, u.op, "--"));
}

/* True for $fopen(name, "r"), where the run reads a file. Without a mode it
 * writes; a mode in a variable may be either. Icarus's $fopenr(name) is
 * $fopen(name, "r"). */
bool checks_opens_to_read(const struct vstmts *s, struct vspan call)
{
	size_t i = checks_first_token(s, call);
	bool reads = false;

	if (checks_is(s, i, "$fopenr"))
		return true;
	if (!checks_is(s, i, "$fopen"))
		return false;
	for (; checks_in_span(s, i, call); i++)
		if (checks_is(s, i, ",") && checks_in_span(s, i + 1, call))
			reads = s->tokens[i + 1].kind != VTOKEN_STRING ||
				s->text[s->tokens[i + 1].off + 1] == 'r';
	return reads;
}
