/* A generated file may declare thousands of names, and each file of a design may use as many
 * that nobody declares: names are looked up in a map, and the files of a name are a list. */
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

	*t = (struct project_types){ .names = NAME_MAP_INIT };
	project_settle(p);
	for (size_t i = 0; i < p->n_files; i++) {
		const struct entry *e = p->files[i];
		const struct voutline *o = e->file.outline;

		if (!o || !declares(e) || e->included || e->file.header)
			continue;
		for (size_t k = 0; k < o->names.n; k++) {
			const char *name = o->names.v[k];
			struct project_type now = { .file = i };
			size_t first;

			if (name_map_get(&t->names, name, strlen(name), &first)) {
				now.next = t->v[first].next;
				t->v[first].next = t->n;
			} else {
				name_map_put(&t->names, name, strlen(name), t->n);
			}
			MEM_PUSH(t->v, t->n, cap, now);
		}
	}
}

void project_types_fini(struct project_types *t)
{
	free(t->v);
	name_map_fini(&t->names);
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

/* True if file a shares more folders with the path than b, or as many and is in fewer others;
 * of two alike, the first. */
static bool is_nearer(const struct project *p, size_t a, size_t b, const char *path)
{
	const char *of_a = p->files[a]->file.path, *of_b = p->files[b]->file.path;
	size_t x = path_common_folders(of_a, path), y = path_common_folders(of_b, path);

	if (x != y)
		return x > y;
	x = path_folders(of_a);
	y = path_folders(of_b);
	return x != y ? x < y : a < b;
}

bool project_types_find(const struct project_types *t, const struct project *p, const char *name,
			size_t from, size_t *file)
{
	const char *path = p->files[from]->file.path;
	size_t best = p->n_files, at;

	if (!name_map_get(&t->names, name, strlen(name), &at))
		return false;
	do {
		size_t now = t->v[at].file;

		if (now != from && !project_are_apart(p, now, from) &&
		    (best == p->n_files || is_nearer(p, now, best, path)))
			best = now;
		at = t->v[at].next;
	} while (at);
	*file = best;
	return best < p->n_files && !is_imported(p, from, name);
}
