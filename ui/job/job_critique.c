/* Asks a model what is wrong in a file; the result goes into the log. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/flow_critique.h"
#include "session/base/count.h"
#include "session/base/str.h"
#include "session/output/diag.h"
#include "ui/job/jobs.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_words.h"

static void announce(struct ui *u, const struct critique_result *r)
{
	size_t n = diag_list_len(r->found);

	for (size_t i = 0; i < r->unplaced.n; i++)
		log_list_puts(&ui_logs(u)->list[LOG_TRACE], STYLE_RISK, r->unplaced.v[i]);
	if (r->lacking.len)
		ui_say(u, "%s", str_cstr(&r->lacking));
	else if (r->unplaced.n)
		ui_say(u, "%zu finding%s in the log, %zu not placed: their lines do not exist", n,
		       count_s(n), r->unplaced.n);
	else if (n)
		ui_say(u, "%zu finding%s in the log: Ctrl-O 4", n, count_s(n));
	else
		ui_say(u, "the model found nothing");
}

static void keep(struct ui *u, const char *path)
{
	const char *mark = strchr(path, ' ') ? "\"" : "";
	char *again = str_fmt("/critique %s%s%s", mark, path, mark);

	ui_give_back(u, again);
	free(again);
}

static void critique(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct critique_request r = { .path = j->argv.v[0], .live = ui_ask_live_text, .ctx = u };
	struct critique_result out = { 0 };
	struct err err;
	bool ok;

	ui_ask_begin(u);
	ok = ui_read_project(u, false, &err) && flow_critique(ui_workbench(u), &r, &out, &err);
	if (ok)
		announce(u, &out);
	if (!ok && out.ask == 0)
		keep(u, r.path);
	critique_result_fini(&out);
	ui_ask_end(u, j, ok, &err);
}

bool ui_critique(struct ui *u, const char *path, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_ASK];

	if (!job_begin(j, critique, err))
		return false;
	j->fix = false;
	strv_add(&j->argv, path);
	ui_chat(u)->place.follow = true;
	return true;
}
