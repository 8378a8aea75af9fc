/* file.h - files read whole, saved atomically, and kept inside the project.
 *
 * Knows nothing of projects but two things: a path from outside is resolved
 * against a root and refused when it leaves it, also through a symbolic link;
 * and below a `.posedge` no link is followed by any of these (own.h).
 */
#ifndef POSEDGE_FILE_H
#define POSEDGE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "session/base/err.h"
#include "session/base/str.h"

/* Reads all of a regular file with one buffer. ERR_NOT_FOUND when there is
 * none, ERR_LIMIT above limit bytes (0 = none), ERR_IO otherwise. *out is
 * overwritten; on failure it is empty. */
bool file_read(const char *path, size_t limit, struct str *out, struct err *err);

/* The old file stays whole until the new one is on disk. Follows a symbolic
 * link to the file it names, keeps its mode; a new file gets mode & ~umask. */
bool file_save(const char *path, const char *data, size_t len, mode_t mode, struct err *err);

/* The same without waiting for the disk: when the machine goes down the old
 * file, the new one or an empty one may be what is left. */
bool file_put(const char *path, const char *data, size_t len, mode_t mode, struct err *err);

/* Writes all of it, through short writes and interruptions. */
bool file_write_all(int fd, const char *data, size_t len);

bool file_exists(const char *path);
bool file_is_dir(const char *path);

/* Makes path and what is missing above it. An existing folder is fine. */
bool file_make_dirs(const char *path, mode_t mode, struct err *err);

/* Removes a file, or a folder with all that is in it; follows no link.
 * Nothing there is fine. */
bool file_remove_tree(const char *path, struct err *err);

/* dir/name; the caller frees. An absolute name stays as it is. */
char *path_join(const char *dir, const char *name);

/* The part after the last slash; borrowed. */
const char *path_base(const char *path);

/* What stands before the last slash, "." if there is none; the caller frees. */
char *path_dir(const char *path);

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
