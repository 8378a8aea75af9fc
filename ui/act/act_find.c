/* Find, replace, go to. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/state.h"
#include "session/project/project.h"
#include "session/text/find.h"
#include "session/text/text.h"
#include "session/text/words.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

static bool set_pattern(struct ui *u, const char *pattern, struct err *err)
{
	struct find *f = find_new(pattern, err);

	if (!f)
		return false;
	find_free(ui_edits(u)->find);
	ui_edits(u)->find = f;
	return true;
}

/* Wraps around the end once, and says so. */
static bool go_to_match(struct ui *u, struct view *v, const struct text *t, bool back, size_t from,
			struct err *err)
{
	struct ui_edits *edits = ui_edits(u);
	size_t a, b;
	bool around = false;
	bool found = back ? find_before(edits->find, t, from, &a, &b)
			  : find_next(edits->find, t, from, &a, &b);

	if (!found) {
		around = true;
		found = back ? find_before(edits->find, t, text_len(t), &a, &b)
			     : find_next(edits->find, t, 0, &a, &b);
	}
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "find %s: not in %s", find_pattern(edits->find),
			       v->path);
	view_select(v, a, b);
	if (around)
		ui_say(u, back ? "from the end again" : "from the start again");
	return true;
}

static bool in_chat(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (c->argc)
		return set_pattern(u, c->argv[0], err) &&
		       act_find_in_chat(u, ui_edits(u)->find, true, false, err);
	popup_prompt(ui_popup(u), "find in the chat:", "find", "");
	return true;
}

bool act_find(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v;
	size_t from, to;
	struct str word = STR_INIT;

	if (ui_focused(u) == PANE_CHAT)
		return in_chat(u, c, err);
	v = act_view(u, &t, err);
	if (!v)
		return false;
	view_selection(v, &from, &to);
	if (c->argc)
		return set_pattern(u, c->argv[0], err) && go_to_match(u, v, t, false, from, err);
	if (to > from && to - from < 200)
		text_get(t, from, to - from, &word);
	popup_offer(ui_popup(u), "find:", "find", str_cstr(&word));
	str_free(&word);
	return true;
}

/* While the user types, shows the matches and goes to the first. */
void act_find_typed(struct ui *u)
{
	struct ui_edits *edits = ui_edits(u);
	struct text *t;
	struct err err;
	struct view *v;
	size_t from, to, a, b;

	if (ui_focused(u) == PANE_CHAT) /* it is searched at Enter */
		return;
	v = act_view(u, &t, &err);
	find_free(edits->find);
	edits->find = NULL;
	if (!v || ui_popup(u)->input.text.len == 0 ||
	    !set_pattern(u, str_cstr(&ui_popup(u)->input.text), &err))
		return;
	view_selection(v, &from, &to);
	if (find_next(edits->find, t, from, &a, &b) || find_next(edits->find, t, 0, &a, &b))
		view_select(v, a, b);
}

static bool again(struct ui *u, bool back, struct err *err)
{
	struct text *t;
	struct view *v;
	size_t from, to;

	if (!ui_edits(u)->find)
		return err_set(err, ERR_USAGE, "nothing was searched for yet: Ctrl-F");
	/* There the newest match comes first, so the next one is older. */
	if (ui_focused(u) == PANE_CHAT)
		return act_find_in_chat(u, ui_edits(u)->find, false, back, err);
	v = act_view(u, &t, err);
	if (!v)
		return false;
	view_selection(v, &from, &to);
	return go_to_match(u, v, t, back, back ? from : to, err);
}

bool act_find_next(struct ui *u, struct cmd_call *c, struct err *err)
{
	return again(u, false, err);
}

bool act_find_prev(struct ui *u, struct cmd_call *c, struct err *err)
{
	return again(u, true, err);
}

/* Replacing ---------------------------------------------------------------------- */

static void command_with(struct str *out, const char *name, const char *pattern, const char *with)
{
	str_clear(out);
	str_addf(out, "%s ", name);
	words_quote(pattern, out);
	if (with) {
		str_addc(out, ' ');
		words_quote(with, out);
	}
}

/* Asks what to do with the match at the cursor. */
static void ask_here(struct ui *u, const char *pattern, const char *with)
{
	struct popup *popup = ui_popup(u);
	struct str command = STR_INIT;

	popup_open(popup, POPUP_CHOICE, "replace?");
	command_with(&command, "replace-one", pattern, with);
	popup_add(popup, "y", "this", str_cstr(&command));
	command_with(&command, "replace", pattern, with);
	popup_add(popup, "n", "not this", str_cstr(&command));
	command_with(&command, "replace-all", pattern, with);
	popup_add(popup, "a", "all in the file", str_cstr(&command));
	str_free(&command);
}

bool act_replace(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	struct str command = STR_INIT;
	size_t from, to;

	if (!v)
		return false;
	if (c->argc == 0) {
		popup_prompt(ui_popup(u), "replace:", "replace", "");
		return true;
	}
	if (c->argc == 1) {
		command_with(&command, "replace", c->argv[0], NULL);
		popup_prompt(ui_popup(u), "with:", str_cstr(&command), "");
		str_free(&command);
		return true;
	}
	view_selection(v, &from, &to);
	if (!set_pattern(u, c->argv[0], err) || !go_to_match(u, v, t, false, to, err))
		return false;
	ask_here(u, c->argv[0], c->argv[1]);
	return true;
}

static bool replace_range(struct ui *u, struct view *v, const struct text *t, size_t from,
			  size_t to, const char *with, size_t *n, struct err *err)
{
	struct str s = STR_INIT, out = STR_INIT;
	struct change c;
	bool ok;

	text_get(t, from, to - from, &s);
	ok = find_replace(ui_edits(u)->find, str_cstr(&s), s.len, with, &out, n, err);
	change_between(str_cstr(&s), s.len, str_cstr(&out), out.len, &c);
	c.off += from;
	if (ok && (c.removed || c.ins.len))
		ok = edit_change(ui_session(u), v->path, &c, 1, BY_YOU, err);
	if (ok)
		view_move(v, t, from + out.len, false);
	str_free(&out);
	str_free(&s);
	return ok;
}

bool act_replace_one(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	size_t from, to, n;

	if (!v || !set_pattern(u, c->argv[0], err))
		return false;
	view_selection(v, &from, &to);
	return replace_range(u, v, t, from, to, c->argv[1], &n, err) && act_replace(u, c, err);
}

bool act_replace_all(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	size_t from, to, n = 0, cursor;
	bool lines;

	if (!v || !set_pattern(u, c->argv[0], err))
		return false;
	view_selection(v, &from, &to);
	cursor = v->cursor;
	/* A selection within one line is the current match, not a range. */
	lines = to > from && text_line_of(t, from) != text_line_of(t, to);
	if (!replace_range(u, v, t, lines ? from : 0, lines ? to : text_len(t), c->argv[1], &n,
			   err))
		return false;
	view_move(v, t, cursor < text_len(t) ? cursor : text_len(t), false);
	ui_say(u, "replaced %zu", n);
	return true;
}

/* Going to ------------------------------------------------------------------------- */

bool act_goto(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct project *p;
	const struct project_file *f;
	struct text *t;
	struct view *v;
	long line, col = 1;
	char *end;

	if (c->argc == 0) {
		popup_prompt(ui_popup(u), "line, file:line or module:", "goto", "");
		return true;
	}
	line = strtol(c->argv[0], &end, 10);
	if (*end == ':' && isdigit((unsigned char)end[1]))
		col = strtol(end + 1, &end, 10);
	if (*end == '\0' && end != c->argv[0]) {
		v = act_view(u, &t, err);
		if (v)
			ui_leave_place(u);
		if (v)
			view_go_line(v, t, line > 0 ? (size_t)line - 1 : 0,
				     col > 0 ? (size_t)col - 1 : 0);
		if (v && line > 0 && (size_t)line > text_lines(t))
			ui_say(u, "%s has %zu line%s: this is the last one", v->path, text_lines(t),
			       count_s(text_lines(t)));
		return v != NULL;
	}
	if (ui_defer_command(u, c))
		return true;
	p = workbench_project(ui_workbench(u), NULL);
	f = p ? project_module(p, c->argv[0], NULL) : NULL;
	if (f)
		return ui_open_at(u, f->path, project_vmodule(p, c->argv[0])->line, 0, err);
	if (act_open(u, c, err))
		return true;
	return strpbrk(c->argv[0], "/.:")
		       ? false
		       : err_set(err, ERR_NOT_FOUND, "goto %s: no module and no file of that name",
				 c->argv[0]);
}

bool act_declared(const struct text *t, size_t from, const char *name, size_t *at)
{
	static const char kinds[] =
		"\\b(?:input|output|inout|logic|wire|reg|bit|int|integer|byte|real|genvar|"
		"parameter|"
		"localparam|function|task|typedef|enum|struct|tri|supply0|supply1)\\b";
	char *pattern = str_fmt("(?-i)%s[^;]*?\\b\\K%s\\b", kinds, name);
	struct find *f = find_new(pattern, NULL);
	size_t end;
	bool found = f && find_next(f, t, from, at, &end);

	find_free(f);
	free(pattern);
	return found;
}

bool act_back(struct ui *u, struct cmd_call *c, struct err *err)
{
	return ui_back(u, err);
}

/* Where the name under the cursor is defined. */
struct defined {
	struct str name;
	const struct project_file *module; /* NULL: a declaration in the file in front */
	int line;			   /* of the module */
	size_t at;			   /* of the declaration */
};

static bool find_definition(struct ui *u, const struct view *v, const struct text *t,
			    struct defined *d, struct err *err)
{
	struct project *p = workbench_project(ui_workbench(u), NULL);
	size_t from, to;

	view_word_at(t, v->cursor, &from, &to);
	text_get(t, from, to - from, &d->name);
	if (d->name.len == 0 ||
	    strspn(d->name.data,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
		    d->name.len)
		return err_set(err, ERR_USAGE, "there is no name under the cursor");
	d->module = p ? project_module(p, str_cstr(&d->name), NULL) : NULL;
	if (d->module)
		d->line = project_vmodule(p, str_cstr(&d->name))->line;
	return d->module || act_declared(t, 0, str_cstr(&d->name), &d->at) ||
	       err_set(err, ERR_NOT_FOUND,
		       "%s: no module of that name, and no declaration in this file", d->name.data);
}

bool act_definition(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	struct defined d = { .name = STR_INIT };
	bool ok;

	if (!v || ui_defer_command(u, c))
		return v != NULL;
	ok = find_definition(u, v, t, &d, err);
	if (ok && d.module) {
		ok = ui_open_at(u, d.module->path, d.line, 0, err);
	} else if (ok) {
		ui_leave_place(u);
		view_move(v, t, d.at, false);
	}
	str_free(&d.name);
	return ok;
}

bool act_peek(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	struct defined d = { .name = STR_INIT };
	struct str line = STR_INIT;
	bool ok;

	if (!v || ui_defer_command(u, c))
		return v != NULL;
	ok = find_definition(u, v, t, &d, err);
	if (ok && d.module) {
		ui_say(u, "module %s: %s:%d", str_cstr(&d.name), d.module->path, d.line);
	} else if (ok) {
		size_t n = text_line_of(t, d.at), start = text_line_start(t, n);

		text_get(t, start, text_line_end(t, n) - start, &line);
		ui_say(u, "%zu: %s", n + 1, str_cstr(&line) + strspn(str_cstr(&line), " \t"));
	}
	str_free(&line);
	str_free(&d.name);
	return ok;
}

bool act_next_finding(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct diag_list *found = ui_state(u)->found;
	struct view *v = ui_code(u);
	struct text *t = v ? ui_text(u, v) : NULL;
	int line = t ? (int)text_line_of(t, v->cursor) + 1 : 0;
	const struct diag *next = NULL;
	bool passed = false;

	/* The first after the cursor in this file, else the first of another. */
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		bool here = v && strcmp(d->path, v->path) == 0;

		if (d->rank == DIAG_STYLE || !d->path[0] ||
		    (here && d->line <= line && !passed && !next))
			continue;
		if (!next || (here && d->line > line &&
			      (strcmp(next->path, v->path) != 0 || d->line < next->line)))
			next = d;
	}
	for (size_t i = 0; found && !next && i < diag_list_len(found); i++)
		if (diag_list_at(found, i)->rank != DIAG_STYLE && diag_list_at(found, i)->path[0])
			next = diag_list_at(found, i);
	if (!next)
		return err_set(err, ERR_NOT_FOUND, "no finding to go to");
	ui_say(u, "%s %s", next->code, next->text);
	return ui_open_at(u, next->path, next->line, next->col, err);
}
