/* tty_review.h - the text that a review would write, read from a terminal's
 * cells and from nothing else.
 *
 * The review has the whole screen (zoomed), in the theme mono, in which what
 * stands for something else is reverse. */
#ifndef POSEDGE_TEST_TTY_REVIEW_H
#define POSEDGE_TEST_TTY_REVIEW_H

#include <stdbool.h>
#include <vterm.h>

struct str;

struct review_reader {
	VTermScreen *screen;
	int rows, cols;
	void *ctx;
	void (*keys)(void *ctx, const char *keys);
	/* Until the screen shows text, or does not any more; false: it does not happen. */
	bool (*wait)(void *ctx, const char *text, bool there);
};

/* Scrolls through all of it. False: why is a sentence. */
bool tty_review_read(const struct review_reader *r, struct str *out, struct str *why);

#endif
