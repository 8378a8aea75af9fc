/* A question outside the conversation: it may run while another one is being
 * answered, it sees the conversation so far, and later questions do not see it. */
#include "config.h"

#include <stdlib.h>

#include "session/ask/ask_named.h"
#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "ui/job/attach.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/line_edit.h"

static void on_live(void *ctx, uint64_t asked, const char *text, size_t len, size_t words)
{
	struct ui *u = ctx;
	struct chat_live *live = &ui_chat(u)->place.beside;

	live->ask = asked;
	str_clear(&live->text);
	str_add(&live->text, text, len);
	ui_changed(u);
}

static void btw(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct ask_request r = {
		.question = j->argv.v[0], .beside = true, .live = on_live, .ctx = u
	};
	struct ask_named a = { 0 };
	struct ask_result result = { 0 };
	struct err err;
	bool ok = ui_read_project(u, false, &err) &&
		  attach_named(ui_workbench(u), r.question, str_cstr(&ui_jobs(u)->sim_cycles), &a,
			       &err);

	r.pieces = a.v;
	r.n_pieces = a.n;
	ok = ok && flow_ask(ui_workbench(u), &r, &result, &err);
	if (ok && result.lacking.len)
		ui_say(u, "%s", str_cstr(&result.lacking));
	/* Keep the text of a question that was never sent. */
	if (!ok && result.ask == 0 && ui_chat(u)->question.text.len == 0) {
		char *again = str_fmt("/btw %s", j->argv.v[0]);

		line_edit_set(&ui_chat(u)->question, again);
		free(again);
	}
	ui_chat(u)->place.beside.ask = 0;
	ask_result_fini(&result);
	ask_named_fini(&a);
	job_end(j, ok, &err);
}

bool ui_ask_beside(struct ui *u, const char *question, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_BESIDE];

	if (!job_begin(j, btw, err))
		return false;
	strv_add(&j->argv, question);
	ui_chat(u)->place.follow = true;
	return true;
}
