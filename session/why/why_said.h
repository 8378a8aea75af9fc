/* why_said.h - what a failing check printed, where the trace does not have what it wanted: an
 * array of expected values is in few dumps. Knows nothing of the check.
 */
#ifndef POSEDGE_WHY_SAID_H
#define POSEDGE_WHY_SAID_H

#include <stdbool.h>

#include "session/why/why_inner.h"

/* Writes in binary what a signal with that value should have been, by a line such as "q is 3,
 * expected 5". What out has is kept if the line names it after such a word: a task may have been
 * called again since. False: the line does not say, or the value has an x or no more than one bit.
 * A guess: good enough to order what is shown, never to claim anything. */
bool said_wanted(struct why *w, const char *said, const struct bits *value, char out[WHY_WANTED]);

/* How well the constants among a call's arguments fit a line that its task printed: texts, as
 * in `check("data", data, 8)`, and numbers among those expected. 0: none does. */
int said_of_call(const struct why *w, const char *said, uint32_t call);

#endif
