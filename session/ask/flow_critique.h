/* flow_critique.h - a model reads a file critically: one question, findings by line, and
 * nothing is written. One task. */
#ifndef POSEDGE_FLOW_CRITIQUE_H
#define POSEDGE_FLOW_CRITIQUE_H

#include <stdbool.h>

#include "session/ask/ask_stream.h"
#include "session/base/err.h"
#include "session/base/str.h"

struct diag_list;
struct workbench;

struct critique_request {
	const char *path;    /* relative to the root */
	const char *backend; /* NULL: that of the role judge */
	ask_live_fn *live;   /* may be NULL */
	void *ctx;
};

struct critique_result {
	uint64_t ask;
	const struct diag_list *found; /* NULL: no whole answer came */
	struct strv unplaced;	       /* sentences */
	struct str lacking;	       /* a sentence: why there is nothing, or not all of it; "" */
};

/* Asks, reads what is answered and records that (EVENT_CRITIQUE). False: the file cannot be
 * read, or no whole answer came. *out is to be finished in either case. */
bool flow_critique(struct workbench *w, const struct critique_request *r,
		   struct critique_result *out, struct err *err);
void critique_result_fini(struct critique_result *r);

#endif
