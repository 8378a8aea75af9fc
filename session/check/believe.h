/* believe.h - a counterexample, simulated with both versions before it is believed. */
#ifndef POSEDGE_BELIEVE_H
#define POSEDGE_BELIEVE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/tool/prover.h"

struct run_job;
struct workbench;

struct believed {
	bool passes_before, fails_after;
	char *bench; /* the testbench's text; owned */
	char *wave;  /* absolute, of the later version; "" = none; owned */
	char *first; /* the first line that failed; "" = none; owned */
};

/* In a task. Of each job counts the design and what its run reads, not limits and folders.
 * before: NULL: an assertion's trace, only the later design is run. dir:
 * absolute, emptied for it; what is kept is in it. False: it could not be simulated. */
bool believe(struct workbench *w, const struct prover_trace *t, const struct run_job *before,
	     const struct run_job *after, const char *dir, const char *about, struct believed *out,
	     struct err *err);
void believed_fini(struct believed *b);

#endif
