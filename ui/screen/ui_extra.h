/* ui_extra.h - a plugin's pane, in the place of the code: which, and how far it is
 * scrolled. Its lines are the plugin's, see session/workbench/extensions.h. */
#ifndef POSEDGE_UI_EXTRA_H
#define POSEDGE_UI_EXTRA_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct extra_pane;
struct ui;

struct ui_extra {
	struct extra_pane *pane; /* NULL: none is open */
	size_t top;		 /* the first line shown */
	struct str why;		 /* it could not be filled: a sentence; "" */
};

static inline struct ui_extra *ui_extra(const struct ui *u)
{
	return ui_parts(u)->extra;
}

void ui_end_extra(struct ui *u); /* it goes from the screen */

#endif
