/* graph_rank.h - the names of a design as candidates for the answer to a question, and
 * what each is worth. For session/graph only.
 */
#ifndef POSEDGE_GRAPH_RANK_H
#define POSEDGE_GRAPH_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/graph/graph_asked.h"
#include "session/graph/graph_facts.h"
#include "session/graph/graph_nets.h"
#include "session/graph/graph_spelled.h"
#include "session/graph/graph_texts.h"

#define GRAPH_SURE  95u /* minimum fit of the word itself, or a form of it */
#define GRAPH_SHORT 90u /* or of a known abbreviation */
#define GRAPH_KNOWN 75u /* or of a known meaning or a compound */

enum graph_bits { GRAPH_BITS_UNKNOWN, GRAPH_BITS_ONE, GRAPH_BITS_SEVERAL };

struct graph_candidate {
	int64_t row, module;
	unsigned char fit[GRAPH_ASKED_WORDS];  /* the best for each word */
	unsigned char own[GRAPH_ASKED_WORDS];  /* in the name only */
	unsigned char said[GRAPH_ASKED_WORDS]; /* in the comment only */
	unsigned char doc;		       /* percentage that a comment with all words
					        * counts */
	unsigned char doc_words;     /* of a module's comment: GRAPH_DOC_MAX / 2 at most */
	unsigned char covered;	     /* percentage of the name's letters */
	unsigned char len, later;    /* for ties: rank later */
	unsigned char less;	     /* malus in percent */
	bool ordered;		     /* has the words in the order of the question */
	bool ends;		     /* they match its last part */
	bool made;		     /* assigned in its module */
	enum graph_signal_kind kind; /* of a signal */
	bool next;		     /* the next value of a register */
	bool stored;		     /* assigned at a clock */
	enum graph_bits bits;
	bool full, empty;			/* the module has a port that reports it */
	bool copy;				/* of a signal of another module */
	unsigned names;				/* of signals that the module makes */
	unsigned short hits[GRAPH_ASKED_WORDS]; /* how many of these have the word */
	enum graph_spelling spelled;		/* goes before the score */
	unsigned score;
};

struct graph_ranking {
	struct graph_asked a;
	struct graph_spelled spelled;
	bool ends_module; /* the name of some module ends with the last word */
	struct graph_nets nets;
	struct graph_candidate *v;
	size_t n, cap, n_modules;
	struct graph_texts *texts;	 /* one for each module; NULL: not looked at */
	unsigned has[GRAPH_ASKED_WORDS]; /* number of names with the word */
	bool names_cut;			 /* there are more names */
};

/* By the type as it is written. A type with a name is GRAPH_BITS_UNKNOWN. */
enum graph_bits graph_bits_of(const char *type);

/* The candidate with that row of the table words; NULL: none. Modules come first, and both
 * modules and signals are sorted by row. */
struct graph_candidate *graph_candidate_find(const struct graph_ranking *r, int64_t row);

/* Sets the score of each candidate, from what has been gathered about it. The modules are
 * the first n_modules. */
void graph_weigh(struct graph_ranking *r, const struct graph_question *q);

#endif
