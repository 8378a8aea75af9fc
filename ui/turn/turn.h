/* turn.h - one turn of the loop on the screen: input, what follows, drawing.
 *
 *   bytes -> ui_input() -> ui_key() -> commands, panes -> events of the session
 *   event -> turn_on_event() -> lists, marks, jobs; ui_changed()
 *   before the loop sleeps -> ui_draw() -> the rows that changed
 *
 * turn_on_* and the timers' functions are what ui_new() ties together; ctx is the
 * struct ui.
 *
 * Map of ui/turn:
 *
 *   turn                      a screen begins and ends
 *   turn_input turn_keys      bytes, keys, the mouse
 *   turn_events               what follows from what happened
 *   turn_draw turn_typed      all of the screen, or the line that was typed in
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

/* The session must be open for writing. term is borrowed. alone: the files that were open
 * last time stay closed, but for those with edits; they are there at the next start
 * without. */
struct ui *ui_new(struct workbench *w, struct session *s, struct term *t, bool alone);
void ui_free(struct ui *u);

/* What the terminal sent. A paste may hold its own end mark, and then go on with
 * what looks like keys. So whatever comes with the end of a paste, and for
 * FIRST_MOMENT_MS after the last of it, is text, as if pasted, or nothing: no key
 * of that moment decides, sends or runs anything. */
void ui_input(struct ui *u, const char *bytes, size_t len);
void ui_key(struct ui *u, const struct key *k);
void ui_draw(
	struct ui *u); /* paints and hands to the terminal, if it is ready and something changed */
void ui_paint(struct ui *u); /* into u->frame */

/* Of the session and of commands that run. */
void turn_on_event(void *ctx, const struct event *e);
void turn_on_note(void *ctx, const char *line);
void turn_on_text(void *ctx, const char *text, size_t len);

/* Of timers. */
void turn_answer_tick(void *ctx); /* each second of an answer */
void turn_arm_review(void *ctx);  /* a review's first moment is over: keys decide */
void turn_left_over(void *ctx);	  /* the moment after a review is over */
void turn_lint_now(void *ctx);
void turn_escape_over(void *ctx); /* no more bytes came for a key */
void turn_paste_over(void *ctx);
void turn_keys_rest(void *ctx);
void turn_draw_again(void *ctx);

/* What a typed letter does to the screen, without painting all of it: turn_typed.c. */
bool turn_letter(struct ui *u, const struct key *k);	     /* false: it is no such letter */
bool turn_letter_event(struct ui *u, const struct event *e); /* false: it is of no such letter */
void turn_painted(struct ui *u);			     /* all of it */
bool turn_paint_typed(struct ui *u);			     /* false: all is to be painted */

#endif
