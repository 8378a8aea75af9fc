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

/* True for "seen = seen | err" and "ok &= good". */
static bool takes_bit(const struct vstmts *s, const struct vstmt *v)
{
	size_t op = vstmts_token(s, v->lhs.end), first = vstmts_token(s, v->rhs.off);
	static const char *const bits[] = { "|", "||", "&", "&&", NULL };

	if (checks_is(s, op, "|=") || checks_is(s, op, "&="))
		return true;
	return checks_is_any(s, first + 1, bits) && s->tokens[first].kind == VTOKEN_NAME &&
	       checks_same(s, checks_token(s, first), s, v->lhs) &&
	       checks_in_span(s, first + 2, v->rhs) && !checks_in_span(s, first + 3, v->rhs);
}

/* "rc = rc | 4", "rc |= 4": a bit of a fail mask is set. */
static bool sets_bit(const struct vstmts *s, const struct vstmt *v)
{
	struct vspan operand = v->rhs;
	size_t first = checks_first_token(s, v->rhs);
	bool zero;

	if (!checks_is(s, vstmts_token(s, v->lhs.end), "|=")) {
		if (!checks_is(s, first + 1, "|"))
			return false;
		operand.off = s->tokens[first + 1].off + 1;
	}
	return checks_is_constant(s, operand, &zero) && !zero;
}

/* "fails = fails | (1 << i)", "fails |= 16'd1 << i": likewise, of a mask. */
static bool sets_shifted(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const turns[] = { "~", "-", "^", NULL };
	size_t op = vstmts_token(s, v->lhs.end), first = checks_first_token(s, v->rhs);
	struct vspan in = v->rhs;

	if (!checks_is(s, op, "|=")) {
		if (!checks_same(s, checks_token(s, first), s, v->lhs) ||
		    !checks_is(s, first + 1, "|"))
			return false;
		in.off = s->tokens[first + 1].off + 1;
	}
	in = checks_unwrapped(s, in);
	first = checks_first_token(s, in);
	return checks_in_span(s, first + 1, in) && checks_is_one(s, first) &&
	       checks_is(s, first + 1, "<<") && !checks_has_any(s, in, turns);
}

static bool is_name(const struct vstmts *s, struct vspan span, struct vspan name)
{
	struct vspan in = checks_unwrapped(s, span);
	size_t i = checks_first_token(s, in);

	return checks_in_span(s, i, in) && !checks_in_span(s, i + 1, in) &&
	       checks_same(s, checks_token(s, i), s, name);
}

/* True for "c ? n : n + 1": one of the two sides leaves the variable as it is. */
static bool may_keep(const struct vstmts *s, const struct vstmt *v, struct vspan name)
{
	struct vspan cond, then, other;

	if (!checks_split_choice(s, v->rhs, &cond, &then, &other))
		return true;
	then.off++; /* the "?" */
	other.off++;
	return is_name(s, then, name) != is_name(s, other, name);
}

enum check_assign checks_assign(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const asks[] = { "?", "(", NULL };
	/* e | (1 << j), {log, text(q)} */
	static const char *const bits[] = { "<<", ">>", "<<<", ">>>", "{", NULL };
	struct vspan name = checks_last_name(s, v->lhs);
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
	if (is_raise(s, v->rhs) || (takes_bit(s, v) && sets_bit(s, v)) || sets_shifted(s, v))
		return ASSIGN_RAISE;
	return (checks_has_any(s, v->rhs, asks) && !checks_has_any(s, v->rhs, bits) &&
		may_keep(s, v, name)) ||
			       takes_bit(s, v)
		       ? ASSIGN_COMPARE
		       : ASSIGN_OTHER;
}

/* A + elsewhere, as in "ok && y == a + b", adds nothing to n. */
bool checks_adds(const struct vstmts *s, const struct vstmt *v, struct vspan *added)
{
	size_t own = vstmts_token(s, v->lhs.off), first = checks_first_token(s, v->rhs),
	       last = vstmts_token(s, v->rhs.end);

	*added = v->rhs;
	if (checks_is(s, vstmts_token(s, v->lhs.end), "+="))
		return true;
	if (last < first + 3 || !checks_in_span(s, first, v->rhs))
		return false;
	if (checks_same(s, checks_token(s, own), s, checks_token(s, first)) &&
	    checks_is(s, first + 1, "+")) {
		added->off = s->tokens[first + 1].off + 1;
		return true;
	}
	added->end = s->tokens[last - 2].off;
	return checks_same(s, checks_token(s, own), s, checks_token(s, last - 1)) &&
	       checks_is(s, last - 2, "+");
}

/* "n = q === e ? n + 1 : n" */
static bool adds_by_choice(const struct vstmts *s, const struct vstmt *v, struct vspan *added)
{
	static const char *const plus[] = { "+", NULL };
	struct vspan name = checks_last_name(s, v->lhs), then, other;

	if (!checks_split_choice(s, v->rhs, added, &then, &other))
		return false;
	then.off++; /* the "?" */
	other.off++;
	return is_name(s, other, name) && checks_mentions(s, then, name) &&
	       checks_has_any(s, then, plus);
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
	then.off++; /* the "?" */
	other.off++;
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
		      struct vspan name, struct check_found *f, enum check_role role)
{
	struct vspan cond, then, other;
	bool keeps_then, keeps_other;

	if (!checks_split_choice(s, v->rhs, &cond, &then, &other))
		return false;
	then.off++; /* the "?" */
	other.off++;
	keeps_then = is_name(s, then, name);
	keeps_other = is_name(s, other, name);
	if (role == ROLE_PASSES || keeps_then == keeps_other || !checks_is_pure(c, s, cond))
		return false;
	f->condition = cond;
	f->inverse = keeps_other;
	return true;
}

/* The other operand of "bad | (q !== e)", with op outside of brackets; false if the name
 * is neither the first nor the last one. */
static bool joined_with(const struct vstmts *s, struct vspan rhs, struct vspan name,
			const char *const *ops, struct vspan *out)
{
	size_t first = checks_first_token(s, rhs), last = rhs.end, n = 0;
	int depth = 0;

	for (size_t i = first; checks_in_span(s, i, rhs); i++) {
		depth += vstmts_bracket(s, i);
		if (depth || i == first || !checks_is_any(s, i, ops))
			continue;
		if (n++ == 0)
			first = i;
		last = s->tokens[i].off;
	}
	if (!n)
		return false;
	*out = (struct vspan){ s->tokens[first].off + s->tokens[first].len, rhs.end };
	if (is_name(s, (struct vspan){ rhs.off, s->tokens[first].off }, name))
		return true;
	*out = (struct vspan){ rhs.off, last };
	return is_name(s, (struct vspan){ last + strlen(ops[0]), rhs.end }, name);
}

/* "bad = bad | (q !== e)", "ok &= q === e", "n = n + (q !== e)". */
static bool by_operand(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
		       struct vspan name, struct check_found *f, enum check_role role)
{
	static const char *const ors[] = { "|", NULL }, *const lors[] = { "||", NULL },
				 *const ands[] = { "&", NULL }, *const lands[] = { "&&", NULL },
				 *const plus[] = { "+", NULL };
	bool right = role == ROLE_PASS_FLAG;
	size_t op = vstmts_token(s, v->lhs.end);
	struct vspan part = v->rhs;
	bool ok;

	if (role == ROLE_ERRORS || role == ROLE_FAIL_FLAG)
		ok = checks_is(s, op, "+=") || checks_is(s, op, "|=") ||
		     joined_with(s, v->rhs, name, lors, &part) ||
		     joined_with(s, v->rhs, name, ors, &part) ||
		     joined_with(s, v->rhs, name, plus, &part);
	else
		ok = right &&
		     (checks_is(s, op, "&=") || joined_with(s, v->rhs, name, lands, &part) ||
		      joined_with(s, v->rhs, name, ands, &part));
	if (!ok || checks_mentions(s, part, name) || !checks_is_pure(c, s, part))
		return false;
	f->condition = part;
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
	if (role == ROLE_PASSES || by_choice(c, s, v, name, f, role) ||
	    by_operand(c, s, v, name, f, role))
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
	size_t op = vstmts_token(s, v->lhs.end);

	if (checks_is(s, op, "-=") || checks_is(s, op, "--"))
		return true;
	return checks_is(s, vstmts_token(s, v->rhs.off) + 1, "-");
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
