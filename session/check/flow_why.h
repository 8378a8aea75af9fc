/* flow_why.h - why a signal has its value in the last run, from the elaborated
 * design and the waves. Waits in the calling task.
 */
#ifndef POSEDGE_FLOW_WHY_H
#define POSEDGE_FLOW_WHY_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/why/why.h"

struct workbench;

#define FLOW_WHY_STEPS 12 /* default length of a chain */

struct why_question {
	/* NULL or "": what the last failing check compared. "x": the first signal
	 * with an x among those it compared or the design's outputs */
	const char *signal;
	/* "30ns", "#5" (the fifth rising edge of the clock), "1200" (in the
	 * waves' unit); NULL or "": the time of failure, else the end */
	const char *when;
	const char *wave; /* the dump, absolute; NULL: that of the last run */
	size_t steps;	  /* at most; 0: FLOW_WHY_STEPS; 1: the signal's own step only */
};

struct why_answer {
	struct why_chain chain;
	struct why_unit unit;
	struct strv notes; /* sentences: files changed since the run, guesses made */
};

/* Design and waves are cached in w until one of them changes. Fails with
 * ERR_NOT_FOUND (no waves, no failure, no such signal) or ERR_TOOL (the design
 * cannot be elaborated, here or at all), each with one sentence. The caller calls
 * why_answer_fini(), also after a failure. */
bool flow_why(struct workbench *w, const struct why_question *q, struct why_answer *out,
	      struct err *err);
void why_answer_fini(struct why_answer *a);

#endif
