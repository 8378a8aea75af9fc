/* A screen from its begin to its end. */
#include "config.h"

#include "ui/turn/turn.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/check/flow_hardware.h"
#include "session/journal/session.h"
#include "session/lint/lint_memo.h"
#include "session/project/text_memo.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/document/find.h"
#include "ui/screen/ui.h"
#include "ui/terminal/term.h"

/* Each request is there whole, the files in it too: the last dozen or so. */
#define TRACE_LINES 4000

struct ui *ui_new(struct workbench *w, struct session *s, struct term *t, bool alone)
{
	struct ui *u = mem_zalloc(sizeof(*u));

	u->w = w;
	u->loop = w->loop;
	u->session = s;
	u->term = t;
	u->wish.focus = PANE_CHAT;
	u->wish.lower = PANE_CHAT;
	u->dirty = true;
	frame_init(&u->frame);
	u->keymap = keymap_new();
	u->memo = lint_memo_new();
	u->hardware_memo = hardware_memo_new();
	u->escape = loop_timer_new(u->loop, turn_escape_over, u);
	u->answer_tick = loop_timer_new(u->loop, turn_answer_tick, u);
	u->lint_wait = loop_timer_new(u->loop, turn_lint_now, u);
	u->catch_up = loop_timer_new(u->loop, turn_draw_again, u);
	u->review_wait = loop_timer_new(u->loop, turn_arm_review, u);
	u->left_wait = loop_timer_new(u->loop, turn_left_over, u);
	u->calm = loop_timer_new(u->loop, turn_keys_rest, u);
	u->paste_wait = loop_timer_new(u->loop, turn_paste_over, u);
	line_edit_init(&u->question, true);
	chat_place_init(&u->chat);
	for (int i = 0; i < LOG_TABS; i++)
		log_list_init(&u->log[i]);
	u->log[LOG_LINT].follow = u->log[LOG_WAVE].follow = false;
	u->log[LOG_WAVE].table = true;
	u->log[LOG_TRACE].limit = TRACE_LINES;
	popup_init(&u->popup);
	for (int i = 0; i < JOB_KINDS; i++)
		u->job[i] = (struct job){ .ui = u, .kind = (enum job_kind)i };
	w->screen = u;
	w->out = (struct report){ .text = turn_on_text, .note = turn_on_note, .ctx = u };
	for (const struct cmd *c = screen_commands; c->name; c++)
		cmd_table_put(w->commands, c);
	view_init(&u->spec, "spec.md");
	session_watch(s, turn_on_event, u);
	if (!session_only_looks(s)) {
		ui_restore(u, alone);
		ui_restore_draft(u);
	}
	ui_log_findings(u);
	return u;
}

void ui_free(struct ui *u)
{
	if (!u)
		return;
	if (u->over.ui)
		u->over.close(u);
	u->ending = true;
	ui_cancel_all(u);
	session_unwatch(u->session, turn_on_event, u);
	if (!session_only_looks(u->session))
		ui_remember(u);
	ui_keep_draft(u);
	str_free(&u->drafted);
	loop_timer_free(u->escape);
	loop_timer_free(u->answer_tick);
	loop_timer_free(u->lint_wait);
	loop_timer_free(u->catch_up);
	loop_timer_free(u->review_wait);
	loop_timer_free(u->left_wait);
	loop_timer_free(u->paste_wait);
	loop_timer_free(u->calm);
	for (size_t i = 0; i < u->n_tabs; i++)
		view_fini(&u->tabs[i]);
	free(u->tabs);
	view_fini(&u->spec);
	line_edit_fini(&u->question);
	chat_place_fini(&u->chat);
	for (int i = 0; i < LOG_TABS; i++)
		log_list_fini(&u->log[i]);
	review_close(&u->review);
	timeline_fini(&u->timeline);
	free(u->replaced.path);
	seen_fini(&u->seen);
	text_memo_free(u->memo);
	text_memo_free(u->hardware_memo);
	free(u->passed);
	free(u->next);
	free(u->next_moment);
	popup_fini(&u->popup);
	for (int i = 0; i < JOB_KINDS; i++) {
		strv_free(&u->job[i].argv);
		str_free(&u->job[i].output);
	}
	find_free(u->find);
	str_free(&u->clipboard);
	str_free(&u->message);
	str_free(&u->said);
	strv_free(&u->save_then);
	strv_free(&u->asked);
	str_free(&u->progress);
	str_free(&u->sim_cycles);
	keymap_free(u->keymap);
	keys_fini(&u->keys);
	str_free(&u->along);
	frame_fini(&u->frame);
	u->w->screen = NULL;
	free(u);
}
