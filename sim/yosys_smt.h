/* yosys_smt.h - one question to z3, through yosys-smtbmc, where `sat` did not end.
 *
 * `sat` turns a multiplier into gates, of which a proof has to compare each; z3 keeps words
 * and knows that a*b is b*a. It knows bits only, no x. Both programs are optional (Debian
 * packages yosys and z3).
 */
#ifndef POSEDGE_YOSYS_SMT_H
#define POSEDGE_YOSYS_SMT_H

#include <stdbool.h>

#include "session/base/err.h"
#include "sim/yosys_run.h"

enum smt_end {
	SMT_NOTHING, /* not decided either */
	SMT_BROKEN,  /* there is a counterexample in the first most_steps steps */
	SMT_BOUNDED, /* it holds in the first most_steps steps */
	SMT_PROVED,
};

bool smt_here(void);

/* In a task, and only of what some run satisfies the assumptions of: before and harness.sv
 * as steps_ask() has them; without induct nothing is proved. False: cancelled. */
bool smt_ask(struct yosys *y, const char *before, unsigned most_steps, bool induct,
	     enum smt_end *end, struct err *err);

#endif
