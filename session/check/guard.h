/* guard.h - runs without a sandbox need the user's consent.
 *
 * A run executes code that somebody wrote into a project. If bubblewrap cannot
 * keep it from the user's files, nothing is run until `set sandbox none` or an
 * answer to a question allows it. An answer is valid until the program ends; it
 * is not recorded.
 */
#ifndef POSEDGE_GUARD_H
#define POSEDGE_GUARD_H

#include <stdbool.h>

#include "session/base/err.h"

struct simulator_ops;
struct workbench;

/* Waits in the calling task: may ops run now? Asks the user if there is one. Fails with
 * ERR_CONSENT if there is nobody to ask (err says which setting allows it),
 * ERR_CANCELLED if the answer was no. */
bool guard_passes(struct workbench *w, const struct simulator_ops *ops, struct err *err);

/* The value for run_job.unguarded. */
bool guard_is_off(const struct workbench *w);

#endif
