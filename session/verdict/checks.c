/* Finds where a testbench compares. Each statement has effects, see
 * checks_effects.c: it fails, it counts a success, or neither. An `if` with one
 * failing branch is a site.
 */
#include "config.h"

#include "session/verdict/checks.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verdict/checks_inner.h"

#define ROUNDS 64 /* for tasks that fail because they call one that fails */

struct checks *checks_new(void)
{
	return mem_zalloc(sizeof(struct checks));
}

void checks_free(struct checks *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_sources; i++) {
		checks_free_when(&c->sources[i]);
		vstmts_fini(&c->sources[i].s);
		free(c->sources[i].bench);
		free(c->sources[i].prints);
	}
	for (size_t i = 0; i < c->n_sites; i++)
		free((char *)c->sites[i].site.text);
	free(c->top);
	free(c->x_text);
	free(c->sources);
	free(c->vars);
	free(c->sites);
	free(c->copies);
	free(c->results);
	name_map_fini(&c->by_name);
	name_map_fini(&c->copied);
	name_map_fini(&c->failing);
	name_map_fini(&c->passing);
	name_map_fini(&c->functions);
	name_map_fini(&c->impure);
	name_map_fini(&c->hinting);
	name_map_fini(&c->telling);
	name_map_fini(&c->constants);
	name_map_fini(&c->macros);
	name_map_fini(&c->open_macros);
	free(c);
}

void checks_add(struct checks *c, const char *path, const char *text, size_t len)
{
	struct check_source *new;

	c->cap_sources = mem_grow((void **)&c->sources, c->cap_sources, c->n_sources + 1,
				  sizeof(*c->sources));
	new = &c->sources[c->n_sources++];
	*new = (struct check_source){ .path = path, .text = text, .len = len };
	vstmts_init(&new->s, text, len);
}

/* Tasks that fail -------------------------------------------------------------- */

static bool put_name(struct name_map *m, const struct vstmts *s, struct vspan span)
{
	struct vspan name = checks_last_name(s, span);
	size_t off = name.off < name.end ? name.off : span.off,
	       end = name.off < name.end ? name.end : span.end;

	return off < end && name_map_put(m, s->text + off, end - off, 1);
}

/* True if it only prints and records: it waits for nothing and drives nothing. */
static bool only_prints(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;

	for (int k = i + 1; k < s->v[i].end; k++) {
		const struct vstmt *v = &s->v[k];
		struct vspan name = checks_last_name(s, v->lhs);
		const struct check_var *var =
			checks_var(c, s->text + name.off, name.end - name.off);

		if (v->kind == VSTMT_PREFIX || v->kind == VSTMT_FORCE || v->kind == VSTMT_FORK ||
		    v->kind == VSTMT_NONBLOCKING ||
		    (v->kind == VSTMT_BLOCKING && var && var->wired))
			return false;
	}
	return true;
}

static bool find_failing(struct checks *c)
{
	bool more = false;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct check_source *src = &c->sources[k];

		for (size_t i = 0; i < src->s.n; i++) {
			const struct vstmt *v = &src->s.v[i];
			unsigned e = 0;

			if (v->kind != VSTMT_TASK && v->kind != VSTMT_FUNCTION &&
			    v->kind != VSTMT_DEFINE)
				continue;
			for (int child = (int)i + 1; child < v->end; child = src->s.v[child].end)
				e |= checks_effects_of(c, src, child);
			if (e & EFFECT_FAILS)
				more |= put_name(&c->failing, &src->s, v->name);
			else if (e & EFFECT_RIGHT)
				more |= put_name(&c->passing, &src->s, v->name);
			else if ((e & EFFECT_HINTS) && only_prints(c, src, (int)i))
				more |= put_name(&c->hinting, &src->s, v->name);
			else if ((e & EFFECT_PRINTS) && only_prints(c, src, (int)i))
				more |= put_name(&c->telling, &src->s, v->name);
		}
	}
	return more;
}

/* Sites --------------------------------------------------------------------------- */

static struct check_found *add_site(struct checks *c, size_t source, int node, enum check_kind kind,
				    struct vspan text)
{
	const struct check_source *src = &c->sources[source];
	struct check_found *new;

	if (c->n_sites >= CHECKS_MAX_SITES)
		return NULL;
	c->cap_sites =
		mem_grow((void **)&c->sites, c->cap_sites, c->n_sites + 1, sizeof(*c->sites));
	new = &c->sites[c->n_sites++];
	*new = (struct check_found){ .node = node, .fails = -1 };
	new->site = (struct check_site){ .kind = kind,
					 .source = source,
					 .path = src->path,
					 .line = src->s.v[node].line,
					 .text = checks_text(&src->s, text) };
	return new;
}

static int side(const struct vstmts *s, int i, enum vstmt_role role)
{
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		if (s->v[k].role == role)
			return k;
	}
	return -1;
}

/* True if the branch fails, given that its condition compares. */
static bool side_fails(unsigned e, bool compares, bool differs, bool unexpected)
{
	if (unexpected && (e & (EFFECT_PRINTS | EFFECT_NOTES | EFFECT_ENDS)) && !(e & EFFECT_RIGHT))
		return true;
	return (e & EFFECT_FAILS) || ((e & EFFECT_HINTS) && compares && !(e & EFFECT_RIGHT)) ||
	       ((e & EFFECT_STOPS) && differs && !(e & EFFECT_RIGHT));
}

/* The final report is no check, but entering its bad branch means that a check
 * failed. Works in any language. */
static void find_report(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	int way = checks_report_way(c, s, s->v[i].head);
	int then = side(s, i, VROLE_THEN), other = side(s, i, VROLE_ELSE);
	/* "if (right * 10 >= total * 9)": the messages say which way is good. */
	int bad = way == 1		    ? other
		  : way			    ? then
		  : then >= 0 && other >= 0 ? checks_bad_word(s, then, other)
					    : -1;
	struct check_found *f;
	bool prints = false;

	for (int k = bad; bad >= 0 && k < s->v[bad].end && !prints; k++)
		prints = checks_is_print(s, &s->v[k]);
	f = prints && checks_in_bench(src, i) ? add_site(c, source, i, CHECK_REPORT, s->v[i].head)
					      : NULL;
	if (!f)
		return;
	f->fails = bad;
	for (size_t t = checks_first_token(s, s->v[i].head); checks_in_span(s, t, s->v[i].head);
	     t++) {
		const struct check_var *var =
			checks_var(c, s->text + s->tokens[t].off, s->tokens[t].len);

		f->of_passes |= var && var->role == ROLE_PASSES;
	}
}

/* True if the design has no part in the condition. */
static bool is_decided(const struct checks *c, const struct check_source *src, int node,
		       struct vspan cond)
{
	return checks_is_fixed(c, src, node, cond) || checks_only_when(c, src, node, cond);
}

static bool ends_run(const struct vstmts *s, int i)
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
	    !(e & (EFFECT_FAILS | EFFECT_HINTS | EFFECT_STOPS) || ends_run(&src->s, missing)))
		return false;
	f = add_site(c, source, i, CHECK_NEEDS, src->s.v[i].head);
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
		if (s->v[k].kind == VSTMT_JUMP)
			return false;
		for (int w = 0; s->v[k].kind == VSTMT_SYSTEM && wanted[w]; w++) {
			size_t n = strlen(wanted[w]);

			for (size_t at = s->v[k].head.off; at + n <= s->v[k].head.end; at++)
				if (strncasecmp(s->text + at, wanted[w], n) == 0)
					return false;
		}
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
	const struct vstmts *s = &src->s;

	for (int k = i; i >= 0 && k < s->v[i].end; k++)
		for (size_t at = s->v[k].head.off;
		     checks_is_print(s, &s->v[k]) && at + 4 <= s->v[k].head.end; at++)
			if (strncasecmp(s->text + at, "pass", 4) == 0)
				return true;
	return raises_right(c, src, i);
}

static void find_if(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];
	int then = side(s, i, VROLE_THEN), other = side(s, i, VROLE_ELSE);
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
	f = add_site(c, source, i, ((bad ? a : b) & EFFECT_LATE) ? CHECK_GUARD : CHECK_IF, v->head);
	if (!f)
		return;
	f->weak = weak;
	f->spots = weak && (other < 0 || by_word) &&
		   !((a & EFFECT_RIGHT) && raises_right(c, src, then)) &&
		   checks_equates(c, s, v->head) == EXPECT_NONE;
	f->fails = else_bad ? other : then;
	f->fails_else = else_bad && other < 0;
}

/* Handles `case (q === e) 1: ; default: err...`. */
static void find_case(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	bool good = false, has_default = false, roles;
	bool compares = checks_compares(s, s->v[i].head);
	bool fixed = is_decided(c, src, i, s->v[i].head);
	int bad = -1, n_bad = 0;
	struct check_found *f;

	if (checks_only_accounts(c, s, s->v[i].head, &roles) && roles)
		return;
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		int body = k + 1 < s->v[k].end ? k + 1 : -1;

		bool is_default = vspan_is(s, s->v[k].head, "default");
		unsigned e = body >= 0 ? checks_effects_of(c, src, body) : 0;

		has_default = has_default || is_default;
		fixed = fixed && (is_default || is_decided(c, src, i, s->v[k].head));
		if ((e & EFFECT_FAILS) ||
		    (is_default && (e & EFFECT_HINTS) && !(e & EFFECT_RIGHT) && good) ||
		    (compares && (e & EFFECT_HINTS) && !(e & EFFECT_RIGHT))) {
			bad = body;
			n_bad++;
		} else {
			good = true;
		}
	}
	if (bad < 0 || (!good && has_default) || fixed)
		return;
	f = add_site(c, source, i, CHECK_IF, s->v[i].head);
	if (f && n_bad == 1)
		f->fails = bad;
}

/* Handles result = q === e ? "ok" : "ERROR", and "return" of such an expression. */
static bool find_text(struct checks *c, size_t source, int i, struct vspan expression)
{
	const struct check_source *src = &c->sources[source];
	struct check_found *f;
	struct vspan cond;
	bool inverse;

	if (!checks_asks(c, &src->s, expression, &cond, &inverse) ||
	    checks_is_account(c, &src->s, cond) || is_decided(c, src, i, cond))
		return false;
	f = add_site(c, source, i, CHECK_ASSIGN, cond);
	if (f) {
		f->condition = cond;
		f->inverse = inverse;
	}
	return true;
}

/* Handles f = $fopen("vectors.txt", "r") if f is never tested. */
static bool find_open(struct checks *c, size_t source, int i, const struct check_var *var)
{
	const struct vstmt *v = &c->sources[source].s.v[i];
	struct check_found *f;

	if (!var || !var->handle || var->tested || v->kind != VSTMT_BLOCKING ||
	    !checks_opens_to_read(&c->sources[source].s, v->rhs))
		return false;
	f = add_site(c, source, i, CHECK_NEEDS, v->rhs);
	if (f) {
		f->after = v->lhs;
		f->after_want = AFTER_ANY;
	}
	return true;
}

static void find_assign(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmt *v = &src->s.v[i];
	struct vspan name = checks_last_name(&src->s, v->lhs);
	const struct check_var *var = checks_var(c, src->text + name.off, name.end - name.off);
	struct check_found *f;

	if (!v->generate && checks_in_bench(src, i) &&
	    (find_text(c, source, i, v->rhs) || find_open(c, source, i, var)))
		return;
	if (!var || var->role == ROLE_NONE || v->generate || !checks_in_bench(src, i) ||
	    checks_assign(&src->s, v) != ASSIGN_COMPARE)
		return;
	f = add_site(c, source, i, CHECK_ASSIGN, v->rhs);
	if (!f)
		return;
	checks_find_condition(c, &src->s, v, f, var->role);
	if (var->role == ROLE_PASSES)
		checks_count_added(&src->s, v, f);
	if (f->weak) {
		free((char *)f->site.text);
		f->site.text = checks_text(&src->s, f->condition);
	}
	if (f->condition.off == f->condition.end && v->kind == VSTMT_BLOCKING &&
	    var->role != ROLE_PASSES) {
		/* Once it failed, it stays so. */
		f->sticks = checks_mentions(&src->s, v->rhs, name) ||
			    !checks_is(&src->s, vstmts_token(&src->s, v->lhs.end), "=");
		f->after = v->lhs;
		f->after_want = var->role == ROLE_PASS_FLAG ? AFTER_ONE : AFTER_ZERO;
		if (var->role == ROLE_ERRORS && f->sticks) {
			f->sticks = false;
			f->after_want = AFTER_SAME;
		}
	}
}

static void find_print(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	struct check_found *f;
	struct vspan cond;
	bool inverse;

	if (!checks_is_print(&src->s, &src->s.v[i]) ||
	    !checks_print_asks(c, &src->s, &src->s.v[i], &cond, &inverse) ||
	    checks_is_account(c, &src->s, cond) || is_decided(c, src, i, cond))
		return;
	f = add_site(c, source, i, CHECK_ASSIGN, cond);
	if (!f)
		return;
	f->condition = cond;
	f->inverse = inverse;
}

/* assert (0): reaching it is a failure. */
static bool is_never(const struct vstmts *s, struct vspan head)
{
	bool zero;

	return checks_is_constant(s, head, &zero) && zero;
}

/* Where a failed assertion goes; "assert (a);" gets an else. A deferred one, "assert #0
 * (a);", takes nothing but a call there. */
static void end_assertion(const struct vstmts *s, int i, struct check_found *f)
{
	static const char *const defers[] = { "#", "final", "#0", NULL };
	const struct vstmt *v = &s->v[i];

	f->fails = side(s, i, VROLE_ELSE);
	f->bare = f->fails < 0 && v->all.end > v->all.off && s->text[v->all.end - 1] == ';' &&
		  !checks_has_any(s, (struct vspan){ v->all.off, v->head.off }, defers);
}

static void find_sites(struct checks *c, size_t source)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;

	for (int i = 0; i < (int)s->n; i++) {
		const struct vstmt *v = &s->v[i];
		struct check_found *f;

		if (v->kind == VSTMT_SYSTEM &&
		    (vspan_is(s, v->name, "$finish") || vspan_is(s, v->name, "$stop") ||
		     vspan_is(s, v->name, "$fatal")))
			c->ends = true;
		if (v->kind == VSTMT_PROPERTY && vspan_is(s, v->name, "assert")) {
			f = add_site(c, source, i, CHECK_PROPERTY, v->head);
			if (f)
				end_assertion(s, i, f);
		}
		if (v->generate)
			continue;
		if (v->kind == VSTMT_ASSERT && !vspan_is(s, v->name, "cover")) {
			bool roles;

			if (checks_is_fixed(c, src, i, v->head) && !is_never(s, v->head))
				continue;

			f = add_site(c, source, i, CHECK_ASSERT, v->head);
			if (f) {
				end_assertion(s, i, f);
				f->site.sums_up =
					checks_only_accounts(c, s, v->head, &roles) && roles;
			}
		} else if (v->kind == VSTMT_IF) {
			find_if(c, source, i);
		} else if (v->kind == VSTMT_CASE) {
			find_case(c, source, i);
		} else if (v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING) {
			find_assign(c, source, i);
		} else if (v->kind == VSTMT_JUMP && checks_in_bench(src, i)) {
			find_text(c, source, i, v->head);
		} else if (v->kind == VSTMT_SYSTEM) {
			find_print(c, source, i);
		}
	}
}

void checks_find(struct checks *c, const char *top)
{
	c->top = top ? mem_strdup(top) : NULL;
	for (size_t i = 0; i < c->n_sources; i++)
		checks_mark_units(&c->sources[i], top);
	checks_find_checkers(c);
	checks_read_constants(c);
	checks_read_pure(c);
	checks_read_vars(c);
	checks_read_when(c);
	checks_read_reports(c);
	for (int round = 0; round < ROUNDS && find_failing(c); round++)
		;
	if (c->failing.n || c->passing.n) {
		checks_read_reports(c);
		for (int round = 0; round < ROUNDS && find_failing(c); round++)
			;
	}
	for (size_t i = 0; i < c->n_sources; i++)
		find_sites(c, i);
	checks_settle(c);
	checks_find_repeats(c);
	checks_read_unknown(c);
}

size_t checks_len(const struct checks *c)
{
	return c->n_sites;
}

const struct check_site *checks_at(const struct checks *c, size_t i)
{
	return &c->sites[i].site;
}

void checks_facts(const struct checks *c, struct checks_facts *out)
{
	*out = (struct checks_facts){ .same_path = true,
				      .ends = c->ends,
				      .says_count = c->says_count,
				      .reports = c->reports && !c->contradicts,
				      .sums_up = c->sums_up,
				      .x_path = c->x_path,
				      .x_line = c->x_line,
				      .x_text = c->x_text,
				      .x_ends = c->x_ends,
				      .unset = checks_unset(c) };
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_site *s = &c->sites[i].site;

		if (s->kind == CHECK_GUARD || s->kind == CHECK_REPORT || s->kind == CHECK_NEEDS ||
		    c->sites[i].site.repeats)
			continue;
		out->sites++;
		if (out->path && strcmp(out->path, s->path) != 0)
			out->same_path = false;
		if (!out->path)
			out->path = s->path;
	}
}
