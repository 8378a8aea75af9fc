/* chat_rows.h - the transcript of a session as rows of text.
 *
 * The rows of an exchange are the question, the reasoning (one row unless unfolded),
 * the answer with coloured code blocks, the proposals, what could not be placed in this
 * run of the program, and how it ended. A question
 * outside the conversation is marked, and folded to one row once something follows it.
 * What a flow asked a model has no rows once the flow has ended, unless unfolded.
 * The row count of each exchange is cached, so that a thousand scroll as fast as ten.
 */
#ifndef POSEDGE_CHAT_ROWS_H
#define POSEDGE_CHAT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

struct exchange;
struct state;

struct chat_row {
	const char *mark; /* at the left: "you", "model", ""; static */
	uint8_t mark_style;
	const char *text; /* borrowed for the call */
	size_t len;
	uint8_t style;
	const uint8_t *styles; /* one per byte of text; NULL: all of it has style */
	bool goes_on;	       /* the row above and this one are one line, wrapped */
};

#define CHAT_INDENT	 7  /* columns left of the text */
#define CHAT_REMARKS_MAX 64 /* sentences that are kept; the oldest goes first */

typedef void chat_row_fn(void *ctx, const struct chat_row *row);

/* The scroll position in a transcript. */
struct chat_place {
	size_t exchange; /* the exchange at the top */
	int row;	 /* its row at the top */
	bool follow;	 /* keep the newest row at the bottom */
	bool unfolded;	 /* show the reasoning */
	struct chat_live {
		uint64_t ask;	 /* the exchange being answered; 0: none */
		struct str text; /* of the answer, not recorded yet */
	} live, beside;		 /* live: in the conversation; beside: outside it */
	struct chat_remark {	 /* in the order of the questions */
		uint64_t ask;
		char *text;
	} remarks[CHAT_REMARKS_MAX];
	size_t n_remarks;
	struct chat_hit { /* the last match, see chat_find.h */
		bool any;
		size_t exchange;
		int row;
	} hit;
	struct chat_count {
		uint64_t ask;		 /* these five are what the marks depend on */
		size_t above, proposals; /* bytes above the answer; fingerprint of the rest */
		int cols;
		bool unfolded;
		int rows;	     /* 0: not counted */
		size_t answer, live; /* bytes that were counted */
		struct chat_mark {
			size_t at; /* a line of the answer begins at this byte */
			int rows;  /* above it */
			bool fence;
			uint8_t prose, code; /* states of the highlighter */
		} * marks;
		size_t n_marks, cap_marks;
	} * count;
	size_t n_count, cap_count;
};

void chat_place_init(struct chat_place *p);
void chat_place_fini(struct chat_place *p);

/* Shows a sentence about an answer below it until posedge ends: a part that was not placed,
 * what became of a fix. Copies it. */
void chat_place_remark(struct chat_place *p, uint64_t ask, const char *text);

/* True if x has no rows: a flow that has ended asked it, and nothing is unfolded. */
bool chat_hides(const struct chat_place *p, const struct state *s, const struct exchange *x);

/* Emits the rows of exchange i from row `first` on. cols: of the whole row. */
void chat_place_rows(const struct chat_place *p, const struct state *s, size_t i, int cols,
		     int first, chat_row_fn *fn, void *ctx);

/* Scrolls by `by` rows; and adjusts the position for a pane of rows x cols. */
void chat_place_scroll(struct chat_place *p, const struct state *s, int cols, int rows, int by);
void chat_place_fit(struct chat_place *p, const struct state *s, int cols, int rows);

#endif
