/* plain.h - the whole loop line by line, without moving the cursor: for screen
 * readers and for terminals that can do no more.
 *
 * What is typed is a question; a line that begins with / is a command of the
 * table. Reviewing is by numbers: /review lists the changes, /take 1 3,
 * /refuse 2, /apply.
 */
#ifndef POSEDGE_PLAIN_H
#define POSEDGE_PLAIN_H

#include <stdbool.h>

#include "session/base/err.h"

struct workbench;

/* Until the input ends or /quit. plugin: a path to load it from; NULL: none. False
 * with err: it did not begin. */
bool plain_run(struct workbench *w, const char *plugin, struct err *err);

#endif
