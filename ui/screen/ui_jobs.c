/* Jobs, one task of each kind: begin, end, cancel. */
#include "config.h"

#include "ui/screen/ui_jobs.h"

#include "session/base/loop.h"
#include "session/base/task.h"
#include "session/flow/flow.h"
#include "session/journal/state.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_words.h"

static const struct {
	const char *task; /* for the log */
	const char *busy; /* message when another one is requested */
} words[JOB_KINDS] = {
	[JOB_ASK] = { "ask", "a question is being answered" },
	[JOB_LINT] = { "lint of a file", "a lint is running" },
	[JOB_LINT_ALL] = { "lint of all", "a lint is running" },
	[JOB_SIM] = { "sim", "a simulation is running" },
	[JOB_CONFIRM] = { "confirm", "a verdict is being confirmed" },
	[JOB_DO] = { "save", "a file is being saved" },
	[JOB_OTHER] = { "command", "another command is running" },
	[JOB_LINT_PREVIEW] = { "lint preview", "the review is being linted" },
	[JOB_PLACES] = { "lint preview of hunks", "the review is being linted" },
	[JOB_READ] = { "read the project", "the project is being read" },
	[JOB_CONTEXT] = { "context", "the context is being looked at" },
	[JOB_WAVE] = { "open waves", "the waves are being opened" },
	[JOB_BESIDE] = { "btw", "a side question is being answered" },
	[JOB_EQUAL] = { "hunks", "the hunks of the review are being compared" },
	[JOB_IDLE] = { "idle", "something is being worked out" },
	[JOB_COMPLETE] = { "complete", "a completion at the cursor is being asked for" },
	[JOB_WAVE_SEARCH] = { "wave-find", "the waves are being searched" },
};

/* True if the screen shows that this job is running. A lint follows each pause in
 * typing, so it is shown only while there is no result to show instead. */
static bool is_shown(const struct job *j)
{
	switch (j->kind) {
	case JOB_LINT:
	case JOB_LINT_ALL:
		return !ui_state(j->ui)->lint_whole;
	case JOB_WAVE:
		return !j->again; /* following a file that grows */
	case JOB_LINT_PREVIEW:
	case JOB_PLACES:
	case JOB_READ:
	case JOB_EQUAL:
	case JOB_IDLE:
	case JOB_COMPLETE:
		return false;
	default:
		return true;
	}
}

bool job_begin(struct job *j, void (*fn)(void *ctx), struct err *err)
{
	if (ui_jobs(j->ui)->ending)
		return err_set(err, ERR_CANCELLED, "posedge is ending");
	if (j->task)
		return err_set(err, ERR_BUSY, "%s; Ctrl-C cancels it", words[j->kind].busy);
	j->task = task_start(ui_loop(j->ui), fn, j);
	task_name(j->task, words[j->kind].task);
	ui_jobs(j->ui)->under_way++;
	if (is_shown(j))
		ui_changed(j->ui);
	return true;
}

bool job_begin_again(struct job *j, void (*fn)(void *ctx), struct err *err)
{
	j->again = j->task != NULL;
	return j->again || job_begin(j, fn, err);
}

void job_opens(struct job *j)
{
	j->opens = true;
	ui_jobs(j->ui)->opens_ms = loop_now_ms(ui_loop(j->ui));
}

void job_opened(struct job *j)
{
	j->opens = false;
	if (ui_keys(j->ui)->n_ahead) /* from a turn of its own, so that the journal comes first */
		loop_timer_set(ui_keys(j->ui)->ahead_wait, 1);
}

void job_end(struct job *j, bool ok, const struct err *err)
{
	j->task = NULL;
	ui_jobs(j->ui)->under_way--;
	ui_changed(j->ui);
	strv_free(&j->argv);
	job_opened(j);
	if (!ok)
		ui_complain(j->ui, err);
	if (j->kind == JOB_ASK || j->kind == JOB_BESIDE)
		ui_notify(j->ui, ok ? "the answer is here" : "there is no answer");
	else if (j->kind == JOB_SIM)
		ui_notify(j->ui, "the simulation has ended");
}

/* Cancelling -------------------------------------------------------------------------- */

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

bool ui_cancel_flow(struct ui *u)
{
	const struct job *j = &ui_jobs(u)->job[JOB_OTHER];

	return j->task && j->argv.n && flow_find(j->argv.v[0]) &&
	       cancel_first(u, (enum job_kind[]){ JOB_OTHER }, 1);
}

void ui_idle_yield(struct ui *u)
{
	static const enum job_kind kinds[] = { JOB_EQUAL, JOB_IDLE };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct task *t = ui_jobs(u)->job[kinds[i]].task;

		if (t && !task_cancelled(t))
			task_cancel(t);
	}
}

bool ui_cancel_job(struct ui *u)
{
	static const enum job_kind order[] = { JOB_WAVE_SEARCH, JOB_BESIDE, JOB_ASK,
					       JOB_SIM,		JOB_OTHER,  JOB_READ,
					       JOB_EQUAL,	JOB_IDLE,   JOB_COMPLETE };

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
