/* why_fold.h - a step as one row, also where the source takes several statements.
 *
 * A register with a next value of its own name, in the style of two processes, is told like
 * one whose process computes it; a default that gives it its old value is a register that
 * holds; and with a statement that works on the register's own value goes the one from which
 * that began. Knows nothing of the chain.
 */
#ifndef POSEDGE_WHY_FOLD_H
#define POSEDGE_WHY_FOLD_H

#include <stdbool.h>
#include <stdint.h>

struct why;
struct why_signal;
struct why_step;

/* As why_step(). */
void why_folded(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
		struct why_step *out);

/* It comes from the testbench, from outside, or never changes. */
bool why_is_end(struct why *w, const struct why_signal *s);

#endif
