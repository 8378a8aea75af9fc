/* turn.h - one turn of the loop on the screen: input, consequences, drawing.
 *
 *   bytes -> ui_input() -> ui_key() -> commands, panes -> events of the session
 *   event -> turn_on_event() -> lists, marks, jobs; ui_changed()
 *   before the loop sleeps -> ui_draw() -> the rows that changed
 *
 * ui_new() registers turn_on_* and the timer functions as callbacks; ctx is the struct
 * ui.
 *
 * Map of ui/turn:
 *
 *   turn                      creates and frees a screen
 *   turn_input turn_keys      bytes, keys, the mouse
 *   turn_ahead                keys typed ahead of what a command opens
 *   turn_events               reactions to events
 *   turn_draw turn_typed      draws the whole screen, what streams, or the line typed into
 */
#ifndef POSEDGE_TURN_H
#define POSEDGE_TURN_H

#include <stdbool.h>
#include <stddef.h>

struct event;
struct key;
struct session;
struct term;
struct ui;
struct workbench;

/* s must be open for writing; t is borrowed. alone: do not reopen the files of the
 * last session except those with unsaved edits; a later start without alone reopens
 * them. */
struct ui *ui_new(struct workbench *w, struct session *s, struct term *t, bool alone);
void ui_free(struct ui *u);

/* Handles bytes from the terminal for the screen in view: ctx is the struct ui, or the
 * past is shown on top of it. A paste may contain its own end mark and continue with
 * what looks like keys. So whatever arrives with the end of a paste, and within
 * FIRST_MOMENT_MS after it, is taken as pasted text or ignored: no key of that moment
 * decides, sends or runs anything. */
void ui_input(void *ctx, const char *bytes, size_t len);
void ui_key(struct ui *u, const struct key *k);
/* Paints and sends a frame to the terminal if it is ready and something changed. A hook
 * for loop_before_sleep(); ctx is the struct ui. */
void ui_draw(void *ctx);
void ui_paint(struct ui *u); /* into ui_drawing(u)->frame */

/* Callbacks of the session and of running commands. */
void turn_on_event(void *ctx, const struct event *e);
void turn_on_note(void *ctx, const char *line);
void turn_on_text(void *ctx, const char *text, size_t len);

/* Callbacks of timers. */
void turn_answer_tick(void *ctx);	/* every second while an answer is pending */
void turn_arm_review(void *ctx);	/* a review was open long enough: keys decide */
void turn_review_grace_over(void *ctx); /* the moment after a review is over */
void turn_lint_now(void *ctx);
void turn_escape_over(void *ctx); /* no more bytes of a key came */
void turn_paste_over(void *ctx);
void turn_ahead_over(void *ctx); /* the command has ended, or took long */
void turn_typing_paused(void *ctx);
void turn_draw_again(void *ctx);

/* True if k was kept for what a command opens that was just run; it is handled then. */
bool turn_ahead_keep(struct ui *u, const struct key *k);

/* A typed letter, handled without repainting the screen: turn_typed.c. */
bool turn_letter(struct ui *u, const struct key *k); /* false: not such a letter */
void turn_painted(struct ui *u);		     /* call after a full repaint */

#endif
