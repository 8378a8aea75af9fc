/* ui_panes.h - where the panes are and which of them has the keys. */
#ifndef POSEDGE_UI_PANES_H
#define POSEDGE_UI_PANES_H

#include <stdbool.h>

#include "ui/look/layout.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_panes {
	struct layout_wish wish;
	struct layout layout; /* of the last drawing */
	bool dragging;	      /* a button of the mouse is down */
	enum border border;   /* and drags this one; NONE: it selects */
	bool told_mouse;
};

static inline struct ui_panes *ui_panes(const struct ui *u)
{
	return ui_parts(u)->panes;
}

enum pane ui_focused(const struct ui *u);
void ui_focus(struct ui *u, enum pane p); /* it comes into sight, if it was not */
void ui_show(
	struct ui *u,
	enum pane p); /* below the code, where only one has room; the keys stay where they are */

#endif
