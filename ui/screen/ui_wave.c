/* The waves of the last run. A run only leaves the name of its file here; the file is
 * opened when the tab becomes visible.
 */
#include "config.h"

#include "ui/screen/ui_wave.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/option/remember.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_layout.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_words.h"

#define COLS 80 /* assumed until the first drawing */

void ui_wave_announce(struct ui *u, const char *path, const char *layout, bool has_marker,
		      uint64_t marker)
{
	struct ui_wave *w = ui_wave(u);
	bool same = w->layout && strcmp(w->layout, layout) == 0;

	ui_wave_keep_layout(u);
	ui_wave_not_opened(u); /* drop a request for the earlier waves */
	free(w->path);
	w->path = mem_strdup(path);
	w->pending = true;
	w->has_marker = has_marker;
	w->marker = marker;
	if (same)
		return;
	free(w->layout);
	w->layout = mem_strdup(layout);
	if (w->view)
		waveview_clear(w->view);
}

void ui_wave_restore(struct ui *u)
{
	const char *root = ui_workbench(u)->place.root;
	char *path = remember_get(root, "wave"), *marker = remember_get(root, "marker"),
	     *testbench = remember_get(root, "testbench"),
	     *file = remember_get(root, "testbench_path");
	struct str key = STR_INIT;

	if (testbench && testbench[0])
		waveview_layout_key(testbench, file ? file : "", &key);
	if (path && path[0])
		ui_wave_announce(u, path, str_cstr(&key), marker && marker[0],
				 marker ? strtoull(marker, NULL, 10) : 0);
	free(path);
	free(marker);
	free(testbench);
	free(file);
	str_free(&key);
}

static void first_rows(struct ui *u)
{
	struct ui_wave *w = ui_wave(u);
	struct err err;
	bool any;

	if (!ui_wave_load_layout(u, &any, &err))
		ui_complain(u, &err);
	if (!any)
		waveview_choose(w->view);
	w->kept = w->view->generation;
}

static int cols_of(const struct ui_wave *w)
{
	return w->cols > 0 ? w->cols : COLS;
}

static void take_trace(struct ui_wave *w, struct trace *t)
{
	bool changed = w->kept != w->view->generation;

	waveview_set_trace(w->view, t);
	if (!changed)
		w->kept = w->view->generation;
	trace_close(w->trace);
	w->trace = t;
}

static void move_along(struct ui *u, bool at_end)
{
	struct ui_wave *w = ui_wave(u);

	if (at_end)
		waveview_set_cursor(w->view, trace_end(w->trace), cols_of(w));
	ui_changed(u);
}

void ui_wave_reopened(struct ui *u, struct trace *t)
{
	struct ui_wave *w = ui_wave(u);
	bool at_end = w->view->cursor >= trace_end(w->trace);

	take_trace(w, t);
	move_along(u, at_end);
}

void ui_wave_extended(struct ui *u, uint64_t end)
{
	waveview_grew(ui_wave(u)->view);
	move_along(u, ui_wave(u)->view->cursor >= end);
}

void ui_wave_caught_up(struct ui *u)
{
	waveview_caught_up(ui_wave(u)->view);
	ui_changed(u);
}

void ui_wave_opened(struct ui *u, struct trace *t)
{
	struct ui_wave *w = ui_wave(u);
	int cols = cols_of(w);
	bool fresh = !w->view || w->view->n == 0;

	if (!w->view)
		w->view = waveview_new(t, cols);
	take_trace(w, t);
	if (fresh) {
		first_rows(u);
		waveview_zoom_all(w->view, cols);
	}
	/* This run may be shorter than the last one. */
	if (w->view->from > trace_end(t))
		waveview_zoom_all(w->view, cols);
	w->view->cursor = w->has_marker ? w->marker : trace_end(t);
	if (fresh)
		waveview_zoom_cycle(w->view, cols, NULL);
	waveview_set_cursor(w->view, w->view->cursor, cols);
	ui_changed(u);
}

void ui_wave_goto(struct ui *u, uint64_t time)
{
	struct ui_wave *w = ui_wave(u);
	struct str asked = STR_INIT, end = STR_INIT;

	waveview_set_cursor(w->view, time, cols_of(w));
	if (time > trace_end(w->trace)) {
		waveview_time_text(w->trace, time, &asked);
		waveview_time_text(w->trace, trace_end(w->trace), &end);
		ui_say(u, "%s is after the end of these waves, %s", str_cstr(&asked),
		       str_cstr(&end));
	}
	str_free(&asked);
	str_free(&end);
}

void ui_wave_goto_at(struct ui *u)
{
	struct ui_wave *w = ui_wave(u);
	uint64_t time;
	struct err err;

	if (!w->at)
		return;
	if (waveview_time_parse(w->view, w->at, &time, &err))
		ui_wave_goto(u, time);
	else
		ui_complain(u, &err);
	ui_wave_not_opened(u);
}

void ui_wave_not_opened(struct ui *u)
{
	struct ui_wave *w = ui_wave(u);

	free(w->at);
	w->at = NULL;
}

bool ui_wave_shown(const struct ui *u)
{
	return ui_logs(u)->tab == LOG_WAVE && ui_wave(u)->view;
}
