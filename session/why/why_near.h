/* why_near.h - how near a condition came to another value; for session/why only. */
#ifndef POSEDGE_WHY_NEAR_H
#define POSEDGE_WHY_NEAR_H

#include "session/why/why_inner.h"

#define NEAR_FAR 1000u

/* The number of parts of a condition that would have to change for it to be `wanted`, with the
 * values of the pass. 0: it is; NEAR_FAR: many, or not known. A net driven by a continuous
 * assignment stands for its expression. */
unsigned near_to(struct pass *r, uint32_t node, bool wanted);

#endif
