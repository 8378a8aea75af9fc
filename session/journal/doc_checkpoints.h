/* doc_checkpoints.h - intermediate texts of a document along its undo tree, kept so that
 * every node is close to one: for looking at the past.
 *
 * The tree belongs to a document that does not grow any more; the documents that
 * are warmed are copies of it (doc_copy()). One text is kept per STOPS_EVERY
 * changes, or less often if it is long, so that together they take at most
 * STOPS_BYTES per change. Texts are made on first use and exist only in memory.
 */
#ifndef POSEDGE_DOC_CHECKPOINTS_H
#define POSEDGE_DOC_CHECKPOINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct doc;
struct doc_checkpoints;

#define STOPS_EVERY 1000
#define STOPS_BYTES 256

/* Takes over the text of node 0 (from mem_*). */
struct doc_checkpoints *doc_checkpoints_new(char *text, size_t len);
void doc_checkpoints_free(struct doc_checkpoints *s); /* NULL is fine */

size_t doc_checkpoints_count(const struct doc_checkpoints *s);

/* Warms d, a cold copy, at its current node. ERR_CONFLICT when an edit does not
 * fit, because it is another text. */
bool doc_checkpoints_load(struct doc_checkpoints *s, struct doc *d, struct err *err);

#endif
