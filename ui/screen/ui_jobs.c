/* Jobs: a task of each kind, begun, ended, cancelled. */
#include "config.h"

#include "ui/screen/ui_jobs.h"

#include "session/base/loop.h"
#include "session/base/task.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_words.h"

bool job_begin(struct job *j, void (*fn)(void *ctx), struct err *err)
{
	static const char *const names[JOB_KINDS] = { "a question is being answered",
						      "a lint is running",
						      "a lint is running",
						      "a simulation is running",
						      "a verdict is being confirmed",
						      "a file is being saved",
						      "another command is running",
						      "the review is being linted",
						      "the review is being linted",
						      "the project is being read",
						      "the context is being looked at",
						      "the waves are being opened",
						      "a question beside it is being answered" };

	if (ui_jobs(j->ui)->ending)
		return err_set(err, ERR_CANCELLED, "posedge is ending");
	if (j->task)
		return err_set(err, ERR_BUSY, "%s; Ctrl-C cancels it", names[j->kind]);
	j->task = task_start(ui_loop(j->ui), fn, j);
	ui_changed(j->ui);
	return true;
}

void job_end(struct job *j, bool ok, const struct err *err)
{
	j->task = NULL;
	ui_changed(j->ui);
	strv_free(&j->argv);
	if (!ok)
		ui_complain(j->ui, err);
	if (j->kind == JOB_ASK || j->kind == JOB_BESIDE)
		ui_call(j->ui, ok ? "the answer is here" : "there is no answer");
	else if (j->kind == JOB_SIM)
		ui_call(j->ui, "the simulation has ended");
}

/* Cancelling
 * ------------------------------------------------------------------------------------ */

bool ui_busy(const struct ui *u)
{
	struct ui_jobs *jobs = ui_jobs(u);

	return jobs->job[JOB_ASK].task || jobs->job[JOB_BESIDE].task || jobs->job[JOB_SIM].task ||
	       jobs->job[JOB_OTHER].task;
}

static bool cancel_first(struct ui *u, const enum job_kind *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct task *t = ui_jobs(u)->job[kinds[i]].task;

		if (t && !task_cancelled(t)) {
			task_cancel(t);
			return true;
		}
	}
	return false;
}

bool ui_cancel_answer(struct ui *u)
{
	return cancel_first(u, (enum job_kind[]){ JOB_BESIDE, JOB_ASK }, 2);
}

bool ui_cancel_job(struct ui *u)
{
	static const enum job_kind order[] = { JOB_BESIDE, JOB_ASK, JOB_SIM, JOB_OTHER, JOB_READ };

	return cancel_first(u, order, sizeof(order) / sizeof(*order));
}

void ui_cancel_all(struct ui *u)
{
	struct ui_jobs *jobs = ui_jobs(u);

	for (int i = 0; i < JOB_KINDS; i++) {
		jobs->job[i].again = false;
		if (jobs->job[i].task && !task_cancelled(jobs->job[i].task))
			task_cancel(jobs->job[i].task);
	}
	for (int i = 0; i < JOB_KINDS; i++)
		while (jobs->job[i].task)
			loop_turn(ui_loop(u), true);
}
