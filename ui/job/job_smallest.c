/* Finds the smallest part of the suggestion under review with which the testbench
 * passes. Runs as a long simulation and marks the result; decides nothing. */
#include "config.h"

#include "session/base/count.h"
#include "session/check/flow_smallest.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"

static void on_run(void *ctx, size_t runs, size_t enough)
{
	struct ui *u = ctx;

	str_clear(&ui_words(u)->progress);
	str_addf(&ui_words(u)->progress, "run %zu: %zu hunk%s %s enough", runs, enough,
		 count_s(enough), enough == 1 ? "is" : "are");
	ui_changed(u);
}

static void mark(struct ui *u, const struct smallest *found, uint64_t suggestion)
{
	struct review *review = ui_review(u);

	if (found->needed == 0)
		ui_say(u, "the testbench passes without any of it");
	else
		ui_say(u, "%zu of %zu hunks %s enough: marked *", found->needed, found->n,
		       found->needed == 1 ? "is" : "are");
	if (review->suggestion != suggestion || review->n_badges != found->n)
		return;
	for (size_t i = 0; i < found->n; i++)
		review->badges[i].needed = found->hunks[i];
}

static void smallest(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct smallest_request r = { .suggestion = ui_review(u)->suggestion,
				      .engine = ui_workbench(u)->options->engine,
				      .testbench = j->argv.n ? j->argv.v[0] : NULL,
				      .progress = on_run,
				      .ctx = u };
	struct smallest found;
	struct err err = { 0 };
	bool ok;

	str_clear(&ui_words(u)->progress);
	ok = ui_read_project(u, true, &err) && flow_smallest(ui_workbench(u), &r, &found, &err);
	if (ok)
		mark(u, &found, r.suggestion);
	smallest_fini(&found);
	job_end(j, ok, &err);
	str_clear(&ui_words(u)->progress);
}

bool ui_minimise(struct ui *u, const char *testbench, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_SIM];

	if (!job_begin(j, smallest, err))
		return false;
	if (testbench)
		strv_add(&j->argv, testbench);
	return true;
}
