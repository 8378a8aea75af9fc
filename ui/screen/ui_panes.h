/* ui_panes.h - positions of the panes, and which one has the focus. */
#ifndef POSEDGE_UI_PANES_H
#define POSEDGE_UI_PANES_H

#include <stdbool.h>

#include "ui/look/layout.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_panes {
	struct layout_wish wish;
	struct layout layout; /* as last drawn */
	bool dragging;	      /* a mouse button is down */
	enum border border;   /* the border being dragged; NONE: a selection is */
	bool mouse_hint_shown;
};

static inline struct ui_panes *ui_panes(const struct ui *u)
{
	return ui_parts(u)->panes;
}

enum pane ui_focused(const struct ui *u);
void ui_focus(struct ui *u, enum pane p); /* makes it visible if it was not */
/* Shows p below the code if only one pane fits there; the focus stays. */
void ui_show(struct ui *u, enum pane p);

#endif
