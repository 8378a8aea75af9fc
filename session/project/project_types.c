/* Few projects have such a file, and it is small: the files are searched one by one. */
#include "config.h"

#include "session/project/project_types.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/project/project_inner.h"

/* Functions alone are a part of a module in Verilog, for an include. */
static bool declares(const struct entry *e)
{
	enum vfile_kind kind = e->file.outline->kind;

	return kind == VFILE_DECLS ||
	       (kind == VFILE_SUBS && lang_file(e->file.path) == LANG_FILE_SV);
}

void project_types_init(struct project_types *t, const struct project *p)
{
	size_t cap = 0;

	*t = (struct project_types){ 0 };
	project_settle(p);
	for (size_t i = 0; i < p->n_files; i++) {
		const struct entry *e = p->files[i];
		const struct voutline *o = e->file.outline;

		if (o && declares(e) && o->names.n && !e->included && !e->file.header)
			MEM_PUSH(t->v, t->n, cap, i);
	}
}

void project_types_fini(struct project_types *t)
{
	free(t->v);
	*t = (struct project_types){ 0 };
}

static bool package_has(const struct project *p, const char *package, const char *name)
{
	size_t first, n = project_definitions(p, package, strlen(package), &first);

	for (size_t i = 0; i < n; i++) {
		size_t file = project_index(p)->defs[first + i].file;

		if (strv_has(&p->files[file]->file.outline->names, name))
			return true;
	}
	return false;
}

static bool is_imported(const struct project *p, size_t file, const char *name)
{
	const struct voutline *o = p->files[file]->file.outline;

	for (size_t u = 0; u < o->n; u++)
		for (size_t i = 0; i < o->modules[u].n_imports; i++)
			if (package_has(p, o->modules[u].imports[i], name))
				return true;
	return false;
}

/* True if a shares more folders with `from` than b, or as many and is in fewer others. */
static bool is_nearer(const char *a, const char *b, const char *from)
{
	size_t x = path_common_folders(a, from), y = path_common_folders(b, from);

	return x != y ? x > y : path_folders(a) < path_folders(b);
}

bool project_types_find(const struct project_types *t, const struct project *p, const char *name,
			size_t from, size_t *file)
{
	const char *path = p->files[from]->file.path;
	size_t best = p->n_files;

	for (size_t i = 0; i < t->n; i++) {
		const struct project_file *f = &p->files[t->v[i]]->file;

		if (t->v[i] == from || !strv_has(&f->outline->names, name) ||
		    project_are_apart(p, t->v[i], from))
			continue;
		if (best == p->n_files || is_nearer(f->path, p->files[best]->file.path, path))
			best = t->v[i];
	}
	*file = best;
	return best < p->n_files && !is_imported(p, from, name);
}
