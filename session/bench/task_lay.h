/* task_lay.h - a project copied for a task, within limits.
 *
 * What begins with a dot is left out (revisions, sessions, settings), and so is each link:
 * a task brings no settings and reads nothing outside of its folder.
 */
#ifndef POSEDGE_TASK_LAY_H
#define POSEDGE_TASK_LAY_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define TASK_LAY_FILES 2000u
#define TASK_LAY_BYTES (64u << 20) /* of all files together */
#define TASK_LAY_DEPTH 16u

/* All below from is put below to, over what is there. ERR_LIMIT: there is more than that;
 * then a part is there. ERR_NOT_FOUND: from is no folder. ERR_IO: a part of it cannot be
 * read, or nothing can be written. */
bool task_lay(const char *from, const char *to, struct err *err);

/* These files only; each is there, and reached by no link: ERR_NOT_FOUND, ERR_USAGE. */
bool task_lay_files(const char *from, const char *to, const struct strv *paths, struct err *err);

#endif
