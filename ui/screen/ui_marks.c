/* The gutter's marks: what changed since the last save, who wrote it, and what no test
 * reached. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

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

/* What the file holds: the text, when all is saved; else what lies on the disk,
 * unless somebody else changed that. */
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

/* Who wrote the lines; made from the base on when it does not follow. */
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

void ui_learn_reached(struct ui *u)
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
		ui_learn_reached(u);
	if (v->reach_of != tabs->reached_n) {
		for (size_t i = 0; !f && i < tabs->reached.n; i++)
			if (strcmp(tabs->reached.v[i].path, v->path) == 0)
				f = &tabs->reached.v[i];
		reach_learn(&v->reach, f ? f->text : NULL, f ? f->missed : NULL, f ? f->n : 0);
		v->reach_of = tabs->reached_n;
	}
	reach_update(&v->reach, d->text, d->current);
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
}
