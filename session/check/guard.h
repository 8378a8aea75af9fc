/* guard.h - runs without a sandbox only happen when a person has agreed.
 *
 * A run executes what somebody wrote into a project. Where bubblewrap cannot
 * keep it from the person's files, nothing is run until `set sandbox none` or
 * an answer to a question allows it. An answer holds until the program ends;
 * it is not recorded.
 */
#ifndef POSEDGE_GUARD_H
#define POSEDGE_GUARD_H

#include <stdbool.h>

#include "session/base/err.h"

struct simulator_ops;
struct workbench;

/* In a task: whether ops may run now; asks where somebody can be asked.
 * ERR_CONSENT: nobody can, and err says which line allows it; ERR_CANCELLED:
 * the answer was no. */
bool guard_passes(struct workbench *w, const struct simulator_ops *ops, struct err *err);

/* What run_job.unguarded is to be. */
bool guard_is_off(const struct workbench *w);

#endif
