/* why_wanted.h - the value that a check expected, and the values that other branches
 * would have assigned.
 *
 * A wrong value has one of two causes: the wrong branch was taken, or the right branch
 * read something wrong. If another branch would have given the expected value, or the
 * register would have kept it, the branch was wrong, and its conditions come first in
 * the explanation. Knows nothing of the chain.
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

/* The same where a check compares nothing itself, as in `if (!match)`, and reads that bit alone:
 * the other value, if the check fails at that time and would not fail with it. with: the value of
 * the condition with which it fails, '1' or '0'. */
void wanted_bit(struct why *w, uint32_t instance, uint64_t time, uint32_t condition, char with,
		const struct need *need, char out[WHY_WANTED]);

/* Adds to the step what other branches of the site's process would have given, and what the
 * register had before. */
void wanted_would(struct making *m, const struct site *s);

#endif
