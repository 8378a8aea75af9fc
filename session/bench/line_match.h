/* line_match.h - how much a line that was proposed is the one that is there.
 *
 * As src/utils.py of github.com/AUCOHL/RTL-Repo at 12b691f counts: an exact match is the
 * same words, whatever blanks are between them; edit similarity is fuzz.ratio() of
 * fuzzywuzzy with python-Levenshtein. Texts are UTF-8, compared by characters; a byte
 * that is not UTF-8 counts as one. Pure.
 */
#ifndef POSEDGE_LINE_MATCH_H
#define POSEDGE_LINE_MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define LINE_MATCH_MOST (64u << 20) /* of one's characters times the other's that differ */

/* The same list of words, as Python's split() makes it. */
bool line_match_exact(const char *a, size_t a_len, const char *b, size_t b_len);

/* 0 to 100, whole: 200 times the longest common subsequence over the sum of the lengths,
 * rounded half to even; equal texts have 100, else an empty one 0. ERR_LIMIT: they are
 * too long to be compared. */
bool line_match_similar(const char *a, size_t a_len, const char *b, size_t b_len, double *out,
			struct err *err);

#endif
