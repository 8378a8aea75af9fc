/* draft.h - the question that was typed and not sent, from one start to the next.
 *
 * DIR/draft, one for each session: the text as typed, readable by its owner only.
 * Nothing sends it; it comes back into the input line. Not a part of the
 * session, so no seal is about it.
 */
#ifndef POSEDGE_DRAFT_H
#define POSEDGE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Atomic, but does not wait for the disk: what a crash of the machine loses was never
 * sent. No text removes it. A failure is silent: there is no draft then. */
void draft_save(const char *dir, const char *text, size_t len);

/* False: there is none, or it is no text of at most LINE_EDIT_MAX bytes. */
bool draft_load(const char *dir, struct str *out);

#endif
