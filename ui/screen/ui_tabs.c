/* The open files. */
#include "config.h"

#include "ui/screen/ui_tabs.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "ui/document/editor.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_panes.h"

struct view *ui_code(struct ui *u)
{
	struct ui_tabs *tabs = ui_tabs(u);

	return tabs->n ? &tabs->v[tabs->at] : NULL;
}

struct view *ui_view(struct ui *u)
{
	return ui_focused(u) == PANE_SPEC   ? &ui_tabs(u)->spec
	       : ui_focused(u) == PANE_CODE ? ui_code(u)
					    : NULL;
}

struct doc *ui_doc(const struct ui *u, struct view *v)
{
	return editor_doc(ui_session(u), v);
}

struct text *ui_text(const struct ui *u, struct view *v)
{
	struct doc *d = ui_doc(u, v);

	return d ? d->text : NULL;
}

size_t ui_find_tab(const struct ui *u, const char *path)
{
	size_t i = 0;

	while (i < ui_tabs(u)->n && strcmp(ui_tabs(u)->v[i].path, path) != 0)
		i++;
	return i;
}

bool ui_open(struct ui *u, const char *path, bool create, struct err *err)
{
	struct ui_tabs *tabs = ui_tabs(u);
	const struct doc *d;
	size_t i;

	if (!edit_open(ui_session(u), path, create, err))
		return false;
	if (strcmp(path, tabs->spec.path) == 0)
		return true;
	d = session_doc(ui_session(u), path);
	i = ui_find_tab(u, d ? d->path : path);
	if (i == tabs->n) {
		MEM_ROOM(tabs->v, tabs->n, tabs->cap);
		view_init(&tabs->v[tabs->n++], path);
	}
	tabs->at = i;
	ui_close_guest(u);
	return true;
}

/* False: the cursor is in no file. */
static bool place_here(struct ui *u, struct ui_place *out)
{
	struct view *v = ui_view(u) ? ui_view(u) : ui_code(u);
	struct text *t = v ? ui_text(u, v) : NULL;

	if (!t)
		return false;
	out->path = v->path;
	out->line = text_line_of(t, v->cursor);
	out->byte = v->cursor - text_line_start(t, out->line);
	return true;
}

void ui_leave_place(struct ui *u)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct ui_place here, *last = tabs->n_left ? &tabs->left[tabs->n_left - 1] : NULL;

	if (!place_here(u, &here) ||
	    (last && last->line == here.line && strcmp(last->path, here.path) == 0))
		return;
	if (tabs->n_left == UI_PLACES_MAX) {
		free(tabs->left[0].path);
		memmove(tabs->left, tabs->left + 1, --tabs->n_left * sizeof(*tabs->left));
	}
	here.path = mem_strdup(here.path);
	tabs->left[tabs->n_left++] = here;
}

static bool show(struct ui *u, const char *path, size_t line, size_t byte, bool move,
		 struct err *err)
{
	struct view *v;

	/* One that is open may not be on disk yet. */
	if (!ui_open(u, path, ui_find_tab(u, path) < ui_tabs(u)->n, err))
		return false;
	if (strcmp(path, ui_tabs(u)->spec.path) == 0) {
		ui_focus(u, PANE_SPEC);
		v = &ui_tabs(u)->spec;
	} else {
		ui_focus(u, PANE_CODE);
		v = ui_code(u);
	}
	if (move)
		view_go_line(v, ui_text(u, v), line, byte);
	return true;
}

bool ui_open_at(struct ui *u, const char *path, int line, int col, struct err *err)
{
	ui_leave_place(u);
	return show(u, path, line > 0 ? (size_t)line - 1 : 0, col > 0 ? (size_t)col - 1 : 0,
		    line > 0, err);
}

bool ui_back(struct ui *u, struct err *err)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct ui_place here = { 0 };
	bool any = place_here(u, &here);

	while (tabs->n_left) {
		struct ui_place p = tabs->left[--tabs->n_left];
		bool same = any && p.line == here.line && strcmp(p.path, here.path) == 0;
		bool ok = same || show(u, p.path, p.line, p.byte, true, err);

		free(p.path);
		if (!same)
			return ok;
	}
	return err_set(err, ERR_NOT_FOUND, "no jump to come back from");
}

bool ui_close_tab(struct ui *u, struct err *err)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct view *v = ui_code(u);

	if (!v)
		return err_set(err, ERR_USAGE, "no file is open");
	if (!edit_close(ui_session(u), v->path, err))
		return false;
	view_fini(v);
	memmove(v, v + 1, (tabs->n - tabs->at - 1) * sizeof(*v));
	tabs->n--;
	if (tabs->at >= tabs->n && tabs->at > 0)
		tabs->at--;
	return true;
}

void ui_drop_tab(struct ui *u, const char *path)
{
	struct ui_tabs *tabs = ui_tabs(u);
	size_t i = ui_find_tab(u, path), was = tabs->at;

	if (i == tabs->n)
		return;
	tabs->at = i;
	ui_close_tab(u, NULL);
	if (was < tabs->n + 1 && was != i)
		tabs->at = was > i ? was - 1 : was;
}

void ui_drop_removed(struct ui *u)
{
	struct ui_tabs *tabs = ui_tabs(u);

	for (size_t i = tabs->n; i-- > 0;) {
		const struct doc *d = ui_doc(u, &tabs->v[i]);

		/* A file that only begins has no edits. */
		if (d && d->text && text_len(d->text) == 0 && d->n_nodes > 1 && !doc_unsaved(d) &&
		    !edit_on_disk(ui_session(u), d->path))
			ui_drop_tab(u, d->path);
	}
}

static bool changes_text(const struct event *e, const char *path)
{
	switch (e->type) {
	case EVENT_EDIT:
		return strcmp(e->edit.path, path) == 0;
	case EVENT_GOTO:
		return strcmp(e->go.path, path) == 0;
	case EVENT_RENAME:
		return strcmp(e->rename.path, path) == 0 || strcmp(e->rename.to, path) == 0;
	case EVENT_REMOVE:
		return strcmp(e->remove.path, path) == 0;
	default:
		return false;
	}
}

/* Follows edits made elsewhere (undo, a suggestion, another view of the document). */
void ui_edited(struct ui *u, const struct event *e)
{
	struct ui_tabs *tabs = ui_tabs(u);

	for (size_t i = 0; i <= tabs->n; i++) {
		struct view *v = i < tabs->n ? &tabs->v[i] : &tabs->spec;
		const struct text *t = v->path && changes_text(e, v->path) ? ui_text(u, v) : NULL;

		if (!t)
			continue;
		if (e->type == EVENT_EDIT) {
			for (size_t k = 0; k < e->edit.n; k++)
				view_edited(v, t, e->edit.v[k].off, e->edit.v[k].removed,
					    e->edit.v[k].ins.len);
			/* with several changes one may shift another, so restart the
			 * colours */
			if (e->edit.n > 1)
				highlight_edited(&v->colours, v->colours.known);
		} else {
			highlight_edited(&v->colours, 0);
			view_clamp(v, t);
		}
	}
}

void ui_unsaved(const struct ui *u, struct strv *paths)
{
	const struct state *s = ui_state(u);

	for (size_t i = 0; i < s->n_docs; i++)
		if (s->docs[i]->open && s->docs[i]->text && doc_unsaved(s->docs[i]))
			strv_add(paths, s->docs[i]->path);
}
