/* What happens, and what follows from it on the screen: events of the session,
 * words of a tool, moments that are over. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/text_memo.h"
#include "session/review/flow_replace.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/turn/turn.h"

/* How long after the last key the text is linted. */
#define LINT_AFTER_MIN_MS 80
#define LINT_AFTER_MAX_MS 300

/* What happens in the session ------------------------------------------------------ */

static bool touches_design(const struct event *e)
{
	return e->type == EVENT_EDIT || e->type == EVENT_GOTO || e->type == EVENT_SAVE;
}

void turn_left_over(void *ctx)
{
	((struct ui *)ctx)->review_left = false;
}

static void review_ended(struct ui *u, bool replaced)
{
	free(u->replaced.path);
	u->replaced.path = replaced ? mem_strdup(suggestion_path(state_proposal(ui_state(u), u->review.suggestion)->s)) : NULL;
	u->replaced.base_line = review_base_line(&u->review);
	ui_end_review(u);
}

/* As long as such a lint takes: a quick one may follow each word, a slow one
 * only a pause. */
static uint64_t lint_after_ms(const struct ui *u)
{
	return u->lint_took_ms < LINT_AFTER_MIN_MS ? LINT_AFTER_MIN_MS :
	       u->lint_took_ms > LINT_AFTER_MAX_MS ? LINT_AFTER_MAX_MS : u->lint_took_ms;
}

void turn_on_event(void *ctx, const struct event *e)
{
	struct ui *u = ctx;

	u->dirty = true;
	turn_typed_event(u, e);
	ui_edited(u, e);
	ui_log_event(u, e);
	if (ui_reviewing(u) && (e->type == EVENT_DECIDE || e->type == EVENT_SPLIT || e->type == EVENT_AMEND))
		ui_outlook(u, true);
	if (touches_design(e)) {
		ui_confirm_yield(u);
		text_memo_clear(u->memo);
		text_memo_clear(u->hardware_memo);
	}
	if (e->type == EVENT_APPLY && e->apply.suggestion == u->review.suggestion)
		review_ended(u, strcmp(e->apply.how, FLOW_REPLACED) == 0);
	if (e->type == EVENT_ASK && ui_reviewing(u))
		review_threads(&u->review, ui_state(u), state_proposal(ui_state(u), u->review.suggestion)->s);
	if (e->type == EVENT_SET && !u->w->options->lint_live)
		ui_lint_yield(u);
	if (touches_design(e) && u->w->options->lint_live) {
		ui_lint_yield(u);
		loop_timer_set(u->lint_wait, lint_after_ms(u));
	}
}

void turn_lint_now(void *ctx)
{
	struct ui *u = ctx;
	struct err err;

	if (!ui_lint(u, true, &err))
		ui_complain(u, &err);
}

void turn_on_note(void *ctx, const char *line)
{
	struct ui *u = ctx;

	if (u->job[JOB_SIM].task) {
		str_clear(&u->progress);
		str_adds(&u->progress, line);
		u->dirty = true;
	} else {
		ui_say(u, "%s", line);
	}
}

void turn_on_text(void *ctx, const char *text, size_t len)
{
	struct ui *u = ctx;

	if (u->job[JOB_OTHER].output.len < (4u << 20))
		str_add(&u->job[JOB_OTHER].output, text, len);
}

void turn_arm_review(void *ctx)
{
	struct ui *u = ctx;

	u->review_armed = true;
	u->dirty = true;
}

/* Beginning and end ----------------------------------------------------------------------- */

void turn_answer_tick(void *ctx)
{
	struct ui *u = ctx;

	u->dirty = true;
	if (u->job[JOB_ASK].task)
		loop_timer_set(u->answer_tick, 1000);
}
