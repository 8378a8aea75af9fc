/* Conditions that are constant during a run.
 *
 * `assert (WIDTH > 0)`, `if (DEBUG) $display("FAIL")` and `if (0)` are decided
 * before the run starts, so they compare nothing. A condition is constant if it
 * consists of numbers, parameters of the enclosing unit, of a package or of the
 * file, macros made of the same, functions of widths, and variables that nothing ever
 * sets (checks_never.c). In a testbench,
 * however, a parameter or macro that can be set for a run (`set parameters`, `set
 * defines`) counts as variable: one that no source defines, or only below its own
 * `ifndef. Any other name may be anything. A number alone in an assert is
 * constant as well, but `assert (0)` is a common way to report a failure, so it
 * is kept. `assert (item.randomize())` and `if (!$cast(a, b)) $fatal` are no constants,
 * but nothing of the design takes part in them either.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"
#include "session/verilog/vsystem.h"

#define ROUNDS 64 /* nesting of macros; beyond that, none counts as constant */

/* True for a constant of a package or of a file. */
static bool is_shared(const struct checks *c, const struct vstmts *s, size_t t)
{
	return checks_has(&c->constants, s, checks_token(s, t));
}

/* True if the enclosing unit sets it as a parameter; one that may be set from outside does not
 * count in a testbench. A name that it does not declare may be that of a package. */
static bool is_parameter(const struct checks *c, const struct check_source *src, int node, size_t t)
{
	bool outside = checks_in_bench(src, node) && !checks_only_prints(src, node);
	struct vspan name = checks_token(&src->s, t);
	unsigned facts = checks_facts_at(src, node, name);

	return facts & (outside ? NAME_LOCAL : NAME_PARAMETER) ||
	       (!(facts & NAME_DECLARED) && is_shared(c, &src->s, t));
}

static bool is_macro(const struct checks *c, const struct vstmts *s, size_t t)
{
	struct vspan name = checks_routine(s, checks_token(s, t));

	return checks_has(&c->macros, s, name) && !checks_has(&c->open_macros, s, name);
}

/* True for names, numbers and operators, but not for a call, which may differ each time. */
static bool is_plain(const struct vstmts *s, struct vspan in)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++)
		if (s->tokens[i].kind == VTOKEN_SYSTEM || s->tokens[i].kind == VTOKEN_DIRECTIVE ||
		    (s->tokens[i].kind == VTOKEN_NAME && checks_is(s, i + 1, "(")))
			return false;
	return true;
}

static bool same_tokens(const struct vstmts *s, struct vspan a, struct vspan b)
{
	size_t i = checks_first_token(s, a), k = checks_first_token(s, b), n = 0;

	for (; checks_in_span(s, i, a) && checks_in_span(s, k, b); i++, k++, n++)
		if (!checks_same(s, checks_token(s, i), s, checks_token(s, k)))
			return false;
	return n > 0 && !checks_in_span(s, i, a) && !checks_in_span(s, k, b);
}

/* The node before this one in its list; -1: it is the first. */
static int before(const struct vstmts *s, int node)
{
	int up = s->v[node].parent, last = node - 1;

	while (last > up && s->v[last].parent != up)
		last = s->v[last].parent;
	return last > up ? last : -1;
}

/* True for "e = #5 q" and "e = @(posedge clk) q". */
static bool waits(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const delays[] = { "#", "@", "repeat", NULL };

	return checks_is_any(s, vstmts_token(s, v->lhs.end) + 1, delays);
}

/* True if one is a copy of the other, made before the node in its list without a wait between:
 * "e = q; if (q !== e)". */
static bool just_copied(const struct vstmts *s, int node, struct vspan a, struct vspan b)
{
	if (s->v[node].parent < 0 || s->v[node].role != VROLE_LIST)
		return false;
	for (int k = before(s, node); k >= 0; k = before(s, k)) {
		bool waited = s->v[k].kind == VSTMT_PREFIX && k + 1 < s->v[k].end;
		const struct vstmt *v = &s->v[k + waited]; /* "#5 e = q;" */
		struct vspan name = checks_last_name(s, v->lhs);

		if (checks_is_print(s, v) && !waited)
			continue;
		if (v->kind != VSTMT_BLOCKING || waits(s, v))
			return false;
		if (checks_is(s, vstmts_token(s, v->lhs.end), "=") &&
		    ((same_tokens(s, v->lhs, a) && same_tokens(s, v->rhs, b)) ||
		     (same_tokens(s, v->lhs, b) && same_tokens(s, v->rhs, a))))
			return true;
		if (waited || checks_mentions(s, a, name) || checks_mentions(s, b, name))
			return false;
	}
	return false;
}

/* True for "q !== q": what is compared with itself says nothing. "(q ^ q) !== 0" is x where
 * q is, and asks for that. */
static bool compares_itself(const struct vstmts *s, int node, struct vspan cond)
{
	struct check_cond q;
	const struct check_term *t = q.v;

	checks_read_cond(s, cond, &q);
	return (t->asks == ASKS_SAME || t->asks == ASKS_VALUE) && !t->gap && is_plain(s, t->left) &&
	       (same_tokens(s, t->left, t->right) || just_copied(s, node, t->left, t->right));
}

/* True if it only asks whether a value could be drawn, or whether an object is of a class. */
static bool only_draws(const struct vstmts *s, struct vspan cond)
{
	static const char *const calls[] = { "randomize", "$cast", NULL }, *const joins[] = {
		"&&", "||", NULL
	};
	struct vspan in = checks_unwrapped(s, cond);
	bool draws = false;
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		depth += vstmts_bracket(s, i);
		if (depth == 0 && checks_is_any(s, i, joins))
			return false;
		draws |= checks_is_any(s, i, calls) && checks_is(s, i + 1, "(");
	}
	return draws;
}

bool checks_is_fixed(const struct checks *c, const struct check_source *src, int node,
		     struct vspan cond)
{
	const struct vstmts *s = &src->s;
	size_t from = checks_first_token(s, cond);

	if (!checks_in_span(s, from, cond))
		return false;
	if (checks_never_holds(src, node, cond) || compares_itself(s, node, cond) ||
	    only_draws(s, cond))
		return true;
	for (size_t i = from; checks_in_span(s, i, cond); i++) {
		switch (s->tokens[i].kind) {
		case VTOKEN_NUMBER:
		case VTOKEN_STRING:
		case VTOKEN_SYMBOL:
			break;
		case VTOKEN_SYSTEM:
			if (!vsystem_is(s, i, VSYSTEM_VALUE))
				return false;
			break;
		case VTOKEN_DIRECTIVE:
			if (!is_macro(c, s, i))
				return false;
			break;
		case VTOKEN_NAME:
			if (checks_is(s, i + 1, "::") || checks_is_never_set(src, node, i))
				break;
			if (!is_parameter(c, src, node, i))
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}

/* Shared constants ------------------------------------------------------------- */

/* True if "`ifndef A" directly precedes the `define of A: a run may define it differently. */
static bool is_fallback(const struct vstmts *s, const struct vstmt *define)
{
	static const char word[] = "`ifndef";
	size_t at = define->all.off, len = define->name.end - define->name.off;

	while (at > 0 && isspace((unsigned char)s->text[at - 1]))
		at--;
	if (at < len || memcmp(s->text + at - len, s->text + define->name.off, len) != 0)
		return false;
	at -= len;
	while (at > 0 && isblank((unsigned char)s->text[at - 1]))
		at--;
	return at >= strlen(word) && memcmp(s->text + at - strlen(word), word, strlen(word)) == 0;
}

/* True if the macro's text consists of numbers and constants only. */
static bool is_fixed_text(const struct checks *c, const struct vstmts *s,
			  const struct vstmt *define)
{
	size_t from = define->head.off < define->head.end ? define->head.end : define->name.end;
	struct vspan body = { from, define->all.end };

	for (size_t i = checks_first_token(s, body); checks_in_span(s, i, body); i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (t->kind == VTOKEN_NUMBER || t->kind == VTOKEN_STRING ||
		    t->kind == VTOKEN_SYMBOL || vsystem_is(s, i, VSYSTEM_VALUE) ||
		    (t->kind == VTOKEN_DIRECTIVE && is_macro(c, s, i)) ||
		    (t->kind == VTOKEN_NAME &&
		     (checks_is_formal(s, define, checks_token(s, i)) || is_shared(c, s, i))))
			continue;
		return false;
	}
	return true;
}

/* Marks macros as not constant whose text has something that is not; true if
 * there were new ones. */
static bool open_macros(struct checks *c)
{
	bool more = false;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 0; i < s->n; i++) {
			const struct vstmt *v = &s->v[i];

			if (v->kind == VSTMT_DEFINE &&
			    (is_fallback(s, v) || !is_fixed_text(c, s, v)))
				more |= checks_put(&c->open_macros, s, v->name);
		}
	}
	return more;
}

/* Adds each name that a declaration sets as a parameter or a constant. */
static void take_constants(struct checks *c, const struct vstmts *s, struct vspan all)
{
	size_t at = checks_first_token(s, all);
	struct check_declared d = { 0 };

	while (checks_next_declared(s, all, &at, &d))
		if (d.parameter && d.value.end)
			checks_put(&c->constants, s, checks_token(s, d.token));
}

void checks_read_constants(struct checks *c)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		checks_read_names(&c->sources[k]);
		for (size_t i = 0; i < s->n; i++) {
			const struct vstmt *v = &s->v[i];
			int up = v->parent;

			if (v->kind == VSTMT_DEFINE)
				checks_put(&c->macros, s, v->name);
			if (v->kind == VSTMT_DECL &&
			    (up < 0 ||
			     (s->v[up].kind == VSTMT_UNIT &&
			      checks_is(s, vstmts_token(s, s->v[up].all.off), "package"))))
				take_constants(c, s, v->all);
		}
	}
	for (int round = 0; open_macros(c); round++)
		if (round == ROUNDS) {
			name_map_fini(&c->macros);
			break;
		}
}
