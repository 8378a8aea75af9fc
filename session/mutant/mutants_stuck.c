/* Mutants that hold a value at 0 or at all ones. Where an expression has no operator to swap,
 * as in ^d or a renamed input, there are no others.
 *
 *     (posedge_variant::n == 7 ? (1'sb0) : E)	0
 *     (posedge_variant::n == 8 ? (~1'sb0) : E)	all ones
 *
 * Both constants take the width and the sign of the other operand, E. An enum, a structure or
 * an array cannot be replaced by a number, so E is an expression with an operator, or a name
 * whose type is written out.
 */
#include "config.h"

#include "session/mutant/mutants_inner.h"

#include <string.h>

#include "session/base/mem.h"

static bool is_word(const struct finder *f, size_t token)
{
	const struct vstmt_token *t = &f->s->tokens[token];

	return t->kind == VTOKEN_NAME && !vkeyword(f->s->text + t->off, t->len, LANG_SV2017);
}

/* True if a signal is read, or what could be one. */
static bool reads(const struct finder *f, struct vspan span)
{
	for (size_t i = vstmts_token(f->s, span.off);
	     i < f->s->n_tokens && f->s->tokens[i].off < span.end; i++) {
		const struct mutants_name *name = mutants_names_at(&f->names, i);

		if (is_word(f, i) && !(name && name->constant))
			return true;
	}
	return false;
}

bool mutants_computes(const struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;
	bool any = false;

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i = vstmts_behind(s, i, s->n_tokens)) {
		if (mutants_is(f, i, "?"))
			return false;
		any |= s->tokens[i].kind == VTOKEN_SYMBOL &&
		       strchr("+-*/%&|^~!<>=", s->text[s->tokens[i].off]);
	}
	return any;
}

/* True if all names outside of brackets, at least one, are signals of a type without a name. */
static bool is_plain(const struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;
	bool any = false;

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++) {
		const struct mutants_name *name = mutants_names_at(&f->names, i);

		if (mutants_is(f, i, "[")) {
			i = vstmts_behind(s, i, s->n_tokens) - 1;
			continue;
		}
		if (s->tokens[i].kind != VTOKEN_NAME)
			continue;
		if (!name || name->typed || name->set)
			return false;
		any = true;
	}
	return any;
}

void mutants_stuck(struct finder *f, const struct vstmt *n)
{
	int line;

	if (!reads(f, n->rhs) ||
	    !(mutants_computes(f, n->rhs) || is_plain(f, n->lhs) || is_plain(f, n->rhs)))
		return;
	line = f->s->tokens[vstmts_token(f->s, n->rhs.off)].line;
	mutants_add(f, "stuck", line, n->rhs, n->rhs, mem_strdup("1'sb0"));
	mutants_add(f, "stuck", line, n->rhs, n->rhs, mem_strdup("~1'sb0"));
}
