/* flow_mutants.h - runs a testbench against each mutant of its design, in the
 * calling task.
 *
 * The design's files are those that do not judge it (toolbox/judges.h). A mutant
 * is noticed if the testbench does not pass: it fails, hits a limit, or ends
 * without a verdict; it survives if the testbench passes. A survivor that is
 * proved equivalent is not counted. Whether any other survivor changes behaviour
 * is left to the user.
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
	MUTANT_SAME, /* survived, and is proved equivalent */
};

/* A selected mutant; strings are owned. */
struct mutant_result {
	char *path;
	int line;
	const char *kind;
	char *before, *after; /* the line without its indentation, and the changed one */
	size_t place;	      /* among all, by file and place */
	bool late;	      /* as in struct mutant */
	enum mutant_fate fate;
};

struct mutants_request {
	const char *testbench;	 /* as for `sim`; NULL: the usual one */
	const struct overlay *v; /* overlays; NULL: none */
	size_t n;
	unsigned max; /* how many mutants; selected evenly if there are more */
	uint64_t ms;  /* for all runs, not counting the build; the rest is not run */
	/* The testbench fails, and a change is looked for with which it passes: those that survive.
	 * There are more kinds, see mutants_find(); nothing is scored. */
	bool mends;
	/* Does a file mean the same with another text (formal/same.h)? NULL: do not check. */
	bool (*same)(struct workbench *w, const char *path, const char *before, size_t before_len,
		     const char *after, size_t after_len, uint64_t ms);
	/* The rank of a line of that text: changes of lines with a lower one run first. 0 is for
	 * likely survivors, as on a line that no test reached; after them come, unless mends, the
	 * kinds that likely survive. NULL: they run in the order of the text, so that the share of
	 * a hunt which the time ends is not too low. */
	size_t (*line_rank)(const void *reached, const char *path, const char *text, size_t len,
			    int line);
	const void *reached;
	/* Called after each mutant; may be NULL. */
	void (*progress)(void *ctx, size_t done, size_t of);
	void *ctx;
};

struct mutants_report {
	char *testbench;
	const char *engine;		/* engine that ran them; constant */
	struct run_result first;	/* of the unchanged design */
	struct mutant_result *v;	/* sorted by file and place */
	size_t n, found;		/* selected; found in all */
	size_t noticed, survived, left; /* left: built but not run */
	/* survived and proved equivalent; not included in survived */
	size_t same;
	size_t refused; /* did not compile; not in v */
	/* Something mends, so what is `late` was not run. */
	bool enough;
	uint64_t build_ms, run_ms;
};

/* Only one at a time per session. Fails with ERR_CONFLICT if the testbench does
 * not pass without mutants or there is nothing to mutate, with ERR_TOOL if the
 * design does not build with mutants or did not run to its end, with ERR_LIMIT if what
 * is to be mended ran longer than ms without a change. */
bool flow_mutants(struct workbench *w, const struct mutants_request *r, struct mutants_report *out,
		  struct err *err);
struct score mutants_score(const struct mutants_report *m);
void mutants_report_fini(struct mutants_report *m);

#endif
