/* flow_rerun.h - what today's tools say of what was linted and simulated in a
 * recorded session: one task. Records nothing and changes no file. */
#ifndef POSEDGE_FLOW_RERUN_H
#define POSEDGE_FLOW_RERUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct moments;
struct workbench;

struct rerun {			      /* one that differs; borrowed for the call */
	uint64_t n;		      /* the number of the lint or verdict event */
	const char *recorded, *today; /* "PASS 25 checks", "0 errors, 2 risks" */
};

struct rerun_counts {
	size_t rerun, differ;
	size_t left_out;      /* a tool or a text was not there */
	struct err why;	      /* of the last one left out */
	struct strv as_today; /* files that were read as they are now, see below */
};

void rerun_counts_fini(struct rerun_counts *c);

/* A testbench that is a command runs again where w names one of that name (`testbench
 * add` of a posedgerc that may), never by what the session says it was. Each with the
 * texts as they were at that event: of what was opened by then, and
 * of what was opened only later, and had not been changed in between. The others
 * are read as they are now; those of them that were changed since the event, so
 * that nobody knows what they were, are told in counts->as_today. False:
 * cancelled, or there is no project. *counts is to be finished in either case. */
bool flow_rerun(struct workbench *w, struct moments *m,
		void (*fn)(void *ctx, const struct rerun *r), void *ctx,
		struct rerun_counts *counts, struct err *err);

/* The same for session id of another project, with the options and tools of w;
 * only counted. */
bool flow_rerun_there(const struct workbench *w, const char *root, const char *id,
		      struct rerun_counts *counts, struct err *err);

#endif
