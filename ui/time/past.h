/* past.h - shows an earlier moment of the open session in all panes, on top of the live
 * screen: read only, closed by a key. Running work (a streamed answer, a simulation)
 * continues underneath.
 */
#ifndef POSEDGE_PAST_H
#define POSEDGE_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct ui;

/* Opens it on top of u, at event n of u's session. False with err: nothing is shown. */
bool past_open(struct ui *u, uint64_t n, struct err *err);

/* Closes it if a key asked for that, and runs the command chosen there on u. */
void past_tick(struct ui *u);

#endif
