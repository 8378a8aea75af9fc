/* why_given.h - which call of a task was the last one, by the arguments that the trace has of
 * it: a static task keeps them; for session/why only.
 */
#ifndef POSEDGE_WHY_GIVEN_H
#define POSEDGE_WHY_GIVEN_H

#include <stdbool.h>
#include <stdint.h>

struct why;

/* True if what the trace has at a time of the task's arguments is what the arguments of a call in
 * that instance are with the values of another time, the moment before: a testbench may change
 * them after the call. False also if the trace has none of them. */
bool given_by(struct why *w, uint32_t instance, uint32_t call, uint64_t time, uint64_t values);

#endif
