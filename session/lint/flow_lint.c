/* One lint: which files are read together, and what is made of the answers.
 *
 * The design falls into roots: a top with the files below it, or a file that
 * no top reaches. Each is one run of the tool. Findings of all runs are put
 * together, those that only follow from a missing module are dropped, and each
 * file that was read by nobody is listed with the reason.
 */
#include "config.h"

#include "session/lint/flow_lint.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/journal/event_redact.h"
#include "session/journal/lint_words.h"
#include "session/lint/lint_boxes.h"
#include "session/lint/lint_follow.h"
#include "session/lint/lint_own.h"
#include "session/lint/lint_run.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/project/black_box.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/project_ahead.h"
#include "session/project/project_closure.h"
#include "session/project/read_plan.h"
#include "session/project/text_if.h"
#include "session/text/name_map.h"
#include "session/verdict/diag.h"
#include "session/workbench/workbench.h"

#define MAX_FINDINGS 5000

/* One top, or a file by itself. */
struct root {
	char *path, *top;  /* top NULL: the tool's choice */
	struct strv files; /* what is read for it */
	struct design design;
};

struct roots {
	struct root *v;
	size_t n, cap;
	struct strv unread; /* path, tab, why */
};

void lint_result_fini(struct lint_result *r)
{
	diag_list_free(r->found);
	strv_free(&r->notes);
	strv_free(&r->failed);
	str_free(&r->unread);
	str_free(&r->lang);
	memset(r, 0, sizeof(*r));
}

static void note_once(struct strv *notes, const char *note)
{
	if (!strv_has(notes, note))
		strv_add(notes, note);
}

/* Kinds of notes, of which a large project has hundreds: the first few tell what
 * to look for. */
#define MAX_NOTES 4u

static const struct {
	const char *start, *middle, *rest;
} note_kinds[] = {
	{ "and ", " macros that nothing defines", NULL }, /* of one design */
	{ "", ", and both are needed", "clashes of this kind" },
	{ "", ": there is no such file", "files that are named and not there" },
	{ "", " is left out of the lint, the rest is read: ", "such places" },
	{ "", " is read as ", "files that are read as another language" },
	{ "", " is defined in ",
	  "modules with several definitions: `posedge files` tells which is taken" },
	{ "", ", which nothing defines: ", "macros that nothing defines" },
	{ "module ", " is in the project, but not where ", "such modules" },
	{ "module ", " is taken as a black box: ", "such modules" },
	{ "there is no module ", "; did you mean ", "such modules" },
};

#define NOTE_KINDS (sizeof(note_kinds) / sizeof(*note_kinds))

static size_t note_kind(const char *note)
{
	size_t i = 0;

	while (i < NOTE_KINDS &&
	       !(str_starts(note, note_kinds[i].start) && strstr(note, note_kinds[i].middle)))
		i++;
	return i;
}

static void fold_notes(struct strv *notes)
{
	size_t n[NOTE_KINDS + 1] = { 0 };
	struct strv kept = STRV_INIT;

	for (size_t i = 0; i < notes->n; i++) {
		size_t kind = note_kind(notes->v[i]);

		n[kind]++;
		if (kind == NOTE_KINDS || (note_kinds[kind].rest && n[kind] <= MAX_NOTES))
			strv_add(&kept, notes->v[i]);
	}
	for (size_t i = 0; i < NOTE_KINDS; i++)
		if (note_kinds[i].rest && n[i] > MAX_NOTES)
			strv_addf(&kept, "and %zu more %s", n[i] - MAX_NOTES, note_kinds[i].rest);
	strv_free(notes);
	*notes = kept;
}

/* That there is no top, or several: known, and not the design's. */
static bool is_about_tops(const struct diag *d)
{
	return strcmp(d->code, "MULTITOP") == 0 || strcmp(d->path, LINT_RUN_TOP) == 0 ||
	       (d->path[0] == '\0' && strstr(d->text, "top level module"));
}

/* A top with an interface port has no one who connects it: the tool makes an
 * instance of its own, of which nothing drives or reads the other half. */
static bool is_open_interface(const struct project *p, const struct diag *d)
{
	const struct project_file *f;

	if (!d->in_top || (strcmp(d->code, "UNDRIVEN") != 0 && !str_starts(d->code, "UNUSED")))
		return false;
	f = project_find(p, d->path);
	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if (m->kind == VUNIT_INTERFACE && d->line >= m->line &&
		    (d->line <= m->end_line || !m->end_line))
			return true;
	}
	return false;
}

/* What is linted ----------------------------------------------------------------- */

static struct root *add_root(struct roots *r, const char *path, const char *top)
{
	r->cap = mem_grow((void **)&r->v, r->cap, r->n + 1, sizeof(*r->v));
	r->v[r->n] = (struct root){ mem_strdup(path), top && top[0] ? mem_strdup(top) : NULL };
	return &r->v[r->n++];
}

static void add_root_of_file(const struct project *p, struct roots *r, const char *path,
			     const char *top)
{
	struct root *root = add_root(r, path, top);
	struct closure c;

	closure_init(&c, p, &path, 1);
	for (size_t i = 0; i < c.n; i++)
		strv_add(&root->files, c.v[i].path);
	closure_fini(&c);
}

static bool roots_of_file(const struct project *p, const char *path, struct roots *r,
			  struct err *err)
{
	const struct project_file *f = project_find(p, path);
	struct strv modules = STRV_INIT;

	if (!f && project_why_left(p, path))
		return err_set(err, ERR_NOT_FOUND, "lint %s: it is no part of the design: %s", path,
			       project_why_left(p, path));
	if (!f)
		return err_set(err, ERR_NOT_FOUND, "lint %s: no such Verilog file in the project",
			       path);
	design_roots(p, path, &modules);
	if (!f->header && modules.n == 0)
		add_root_of_file(p, r, path, NULL);
	for (size_t i = 0; !f->header && i < modules.n; i++)
		add_root_of_file(p, r, path, modules.v[i]);
	strv_free(&modules);
	return true;
}

static bool is_header(const struct project *p, const char *path)
{
	const struct project_file *f = project_find(p, path);

	return f && f->header;
}

static bool has_root(const struct roots *r, const struct read_root *root)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].path, root->path) == 0 &&
		    strcmp(r->v[i].top ? r->v[i].top : "", root->top ? root->top : "") == 0)
			return true;
	return false;
}

/* What is included comes with whoever includes it; most: so many of these. */
static void roots_of_header(const struct workbench *w, const struct project *p, const char *path,
			    size_t most, struct roots *r)
{
	struct read_plan plan;
	size_t n = 0;

	read_plan_init(&plan, p, w->options);
	for (size_t i = 0; i < plan.n_roots && n < most; i++) {
		const struct read_root *root = &plan.roots[i];

		if (!strv_has(&root->files, path))
			continue;
		n++;
		if (!has_root(r, root))
			add_root_of_file(p, r, root->path, root->top);
	}
	read_plan_fini(&plan);
}

static void roots_of_project(const struct workbench *w, const struct project *p, struct roots *r)
{
	struct read_plan plan;

	read_plan_init(&plan, p, w->options);
	for (size_t i = 0; i < plan.n_roots; i++) {
		struct root *root = add_root(r, plan.roots[i].path, plan.roots[i].top);

		for (size_t k = 0; k < plan.roots[i].files.n; k++)
			strv_add(&root->files, plan.roots[i].files.v[k]);
	}
	for (size_t i = 0; i < plan.n_missed; i++)
		strv_addf(&r->unread, "%s\t%s", plan.missed[i].path, plan.missed[i].why);
	read_plan_fini(&plan);
}

static void roots_fini(struct roots *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->v[i].path);
		free(r->v[i].top);
		strv_free(&r->v[i].files);
		design_fini(&r->v[i].design);
	}
	free(r->v);
	strv_free(&r->unread);
}

/* What was read ------------------------------------------------------------------- */

static const char *why_unread(const struct lint_item *x)
{
	for (size_t i = 0; x->found && i < diag_list_len(x->found); i++)
		if (strcmp(diag_list_at(x->found, i)->code, DIAG_UNSUPPORTED) == 0)
			return "not supported by the tool";
	if (x->why.code == ERR_CANCELLED)
		return "not reached";
	return x->why.code == ERR_TIMEOUT ? "took too long" : "no answer of the tool";
}

/* Files that some root has that came to an end; of the others, and of what the
 * plan missed, a line each. */
static void count_read(struct roots *r, const struct lint_item *items, struct lint_result *out)
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

/* What the tool does not support and went on without. */
static void tell_left_out(const struct diag_list *found, struct strv *notes)
{
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		char *note;

		if (strcmp(d->code, DIAG_UNSUPPORTED) != 0 || d->rank != DIAG_STYLE)
			continue;
		note = str_fmt("%s:%d is left out of the lint, the rest is read: %.*s", d->path,
			       d->line, (int)strcspn(d->text, "."), d->text);
		note_once(notes, note);
		free(note);
	}
}

/* In which languages, and where it is another one than the project's. */
static void tell_langs(const struct roots *r, const struct lint_item *items,
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
		tell_left_out(items[i].found, &out->notes);
	for (size_t i = 0; i < r->n; i++) {
		enum lang meant = r->v[i].design.job.lang;

		if (items[i].why.code == ERR_NONE && items[i].lang != meant)
			strv_addf(
				&out->notes,
				"%s is read as %s: as %s it has errors (`set language` says which)",
				r->v[i].path, lang_title(items[i].lang), lang_title(meant));
	}
}

/* Each root that the tool could not say anything of, by its name. */
static void name_failed(const struct workbench *w, const struct roots *r,
			const struct lint_item *items, struct lint_result *out)
{
	for (size_t i = 0; i < r->n; i++) {
		struct err why = items[i].why;

		if (why.code == ERR_NONE)
			continue;
		redact_err(w->redact, &why);
		if (r->v[i].top)
			strv_addf(&out->failed, "%s (%s) was not linted: %s", r->v[i].top,
				  r->v[i].path, why.text);
		else
			strv_addf(&out->failed, "%s was not linted: %s", r->v[i].path, why.text);
	}
}

/* Those whose modules are linted, as an event names them. */
static void files_of(const struct roots *r, struct strv *files)
{
	for (size_t i = 0; i < r->n; i++)
		if (i == 0 || strcmp(r->v[i].path, r->v[i - 1].path) != 0)
			strv_add(files, r->v[i].path);
}

/* part: the file that it is of; NULL: of all that was asked for. */
static bool record(struct workbench *w, const struct roots *r, const char *tool,
		   const struct lint_result *out, const char *why, const char *part,
		   struct err *err)
{
	struct event e = { .type = EVENT_LINT };
	struct strv paths = STRV_INIT;
	struct str files = STR_INIT;
	bool ok;

	if (part)
		strv_add(&paths, part);
	else
		files_of(r, &paths);
	for (size_t i = 0; i < paths.n; i++)
		str_addf(&files, "%s%s", i ? "\n" : "", paths.v[i]);
	e.lint.tool = tool;
	e.lint.error = why;
	e.lint.files = (struct bytes){ str_cstr(&files), files.len };
	e.lint.found = out->found;
	e.lint.read = out->read;
	e.lint.unread = (struct bytes){ str_cstr(&out->unread), out->unread.len };
	e.lint.part = part != NULL;
	e.lint.lang = str_cstr(&out->lang);
	ok = session_record(w->session, &e, NULL, err);
	strv_free(&paths);
	str_free(&files);
	return ok;
}

/* Why there is nothing, or not all, to be said; "" when there is. */
static void why_not(const struct lint_result *out, struct str *why)
{
	if (out->failed.n)
		str_adds(why, out->failed.v[0]);
	if (out->failed.n > 1)
		str_addf(why, ", and %zu more", out->failed.n - 1);
	if (out->failed.n == 0 && out->read == 0)
		lint_words_nothing(str_cstr(&out->unread), why);
}

/* All roots failed, and for the same reason: the tool is missing, say. */
static bool nothing_works(const struct lint_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].why.code == ERR_NONE ||
		    strcmp(items[i].why.text, items[0].why.text) != 0)
			return false;
	return n > 0;
}

/* The first errors of a file are the cause of the rest. */
#define FILE_ERRORS 20u

static bool is_error(const struct diag *d)
{
	return d->path[0] && (d->rank == DIAG_ERROR || strcmp(d->code, DIAG_UNSUPPORTED) == 0);
}

/* What a tool lacks is its limit, not the file's: told once for a file. */
static bool is_told(struct name_map *limits, struct strv *keys, const struct diag *d)
{
	char *key =
		strcmp(d->code, DIAG_UNSUPPORTED) == 0 ? str_fmt("%s\t%s", d->path, d->text) : NULL;

	if (!key)
		return false;
	if (!name_map_put(limits, key, strlen(key), 0)) {
		free(key);
		return true;
	}
	strv_give(keys, key);
	return false;
}

/* Modules without ports, and whether a test in Python drives their signals. */
struct driven {
	struct name_map known; /* to 0 or 1; keys are the project's */
};

static const struct vmodule *without_ports_at(const struct project *p, const char *path, int line)
{
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if (m->kind == VUNIT_MODULE && m->n_ports == 0 && line >= m->line &&
		    (line <= m->end_line || !m->end_line))
			return m;
	}
	return NULL;
}

/* cocotb drives what a wrapper for it declares. */
static bool is_driven_by_python(struct driven *x, const struct project *p, const struct diag *d)
{
	const struct vmodule *m =
		strcmp(d->code, "UNDRIVEN") == 0 ? without_ports_at(p, d->path, d->line) : NULL;
	size_t driven;

	if (!m)
		return false;
	if (!name_map_get(&x->known, m->name, strlen(m->name), &driven)) {
		char *test = project_cocotb_of(p, m->name);

		driven = test != NULL;
		name_map_put(&x->known, m->name, strlen(m->name), driven);
		free(test);
	}
	return driven;
}

/* What the tools said, each once, and no more errors of one file than that. */
static void gather(const struct project *p, const struct lint_item *items, size_t n,
		   const struct black_boxes *boxes, struct diag_list *said)
{
	struct diag_list *raw = diag_list_new(4 * MAX_FINDINGS),
			 *all = diag_list_new(4 * MAX_FINDINGS);
	struct name_map first = NAME_MAP_INIT, limits = NAME_MAP_INIT;
	struct driven driven = { NAME_MAP_INIT };
	struct strv keys = STRV_INIT;
	size_t *errors, at;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; items[i].found && k < diag_list_len(items[i].found); k++) {
			const struct diag *d = diag_list_at(items[i].found, k);

			/* The same module below two tops is reported by both. */
			if (!is_about_tops(d) && !is_open_interface(p, d) &&
			    !black_boxes_hide(boxes, d) && !is_driven_by_python(&driven, p, d))
				diag_list_keep_new(raw, items[i].found, k, NULL);
		}
	lint_follow(p, raw, all);
	errors = mem_calloc(diag_list_len(all) + 1, sizeof(*errors));
	for (size_t i = 0; i < diag_list_len(all); i++) {
		struct diag d = *diag_list_at(all, i);

		if (is_told(&limits, &keys, &d))
			continue;
		at = 0;
		if (is_error(&d)) {
			name_map_put(&first, d.path, strlen(d.path), i);
			name_map_get(&first, d.path, strlen(d.path), &at);
			errors[at]++;
		}
		if (!is_error(&d) || errors[at] < FILE_ERRORS) {
			diag_list_keep(said, all, i, NULL);
		} else if (errors[at] == FILE_ERRORS) {
			d.hint = "further errors of this file are not listed";
			diag_list_add(said, &d, NULL);
		}
	}
	name_map_fini(&first);
	name_map_fini(&limits);
	name_map_fini(&driven.known);
	strv_free(&keys);
	free(errors);
	diag_list_free(raw);
	diag_list_free(all);
}

/* What the tools said goes to found, explained, and posedge's own behind it.
 * only: see lint_own.h. */
static bool add_own(struct workbench *w, const struct project *p, const struct lint_item *items,
		    size_t n, const struct black_boxes *boxes, const char *only,
		    struct diag_list *found, struct err *err)
{
	const struct design **v = mem_calloc(n + 1, sizeof(*v));
	struct diag_list *said = diag_list_new(MAX_FINDINGS);
	bool ok;

	for (size_t i = 0; i < n; i++)
		v[i] = items[i].design;
	gather(p, items, n, boxes, said);
	ok = lint_own(w->loop, v, n, only, said, found, err);
	diag_list_free(said);
	free(v);
	return ok;
}

/* Of a lint that was cancelled: what was done by then. Whether a module that is
 * missing is a mistake was not looked into. */
static void keep_done(const struct project *p, const struct lint_item *items, size_t n,
		      const struct black_boxes *boxes, struct diag_list *found)
{
	struct diag_list *said = diag_list_new(MAX_FINDINGS);

	gather(p, items, n, boxes, said);
	for (size_t i = 0; i < diag_list_len(said); i++)
		if (!str_starts(diag_list_at(said, i)->text, "Cannot find file containing module"))
			diag_list_keep_new(found, said, i, NULL);
	diag_list_free(said);
}

/* Who waits for longer than a few seconds is to know what for. */
#define MANY_ROOTS 200u

/* Of a part: only what is in the file, and errors that keep it from being read. */
static struct diag_list *keep_part(struct diag_list *found, const char *path)
{
	struct diag_list *kept = diag_list_new(MAX_FINDINGS);

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		if (d->rank == DIAG_ERROR || strcmp(d->path, path) == 0)
			diag_list_keep(kept, found, i, NULL);
	}
	diag_list_free(found);
	return kept;
}

/* What leaves this file has gone through the gate. */
static const struct diag_list *without_secrets(const struct workbench *w, struct diag_list *found)
{
	const struct diag_list *clean = findings_redact(w->redact, found);

	diag_list_free(found);
	return clean;
}

/* Fills in out->found. only: a part, no findings in other files; NULL: in all. */
static bool lint_roots(struct workbench *w, struct project *p, const struct simulator_ops *ops,
		       struct roots *r, const char *only, struct lint_result *out, struct err *err)
{
	struct lint_item *items = mem_calloc(r->n + 1, sizeof(*items));
	struct diag_list *found = diag_list_new(MAX_FINDINGS); /* full: the rest is left out */
	struct black_boxes boxes = { 0 };
	bool ok;

	for (size_t i = 0; i < r->n; i++) {
		struct design *d = &r->v[i].design;

		design_init(d, p, w->options, r->v[i].path, r->v[i].top);
		d->job.yields = w->out.on_screen;
		for (size_t k = 0; k < d->notes.n; k++)
			note_once(&out->notes, d->notes.v[k]);
		items[i].design = d;
	}
	if (r->n > MANY_ROOTS)
		report_note(&w->out,
			    "%zu designs are linted, which takes a while; who cancels it keeps "
			    "what was found",
			    r->n);
	ok = lint_run_boxed(w, ops, items, r->n, &boxes, err) &&
	     add_own(w, p, items, r->n, &boxes, only, found, err);
	if (!ok && task_cancelled(task_self()))
		keep_done(p, items, r->n, &boxes, found);
	black_boxes_say(&boxes, &out->notes, found);
	out->found = without_secrets(w, only ? keep_part(found, only) : found);
	tell_langs(r, items, out);
	if (r->n > 1)
		fold_notes(&out->notes);
	black_boxes_fini(&boxes);
	if (ok && nothing_works(items, r->n)) {
		ok = false;
		*err = items[0].why;
		redact_err(w->redact, err);
	}
	count_read(r, items, out);
	if (ok)
		name_failed(w, r, items, out);
	for (size_t i = 0; i < r->n; i++)
		diag_list_free(items[i].found);
	free(items);
	return ok;
}

static bool run(struct workbench *w, const char *const *paths, size_t n, bool part,
		struct lint_result *out, struct err *err)
{
	const char *engine = w->options->engine;
	const struct simulator_ops *ops = workbench_simulator(w, engine, err);
	struct project *p = workbench_project(w, err);
	struct roots roots = { 0 };
	struct err why = { 0 };
	struct str said = STR_INIT;
	bool ok = ops && p;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; ok && i < n; i++)
		ok = roots_of_file(p, paths[i], &roots, err);
	if (ok && n == 0) {
		roots_of_project(w, p, &roots);
		project_missing(p, &out->notes);
	}
	for (size_t i = 0; ok && i < n; i++) {
		size_t had = roots.n;

		if (!is_header(p, paths[i]))
			continue;
		roots_of_header(w, p, paths[i], part ? 1 : SIZE_MAX, &roots);
		if (roots.n == had && !part)
			strv_addf(&out->notes,
				  "%s is a header, and nothing in the project includes it",
				  paths[i]);
	}
	ok = ok && workbench_session(w, SESSION_APPEND, err);
	if (ok) {
		ok = lint_roots(w, p, ops, &roots, part ? paths[0] : NULL, out, &why);
		if (ok)
			why_not(out, &said);
		else
			str_adds(&said, why.text);
		/* A lint that was cancelled says nothing, and keys cancel often;
		 * where a part has no answer, that of the whole tells why. */
		if (why.code != ERR_CANCELLED && !(part && said.len + out->failed.n > 0) &&
		    !record(w, &roots, ops->name, out, str_cstr(&said), part ? paths[0] : NULL,
			    ok ? err : NULL))
			ok = false;
		else if (!ok && err)
			*err = why;
	}
	roots_fini(&roots);
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

static bool same_files(const struct roots *r, const char *const *files, size_t n)
{
	struct strv own = STRV_INIT;
	bool same;

	files_of(r, &own);
	same = own.n == n;
	for (size_t i = 0; same && i < n; i++)
		same = strcmp(own.v[i], files[i]) == 0;
	strv_free(&own);
	return same;
}

bool flow_lint_again(struct workbench *w, const char *const *files, size_t n, bool part,
		     struct lint_result *out, struct err *err)
{
	const struct simulator_ops *ops = workbench_simulator(w, w->options->engine, err);
	struct project *p = workbench_project(w, err);
	struct roots roots = { 0 };
	bool ok = ops && p;

	memset(out, 0, sizeof(*out));
	if (ok && !part)
		roots_of_project(w, p, &roots);
	if (!same_files(&roots, files, n)) {
		roots_fini(&roots);
		roots = (struct roots){ 0 };
		for (size_t i = 0; ok && i < n; i++)
			ok = roots_of_file(p, files[i], &roots, err);
		if (ok && part && n && roots.n == 0)
			roots_of_header(w, p, files[0], 1, &roots);
	}
	ok = ok && lint_roots(w, p, ops, &roots, part && n ? files[0] : NULL, out, err);
	if (ok && out->failed.n)
		ok = err_set(err, ERR_TOOL, "%s", out->failed.v[0]);
	roots_fini(&roots);
	return ok;
}

/* Over a copy of the project, which is read on the pool: nobody else sees the
 * texts. The designs own copies of what they need. How many; *out NULL: err says
 * why there is none. */
static size_t make_designs(struct workbench *w, const struct project *p, const struct text_if *v,
			   size_t n_texts, struct design **out, struct err *err)
{
	struct project *with = project_with(w->loop, p, v, n_texts, err);
	struct roots roots = { 0 };
	size_t n = 0;

	*out = NULL;
	if (with && roots_of_file(with, v[0].path, &roots, err)) {
		*out = mem_calloc(roots.n + 1, sizeof(**out));
		for (; n < roots.n; n++) {
			design_init(&(*out)[n], with, w->options, v[0].path, roots.v[n].top);
			(*out)[n].job.yields = w->out.on_screen;
			(*out)[n].job.root = project_root(p); /* that of the copy goes with it */
		}
	}
	project_free(with);
	roots_fini(&roots);
	return n;
}

bool flow_designs_if(struct workbench *w, const struct text_if *v, size_t n_texts,
		     bool (*each)(void *ctx, struct simulator *sim, const struct design *d,
				  struct err *err),
		     void *ctx, struct err *err)
{
	const struct simulator_ops *ops = workbench_simulator(w, w->options->engine, err);
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

bool flow_lint_if(struct workbench *w, const struct text_if *v, size_t n_texts,
		  const struct diag_list **found, struct err *err)
{
	const struct simulator_ops *ops = workbench_simulator(w, w->options->engine, err);
	struct project *p = workbench_project(w, err);
	struct design *designs = NULL;
	size_t n = ops && p ? make_designs(w, p, v, n_texts, &designs, err) : 0;
	struct lint_item *items = mem_calloc(n + 1, sizeof(*items));
	struct black_boxes boxes = { 0 };
	struct diag_list *said = diag_list_new(MAX_FINDINGS);
	bool ok = designs != NULL;

	for (size_t i = 0; i < n; i++)
		items[i].design = &designs[i];
	ok = ok && lint_run_boxed(w, ops, items, n, &boxes, err) &&
	     add_own(w, p, items, n, &boxes, NULL, said, err);
	*found = without_secrets(w, said);
	for (size_t i = 0; i < n; i++) {
		if (ok && items[i].why.code != ERR_NONE) {
			ok = false;
			if (err)
				*err = items[i].why;
		}
		diag_list_free(items[i].found);
	}
	for (size_t i = 0; i < n; i++)
		design_fini(&designs[i]);
	black_boxes_fini(&boxes);
	free(items);
	free(designs);
	return ok;
}

bool lint_counts(const struct workbench *w, const struct diag_list *found)
{
	size_t n = diag_list_count(found, DIAG_ERROR) + diag_list_count(found, DIAG_RISK);

	if (w->options->lint_style)
		n += diag_list_count(found, DIAG_STYLE);
	return n > 0;
}
