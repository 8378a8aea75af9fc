/* patch_number.h - line numbers that a model copied along with the lines.
 *
 * "12: x", "12 | x", "12) x", "12. x", "12 → x", "12<TAB>x", "  12  x", "[12] x",
 * "L12: x": each line that
 * is not blank starts with its number, counts up by one, and all have the same
 * mark after it. Pure.
 */
#ifndef POSEDGE_PATCH_NUMBER_H
#define POSEDGE_PATCH_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

struct numbering {
	char mark;     /* ':', '|', ')', '.', ']', '\t', ' ' or '>' for an arrow */
	size_t blanks; /* how many blanks after the mark belong to it */
};

/* Whether text, of at least least lines that are not blank, is numbered so. */
bool numbers_found(struct slice text, size_t least, struct numbering *out);

/* Whether all lines of text that are not blank have a number with that mark,
 * in whatever order. */
bool numbers_all(struct slice text, const struct numbering *n);
bool numbers_any(struct slice text, const struct numbering *n); /* one of them has */

/* The line after its number; a line that has none as it is. */
struct slice numbers_off(struct slice line, const struct numbering *n);

#endif
