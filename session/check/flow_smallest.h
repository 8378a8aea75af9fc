/* flow_smallest.h - finds the fewest hunks of a suggestion with which a testbench
 * passes, in the calling task and with many runs.
 *
 * Refused lines stay out; in the answer's other files everything not refused
 * counts as taken. Nothing is decided, written or recorded: that is left to the
 * user, who sees the hunks marked.
 */
#ifndef POSEDGE_FLOW_SMALLEST_H
#define POSEDGE_FLOW_SMALLEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct workbench;

struct smallest {
	bool *hunks; /* for each hunk: is it needed? owned */
	size_t n, needed, runs;
};

struct smallest_request {
	uint64_t suggestion;
	const char *testbench; /* see design_testbench(); may be NULL */
	const char *engine;
	/* Called after each run with the number of runs and the size of the
	 * smallest passing set. May be NULL. */
	void (*progress)(void *ctx, size_t runs, size_t enough);
	void *ctx;
};

/* Fails with ERR_CONFLICT if the testbench does not pass with all hunks either
 * (the sentence has its verdict) or the suggestion was decided meanwhile. The
 * caller calls smallest_fini() in either case. */
bool flow_smallest(struct workbench *w, const struct smallest_request *r, struct smallest *out,
		   struct err *err);
void smallest_fini(struct smallest *s);

#endif
