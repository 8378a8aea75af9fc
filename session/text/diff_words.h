/* diff_words.h - which words of a line changed into which of another.
 *
 * Words are runs of letters, digits, _ and $; every other byte is one by
 * itself, but for runs of blanks. What both lines have in order stays
 * unmarked. Lines of more than DIFF_WORDS_MAX words are compared from both
 * ends only. Pure.
 */
#ifndef POSEDGE_DIFF_WORDS_H
#define POSEDGE_DIFF_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define DIFF_WORDS_MAX 300

/* in_a and in_b have a place for each byte: 1 where it changed, else 0. */
void diff_words(const char *a, size_t a_len, uint8_t *in_a, const char *b, size_t b_len,
		uint8_t *in_b);

#endif
