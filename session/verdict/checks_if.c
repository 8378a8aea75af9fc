/* Which `if` of a testbench compares, and which of its branches is the bad one.
 *
 *     if (q !== e) errs++;                      the effects of a branch tell
 *     if (q === e) good++;                      a success that is not counted
 *     if (q === e) $display("q ok");
 *     else $display("q is %0d", q);             the word of the other one
 *     if (ok) return; errs++;                   what is left out
 *     if (errs == 0) $display("PASS");          no check: the report
 *     if (f == 0) $fatal(1, "no file");         no check: a need
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/verdict/checks_inner.h"

struct check_found *checks_add_site(struct checks *c, size_t source, int node, enum check_kind kind,
				    struct vspan text)
{
	const struct check_source *src = &c->sources[source];
	struct check_found *new;

	if (c->n_sites >= CHECKS_MAX_SITES)
		return NULL;
	MEM_ROOM(c->sites, c->n_sites, c->cap_sites);
	new = &c->sites[c->n_sites++];
	*new = (struct check_found){ .node = node, .fails = -1 };
	new->site = (struct check_site){ .kind = kind,
					 .source = source,
					 .path = src->path,
					 .line = src->s.v[node].line,
					 .text = checks_text(&src->s, text) };
	return new;
}

bool checks_compares_at(const struct check_site *site)
{
	return site->kind != CHECK_GUARD && site->kind != CHECK_REPORT &&
	       site->kind != CHECK_NEEDS && !site->repeats;
}

/* True if the branch fails, given that its condition compares. */
static bool side_fails(unsigned e, bool compares, bool differs, bool unexpected)
{
	if (unexpected && (e & (EFFECT_PRINTS | EFFECT_NOTES | EFFECT_ENDS)) && !(e & EFFECT_RIGHT))
		return true;
	return (e & EFFECT_FAILS) || ((e & EFFECT_HINTS) && compares && !(e & EFFECT_RIGHT)) ||
	       ((e & EFFECT_STOPS) && differs && !(e & EFFECT_RIGHT));
}

/* The final report is not a check, but entering its bad branch means that a check
 * failed. Works in any language. */
static void find_report(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	int bad = checks_report_side(c, s, i);
	struct check_found *f;

	f = bad >= 0 && checks_in_bench(src, i)
		    ? checks_add_site(c, source, i, CHECK_REPORT, s->v[i].head)
		    : NULL;
	if (!f)
		return;
	f->fails = bad;
	for (size_t t = checks_first_token(s, s->v[i].head); checks_in_span(s, t, s->v[i].head);
	     t++) {
		const struct check_var *var = checks_var_at(c, s, t);

		f->of_passes |= var && var->role == ROLE_PASSES;
	}
}

bool checks_is_decided(const struct checks *c, const struct check_source *src, int node,
		       struct vspan cond)
{
	return checks_is_fixed(c, src, node, cond) || checks_only_when(c, src, node, cond);
}

bool checks_ends_run(const struct vstmts *s, int i)
{
	for (int k = i; k < s->v[i].end; k++)
		if (s->v[k].kind == VSTMT_SYSTEM &&
		    (vspan_is(s, s->v[k].name, "$finish") || vspan_is(s, s->v[k].name, "$stop")))
			return true;
	return false;
}

/* Handles "if (!$value$plusargs(...)) $fatal" and "if (f == 0) $display("cannot open")". */
static bool find_need(struct checks *c, size_t source, int i, int then, int other, unsigned a,
		      unsigned b)
{
	const struct check_source *src = &c->sources[source];
	int way = checks_needs(c, &src->s, src->s.v[i].head);
	int missing = way == 1 ? other : then;
	unsigned e = way == 1 ? b : a;
	struct check_found *f;

	if ((way != 1 && way != 2) || missing < 0 ||
	    !(e & (EFFECT_FAILS | EFFECT_HINTS | EFFECT_STOPS) ||
	      checks_ends_run(&src->s, missing)))
		return false;
	f = checks_add_site(c, source, i, CHECK_NEEDS, src->s.v[i].head);
	if (f)
		f->fails = missing;
	return true;
}

/* True for "if (ok) return;" followed by a failure. */
static bool is_early(const struct checks *c, const struct check_source *src, int i, int then)
{
	const struct vstmts *s = &src->s;
	int up = s->v[i].parent, last = then;
	unsigned after = 0;

	if (then < 0 || up < 0 || s->v[up].kind == VSTMT_IF || s->v[up].kind == VSTMT_CHOICE ||
	    s->v[i].role != VROLE_LIST)
		return false;
	for (int k = then; k < s->v[then].end; k++)
		last = k;
	if (s->v[last].kind != VSTMT_JUMP ||
	    (checks_effects_of(c, src, then) & (EFFECT_FAILS | EFFECT_HINTS)))
		return false;
	for (int k = s->v[i].end; k < s->v[up].end; k = s->v[k].end)
		after |= s->v[k].kind == VSTMT_IF ? 0 : checks_effects_of(c, src, k);
	return (after & (EFFECT_FAILS | EFFECT_HINTS)) && !(after & EFFECT_RIGHT);
}

/* True for "if (^q === 1'bx) $display("q is x");", which prints and continues,
 * but not for "q is x before reset". */
static bool complains_of_x(const struct check_source *src, int i, unsigned effects)
{
	static const char *const wanted[] = { "reset",	"rst",	 "initial", "power",
					      "before", "until", "yet",	    NULL };
	const struct vstmts *s = &src->s;

	if (i < 0 || !(effects & EFFECT_PRINTS) ||
	    (effects & (EFFECT_RIGHT | EFFECT_ENDS | EFFECT_STOPS)))
		return false;
	for (int k = i; k < s->v[i].end; k++) {
		struct vspan head = s->v[k].head;

		if (s->v[k].kind == VSTMT_JUMP ||
		    (s->v[k].kind == VSTMT_SYSTEM &&
		     checks_contains(s->text + head.off, head.end - head.off, wanted)))
			return false;
	}
	return true;
}

/* True if a success is counted there, not only printed. */
static bool raises_right(const struct checks *c, const struct check_source *src, int i)
{
	for (int k = i; i >= 0 && k < src->s.v[i].end; k++)
		if ((src->s.v[k].kind == VSTMT_BLOCKING || src->s.v[k].kind == VSTMT_NONBLOCKING) &&
		    (checks_own_effects(c, src, k) & EFFECT_RIGHT))
			return true;
	return false;
}

/* "if (q == old) $display("stable, ok");" is a log line; it takes more to be a check. */
static bool claims_pass(const struct checks *c, const struct check_source *src, int i)
{
	static const char *const pass[] = { "pass", NULL };
	const struct vstmts *s = &src->s;

	for (int k = i; i >= 0 && k < s->v[i].end; k++)
		if (checks_is_print(s, &s->v[k]) &&
		    checks_contains(s->text + s->v[k].head.off, s->v[k].head.end - s->v[k].head.off,
				    pass))
			return true;
	return raises_right(c, src, i);
}

void checks_find_if(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	int then = checks_side(s, i, VROLE_THEN), other = checks_side(s, i, VROLE_ELSE);
	unsigned a = checks_effects_of(c, src, then), b = checks_effects_of(c, src, other);
	bool named_difference = checks_names_difference(c, s, v->head);
	enum check_expect equates = checks_equates_all(c, s, v->head);
	bool differs = checks_differs(s, v->head) || named_difference;
	bool compares = checks_compares(s, v->head) || checks_calls(s, v->head) ||
			equates != EXPECT_NONE || named_difference ||
			checks_names_comparison(c, s, v->head);
	enum check_expect expects = checks_expects(c, s, v->head), x = checks_asks_x(s, v->head);
	bool roles, bad, else_bad, weak = false, by_word = false,
				   change = checks_asks_change(c, s, v->head);
	bool only = checks_only_accounts(c, s, v->head, &roles);
	struct check_found *f;

	if (checks_is_fixed(c, src, i, v->head) || find_need(c, source, i, then, other, a, b) ||
	    checks_asks_severity(s, v->head))
		return;
	/* The final report, or an `if` inside a failing branch. */
	if (checks_is_account(c, s, v->head)) {
		if (roles)
			find_report(c, source, i);
		return;
	}
	if (only && ((a | b) & EFFECT_LATE))
		return;
	if (!((a | b) & (EFFECT_ENDS | EFFECT_STOPS | EFFECT_LATE)) &&
	    checks_only_when(c, src, i, v->head))
		return;
	/* "if (cycle == 30)" says when, not whether it is right. */
	if (only && !roles && !differs) {
		a = checks_effects_then(c, src, then);
		b = checks_effects_then(c, src, other);
	}
	/* Handles "if (v[i] === 9'bx) begin $display("%0d errors", n); $finish;
	 * end", a summary. */
	if (((a | b) & (EFFECT_SUMS | EFFECT_ENDS)) == (EFFECT_SUMS | EFFECT_ENDS) &&
	    !((a | b) & EFFECT_FAILS))
		return;
	bad = side_fails(a, compares, differs || equates == EXPECT_DIFFERS,
			 expects == EXPECT_DIFFERS && !(b & (EFFECT_FAILS | EFFECT_HINTS)));
	else_bad = side_fails(b, compares, differs || equates == EXPECT_SAME,
			      expects == EXPECT_SAME && !(a & (EFFECT_FAILS | EFFECT_HINTS)));
	if (bad && else_bad)
		return;
	bad = bad || (x == EXPECT_DIFFERS && !else_bad && complains_of_x(src, then, a));
	else_bad = else_bad || (x == EXPECT_SAME && !bad && complains_of_x(src, other, b));
	if (!bad && !else_bad && checks_selects(c, src, i))
		return;
	if (!bad && !else_bad && compares && then >= 0 && other >= 0) {
		int worse = checks_bad_word(s, then, other);

		bad = worse == then;
		else_bad = worse == other;
	}
	if (!bad && !else_bad && compares && !change && then >= 0 && other >= 0 &&
	    checks_in_bench(src, i)) {
		int worse = checks_other_word(s, then, other);

		bad = worse == then;
		else_bad = worse == other;
		weak = by_word = worse >= 0;
	}
	if (!bad && !else_bad && other < 0 && compares)
		else_bad = is_early(c, src, i, then);
	if (!bad && !else_bad) {
		if (!((a | b) & EFFECT_RIGHT) || (a & b & EFFECT_RIGHT) ||
		    !checks_in_bench(src, i) || (only && !compares) ||
		    (change && !claims_pass(c, src, a & EFFECT_RIGHT ? then : other)))
			return;
		else_bad = (a & EFFECT_RIGHT) != 0;
		weak = true;
	}
	f = checks_add_site(c, source, i, ((bad ? a : b) & EFFECT_LATE) ? CHECK_GUARD : CHECK_IF,
			    v->head);
	if (!f)
		return;
	f->weak = weak;
	f->spots = weak && (other < 0 || by_word) &&
		   !((a & EFFECT_RIGHT) && raises_right(c, src, then)) &&
		   checks_equates(c, s, v->head) == EXPECT_NONE;
	f->fails = else_bad ? other : then;
	f->fails_else = else_bad && other < 0;
}
