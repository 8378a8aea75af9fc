/* layout.h - where the panes are: a pure function of the screen's size.
 *
 *   from 120 columns      60 to 119 columns     below 60x15
 *   spec │ code           code                  the one with the focus
 *   ─────┤                ──────────────
 *   chat │ log            chat, log or spec
 *
 * The first row of a pane is its title; the last row of the screen is the
 * status line, above it stands a message that does not fit into it. A review
 * has the full width. Zoomed, or below 60x15, only the
 * pane with the focus is there.
 */
#ifndef POSEDGE_LAYOUT_H
#define POSEDGE_LAYOUT_H

#include <stdbool.h>

#include "ui/look/frame.h"

enum pane { PANE_SPEC, PANE_CHAT, PANE_CODE, PANE_LOG, PANES };

struct layout_wish {
	enum pane focus;
	enum pane lower; /* the one below the code: not PANE_CODE */
	bool zoom, review;
	int message;			   /* rows that a long message wants; 0: none */
	int left, upper_left, upper_right; /* shares in percent; 0: as is usual */
};

struct layout {
	struct rect pane[PANES]; /* with the title; rows 0: not shown */
	int divider;		 /* column between left and right; -1: none */
	int status;		 /* row; -1: none */
	int message;		 /* rows above it, for a message */
};

void layout_make(int rows, int cols, const struct layout_wish *w, struct layout *out);

/* p has the keys, and comes into sight if it was not. */
void layout_focus(struct layout_wish *w, enum pane p);
/* p comes into sight below the code, where only one has room; the keys stay. */
void layout_show(struct layout_wish *w, enum pane p);

/* The pane with the keys gets by percent more of the rows that it shares with
 * another, or of the columns. */
void layout_grow(struct layout_wish *w, const struct layout *l, int by);
void layout_widen(struct layout_wish *w, int by);

/* What the mouse can drag: the border between the columns, or over a lower pane. */
enum border { BORDER_NONE, BORDER_COLUMNS, BORDER_LEFT, BORDER_RIGHT };
enum border layout_border_at(const struct layout *l, int row, int col);
void layout_drag(struct layout_wish *w, enum border b, int row, int col, int rows,
		 int cols); /* to that cell of a screen */

/* Which pane a cell belongs to; PANES: none. */
enum pane layout_pane_at(const struct layout *l, int row, int col);

/* The rows of a pane under its title. */
struct rect pane_body(struct rect pane);

const char *pane_name(enum pane p);
bool pane_parse(const char *name, enum pane *p);

#endif
