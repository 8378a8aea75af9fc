/* why_narrow.h - which bits of a compared vector were wrong; for session/why only. */
#ifndef POSEDGE_WHY_NARROW_H
#define POSEDGE_WHY_NARROW_H

#include <stdint.h>

struct need;
struct pass;

/* If the bits of what need names come from several places, narrows its range to those that a
 * comparison in the condition of a check found wrong, with the values of the pass. */
void narrow_to_wrong(struct pass *r, uint32_t condition, struct need *need);

#endif
