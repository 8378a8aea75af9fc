/* The folders that includes are looked for in. */
#include "config.h"

#include "session/project.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/project_inner.h"

/* Folders that one include may mean, at most. */
#define MAX_PLACES 64u

struct folders {
	struct strv *out;
	struct name_map seen;	/* keys are in out */
	struct name_map names;	/* includes that were looked for already */
};

static void add_folder(struct folders *l, const char *path, size_t len)
{
	char *folder = len ? mem_strndup(path, len) : mem_strdup(".");

	if (name_map_put(&l->seen, folder, strlen(folder), 0))
		strv_give(l->out, folder);
	else
		free(folder);
}

/* Without the last n bytes and the slash before them. */
static void add_parent(struct folders *l, const char *path, size_t n)
{
	size_t len = strlen(path) - n;

	add_folder(l, path, len ? len - 1 : 0);
}

static void add_included(struct folders *l, const struct project *p, size_t file, const char *name)
{
	const char *path = p->files[file]->file.path;
	size_t found[MAX_PLACES], n;

	if (project_beside(p, file, name, found))
		add_parent(l, path, strlen(path_base(path)));
	if (!name_map_put(&l->names, name, strlen(name), 0))
		return;
	n = project_elsewhere(p, name, found, MAX_PLACES);
	for (size_t i = 0; i < n; i++)
		add_parent(l, p->files[found[i]]->file.path, strlen(name));
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void project_include_dirs(const struct project *p, struct strv *out)
{
	struct folders l = { .out = out };
	const struct strv *said[] = { &p->settings.include, &p->look.manifest.include_dirs };
	size_t n;

	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < said[k]->n; i++) {
			char *clean;

			if (strcmp(said[k]->v[i], ".") != 0 && path_clean(said[k]->v[i], &clean, NULL)) {
				add_folder(&l, clean, strlen(clean));
				free(clean);
			}
		}
	}
	n = out->n;
	for (size_t f = 0; f < p->n_files; f++) {
		const struct project_file *file = &p->files[f]->file;

		if (file->header)
			add_parent(&l, file->path, strlen(path_base(file->path)));
		for (size_t i = 0; file->outline && i < file->outline->n_includes; i++)
			add_included(&l, p, f, file->outline->includes[i]);
	}
	name_map_fini(&l.seen);
	name_map_fini(&l.names);
	if (out->n > n)
		qsort(out->v + n, out->n - n, sizeof(*out->v), by_name);
}
