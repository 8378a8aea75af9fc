/* Reactions of the screen to events of the session, notes of tools, and timers. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/event.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/review/flow_replace.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/turn/turn.h"

/* The delay from the last key to the lint, as a part of what the lint before took, and
 * the bounds of it. */
#define LINT_AFTER_PART	  3
#define LINT_AFTER_MIN_MS 15
#define LINT_AFTER_MAX_MS 160

/* What happens in the session ------------------------------------------------------ */

static bool touches_design(const struct event *e)
{
	return e->type == EVENT_EDIT || e->type == EVENT_RENAME || e->type == EVENT_REMOVE ||
	       e->type == EVENT_GOTO || e->type == EVENT_SAVE;
}

void turn_review_grace_over(void *ctx)
{
	ui_decisions(ctx)->left = false;
}

static void review_ended(struct ui *u, bool replaced)
{
	struct ui_decisions *decisions = ui_decisions(u);

	free(decisions->replaced.path);
	decisions->replaced.path =
		replaced ? mem_strdup(suggestion_path(
				   state_proposal(ui_state(u), ui_review(u)->suggestion)->s))
			 : NULL;
	decisions->replaced.base_line = review_base_line(ui_review(u));
	ui_end_review(u);
}

/* A third of what the last lint took: the sign stands in the gutter after little more
 * than the tool's own time, and a lint that the next key would cancel is not started. */
static uint64_t lint_after_ms(const struct ui *u)
{
	uint64_t ms = ui_jobs(u)->lint_took_ms / LINT_AFTER_PART;

	return ms < LINT_AFTER_MIN_MS	? LINT_AFTER_MIN_MS
	       : ms > LINT_AFTER_MAX_MS ? LINT_AFTER_MAX_MS
					: ms;
}

/* Findings about the design are stale: lint again after a pause. */
static void design_touched(struct ui *u)
{
	struct ui_jobs *jobs = ui_jobs(u);

	if (jobs->under_way) {
		ui_confirm_yield(u);
		ui_idle_yield(u);
	}
	ui_decisions(u)->design++;
	if (ui_workbench(u)->options->lint_live) {
		if (jobs->under_way)
			ui_lint_yield(u);
		jobs->touched_ms = loop_now_ms(ui_loop(u));
		if (!jobs->lint_waits)
			loop_timer_set(jobs->lint_wait, lint_after_ms(u));
		jobs->lint_waits = true;
	}
}

void turn_on_event(void *ctx, const struct event *e)
{
	struct ui *u = ctx;

	if (ui_workbench(u)->options->complete_idle && e->type == EVENT_EDIT &&
	    e->edit.by.source == EDIT_BY_YOU)
		ui_complete_soon(u);
	run_texts_follow(&ui_jobs(u)->run_texts, ui_state(u), e);
	if (e->type == EVENT_SAVE) /* the file may be new, or gone */
		ui_jobs(u)->files_changed++;
	if (touches_design(e))
		design_touched(u);
	if (ui_drawing(u)->typed.recording && e->type == EVENT_EDIT) { /* turn_letter() follows */
		ui_drawing(u)->typed.recording = false;
		return;
	}
	if (e->type == EVENT_PIECE)
		ui_stream_changed(u);
	else
		ui_changed(u);
	ui_edited(u, e);
	ui_log_event(u, e);
	if (ui_reviewing(u) &&
	    (e->type == EVENT_DECIDE || e->type == EVENT_SPLIT || e->type == EVENT_AMEND))
		ui_lint_preview(u, true);
	if (e->type == EVENT_APPLY && e->apply.suggestion == ui_review(u)->suggestion)
		review_ended(u, strcmp(e->apply.how, FLOW_REPLACED) == 0);
	if (e->type == EVENT_ASK && ui_reviewing(u))
		review_threads(ui_review(u), ui_state(u),
			       state_proposal(ui_state(u), ui_review(u)->suggestion)->s);
	if (e->type == EVENT_SET && !ui_workbench(u)->options->lint_live)
		ui_lint_yield(u);
	pane_changed(u, e);
}

void turn_lint_now(void *ctx)
{
	struct ui *u = ctx;
	uint64_t quiet_ms = loop_now_ms(ui_loop(u)) - ui_jobs(u)->touched_ms;
	struct err err;

	if (quiet_ms < lint_after_ms(u)) { /* edits since the timer was set */
		loop_timer_set(ui_jobs(u)->lint_wait, lint_after_ms(u) - quiet_ms);
		return;
	}
	ui_jobs(u)->lint_waits = false;
	if (!ui_lint(u, true, &err))
		ui_complain(u, &err);
}

void turn_on_note(void *ctx, const char *line)
{
	struct ui *u = ctx;

	if (ui_jobs(u)->job[JOB_COMPLETE].task && str_starts(line, "complete: "))
		return; /* the user did not ask for it */
	if (ui_jobs(u)->job[JOB_SIM].task) {
		str_clear(&ui_words(u)->progress);
		str_adds(&ui_words(u)->progress, line);
		ui_stream_changed(u);
	} else {
		ui_say(u, "%s", line);
	}
}

void turn_on_text(void *ctx, const char *text, size_t len)
{
	struct ui *u = ctx;

	if (ui_jobs(u)->job[JOB_OTHER].output.len < (4u << 20))
		str_add(&ui_jobs(u)->job[JOB_OTHER].output, text, len);
}

void turn_arm_review(void *ctx)
{
	struct ui *u = ctx;

	ui_decisions(u)->armed = true;
	ui_changed(u);
}

/* Beginning and end ----------------------------------------------------------------------- */

void turn_answer_tick(void *ctx)
{
	struct ui *u = ctx;

	ui_changed(u);
	if (ui_jobs(u)->job[JOB_ASK].task)
		loop_timer_set(ui_chat(u)->tick, 1000);
}
