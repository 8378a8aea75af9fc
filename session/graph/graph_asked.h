/* graph_asked.h - the words of a question, and how a name has them. Pure; for session/graph
 * only.
 *
 * The head is the word that tells what is wanted, the last one as in English: an interrupt
 * controller is a module, a dma interrupt select a signal. Words behind "of", "in", "for" or
 * "between" tell of what is around it.
 *
 * What every second module's name begins with (ibex_) and marks of direction or register
 * (_i, o_, _q) are no letters that a question could miss.
 */
#ifndef POSEDGE_GRAPH_ASKED_H
#define POSEDGE_GRAPH_ASKED_H

#include "session/graph/graph_fit.h"
#include "session/graph/graph_words.h"

#define GRAPH_ASKED_WORDS  12u /* of a question; more are not looked at */
#define GRAPH_ASKED_STANDS 60u /* a fit from which on a name is counted as having the word */

struct graph_asked {
	struct graph_word word[GRAPH_ASKED_WORDS];
	size_t n_words;
	size_t around; /* words from this one on tell of what is around; GRAPH_ASKED_WORDS: none */
	size_t head;
	bool soft[GRAPH_ASKED_WORDS]; /* a kind of thing, which few names tell */
	bool acts;		      /* what does it is asked for */
	bool cut;		      /* there were more words */
	char common[GRAPH_FIT_NAME];  /* what most modules' names begin with; "" at first */
};

void graph_asked_read(struct graph_asked *a, const struct graph_question *q);

/* Raises each word's fit to how the name stands for it. Returns the hundredths of the name's
 * letters that the words are. *ordered: the words stand in it as they were said. */
unsigned graph_asked_fit(const struct graph_asked *a, const char *name, unsigned char *fit,
			 bool *ordered);

#endif
