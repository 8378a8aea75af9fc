/* file.h - files read whole and saved atomically; folders made and removed.
 *
 * Knows one thing about projects: below a `.posedge` folder none of these functions
 * follows a link (own.h). Includes path.h.
 */
#ifndef POSEDGE_FILE_H
#define POSEDGE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "session/base/err.h"
#include "session/base/path.h"
#include "session/base/str.h"

#define FILE_READ_MAX ((size_t)1 << 30)

/* Reads a regular file whole. ERR_NOT_FOUND when it does not exist, ERR_LIMIT when
 * it is larger than limit bytes (0: FILE_READ_MAX), ERR_IO otherwise. *out is
 * overwritten; on failure it is empty. */
bool file_read(const char *path, size_t limit, struct str *out, struct err *err);

/* Like file_read() of path_join(dir, name). */
bool file_read_in(const char *dir, const char *name, size_t limit, struct str *out,
		  struct err *err);

/* Like file_read(), of a longer file only its last most bytes. */
bool file_read_end(const char *path, size_t most, struct str *out, struct err *err);

/* Atomic: the old file stays intact until the new one is on disk. Follows a
 * symbolic link to the file it names and keeps that file's mode; a new file gets
 * mode & ~umask. ERR_IO for what is no regular file, such as a device. */
bool file_save(const char *path, const char *data, size_t len, mode_t mode, struct err *err);

/* Like file_save() without waiting for the disk: after a power failure the old
 * file, the new one or an empty one may be left. */
bool file_put(const char *path, const char *data, size_t len, mode_t mode, struct err *err);

/* Writes everything; retries short and interrupted writes. */
bool file_write_all(int fd, const char *data, size_t len);

bool file_exists(const char *path);
bool file_is_dir(const char *path);

/* Makes path and its missing parents. An existing folder is fine. */
bool file_make_dirs(const char *path, mode_t mode, struct err *err);

/* Removes a file, or a folder with its contents; follows no link. A missing path is
 * fine. */
bool file_remove_tree(const char *path, struct err *err);

/* Removes from dir the temporary files of writers that were killed: only regular files
 * of this user, following no link. ours: posedge owns dir, so those of earlier versions,
 * NAME.XXXXXX and more than a minute old, go too. Files that cannot be removed stay. */
void file_sweep(const char *dir, bool ours);

#endif
