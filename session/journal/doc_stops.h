/* doc_stops.h - texts of a document on the way through its undo tree, kept, so
 * that every state of it is near one: for looking at what was.
 *
 * The tree belongs to a document that grows no more; those that are warmed are
 * copies of it (doc_copy()). One text is kept for every STOPS_EVERY changes and
 * for as many more as it is long, so that all of them take no more than
 * STOPS_BYTES for each change. They are made when a state is first asked for,
 * and are nowhere but in memory.
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

/* Takes the text (from mem_*) of node 0 over. */
struct doc_stops *doc_stops_new(char *text, size_t len);
void doc_stops_free(struct doc_stops *s); /* NULL is fine */

size_t doc_stops_count(const struct doc_stops *s);

/* Gives d, a cold copy, the text of its current node. ERR_CONFLICT when an edit
 * does not fit: it is another text. */
bool doc_stops_warm(struct doc_stops *s, struct doc *d, struct err *err);

#endif
