/* why_wanted.h - the value that a check wanted, and what else a statement could have given.
 *
 * A wrong value came by a wrong way, or on the right way from something wrong. If another
 * branch would have given what the check wanted, or the register had kept it until it was
 * assigned, it was the way: the conditions are what to look at first. Knows nothing of the
 * chain.
 */
#ifndef POSEDGE_WHY_WANTED_H
#define POSEDGE_WHY_WANTED_H

#include <stdint.h>

#include "session/why/why_making.h"

/* Writes the value in binary that a comparison in the condition of a check wanted where it
 * read need, with the values of r; "": it is not known, or too wide. call: of the task that
 * has the check, bound in r; 0: none. */
void wanted_by(struct pass *r, uint32_t condition, uint32_t call, const struct need *need,
	       char out[WHY_WANTED]);

/* Adds to the step what other branches of the site's process would have given, and what the
 * register had before. */
void wanted_would(struct making *m, const struct site *s);

#endif
