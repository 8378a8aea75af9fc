/* Expressions that may be evaluated a second time, to see for each time whether a check in
 * them failed: "errors = errors + differs(q, want)". A function may be called again if it
 * only computes: it assigns to nothing outside of it, prints nothing, and calls only
 * functions of the same kind. Found by elimination, from all functions of the sources.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"
#include "session/verilog/vsystem.h"

#define ROUNDS	  16  /* calls of calls; if these are not enough, none is known */
#define NODES_MAX 300 /* larger functions are not read */

bool checks_is_pure(const struct checks *c, const struct vstmts *s, struct vspan in)
{
	static const char *const writes[] = { "++", "--", NULL };

	if (checks_has_any(s, in, writes))
		return false;
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (s->tokens[i].kind == VTOKEN_SYSTEM &&
		    !vsystem_is(s, i, VSYSTEM_VALUE | VSYSTEM_TIME))
			return false;
		if (s->tokens[i].kind == VTOKEN_NAME && checks_is(s, i + 1, "(") &&
		    (checks_is(s, i - 1, ".") ||
		     !checks_has(&c->functions, s, checks_token(s, i)) ||
		     checks_has(&c->impure, s, checks_token(s, i))))
			return false;
	}
	return true;
}

/* True if the function declares the name, or has it itself, so that an assignment to it
 * stays inside. */
static bool is_local(const struct vstmts *s, int function, struct vspan name)
{
	const struct vstmt *v = &s->v[function];
	struct vspan header = { v->all.off, v->all.end };

	if (function + 1 < v->end)
		header.end = s->v[function + 1].all.off;
	if (checks_mentions(s, header, name))
		return true;
	for (int i = function + 1; i < v->end; i++)
		if ((s->v[i].kind == VSTMT_DECL || s->v[i].kind == VSTMT_ITEM) &&
		    checks_mentions(s, s->v[i].all, name))
			return true;
	return false;
}

/* True for "s = s + 1" where s keeps its value from call to call: nothing sets it first. */
static bool keeps(const struct vstmts *s, int function, int node)
{
	static const char *const automatic[] = { "automatic", NULL };
	struct vspan name = checks_last_name(s, s->v[node].lhs);

	if ((checks_is(s, vstmts_token(s, s->v[node].lhs.end), "=") &&
	     !checks_mentions(s, s->v[node].rhs, name)) ||
	    checks_has_any(s, s->v[function].all, automatic))
		return false;
	for (int i = function + 1; i < node; i++)
		if (s->v[i].kind == VSTMT_BLOCKING && !checks_below_if(s, i) &&
		    checks_is(s, vstmts_token(s, s->v[i].lhs.end), "=") &&
		    checks_mentions(s, s->v[i].lhs, name) && !checks_mentions(s, s->v[i].rhs, name))
			return false;
	return true;
}

static bool only_computes(const struct checks *c, const struct vstmts *s, int function)
{
	static const char *const outputs[] = { "output", "inout", "ref", NULL };

	if (s->v[function].end - function > NODES_MAX ||
	    checks_has_any(s, s->v[function].all, outputs))
		return false;
	for (int i = function + 1; i < s->v[function].end; i++) {
		const struct vstmt *v = &s->v[i];

		switch (v->kind) {
		case VSTMT_BLOCKING:
			if (!is_local(s, function, checks_last_name(s, v->lhs)) ||
			    !checks_is_pure(c, s, v->rhs) || keeps(s, function, i))
				return false;
			break;
		case VSTMT_IF:
		case VSTMT_CASE:
		case VSTMT_CHOICE:
		case VSTMT_LOOP:
		case VSTMT_JUMP:
			if (!vspan_is(s, v->name, "for") && !checks_is_pure(c, s, v->head))
				return false;
			break;
		case VSTMT_BLOCK:
		case VSTMT_DECL:
		case VSTMT_ITEM:
		case VSTMT_NULL:
			break;
		default:
			return false;
		}
	}
	return true;
}

/* One round over all functions; true if one more is known not to be pure. */
static bool eliminate(struct checks *c, bool first)
{
	bool more = false;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 0; i < s->n; i++) {
			struct vspan name = { 0, 0 };

			if (s->v[i].kind == VSTMT_FUNCTION)
				name = checks_last_name(s, s->v[i].name);
			if (name.off == name.end)
				continue;
			if (first)
				more |= checks_put(&c->functions, s, name);
			else if (!checks_has(&c->impure, s, name) && !only_computes(c, s, (int)i))
				more |= checks_put(&c->impure, s, name);
		}
	}
	return more;
}

/* True if all names in the function are its own, constants or functions of the same kind. */
static bool is_closed(const struct checks *c, const struct check_source *src, int function)
{
	const struct vstmts *s = &src->s;
	struct vspan all = s->v[function].all;

	for (size_t i = checks_first_token(s, all); checks_in_span(s, i, all); i++) {
		struct vspan name = checks_token(s, i);

		if (checks_is(s, i, ".") || s->tokens[i].kind == VTOKEN_DIRECTIVE)
			return false;
		if (s->tokens[i].kind == VTOKEN_NAME && !is_local(s, function, name) &&
		    !checks_has(&c->closed, s, name) && !checks_is_fixed(c, src, function, name))
			return false;
	}
	return true;
}

/* Adds those that call none but what is known to be closed. */
static bool close_more(struct checks *c)
{
	bool more = false;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct check_source *src = &c->sources[k];

		for (int i = 0; i < (int)src->s.n; i++) {
			struct vspan name = src->s.v[i].name;
			int unit = src->s.v[i].kind == VSTMT_FUNCTION
					   ? vstmts_around(&src->s, i, VSTMT_UNIT)
					   : -1;

			if (unit < 0 || !src->bench[unit])
				continue;
			name = checks_last_name(&src->s, name);
			if (!checks_has(&c->impure, &src->s, name) && is_closed(c, src, i))
				more |= checks_put(&c->closed, &src->s, name);
		}
	}
	return more;
}

void checks_read_pure(struct checks *c)
{
	int round = 0;

	if (!eliminate(c, true))
		return;
	while (eliminate(c, false))
		if (++round == ROUNDS) {
			name_map_fini(&c->functions);
			return;
		}
	for (round = 0; round < ROUNDS && close_more(c); round++)
		;
}
