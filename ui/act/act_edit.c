/* Editing commands: undo, clipboard, comments. */
#include "config.h"

#include <stdlib.h>

#include "session/base/base64.h"
#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/moved.h"
#include "session/journal/state.h"
#include "session/text/text.h"
#include "session/turn/call_words.h"
#include "ui/act/act.h"
#include "ui/document/editor.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"

/* Terminals take at most about 100 KB by OSC 52. */
#define OSC52_MAX 74000

/* If undo renamed the file back, shows it under that name. */
static bool follow_name(struct ui *u, const struct doc *d, uint32_t before, struct err *err)
{
	const struct state *st = ui_state(u);
	const struct doc *other = moved_partner(st, d, before, NULL);
	char *path, *was;
	bool ok;

	other = other ? other : moved_partner(st, d, d->current, NULL);
	if (!other || !moved_no_file(st, d))
		return true;
	path = mem_strdup(other->path);
	was = mem_strdup(d->path);
	ui_drop_tab(u, was);
	ok = ui_open(u, path, true, err);
	if (ok)
		ui_say(u, "now called %s, not %s; saving renames it on disk", path, was);
	free(path);
	free(was);
	return ok;
}

/* Names the open documents that the same undo step changes. */
static void others_of(const struct ui *u, const struct doc *d, struct str *names)
{
	const struct state *st = ui_state(u);

	for (size_t i = 0; i < st->n_docs; i++)
		if (st->docs[i] != d && st->docs[i]->open &&
		    edit_same_step(ui_session(u), d, st->docs[i]))
			str_addf(names, "%s%s", names->len ? ", " : "", st->docs[i]->path);
}

static bool travel(struct ui *u, bool (*way)(struct session *, struct view *, struct err *),
		   struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	const struct doc *d = v ? ui_doc(u, v) : NULL;
	struct str others = STR_INIT;
	uint32_t before = d ? d->current : 0;
	bool ok;

	if (d && way == editor_undo)
		others_of(u, d, &others);
	ok = d && way(ui_session(u), v, err);
	if (ok && others.len)
		ui_say(u, "undone in %s and, applied with it, in %s", d->path, str_cstr(&others));
	str_free(&others);
	return ok && follow_name(u, d, before, err);
}

bool act_undo(struct ui *u, struct cmd_call *c, struct err *err)
{
	return travel(u, editor_undo, err);
}

bool act_redo(struct ui *u, struct cmd_call *c, struct err *err)
{
	return travel(u, editor_redo, err);
}

void act_copy_out(struct ui *u)
{
	struct ui_edits *edits = ui_edits(u);
	struct str out = STR_INIT;

	if (edits->clipboard.len <= OSC52_MAX) {
		str_adds(&out, "\033]52;c;");
		base64_encode(str_cstr(&edits->clipboard), edits->clipboard.len, &out);
		str_adds(&out, "\a");
		ui_term(u)->ops->send(ui_term(u), out.data, out.len);
		str_free(&out);
		ui_say(u,
		       "copied %zu byte%s: Ctrl-V inserts them; the terminal's clipboard has them "
		       "if it allows that",
		       edits->clipboard.len, count_s(edits->clipboard.len));
	} else {
		ui_say(u, "copied %zu bytes for Ctrl-V; too many for the terminal's clipboard",
		       edits->clipboard.len);
	}
}

/* Where there is nothing, in an empty last line, what was copied before stays. */
static bool take(struct ui *u, bool cut, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	struct str taken = STR_INIT;
	bool ok = v != NULL;

	if (ok && cut)
		ok = editor_cut(ui_session(u), v, &taken, err);
	else if (ok)
		editor_copy(v, t, &taken);
	if (ok && taken.len == 0)
		ok = err_set(err, ERR_USAGE, "there is nothing to %s here", cut ? "cut" : "copy");
	if (!ok) {
		str_free(&taken);
		return false;
	}
	str_free(&ui_edits(u)->clipboard);
	ui_edits(u)->clipboard = taken;
	act_copy_out(u);
	return true;
}

bool act_copy(struct ui *u, struct cmd_call *c, struct err *err)
{
	return take(u, false, err);
}

bool act_copy_answer(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct state *s = ui_state(u);
	struct str words = STR_INIT;

	for (size_t i = s->n_chat; i > 0 && words.len == 0; i--)
		if (!chat_hides(&ui_chat(u)->place, s, s->chat[i - 1]))
			call_words(s->chat[i - 1], &words);
	if (words.len == 0)
		return err_set(err, ERR_NOT_FOUND, "there is no answer yet");
	str_free(&ui_edits(u)->clipboard);
	ui_edits(u)->clipboard = words;
	act_copy_out(u);
	return true;
}

bool act_cut(struct ui *u, struct cmd_call *c, struct err *err)
{
	return take(u, true, err);
}

bool act_paste(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v;

	if (ui_edits(u)->clipboard.len == 0)
		return err_set(err, ERR_USAGE, "nothing was cut or copied yet");
	if (ui_focused(u) == PANE_CHAT) {
		return line_edit_insert(&ui_chat(u)->question, str_cstr(&ui_edits(u)->clipboard),
					ui_edits(u)->clipboard.len) ||
		       err_set(err, ERR_LIMIT,
			       "paste: %zu KB are on the clipboard, the limit of a question is %u",
			       ui_edits(u)->clipboard.len >> 10, LINE_EDIT_MAX >> 10);
	}
	v = act_view(u, &t, err);
	return v && editor_type(ui_session(u), v, str_cstr(&ui_edits(u)->clipboard),
				ui_edits(u)->clipboard.len, err);
}

bool act_select_all(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);

	if (v)
		view_select(v, 0, text_len(t));
	return v != NULL;
}

bool act_comment(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);

	return v && editor_comment(ui_session(u), v, err);
}

bool act_match(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	size_t from, to;

	if (!v)
		return false;
	if (!editor_match(t, v->cursor, &from, &to))
		return err_set(err, ERR_NOT_FOUND,
			       "no bracket, begin or end here that has a partner");
	view_move(v, t, from, false);
	return true;
}
