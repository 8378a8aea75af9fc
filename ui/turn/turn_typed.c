/* A letter typed into the code pane paints its row.
 *
 *   key -> one edit within a line, and nothing else -> that line
 *
 * Everything else that happens sets u->dirty, and then all is painted anew. So
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
#include "ui/terminal/term.h"
#include "ui/turn/turn.h"

void turn_typed_event(struct ui *u, const struct event *e)
{
	const struct view *v = ui_code(u);

	u->typed.events++;
	u->typed.simple = e->type == EVENT_EDIT && e->edit.n == 1 && e->edit.v[0].removed == 0 && v &&
			  strcmp(e->edit.path, v->path) == 0 && !memchr(e->edit.v[0].ins.data, '\n', e->edit.v[0].ins.len);
}

/* The history shows each edit. */
static bool shows_history(const struct ui *u)
{
	return u->log_tab == LOG_HISTORY && u->layout.pane[PANE_LOG].rows > 0;
}

bool turn_typed_only(struct ui *u, const struct key *k)
{
	const struct view *v = ui_code(u);
	size_t line;

	if (k->code != KEY_CHAR || k->mods & (KEY_CTRL | KEY_ALT) || pane_focused(u) != &pane_code ||
	    u->typed.events != 1 || !u->typed.simple || v->selecting || u->message.len || u->popup.kind != POPUP_NONE ||
	    shows_history(u))
		return false;
	line = text_line_of(ui_text(u, v), v->cursor);
	if (!u->typed.waits || line < u->typed.from)
		u->typed.from = line;
	if (!u->typed.waits || line > u->typed.to)
		u->typed.to = line;
	return true;
}

static void look(struct ui *u, struct painted *p)
{
	const struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;

	memset(p, 0, sizeof(*p));	/* it is compared with its padding */
	p->rows = u->frame.rows;
	p->cols = u->frame.cols;
	p->layout = u->layout;
	p->tab = u->tab;
	if (!t)
		return;
	p->unsaved = doc_unsaved(session_doc(u->session, v->path));
	p->lines = text_lines(t);
	p->top = v->top;
	p->left = v->left;
	p->selecting = v->selecting;
	p->bracket = v->colours.syntax == SYNTAX_VERILOG && editor_at_pair(t, v->cursor);
}

void turn_painted(struct ui *u)
{
	look(u, &u->painted);
	u->typed.waits = false;
}

bool turn_paint_typed(struct ui *u)
{
	struct view *v = ui_code(u);
	const struct text *t = v ? ui_text(u, v) : NULL;
	struct rect r = pane_body(u->layout.pane[PANE_CODE]);
	struct painted now;
	struct scene s;
	size_t to = u->typed.to + 1, last;
	int rows, cols;

	u->term->ops->size(u->term, &rows, &cols);
	if (!t || rows != u->frame.rows || cols != u->frame.cols || r.rows < 1 || v->wrap || u->painted.bracket ||
	    u->painted.selecting)
		return false;
	ui_scene(u, &s);
	view_follow(v, t, r.rows, r.cols - gutter_cols(&s, v, t));
	look(u, &now);
	if (memcmp(&now, &u->painted, sizeof(now)) != 0)
		return false;
	last = v->top + (size_t)r.rows < now.lines ? v->top + (size_t)r.rows : now.lines - 1;
	if (!highlight_reach(&v->colours, t, last, (size_t)r.rows + 1))
		return false;
	if (v->colours.learnt > to)
		to = v->colours.learnt;
	paint_view_lines(&u->frame, r, &s, v, t, u->typed.from, to);
	u->typed.waits = false;
	return true;
}
