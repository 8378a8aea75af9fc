/* ui_extra.h - a plugin's pane, in place of the code: which one, and its scroll
 * position. The plugin provides its lines, see session/workbench/extensions.h. */
#ifndef POSEDGE_UI_EXTRA_H
#define POSEDGE_UI_EXTRA_H

#include <stddef.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct extra_pane;
struct ui;

struct ui_extra {
	struct extra_pane *pane; /* opened last; NULL: none */
	size_t top;		 /* first line shown */
	/* why the pane could not be filled, as a sentence; "" if it could */
	struct str why;
};

static inline struct ui_extra *ui_extra(const struct ui *u)
{
	return ui_parts(u)->extra;
}

#endif
