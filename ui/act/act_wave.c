/* The waves: cursor, markers, zoom, search. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/sim_after.h"
#include "session/option/opt.h"
#include "session/tool/viewer.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_export.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_wave.h"
#include "ui/widget/popup.h"

struct ui_wave *act_waves(struct ui *u, struct err *err)
{
	char *path;

	if (ui_wave(u)->view)
		return ui_wave(u);
	path = sim_after_waves(ui_workbench(u), "F5 makes some", err);
	if (path || ui_wave(u)->path)
		err_set(err, ERR_NOT_FOUND, "the waves are not open yet: `log wave` shows them");
	free(path);
	return NULL;
}

static bool expect_file(struct ui *u, const char *named, struct err *err)
{
	char *path = workplace_full(&ui_workbench(u)->place, named);
	bool there = file_exists(path) || err_set(err, ERR_NOT_FOUND, "%s is not there", path);

	if (there)
		ui_wave_announce(u, path, "", false, 0);
	free(path);
	return there;
}

/* Shows the waves at the time of the log line, or else at the first failure. */
static bool show_here(struct ui *u, char *at, struct err *err)
{
	struct ui_wave *w = ui_wave(u);

	free(w->at);
	w->at = at;
	ui_wave_show(u);
	if (!w->view || w->pending) {
		bool ok = ui_wave_open(u, err);

		if (!ok)
			ui_wave_not_opened(u);
		return ok;
	}
	ui_wave_goto_at(u);
	return true;
}

/* Here without a display or with --tui; else in the external viewer's window. */
bool act_wave(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct workbench *w = ui_workbench(u);
	const struct viewer_ops *viewer = ports_viewer(w->ports, w->options->viewer);
	const char *asked = cmd_opt(c, "--at");
	char *at = asked				       ? mem_strdup(asked)
		   : c->argc == 0 && ui_focused(u) == PANE_LOG ? act_log_time(u)
							       : NULL;
	char *argv[5] = { "wave" };
	int n = 1;

	if (asked && !waveview_time_check(asked, err)) {
		free(at);
		return err_prefix(err, "--at");
	}
	if (c->argc)
		argv[n++] = c->argv[0];
	if (at)
		argv[n++] = "--at", argv[n++] = at;
	if (!cmd_opt(c, "--tui") && viewer && viewer->has_display && viewer->has_display()) {
		bool ok = ui_run_as_job(u, argv, n, err);

		free(at);
		return ok;
	}
	if (c->argc && !expect_file(u, c->argv[0], err)) {
		free(at);
		return false;
	}
	if (at && !asked && ui_wave(u)->layout && !ui_wave(u)->layout[0])
		ui_wave_restore(u);	    /* a file is shown, and the line is of the last run */
	if (c->argc && cmd_opt(c, "--tui")) /* show only the waves */
		ui_panes(u)->wish.zoom = true;
	return show_here(u, at, err);
}

/* Time ------------------------------------------------------------------------- */

bool act_wave_zoom(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	const char *how = c->argv[0];

	if (!w)
		return false;
	if (strcmp(how, "in") == 0 || strcmp(how, "out") == 0)
		waveview_zoom(w->view, how[0] == 'i' ? 1 : -1, w->cols);
	else if (strcmp(how, "all") == 0)
		waveview_zoom_all(w->view, w->cols);
	else if (strcmp(how, "cycle") == 0)
		return waveview_zoom_cycle(w->view, w->cols, err);
	else if (strcmp(how, "markers") == 0)
		return waveview_zoom_markers(w->view, w->cols, err);
	else
		return err_set(err, ERR_USAGE, "wave-zoom %s: in, out, all, cycle or markers", how);
	return true;
}

bool act_wave_mark(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	const char *name = c->argv[0];
	int m = name[0] - 'A';

	if (!w)
		return false;
	if (m < 0 || m >= WAVEVIEW_MARKERS || name[1])
		return err_set(err, ERR_USAGE, "wave-mark %s: A or B", name);
	w->view->has_marker[m] = !w->view->has_marker[m] || w->view->marker[m] != w->view->cursor;
	w->view->marker[m] = w->view->cursor;
	return true;
}

bool act_wave_goto(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	uint64_t time;

	if (!w)
		return false;
	if (c->argc == 0) {
		popup_prompt(ui_popup(u), "time (30ns, #12, fail):", "wave-goto", "");
		return true;
	}
	if (strcmp(c->argv[0], "fail") == 0) {
		if (!w->has_marker)
			return err_set(err, ERR_NOT_FOUND, "nothing failed in these waves");
		time = w->marker;
	} else if (!waveview_time_parse(w->view, c->argv[0], &time, err)) {
		return false;
	}
	ui_wave_goto(u, time);
	return true;
}

static bool edge(struct ui *u, int by, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);

	return w && waveview_edge(w->view, by, w->cols, err);
}

bool act_wave_next(struct ui *u, struct cmd_call *c, struct err *err)
{
	return edge(u, 1, err);
}

bool act_wave_prev(struct ui *u, struct cmd_call *c, struct err *err)
{
	return edge(u, -1, err);
}

/* Searching ---------------------------------------------------------------------- */

static bool seek(struct ui *u, struct ui_wave *w, int by, struct err *err)
{
	if (!w->sought)
		return err_set(err, ERR_USAGE, "nothing was looked for yet: `wave-find` does (/)");
	if (waveview_is_expression(w->sought))
		return ui_wave_search(u, w->sought, by, err);
	return waveview_value(w->view, w->sought, by, w->cols, err);
}

bool act_wave_find(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);

	if (!w)
		return false;
	if (c->argc == 0) {
		popup_offer(ui_popup(u),
			    "value, or expression as $rose(valid) && !ready:", "wave-find",
			    w->sought ? w->sought : "");
		return true;
	}
	free(w->sought);
	w->sought = mem_strdup(c->argv[0]);
	return seek(u, w, 1, err);
}

bool act_wave_find_next(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);

	return w && seek(u, w, 1, err);
}

bool act_wave_find_prev(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);

	return w && seek(u, w, -1, err);
}

bool act_wave_copy(struct ui *u, struct cmd_call *c, struct err *err)
{
	const char *as = c->argc ? c->argv[0] : "table";
	struct ui_wave *w = act_waves(u, err);
	struct str text = STR_INIT;
	uint64_t from, end;
	bool ok = true;

	if (!w)
		return false;
	from = w->view->from;
	end = waveview_cell_start(w->view, w->cols);
	end = end ? end - 1 : 0;
	if (strcmp(as, "table") == 0)
		waveview_table(w->view, from, end, &text);
	else if (strcmp(as, "wavejson") == 0)
		ok = waveview_wavejson(w->view, from, end, &text, err);
	else if (strcmp(as, "svg") == 0)
		waveview_svg(w->view, from, end, &text);
	else
		ok = err_set(err, ERR_USAGE, "wave-copy %s: table, wavejson or svg", as);
	if (ok) {
		str_clear(&ui_edits(u)->clipboard);
		str_add(&ui_edits(u)->clipboard, text.data, text.len);
		act_copy_out(u);
	}
	str_free(&text);
	return ok;
}
