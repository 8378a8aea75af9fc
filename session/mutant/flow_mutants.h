/* flow_mutants.h - a testbench run against each mutant of its design: one task.
 *
 * The design's files are those that nobody judges it by (toolbox/judges.h). A
 * mutant is noticed when the testbench does not pass with it: it fails, stops by
 * a limit, or ends in no verdict; it survives when it passes. Of a survivor it may be
 * proved that it means the same; then it counts for nothing. Whether another one is a
 * change at all is for a person to say.
 */
#ifndef POSEDGE_FLOW_MUTANTS_H
#define POSEDGE_FLOW_MUTANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/mutant/score.h"
#include "session/tool/simulator.h"

struct overlay;
struct workbench;

enum mutant_fate {
	MUTANT_NOT_RUN,
	MUTANT_NOTICED,
	MUTANT_SURVIVED,
	MUTANT_SAME, /* it survived, and means the same: that is proved */
};

/* One that was chosen; strings are owned. */
struct mutant_result {
	char *path;
	int line;
	const char *kind;
	char *before, *after; /* the line, without its indentation, and as it becomes */
	enum mutant_fate fate;
};

struct mutants_request {
	const char *testbench;	 /* as for `sim`; NULL: the usual one */
	const struct overlay *v; /* files as they could be; NULL: as they are */
	size_t n;
	unsigned max; /* how many; of more, chosen evenly */
	uint64_t ms;  /* for all of them, once built; the rest is not run */
	/* Whether a file means the same with another text (formal/same.h); NULL: nobody asks. */
	bool (*same)(struct workbench *w, const char *path, const char *before, size_t before_len,
		     const char *after, size_t after_len, uint64_t ms);
	/* After each; may be NULL. */
	void (*progress)(void *ctx, size_t done, size_t of);
	void *ctx;
};

struct mutants_report {
	char *testbench;
	const char *engine;		/* that ran them; constant */
	struct run_result first;	/* of the design as it is */
	struct mutant_result *v;	/* by file and place */
	size_t n, found;		/* chosen; in all */
	size_t noticed, survived, left; /* left: of those in the design as built, not run */
	size_t same;			/* of those that survived, and not among survived */
	size_t refused;			/* did not compile; not among v */
	uint64_t build_ms, run_ms;
};

/* One at a time in a session. ERR_CONFLICT: the testbench does not pass as it is, or there is
 * nothing to change. ERR_TOOL: the design does not build with mutants in it. */
bool flow_mutants(struct workbench *w, const struct mutants_request *r, struct mutants_report *out,
		  struct err *err);
struct score mutants_score(const struct mutants_report *m);
void mutants_report_fini(struct mutants_report *m);

#endif
