/* file.h - files read whole and saved atomically; folders made and removed.
 *
 * Knows nothing of projects but one thing: below a `.posedge` no link is followed by
 * any of these (own.h). What a path means is in path.h, which comes along.
 */
#ifndef POSEDGE_FILE_H
#define POSEDGE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "session/base/err.h"
#include "session/base/path.h"
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

#endif
