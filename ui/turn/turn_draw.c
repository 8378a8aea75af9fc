/* Once a turn of the loop what changed is painted, and handed to the terminal. */
#include "config.h"

#include "session/base/loop.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "ui/look/layout.h"
#include "ui/look/signs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"

#define CATCH_UP_MS 10

/* Scrolls what is shown to what must be seen: looking, not state. */
static bool fit(struct ui *u, const struct scene *s)
{
	bool done = true;

	for (int p = 0; p < PANES; p++)
		done &= pane_at(u, (enum pane)p)->fit(u, pane_body(u->layout.pane[p]), s);
	return done;
}

/* Drawing ----------------------------------------------------------------------------- */

static void paint_pane(struct ui *u, enum pane p, const struct scene *s)
{
	const struct pane_ops *ops = pane_at(u, p);
	struct rect r = u->layout.pane[p];

	if (r.rows <= 0)
		return;
	ops->title(u, &u->frame, r, s, u->wish.focus == p);
	ops->paint(u, &u->frame, pane_body(r), s, u->wish.focus == p);
}

static void count(struct ui *u)
{
	const struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;

	u->shown.recorded = ui_state(u)->n;
	if (t)
		ui_mark_changes(u, ui_code(u));
	ui_mark_changes(u, &u->spec);
	if (t) {
		u->shown.line = text_line_of(t, v->cursor);
		u->shown.col = view_column(t, v->cursor);
	}
}

void ui_paint(struct ui *u)
{
	struct scene s;
	int rows, cols;

	if (!u->typing)
		count(u);
	ui_scene(u, &s);
	u->term->ops->size(u->term, &rows, &cols);
	frame_reset(&u->frame, rows, cols);
	u->wish.review = ui_reviewing(u);
	u->wish.message = message_rows(&s, cols);
	layout_make(rows, cols, &u->wish, &u->layout);
	if (!fit(u, &s))
		loop_timer_set(u->catch_up, CATCH_UP_MS);
	for (int p = 0; p < PANES; p++)
		paint_pane(u, (enum pane)p, &s);
	for (int row = 0; u->layout.divider >= 0 && row < u->layout.status - u->layout.message; row++)
		frame_puts(&u->frame, row, u->layout.divider, cols, STYLE_DIM, sign(SIGN_DIVIDER));
	if (u->layout.status >= 0)
		paint_status(&u->frame, &u->layout, &s);
	paint_popup(&u->frame, &u->popup);
	turn_painted(u);
}

void ui_draw(struct ui *u)
{
	if (u->over.ui)
		u->over.tick(u);
	u = ui_front(u);
	if ((!u->dirty && !u->typed.waits) || !u->term->ops->ready(u->term))
		return;
	if (u->dirty || !turn_paint_typed(u))
		ui_paint(u);
	u->dirty = false;
	u->term->ops->draw(u->term, &u->frame);
}

void turn_draw_again(void *ctx)
{
	struct ui *u = ctx;

	u->dirty = true;
}
