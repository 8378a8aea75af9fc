/* chat_rows.h - the transcript of a session as rows of text.
 *
 * The rows of an exchange are the question, the reasoning (one row unless unfolded),
 * the answer with coloured code blocks, the proposals, and how it ended. A question
 * outside the conversation is marked, and folded to one row once something follows it.
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
};

#define CHAT_INDENT 7 /* columns left of the text */

typedef void chat_row_fn(void *ctx, const struct chat_row *row);

/* Emits the rows of x and returns their number. live: text of the answer that is not
 * recorded yet; NULL: none. cols: of the whole row. fn may be NULL. */
int chat_rows(const struct state *s, const struct exchange *x, const struct str *live, int cols,
	      bool unfolded, chat_row_fn *fn, void *ctx);

/* The scroll position in a transcript. */
struct chat_place {
	size_t exchange; /* the exchange at the top */
	int row;	 /* its row at the top */
	bool follow;	 /* keep the newest row at the bottom */
	bool unfolded;	 /* show the reasoning */
	struct chat_live {
		uint64_t ask;	 /* the exchange being answered; 0: none */
		struct str text; /* see chat_rows() */
	} live, beside;		 /* live: in the conversation; beside: outside it */
	struct chat_hit {	 /* the last match, see chat_find.h */
		bool any;
		size_t exchange;
		int row;
	} hit;
	struct chat_count {
		size_t bytes, proposals; /* inputs of the cached count */
		int cols, rows;
		bool unfolded;
	} * count;
	size_t n_count, cap_count;
};

void chat_place_init(struct chat_place *p);
void chat_place_fini(struct chat_place *p);

/* The live text of x; NULL unless x is being answered. */
const struct str *chat_place_live(const struct chat_place *p, const struct exchange *x);

/* Scrolls by `by` rows; and adjusts the position for a pane of rows x cols. */
void chat_place_scroll(struct chat_place *p, const struct state *s, int cols, int rows, int by);
void chat_place_fit(struct chat_place *p, const struct state *s, int cols, int rows);

#endif
