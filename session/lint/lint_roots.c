/* Where lint starts. A tool reads from a top downwards, so a file is linted in
 * the context of the roots that use it. For a file with modules these are its
 * modules; for a header, the files that include it; for the whole project, the
 * plan of project_read, which also lists files that no root reaches. A file that
 * is the root for several modules is listed once.
 */
#include "config.h"

#include "session/lint/lint_roots.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/project/read_plan.h"

static struct lint_root *add_root(struct lint_roots *r, const char *path, const char *top)
{
	MEM_ROOM(r->v, r->n, r->cap);
	r->v[r->n] = (struct lint_root){ mem_strdup(path), top && top[0] ? mem_strdup(top) : NULL };
	return &r->v[r->n++];
}

static void add_root_of_file(const struct project *p, struct lint_roots *r, const char *path,
			     const char *top)
{
	struct lint_root *root = add_root(r, path, top);
	struct closure c;

	closure_init(&c, p, &path, 1);
	for (size_t i = 0; i < c.n; i++)
		strv_add(&root->files, c.v[i].path);
	closure_fini(&c);
}

/* The module by itself, or the one above it that it refers to. */
static void add_root_of_module(const struct project *p, struct lint_roots *r,
			       const struct project_file *f, const char *module)
{
	const struct vmodule *m = voutline_module(f->outline, module);
	const char *top = module, *path = f->path;

	project_needs_above(p, path, m, &top, &path);
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].path, path) == 0 && r->v[i].top && strcmp(r->v[i].top, top) == 0)
			return;
	add_root_of_file(p, r, path, top);
}

bool lint_roots_of_file(const struct project *p, const char *path, struct lint_roots *r,
			struct err *err)
{
	const struct project_file *f = project_find(p, path);
	struct strv modules = STRV_INIT;
	char *why = f ? project_file_unread(f) : NULL;

	if (why) {
		strv_addf(&r->unread, "%s\t%s", path, why);
		free(why);
		return true;
	}
	if (!f && project_why_left(p, path))
		return err_set(err, ERR_NOT_FOUND, "lint %s: it is not part of the design: %s",
			       path, project_why_left(p, path));
	if (!f)
		return err_set(err, ERR_NOT_FOUND, "lint %s: no such Verilog file in the project",
			       path);
	design_roots(p, path, &modules);
	if (!f->header && modules.n == 0)
		add_root_of_file(p, r, path, NULL);
	for (size_t i = 0; !f->header && i < modules.n; i++)
		add_root_of_module(p, r, f, modules.v[i]);
	strv_free(&modules);
	return true;
}

static bool has_root(const struct lint_roots *r, const struct read_root *root)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].path, root->path) == 0 &&
		    strcmp(r->v[i].top ? r->v[i].top : "", root->top ? root->top : "") == 0)
			return true;
	return false;
}

/* A header is linted through at most `most` roots that include it. */
void lint_roots_of_header(const struct project *p, const char *top, const char *path, size_t most,
			  struct lint_roots *r)
{
	struct read_plan plan;
	size_t n = 0;

	read_plan_init(&plan, p, top);
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

void lint_roots_of_project(const struct project *p, const char *top, struct lint_roots *r)
{
	struct read_plan plan;

	read_plan_init(&plan, p, top);
	for (size_t i = 0; i < plan.n_roots; i++) {
		struct lint_root *root = add_root(r, plan.roots[i].path, plan.roots[i].top);

		for (size_t k = 0; k < plan.roots[i].files.n; k++)
			strv_add(&root->files, plan.roots[i].files.v[k]);
	}
	for (size_t i = 0; i < plan.n_missed; i++)
		strv_addf(&r->unread, "%s\t%s", plan.missed[i].path, plan.missed[i].why);
	read_plan_fini(&plan);
}

void lint_roots_fini(struct lint_roots *r)
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

void lint_roots_files(const struct lint_roots *r, struct strv *files)
{
	for (size_t i = 0; i < r->n; i++)
		if (i == 0 || strcmp(r->v[i].path, r->v[i - 1].path) != 0)
			strv_add(files, r->v[i].path);
}
