/* ui_tabs.h - the open files: the tabs of the code pane, and the spec. Paths are
 * relative to the root. */
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
struct text;
struct ui;

#define UI_PLACES_MAX 50 /* the oldest goes first */

struct ui_place {
	char *path;
	size_t line, byte; /* from 0 */
};

struct ui_tabs {
	struct view *v;
	size_t n, cap;
	size_t at; /* the tab in front; below n unless n is 0 */
	struct view spec;
	struct kept_coverage reached;	     /* results of the last `coverage` */
	unsigned reached_n;		     /* how often reached was read; 0: not yet */
	struct ui_place left[UI_PLACES_MAX]; /* where jumps began, the newest last */
	size_t n_left;
};

static inline struct ui_tabs *ui_tabs(const struct ui *u)
{
	return ui_parts(u)->tabs;
}

struct view *ui_view(struct ui *u); /* the focused one; NULL: none */
struct view *ui_code(struct ui *u); /* of the code pane; NULL: none */
/* NULL: the session has no such document */
struct doc *ui_doc(const struct ui *u, struct view *v);
struct text *ui_text(const struct ui *u, struct view *v); /* NULL: not available */
bool ui_open(struct ui *u, const char *path, bool create, struct err *err);
/* A jump begins: the cursor's place is one to come back to. */
void ui_leave_place(struct ui *u);
/* Goes to the newest place that is not the cursor's own, and forgets it. */
bool ui_back(struct ui *u, struct err *err);
/* A jump. line and col from 1; 0: do not move there. */
bool ui_open_at(struct ui *u, const char *path, int line, int col, struct err *err);
/* Updates the gutter's change marks if the text differs from the file. */
void ui_mark_changes(struct ui *u, struct view *v);
void ui_reload_coverage(struct ui *u); /* call after `coverage` ran: rereads its results */
size_t ui_find_tab(const struct ui *u, const char *path); /* ui_tabs(u)->n: no such tab */
bool ui_close_tab(struct ui *u, struct err *err);
/* Closes the tab of path if there is one; the tab in front stays. */
void ui_drop_tab(struct ui *u, const char *path);
/* Closes the tabs of files that a rewind to before they were made has removed. */
void ui_drop_removed(struct ui *u);
/* Reopens the files of the last session; alone: only those with unsaved edits. */
void ui_restore(struct ui *u, bool alone);
/* project_first_file() of the folder where posedge was started, else of the project, unless
 * it is huge. */
void ui_open_something(struct ui *u);
void ui_remember(struct ui *u);
void ui_unsaved(const struct ui *u, struct strv *paths);
void ui_edited(struct ui *u, const struct event *e); /* updates the views after e */

#endif
