/* graph_patch.h - writes only the rows that differ after a small change to a file.
 *
 * While the user types, one file is put again and again. The last put is remembered. If
 * the new facts have the same numbers of modules, signals, blocks and instances, rows
 * that differ are updated, and of the uses those from the first to the last difference
 * are written. Any other change is left to graph_put(), which replaces all rows.
 */
#ifndef POSEDGE_GRAPH_PATCH_H
#define POSEDGE_GRAPH_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/graph/graph_facts.h"

struct graph;

/* The rows of one file: its facts and their ids. */
struct graph_last {
	char *path; /* NULL: none */
	int64_t file;
	struct graph_facts f;
	int64_t *modules, *signals, *blocks, *instances;
	int64_t *uses; /* values of their column n */
	int64_t next;  /* the next unused n */
};

void graph_last_fini(struct graph_last *l);

/* True if graph_patch() can write f. */
bool graph_patch_fits(const struct graph_last *l, const char *path, const struct graph_facts *f);

/* Writes the differences and takes the contents of f. After a failure the caller must
 * discard l. */
bool graph_patch(struct graph *g, struct graph_last *l, const char *stamp, struct graph_facts *f,
		 struct err *err);

/* Insert a row; also used by graph_store.c. */
bool graph_row_words(struct graph *g, int64_t row, const char *name, const char *doc,
		     const char *context, struct err *err);
bool graph_row_use(struct graph *g, const struct graph_last *l, const struct graph_use *u,
		   int64_t n, struct err *err);

#endif
