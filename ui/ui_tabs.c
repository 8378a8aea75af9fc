/* The files that are open, and what becomes of them on the disk. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/moved.h"
#include "session/journal/provenance.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/project.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "ui/ui.h"

/* How often the files on disk are looked at, at most; only when keys come, so
 * that an idle posedge sleeps. */
#define LOOK_MS 1000

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

/* What the file holds: the text, when all is saved; else what lies on the disk,
 * unless somebody else changed that. */
static void learn_saved(struct ui *u, struct view *v, const struct doc *d)
{
	bool known = text_len(d->text) <= CHANGES_LIMIT && !(doc_unsaved(d) && edit_changed_on_disk(u->session, d));
	char *path = path_join(session_root(u->session), d->path);
	struct str file = STR_INIT;

	if (known && doc_unsaved(d))
		file_read(path, CHANGES_LIMIT, &file, NULL);
	else if (known)
		text_get_all(d->text, &file);
	changes_saved(&v->changes, known ? str_cstr(&file) : NULL, file.len, d->saved);
	v->learned = true;
	str_free(&file);
	free(path);
}

/* Who wrote the lines; made from the base on when it does not follow. */
static void mark_authors(struct ui *u, struct view *v, const struct doc *d)
{
	struct str base = STR_INIT;
	bool on = u->w->options->gutter_authors;

	if (on && v->authors && provenance_follow(v->authors, ui_state(u), d))
		return;
	provenance_free(v->authors);
	v->authors = NULL;
	if (on && text_len(d->text) <= PROVENANCE_LIMIT && edit_base(u->session, d, &base, NULL))
		v->authors = provenance_new(ui_state(u), d, d->current, str_cstr(&base), base.len);
	str_free(&base);
}

void ui_mark_changes(struct ui *u, struct view *v)
{
	const struct doc *d = session_doc(u->session, v->path);

	if (!d || !d->text)
		return;
	if (!v->learned || v->changes.saved_node != d->saved)
		learn_saved(u, v, d);
	changes_update(&v->changes, d->text, d->current);
	mark_authors(u, v, d);
}

void ui_unsaved(const struct ui *u, struct strv *paths)
{
	const struct state *s = ui_state(u);

	for (size_t i = 0; i < s->n_docs; i++)
		if (s->docs[i]->open && s->docs[i]->text && doc_unsaved(s->docs[i]))
			strv_add(paths, s->docs[i]->path);
}

/* The disk ------------------------------------------------------------------------- */

/* Each version of a file is asked about once, at most; saving asks again. */
static bool asked_before(struct ui *u, const char *path)
{
	char *version = edit_disk_version(u->session, path);
	size_t len = strlen(path);
	bool known = strv_has(&u->asked, version);

	for (size_t i = 0; !known && i < u->asked.n; i++) {
		if (strncmp(u->asked.v[i], path, len) == 0 && u->asked.v[i][len] == ' ') {
			free(u->asked.v[i]);
			u->asked.v[i] = version;
			return false;
		}
	}
	if (known)
		free(version);
	else
		strv_give(&u->asked, version);
	return known;
}

static void offer(struct ui *u, const char *letter, const char *what, const char *command, const char *path)
{
	char *line = str_fmt("%s '%s'", command, path);

	popup_add(&u->popup, letter, what, line);
	free(line);
}

void ui_ask_about_disk(struct ui *u, const char *path)
{
	bool there = edit_on_disk(u->session, path);
	char *title = str_fmt(there ? "%s changed on disk, and you have edits:" : "%s is gone from the disk:", path);

	popup_open(&u->popup, POPUP_CHOICE, title);
	if (there)
		offer(u, "r", "take the file (undo brings yours back)", "reload", path);
	offer(u, "w", there ? "write yours over it" : "write it again", "overwrite", path);
	popup_add(&u->popup, "k", "decide later", "redraw");
	free(title);
}

void ui_look_at_disk(struct ui *u)
{
	const struct state *s = ui_state(u);
	uint64_t now = loop_now_ms(u->loop);

	if (now - u->looked_ms < LOOK_MS || u->popup.kind != POPUP_NONE)
		return;
	u->looked_ms = now;
	for (size_t i = 0; i < s->n_docs; i++) {
		struct doc *d = s->docs[i];
		struct err err;

		if (!d->open || !d->text || !edit_changed_on_disk(u->session, d))
			continue;
		if (doc_unsaved(d) || !edit_on_disk(u->session, d->path)) {
			if (asked_before(u, d->path))
				continue;
			ui_ask_about_disk(u, d->path);
			return;
		}
		if (edit_reload(u->session, d->path, &err))
			ui_say(u, "%s changed on disk: read again (undo brings back what was)", d->path);
		else if (!asked_before(u, d->path))
			ui_complain(u, &err);
	}
}

/* From one start to the next ---------------------------------------------------------- */

void ui_remember(struct ui *u)
{
	struct view *v = ui_code(u);
	char *text = str_fmt("%s %zu %zu %d %d %d %d", pane_name(u->wish.focus), v ? v->cursor : 0, u->tab,
			     u->wish.left, u->wish.upper_left, u->wish.upper_right, (int)u->log_tab);

	if (!u->hung_up || u->session)
		remember_set(u->w->root, "screen", text);
	free(text);
}

/* The spec: spec.md, or the first Markdown file there is; made when typed into. */
static void open_spec(struct ui *u)
{
	struct err err;

	if (!edit_open(u->session, u->spec.path, true, &err))
		ui_complain(u, &err);
}

/* Without a file and without a text: renamed, deleted, or only looked for. */
static bool is_nothing(const struct ui *u, const struct doc *d)
{
	return !doc_unsaved(d) && (moved_gone(d) || (d->n_nodes == 1 && d->size == 0)) && !edit_on_disk(u->session, d->path);
}

void ui_restore(struct ui *u, bool alone)
{
	char *text = remember_get(u->w->root, "screen");
	char name[16] = "";
	size_t cursor = 0, tab = 0;
	int tab_of_log = 0;
	struct strv paths = STRV_INIT;
	const struct state *s = ui_state(u);

	for (size_t i = 0; i < s->n_docs; i++)
		if (s->docs[i]->open && (!alone || doc_unsaved(s->docs[i])) && strcmp(s->docs[i]->path, u->spec.path) != 0 &&	/* that need not be a file yet */
		    !is_nothing(u, s->docs[i]))
			strv_add(&paths, s->docs[i]->path);
	for (size_t i = 0; i < paths.n; i++) {
		struct err err;

		if (!ui_open(u, paths.v[i], false, &err))
			ui_say(u, "%s", err.text);
	}
	strv_free(&paths);
	open_spec(u);
	if (text && sscanf(text, "%15s %zu %zu %d %d %d %d", name, &cursor, &tab, &u->wish.left, &u->wish.upper_left,
			   &u->wish.upper_right, &tab_of_log) == 7) {
		pane_parse(name, &u->wish.focus);
		u->wish.lower = u->wish.focus == PANE_CODE ? PANE_CHAT : u->wish.focus;
		u->tab = tab < u->n_tabs ? tab : 0;
		u->log_tab = tab_of_log >= 0 && tab_of_log < LOG_TABS ? (enum log_tab)tab_of_log : LOG_LINT;
		if (u->n_tabs && ui_text(u, ui_code(u)))
			view_go(ui_code(u), ui_text(u, ui_code(u)), cursor, false);
	}
	free(text);
}

void ui_open_something(struct ui *u)
{
	struct project *p = workbench_project(u->w, NULL);

	for (size_t i = 0; p && i < project_files(p) && u->n_tabs == 0; i++)
		if (!project_file(p, i)->header && project_file(p, i)->size < (4u << 20))
			ui_open(u, project_file(p, i)->path, false, NULL);
}
