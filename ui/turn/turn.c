/* Creates and frees a screen. */
#include "config.h"

#include "ui/turn/turn.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/journal/session.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_wave.h"

static void make_timers(struct ui *u)
{
	struct ui_keys *keys = ui_keys(u);
	struct loop *l = ui_loop(u);

	keys->escape = loop_timer_new(l, turn_escape_over, u);
	keys->calm = loop_timer_new(l, turn_typing_paused, u);
	keys->paste_wait = loop_timer_new(l, turn_paste_over, u);
	keys->ahead_wait = loop_timer_new(l, turn_ahead_over, u);
	ui_chat(u)->tick = loop_timer_new(l, turn_answer_tick, u);
	ui_jobs(u)->lint_wait = loop_timer_new(l, turn_lint_now, u);
	ui_jobs(u)->complete_wait = loop_timer_new(l, ui_complete_now, u);
	ui_drawing(u)->catch_up = loop_timer_new(l, turn_draw_again, u);
	ui_decisions(u)->armed_wait = loop_timer_new(l, turn_arm_review, u);
	ui_decisions(u)->left_wait = loop_timer_new(l, turn_review_grace_over, u);
	ui_wave(u)->follow.timer = loop_timer_new(l, ui_wave_poll_file, u);
}

static void drop_timers(struct ui *u)
{
	struct ui_keys *keys = ui_keys(u);

	loop_timer_free(keys->escape);
	loop_timer_free(keys->calm);
	loop_timer_free(keys->paste_wait);
	loop_timer_free(keys->ahead_wait);
	loop_timer_free(ui_chat(u)->tick);
	loop_timer_free(ui_jobs(u)->lint_wait);
	loop_timer_free(ui_jobs(u)->complete_wait);
	loop_timer_free(ui_drawing(u)->catch_up);
	loop_timer_free(ui_decisions(u)->armed_wait);
	loop_timer_free(ui_decisions(u)->left_wait);
	loop_timer_free(ui_wave(u)->follow.timer);
}

struct ui *ui_new(struct workbench *w, struct session *s, struct term *t, bool alone)
{
	struct ui *u = ui_create(w, s, t);

	make_timers(u);
	ui_keys(u)->keys.escape_ms = keys_escdelay(getenv("ESCDELAY"));
	w->out = (struct report){
		.text = turn_on_text,
		.note = turn_on_note,
		.ctx = u,
		.question = job_question,
		.require = job_require,
	};
	act_open_port(u);
	ui_links(u)->open_pane = pane_open;
	session_watch(s, turn_on_event, u);
	if (!session_is_past(s)) {
		ui_restore(u, alone);
		ui_restore_draft(u);
		ui_wave_restore(u);
	}
	ui_log_findings(u);
	return u;
}

void ui_free(struct ui *u)
{
	if (!u)
		return;
	if (ui_links(u)->over.ui)
		ui_links(u)->over.close(u);
	ui_jobs(u)->ending = true;
	ui_cancel_all(u);
	session_unwatch(ui_session(u), turn_on_event, u);
	if (!session_is_past(ui_session(u))) {
		ui_remember(u);
		ui_wave_keep_layout(u);
	}
	ui_save_draft(u);
	drop_timers(u);
	act_close_port(u);
	ui_destroy(u);
}
