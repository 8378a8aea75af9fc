/* cookbook_filler.h - which words of a request tell nothing of a design. Pure. */
#ifndef POSEDGE_COOKBOOK_FILLER_H
#define POSEDGE_COOKBOOK_FILLER_H

#include <stdbool.h>

struct word;

/* It stands in nearly every request and points to no design; numbers too. */
bool cookbook_common(const struct word *w);

/* It stands around a request and asks for nothing. */
bool cookbook_chatter(const struct word *w);

#endif
