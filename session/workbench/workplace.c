/* Users type paths relative to their current folder, perhaps through a link to the
 * project's folder; the program uses paths relative to the root. A path that is
 * outside as written is tried again with the links in its folders resolved. Names in
 * the program's lists and messages are relative to the root, and users choose or copy
 * these: a name of nothing in the current folder is tried as one.
 */
#include "config.h"

#include "session/workbench/workplace.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/manifest/tree.h"

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

static bool is_printed_name(const struct workplace *p, const char *given, const char *full)
{
	char *shown = path_join(p->root, given);
	bool yes = given[0] != '/' && !file_exists(full) && file_exists(shown);

	free(shown);
	return yes;
}

bool workplace_path(const struct workplace *p, const char *given, char **rel, struct err *err)
{
	char *full = workplace_full(p, given), *other = NULL;
	bool ok = is_printed_name(p, given, full) ? tree_name(p->root, given, rel, err)
						  : tree_name(p->root, full, rel, err);

	if (!ok) {
		other = path_without_links(full);
		ok = strcmp(other, full) != 0 && tree_name(p->root, other, rel, NULL);
	}
	free(other);
	free(full);
	return ok;
}

bool workplace_name(const struct workplace *p, const char *path, char **rel, struct err *err)
{
	return tree_name(p->root, path, rel, err);
}
