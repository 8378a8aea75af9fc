/* ask_stream.h - an answer as it comes: shown at once, recorded coarsely.
 *
 * Text is recorded four times a second, in whole lines while it can be, so that
 * a secret cannot hide by standing half in either of two events. What stands in
 * a line without an end for longer than 700 ms is recorded up to a word that is
 * no part of a secret's name. In between it is shown, with secrets taken out.
 * Above ASK_ANSWER_MAX bytes it ends.
 */
#ifndef POSEDGE_ASK_STREAM_H
#define POSEDGE_ASK_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/ask/ask_files.h"
#include "session/base/err.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/model/backend.h"

#define ASK_ANSWER_MAX (4u << 20) /* text, reasoning and calls together */
#define ASK_PARTS_MAX  256u	  /* calls and opaque items */

struct loop_timer;
struct workbench;

/* What came of the text and is not recorded yet; words: of all that came, the
 * reasoning too. Called from the loop, 20 ms after a piece at the latest, and
 * with len 0 when all is recorded. */
typedef void ask_live_fn(void *ctx, uint64_t ask, const char *text, size_t len, size_t words);

struct ask_stream {
	struct workbench *w;
	uint64_t ask;
	ask_live_fn *live; /* may be NULL */
	void *ctx;
	struct str pending[2]; /* text, reasoning */
	struct str model;
	uint64_t recorded_ms;
	size_t bytes, words, parts; /* so far */
	size_t tools;		    /* calls */
	bool in_word, too_long, armed;
	struct loop_timer *timer;
	struct event end;
	struct err failed;	/* the first failure to record */
	struct ask_files files; /* of a backend that edits */
};

void ask_stream_init(struct ask_stream *st, struct workbench *w, uint64_t ask, ask_live_fn *live,
		     void *ctx);
void ask_stream_fini(struct ask_stream *st);

/* For a backend's ask(). ctx: the stream. */
bool ask_stream_piece(void *ctx, const struct piece *p);

/* Records what came so far, all of it: an answer of several rounds has such places. */
void ask_stream_flush(struct ask_stream *st);

/* Records the rest and how it ended. why: NULL for a whole answer. False: it
 * could not be recorded. */
bool ask_stream_end(struct ask_stream *st, const struct err *why, struct err *err);

#endif
