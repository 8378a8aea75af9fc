/* why_fold.h - one row for a step that takes several statements in the source.
 *
 * A register whose next value has a name, in the two-process style, is shown like one
 * whose process computes it; a default that assigns its old value means that it holds;
 * and a statement that works on the register's own value is shown with the one that it
 * started from. Knows nothing of the chain.
 */
#ifndef POSEDGE_WHY_FOLD_H
#define POSEDGE_WHY_FOLD_H

#include <stdbool.h>
#include <stdint.h>

struct why;
struct why_signal;
struct why_step;

/* Like why_step(). */
void why_folded(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
		struct why_step *out);

bool why_same_line(const struct why_step *a, const struct why_step *b); /* the first of each */

/* True if it comes from the testbench or from outside, or never changes. */
bool why_is_end(struct why *w, const struct why_signal *s);

#endif
