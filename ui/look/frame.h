/* frame.h - one screen as cells: painters write it, a terminal shows it.
 *
 * Each cell holds a cluster (see cluster.h) and a style; the second column of a wide
 * character is a cell of width 0. Writing is clipped, never wrapped. Knows no terminal
 * and no state.
 *
 * Map of ui/look: cells, and what they look like.
 *
 *   frame cluster           the cells of a screen; which bytes of a text share one
 *   wrap                    where a line continues in the next row
 *   theme signs             styles as colours; signs that the locale can show
 *   layout                  the positions of the panes
 */
#ifndef POSEDGE_FRAME_H
#define POSEDGE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/look/cluster.h"
#include "ui/look/theme.h"

struct str;

struct rect {
	int row, col, rows, cols;
};

struct cell {
	uint32_t cp[1 + CLUSTER_MARKS]; /* 0 after the last */
	uint16_t style;			/* enum style with enum style_flags */
	uint8_t width;			/* 1 or 2; 0 = right half of a wide character */
};

/* A rectangle that can be clicked, and what its painter put there. */
struct spot {
	struct rect r;
	int kind;     /* an enum of the painter */
	size_t index; /* of that kind */
};

struct frame {
	int rows, cols;
	struct cell *cells;	    /* row by row */
	int cursor_row, cursor_col; /* -1: no cursor */
	int from, to;		    /* rows outside [from, to) are as in the frame drawn before */
	struct spot *spots;	    /* in painting order; see frame_spot() */
	size_t n_spots, cap_spots;
};

void frame_init(struct frame *f);
void frame_fini(struct frame *f);

/* Sets the size, blanks all cells and removes all spots. */
void frame_reset(struct frame *f, int rows, int cols);

/* Writes text from col up to, but not including, end; returns the column after it.
 * Drops a wide character that does not fit. */
int frame_text(struct frame *f, int row, int col, int end, unsigned style, const char *s,
	       size_t len);
int frame_puts(struct frame *f, int row, int col, int end, unsigned style, const char *s);
int frame_putf(struct frame *f, int row, int col, int end, unsigned style, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));

/* Writes one cluster; returns the column after it, or end if it does not fit. */
int frame_cluster(struct frame *f, int row, int col, int end, unsigned style,
		  const struct cluster *c);

/* Writes a cluster of one byte (cluster_is_byte); returns as frame_cluster(). */
int frame_byte(struct frame *f, int row, int col, int end, unsigned style, char byte);

/* Makes r, which is inside the frame, as after frame_reset(). */
void frame_clear(struct frame *f, struct rect r);
void frame_fill(struct frame *f, struct rect r, unsigned style); /* with blanks */
void frame_embolden(struct frame *f, int row, int col, int end); /* adds STYLE_BOLD */
void frame_cursor(struct frame *f, int row, int col);

void frame_spot(struct frame *f, struct rect r, int kind, size_t index);
const struct spot *frame_spot_at(const struct frame *f, int row,
				 int col); /* the topmost; NULL if none. Borrowed */

/* Appends the text of all rows without trailing blanks; tests compare it. */
void frame_print(const struct frame *f, struct str *out);

/* Appends one letter per cell for its style, ' ' for plain text; for the same tests. */
void frame_print_styles(const struct frame *f, struct str *out);

bool rect_has(struct rect r, int row, int col);

#endif
