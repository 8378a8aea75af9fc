/* flow_why.h - why a signal has its value in the last run: the design elaborated,
 * its waves opened, and asked together. One task.
 */
#ifndef POSEDGE_FLOW_WHY_H
#define POSEDGE_FLOW_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/why/why.h"

struct why_memory;
struct workbench;

#define FLOW_WHY_STEPS 12 /* of a chain, where nobody says how many */

struct why_question {
	const char *signal; /* NULL or "": what the last failing check compared. "x": of what it
			     * compared, or of the design's outputs, the first that has an x */
	const char *when;   /* "30ns", "#5" (the clock's fifth rising edge), "1200" (in the
			     * waves' unit); NULL or "": when it failed, else the end */
	const char *wave;   /* the dump, absolute; NULL: of the last run */
	size_t steps;	    /* at most; 0: FLOW_WHY_STEPS. 1: the signal's own only */
};

struct why_answer {
	struct why_chain chain;
	struct why_unit unit;
	struct strv notes; /* sentences: what changed since the run, what is guessed */
};

/* The design and the waves are kept in w until one of them changes. ERR_NOT_FOUND:
 * there are no waves, no failure, no such signal; ERR_TOOL: it cannot be
 * elaborated here, or not at all; each in one sentence. The caller calls
 * why_answer_fini(), also after a failure. */
bool flow_why(struct workbench *w, const struct why_question *q, struct why_answer *out,
	      struct err *err);
void why_answer_fini(struct why_answer *a);

#endif
