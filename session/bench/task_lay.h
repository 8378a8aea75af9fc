/* task_lay.h - copies a project for a task, within limits.
 *
 * Files that begin with a dot (revisions, sessions, settings) and links are skipped:
 * a task brings no settings and reads nothing outside its folder.
 */
#ifndef POSEDGE_TASK_LAY_H
#define POSEDGE_TASK_LAY_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define TASK_LAY_FILES 2000u
#define TASK_LAY_BYTES (64u << 20) /* of all files together */
#define TASK_LAY_DEPTH 16u

/* Copies everything below from to below to, overwriting existing files. ERR_LIMIT:
 * there is too much, and a part has been copied. ERR_NOT_FOUND: from is not a folder.
 * ERR_IO: something cannot be read or written. */
bool task_lay(const char *from, const char *to, struct err *err);

/* Copies only these files. Each must exist and not be reached through a link:
 * ERR_NOT_FOUND, ERR_USAGE. */
bool task_lay_files(const char *from, const char *to, const struct strv *paths, struct err *err);

#endif
