/* graph_fit.h - how well the parts of a name stand for a word. Pure.
 *
 * "wr_ptr" has two parts. A part stands for a word when it is the word, another form of it
 * ("enables" enable), short for it ("cnt" counter, "pf" prefetch), or grown together with
 * others ("skidbuffer" buffer, "bitcnt" count), or is an acronym that everybody knows ("mmu"
 * translation); several parts stand for a word by their first
 * letters (load_store_unit: lsu), as one does for several words (pmp: physical memory
 * protection). Letters of ASCII in either case are the same.
 */
#ifndef POSEDGE_GRAPH_FIT_H
#define POSEDGE_GRAPH_FIT_H

#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/graph/graph_words.h"
#include "session/text/slice.h"

#define GRAPH_PARTS_MAX 16u  /* of a name; more are not looked at */
#define GRAPH_FIT_NAME	128u /* bytes of a name that are looked at */
#define GRAPH_FIT_MAX	100u /* the word itself */

/* What letters are the first ones of: of dmmu the words are those of an mmu, with blanks, and
 * whose it is is "data". Constants; NULL: nothing. */
struct graph_acronym {
	const char *words, *whose, *half;
};

void graph_acronym_read(struct graph_acronym *out, const char *part, size_t n);

struct graph_name { /* taken apart, in small letters */
	char low[GRAPH_FIT_NAME];
	struct graph_part {
		unsigned char from, n;
		struct graph_acronym of;
	} part[GRAPH_PARTS_MAX];
	size_t n;
};

/* Borrows nothing. */
void graph_name_read(struct graph_name *out, struct slice name);

struct graph_word { /* of a question, in small letters */
	char low[32], stem[32];
	const char *full;     /* what it is short for; NULL: it is no known abbreviation */
	const char *brief[8]; /* known abbreviations of it; NULL-terminated */
	const char *alike[GRAPH_ALIKE_MAX + 1]; /* words that say the same; NULL-terminated */
};

/* Words longer than 31 bytes are cut. */
void graph_word_read(struct graph_word *out, struct slice word);

/* A part of a design and no value in it (fifo, predictor); who does something (sender, but no
 * counter), or logic; a kind of thing that names leave out (unit, flag);
 * what keeps things in their order; several of a kind. */
bool graph_word_is_part(const struct graph_word *w);
bool graph_word_is_agent(const struct graph_word *w);
bool graph_word_is_kind(const struct graph_word *w);
bool graph_word_is_queue(const struct graph_word *w);
bool graph_word_is_many(const struct graph_word *w);

/* 0 to GRAPH_FIT_MAX. covered: adds which letters of the name stand for it; may be NULL. */
unsigned graph_fit(const struct graph_name *name, const struct graph_word *w,
		   unsigned char covered[GRAPH_FIT_NAME]);

/* The same of a word of prose: it, another form of it, or a known abbreviation. */
unsigned graph_fit_prose(struct slice text, const struct graph_word *w);

/* Whether a part of the name is made of the first letters of n words, which it then covers, or
 * is the first letter of the first of two (m_mode, machine mode). more: words after these. */
unsigned graph_fit_initials(const struct graph_name *name, const struct graph_word *w, size_t n,
			    size_t more, unsigned char covered[GRAPH_FIT_NAME]);

/* Where a word can begin or end a part of a name. Bit k of a part's head: its first k letters
 * are the word; of its tail: the letters from k on are. */
struct graph_ends {
	uint64_t head[GRAPH_PARTS_MAX], tail[GRAPH_PARTS_MAX];
};

void graph_fit_ends(const struct graph_name *name, const struct graph_word *w,
		    struct graph_ends *out);

/* Whether a part of the name is two words grown together, a before b: "pfcache" of prefetch
 * cache, "dcache" of data cache. */
unsigned graph_fit_two(const struct graph_name *name, const struct graph_ends *a,
		       const struct graph_ends *b, unsigned char covered[GRAPH_FIT_NAME]);

#endif
