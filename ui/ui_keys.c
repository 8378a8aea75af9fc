/* From a key to what it does: the popup first, then what is bound, then the
 * pane itself. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"
#include "ui/act.h"
#include "ui/editor.h"
#include "ui/paint.h"
#include "ui/past.h"
#include "ui/replay.h"
#include "ui/term.h"

/* Popups -------------------------------------------------------------------- */

static void popup_key_in(struct ui *u, const struct key *k)
{
	struct strv argv = STRV_INIT;
	bool finding = u->popup.kind == POPUP_PROMPT && strcmp(str_cstr(&u->popup.command), "find") == 0;
	enum popup_result r;

	if (u->popup.kind == POPUP_PICKER && u->popup.free_text && k->code == KEY_TAB && act_complete_argument(u))
		return;
	r = popup_key(&u->popup, k, u->frame.rows > 4 ? u->frame.rows - 4 : 1,
					u->frame.cols > 1 ? u->frame.cols - 1 : 1, &argv);

	if (r == POPUP_RUN)
		ui_run(u, argv.v, argv.n);
	else if (r == POPUP_TYPED && finding)
		act_find_typed(u);
	strv_free(&argv);
}

/* The panes' own keys ----------------------------------------------------------- */

static bool erase_key(struct ui *u, struct view *v, const struct key *k, struct err *err)
{
	bool word = k->mods & (KEY_CTRL | KEY_ALT);

	if (k->code == KEY_BACKSPACE)
		return editor_erase(u->session, v, word ? ERASE_WORD_BEFORE : ERASE_BEFORE, err);
	return editor_erase(u->session, v, word ? ERASE_WORD_AFTER : ERASE_AFTER, err);
}

static bool paste_into(struct ui *u, struct view *v, const struct key *k, struct err *err)
{
	struct str s = STR_INIT;
	bool ok;

	line_ends(k->text, k->len, &s);
	ok = editor_type(u->session, v, str_cstr(&s), s.len, err);
	str_free(&s);
	return ok;
}

static void edit_key(struct ui *u, struct view *v, const struct key *k)
{
	struct text *t = ui_text(u, v);
	struct err err = { 0 };
	bool ok = true;

	if (!t)
		return;
	if (view_key(v, t, k, pane_body(u->layout.pane[u->wish.focus]).rows))
		return;
	switch (k->code) {
	case KEY_CHAR:
		if (!(k->mods & (KEY_CTRL | KEY_ALT)))
			ok = editor_type(u->session, v, k->text, k->len, &err);
		break;
	case KEY_PASTE: ok = paste_into(u, v, k, &err); break;
	case KEY_ENTER: ok = editor_newline(u->session, v, &err); break;
	case KEY_TAB: ok = editor_tab(u->session, v, k->mods & KEY_SHIFT, &err); break;
	case KEY_BACKSPACE:
	case KEY_DELETE: ok = erase_key(u, v, k, &err); break;
	case KEY_ESCAPE: view_unselect(v); break;
	default: break;
	}
	if (!ok)
		ui_complain(u, &err);
}

static void chat_key(struct ui *u, const struct key *k)
{
	struct rect r = pane_body(u->layout.pane[PANE_CHAT]);
	int rows = r.rows - question_rows(u, r.cols, r.rows);
	int by = k->code == KEY_PAGE_UP ? -rows + 1 : k->code == KEY_PAGE_DOWN ? rows - 1 : 0;
	struct err err;

	if (by)
		chat_place_scroll(&u->chat, ui_state(u), r.cols, rows, by);
	else if (k->code == KEY_TAB)
		act_complete(u);
	else if (k->code == KEY_ESCAPE && ui_cancel_answer(u))
		ui_say(u, "cancelling the answer ...");
	else if (k->code == KEY_ENTER && !k->mods && !act_send_question(u, &err))
		ui_complain(u, &err);
	else if (k->code != KEY_ENTER || k->mods)
		line_edit_key(&u->question, k);
}

void act_jump(struct ui *u)
{
	const struct log_list *l = &u->log[u->log_tab];
	const struct log_line *line = log_list_at(l, l->chosen);
	struct err err;

	if (!line)
		ui_say(u, "there is no line here");
	else if (u->log_tab == LOG_HISTORY && !past_open(u, (uint64_t)line->line, &err))
		ui_complain(u, &err);
	else if (u->log_tab == LOG_HISTORY)
		return;
	else if (!line->path)
		ui_say(u, "no place in a file: %s", line->text);
	else if (!ui_open_at(u, line->path, line->line, line->col, &err))
		ui_complain(u, &err);
	else	/* the pane may have cut it */
		ui_say(u, "%s", line->text);
}

static void log_key(struct ui *u, const struct key *k)
{
	struct log_list *l = &u->log[u->log_tab];
	int rows = pane_body(u->layout.pane[PANE_LOG]).rows;
	int tab = k->code == KEY_TAB ? (k->mods & KEY_SHIFT ? -1 : 1) : k->code == KEY_RIGHT ? 1 : k->code == KEY_LEFT ? -1 : 0;

	if (tab) {
		u->log_tab = (enum log_tab)(((int)u->log_tab + tab + LOG_TABS) % LOG_TABS);
		if (u->log_tab == LOG_HISTORY)
			ui_log_history(u);
		return;
	}
	switch (k->code) {
	case KEY_UP: log_list_move(l, -1); break;
	case KEY_DOWN: log_list_move(l, 1); break;
	case KEY_PAGE_UP: log_list_move(l, -rows + 1); break;
	case KEY_PAGE_DOWN: log_list_move(l, rows - 1); break;
	case KEY_HOME: log_list_move(l, -(1L << 40)); break;
	case KEY_END: log_list_move(l, 1L << 40); break;
	case KEY_ENTER: act_jump(u); break;
	case KEY_CHAR:
		if (k->text[0] == '/')
			ui_run_line(u, "filter");
		break;
	default: break;
	}
}

/* All of the file can be looked at, not only what changes. */
static void scroll_review(struct ui *u, int by)
{
	review_scroll(&u->review, by);
	ui_say(u, "rows %zu to %zu of %zu", u->review.top + 1, review_last_row(&u->review) + 1, u->review.n);
	ui_outlook(u, false);
}

/* Arrows and pages look around in a review; letters are bound. */
static void review_key(struct ui *u, const struct key *k)
{
	if (k->code == KEY_DOWN)
		ui_run_line(u, "next-change");
	else if (k->code == KEY_UP)
		ui_run_line(u, "prev-change");
	else if (k->code == KEY_PAGE_DOWN || k->code == KEY_PAGE_UP)
		scroll_review(u, (k->code == KEY_PAGE_DOWN ? 1 : -1) * (u->review.lines > 1 ? u->review.lines - 1 : 1));
	else if (k->code == KEY_PASTE)
		ui_say(u, "pasted text decides nothing");
	else if (k->code == KEY_CHAR && !(k->mods & KEY_CTRL))
		ui_say(u, "y n u a line, Y N the place, A R the rest, Enter applies, q leaves");
}

static void pane_key(struct ui *u, const struct key *k)
{
	struct view *v = ui_view(u);

	if (ui_place(u) == PLACE_REVIEW)
		review_key(u, k);
	else if (u->wish.focus == PANE_CHAT)
		chat_key(u, k);
	else if (u->wish.focus == PANE_LOG)
		log_key(u, k);
	else if (v)
		edit_key(u, v, k);
	else if (k->code == KEY_CHAR)
		ui_say(u, "no file is open: Ctrl-O o opens one");
}

/* The mouse ------------------------------------------------------------------------ */

static void scroll(struct ui *u, enum pane p, int by)
{
	struct rect r = pane_body(u->layout.pane[p]);

	if (p == PANE_CHAT) {
		chat_place_scroll(&u->chat, ui_state(u), r.cols, r.rows - question_rows(u, r.cols, r.rows), by);
	} else if (p == PANE_LOG) {
		log_list_move(&u->log[u->log_tab], by);
	} else if (p == PANE_CODE && ui_reviewing(u)) {
		scroll_review(u, by);
	} else {
		struct view *v = p == PANE_SPEC ? &u->spec : ui_code(u);
		struct text *t = v ? ui_text(u, v) : NULL;
		struct key k = { .code = by > 0 ? KEY_DOWN : KEY_UP, .text = "" };

		for (int i = 0; t && i < 3; i++)
			view_key(v, t, &k, r.rows);
	}
}

static size_t offset_at(const struct ui *u, const struct view *v, struct rect body, int row, int col)
{
	const struct text *t = ui_text(u, v);
	size_t line = v->top;
	int at = body.row;

	if (row < body.row)
		row = body.row;
	while (v->wrap && line + 1 < text_lines(t) && at + view_rows_of(t, line, body.cols - gutter_cols(u, v)) <= row)
		at += view_rows_of(t, line++, body.cols - gutter_cols(u, v));
	if (!v->wrap)
		line += (size_t)(row - body.row);
	else	/* further down in a wrapped line */
		col += (row - at) * (body.cols - gutter_cols(u, v));
	if (line >= text_lines(t))
		return text_len(t);
	col -= body.col + gutter_cols(u, v);
	return view_at_column(t, line, col < 0 ? v->left : v->left + col);
}

/* A click chooses a change; one on its mark decides: taken, refused, open. */
static void click_review(struct ui *u, struct rect body, const struct key *k)
{
	static const char *const next[] = { [DECISION_OPEN] = "take", [DECISION_TAKEN] = "refuse",
					    [DECISION_REFUSED] = "undecide" };
	const struct proposal *p = state_proposal(ui_state(u), u->review.suggestion);
	long unit = review_unit_at(&u->review, k->row - review_rows(u, body).row);

	if (!p || unit < 0)
		return;
	u->review.unit = (size_t)unit;
	ui_outlook(u, false);
	if (k->col - body.col < REVIEW_GUTTER - 1 && k->col - body.col >= 6)
		ui_run_line(u, next[suggestion_unit(p->s, (size_t)unit)->decision]);
}

static void click_in(struct ui *u, enum pane p, const struct key *k, bool drag)
{
	struct rect body = pane_body(u->layout.pane[p]);
	struct view *v = p == PANE_SPEC ? &u->spec : p == PANE_CODE && !ui_reviewing(u) ? ui_code(u) : NULL;

	if (p == PANE_CODE && ui_reviewing(u)) {
		if (!drag)
			click_review(u, body, k);
	} else if (v && ui_text(u, v)) {
		view_go(v, ui_text(u, v), offset_at(u, v, body, k->row, k->col), drag || k->mods & KEY_SHIFT);
	} else if (p == PANE_LOG && !drag && k->row >= body.row) {
		struct log_list *l = &u->log[u->log_tab];
		size_t at = log_list_line(l, k->row - body.row, body.cols - 1);
		bool again = at == l->chosen && !l->follow;

		if (at >= log_list_shown(l))
			return;
		l->chosen = at;
		l->follow = false;
		if (again)
			act_jump(u);
	}
}

/* Which border is at a cell: between the columns, or over a lower pane. */
static int border_at(const struct ui *u, const struct key *k)
{
	if (k->col == u->layout.divider)
		return 1;
	for (int p = 0; p < PANES; p++)
		if (u->layout.pane[p].rows && u->layout.pane[p].row > 0 && k->row == u->layout.pane[p].row &&
		    rect_has(u->layout.pane[p], k->row, k->col))
			return p == PANE_CHAT && u->layout.divider >= 0 ? 2 : 3;
	return 0;
}

static void drag_border(struct ui *u, const struct key *k)
{
	int percent = u->drag_divider == 1 ? k->col * 100 / (u->frame.cols + 1) + 1 :
					     k->row * 100 / (u->frame.rows > 1 ? u->frame.rows - 1 : 1) + 1;

	percent = percent < 10 ? 10 : percent > 90 ? 90 : percent;
	*(u->drag_divider == 1 ? &u->wish.left : u->drag_divider == 2 ? &u->wish.upper_left : &u->wish.upper_right) = percent;
}

/* The tab whose name is under the mouse in the log's title. */
static void click_log_title(struct ui *u, const struct key *k)
{
	static const char *const names[LOG_TABS] = { "lint", "sim", "wave", "trace", "history" };
	int col = u->layout.pane[PANE_LOG].col + 6 + (u->wish.focus == PANE_LOG);

	for (int i = 0; i < LOG_TABS; i++) {
		int width = (int)strlen(names[i]) + (i == (int)u->log_tab ? 2 : 0);

		if (k->col >= col && k->col < col + width) {
			u->log_tab = (enum log_tab)i;
			if (i == LOG_HISTORY)
				ui_log_history(u);
			return;
		}
		col += width + 1;
	}
}

static void mouse_down(struct ui *u, enum pane p, const struct key *k)
{
	u->drag_divider = border_at(u, k);
	u->dragging = true;
	if (p == PANES)
		return;
	if (p == PANE_LOG && k->row == u->layout.pane[PANE_LOG].row)
		click_log_title(u, k);
	u->wish.focus = p;
	if (p != PANE_CODE)
		u->wish.lower = p;
	if (k->row > u->layout.pane[p].row && k->button == 0)
		click_in(u, p, k, false);
}

static void mouse(struct ui *u, const struct key *k)
{
	enum pane p = layout_pane_at(&u->layout, k->row, k->col);

	switch (k->code) {
	case KEY_WHEEL_UP:
	case KEY_WHEEL_DOWN:
		if (p != PANES)
			scroll(u, p, k->code == KEY_WHEEL_UP ? -3 : 3);
		break;
	case KEY_MOUSE_DOWN: mouse_down(u, p, k); break;
	case KEY_MOUSE_DRAG:
		if (!u->dragging)
			break;
		if (!u->told_mouse && !u->drag_divider)
			ui_say(u, "to select with the terminal itself, hold Shift (or `set mouse off`)");
		u->told_mouse = true;
		if (u->drag_divider)
			drag_border(u, k);
		else
			click_in(u, u->wish.focus, k, true);
		break;
	case KEY_MOUSE_UP: u->dragging = false; break;
	default: break;
	}
}

/* All ------------------------------------------------------------------------------------ */

static bool is_mouse(const struct key *k)
{
	return k->code >= KEY_MOUSE_DOWN && k->code <= KEY_WHEEL_DOWN;
}

/* One more key for a review that ended a moment ago: it is not for the file. */
static bool comes_late(const struct ui *u, const struct key *k)
{
	bool types = k->code == KEY_CHAR || k->code == KEY_ESCAPE || k->code == KEY_ENTER || k->code == KEY_TAB ||
		     k->code == KEY_BACKSPACE || k->code == KEY_DELETE;

	return u->review_left && types && !(k->mods & (KEY_CTRL | KEY_ALT)) && ui_place(u) == PLACE_EDIT &&
	       u->popup.kind == POPUP_NONE;
}

/* A paste that would have to be cut is refused as a whole. */
static bool too_much(struct ui *u, const struct key *k)
{
	const struct line_edit *line = u->popup.kind != POPUP_NONE ? &u->popup.input :
				       ui_place(u) == PLACE_CHAT ? &u->question : NULL;

	if (k->code != KEY_PASTE)
		return false;
	if (k->too_long)
		ui_say(u, "the paste is above %u MB, and nothing of it was taken: save it as a file and open that",
		       KEYS_PASTE_MAX >> 20);
	else if (line && line->text.len + k->len > LINE_EDIT_MAX)
		ui_say(u, "%zu KB were pasted, the limit here is %u: nothing was taken; save it as a file and write @FILE",
		       k->len >> 10, LINE_EDIT_MAX >> 10);
	else
		return false;
	u->message_bad = true;
	return true;
}

void ui_key(struct ui *u, const struct key *k)
{
	const char *command;
	bool asked, was_dirty = u->dirty || u->message.len;

	u->dirty = true;
	u->typed.events = 0;
	if (k->code == KEY_REPLY) {
		/* DECRPM: it knows synchronised updates when the mode is 1, 2 or 3. */
		if (k->len >= 9 && memcmp(k->text, "?2026;", 6) == 0 && k->text[6] != '0' && k->text[6] != '4')
			u->term->ops->synchronise(u->term);
		return;
	}
	if (u->replay) {
		replay_key(u->replay, k);
		return;
	}
	if (comes_late(u, k))
		return;
	u->review_left = false;
	if (!is_mouse(k))
		str_clear(&u->message);
	if (too_much(u, k))
		return;
	asked = u->popup.kind != POPUP_NONE;
	ui_look_at_disk(u);
	if (u->popup.kind != POPUP_NONE) {
		if (asked)	/* a question that nobody has seen yet is not answered */
			popup_key_in(u, k);
		return;
	}
	if (is_mouse(k)) {
		mouse(u, k);
		return;
	}
	command = k->code == KEY_PASTE ? NULL : keymap_find(u->keymap, ui_place(u), k);
	if (command) {
		char *line = mem_strdup(command);	/* bind may change it while it runs */

		ui_run_line(u, line);
		free(line);
		return;
	}
	pane_key(u, k);
	if (!was_dirty && ui_typed_only(u, k)) {
		u->typed.waits = true;
		u->dirty = false;
	}
}
