/* Fast path: a letter typed into the code pane looks nothing up and paints one row.
 *
 * Everything that happens calls ui_changed(), and then all is repainted. That
 * repaint stores what a letter will need: the document, where its line starts and
 * ends, what the painters read. So while nothing is dirty, only letters have been
 * typed since, and the next one needs no look-up of panes, tabs and file names:
 *
 *   key -> edit of that document -> event -> the view follows -> that row
 *
 * Letters that change more than their row fall back to a full repaint. That is
 * detected either at the repaint (the first edit after a save, since the title then
 * says "unsaved"; a list that shows each edit) or after the letter (a bracket with a
 * partner, a comment that continues in the next line, a line that must be scrolled). */
#include "config.h"

#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "ui/document/editor.h"
#include "ui/paint/paint.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/turn/turn.h"
#include "ui/widget/popup.h"

/* True if something would take the letter before the text does, or shows each edit. */
static bool comes_between(const struct ui *u)
{
	return ui_popup(u)->kind != POPUP_NONE || ui_words(u)->message.len ||
	       ui_links(u)->keys_to.key || ui_decisions(u)->left || ui_logs(u)->history_read ||
	       ui_state(u)->n_critiques;
}

void turn_painted(struct ui *u)
{
	struct typed *l = &ui_drawing(u)->typed;
	struct view *v = ui_code(u);
	struct doc *d = v ? ui_doc(u, v) : NULL;
	struct typed_line *row = &l->row;

	l->waits = l->ready = false;
	if (!d || !d->text || !doc_unsaved(d) || v->selecting || v->wrap ||
	    pane_focused(u) != &pane_code || comes_between(u))
		return;
	l->until_ms = ui_disk_due_ms(u);
	l->session = ui_session(u);
	l->doc = d;
	ui_scene(u, &l->scene);
	row->scene = &l->scene;
	row->view = v;
	row->text = d->text;
	row->line = text_line_of(d->text, v->cursor);
	row->start = text_line_start(d->text, row->line);
	row->end = text_line_end(d->text, row->line);
	row->body = pane_body(ui_panes(u)->layout.pane[PANE_CODE]);
	row->gutter = gutter_cols(&l->scene, v, d->text);
	row->marked = paint_marks_line(&l->scene, row->line);
	l->letters_bound = keymap_has_letters(l->scene.keymap, PLACE_EDIT);
	l->ready = row->line >= v->top && row->line < v->top + (size_t)row->body.rows &&
		   (v->colours.syntax != SYNTAX_VERILOG || !editor_at_pair(d->text, v->cursor));
}

/* Checks the disk once a second. If a file was changed there, the letter takes the
 * slow path, which warns the user first. */
static bool disk_is_same(struct ui *u, struct typed *l)
{
	if (ui_keys(u)->input_ms < l->until_ms)
		return true;
	if (!ui_disk_unchanged(u))
		return false;
	l->until_ms = ui_disk_due_ms(u);
	return true;
}

bool turn_letter(struct ui *u, const struct key *k)
{
	struct ui_drawing *drawing = ui_drawing(u);
	struct typed *l = &drawing->typed;
	struct change c = { 0, 0, { k->text, k->len } };
	struct err err;

	if (!l->ready || drawing->dirty || k->code != KEY_CHAR || k->mods & (KEY_CTRL | KEY_ALT) ||
	    (l->letters_bound && keymap_find(l->scene.keymap, PLACE_EDIT, k)) ||
	    !disk_is_same(u, l))
		return false;
	c.off = l->row.view->cursor;
	l->recording = true;
	if (edit_doc(l->session, l->doc, &c, 1, BY_YOU, &err)) {
		l->waits = true;
		l->row.end += k->len;
		view_typed(l->row.view, l->row.line, k->len);
	} else {
		ui_complain(u, &err);
	}
	l->recording = false;
	return true;
}
