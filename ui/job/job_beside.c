/* A question outside the conversation: it may run while another one is being
 * answered, it sees the conversation so far, and later questions do not see it. One that
 * comes while another of its kind is under way waits for its turn. */
#include "config.h"

#include <stdlib.h>

#include "session/ask/ask_named.h"
#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "ui/job/attach.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_words.h"

#define BESIDE_MAX 100 /* side questions since one was under way */

static void on_live(void *ctx, uint64_t asked, const char *text, size_t len, size_t words)
{
	struct ui *u = ctx;
	struct chat_live *live = &ui_chat(u)->place.beside;

	live->ask = asked;
	str_clear(&live->text);
	str_add(&live->text, text, len);
	ui_changed(u);
}

static void keep(struct ui *u, const char *question)
{
	char *again = str_fmt("/btw %s", question);

	ui_give_back(u, again);
	free(again);
}

static bool ask_one(struct ui *u, const char *question, struct err *err)
{
	struct ask_request r = { .question = question, .beside = true, .live = on_live, .ctx = u };
	struct ask_named a = { 0 };
	struct ask_result result = { 0 };
	bool ok =
		ui_read_project(u, false, err) &&
		attach_named(ui_workbench(u), question, str_cstr(&ui_jobs(u)->sim_cycles), &a, err);

	r.pieces = a.v;
	r.n_pieces = a.n;
	ok = ok && flow_ask(ui_workbench(u), &r, &result, err);
	if (ok && result.lacking.len)
		ui_say(u, "%s", str_cstr(&result.lacking));
	if (!ok && result.ask == 0)
		keep(u, question);
	ui_chat(u)->place.beside.ask = 0;
	ask_result_fini(&result);
	ask_named_fini(&a);
	return ok;
}

/* Questions that come meanwhile are added to argv and asked in turn, until one is cancelled. */
static void btw(void *ctx)
{
	struct job *j = ctx;
	struct err err = { 0 };
	bool ok = true;
	size_t i;

	for (i = 0; i < j->argv.n && (ok || err.code != ERR_CANCELLED); i++) {
		if (!ok)
			ui_complain(j->ui, &err);
		ok = ask_one(j->ui, j->argv.v[i], &err);
	}
	if (i < j->argv.n)
		keep(j->ui, j->argv.v[i]);
	job_end(j, ok, &err);
}

bool ui_ask_beside(struct ui *u, const char *question, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_BESIDE];
	bool waits = j->task && !task_cancelled(j->task) && j->argv.n < BESIDE_MAX;

	if (!waits && !job_begin(j, btw, err))
		return false;
	strv_add(&j->argv, question);
	ui_chat(u)->place.follow = true;
	if (waits)
		ui_say(u, "asked after the side question that is under way");
	return true;
}
