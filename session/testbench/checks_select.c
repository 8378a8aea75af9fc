/* An `if` that selects what is checked, and is not a check itself.
 *
 *     if (addr < 256) mem[addr] <= data;
 *     else begin
 *         if (data !== want[n]) errors = errors + 1;     the check
 *         n = n + 1;                                     how many there were
 *     end
 *
 * A count, or the words "write ok" in the other branch, look like a success, and what
 * remains like a failure. But the verdict is told by a check further in, which asks
 * about something else. Those that go on about the same are steps of one comparison:
 *
 *     if (q === 1) $display("ok"); else if (q === 0) $display("FAIL");
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

#define FAILING (EFFECT_FAILS | EFFECT_HINTS | EFFECT_STOPS)
#define ROUTINE 1 /* depth at which calls are no longer followed */

/* True if the two expressions have a name in common. */
static bool shares_name(const struct vstmts *s, struct vspan a, struct vspan b)
{
	for (size_t i = checks_first_token(s, a); checks_in_span(s, i, a); i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (t->kind == VTOKEN_NAME &&
		    checks_mentions(s, b, (struct vspan){ t->off, t->off + t->len }))
			return true;
	}
	return false;
}

static bool fails_below(const struct checks *c, const struct check_source *src, int i)
{
	unsigned all = 0;

	for (int k = i; i >= 0 && k < src->s.v[i].end; k++)
		all |= checks_own_effects(c, src, k);
	return (all & FAILING) && !(all & EFFECT_LATE);
}

/* True for an `if` or `case` that fails in some of its branches. */
static bool is_check(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	size_t failing = 0, branches = 0;

	if (v->kind == VSTMT_ASSERT)
		return true;
	if ((v->kind != VSTMT_IF && v->kind != VSTMT_CASE) || checks_is_account(c, s, v->head) ||
	    checks_is_decided(c, src, i, v->head))
		return false;
	for (int k = i + 1; k < v->end; k = s->v[k].end) {
		branches++;
		failing += fails_below(c, src, k);
	}
	return failing && (failing < branches || branches == 1);
}

static bool holds_check(const struct checks *c, const struct check_source *src, int i,
			const struct vspan *about, int depth);

/* True for a call of a task or macro that checks. */
static bool calls_check(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			int depth)
{
	struct vspan name = checks_last_name(s, v->name);

	if (depth >= ROUTINE || (v->kind != VSTMT_CALL && v->kind != VSTMT_MACRO))
		return false;
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct check_source *src = &c->sources[k];

		for (size_t i = 0; i < src->s.n; i++) {
			const struct vstmt *to = &src->s.v[i];
			struct vspan its = checks_last_name(&src->s, to->name);

			if ((to->kind == VSTMT_TASK || to->kind == VSTMT_FUNCTION ||
			     to->kind == VSTMT_DEFINE) &&
			    checks_same(&src->s, its, s, name) &&
			    holds_check(c, src, (int)i, NULL, depth + 1))
				return true;
		}
	}
	return false;
}

/* about: what leads there; what asks about the same is not meant. */
static bool holds_check(const struct checks *c, const struct check_source *src, int i,
			const struct vspan *about, int depth)
{
	const struct vstmts *s = &src->s;

	for (int k = i; i >= 0 && k < s->v[i].end; k++)
		if ((is_check(c, src, k) && !(about && shares_name(s, *about, s->v[k].head))) ||
		    calls_check(c, s, &s->v[k], depth))
			return true;
	return false;
}

/* True if a success is told there, not only counted under a name that tells nothing. */
static bool tells_success(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;

	for (int k = i; i >= 0 && k < s->v[i].end;) {
		const struct vstmt *v = &s->v[k];
		struct vspan name = checks_last_name(s, v->lhs);

		if (v->kind == VSTMT_IF || v->kind == VSTMT_CASE || v->kind == VSTMT_ASSERT) {
			k = v->end;
			continue;
		}
		if ((checks_own_effects(c, src, k) & EFFECT_RIGHT) &&
		    (name.off == name.end ||
		     checks_name(s->text + name.off, name.end - name.off) == ROLE_PASSES))
			return true;
		k++;
	}
	return false;
}

bool checks_selects(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vspan *about = &s->v[i].head;

	if (checks_equates(c, s, *about) != EXPECT_NONE ||
	    checks_expects(c, s, *about) != EXPECT_NONE)
		return false;
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end)
		if (!tells_success(c, src, k) && holds_check(c, src, k, about, 0))
			return true;
	return false;
}

int checks_last_good_word(const struct checks *c, const struct check_source *src, int process)
{
	int last = -1;

	for (int k = process + 1; k < src->s.v[process].end; k++)
		if (checks_is_print(&src->s, &src->s.v[k]) && !checks_below_if(&src->s, k) &&
		    checks_print_says(c, src, k) & (SAYS_PASS | SAYS_GOOD))
			last = k;
	return last;
}

/* The same for a process, or for all those of a unit; found once for many nodes in it. */
static int last_around(struct checks *c, const struct check_source *src, int around)
{
	const struct vstmts *s = &src->s;
	bool unit = s->v[around].kind == VSTMT_UNIT;
	struct check_well w = { src, around, -1 };

	if (c->well.src == src && c->well.around == around)
		return c->well.last;
	if (!unit)
		w.last = checks_last_good_word(c, src, around);
	for (int k = around + 1; unit && w.last < 0 && k < s->v[around].end; k++)
		if (s->v[k].kind == VSTMT_INITIAL)
			w.last = checks_last_good_word(c, src, k);
	c->well = w;
	return w.last;
}

bool checks_says_well_after(struct checks *c, const struct check_source *src, int node)
{
	const struct vstmts *s = &src->s;
	int process = vstmts_around(s, node, VSTMT_INITIAL);
	int unit = vstmts_around(s, node, VSTMT_UNIT);

	if (process >= 0)
		return last_around(c, src, process) > node;
	return unit >= 0 && vstmts_around(s, node, VSTMT_TASK) >= 0 &&
	       last_around(c, src, unit) >= 0;
}
