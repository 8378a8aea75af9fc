/* ui_tabs.h - the open files: of the code pane, and the spec. Paths are relative to
 * the root. */
#ifndef POSEDGE_UI_TABS_H
#define POSEDGE_UI_TABS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/mutant/kept.h"
#include "ui/document/view.h"
#include "ui/screen/ui_parts.h"

struct doc;
struct event;
struct strv;
struct text;
struct ui;

struct ui_tabs {
	struct view *v;
	size_t n, cap;
	size_t at; /* the one in front; below n, or there are none */
	struct view spec;
	struct kept_coverage reached; /* what the last `coverage` found */
	unsigned reached_n;	      /* how often that was read; 0: not yet */
};

static inline struct ui_tabs *ui_tabs(const struct ui *u)
{
	return ui_parts(u)->tabs;
}

struct view *ui_view(struct ui *u);			  /* the one with the focus; NULL: none */
struct view *ui_code(struct ui *u);			  /* of the code pane; NULL: none */
struct doc *ui_doc(const struct ui *u, struct view *v);	  /* NULL: there is none of its path */
struct text *ui_text(const struct ui *u, struct view *v); /* NULL: not to be had */
bool ui_open(struct ui *u, const char *path, bool create, struct err *err);
bool ui_open_at(struct ui *u, const char *path, int line, int col,
		struct err *err); /* from 1; 0: anywhere */
void ui_mark_changes(struct ui *u,
		     struct view *v); /* the gutter's, where the text is not that of the file */
void ui_learn_reached(struct ui *u);  /* that `coverage` ran: what it kept is read anew */
bool ui_close_tab(struct ui *u, struct err *err);
void ui_drop_tab(struct ui *u,
		 const char *path); /* that one, if it is there; the one in front stays */
void ui_restore(struct ui *u,
		bool alone); /* what was open when it last ended; alone: only what has edits */
void ui_open_something(struct ui *u); /* the project's first file, if it is no huge one */
void ui_remember(struct ui *u);
void ui_unsaved(const struct ui *u, struct strv *paths);
void ui_edited(struct ui *u, const struct event *e); /* tells the views */

#endif
