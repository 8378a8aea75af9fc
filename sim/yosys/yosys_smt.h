/* yosys_smt.h - a query to z3 through yosys-smtbmc, for cases where `sat` does not
 * finish.
 *
 * `sat` turns a multiplier into gates, and a proof must compare each of them; z3 keeps
 * words and knows that a*b is b*a. It knows bits only, no x. Both programs are optional
 * (Debian packages yosys and z3).
 */
#ifndef POSEDGE_YOSYS_SMT_H
#define POSEDGE_YOSYS_SMT_H

#include <stdbool.h>

#include "session/base/err.h"
#include "sim/yosys/yosys_run.h"

enum smt_end {
	SMT_NOTHING, /* undecided */
	SMT_BROKEN,  /* counterexample within the first most_steps steps */
	SMT_BOUNDED, /* holds for the first most_steps steps */
	SMT_PROVED,
};

bool smt_here(void);

/* Call in a task, and only if some run satisfies the assumptions. before and
 * harness.sv: as in steps_ask(); without induct nothing is proved. False: cancelled. */
bool smt_ask(struct yosys *y, const char *before, unsigned most_steps, bool induct,
	     enum smt_end *end, struct err *err);

#endif
