/* Keys, mouse and wheel of a pane that shows a document. */
#include "config.h"

#include "session/base/str.h"
#include "session/text/text.h"
#include "ui/document/editor.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/line_edit.h"

/* Lines coloured ahead per drawing; later drawings do the rest. */
#define COLOUR_LINES 4000

bool pane_text_fit(struct ui *u, struct view *v, struct rect body, const struct scene *s)
{
	const struct text *t = v ? ui_text(u, v) : NULL;
	size_t last;

	if (!t || body.rows < 1)
		return true;
	view_follow(v, t, body.rows, body.cols - gutter_cols(s, v, t));
	last = v->top + (size_t)body.rows;
	return highlight_reach(&v->colours, t, last < text_lines(t) ? last : text_lines(t) - 1,
			       COLOUR_LINES);
}

void pane_text_paint(const struct ui *u, struct view *v, struct frame *f, struct rect body,
		     const struct scene *s, bool focus)
{
	const struct text *t = v ? ui_text(u, v) : NULL;

	if (t)
		paint_view(f, body, s, v, t, focus && !s->covered);
}

static bool erase_key(struct ui *u, struct view *v, const struct key *k, struct err *err)
{
	bool word = k->mods & (KEY_CTRL | KEY_ALT);

	if (k->code == KEY_BACKSPACE)
		return editor_erase(ui_session(u), v, word ? ERASE_WORD_BEFORE : ERASE_BEFORE, err);
	return editor_erase(ui_session(u), v, word ? ERASE_WORD_AFTER : ERASE_AFTER, err);
}

static bool paste_into(struct ui *u, struct view *v, const struct key *k, struct err *err)
{
	struct str s = STR_INIT;
	bool ok;

	line_ends(k->text, k->len, &s);
	ok = editor_type(ui_session(u), v, str_cstr(&s), s.len, err);
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
	if (view_key(v, t, k, pane_body(ui_panes(u)->layout.pane[ui_focused(u)]).rows))
		return;
	switch (k->code) {
	case KEY_CHAR:
		if (!(k->mods & (KEY_CTRL | KEY_ALT)))
			ok = editor_type(ui_session(u), v, k->text, k->len, &err);
		break;
	case KEY_PASTE:
		ok = paste_into(u, v, k, &err);
		break;
	case KEY_ENTER:
		ok = editor_newline(ui_session(u), v, &err);
		break;
	case KEY_TAB:
		ok = editor_tab(ui_session(u), v, k->mods & KEY_SHIFT, &err);
		break;
	case KEY_BACKSPACE:
	case KEY_DELETE:
		ok = erase_key(u, v, k, &err);
		break;
	case KEY_ESCAPE:
		view_unselect(v);
		break;
	default:
		break;
	}
	if (!ok)
		ui_complain(u, &err);
}

void pane_text_key(struct ui *u, const struct key *k)
{
	struct view *v = ui_view(u);

	if (v)
		edit_key(u, v, k);
	else if (k->code == KEY_CHAR)
		ui_say(u, "no file is open: Ctrl-O o opens one");
}

void pane_text_mouse(struct ui *u, struct view *v, struct rect body, const struct key *k, bool drag)
{
	struct text *t = v ? ui_text(u, v) : NULL;
	struct scene s;

	if (!t)
		return;
	ui_scene(u, &s);
	view_move(v, t, view_offset_at(&s, body, v, t, k->row, k->col),
		  drag || k->mods & KEY_SHIFT);
}

void pane_text_scroll(struct ui *u, struct view *v, struct rect body, int by)
{
	struct text *t = v ? ui_text(u, v) : NULL;
	struct key k = { .code = by > 0 ? KEY_DOWN : KEY_UP, .text = "" };

	for (int i = by > 0 ? by : -by; t && i > 0; i--)
		view_key(v, t, &k, body.rows);
}
