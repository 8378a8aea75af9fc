/* display.h - what the viewers of waves share: a display, a dump that can be opened, and the
 * link under which a window has it. */
#ifndef POSEDGE_DISPLAY_H
#define POSEDGE_DISPLAY_H

#include <stdbool.h>

#include "session/base/err.h"

bool display_here(void);

/* ERR_NOT_FOUND, ERR_IO; ERR_PARSE: it is empty, or no file. Reloading an empty file blocks
 * GTKWave until it is not one. */
bool display_check_dump(const char *path, struct err *err);

/* Points name to target from one moment to the next. */
bool display_link(const char *target, const char *name, struct err *err);

#endif
