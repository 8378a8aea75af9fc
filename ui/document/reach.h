/* reach.h - gutter marks for the lines of a document that no test reached.
 *
 * Owns a copy of the text that was run and the list of its missed lines. While the
 * document has exactly that text, its marks are REACH_MISSED. After an edit they are
 * REACH_STALE on the lines that did not change, and gone from the others. An update
 * costs a diff, so it runs only when the document is at another node of its undo tree.
 * Knows no screen and no tool.
 */
#ifndef POSEDGE_REACH_H
#define POSEDGE_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

#define REACH_LIMIT  (1u << 20) /* bytes; a longer text has no marks */
#define REACH_MISSED '!'	/* no test reached it */
#define REACH_STALE  '?'	/* no test reached it, in another version of the text */

struct reach {
	char *then;  /* the text that was run; NULL: none */
	int *missed; /* numbers of its missed lines, from 1, ascending */
	size_t n_missed;
	uint32_t node; /* node that marks were made for; valid when fresh */
	bool fresh;
	char *marks; /* one for each line: ' ', REACH_MISSED or REACH_STALE */
	size_t n;
};

void reach_fini(struct reach *r);

/* Takes the text that was run and the n lines of it that were not reached; copies
 * both. then NULL: forgets everything. */
void reach_set(struct reach *r, const char *then, const int *missed, size_t n);

void reach_update(struct reach *r, const struct text *t, uint32_t node);

static inline bool reach_known(const struct reach *r)
{
	return r->then != NULL;
}

char reach_mark(const struct reach *r, size_t line); /* line from 0; ' ' if not known */

#endif
