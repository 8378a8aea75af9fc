/* flow_kit.h - what the steps of a flow are made of; for session/flow only.
 *
 * Each call keeps to the flow's bounds and leaves its trace in the journal.
 */
#ifndef POSEDGE_FLOW_KIT_H
#define POSEDGE_FLOW_KIT_H

#include "session/flow/flow.h"

struct vmodule;

struct flow {
	struct workbench *w;
	const struct flow_row *row;
	char *const *argv; /* the words of the command after its name */
	size_t argc;
	void *own; /* of the flow: row->size bytes */
	struct flow_result *out;
	uint64_t until_ms;     /* of the loop's clock */
	unsigned rounds;       /* questions to a model so far */
	uint64_t tokens;       /* that they took, as the server counts, or estimated */
	const char *reasoning; /* of the next questions, as in struct prompt; NULL */
};

/* What a model said. */
struct flow_answer {
	struct str text;
	bool cut;   /* it ends too early */
	bool loops; /* it was ended, because it said the same over and over */
};

void flow_answer_fini(struct flow_answer *a);

/* Asks with nothing of the project but what stands in the question: an exchange
 * beside the conversation. What the answer holds is not placed. role: whom, as
 * ask_backend_role(). False: ERR_LIMIT with f->out->stopped set: a bound; else the
 * backend failed, or ERR_CANCELLED. */
bool flow_model(struct flow *f, const char *role, const char *question, struct flow_answer *out,
		struct err *err);

/* The same for what stands between two texts. *filled: the backend was given these alone, and
 * its answer is nothing else; else it answered the question. */
struct prompt_fill;
bool flow_fill(struct flow *f, const char *role, const char *question,
	       const struct prompt_fill *fill, bool *filled, struct flow_answer *out,
	       struct err *err);

/* Asks the person; NULL with err: ERR_CONSENT when they will not answer, ERR_CANCELLED.
 * To be freed. Their time does not count. */
char *flow_person(struct flow *f, const char *question, char *const *options, size_t n,
		  bool free_text, struct err *err);

/* A text of the project as it is on the screen; false: there is none. */
bool flow_text(struct flow *f, const char *path, struct str *out);

/* The same for what the flow cannot do without: false says why, see flow_read_whole(). */
bool flow_text_whole(struct flow *f, const char *path, struct str *out, struct err *err);

/* The text of spec.md, nothing where there is none. False: it is there and cannot be read, so
 * that nothing is made without it. */
bool flow_spec(struct flow *f, struct str *out, struct err *err);

/* Proposes that the file holds text; nothing where it does already. What an earlier step
 * proposed for the file is replaced. from: what text was made of, so that review keeps what
 * was typed since; NULL: nothing, it is about the file as it is now. */
bool flow_propose(struct flow *f, const char *path, const struct str *from, const char *text,
		  size_t len, struct err *err);

/* Proposes lines as further requirements of spec.md as it is now; nothing for none. */
bool flow_require(struct flow *f, const struct strv *lines, struct err *err);

/* Calls fn(ctx[i]) for both at a time, each in a task of its own, and waits for the end of
 * both. False: ERR_CANCELLED: the caller was, and so both were. */
bool flow_both(struct flow *f, void (*fn)(void *ctx), void *const ctx[2], struct err *err);

/* Whether text ends in the same FLOW_LOOP_MAX bytes or fewer so often that more of it says
 * nothing: FLOW_LOOP_BYTES of it. Pure. */
#define FLOW_LOOP_MAX	512u
#define FLOW_LOOP_BYTES 8192u
bool flow_loops(const char *text, size_t len);

/* The value of an option of the command, which comes as the word --NAME=VALUE or --NAME;
 * "" for one without; NULL: it was not given. */
const char *flow_option(const struct flow *f, const char *name);

/* The i-th word that is no such option; NULL. */
const char *flow_word(const struct flow *f, size_t i);

/* A line for each parameter and port, "- input [7:0] data": what a model is told of a module
 * whose text it does not get. */
void flow_add_ports(const struct vmodule *m, struct str *out);

#endif
