/* path.h - takes paths apart, joins them, and keeps them inside a folder.
 *
 * A path from outside is resolved against a root and refused when it leaves it,
 * even through a symbolic link. Reads and creates no file.
 */
#ifndef POSEDGE_PATH_H
#define POSEDGE_PATH_H

#include <stdbool.h>

#include "session/base/err.h"

/* dir/name; the caller frees. An absolute name stays as it is. */
char *path_join(const char *dir, const char *name);

/* The part after the last slash; borrowed. */
const char *path_base(const char *path);

/* The part before the last slash, "." if there is none; the caller frees. */
char *path_dir(const char *path);

/* Number of folders that a path names: 2 for a/b/c.v. */
size_t path_folders(const char *path);

/* Number of leading folders that both paths share. */
size_t path_common_folders(const char *a, const char *b);

/* Normalizes "a/./b//../c" to "a/c" by text alone. False when path is empty,
 * absolute, contains an invisible character (utf8_is_control()), or climbs above
 * its start. The caller frees *out. */
bool path_clean(const char *path, char **out, struct err *err);

/* True when a part of the clean path rel begins with a dot. */
bool path_is_hidden(const char *rel);

/* Resolves path (relative to root, or absolute below it) to a clean path relative
 * to root in *rel, which the caller frees. ERR_USAGE when it leaves root through
 * "..", as an absolute path, or through a symbolic link in a part that exists. The
 * file itself need not exist. */
bool path_inside(const char *root, const char *path, char **rel, struct err *err);

/* The same path, absolute, with the links in its folders resolved as far as these
 * exist; its last part stays. The caller frees. */
char *path_without_links(const char *path);

/* Gives HOME the folder that the password file names for this user, unless HOME is an
 * absolute path already. Call once, before anything reads HOME. */
void path_ensure_home(void);

/* name in a folder of this user, or the folder itself if name is NULL: cache is
 * ($XDG_CACHE_HOME or ~/.cache)/posedge, configuration ($XDG_CONFIG_HOME or
 * ~/.config)/posedge, data ($XDG_DATA_HOME or ~/.local/share)/posedge. The caller
 * frees; NULL when there is no home. */
char *path_user_cache(const char *name);
char *path_user_config(const char *name);
char *path_user_data(const char *name);

#endif
