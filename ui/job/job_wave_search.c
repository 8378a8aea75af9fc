/* Finds where an expression holds in the waves. Searching a long run takes a while, and
 * the screen draws from its trace meanwhile, so the pool gets a trace of its own. That
 * is cheap: the index of a large dump is cached on disk.
 */
#include "config.h"

#include <sys/stat.h>

#include "session/base/task.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

#define AT_ONCE (1u << 20) /* bytes; a smaller dump is searched before the next key */

struct searching {
	struct waveview_search s;
	struct trace *t;
	bool ok;
	struct err err;
};

static void search(void *ctx)
{
	struct searching *w = ctx;

	w->ok = waveview_search_run(&w->s, w->t, &w->err);
}

static void run(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct ui_wave *wave = ui_wave(u);
	const struct trace *looked_at = wave->trace;
	struct searching w = { .t = NULL };
	struct err err;
	bool ok;

	waveview_search_init(&w.s, wave->view, j->argv.v[1], j->argv.v[2][0] == '-' ? -1 : 1);
	ok = ui_workbench(u)->ports->open_trace(ui_loop(u), j->argv.v[0], &w.t, &err) &&
	     task_work(ui_loop(u), search, &w, &w.s.stop, &err);
	if (ok && !w.ok)
		err = w.err;
	ok = ok && w.ok;
	/* Another run may have replaced the waves meanwhile. */
	if (ok && wave->view && wave->trace == looked_at) {
		waveview_set_cursor(wave->view, w.s.time, wave->cols);
		ui_say(u, "%s: here", w.s.text);
	}
	trace_close(w.t);
	waveview_search_fini(&w.s);
	job_end(j, ok, &err);
}

bool ui_wave_search(struct ui *u, const char *text, int by, struct err *err)
{
	struct ui_wave *w = ui_wave(u);
	struct job *j = &ui_jobs(u)->job[JOB_WAVE_SEARCH];
	struct stat st;

	if (!w->path || stat(w->path, &st) < 0 || st.st_size <= (off_t)AT_ONCE)
		return waveview_holds(w->view, text, by, w->cols, err);
	if (!job_begin(j, run, err))
		return false;
	strv_add(&j->argv, w->path);
	strv_add(&j->argv, text);
	strv_add(&j->argv, by < 0 ? "-" : "+");
	ui_say(u, "looking for %s; Esc ends it", text);
	return true;
}
