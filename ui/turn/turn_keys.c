/* Dispatches a key: to the popup, else to its binding, else to the pane. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"
#include "ui/widget/popup.h"

/* Rows per step of the wheel. */
#define WHEEL_ROWS 3

/* Popups -------------------------------------------------------------------- */

/* The item that a click is on; NULL: none. */
static const struct spot *picked(const struct ui *u, const struct key *k)
{
	const struct spot *spot = k->code == KEY_MOUSE_DOWN && k->button == 0
					  ? frame_spot_at(&ui_drawing(u)->frame, k->row, k->col)
					  : NULL;

	return spot && spot->kind == SPOT_PICK ? spot : NULL;
}

static void popup_key_in(struct ui *u, const struct key *k)
{
	struct popup *popup = ui_popup(u);
	struct ui_drawing *drawing = ui_drawing(u);
	const struct spot *pick = picked(u, k);
	struct strv argv = STRV_INIT;
	bool finding =
		popup->kind == POPUP_PROMPT && strcmp(str_cstr(&popup->command), "find") == 0;
	enum popup_result r;

	if (popup->kind == POPUP_PICKER && popup->free_text && k->code == KEY_TAB &&
	    act_complete_argument(u))
		return;
	if (k->code == KEY_MOUSE_DRAG || k->code == KEY_MOUSE_UP)
		return;
	r = pick ? popup_click(popup, pick->index, &argv)
		 : popup_key(popup, k, drawing->frame.rows > 4 ? drawing->frame.rows - 4 : 1,
			     drawing->frame.cols > 1 ? drawing->frame.cols - 1 : 1, &argv);

	if (r == POPUP_RUN)
		ui_run(u, argv.v, argv.n);
	else if (r == POPUP_LINE)
		ui_run_line(u, argv.v[0]);
	else if (r == POPUP_TYPED && finding)
		act_find_typed(u);
	strv_free(&argv);
}

/* The spot painted there says what a click refers to; a title reacts to spots only. */
static void mouse_down(struct ui *u, enum pane p, const struct key *k)
{
	struct ui_panes *panes = ui_panes(u);
	const struct pane_ops *ops = p == PANES ? NULL : pane_at(u, p);
	const struct spot *spot = frame_spot_at(&ui_drawing(u)->frame, k->row, k->col);
	bool in_title = p != PANES && k->row == panes->layout.pane[p].row;

	panes->border = layout_border_at(&panes->layout, k->row, k->col);
	panes->dragging = true;
	if (spot && spot->kind == SPOT_HINT && k->button == 0)
		ui_run_line(u, paint_status_command(spot->index));
	if (!ops)
		return;
	ui_focus(u, p);
	if (ops->mouse && (in_title ? spot != NULL : k->button == 0))
		ops->mouse(u, pane_body(panes->layout.pane[p]), k, spot, false);
}

static void mouse_drag(struct ui *u, const struct key *k)
{
	struct ui_panes *panes = ui_panes(u);
	const struct pane_ops *ops = pane_focused(u);

	if (!panes->dragging)
		return;
	if (!panes->mouse_hint_shown && !panes->border)
		ui_say(u, "to select with the terminal itself, hold Shift (or `set mouse off`)");
	panes->mouse_hint_shown = true;
	if (panes->border)
		layout_drag(&panes->wish, panes->border, k->row, k->col, ui_drawing(u)->frame.rows,
			    ui_drawing(u)->frame.cols);
	else if (ops->mouse)
		ops->mouse(u, pane_body(panes->layout.pane[ui_focused(u)]), k, NULL, true);
}

/* Shows information only: decides, dismisses and focuses nothing. */
static void mouse_move(struct ui *u, const struct key *k)
{
	struct ui_panes *panes = ui_panes(u);
	enum pane p = layout_pane_at(&panes->layout, k->row, k->col);
	const struct pane_ops *ops = p == PANES ? NULL : pane_at(u, p);

	if (ops && ops->hover && ui_popup(u)->kind == POPUP_NONE)
		ops->hover(u, pane_body(panes->layout.pane[p]), k,
			   frame_spot_at(&ui_drawing(u)->frame, k->row, k->col));
}

static void mouse(struct ui *u, const struct key *k)
{
	struct ui_panes *panes = ui_panes(u);
	enum pane p = layout_pane_at(&panes->layout, k->row, k->col);

	switch (k->code) {
	case KEY_WHEEL_UP:
	case KEY_WHEEL_DOWN:
		if (p != PANES && pane_at(u, p)->wheel && k->mods & (KEY_CTRL | KEY_SHIFT))
			pane_at(u, p)->wheel(u, k);
		else if (p != PANES)
			pane_at(u, p)->scroll(u, pane_body(panes->layout.pane[p]),
					      k->code == KEY_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
		break;
	case KEY_MOUSE_DOWN:
		mouse_down(u, p, k);
		break;
	case KEY_MOUSE_DRAG:
		mouse_drag(u, k);
		break;
	case KEY_MOUSE_UP:
		panes->dragging = false;
		break;
	default:
		break;
	}
}

/* All ------------------------------------------------------------------------------------ */

static bool is_mouse(const struct key *k)
{
	return k->code >= KEY_MOUSE_DOWN && k->code <= KEY_WHEEL_DOWN;
}

/* A key meant for a review that has just closed; it must not reach the file. */
static bool comes_late(const struct ui *u, const struct key *k)
{
	bool types = k->code == KEY_CHAR || k->code == KEY_ESCAPE || k->code == KEY_ENTER ||
		     k->code == KEY_TAB || k->code == KEY_BACKSPACE || k->code == KEY_DELETE;

	return ui_decisions(u)->left && types && !(k->mods & (KEY_CTRL | KEY_ALT)) &&
	       pane_focused(u)->place == PLACE_EDIT && ui_popup(u)->kind == POPUP_NONE;
}

/* A paste that would have to be truncated is refused as a whole. */
static bool too_much(struct ui *u, const struct key *k)
{
	const struct line_edit *line = ui_popup(u)->kind != POPUP_NONE ? &ui_popup(u)->input
				       : pane_focused(u)->place == PLACE_CHAT
					       ? &ui_chat(u)->question
					       : NULL;

	if (k->code != KEY_PASTE)
		return false;
	if (k->too_long)
		ui_say(u,
		       "the paste is above %u MB, and nothing of it was taken: save it as a file "
		       "and open that",
		       KEYS_PASTE_MAX >> 20);
	else if (line && line->text.len + k->len > LINE_EDIT_MAX)
		ui_say(u,
		       "%zu KB were pasted, the limit here is %u: nothing was taken; save it as a "
		       "file and write @FILE",
		       k->len >> 10, LINE_EDIT_MAX >> 10);
	else
		return false;
	ui_words(u)->bad = true;
	return true;
}

/* A completion at the cursor is pending or about to be requested. */
static bool completes(const struct ui *u)
{
	return ui_jobs(u)->completes || ui_jobs(u)->job[JOB_COMPLETE].task;
}

void ui_key(struct ui *u, const struct key *k)
{
	const char *command;
	bool asked;

	if (k->code != KEY_REPLY && k->code != KEY_MOUSE_MOVE && completes(u))
		ui_complete_yield(u);
	if (turn_letter(u, k))
		return;
	ui_changed(u);
	if (k->code == KEY_REPLY) {
		if (k->len == 1)
			ui_words(u)->away = k->text[0] == 'O';
		if (k->len == 1 && k->text[0] == 'I' && !ui_links(u)->keys_to.key)
			ui_reload_disk(u);
		/* DECRPM: modes 1, 2 and 3 mean that the terminal supports
		 * synchronised updates. */
		if (k->len >= 9 && memcmp(k->text, "?2026;", 6) == 0 && k->text[6] != '0' &&
		    k->text[6] != '4')
			ui_term(u)->ops->synchronise(ui_term(u));
		return;
	}
	if (ui_links(u)->keys_to.key) {
		ui_links(u)->keys_to.key(ui_links(u)->keys_to.ctx, k);
		return;
	}
	if (k->code == KEY_MOUSE_MOVE) {
		mouse_move(u, k);
		return;
	}
	if (comes_late(u, k))
		return;
	ui_decisions(u)->left = false;
	if (!is_mouse(k) || k->code == KEY_MOUSE_DOWN)
		str_clear(&ui_words(u)->message);
	if (too_much(u, k))
		return;
	asked = ui_popup(u)->kind != POPUP_NONE;
	ui_check_disk(u);
	if (ui_popup(u)->kind != POPUP_NONE) {
		if (asked) /* a question that was never drawn is not answered */
			popup_key_in(u, k);
		return;
	}
	if (is_mouse(k)) {
		mouse(u, k);
		return;
	}
	command = k->code == KEY_PASTE ? NULL
				       : keymap_find(ui_keys(u)->keymap, pane_focused(u)->place, k);
	if (command) {
		char *line = mem_strdup(command); /* the command may rebind the key */

		ui_run_line(u, line);
		free(line);
		return;
	}
	pane_focused(u)->key(u, k);
}
