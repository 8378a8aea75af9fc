/* flow_rerun.h - repeats the lints and simulations of a recorded session with
 * today's tools, in the calling task. Records nothing and changes no file. */
#ifndef POSEDGE_FLOW_RERUN_H
#define POSEDGE_FLOW_RERUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct moments;
struct workbench;

struct rerun {			      /* a result that differs; borrowed for the call */
	uint64_t n;		      /* number of the lint or verdict event */
	const char *recorded, *today; /* "PASS 25 checks", "0 errors, 2 risks" */
};

struct rerun_counts {
	size_t rerun, differ;
	size_t left_out;      /* not repeated: a tool or a text is missing */
	struct err why;	      /* for the last one left out */
	struct strv as_today; /* files used with their current text, see below */
};

void rerun_counts_fini(struct rerun_counts *c);

/* Repeats each result with the texts at that event: known for files opened by
 * then, and for files opened later that had not changed in between. Other files
 * are read as they are now; those changed since the event, whose text then is
 * unknown, are listed in counts->as_today. A testbench that is a command is only
 * run if w has one of that name (`testbench add` of a trusted posedgerc), never
 * the command stored in the session. False: cancelled, or there is no project.
 * The caller calls rerun_counts_fini() in either case. */
bool flow_rerun(struct workbench *w, struct moments *m,
		void (*fn)(void *ctx, const struct rerun *r), void *ctx,
		struct rerun_counts *counts, struct err *err);

/* The same for session id of another project, with the options and tools of w;
 * only fills in the counts. */
bool flow_rerun_there(const struct workbench *w, const char *root, const char *id,
		      struct rerun_counts *counts, struct err *err);

#endif
