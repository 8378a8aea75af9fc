/* term.h - a terminal: frames out, bytes in. There are two kinds: the real one with
 * curses (term_curses.c, the only file that uses curses), and one in memory for scripts
 * and tests (term_mem.c).
 *
 * Drawing never blocks: a frame's bytes are written as the terminal takes them, and
 * `busy` is set until all are out. The caller draws nothing meanwhile, so a slow
 * terminal drops frames but no keys.
 *
 * Map of ui/terminal: everything outside the screen.
 *
 *   term term_curses term_mem    frames out, bytes in; real, and in memory
 *   keys mouse_report            bytes to keys; mouse reports
 *   key_name keymap              names of keys; keys to commands
 *   terminal_notes               advice on the terminal's settings
 *   tty_ask                      asks the user of a shell command
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

typedef void term_input_fn(void *ctx, const char *bytes, size_t len);

/* Called from the loop. */
struct term_events {
	void (*resized)(void *ctx);
	void (*drained)(void *ctx); /* no longer busy */
	void (*closed)(void *ctx);  /* the terminal is gone; no more calls */
	void *ctx;
};

struct term_ops {
	void (*close)(struct term *t); /* restores the terminal */
	/* Passes input to fn from now on. Before this call nothing is read: the
	 * kernel keeps the input, and only a signal shows that the terminal is gone. */
	void (*read)(struct term *t, term_input_fn *fn, void *ctx);
	/* Copies at most size bytes of input that fn has not had yet, without
	 * waiting; 0: none, or input is not read at present. */
	size_t (*take)(struct term *t, char *bytes, size_t size);
	void (*draw)(struct term *t, const struct frame *f);
	/* Writes bytes verbatim: OSC 52, queries. */
	void (*send)(struct term *t, const char *bytes, size_t len);
	void (*leave)(struct term *t); /* another program uses the terminal until enter() */
	void (*enter)(struct term *t);
	void (*forget)(struct term *t);	     /* redraw everything with the next frame */
	void (*synchronise)(struct term *t); /* the terminal understands mode 2026 */
	/* on: report the mouse; moves: also while no button is down */
	void (*mouse)(struct term *t, bool on, bool moves);
	void (*theme)(struct term *t, enum theme theme);
};

/* Read-only for callers. */
struct term {
	const struct term_ops *ops;
	int rows, cols;
	bool busy; /* it has not taken all bytes of the last frame */
};

/* ERR_TOOL: TERM is unknown, or the terminal cannot move the cursor. */
struct term *term_curses_open(struct loop *l, enum theme theme, const struct term_events *ev,
			      struct err *err);

struct term *term_mem_open(int rows, int cols, const struct term_events *ev);
void term_mem_resize(struct term *t, int rows, int cols);
const char *term_mem_sent(const struct term *t); /* the tail of the bytes sent, as text */

#endif
