/* The screen as one opaque struct of parts, and the functions that return each part.
 * Code asks for the part it needs, so its includes show what a file can touch. Streamed
 * input is drawn some time after its first piece, not at each piece.
 */
#include "config.h"

#include "ui/screen/ui.h"

#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/check/flow_hardware.h"
#include "session/journal/session.h"
#include "session/lint/lint_memo.h"
#include "session/project/text_memo.h"
#include "session/text/find.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_context.h"
#include "ui/screen/ui_extra.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Each request is logged whole, with its files: enough lines for about a dozen. */
#define TRACE_LINES 4000

struct ui {
	struct ui_parts at; /* first: ui_parts() */
	struct popup popup;
	struct review review;
	struct ui_drawing drawing;
	struct ui_keys keys;
	struct ui_panes panes;
	struct ui_tabs tabs;
	struct ui_disk disk;
	struct ui_decisions decisions;
	struct ui_chat chat;
	struct ui_context context;
	struct ui_extra extra;
	struct ui_logs logs;
	struct ui_wave wave;
	struct ui_jobs jobs;
	struct ui_words words;
	struct ui_leaving leaving;
	struct ui_edits edits;
	struct ui_links links;
};

static void place_parts(struct ui *u)
{
	u->at.popup = &u->popup;
	u->at.review = &u->review;
	u->at.drawing = &u->drawing;
	u->at.keys = &u->keys;
	u->at.panes = &u->panes;
	u->at.tabs = &u->tabs;
	u->at.disk = &u->disk;
	u->at.decisions = &u->decisions;
	u->at.chat = &u->chat;
	u->at.context = &u->context;
	u->at.extra = &u->extra;
	u->at.logs = &u->logs;
	u->at.wave = &u->wave;
	u->at.jobs = &u->jobs;
	u->at.words = &u->words;
	u->at.leaving = &u->leaving;
	u->at.edits = &u->edits;
	u->at.links = &u->links;
}

struct ui *ui_create(struct workbench *w, struct session *s, struct term *t)
{
	struct ui *u = mem_zalloc(sizeof(*u));

	u->at = (struct ui_parts){ .workbench = w, .loop = w->loop, .session = s, .term = t };
	place_parts(u);
	u->panes.wish.focus = u->panes.wish.lower = PANE_CHAT;
	u->drawing.dirty = true;
	u->drawing.flow_ms = FLOW_MIN_MS;
	frame_init(&u->drawing.frame);
	u->keys.keymap = keymap_new();
	u->decisions.memo = lint_memo_new();
	u->decisions.hardware_memo = hardware_memo_new();
	text_memo_follow(u->decisions.memo, &u->decisions.design);
	text_memo_follow(u->decisions.hardware_memo, &u->decisions.design);
	line_edit_init(&u->chat.question, true);
	line_edit_init(&u->chat.aside, true);
	chat_place_init(&u->chat.place);
	for (int i = 0; i < LOG_TABS; i++)
		log_list_init(&u->logs.list[i]);
	u->logs.list[LOG_LINT].follow = u->logs.list[LOG_WAVE].follow = false;
	u->logs.list[LOG_WAVE].table = true;
	u->logs.list[LOG_TRACE].limit = TRACE_LINES;
	popup_init(&u->popup);
	for (int i = 0; i < JOB_KINDS; i++)
		u->jobs.job[i] = (struct job){ .ui = u, .kind = (enum job_kind)i };
	view_init(&u->tabs.spec, "spec.md");
	return u;
}

static void drop_jobs(struct ui_jobs *j)
{
	for (int i = 0; i < JOB_KINDS; i++) {
		strv_free(&j->job[i].argv);
		str_free(&j->job[i].output);
	}
	strv_free(&j->save_then);
	run_texts_fini(&j->run_texts);
	str_free(&j->sim_cycles);
}

static void drop_review(struct ui *u)
{
	struct ui_decisions *d = &u->decisions;

	review_close(&u->review);
	free(d->replaced.path);
	seen_fini(&d->seen);
	text_memo_free(d->memo);
	text_memo_free(d->hardware_memo);
	free(d->passed);
}

static void drop_waves(struct ui_wave *w)
{
	waveview_free(w->view);
	trace_close(w->trace);
	free(w->path);
	free(w->layout);
	free(w->add);
	free(w->at);
	free(w->sought);
}

static void drop_shown(struct ui *u)
{
	for (size_t i = 0; i < u->tabs.n; i++)
		view_fini(&u->tabs.v[i]);
	free(u->tabs.v);
	view_fini(&u->tabs.spec);
	while (u->tabs.n_left)
		free(u->tabs.left[--u->tabs.n_left].path);
	kept_coverage_fini(&u->tabs.reached);
	str_free(&u->chat.drafted);
	line_edit_fini(&u->chat.question);
	chat_place_fini(&u->chat.place);
	strv_free(&u->chat.queued);
	card_close(&u->chat.card);
	line_edit_fini(&u->chat.aside);
	for (int i = 0; i < LOG_TABS; i++)
		log_list_fini(&u->logs.list[i]);
	timeline_fini(&u->logs.timeline);
	drop_waves(&u->wave);
	popup_fini(&u->popup);
	str_free(&u->words.message);
	str_free(&u->words.said);
	str_free(&u->words.progress);
	frame_fini(&u->drawing.frame);
	line_memory_fini(&u->drawing.typed.row.memory);
	ui_close_guest(u);
	ask_view_fini(&u->context.view);
	str_free(&u->extra.why);
}

void ui_destroy(struct ui *u)
{
	drop_jobs(&u->jobs);
	drop_review(u);
	drop_shown(u);
	strv_free(&u->disk.asked);
	free(u->leaving.next);
	free(u->leaving.next_moment);
	find_free(u->edits.find);
	str_free(&u->edits.clipboard);
	keymap_free(u->keys.keymap);
	keys_fini(&u->keys.keys);
	for (size_t i = 0; i < u->keys.n_ahead; i++)
		free(u->keys.ahead_text[i]);
	str_free(&u->keys.along);
	free(u);
}

/* The parts ------------------------------------------------------------------- */

const struct state *ui_state(const struct ui *u)
{
	return session_state(u->at.session);
}

void ui_close_guest(struct ui *u)
{
	struct guest *g = &u->panes.guest;

	if (g->free_own)
		g->free_own(g->own);
	*g = (struct guest){ .from = g->from };
	ui_changed(u);
}

void ui_leave_guest(struct ui *u)
{
	ui_close_guest(u);
	ui_focus(u, u->panes.guest.from);
}

/* Small questions ---------------------------------------------------------------- */

void ui_changed(struct ui *u)
{
	u->drawing.dirty = true;
}

void ui_stream_changed(struct ui *u)
{
	if (!u->drawing.flows)
		loop_timer_set(u->drawing.catch_up, u->drawing.flow_ms);
	u->drawing.flows = true;
}

bool ui_reviewing(const struct ui *u)
{
	return u->review.suggestion != 0;
}

void ui_end_review(struct ui *u)
{
	if (!ui_reviewing(u))
		return;
	review_close(&u->review);
	u->decisions.left = true;
	loop_timer_set(u->decisions.left_wait, FIRST_MOMENT_MS);
}

enum pane ui_focused(const struct ui *u)
{
	return u->panes.wish.focus;
}

void ui_show(struct ui *u, enum pane p)
{
	layout_show(&u->panes.wish, p);
}

void ui_focus(struct ui *u, enum pane p)
{
	layout_focus(&u->panes.wish, p);
}
