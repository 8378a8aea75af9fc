/* Results that are overwritten before anything asks for them:
 *
 *     for (i = 0; i < 16; i = i + 1) begin
 *         a = i; #5;
 *         ok = (y === want);              each of them, of which the last one decides
 *     end
 *     if (ok) $display("PASS");
 *
 * The report is that of the last comparison; what the others found is lost to it, and not to
 * the counters. A flag that an always follows the design with, that a loop waits for, or that
 * is joined into another one says something else.
 *
 * A count that only ever rises, and is then asked whether it is 0, cannot be good after a
 * failure, unless it is x from the start or has too few bits: what raised it is lost, too.
 * Where the run ends with a count in numbers, that is the report, and the other is a hint.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

static bool is_report(const struct checks *c, size_t source, size_t off)
{
	const struct vstmts *s = &c->sources[source].s;

	for (size_t n = 0; n < c->n_sites; n++) {
		const struct check_found *f = &c->sites[n];
		struct vspan head = s->v[f->node].head;

		if (f->site.source == source && f->site.kind == CHECK_REPORT && off >= head.off &&
		    off < head.end)
			return true;
	}
	return false;
}

static bool in_span(size_t off, struct vspan span)
{
	return off >= span.off && off < span.end;
}

/* True if the statement mentions the name at token i only to set, declare or print it. */
static bool passes_by(const struct vstmts *s, const struct vstmt *v, size_t i)
{
	size_t off = s->tokens[i].off;

	switch (v->kind) {
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		return in_span(off, v->lhs);
	case VSTMT_DECL: /* "reg a, ok;", but not "wire led = ok;" */
		return i > 0 && (s->tokens[i - 1].kind == VTOKEN_KEYWORD ||
				 checks_is(s, i - 1, "]") || checks_is(s, i - 1, ","));
	default:
		return checks_is_print(s, v);
	}
}

/* True if nothing but reports asks for the name. Nodes are in the order of the text, but for
 * the bodies of macros, whose names are then taken for questions. */
static bool only_reports(const struct checks *c, size_t source, struct vspan name)
{
	const struct vstmts *s = &c->sources[source].s;
	size_t node = 0;

	for (size_t i = 0; i < s->n_tokens; i++) {
		size_t off = s->tokens[i].off;

		while (node + 1 < s->n && s->v[node + 1].all.off <= off)
			node++;
		if (s->tokens[i].kind != VTOKEN_NAME ||
		    !checks_same(s, checks_token(s, i), s, name))
			continue;
		if (!passes_by(s, &s->v[node], i) && !is_report(c, source, off))
			return false;
	}
	return true;
}

static bool is_lost(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	const struct vstmt *v = &s->v[f->node];
	struct vspan name = checks_last_name(s, v->lhs);
	const struct check_var *var = checks_var_in(c, s, name);

	return f->site.kind == CHECK_ASSIGN && v->kind == VSTMT_BLOCKING && var &&
	       (var->role == ROLE_PASS_FLAG || var->role == ROLE_FAIL_FLAG) &&
	       name.off == v->lhs.off && name.end == v->lhs.end &&
	       !checks_mentions(s, v->rhs, name) && vstmts_around(s, f->node, VSTMT_ALWAYS) < 0 &&
	       checks_expects(c, s, v->rhs) != EXPECT_NONE && only_reports(c, f->site.source, name);
}

/* True if nothing sets the count back, and the report asks whether it is 0. */
static bool only_rises(const struct check_var *var)
{
	return var && var->role == ROLE_ERRORS && var->raised && !var->lowered && !var->other &&
	       !var->compared && !var->ones && !var->zeros_late && var->zero_passes && !var->amount;
}

/* True if such a count is raised where the check fails, whatever else is asked there. */
static bool raises_for_good(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	int end = f->fails >= 0 ? s->v[f->fails].end : 0;

	for (int k = f->fails; f->site.kind == CHECK_IF && k >= 0 && k < end; k++) {
		if (s->v[k].kind == VSTMT_IF || s->v[k].kind == VSTMT_CASE)
			k = s->v[k].end - 1;
		else if (checks_assign(s, &s->v[k]) == ASSIGN_RAISE &&
			 only_rises(checks_var_in(c, s, checks_last_name(s, s->v[k].lhs))))
			return true;
	}
	return false;
}

#define ASKED_MAX 1000 /* sites; the text is read for each */

void checks_find_lost(struct checks *c)
{
	size_t asked = 0;

	for (size_t i = 0; i < c->n_sites && asked < ASKED_MAX; i++) {
		asked += c->sites[i].site.kind == CHECK_ASSIGN;
		c->sites[i].lost = is_lost(c, &c->sites[i]) ||
				   (!c->sums_up && raises_for_good(c, &c->sites[i]));
	}
}
