/* Opening, saving, closing files. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/project/project.h"
#include "session/text/text.h"
#include "session/text/words.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"
#include "ui/widget/popup.h"

/* open ---------------------------------------------------------------------- */

static void describe(const struct ui *u, const struct project_file *f, struct str *out)
{
	const struct doc *d = session_doc(ui_session(u), f->path);
	const struct state *s = ui_state(u);
	size_t open = 0;

	if (d && d->open && doc_unsaved(d))
		str_adds(out, "unsaved ");
	for (size_t i = 0; i < s->n_proposals; i++)
		open += s->proposals[i]->state == PROPOSAL_OPEN &&
			strcmp(suggestion_path(s->proposals[i]->s), f->path) == 0;
	if (open == 1)
		str_adds(out, "suggestion ");
	else if (open)
		str_addf(out, "%zu suggestion%s ", open, count_s(open));
	for (size_t i = 0; f->outline && i < f->outline->n && i < 6; i++)
		str_addf(out, "%s ", f->outline->modules[i].name);
}

static void list_file(struct ui *u, const struct project_file *f)
{
	struct str detail = STR_INIT, command = STR_INIT;

	describe(u, f, &detail);
	str_addf(&command, "open '%s'", f->path);
	popup_add_path(ui_popup(u), f->path, str_cstr(&detail), str_cstr(&command));
	str_free(&detail);
	str_free(&command);
}

static void list_files(struct ui *u, const struct project *p)
{
	/* Copies that a tool wrote come last: nobody edits them. */
	for (int made = 0; made < 2; made++)
		for (size_t i = 0; i < project_files(p); i++)
			if ((project_made_by(p, project_file(p, i)->path) != NULL) == made)
				list_file(u, project_file(p, i));
	popup_add(ui_popup(u), ui_tabs(u)->spec.path, "the spec", "focus spec");
}

/* PATH, PATH:LINE, PATH:LINE:COLUMN */
static bool open_place(struct ui *u, const char *given, struct err *err)
{
	char *path = mem_strdup(given), *colon;
	long place[2] = { 0, 0 };
	char *rel = NULL;
	bool ok;

	for (int i = 0; i < 2 && (colon = strrchr(path, ':')); i++) {
		char *end;
		long n = strtol(colon + 1, &end, 10);

		if (*end || end == colon + 1)
			break;
		*colon = '\0';
		place[1] = place[0];
		place[0] = n;
	}
	ok = workplace_path(&ui_workbench(u)->place, path, &rel, err) &&
	     ui_open_at(u, rel, (int)place[0], (int)place[1], err);
	if (!ok && rel && !edit_on_disk(ui_session(u), rel))
		err_set(err, ERR_NOT_FOUND, "open %s: no such file; `new-file %s` begins it", rel,
			rel);
	free(rel);
	free(path);
	return ok;
}

bool act_open(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (c->argc) /* does not need the rest of the project */
		return open_place(u, c->argv[0], err);
	if (ui_workbench(u)->place.refused)
		return workbench_project(ui_workbench(u), err) != NULL;
	ui_jobs(u)->files_changed++;
	ui_pick(u, "open", list_files);
	return true;
}

bool act_new_file(struct ui *u, struct cmd_call *c, struct err *err)
{
	char *rel = NULL;
	bool ok;

	if (c->argc == 0) {
		popup_prompt(ui_popup(u), "new file:", "new-file", "");
		return true;
	}
	ok = workplace_path(&ui_workbench(u)->place, c->argv[0], &rel, err) &&
	     ui_open(u, rel, true, err);
	ui_focus(u, PANE_CODE);
	if (ok)
		ui_say(u,
		       edit_on_disk(ui_session(u), rel) ? "%s already exists: here it is"
							: "%s begins here; saving writes it",
		       rel);
	free(rel);
	return ok;
}

bool act_close(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct view *v = ui_code(u);
	const struct doc *d = v ? ui_doc(u, v) : NULL;
	char *path = d && doc_unsaved(d) ? mem_strdup(v->path) : NULL;
	bool ok = ui_close_tab(u, err);

	if (ok && path)
		ui_say(u, "%s is closed, not saved: its edits are there when it is opened again",
		       path);
	free(path);
	return ok;
}

static bool step_tab(struct ui *u, int by)
{
	if (ui_tabs(u)->n)
		ui_tabs(u)->at = (ui_tabs(u)->at + ui_tabs(u)->n + (size_t)by) % ui_tabs(u)->n;
	ui_close_guest(u);
	ui_focus(u, PANE_CODE);
	return true;
}

bool act_next_tab(struct ui *u, struct cmd_call *c, struct err *err)
{
	return step_tab(u, 1);
}

bool act_prev_tab(struct ui *u, struct cmd_call *c, struct err *err)
{
	return step_tab(u, -1);
}

bool act_save(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);

	return v && ui_save(u, v->path, false, err);
}

bool act_overwrite(struct ui *u, struct cmd_call *c, struct err *err)
{
	return ui_save(u, c->argv[0], true, err);
}

static bool save_each(struct ui *u, const struct deed *d, struct err *err)
{
	for (size_t i = 0; i < d->n_paths; i++)
		if (!edit_save(ui_session(u), d->paths[i], false, err))
			return false;
	if (d->n_paths == 0)
		ui_say(u, "nothing is unsaved");
	else
		ui_say(u, "saved %zu file%s", d->n_paths, count_s(d->n_paths));
	if (d->then)
		ui_run_line(u, d->then);
	return true;
}

bool act_save_all(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct strv paths = STRV_INIT;
	bool ok;

	ui_unsaved(u, &paths);
	ok = ui_do(u, save_each,
		   &(struct deed){ .paths = paths.v,
				   .n_paths = paths.n,
				   .then = c->argc ? c->argv[0] : NULL },
		   err);
	strv_free(&paths);
	return ok;
}

static bool save_copy(struct ui *u, const struct deed *d, struct err *err)
{
	const struct doc *from = session_doc(ui_session(u), d->path);
	struct str text = STR_INIT;
	struct change c;
	bool ok;

	if (!from || !from->text)
		return err_set(err, ERR_USAGE, "%s is not open", d->path);
	text_get_all(from->text, &text);
	ok = ui_open(u, d->to, true, err);
	if (ok && text_len(session_doc(ui_session(u), d->to)->text) > 0)
		ok = err_set(err, ERR_CONFLICT, "%s already exists; open it and paste", d->to);
	c = (struct change){ 0, 0, { str_cstr(&text), text.len } };
	ok = ok && edit_change(ui_session(u), d->to, &c, 1, BY_YOU, err) &&
	     edit_save(ui_session(u), d->to, false, err);
	if (ok)
		ui_say(u, "saved %s", d->to);
	str_free(&text);
	return ok;
}

bool act_save_as(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	char *rel = NULL;
	bool ok;

	if (!v)
		return false;
	if (c->argc == 0) {
		popup_prompt(ui_popup(u), "save as:", "save-as", v->path);
		return true;
	}
	ok = workplace_path(&ui_workbench(u)->place, c->argv[0], &rel, err);
	ok = ok && ui_do(u, save_copy, &(struct deed){ .path = v->path, .to = rel }, err);
	free(rel);
	return ok;
}

bool act_reload(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);

	if (!v || !edit_reload(ui_session(u), c->argc ? c->argv[0] : v->path, err))
		return false;
	ui_say(u, "%s is as it is on disk; undo brings back what was",
	       c->argc ? c->argv[0] : v->path);
	return true;
}

/* $EDITOR ----------------------------------------------------------------------- */

/* The editor has the terminal until it ends; answers, lints and runs continue. */
static bool run_editor(struct ui *u, const char *path, struct err *err)
{
	const char *editor = getenv("VISUAL") ? getenv("VISUAL") : getenv("EDITOR");
	struct strv argv = STRV_INIT;
	struct child_spec spec = { .terminal = true };
	struct child_result r = { 0 };
	bool ok;

	if (!editor || !editor[0])
		editor = "vi";
	if (!words_split(editor, strlen(editor), &argv, err))
		return false;
	strv_add(&argv, path);
	spec.argv = (const char *const *)argv.v;
	ui_drawing(u)->outside = true;
	ui_term(u)->ops->leave(ui_term(u));
	ok = child_run(ui_loop(u), &spec, 0, NULL, NULL, &r, err);
	ui_drawing(u)->outside = false;
	ui_term(u)->ops->enter(ui_term(u));
	ui_changed(u);
	ui_disk(u)->looked_ms = 0; /* the editor may have written other files */
	strv_free(&argv);
	return ok && (r.status == 0 ||
		      err_set(err, ERR_TOOL, "%s failed; your text is as it was", editor));
}

static bool take_back(struct ui *u, const char *rel, const char *path, struct err *err)
{
	struct doc *d = edit_open(ui_session(u), rel, true, err);
	struct str now = STR_INIT, was = STR_INIT;
	struct change c;
	bool ok = d && file_read(path, 0, &now, err);

	if (ok) {
		text_get_all(d->text, &was);
		change_between(str_cstr(&was), was.len, str_cstr(&now), now.len, &c);
		if (c.removed || c.ins.len)
			ok = edit_change(ui_session(u), rel, &c, 1, BY_YOU, err);
		if (ok)
			ui_say(u,
			       c.removed || c.ins.len
				       ? "%s has what the editor wrote, not saved yet; undo takes "
					 "it back"
				       : "%s is as it was: the editor changed nothing",
			       rel);
	}
	str_free(&was);
	str_free(&now);
	return ok;
}

/* d->to: the copy of the document given to the editor. */
static bool edit_outside(struct ui *u, const struct deed *d, struct err *err)
{
	bool ok = run_editor(u, d->to, err) && take_back(u, d->path, d->to, err);

	unlink(d->to);
	return ok;
}

bool act_edit_outside(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	struct str text = STR_INIT;
	char *dir, *path;
	bool ok;

	if (!v)
		return false;
	dir = str_fmt("%s/edit", session_dir(ui_session(u)));
	path = str_fmt("%s/%s", dir, path_base(v->path));
	text_get_all(t, &text);
	ok = file_make_dirs(dir, 0700, err) &&
	     file_save(path, str_cstr(&text), text.len, 0600, err);
	ok = ok && ui_do(u, edit_outside, &(struct deed){ .path = v->path, .to = path }, err);
	str_free(&text);
	free(path);
	free(dir);
	return ok;
}
