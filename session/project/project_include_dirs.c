/* The include folders to pass to a tool, so that it finds what the project found
 * for each include: see project_include.c. A tool only searches folders, so each
 * resolved include is turned back into a folder from which its name leads to the
 * same file.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/project/project_inner.h"

static void add_folder(struct strv *out, const char *folder)
{
	char *clean = NULL;

	if (strcmp(folder, ".") == 0)
		clean = mem_strdup(".");
	else if (!path_clean(folder, &clean, NULL))
		return;
	if (strv_has(out, clean))
		free(clean);
	else
		strv_give(out, clean);
}

/* True if folder/name is path. */
static bool leads_to(const char *folder, const char *name, const char *path)
{
	char *joined = path_join(folder, name), *clean = NULL;
	bool yes = path_clean(joined, &clean, NULL) && strcmp(clean, path) == 0;

	free(clean);
	free(joined);
	return yes;
}

/* The first n folders of path; NULL if it has fewer. */
static char *first_folders(const char *path, size_t n)
{
	const char *end = path;

	while (n > 0 && (end = strchr(end, '/')) && --n > 0)
		end++;
	return end && end > path ? mem_strndup(path, (size_t)(end - path)) : NULL;
}

/* A folder from which a tool finds path under that name when the file `from`
 * includes it; NULL if there is none. "../rtl/x.v", written for a run in some
 * other folder, is also found from rtl/. */
static char *folder_for(const char *from, const char *path, const char *name)
{
	char *beside = path_dir(from), *folder = NULL, *below;
	size_t up = 0, n = strlen(path);

	if (leads_to(beside, name, path))
		return beside;
	free(beside);
	if (leads_to(".", name, path))
		return mem_strdup(".");
	for (; str_starts(name, "../"); name += 3)
		up++;
	if (!project_path_ends(path, name))
		return NULL;
	folder = n > strlen(name) ? mem_strndup(path, n - strlen(name) - 1) : mem_strdup(".");
	if (up > 0) {
		below = first_folders(name, up);
		if (below) {
			char *joined = path_join(folder, below);

			free(below);
			free(folder);
			return joined;
		}
		free(folder);
		return NULL;
	}
	return folder;
}

static void add_for_file(const struct project_file *f, struct strv *out)
{
	for (size_t i = 0; f && f->outline && i < f->outline->n_included; i++) {
		const struct vinclude *inc = &f->outline->included[i];
		char *folder = inc->path && !inc->nested ? folder_for(f->path, inc->path, inc->name)
							 : NULL;

		if (folder)
			add_folder(out, folder);
		free(folder);
	}
}

void project_include_dirs(const struct project *p, const char *const *paths, size_t n,
			  struct strv *out)
{
	project_settle(p);
	for (size_t i = 0; i < p->settings.include.n; i++)
		add_folder(out, p->settings.include.v[i]);
	for (size_t i = 0; i < p->look->said->m.include_dirs.n; i++)
		add_folder(out, p->look->said->m.include_dirs.v[i]);
	for (size_t i = 0; i < n; i++)
		add_for_file(project_find(p, paths[i]), out);
}
