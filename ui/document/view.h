/* view.h - a view of a document: cursor, selection, scroll position. No events.
 *
 * Positions are byte offsets into the text, always at the start of a cluster. A view
 * knows no session: whoever changes the text calls view_edited() on each of its views.
 * Reads struct text, never writes it.
 *
 * Map of ui/document: viewing and editing a file.
 *
 *   view           cursor, selection, scroll position
 *   editor match   edits by keys; the partner of a bracket or block keyword
 *   highlight      syntax colours
 *   changes        marks: lines that differ from the file
 *   reach          marks: lines that no test reached
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
	size_t doc; /* index of the document in the session at the last look-up: editor_doc() */
	size_t cursor;
	size_t anchor; /* the selection is between anchor and cursor */
	bool selecting;
	int goal;   /* column that up and down keep to; -1: the cursor's */
	size_t top; /* first line shown */
	int left;   /* first column shown */
	int cols;   /* columns shown last time */
	bool wrap;  /* break long lines into rows (Markdown) */
	struct highlight colours;
	struct changes changes; /* against the file; the owner updates it */
	struct reach reach;	/* of the last `coverage`; the owner updates it */
	unsigned reach_of;	/* which run reach is of: ui_tabs.reached_n */
	/* One letter per line, from line 0: 'i' if an explanation begins there, '?'
	 * if the code changed since, else ' '. The owner updates it. */
	struct str explained;
	size_t explained_of;	 /* number of explanations in the session when it was made */
	uint32_t explained_node; /* the text's node when it was made */
	/* NULL: not shown or not known. Owned; the owner of the view updates it. */
	struct provenance *authors;
	bool learned; /* changes knows the file's content or a save */
};

void view_init(struct view *v, const char *path);
void view_fini(struct view *v);

/* The selected range [*from, *to); empty if nothing is selected. */
void view_selection(const struct view *v, size_t *from, size_t *to);
void view_select(struct view *v, size_t from, size_t to); /* puts the cursor at to */
void view_unselect(struct view *v);
void view_move(struct view *v, const struct text *t, size_t off, bool select);
/* line from 0 */
void view_go_line(struct view *v, const struct text *t, size_t line, size_t col_bytes);

/* Moves the cursor by arrows, Home, End and page keys; with Shift, selects. rows:
 * height of the pane, for pages. False: not such a key. */
bool view_key(struct view *v, const struct text *t, const struct key *k, int rows);

/* end of the cluster at off; steps over a line end */
size_t view_next(const struct text *t, size_t off);
size_t view_before(const struct text *t, size_t off);
size_t view_word_right(const struct text *t, size_t off);
size_t view_word_left(const struct text *t, size_t off);
void view_word_at(const struct text *t, size_t off, size_t *from,
		  size_t *to); /* empty: no word at off */

/* view_column: display column of off in its line. view_at_column: last offset of the
 * line at or before column col. */
int view_column(const struct text *t, size_t off);
size_t view_at_column(const struct text *t, size_t line, int col);

/* Scrolls so that the cursor is inside rows x cols. */
void view_follow(struct view *v, const struct text *t, int rows, int cols);

/* Number of rows that a line takes when wrapped to cols. */
int view_rows_of(const struct text *t, size_t line, int cols);

/* The text's [off, off + removed) was replaced by ins bytes: moves cursor and anchor
 * along. */
void view_edited(struct view *v, const struct text *t, size_t off, size_t removed, size_t ins);
/* len bytes without a line end were inserted at the cursor, which is in line. */
void view_typed(struct view *v, size_t line, size_t len);
void view_clamp(struct view *v, const struct text *t);

#endif
