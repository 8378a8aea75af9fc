/* why_fold.h - one row for a step that takes several statements in the source.
 *
 * A register whose next value has a name, in the two-process style, is shown like one
 * whose process computes it; a default that assigns its old value means that it holds;
 * a statement that works on the register's own value is shown with the one that it
 * started from, and a state with those before it. Knows nothing of the chain.
 */
#ifndef POSEDGE_WHY_FOLD_H
#define POSEDGE_WHY_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct why;
struct why_signal;
struct why_step;

/* Like why_step(). wanted: what the signal should have been, in binary; "": not known. */
void why_folded(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
		const char *wanted, struct why_step *out);

/* The only read that gave a step its value, if the step tells the whole truth: of a wire, of a
 * multiplexer, or of a stage of a pipeline whose conditions all come from the testbench.
 * SIZE_MAX: it is not one. */
size_t why_passes_on(struct why *w, const struct why_step *s);

/* True if next, the step of the signal that s passes on, belongs in one row with s. */
bool why_belongs(const struct why_step *s, const struct why_step *next);

/* Puts next, the step of its read r, into s; next is empty then. */
void why_absorb(struct why_step *s, size_t r, struct why_step *next);

bool why_same_line(const struct why_step *a, const struct why_step *b); /* the first of each */

/* True if it comes from the testbench or from outside, or never changes. */
bool why_is_end(struct why *w, const struct why_signal *s);

#endif
