/* diff_words.h - which words differ between two lines.
 *
 * A word is a run of letters, digits, _ and $, or a run of blanks; any other byte
 * is a word by itself. The common subsequence of words stays unmarked. In lines of
 * more than DIFF_WORDS_MAX words only the common words at both ends stay unmarked.
 * Pure.
 */
#ifndef POSEDGE_DIFF_WORDS_H
#define POSEDGE_DIFF_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define DIFF_WORDS_MAX 300

/* in_a and in_b have one element per byte: 1 where it changed, otherwise 0. */
void diff_words(const char *a, size_t a_len, uint8_t *in_a, const char *b, size_t b_len,
		uint8_t *in_b);

#endif
