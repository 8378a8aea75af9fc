/* plain.h - the whole cycle line by line, without moving the cursor: for screen readers
 * and dumb terminals.
 *
 * Input is a question; a line that begins with / is a command of the table. Reviewing
 * is by numbers: /review lists the changes, then /take 1 3, /refuse 2, /apply.
 */
#ifndef POSEDGE_PLAIN_H
#define POSEDGE_PLAIN_H

#include <stdbool.h>

#include "session/base/err.h"

struct workbench;

/* Runs until the input ends or /quit. plugin: path of a plugin to load; NULL: none.
 * False with err: could not start. */
bool plain_run(struct workbench *w, const char *plugin, struct err *err);

#endif
