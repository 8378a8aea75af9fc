/* patch_number.h - line numbers that a model copied along with the lines.
 *
 * Formats: "12: x", "12 | x", "12) x", "12. x", "12 → x", "12<TAB>x", " 12 x",
 * "[12] x", "L12: x", "12#a3|x". Every line that is not blank starts with its number, the
 * numbers count up by one, and the same mark follows each. Pure.
 */
#ifndef POSEDGE_PATCH_NUMBER_H
#define POSEDGE_PATCH_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

struct numbering {
	char mark;     /* ':', '|', ')', '.', ']', '\t', ' ' or '>' for an arrow */
	size_t blanks; /* number of blanks after the mark that belong to it */
};

/* True if text has at least `least` lines that are not blank and is numbered in
 * this way. */
bool numbers_found(struct slice text, size_t least, struct numbering *out);

/* True if every line that is not blank has a number with that mark, in any order. */
bool numbers_all(struct slice text, const struct numbering *n);
bool numbers_any(struct slice text, const struct numbering *n); /* true if any line has one */

/* The line without its number; unchanged if it has none. */
struct slice numbers_strip(struct slice line, const struct numbering *n);

#endif
