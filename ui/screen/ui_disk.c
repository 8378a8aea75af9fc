/* Open files that other programs changed on disk. */
#include "config.h"

#include "ui/screen/ui_disk.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/state.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Shortest time between two checks. Checks happen only when keys come, or the focus of
 * the terminal, so that an idle posedge sleeps. */
#define LOOK_MS 1000

/* True if the user was asked about the version of path now on disk. Asks once per
 * version; saving forgets the answer. */
static bool asked_before(struct ui *u, const char *path)
{
	char *version = edit_disk_version(ui_session(u), path);
	size_t len = strlen(path);
	bool known = strv_has(&ui_disk(u)->asked, version);

	for (size_t i = 0; !known && i < ui_disk(u)->asked.n; i++) {
		if (strncmp(ui_disk(u)->asked.v[i], path, len) == 0 &&
		    ui_disk(u)->asked.v[i][len] == ' ') {
			free(ui_disk(u)->asked.v[i]);
			ui_disk(u)->asked.v[i] = version;
			return false;
		}
	}
	if (known)
		free(version);
	else
		strv_give(&ui_disk(u)->asked, version);
	return known;
}

/* The disk ------------------------------------------------------------------------- */

static void offer(struct ui *u, const char *letter, const char *what, const char *command,
		  const char *path)
{
	char *line = str_fmt("%s '%s'", command, path);

	popup_add(ui_popup(u), letter, what, line);
	free(line);
}

void ui_ask_about_disk(struct ui *u, const char *path)
{
	bool there = edit_on_disk(ui_session(u), path);
	char *title = str_fmt(there ? "%s changed on disk, and you have edits:"
				    : "%s is gone from the disk:",
			      path);

	popup_open(ui_popup(u), POPUP_CHOICE, title);
	if (there)
		offer(u, "r", "take the file (undo brings yours back)", "reload", path);
	offer(u, "w", there ? "write yours over it" : "write it again", "overwrite", path);
	popup_add(ui_popup(u), "k", "decide later", "redraw");
	free(title);
}

uint64_t ui_disk_due_ms(const struct ui *u)
{
	return ui_disk(u)->looked_ms ? ui_disk(u)->looked_ms + LOOK_MS : 0;
}

static bool changed_there(struct ui *u, const struct doc *d)
{
	return d->open && d->text && edit_changed_on_disk(ui_session(u), d);
}

bool ui_disk_unchanged(struct ui *u)
{
	const struct state *s = ui_state(u);
	bool same = true;

	for (size_t i = 0; i < s->n_docs && same; i++)
		same = !changed_there(u, s->docs[i]);
	if (same)
		ui_disk(u)->looked_ms = loop_now_ms(ui_loop(u));
	return same;
}

static void reload(struct ui *u, const struct doc *d)
{
	struct err err;

	if (edit_reload(ui_session(u), d->path, &err))
		ui_say(u, "%s changed on disk: read again (undo brings back what was)", d->path);
	else if (!asked_before(u, d->path))
		ui_complain(u, &err);
}

void ui_reload_disk(struct ui *u)
{
	const struct state *s = ui_state(u);

	for (size_t i = 0; i < s->n_docs; i++)
		if (changed_there(u, s->docs[i]) && !doc_unsaved(s->docs[i]) &&
		    edit_on_disk(ui_session(u), s->docs[i]->path))
			reload(u, s->docs[i]);
}

void ui_check_disk(struct ui *u)
{
	const struct state *s = ui_state(u);

	if (loop_now_ms(ui_loop(u)) < ui_disk_due_ms(u) || ui_popup(u)->kind != POPUP_NONE)
		return;
	ui_disk(u)->looked_ms = loop_now_ms(ui_loop(u));
	for (size_t i = 0; i < s->n_docs; i++) {
		struct doc *d = s->docs[i];

		if (!changed_there(u, d))
			continue;
		if (doc_unsaved(d) || !edit_on_disk(ui_session(u), d->path)) {
			if (asked_before(u, d->path))
				continue;
			ui_ask_about_disk(u, d->path);
			return;
		}
		reload(u, d);
	}
}
