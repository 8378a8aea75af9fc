/* display.h - shared by the wave viewers: display detection, check of a dump, and
 * the link through which a window opens it.
 *
 * Map of sim/viewer: programs that show waves, behind session/tool/viewer.h.
 *
 *   gtkwave            GTKWave
 *   gtkwave_layout gtkwave_save
 *                      its layout, as data and as a file
 *   gtkwave_window     controls its window; gtkwave_data: gtkwave.tcl
 *   gtkwave_elsewhere  how to view without a display
 *   surfer wcp         Surfer, and its control protocol
 *   display            shared by both
 *   detach             starts their programs
 */
#ifndef POSEDGE_DISPLAY_H
#define POSEDGE_DISPLAY_H

#include <stdbool.h>

#include "session/base/err.h"

bool display_here(void);

/* ERR_NOT_FOUND, ERR_IO; ERR_PARSE: empty, or not a regular file. GTKWave blocks
 * when it reloads an empty file, until the file has content. */
bool display_check_dump(const char *path, struct err *err);

/* Atomically points the link `name` to target. */
bool display_link(const char *target, const char *name, struct err *err);

#endif
