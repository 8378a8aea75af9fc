/* What a plugin can read: files, findings, a design. All of it is copied into memory of
 * the call, since the person may be editing while the plugin reads. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/output/diag.h"
#include "session/workbench/workbench_read.h"

bool plugin_check_path(const char *path, char **rel, struct err *err)
{
	if (!path || !path_clean(path, rel, err))
		return path ? false : err_set(err, ERR_USAGE, "a path was expected");
	for (const char *part = *rel; part; part = strchr(part, '/'))
		if (*(part += *part == '/') == '.') {
			err_set(err, ERR_USAGE, "%s: a hidden file or folder is not the project's",
				*rel);
			free(*rel);
			*rel = NULL;
			return false;
		}
	return true;
}

/* Files ----------------------------------------------------------------------------------- */

struct list {
	const char *const **paths;
	size_t *n;
};

static bool serve_files(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct list *x = args;
	size_t n = 0;
	const struct project *p =
		workbench_read_project(l->w, true, err) ? workbench_project(l->w, err) : NULL;
	const char *const *tree = p ? project_tree(p, &n) : NULL;
	const char **v = p ? call_keep(c, NULL, (n + 1) * sizeof(*v), err) : NULL;

	for (size_t i = 0; v && i < n; i++)
		if (!(v[i] = call_keep_s(c, tree[i], err)))
			return false;
	*x->paths = v;
	*x->n = n;
	return v != NULL;
}

bool host_files(void *ctx, const char *const **paths, size_t *n)
{
	struct list x = { paths, n };

	return paths && n ? call_ask(ctx, serve_files, &x, true)
			  : call_lacks(ctx, "files", "a place for the paths");
}

struct reading {
	const char *path;
	struct posedge_text *text;
};

static bool serve_read(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct reading *x = args;
	struct str text = STR_INIT;
	char *rel;
	bool ok;

	if (!plugin_check_path(x->path, &rel, err))
		return false;
	ok = workbench_read(l->w, rel, &text) ||
	     err_set(err, ERR_NOT_FOUND, "%s: there is no such file, or it is larger than %u bytes",
		     rel, WORKBENCH_READ_MAX);
	ok = ok && (x->text->data = call_keep(c, str_cstr(&text), text.len, err));
	x->text->len = text.len;
	str_free(&text);
	free(rel);
	return ok;
}

bool host_read_file(void *ctx, const char *path, struct posedge_text *text)
{
	struct reading x = { path, text };

	return text ? call_ask(ctx, serve_read, &x, true)
		    : call_lacks(ctx, "read_file", "a place for the text");
}

/* Findings -------------------------------------------------------------------------------- */

bool give_findings(struct call *c, const struct diag_list *l, const struct posedge_finding **found,
		   size_t *n, struct err *err)
{
	struct posedge_finding *v;

	*n = l ? diag_list_len(l) : 0;
	*found = v = call_keep(c, NULL, (*n + 1) * sizeof(*v), err);
	for (size_t i = 0; v && i < *n; i++) {
		const struct diag *d = diag_list_at(l, i);

		v[i] = (struct posedge_finding){ .size = sizeof(*v),
						 .rank = diag_rank_name(d->rank),
						 .path = call_keep_s(c, d->path, err),
						 .line = d->line,
						 .col = d->col,
						 .code = call_keep_s(c, d->code, err),
						 .text = call_keep_s(c, d->text, err) };
		if (!v[i].path || !v[i].code || !v[i].text)
			return false;
	}
	return v != NULL;
}

struct finding_list {
	const struct posedge_finding **found;
	size_t *n;
};

static bool serve_findings(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct finding_list *x = args;

	return workbench_session(l->w, SESSION_FULL, err) &&
	       give_findings(c, session_state(l->w->session)->found, x->found, x->n, err);
}

bool host_findings(void *ctx, const struct posedge_finding **found, size_t *n)
{
	struct finding_list x = { found, n };

	return found && n ? call_ask(ctx, serve_findings, &x, true)
			  : call_lacks(ctx, "findings", "a place for them");
}

static bool serve_report(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct posedge_finding *f = args;
	struct diag d = { .line = f->line, .col = f->col, .code = f->code, .text = f->text };
	bool ok;

	if (!c || !c->found)
		return err_set(err, ERR_USAGE, "plugin %s: report() is for an engine's lint",
			       l->plugin->name);
	if (!f->rank || !f->text)
		return err_set(err, ERR_USAGE, "a finding has a rank and a text");
	d.rank = strcmp(f->rank, "error") == 0	? DIAG_ERROR
		 : strcmp(f->rank, "risk") == 0 ? DIAG_RISK
						: DIAG_STYLE;
	if (!f->path || !f->path[0])
		return diag_list_add(c->found, &d, err);
	if (!plugin_check_path(f->path, (char **)&d.path, err))
		return false;
	ok = diag_list_add(c->found, &d, err);
	free((char *)d.path);
	return ok;
}

bool host_report(void *ctx, const struct posedge_finding *f)
{
	struct posedge_finding known;

	if (!f || f->size < offsetof(struct posedge_finding, text) + sizeof(f->text))
		return call_lacks(ctx, "report", "a finding, with its size");
	given_copy(&known, sizeof(known), f, f->size);
	return call_ask(ctx, serve_report, &known, false);
}

/* A design -------------------------------------------------------------------------------- */

static const char *const *give_words(struct call *c, const char *const *words, struct err *err)
{
	size_t n = 0;
	const char **v;

	while (words && words[n])
		n++;
	v = call_keep(c, NULL, (n + 1) * sizeof(*v), err);
	for (size_t i = 0; v && i < n; i++)
		if (!(v[i] = call_keep_s(c, words[i], err)))
			return NULL;
	return v;
}

/* The source's text, or else the file's. */
static bool give_source(struct call *c, const char *root, const struct source *s,
			struct posedge_source *out, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = source_read(s, root, 0, &text, err);

	out->path = ok ? call_keep_s(c, s->path, err) : NULL;
	out->included = s->included;
	out->text.len = text.len;
	out->text.data = out->path ? call_keep(c, str_cstr(&text), text.len, err) : NULL;
	str_free(&text);
	return out->text.data != NULL;
}

bool give_design(struct call *c, const struct sim_job *j, struct posedge_design *d, struct err *err)
{
	struct posedge_source *v = call_keep(c, NULL, (j->n + 1) * sizeof(*v), err);
	struct posedge_design all = { .sources = v,
				      .n_sources = j->n,
				      .top = call_keep_s(c, j->top ? j->top : "", err),
				      .include_dirs = give_words(c, j->include_dirs, err),
				      .defines = give_words(c, j->defines, err),
				      .parameters = give_words(c, j->parameters, err),
				      .systemverilog = j->lang == LANG_SV2017,
				      .waves = "" };

	if (!v || !all.top || !all.include_dirs || !all.defines || !all.parameters)
		return false;
	for (size_t i = 0; i < j->n; i++)
		if (!give_source(c, j->root, &j->sources[i], &v[i], err))
			return false;
	given_fill(d, d->size, &all, sizeof(all));
	return true;
}

/* The named module, or the only one at the top; the caller frees *top. */
static bool find_top(const struct project *p, const char *named, char **top, struct err *err)
{
	struct strv tops = STRV_INIT;
	struct str all = STR_INIT;

	*top = NULL;
	if (named && named[0])
		*top = mem_strdup(named);
	else
		project_tops(p, &tops);
	if (tops.n == 1)
		*top = mem_strdup(tops.v[0]);
	for (size_t i = 0; i < tops.n && i < 20; i++)
		str_addf(&all, "%s%s", i ? ", " : "", tops.v[i]);
	if (!*top)
		err_set(err, ERR_USAGE, "which module? %s%s",
			tops.n ? "there are several at the top: " : "there is none at the top",
			str_cstr(&all));
	str_free(&all);
	strv_free(&tops);
	return *top != NULL;
}

struct designing {
	const char *top;
	struct posedge_design *out;
};

static bool serve_design(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct designing *x = args;
	const struct project *p =
		workbench_read_project(l->w, true, err) ? workbench_project(l->w, err) : NULL;
	const struct project_file *f;
	struct design d;
	char *top = NULL;
	bool ok = p && find_top(p, x->top, &top, err);

	f = ok ? project_module(p, top, NULL) : NULL;
	if (f) {
		design_init(&d, p, l->w->options, f->path, top);
		ok = give_design(c, &d.job, x->out, err);
		design_fini(&d);
	} else if (ok) {
		ok = err_set(err, ERR_NOT_FOUND, "module %.100s: no file defines it", top);
	}
	free(top);
	return ok;
}

bool host_design(void *ctx, const char *top, struct posedge_design *design)
{
	struct designing x = { top, design };

	if (!design || design->size < sizeof(size_t))
		return call_lacks(ctx, "design", "a place for it, with its size");
	return call_ask(ctx, serve_design, &x, true);
}
