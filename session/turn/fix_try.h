/* fix_try.h - what a set of proposals is worth: the design with all of them, linted and
 * simulated. Measured by the tools, never by what the model says. */
#ifndef POSEDGE_FIX_TRY_H
#define POSEDGE_FIX_TRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct session;
struct workbench;

struct fix_score {
	bool ran;	/* a simulation came to a verdict */
	bool passes;	/* and it is PASS */
	uint64_t fails; /* checks that failed */
	size_t errors, risks;
};

/* Below 0: a is worse than b; 0: as good. */
int fix_compare(const struct fix_score *a, const struct fix_score *b);

/* Of suggestion n and those that wait with it. testbench NULL: there is none to run. said:
 * findings, the verdict, the cycles before the first failure. False: the task was cancelled. */
bool fix_try(struct workbench *w, uint64_t n, const char *testbench, struct fix_score *score,
	     struct str *said, struct err *err);

/* Proposals as texts, to be brought back. A zeroed one is empty. */
struct fix_kept {
	struct fix_file {
		char *path;
		struct str text;
	} * v;
	size_t n;
};

void fix_keep(struct session *session, const uint64_t *suggestions, size_t n, struct fix_kept *out);
void fix_kept_fini(struct fix_kept *k);

/* Makes what was kept what waits: suggestions[i] becomes the number of what took its place.
 * What was proposed for other files since is closed; *n becomes how many are left. */
bool fix_bring_back(struct session *session, const struct fix_kept *k, uint64_t *suggestions,
		    size_t *n, struct err *err);

#endif
