/* provenance.h - who wrote each line of a document.
 *
 * A fold along the path from the root of the undo tree to the current node. Each
 * edit assigns the lines it makes to its author; lines that are equal before and
 * after it keep theirs (found by a diff of the replaced text), and so does a line
 * that returns unchanged after it was cut. A model's line that the user changes
 * belongs to both. Pure: knows no file and no screen. Owns a copy of the text, so
 * it is meant for texts of ordinary size, at most PROVENANCE_LIMIT.
 */
#ifndef POSEDGE_PROVENANCE_H
#define POSEDGE_PROVENANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/journal/event.h"

struct doc;
struct state;
struct str;

#define PROVENANCE_LIMIT (4u << 20) /* bytes */

struct provenance;

/* At a node of the undo tree; base is the text of node 0. NULL: too large, or an
 * edit does not fit. */
struct provenance *provenance_new(const struct state *st, const struct doc *d, uint32_t node,
				  const char *base, size_t len);
void provenance_free(struct provenance *p); /* NULL is fine */

/* Moves to d's current node: one step after an edit, from the base after an undo.
 * False: it does not fit; free p. */
bool provenance_follow(struct provenance *p, const struct state *st, const struct doc *d);

/* Applies a change that no event records, such as an edit by another program: text
 * is the new text. An equal text is fine. */
bool provenance_set_text(struct provenance *p, const struct state *st, const char *text, size_t len,
			 struct author by);

size_t provenance_lines(const struct provenance *p);
struct author provenance_line(const struct provenance *p,
			      size_t i); /* AUTHOR_BEFORE after the last line */
const char *provenance_text(const struct provenance *p, size_t *len);

/* The authors of all lines, in runs; the caller frees *out. */
size_t provenance_runs(const struct provenance *p, struct author_run **out);

/* "you", "model counter-1 #12", "model counter-1 #12 then you", "outside",
 * "before". The number is that of the answer, or of the suggestion if there is no
 * answer. */
void author_print(const struct state *st, struct author a, struct str *out);

/* Letter for a gutter: ' ' before, 'u' you, 'm' model, '*' model then you, 'o'
 * outside. */
char author_letter(const struct state *st, struct author a);

#endif
