/* Finds where a testbench compares. Each statement has effects, see
 * checks_effects.c: it fails, it counts a success, or neither. An `if` with one
 * failing branch is a site.
 *
 * checks_find() goes over the text in these passes, each of which asks what those before it
 * have found:
 *
 *   unit, checker    which modules are testbench
 *   names            what each unit declares
 *   fixed, never     names that keep their value: constants, and what nothing sets
 *   pure             functions that only compute
 *   vars             what is assigned to each variable, and how
 *   when             variables that only say when
 *   reports          the role of each variable, from the messages that it selects
 *   find_failing     tasks, functions and macros that fail when called; with these there are
 *                    more messages, so the roles are read once more, and then these
 *   find_sites       the sites
 *   settle, repeat   sites that another one asks for, or that tell what another one compared
 *   lost             then, results that the report does not ask for
 *   await            between these: the waits, if there is no other site
 *   unknown, gate,   what the verdict has to know besides: questions for x, when the only
 *   heading, each    check compares, prints that come in every run, or of one comparison
 */
#include "config.h"

#include "session/testbench/checks.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

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
		checks_free_names(&c->sources[i]);
		vstmts_fini(&c->sources[i].s);
		free(c->sources[i].bench);
		free(c->sources[i].prints);
	}
	for (size_t i = 0; i < c->n_sites; i++)
		free((char *)c->sites[i].site.text);
	free(c->top);
	free(c->x_text);
	free(c->gate);
	name_map_fini(&c->plain_headings);
	strv_free(&c->headings);
	strv_free(&c->lines_of_one);
	strv_free(&c->lines_of_all);
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
	name_map_fini(&c->closed);
	name_map_fini(&c->whole);
	name_map_fini(&c->hinting);
	name_map_fini(&c->telling);
	name_map_fini(&c->asked_texts);
	name_map_fini(&c->constants);
	name_map_fini(&c->macros);
	name_map_fini(&c->open_macros);
	free(c);
}

void checks_add(struct checks *c, const char *path, const char *text, size_t len)
{
	struct check_source *new;

	MEM_ROOM(c->sources, c->n_sources, c->cap_sources);
	new = &c->sources[c->n_sources++];
	*new = (struct check_source){ .path = path, .text = text, .len = len };
	vstmts_init(&new->s, text, len);
}

/* Tasks that fail -------------------------------------------------------------- */

/* True if it only prints and records: it waits for nothing and drives nothing. */
static bool only_prints(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;

	for (int k = i + 1; k < s->v[i].end; k++) {
		const struct vstmt *v = &s->v[k];
		struct vspan name = checks_last_name(s, v->lhs);
		const struct check_var *var = checks_var_in(c, s, name);

		if (v->kind == VSTMT_PREFIX || v->kind == VSTMT_FORCE || v->kind == VSTMT_FORK ||
		    v->kind == VSTMT_NONBLOCKING ||
		    (v->kind == VSTMT_BLOCKING && var && var->wired))
			return false;
	}
	return true;
}

/* The event that a process waits for, and nothing else: "always @(bad)"; empty: another one. */
static struct vspan awaited_event(const struct vstmts *s, int i)
{
	size_t t = checks_first_token(s, s->v[i].all) + 1, name;

	if (s->v[i].kind != VSTMT_ALWAYS || !checks_is(s, t, "@"))
		return (struct vspan){ 0, 0 };
	name = checks_is(s, t + 1, "(") ? t + 2 : t + 1;
	if (name == t + 2 && !checks_is(s, name + 1, ")"))
		return (struct vspan){ 0, 0 };
	return s->tokens[name].kind == VTOKEN_NAME ? checks_token(s, name) : (struct vspan){ 0, 0 };
}

static bool find_failing(struct checks *c)
{
	bool more = false;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct check_source *src = &c->sources[k];

		for (size_t i = 0; i < src->s.n; i++) {
			const struct vstmt *v = &src->s.v[i];
			struct vspan event = awaited_event(&src->s, (int)i);
			struct vspan name =
				event.off < event.end ? event : checks_routine(&src->s, v->name);
			unsigned e = 0;

			if (v->kind != VSTMT_TASK && v->kind != VSTMT_FUNCTION &&
			    v->kind != VSTMT_DEFINE && event.off == event.end)
				continue;
			for (int child = (int)i + 1; child < v->end; child = src->s.v[child].end)
				e |= checks_effects_of(c, src, child);
			if (e & EFFECT_FAILS)
				more |= checks_put(&c->failing, &src->s, name);
			else if (e & EFFECT_RIGHT)
				more |= checks_put(&c->passing, &src->s, name);
			else if ((e & EFFECT_HINTS) && only_prints(c, src, (int)i))
				more |= checks_put(&c->hinting, &src->s, name);
			else if ((e & EFFECT_PRINTS) && only_prints(c, src, (int)i))
				more |= checks_put(&c->telling, &src->s, name);
		}
	}
	return more;
}

/* Sites --------------------------------------------------------------------------- */

/* The branches of a `case`. bad: the last one that fails, or -1. */
struct branches {
	int bad, n_bad, n;
	bool good, has_default, fixed;
	int item;		      /* the last one that is no default; -1: none */
	int on_item, on_default;      /* their statements; -1: none */
	unsigned by_item, by_default; /* and effects */
};

/* hints: a message such as "got 3" is a failure, too. */
static struct branches read_branches(const struct checks *c, const struct check_source *src, int i,
				     bool hints)
{
	const struct vstmts *s = &src->s;
	bool compares = checks_compares(s, s->v[i].head), zero;
	/* "case (q)" may as well choose what to do */
	unsigned acts = EFFECT_PRINTS | EFFECT_ENDS |
			(compares || checks_calls(s, s->v[i].head) ||
					 checks_is_constant(s, s->v[i].head, &zero)
				 ? EFFECT_NOTES
				 : 0u);
	bool when = checks_says_when(c, src, i, s->v[i].head);
	struct branches b = { .bad = -1,
			      .item = -1,
			      .on_item = -1,
			      .on_default = -1,
			      .fixed = checks_is_decided(c, src, i, s->v[i].head) };

	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end, b.n++) {
		int body = k + 1 < s->v[k].end ? k + 1 : -1;
		bool is_default = vspan_is(s, s->v[k].head, "default");
		unsigned e = body >= 0 ? checks_effects_of(c, src, body) : 0;
		bool hint = hints && (e & EFFECT_HINTS) && !(e & EFFECT_RIGHT);
		bool differs = (e & acts) && !(e & EFFECT_RIGHT) && !when &&
			       checks_choice_expects(c, s, k) == EXPECT_DIFFERS;

		b.has_default = b.has_default || is_default;
		b.item = is_default ? b.item : k;
		*(is_default ? &b.on_default : &b.on_item) = body;
		*(is_default ? &b.by_default : &b.by_item) = e;
		b.fixed = b.fixed && (is_default || checks_is_decided(c, src, i, s->v[k].head));
		if ((e & EFFECT_FAILS) || differs ||
		    (hint && (compares || (is_default && b.good)))) {
			b.bad = body;
			b.n_bad++;
		} else {
			b.good = true;
		}
	}
	return b;
}

/* True if the default of `case (q) e: ; default: note...`, which is all but e, is bad. */
static bool notes_others(const struct checks *c, const struct vstmts *s, const struct branches *b)
{
	return (b->by_default & EFFECT_NOTES) && !(b->by_default & EFFECT_RIGHT) &&
	       (b->on_item < 0 || s->v[b->on_item].kind == VSTMT_NULL) &&
	       checks_may_change(c, s, s->v[b->item].head);
}

/* True for `case (errs) 0: ...` and `case (1'b1) (errs > 0): ...`: the final report. */
static bool case_reports(const struct checks *c, const struct vstmts *s, int i)
{
	bool zero, roles, any = false;

	if (checks_only_accounts(c, s, s->v[i].head, &any) && any)
		return true;
	if (!checks_is_constant(s, s->v[i].head, &zero))
		return false;
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		if (vspan_is(s, s->v[k].head, "default"))
			continue;
		if (!checks_only_accounts(c, s, s->v[k].head, &roles))
			return false;
		any = any || roles;
	}
	return any;
}

/* Handles `case (q === e) 1: ; default: err...`. */
static void find_case(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	struct branches b = read_branches(c, src, i, true);
	struct check_found *f;
	bool weak = false;

	if (case_reports(c, s, i))
		return;
	/* All print "got", but only one raises the error count. */
	if (!b.good && b.has_default)
		b = read_branches(c, src, i, false);
	if (b.bad < 0 && b.has_default && b.item >= 0 && b.n == 2 && !b.fixed) {
		/* `case (1'b1) (q === e): good = good + 1; default: ...` only counts successes */
		weak = (b.by_item & EFFECT_RIGHT) && !(b.by_default & EFFECT_RIGHT) &&
		       checks_in_bench(src, i) && !notes_others(c, s, &b);
		b.bad = weak || notes_others(c, s, &b) ? b.on_default : -1;
		weak = weak && b.bad >= 0;
		b.n_bad = b.bad >= 0;
	}
	if (b.bad < 0 || (!b.good && b.has_default) || b.fixed)
		return;
	f = checks_add_site(c, source, i, CHECK_IF, s->v[i].head);
	if (f && b.n_bad == 1)
		f->fails = b.bad;
	if (f)
		f->weak = weak;
}

/* Handles result = q === e ? "ok" : "ERROR", and "return" of such an expression. */
static bool find_text(struct checks *c, size_t source, int i, struct vspan expression)
{
	const struct check_source *src = &c->sources[source];
	struct check_found *f;
	struct vspan cond;
	bool inverse;

	if (!checks_asks(c, &src->s, expression, &cond, &inverse) ||
	    checks_is_account(c, &src->s, cond) || checks_is_decided(c, src, i, cond))
		return false;
	f = checks_add_site(c, source, i, CHECK_ASSIGN, cond);
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
	f = checks_add_site(c, source, i, CHECK_NEEDS, v->rhs);
	if (f) {
		f->after = v->lhs;
		f->after_want = AFTER_ANY;
	}
	return true;
}

/* True for "all_ok = all_ok & ok": each name there holds comparisons, which are checks by
 * themselves. */
static bool joins_flags(const struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan own = checks_last_name(s, v->lhs);
	bool any = false;

	if (checks_compares(s, v->rhs) || v->lhs.off != own.off || v->lhs.end != own.end)
		return false;
	for (size_t i = checks_first_token(s, v->rhs); checks_in_span(s, i, v->rhs); i++) {
		const struct check_var *var = checks_var_at(c, s, i);

		if (s->tokens[i].kind == VTOKEN_SYSTEM || checks_is(s, i, "?"))
			return false;
		if (s->tokens[i].kind != VTOKEN_NAME || checks_same(s, checks_token(s, i), s, own))
			continue;
		if (!var || var->role == ROLE_NONE || !var->compared || var->other || var->raised)
			return false;
		any = true;
	}
	return any;
}

static void find_assign(struct checks *c, size_t source, int i)
{
	const struct check_source *src = &c->sources[source];
	const struct vstmt *v = &src->s.v[i];
	struct vspan name = checks_last_name(&src->s, v->lhs);
	const struct check_var *var = checks_var_in(c, &src->s, name);
	struct check_found *f;
	struct vspan added;
	bool adds;

	if (!v->generate && checks_in_bench(src, i) &&
	    (find_text(c, source, i, v->rhs) || find_open(c, source, i, var)))
		return;
	if (!var || var->role == ROLE_NONE || v->generate || !checks_in_bench(src, i))
		return;
	adds = (var->role == ROLE_ERRORS || var->role == ROLE_PASSES) &&
	       checks_adds_result(c, &src->s, v, &added);
	/* the assignment to a flag is a check by itself */
	if (adds && checks_var_in(c, &src->s, checks_last_name(&src->s, added))->role != ROLE_NONE)
		return;
	if (!adds && (checks_assign(&src->s, v) != ASSIGN_COMPARE || joins_flags(c, &src->s, v)))
		return;
	f = checks_add_site(c, source, i, CHECK_ASSIGN, adds ? added : v->rhs);
	if (!f)
		return;
	if (adds) {
		f->condition = added;
		f->inverse = f->strict = var->role == ROLE_ERRORS;
		f->weak = !f->inverse;
		return;
	}
	checks_find_condition(c, &src->s, v, f, var->role);
	if (var->role == ROLE_PASSES)
		checks_count_added(c, &src->s, v, f);
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
	    checks_is_account(c, &src->s, cond) || checks_is_decided(c, src, i, cond))
		return;
	f = checks_add_site(c, source, i, CHECK_ASSIGN, cond);
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

/* True for assert (0) else $info("end of test"), which fails nothing: it prints. */
static bool only_tells(const struct checks *c, const struct check_source *src, int i)
{
	int other = checks_side(&src->s, i, VROLE_ELSE);

	return other >= 0 &&
	       !(checks_effects_of(c, src, other) & (EFFECT_FAILS | EFFECT_HINTS | EFFECT_STOPS));
}

/* Where a failed assertion goes; "assert (a);" gets an else. A deferred one, "assert #0
 * (a);", takes nothing but a call there. */
static void end_assertion(const struct vstmts *s, int i, struct check_found *f)
{
	static const char *const defers[] = { "#", "final", "#0", NULL };
	const struct vstmt *v = &s->v[i];

	f->fails = checks_side(s, i, VROLE_ELSE);
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

		c->ends |= checks_end(s, v) != END_NONE;
		if (v->kind == VSTMT_PROPERTY && vspan_is(s, v->name, "assert")) {
			f = checks_add_site(c, source, i, CHECK_PROPERTY, v->head);
			if (f)
				end_assertion(s, i, f);
		}
		if (v->generate)
			continue;
		if (v->kind == VSTMT_ASSERT && !vspan_is(s, v->name, "cover")) {
			bool roles;

			if (checks_is_fixed(c, src, i, v->head) &&
			    (!is_never(s, v->head) || only_tells(c, src, i)))
				continue;

			f = checks_add_site(c, source, i, CHECK_ASSERT, v->head);
			if (f) {
				end_assertion(s, i, f);
				f->site.sums_up =
					checks_only_accounts(c, s, v->head, &roles) && roles;
			}
		} else if (v->kind == VSTMT_IF) {
			checks_find_if(c, source, i);
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
	checks_read_asked_texts(c);
	checks_read_never(c);
	checks_read_pure(c);
	checks_read_vars(c);
	checks_read_when(c);
	checks_read_compared(c);
	checks_note_when(c);
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
	checks_find_lost(c);
	checks_find_awaited(c);
	checks_find_repeats(c);
	checks_read_unknown(c);
	checks_read_gate(c);
	checks_read_headings(c);
	checks_read_each(c);
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
				      .gate = c->gate,
				      .checks = c,
				      .unset = checks_unset(c) };
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_site *s = &c->sites[i].site;

		if (!checks_compares_at(s))
			continue;
		out->sites++;
		if (out->path && strcmp(out->path, s->path) != 0)
			out->same_path = false;
		if (!out->path)
			out->path = s->path;
	}
}
