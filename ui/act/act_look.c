/* View commands: panes, menu, palette, help, keys; and leaving. */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/look/cluster.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/term.h"
#include "ui/widget/popup.h"

bool act_focus(struct ui *u, struct cmd_call *c, struct err *err)
{
	enum pane p;

	if (!pane_parse(c->argv[0], &p))
		return err_set(err, ERR_USAGE, "focus %s: spec, chat, code or log", c->argv[0]);
	ui_focus(u, p);
	return true;
}

bool act_context(struct ui *u, struct cmd_call *c, struct err *err)
{
	return ui_links(u)->open_pane(u, "context", err);
}

bool act_pane(struct ui *u, struct cmd_call *c, struct err *err)
{
	return ui_links(u)->open_pane(u, c->argv[0], err);
}

bool act_zoom(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_panes(u)->wish.zoom = !ui_panes(u)->wish.zoom;
	return true;
}

static bool resize(struct ui *u, const struct cmd_call *c, int by)
{
	if (c->argc && strcmp(c->argv[0], "columns") == 0)
		layout_widen(&ui_panes(u)->wish, by);
	else
		layout_grow(&ui_panes(u)->wish, &ui_panes(u)->layout, by);
	return true;
}

bool act_grow(struct ui *u, struct cmd_call *c, struct err *err)
{
	return resize(u, c, 6);
}

bool act_shrink(struct ui *u, struct cmd_call *c, struct err *err)
{
	return resize(u, c, -6);
}

/* Menu, palette, help ---------------------------------------------------------- */

bool act_menu(struct ui *u, struct cmd_call *c, struct err *err)
{
	static const struct {
		const char *key, *name, *command;
	} rows[] = {
		{ "1", "spec", "focus spec" }, { "2", "chat", "focus chat" },
		{ "3", "code", "focus code" }, { "4", "log", "focus log" },
		{ "z", "zoom", "zoom" },       { "o", "open", "open" },
		{ "s", "save", "save" },       { "r", "run", "sim" },
		{ "w", "waves", "wave" },      { "v", "review", "review" },
		{ "f", "fix", "fix" },	       { "c", "context", "context" },
		{ "b", "backend", "switch" },  { "m", "mark", "mark" },
		{ "p", "palette", "palette" }, { "h", "help", "help" },
		{ "q", "quit", "quit" },
	};
	popup_open(ui_popup(u), POPUP_MENU, "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		popup_add(ui_popup(u), rows[i].key, rows[i].name, rows[i].command);
	return true;
}

bool act_palette(struct ui *u, struct cmd_call *c, struct err *err)
{
	/* Commands that vi users type; without a row here, their letters would match another
	 * command. */
	static const struct {
		const char *typed, *command;
	} vi[] = {
		{ "w", "save" },	  { "wa", "save-all" }, { "wq", "save-all quit" },
		{ "x", "save-all quit" }, { "q", "quit" },	{ "qa", "quit" },
		{ "q!", "quit-now" },	  { "e", "open" },
	};
	const struct cmd_table *t = ui_workbench(u)->commands;

	popup_open(ui_popup(u), POPUP_PICKER, "command");
	ui_popup(u)->free_text = true;
	for (size_t i = 0; i < cmd_table_len(t); i++) {
		const struct cmd *x = cmd_table_at(t, i);
		const char *key = keymap_key_of(ui_keys(u)->keymap, x->name);
		struct str detail = STR_INIT;

		if (!(x->flags & (CMD_SCREEN | CMD_SHELL)))
			continue;
		str_addf(&detail, "%s%s%s%s%s", x->args, x->args[0] ? "  " : "", x->help,
			 key ? "  " : "", key ? key : "");
		popup_add(ui_popup(u), x->name, str_cstr(&detail), x->name);
		str_free(&detail);
	}
	for (size_t i = 0; i < sizeof(vi) / sizeof(*vi); i++)
		popup_add(ui_popup(u), vi[i].typed, vi[i].command, vi[i].command);
	popup_match(ui_popup(u));
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
		 "elsewhere. In a review: y takes a line, n refuses it, Y and N the whole hunk, "
		 "Enter applies; F5 simulates what you took so far, m marks the hunks it needs.\n"
		 "To select with the terminal itself, hold Shift, or `set mouse off`.\n\n");
}

/* Groups of the help, by where a command works. */
static const struct {
	const char *title, *lead; /* lead: prefix of each help text, already said by the title */
} help_groups[] = {
	{ "On the screen", "" },
	{ "In a review", "in a review: " },
	{ "In the waves", "in the waves: " },
	{ "Also on the command line", "" },
};

static size_t help_group(const struct cmd *x)
{
	if (x->flags & CMD_REVIEW)
		return 1;
	if (str_starts(x->name, "wave-"))
		return 2;
	return x->flags & CMD_SHELL ? 3 : 0;
}

static void help_commands(struct ui *u, size_t group, struct str *out)
{
	const struct cmd_table *t = ui_workbench(u)->commands;
	const char *lead = help_groups[group].lead;

	str_addf(out, "\n%s:\n", help_groups[group].title);
	for (size_t i = 0; i < cmd_table_len(t); i++) {
		const struct cmd *x = cmd_table_at(t, i);
		const char *key = keymap_key_of(ui_keys(u)->keymap, x->name);

		if (help_group(x) == group)
			str_addf(out, "%-16s %-12s %s\n", x->name, key ? key : "",
				 x->help + (str_starts(x->help, lead) ? strlen(lead) : 0));
	}
}

bool act_help(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct str text = STR_INIT;
	const struct cmd *one =
		c->argc ? cmd_find(ui_workbench(u)->commands, c->argv[0], err) : NULL;

	if (c->argc && !one)
		return false;
	if (one) {
		cmd_help(one, &text);
	} else {
		if (ui_words(u)->said.len &&
		    cluster_columns(ui_words(u)->said.data, ui_words(u)->said.len, 0) >
			    ui_drawing(u)->frame.cols - 2)
			str_addf(&text, "Said last: %s\n\n", str_cstr(&ui_words(u)->said));
		help_intro(&text);
		for (size_t i = 0; i < sizeof(help_groups) / sizeof(*help_groups); i++)
			help_commands(u, i, &text);
		str_adds(&text, "\nOptions (set NAME VALUE):\n");
		for (size_t i = 0; i < opt_count(); i++)
			str_addf(&text, "%-16s %-12s %s\n", opt_at(i)->name,
				 options_text(ui_workbench(u)->options, opt_at(i)),
				 opt_at(i)->help);
	}
	popup_text(ui_popup(u), "help", str_cstr(&text));
	str_free(&text);
	return true;
}

bool act_tour(struct ui *u, struct cmd_call *c, struct err *err)
{
	static const char text[] =
		"A tour in five minutes. Each step: Esc closes this page, `tour` (Ctrl-O p) "
		"shows it again.\n\n"
		"1. Go to the chat: Ctrl-O 2. Type: an 8-bit up counter with enable, and "
		"a testbench. Enter sends it. The answer streams in; what it proposes waits.\n"
		"2. Review: F8, or Ctrl-O v. y takes a line, n refuses it; Y and N are for the "
		"whole hunk. Enter writes what you took. Nothing else ever reaches your files.\n"
		"3. Go to the code: Ctrl-O 3. Type something wrong: a moment later the gutter "
		"and the log show what Verilator says. Ctrl-N goes to the next finding; "
		"Ctrl-Z undoes.\n"
		"4. Run: F5, or Ctrl-O r. The verdict says how many checks ran.\n"
		"5. Waves: F6, or Ctrl-O w. GTKWave opens with the signals laid out; after the "
		"next run it reloads. Without a display they are in the log's wave tab: z fills "
		"the screen, ? tells the keys.\n"
		"6. When it fails: Ctrl-O f sends the failing cycles and brings a suggestion "
		"back.\n"
		"7. Ctrl-Q leaves. Start again: all is as it was.\n";

	popup_text(ui_popup(u), "tour", text);
	return true;
}

bool act_log_tab(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (c->argc && !log_tab_parse(c->argv[0], &ui_logs(u)->tab))
		return err_set(err, ERR_USAGE, "log %s: lint, sim, wave, trace or history",
			       c->argv[0]);
	ui_focus(u, PANE_LOG);
	ui_show_log(u, ui_logs(u)->tab);
	return true;
}

bool act_filter(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct log_list *l;

	l = ui_log(u);
	if (c->argc)
		log_list_filter(ui_log(u), c->argv[0]);
	else
		popup_offer(ui_popup(u), "only lines with:", "filter", l->filter ? l->filter : "");
	return true;
}

bool act_fold(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_chat(u)->place.unfolded = !ui_chat(u)->place.unfolded;
	ui_say(u, "the model's reasoning is %s in the chat",
	       ui_chat(u)->place.unfolded ? "shown" : "folded");
	return true;
}

bool act_redraw(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_term(u)->ops->forget(ui_term(u));
	return true;
}

/* Keys and options --------------------------------------------------------------- */

bool act_bind(struct ui *u, struct cmd_call *c, struct err *err)
{
	enum place place = PLACE_ANY;
	struct str command = STR_INIT;
	size_t i = keymap_place(c->argv[0], &place) ? 1 : 0;
	bool ok;

	if (i >= c->argc)
		return err_set(err, ERR_USAGE, "bind: usage: bind [PLACE] KEY [COMMAND...]");
	for (size_t k = i + 1; k < c->argc; k++)
		str_addf(&command, "%s%s", k > i + 1 ? " " : "", c->argv[k]);
	ok = keymap_bind(ui_keys(u)->keymap, place, c->argv[i], str_cstr(&command), err);
	if (ok && c->source[0] == '\0')
		ui_say(u, "%s %s%s until posedge ends; the same line in a posedgerc keeps it",
		       c->argv[i], command.len ? "runs " : "is as it is without a binding",
		       str_cstr(&command));
	str_free(&command);
	return ok;
}

/* Leaving ---------------------------------------------------------------------------- */

bool act_quit(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct strv unsaved = STRV_INIT;
	struct str title = STR_INIT;

	if (ui_jobs(u)->job[JOB_DO].task) {
		ui_jobs(u)->quit_then = true;
		return true;
	}
	ui_unsaved(u, &unsaved);
	if (unsaved.n == 0) {
		ui_leaving(u)->quit = true;
	} else {
		str_adds(&title, "unsaved:");
		for (size_t i = 0; i < unsaved.n; i++)
			str_addf(&title, " %s", unsaved.v[i]);
		popup_open(ui_popup(u), POPUP_CHOICE, str_cstr(&title));
		popup_add(ui_popup(u), "s", "save all", "save-all quit");
		popup_add(ui_popup(u), "k", "keep unsaved for next time", "quit-now");
	}
	str_free(&title);
	strv_free(&unsaved);
	return true;
}

bool act_quit_now(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_leaving(u)->quit = true;
	return true;
}

bool act_suspend(struct ui *u, struct cmd_call *c, struct err *err)
{
	ui_term(u)->ops->leave(ui_term(u));
	kill(0, SIGSTOP); /* the whole process group, as Ctrl-Z does */
	if (!ui_drawing(u)->outside)
		ui_term(u)->ops->enter(ui_term(u));
	ui_disk(u)->looked_ms = 0; /* much may have changed meanwhile */
	return true;
}

bool act_interrupt(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct view *v = ui_view(u);
	size_t from = 0, to = 0;

	if (v)
		view_selection(v, &from, &to);
	if (to > from)
		return act_copy(u, c, err);
	if (ui_cancel_job(u))
		ui_say(u, "cancelling ...");
	else if (ui_focused(u) == PANE_CHAT && ui_chat(u)->question.text.len)
		line_edit_set(&ui_chat(u)->question, "");
	else
		ui_say(u, "nothing runs; Ctrl-Q leaves posedge");
	return true;
}
