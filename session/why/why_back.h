/* why_back.h - from what a signal should have been to what its statement should have read.
 *
 * The statement is executed again with one read replaced, as if all else were right. Knows
 * nothing of the chain.
 */
#ifndef POSEDGE_WHY_BACK_H
#define POSEDGE_WHY_BACK_H

#include "session/why/why_making.h"

/* Sets `wanted` or `cleared` of the step's reads, if w->wanted is known. port: the expression
 * of an input port in the parent's instance, with s NULL; else 0. */
void back_wanted(struct making *m, const struct site *s, uint32_t port);

#endif
