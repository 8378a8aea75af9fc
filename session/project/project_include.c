/* Resolves includes.
 *
 * Searched in order: the including file's folder; the folders of the settings,
 * then of the list that names the file, else of the project; the root; then any
 * path in the project with that ending, the nearest first; then one that has it but
 * for the case of letters, as Windows and macOS find it. For a path of another machine,
 * the longest tail that is found in this way.
 */
#include "config.h"

#include "session/project/project_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"

/* Number of files with the same base name that are examined for an include. */
#define SAME_BASE_MAX 1000u

/* Longer paths of another machine are ignored, since each tail is looked up. */
#define FOREIGN_MAX 1000u

static const struct tree *tree_of(const struct project *p)
{
	return &p->look->folder.tree;
}

/* Also finds files in folders that are not scanned, such as build/. */
static bool is_there(const struct project *p, const char *path)
{
	char *full, *rel = NULL;
	struct stat st;
	size_t len;
	bool there;

	if (project_excluded(&p->settings, path))
		return false;
	if (tree_has(tree_of(p), path) || project_overlay_text(p, path, &len))
		return true;
	full = path_join(p->root, path);
	there = stat(full, &st) == 0 && S_ISREG(st.st_mode) &&
		path_inside(p->root, path, &rel, NULL);
	free(rel);
	free(full);
	return there;
}

/* folder/name if that is a file, else NULL. */
static char *in_folder(const struct project *p, const char *folder, const char *name)
{
	char *path = path_join(folder, name), *clean = NULL;

	if (path_clean(path, &clean, NULL) && !is_there(p, clean)) {
		free(clean);
		clean = NULL;
	}
	free(path);
	return clean;
}

static char *in_folders(const struct project *p, const struct strv *folders, const char *name)
{
	char *found = NULL;

	for (size_t i = 0; !found && i < folders->n; i++)
		found = in_folder(p, folders->v[i], name);
	return found;
}

/* By base name -------------------------------------------------------------------- */

static int by_base(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	int order = strcasecmp(path_base(x), path_base(y));

	return order ? order : strcmp(x, y);
}

/* The tree's paths sorted by base name, whatever its case; built on first use. */
static const char *const *bases(const struct project *p)
{
	struct project *q = (struct project *)p;
	size_t n = tree_of(p)->n;

	if (!q->bases) {
		q->bases = mem_calloc(n + 1, sizeof(*q->bases));
		for (size_t i = 0; i < n; i++)
			q->bases[i] = tree_of(p)->paths[i];
		qsort(q->bases, n, sizeof(*q->bases), by_base);
	}
	return q->bases;
}

/* Where name begins in the path, as whole components; NULL: the path does not end so. */
static const char *ending(const char *path, const char *name)
{
	size_t m = strlen(path), n = strlen(name);

	return m == n || (m > n && path[m - n - 1] == '/') ? path + m - n : NULL;
}

bool project_path_ends(const char *path, const char *name)
{
	const char *end = ending(path, name);

	return end && strcmp(end, name) == 0;
}

bool project_other_case(const char *path, const char *name)
{
	const char *end;

	while (str_starts(name, "../") || str_starts(name, "./"))
		name = strchr(name, '/') + 1;
	end = ending(path, name);
	return end && strcmp(end, name) != 0 && strcasecmp(end, name) == 0;
}

/* The first of bases() that is not below that base name. */
static size_t first_base(const struct project *p, const char *base)
{
	const char *const *all = bases(p);
	size_t lo = 0, hi = tree_of(p)->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcasecmp(path_base(all[mid]), base) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t project_named(const struct project *p, const char *name, const char **out, size_t max)
{
	const char *const *all = bases(p);
	const char *base = path_base(name);
	size_t lo = first_base(p, base), hi = lo, n = 0;

	while (hi < tree_of(p)->n && hi - lo < SAME_BASE_MAX &&
	       strcasecmp(path_base(all[hi]), base) == 0)
		hi++;
	for (size_t i = lo; i < hi && n < max; i++)
		if (project_path_ends(all[i], name) && !project_excluded(&p->settings, all[i]))
			out[n++] = all[i];
	if (n > 0)
		return n;
	for (size_t i = lo; i < hi && n < max; i++)
		if (project_other_case(all[i], name) && !project_excluded(&p->settings, all[i]))
			out[n++] = all[i];
	return n;
}

/* The file nearest to from among those that the name could mean; NULL if there are none. */
static char *elsewhere(const struct project *p, const char *from, const char *name)
{
	const char *found[64], *best = NULL;
	size_t n, near = 0;

	while (str_starts(name, "../"))
		name += 3;
	n = project_named(p, name, found, sizeof(found) / sizeof(*found));
	for (size_t i = 0; i < n; i++) {
		size_t common = path_common_folders(found[i], from);

		if (!best || common > near || (common == near && strlen(found[i]) < strlen(best))) {
			best = found[i];
			near = common;
		}
	}
	return mem_strdup(best);
}

/* Where somebody said, or beside the includer. */
static char *find_said(const struct project *p, const char *from, const char *name)
{
	const struct manifest *said = &p->look->said->m, *own = manifest_of(said, from);
	char *folder = path_dir(from), *found;

	own = own ? own : said;
	found = in_folder(p, folder, name);
	if (!found)
		found = in_folders(p, &p->settings.include, name);
	if (!found)
		found = in_folders(p, &own->include_dirs, name);
	if (!found)
		found = in_folder(p, ".", name);
	free(folder);
	return found;
}

static char *find(const struct project *p, const char *from, const char *name)
{
	char *found = find_said(p, from, name);

	return found ? found : elsewhere(p, from, name);
}

const char *project_include_rival(const struct project *p, const char *from, const char *name)
{
	const char *some[64], *rival = NULL;
	size_t n = project_named(p, name, some, sizeof(some) / sizeof(*some));
	char *taken = n > 1 ? find_said(p, from, name) : NULL;

	if (n > 1 && !taken && (taken = elsewhere(p, from, name)))
		for (size_t i = 0; !rival && i < n; i++)
			if (strcmp(some[i], taken) != 0 &&
			    path_common_folders(some[i], from) == path_common_folders(taken, from))
				rival = some[i];
	free(taken);
	return rival;
}

/* Paths of another machine --------------------------------------------------------- */

bool project_is_foreign(const char *name)
{
	if (name[0] == '/')
		return !str_starts(name, "/dev/") && !str_starts(name, "/proc/");
	return (isalpha((unsigned char)name[0]) && name[1] == ':') || strchr(name, '\\');
}

static char *find_end(const struct project *p, const char *from, const char *name)
{
	char *way, *found = NULL;

	if (strlen(name) > FOREIGN_MAX)
		return NULL;
	way = mem_strdup(name);
	for (char *c = way; *c; c++)
		if (*c == '\\')
			*c = '/';
	for (const char *end = way; end && !found; end = strchr(end, '/')) {
		end += strspn(end, "/");
		if (*end)
			found = find(p, from, end);
	}
	free(way);
	return found;
}

char *project_include_path(const struct project *p, const char *from, const char *name)
{
	if (project_is_foreign(name))
		return find_end(p, from, name);
	return name[0] && name[0] != '/' ? find(p, from, name) : NULL;
}
