/* card.h - a question from a model or another program to the user, shown between the
 * transcript and the input line, where the user types the answer. One that is taller
 * than its place scrolls; it takes no answer before the question was shown to its end.
 */
#ifndef POSEDGE_CARD_H
#define POSEDGE_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/str.h"
#include "ui/widget/chat_rows.h"

struct person_question;

#define CARD_BADGE_COLS 6 /* kept free at the right for what says that it scrolls */

struct card {
	bool open;
	char *from, *text;
	struct strv options;
	bool free_text;
	bool may_require, required; /* an answer may begin with "R:", see report.h */
	uint64_t since_ms;	    /* when it was opened, or last typed past */
	int top;		    /* the first row that is shown */
	bool below;		    /* rows below the place: it scrolls */
	bool seen;		    /* the question was shown to its end */
};

void card_open(struct card *c, const struct person_question *q, uint64_t now_ms); /* copies q */
void card_close(struct card *c);

/* question_answer() to that question. */
char *card_answer(struct card *c, const char *line);

/* Puts it into a place of that size, as it is about to be shown. */
void card_fit(struct card *c, int cols, int rows);

/* False: it has no row in that direction. */
bool card_scroll(struct card *c, int by);

/* Emits the card as rows from the top one; none if it is not open. fn may be NULL.
 * Returns the count of all. */
int card_rows(const struct card *c, int cols, chat_row_fn *fn, void *ctx);

#endif
