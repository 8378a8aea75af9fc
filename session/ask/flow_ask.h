/* flow_ask.h - a question, its answer, and what the answer proposes: one task.
 *
 * Map of session/ask: a question and its answer. Knows no protocol: it asks
 * the port.
 *
 *   flow_ask  question, answer, suggestions: one task
 *   asking    its steps, one by one
 *   flow_critique critique   findings about a file, by line
 *   ask_*     what goes along, the question of fix, earlier turns, the answer as it comes
 *
 * question + spec + files --prompt--> request --backend--> pieces, recorded as
 * they come --answer--> suggestions, recorded. Nothing is written to any file.
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

struct ask_about {	  /* all of it empty: nothing in particular */
	uint64_t follows; /* the question that it takes up again */
	const char *path; /* a line of what is proposed for that file; NULL */
	struct bytes line;
	uint64_t at; /* see event.h */
};

/* Tools that go along, and what is said of them after the instructions. */
struct ask_offer {
	const struct prompt_tool *tools;
	size_t n;
	const char *rules; /* never NULL */
};

struct ask_request {
	const char *question;
	struct ask_about about;
	/* Besides spec and files; one with a file's path as its title, or with
	 * PATH:FROM-TO, is of that file. May be NULL. */
	struct prompt_piece *pieces;
	size_t n_pieces;
	const struct ask_offer *offer; /* NULL: no tools */
	const char *forced_path;       /* relative to the root; NULL */
	const char *backend;	       /* NULL: the option's */
	bool fresh;		       /* no earlier exchange goes along */
	bool beside;   /* it stands beside the conversation and proposes nothing; flow_ask() only */
	bool bare;     /* with fresh: nothing of the project goes along; all is in the question */
	bool critique; /* findings by line are wanted, and nothing is proposed; the same */
	bool fix;      /* the question tells what fails: its cause is asked for */
	ask_live_fn *live; /* the answer as it comes; may be NULL */
	void *ctx;
};

struct ask_result {
	uint64_t ask;		    /* the question's number */
	struct place_result placed; /* what it proposes */
	struct str lacking; /* a sentence: why there is nothing to read, or not all of it; "" */
};

/* False: no whole answer came (what came is recorded). *out is to be finished
 * in either case. */
bool flow_ask(struct workbench *w, const struct ask_request *r, struct ask_result *out,
	      struct err *err);
void ask_result_fini(struct ask_result *r);

/* The request that it would send, to be freed with prompt_free(), for *e; nothing is
 * recorded. unseen: see ask_context.h. NULL with err. */
struct backend_entry;
struct prompt;
struct strv;
struct prompt *flow_ask_prepare(struct workbench *w, const struct ask_request *r,
				struct backend_entry **e, struct strv *unseen, struct err *err);

#endif
