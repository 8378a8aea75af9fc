/* Repeats a verdict with another simulator, in the background. */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "ui/job/jobs.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/log_list.h"

#define CONFIRM_AFTER_MS 500

static void drop_first(struct job *j)
{
	if (j->first)
		sim_result_fini(j->first);
	free(j->first);
	j->first = NULL;
}

/* Starts after a pause; an edit or another run cancels it. */
static void confirm(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct str differs = STR_INIT;
	struct sim_result r = { 0 };
	struct err err;

	if (task_sleep(ui_loop(u), CONFIRM_AFTER_MS, &err)) {
		if (ui_read_project(u, false, &err) &&
		    flow_sim_confirm(ui_workbench(u), j->first, &r, &differs, &err) &&
		    differs.len) {
			ui_say(u, "%s", str_cstr(&differs));
			ui_words(u)->bad = true;
			log_list_puts(&ui_logs(u)->list[LOG_SIM], STYLE_RISK, str_cstr(&differs));
		}
	}
	sim_result_fini(&r);
	str_free(&differs);
	drop_first(j);
	job_end(j, true, NULL);
}

void ui_confirm_yield(struct ui *u)
{
	struct job *j = &ui_jobs(u)->job[JOB_CONFIRM];

	if (j->task && !task_cancelled(j->task))
		task_cancel(j->task);
}

void job_confirm(struct ui *u, struct sim_result *r)
{
	struct job *j = &ui_jobs(u)->job[JOB_CONFIRM];
	struct err err;

	if (j->task)
		return;
	j->first = mem_dup(r, sizeof(*r));
	*r = (struct sim_result){ 0 };
	if (!job_begin(j, confirm, &err))
		drop_first(j);
}
