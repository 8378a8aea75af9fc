/* Classifies assignments by what they do to their target. */
#include "config.h"

#include <string.h>

#include "session/verdict/checks_inner.h"

bool checks_mentions(const struct vstmts *s, struct vspan in, struct vspan name)
{
	size_t len = name.end - name.off;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (s->tokens[i].kind == VTOKEN_NAME && s->tokens[i].len == len &&
		    memcmp(s->text + s->tokens[i].off, s->text + name.off, len) == 0)
			return true;
	}
	return false;
}

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
	       s->tokens[first].len == v->lhs.end - v->lhs.off &&
	       memcmp(s->text + s->tokens[first].off, s->text + v->lhs.off, s->tokens[first].len) ==
		       0 &&
	       checks_in_span(s, first + 2, v->rhs) && !checks_in_span(s, first + 3, v->rhs);
}

enum check_assign checks_assign(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const asks[] = { "?", "(", NULL };
	static const char *const bits[] = { "<<", ">>", "<<<", ">>>", NULL }; /* e | (1 << j) */
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
	if (is_raise(s, v->rhs))
		return ASSIGN_RAISE;
	return (checks_has_any(s, v->rhs, asks) && !checks_has_any(s, v->rhs, bits)) ||
			       takes_bit(s, v)
		       ? ASSIGN_COMPARE
		       : ASSIGN_OTHER;
}

bool checks_adds_same(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const plus[] = { "+", NULL }, *const same[] = { "===", "==", NULL };
	static const char *const others[] = { "?", "!=", "!==", "&", "|", "!", "~", NULL };

	return (checks_is(s, vstmts_token(s, v->lhs.end), "+=") ||
		checks_has_any(s, v->rhs, plus)) &&
	       checks_has_any(s, v->rhs, same) && !checks_has_any(s, v->rhs, others);
}

void checks_count_added(const struct vstmts *s, const struct vstmt *v, struct check_found *f)
{
	size_t own = vstmts_token(s, v->lhs.off), first = checks_first_token(s, v->rhs);
	bool adds = checks_is(s, vstmts_token(s, v->lhs.end), "+=");

	if (!checks_adds_same(s, v) ||
	    (!adds &&
	     (!checks_is(s, first + 1, "+") || s->tokens[own].len != s->tokens[first].len ||
	      memcmp(s->text + s->tokens[own].off, s->text + s->tokens[first].off,
		     s->tokens[own].len) != 0)))
		return;
	f->condition = v->rhs;
	if (!adds)
		f->condition.off = s->tokens[first + 1].off + 1;
	f->weak = true;
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

bool checks_below_if(const struct vstmts *s, int i)
{
	for (i = s->v[i].parent; i >= 0; i = s->v[i].parent) {
		if (s->v[i].kind == VSTMT_IF || s->v[i].kind == VSTMT_CASE ||
		    s->v[i].kind == VSTMT_ASSERT)
			return true;
	}
	return false;
}
