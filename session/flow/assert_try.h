/* assert_try.h - simulates assertions with random inputs before they are suggested unproved.
 * For session/flow only.
 *
 * A prover that looks at twenty steps sees no counter of 100 overflow. A simulation of some
 * thousand cycles is no proof either, but an assertion that fails in it is wrong.
 */
#ifndef POSEDGE_ASSERT_TRY_H
#define POSEDGE_ASSERT_TRY_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/flow/assertion.h"

struct flow;

#define ASSERT_TRY_CYCLES 2000u

/* text: the module's file with all assertions in it, at their lines. Those that are suggested
 * without a proof are simulated by Icarus: one that fails gets that verdict and the waves, and for
 * each of the others why says what was or was not tried. What is x does not fail. said gets a line
 * unless there is none. False: cancelled. */
bool assert_try(struct flow *f, const char *module, const struct str *text, struct assertions *a,
		struct str *said, struct err *err);

#endif
