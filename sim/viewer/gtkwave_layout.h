/* gtkwave_layout.h - the layout that GTKWave opens with a dump: ours, or one saved by
 * the user.
 */
#ifndef POSEDGE_GTKWAVE_LAYOUT_H
#define POSEDGE_GTKWAVE_LAYOUT_H

#include <stdbool.h>

#include "session/base/err.h"

struct view_request;

/* Writes ours to save_path, unless the user saved one there or it is a link. */
bool gtkwave_layout_write(const struct view_request *r, struct err *err);

/* The layout for GTKWave to open: save_path, or a copy of it that starts no program.
 * The caller frees it. NULL with err. */
char *gtkwave_layout_harmless(const struct view_request *r, struct err *err);

#endif
