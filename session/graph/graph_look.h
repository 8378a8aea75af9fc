/* graph_look.h - look-ups by a single name. For session/graph only.
 *
 * Each adds hits to out, up to GRAPH_HITS_MAX in total. Names match in any case; the
 * rank says whether the case differs. False: the database failed.
 */
#ifndef POSEDGE_GRAPH_LOOK_H
#define POSEDGE_GRAPH_LOOK_H

#include "session/graph/graph.h"
#include "session/graph/graph_sql.h"
#include "session/graph/graph_words.h"

bool graph_look_modules(struct graph *g, const char *name, struct graph_hits *out, struct err *err);
/* Modules that have a signal of that name, those with a port first. */
bool graph_look_modules_with(struct graph *g, const char *name, struct graph_hits *out,
			     struct err *err);
bool graph_look_signals(struct graph *g, const char *name, struct graph_hits *out,
			struct err *err); /* signals driven in their module first */
bool graph_look_instances(struct graph *g, const char *name, struct graph_hits *out,
			  struct err *err);
/* The instances of a module, by its exact name. */
bool graph_look_instances_of(struct graph *g, const char *module, struct graph_hits *out,
			     struct err *err);
bool graph_look_functions(struct graph *g, const char *name, struct graph_hits *out,
			  struct err *err);
/* Signals in one module. outside: the instance it was reached through; 0: none. */
bool graph_look_inside(struct graph *g, int64_t module, const char *name, int64_t outside,
		       struct graph_hits *out, struct err *err);
/* The hit for a row of the table words. */
bool graph_look_row(struct graph *g, int64_t row, enum graph_rank rank, struct graph_hits *out,
		    struct err *err);
/* Names within an edit distance of two. parts: also names that begin with name or
 * contain it. module 0: in all modules. rest may be NULL. */
bool graph_look_alike(struct graph *g, const char *name, int64_t module, int only, bool parts,
		      const struct graph_rest *rest, struct graph_hits *out, struct err *err);

enum graph_words {
	GRAPH_WORDS_ANY,
	GRAPH_WORDS_KNOWN,   /* only if the best name has all words or known abbreviations of
			    * them */
	GRAPH_WORDS_SPELLED, /* only if the question spells a name: graph_spelled.h */
	GRAPH_WORDS_SURE,    /* only if a part of the best name is the word, a form of it, or a
			    * known abbreviation of it */
};

/* Ranks all names against the words of a question, best first: see graph_rank.c.
 * only: a kind; -1: any. module: only its signals; 0: anything. */
bool graph_rank(struct graph *g, const struct graph_question *q, int only, int64_t module,
		enum graph_words which, struct graph_hits *out, struct err *err);

/* All names of a design are read page by page, with a pause after each. */
#define GRAPH_PAGE     256
#define GRAPH_PAGE_SQL "256"

bool graph_look_rest(const struct graph_rest *rest, struct err *err); /* NULL: none */

/* Drops hits of any other kind. */
void graph_hits_only(struct graph_hits *h, enum graph_hit_kind kind);

/* Sorts hits, best first; the sort is stable. Removes duplicates. */
void graph_hits_sort(struct graph_hits *h);

#endif
