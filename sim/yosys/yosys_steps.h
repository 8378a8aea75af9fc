/* yosys_steps.h - a query to yosys' `sat`, and its result. */
#ifndef POSEDGE_YOSYS_STEPS_H
#define POSEDGE_YOSYS_STEPS_H

#include <stdbool.h>

#include "session/base/err.h"
#include "sim/yosys/yosys_run.h"
#include "sim/yosys/yosys_harness.h"

enum steps_end {
	STEPS_UNKNOWN, /* why has the reason; steps may still be above 0 */
	STEPS_PROVED,
	STEPS_BOUNDED, /* holds for `steps` steps; induction fails */
	STEPS_BROKEN,  /* there is a counterexample */
};

struct steps {
	enum steps_end end;
	unsigned steps; /* from the first, including those of the reset */
	struct err why;
	struct prover_trace trace; /* for BROKEN, if requested */
};

enum steps_way {
	STEPS_INDUCT, /* a proof, or a bound step by step */
	STEPS_SEARCH, /* all steps at once: no proof, but several times as fast */
	STEPS_FIRST,  /* step by step: no proof, but the shortest counterexample */
	STEPS_REACH,  /* likewise, for what is expected to break: without a trace */
};

/* Call in a task; uses z3 if it is installed and `sat` does not finish. before: the
 * commands that provide the designs; h: the rest. At most most_steps steps. False:
 * cancelled. */
bool steps_ask(struct yosys *y, const char *before, const struct harness *h, enum steps_way way,
	       unsigned most_steps, bool trace, struct steps *out, struct err *err);

#endif
