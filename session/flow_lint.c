#include "config.h"

#include "session/flow_lint.h"

#include <stdlib.h>
#include <string.h>

#include "session/await.h"
#include "session/base/mem.h"
#include "session/design.h"
#include "session/diag.h"
#include "session/opt.h"
#include "session/project.h"
#include "session/redact.h"
#include "session/text_if.h"
#include "session/workbench.h"

#define MAX_FINDINGS 5000

struct roots {
	struct strv paths, tops;	/* in pairs; an empty top is the tool's choice */
};

void lint_result_fini(struct lint_result *r)
{
	diag_list_free(r->found);
	strv_free(&r->notes);
	memset(r, 0, sizeof(*r));
}

static void note_once(struct strv *notes, const char *note)
{
	if (!strv_has(notes, note))
		strv_add(notes, note);
}

static bool is_same(const struct diag *a, const struct diag *b)
{
	return a->line == b->line && a->col == b->col && strcmp(a->path, b->path) == 0 &&
	       strcmp(a->code, b->code) == 0 && strcmp(a->text, b->text) == 0;
}

static bool seen(const struct diag_list *l, const struct diag *d)
{
	for (size_t i = 0; i < diag_list_len(l); i++)
		if (is_same(diag_list_at(l, i), d))
			return true;
	return false;
}

/* The same module below two tops is reported by both. */
static void merge(const struct redact *r, struct diag_list *into, const struct diag_list *from, bool no_top)
{
	for (size_t i = 0; from && i < diag_list_len(from); i++) {
		struct diag d = *diag_list_at(from, i);
		struct str text = STR_INIT, context = STR_INIT, hint = STR_INIT;

		/* A file without a module, a package say, has none to find. */
		if (no_top && d.path[0] == '\0' && strstr(d.text, "top level module"))
			continue;
		redact_text(r, d.text, strlen(d.text), &text);
		redact_text(r, d.context, strlen(d.context), &context);
		redact_text(r, d.hint, strlen(d.hint), &hint);
		d.text = str_cstr(&text);
		d.context = str_cstr(&context);
		d.hint = str_cstr(&hint);
		if (!seen(into, &d))
			diag_list_add(into, &d, NULL);
		str_free(&text);
		str_free(&context);
		str_free(&hint);
	}
}

static void add_root(struct roots *r, const char *path, const char *top)
{
	strv_add(&r->paths, path);
	strv_add(&r->tops, top);
}

static bool roots_of_file(const struct project *p, const char *path, struct roots *r,
			  struct strv *notes, struct err *err)
{
	const struct project_file *f = project_find(p, path);
	struct strv modules = STRV_INIT;

	if (!f)
		return err_set(err, ERR_NOT_FOUND, "lint %s: no such Verilog file in the project", path);
	design_roots(p, path, &modules);
	if (f->header)
		strv_addf(notes, "%s is a header: it is linted with what includes it", path);
	else if (modules.n == 0)
		add_root(r, path, "");
	for (size_t i = 0; i < modules.n; i++)
		add_root(r, path, modules.v[i]);
	strv_free(&modules);
	return true;
}

static void roots_of_project(const struct workbench *w, const struct project *p, struct roots *r)
{
	const char *top = options_text(w->options, "top");
	struct strv all = STRV_INIT;

	if (top[0])
		strv_add(&all, top);
	else
		project_tops(p, &all);
	if (!top[0])
		project_testbenches(p, NULL, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct project_file *f = project_module(p, all.v[i], NULL);

		if (f)
			add_root(r, f->path, all.v[i]);
	}
	strv_free(&all);
}

static bool record(struct workbench *w, const struct roots *r, const char *tool,
		   const struct diag_list *found, const struct err *why, struct err *err)
{
	struct event e = { .type = EVENT_LINT };
	struct str files = STR_INIT;
	bool ok;

	for (size_t i = 0; i < r->paths.n; i++)
		if (i == 0 || strcmp(r->paths.v[i], r->paths.v[i - 1]) != 0)
			str_addf(&files, "%s%s", files.len ? "\n" : "", r->paths.v[i]);
	e.lint.tool = tool;
	e.lint.error = why ? why->text : "";
	e.lint.files = (struct bytes){ str_cstr(&files), files.len };
	e.lint.found = found;
	ok = session_record(w->session, &e, NULL, err);
	str_free(&files);
	return ok;
}

static bool lint_root(struct workbench *w, const struct project *p, struct simulator *sim,
		      const char *path, const char *top, struct lint_result *out, struct err *err)
{
	struct design d;
	struct diag_list *found = NULL;
	bool ok;

	design_init(&d, p, w->options, path, top[0] ? top : NULL);
	for (size_t i = 0; i < d.notes.n; i++)
		note_once(&out->notes, d.notes.v[i]);
	ok = task_lint(sim, &d.job, &found, err);
	if (!ok)
		redact_err(w->redact, err);
	merge(w->redact, out->found, found, top[0] == '\0');
	diag_list_free(found);
	design_fini(&d);
	return ok;
}

bool flow_lint(struct workbench *w, const char *const *paths, size_t n, struct lint_result *out,
	       struct err *err)
{
	const char *engine = options_text(w->options, "engine");
	const struct simulator_ops *ops = workbench_simulator(w, engine, err);
	struct project *p = workbench_project(w, err);
	struct simulator *sim = NULL;
	struct roots roots = { 0 };
	struct err why = { 0 };
	bool ok = ops && p;

	memset(out, 0, sizeof(*out));
	out->found = diag_list_new(MAX_FINDINGS);
	for (size_t i = 0; ok && i < n; i++)
		ok = roots_of_file(p, paths[i], &roots, &out->notes, err);
	if (ok && n == 0)
		roots_of_project(w, p, &roots);
	ok = ok && workbench_session(w, SESSION_APPEND, err) && (sim = ops->open(w->loop, err));
	if (ok) {
		for (size_t i = 0; ok && i < roots.paths.n; i++)
			ok = lint_root(w, p, sim, roots.paths.v[i], roots.tops.v[i], out, &why);
		if (!record(w, &roots, engine, out->found, ok ? NULL : &why, ok ? err : NULL))
			ok = false;
		else if (!ok && err)
			*err = why;
	}
	if (sim)
		ops->close(sim);
	strv_free(&roots.paths);
	strv_free(&roots.tops);
	return ok;
}

/* The designs own copies of what they need: the texts lie there only until all
 * are made. How many; *out NULL: err says why there is none. */
static size_t make_designs(struct workbench *w, struct project *p, const struct text_if *v, size_t n_texts,
			   struct design **out, struct err *err)
{
	struct texts_laid *laid = texts_lay(p, v, n_texts);
	struct roots roots = { 0 };
	struct strv notes = STRV_INIT;
	size_t n = 0;

	*out = NULL;
	if (roots_of_file(p, v[0].path, &roots, &notes, err)) {
		*out = mem_calloc(roots.paths.n + 1, sizeof(**out));
		for (; n < roots.paths.n; n++)
			design_init(&(*out)[n], p, w->options, v[0].path, roots.tops.v[n][0] ? roots.tops.v[n] : NULL);
	}
	texts_lift(laid);
	strv_free(&roots.paths);
	strv_free(&roots.tops);
	strv_free(&notes);
	return n;
}

bool flow_designs_if(struct workbench *w, const struct text_if *v, size_t n_texts,
		     bool (*each)(void *ctx, struct simulator *sim, const struct design *d, struct err *err), void *ctx,
		     struct err *err)
{
	const struct simulator_ops *ops = workbench_simulator(w, options_text(w->options, "engine"), err);
	struct project *p = workbench_project(w, err);
	struct simulator *sim = ops && p ? ops->open(w->loop, err) : NULL;
	struct design *designs = NULL;
	size_t n = sim ? make_designs(w, p, v, n_texts, &designs, err) : 0;
	bool ok = designs != NULL;

	for (size_t i = 0; i < n; i++) {
		ok = ok && each(ctx, sim, &designs[i], err);
		design_fini(&designs[i]);
	}
	free(designs);
	if (sim)
		ops->close(sim);
	return ok;
}

struct lint_if {
	const struct redact *redact;
	struct diag_list *found;
};

static bool lint_design(void *ctx, struct simulator *sim, const struct design *d, struct err *err)
{
	struct lint_if *l = ctx;
	struct diag_list *found = NULL;
	bool ok = task_lint(sim, &d->job, &found, err);

	merge(l->redact, l->found, found, d->top == NULL);
	diag_list_free(found);
	return ok;
}

bool flow_lint_if(struct workbench *w, const struct text_if *v, size_t n, struct diag_list **found, struct err *err)
{
	struct lint_if l = { w->redact, diag_list_new(MAX_FINDINGS) };

	*found = l.found;
	return flow_designs_if(w, v, n, lint_design, &l, err);
}

bool lint_counts(const struct workbench *w, const struct diag_list *found)
{
	size_t n = diag_list_count(found, DIAG_ERROR) + diag_list_count(found, DIAG_RISK);

	if (options_flag(w->options, "lint.style"))
		n += diag_list_count(found, DIAG_STYLE);
	return n > 0;
}
