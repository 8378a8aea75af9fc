/* layout.h - the positions of the panes, as a pure function of the screen size.
 *
 *   from 120 columns      60 to 119 columns     below 60x15
 *   spec │ code           code                  the focused pane
 *   ─────┤                ──────────────
 *   chat │ log            chat, log or spec
 *
 * The first row of a pane is its title. The last row of the screen is the status line;
 * a message that does not fit into it takes the rows above. A review has the full
 * width. When zoomed, or below 60x15, only the focused pane is shown. While a question to
 * the user is open, the chat with the focus takes what it needs from the pane above.
 */
#ifndef POSEDGE_LAYOUT_H
#define POSEDGE_LAYOUT_H

#include <stdbool.h>

#include "ui/look/frame.h"

enum pane { PANE_SPEC, PANE_CHAT, PANE_CODE, PANE_LOG, PANES };

struct layout_wish {
	enum pane focus;
	enum pane lower; /* the pane below the code; not PANE_CODE */
	bool zoom, review;
	int message;			   /* rows wanted by a long message; 0: none */
	int asked;			   /* rows of a question to the user; 0: none */
	int left, upper_left, upper_right; /* shares in percent; 0: default */
};

struct layout {
	struct rect pane[PANES]; /* including the title; rows 0: not shown */
	int divider;		 /* column between left and right; -1: none */
	int status;		 /* row; -1: none */
	int message;		 /* rows for a message, above the status line */
};

void layout_make(int rows, int cols, const struct layout_wish *w, struct layout *out);

/* Gives p the keyboard focus and makes it visible. */
void layout_focus(struct layout_wish *w, enum pane p);
/* Makes p visible below the code if only one pane fits there; the focus stays. */
void layout_show(struct layout_wish *w, enum pane p);

/* Gives the focused pane `by` percent more of the rows, or of the columns, that it
 * shares with another pane. */
void layout_grow(struct layout_wish *w, const struct layout *l, int by);
void layout_widen(struct layout_wish *w, int by);

/* Borders the mouse can drag: between the columns, or the top of a lower pane. */
enum border { BORDER_NONE, BORDER_COLUMNS, BORDER_LEFT, BORDER_RIGHT };
enum border layout_border_at(const struct layout *l, int row, int col);
void layout_drag(struct layout_wish *w, enum border b, int row, int col, int rows,
		 int cols); /* moves b to that cell */

/* The pane that a cell is in; PANES: none. */
enum pane layout_pane_at(const struct layout *l, int row, int col);

/* A pane's rectangle without its title row. */
struct rect pane_body(struct rect pane);

const char *pane_name(enum pane p);
bool pane_parse(const char *name, enum pane *p);

#endif
