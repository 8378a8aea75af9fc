/* path.h - paths taken apart, put together, and kept inside of a folder.
 *
 * A path from outside is resolved against a root and refused when it leaves it, also
 * through a symbolic link. Reads no file and makes none.
 */
#ifndef POSEDGE_PATH_H
#define POSEDGE_PATH_H

#include <stdbool.h>

#include "session/base/err.h"

/* dir/name; the caller frees. An absolute name stays as it is. */
char *path_join(const char *dir, const char *name);

/* The part after the last slash; borrowed. */
const char *path_base(const char *path);

/* What stands before the last slash, "." if there is none; the caller frees. */
char *path_dir(const char *path);

/* How many folders both paths lie in. */
size_t path_common_folders(const char *a, const char *b);

/* Takes "a/./b//../c" to "a/c" by text alone; false when it is empty,
 * absolute, holds a character that is not seen (utf8_is_control()), or climbs
 * above where it starts.
 * The caller frees *out. */
bool path_clean(const char *path, char **out, struct err *err);

/* Resolves path (relative to root, or absolute below it) to a cleaned path
 * relative to root in *rel, which the caller frees. ERR_USAGE when it leaves
 * root by "..", by being absolute, or through a symbolic link in any part of
 * it that exists. The file itself need not exist. */
bool path_inside(const char *root, const char *path, char **rel, struct err *err);

/* The cache folder ($XDG_CACHE_HOME or ~/.cache)/posedge, configuration
 * ($XDG_CONFIG_HOME or ~/.config)/posedge, data ($XDG_DATA_HOME or
 * ~/.local/share)/posedge; the caller frees; NULL when there is no home. */
char *path_user_cache(void);
char *path_user_config(void);
char *path_user_data(void);

#endif
