/* ui_context.h - the context view, in place of the code: what the next question
 * would send, or what the last one sent. */
#ifndef POSEDGE_UI_CONTEXT_H
#define POSEDGE_UI_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/ask/ask_view.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_context {
	bool last; /* show the last request as it was sent */
	struct ask_view view;
	size_t chosen, top; /* entries; both within the list, or 0 */
};

static inline struct ui_context *ui_context(const struct ui *u)
{
	return ui_parts(u)->context;
}

#endif
