/* flow_smallest.h - the fewest places of a suggestion with which a testbench
 * passes: one task, many runs.
 *
 * Refused lines stay out; the answer's other files are as if what is not
 * refused were taken. Nothing is decided, written or recorded: the person does
 * that, with the places marked.
 */
#ifndef POSEDGE_FLOW_SMALLEST_H
#define POSEDGE_FLOW_SMALLEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct workbench;

struct smallest {
	bool *hunks; /* of each hunk, whether it is needed; owned */
	size_t n, needed, runs;
};

struct smallest_request {
	uint64_t suggestion;
	const char *testbench; /* as design_testbench() takes it; NULL */
	const char *engine;
	/* After each run: how many there were, and how many places were found
	 * to be enough. May be NULL. */
	void (*progress)(void *ctx, size_t runs, size_t enough);
	void *ctx;
};

/* ERR_CONFLICT: the testbench does not pass with all of it either (the sentence
 * has its verdict), or the suggestion was decided meanwhile. *out is to be
 * finished in either case. */
bool flow_smallest(struct workbench *w, const struct smallest_request *r, struct smallest *out,
		   struct err *err);
void smallest_fini(struct smallest *s);

#endif
