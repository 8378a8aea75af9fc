/* own.h - opens files in folders that posedge keeps, without trusting who made
 * them.
 *
 * A project may come from a stranger, together with a `.posedge` folder. If a path
 * contains a part `.posedge` (the last one counts), that part and all that follow
 * are opened one by one and no link is followed; the target must be a regular file
 * or a folder, never a FIFO or a device; and to be written, each must belong to the
 * user who runs posedge. The part of a path before `.posedge`, and a path without
 * `.posedge`, were chosen by the user and are opened as they are.
 */
#ifndef POSEDGE_OWN_H
#define POSEDGE_OWN_H

#include <dirent.h>
#include <stdbool.h>
#include <sys/types.h>

#include "session/base/err.h"

/* True if path contains such a part. */
bool own_path(const char *path);

/* open() with these flags and O_CLOEXEC. -1 with ERR_NOT_FOUND, or with ERR_IO and
 * a sentence that names the offending part. */
int own_open(const char *path, int flags, mode_t mode, struct err *err);

/* Opens the folder that holds the last part of path, for the *at() calls; close it
 * with own_close(). *name is that last part, borrowed from path. For a path without
 * `.posedge`: AT_FDCWD and the whole path. -1 with err as own_open(). */
int own_parent(const char *path, bool to_write, const char **name, struct err *err);
void own_close(int parent);

/* Makes the folders of a path with such a part that are missing, from `.posedge` on;
 * each one, also of those that exist, must belong to the user. ERR_NOT_FOUND: the folder
 * above `.posedge` does not exist. */
bool own_make_dirs(const char *path, mode_t mode, struct err *err);

DIR *own_opendir(const char *path); /* NULL: not a folder, or a link that must not be followed */

#endif
