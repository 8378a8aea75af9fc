/* Users type paths relative to their current folder, perhaps through a link to the
 * project's folder; the program uses paths relative to the root. A path that is
 * outside as written is tried again with the links in its folders resolved.
 */
#include "config.h"

#include "session/workbench/workplace.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"

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

bool workplace_path(const struct workplace *p, const char *given, char **rel, struct err *err)
{
	char *full = workplace_full(p, given), *other = NULL;
	bool ok = path_inside(p->root, full, rel, err);

	if (!ok) {
		other = without_links(full);
		ok = strcmp(other, full) != 0 && path_inside(p->root, other, rel, NULL);
	}
	free(other);
	free(full);
	return ok;
}
