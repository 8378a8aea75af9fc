/* prompt.h - a question with what belongs to it, as a request to a model.
 *
 * Pure: from the project's pieces to the messages, within a budget, in an
 * order that keeps the beginning the same between requests (providers cache
 * prefixes). What goes out is exactly what prompt_view() shows. Secrets were
 * redacted by the one who adds the pieces.
 *
 * Where it can, a request is the one before with what is new after it: the answer, the
 * files that changed, the question. It is laid out anew when the instructions, the spec or
 * the exchanges that go along are others, when a file is gone, when it would pass its
 * budget, and when texts of files that have changed would take more than a third of it.
 */
#ifndef POSEDGE_PROMPT_H
#define POSEDGE_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/model/entries.h"
#include "session/verilog/lang.h"

struct str;

#define PROMPT_BUDGET	  24000u /* tokens, when none is told */
#define PROMPT_LONG_LINES 150u	 /* a longer file is changed by SEARCH/REPLACE */

enum prompt_role { ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT };

enum prompt_part_kind {
	PROMPT_TEXT,
	PROMPT_IMAGE, /* text: its bytes; name: its type ("image/png") */
	/* the model calls a tool. name: the tool; id; text: its arguments, a JSON object */
	PROMPT_CALL,
	/* what came of a call. id and name: of the call; text: for the model to read */
	PROMPT_RESULT,
	/* text: JSON that a backend gave (PIECE_OPAQUE), for no other to see; name: its
	 * kind */
	PROMPT_OPAQUE,
};

struct prompt_part {
	enum prompt_part_kind kind;
	const char *text;
	size_t len;
	const char *id, *name; /* as above; NULL */
	bool failed;	       /* RESULT: the tool did not do it */
	/* The request that follows this one begins the same, up to and with this
	 * part: providers that are told keep that beginning. */
	bool stable;
};

/* In each, results stand before text, and what is opaque before what it came with. */
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

/* A text as the person sees it, whatever the disk has. */
struct prompt_unsaved {
	const char *path; /* relative to the root */
	const char *text;
	size_t len;
};

/* The two sides of a gap, for a backend that fills it: see backend_ops.fills. Borrowed. */
struct prompt_fill {
	const char *before;
	size_t n_before;
	const char *behind;
	size_t n_behind;
};

struct prompt {
	const struct prompt_message
		*messages; /* the first is ROLE_SYSTEM, then user and assistant in turn */
	size_t n;
	const struct prompt_tool *tools;
	size_t n_tools;
	const char *question; /* what the person typed, by itself: the cookbook needs it */
	enum lang lang;
	size_t max_output_tokens; /* 0 = the backend's choice */
	size_t tokens;		  /* of all of it, estimated; see prompt_estimate() */
	size_t turns_left_out;	  /* earlier exchanges that are not in it */
	struct entries entries;	  /* what it is made of, and what is left out of it */
	bool goes_on;		  /* it is the request before, an answer, and what is new since */
	/* For a backend that edits; the caller's, who sets them after prompt_new(). */
	const struct prompt_unsaved *unsaved;
	size_t n_unsaved;
	/* What the question asks for is what stands between these; the caller's, as above. NULL:
	 * it asks for something else. */
	const struct prompt_fill *fill;
	/* How much the model shall reason, in place of what the backend's option says ("high");
	 * the caller's, as above; NULL. */
	const char *reasoning;
	/* Puts a form of the model's program to the person (the params of "elicitation/create");
	 * waits, in a task. The answer is its result, which the caller frees. NULL: nobody is
	 * there; the caller's, as above. */
	struct cJSON *(*form)(void *ctx, const char *from, const struct cJSON *params);
	void *form_ctx;
};

/* A file, findings, a table of cycles: something put into a request. */
struct prompt_piece {
	const char *title; /* "rtl/fifo.sv", "lint", "waves before the first failure" */
	const char *text;
	size_t len;
	int priority;	    /* the lower, the longer it stays when the budget is short */
	bool derived;	    /* told of the design, and no file of it: never said to be missing */
	bool with_question; /* findings, cycles: stands beside the question, not with the files */
	const char *brief;  /* its ports: told of a file that is cut or left out; NULL: nothing */
	bool off;	    /* the person does not want it sent */
	bool cut;	    /* set by prompt_new: only part of it went in */
	bool left_out;	    /* set by prompt_new: none of it went in */
};

enum {		     /* priorities; the spec follows PIECE_NAMED */
       PIECE_FIRST,  /* what the person attached; findings, failing cycles */
       PIECE_NAMED,  /* a file that the question names by its path */
       PIECE_MODULE, /* one whose module it names */
       PIECE_NEAR,   /* what those instantiate */
       PIECE_OTHER,
};

struct prompt_image {		 /* goes along with the question; all borrowed */
	const char *name, *type; /* "fsm.png", "image/png" */
	const char *bytes;
	size_t len, tokens;
};

struct prompt_turn { /* an earlier exchange, oldest first */
	const char *question, *answer;
	const char *remarks; /* what of answer tells what became of it; NULL: nothing does */
	uint64_t n;	     /* its number; 0 where nothing goes on from it */
};

/* A request that an answer came to, as it was sent. */
struct prompt_before {
	uint64_t exchange; /* its question's number */
	struct entries entries;
	struct prompt_text { /* of each message */
		enum prompt_role role;
		const char *text;
		size_t len;
	} * messages;
	size_t n;
};

/* How files that are there already are to be given back. */
enum prompt_answer {
	ANSWER_AUTO,  /* whole when they are short, else by SEARCH/REPLACE */
	ANSWER_WHOLE, /* whole, but for those that were sent only in part */
	ANSWER_EDIT,  /* by SEARCH/REPLACE */
	ANSWER_FILES, /* not at all: it changes them itself, in a copy */
};

/* Instructions stand in files, prompts/NAME.md, which are part of the program; another
 * text may stand in place of one. {language}, {fence}, {ext}, {change} and {long} in it are
 * replaced: "SystemVerilog", "systemverilog", "sv", what is to be done to files, and which
 * files are long. */
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
	size_t turns_before;	       /* so many more were before these */
	const char *digest;	       /* what was asked before these and what came of it; NULL */
	const char *agents;	       /* AGENTS.md of the project; NULL: none */
	const struct prompt_file *own; /* in place of those of their names; NULL */
	size_t n_own;
	/* The request of the last of the turns. Where it can be gone on from, what comes
	 * begins with all of it; NULL. */
	const struct prompt_before *before;
	enum lang lang;
	size_t budget_tokens; /* for all of it, as the server counts; 0 = PROMPT_BUDGET */
	unsigned percent;     /* tokens that the server counts for 100 estimated ones; 0 = 100 */
	enum prompt_answer answer;
	bool icarus;   /* Icarus will run what comes */
	bool bench;    /* a testbench is wanted */
	bool cause;    /* something fails: its cause is to be told first */
	bool critique; /* findings by line, and no code */
	bool example;  /* for a small model: show one answer */
};

/* The caller frees with prompt_free. ERR_LIMIT when the question and the
 * instructions alone pass the budget. Pieces are left out or cut in the middle
 * (with a line that says so), oldest turns go first. What is not in it is told
 * in it: files with their ports, earlier exchanges by their number. */
struct prompt *prompt_new(const struct prompt_input *in, struct err *err);
void prompt_free(struct prompt *p); /* NULL is fine */

/* One more thing that is not in it, after its entries. */
void prompt_note_entry(struct prompt *p, const struct prompt_entry *e);

/* Estimated tokens of all images. */
size_t prompt_images_cost(const struct prompt_input *in);

/* What was sent, from prompt_view() of it and entries_write(). False: the two do not
 * belong together. text is borrowed; to be finished. */
bool prompt_before_read(const char *text, size_t len, const char *sent, size_t sent_len,
			struct prompt_before *out);
void prompt_before_fini(struct prompt_before *b);

/* Without the tools and the rules for them: whoever offers some adds both each time. */
void prompt_before_drop_tools(struct prompt_before *b);

/* Tokens, rounded up, by what was measured of several models' tokenizers:
 * prose 3.9 bytes each, Verilog 2.2 to 2.7, tables of values 2.0. A byte that
 * is not ASCII counts as half a token. */
enum text_kind { TEXT_PROSE, TEXT_CODE, TEXT_TABLE };
size_t prompt_estimate(enum text_kind kind, const char *text, size_t len);

/* The same of an answer or a question: what stands in fences is code. */
size_t prompt_estimate_mixed(const char *text, size_t len);

/* All of it, for the person: each message under its role. */
void prompt_view(const struct prompt *p, struct str *out);

#endif
