/* Once per turn of the loop, paints what changed and sends it to the terminal. */
#include "config.h"

#include <time.h>

#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "ui/look/layout.h"
#include "ui/look/signs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"
#include "ui/widget/card.h"

#define CATCH_UP_MS 10
/* Streamed text is drawn as often as leaves this much of a processor to everything
 * else: 1/64 of it is used, and more only where a drawing takes over 2 ms. */
#define FLOW_SHARE 64

/* Scrolls all panes to what must be seen; changes view state only. */
static bool fit(struct ui *u, const struct scene *s)
{
	bool done = true;

	for (int p = 0; p < PANES; p++)
		done &= pane_at(u, (enum pane)p)->fit(u, pane_body(ui_panes(u)->layout.pane[p]), s);
	return done;
}

/* Drawing ----------------------------------------------------------------------------- */

static void paint_pane(struct ui *u, enum pane p, const struct scene *s)
{
	const struct pane_ops *ops = pane_at(u, p);
	struct rect r = ui_panes(u)->layout.pane[p];

	if (r.rows <= 0)
		return;
	ops->title(u, &ui_drawing(u)->frame, r, s, ui_focused(u) == p);
	ops->paint(u, &ui_drawing(u)->frame, pane_body(r), s, ui_focused(u) == p);
}

static void count(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);
	struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;

	drawing->shown.recorded = ui_state(u)->n;
	if (t)
		ui_mark_changes(u, ui_code(u));
	ui_mark_changes(u, &ui_tabs(u)->spec);
	if (t) {
		drawing->shown.line = text_line_of(t, v->cursor);
		drawing->shown.col = view_column(t, v->cursor);
	}
}

/* How many rows a question to the user has depends on the columns it gets. */
static void lay_out(struct ui *u, const struct scene *s, int rows, int cols)
{
	struct layout *l = &ui_panes(u)->layout;
	struct layout_wish *w = &ui_panes(u)->wish;

	w->review = ui_reviewing(u);
	w->message = message_rows(s, cols);
	w->asked = 0;
	layout_make(rows, cols, w, l);
	if (l->pane[PANE_CHAT].rows)
		w->asked = card_rows(s->card, l->pane[PANE_CHAT].cols, NULL, NULL);
	if (w->asked)
		layout_make(rows, cols, w, l);
}

void ui_paint(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);
	struct ui_panes *panes = ui_panes(u);
	struct scene s;
	int rows = ui_term(u)->rows, cols = ui_term(u)->cols;

	drawing->flows = false;
	if (!drawing->typing) {
		count(u);
		ui_apply_mouse(u);
	}
	ui_scene(u, &s);
	frame_reset(&drawing->frame, rows, cols);
	lay_out(u, &s, rows, cols);
	if (!panes->layout.pane[panes->wish.focus].rows) {
		/* Another pane took its place: keys must not go to the hidden one. */
		ui_focus(u, panes->wish.lower);
		ui_scene(u, &s);
	}
	drawing->behind = !fit(u, &s);
	if (drawing->behind)
		loop_timer_set(drawing->catch_up, CATCH_UP_MS);
	for (int p = 0; p < PANES; p++)
		paint_pane(u, (enum pane)p, &s);
	for (int row = 0;
	     panes->layout.divider >= 0 && row < panes->layout.status - panes->layout.message;
	     row++)
		frame_puts(&drawing->frame, row, panes->layout.divider, cols, STYLE_DIM,
			   sign(SIGN_DIVIDER));
	if (panes->layout.status >= 0)
		paint_status(&drawing->frame, &panes->layout, &s);
	paint_popup(&drawing->frame, ui_popup(u));
	turn_painted(u);
}

static void clear_and_paint(struct ui *u, enum pane p, const struct scene *s)
{
	struct rect r = ui_panes(u)->layout.pane[p];

	if (r.rows <= 0)
		return;
	frame_clear(&ui_drawing(u)->frame, r);
	paint_pane(u, p, s);
}

/* Paints what streams again: the panes that show it, and the status line. False: all
 * must be painted, since more than that may have changed. */
static bool paint_flows(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);
	const struct layout *l = &ui_panes(u)->layout;
	struct frame *f = &drawing->frame;
	struct scene s;
	int rows = ui_term(u)->rows, cols = ui_term(u)->cols;

	if (!drawing->typing)
		drawing->shown.recorded = ui_state(u)->n;
	ui_scene(u, &s);
	if (s.covered || rows != f->rows || cols != f->cols ||
	    message_rows(&s, cols) != ui_panes(u)->wish.message)
		return false;
	drawing->flows = false;
	f->from = 0;
	f->to = rows;
	if (pane_focused(u)->flows)
		frame_cursor(f, -1, -1);
	for (int p = 0; p < PANES; p++) {
		const struct pane_ops *ops = pane_at(u, (enum pane)p);

		if (ops->flows) {
			ops->fit(u, pane_body(l->pane[p]), &s);
			clear_and_paint(u, (enum pane)p, &s);
		}
	}
	if (l->status >= 0) {
		frame_clear(f, (struct rect){ l->status - l->message, 0, l->message + 1, cols });
		paint_status(f, l, &s);
	}
	return true;
}

/* The terminal has not taken the last frame: draw the changes later, in one frame. */
static void put_off(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);

	if (drawing->put_off_ms)
		return;
	drawing->put_off_ms = loop_now_ms(ui_loop(u));
	log_line("frame", "put off, the terminal has not taken the last one");
}

static void say_late(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);

	if (drawing->put_off_ms)
		log_line("frame", "drawn %llu ms late",
			 (unsigned long long)(loop_now_ms(ui_loop(u)) - drawing->put_off_ms));
	drawing->put_off_ms = 0;
}

/* Of this thread, for drawing as well as for the curses behind it. */
static uint64_t processor_us(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) < 0)
		return 0;
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static unsigned flow_pause_ms(uint64_t cost_us)
{
	uint64_t ms = cost_us * FLOW_SHARE / 1000;

	return ms < FLOW_MIN_MS ? FLOW_MIN_MS : ms > FLOW_MAX_MS ? FLOW_MAX_MS : (unsigned)ms;
}

static void draw_changes(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);
	bool streams = drawing->flows_due;
	bool whole = drawing->dirty || (drawing->typed.waits && streams);
	uint64_t began_us = streams ? processor_us() : 0;

	if (!whole)
		whole = streams ? !paint_flows(u)
				: !paint_typed_line(&drawing->frame, &drawing->typed.row);
	if (whole) {
		ui_paint(u);
		ui_save_draft(u); /* what is shown is kept */
	}
	drawing->dirty = drawing->flows_due = drawing->typed.waits = false;
	ui_term(u)->ops->draw(ui_term(u), &drawing->frame);
	if (streams)
		drawing->flow_ms = flow_pause_ms(processor_us() - began_us);
}

void ui_draw(void *ctx)
{
	struct ui *u = ctx;
	struct ui_drawing *drawing;

	if (ui_front(u) != u)
		ui_links(u)->over.tick(u);
	u = ui_front(u);
	drawing = ui_drawing(u);
	if (!drawing->dirty && !drawing->typed.waits && !drawing->flows_due)
		return;
	if (ui_term(u)->busy) {
		put_off(u);
		return;
	}
	say_late(u);
	draw_changes(u);
}

void turn_draw_again(void *ctx)
{
	struct ui *u = ctx;
	struct ui_drawing *drawing = ui_drawing(u);

	if (drawing->flows && !drawing->behind)
		drawing->flows_due = true;
	else
		ui_changed(u);
}
