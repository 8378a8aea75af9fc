/* graph_spelled.h - names whose words are those of a question, one by one. For
 * session/graph only.
 *
 *	the s axis tready of cobs decode	axis_cobs_decode.s_axis_tready
 *	write pointer				wrPtr, wr_ptr
 *
 * A name is spelled by a question if it has as many parts as that has words, in this order,
 * and each is its word, a form, a known abbreviation or the beginning of it; or if the
 * letters are the same in all ("rs 1", rs1). Such a name is meant before any that merely has
 * the words. Question words in front and "module" or "signal" do not
 * count; a module may leave out the part with which most modules' names begin.
 */
#ifndef POSEDGE_GRAPH_SPELLED_H
#define POSEDGE_GRAPH_SPELLED_H

#include <stdbool.h>
#include <stddef.h>

#include "session/graph/graph.h"

#define GRAPH_SPELLED_WORDS 16u

struct graph_spelled {
	struct graph_spelled_words {
		char word[GRAPH_SPELLED_WORDS][32]; /* in lower case */
		size_t n;			    /* 0: none, or too many */
	} name, around, all; /* before and after the last "of" or "in"; without such a split */
};

enum graph_spelling { GRAPH_SPELLED_NOT, GRAPH_SPELLED_ALIKE, GRAPH_SPELLED_SAME };

void graph_spelled_read(struct graph_spelled *out, const char *question);

/* common: the part that a module's name may leave out in front; "". */
enum graph_spelling graph_spelled_module(const struct graph_spelled *s, const char *module,
					 const char *common);
enum graph_spelling graph_spelled_signal(const struct graph_spelled *s, const char *module,
					 const char *signal, const char *common);

/* Looks at all names; false in *any: no module or signal is spelled so. */
bool graph_spelled_any(struct graph *g, const struct graph_rest *rest,
		       const struct graph_spelled *s, const char *common, bool *any,
		       struct err *err);

#endif
