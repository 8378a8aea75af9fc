/* line_match.h - compares a suggested line with the actual one.
 *
 * Follows src/utils.py of github.com/AUCOHL/RTL-Repo at 12b691f: an exact match has
 * the same words, regardless of the blanks between them; edit similarity is
 * fuzz.ratio() of fuzzywuzzy with python-Levenshtein. Texts are UTF-8 and compared by
 * characters; an invalid byte counts as one character. Pure.
 */
#ifndef POSEDGE_LINE_MATCH_H
#define POSEDGE_LINE_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define LINE_MATCH_MOST (64u << 20) /* of one's characters times the other's that differ */

/* True if both have the same list of words, split like Python's split(). */
bool line_match_exact(const char *a, size_t a_len, const char *b, size_t b_len);

/* 0 to 100, an integer: 200 times the longest common subsequence divided by the sum
 * of the lengths, rounded half to even. Equal texts get 100; if only one is empty, 0.
 * ERR_LIMIT: too long. */
bool line_match_similar(const char *a, size_t a_len, const char *b, size_t b_len, double *out,
			struct err *err);

#endif
