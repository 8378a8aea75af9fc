/* diff.h - which lines differ between two texts.
 *
 * Lines are compared byte for byte with their ending, so CRLF against LF and a
 * missing last newline are differences. The script is minimal (Myers, "An O(ND)
 * difference algorithm and its variations", 1986, in linear space) up to a cost
 * bound; above it the script is still correct but may be longer. Afterwards hunks
 * slide to where people expect them.
 */
#ifndef POSEDGE_DIFF_H
#define POSEDGE_DIFF_H

#include <stddef.h>

/* A difference: a_len lines of a from a_start on are replaced by b_len lines of b
 * from b_start on; one length may be 0. Line numbers are 0-based. */
struct diff_hunk {
	size_t a_start, a_len;
	size_t b_start, b_len;
};

struct diff {
	struct diff_hunk *hunks; /* in order, separated by unchanged lines */
	size_t n;
	size_t a_lines, b_lines;
};

/* A text cut into lines: starts[i] is the offset of line i, starts[n] the length.
 * An empty text has no line; a last line without LF counts. */
struct lines {
	const char *data; /* borrowed */
	size_t *starts;
	size_t n;
};

void lines_init(struct lines *l, const char *data, size_t len);
void lines_fini(struct lines *l);
const char *lines_at(const struct lines *l, size_t i, size_t *len); /* with its LF */

void diff_init(struct diff *d, const struct lines *a, const struct lines *b);

/* Where lines repeat there are many shortest scripts. These two are the outermost,
 * all others run between them: the first removes as early and adds as late as
 * possible, the second the other way round. Nothing slides. Above the cost bound
 * both give the result of diff_init(). */
enum diff_side { DIFF_REMOVES_FIRST, DIFF_ADDS_FIRST };

void diff_init_outer(struct diff *d, const struct lines *a, const struct lines *b,
		     enum diff_side side);
void diff_fini(struct diff *d);

#endif
