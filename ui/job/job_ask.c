/* A question to the backend, from what goes along to what the answer proposes. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/flow_ask.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "ui/job/attach.h"
#include "ui/job/jobs.h"

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
	for (size_t i = 0; i < r->refused.n; i++)
		log_list_puts(&u->log[LOG_TRACE], STYLE_RISK, r->refused.v[i]);
	for (size_t i = 0; i < r->notes.n; i++)
		log_list_puts(&u->log[LOG_TRACE], STYLE_RISK, r->notes.v[i]);
}

static void on_live(void *ctx, uint64_t asked, const char *text, size_t len, size_t words)
{
	struct ui *u = ctx;

	u->chat.live_ask = asked;
	str_clear(&u->chat.live);
	str_add(&u->chat.live, text, len);
	u->answer_words = words;
	u->dirty = true;
}

/* A question that was never asked, as its backend could not open, is not lost. */
static void give_back(struct ui *u, const struct job *j, const struct ask_result *result)
{
	if (result->ask == 0 && !j->fix && !j->about.path && u->question.text.len == 0)
		line_edit_set(&u->question, j->argv.v[0]);
}

static void ask(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct asked_line about = j->about;
	struct ask_request r = { .question = j->argv.v[0],
				 .about = { about.follows, about.path, { about.line, about.line ? strlen(about.line) : 0 },
					    about.at } };
	struct attached a = { 0 };
	struct ask_result result = { 0 };
	struct err err;
	bool ok;

	u->asked_ms = loop_now_ms(u->loop);
	u->answer_words = 0;
	loop_timer_set(u->answer_tick, 1000);
	ok = ui_read_project(u, false, &err);
	if (ok)
		ok = j->fix ? attach_fix(u->w, str_cstr(&u->sim_cycles), &a, &err) :
			      attach_named(u->w, r.question, str_cstr(&u->sim_cycles), &a, &err);
	if (ok && j->fix)
		r.question = str_cstr(&a.question);
	r.fix = j->fix;
	r.live = on_live;
	r.ctx = u;
	r.pieces = a.v;
	r.n_pieces = a.n;
	ok = ok && flow_ask(u->w, &r, &result, &err);
	if (ok && about.path)
		ui_say(u, "answered: t on its line shows it");
	if (ok)
		announce(u, &result);
	if (!ok)
		give_back(u, j, &result);
	u->chat.live_ask = 0;
	loop_timer_stop(u->answer_tick);
	if (u->replaced.path)
		job_review_replaced(u, result.placed.suggestions, result.placed.n, u->replaced.path, u->replaced.base_line);
	free(u->replaced.path);
	u->replaced.path = NULL;
	ask_result_fini(&result);
	free(about.path);
	free(about.line);
	attached_fini(&a);
	job_end(j, ok, &err);
}

static bool begin_ask(struct ui *u, const char *question, bool fix, struct asked_line about, struct err *err)
{
	struct job *j = &u->job[JOB_ASK];

	if (!job_begin(j, ask, err)) {
		free(about.path);
		free(about.line);
		return false;
	}
	j->fix = fix;
	j->about = about;
	strv_add(&j->argv, question);
	u->chat.follow = true;
	return true;
}

bool ui_ask(struct ui *u, const char *question, bool fix, struct err *err)
{
	return begin_ask(u, question, fix, (struct asked_line){ 0 }, err);
}

bool ui_ask_about(struct ui *u, const char *question, const struct ask_about *about, struct err *err)
{
	struct asked_line copy = { about->follows, about->at, about->path ? mem_strdup(about->path) : NULL,
				   about->path ? mem_strndup(about->line.data, about->line.len) : NULL };

	return begin_ask(u, question, false, copy, err);
}
