/* A question from a tool or a server to the user, shown above the input line. Like a
 * review it ignores input in its first moment: keys typed for something else must not
 * decide.
 */
#include "config.h"

#include "ui/widget/card.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/workbench/report.h"
#include "ui/look/theme.h"
#include "ui/widget/chat_writer.h"

#define REQUIRES "R: in front of it makes it a requirement of spec.md, too"

void card_open(struct card *c, const struct person_question *q, uint64_t now_ms)
{
	card_close(c);
	*c = (struct card){ .open = true,
			    .from = mem_strdup(q->from),
			    .text = mem_strdup(q->text),
			    .free_text = q->free_text,
			    .may_require = q->required != NULL,
			    .since_ms = now_ms };
	for (size_t i = 0; i < q->n; i++)
		strv_add(&c->options, q->options[i]);
}

void card_close(struct card *c)
{
	free(c->from);
	free(c->text);
	strv_free(&c->options);
	memset(c, 0, sizeof(*c));
}

char *card_answer(struct card *c, const char *typed)
{
	struct person_question q = { .options = c->options.v,
				     .n = c->options.n,
				     .free_text = c->free_text,
				     .required = c->may_require ? &c->required : NULL };

	return question_answer(&q, typed);
}

static struct chat_writer writer(const struct card *c, int cols, chat_row_fn *fn, void *ctx)
{
	int text_cols = cols - CHAT_INDENT - CARD_BADGE_COLS;

	return (struct chat_writer){ .cols = text_cols > 8 ? text_cols : 8,
				     .first = c->top,
				     .fn = fn,
				     .ctx = ctx,
				     .mark = "asks",
				     .mark_style = STYLE_BADGE };
}

static void put_question(const struct card *c, struct chat_writer *w)
{
	char *line = str_fmt("%s: %s", c->from, c->text);

	chat_paragraph(w, line, strlen(line), STYLE_TEXT);
	free(line);
	for (size_t i = 0; i < c->options.n; i++) {
		line = str_fmt("%zu  %s", i + 1, c->options.v[i]);
		chat_line(w, line, strlen(line), STYLE_KEY, NULL);
		free(line);
	}
}

/* How to answer, which is the same for every question. */
static void put_keys(const struct card *c, struct chat_writer *w)
{
	char *line = str_fmt("%s and Enter answers; Esc: no answer", !c->options.n ? "a line"
								     : c->free_text
									     ? "a number or a line"
									     : "a number");

	chat_line(w, line, strlen(line), STYLE_DIM, NULL);
	free(line);
	if (c->may_require)
		chat_line(w, REQUIRES, strlen(REQUIRES), STYLE_DIM, NULL);
}

int card_rows(const struct card *c, int cols, chat_row_fn *fn, void *ctx)
{
	struct chat_writer w = writer(c, cols, fn, ctx);

	if (!c->open)
		return 0;
	put_question(c, &w);
	put_keys(c, &w);
	return w.rows;
}

void card_fit(struct card *c, int cols, int rows)
{
	struct chat_writer w = writer(c, cols, NULL, NULL);
	int most = card_rows(c, cols, NULL, NULL) - rows;

	c->top = c->top > most ? most : c->top;
	c->top = c->top < 0 ? 0 : c->top;
	c->below = c->top < most;
	if (c->open)
		put_question(c, &w);
	c->seen |= c->top + rows >= w.rows;
}

bool card_scroll(struct card *c, int by)
{
	if (!c->open || (by > 0 ? !c->below : c->top == 0))
		return false;
	c->top += by;
	return true;
}
