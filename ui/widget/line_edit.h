/* line_edit.h - an input field of one or a few lines: questions, names, patterns.
 *
 * Owns the text, the cursor (a byte offset at the start of a cluster) and a history of
 * earlier inputs. Knows no screen.
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
	bool many; /* several lines allowed */
	struct strv history;
	size_t at;	  /* index into history; history.n: the text being typed */
	struct str draft; /* text typed before going into the history */
};

void line_edit_init(struct line_edit *e, bool many);
void line_edit_fini(struct line_edit *e);
void line_edit_set(struct line_edit *e, const char *text); /* cursor at the end */
/* Inserts typed or pasted text, its line ends made LF. False: the text would exceed
 * LINE_EDIT_MAX; nothing changed. */
bool line_edit_insert(struct line_edit *e, const char *text, size_t len);

/* The same in place of the text from `from` to the cursor. */
bool line_edit_replace(struct line_edit *e, size_t from, const char *text, size_t len);

/* Appends pasted text to out with its line ends made LF; terminals paste CR. */
void line_ends(const char *text, size_t len, struct str *out);

/* True if the key was used: letters, movement, deletion, and Up and Down through the
 * lines, then through the history. */
bool line_edit_key(struct line_edit *e, const struct key *k);

/* Adds the text to the history and clears it. The caller frees the result. */
char *line_edit_enter(struct line_edit *e);

#endif
