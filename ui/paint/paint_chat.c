/* The transcript, and the question being typed below it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "ui/look/signs.h"
#include "ui/look/wrap.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/widget/card.h"
#include "ui/widget/chat_rows.h"
#include "ui/widget/line_edit.h"

int question_rows(const struct line_edit *question, int cols, int rows)
{
	const struct str *s = &question->text;
	int n = 0, most = rows > 6 ? rows / 2 : rows > 2 ? 2 : 1;
	size_t at = 0;

	while (at <= s->len) {
		size_t len = strcspn(str_cstr(s) + at, "\n");

		n += wrap_rows(str_cstr(s) + at, len, cols - 2, 4);
		at += len + 1;
	}
	return n < most ? n : most;
}

/* One each, at most three or a third of the pane. */
int queued_rows(const struct strv *queued, int rows)
{
	int most = rows > 8 ? 3 : (rows + 1) / 3;

	return (int)queued->n < most ? (int)queued->n : most;
}

int waiting_rows(const struct card *card, const struct strv *queued, int cols, int rows)
{
	int queue = queued_rows(queued, rows), n = card_rows(card, cols, NULL, NULL),
	    most = rows > queue + 1 ? rows - queue - 1 : 1;

	return (n < most ? n : most) + queue;
}

struct chat_paint {
	struct frame *f;
	const struct find *find;
	struct rect r;
	int row;
};

/* The styles of the row's text, one per byte, with the matches of a search. */
static uint8_t *styles_of(const struct chat_paint *p, const struct chat_row *row)
{
	uint8_t *styles = mem_alloc(row->len + 1);

	if (row->styles)
		memcpy(styles, row->styles, row->len);
	else
		memset(styles, row->style, row->len);
	paint_matches(p->find, row->text, row->len, styles);
	return styles;
}

static void paint_chat_row(void *ctx, const struct chat_row *row)
{
	struct chat_paint *p = ctx;
	int at = p->r.row + p->row, end = p->r.col + p->r.cols, col = p->r.col + CHAT_INDENT;
	uint8_t *styles;

	if (p->row >= p->r.rows)
		return;
	p->row++;
	frame_puts(p->f, at, p->r.col, end, row->mark_style, row->mark);
	styles = styles_of(p, row);
	for (size_t i = 0; i < row->len && col < end;) {
		struct cluster c;

		if (row->text[i] == '\t') {
			int next = col + 4 - (col - p->r.col - CHAT_INDENT) % 4;

			while (col < next)
				col = frame_puts(p->f, at, col, end + 4, STYLE_TEXT, " ");
			i++;
			continue;
		}
		if (cluster_is_byte(row->text + i, row->len - i)) {
			col = frame_byte(p->f, at, col, end, styles[i], row->text[i]);
			i++;
			continue;
		}
		cluster_next(row->text + i, row->len - i, &c);
		col = frame_cluster(p->f, at, col, end, styles[i], &c);
		i += c.len;
	}
	free(styles);
}

/* The wrapped rows of a text, one after the other. */
struct row_walk {
	const char *s;
	size_t len;
	int cols;
	size_t line, line_len, part; /* of the next row: its line, and where in that */
	size_t start, end;	     /* bytes of this one */
};

static bool next_row(struct row_walk *w)
{
	if (w->line > w->len)
		return false;
	if (w->part == 0)
		w->line_len = strcspn(w->s + w->line, "\n");
	w->start = w->line + w->part;
	w->part = wrap_row(w->s + w->line, w->line_len, w->part, w->cols, 4);
	w->end = w->line + w->part;
	if (w->part >= w->line_len) {
		w->line += w->line_len + 1;
		w->part = 0;
	}
	return true;
}

/* The row of the cursor: the last one that begins at or before it. */
static int cursor_row(struct row_walk w, size_t cursor, size_t *start)
{
	int row = -1;

	while (next_row(&w) && (row < 0 || w.start <= cursor)) {
		*start = w.start;
		row++;
	}
	return row;
}

/* The input lines, scrolled so that the cursor is visible. */
static void paint_question(struct frame *f, struct rect r, const struct line_edit *e, bool focus)
{
	struct row_walk w = { .s = str_cstr(&e->text), .len = e->text.len, .cols = r.cols - 2 };
	size_t start = 0;
	int at = cursor_row(w, e->cursor, &start), top = at >= r.rows ? at - r.rows + 1 : 0;
	int cursor_col = cluster_columns(w.s + start, e->cursor - start, 4);

	frame_puts(f, r.row, r.col, r.col + r.cols, focus ? STYLE_KEY : STYLE_DIM,
		   sign(SIGN_PROMPT));
	if (e->text.len == 0 && !focus)
		frame_puts(f, r.row, r.col + 2, r.col + r.cols, STYLE_DIM, "ask here");
	for (int i = 0; i < top + r.rows && next_row(&w); i++)
		if (i >= top)
			frame_text(f, r.row + i - top, r.col + 2, r.col + r.cols, STYLE_TEXT,
				   w.s + w.start, w.end - w.start);
	if (focus)
		frame_cursor(f, r.row + at - top,
			     r.col + 2 + (cursor_col < w.cols ? cursor_col : w.cols - 1));
}

static void paint_hint(struct frame *f, struct rect r)
{
	static const char *const hints[] = {
		"Say what you want: an 8-bit counter with enable, and a testbench",
		"@rtl/fifo.sv:10-40, @lint or @sim puts that into the question,",
		"/help lists the commands. What is proposed waits for `review`.",
	};

	int row = r.row;

	for (int i = 0; i < 3; i++) {
		size_t len = strlen(hints[i]);

		for (size_t from = 0, to; from < len && row < r.row + r.rows; from = to, row++) {
			to = wrap_row(hints[i], len, from, r.cols - 2, 0);
			frame_text(f, row, r.col + 1, r.col + r.cols, STYLE_DIM, hints[i] + from,
				   to - from);
		}
	}
}

static void paint_waiting(struct frame *f, struct rect r, int n, const struct scene *scene)
{
	const struct card *card = scene->card;
	int row = r.row + r.rows - n, end = r.col + r.cols;
	struct chat_paint p = { .f = f, .r = r };

	p.r.rows -= n;
	card_rows(card, r.cols, paint_chat_row, &p);
	if (card->open && card->top > 0)
		frame_puts(f, r.row, end - CARD_BADGE_COLS, end, STYLE_BADGE, " PgUp ");
	if (card->open && card->below && p.r.rows > 0)
		frame_puts(f, row - 1, end - CARD_BADGE_COLS, end, STYLE_BADGE, " PgDn ");
	for (int i = 0; i < n; i++, row++) {
		const char *text = scene->queued->v[i];
		int col = frame_puts(f, row, r.col, r.col + r.cols, STYLE_BADGE,
				     scene->steer ? " says " : " next ");

		frame_text(f, row, col + 1, r.col + r.cols, STYLE_DIM, text, strcspn(text, "\n"));
	}
}

void paint_chat(struct frame *f, struct rect r, const struct scene *scene, bool focus)
{
	const struct state *s = scene->state;
	const struct chat_place *place = scene->chat;
	int typed = question_rows(scene->question, r.cols, r.rows),
	    waits = waiting_rows(scene->card, scene->queued, r.cols, r.rows - typed),
	    queued = queued_rows(scene->queued, r.rows - typed);
	struct chat_paint p = { .f = f, .find = scene->find, .r = r };

	p.r.rows -= typed + waits;
	if (s->n_chat == 0)
		paint_hint(f, p.r);
	for (size_t i = place->exchange; i < s->n_chat && p.row < p.r.rows; i++)
		chat_place_rows(place, s, i, r.cols, i == place->exchange ? place->row : 0,
				paint_chat_row, &p);
	if (!place->follow && p.r.rows > 0)
		frame_putf(f, r.row + p.r.rows - 1, r.col + r.cols - 8, r.col + r.cols, STYLE_BADGE,
			   " %s more ", sign(SIGN_MORE));
	paint_waiting(f, (struct rect){ r.row + r.rows - typed - waits, r.col, waits, r.cols },
		      queued, scene);
	paint_question(f, (struct rect){ r.row + r.rows - typed, r.col, typed, r.cols },
		       scene->question, focus);
}
