/* graph_words.h - words of names and questions. Pure.
 *
 * "wrPtr_nxt" is made of wr, ptr and nxt; what is short for something is known by both:
 * wr write, ptr pointer, nxt next. A question is taken apart into what it asks for and
 * the words that are left.
 */
#ifndef POSEDGE_GRAPH_WORDS_H
#define POSEDGE_GRAPH_WORDS_H

#include "session/graph/graph.h"

#define GRAPH_TERMS_MAX 24u
#define GRAPH_BRIEF_MAX 4u /* letters of a known abbreviation */
#define GRAPH_ALIKE_MAX 4u /* words that say the same */

/* Whether a part begins at byte i > 0 of a name's n, which is a letter like the one before. */
bool graph_hump(const char *name, size_t i, size_t n);

/* Adds the parts of a name, each followed by what it is short for, with blanks. */
void graph_parts(const char *name, struct str *out);

/* Adds them as a query of the words: "write" OR "pointer", each in quotes and once, of letters
 * and digits alone. Only parts of at least least bytes, until there are most in it. */
void graph_match(const char *name, size_t least, size_t most, struct str *out);

/* What n letters are known to be short for; NULL: nothing. Constant. */
const char *graph_full(const char *part, size_t n);
/* Known abbreviations of a word, at most max - 1, and NULL. */
void graph_briefs(const char *word, const char **out, size_t max);

/* Words that say the same, at most GRAPH_ALIKE_MAX, and NULL; not the word itself. */
void graph_senses(const char *word, const char **out);

struct graph_question {
	enum graph_ask ask;
	bool asks; /* ask was said */
	bool wants_module, wants_signal;
	bool wants_instances; /* of a module */
	bool acts;	      /* what does it is asked for: "counts bytes" */
	size_t act;	      /* the term that says so; from terms.n on: none */
	struct strv terms;    /* words and names that are left, as they stand */
	size_t around;	      /* terms from this one on tell where: "of the arp cache" */
	int within;	      /* the term after "of" or "in"; -1: none */
	bool cut;	      /* there were more words */
	/* What asks may be a word of a name instead: "load stall", "reset counter". */
	bool maybe, maybe_last; /* as the last word it hardly asks */
	struct strv nouns;	/* the terms, and that word in its place */
	size_t nouns_around;
	const struct graph_rest *rest; /* borrowed; NULL: none */
};

void graph_question_read(struct graph_question *q, const char *text);
void graph_question_fini(struct graph_question *q);

/* Letters that have to be put in, taken out, changed or swapped with the one beside to make
 * one of the other; above most: most + 1. */
unsigned graph_distance(const char *a, const char *b, unsigned most);

#endif
