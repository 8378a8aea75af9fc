/* backend.h - the port to language models, and to what answers in their place.
 *
 * Map of session/model: the port to language models and what is sent through
 * it. Knows no network: that is in backends/.
 *
 *   backend          a question goes in, pieces of an answer come out
 *   prompt prompt_*  a question with what belongs to it; instructions: prompts/
 *   entries          what a request is made of, as a list
 *   image price      what an image is; what tokens cost
 *   redact           secrets taken out before anything is sent or recorded
 *
 * Lives here because the session asks; backends/ answer. A backend turns a
 * prompt into an answer that comes in pieces; it knows its wire format and
 * nobody else does.
 */
#ifndef POSEDGE_BACKEND_H
#define POSEDGE_BACKEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct confine_ops;
struct loop;
struct prompt;
struct strv;

enum piece_kind {
	PIECE_START, /* text: the model's name as the server tells it */
	PIECE_TEXT,
	PIECE_REASONING,
	/* of a tool, whole. text: the arguments as the model wrote them, which may be no
	 * JSON */
	PIECE_CALL,
	/* text: JSON, to be sent back to the same backend and model, before what follows
	 * it */
	PIECE_OPAQUE,
	PIECE_USAGE,  /* numbers below; no text */
	PIECE_FINISH, /* finish below; no text */
	PIECE_WAIT,   /* text: why nothing comes for now ("retry in 4 s: overloaded") */
	PIECE_FILE,   /* a file that it would change, after its text: see file below */
	PIECE_NOTE,   /* text: a sentence for the person, about this answer */
};

enum finish_reason {
	FINISH_STOP,
	FINISH_LENGTH,
	FINISH_TOOLS,  /* it waits for the results of its calls */
	FINISH_FILTER, /* a filter, or the model, refuses */
	FINISH_PAUSE,  /* it goes on when the turn is sent back */
	FINISH_ERROR,  /* the model failed in the middle, says the server */
	FINISH_OTHER,
};

struct usage { /* tokens; -1 = not told */
	long in, out, cached, reasoning;
	long written; /* of in, put into the server's cache; 0: none, or not told */
};

/* A file of the project as the answer leaves it, whole; piece.text is what it then
 * holds. From a backend that edits, in a copy of its own. */
struct piece_file {
	const char *path; /* relative to the root, clean */
	const char *base; /* what it held when the question was asked */
	size_t base_len;
	bool fresh; /* it was not there */
	bool gone;  /* it is to be deleted */
	bool cut;   /* it was in the middle of it */
};

struct piece {
	enum piece_kind kind;
	const char *text; /* whole UTF-8 characters, borrowed for the call */
	size_t len;
	const char *id;	  /* CALL: pairs it with its result; unique within the answer */
	const char *name; /* CALL: the tool; OPAQUE: its kind, "anthropic/thinking" */
	struct usage usage;
	enum finish_reason finish;
	struct piece_file file; /* FILE */
};

/* Receives one piece of an answer: in order, in the task that called ask(). All
 * it points to is borrowed for the call. False ends the answer there. It does
 * not wait. */
typedef bool piece_fn(void *ctx, const struct piece *p);

/* What `backend add NAME PROTOCOL url=... model=... key=...` said. */
struct backend_config {
	const char *name;
	const char *protocol;
	const char *url;   /* NULL: the protocol's default */
	const char *model; /* NULL: the server's only or first one */
	const char *root;  /* the project's folder, absolute; NULL: there is none */
	/* "env:NAME", "cmd:PROGRAM ARGS" (split at blanks), NULL: none; never the key
	 * itself */
	const char *key;
	const char *const *options;	   /* further "name=value"; NULL-terminated; may be NULL */
	const struct confine_ops *confine; /* to shut a program in; NULL: it cannot be had */
	const struct backend_ops *ops;	   /* the row that is opened */
	/* To be told the key whenever the backend has got it, so that it is taken
	 * out of all that is recorded; may be NULL. Outlives the backend. */
	void (*secret)(void *ctx, const char *key);
	void *ctx;
};

/* One of them: "url", or "header." for all that begin so. */
struct backend_option {
	const char *name, *value, *help; /* value: what follows the "=", for the help */
};

/* What a model can do, as its server tells. */
struct backend_caps {
	size_t context, output; /* tokens; 0: not told */
	enum { CAN_UNKNOWN, CAN_NOT, CAN } tools, images, reasoning;
};

struct backend; /* each begins with it */

struct backend_ops {
	const char *protocol;		      /* as the configuration spells it */
	const char *help;		      /* one line */
	const struct backend_option *options; /* ends with a NULL name; NULL: none */
	bool tools;	  /* it can offer a model tools, and hand on its calls */
	bool asks_nobody; /* it answers without a server: that costs nothing */
	bool library;	  /* it looks answers up and is no model: it cannot be given work */
	bool open_early;  /* open() only reads its options: a wrong one is told when it is given */
	/* It changes files itself, in a copy of the project: the request holds none
	 * but those of prompt.unsaved, what it says is prose, and what it did comes as
	 * PIECE_FILE, also when it fails. */
	bool edits;
	/* Checks the configuration and copies it; connects to nothing yet. */
	struct backend *(*open)(struct loop *l, const struct backend_config *cfg, struct err *err);
	void (*close)(struct backend *b); /* while no ask() runs; NULL is fine */
	/* In a task, which waits: calls piece() for each part, then returns. True:
	 * the answer is whole. What came before a failure stays valid: a partial
	 * answer. ERR_CANCELLED when the task is cancelled, or when piece() returned
	 * false. Several tasks may ask at a time. */
	bool (*ask)(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
		    struct err *err);
	/* In a task, while ask() runs in another: what it has changed so far, as PIECE_FILE, and
	 * notes of what is not taken. ERR_NOT_FOUND: it works on nothing just now. NULL: it
	 * changes no files. */
	bool (*so_far)(struct backend *b, piece_fn *piece, void *ctx, struct err *err);
	/* Whether it fills a gap: given a prompt with a fill its answer is what stands there and
	 * nothing else, and it reads no more than the two sides. NULL: it cannot. */
	bool (*fills)(const struct backend *b);
	/* In a task: the names of the models there are. NULL: it has none to list. */
	bool (*models)(struct backend *b, struct strv *names, struct err *err);
	/* In a task: of the model that is asked. NULL: not known. */
	bool (*caps)(struct backend *b, struct backend_caps *out, struct err *err);
};

struct backend {
	const struct backend_ops *ops;
};

/* The option that "NAME=VALUE" sets; NULL: list (which may be NULL) has none. */
const struct backend_option *backend_option_find(const struct backend_option *list,
						 const char *word);

const char *finish_name(
	enum finish_reason f); /* "stop", "length", "tools", "filter", "pause", "error", "other" */

#endif
