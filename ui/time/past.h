/* past.h - an earlier moment of the session that is open, in all panes, over the
 * screen: read only, and gone with a key. What goes on (an answer that streams,
 * a simulation) goes on below it.
 */
#ifndef POSEDGE_PAST_H
#define POSEDGE_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct ui;

/* Over u, at event n of its session. */
bool past_open(struct ui *u, uint64_t n, struct err *err);
void past_close(struct ui *u); /* none open is fine */

/* Closes it if a key said so, and runs what was chosen with it on u. */
void past_tick(struct ui *u);

#endif
