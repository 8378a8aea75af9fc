/* backend.h - the port to language models and to whatever answers in place of one.
 *
 * Map of session/model: the port to language models and what is sent through it. Knows
 * no network: that is in backends/.
 *
 *   backend          a question goes in, pieces of an answer come out
 *   prompt prompt_*  a question with its context; the instructions are in prompts/
 *   entries          the list of what a request consists of
 *   image price      type and size of an image; what tokens cost
 *   redact           removes secrets before anything is sent or recorded
 *
 * The port is declared here because the session asks; the implementations are in
 * backends/. A backend turns a prompt into an answer that arrives in pieces; it alone
 * knows its wire format.
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
	PIECE_START, /* text: the model's name as reported by the server */
	PIECE_TEXT,
	PIECE_REASONING,
	/* One complete tool call. text: the arguments as the model wrote them, possibly not
	 * valid JSON */
	PIECE_CALL,
	/* text: JSON to send back to the same backend and model, before whatever follows it */
	PIECE_OPAQUE,
	PIECE_USAGE,  /* usage below; no text */
	PIECE_FINISH, /* finish below; no text */
	PIECE_WAIT,   /* text: why nothing arrives at the moment ("retry in 4 s: overloaded") */
	PIECE_FILE,   /* a file that the answer changes, sent after its text; see file below */
	PIECE_NOTE,   /* text: a sentence about this answer, for the person */
};

enum finish_reason {
	FINISH_STOP,
	FINISH_LENGTH,
	FINISH_TOOLS,  /* the model waits for the results of its calls */
	FINISH_FILTER, /* a filter or the model itself refuses */
	FINISH_PAUSE,  /* the model continues when the turn is sent back */
	FINISH_ERROR,  /* the server reports that the model failed midway */
	FINISH_OTHER,
};

struct usage { /* tokens; -1: not reported */
	long in, out, cached, reasoning;
	long written; /* part of in that went into the server's cache; 0: none, or not reported */
};

/* One file of the project as the answer leaves it; piece.text is its whole new content.
 * Sent by a backend that edits files in its own copy. */
struct piece_file {
	const char *path; /* relative to the root, clean */
	const char *base; /* content when the question was asked */
	size_t base_len;
	bool fresh; /* did not exist before */
	bool gone;  /* is to be deleted */
	bool cut;   /* the backend was interrupted while writing it */
};

struct piece {
	enum piece_kind kind;
	const char *text; /* whole UTF-8 characters, borrowed for the call */
	size_t len;
	const char *id;	  /* CALL: pairs the call with its result; unique within the answer */
	const char *name; /* CALL: the tool; OPAQUE: its kind, "anthropic/thinking" */
	struct usage usage;
	enum finish_reason finish;
	struct piece_file file; /* FILE */
};

/* Receives one piece of an answer: in order, in the task that called ask(). All
 * pointers are borrowed for the call. Returning false ends the answer there. Must not
 * wait. */
typedef bool piece_fn(void *ctx, const struct piece *p);

/* The arguments of `backend add NAME PROTOCOL url=... model=... key=...`. */
struct backend_config {
	const char *name;
	const char *protocol;
	const char *url;   /* NULL: the protocol's default */
	const char *model; /* NULL: the server's only or first one */
	const char *root;  /* absolute path of the project's folder; NULL: no project */
	/* "env:NAME" or "cmd:PROGRAM ARGS" (split at blanks); NULL: no key. Never the key
	 * itself. */
	const char *key;
	const char *const *options;	   /* further "name=value"; NULL-terminated; may be NULL */
	const struct confine_ops *confine; /* to confine a program; NULL: not available */
	const struct backend_ops *ops;	   /* the row to open */
	/* Called with the key each time the backend obtains it, so that it is redacted from all
	 * that is recorded; may be NULL. ctx outlives the backend. */
	void (*secret)(void *ctx, const char *key);
	void *ctx;
};

/* One option: "url", or "header." for every name with that prefix. */
struct backend_option {
	/* value: placeholder for the text after "=", shown in the help */
	const char *name, *value, *help;
};

/* What a model can do, as reported by its server. */
struct backend_caps {
	size_t context; /* tokens; 0: not reported */
	enum { CAN_UNKNOWN, CAN_NOT, CAN } tools, images, reasoning;
};

struct backend; /* every backend's struct begins with one */

struct backend_ops {
	const char *protocol;		      /* as the configuration spells it */
	const char *help;		      /* one line */
	const struct backend_option *options; /* ends with a NULL name; NULL: none */
	bool tools;			      /* can offer tools to a model and pass on its calls */
	bool asks_nobody;		      /* answers without a server, so it costs nothing */
	bool library; /* looks answers up and is no model: cannot be given work */
	/* open() only reads the options, so a wrong one is reported when it is given */
	bool open_early;
	/* It edits files itself, in a copy of the project: the request contains no files except
	 * prompt.unsaved, its text is prose, and its changes arrive as PIECE_FILE, also when it
	 * fails. */
	bool edits;
	/* Checks and copies the configuration; does not connect yet. */
	struct backend *(*open)(struct loop *l, const struct backend_config *cfg, struct err *err);
	void (*close)(struct backend *b); /* while no ask() runs; NULL is fine */
	/* Waits, so it runs in a task: calls piece() for each part, then returns. True: the
	 * answer is complete. On failure the pieces delivered so far stay valid as a partial
	 * answer. ERR_CANCELLED when the task is cancelled or piece() returned false. Several
	 * tasks may ask at the same time. */
	bool (*ask)(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
		    struct err *err);
	/* In a task, while ask() runs in another: the changes so far, as PIECE_FILE, and notes
	 * about changes that are not taken. ERR_NOT_FOUND: no ask() is running. NULL: changes
	 * no files. */
	bool (*so_far)(struct backend *b, piece_fn *piece, void *ctx, struct err *err);
	/* Whether it can fill a gap: given a prompt with a fill, its answer is exactly the text
	 * for the gap, and it reads nothing but the two sides. NULL: it cannot. */
	bool (*fills)(const struct backend *b);
	/* In a task: the names of the available models. NULL: it cannot list them. */
	bool (*models)(struct backend *b, struct strv *names, struct err *err);
	/* In a task: capabilities of the configured model. NULL: not known. */
	bool (*caps)(struct backend *b, struct backend_caps *out, struct err *err);
};

struct backend {
	const struct backend_ops *ops;
};

/* The option that "NAME=VALUE" sets; NULL: not in list. list may be NULL. */
const struct backend_option *backend_option_find(const struct backend_option *list,
						 const char *word);

const char *finish_name(
	enum finish_reason f); /* "stop", "length", "tools", "filter", "pause", "error", "other" */

#endif
