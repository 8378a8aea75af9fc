/* graph_fit.h - scores how well the parts of a name match a word. Pure.
 *
 * "wr_ptr" has two parts. A part matches a word if it is the word, another form of it
 * ("enables" enable), an abbreviation ("cnt" counter, "pf" prefetch), a compound with
 * it ("skidbuffer" buffer, "bitcnt" count), or a well-known acronym ("mmu"
 * translation). Several parts match a word made of their initials (load_store_unit:
 * lsu), and one part matches several words in the same way (pmp: physical memory
 * protection). ASCII letters match in either case.
 */
#ifndef POSEDGE_GRAPH_FIT_H
#define POSEDGE_GRAPH_FIT_H

#include <stddef.h>
#include <stdint.h>

#include "session/graph/graph_words.h"
#include "session/text/slice.h"

#define GRAPH_PARTS_MAX 16u  /* parts of a name; more are ignored */
#define GRAPH_FIT_NAME	128u /* bytes of a name that are read */
#define GRAPH_FIT_MAX	100u /* the word itself */

/* The meaning of an acronym. For dmmu: words are those of an mmu, separated by
 * blanks, and whose is "data". Constants; NULL: none. */
struct graph_acronym {
	const char *words, *whose, *half;
};

void graph_acronym_read(struct graph_acronym *out, const char *part, size_t n);

struct graph_name { /* split into parts, in lower case */
	char low[GRAPH_FIT_NAME];
	struct graph_part {
		unsigned char from, n;
		struct graph_acronym of;
	} part[GRAPH_PARTS_MAX];
	size_t n;
};

/* The result borrows nothing from name. */
void graph_name_read(struct graph_name *out, struct slice name);

struct graph_word {	/* a word of a question, in lower case */
	char given[32]; /* as it was spelled; the rest: in American English */
	char low[32], stem[32];
	const char *full;     /* the word it abbreviates; NULL: not a known abbreviation */
	const char *brief[8]; /* its known abbreviations; NULL-terminated */
	const char *alike[GRAPH_ALIKE_MAX + 1]; /* synonyms; NULL-terminated */
};

/* Truncates words longer than 31 bytes. */
void graph_word_read(struct graph_word *out, struct slice word);

/* Classes of words: a part of a design that is not a value (fifo, predictor); an
 * agent (sender, but not counter) or logic; a kind of thing that names leave out
 * (unit, flag); something that keeps items in order; several of a kind; something that
 * has a number as its value (address, count). */
bool graph_word_is_part(const struct graph_word *w);
bool graph_word_is_agent(const struct graph_word *w);
bool graph_word_is_kind(const struct graph_word *w);
bool graph_word_is_queue(const struct graph_word *w);
bool graph_word_is_many(const struct graph_word *w);
bool graph_word_is_value(const struct graph_word *w);

/* 0 to GRAPH_FIT_MAX. covered: marks the letters of the name that match; may be NULL. */
unsigned graph_fit(const struct graph_name *name, const struct graph_word *w,
		   unsigned char covered[GRAPH_FIT_NAME]);

/* The same for prose: the word, another form of it, or a known abbreviation. */
unsigned graph_fit_prose(struct slice text, const struct graph_word *w);

/* Matches a part of the name with the initials of n words and marks it as covered, or
 * with the initial of the first of two words (m_mode, machine mode). before, more:
 * number of words around these. */
unsigned graph_fit_initials(const struct graph_name *name, const struct graph_word *w, size_t n,
			    size_t before, size_t more, unsigned char covered[GRAPH_FIT_NAME]);

/* Where a word can begin or end in a part. Bit k of head: the part's first k letters
 * match the word; of tail: the letters from k on match. */
struct graph_ends {
	uint64_t head[GRAPH_PARTS_MAX], tail[GRAPH_PARTS_MAX];
	uint64_t sure_head[GRAPH_PARTS_MAX], sure_tail[GRAPH_PARTS_MAX]; /* more than by a rule */
};

void graph_fit_ends(const struct graph_name *name, const struct graph_word *w,
		    struct graph_ends *out);

/* Matches a part that is a compound of two words, a before b: "pfcache" for prefetch
 * cache, "dcache" for data cache. */
unsigned graph_fit_two(const struct graph_name *name, const struct graph_ends *a,
		       const struct graph_ends *b, unsigned char covered[GRAPH_FIT_NAME]);

#endif
