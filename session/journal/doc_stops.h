/* doc_stops.h - intermediate texts of a document along its undo tree, kept so that
 * every node is close to one: for looking at the past.
 *
 * The tree belongs to a document that does not grow any more; the documents that
 * are warmed are copies of it (doc_copy()). One text is kept per STOPS_EVERY
 * changes, or less often if it is long, so that together they take at most
 * STOPS_BYTES per change. Texts are made on first use and exist only in memory.
 */
#ifndef POSEDGE_DOC_STOPS_H
#define POSEDGE_DOC_STOPS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct doc;
struct doc_stops;

#define STOPS_EVERY 1000
#define STOPS_BYTES 256

/* Takes over the text of node 0 (from mem_*). */
struct doc_stops *doc_stops_new(char *text, size_t len);
void doc_stops_free(struct doc_stops *s); /* NULL is fine */

size_t doc_stops_count(const struct doc_stops *s);

/* Warms d, a cold copy, at its current node. ERR_CONFLICT when an edit does not
 * fit, because it is another text. */
bool doc_stops_warm(struct doc_stops *s, struct doc *d, struct err *err);

#endif
