/* why_odd.h - a constant of the design that is not quite the testbench's; for session/why only. */
#ifndef POSEDGE_WHY_ODD_H
#define POSEDGE_WHY_ODD_H

#include "session/why/why_inner.h"

/* Makes a step of the statements with such a constant, at that time. False: there is none, or
 * too many to mean anything. The caller calls why_step_fini(). */
bool odd_constant(struct why *w, uint64_t time, struct why_step *out);

#endif
