/* flow_critique.h - a critical review of a file by a model: one question, findings
 * by line, writes nothing. One task. */
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
	const struct diag_list *found; /* NULL: the answer is not complete */
	struct strv unplaced;	       /* sentences */
	struct str lacking;	       /* a sentence if findings are missing or incomplete; "" */
};

/* Asks, parses the answer and records it (EVENT_CRITIQUE). False: the file cannot be
 * read, or the answer is not complete. The caller must finish *out in any case. */
bool flow_critique(struct workbench *w, const struct critique_request *r,
		   struct critique_result *out, struct err *err);
void critique_result_fini(struct critique_result *r);

#endif
