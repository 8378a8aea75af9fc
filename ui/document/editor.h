/* editor.h - what typing does to a document: each call is one undo step.
 *
 * Works on a session's document through edit.h and on one view of it. After a
 * call every view of the document has been told by the session's watcher; the
 * cursor of this one stands where a person expects it. False with err: nothing
 * changed.
 */
#ifndef POSEDGE_EDITOR_H
#define POSEDGE_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct doc;
struct session;
struct str;
struct text;
struct view;

/* The document that v looks at; NULL: there is none of its path. Where it was found
 * last is looked at first, so a key searches for none. */
struct doc *editor_doc(const struct session *s, struct view *v);

/* Replaces the selection. */
bool editor_type(struct session *s, struct view *v, const char *text, size_t len, struct err *err);

/* A line end and the indentation of this line, one more after begin and the
 * like; CRLF where the file has it. */
bool editor_newline(struct session *s, struct view *v, struct err *err);
bool editor_tab(struct session *s, struct view *v, bool out,
		struct err *err); /* several lines: all of them */

enum erase { ERASE_BEFORE, ERASE_AFTER, ERASE_WORD_BEFORE, ERASE_WORD_AFTER, ERASE_LINE };
bool editor_erase(struct session *s, struct view *v, enum erase what, struct err *err);

/* Puts "//" before the selected lines, or takes it away when all have it. */
bool editor_comment(struct session *s, struct view *v, struct err *err);

bool editor_undo(struct session *s, struct view *v, struct err *err);
bool editor_redo(struct session *s, struct view *v, struct err *err);

/* The selected bytes; without a selection the line with its end. */
void editor_copy(const struct view *v, const struct text *t, struct str *out);
bool editor_cut(struct session *s, struct view *v, struct str *out, struct err *err);

/* The partner of the bracket or of the begin, module, case... at off; false:
 * there is none. */
bool editor_match(const struct text *t, size_t off, size_t *from, size_t *to);

/* Whether there is anything at off, or before it, that could have one. */
bool editor_at_pair(const struct text *t, size_t off);

#endif
