/* line_edit.h - a few lines that a person types: questions, names, patterns.
 *
 * Owns the text, the cursor (a byte offset at a cluster's start) and a history
 * of what was entered before. Knows no screen.
 */
#ifndef POSEDGE_LINE_EDIT_H
#define POSEDGE_LINE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct key;

#define LINE_EDIT_MAX (1u << 20) /* bytes */
#define LINE_HISTORY  200

struct line_edit {
	struct str text;
	size_t cursor;
	bool many; /* more than one line may be typed */
	struct strv history;
	size_t at;	  /* in the history; history.n: the line being typed */
	struct str draft; /* what was being typed before the history was looked at */
};

void line_edit_init(struct line_edit *e, bool many);
void line_edit_fini(struct line_edit *e);
void line_edit_set(struct line_edit *e, const char *text); /* cursor at the end */
/* Also what was pasted, its line ends made LF. False: it would be more than
 * LINE_EDIT_MAX, and nothing was changed. */
bool line_edit_insert(struct line_edit *e, const char *text, size_t len);

/* Adds pasted text to out with its line ends made LF: terminals paste CR. */
void line_ends(const char *text, size_t len, struct str *out);

/* Whether the key meant something to it: letters, moving, deleting, and Up and
 * Down through the lines, then the history. */
bool line_edit_key(struct line_edit *e, const struct key *k);

/* Keeps the text in the history and empties it. The caller frees the result. */
char *line_edit_enter(struct line_edit *e);

#endif
