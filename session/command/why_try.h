/* why_try.h - lists small changes of the design with which a testbench passes. */
#ifndef POSEDGE_WHY_TRY_H
#define POSEDGE_WHY_TRY_H

#include <stdbool.h>

#include "session/base/err.h"

struct report;
struct why_chain;
struct workbench;

/* In a task: runs the testbench of the last run with changes of the design, for at most half a
 * minute, in the order in which the chain names their lines. Reports those that make it pass as
 * text or JSON, progress and that there are none as notes. Fails as flow_mutants(). */
bool why_try(struct workbench *w, const struct why_chain *k, struct report *out, struct err *err);

#endif
