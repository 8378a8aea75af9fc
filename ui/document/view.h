/* view.h - looking at a document: cursor, selection, scroll. No events.
 *
 * Positions are byte offsets into the text and always at the start of a
 * cluster. A view knows no session: who changes the text tells its views by
 * view_edited(). Reads struct text, writes nothing.
 *
 * Map of ui/document: a file that is looked at and typed into.
 *
 *   view           cursor, selection, scroll
 *   editor match   what typing does; the partner of a bracket, of begin
 *   highlight      colours, line by line
 *   changes        lines that differ from the file
 *   reach          lines that no test reached
 */
#ifndef POSEDGE_VIEW_H
#define POSEDGE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

#include "ui/document/changes.h"
#include "ui/document/highlight.h"
#include "ui/document/reach.h"

struct key;
struct provenance;
struct text;

#define VIEW_TAB 4 /* columns of a tab */

struct view {
	char *path; /* owned */
	size_t doc; /* where it was found last among the session's documents: editor_doc() */
	size_t cursor;
	size_t anchor; /* the selection is between the two */
	bool selecting;
	int goal;   /* the column that up and down return to; -1: the cursor's */
	size_t top; /* first line shown */
	int left;   /* first column shown */
	int cols;   /* how many were shown last */
	bool wrap;  /* long lines go on in the next row (Markdown) */
	struct highlight colours;
	struct changes changes; /* against the file; the owner keeps it up to date */
	struct reach reach;	/* of the last `coverage`; the owner keeps it up to date */
	unsigned reach_of;	/* which one: ui_tabs.reached_n */
	/* A letter for each line at which an explanation begins, from line 0: 'i', or '?'
	 * where the code changed since; the owner keeps it up to date. */
	struct str explained;
	size_t explained_of;	 /* explanations of the session when it was made */
	uint32_t explained_node; /* and the text's node */
	struct provenance
		*authors; /* NULL: not shown, or not known; the owner keeps it up to date */
	bool learned;	  /* changes has heard of a save or of the file */
};

void view_init(struct view *v, const char *path);
void view_fini(struct view *v);

/* [*from, *to): empty when nothing is selected. */
void view_selection(const struct view *v, size_t *from, size_t *to);
void view_select(struct view *v, size_t from, size_t to); /* the cursor at to */
void view_unselect(struct view *v);
void view_go(struct view *v, const struct text *t, size_t off, bool select);
void view_go_line(struct view *v, const struct text *t, size_t line, size_t col_bytes); /* from 0 */

/* Moves by arrows, Home, End, pages; with Shift it selects. False: the key
 * moves nothing. rows: of the pane, for pages. */
bool view_key(struct view *v, const struct text *t, const struct key *k, int rows);

size_t view_next(const struct text *t, size_t off); /* the cluster's end; over a line end */
size_t view_before(const struct text *t, size_t off);
size_t view_word_right(const struct text *t, size_t off);
size_t view_word_left(const struct text *t, size_t off);
void view_word_at(const struct text *t, size_t off, size_t *from,
		  size_t *to); /* empty: no word there */

/* The display column of off in its line, and the offset nearest to a column
 * of a line. */
int view_column(const struct text *t, size_t off);
size_t view_at_column(const struct text *t, size_t line, int col);

/* Scrolls so that the cursor is among rows x cols. */
void view_follow(struct view *v, const struct text *t, int rows, int cols);

/* How many rows a line takes when wrapped to cols; and where a row starts. */
int view_rows_of(const struct text *t, size_t line, int cols);

/* [off, off + removed) of the text became ins bytes: keeps the place. */
void view_edited(struct view *v, const struct text *t, size_t off, size_t removed, size_t ins);
/* len bytes, none of them a line end, came in at the cursor, which is in that line. */
void view_typed(struct view *v, size_t line, size_t len);
void view_clamp(struct view *v, const struct text *t);

#endif
