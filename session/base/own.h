/* own.h - files below a folder that posedge keeps, opened so that who made that
 * folder decides nothing.
 *
 * A project may come from a stranger, and its `.posedge` with it. So of a path
 * with a part `.posedge` (the last one counts) that part and all that follow
 * are opened one in the other and no link is followed; what is opened is a
 * regular file or a folder, never a FIFO or a device; and to write, each must
 * be of the user who runs this. What stands before `.posedge` is the person's
 * choice, and so is a path without it: these are opened as they are.
 */
#ifndef POSEDGE_OWN_H
#define POSEDGE_OWN_H

#include <dirent.h>
#include <stdbool.h>
#include <sys/types.h>

#include "session/base/err.h"

/* Whether path has such a part. */
bool own_path(const char *path);

/* open() with these flags and O_CLOEXEC. -1 with err: ERR_NOT_FOUND, or ERR_IO
 * with a sentence that names the part that may not be so. */
int own_open(const char *path, int flags, mode_t mode, struct err *err);

/* The folder that holds path's last part, for the *at() calls, and that part in
 * *name, borrowed from path; the caller closes it with own_close(). Of a path
 * without `.posedge`: AT_FDCWD and the path. -1 with err as own_open(). */
int own_parent(const char *path, bool to_write, const char **name, struct err *err);
void own_close(int parent);

DIR *own_opendir(const char *path); /* NULL: it is not one, or not to be followed */

#endif
