/* why_behind.h - the design's signals that a testbench computed a value from; for
 * session/why only. */
#ifndef POSEDGE_WHY_BEHIND_H
#define POSEDGE_WHY_BEHIND_H

#include "session/why/why_inner.h"

/* True if it is driven by an instance, or by code without waits in one: the design. */
bool is_design(struct why *w, const struct place *at);

/* Adds signals of the design that variables among the needs were computed from: those that
 * the right sides and conditions of their assignments read, through further variables. */
void behind_computed(struct why *w, uint32_t instance, struct need **needs, size_t *n, size_t *cap);

#endif
