/* graph_project.h - the project's graph, kept in step with its texts as they are on
 * the screen. */
#ifndef POSEDGE_GRAPH_PROJECT_H
#define POSEDGE_GRAPH_PROJECT_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/graph/graph.h"

struct workbench;

#define GRAPH_READ_MAX (4u << 20) /* bytes; a larger file is not in the graph */

/* In a task: opens the graph and brings it up to date, yielding between files. All
 * files are checked; only those whose preprocessed text changed are read. The result
 * is borrowed from w. A note reports what is missing from it. */
struct graph *graph_of(struct workbench *w, struct err *err);

/* In a task: graph_of(), then graph_find() in pieces, yielding in between. NULL: it
 * failed, and there are no hits. */
struct graph *graph_search(struct workbench *w, const char *asked, int only, enum graph_ask *ask,
			   struct graph_hits *out, struct err *err);

/* In a task: the text sent along with a question that contains @module:NAME or
 * @signal:PATH. word: without the @. ERR_NOT_FOUND: nothing has exactly that name. */
bool graph_about(struct workbench *w, const char *word, struct str *out, struct err *err);

/* Puts a text that changed on the screen immediately; does nothing if the graph is
 * not open yet. False: the change affects other files (they include this one), or the
 * put failed; graph_of() does the rest. */
bool graph_typed(struct workbench *w, const char *path);

#endif
