/* reach.h - which lines of a document no test reached, for the gutter.
 *
 * Owns a copy of the text that was run and of its lines. While a document has that text
 * its marks are true of it. With any other text they are stale: lines that are as they
 * were keep a mark that says so, others have none. The comparison costs a diff and is
 * made anew only for another node of the undo tree. Knows no screen and no tool.
 */
#ifndef POSEDGE_REACH_H
#define POSEDGE_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

#define REACH_LIMIT  (1u << 20) /* bytes; a longer text has no marks */
#define REACH_MISSED '!'	/* nothing reached it */
#define REACH_STALE  '?'	/* nothing reached it when the text was another one */

struct reach {
	char *then;  /* what was run; NULL: nothing is known */
	int *missed; /* its lines, from 1, in order */
	size_t n_missed;
	uint32_t node; /* what marks are for; valid when fresh */
	bool fresh;
	char *marks; /* one for each line: ' ', REACH_MISSED or REACH_STALE */
	size_t n;
};

void reach_fini(struct reach *r);

/* That was run, and those n of its lines were not reached; copies. then NULL: nothing is
 * known. */
void reach_learn(struct reach *r, const char *then, const int *missed, size_t n);

void reach_update(struct reach *r, const struct text *t, uint32_t node);

static inline bool reach_known(const struct reach *r)
{
	return r->then != NULL;
}

char reach_mark(const struct reach *r, size_t line); /* from 0; ' ' where nothing is known */

#endif
