/* graph_project.h - the project's graph, kept up to its texts as they are on the screen. */
#ifndef POSEDGE_GRAPH_PROJECT_H
#define POSEDGE_GRAPH_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/graph/graph.h"

struct str;
struct workbench;

#define GRAPH_READ_MAX (4u << 20) /* bytes of a file; a larger one is not in the graph */

/* In a task, which rests between files: the graph, opened and brought up to date. All
 * files are looked at; only those whose text after the preprocessor is another one are
 * read. Borrowed from w. A note tells of what is not in it. */
struct graph *graph_of(struct workbench *w, struct err *err);

/* In a task: graph_of() and graph_find() in it, with rests between pieces. NULL: it failed,
 * and there are no hits. */
struct graph *graph_search(struct workbench *w, const char *asked, int only, enum graph_ask *ask,
			   struct graph_hits *out, struct err *err);

/* In a task. What a question that says @module:NAME or @signal:PATH sends along: the word
 * without @. ERR_NOT_FOUND: there is none of exactly that name. */
bool graph_about(struct workbench *w, const char *word, struct str *out, struct err *err);

/* A text that changed on the screen, at once: nothing where the graph is not open yet. False:
 * what follows from it reaches further (it is included by others), or it could not be put:
 * graph_of() does the rest. */
bool graph_typed(struct workbench *w, const char *path);

#endif
