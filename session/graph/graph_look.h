/* graph_look.h - hits by one name; for session/graph only.
 *
 * Each adds to out, at most GRAPH_HITS_MAX in all; a name counts in any case of letters,
 * and the rank says which. False: the database failed.
 */
#ifndef POSEDGE_GRAPH_LOOK_H
#define POSEDGE_GRAPH_LOOK_H

#include "session/graph/graph.h"
#include "session/graph/graph_sql.h"
#include "session/graph/graph_words.h"

bool graph_look_modules(struct graph *g, const char *name, struct graph_hits *out, struct err *err);
bool graph_look_signals(struct graph *g, const char *name, struct graph_hits *out,
			struct err *err); /* those that are driven in their module first */
bool graph_look_instances(struct graph *g, const char *name, struct graph_hits *out,
			  struct err *err);
/* Those of a module, by its exact name. */
bool graph_look_instances_of(struct graph *g, const char *module, struct graph_hits *out,
			     struct err *err);
bool graph_look_functions(struct graph *g, const char *name, struct graph_hits *out,
			  struct err *err);
/* In one module. outside: the instance on the way there, 0: none. */
bool graph_look_inside(struct graph *g, int64_t module, const char *name, int64_t outside,
		       struct graph_hits *out, struct err *err);
/* By what is in the row of the table words. */
bool graph_look_row(struct graph *g, int64_t row, enum graph_rank rank, struct graph_hits *out,
		    struct err *err);
/* Names at most two letters from that one; parts: also those that begin with it or have it in
 * them; module 0: of all. rest may be NULL. */
bool graph_look_alike(struct graph *g, const char *name, int64_t module, int only, bool parts,
		      const struct graph_rest *rest, struct graph_hits *out, struct err *err);

enum graph_words {
	GRAPH_WORDS_ANY,
	GRAPH_WORDS_KNOWN, /* only where the best name has all words, or known abbreviations */
	GRAPH_WORDS_SURE,  /* only where a part of the best name is the word, a form of it, or
			    * known to be short for it */
};

/* By the words of a question, the best first: see graph_rank.c. only: a kind; -1: any.
 * module: its signals alone; 0: anything. */
bool graph_rank(struct graph *g, const struct graph_question *q, int only, int64_t module,
		enum graph_words which, struct graph_hits *out, struct err *err);

/* All names of a design are read page by page, with a rest after each. */
#define GRAPH_PAGE     256
#define GRAPH_PAGE_SQL "256"

bool graph_look_rest(const struct graph_rest *rest, struct err *err); /* NULL: none */

/* Drops hits of any other kind. */
void graph_hits_only(struct graph_hits *h, enum graph_hit_kind kind);

/* Best first; among equals the order in which they were added. Cuts what is there twice. */
void graph_hits_sort(struct graph_hits *h);

#endif
