#include "config.h"

#include "ui/ui.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/check/flow_hardware.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/lint/lint_memo.h"
#include "session/option/opt.h"
#include "session/review/flow_replace.h"
#include "session/text/text.h"
#include "session/text/words.h"
#include "session/workbench/workbench.h"
#include "ui/draft.h"
#include "ui/find.h"
#include "ui/paint.h"
#include "ui/pane.h"
#include "ui/past.h"
#include "ui/scene.h"
#include "ui/signs.h"
#include "ui/term.h"

/* How long after the last key the text is linted. */
#define LINT_AFTER_MIN_MS 80
#define LINT_AFTER_MAX_MS 300
#define CATCH_UP_MS 10
#define CALM_MS 100
/* Each request is there whole, the files in it too: the last dozen or so. */
#define TRACE_LINES 4000

const struct state *ui_state(const struct ui *u)
{
	return session_state(u->session);
}

bool ui_reviewing(const struct ui *u)
{
	return u->review.suggestion != 0;
}

/* What is said to a shell (`posedge doctor` tells) is a command's name here;
 * an option of the program itself stays as it is. */
static void name_commands(struct str *s)
{
	static const char shell[] = "`posedge ";
	const size_t len = sizeof(shell) - 1;

	for (const char *at = str_cstr(s); (at = strstr(at, shell)); at++)
		if (at[len] >= 'a' && at[len] <= 'z')
			str_remove(s, (size_t)(at - s->data) + 1, len - 1);
}

void ui_say(struct ui *u, const char *fmt, ...)
{
	va_list ap;

	str_clear(&u->message);
	va_start(ap, fmt);
	str_vaddf(&u->message, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < u->message.len; i++)
		if (u->message.data[i] == '\n')
			u->message.data[i] = ' ';
	name_commands(&u->message);
	str_clear(&u->said);
	str_add(&u->said, str_cstr(&u->message), u->message.len);
	u->message_bad = false;
	u->dirty = true;
}

void ui_complain(struct ui *u, const struct err *err)
{
	if (err->code == ERR_CANCELLED) {
		ui_say(u, "cancelled");
		return;
	}
	ui_say(u, "%s", err->text);
	u->message_bad = true;
}

/* Commands -------------------------------------------------------------------- */

void ui_run(struct ui *u, char *const *argv, size_t argc)
{
	struct err err;
	const struct cmd *c = argc ? cmd_find(u->w->commands, argv[0], &err) : NULL;
	enum cmd_status status;
	bool ok;

	u->dirty = true;
	if (argc == 0)
		return;
	if (!c)
		ok = false;
	else if (argc == 1 && c->min_args == 1 && u->popup.kind == POPUP_NONE)	/* the menu and the palette name it only */
		ok = (popup_prompt(&u->popup, c->args, c->name, ""), true);
	else if (c->flags & CMD_SCREEN)
		ok = cmd_run(u->w, c, argv + 1, argc - 1, "", true, &status, &err);
	else
		ok = ui_other(u, argv, argc, &err);
	if (!ok)
		ui_complain(u, &err);
}

void ui_run_line(struct ui *u, const char *line)
{
	struct strv argv = STRV_INIT;
	struct err err;

	if (words_split(line, strlen(line), &argv, &err))
		ui_run(u, argv.v, argv.n);
	else
		ui_complain(u, &err);
	strv_free(&argv);
}

/* What happens in the session ------------------------------------------------------ */

static bool touches_design(const struct event *e)
{
	return e->type == EVENT_EDIT || e->type == EVENT_GOTO || e->type == EVENT_SAVE;
}

static void left_over(void *ctx)
{
	((struct ui *)ctx)->review_left = false;
}

void ui_end_review(struct ui *u)
{
	if (!ui_reviewing(u))
		return;
	review_close(&u->review);
	u->review_left = true;
	loop_timer_set(u->left_wait, FIRST_MOMENT_MS);
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

static void on_event(void *ctx, const struct event *e)
{
	struct ui *u = ctx;

	u->dirty = true;
	ui_typed_event(u, e);
	ui_edited(u, e);
	ui_log_event(u, e);
	if (ui_reviewing(u) && (e->type == EVENT_DECIDE || e->type == EVENT_AMEND))
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

static void lint_now(void *ctx)
{
	struct ui *u = ctx;
	struct err err;

	if (!ui_lint(u, true, &err))
		ui_complain(u, &err);
}

static void on_note(void *ctx, const char *line)
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

static void on_text(void *ctx, const char *text, size_t len)
{
	struct ui *u = ctx;

	if (u->job[JOB_OTHER].output.len < (4u << 20))
		str_add(&u->job[JOB_OTHER].output, text, len);
}

/* Drawing ----------------------------------------------------------------------------- */

/* Scrolls what is shown to what must be seen: looking, not state. */
static bool fit(struct ui *u, const struct scene *s)
{
	bool done = true;

	for (int p = 0; p < PANES; p++)
		done &= pane_at(u, (enum pane)p)->fit(u, pane_body(u->layout.pane[p]), s);
	return done;
}

static void paint_pane(struct ui *u, enum pane p, const struct scene *s)
{
	const struct pane_ops *ops = pane_at(u, p);
	struct rect r = u->layout.pane[p];

	if (r.rows <= 0)
		return;
	ops->title(u, &u->frame, r, s, u->wish.focus == p);
	ops->paint(u, &u->frame, pane_body(r), s, u->wish.focus == p);
}

static void count(struct ui *u)
{
	const struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;

	u->shown.recorded = ui_state(u)->n;
	if (t)
		ui_mark_changes(u, ui_code(u));
	ui_mark_changes(u, &u->spec);
	if (t) {
		u->shown.line = text_line_of(t, v->cursor);
		u->shown.col = view_column(t, v->cursor);
	}
}

void ui_paint(struct ui *u)
{
	struct scene s;
	int rows, cols;

	if (!u->typing)
		count(u);
	ui_scene(u, &s);
	u->term->ops->size(u->term, &rows, &cols);
	frame_reset(&u->frame, rows, cols);
	u->wish.review = ui_reviewing(u);
	u->wish.message = message_rows(&s, cols);
	layout_make(rows, cols, &u->wish, &u->layout);
	if (!fit(u, &s))
		loop_timer_set(u->catch_up, CATCH_UP_MS);
	for (int p = 0; p < PANES; p++)
		paint_pane(u, (enum pane)p, &s);
	for (int row = 0; u->layout.divider >= 0 && row < u->layout.status - u->layout.message; row++)
		frame_puts(&u->frame, row, u->layout.divider, cols, STYLE_DIM, sign(SIGN_DIVIDER));
	if (u->layout.status >= 0)
		paint_status(&u->frame, &u->layout, &s);
	paint_popup(&u->frame, &u->popup);
	ui_painted(u);
}

struct ui *ui_front(struct ui *u)
{
	return u->past ? past_ui(u->past) : u;
}

void ui_draw(struct ui *u)
{
	past_tick(u);
	u = ui_front(u);
	if ((!u->dirty && !u->typed.waits) || !u->term->ops->ready(u->term))
		return;
	if (u->dirty || !ui_paint_typed(u))
		ui_paint(u);
	u->dirty = false;
	u->term->ops->draw(u->term, &u->frame);
}

static void draw_again(void *ctx)
{
	struct ui *u = ctx;

	u->dirty = true;
}

/* Bytes ------------------------------------------------------------------------------- */

/* Key k of the moment after a paste: its text, NULL if it has none. */
static const char *text_of(const struct key *k, size_t *len)
{
	*len = 1;
	if (k->code == KEY_ENTER)
		return "\n";
	if (k->mods & (KEY_CTRL | KEY_ALT))
		return NULL;
	if (k->code == KEY_TAB)
		return k->mods ? NULL : "\t";
	*len = k->len;
	return k->code == KEY_CHAR ? k->text : NULL;
}

static void give_along(struct ui *u)
{
	struct key k = { .code = KEY_PASTE, .text = str_cstr(&u->along), .len = u->along.len };

	if (!u->along.len)
		return;
	ui_key(u, &k);
	str_free(&u->along);
	if (!u->message.len)
		ui_say(u, "what came with a paste is text, too; in a moment keys are keys again");
}

static void came_along(struct ui *u, const struct key *k)
{
	size_t len;
	const char *text = text_of(k, &len);

	if (text) {
		str_add(&u->along, text, len);
	} else {
		give_along(u);
		ui_say(u, "that key came with a paste and did nothing");
		u->dirty = true;
	}
}

/* The loop's time is that of this turn's begin, and much may have been pasted
 * in it: the moment is counted from the next turn on. */
static void begin_moment(struct ui *u)
{
	u->pasted = PASTE_NOW;
	loop_timer_set(u->paste_wait, 1);
}

static void paste_over(void *ctx)
{
	struct ui *u = ctx;

	if (u->pasted == PASTE_NOW)
		loop_timer_set(u->paste_wait, FIRST_MOMENT_MS);
	u->pasted = u->pasted == PASTE_NOW ? PASTE_MOMENT : PASTE_NONE;
}

static void on_key(void *ctx, const struct key *k)
{
	struct ui *u = ctx;

	if (k->code == KEY_PASTE || k->code == KEY_PASTE_END) {
		give_along(u);
		begin_moment(u);
	}
	if (k->code == KEY_PASTE || k->code == KEY_REPLY || !u->pasted)
		ui_key(u, k);
	else if (k->code != KEY_PASTE_END)
		came_along(u, k);
}

static void escape_over(void *ctx)
{
	struct ui *u = ctx;
	bool pasting = u->keys.pasting;

	keys_flush(&u->keys, on_key, u);
	if (pasting && !u->message_bad)
		ui_say(u, "the end of a paste did not come within %d s: it is what came until then", KEYS_PASTE_MS / 1000);
}

/* The end mark of a paste got lost: what is typed would be pasted for ever. Ctrl-C
 * twice ends it, but only as nobody can paste it: each alone, after a pause. */
static bool leaves_paste(struct ui *u, const char *bytes, size_t len)
{
	bool alone = u->keys.pasting && len <= 8 && loop_now_ms(u->loop) - u->input_ms >= FIRST_MOMENT_MS;
	bool interrupts = alone && ((len == 1 && bytes[0] == 0x03) || (len == 7 && memcmp(bytes, "\033[99;5u", 7) == 0));

	u->input_ms = loop_now_ms(u->loop);
	u->interrupts = interrupts ? u->interrupts + 1 : 0;
	if (alone && u->interrupts < 2)
		ui_say(u, "a paste goes on whose end did not come: Ctrl-C %s ends it", interrupts ? "once more" : "twice");
	if (u->interrupts == 2) {
		u->interrupts = 0;
		keys_end_paste(&u->keys, on_key, u);
		loop_timer_stop(u->escape);
		if (!u->message_bad)
			ui_say(u, "the paste ends here");
	}
	return interrupts;
}

/* A kill leaves what was typed into the chat and not sent. Of a question that was
 * brought back, the one that was being typed before. */
static void keep_draft(struct ui *u)
{
	const struct line_edit *e = &u->question;
	const struct str *text = e->at < e->history.n ? &e->draft : &e->text;

	if (session_only_looks(u->session) ||
	    (text->len == u->drafted.len && (!text->len || memcmp(text->data, u->drafted.data, text->len) == 0)))
		return;
	str_clear(&u->drafted);
	str_add(&u->drafted, str_cstr(text), text->len);
	draft_save(session_dir(u->session), str_cstr(&u->drafted), u->drafted.len);
}

static void restore_draft(struct ui *u)
{
	if (draft_load(session_dir(u->session), &u->drafted))
		line_edit_set(&u->question, str_cstr(&u->drafted));
}

static void keys_rest(void *ctx)
{
	struct ui *u = ctx;

	keep_draft(u);

	u->typing = false;
	u->dirty = true;
}

void ui_input(struct ui *u, const char *bytes, size_t len)
{
	unsigned waited = keys_wait_ms(&u->keys), waits;
	bool completed;

	u->typing = true;
	loop_timer_set(u->calm, CALM_MS);
	if (leaves_paste(u, bytes, len))
		return;
	if (u->pasted)
		begin_moment(u);
	completed = keys_feed(&u->keys, bytes, len, on_key, u);
	give_along(u);
	waits = keys_wait_ms(&u->keys);
	if (!waits)
		loop_timer_stop(u->escape);
	else if (completed || waits != waited || u->keys.pasting)	/* else it began before, and lasts no longer */
		loop_timer_set(u->escape, waits);
}

static void arm_review(void *ctx)
{
	struct ui *u = ctx;

	u->review_armed = true;
	u->dirty = true;
}

/* Beginning and end ----------------------------------------------------------------------- */

static void answer_tick(void *ctx)
{
	struct ui *u = ctx;

	u->dirty = true;
	if (u->job[JOB_ASK].task)
		loop_timer_set(u->answer_tick, 1000);
}

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
	u->escape = loop_timer_new(u->loop, escape_over, u);
	u->answer_tick = loop_timer_new(u->loop, answer_tick, u);
	u->lint_wait = loop_timer_new(u->loop, lint_now, u);
	u->catch_up = loop_timer_new(u->loop, draw_again, u);
	u->review_wait = loop_timer_new(u->loop, arm_review, u);
	u->left_wait = loop_timer_new(u->loop, left_over, u);
	u->calm = loop_timer_new(u->loop, keys_rest, u);
	u->paste_wait = loop_timer_new(u->loop, paste_over, u);
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
	w->out = (struct report){ .text = on_text, .note = on_note, .ctx = u };
	for (const struct cmd *c = screen_commands; c->name; c++)
		cmd_table_put(w->commands, c);
	view_init(&u->spec, "spec.md");
	session_watch(s, on_event, u);
	if (!session_only_looks(s)) {
		ui_restore(u, alone);
		restore_draft(u);
	}
	ui_log_findings(u);
	return u;
}

void ui_free(struct ui *u)
{
	if (!u)
		return;
	past_close(u);
	u->ending = true;
	ui_cancel_all(u);
	session_unwatch(u->session, on_event, u);
	if (!session_only_looks(u->session))
		ui_remember(u);
	keep_draft(u);
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
