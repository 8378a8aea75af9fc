/* graph_texts.h - how much all the texts of each module have to do with a question:
 * its name and comment, the names and comments of its signals and blocks, and the names
 * of its instances. For session/graph only.
 */
#ifndef POSEDGE_GRAPH_TEXTS_H
#define POSEDGE_GRAPH_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/graph/graph_asked.h"

enum graph_text {
	GRAPH_TEXT_NAME,
	GRAPH_TEXT_DOC,	     /* the comment about the module */
	GRAPH_TEXT_SIGNALS,  /* names of its signals */
	GRAPH_TEXT_REMARKS,  /* comments about its signals and blocks */
	GRAPH_TEXT_INSTANCE, /* names of its instances */
	GRAPH_TEXTS,
};

struct graph_texts {				       /* of one module; a zeroed one is empty */
	unsigned n[GRAPH_TEXTS];		       /* words of prose, or names */
	unsigned hits[GRAPH_TEXTS][GRAPH_ASKED_WORDS]; /* of these, in percent of a match */
};

/* fit: percentages, one for each word of the question; guesses do not
 * count. */
void graph_texts_add(struct graph_texts *t, enum graph_text which, unsigned n,
		     const unsigned char fit[GRAPH_ASKED_WORDS], size_t n_words);

/* Logarithm to base 2 in eighths, linear between powers of two. n: at least 1. */
unsigned graph_log2(size_t n);

/* Number of words of a comment. */
unsigned graph_texts_words(const char *prose);

/* Sets out[i] to what module i has of the question, as a percentage of the module that has
 * most. False: no text has a word of it. */
bool graph_texts_weigh(const struct graph_texts *t, size_t n, size_t n_words, unsigned char *out);

#endif
