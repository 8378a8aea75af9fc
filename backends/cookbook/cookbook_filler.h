/* cookbook_filler.h - words of a request that say nothing about a design. Pure. */
#ifndef POSEDGE_COOKBOOK_FILLER_H
#define POSEDGE_COOKBOOK_FILLER_H

#include <stdbool.h>

struct word;

/* True for numbers and words that occur in nearly every request and point to no design. */
bool cookbook_common(const struct word *w);

/* True for words around the request that ask for nothing. */
bool cookbook_chatter(const struct word *w);

#endif
