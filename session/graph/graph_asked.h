/* graph_asked.h - the words of a question, and how well a name matches them. Pure;
 * for session/graph only.
 *
 * The head is the word that says what is wanted, in English the last one: an
 * interrupt controller is a module, a dma interrupt select a signal. Words after
 * "of", "in", "for" or "between" describe its surroundings.
 *
 * A prefix shared by most module names (ibex_) and marks of direction or register
 * (_i, o_, _q) do not count as letters of a name that the question leaves unmatched.
 */
#ifndef POSEDGE_GRAPH_ASKED_H
#define POSEDGE_GRAPH_ASKED_H

#include "session/graph/graph_fit.h"
#include "session/graph/graph_words.h"

#define GRAPH_ASKED_WORDS  12u /* words of a question; more are ignored */
#define GRAPH_ASKED_STANDS 60u /* a word with at least this fit counts as matched */

static inline unsigned graph_most(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

struct graph_asked {
	struct graph_word word[GRAPH_ASKED_WORDS];
	size_t n_words;
	size_t around; /* index of the first word about the surroundings; GRAPH_ASKED_WORDS:
		        * none */
	size_t head;
	bool soft[GRAPH_ASKED_WORDS]; /* a word for a kind of thing, which few names contain */
	bool acts;		      /* the question asks for what performs an action */
	bool cut;		      /* there were more words */
	char common[GRAPH_FIT_NAME];  /* prefix of most modules' names; initially "" */
};

void graph_asked_read(struct graph_asked *a, const struct graph_question *q);

struct graph_match {
	unsigned covered; /* percentage of the name's letters; one counts as much as the best
			   * word that covers it fits */
	bool ordered;	  /* the words occur in the name in the order of the question */
	bool ends;	  /* the last part of the name, which says what it is, is among them */
};

/* Raises fit of each word to its match in name. */
struct graph_match graph_asked_fit(const struct graph_asked *a, const char *name,
				   unsigned char *fit);

#endif
