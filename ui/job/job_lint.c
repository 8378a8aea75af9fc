/* The linter, on request or in the background when typing pauses. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/graph/graph_project.h"
#include "session/journal/lint_summary.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/workbench/workbench.h"
#include "ui/document/view.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"

#define LINT_ALL_AFTER_MS 300

/* Linting ---------------------------------------------------------------------------- */

static void say_lint(struct ui *u, const struct lint_result *r)
{
	struct str words = STR_INIT;

	if (r->failed.n)
		str_adds(&words, r->failed.v[0]);
	else if (r->read == 0)
		lint_summary_nothing(str_cstr(&r->unread), &words);
	else
		lint_summary(r->found, r->read, str_cstr(&r->unread), &words);
	ui_say(u, "%s", str_cstr(&words));
	str_free(&words);
}

static bool lint_whole(struct ui *u, bool say, struct err *err)
{
	struct lint_result r;
	bool ok;

	ok = flow_lint(ui_workbench(u), NULL, 0, &r, err);
	if (ok && say)
		say_lint(u, &r);
	lint_result_fini(&r);
	return ok;
}

static void start_lint_all(struct ui *u);

/* Lints all files, after the one under the cursor. A key cancels it; it starts again
 * after the next lint of that file. */
static void lint_all(void *ctx)
{
	struct job *j = ctx;
	struct err err = { 0 };
	bool again;

	/* Draw the findings of the file under the cursor first; while somebody types, the
	 * work would be thrown away. */
	if (task_sleep(ui_loop(j->ui), LINT_ALL_AFTER_MS, NULL) &&
	    ui_read_project(j->ui, false, &err))
		lint_whole(j->ui, false, &err);
	again = j->again;
	/* The log pane shows what went wrong in a live lint. */
	job_end(j, true, NULL);
	if (again)
		start_lint_all(j->ui);
}

static void start_lint_all(struct ui *u)
{
	struct job *j = &ui_jobs(u)->job[JOB_LINT_ALL];

	j->again = j->task != NULL;
	if (!j->again)
		job_begin(j, lint_all, NULL);
}

void ui_lint_yield(struct ui *u)
{
	struct job *j = &ui_jobs(u)->job[JOB_LINT_ALL];

	j->again = false;
	if (j->task && !task_cancelled(j->task))
		task_cancel(j->task);
}

/* True if path is the only file, so that its lint covers the project. */
static bool is_alone(const struct project *p, const char *path)
{
	return project_files(p) == 1 && strcmp(project_file(p, 0)->path, path) == 0;
}

/* Lints the file under the cursor. *whole: that was the whole project. False: there
 * is no source under the cursor, or the lint failed. */
static bool lint_here(struct ui *u, bool *whole, struct err *err)
{
	const struct view *v = ui_code(u);
	const struct project *p = workbench_project(ui_workbench(u), NULL);
	uint64_t start = loop_now_ms(ui_loop(u));
	struct lint_result r;
	char *path;
	bool ok;

	*whole = false;
	if (!v || !p || !project_find(p, v->path))
		return false;
	graph_typed(ui_workbench(u), v->path);
	if (is_alone(p, v->path)) {
		*whole = true;
		ok = lint_whole(u, false, err);
		ui_jobs(u)->lint_took_ms = loop_now_ms(ui_loop(u)) - start;
		return ok;
	}
	path = mem_strdup(v->path);
	ok = flow_lint_part(ui_workbench(u), path, &r, err);
	ui_jobs(u)->lint_took_ms = loop_now_ms(ui_loop(u)) - start;
	lint_result_fini(&r);
	free(path);
	return ok;
}

static void lint(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct err err = { 0 };
	bool ok = true, whole = false;

	do {
		j->again = false;
		if (!ui_read_project(u, !j->live, &err))
			ok = j->live;
		else if (j->live)
			lint_here(u, &whole, &err);
		else
			ok = lint_whole(u, true, &err);
	} while (ok && j->again && !task_cancelled(j->task));
	if (j->live && !whole && !task_cancelled(j->task) && ui_workbench(u)->options->lint_live)
		start_lint_all(u);
	job_end(j, ok, &err);
}

bool ui_lint(struct ui *u, bool live, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_LINT];

	ui_lint_yield(u);
	if (j->task) {
		j->again = true;
		j->live &= live;
		return true;
	}
	j->live = live;
	return job_begin(j, lint, err);
}
