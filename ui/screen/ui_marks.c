/* Gutter marks: lines changed since the last save, their authors, and lines that no
 * test reached. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/explained.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/provenance.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_tabs.h"

/* Gives the view the content of the file: the text itself if it is saved, else the
 * file on disk unless another program changed it. */
static void learn_saved(struct ui *u, struct view *v, const struct doc *d)
{
	bool known = text_len(d->text) <= CHANGES_LIMIT &&
		     !(doc_unsaved(d) && edit_changed_on_disk(ui_session(u), d));
	char *path = path_join(session_root(ui_session(u)), d->path);
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

/* Updates the authors of the lines; rebuilds them from the base if they cannot
 * follow. */
static void mark_authors(struct ui *u, struct view *v, const struct doc *d)
{
	struct str base = STR_INIT;
	bool on = ui_workbench(u)->options->gutter_authors;

	if (on && v->authors && provenance_follow(v->authors, ui_state(u), d))
		return;
	provenance_free(v->authors);
	v->authors = NULL;
	if (on && text_len(d->text) <= PROVENANCE_LIMIT && edit_base(ui_session(u), d, &base, NULL))
		v->authors = provenance_new(ui_state(u), d, d->current, str_cstr(&base), base.len);
	str_free(&base);
}

void ui_reload_coverage(struct ui *u)
{
	struct ui_tabs *tabs = ui_tabs(u);

	kept_coverage_fini(&tabs->reached);
	kept_coverage_read(session_dir(ui_session(u)), &tabs->reached, NULL);
	tabs->reached_n++;
	ui_changed(u);
}

static void mark_reached(struct ui *u, struct view *v, const struct doc *d)
{
	struct ui_tabs *tabs = ui_tabs(u);
	const struct kept_file *f = NULL;

	if (!tabs->reached_n)
		ui_reload_coverage(u);
	if (v->reach_of != tabs->reached_n) {
		for (size_t i = 0; !f && i < tabs->reached.n; i++)
			if (strcmp(tabs->reached.v[i].path, v->path) == 0)
				f = &tabs->reached.v[i];
		reach_set(&v->reach, f ? f->text : NULL, f ? f->missed : NULL, f ? f->n : 0);
		v->reach_of = tabs->reached_n;
	}
	reach_update(&v->reach, d->text, d->current);
}

/* Marks the first line of each explanation; a stale one at its old line. */
static void mark_explained(struct ui *u, struct view *v, const struct doc *d)
{
	const struct state *s = ui_state(u);
	struct explained_list l = { 0 };
	struct str text = STR_INIT;
	size_t count = explained_count(s);

	if (v->explained_of == count && v->explained_node == d->current)
		return;
	v->explained_of = count;
	v->explained_node = d->current;
	str_clear(&v->explained);
	if (count == 0 || text_len(d->text) > CHANGES_LIMIT)
		return;
	text_get_all(d->text, &text);
	explained_of(s, d->path, str_cstr(&text), text.len, &l);
	for (size_t i = l.n; i-- > 0;) { /* backwards, so that valid marks overwrite stale ones */
		const struct explained *e = &l.v[i];

		while (v->explained.len < (size_t)e->line)
			str_addc(&v->explained, ' ');
		if (!e->stale || v->explained.data[e->line - 1] == ' ')
			v->explained.data[e->line - 1] = e->stale ? '?' : 'i';
	}
	explained_fini(&l);
	str_free(&text);
}

void ui_mark_changes(struct ui *u, struct view *v)
{
	const struct doc *d = ui_doc(u, v);

	if (!d || !d->text)
		return;
	if (!v->learned || v->changes.saved_node != d->saved)
		learn_saved(u, v, d);
	changes_update(&v->changes, d->text, d->current);
	mark_authors(u, v, d);
	mark_reached(u, v, d);
	mark_explained(u, v, d);
}
