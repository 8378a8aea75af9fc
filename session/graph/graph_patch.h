/* graph_patch.h - a file that changed a little: only its rows that are others are written.
 *
 * While somebody types one file is put again and again. What was put last is remembered;
 * where the new facts have the same modules, signals, blocks and instances in number,
 * each that is another one is updated, and of the uses those between the first and the
 * last difference are written. Anything else is for graph_put() to replace as a whole.
 */
#ifndef POSEDGE_GRAPH_PATCH_H
#define POSEDGE_GRAPH_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/graph/graph_facts.h"

struct graph;

/* The rows of one file: facts and the ids they have. */
struct graph_last {
	char *path; /* NULL: none */
	int64_t file;
	struct graph_facts f;
	int64_t *modules, *signals, *blocks, *instances;
	int64_t *uses; /* their n */
	int64_t next;  /* a n that none has */
};

void graph_last_fini(struct graph_last *l);

/* Whether f can be written by graph_patch(). */
bool graph_patch_fits(const struct graph_last *l, const char *path, const struct graph_facts *f);

/* Writes what differs; f is taken over. On failure l is to be forgotten. */
bool graph_patch(struct graph *g, struct graph_last *l, const char *stamp, struct graph_facts *f,
		 struct err *err);

/* Rows of one thing, also for graph_store.c. old: NULL: there is none in the words yet. */
bool graph_row_words(struct graph *g, int64_t row, const char *name, const char *doc,
		     const char *context, struct err *err);
bool graph_row_use(struct graph *g, const struct graph_last *l, const struct graph_use *u,
		   int64_t n, struct err *err);

#endif
