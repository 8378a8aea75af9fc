/* draft.h - a typed but unsent question, kept from one start to the next.
 *
 * DIR/draft, one per session: the text as typed, readable by its owner only. It is
 * never sent by itself; it comes back into the input line. Not part of the session's
 * record, so seals do not cover it.
 */
#ifndef POSEDGE_DRAFT_H
#define POSEDGE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Replaces the file atomically but without fsync: a machine crash may lose unsent
 * text. len 0 removes the file. A failure is silent; there is no draft then. */
void draft_save(const char *dir, const char *text, size_t len);

/* False: there is no draft, or it is not text of at most LINE_EDIT_MAX bytes. */
bool draft_load(const char *dir, struct str *out);

#endif
