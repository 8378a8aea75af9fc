/* playback.h - plays a recorded session on the screen: at its own pace, faster, or
 * event by event. The panes show the state at a moment (session/journal/moments.h);
 * keys move in time and do nothing else.
 *
 * Map of ui/time: a session at an earlier moment.
 *
 *   playback  a recorded session, on a screen of its own
 *   past      a moment of the open session, on top of its screen
 */
#ifndef POSEDGE_PLAYBACK_H
#define POSEDGE_PLAYBACK_H

#include <stdint.h>

#include "session/base/err.h"

struct replay;
struct ui;
struct workbench;

/* argv: [SESSION] [--speed N], NULL-terminated; without SESSION the newest. Gives w
 * a read-only session. NULL with err on failure. */
struct replay *replay_open(struct workbench *w, char *const *argv, struct err *err);
void replay_free(struct replay *r); /* NULL is fine */

/* Plays from the first event on u, which must be the screen of that session. */
void replay_start(struct replay *r, struct ui *u);

/* Shows event n on u and waits for keys. chose is called with "rewind" or "fork"
 * when the user asks for one. */
void replay_show(struct replay *r, struct ui *u, uint64_t n,
		 void (*chose)(void *ctx, const char *command, uint64_t n), void *ctx);

#endif
