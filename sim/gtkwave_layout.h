/* gtkwave_layout.h - the layout that GTKWave opens beside a dump: ours, or one that a person
 * saved.
 */
#ifndef POSEDGE_GTKWAVE_LAYOUT_H
#define POSEDGE_GTKWAVE_LAYOUT_H

#include <stdbool.h>

#include "session/base/err.h"

struct view_request;

/* Writes ours to save_path, unless somebody saved one there or it is a link. */
bool gtkwave_layout_write(const struct view_request *r, struct err *err);

/* What GTKWave is to open in place of the layout at save_path: itself as it is, or a copy
 * that starts no program. NULL with err. The caller frees. */
char *gtkwave_layout_harmless(const struct view_request *r, struct err *err);

#endif
