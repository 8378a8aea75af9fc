/* Conditions that a run cannot change.
 *
 * `assert (WIDTH > 0)`, `if (DEBUG) $display("FAIL")` and `if (0)` have their answer
 * before the run begins: who only asks such a thing has compared nothing, whatever
 * it was built with. Fixed is what is made of numbers, of parameters of the unit
 * around it, and of functions of widths. But what a testbench asks of a parameter that a
 * run may be given (`set parameters`) is a question of that run. A macro may be anything, and so is any
 * other name. A number alone in an assert is no question either, but `assert (0)` is
 * how some say that all is lost, so that one stays.
 */
#include "config.h"

#include "session/verdict/checks_inner.h"

#include <string.h>

static bool same(const struct vstmts *s, size_t a, size_t b)
{
	const struct vstmt_token *x = &s->tokens[a], *y = &s->tokens[b];

	return x->kind == y->kind && x->len == y->len &&
	       memcmp(s->text + x->off, s->text + y->off, x->len) == 0;
}

/* Is the name of token t set as a parameter in this part of a unit, "parameter A = 1,
 * B = 2;"? outside: only as a localparam, since others may get a value from outside. */
static bool sets(const struct vstmts *s, struct vspan all, size_t t, bool outside)
{
	bool parameter = false;

	for (size_t i = checks_first_token(s, all); checks_in_span(s, i, all); i++) {
		if (checks_is(s, i, "parameter") || checks_is(s, i, "localparam"))
			parameter = !outside || checks_is(s, i, "localparam");
		else if (checks_is(s, i, ";"))
			return false;
		else if (parameter && same(s, i, t) && checks_is(s, i + 1, "="))
			return true;
	}
	return false;
}

static bool is_parameter(const struct check_source *src, int node, size_t t)
{
	const struct vstmts *s = &src->s;
	bool outside = checks_in_bench(src, node) && !checks_only_prints(src, node);
	int unit = vstmts_around(s, node, VSTMT_UNIT);

	if (unit < 0)
		return false;
	if (sets(s, s->v[unit].all, t, outside))
		return true;
	for (int k = unit + 1; k < s->v[unit].end; k = s->v[k].end)
		if (s->v[k].kind == VSTMT_DECL && sets(s, s->v[k].all, t, outside))
			return true;
	return false;
}

bool checks_is_fixed(const struct check_source *src, int node, struct vspan cond)
{
	const struct vstmts *s = &src->s;
	static const char *const of_widths[] = { "$clog2", "$bits", "$size", "$signed", "$unsigned",
						 "$high",  "$low",  "$left", "$right",	NULL };
	size_t from = checks_first_token(s, cond);

	if (!checks_in_span(s, from, cond))
		return false;
	for (size_t i = from; checks_in_span(s, i, cond); i++) {
		switch (s->tokens[i].kind) {
		case VTOKEN_NUMBER:
		case VTOKEN_STRING:
		case VTOKEN_SYMBOL:
			break;
		case VTOKEN_SYSTEM:
			if (!checks_is_any(s, i, of_widths))
				return false;
			break;
		case VTOKEN_NAME:
			if (!is_parameter(src, node, i))
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}
