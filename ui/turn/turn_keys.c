/* From a key to what it does: the popup first, then what is bound, then the
 * pane itself. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "ui/act/act.h"
#include "ui/pane/pane.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"

/* Of the wheel, at once. */
#define WHEEL_ROWS 3

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

/* The mouse ------------------------------------------------------------------------ */

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

/* What was painted there says what a click is about; a title has nothing but that. */
static void mouse_down(struct ui *u, enum pane p, const struct key *k)
{
	const struct pane_ops *ops = p == PANES ? NULL : pane_at(u, p);
	const struct spot *spot = frame_spot_at(&u->frame, k->row, k->col);
	bool in_title = p != PANES && k->row == u->layout.pane[p].row;

	u->drag_divider = border_at(u, k);
	u->dragging = true;
	if (!ops)
		return;
	u->wish.focus = p;
	if (p != PANE_CODE)
		u->wish.lower = p;
	if (ops->mouse && (in_title ? spot != NULL : k->button == 0))
		ops->mouse(u, pane_body(u->layout.pane[p]), k, spot, false);
}

static void mouse_drag(struct ui *u, const struct key *k)
{
	const struct pane_ops *ops = pane_focused(u);

	if (!u->dragging)
		return;
	if (!u->told_mouse && !u->drag_divider)
		ui_say(u, "to select with the terminal itself, hold Shift (or `set mouse off`)");
	u->told_mouse = true;
	if (u->drag_divider)
		drag_border(u, k);
	else if (ops->mouse)
		ops->mouse(u, pane_body(u->layout.pane[u->wish.focus]), k, NULL, true);
}

static void mouse(struct ui *u, const struct key *k)
{
	enum pane p = layout_pane_at(&u->layout, k->row, k->col);

	switch (k->code) {
	case KEY_WHEEL_UP:
	case KEY_WHEEL_DOWN:
		if (p != PANES)
			pane_at(u, p)->scroll(u, pane_body(u->layout.pane[p]),
					      k->code == KEY_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
		break;
	case KEY_MOUSE_DOWN: mouse_down(u, p, k); break;
	case KEY_MOUSE_DRAG: mouse_drag(u, k); break;
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

	return u->review_left && types && !(k->mods & (KEY_CTRL | KEY_ALT)) && pane_focused(u)->place == PLACE_EDIT &&
	       u->popup.kind == POPUP_NONE;
}

/* A paste that would have to be cut is refused as a whole. */
static bool too_much(struct ui *u, const struct key *k)
{
	const struct line_edit *line = u->popup.kind != POPUP_NONE ? &u->popup.input :
				       pane_focused(u)->place == PLACE_CHAT ? &u->question : NULL;

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
	if (u->keys_to.key) {
		u->keys_to.key(u->keys_to.ctx, k);
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
	command = k->code == KEY_PASTE ? NULL : keymap_find(u->keymap, pane_focused(u)->place, k);
	if (command) {
		char *line = mem_strdup(command);	/* bind may change it while it runs */

		ui_run_line(u, line);
		free(line);
		return;
	}
	pane_focused(u)->key(u, k);
	if (!was_dirty && turn_typed_only(u, k)) {
		u->typed.waits = true;
		u->dirty = false;
	}
}
