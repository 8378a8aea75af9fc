/* playback.h - a recorded session on the screen, as it went: at its own pace,
 * faster, or event by event. The panes show the state at a moment
 * (session/journal/moments.h); keys move in time and nothing else.
 *
 * Map of ui/time: a session as it was.
 *
 *   playback  a recorded one, on a screen of its own
 *   past      a moment of this one, over its screen
 */
#ifndef POSEDGE_PLAYBACK_H
#define POSEDGE_PLAYBACK_H

#include <stdint.h>

#include "session/base/err.h"

struct replay;
struct ui;
struct workbench;

/* argv: [SESSION] [--speed N], NULL-terminated. Gives w a session that is only
 * looked at; the newest one when none is named. */
struct replay *replay_open(struct workbench *w, char *const *argv, struct err *err);
void replay_free(struct replay *r); /* NULL is fine */

/* Plays on that screen, which must be that session's, from the first event on. */
void replay_start(struct replay *r, struct ui *u);

/* Stands at event n and waits for keys, over the screen of the session itself.
 * chose is called with "rewind" or "fork" when one of these is asked for. */
void replay_look(struct replay *r, struct ui *u, uint64_t n,
		 void (*chose)(void *ctx, const char *command, uint64_t n), void *ctx);

#endif
