/* term.h - a terminal: frames out, bytes in. Two kinds: the real one, by
 * curses (term_curses.c, the one home of curses), and one in memory for
 * scripts and tests (term_mem.c).
 *
 * Drawing never blocks: a frame's bytes are written as the terminal takes
 * them, and ready() is false until they are out. Who draws waits for it, so a
 * slow terminal drops frames and no keys.
 *
 * Map of ui/terminal: what is outside of the screen.
 *
 *   term term_curses term_mem    frames out, bytes in; the real one, and one in memory
 *   keys mouse_report            bytes to keys; the mouse, as keys
 *   key_name keymap              names of keys, keys to commands
 *   terminal_notes               what a terminal needs to be told
 *   yes_no                       a question to whoever gave a command in a shell
 */
#ifndef POSEDGE_TERM_H
#define POSEDGE_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "ui/look/theme.h"

struct frame;
struct loop;
struct term;

/* Called from the loop. */
struct term_events {
	void (*input)(void *ctx, const char *bytes, size_t len);
	void (*resized)(void *ctx);
	void (*drained)(void *ctx); /* ready() is true again */
	void (*closed)(void *ctx);  /* the terminal is gone; nothing more comes */
	void *ctx;
};

struct term_ops {
	void (*close)(struct term *t); /* gives the terminal back as it was */
	void (*size)(const struct term *t, int *rows, int *cols);
	bool (*ready)(const struct term *t);
	void (*draw)(struct term *t, const struct frame *f);
	void (*send)(struct term *t, const char *bytes,
		     size_t len);      /* as they are: OSC 52, questions */
	void (*leave)(struct term *t); /* another program has the terminal until enter() */
	void (*enter)(struct term *t);
	void (*forget)(struct term *t);	     /* what is on the screen: all is drawn again */
	void (*synchronise)(struct term *t); /* it understands mode 2026 */
	/* moves: it also tells of the mouse while no button is down */
	void (*mouse)(struct term *t, bool on, bool moves);
	void (*theme)(struct term *t, enum theme theme);
};

struct term {
	const struct term_ops *ops;
};

/* ERR_TOOL when TERM is not known or cannot move the cursor. */
struct term *term_curses_open(struct loop *l, enum theme theme, const struct term_events *ev,
			      struct err *err);

struct term *term_mem_open(int rows, int cols, const struct term_events *ev);
void term_mem_resize(struct term *t, int rows, int cols);
const char *term_mem_sent(const struct term *t); /* some of the last bytes, as text */

#endif
