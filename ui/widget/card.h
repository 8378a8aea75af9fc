/* card.h - the one question that a model, or another program, asks the person: shown
 * between the transcript and the line that is typed, which answers it.
 */
#ifndef POSEDGE_CARD_H
#define POSEDGE_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/str.h"
#include "ui/widget/chat_rows.h"

struct person_question;

struct card {
	bool open;
	char *from, *text;
	struct strv options;
	bool free_text;
	bool may_require, required; /* "R:" in front of an answer, as report.h has it */
	uint64_t since_ms;	    /* when it was opened */
};

void card_open(struct card *c, const struct person_question *q, uint64_t now_ms); /* copies */
void card_close(struct card *c);

/* The answer that a typed line is, to be freed: the option of that number, or the line.
 * NULL: it is not one. Sets required. */
char *card_answer(struct card *c, const char *line);

/* As rows; none when it is not open. fn may be NULL. How many. */
int card_rows(const struct card *c, int cols, chat_row_fn *fn, void *ctx);

#endif
