/* A letter typed into the code pane paints its row.
 *
 *   key -> one edit within a line, and nothing else -> that line
 *
 * Everything else that happens calls ui_changed(), and then all is painted anew. So
 * does whatever moves other rows (scrolling, another number of lines) or changes
 * them (a bracket's partner, the first key after a save, since title and status
 * line say "unsaved"): it is found out here, and false returned. */
#include "config.h"

#include <string.h>

#include "session/journal/doc.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/text/text.h"
#include "ui/document/editor.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"
#include "ui/widget/popup.h"

void turn_typed_event(struct ui *u, const struct event *e)
{
	const struct view *v = ui_code(u);

	ui_drawing(u)->typed.events++;
	ui_drawing(u)->typed.simple = e->type == EVENT_EDIT && e->edit.n == 1 &&
				      e->edit.v[0].removed == 0 && v &&
				      strcmp(e->edit.path, v->path) == 0 &&
				      !memchr(e->edit.v[0].ins.data, '\n', e->edit.v[0].ins.len);
}

/* The history shows each edit. */
static bool shows_history(const struct ui *u)
{
	return ui_logs(u)->tab == LOG_HISTORY && ui_panes(u)->layout.pane[PANE_LOG].rows > 0;
}

bool turn_typed_only(struct ui *u, const struct key *k)
{
	struct ui_drawing *drawing = ui_drawing(u);
	struct view *v = ui_code(u);
	size_t line;

	if (k->code != KEY_CHAR || k->mods & (KEY_CTRL | KEY_ALT) ||
	    pane_focused(u) != &pane_code || drawing->typed.events != 1 || !drawing->typed.simple ||
	    v->selecting || ui_words(u)->message.len || ui_popup(u)->kind != POPUP_NONE ||
	    shows_history(u))
		return false;
	line = text_line_of(ui_text(u, v), v->cursor);
	if (!drawing->typed.waits || line < drawing->typed.from)
		drawing->typed.from = line;
	if (!drawing->typed.waits || line > drawing->typed.to)
		drawing->typed.to = line;
	return true;
}

static void look(struct ui *u, struct painted *p)
{
	struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;

	memset(p, 0, sizeof(*p)); /* it is compared with its padding */
	p->rows = ui_drawing(u)->frame.rows;
	p->cols = ui_drawing(u)->frame.cols;
	p->layout = ui_panes(u)->layout;
	p->tab = ui_tabs(u)->at;
	if (!t)
		return;
	p->unsaved = doc_unsaved(ui_doc(u, v));
	p->lines = text_lines(t);
	p->top = v->top;
	p->left = v->left;
	p->selecting = v->selecting;
	p->bracket = v->colours.syntax == SYNTAX_VERILOG && editor_at_pair(t, v->cursor);
}

void turn_painted(struct ui *u)
{
	look(u, &ui_drawing(u)->painted);
	ui_drawing(u)->typed.waits = false;
}

bool turn_paint_typed(struct ui *u)
{
	struct ui_drawing *drawing = ui_drawing(u);
	struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;
	struct rect r = pane_body(ui_panes(u)->layout.pane[PANE_CODE]);
	struct painted now;
	struct scene s;
	size_t to = drawing->typed.to + 1, last;
	int rows, cols;

	ui_term(u)->ops->size(ui_term(u), &rows, &cols);
	if (!t || rows != drawing->frame.rows || cols != drawing->frame.cols || r.rows < 1 ||
	    v->wrap || drawing->painted.bracket || drawing->painted.selecting)
		return false;
	ui_scene(u, &s);
	view_follow(v, t, r.rows, r.cols - gutter_cols(&s, v, t));
	look(u, &now);
	if (memcmp(&now, &drawing->painted, sizeof(now)) != 0)
		return false;
	last = v->top + (size_t)r.rows < now.lines ? v->top + (size_t)r.rows : now.lines - 1;
	if (!highlight_reach(&v->colours, t, last, (size_t)r.rows + 1))
		return false;
	if (v->colours.learnt > to)
		to = v->colours.learnt;
	paint_view_lines(&drawing->frame, r, &s, v, t, drawing->typed.from, to);
	drawing->typed.waits = false;
	return true;
}
