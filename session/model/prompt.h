/* prompt.h - a question with its context, as a request to a model.
 *
 * Pure: turns pieces of the project into messages within a budget, in an order that
 * keeps the beginning the same between requests (providers cache prefixes). What is
 * sent is exactly what prompt_view() shows. The caller redacts secrets before adding
 * pieces.
 *
 * Where possible a request is the previous one plus what is new: the answer, changed
 * files, the question. It is laid out anew when the instructions, the spec or the set
 * of exchanges differ, when a file is gone, when it would exceed its budget, and when
 * outdated texts of files would take more than a third of the budget.
 */
#ifndef POSEDGE_PROMPT_H
#define POSEDGE_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/model/entries.h"
#include "session/verilog/lang.h"

struct str;

#define PROMPT_BUDGET	  24000u /* tokens, unless set */
#define PROMPT_LONG_LINES 150u	 /* files longer than this are edited by SEARCH/REPLACE */

enum prompt_role { ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT };

enum prompt_part_kind {
	PROMPT_TEXT,
	PROMPT_IMAGE, /* text: its bytes; name: its type ("image/png") */
	/* a tool call by the model. name: the tool; id; text: its arguments, a JSON object */
	PROMPT_CALL,
	/* result of a call. id and name: as in the call; text: for the model to read */
	PROMPT_RESULT,
	/* text: JSON from a backend (PIECE_OPAQUE), of use to that backend only; name: its
	 * kind */
	PROMPT_OPAQUE,
};

struct prompt_part {
	enum prompt_part_kind kind;
	const char *text;
	size_t len;
	const char *id, *name; /* as above; NULL */
	bool failed;	       /* RESULT: the call failed */
	/* The next request begins with the same bytes up to and including this part; providers
	 * with explicit caching are told to cache that prefix. */
	bool stable;
};

/* Within a message, results precede text, and an opaque part precedes what it came with. */
struct prompt_message {
	enum prompt_role role;
	const struct prompt_part *parts;
	size_t n;
};

struct prompt_tool {	  /* offered to the model */
	const char *name; /* [a-zA-Z0-9_-], at most 64 */
	const char *description;
	const char *schema; /* of its arguments: a JSON object */
};

/* A text as the person sees it, which may differ from the file on disk. */
struct prompt_unsaved {
	const char *path; /* relative to the root */
	const char *text;
	size_t len;
};

/* The text on both sides of a gap, for a backend that fills it (backend_ops.fills).
 * Borrowed. */
struct prompt_fill {
	const char *before;
	size_t n_before;
	const char *behind;
	size_t n_behind;
};

struct prompt {
	const struct prompt_message
		*messages; /* the first is ROLE_SYSTEM, then user and assistant alternate */
	size_t n;
	const struct prompt_tool *tools;
	size_t n_tools;
	const char *question; /* exactly what the person typed; the cookbook needs it */
	enum lang lang;
	size_t max_output_tokens; /* 0: the backend chooses */
	size_t tokens;		  /* total, estimated; see prompt_estimate() */
	size_t turns_left_out;	  /* earlier exchanges that are not included */
	struct entries entries;	  /* what was sent and what was left out */
	/* continues the previous request: that one, its answer, and what is new */
	bool goes_on;
	/* For a backend that edits; owned by the caller, who sets them after prompt_new(). */
	const struct prompt_unsaved *unsaved;
	size_t n_unsaved;
	/* The gap to fill, owned and set by the caller as above. NULL: the question asks for
	 * something else. */
	const struct prompt_fill *fill;
	/* How much the model is to reason ("high"), overriding the backend's option; owned and
	 * set by the caller as above. NULL: not overridden. */
	const char *reasoning;
	uint64_t seed; /* for the model's random choices, where the protocol has one; 0: none */
	/* Shows the person a form from the model's program (params of "elicitation/create") and
	 * waits, in a task. Returns the result, which the caller frees. NULL: nobody can answer
	 * forms. Set by the caller as above. */
	struct cJSON *(*form)(void *ctx, const char *from, const struct cJSON *params);
	void *form_ctx;
};

/* Something put into a request: a file, findings, a table of cycles. */
struct prompt_piece {
	const char *title; /* "rtl/fifo.sv", "lint", "waves before the first failure" */
	const char *text;
	size_t len;
	int priority;	    /* the lower, the longer it is kept when the budget is short */
	bool derived;	    /* derived from the design, not a file of it; never listed as missing */
	bool with_question; /* findings, cycles: placed next to the question, not with the files */
	const char *brief;  /* its ports, listed when the file is cut or left out; NULL: nothing */
	bool off;	    /* the person has switched it off */
	bool cut;	    /* set by prompt_new: only part of it was included */
	bool left_out;	    /* set by prompt_new: none of it was included */
};

enum {		     /* priorities; the spec comes after PIECE_NAMED */
       PIECE_FIRST,  /* what the person attached; findings, failing cycles */
       PIECE_NAMED,  /* a file whose path is in the question */
       PIECE_MODULE, /* a file whose module is in the question */
       PIECE_NEAR,   /* files that these instantiate */
       PIECE_OTHER,
};

struct prompt_image {		 /* sent with the question; all borrowed */
	const char *name, *type; /* "fsm.png", "image/png" */
	const char *bytes;
	size_t len, tokens;
};

struct prompt_turn { /* an earlier exchange, oldest first */
	const char *question, *answer;
	/* the part of answer that says which of its changes were taken; NULL: none */
	const char *remarks;
	uint64_t n; /* its number; 0: no request can continue from it */
};

/* A request that was answered, as it was sent. */
struct prompt_before {
	uint64_t exchange; /* its question's number */
	struct entries entries;
	struct prompt_text { /* one for each message */
		enum prompt_role role;
		const char *text;
		size_t len;
	} * messages;
	size_t n;
};

/* How the model is to return files that exist already. */
enum prompt_answer {
	ANSWER_AUTO,  /* whole if short, else by SEARCH/REPLACE */
	ANSWER_WHOLE, /* whole, except files that were sent only in part */
	ANSWER_EDIT,  /* by SEARCH/REPLACE */
	ANSWER_FILES, /* not at all: the backend changes them itself, in a copy */
	ANSWER_ASKED, /* not at all: the question has its own form of answer, a flow's */
};

/* Instructions are files, prompts/NAME.md, compiled into the program; `own` can replace
 * one. These words in them are replaced: {language} "SystemVerilog", {fence}
 * "systemverilog", {ext} "sv", {change} what may be done to files, {long} which files
 * count as long. */
struct prompt_file {
	const char *name, *text;
};
extern const struct prompt_file prompt_files[]; /* ends with a NULL name */

struct prompt_input {
	const char *question;
	const char *spec; /* NULL: none */
	struct prompt_piece *pieces;
	size_t n_pieces;
	const struct prompt_image *images;
	size_t n_images;
	const struct prompt_turn *turns;
	size_t n_turns;
	size_t turns_before;	       /* number of exchanges before these */
	const char *digest;	       /* summary of the exchanges before these; NULL */
	const char *agents;	       /* the project's AGENTS.md; NULL: none */
	const struct prompt_file *own; /* replace the built-in files of the same name; NULL */
	size_t n_own;
	/* The request of the last turn. If it can be continued, the new one begins with all of
	 * it; NULL. */
	const struct prompt_before *before;
	enum lang lang;
	size_t budget_tokens; /* for everything, as the server counts; 0: PROMPT_BUDGET */
	unsigned percent;     /* tokens the server counts for each 100 estimated; 0: 100 */
	enum prompt_answer answer;
	bool icarus;   /* Icarus will run the answer */
	bool bench;    /* a testbench is wanted */
	bool cause;    /* something fails: the model is to explain the cause first */
	bool critique; /* the answer is to be findings by line, without code */
	bool example;  /* for a small model: show an example answer */
};

/* The caller frees the result with prompt_free(). ERR_LIMIT when the question and the
 * instructions alone exceed the budget. Pieces are left out or cut in the middle (a
 * line marks the cut); the oldest turns are dropped first. The request lists what is
 * missing: files with their ports, and how many earlier exchanges. */
struct prompt *prompt_new(const struct prompt_input *in, struct err *err);
void prompt_free(struct prompt *p); /* NULL is fine */

/* Adds something that was not sent to the list of entries. */
void prompt_note_entry(struct prompt *p, const struct prompt_entry *e);

/* Estimated tokens of all images. */
size_t prompt_images_cost(const struct prompt_input *in);

/* Reads a request back from the output of prompt_view() and entries_write(). False: the
 * two do not match. out borrows text; free it with prompt_before_fini(). */
bool prompt_before_read(const char *text, size_t len, const char *sent, size_t sent_len,
			struct prompt_before *out);
void prompt_before_fini(struct prompt_before *b);

/* Removes tools and the rules for them, which are added to each request anew. */
void prompt_before_drop_tools(struct prompt_before *b);

/* Tokens, rounded up, from measurements of several models' tokenizers: 3.9 bytes a
 * token in prose, 2.2 to 2.7 in Verilog, 2.0 in tables of values. A byte that is not
 * ASCII counts as half a token. */
enum text_kind { TEXT_PROSE, TEXT_CODE, TEXT_TABLE };
size_t prompt_estimate(enum text_kind kind, const char *text, size_t len);

/* The same for an answer or a question, where text in fences counts as code. */
size_t prompt_estimate_mixed(const char *text, size_t len);

/* The whole request for the person: each message under its role. */
void prompt_view(const struct prompt *p, struct str *out);

#endif
