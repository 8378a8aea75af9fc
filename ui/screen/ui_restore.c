/* Saves and restores what was open, from one start to the next. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/moved.h"
#include "session/journal/state.h"
#include "session/option/remember.h"
#include "session/project/project.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"

#define FIRST_MAX (4u << 20) /* bytes of a file that is opened unasked */

/* From one start to the next ---------------------------------------------------------- */

void ui_remember(struct ui *u)
{
	struct ui_panes *panes = ui_panes(u);
	struct view *v = ui_code(u);
	char *text = str_fmt("%s %zu %d %d %d %d %s", pane_name(ui_focused(u)), v ? v->cursor : 0,
			     panes->wish.left, panes->wish.upper_left, panes->wish.upper_right,
			     (int)ui_logs(u)->tab, v ? v->path : "");

	if (!ui_leaving(u)->hung_up || ui_session(u))
		remember_set(ui_workbench(u)->place.root, "screen", text);
	free(text);
}

/* Opens the spec: spec.md, or the first Markdown file. The file is created when
 * typed into. */
static void open_spec(struct ui *u)
{
	struct err err;

	if (!edit_open(ui_session(u), ui_tabs(u)->spec.path, true, &err))
		ui_complain(u, &err);
}

/* True for a document with no file and no text: renamed, deleted, or opened by
 * mistake. */
static bool is_nothing(const struct ui *u, const struct doc *d)
{
	return !doc_unsaved(d) && (moved_gone(d) || (d->n_nodes == 1 && d->size == 0)) &&
	       !edit_on_disk(ui_session(u), d->path);
}

/* The spec is opened by open_spec(): it need not exist as a file yet. */
static void open_again(struct ui *u, bool alone)
{
	struct strv paths = STRV_INIT;
	const struct state *s = ui_state(u);

	for (size_t i = 0; i < s->n_docs; i++) {
		const struct doc *d = s->docs[i];

		if (d->open && (!alone || doc_unsaved(d)) &&
		    strcmp(d->path, ui_tabs(u)->spec.path) != 0 && !is_nothing(u, d))
			strv_add(&paths, d->path);
	}
	for (size_t i = 0; i < paths.n; i++) {
		struct err err;

		if (!ui_open(u, paths.v[i], false, &err))
			ui_say(u, "%s", err.text);
	}
	strv_free(&paths);
}

/* Layout, tabs and cursor, from the line that ui_remember() wrote. */
static void arrange(struct ui *u, const char *text)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct ui_panes *panes = ui_panes(u);
	char name[16] = "";
	size_t cursor = 0;
	int tab_of_log = 0, front = 0;

	if (sscanf(text, "%15s %zu %d %d %d %d %n", name, &cursor, &panes->wish.left,
		   &panes->wish.upper_left, &panes->wish.upper_right, &tab_of_log, &front) != 6)
		return;
	pane_parse(name, &panes->wish.focus);
	ui_show(u, panes->wish.focus);
	tabs->at = ui_find_tab(u, text + front);
	if (tabs->at == tabs->n) /* it was deleted, or is not to be opened */
		tabs->at = cursor = 0;
	ui_logs(u)->tab =
		tab_of_log >= 0 && tab_of_log < LOG_TABS ? (enum log_tab)tab_of_log : LOG_LINT;
	if (tabs->n && ui_text(u, ui_code(u)))
		view_move(ui_code(u), ui_text(u, ui_code(u)), cursor, false);
}

void ui_restore(struct ui *u, bool alone)
{
	char *text = remember_get(ui_workbench(u)->place.root, "screen");

	open_again(u, alone);
	open_spec(u);
	ui_log_last_run(u);
	if (text)
		arrange(u, text);
	free(text);
}

void ui_open_something(struct ui *u)
{
	struct project *p = workbench_project(ui_workbench(u), NULL);
	const char *first = NULL;
	char *here = NULL;

	if (p && workplace_path(&ui_workbench(u)->place, ".", &here, NULL) &&
	    strcmp(here, ".") != 0)
		first = project_first_file(p, here);
	if (p && !first)
		first = project_first_file(p, "");
	free(here);
	if (first && project_find(p, first)->size < FIRST_MAX)
		ui_open(u, first, false, NULL);
	for (size_t i = 0; p && i < project_files(p) && ui_tabs(u)->n == 0; i++)
		if (!project_file(p, i)->header && project_file(p, i)->size < FIRST_MAX)
			ui_open(u, project_file(p, i)->path, false, NULL);
}
