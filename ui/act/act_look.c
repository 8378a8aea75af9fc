/* Looking: panes, menu, palette, help, keys; and leaving. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/task.h"
#include "session/option/opt.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/look/cluster.h"
#include "ui/terminal/term.h"

bool act_focus(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	enum pane p;

	if (!u)
		return false;
	if (!pane_parse(c->argv[0], &p))
		return err_set(err, ERR_USAGE, "focus %s: spec, chat, code or log", c->argv[0]);
	u->wish.focus = p;
	if (p != PANE_CODE)
		u->wish.lower = p;
	return true;
}

bool act_zoom(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (u)
		u->wish.zoom = !u->wish.zoom;
	return u != NULL;
}

static int *share_of(struct ui *u)
{
	switch (u->wish.focus) {
	case PANE_SPEC: return u->layout.divider >= 0 ? &u->wish.upper_left : &u->wish.upper_right;
	case PANE_CHAT: return u->layout.divider >= 0 ? &u->wish.upper_left : &u->wish.upper_right;
	default: return &u->wish.upper_right;
	}
}

/* The upper pane grows by a larger share, the lower by a smaller one. */
static bool resize(struct cmd_call *c, int by, struct err *err)
{
	struct ui *u = act_ui(c, err);
	bool columns = c->argc && strcmp(c->argv[0], "columns") == 0, upper;
	int *share;

	if (!u)
		return false;
	if (columns) {
		int left = u->wish.left ? u->wish.left : 38;

		by *= u->wish.focus == PANE_SPEC || u->wish.focus == PANE_CHAT ? 1 : -1;
		u->wish.left = left + by < 15 ? 15 : left + by > 70 ? 70 : left + by;
		return true;
	}
	share = share_of(u);
	upper = u->wish.focus == PANE_CODE || (u->wish.focus == PANE_SPEC && u->layout.divider >= 0);
	if (*share == 0)
		*share = share == &u->wish.upper_left ? 35 : 68;
	*share += upper ? by : -by;
	*share = *share < 10 ? 10 : *share > 90 ? 90 : *share;
	return true;
}

bool act_grow(struct cmd_call *c, struct err *err)
{
	return resize(c, 6, err);
}

bool act_shrink(struct cmd_call *c, struct err *err)
{
	return resize(c, -6, err);
}

/* Menu, palette, help ---------------------------------------------------------- */

bool act_menu(struct cmd_call *c, struct err *err)
{
	static const struct { const char *key, *name, *command; } rows[] = {
		{ "1", "spec", "focus spec" }, { "2", "chat", "focus chat" }, { "3", "code", "focus code" },
		{ "4", "log", "focus log" },   { "z", "zoom", "zoom" },	      { "o", "open", "open" },
		{ "s", "save", "save" },       { "r", "run", "sim" },	      { "w", "waves", "waves" },
		{ "v", "review", "review" },   { "f", "fix", "fix" },	      { "m", "mark", "mark" },
		{ "p", "palette", "palette" }, { "h", "help", "help" },	      { "q", "quit", "quit" },
	};
	struct ui *u = act_ui(c, err);

	if (!u)
		return false;
	popup_open(&u->popup, POPUP_MENU, "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		popup_add(&u->popup, rows[i].key, rows[i].name, rows[i].command);
	return true;
}

bool act_palette(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	const struct cmd_table *t = u ? u->w->commands : NULL;

	if (!u)
		return false;
	popup_open(&u->popup, POPUP_PICKER, "command");
	u->popup.free_text = true;
	for (size_t i = 0; i < cmd_table_len(t); i++) {
		const struct cmd *x = cmd_table_at(t, i);
		const char *key = keymap_key_of(u->keymap, x->name);
		struct str detail = STR_INIT;

		if (!(x->flags & (CMD_SCREEN | CMD_SHELL)))
			continue;
		str_addf(&detail, "%s%s%s%s%s", x->args, x->args[0] ? "  " : "", x->help, key ? "  " : "", key ? key : "");
		popup_add(&u->popup, x->name, str_cstr(&detail), x->name);
		str_free(&detail);
	}
	popup_match(&u->popup);
	return true;
}

static void help_intro(struct str *out)
{
	str_adds(out,
		 "posedge: write what you want in the spec, ask in the chat, decide on each "
		 "change in the code, run it, look at the waves. All of it is recorded.\n\n"
		 "Every command works from the menu (Ctrl-O) or the palette (Ctrl-O p), without "
		 "F-keys, Alt or mouse.\n\n"
		 "In the chat: Enter sends, Ctrl-N begins a new line, Up brings back what was "
		 "asked, PageUp scrolls, /name runs a command, @file:10-40, @lint and @sim go "
		 "along.\n"
		 "In the code: Shift and arrows select; Ctrl-Z, Ctrl-X, Ctrl-C, Ctrl-V, Ctrl-F as "
		 "elsewhere. In a review: y takes a line, n refuses it, Y and N the whole place, "
		 "Enter applies; F5 simulates what you took so far, m marks the places it needs.\n"
		 "To select with the terminal itself, hold Shift, or `set mouse off`.\n\n");
}

bool act_help(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct str text = STR_INIT;
	const struct cmd *one = u && c->argc ? cmd_find(u->w->commands, c->argv[0], err) : NULL;

	if (!u || (c->argc && !one))
		return false;
	if (one) {
		cmd_help(one, &text);
	} else {
		if (u->said.len && cluster_columns(u->said.data, u->said.len, 0, 0) > u->frame.cols - 2)
			str_addf(&text, "Said last: %s\n\n", str_cstr(&u->said));
		help_intro(&text);
		for (size_t i = 0; i < cmd_table_len(u->w->commands); i++) {
			const struct cmd *x = cmd_table_at(u->w->commands, i);
			const char *key = keymap_key_of(u->keymap, x->name);

			str_addf(&text, "%-16s %-12s %s\n", x->name, key ? key : "", x->help);
		}
		str_adds(&text, "\nOptions (set NAME VALUE):\n");
		for (size_t i = 0; i < opt_count(); i++)
			str_addf(&text, "%-16s %-12s %s\n", opt_at(i)->name, options_text(u->w->options, opt_at(i)),
				 opt_at(i)->help);
	}
	popup_text(&u->popup, "help", str_cstr(&text));
	str_free(&text);
	return true;
}

bool act_tour(struct cmd_call *c, struct err *err)
{
	static const char text[] =
		"A tour in five minutes. Each step: Esc closes this page, `tour` (Ctrl-O p) "
		"shows it again.\n\n"
		"1. Go to the chat: Ctrl-O 2. Type: make the counter 8 bits wide, with a "
		"testbench. Enter sends it. The answer streams in; what it proposes waits.\n"
		"2. Review: F8, or Ctrl-O v. y takes a line, n refuses it; Y and N are for the "
		"whole place. Enter writes what you took. Nothing else ever reaches your files.\n"
		"3. Go to the code: Ctrl-O 3. Type something wrong: a moment later the gutter "
		"and the log show what Verilator says. Ctrl-N goes to the next finding; "
		"Ctrl-Z undoes.\n"
		"4. Run: F5, or Ctrl-O r. The verdict says how many checks ran.\n"
		"5. Waves: F6, or Ctrl-O w. GTKWave opens with the signals laid out; after the "
		"next run it reloads.\n"
		"6. When it fails: Ctrl-O f sends the failing cycles and brings a suggestion "
		"back.\n"
		"7. Ctrl-Q leaves. Start again: all is as it was.\n";
	struct ui *u = act_ui(c, err);

	if (u)
		popup_text(&u->popup, "tour", text);
	return u != NULL;
}

bool act_log_tab(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (!u)
		return false;
	if (c->argc && !log_tab_parse(c->argv[0], &u->log_tab))
		return err_set(err, ERR_USAGE, "log %s: lint, sim, wave, trace or history", c->argv[0]);
	u->wish.focus = u->wish.lower = PANE_LOG;
	if (u->log_tab == LOG_HISTORY)
		ui_log_history(u);
	return true;
}

bool act_filter(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	const struct log_list *l;

	if (!u)
		return false;
	l = &u->log[u->log_tab];
	if (c->argc)
		log_list_filter(&u->log[u->log_tab], c->argv[0]);
	else
		popup_prompt(&u->popup, "only lines with:", "filter", l->filter ? l->filter : "");
	return true;
}

bool act_fold(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (!u)
		return false;
	u->chat.unfolded = !u->chat.unfolded;
	ui_say(u, "what a model thought is %s in the chat", u->chat.unfolded ? "shown" : "folded");
	return true;
}

bool act_redraw(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (u)
		u->term->ops->forget(u->term);
	return u != NULL;
}

/* Keys and options --------------------------------------------------------------- */

/* From an rc file without a screen (a single command) there is nothing to do. */
bool act_bind(struct cmd_call *c, struct err *err)
{
	struct ui *u = c->w->screen;
	enum place place = PLACE_ANY;
	struct str command = STR_INIT;
	size_t i = keymap_place(c->argv[0], &place) ? 1 : 0;
	bool ok;

	if (!u)
		return true;
	if (i >= c->argc)
		return err_set(err, ERR_USAGE, "bind: usage: bind [PLACE] KEY [COMMAND...]");
	for (size_t k = i + 1; k < c->argc; k++)
		str_addf(&command, "%s%s", k > i + 1 ? " " : "", c->argv[k]);
	ok = keymap_bind(u->keymap, place, c->argv[i], str_cstr(&command), err);
	if (ok && c->source[0] == '\0')
		ui_say(u, "%s %s%s until posedge ends; the same line in a posedgerc keeps it", c->argv[i],
		       command.len ? "runs " : "is as it is without a binding", str_cstr(&command));
	str_free(&command);
	return ok;
}

/* Leaving ---------------------------------------------------------------------------- */

bool act_quit(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct strv unsaved = STRV_INIT;
	struct str title = STR_INIT;

	if (!u)
		return false;
	if (u->job[JOB_DO].task) {
		u->quit_then = true;
		return true;
	}
	ui_unsaved(u, &unsaved);
	if (unsaved.n == 0) {
		u->quit = true;
	} else {
		str_adds(&title, "unsaved:");
		for (size_t i = 0; i < unsaved.n; i++)
			str_addf(&title, " %s", unsaved.v[i]);
		popup_open(&u->popup, POPUP_CHOICE, str_cstr(&title));
		popup_add(&u->popup, "s", "save all", "save-all quit");
		popup_add(&u->popup, "k", "keep unsaved for next time", "quit-now");
	}
	str_free(&title);
	strv_free(&unsaved);
	return true;
}

bool act_quit_now(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (u)
		u->quit = true;
	return u != NULL;
}

bool act_suspend(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (!u)
		return false;
	u->term->ops->leave(u->term);
	kill(0, SIGSTOP);	/* the whole job, as Ctrl-Z does in a shell */
	if (!u->outside)
		u->term->ops->enter(u->term);
	u->looked_ms = 0;	/* much may have happened meanwhile */
	return true;
}

bool act_interrupt(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct view *v = u ? ui_view(u) : NULL;
	size_t from = 0, to = 0;

	if (!u)
		return false;
	if (v)
		view_selection(v, &from, &to);
	if (to > from)
		return act_copy(c, err);
	if (ui_cancel_job(u))
		ui_say(u, "cancelling ...");
	else if (u->wish.focus == PANE_CHAT && u->question.text.len)
		line_edit_set(&u->question, "");
	else
		ui_say(u, "nothing runs; Ctrl-Q leaves posedge");
	return true;
}
