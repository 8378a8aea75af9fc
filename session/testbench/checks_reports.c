/* Determines a variable's role from the final prints and ifs: whether it counts
 * failures or successes, or is a flag for either. "errors == 0" followed by a
 * good word decides that, whatever the name.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

/* True for "if (verbose)" or "if (errors < 10)" inside "if (errors != 0)", which
 * prints details of the same. Any other nested `if` is considered on its own. */
static bool is_same_question(const struct vstmts *s, struct vspan inner, struct vspan outer)
{
	for (size_t i = checks_first_token(s, inner); checks_in_span(s, i, inner); i++) {
		struct vspan name = checks_token(s, i);

		if (s->tokens[i].kind == VTOKEN_NAME && !checks_mentions(s, outer, name) &&
		    !checks_name_is_chatty(s->text + name.off, name.end - name.off))
			return false;
	}
	return true;
}

/* Meaning of a call of a task or macro, if known. */
static unsigned call_says(const struct checks *c, const struct vstmts *s, struct vspan call)
{
	struct vspan name = checks_routine(s, call);

	if (checks_has(&c->failing, s, name))
		return SAYS_FAIL;
	return checks_has(&c->passing, s, name) ? SAYS_GOOD : 0;
}

/* Text printed below node i (-1: nothing) when the condition has that value. */
static unsigned side_says(const struct checks *c, const struct check_source *src, int i,
			  struct vspan question)
{
	const struct vstmts *s = &src->s;
	unsigned says = 0;

	for (int k = i; i >= 0 && k < s->v[i].end; k++) {
		if (s->v[k].kind == VSTMT_ASSERT || s->v[k].kind == VSTMT_CASE ||
		    (s->v[k].kind == VSTMT_IF && !is_same_question(s, s->v[k].head, question)))
			k = s->v[k].end - 1;
		else if (checks_is_print(s, &s->v[k]))
			says |= checks_print_says(c, src, k);
		else if (checks_returns_bad(s, &s->v[k]))
			says |= SAYS_FAIL;
		else if (s->v[k].kind == VSTMT_CALL || s->v[k].kind == VSTMT_MACRO)
			says |= call_says(c, s, s->v[k].name);
	}
	return says;
}

/* Conditions ------------------------------------------------------------------- */

/* The operand of a term, 0: left, 1: right; and the other one. */
static struct vspan operand(const struct check_term *t, int side)
{
	return side ? t->right : t->left;
}

/* The last name of the path that is one operand of the term: bad of "u.st[1].bad != 0". Empty:
 * it is something else. */
static struct vspan asked_name(const struct vstmts *s, const struct check_term *t, int side)
{
	static const char *const calls[] = { "(", NULL };
	bool asks = t->asks == ASKS_VALUE || t->asks == ASKS_SAME || t->asks == ASKS_ORDER;

	return asks && !t->gap && !checks_has_any(s, operand(t, side), calls)
		       ? checks_plain_name(s, operand(t, side))
		       : (struct vspan){ 0, 0 };
}

static bool is_number(const struct vstmts *s, struct vspan in)
{
	size_t i = checks_sole_token(s, in);

	return i < s->n_tokens && s->tokens[i].kind == VTOKEN_NUMBER;
}

/* How the term tests that operand: 1 if it holds when that is 0, 2 if it holds when it is
 * not, 0 if it compares it with something else. */
static int polarity(const struct vstmts *s, const struct check_term *t, int side)
{
	bool tests =
		t->asks == ASKS_VALUE || (t->asks == ASKS_SAME && is_number(s, operand(t, !side)));

	return !tests ? 0 : t->negated ? 1 : 2;
}

/* True for the number that a count of successes should reach: "16", "total", "N - 1". */
static bool is_total(const struct checks *c, const struct vstmts *s, struct vspan in)
{
	bool any = false;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		const struct check_var *var = checks_var_at(c, s, i);

		any |= var || (s->tokens[i].kind == VTOKEN_NUMBER && !checks_is_zero(s, i));
		if (s->tokens[i].kind == VTOKEN_NAME && !(var && (var->raised || var->parameter)))
			return false;
	}
	return any;
}

/* The same for a count of successes: "passed == total", "16 != passed", "passed >= 16". */
static int pass_polarity(const struct checks *c, const struct vstmts *s, const struct check_term *t,
			 int side)
{
	bool less = checks_is(s, t->op, side ? ">" : "<"),
	     more = checks_is(s, t->op, side ? "<=" : ">=");

	if (t->op == s->n_tokens || t->gap || !is_total(c, s, operand(t, !side)) ||
	    (t->asks == ASKS_ORDER && !less && !more))
		return 0;
	return (t->asks == ASKS_ORDER && less) != t->negated ? 2 : 1;
}

/* For a condition on accounts: 1 if all is well when it holds, 2 if all is well
 * when it does not, 0 if unknown. */
static int report_way(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;
	int all = 0;

	checks_read_cond(s, cond, &q);
	for (size_t i = 0; i < 2 * q.n; i++) {
		const struct check_term *t = &q.v[i / 2];
		const struct check_var *var = checks_var_in(c, s, asked_name(s, t, i % 2));
		int way = 0;

		if (var && var->role == ROLE_PASSES)
			way = pass_polarity(c, s, t, i % 2);
		else if (var && var->role != ROLE_NONE)
			way = polarity(s, t, i % 2);
		if (way && var->role == ROLE_PASS_FLAG)
			way = 3 - way;
		if (way && all && way != all)
			return 0;
		all = way ? way : all;
	}
	return all;
}

int checks_good_side(const struct checks *c, const struct vstmts *s, int i)
{
	int way = report_way(c, s, s->v[i].head);
	bool roles;

	if (!way || !checks_only_accounts(c, s, s->v[i].head, &roles) || !roles)
		return -1;
	return checks_side(s, i, way == 1 ? VROLE_THEN : VROLE_ELSE);
}

int checks_report_side(const struct checks *c, const struct vstmts *s, int i)
{
	int way = report_way(c, s, s->v[i].head);
	int then = checks_side(s, i, VROLE_THEN), other = checks_side(s, i, VROLE_ELSE);
	/* "if (right * 10 >= total * 9)": the messages say which way is good. */
	int bad = way == 1		    ? other
		  : way			    ? then
		  : then >= 0 && other >= 0 ? checks_bad_word(s, then, other)
					    : -1;

	for (int k = bad; bad >= 0 && k < s->v[bad].end; k++)
		if (checks_is_print(s, &s->v[k]))
			return bad;
	return -1;
}

int checks_needs(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	for (size_t i = 0; i < q.n; i++) {
		const struct check_var *var = checks_var_in(c, s, asked_name(s, &q.v[i], 0));
		bool plusarg = checks_is(s, checks_first_token(s, q.v[i].left), "$value$plusargs");

		if ((var && var->handle) || plusarg)
			return q.v[i].asks != ASKS_VALUE ? 0 : q.v[i].negated ? 2 : 1;
	}
	return 0;
}

static void note_choice(struct check_var *var, int way, unsigned then, unsigned other)
{
	unsigned at_zero = way == 1 ? then : other, at_more = way == 1 ? other : then;
	const unsigned fail = SAYS_FAIL | SAYS_ERRORS | SAYS_HINT, pass = SAYS_PASS | SAYS_GOOD;

	if (((at_zero & pass) && !(at_zero & SAYS_FAIL)) || ((at_more & fail) && !(at_more & pass)))
		var->zero_passes = true;
	else if (((at_more & pass) && !(at_more & SAYS_FAIL)) ||
		 ((at_zero & fail) && !(at_zero & pass))) {
		var->zero_fails = true;
		var->wanted |= !(at_more & pass);
	}
	var->prints = true;
	if (then && other)
		var->chooses = true;
}

/* True for "if (n < 4) $display(...)" beside "n = n + 1" in a branch: it limits how much is
 * printed of what n counts. node: that `if`, -1: none; op: what it compares n by. */
static bool limits_prints(const struct vstmts *s, int node, struct vspan name, size_t op)
{
	static const char *const differ[] = { "!=", "!==", NULL };
	int up = node < 0 ? -1 : s->v[node].parent;

	if (up < 0 || s->v[up].kind != VSTMT_BLOCK || checks_is_any(s, op, differ) ||
	    s->v[up].parent < 0 || s->v[s->v[up].parent].kind != VSTMT_IF)
		return false;
	for (int k = up + 1; k < s->v[up].end; k = s->v[k].end)
		if (checks_assign(s, &s->v[k]) == ASSIGN_RAISE &&
		    checks_same(s, checks_last_name(s, s->v[k].lhs), s, name))
			return true;
	return false;
}

/* "if (n == total)" with a good message, and a bad one otherwise: n counts successes,
 * unless it is where a scoreboard puts the next value. */
static void note_passes(struct check_var *var, int way, unsigned then, unsigned other)
{
	const unsigned fail = SAYS_FAIL | SAYS_ERRORS | SAYS_HINT,
		       pass = SAYS_PASS | SAYS_PASSES | SAYS_GOOD;
	unsigned right = way == 1 ? then : other, wrong = way == 1 ? other : then;

	if (way && !var->places && !(var->raised && var->raised_event == var->raised) &&
	    (((right & pass) && !(right & fail)) || ((wrong & fail) && !(wrong & pass))))
		var->full_passes = true;
}

/* Whether the operand is compared for a report: a count, a parameter, what a checker has found,
 * or (with a number) a variable that has only constants. */
static bool accounts(const struct checks *c, const struct vstmts *s, struct vspan in, bool number)
{
	struct vspan name = checks_plain_name(s, in);
	const struct check_var *var = checks_var_in(c, s, name);

	return is_number(s, in) || checks_is_result(c, s->text + name.off, name.end - name.off) ||
	       (var && (var->raised || var->parameter || var->compared || (number && !var->other)));
}

/* True for "go && q !== want": values of the design are compared. */
static bool compares_values(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	for (size_t i = 0; i < q.n; i++) {
		const struct check_term *t = &q.v[i];
		bool number = is_number(s, t->right), name = asked_name(s, t, 0).end > 0;

		if (t->asks == ASKS_ORDER || t->gap || t->op == s->n_tokens || (number && !name))
			continue;
		if (!accounts(c, s, t->left, number) ||
		    !accounts(c, s, t->right, is_number(s, t->left)))
			return true;
	}
	return false;
}

/* A flag beside such a comparison only says when it is made: no report tests the two
 * together, except as alternatives. */
static bool says_when(const struct checks *c, const struct vstmts *s, struct vspan cond)
{
	static const char *const either[] = { "||", NULL };

	return compares_values(c, s, cond) && !checks_has_any(s, cond, either);
}

/* Notes the variables that are set to a constant below a comparison of values. */
static void read_judged(const struct checks *c, const struct vstmts *s, int i)
{
	if (!compares_values(c, s, s->v[i].head))
		return;
	for (int k = i + 1; k < s->v[i].end; k++) {
		enum check_assign a = checks_assign(s, &s->v[k]);
		struct vspan name = checks_last_name(s, s->v[k].lhs);
		struct check_var *var = checks_var_in(c, s, name);

		if (var)
			var->judged |= a == ASSIGN_ZERO || a == ASSIGN_NONZERO;
	}
}

/* node: the `if`, -1: a choice in an expression. then, other: what its sides say. */
struct choice {
	int node;
	unsigned then, other;
	bool prints; /* of a module of the design that prints; what it counts has a name for it */
};

static void read_tested(struct checks *c, const struct vstmts *s, const struct choice *by,
			const struct check_term *t, int side)
{
	struct vspan name = asked_name(s, t, side);
	struct check_var *var = checks_var_in(c, s, name);
	int way, full;
	bool named, amount, had;

	if (!var || limits_prints(s, by->node, name, t->op) ||
	    (s->text[operand(t, side).end - 1] == ']' && !var->compared && !var->raised))
		return;
	named = checks_name(var->name, var->len) != ROLE_NONE;
	full = pass_polarity(c, s, t, side);
	if (full && by->then && by->other && checks_is_any(s, t->op, checks_equal))
		var->full_chooses = true;
	if (var->raised ? var->raised == var->raised_by_compare
			: var->adds_same && var->adds_same == var->compared)
		note_passes(var, full, by->then, by->other);
	way = polarity(s, t, side);
	/* A flag is 0 or 1. A count is compared with larger numbers, but "n == 12" asks how much
	 * there is: no count of failures, unless its name says so. */
	if (!way || var->parameter || (by->prints && !named) ||
	    (t->asks == ASKS_SAME && !var->raised))
		return;
	amount = t->asks == ASKS_SAME && !named;
	var->amount |= amount;
	had = var->zero_passes;
	note_choice(var, way, by->then, by->other);
	if (amount)
		var->zero_passes = had;
	if ((by->then | by->other) & (SAYS_PASS | SAYS_PASSES))
		c->reports = true;
}

static void read_choice(struct checks *c, const struct vstmts *s, struct vspan cond,
			const struct choice *by)
{
	struct check_cond q;

	if ((!by->then && !by->other) || says_when(c, s, cond))
		return;
	checks_read_cond(s, cond, &q);
	for (size_t i = 0; i < 2 * q.n; i++)
		read_tested(c, s, by, &q.v[i / 2], i % 2);
}

/* The claim of one string of such a choice. "NG" is a failure; "ok" alone does not claim that the
 * test passed. */
static unsigned word_says(const struct vstmts *s, struct vspan side)
{
	unsigned word = checks_word_says(s, side);

	return checks_argument_says(s, side) | (word & SAYS_FAIL) |
	       (word & SAYS_PASS ? SAYS_GOOD : 0u);
}

/* Handles $display("%s", errors == 0 ? "PASS" : "FAIL") and, as a call of a task,
 * banner(errors == 0 ? "PASS" : "FAIL"). */
static void read_ternary(struct checks *c, const struct vstmts *s, struct vspan span, bool call)
{
	struct vspan cond, then, other, arg;
	size_t at = checks_first_token(s, span);

	/* Without a format the string is printed as a number. */
	if (!call && (!checks_next_argument(s, span, &at, &arg) ||
		      s->tokens[checks_first_token(s, arg)].kind != VTOKEN_STRING))
		return;
	while (checks_next_argument(s, span, &at, &arg)) {
		if (checks_split_choice(s, arg, &cond, &then, &other))
			read_choice(c, s, cond,
				    &(struct choice){ .node = -1,
						      .then = word_says(s, then),
						      .other = word_says(s, other) });
	}
}

/* Handles "if (f == 0)" but not "if ($feof(f))". */
static void read_test(struct checks *c, const struct vstmts *s, struct vspan cond)
{
	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		struct check_var *var = checks_var_at(c, s, i);

		if (t->kind == VTOKEN_SYSTEM)
			return;
		if (var && var->handle)
			var->tested = true;
	}
}

/* Handles "case (status) 0: $display("PASS"); default: $display("FAIL"); endcase". */
static void read_case(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	size_t t = checks_sole_token(s, s->v[i].head);
	unsigned at_zero = 0, at_more = 0;
	struct check_var *var;

	if (t == s->n_tokens || s->tokens[t].kind != VTOKEN_NAME)
		return;
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		unsigned says = k + 1 < s->v[k].end ? side_says(c, src, k + 1, s->v[i].head) : 0;
		bool zero = false;

		*(checks_is_constant(s, s->v[k].head, &zero) && zero ? &at_zero : &at_more) |= says;
	}
	var = checks_var_at(c, s, t);
	if (!var || !at_zero || !at_more)
		return;
	note_choice(var, 1, at_zero, at_more);
	if ((at_zero | at_more) & (SAYS_PASS | SAYS_PASSES))
		c->reports = true;
}

static void read_if(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const unsigned words = SAYS_FAIL | SAYS_PASS | SAYS_ERRORS | SAYS_PASSES | SAYS_GOOD;
	int then = checks_side(s, i, VROLE_THEN), other = checks_side(s, i, VROLE_ELSE);
	unsigned on_then = side_says(c, src, then, s->v[i].head),
		 on_other = side_says(c, src, other, s->v[i].head);

	/* "equivalent" or else "not equivalent" */
	if (then >= 0 && other >= 0 && !((on_then | on_other) & words)) {
		int denies = checks_denying_side(s, then, other);

		on_then |= denies == then ? SAYS_FAIL : denies >= 0 ? SAYS_GOOD : 0;
		on_other |= denies == other ? SAYS_FAIL : denies >= 0 ? SAYS_GOOD : 0;
	}
	read_choice(c, s, s->v[i].head,
		    &(struct choice){ i, on_then, on_other, checks_only_prints(src, i) });
}

static void read_report(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];

	if (v->kind == VSTMT_IF || v->kind == VSTMT_ASSERT) {
		read_judged(c, s, i);
		read_test(c, s, v->head);
		checks_read_measured(c, s, v->head);
	}
	if (v->kind == VSTMT_CASE && !v->generate)
		read_case(c, src, i);
	if (v->kind == VSTMT_IF && !v->generate) {
		read_if(c, src, i);
	} else if (checks_is_print(s, v)) {
		checks_read_print(c, s, v, !checks_below_if(s, i));
		read_ternary(c, s, v->head, false);
	} else if (v->kind == VSTMT_CALL) {
		read_ternary(c, s, v->head, true);
	}
}

/* Roles ------------------------------------------------------------------------ */

/* The role of what is raised or updated by comparisons. name: the one that its name tells.
 * *flag: it may be a flag as well. */
static enum check_role role_of_count(const struct check_var *v, enum check_role name, bool *flag)
{
	/* A variable raised at each clock edge, or reset below an if, measures something; an
	 * error count is not compared like this. */
	bool counts = name == ROLE_ERRORS || (!v->reset_if && v->raised_if == v->raised);

	*flag = false;
	if (v->told_errors || (v->zero_passes && counts && !v->amount))
		return ROLE_ERRORS;
	/* "PASS 41 checks" is the number of checks made, not of successes. */
	if ((v->told_of_all ||
	     (v->full_passes && (name != ROLE_ERRORS || v->raised_same == v->raised))) &&
	    v->raised)
		return ROLE_PASSES;
	/* If only an equality raises it, it counts successes, whatever its name. */
	if (v->told_passes && (name == ROLE_PASSES || !checks_name_is_total(v->name, v->len) ||
			       (v->raised && v->raised == v->raised_equal && !v->raised_differ)))
		return ROLE_PASSES;
	/* and so does "nok", which only what is equal raises */
	if (name == ROLE_ERRORS && v->raised && v->raised == v->raised_same && !v->zero_passes)
		return ROLE_PASSES;
	/* "errors_seen !== expected_errors": counts errors that the design reported. */
	if (name == ROLE_ERRORS && v->measured && !v->zero_passes)
		return ROLE_NONE;
	/* "if (err_cnt == 3) passed": these errors were expected. */
	if (name == ROLE_ERRORS && v->zero_fails && !v->zero_passes && !v->raised_differ)
		return ROLE_NONE;
	/* likewise "not_passed", which only a difference raises */
	if (name != ROLE_NONE && !(name == ROLE_PASSES && v->raised_differ == v->raised))
		return name;
	if (v->raised && (v->told_of || v->told_share) && !v->raised_differ &&
	    (v->raised == v->raised_same || v->raised == v->raised_equal))
		return ROLE_PASSES;
	/* What counts down from a number counts what is left. */
	if (v->raised && v->raised == v->raised_differ && !v->other && !v->reset_if)
		return v->lowered == v->raised && v->nonzero ? ROLE_PASSES : ROLE_ERRORS;
	/* A message in an unknown language, selected by a count that only ifs raise. */
	if (v->raised && v->chooses && v->raised_if == v->raised && !v->other && !v->reset_if &&
	    !v->zero_fails)
		return v->full_chooses || (v->raised_same && !v->raised_differ) ? ROLE_PASSES
										: ROLE_ERRORS;
	*flag = !v->raised;
	return ROLE_NONE;
}

/* The role of what is set to constants, or to comparisons. */
static enum check_role role_of_flag(const struct check_var *v, enum check_role name)
{
	if (!v->zero && !v->nonzero && !v->compared)
		return ROLE_NONE;
	/* "if (!rst && q !== want) error": a stimulus decides when to compare. */
	if (v->wired && !v->judged)
		return ROLE_NONE;
	if (v->zero_passes && !v->zero_fails && !v->other && (v->nonzero || v->compared))
		return ROLE_FAIL_FLAG;
	if (v->zero_fails && !v->zero_passes && !v->other && (v->zero || v->compared))
		return ROLE_PASS_FLAG;
	/* "f[i] = q !== want" and "n = n + (q !== want)", with messages in words that are not
	 * known. */
	if (name == ROLE_NONE && v->chooses && !v->other && v->compared && !v->raised) {
		if (v->compared == v->compared_differ)
			return v->adds ? ROLE_ERRORS : ROLE_FAIL_FLAG;
		if (v->compared == v->compared_same)
			return v->adds ? ROLE_PASSES : ROLE_PASS_FLAG;
	}
	/* "if (!fail) $display("through");" after it was set where the design differs */
	if (!v->chooses && !v->compared && !(v->judged && v->prints))
		return ROLE_NONE;
	return name == ROLE_ERRORS   ? ROLE_FAIL_FLAG
	       : name == ROLE_PASSES ? ROLE_PASS_FLAG
				     : ROLE_NONE;
}

static enum check_role role_of(const struct check_var *v)
{
	/* "err = err | mask" may be a signal to the design */
	enum check_role name = v->wired ? ROLE_NONE : checks_name(v->name, v->len);

	if (checks_counts_output(v))
		name = ROLE_NONE;
	if (v->parameter || v->returned || (v->timed && !v->reached))
		return ROLE_NONE;
	/* "q <= 12'h7ff" or else "q <= q + 1": no count of failures is set like this. */
	if (v->raised && v->set && name == ROLE_NONE)
		return ROLE_NONE;
	/* "left = left - 1" on success: what remains at the end has failed. */
	if (v->raised && v->lowered == v->raised && v->raised == v->raised_same &&
	    (v->zero_passes || v->chooses) && !v->zero_fails)
		return ROLE_ERRORS;
	/* "if (n_caught == 0) $display("Error: none was caught")" wants them to differ */
	if (v->raised_differ && v->wanted && !v->zero_passes && name != ROLE_PASSES)
		return ROLE_NONE;
	/* "if (detected != 4) errors = errors + 1": so many errors were expected */
	if (v->awaited && (v->told_errors || name == ROLE_ERRORS) && !v->raised_differ &&
	    !v->zero_passes)
		return ROLE_NONE;
	/* "zeros = zeros + (q == 0)" counts successes only if something says so, and bad_luck
	 * failures. */
	if (v->adds_same && v->adds_same == v->compared && !v->raised && !v->told_errors &&
	    !v->zero_passes && (name != ROLE_ERRORS || checks_name_is_loose(v->name, v->len)))
		return name != ROLE_ERRORS &&
				       (name == ROLE_PASSES || v->told_passes || v->told_of ||
					v->told_share || v->full_passes || v->zero_fails)
			       ? ROLE_PASSES
			       : ROLE_NONE;
	/* "pass[i] = q === e; ... if (&pass)" holds what is good, whatever it is printed as */
	if (v->raised || (v->compared && (v->zero || !v->nonzero) && name != ROLE_PASSES &&
			  !(v->zero_fails && !v->zero_passes))) {
		bool flag;
		enum check_role role = role_of_count(v, name, &flag);

		if (!flag)
			return role;
	}
	return role_of_flag(v, name);
}

bool checks_only_accounts(const struct checks *c, const struct vstmts *s, struct vspan cond,
			  bool *roles)
{
	static const char *const casts[] = { "$signed", "$unsigned", "$itor", "$rtoi", NULL };
	bool any = false;

	*roles = false;
	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		const struct check_var *var;

		if (t->kind == VTOKEN_SYSTEM &&
		    (checks_is(s, i, "$test$plusargs") || checks_is(s, i, "$value$plusargs")))
			any = true;
		if (t->kind == VTOKEN_SYSTEM && !checks_is_any(s, i, casts) && !any)
			return false;
		if (t->kind != VTOKEN_NAME || checks_is(s, i + 1, ".") || checks_is(s, i + 1, "::"))
			continue;
		any = true;
		var = checks_var_at(c, s, i);
		if (checks_name_is_chatty(s->text + t->off, t->len))
			continue;
		/* "errors" that nothing raises says nothing about the design. */
		if (var && !var->other && !var->compared && !var->raised &&
		    (var->zero || var->nonzero) && checks_name(var->name, var->len) != ROLE_NONE) {
			*roles = true;
			continue;
		}
		if (var && var->sums && var->sums == var->sets) {
			*roles = true;
			continue;
		}
		/* A counter that the testbench drives in place of a design, "q <=
		 * q + 1", is compared like a design's output, including x. */
		if (var && var->role == ROLE_NONE && var->raised &&
		    (checks_is(s, i + 1, "!==") || checks_is(s, i + 1, "===")))
			return false;
		if (!var || (var->other && var->role == ROLE_NONE) ||
		    (!var->parameter && !var->raised && var->role == ROLE_NONE))
			return false;
		*roles = *roles || var->role != ROLE_NONE;
	}
	return any;
}

/* "rate = 100.0 * passed / total": what is computed of accounts is one. */
static void read_sum(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs);
	struct check_var *var = checks_var_in(c, s, name);
	bool roles;

	if (!var || var->role != ROLE_NONE || var->parameter || v->kind == VSTMT_DECL)
		return;
	var->sets++;
	var->sums += v->kind == VSTMT_BLOCKING && v->rhs.off < v->rhs.end &&
		     !checks_mentions(s, v->rhs, name) &&
		     checks_only_accounts(c, s, v->rhs, &roles) && roles;
}

static bool is_assignment(const struct vstmt *v)
{
	return v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING;
}

/* What the report asks of a checker's output is asked of the count that goes there,
 * "total = k;". */
static void read_output(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs), from = checks_last_name(s, v->rhs);
	const struct check_var *to = checks_var_in(c, s, name);
	struct check_var *var = checks_var_in(c, s, from);

	if (!is_assignment(v) || !to || !var || to == var || to->raised || to->compared ||
	    name.off != v->lhs.off || from.off != v->rhs.off || from.end != v->rhs.end ||
	    !checks_is_output(c, s, name))
		return;
	var->told_errors |= to->told_errors;
	var->told_passes |= to->told_passes;
	var->told_of_all |= to->told_of_all;
	var->told_of |= to->told_of;
	var->zero_passes |= to->zero_passes;
	var->zero_fails |= to->zero_fails;
	var->wanted |= to->wanted;
	var->prints |= to->prints;
	var->chooses |= to->chooses;
}

/* The same the other way round, once the count has its role. */
static void take_role(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs);
	struct check_var *to = checks_var_in(c, s, name);
	const struct check_var *var = checks_var_in(c, s, v->rhs);

	if (is_assignment(v) && to && var && to->role == ROLE_NONE && to->other == 1 &&
	    !to->raised && !to->compared && name.off == v->lhs.off && checks_is_output(c, s, name))
		to->role = var->role;
}

void checks_read_reports(struct checks *c)
{
	checks_each_node(c, read_report);
	checks_each_node(c, read_output);
	for (size_t i = 0; i < c->n_vars; i++)
		c->vars[i].role = role_of(&c->vars[i]);
	checks_each_node(c, take_role);
	for (size_t i = 0; i < c->n_vars; i++)
		c->vars[i].sets = c->vars[i].sums = 0;
	checks_each_node(c, read_sum);
	/* A good word for a nonzero count of differences is a mistake in the testbench. */
	for (size_t i = 0; i < c->n_vars; i++) {
		const struct check_var *v = &c->vars[i];

		c->contradicts |= v->role == ROLE_ERRORS && v->raised_differ && v->zero_fails &&
				  !v->zero_passes;
	}
}
