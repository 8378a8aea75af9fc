/* chat_rows.h - the transcript of a session as rows of text.
 *
 * An exchange becomes rows: the question, the reasoning (folded to one row
 * unless unfolded), the answer with its code blocks coloured, what it
 * proposes, how it ended. What was asked beside the conversation is marked, and folded to
 * a row once something follows it. How many rows an exchange takes is remembered, so
 * that a thousand of them scroll as quickly as ten.
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
	const char *mark; /* in front: "you", "model", ""; static */
	uint8_t mark_style;
	const char *text; /* borrowed for the call */
	size_t len;
	uint8_t style;
	const uint8_t *styles; /* of each byte; NULL: style */
};

#define CHAT_INDENT 7 /* columns before the text */

typedef void chat_row_fn(void *ctx, const struct chat_row *row);

/* live: what came of its answer since it was recorded; NULL: nothing. cols: of
 * the whole row. fn may be NULL. Returns how many rows. */
int chat_rows(const struct state *s, const struct exchange *x, const struct str *live, int cols,
	      bool unfolded, chat_row_fn *fn, void *ctx);

/* The place in a transcript. */
struct chat_place {
	size_t exchange; /* at the top */
	int row;	 /* of it */
	bool follow;	 /* the newest row stays at the bottom */
	bool unfolded;	 /* reasoning is shown */
	struct chat_live {
		uint64_t ask;	 /* the exchange that it belongs to; 0: none */
		struct str text; /* see chat_rows() */
	} live, beside;		 /* of the conversation, and beside it */
	struct chat_count {
		size_t bytes, proposals; /* what it was counted for */
		int cols, rows;
		bool unfolded;
	} * count;
	size_t n_count, cap_count;
};

void chat_place_init(struct chat_place *p);
void chat_place_fini(struct chat_place *p);

/* NULL for any exchange but those that are being answered. */
const struct str *chat_place_live(const struct chat_place *p, const struct exchange *x);

/* Moves by rows; and makes the place right for rows x cols. */
void chat_place_scroll(struct chat_place *p, const struct state *s, int cols, int rows, int by);
void chat_place_fit(struct chat_place *p, const struct state *s, int cols, int rows);

#endif
