/* provenance.h - who wrote each line of a document.
 *
 * A fold over the way from the root of the undo tree to the current node: each
 * edit gives the lines that it makes to its author, lines that are the same
 * before and after it keep theirs (a diff of what the edit replaced tells), and
 * a line that comes back word for word after it was cut keeps its author, too.
 * What a person changes in a model's line is by both. Pure: knows no file and
 * no screen. Owns a copy of the text, so it is for texts of an ordinary size;
 * PROVENANCE_LIMIT is the most.
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

/* At a node of the undo tree; base: the text of node 0. NULL: too large, or an
 * edit does not fit it. */
struct provenance *provenance_new(const struct state *st, const struct doc *d, uint32_t node,
				  const char *base, size_t len);
void provenance_free(struct provenance *p); /* NULL is fine */

/* To where d is now: one step for an edit, from the base on after an undo.
 * False: it does not fit; free it. */
bool provenance_follow(struct provenance *p, const struct state *st, const struct doc *d);

/* A change that no event records, such as an edit by another program: the text is this one
 * by now. One that is the same is fine. */
bool provenance_become(struct provenance *p, const struct state *st, const char *text, size_t len,
		       struct author by);

size_t provenance_lines(const struct provenance *p);
struct author provenance_line(const struct provenance *p,
			      size_t i); /* AUTHOR_BEFORE after the last */
const char *provenance_text(const struct provenance *p, size_t *len);

/* Whose the lines are, in runs; the caller frees *out. */
size_t provenance_runs(const struct provenance *p, struct author_run **out);

/* "you", "model counter-1 #12", "model counter-1 #12 then you", "outside", "before";
 * the number is that of the answer, or of the suggestion where there is none. */
void author_print(const struct state *st, struct author a, struct str *out);

/* For a gutter: ' ' before, 'u' you, 'm' model, '*' model then you, 'o' outside. */
char author_letter(const struct state *st, struct author a);

#endif
