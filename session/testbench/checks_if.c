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

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

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

bool checks_ends_run(const struct vstmts *s, int i)
{
	for (int k = i; k < s->v[i].end; k++) {
		enum check_end end = checks_end(s, &s->v[k]);

		if (end == END_FINISH || end == END_STOP)
			return true;
	}
	return false;
}

/* True for "if (f == 0) $error(...)" of a file that the run writes. The author states a check,
 * and unlike an input file it is nothing that the run needs. */
static bool is_written(const struct checks *c, const struct vstmts *s, int i, int missing)
{
	struct vspan head = s->v[i].head;
	bool handle = false, error = false;

	for (size_t t = checks_first_token(s, head); checks_in_span(s, t, head); t++) {
		const struct check_var *var = checks_var_at(c, s, t);

		if (var && var->input)
			return false;
		handle = handle || (var && var->handle);
	}
	for (int k = missing; k < s->v[missing].end; k++)
		error = error || vspan_is(s, s->v[k].name, "$error") ||
			vspan_is(s, s->v[k].name, "$fatal");
	return handle && error;
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
	      checks_ends_run(&src->s, missing)) ||
	    is_written(c, &src->s, i, missing))
		return false;
	f = checks_add_site(c, source, i, CHECK_NEEDS, src->s.v[i].head);
	if (f)
		f->fails = missing;
	return true;
}

/* True if the statement has an exit of its own, which decides what is reached behind it. */
static bool has_exit(const struct vstmts *s, int i)
{
	for (int k = i; k < s->v[i].end; k++)
		if (s->v[k].kind == VSTMT_JUMP)
			return true;
	return false;
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
		after |= s->v[k].kind == VSTMT_IF || has_exit(s, k) ? 0
								    : checks_effects_of(c, src, k);
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

/* An `if`: what its condition asks, and what its branches do. */
struct asked {
	const struct check_source *src;
	int node, then, other;	    /* other: -1: it has no else */
	unsigned on_then, on_other; /* enum check_effect */
	bool compares, differs;
	bool stored;	  /* it asks a variable for a comparison made before */
	bool change;	  /* of a value with an earlier one of the same */
	bool only, roles; /* it asks accounts only, some of which have a role */
	enum check_expect equates, expects, x;
};

/* True for "moved" of a variable moved = q !== e, which may as well be a state, unless its name
 * says more. Then the branches have to say that something is wrong. */
static bool may_be_state(const struct checks *c, const struct vstmts *s, struct vspan head)
{
	static const char *const words[] = { "diff", "delta", "mis", "wrong", "bad", NULL };
	bool holds;
	const struct check_var *var = checks_asks_result(c, s, head, &holds);

	return var && checks_var_expects(var) == EXPECT_DIFFERS && !var->differs &&
	       !checks_calls(s, head) && !(var->gaps && !var->wired) &&
	       checks_name(var->name, var->len) != ROLE_ERRORS &&
	       !checks_contains(var->name, var->len, words);
}

static struct asked read_if(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	struct vspan head = s->v[i].head;
	struct asked q = { .src = src,
			   .node = i,
			   .then = checks_side(s, i, VROLE_THEN),
			   .other = checks_side(s, i, VROLE_ELSE),
			   .stored = may_be_state(c, s, head),
			   .change = checks_asks_change(c, s, head),
			   .equates = checks_equates(c, s, head),
			   .expects = checks_expects(c, s, head),
			   .x = checks_asks_x(s, head) };

	q.on_then = checks_effects_of(c, src, q.then);
	q.on_other = checks_effects_of(c, src, q.other);
	q.differs = checks_differs(s, head) || q.expects == EXPECT_DIFFERS;
	q.compares = checks_compares(s, head) || checks_calls(s, head) ||
		     q.equates != EXPECT_NONE || checks_names_comparison(c, s, head);
	q.only = checks_only_accounts(c, s, head, &q.roles);
	return q;
}

/* True if it compares nothing of the design, or is a site of another kind. */
static bool is_settled(struct checks *c, size_t source, const struct asked *q)
{
	struct vspan head = q->src->s.v[q->node].head;
	unsigned any = q->on_then | q->on_other;

	if (checks_is_fixed(c, q->src, q->node, head) ||
	    find_need(c, source, q->node, q->then, q->other, q->on_then, q->on_other) ||
	    checks_asks_severity(&q->src->s, head))
		return true;
	/* The final report, or an `if` inside a failing branch. */
	if (checks_is_account(c, &q->src->s, head)) {
		if (q->roles)
			find_report(c, source, q->node);
		return true;
	}
	if (q->only && (any & EFFECT_LATE))
		return true;
	if (any & (EFFECT_ENDS | EFFECT_STOPS | EFFECT_LATE))
		return false;
	/* "if (a !== b) mode = 1;": two stimuli, and nothing that says that one is wrong */
	return checks_only_when(c, q->src, q->node, head) ||
	       (!(any & (EFFECT_FAILS | EFFECT_HINTS | EFFECT_PRINTS)) &&
		checks_says_when(c, q->src, q->node, head));
}

/* True in the branch of a failed check for an `if` that only says when: how much to print. */
static bool tells_more(const struct checks *c, size_t source, const struct asked *q)
{
	const struct vstmts *s = &q->src->s;

	if (!checks_says_when(c, q->src, q->node, s->v[q->node].head))
		return false;
	for (size_t n = c->n_sites; n > 0 && c->sites[n - 1].site.source == source; n--) {
		int bad = c->sites[n - 1].fails;

		if (bad >= 0 && bad < q->node && q->node < s->v[bad].end)
			return true;
	}
	return false;
}

/* True for "t > 50" in "while (!done) begin @(posedge clk); t = t + 1; ...", which limits how
 * long the loop waits. */
static bool limits_rounds(const struct vstmts *s, int i)
{
	int loop = vstmts_around(s, i, VSTMT_LOOP), body = loop + 1;

	if (loop < 0 || body >= s->v[loop].end || s->v[body].kind != VSTMT_BLOCK ||
	    vspan_is(s, s->v[loop].name, "for"))
		return false;
	for (int k = body + 1; k < s->v[body].end; k = s->v[k].end)
		if (checks_assign(s, &s->v[k]) == ASSIGN_RAISE &&
		    checks_only_mentions(s, s->v[i].head, checks_last_name(s, s->v[k].lhs)))
			return true;
	return false;
}

enum side { SIDE_NONE, SIDE_THEN, SIDE_ELSE, SIDE_BOTH };

/* The branch that does what a failure does. */
static enum side by_effects(const struct asked *q)
{
	const unsigned bad = EFFECT_FAILS | EFFECT_HINTS;
	bool then = side_fails(q->on_then, q->compares, q->differs || q->equates == EXPECT_DIFFERS,
			       !q->stored && q->expects == EXPECT_DIFFERS && !(q->on_other & bad));
	bool other =
		side_fails(q->on_other, q->compares,
			   q->differs || q->equates == EXPECT_SAME || q->expects == EXPECT_SAME,
			   !q->stored && q->expects == EXPECT_SAME && !(q->on_then & bad));
	bool sure = (q->on_then ^ q->on_other) & EFFECT_FAILS;

	/* Both sides may print "got", but only one raises the error count. */
	if (then && other && sure)
		return q->on_then & EFFECT_FAILS ? SIDE_THEN : SIDE_ELSE;
	if (then && other)
		return SIDE_BOTH;
	if (then ||
	    (!other && q->x == EXPECT_DIFFERS && complains_of_x(q->src, q->then, q->on_then)))
		return SIDE_THEN;
	if (other || (q->x == EXPECT_SAME && complains_of_x(q->src, q->other, q->on_other)))
		return SIDE_ELSE;
	return SIDE_NONE;
}

static enum side side_of(const struct asked *q, int node)
{
	return node < 0 ? SIDE_NONE : node == q->then ? SIDE_THEN : SIDE_ELSE;
}

/* "if (q != d) $display("not loaded");" says what has not been done, where it differs. */
static bool tells_undone(const struct vstmts *s, int i)
{
	bool tells = false;

	for (int k = i; i >= 0 && !tells && k < s->v[i].end; k++) {
		struct str text = STR_INIT;

		tells = checks_is_print(s, &s->v[k]) && checks_print_text(s, &s->v[k], &text) &&
			checks_tells_undone(str_cstr(&text), text.len);
		str_free(&text);
	}
	return tells;
}

/* The branch that is bad because the other one tells or counts a success. */
static enum side by_success(const struct checks *c, const struct asked *q)
{
	bool then = q->on_then & EFFECT_RIGHT, other = q->on_other & EFFECT_RIGHT;

	if (then == other || !checks_in_bench(q->src, q->node) || (q->only && !q->compares) ||
	    (q->change && !claims_pass(c, q->src, then ? q->then : q->other)))
		return SIDE_NONE;
	return then ? SIDE_ELSE : SIDE_THEN;
}

/* The branch that tells something and ends the run, where what follows says that all is
 * well: "if (!full) begin $display("should be full"); $finish; end". */
static enum side by_end(struct checks *c, const struct asked *q)
{
	const unsigned leaves = EFFECT_PRINTS | EFFECT_ENDS, well = EFFECT_RIGHT | EFFECT_SUMS;
	bool then = (q->on_then & leaves) == leaves, other = (q->on_other & leaves) == leaves;

	if (then == other || (then ? q->on_then : q->on_other) & well ||
	    checks_says_when(c, q->src, q->node, q->src->s.v[q->node].head) ||
	    !checks_says_well_after(c, q->src, q->node))
		return SIDE_NONE;
	return then ? SIDE_THEN : SIDE_ELSE;
}

/* The bad branch of what compares, from the surest sign to the weakest. *weak: it is only
 * no success; *word: that was told by the last word of the other branch. */
static enum side bad_side(struct checks *c, const struct asked *q, bool *weak, bool *word)
{
	const struct vstmts *s = &q->src->s;
	bool two = q->compares && q->then >= 0 && q->other >= 0;
	enum side bad = by_effects(q);

	*weak = *word = false;
	if (bad != SIDE_NONE)
		return bad;
	if (checks_selects(c, q->src, q->node))
		return SIDE_NONE;
	if (two)
		bad = side_of(q, checks_bad_word(s, q->then, q->other));
	if (bad == SIDE_NONE && two && !q->change && checks_in_bench(q->src, q->node)) {
		bad = side_of(q, checks_other_word(s, q->then, q->other));
		*weak = *word = bad != SIDE_NONE;
	}
	if (bad == SIDE_NONE && q->other < 0 && q->differs && !q->change &&
	    tells_undone(s, q->then))
		bad = SIDE_THEN;
	if (bad == SIDE_NONE && q->other < 0 && q->compares &&
	    is_early(c, q->src, q->node, q->then))
		bad = SIDE_ELSE;
	if (bad == SIDE_NONE) {
		bad = by_success(c, q);
		*weak = bad != SIDE_NONE;
	}
	if (bad == SIDE_NONE && !q->only)
		bad = by_end(c, q);
	return bad;
}

/* True for "if (v[i] === 9'bx) begin $display("%0d errors", n); $finish; end", the summary
 * at the end of the run. "if (q !== e)" may end it with $stop because it is wrong. */
static bool ends_with_sum(const struct asked *q)
{
	unsigned any = q->on_then | q->on_other;
	bool ends = any & EFFECT_ENDS || (any & EFFECT_STOPS && !q->differs);

	return ends && (any & EFFECT_SUMS) && !(any & EFFECT_FAILS);
}

void checks_find_if(struct checks *c, size_t source, int i)
{
	struct asked q = read_if(c, &c->sources[source], i);
	struct vspan head = q.src->s.v[i].head;
	bool weak, word, late;
	struct check_found *f;
	enum side bad;

	if (is_settled(c, source, &q) || tells_more(c, source, &q))
		return;
	/* "if (cycle == 30)" says when, not whether it is right. */
	if (q.only && !q.roles && !q.differs) {
		q.on_then = checks_effects_then(c, q.src, q.then);
		q.on_other = checks_effects_then(c, q.src, q.other);
	}
	if (ends_with_sum(&q))
		return;
	bad = bad_side(c, &q, &weak, &word);
	if (bad == SIDE_NONE || bad == SIDE_BOTH)
		return;
	late = (bad == SIDE_THEN ? q.on_then : q.on_other) & EFFECT_LATE ||
	       limits_rounds(&q.src->s, i);
	f = checks_add_site(c, source, i, late ? CHECK_GUARD : CHECK_IF, head);
	if (!f)
		return;
	f->weak = weak;
	f->spots = weak && (q.other < 0 || word) &&
		   !((q.on_then & EFFECT_RIGHT) && raises_right(c, q.src, q.then)) &&
		   checks_equates(c, &q.src->s, head) == EXPECT_NONE;
	f->fails = bad == SIDE_ELSE ? q.other : q.then;
	f->fails_else = bad == SIDE_ELSE && q.other < 0;
}
