/* yosys_steps.h - one question to yosys' `sat`, and what came of it. */
#ifndef POSEDGE_YOSYS_STEPS_H
#define POSEDGE_YOSYS_STEPS_H

#include <stdbool.h>

#include "session/base/err.h"
#include "sim/yosys_run.h"
#include "sim/yosys_harness.h"

enum steps_end {
	STEPS_UNKNOWN, /* why says what came between; steps may still be above 0 */
	STEPS_PROVED,
	STEPS_BOUNDED, /* it holds for steps steps, and induction does not show more */
	STEPS_BROKEN,  /* there is a counterexample */
};

struct steps {
	enum steps_end end;
	unsigned steps; /* from the first on, those of the reset among them */
	struct err why;
	struct prover_trace trace; /* of BROKEN, if it was asked for */
};

enum steps_way {
	STEPS_INDUCT, /* a proof, or a bound step by step */
	STEPS_SEARCH, /* all steps at once: no proof, and several times as quick */
	STEPS_REACH,  /* the same, of what is expected to be broken: without a trace */
};

/* In a task, with z3 where it is installed and `sat` does not end. before has the commands
 * that bring the designs, h the rest. At most most_steps steps. False: cancelled. */
bool steps_ask(struct yosys *y, const char *before, const struct harness *h, enum steps_way way,
	       unsigned most_steps, bool trace, struct steps *out, struct err *err);

#endif
