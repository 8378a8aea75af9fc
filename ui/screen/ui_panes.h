/* ui_panes.h - positions of the panes, and which one has the focus. */
#ifndef POSEDGE_UI_PANES_H
#define POSEDGE_UI_PANES_H

#include <stdbool.h>

#include "ui/look/layout.h"
#include "ui/screen/ui_parts.h"

struct pane_ops;
struct ui;

struct ui_panes {
	struct layout_wish wish;
	struct layout layout; /* as last drawn */
	bool dragging;	      /* a mouse button is down */
	enum border border;   /* the border being dragged; NONE: a selection is */
	bool mouse_hint_shown;
	/* The pane in the place of the code: see pane.h. NULL: none. */
	struct guest {
		const struct pane_ops *pane;
		void *own;		     /* what it keeps while it is open; NULL: nothing */
		void (*free_own)(void *own); /* NULL: nothing to free */
		enum pane from;		     /* had the focus before */
	} guest;
};

static inline struct ui_panes *ui_panes(const struct ui *u)
{
	return ui_parts(u)->panes;
}

enum pane ui_focused(const struct ui *u);
void ui_focus(struct ui *u, enum pane p); /* makes it visible if it was not */
void ui_close_guest(struct ui *u);	  /* shows the code again */
void ui_leave_guest(struct ui *u);	  /* and goes back to where it was opened */
/* Shows p below the code if only one pane fits there; the focus stays. */
void ui_show(struct ui *u, enum pane p);

#endif
