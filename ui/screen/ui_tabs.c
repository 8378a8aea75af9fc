/* The files that are open. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "ui/screen/ui.h"

struct view *ui_code(struct ui *u)
{
	return u->n_tabs ? &u->tabs[u->tab] : NULL;
}

struct view *ui_view(struct ui *u)
{
	return u->wish.focus == PANE_SPEC ? &u->spec : u->wish.focus == PANE_CODE ? ui_code(u) : NULL;
}

struct text *ui_text(const struct ui *u, const struct view *v)
{
	struct doc *d = session_doc(u->session, v->path);

	return d ? d->text : NULL;
}

static size_t find_tab(const struct ui *u, const char *path)
{
	size_t i = 0;

	while (i < u->n_tabs && strcmp(u->tabs[i].path, path) != 0)
		i++;
	return i;
}

bool ui_open(struct ui *u, const char *path, bool create, struct err *err)
{
	const struct doc *d;
	size_t i;

	if (!edit_open(u->session, path, create, err))
		return false;
	if (strcmp(path, u->spec.path) == 0)
		return true;
	d = session_doc(u->session, path);
	i = find_tab(u, d ? d->path : path);
	if (i == u->n_tabs) {
		u->cap_tabs = mem_grow((void **)&u->tabs, u->cap_tabs, u->n_tabs + 1, sizeof(*u->tabs));
		view_init(&u->tabs[u->n_tabs++], path);
	}
	u->tab = i;
	u->dirty = true;
	return true;
}

bool ui_open_at(struct ui *u, const char *path, int line, int col, struct err *err)
{
	struct view *v;

	if (!ui_open(u, path, false, err))
		return false;
	if (strcmp(path, u->spec.path) == 0) {
		u->wish.focus = PANE_SPEC;
		u->wish.lower = PANE_SPEC;
		v = &u->spec;
	} else {
		u->wish.focus = PANE_CODE;
		v = ui_code(u);
	}
	if (line > 0)
		view_go_line(v, ui_text(u, v), (size_t)line - 1, col > 0 ? (size_t)col - 1 : 0);
	return true;
}

bool ui_close_tab(struct ui *u, struct err *err)
{
	struct view *v = ui_code(u);

	if (!v)
		return err_set(err, ERR_USAGE, "no file is open");
	if (!edit_close(u->session, v->path, err))
		return false;
	view_fini(v);
	memmove(v, v + 1, (u->n_tabs - u->tab - 1) * sizeof(*v));
	u->n_tabs--;
	if (u->tab >= u->n_tabs && u->tab > 0)
		u->tab--;
	return true;
}

void ui_drop_tab(struct ui *u, const char *path)
{
	size_t i = find_tab(u, path), was = u->tab;

	if (i == u->n_tabs)
		return;
	u->tab = i;
	ui_close_tab(u, NULL);
	if (was < u->n_tabs + 1 && was != i)
		u->tab = was > i ? was - 1 : was;
}

/* Edits that others made (undo, a suggestion, another view of it). */
void ui_edited(struct ui *u, const struct event *e)
{
	const char *path = e->type == EVENT_EDIT ? e->edit.path : e->type == EVENT_GOTO ? e->go.path : NULL;

	for (size_t i = 0; path && i <= u->n_tabs; i++) {
		struct view *v = i < u->n_tabs ? &u->tabs[i] : &u->spec;
		const struct text *t = strcmp(v->path, path) == 0 ? ui_text(u, v) : NULL;

		if (!t)
			continue;
		if (e->type == EVENT_EDIT) {
			for (size_t k = 0; k < e->edit.n; k++)
				view_edited(v, t, e->edit.v[k].off, e->edit.v[k].removed, e->edit.v[k].ins.len);
			if (e->edit.n > 1)	/* the places of one may be shifted by another */
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
