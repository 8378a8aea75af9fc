/* The modification time of the file is the time of the refusal. The file has no
 * content, so none can be wrong. A time in the future is ignored. */
#include "config.h"

#include "session/turn/no_tools.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/workbench/backend_list.h"

#define NAME_HEX 32
#define DAY_S	 (24 * 60 * 60)

/* CACHE/no-tools/HASH; NULL: not to be cached. */
static char *place(const struct backend_entry *e)
{
	char *cache = e->model ? path_user_cache("no-tools") : NULL, *path;
	char hex[HASH_HEX + 1];
	struct hash *h;

	if (!cache)
		return NULL;
	h = hash_new();
	hash_adds(h, PACKAGE_VERSION);
	hash_adds(h, e->protocol);
	hash_adds(h, e->url);
	hash_adds(h, e->model);
	for (char *const *o = e->options; o && *o; o++)
		hash_adds(h, *o);
	hash_end(h, hex);
	path = str_fmt("%s/%.*s", cache, NAME_HEX, hex);
	free(cache);
	return path;
}

static bool is_young(const char *path)
{
	struct stat st;
	time_t now = time(NULL);

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime <= now &&
	       now - st.st_mtime < (time_t)NO_TOOLS_DAYS * DAY_S;
}

bool no_tools_known(const struct backend_entry *e)
{
	char *path = e->no_tools ? NULL : place(e);
	bool known = e->no_tools || (path && is_young(path));

	free(path);
	return known;
}

bool no_tools_keep(const struct backend_entry *e)
{
	char *path = place(e), *folder = path ? path_dir(path) : NULL;
	bool ok = path && file_make_dirs(folder, 0700, NULL) && file_put(path, "", 0, 0600, NULL);

	free(folder);
	free(path);
	return ok;
}

bool no_tools_forget(struct backend_entry *e)
{
	bool known = no_tools_known(e);
	char *path = place(e);

	e->no_tools = false;
	if (path)
		unlink(path);
	free(path);
	return known;
}
