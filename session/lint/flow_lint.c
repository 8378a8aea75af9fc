/* One lint. Each root is one run of the tool, and of a second one if it is clean Verilog;
 * the findings of all runs are merged, posedge's own are appended, and every file that no
 * run read is listed with the reason.
 */
#include "config.h"

#include "session/lint/flow_lint.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/journal/event_redact.h"
#include "session/journal/lint_summary.h"
#include "session/lint/lint_below.h"
#include "session/lint/lint_boxes.h"
#include "session/lint/lint_gather.h"
#include "session/lint/lint_notes.h"
#include "session/lint/lint_own.h"
#include "session/lint/lint_roots.h"
#include "session/lint/lint_run.h"
#include "session/lint/lint_second.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/project/black_box.h"
#include "session/project/design.h"
#include "session/project/design_parameters.h"
#include "session/project/project.h"
#include "session/project/project_ahead.h"
#include "session/project/overlay.h"
#include "session/text/name_map.h"
#include "session/output/diag.h"
#include "session/workbench/ports.h"
#include "session/workbench/tool_version.h"
#include "session/workbench/workbench.h"

void lint_result_fini(struct lint_result *r)
{
	diag_list_free(r->found);
	strv_free(&r->notes);
	strv_free(&r->failed);
	str_free(&r->unread);
	str_free(&r->lang);
	memset(r, 0, sizeof(*r));
}

/* What was read ------------------------------------------------------------------- */

static const char *why_unread(const struct lint_item *x)
{
	for (size_t i = 0; x->found && i < diag_list_len(x->found); i++)
		if (strcmp(diag_list_at(x->found, i)->code, DIAG_UNSUPPORTED) == 0)
			return "not supported by the tool";
	if (x->why.code == ERR_CANCELLED)
		return "not reached";
	return x->why.code == ERR_LIMIT	    ? "passed a limit"
	       : x->why.code == ERR_TIMEOUT ? "took too long"
					    : "no answer of the tool";
}

/* Counts the files of roots whose run succeeded. Files that only failed roots
 * use, and files the read plan left out, are listed in out->unread, one line
 * each. */
static void count_read(struct lint_roots *r, const struct lint_item *items, struct lint_result *out)
{
	struct name_map known = NAME_MAP_INIT;

	for (int failed = 0; failed <= 1; failed++)
		for (size_t i = 0; i < r->n; i++)
			for (size_t k = 0;
			     (items[i].why.code != ERR_NONE) == failed && k < r->v[i].files.n;
			     k++) {
				const char *path = r->v[i].files.v[k];

				if (!name_map_put(&known, path, strlen(path), 0))
					continue;
				out->read += !failed;
				if (failed)
					strv_addf(&r->unread, "%s\t%s", path,
						  why_unread(&items[i]));
			}
	strv_sort(&r->unread);
	for (size_t i = 0; i < r->unread.n; i++)
		str_addf(&out->unread, "%s%s", i ? "\n" : "", r->unread.v[i]);
	name_map_fini(&known);
}

/* Notes for constructs that the tool does not support but skipped, and for checks that a
 * large design did without. */
static void note_left_out(const struct diag_list *found, struct strv *notes)
{
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		char *note;

		if (strcmp(d->code, DIAG_SKIMMED) == 0)
			strv_add_once(notes, d->text);
		if (strcmp(d->code, DIAG_UNSUPPORTED) != 0 || d->rank != DIAG_STYLE)
			continue;
		note = str_fmt("%s:%d is left out of the lint, the rest is read: %.*s", d->path,
			       d->line, (int)strcspn(d->text, "."), d->text);
		strv_add_once(notes, note);
		free(note);
	}
}

/* Fills in out->lang, and notes roots read in a language other than the project's. */
static void note_langs(const struct lint_roots *r, const struct lint_item *items,
		       struct lint_result *out)
{
	for (enum lang l = LANG_V2001; l <= LANG_SV2017; l++) {
		bool used = false;

		for (size_t i = 0; i < r->n; i++)
			used = used || (items[i].why.code == ERR_NONE && items[i].lang == l);
		if (used)
			str_addf(&out->lang, "%s%s", out->lang.len ? " " : "", lang_name(l));
	}
	for (size_t i = 0; i < r->n; i++)
		note_left_out(items[i].found, &out->notes);
	for (size_t i = 0; i < r->n; i++) {
		enum lang meant = r->v[i].design.job.lang;

		if (items[i].why.code == ERR_NONE && items[i].lang != meant)
			strv_addf(
				&out->notes,
				"%s is read as %s: as %s it has errors (`set language` says which)",
				r->v[i].path, lang_title(items[i].lang), lang_title(meant));
	}
}

/* Adds a sentence to out->failed for each root that the tool could not lint. */
static void name_failed(const struct redact *redact, const struct lint_roots *r,
			const struct lint_item *items, struct lint_result *out)
{
	for (size_t i = 0; i < r->n; i++) {
		struct err why = items[i].why;

		if (why.code == ERR_NONE)
			continue;
		redact_err(redact, &why);
		if (r->v[i].top)
			strv_addf(&out->failed, "%s (%s) was not linted: %s", r->v[i].top,
				  r->v[i].path, why.text);
		else
			strv_addf(&out->failed, "%s was not linted: %s", r->v[i].path, why.text);
	}
}

struct given { /* to the tool */
	struct strv files;
	struct str hashes; /* of their texts before it ran; none on a screen */
	const char *part;  /* the only file, of those that were asked for; NULL: all */
};

static void note_given(const struct workbench *w, const struct project *p,
		       const struct lint_roots *r, struct given *g)
{
	if (g->part)
		strv_add(&g->files, g->part);
	else
		lint_roots_files(r, &g->files);
	if (!w->screen)
		project_hashes(p, &g->files, &g->hashes);
}

static bool record(struct workbench *w, const struct given *g, const struct simulator_ops *ops,
		   const struct lint_result *out, const char *why, struct err *err)
{
	struct event e = { .type = EVENT_LINT };
	struct str files = STR_INIT;
	bool ok;

	for (size_t i = 0; i < g->files.n; i++)
		str_addf(&files, "%s%s", i ? "\n" : "", g->files.v[i]);
	e.lint.tool = ops->name;
	e.lint.version = out->read ? tool_version(w->kept.versions, w->loop, ops) : "";
	e.lint.error = why;
	e.lint.files = (struct bytes){ str_cstr(&files), files.len };
	e.lint.found = out->found;
	e.lint.read = out->read;
	e.lint.unread = (struct bytes){ str_cstr(&out->unread), out->unread.len };
	e.lint.part = g->part != NULL;
	e.lint.lang = str_cstr(&out->lang);
	e.lint.hashes = (struct bytes){ str_cstr(&g->hashes), g->hashes.len };
	ok = session_record(w->session, &e, NULL, err);
	str_free(&files);
	return ok;
}

/* Why there are no findings or only some; adds nothing if the lint was complete. */
static void why_not(const struct lint_result *out, struct str *why)
{
	if (out->failed.n)
		str_adds(why, out->failed.v[0]);
	if (out->failed.n > 1)
		str_addf(why, ", and %zu more", out->failed.n - 1);
	if (out->failed.n == 0 && out->read == 0)
		lint_summary_nothing(str_cstr(&out->unread), why);
}

/* True if all roots failed for the same reason, for example a missing tool. */
static bool nothing_works(const struct lint_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].why.code == ERR_NONE ||
		    strcmp(items[i].why.text, items[0].why.text) != 0)
			return false;
	return n > 0;
}

/* Adds the tools' findings to found, with better hints where there are any, then
 * posedge's own. only: see lint_own.h; such a part is shown soon, so no second tool. */
static bool add_own(struct workbench *w, const struct simulator_ops *ops, const struct project *p,
		    const struct lint_item *items, size_t n, const struct black_boxes *boxes,
		    const char *only, struct diag_list *found, struct err *err)
{
	const struct design **v = mem_calloc(n + 1, sizeof(*v));
	struct diag_list *said = diag_list_new(LINT_MAX_FINDINGS);
	size_t n_own = 0;
	bool ok;

	for (size_t i = 0; i < n; i++)
		if (!items[i].errors_only)
			v[n_own++] = items[i].design;
	lint_gather(p, items, n, boxes, said);
	ok = (only || lint_second(w, ops, p, items, n, boxes, said, err)) &&
	     lint_own(w->loop, v, n_own, only, said, found, err);
	diag_list_free(said);
	free(v);
	return ok;
}

/* After a cancelled lint: keeps what was found so far, except reports of missing
 * modules, which have not been checked against black boxes yet. */
static void keep_done(const struct project *p, const struct lint_item *items, size_t n,
		      const struct black_boxes *boxes, struct diag_list *found)
{
	struct diag_list *said = diag_list_new(LINT_MAX_FINDINGS);

	lint_gather(p, items, n, boxes, said);
	for (size_t i = 0; i < diag_list_len(said); i++)
		if (!str_starts(diag_list_at(said, i)->text,
				"Cannot find file containing module") &&
		    !str_starts(diag_list_at(said, i)->text, "Can't resolve module reference"))
			diag_list_keep_new(found, said, i);
	diag_list_free(said);
}

/* From this many roots on, tell the user why it takes longer than a few seconds. */
#define MANY_ROOTS 200u

/* For a part: findings in this file, and errors anywhere that keep it from being read. */
static struct diag_list *keep_part(struct diag_list *found, const char *path)
{
	struct diag_list *kept = diag_list_new(LINT_MAX_FINDINGS);

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		if (d->rank == DIAG_ERROR || strcmp(d->path, path) == 0)
			diag_list_keep(kept, found, i);
	}
	diag_list_free(found);
	return kept;
}

/* A parameter that someone set and no top has would be left out without a word. */
static void note_parameters(const struct project *p, const struct options *o,
			    const struct lint_roots *r, struct strv *notes)
{
	for (size_t i = 0; i < o->parameters.n; i++) {
		const char *word = o->parameters.v[i];
		bool has = false;

		for (size_t k = 0; !has && k < r->n; k++)
			has = design_parameters_has(design_top(&r->v[k].design, p, r->v[k].path),
						    word);
		if (!has)
			strv_addf(notes,
				  "no top module here has a parameter %.*s: its value reaches "
				  "nothing",
				  (int)strcspn(word, "="), word);
	}
}

/* Everything that leaves this file has been redacted. */
static const struct diag_list *without_secrets(const struct redact *redact, struct diag_list *found)
{
	const struct diag_list *clean = findings_redact(redact, found);

	diag_list_free(found);
	return clean;
}

/* Makes the design of each root from `from` on; yields: its tools run behind other
 * work. Cancelled, it leaves the rest zeroed. */
static bool make_designs_of(struct lint_roots *r, size_t from, const struct project *p,
			    const struct options *o, bool yields, struct lint_item *items,
			    struct strv *notes, struct err *err)
{
	bool ok = true;

	for (size_t i = from; i < r->n; i++) {
		struct design *d = &r->v[i].design;

		items[i].design = d;
		ok = ok && task_breathe(err);
		if (!ok)
			continue;
		design_init(d, p, o, r->v[i].path, r->v[i].top);
		d->job.yields = yields;
		for (size_t k = 0; k < d->notes.n; k++)
			strv_add_once(notes, d->notes.v[k]);
	}
	for (size_t i = from; !ok && i < r->n; i++) /* no tool has read any of them */
		err_set(&items[i].why, ERR_CANCELLED, "cancelled");
	return ok;
}

/* A part may hold a construct of its own that the tool does not support. */
#define ROUNDS_MAX 4

/* Lints the roots from had on; their results follow in *items. */
static bool lint_added(struct workbench *w, const struct project *p,
		       const struct simulator_ops *ops, struct lint_roots *r, size_t had,
		       struct lint_item **items, struct black_boxes *boxes, struct strv *notes,
		       struct err *err)
{
	struct lint_item *more;
	bool ok;

	*items = mem_realloc(*items, (r->n + 1) * sizeof(**items));
	more = *items + had;
	memset(more, 0, (r->n + 1 - had) * sizeof(*more));
	for (size_t i = 0; i < had; i++)
		(*items)[i].design = &r->v[i].design; /* r->v may have moved */
	ok = make_designs_of(r, had, p, w->options, w->screen != NULL, *items, notes, err) &&
	     lint_run_boxed(w, ops, p, more, r->n - had, boxes, err);
	for (size_t i = had; i < r->n; i++)
		(*items)[i].in += had;
	return ok;
}

/* True for an error that does not depend on the parameters: an $error of the design may. */
static bool is_certain(const struct diag *d)
{
	return d->rank == DIAG_ERROR && !str_starts(d->code, "USER");
}

/* Keeps only the errors of such a part. A failure of the run itself is dropped, because the files
 * were already read as parts of their design. */
static void keep_errors(struct lint_item *x)
{
	struct diag_list *errors = diag_list_new(LINT_MAX_FINDINGS);

	for (size_t i = 0; x->found && i < diag_list_len(x->found); i++)
		if (is_certain(diag_list_at(x->found, i)) && x->why.code == ERR_NONE)
			diag_list_keep(errors, x->found, i);
	diag_list_free(x->found);
	x->found = errors;
	x->errors_only = true;
	x->lang = x->design->job.lang;
	x->why = (struct err){ 0 };
}

/* Lints parts of the designs on which the tool gave up, and of those that a syntax error
 * broke. Their roots follow those that r has, and their results follow in *items. */
static bool lint_parts(struct workbench *w, const struct project *p,
		       const struct simulator_ops *ops, struct lint_roots *r,
		       struct lint_item **items, struct black_boxes *boxes, struct strv *notes,
		       struct err *err)
{
	bool ok = true;
	size_t had;

	for (int round = 0; ok && round < ROUNDS_MAX; round++) {
		had = r->n;
		lint_below(p, *items, r);
		if (r->n == had)
			break;
		ok = lint_added(w, p, ops, r, had, items, boxes, notes, err);
	}
	had = r->n;
	if (ok)
		lint_below_broken(p, *items, r);
	if (!ok || r->n == had)
		return ok;
	ok = lint_added(w, p, ops, r, had, items, boxes, notes, err);
	for (size_t i = had; i < r->n; i++)
		if ((*items)[i].in == i)
			keep_errors(&(*items)[i]);
	for (size_t i = had; i < r->n; i++)
		if ((*items)[i].in != i)
			keep_errors(&(*items)[i]);
	return ok;
}

/* Fills in out->found. p does not change meanwhile. only: drop findings in other files
 * (a part); NULL: keep all. */
static bool lint_roots(struct workbench *w, const struct project *p,
		       const struct simulator_ops *ops, struct lint_roots *r, const char *only,
		       struct lint_result *out, struct err *err)
{
	struct lint_item *items = mem_calloc(r->n + 1, sizeof(*items));
	/* excess findings are dropped */
	struct diag_list *found = diag_list_new(LINT_MAX_FINDINGS);
	struct black_boxes boxes = { 0 };
	bool ok;

	if (r->n > MANY_ROOTS)
		report_note(&w->out,
			    "%zu designs are linted, which takes a while; cancelling keeps "
			    "the findings so far",
			    r->n);
	/* The user waits for the lint of the file under the cursor, so that one does not
	 * yield. */
	ok = make_designs_of(r, 0, p, w->options, w->screen != NULL && !only, items, &out->notes,
			     err) &&
	     lint_run_boxed(w, ops, p, items, r->n, &boxes, err) &&
	     (only || (lint_parts(w, p, ops, r, &items, &boxes, &out->notes, err) &&
		       lint_second_instead(w, ops, p, items, r->n, &out->notes, err))) &&
	     add_own(w, ops, p, items, r->n, &boxes, only, found, err);
	if (!ok && task_cancelled(task_self()) && !w->screen)
		keep_done(p, items, r->n, &boxes, found);
	black_boxes_say(&boxes, &out->notes, found);
	out->found = without_secrets(w->redact, only ? keep_part(found, only) : found);
	note_langs(r, items, out);
	if (r->n > 1)
		lint_notes_fold(&out->notes);
	black_boxes_fini(&boxes);
	if (ok && nothing_works(items, r->n)) {
		ok = false;
		err_copy(err, &items[0].why);
		redact_err(w->redact, err);
	}
	count_read(r, items, out);
	if (ok)
		name_failed(w->redact, r, items, out);
	for (size_t i = 0; i < r->n; i++)
		diag_list_free(items[i].found);
	free(items);
	return ok;
}

/* Finding the roots of a whole project, or of headers, looks at each file of it: a job
 * for the thread pool. */
struct search {
	const struct project *p; /* a copy */
	char *top;
	const char *const *paths; /* n 0: the whole project */
	size_t n, most;		  /* roots of each header at most */
	struct lint_roots *roots;
	struct strv *notes;
};

static bool is_header(const struct project *p, const char *path)
{
	const struct project_file *f = project_find(p, path);

	return f && f->header;
}

static void search(void *ctx)
{
	struct search *s = ctx;

	if (s->n == 0) {
		lint_roots_of_project(s->p, s->top, s->roots);
		project_missing(s->p, s->notes);
	}
	for (size_t i = 0; i < s->n; i++) {
		size_t had = s->roots->n;

		if (!is_header(s->p, s->paths[i]))
			continue;
		lint_roots_of_header(s->p, s->top, s->paths[i], s->most, s->roots);
		if (s->roots->n == had && s->most > 1)
			strv_addf(s->notes,
				  "%s is a header, and nothing in the project includes it",
				  s->paths[i]);
	}
}

static bool find_roots(struct workbench *w, const struct project *p, const char *const *paths,
		       size_t n, bool part, struct lint_roots *roots, struct strv *notes,
		       struct err *err)
{
	struct search s = { p, NULL, paths, n, part ? 1 : SIZE_MAX, roots, notes };
	bool ok = true, far = n == 0;

	for (size_t i = 0; ok && i < n; i++) {
		ok = lint_roots_of_file(p, paths[i], roots, err);
		far |= is_header(p, paths[i]);
	}
	if (!ok || !far)
		return ok;
	s.top = mem_strdup(w->options->top);
	ok = task_work(w->loop, search, &s, NULL, err);
	free(s.top);
	return ok;
}

/* The project as it is now, for a lint that takes longer than the next edit. */
static struct project *snapshot(struct workbench *w, struct err *err)
{
	struct project *p = workbench_project(w, err);

	if (!p)
		return NULL;
	project_files(p); /* what is unread is read once, not by each copy */
	return project_copy(p);
}

static bool run(struct workbench *w, const char *const *paths, size_t n, bool part,
		struct lint_result *out, struct err *err)
{
	const char *engine = w->options->engine;
	const struct simulator_ops *ops = ports_simulator(w->ports, engine, err);
	struct project *p = ops ? snapshot(w, err) : NULL;
	struct lint_roots roots = { 0 };
	struct given given = { .part = part ? paths[0] : NULL };
	struct err why = { 0 };
	struct str said = STR_INIT;
	bool ok;

	memset(out, 0, sizeof(*out));
	ok = p && find_roots(w, p, paths, n, part, &roots, &out->notes, err) &&
	     workbench_session(w, SESSION_APPEND, err);
	if (ok) {
		note_given(w, p, &roots, &given);
		ok = lint_roots(w, p, ops, &roots, given.part, out, &why);
		if (ok && n == 0)
			note_parameters(p, w->options, &roots, &out->notes);
		if (ok)
			why_not(out, &said);
		else
			str_adds(&said, why.text);
		/* Cancelled lints, which typing causes often, are not recorded. A
		 * part without a result is not recorded either; the full lint
		 * records the reason. */
		if (why.code != ERR_CANCELLED && !(part && said.len + out->failed.n > 0) &&
		    !record(w, &given, ops, out, str_cstr(&said), ok ? err : NULL))
			ok = false;
		else if (!ok)
			err_copy(err, &why);
	}
	lint_roots_fini(&roots);
	strv_free(&given.files);
	str_free(&given.hashes);
	project_free(p);
	str_free(&said);
	return ok;
}

bool flow_lint(struct workbench *w, const char *const *paths, size_t n, struct lint_result *out,
	       struct err *err)
{
	return run(w, paths, n, false, out, err);
}

bool flow_lint_part(struct workbench *w, const char *path, struct lint_result *out, struct err *err)
{
	return run(w, &path, 1, true, out, err);
}

static bool same_files(const struct lint_roots *r, const char *const *files, size_t n)
{
	struct strv own = STRV_INIT;
	bool same;

	lint_roots_files(r, &own);
	same = own.n == n;
	for (size_t i = 0; same && i < n; i++)
		same = strcmp(own.v[i], files[i]) == 0;
	strv_free(&own);
	return same;
}

bool flow_lint_again(struct workbench *w, const char *const *files, size_t n, bool part,
		     struct lint_result *out, struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(w->ports, w->options->engine, err);
	struct project *p = ops ? snapshot(w, err) : NULL;
	struct lint_roots roots = { 0 };
	bool ok = p != NULL;

	memset(out, 0, sizeof(*out));
	if (ok && !part)
		lint_roots_of_project(p, w->options->top, &roots);
	if (!same_files(&roots, files, n)) {
		lint_roots_fini(&roots);
		roots = (struct lint_roots){ 0 };
		for (size_t i = 0; ok && i < n; i++)
			ok = lint_roots_of_file(p, files[i], &roots, err);
		if (ok && part && n && roots.n == 0)
			lint_roots_of_header(p, w->options->top, files[0], 1, &roots);
	}
	ok = ok && lint_roots(w, p, ops, &roots, part && n ? files[0] : NULL, out, err);
	if (ok && out->failed.n)
		ok = err_set(err, ERR_TOOL, "%s", out->failed.v[0]);
	lint_roots_fini(&roots);
	project_free(p);
	return ok;
}

/* Makes the designs from a copy of the project that is read on the thread pool,
 * so that nobody else sees the overlays. The caller frees *copy after them. Returns
 * their number; *out is NULL and err set on failure. */
static size_t make_designs(struct workbench *w, const struct overlay *v, size_t n_texts,
			   struct design **out, struct project **copy, struct err *err)
{
	const struct project *p = workbench_project(w, err);
	struct project *with = p ? project_with(w->loop, p, v, n_texts, err) : NULL;
	struct lint_roots roots = { 0 };
	size_t n = 0;

	*copy = with;
	*out = NULL;
	if (with && lint_roots_of_file(with, v[0].path, &roots, err)) {
		*out = mem_calloc(roots.n + 1, sizeof(**out));
		for (; n < roots.n; n++) {
			design_init(&(*out)[n], with, w->options, roots.v[n].path, roots.v[n].top);
			(*out)[n].job.yields = w->screen != NULL;
		}
	}
	lint_roots_fini(&roots);
	return n;
}

bool flow_designs_if(struct workbench *w, const struct overlay *v, size_t n_texts,
		     bool (*each)(void *ctx, struct simulator *sim, const struct design *d,
				  struct err *err),
		     void *ctx, struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(w->ports, w->options->engine, err);
	struct simulator *sim = ops ? simulator_open(ops, w->loop, err) : NULL;
	struct project *copy = NULL;
	struct design *designs = NULL;
	size_t n = sim ? make_designs(w, v, n_texts, &designs, &copy, err) : 0;
	bool ok = designs != NULL;

	for (size_t i = 0; i < n; i++) {
		ok = ok && each(ctx, sim, &designs[i], err);
		design_fini(&designs[i]);
	}
	free(designs);
	project_free(copy);
	if (sim)
		ops->close(sim);
	return ok;
}

bool flow_lint_if(struct workbench *w, const struct overlay *v, size_t n_texts,
		  const struct diag_list **found, struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(w->ports, w->options->engine, err);
	struct project *p = NULL;
	struct design *designs = NULL;
	size_t n = ops ? make_designs(w, v, n_texts, &designs, &p, err) : 0;
	struct lint_item *items = mem_calloc(n + 1, sizeof(*items));
	struct black_boxes boxes = { 0 };
	struct diag_list *said = diag_list_new(LINT_MAX_FINDINGS);
	bool ok = designs != NULL;

	for (size_t i = 0; i < n; i++)
		items[i].design = &designs[i];
	ok = ok && lint_run_boxed(w, ops, p, items, n, &boxes, err) &&
	     add_own(w, ops, p, items, n, &boxes, NULL, said, err);
	*found = without_secrets(w->redact, said);
	for (size_t i = 0; i < n; i++) {
		if (ok && items[i].why.code != ERR_NONE) {
			ok = false;
			err_copy(err, &items[i].why);
		}
		diag_list_free(items[i].found);
	}
	for (size_t i = 0; i < n; i++)
		design_fini(&designs[i]);
	if (!ok) {
		diag_list_free(*found);
		*found = NULL;
	}
	black_boxes_fini(&boxes);
	free(items);
	free(designs);
	project_free(p);
	return ok;
}

bool lint_counts(const struct options *options, const struct diag_list *found)
{
	size_t n = diag_list_count(found, DIAG_ERROR) + diag_list_count(found, DIAG_RISK);

	if (options->lint_style)
		n += diag_list_count(found, DIAG_STYLE);
	return n > 0;
}
