/* Opens waves in a task; the old ones stay on the screen until then. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/sim_after.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/tool/viewer.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

static void add_waiting(struct ui *u)
{
	struct ui_wave *w = ui_wave(u);
	char *name = w->add; /* take it: ui_wave_add() may set another one meanwhile */
	struct err err;

	w->add = NULL;
	if (name && !ui_wave_add(u, name, &err))
		ui_complain(u, &err);
	free(name);
}

static void open_wave(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct trace *t = NULL;
	struct err err;
	bool ok = ui_workbench(u)->ports->open_trace(ui_loop(u), j->argv.v[0], &t, &err);
	const char *problem = ok ? trace_problem(t) : NULL;

	if (ok) {
		ui_wave_opened(u, t);
		add_waiting(u);
		ui_wave_goto_at(u);
		if (problem)
			ui_say(u, "%s", problem);
	} else {
		ui_wave_not_opened(u);
		free(ui_wave(u)->add); /* drop what waits for these waves */
		ui_wave(u)->add = NULL;
	}
	job_end(j, ok, &err);
}

bool ui_wave_open(struct ui *u, struct err *err)
{
	struct ui_wave *w = ui_wave(u);
	struct job *j = &ui_jobs(u)->job[JOB_WAVE];

	if (!w->path) /* another program may have run it */
		ui_wave_restore(u);
	if (!w->path) {
		free(sim_after_waves(ui_workbench(u), "F5 makes some", err));
		return false;
	}
	w->pending = file_exists(w->path);
	if (!w->pending)
		return err_set(err, ERR_NOT_FOUND, "%s is not there any more", w->path);
	if (j->task && j->again) /* of the old file, which is being read again: then this one */
		return true;
	j->again = false;
	if (!job_begin(j, open_wave, err))
		return false;
	w->pending = false;
	ui_wave_begin_follow(u);
	strv_add(&j->argv, w->path);
	return true;
}

void ui_wave_show(struct ui *u)
{
	ui_logs(u)->tab = LOG_WAVE;
	ui_focus(u, PANE_LOG);
}

/* Adds all signals of a scope as a group. */
static bool add_scope(struct waveview *v, const char *scope, struct err *err)
{
	size_t len = strlen(scope), added = 0;
	struct str name = STR_INIT;
	bool ok = true;

	for (size_t i = 0; ok && i < trace_signals(v->t); i++) {
		str_clear(&name);
		if (trace_signal_at(v->t, i)->scope == TRACE_NONE)
			continue;
		trace_scope_name(v->t, trace_signal_at(v->t, i)->scope, &name);
		if (name.len != len || strcmp(str_cstr(&name), scope) != 0)
			continue;
		str_clear(&name);
		trace_full_name(v->t, i, &name);
		ok = waveview_add(v, str_cstr(&name), err);
		added++;
	}
	str_free(&name);
	if (ok && !added)
		return err_set(err, ERR_NOT_FOUND, "%s has no signals in these waves", scope);
	return ok;
}

/* Adds the signal to the external viewer as well if its window is open. */
static void add_outside(struct ui *u, const char *full)
{
	const struct workbench *w = ui_workbench(u);
	const struct viewer_ops *viewer = ports_viewer(w->ports, w->options->viewer);
	char *home = viewer && viewer->is_open && viewer->has_display()
			     ? session_home(w->place.root, NULL)
			     : NULL;
	char *argv[] = { "wave", "--add", (char *)full };
	struct err err;

	if (home && viewer->is_open(home) && !ui_run_as_job(u, argv, 3, &err))
		ui_complain(u, &err);
	free(home);
}

bool ui_wave_add(struct ui *u, const char *name, struct err *err)
{
	struct ui_wave *w = ui_wave(u);
	size_t len = strlen(name), signal;
	struct str full = STR_INIT;
	bool ok;

	if (!w->view) { /* add it when they are open */
		free(w->add);
		w->add = mem_strdup(name);
		ok = ui_wave_open(u, err);
		/* If opening failed: no waves exist yet, or a task is opening them. */
		if (!ok && w->path && !ui_jobs(u)->job[JOB_WAVE].task) {
			free(w->add);
			w->add = NULL;
		}
		return ok;
	}
	if (len > 2 && strcmp(name + len - 2, ".*") == 0) {
		char *scope = mem_strndup(name, len - 2);

		ok = add_scope(w->view, scope, err);
		free(scope);
		return ok;
	}
	ok = trace_find_by_end(w->trace, name, &signal, err);
	if (ok)
		trace_full_name(w->trace, signal, &full);
	ok = ok && waveview_add(w->view, str_cstr(&full), err);
	if (ok) {
		ui_say(u, "%s is in the waves", str_cstr(&full));
		add_outside(u, str_cstr(&full));
	}
	str_free(&full);
	return ok;
}
