/* What a statement of a testbench does to the verdict: it fails, it counts a
 * success, or neither.
 *
 * The effects of a branch are those of its direct statements. A nested `if` that
 * is a site of its own is not included, unless it only decides how much to print.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/testbench/checks_inner.h"
#include "session/verilog/vsystem.h"

#define DEPTH_MAX 8 /* nested ifs about printing */

/* Handles result = "FAILED". */
static unsigned text_effects(const struct vstmts *s, struct vspan rhs)
{
	size_t i = checks_sole_token(s, rhs);
	unsigned says;

	if (i == s->n_tokens || s->tokens[i].kind != VTOKEN_STRING || s->tokens[i].len < 2)
		return 0;
	says = checks_argument_says(s, rhs) |
	       checks_short_word(s->text + s->tokens[i].off + 1, s->tokens[i].len - 2);
	if (says & SAYS_FAIL)
		return EFFECT_FAILS;
	return says & SAYS_HINT ? EFFECT_HINTS : says & (SAYS_PASS | SAYS_GOOD) ? EFFECT_RIGHT : 0;
}

bool checks_is_literal(const struct checks *c, const struct vstmts *s, struct vspan value)
{
	size_t i = checks_sole_token(s, value);
	bool zero;

	if (i == s->n_tokens || s->tokens[i].kind == VTOKEN_NUMBER)
		return checks_is_constant(s, value, &zero);
	return s->tokens[i].kind == VTOKEN_STRING ||
	       (s->tokens[i].kind == VTOKEN_NAME && !checks_may_change(c, s, value));
}

bool checks_is_position(const struct checks *c, const struct vstmts *s, struct vspan value)
{
	size_t i = checks_sole_token(s, value);
	const struct check_var *var;

	if (i == s->n_tokens)
		return false;
	if (vsystem_is(s, i, VSYSTEM_TIME))
		return true;
	var = checks_var_at(c, s, i);
	return var && var->raised && !var->other && !var->raised_by_compare;
}

/* True for "rc = -1" and "n = n + 1", unless the target is a stimulus. */
static bool is_note(const struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs);
	const struct check_var *var = checks_var_in(c, s, name);

	return var && !var->wired && !var->handle &&
	       (checks_assign(s, v) == ASSIGN_RAISE || checks_is_literal(c, s, v->rhs) ||
		checks_is_position(c, s, v->rhs));
}

/* "rc = 0; ... rc = rc - 1;": how far it is below zero counts failures. What counts down
 * from a number counts what is left. */
static bool falls_from_zero(const struct check_var *var)
{
	return var->lowered == var->raised && var->zero && !var->nonzero && !var->other;
}

static unsigned assign_effects(const struct checks *c, const struct vstmts *s,
			       const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs);
	const struct check_var *var = checks_var_in(c, s, name);

	switch (var ? var->role : ROLE_NONE) {
	case ROLE_ERRORS:
		if (checks_assign(s, v) == ASSIGN_RAISE)
			return checks_lowers(s, v) && !falls_from_zero(var) ? EFFECT_RIGHT
									    : EFFECT_FAILS;
		return checks_assign(s, v) == ASSIGN_NONZERO ? EFFECT_FAILS : 0;
	case ROLE_PASSES:
		if (checks_assign(s, v) != ASSIGN_RAISE)
			return 0;
		return checks_lowers(s, v) ? EFFECT_FAILS : EFFECT_RIGHT;
	case ROLE_FAIL_FLAG:
		return checks_assign(s, v) == ASSIGN_NONZERO ? EFFECT_FAILS : 0;
	case ROLE_PASS_FLAG:
		return checks_assign(s, v) == ASSIGN_ZERO ? EFFECT_FAILS : 0;
	default:
		return text_effects(s, v->rhs);
	}
}

static unsigned print_effects(const struct checks *c, const struct check_source *src, int i)
{
	unsigned says = checks_print_says(c, src, i), effects = EFFECT_PRINTS;

	if (says & SAYS_FAIL)
		effects |= EFFECT_FAILS;
	else if ((says & (SAYS_HINT | SAYS_ERRORS)) && !checks_only_prints(src, i))
		effects |= EFFECT_HINTS;
	if (says & SAYS_ERRORS)
		effects |= EFFECT_SUMS;
	if (says & SAYS_TIMEOUT)
		effects |= EFFECT_LATE;
	if ((says & (SAYS_PASS | SAYS_GOOD)) && !(says & SAYS_FAIL))
		effects |= EFFECT_RIGHT;
	return effects;
}

static bool named(const struct name_map *m, const struct vstmts *s, struct vspan called)
{
	return checks_has(m, s, checks_routine(s, called));
}

/* Handles log("ERROR", "sum is wrong"). */
static unsigned severity(const struct vstmts *s, struct vspan arguments)
{
	static const char *const words[] = { "error", "fail",	  "failed", "failure",
					     "fatal", "mismatch", NULL };

	for (size_t i = checks_first_token(s, arguments); checks_in_span(s, i, arguments); i++) {
		const struct vstmt_token *t = &s->tokens[i];

		for (size_t k = 0; t->kind == VTOKEN_STRING && words[k]; k++) {
			if (t->len == strlen(words[k]) + 2 &&
			    strncasecmp(s->text + t->off + 1, words[k], t->len - 2) == 0)
				return EFFECT_FAILS;
		}
	}
	return 0;
}

bool checks_asks_severity(const struct vstmts *s, struct vspan cond)
{
	return severity(s, cond) != 0;
}

/* A message for later, msgs.push_back($sformatf("q is %0d", q)), and it is asked whether
 * there are any: msgs.size(). Without that it is a log. */
static bool keeps_text(const struct vstmts *s, struct vspan name, struct vspan arguments)
{
	size_t i = checks_first_token(s, arguments);
	int queue = (int)(name.end - name.off - strlen("push_back")); /* with its dot */
	char *asked = str_fmt("%.*ssize", queue, s->text + name.off);
	bool is_asked = memmem(s->text + name.end, s->len - name.end, asked, strlen(asked));

	free(asked);
	return is_asked && checks_in_span(s, i, arguments) &&
	       (s->tokens[i].kind == VTOKEN_STRING || checks_is(s, i, "$sformatf"));
}

/* Names of which some condition asks whether the string is empty: log == "", log.len(). */
void checks_read_asked_texts(struct checks *c)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 0; i + 2 < s->n_tokens; i++)
			if (s->tokens[i].kind == VTOKEN_NAME &&
			    ((checks_is(s, i + 1, ".") && checks_is(s, i + 2, "len")) ||
			     (checks_is_any(s, i + 1, checks_equal) &&
			      s->tokens[i + 2].kind == VTOKEN_STRING)))
				checks_put(&c->asked_texts, s, checks_token(s, i));
	}
}

bool checks_appends(const struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs);
	size_t i = checks_first_token(s, v->rhs);
	bool text = false;

	if (v->kind != VSTMT_BLOCKING || !checks_is(s, i, "{") || !checks_is(s, i + 2, ",") ||
	    !checks_same(s, checks_token(s, i + 1), s, name))
		return false;
	for (; checks_in_span(s, i, v->rhs); i++)
		text |= s->tokens[i].kind == VTOKEN_STRING || checks_is(s, i, "$sformatf");
	return text && checks_has(&c->asked_texts, s, name);
}

/* A call of a task that prints counts as a print. */
static unsigned call_prints(const struct checks *c, const struct vstmts *s, struct vspan name)
{
	if (named(&c->hinting, s, name))
		return EFFECT_PRINTS | EFFECT_HINTS;
	return named(&c->telling, s, name) ? EFFECT_PRINTS : 0;
}

unsigned checks_own_effects(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];

	switch (v->kind) {
	case VSTMT_SYSTEM:
		if (vspan_is(s, v->name, "$error") || checks_end(s, v) == END_FATAL)
			return EFFECT_FAILS;
		if (checks_end(s, v) == END_STOP)
			return EFFECT_STOPS;
		if (checks_end(s, v) == END_FINISH)
			return checks_returns_bad(s, v) ? EFFECT_FAILS : EFFECT_ENDS;
		return checks_is_print(s, v) ? print_effects(c, src, i) : 0;
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		if (!checks_in_bench(src, i))
			return 0;
		if (checks_appends(c, s, v))
			return EFFECT_NOTES | EFFECT_HINTS;
		return assign_effects(c, s, v) | (is_note(c, s, v) ? EFFECT_NOTES : 0u);
	case VSTMT_JUMP:
		return vspan_is(s, v->name, "disable") || vspan_is(s, v->name, "break")
			       ? EFFECT_NOTES
			       : 0;
	case VSTMT_TRIGGER: /* "-> bad;" of what "always @(bad)" tells */
		return EFFECT_NOTES |
		       (named(&c->failing, s, checks_last_name(s, v->all)) ? EFFECT_FAILS : 0u);
	case VSTMT_CALL:
	case VSTMT_MACRO:
		if (vspan_is(s, checks_last_name(s, v->name), "push_back"))
			return EFFECT_NOTES | (keeps_text(s, v->name, v->head) ? EFFECT_HINTS : 0u);
		if (vspan_is(s, v->name, "`uvm_error") || vspan_is(s, v->name, "`uvm_fatal") ||
		    named(&c->failing, s, v->name))
			return EFFECT_FAILS;
		if (named(&c->passing, s, v->name))
			return EFFECT_RIGHT;
		return severity(s, v->head) | call_prints(c, s, v->name);
	default:
		return 0;
	}
}

/* True if the condition does not compare the design: it is about accounts with a
 * role, about how much to print, "n < 10". */
bool checks_is_account(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	bool roles, only = checks_only_accounts(c, s, cond, &roles);

	return only && (roles || !checks_compares(s, cond) || checks_is_limit(s, cond));
}

static bool sets_flag(const struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs);
	const struct check_var *var = v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING
					      ? checks_var_in(c, s, name)
					      : NULL;

	return var && (var->role == ROLE_FAIL_FLAG || var->role == ROLE_PASS_FLAG);
}

/* True for `if (errors != 0) $display("FAIL")`, but not for `if (!told) begin told = 1;
 * $display("FAIL"); end`: that prints the first one. */
static bool reports(const struct checks *c, const struct vstmts *s, int i)
{
	int bad = checks_report_side(c, s, i);

	for (int k = bad; bad >= 0 && k < s->v[bad].end; k++) {
		struct vspan name = checks_last_name(s, s->v[k].lhs);

		if (name.off < name.end && checks_mentions(s, s->v[i].head, name))
			return false;
	}
	return bad >= 0;
}

/* Effects of the direct statements in the subtree of i. depth: DEPTH_MAX: without any
 * `if` below. flags: whether flags that are set count. */
static unsigned effects_below(const struct checks *c, const struct check_source *src, int i,
			      int depth, bool flags)
{
	const struct vstmts *s = &src->s;
	unsigned all = 0;

	for (int k = i; i >= 0 && k < s->v[i].end;) {
		const struct vstmt *v = &s->v[k];

		if (v->kind == VSTMT_ASSERT || v->kind == VSTMT_CASE || v->kind == VSTMT_PROPERTY) {
			k = v->end;
			continue;
		}
		if (v->kind == VSTMT_IF) {
			unsigned below = 0, both = ~0u;
			bool roles;

			checks_only_accounts(c, s, v->head, &roles);
			if (depth < DEPTH_MAX && checks_is_account(c, s, v->head)) {
				for (int side = k + 1; side < v->end; side = s->v[side].end) {
					unsigned one =
						effects_below(c, src, side, depth + 1, flags);

					below |= one;
					both &= side == k + 1 && s->v[side].end == v->end ? 0 : one;
				}
			}
			/* An `if` that chooses between good and bad is a report, and so
			 * is one that only prints if something failed. */
			if (!(below & EFFECT_RIGHT) && !(roles && (both & EFFECT_PRINTS)) &&
			    !(roles && reports(c, s, k)))
				all |= below;
			k = v->end;
			continue;
		}
		if (flags || !sets_flag(c, s, v))
			all |= checks_own_effects(c, src, k);
		k++;
	}
	return all;
}

unsigned checks_effects_of(const struct checks *c, const struct check_source *src, int i)
{
	return effects_below(c, src, i, 0, true);
}

unsigned checks_effects_then(const struct checks *c, const struct check_source *src, int i)
{
	return effects_below(c, src, i, DEPTH_MAX, false);
}
