/* What runs while the user is idle: it starts a moment after what it belongs to; an edit, a
 * decision, a simulation or Ctrl-C cancels it. Its programs run at low priority, and its
 * failures are not shown, since nobody asked for it.
 *
 * A testbench that passed is scored by the mutants that it detects (`set mutants.idle on`).
 * Once `why` was asked about a run that failed, changes that would make it pass are looked for
 * (`set why.idle`): only then, since a user who has not asked may want
 * to find it without help. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/flow_why.h"
#include "session/command/why_try.h"
#include "session/formal/same.h"
#include "session/journal/session.h"
#include "session/mutant/flow_mutants.h"
#include "session/mutant/kept.h"
#include "session/mutant/score.h"
#include "session/option/opt.h"
#include "session/text/slice.h"
#include "session/workbench/report.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_words.h"
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

/* Why a run failed -------------------------------------------------------------------- */

static void keep_text(void *ctx, const char *text, size_t len)
{
	str_add(ctx, text, len);
}

/* Adds lines; those that begin with "rtl/q.sv:12: " and those indented below link there. */
static void add_mends(struct log_list *l, const struct str *found)
{
	struct slice rest = { str_cstr(found), found->len };
	char *path = NULL;
	long line = 0;

	while (rest.n) {
		struct slice s = slice_chomp(slice_line(&rest));
		size_t gap = slice_find(s, ": "), colon = gap;

		while (s.p[0] != ' ' && colon > 0 && colon < s.n && s.p[colon - 1] != ':')
			colon--;
		if (s.p[0] != ' ' && colon > 1 && colon < gap) {
			free(path);
			path = mem_strndup(s.p, colon - 1);
			line = strtol(s.p + colon, NULL, 10);
		}
		log_list_add(l, STYLE_TEXT, s.p, s.n, line > 0 ? path : NULL, (int)line, 0);
	}
	free(path);
}

static void say_mends(struct ui *u, const struct str *found)
{
	struct log_list *l = &ui_logs(u)->list[LOG_SIM];
	char *first = mem_strndup(str_cstr(found), strcspn(str_cstr(found), "\n,"));

	log_list_puts(l, STYLE_DIM, "while idle:");
	add_mends(l, found);
	ui_say(u, "while idle: %s: see the log's sim tab", first);
	free(first);
	ui_changed(u);
}

static void mends(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct why_question q = { 0 };
	struct why_answer a;
	struct str found = STR_INIT;
	struct report to = { .text = keep_text, .ctx = &found };
	struct err err;

	if (task_sleep(ui_loop(u), IDLE_MS, NULL) && ui_read_project(u, false, &err)) {
		if (flow_why(ui_workbench(u), &q, &a, &err) &&
		    why_try(ui_workbench(u), &a.chain, &to, &err) && found.len)
			say_mends(u, &found);
		why_answer_fini(&a);
	}
	str_free(&found);
	job_end(j, true, NULL);
}

void ui_mends_soon(struct ui *u)
{
	struct job *j = &ui_jobs(u)->job[JOB_IDLE];

	if (ui_workbench(u)->options->why_idle && !j->task)
		job_begin(j, mends, NULL);
}
