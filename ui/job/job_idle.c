/* Scores a testbench that passed by the mutants it detects, while the user is idle
 * (`set mutants.idle on`). Starts a moment after the verdict; an edit, a decision, a
 * simulation or Ctrl-C cancels it. Its programs run at low priority. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/task.h"
#include "session/formal/same.h"
#include "session/journal/session.h"
#include "session/mutant/flow_mutants.h"
#include "session/mutant/kept.h"
#include "session/mutant/score.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/widget/log_list.h"

#define IDLE_MS	   1500
#define MUTANTS	   100
#define MUTANTS_MS 60000

static bool score_is_known(struct ui *u, const struct job *j)
{
	struct str score = STR_INIT;
	bool known;

	score_print(ui_workbench(u), j->argv.v[0], j->argv.v[1], &score);
	known = score.len > 0;
	str_free(&score);
	return known;
}

static void say_score(struct ui *u, const struct mutants_report *m)
{
	struct score s = mutants_score(m);
	struct str words = STR_INIT;

	str_addf(&words, "while idle: %s", m->testbench);
	score_words(&s, &words);
	if (m->survived)
		str_adds(&words, "; @mutants in a question sends the others");
	log_list_puts(&ui_logs(u)->list[LOG_SIM], STYLE_DIM, str_cstr(&words));
	str_free(&words);
	ui_changed(u);
}

/* Failures are not shown: the user did not ask for this. */
static void score(struct ui *u, const struct job *j)
{
	struct mutants_request r = {
		.testbench = j->argv.v[0], .max = MUTANTS, .ms = MUTANTS_MS, .same = formal_same
	};
	struct mutants_report m;
	struct err err;

	if (!ui_read_project(u, false, &err) || score_is_known(u, j) ||
	    !flow_mutants(ui_workbench(u), &r, &m, &err))
		return;
	kept_mutants_write(session_dir(ui_session(u)), &m, &err);
	say_score(u, &m);
	mutants_report_fini(&m);
}

static void idle(void *ctx)
{
	struct job *j = ctx;

	if (task_sleep(ui_loop(j->ui), IDLE_MS, NULL))
		score(j->ui, j);
	job_end(j, true, NULL);
}

void ui_mutants_soon(struct ui *u, const char *testbench, const char *path)
{
	struct job *j = &ui_jobs(u)->job[JOB_IDLE];

	if (!ui_workbench(u)->options->mutants_idle || j->task || !job_begin(j, idle, NULL))
		return;
	strv_add(&j->argv, testbench);
	strv_add(&j->argv, path);
}
