/* graph_words.h - words in names and questions. Pure.
 *
 * "wrPtr_nxt" consists of wr, ptr and nxt; an abbreviation is known together with its
 * full word: wr write, ptr pointer, nxt next. A question is split into what it asks
 * for and the remaining words.
 */
#ifndef POSEDGE_GRAPH_WORDS_H
#define POSEDGE_GRAPH_WORDS_H

#include "session/graph/graph.h"

#define GRAPH_TERMS_MAX 24u
#define GRAPH_BRIEF_MAX 4u  /* letters of a known abbreviation */
#define GRAPH_ALIKE_MAX 20u /* synonyms of a word */

/* True if a new part begins at byte i > 0 of name, which has n bytes. The byte is a
 * letter, like the one before it. */
bool graph_hump(const char *name, size_t i, size_t n);

/* Adds the parts of a name, each followed by the word it abbreviates, separated by blanks. */
void graph_parts(const char *name, struct str *out);

/* Adds them as a full-text query: "write" OR "pointer", each in quotes, once, and only
 * letters and digits. Skips parts shorter than least bytes and stops after most of them. */
void graph_match(const char *name, size_t least, size_t most, struct str *out);

/* The word that n letters are a known abbreviation of; NULL: none. Constant. */
const char *graph_full(const char *part, size_t n);
/* Known abbreviations of a word, at most max - 1, NULL-terminated. */
void graph_briefs(const char *word, const char **out, size_t max);

/* Synonyms of a word, at most GRAPH_ALIKE_MAX, NULL-terminated; without the word itself. */
void graph_senses(const char *word, const char **out);

/* True if n letters are a word of that table, and so abbreviate no longer one: the check
 * in "checksum". */
bool graph_is_word(const char *p, size_t n);

/* True if n letters and a word, both in lower case, are forms of one word: retired,
 * retirement. */
bool graph_is_form(const char *p, size_t n, const char *word);

struct slice graph_bare(struct slice word); /* without the quotes and marks around it */

struct graph_question {
	enum graph_ask ask;
	bool asks; /* the question set ask */
	bool wants_module, wants_signal;
	bool wants_instances; /* instances of a module */
	bool counts;	      /* "how many": a term for a counter was added */
	bool acts;	      /* asks for what performs an action: "counts bytes" */
	size_t act;	      /* index of the term with the action; at least terms.n: none */
	struct strv terms;    /* the remaining words and names, unchanged */
	size_t around;	      /* index of the first term about the surroundings: "of the arp
			       * cache" */
	int within;	      /* index of the term after "of" or "in"; -1: none */
	bool cut;	      /* words beyond the limit were dropped */
	/* A word that asks may also be part of a name: "load stall", "reset counter". */
	bool maybe, maybe_last; /* it is the last word, and unlikely to ask */
	struct strv nouns;	/* the terms, with that word in its place */
	size_t nouns_around;
	const struct graph_rest *rest; /* borrowed; NULL: none */
	const char *text;	       /* the question, borrowed; NULL: not known */
};

void graph_question_read(struct graph_question *q, const char *text);
void graph_question_fini(struct graph_question *q);

/* Edit distance: letters to insert, delete, change, or swap with a neighbour. Returns
 * most + 1 if it exceeds most. */
unsigned graph_distance(const char *a, const char *b, unsigned most);

#endif
