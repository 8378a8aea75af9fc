/* asking.h - the steps of a question, for flow_ask() and for turns with tools: collect
 * the context, record the question, record the end of the answer, place its proposals.
 */
#ifndef POSEDGE_ASKING_H
#define POSEDGE_ASKING_H

#include "session/ask/flow_ask.h"
#include "session/workbench/backend_list.h"

struct backend_lease;
struct prompt;

struct asking {
	struct workbench *w;
	const struct ask_request *r;
	struct ask_result *out;
	/* A copy: the list of backends may change meanwhile. */
	struct backend_entry entry;
	struct backend_lease *lease;  /* held while asking */
	struct prompt *prompt;	      /* without tools */
	struct prompt_unsaved *texts; /* unsaved texts for a backend that edits; else NULL */
	struct strv unseen;	      /* see ask_context() */
	bool recorded;
	bool may_be_silent;   /* tools did the work: an answer without text is fine */
	struct ask_stream st; /* the streamed answer; valid once recorded */
};

/* Opens the session as a question needs it; fresh: without earlier exchanges. */
bool asking_session(struct workbench *w, bool fresh, struct err *err);

/* Finds the backend and prepares the record. Borrowed from the list of backends. */
struct backend_entry *asking_prepare(struct workbench *w, const struct ask_request *r,
				     struct err *err);

/* Opens what is needed and makes the request. The caller must finish *a in any case. */
bool asking_begin(struct asking *a, struct workbench *w, const struct ask_request *r,
		  struct ask_result *out, struct err *err);

/* True if one more request of that many tokens is within the budget, given the maximum
 * cost of this answer so far; else ERR_LIMIT. */
bool asking_afford(struct asking *a, size_t tokens, int64_t soon, struct err *err);

/* Records the question with p, the request to be sent. ERR_LIMIT also if it may
 * exceed the budget: see ask_cost.h. */
bool asking_record(struct asking *a, const struct prompt *p, struct err *err);

/* Records the rest of the answer and how it ended. why: code 0 if it is complete.
 * False: it is not complete, or could not be recorded. */
bool asking_end(struct asking *a, struct err *why, struct err *err);

/* Places the proposals of the answer from byte `from` on; the result is in
 * a->out->placed. */
bool asking_place(struct asking *a, size_t from, struct err *err);

void asking_fini(struct asking *a);

#endif
