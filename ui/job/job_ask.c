/* A question to the backend: from collecting its context to placing the answer's
 * proposals. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_named.h"
#include "session/ask/flow_ask.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/workbench/workbench.h"
#include "session/turn/flow_fix.h"
#include "session/turn/flow_turn.h"
#include "session/turn/turn_mode.h"
#include "session/workbench/backend_list.h"
#include "ui/document/view.h"
#include "ui/job/attach.h"
#include "ui/job/jobs.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/line_edit.h"
#include "ui/widget/log_list.h"

/* Asking -------------------------------------------------------------------------- */

static void announce(struct ui *u, const struct ask_result *a)
{
	const struct place_result *r = &a->placed;

	if (r->refused.n)
		ui_say(u, "%s", r->refused.v[0]);
	else if (a->lacking.len)
		ui_say(u, "%s", str_cstr(&a->lacking));
	else if (r->n == 1)
		ui_say(u, "a suggestion waits: F8 or Ctrl-O v reviews it");
	else if (r->n)
		ui_say(u, "%zu suggestions wait: F8 or Ctrl-O v reviews them", r->n);
	for (size_t i = 0; i < r->refused.n; i++) {
		char *text = str_fmt("not placed: %s", r->refused.v[i]);

		chat_place_remark(&ui_chat(u)->place, a->ask, text);
		free(text);
		log_list_puts(&ui_logs(u)->list[LOG_TRACE], STYLE_RISK, r->refused.v[i]);
	}
	for (size_t i = 0; i < r->notes.n; i++)
		log_list_puts(&ui_logs(u)->list[LOG_TRACE], STYLE_RISK, r->notes.v[i]);
}

void ui_ask_live_text(void *ctx, uint64_t asked, const char *text, size_t len, size_t words)
{
	struct ui *u = ctx;

	ui_chat(u)->place.live.ask = asked;
	str_clear(&ui_chat(u)->place.live.text);
	str_add(&ui_chat(u)->place.live.text, text, len);
	ui_chat(u)->words = words;
	ui_stream_changed(u);
}

void ui_give_back(struct ui *u, const char *line)
{
	if (ui_chat(u)->question.text.len == 0)
		line_edit_set(&ui_chat(u)->question, line);
}

static void give_back(struct ui *u, const struct job *j, const struct ask_result *result)
{
	if (result->ask == 0 && !j->fix && !j->about.path)
		ui_give_back(u, j->argv.v[0]);
}

/* Continues the review with the suggestion that replaces it, if this answer has one. */
static void go_on_with_later(struct ui *u, const struct place_result *r)
{
	struct ui_decisions *d = ui_decisions(u);

	if (d->replaced.path)
		job_review_replaced(u, r->suggestions, r->n, d->replaced.path,
				    d->replaced.base_line);
	free(d->replaced.path);
	d->replaced.path = NULL;
}

/* Tools see the texts that are on the screen now. */
static bool look(void *ctx, struct err *err)
{
	return ui_read_project(ctx, false, err);
}

/* With tools the model looks for the failure by itself and tries its proposals. */
static bool fix_has_tools(struct ui *u)
{
	struct workbench *w = ui_workbench(u);

	return turn_tools_of(w, backend_list_find(w->backends,
						  ask_backend_name(w->options, NULL, true))) !=
	       TURN_TOOLS_OFF;
}

static bool fix(struct ui *u, const struct turn_request *turn, struct ask_result *result,
		struct err *err)
{
	struct fix_result f;
	bool ok = flow_fix(ui_workbench(u), turn, &f, err);

	*result = f.asked;
	if (f.end == FIX_UNSOLVED && f.said.len && result->ask)
		chat_place_remark(&ui_chat(u)->place, result->ask, str_cstr(&f.said));
	if (ok && result->lacking.len == 0 && f.said.len)
		str_adds(&result->lacking, str_cstr(&f.said));
	str_free(&f.said);
	return ok;
}

/* Asks the next queued question if no answer is pending. */
static void ask_queued(struct ui *u)
{
	struct ui_chat *chat = ui_chat(u);
	struct err err;
	char *text;

	if (chat->queued.n == 0 || ui_jobs(u)->job[JOB_ASK].task)
		return;
	text = mem_strdup(chat->queued.v[0]);
	strv_drop(&chat->queued, 0);
	chat->steer = false;
	if (!ui_ask(u, text, false, &err)) {
		ui_complain(u, &err);
		line_edit_set(&chat->question, text);
	}
	free(text);
}

void ui_ask_begin(struct ui *u)
{
	ui_chat(u)->asked_ms = loop_now_ms(ui_loop(u));
	ui_chat(u)->words = 0;
	loop_timer_set(ui_chat(u)->tick, 1000);
}

void ui_ask_end(struct ui *u, struct job *j, bool ok, const struct err *err)
{
	ui_chat(u)->place.live.ask = 0;
	loop_timer_stop(ui_chat(u)->tick);
	job_end(j, ok, err);
	if (ok)
		ask_queued(u);
	else
		ui_unqueue(u);
}

static void ask(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct asked_line about = j->about;
	const struct view *code = ui_code(u);
	char *front = code ? mem_strdup(code->path) : NULL; /* another may be, by then */
	struct turn_request turn;
	struct ask_request r = { .question = j->argv.v[0],
				 .about = { about.follows,
					    about.path,
					    { about.line, about.line ? strlen(about.line) : 0 },
					    about.at } };
	struct ask_named a = { 0 };
	struct str question = STR_INIT;
	struct ask_result result = { 0 };
	struct err err;
	bool ok, fixes = j->fix && fix_has_tools(u);

	ui_ask_begin(u);
	ok = ui_read_project(u, false, &err);
	if (ok)
		ok = fixes    ? true
		     : j->fix ? attach_fix(ui_workbench(u), str_cstr(&ui_jobs(u)->sim_cycles),
					   &question, &err)
			      : attach_named(ui_workbench(u), r.question,
					     str_cstr(&ui_jobs(u)->sim_cycles), &a, &err);
	if (ok && j->fix && !fixes)
		r.question = str_cstr(&question);
	r.fix = j->fix;
	r.front = front;
	r.live = ui_ask_live_text;
	r.ctx = u;
	r.pieces = a.v;
	r.n_pieces = a.n;
	turn = (struct turn_request){ .ask = r, .look = look, .steered = ui_take_queued, .ctx = u };
	ok = ok && (fixes ? fix(u, &turn, &result, &err)
			  : flow_turn(ui_workbench(u), &turn, &result, NULL, &err));
	if (ok && about.path)
		ui_say(u, "answered: t on its line shows it");
	if (ok)
		announce(u, &result);
	if (!ok)
		give_back(u, j, &result);
	go_on_with_later(u, &result.placed);
	ask_result_fini(&result);
	free(front);
	free(about.path);
	free(about.line);
	ask_named_fini(&a);
	str_free(&question);
	ui_ask_end(u, j, ok, &err);
}

static bool begin_ask(struct ui *u, const char *question, bool fix, struct asked_line about,
		      struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_ASK];

	if (!job_begin(j, ask, err)) {
		free(about.path);
		free(about.line);
		return false;
	}
	j->fix = fix;
	j->about = about;
	strv_add(&j->argv, question);
	ui_chat(u)->place.follow = true;
	return true;
}

bool ui_ask(struct ui *u, const char *question, bool fix, struct err *err)
{
	return begin_ask(u, question, fix, (struct asked_line){ 0 }, err);
}

bool ui_ask_about(struct ui *u, const char *question, const struct ask_about *about,
		  struct err *err)
{
	struct asked_line copy = { about->follows, about->at,
				   about->path ? mem_strdup(about->path) : NULL,
				   about->path ? mem_strndup(about->line.data, about->line.len)
					       : NULL };

	return begin_ask(u, question, false, copy, err);
}
