/* workbench_read.h - the text of a file as the user sees it: that of the open document,
 * otherwise that on disk. Paths are relative to the root.
 */
#ifndef POSEDGE_WORKBENCH_READ_H
#define POSEDGE_WORKBENCH_READ_H

#include <stdbool.h>

#include "session/base/err.h"

struct str;
struct workbench;

/* A larger file is not read, neither for a request nor to change it. */
#define WORKBENCH_READ_MAX (1u << 20)

/* False when the file does not exist, is too large, or lies outside the project. */
bool workbench_read(struct workbench *w, const char *path, struct str *out);

/* The same for a command that needs the file: fails with ERR_NOT_FOUND, ERR_LIMIT,
 * ERR_PARSE (not a text), ERR_IO, or as path_inside(). */
bool workbench_read_whole(struct workbench *w, const char *path, struct str *out, struct err *err);

#endif
