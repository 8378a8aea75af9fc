/* prompt.h - a question with what belongs to it, as a request to a model.
 *
 * Pure: from the project's pieces to the messages, within a budget, in an
 * order that keeps the beginning the same between requests (providers cache
 * prefixes). What goes out is exactly what prompt_view() shows. Secrets were
 * redacted by the one who adds the pieces.
 */
#ifndef POSEDGE_PROMPT_H
#define POSEDGE_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/verilog/lang.h"

struct str;

#define PROMPT_BUDGET	  24000u /* tokens, when none is told */
#define PROMPT_LONG_LINES 150u	 /* a longer file is changed by SEARCH/REPLACE */

enum prompt_role { ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT };

enum prompt_part_kind {
	PROMPT_TEXT,
	PROMPT_IMAGE, /* text: its bytes; name: its type ("image/png") */
	PROMPT_CALL, /* the model calls a tool. name: the tool; id; text: its arguments, a JSON object */
	PROMPT_RESULT, /* what came of a call. id and name: of the call; text: for the model to read */
	PROMPT_OPAQUE, /* text: JSON that a backend gave (PIECE_OPAQUE), for no other to see; name: its kind */
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
};

/* A file, findings, a table of cycles: something put into a request. */
struct prompt_piece {
	const char *title; /* "rtl/fifo.sv", "lint", "waves before the first failure" */
	const char *text;
	size_t len;
	int priority;	    /* the lower, the longer it stays when the budget is short */
	bool with_question; /* findings, cycles: stands beside the question, not with the files */
	const char *brief;  /* its ports: told of a file that is cut or left out; NULL: nothing */
	bool cut;	    /* set by prompt_new: only part of it went in */
	bool left_out;	    /* set by prompt_new: none of it went in */
};

enum {		     /* priorities; the spec stands behind PIECE_NAMED */
       PIECE_FIRST,  /* what the person attached; findings, failing cycles */
       PIECE_NAMED,  /* a file that the question names by its path */
       PIECE_MODULE, /* one whose module it names */
       PIECE_NEAR,   /* what those instantiate */
       PIECE_OTHER,
};

struct prompt_turn { /* an earlier exchange, oldest first */
	const char *question, *answer;
};

/* How files that are there already are to be given back. */
enum prompt_answer {
	ANSWER_AUTO,  /* whole when they are short, else by SEARCH/REPLACE */
	ANSWER_WHOLE, /* whole, but for those that were sent only in part */
	ANSWER_EDIT,  /* by SEARCH/REPLACE */
};

struct prompt_input {
	const char *question;
	const char *spec; /* NULL: none */
	struct prompt_piece *pieces;
	size_t n_pieces;
	const struct prompt_turn *turns;
	size_t n_turns;
	size_t turns_before; /* so many more were before these */
	enum lang lang;
	size_t budget_tokens; /* for all of it, as the server counts; 0 = PROMPT_BUDGET */
	unsigned percent;     /* tokens that the server counts for 100 estimated ones; 0 = 100 */
	enum prompt_answer answer;
	bool icarus;  /* Icarus will run what comes */
	bool bench;   /* a testbench is wanted */
	bool cause;   /* something fails: its cause is to be told first */
	bool example; /* for a small model: show one answer */
};

/* The caller frees with prompt_free. ERR_LIMIT when the question and the
 * instructions alone pass the budget. Pieces are left out or cut in the middle
 * (with a line that says so), oldest turns go first. What is not in it is told
 * in it: files with their ports, earlier exchanges by their number. */
struct prompt *prompt_new(const struct prompt_input *in, struct err *err);
void prompt_free(struct prompt *p); /* NULL is fine */

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
