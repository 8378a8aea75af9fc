/* counterexample.h - simulates a prover's counterexample with both versions before it is
 * reported. */
#ifndef POSEDGE_COUNTEREXAMPLE_H
#define POSEDGE_COUNTEREXAMPLE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/tool/prover.h"

struct workbench;

struct counterexample {
	bool passes_before, fails_after;
	char *bench; /* text of the testbench; owned */
	char *wave;  /* absolute path, of the later version; "": none; owned */
	char *first; /* first line that failed; "": none; owned */
};

/* Waits in the calling task. Uses of each job the design and the data that its
 * run reads, not its limits and folders. before: NULL for the trace of an
 * assertion; then only the later design is run. dir: absolute; emptied, then
 * holds what is kept. False if it could not be simulated. */
bool counterexample_run(struct workbench *w, const struct prover_trace *t,
			const struct run_job *before, const struct run_job *after, const char *dir,
			const char *about, struct counterexample *out, struct err *err);
void counterexample_fini(struct counterexample *b);

#endif
