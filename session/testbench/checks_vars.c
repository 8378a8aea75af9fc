/* The variables that a testbench counts with: what is assigned to them, and how.
 * checks_reports.c then reads what the final prints and ifs do with them; once
 * the roles are known, it follows which tasks and macros fail when called.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define VARS_MAX 20000u

static struct check_var *add_var(struct checks *c, const struct vstmts *s, struct vspan of)
{
	struct vspan name = checks_place(c, s, of);
	size_t len = name.end - name.off, i;

	if (!len)
		return NULL;
	if (name_map_get(&c->by_name, s->text + name.off, len, &i))
		return &c->vars[i];
	if (c->n_vars >= VARS_MAX)
		return NULL;
	MEM_ROOM(c->vars, c->n_vars, c->cap_vars);
	c->vars[c->n_vars] = (struct check_var){ .name = s->text + name.off, .len = len };
	name_map_put(&c->by_name, s->text + name.off, len, c->n_vars);
	return &c->vars[c->n_vars++];
}

/* True behind "if (q === e) disable one;" in the same block. */
static bool behind_exit(const struct vstmts *s, int i)
{
	int up = s->v[i].parent;

	if (up < 0 || s->v[up].kind != VSTMT_BLOCK)
		return false;
	for (int k = up + 1; k < i; k = s->v[k].end) {
		int then = s->v[k].kind == VSTMT_IF ? checks_side(s, k, VROLE_THEN) : -1;

		if (then >= 0 && s->v[s->v[then].end - 1].kind == VSTMT_JUMP)
			return true;
	}
	return false;
}

static bool below_condition(const struct vstmts *s, int i)
{
	for (; i >= 0 && s->v[i].kind != VSTMT_TASK && s->v[i].kind != VSTMT_FUNCTION &&
	       s->v[i].kind != VSTMT_DEFINE;
	     i = s->v[i].parent) {
		int up = s->v[i].parent;

		if ((up >= 0 && (s->v[up].kind == VSTMT_IF || s->v[up].kind == VSTMT_CASE)) ||
		    behind_exit(s, i))
			return true;
	}
	/* Counting tasks and macros are mostly called below a condition. */
	return i >= 0;
}

/* True below "if (rst)" or "if (!resetn)" alone, where everything starts. */
static bool below_reset(const struct vstmts *s, int i)
{
	static const char *const words[] = { "rst", "reset", "clear", "clr", "init", NULL };
	int up = vstmts_around(s, i, VSTMT_IF);
	struct vspan name = up < 0 ? (struct vspan){ 0, 0 } : checks_last_name(s, s->v[up].head);

	if (up < 0 || name.off == name.end || checks_compares(s, s->v[up].head) ||
	    checks_below_if(s, up))
		return false;
	return checks_contains(s->text + name.off, name.end - name.off, words);
}

/* "return q === e;" is read as "same = q === e;" in a function of that name. */
static struct vstmt as_assignment(const struct vstmts *s, int i)
{
	struct vstmt v = s->v[i];
	int function = v.kind == VSTMT_JUMP && vspan_is(s, v.name, "return")
			       ? vstmts_around(s, i, VSTMT_FUNCTION)
			       : -1;

	if (function < 0 || v.head.off == v.head.end)
		return v;
	v.kind = VSTMT_BLOCKING;
	v.lhs = checks_last_name(s, s->v[function].name);
	v.rhs = v.head;
	return v;
}

/* True for the assignment to the result of the function around it. */
static bool is_result(const struct vstmts *s, int i, struct vspan lhs)
{
	int function = vstmts_around(s, i, VSTMT_FUNCTION);

	return function >= 0 && checks_same(s, checks_last_name(s, lhs), s,
					    checks_last_name(s, s->v[function].name));
}

/* True in a module of the design that prints, unless the name says that it counts errors: it
 * may be that of a net in the testbench. */
static bool is_of_design(const struct check_source *src, int i, struct vspan name)
{
	return checks_only_prints(src, i) &&
	       checks_name(src->s.text + name.off, name.end - name.off) == ROLE_NONE;
}

static void read_assignment(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	static const char *const equal[] = { "==", "===", "!=", "!==", NULL };
	const struct vstmt as = as_assignment(s, i), *v = &as;
	enum check_assign a = checks_assign(s, v);
	struct vspan name = checks_last_name(s, v->lhs);
	struct check_var *var =
		a == ASSIGN_NONE || is_of_design(src, i, name) ? NULL : add_var(c, s, name);

	checks_read_copy(c, s, v);
	if (!var)
		return;
	var->function |= is_result(s, i, v->lhs);
	var->returned |= s->v[i].kind == VSTMT_JUMP;
	var->handle |= checks_is(s, checks_first_token(s, v->rhs), "$fopen") ||
		       checks_opens_to_read(s, v->rhs);
	var->input |= checks_opens_to_read(s, v->rhs);
	var->raised += a == ASSIGN_RAISE;
	var->lowered += a == ASSIGN_RAISE && checks_lowers(s, v);
	var->raised_if += a == ASSIGN_RAISE && below_condition(s, i);
	var->compared += a == ASSIGN_COMPARE;
	var->holds += a == ASSIGN_COMPARE && checks_has_any(s, v->rhs, equal) &&
		      !checks_mentions(s, v->rhs, checks_last_name(s, v->lhs));
	var->zero |= a == ASSIGN_ZERO;
	var->reset_if |= a == ASSIGN_ZERO && checks_below_if(s, i) && !below_reset(s, i);
	var->nonzero |= a == ASSIGN_NONZERO;
	/* not where it starts: "initial begin left = 100;" */
	var->set |= a == ASSIGN_NONZERO &&
		    (checks_below_if(s, i) || vstmts_around(s, i, VSTMT_ALWAYS) >= 0);
	var->other += a == ASSIGN_OTHER;
}

/* Reads each "name = constant" of a declaration or of a unit's parameters. */
static void read_declaration(struct checks *c, const struct vstmts *s, struct vspan all)
{
	size_t at = checks_first_token(s, all);
	struct check_declared d = { 0 };

	while (checks_next_declared(s, all, &at, &d)) {
		struct check_var *var =
			d.value.end && !d.array ? add_var(c, s, checks_token(s, d.token)) : NULL;
		bool zero;

		if (!var)
			continue;
		var->parameter |= d.parameter;
		if (!d.parameter &&
		    !checks_in_span(s, checks_first_token(s, d.value) + 1, d.value) &&
		    checks_is_constant(s, d.value, &zero))
			*(zero ? &var->zero : &var->nonzero) = true;
	}
}

/* Handles for (i = 0; ...; i = i + 1). */
static void read_loop(struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	size_t i = checks_first_token(s, v->head);
	struct check_var *var;

	while (checks_in_span(s, i, v->head) && s->tokens[i].kind != VTOKEN_NAME)
		i++;
	if (!vspan_is(s, v->name, "for") || !checks_in_span(s, i, v->head) ||
	    !checks_is(s, i + 1, "="))
		return;
	var = add_var(c, s, checks_token(s, i));
	if (var)
		var->raised++;
}

/* True for "case (q === e)" and "case (1'b1) (q == e): ...". */
static bool case_compares(const struct vstmts *s, int i)
{
	bool zero, any = checks_compares(s, s->v[i].head);

	if (any || !checks_is_constant(s, s->v[i].head, &zero))
		return any;
	for (int k = i + 1; k < s->v[i].end && !any; k = s->v[k].end)
		any = checks_compares(s, s->v[k].head);
	return any;
}

static bool below_comparison(const struct checks *c, const struct vstmts *s, int i)
{
	if (checks_raised_by(c, s, i, true) != EXPECT_NONE)
		return true;
	for (i = s->v[i].parent; i >= 0; i = s->v[i].parent) {
		if (s->v[i].kind == VSTMT_IF)
			return checks_compares(s, s->v[i].head);
		if (s->v[i].kind == VSTMT_CASE && case_compares(s, i))
			return true;
	}
	return false;
}

/* Notes a single !== or ===, which hardware does not have: == may be of a stimulus or of a
 * model. */
static void read_comparison(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			    struct check_var *var)
{
	static const char *const turns[] = { "!", "~", "?", NULL };
	unsigned differ = 0, same = 0;
	struct vspan part;
	bool adds = checks_adds(s, v, &part);

	for (size_t i = checks_first_token(s, v->rhs); checks_in_span(s, i, v->rhs); i++) {
		differ += checks_is(s, i, "!==");
		same += checks_is(s, i, "===");
	}
	if (differ + same != 1 || checks_has_any(s, v->rhs, turns))
		return;
	/* "moved = q !== last" and "known = ^q !== 1'bx" ask about a state. */
	if (!adds && s->text[v->lhs.end - 1] != ']')
		return;
	if (checks_asks_change(c, s, part))
		return;
	var->compared_differ += differ;
	var->compared_same += same;
	var->adds += adds;
}

/* True for n_bad_luck below "if (bad_luck)", an output of the design: the word is the
 * design's. */
static bool counts_output(const struct checks *c, const struct vstmts *s, int i,
			  const struct check_var *var)
{
	int around = vstmts_around(s, i, VSTMT_IF);
	struct vspan head = around >= 0 ? s->v[around].head : (struct vspan){ 0, 0 };
	struct vspan name = checks_last_name(s, head);
	size_t len = name.end - name.off;

	return len && name.off == head.off && name.end == head.end && len <= var->len &&
	       i < s->v[checks_side(s, around, VROLE_THEN)].end &&
	       memmem(var->name, var->len, s->text + name.off, len) && !checks_var_in(c, s, name) &&
	       !checks_is_result(c, s->text + name.off, len);
}

/* True in an initial block before it waits or calls anything. */
static bool is_at_start(const struct vstmts *s, int i)
{
	int process = vstmts_around(s, i, VSTMT_INITIAL);

	for (int k = process + 1; process >= 0 && k < i; k++)
		if (s->v[k].kind == VSTMT_PREFIX || s->v[k].kind == VSTMT_CALL ||
		    s->v[k].kind == VSTMT_LOOP)
			return false;
	return process >= 0;
}

/* A constant that is assigned because something differs, or does not. */
static void read_constant(const struct checks *c, const struct vstmts *s, int i, bool zero,
			  struct check_var *var)
{
	enum check_expect by = checks_raised_by(c, s, i, true);

	if (by == EXPECT_NONE && var->function)
		var->of_arguments |= (by = checks_raised_by(c, s, i, false)) != EXPECT_NONE;
	var->zeros_late += zero && !is_at_start(s, i);
	*(zero ? &var->zeros : &var->ones) += 1;
	if (by == EXPECT_DIFFERS)
		*(zero ? &var->zeros_differ : &var->ones_differ) += 1;
	if (by == EXPECT_SAME)
		*(zero ? &var->zeros_same : &var->ones_same) += 1;
}

static void read_held(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	const struct vstmt v = as_assignment(s, i);
	struct vspan name = checks_last_name(s, v.lhs);
	enum check_assign a = checks_assign(s, &v);
	struct check_var *var = checks_var_in(c, s, name);
	enum check_expect by;

	if (!var)
		return;
	if (a == ASSIGN_ZERO || a == ASSIGN_NONZERO)
		read_constant(c, s, i, a == ASSIGN_ZERO, var);
	if (a == ASSIGN_OTHER && checks_is_gap(c, s, v.rhs, false))
		var->gaps++;
	else if (a == ASSIGN_OTHER && is_result(s, i, v.lhs) && checks_is_gap(c, s, v.rhs, true))
		var->gaps++, var->of_arguments = true;
	if (a != ASSIGN_COMPARE)
		return;
	read_comparison(c, s, &v, var);
	var->adds_same += checks_adds_same(c, s, &v);
	by = checks_mentions(s, v.rhs, name) ? EXPECT_NONE : checks_expects(c, s, v.rhs);
	if (by == EXPECT_NONE && var->function)
		var->of_arguments |= (by = checks_equates(c, s, v.rhs)) != EXPECT_NONE;
	var->holds_differ += by == EXPECT_DIFFERS;
	var->holds_same += by == EXPECT_SAME;
}

/* True for "always @(posedge clk) if (was == 15 && q == 0) wraps = wraps + 1", and nothing
 * else there: all that is asked, again and again, are numbers, so that it counts what
 * happens. */
static bool counts_events(const struct vstmts *s, int i)
{
	int around = vstmts_around(s, i, VSTMT_IF);
	struct vspan head = around >= 0 ? s->v[around].head : (struct vspan){ 0, 0 };
	bool any = false;

	if (around < 0 || vstmts_around(s, i, VSTMT_ALWAYS) < 0)
		return false;
	for (int k = around + 1; k < s->v[around].end; k++)
		if (k != i && s->v[k].kind != VSTMT_BLOCK)
			return false;
	for (size_t t = checks_first_token(s, head); checks_in_span(s, t + 1, head); t++) {
		if (!checks_is_any(s, t, checks_equal))
			continue;
		any = true;
		if (s->tokens[t + 1].kind != VTOKEN_NUMBER &&
		    s->tokens[t - 1].kind != VTOKEN_NUMBER)
			return false;
	}
	return any;
}

static void read_raise(struct checks *c, const struct vstmts *s, int i, struct check_var *var)
{
	struct vspan added;
	bool result = checks_adds_result(c, s, &s->v[i], &added);
	const struct check_var *of =
		result ? checks_var_at(c, s, checks_first_token(s, added)) : NULL;
	enum check_expect by = of ? checks_var_expects(of) : checks_raised_by(c, s, i, true);

	var->raised_if += result && !below_condition(s, i);
	var->raised_by_compare += result || below_comparison(c, s, i);
	var->raised_told += counts_output(c, s, i, var);
	var->raised_event += counts_events(s, i);
	var->raised_equal += result || checks_raised_by(c, s, i, false) != EXPECT_NONE;
	var->raised_differ += by == EXPECT_DIFFERS;
	var->raised_same += by == EXPECT_SAME;
}

/* Notes the variables that are the index of an assignment: "due[n] = value". */
static void read_places(const struct checks *c, const struct vstmts *s, struct vspan lhs)
{
	for (size_t k = checks_first_token(s, lhs); checks_in_span(s, k, lhs); k++) {
		struct check_var *var =
			k > 0 && checks_is(s, k - 1, "[") && checks_is(s, k + 1, "]")
				? checks_var_at(c, s, k)
				: NULL;

		if (var)
			var->places = true;
	}
}

/* "if (n != 4) errors = errors + 1", but not "if (errors != 4) $finish": notes n. */
static void read_awaited(const struct checks *c, const struct vstmts *s, int i)
{
	static const char *const differ[] = { "!=", "!==", NULL };
	struct vspan cond = s->v[i].head;
	int then = checks_side(s, i, VROLE_THEN);

	for (int k = then; then >= 0 && k < s->v[then].end; k++)
		if (s->v[k].kind == VSTMT_JUMP || checks_ends_run(s, k))
			return;
	for (size_t t = checks_first_token(s, cond); checks_in_span(s, t, cond); t++) {
		struct check_var *var = checks_is_any(s, t + 1, differ) &&
							checks_in_span(s, t + 2, cond) &&
							s->tokens[t + 2].kind == VTOKEN_NUMBER
						? checks_var_at(c, s, t)
						: NULL;

		if (var && !checks_is_zero(s, t + 2) && !checks_is_one(s, t + 2))
			var->awaited = true;
	}
}

/* What is known once it is known what each variable holds. */
static void read_use(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;
	struct check_var *var = checks_assign(s, &s->v[i]) == ASSIGN_RAISE
					? checks_var_in(c, s, checks_last_name(s, s->v[i].lhs))
					: NULL;

	if (var)
		read_raise(c, s, i, var);
	read_places(c, s, s->v[i].lhs);
	if (s->v[i].kind == VSTMT_IF && !s->v[i].generate)
		read_awaited(c, s, i);
}

/* True for "test_ok" and "is_match", false for "empty", which may be a comparison as well. */
static bool names_right(const struct vstmts *s, struct vspan name)
{
	static const char *const words[] = { "match", "equal", "same", NULL };

	return checks_contains(s->text + name.off, name.end - name.off, words) ||
	       checks_name(s->text + name.off, name.end - name.off) == ROLE_PASSES;
}

/* Handles wire diff = y !== expected; and assign mismatch = |(y ^ expected); */
static void read_difference(struct checks *c, const struct check_source *src, int i)
{
	static const char *const xor [] = { "^", NULL };
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs);
	bool differs, same;
	struct check_var *var;
	enum check_expect by;

	if ((v->kind != VSTMT_ASSIGN && v->kind != VSTMT_DECL) || name.off == name.end)
		return;
	by = checks_expects(c, s, v->rhs);
	same = by == EXPECT_SAME;
	differs = by == EXPECT_DIFFERS || (!same && checks_differs(s, v->rhs)) ||
		  (checks_name(s->text + name.off, name.end - name.off) == ROLE_ERRORS &&
		   checks_has_any(s, v->rhs, xor));
	if (!differs && !same &&
	    (checks_equates(c, s, v->rhs) != EXPECT_SAME || !names_right(s, name)))
		return;
	var = add_var(c, s, name);
	if (var)
		*(differs ? &var->differs : same ? &var->differs_not : &var->equates) = true;
}

/* Marks names in the connections of an instance: assignments to them go to the design.
 * `.rst` connects the variable of that name, `.*` every one whose name a port has; as the
 * ports are not known, these are all whose name says nothing of errors. */
static void read_wires(struct checks *c, const struct vstmts *s, const struct vstmt *v,
		       struct name_map *connected)
{
	int depth = 0;

	for (size_t i = checks_first_token(s, v->all); checks_in_span(s, i, v->all); i++) {
		bool port = depth > 0 && checks_is(s, i - 1, ".") && checks_is(s, i + 1, "(");
		struct check_var *var =
			depth > 0 && s->tokens[i].kind == VTOKEN_NAME && !port &&
					!checks_is_result(c, s->text + s->tokens[i].off,
							  s->tokens[i].len)
				? checks_var_at(c, s, i)
				: NULL;

		if (depth > 0 && checks_is(s, i, ".*"))
			for (size_t k = 0; k < c->n_vars; k++)
				c->vars[k].wired |=
					checks_name(c->vars[k].name, c->vars[k].len) == ROLE_NONE;
		depth += checks_is(s, i, "(") - checks_is(s, i, ")");
		if (depth > 0 && s->tokens[i].kind == VTOKEN_NAME && !port)
			checks_put(connected, s, checks_token(s, i));
		if (var)
			var->wired = true;
	}
}

/* `assign rst_n = ~rst;` with rst_n connected to an instance: so is rst. */
static void read_inverted(struct checks *c, const struct vstmts *s, const struct vstmt *v,
			  const struct name_map *connected)
{
	struct vspan name = checks_last_name(s, v->lhs);
	size_t i = checks_first_token(s, v->rhs);
	struct check_var *var;

	if ((v->kind != VSTMT_ASSIGN && v->kind != VSTMT_DECL) || name.off == name.end)
		return;
	i += checks_is(s, i, "!") || checks_is(s, i, "~");
	if (!checks_in_span(s, i, v->rhs) || checks_in_span(s, i + 1, v->rhs) ||
	    s->tokens[i].kind != VTOKEN_NAME)
		return;
	var = checks_var_at(c, s, i);
	if (var && checks_has(connected, s, name))
		var->wired = true;
}

/* Notes the names that are used as a whole, or by an index that varies. Of any other array
 * each place is a variable: "n[0]++" counts what "n[1]++" does not. */
static void read_whole(struct checks *c, const struct vstmts *s)
{
	bool *declares = mem_calloc(s->n_tokens + 1, sizeof(*declares));

	for (size_t i = 0; i < s->n; i++)
		for (size_t t = s->v[i].kind == VSTMT_DECL ? checks_first_token(s, s->v[i].all)
							   : s->n_tokens;
		     checks_in_span(s, t, s->v[i].all); t++)
			declares[t] = true;
	for (size_t t = 0; t < s->n_tokens; t++)
		if (!declares[t] && s->tokens[t].kind == VTOKEN_NAME &&
		    !(checks_is(s, t + 1, "[") && t + 3 < s->n_tokens &&
		      s->tokens[t + 2].kind == VTOKEN_NUMBER && checks_is(s, t + 3, "]")))
			checks_put(&c->whole, s, checks_token(s, t));
	free(declares);
}

static void read_node(struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;

	if (s->v[i].kind == VSTMT_DECL)
		read_declaration(c, s, s->v[i].all);
	else if (s->v[i].kind == VSTMT_UNIT)
		read_declaration(c, s, checks_unit_parameters(s, i));
	else if (s->v[i].kind == VSTMT_LOOP)
		read_loop(c, s, &s->v[i]);
	else
		read_assignment(c, src, i);
}

void checks_read_vars(struct checks *c)
{
	for (size_t k = 0; k < c->n_sources; k++)
		read_whole(c, &c->sources[k].s);
	checks_each_node(c, read_node);
	checks_join_results(c);
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct check_source *src = &c->sources[k];
		struct name_map connected = NAME_MAP_INIT;

		for (size_t i = 0; i < src->s.n; i++)
			if (src->s.v[i].kind == VSTMT_ITEM && checks_in_bench(src, (int)i))
				read_wires(c, &src->s, &src->s.v[i], &connected);
		for (size_t i = 0; i < src->s.n; i++)
			if (checks_in_bench(src, (int)i))
				read_inverted(c, &src->s, &src->s.v[i], &connected);
		name_map_fini(&connected);
	}
}

void checks_read_compared(struct checks *c)
{
	checks_each_node(c, read_difference);
	checks_each_node(c, read_held);
	checks_each_node(c, read_use);
}
