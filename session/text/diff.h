/* diff.h - which lines differ between two texts.
 *
 * Lines are compared byte for byte, including their ending, so that CRLF
 * against LF and a missing last newline are differences. The script is minimal
 * (Myers, "An O(ND) difference algorithm and its variations", 1986, in linear
 * space) up to a cost bound, above which it stays correct and only grows
 * longer. Then hunks are slid to where people expect them.
 */
#ifndef POSEDGE_DIFF_H
#define POSEDGE_DIFF_H

#include <stddef.h>

/* One place that differs: a_len lines of a from a_start on are replaced by
 * b_len lines of b; one of both may be 0. 0-based line numbers. */
struct diff_hunk {
	size_t a_start, a_len;
	size_t b_start, b_len;
};

struct diff {
	struct diff_hunk *hunks; /* in order; unchanged lines between any two */
	size_t n;
	size_t a_lines, b_lines;
};

/* A text cut into lines: starts[i] is where line i starts, starts[n] the
 * length. An empty text has no line; a last line without LF is one. */
struct lines {
	const char *data; /* borrowed */
	size_t *starts;
	size_t n;
};

void lines_init(struct lines *l, const char *data, size_t len);
void lines_fini(struct lines *l);
const char *lines_at(const struct lines *l, size_t i, size_t *len); /* with its LF */

void diff_init(struct diff *d, const struct lines *a, const struct lines *b);

/* Where lines repeat there are many shortest scripts. These are the two
 * outermost: all others run between them. The first removes as early and adds
 * as late as can be, the second the other way round; nothing is slid. Above a
 * cost bound both are what diff_init() gives. */
enum diff_side { DIFF_REMOVES_FIRST, DIFF_ADDS_FIRST };

void diff_init_outer(struct diff *d, const struct lines *a, const struct lines *b,
		     enum diff_side side);
void diff_fini(struct diff *d);

#endif
