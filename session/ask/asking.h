/* asking.h - the steps of a question, for flow_ask() and for turns with tools:
 * what goes along, the record of it, the answer's end, what the answer proposes.
 */
#ifndef POSEDGE_ASKING_H
#define POSEDGE_ASKING_H

#include "session/ask/flow_ask.h"
#include "session/workbench/backend_list.h"

struct backend_lease;
struct project;
struct prompt;

struct asking {
	struct workbench *w;
	const struct ask_request *r;
	struct ask_result *out;
	/* A copy: the list of backends may change while it is asked. */
	struct backend_entry entry;
	struct backend_lease *lease;  /* the backend, held */
	struct prompt *prompt;	      /* the request without tools */
	struct prompt_unsaved *texts; /* for a backend that edits: what is seen; else NULL */
	struct strv unseen;	      /* see ask_context() */
	bool recorded;
	bool may_be_silent;   /* tools did what was asked: the answer need not be text */
	struct ask_stream st; /* once recorded: the answer as it comes */
};

/* Whom it is for, and where it is recorded. Borrowed from the list of backends. */
struct backend_entry *asking_prepare(struct workbench *w, const struct ask_request *r,
				     struct err *err);

/* Opens what is needed and makes the request. *a is to be finished in either case. */
bool asking_begin(struct asking *a, struct workbench *w, const struct ask_request *r,
		  struct ask_result *out, struct err *err);

/* Whether one more request of so many tokens keeps to the budget, with what the answer
 * has cost so far; ERR_LIMIT. */
bool asking_afford(struct asking *a, size_t tokens, struct err *err);

/* Records the question with p, which is what will be sent. Fails with ERR_LIMIT, too,
 * when it may pass the budget: see ask_cost.h. */
bool asking_record(struct asking *a, const struct prompt *p, struct err *err);

/* Records the rest of the answer and how it ended. why: code 0 for a whole one. False: it
 * is not whole, or could not be recorded. */
bool asking_end(struct asking *a, struct err *why, struct err *err);

/* What the answer proposes from that byte on, into a->out->placed. */
bool asking_place(struct asking *a, size_t from, struct err *err);

void asking_fini(struct asking *a);

#endif
