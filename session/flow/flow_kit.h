/* flow_kit.h - the building blocks of a flow's steps. For session/flow only.
 *
 * Each call respects the flow's bounds and is recorded in the journal.
 */
#ifndef POSEDGE_FLOW_KIT_H
#define POSEDGE_FLOW_KIT_H

#include "session/flow/flow.h"
#include "session/flow/port_role.h"

struct project;
struct vmodule;
struct voutline;

struct flow {
	struct workbench *w;
	const struct flow_row *row;
	char *const *argv; /* the command's words after its name */
	size_t argc;
	void *own; /* state of the flow: row->size bytes */
	struct flow_result *out;
	uint64_t until_ms;     /* deadline, on the loop's clock */
	unsigned rounds;       /* questions asked to a model so far */
	uint64_t tokens;       /* used by them, as counted by the server, or estimated */
	const char *reasoning; /* for the next questions, as in struct prompt; may be NULL */
};

/* An answer of the model. */
struct flow_answer {
	struct str text;
	bool cut;   /* it is truncated */
	bool loops; /* stopped because it kept repeating itself */
};

void flow_answer_fini(struct flow_answer *a);

/* Asks a question as an exchange outside the conversation. The model gets nothing of
 * the project beyond the question, and code in the answer is not placed. role selects
 * the backend, as in ask_backend_role(). Fails with ERR_LIMIT and f->out->stopped set
 * at a bound, with ERR_CANCELLED, or with the backend's error. */
bool flow_model(struct flow *f, const char *role, const char *question, struct flow_answer *out,
		struct err *err);

/* A question whose answer has to have a form. */
struct flow_form {
	unsigned tries; /* answers at the most */
	/* Writes the question; faults: of the answer before, none the first time. */
	void (*ask)(void *ctx, const struct strv *faults, struct str *question);
	/* Takes what fits, and adds what does not to faults, in words for the model. False with
	 * err set: a failure that another answer would not mend. */
	bool (*take)(void *ctx, const struct flow_answer *a, struct strv *faults, struct err *err);
	void *ctx;
	const char *role; /* selects the backend, as in flow_model(); NULL: "ask" */
};

/* Asks the model until an answer has no faults. *faults, to be freed, are those of the last
 * answer. */
bool flow_model_form(struct flow *f, const struct flow_form *form, struct strv *faults,
		     struct err *err);

/* Gives the blocks of code in an answer to take(), until it returns true for one. If it never
 * does, faults gets a sentence that there is no `what`. */
struct answer_part;
bool flow_answer_block(const struct flow_answer *a, const char *what,
		       bool (*take)(void *ctx, const struct answer_part *p), void *ctx,
		       struct strv *faults);

/* Like flow_model() for the text between two texts. *filled: the backend was given only these,
 * and its answer is only the text between; otherwise it answered the question. */
struct prompt_fill;
bool flow_fill(struct flow *f, const char *role, const char *question,
	       const struct prompt_fill *fill, bool *filled, struct flow_answer *out,
	       struct err *err);

/* Asks the person; the time they take does not count. *answer: the caller frees it; NULL if
 * they decline to answer, which is no failure. q->from is filled in here. */
struct person_question;
bool flow_person(struct flow *f, const struct person_question *q, char **answer, struct err *err);

/* Closes all suggestions of this flow, for that reason. */
bool flow_withdraw(struct flow *f, const char *why, struct err *err);

/* The text of a project file as it is on the screen; false: there is none. */
bool flow_text(struct flow *f, const char *path, struct str *out);

/* The same for a file that the flow cannot do without. False with err set: see
 * workbench_read_whole(). */
bool flow_text_whole(struct flow *f, const char *path, struct str *out, struct err *err);

/* The module that the command's first word names, else the first top, and the whole text of
 * its file. The caller frees *name and *path, also after a failure. */
bool flow_module(struct flow *f, char **name, char **path, struct str *text, struct err *err);

/* The same with the outline of the text, from which *m is borrowed. *read: o is filled. */
bool flow_module_outline(struct flow *f, char **name, char **path, struct str *text,
			 struct voutline *o, bool *read, const struct vmodule **m, struct err *err);

/* The engine of the options. For "auto" Icarus, which simulates four states, else Verilator. */
const char *flow_engine(const struct flow *f);

/* The roles of the ports of a module of the project (port_role.h); the caller frees. */
enum port_role *flow_roles(struct flow *f, const struct project *p, const struct vmodule *m);

/* The text of spec.md, or nothing if the file does not exist. Fails if it exists but
 * cannot be read, so that no flow goes on without it. */
bool flow_spec(struct flow *f, struct str *out, struct err *err);

/* Suggests text as the new contents of the file; does nothing if they are equal
 * already. Replaces what an earlier step of this flow suggested for the file. from:
 * the text that the new one was made from, so that review keeps later typing; NULL:
 * the file as it is now. */
bool flow_propose(struct flow *f, const char *path, const struct str *from, const char *text,
		  size_t len, struct err *err);

/* Suggests lines as further requirements for the current spec.md; nothing if there are none. */
bool flow_require(struct flow *f, const struct strv *lines, struct err *err);

/* Runs fn(ctx[0]) and fn(ctx[1]) at the same time, each in its own task, and waits for
 * both. False with ERR_CANCELLED: the caller was cancelled, and both tasks with it. */
bool flow_both(struct flow *f, void (*fn)(void *ctx), void *const ctx[2], struct err *err);

/* True if text ends in at least FLOW_LOOP_BYTES of the same FLOW_LOOP_MAX bytes or
 * fewer, repeated, so that more of it adds nothing. Pure. */
#define FLOW_LOOP_MAX	512u
#define FLOW_LOOP_BYTES 8192u
bool flow_loops(const char *text, size_t len);

/* The value of a command option, given as the word --NAME=VALUE or --NAME; "" if it
 * has no value; NULL if it was not given. */
const char *flow_option(const struct flow *f, const char *name);

/* The first word that is not an option; NULL: there is none. */
const char *flow_word(const struct flow *f);

/* Adds a line for each parameter and port, "- input [7:0] data": what a model learns
 * about a module whose text it does not get. */
void flow_add_ports(const struct vmodule *m, struct str *out);

#endif
