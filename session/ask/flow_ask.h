/* flow_ask.h - a question, its answer, and the answer's proposals: one task.
 *
 * Map of session/ask: a question and its answer. Knows no protocol; uses the backend
 * port.
 *
 *   flow_ask  question, answer, suggestions: one task
 *   asking    its steps
 *   flow_critique critique   findings about a file, by line
 *   explained explanations that were given, and which lines they apply to now
 *   ask_*     context, the question of fix, earlier turns, the streamed answer
 *
 * question + spec + files --prompt--> request --backend--> pieces, recorded as they
 * arrive --answer--> suggestions, recorded. Writes no file of the project.
 */
#ifndef POSEDGE_FLOW_ASK_H
#define POSEDGE_FLOW_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/ask/ask_stream.h"
#include "session/base/err.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/review/flow_place.h"

struct prompt_piece;
struct prompt_tool;
struct workbench;

struct ask_about {	  /* zeroed: nothing in particular */
	uint64_t follows; /* an earlier question that this one replaces */
	const char *path; /* file of a proposed line; NULL: none */
	struct bytes line;
	uint64_t at; /* see event.h */
};

/* Tools of a request, and rules about them after the instructions. */
struct ask_offer {
	const struct prompt_tool *tools;
	size_t n;
	const char *rules; /* never NULL */
};

struct ask_request {
	const char *question;
	struct ask_about about;
	/* In addition to spec and files; a title that is a file's path, or
	 * PATH:FROM-TO, replaces that file. May be NULL. */
	struct prompt_piece *pieces;
	size_t n_pieces;
	const struct ask_offer *offer; /* NULL: no tools */
	const char *forced_path;       /* relative to the root; NULL: none */
	const char *front;	       /* file that the person looks at; NULL: none */
	const char *backend;	       /* NULL: as configured */
	bool fresh;		       /* send no earlier exchange */
	bool beside;   /* outside the conversation, proposes nothing; flow_ask() only */
	bool bare;     /* with fresh: send nothing of the project; the question has everything */
	uint64_t flow; /* the exchange of the flow that asks; 0: a person does */
	bool critique; /* wants findings by line, proposes nothing; flow_ask() only */
	bool fix;      /* the question describes a failure and asks for its cause */
	ask_live_fn *live; /* receives the streamed answer; may be NULL */
	void *ctx;
};

struct ask_result {
	uint64_t ask;		    /* the question's number */
	struct place_result placed; /* its proposals */
	struct str lacking;	    /* a sentence if the answer is missing or incomplete; "" */
};

/* False: the answer is not complete; what came is recorded. The caller must finish
 * *out in any case. */
bool flow_ask(struct workbench *w, const struct ask_request *r, struct ask_result *out,
	      struct err *err);
void ask_result_fini(struct ask_result *r);

/* Makes the request that flow_ask() would send, for *e; records nothing. Freed with
 * prompt_free(). unseen: see ask_context.h. NULL with err. */
struct backend_entry;
struct prompt;
struct prompt *flow_ask_prepare(struct workbench *w, const struct ask_request *r,
				struct backend_entry **e, struct strv *unseen, struct err *err);

#endif
