/* The waves, in place of the log while its tab shows them: letters are bound to
 * commands, arrows move the cursor and choose rows, a click sets the cursor.
 */
#include "config.h"

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

#define VALUE_BYTES 200

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	paint_log_title(f, r, s, focus);
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	struct ui_wave *w = ui_wave(u);
	struct wave_shape shape = wave_shape_of(body);
	int before = w->cols;

	if (body.rows <= 0)
		return true;
	if (w->pending)
		ui_wave_open(u, NULL);
	ui_wave_follow(u);
	w->rows = waveview_wave_rows(&shape);
	w->cols = waveview_wave_cols(w->view, &shape);
	w->wave_col = body.col + body.cols - w->cols;
	if (before != w->cols)
		waveview_see(w->view, w->cols);
	return true;
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	paint_wave(f, body, s, focus);
}

static void choose(struct waveview *v, int by)
{
	if (v->n)
		v->chosen = waveview_next(v, v->chosen, by);
}

static void key(struct ui *u, const struct key *k)
{
	struct ui_wave *w = ui_wave(u);
	struct waveview *v = w->view;
	int page = k->mods & KEY_SHIFT ? w->cols / 2 : 1;

	switch (k->code) {
	case KEY_LEFT:
	case KEY_RIGHT:
		if (k->mods & KEY_CTRL)
			ui_run_line(u, k->code == KEY_LEFT ? "wave-prev" : "wave-next");
		else
			waveview_step(v, k->code == KEY_LEFT ? -page : page, w->cols);
		break;
	case KEY_UP:
		choose(v, -1);
		break;
	case KEY_DOWN:
		choose(v, 1);
		break;
	case KEY_PAGE_UP:
		choose(v, -w->rows);
		break;
	case KEY_PAGE_DOWN:
		choose(v, w->rows);
		break;
	case KEY_HOME:
		waveview_set_cursor(v, v->t ? trace_begin(v->t) : 0, w->cols);
		break;
	case KEY_END:
		waveview_set_cursor(v, UINT64_MAX, w->cols);
		break;
	case KEY_TAB:
		pane_log_tab(u, k->mods & KEY_SHIFT ? -1 : 1);
		break;
	case KEY_CHAR:
		if (!(k->mods & KEY_CTRL))
			ui_say(u, "? shows the keys of the waves");
		break;
	default:
		break;
	}
}

/* Says the full name of the row under the mouse, and its value at time. */
static void say_row(struct ui *u, size_t row, uint64_t time)
{
	const struct waveview *v = ui_wave(u)->view;
	struct str value = STR_INIT, at = STR_INIT;
	struct trace_point p;
	bool any = v->t && v->rows[row].signal != TRACE_NONE &&
		   trace_at(v->t, v->rows[row].signal, time, &p);

	waveview_value_text(v, row, any ? &p : NULL, VALUE_BYTES, &value);
	if (any)
		waveview_time_text(v->t, time, &at);
	ui_say(u, "%s%s%s%s%s", v->rows[row].name, any ? " = " : "", str_cstr(&value),
	       any ? " at " : "", str_cstr(&at));
	str_free(&value);
	str_free(&at);
}

/* Over the waves, shows the value at the time under the mouse; over the names, at
 * the cursor. */
static void hover(struct ui *u, struct rect body, const struct key *k, const struct spot *spot)
{
	struct ui_wave *w = ui_wave(u);
	int cell = k->col - w->wave_col;
	bool over = cell >= 0 && cell < w->cols;

	if (spot && spot->kind == SPOT_WAVE && spot->index < w->view->n)
		say_row(u, spot->index,
			over ? waveview_cell_start(w->view, cell) : w->view->cursor);
}

static void mouse(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		  bool drag)
{
	struct ui_wave *w = ui_wave(u);
	int cell = k->col - w->wave_col;
	bool on_row = spot && spot->kind == SPOT_WAVE && spot->index < w->view->n;

	if (spot && spot->kind == SPOT_LOG_TAB) {
		pane_log_show(u, spot->index);
		return;
	}
	if (cell >= 0 && cell < w->cols && k->row >= body.row) {
		uint64_t at = waveview_cell_start(w->view, cell);

		waveview_set_cursor(w->view, at, w->cols);
	}
	if (!on_row)
		return;
	if (w->view->rows[spot->index].group && w->view->chosen == spot->index && cell < 0)
		waveview_open(w->view, spot->index, !w->view->rows[spot->index].open);
	w->view->chosen = spot->index;
	say_row(u, spot->index, w->view->cursor);
}

/* Scrolls rows if not all of them fit, else time. */
static void scroll(struct ui *u, struct rect body, int by)
{
	struct ui_wave *w = ui_wave(u);

	if (w->view->n > (size_t)w->rows)
		choose(w->view, by);
	else
		waveview_step(w->view, by * 2, w->cols);
}

/* With Ctrl zooms around the mouse, with Shift moves the window. */
static void wheel(struct ui *u, const struct key *k)
{
	struct ui_wave *w = ui_wave(u);
	int cell = k->col - w->wave_col, by = k->code == KEY_WHEEL_UP ? 1 : -1;

	if (!w->view->t || w->cols <= 0)
		return;
	if (k->mods & KEY_SHIFT)
		waveview_pan(w->view, -by * (w->cols / 8 + 1), w->cols);
	else if (cell >= 0 && cell < w->cols)
		waveview_zoom_at(w->view, by, cell, w->cols);
	else
		waveview_zoom(w->view, by, w->cols);
}

const struct pane_ops pane_wave = { .place = PLACE_WAVE,
				    .title = title,
				    .fit = fit,
				    .paint = paint,
				    .key = key,
				    .mouse = mouse,
				    .hover = hover,
				    .scroll = scroll,
				    .wheel = wheel };
