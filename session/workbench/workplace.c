/* Users type paths relative to their current folder, perhaps through a link to the
 * project's folder; the program uses paths relative to the root. A path that is
 * outside as written is tried again with the links in its folders resolved. One
 * that leads through a link inside the project gets the name under which the project
 * has the file, see session/manifest/tree.h.
 */
#include "config.h"

#include "session/workbench/workplace.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/manifest/tree_built.h"

void workplace_init(struct workplace *p, const char *root)
{
	*p = (struct workplace){ mem_strdup(root), mem_strdup(root), NULL };
}

void workplace_fini(struct workplace *p)
{
	free(p->refused);
	free(p->typed_in);
	free(p->root);
}

bool workplace_check(const struct workplace *p, struct err *err)
{
	return !p->refused || err_set(err, ERR_USAGE, "%s", p->refused);
}

char *workplace_full(const struct workplace *p, const char *given)
{
	return path_join(p->typed_in, given);
}

/* The same path with the links in its folders resolved, as far as these exist. */
static char *without_links(const char *path)
{
	char *dir = mem_strdup(path), *real = NULL, *out;

	while (!real && strcmp(dir, "/") != 0 && strcmp(dir, ".") != 0) {
		char *up = path_dir(dir);

		free(dir);
		dir = up;
		real = realpath(dir, NULL);
	}
	out = real ? path_join(real, path + strlen(dir) + (path[strlen(dir)] == '/'))
		   : mem_strdup(path);
	free(real);
	free(dir);
	return out;
}

/* True if the project has its files under this name, and not under that of a link. */
static bool is_walked(const char *root, const char *rel)
{
	bool walked = true;
	char *part = mem_strdup(rel);

	for (char *p = part, *slash; walked && *p; p = slash + 1) {
		slash = strchr(p, '/');
		if (slash)
			*slash = '\0';
		walked = !tree_skips(p) && (!slash || !tree_is_built(root, part));
		if (!slash)
			break;
		*slash = '/';
	}
	free(part);
	return walked;
}

static void resolve_links(const struct workplace *p, char **rel)
{
	char *full = path_join(p->root, *rel), *real = realpath(full, NULL), *inside = NULL;

	if (!real)
		real = without_links(full);
	if (path_inside(p->root, real, &inside, NULL) && is_walked(p->root, inside)) {
		free(*rel);
		*rel = inside;
		inside = NULL;
	}
	free(inside);
	free(real);
	free(full);
}

bool workplace_path(const struct workplace *p, const char *given, char **rel, struct err *err)
{
	char *full = workplace_full(p, given), *other = NULL;
	bool ok = path_inside(p->root, full, rel, err);

	if (!ok) {
		other = without_links(full);
		ok = strcmp(other, full) != 0 && path_inside(p->root, other, rel, NULL);
	}
	if (ok)
		resolve_links(p, rel);
	free(other);
	free(full);
	return ok;
}
