/* play.h - plays a file of keys on a screen in memory and prints the screen: for tests,
 * and for pictures in the README.
 *
 *   size ROWS COLS      resize
 *   key NAME...         press keys: Ctrl-O 2 Enter
 *   type TEXT           type it; paste TEXT pastes it (\n is a line end; several
 *                       lines of 64 bytes or more come as a paste in any case)
 *   run COMMAND         as from the palette
 *   wait TEXT           until the screen shows it, at most 600 s
 *   gone TEXT           until it does not
 *   screen              print the screen; styles prints the styles
 *   # ...               a comment
 */
#ifndef POSEDGE_PLAY_H
#define POSEDGE_PLAY_H

#include <stdbool.h>

#include "session/base/err.h"

struct ui;

/* ERR_PARSE names the line; ERR_TIMEOUT names the text that did not appear, and
 * prints the screen to stderr. */
bool script_play(struct ui *u, const char *path, struct err *err);

#endif
