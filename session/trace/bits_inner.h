/* bits_inner.h - shared by the files of bits: the words of a vector. */
#ifndef POSEDGE_BITS_INNER_H
#define POSEDGE_BITS_INNER_H

#include "session/trace/bits.h"

static inline unsigned bits_words(unsigned width)
{
	return (width + 63) / 64;
}

/* Clears the unused bits of the last word. */
void bits_trim(struct bits *a);

/* Compares known unsigned values of one width: below 0, 0, above 0. */
int bits_order(const struct bits *a, const struct bits *b);

#endif
