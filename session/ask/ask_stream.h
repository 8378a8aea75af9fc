/* ask_stream.h - a streamed answer: shown at once, recorded in larger pieces.
 *
 * Text is recorded four times a second, in whole lines if possible, so that no secret
 * is split between two events and missed. After 700 ms an unfinished line is recorded
 * up to a word that cannot be part of a secret's name. Text not recorded yet is shown
 * with secrets redacted. The answer ends at ASK_ANSWER_MAX bytes.
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

/* Receives the text that is not recorded yet; words: count of the whole answer, with
 * the reasoning. Called from the loop at most 20 ms after a piece, and with len 0
 * when all is recorded. */
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
	struct err failed;	/* first failure to record */
	struct ask_files files; /* from a backend that edits */
};

void ask_stream_init(struct ask_stream *st, struct workbench *w, uint64_t ask, ask_live_fn *live,
		     void *ctx);
void ask_stream_fini(struct ask_stream *st);

/* The callback for a backend's ask(). ctx: the stream. */
bool ask_stream_piece(void *ctx, const struct piece *p);

/* Records all text so far; used between the rounds of an answer. */
void ask_stream_flush(struct ask_stream *st);

/* Records the rest, and how the answer ended. why: NULL if it is complete. False: it
 * could not be recorded. */
bool ask_stream_end(struct ask_stream *st, const struct err *why, struct err *err);

#endif
