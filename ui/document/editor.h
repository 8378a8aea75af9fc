/* editor.h - the edits a typist makes; each call is one undo step.
 *
 * Works on a session's document through edit.h and on one view of it. On return the
 * session's watcher has updated every view of the document, and v has its cursor where
 * the edit ended. False with err: nothing changed.
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

/* The document of v->path; NULL if the session has none. Tries the index of the last
 * hit (v->doc) first, so a key press does not search. */
struct doc *editor_doc(const struct session *s, struct view *v);

/* Replaces the selection. */
bool editor_type(struct session *s, struct view *v, const char *text, size_t len, struct err *err);

/* Inserts a line end and this line's indentation, one level more after `begin` and
 * the like; CRLF if the first line has it. */
bool editor_newline(struct session *s, struct view *v, struct err *err);
bool editor_tab(struct session *s, struct view *v, bool out,
		struct err *err); /* out: outdents; with several lines selected, all of them */

enum erase { ERASE_BEFORE, ERASE_AFTER, ERASE_WORD_BEFORE, ERASE_WORD_AFTER, ERASE_LINE };
bool editor_erase(struct session *s, struct view *v, enum erase what, struct err *err);

/* Puts "//" before the selected lines, or removes it if all of them have it. */
bool editor_comment(struct session *s, struct view *v, struct err *err);

bool editor_undo(struct session *s, struct view *v, struct err *err);
bool editor_redo(struct session *s, struct view *v, struct err *err);

/* Appends the selected bytes; without a selection the line with its line end. */
void editor_copy(const struct view *v, const struct text *t, struct str *out);
bool editor_cut(struct session *s, struct view *v, struct str *out, struct err *err);

/* Finds the partner of the bracket or block keyword (begin, module, case ...) at off
 * or just before it; false if there is none. */
bool editor_match(const struct text *t, size_t off, size_t *from, size_t *to);

/* True if a bracket or block keyword is at off or just before it. Cheap: reads a few
 * bytes. */
bool editor_at_pair(const struct text *t, size_t off);

#endif
