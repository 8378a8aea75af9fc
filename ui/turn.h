/* turn.h - one turn of the loop on the screen: input, what follows, drawing.
 *
 *   bytes -> ui_input() -> ui_key() -> commands, panes -> events of the session
 *   event -> turn_on_event() -> lists, marks, jobs; u->dirty
 *   before the loop sleeps -> ui_draw() -> the rows that changed
 *
 * These are the parts that ui_new() ties to the session and to timers; ctx is the
 * struct ui. What others call is in ui.h.
 */
#ifndef POSEDGE_TURN_H
#define POSEDGE_TURN_H

#include <stdbool.h>
#include <stddef.h>

struct event;
struct key;
struct ui;

/* Of the session and of commands that run. */
void turn_on_event(void *ctx, const struct event *e);
void turn_on_note(void *ctx, const char *line);
void turn_on_text(void *ctx, const char *text, size_t len);

/* Of timers. */
void turn_answer_tick(void *ctx);	/* each second of an answer */
void turn_arm_review(void *ctx);	/* a review's first moment is over: keys decide */
void turn_left_over(void *ctx);		/* the moment behind a review is over */
void turn_lint_now(void *ctx);
void turn_escape_over(void *ctx);	/* no more bytes came for a key */
void turn_paste_over(void *ctx);
void turn_keys_rest(void *ctx);
void turn_draw_again(void *ctx);

/* What a typed letter does to the screen, without painting all of it: turn_typed.c. */
void turn_typed_event(struct ui *u, const struct event *e);	/* each that a key causes */
bool turn_typed_only(struct ui *u, const struct key *k);	/* whether that was all the key did */
void turn_painted(struct ui *u);	/* all of it */
bool turn_paint_typed(struct ui *u);	/* false: all is to be painted */

#endif
