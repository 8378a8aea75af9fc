/* backend.h - the port to language models, and to what answers in their place.
 *
 * Map of session/model: the port to language models and what is sent through
 * it. Knows no network: that is in backends/.
 *
 *   backend          a question goes in, pieces of an answer come out
 *   prompt prompt_*  a question with what belongs to it
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

struct loop;
struct prompt;

enum piece_kind {
	PIECE_START,		/* text: the model's name as the server tells it */
	PIECE_TEXT,
	PIECE_REASONING,
	PIECE_TOOL,		/* a tool call, whole, as JSON; none is offered yet */
	PIECE_OPAQUE,		/* to be sent back unchanged with the next turn */
	PIECE_USAGE,		/* numbers below; no text */
	PIECE_FINISH,		/* finish below; no text */
	PIECE_WAIT,		/* text: why nothing comes for now ("retry in 4 s: overloaded") */
};

enum finish_reason { FINISH_STOP, FINISH_LENGTH, FINISH_TOOLS, FINISH_FILTER, FINISH_OTHER };

struct usage {		/* tokens; -1 = not told */
	long in, out, cached, reasoning;
};

struct piece {
	enum piece_kind kind;
	const char *text;	/* whole UTF-8 characters, borrowed for the call */
	size_t len;
	struct usage usage;
	enum finish_reason finish;
};

/* How an answer comes back. Both are called from the loop, never from
 * inside ask(). piece: in order, as above. done: once and last; err is NULL
 * for a whole answer, ERR_CANCELLED after cancel(). What came before an error
 * stays valid: a partial answer. */
struct answer {
	void (*piece)(void *ctx, const struct piece *p);
	void (*done)(void *ctx, const struct err *err);
	void *ctx;
};

/* What `backend add NAME PROTOCOL url=... model=... key=...` said. */
struct backend_config {
	const char *name;
	const char *protocol;
	const char *url;	/* NULL: the protocol's default */
	const char *model;	/* NULL: the server's only or first one */
	const char *root;	/* the project's folder, absolute; NULL: there is none */
	const char *key;	/* "env:NAME", "cmd:PROGRAM ARGS" (split at blanks), NULL: none; never the key itself */
	const char *const *options;	/* further "name=value"; NULL-terminated; may be NULL */
	/* To be told the key whenever the backend has got it, so that it is taken
	 * out of all that is recorded; may be NULL. Outlives the backend. */
	void (*secret)(void *ctx, const char *key);
	void *ctx;
};

struct backend;		/* each begins with it */

struct backend_ops {
	const char *protocol;	/* as the configuration spells it */
	const char *help;	/* one line */
	/* Checks the configuration and copies it; connects to nothing yet. */
	struct backend *(*open)(struct loop *l, const struct backend_config *cfg, struct err *err);
	void (*close)(struct backend *b);	/* cancels without a done; NULL is fine */
	/* One question at a time. On false nothing was started. p is borrowed
	 * for the call only. */
	bool (*ask)(struct backend *b, const struct prompt *p, const struct answer *to,
		    struct err *err);
	void (*cancel)(struct backend *b);	/* done(ERR_CANCELLED) follows within a turn */
};

struct backend {
	const struct backend_ops *ops;
};

const char *finish_name(enum finish_reason f);	/* "stop", "length", "tools", "filter", "other" */

#endif
