/* The screen's rows of the command table: palette, menu, keys, help and the
 * manual page are made from it. */
#include "config.h"

#include <stdint.h>

#include "session/workbench/workbench.h"
#include "ui/act.h"

#define ANY SIZE_MAX
#define ROW(name, args, least, most, fn, help) { name, args, least, most, CMD_SCREEN, help, NULL, act_##fn, NULL }

static const struct cmd_opt review_opts[] = {
	{ "--git", NULL, "what differs from REV (HEAD) in the working tree" },
	{ NULL, NULL, NULL },
};

const struct cmd screen_commands[] = {
	ROW("apply-taken", "", 0, 0, apply_taken, "in a review: write what was taken, close what was refused"),
	ROW("ask", "QUESTION...", 1, ANY, ask, "ask the backend; the answer comes in the chat"),
	ROW("ask-line", "[QUESTION]", 0, 1, ask_line, "in a review: ask the model about this line"),
	{ "bind", "[PLACE] KEY [COMMAND...]", 1, ANY, CMD_SCREEN | CMD_RC,
	  "run a command by a key; PLACE: any, edit, chat, log, review", NULL, act_bind, NULL },
	ROW("close", "", 0, 0, close, "close this file; its edits stay in the session"),
	ROW("comment", "", 0, 0, comment, "comment the selected lines out, or in again"),
	ROW("copy", "", 0, 0, copy, "copy the selection, or the line"),
	ROW("cut", "", 0, 0, cut, "cut the selection, or the line"),
	ROW("definition", "", 0, 0, definition, "go to where the name under the cursor is defined"),
	ROW("edit-outside", "", 0, 0, edit_outside, "edit this file in $EDITOR"),
	ROW("explain-line", "", 0, 0, explain_line, "in a review: let the model explain this line"),
	ROW("filter", "[WORD]", 0, 1, filter, "show only lines of the log that have a word"),
	ROW("find", "[PATTERN]", 0, 1, find, "find a regular expression in this file"),
	ROW("find-next", "", 0, 0, find_next, "go to the next match"),
	ROW("find-prev", "", 0, 0, find_prev, "go to the match before"),
	ROW("fix", "", 0, 0, fix, "send the findings, or the failing cycles; the answer is a suggestion"),
	ROW("focus", "PANE", 1, 1, focus, "go to spec, chat, code or log (1 to 4)"),
	ROW("fold", "", 0, 0, fold, "show or hide what a model thought"),
	ROW("fork", "[MOMENT [here|then]]", 0, 2, fork, "begin a new session from an event or mark of this one, or from its end"),
	ROW("goto", "[LINE|FILE:LINE|MODULE]", 0, 1, goto, "go to a line, a place or a module"),
	ROW("grow", "[COLUMNS]", 0, 1, grow, "make this pane larger"),
	ROW("hardware", "", 0, 0, hardware, "in a review: show what changes as hardware"),
	ROW("help", "[COMMAND]", 0, 1, help, "explain a command, or list them all"),
	ROW("instance", "MODULE", 0, 1, instance, "suggest an instance of a module at the cursor"),
	ROW("interrupt", "", 0, 0, interrupt, "copy the selection; else cancel what runs; else say how to quit"),
	ROW("leave-review", "", 0, 0, leave_review, "leave the review; decisions stay"),
	ROW("lint", "", 0, 0, lint, "check the design as it is on the screen"),
	ROW("log", "[TAB]", 0, 1, log_tab, "show lint, sim, wave, trace or history"),
	ROW("match", "", 0, 0, match, "go to the matching bracket, begin or end"),
	ROW("menu", "", 0, 0, menu, "one key more: panes, open, save, run, ..."),
	ROW("new-file", "PATH", 0, 1, new_file, "begin a new file"),
	ROW("next-change", "", 0, 0, next_change, "in a review: to the next line that changes"),
	ROW("next-finding", "", 0, 0, next_finding, "go to the next finding"),
	ROW("next-hunk", "", 0, 0, next_hunk, "in a review: to the next place"),
	ROW("next-suggestion", "", 0, 0, next_suggestion, "in a review: to the next file"),
	ROW("next-unread", "", 0, 0, next_unread, "in a review: to the next line that has not been on the screen"),
	ROW("next-tab", "", 0, 0, next_tab, "to the next open file"),
	ROW("open", "[PATH]", 0, 1, open, "open a file: a list of files and modules to pick from"),
	ROW("overwrite", "PATH", 1, 1, overwrite, "save over a file that changed on disk"),
	ROW("palette", "", 0, 0, palette, "all commands, with a filter"),
	ROW("paste", "", 0, 0, paste, "insert what was cut or copied here"),
	ROW("prev-change", "", 0, 0, prev_change, "in a review: to the line before that changes"),
	ROW("prev-hunk", "", 0, 0, prev_hunk, "in a review: to the place before"),
	ROW("prev-tab", "", 0, 0, prev_tab, "to the open file before"),
	ROW("quit", "", 0, 0, quit, "leave posedge"),
	ROW("quit-now", "", 0, 0, quit_now, "leave; unsaved edits wait for the next start"),
	ROW("redo", "", 0, 0, redo, "do again what was undone"),
	ROW("redraw", "", 0, 0, redraw, "draw the whole screen again"),
	ROW("refuse", "", 0, 0, refuse, "in a review: refuse this line"),
	ROW("refuse-hunk", "", 0, 0, refuse_hunk, "in a review: refuse all of this place"),
	ROW("refuse-rest", "", 0, 0, refuse_rest, "in a review: refuse all that is undecided"),
	ROW("reload", "[PATH]", 0, 1, reload, "take a file as it is on disk; undo brings back what was"),
	ROW("replace", "[PATTERN [WITH]]", 0, 2, replace, "find and replace, asking at each place"),
	ROW("replace-all", "PATTERN WITH", 2, 2, replace_all, "replace in the selection, or the whole file"),
	ROW("replace-one", "PATTERN WITH", 2, 2, replace_one, "replace the match at the cursor and go to the next"),
	{ "review", "[REV]", 0, 1, CMD_SCREEN,
	  "decide on what the model proposes, or, with --git, on what changed since REV (HEAD)", review_opts, act_review, NULL },
	ROW("rewrite", "[LINE]", 0, 1, rewrite, "in a review: another line in place of the proposed one"),
	ROW("save", "", 0, 0, save, "save this file"),
	ROW("save-all", "[THEN]", 0, 1, save_all, "save all files; then run a command"),
	ROW("save-as", "PATH", 0, 1, save_as, "save this file under another name"),
	ROW("select-all", "", 0, 0, select_all, "select the whole file"),
	ROW("session", "[ID [MOMENT]]", 0, 2, session, "go on in another session, and rewind to a moment of it"),
	ROW("shrink", "[COLUMNS]", 0, 1, shrink, "make this pane smaller"),
	ROW("sim", "[TESTBENCH]", 0, 1, sim, "build and run a testbench with the texts on the screen"),
	ROW("smallest", "[TESTBENCH]", 0, 1, smallest, "in a review: mark the fewest places with which the testbench passes"),
	ROW("split", "", 0, 0, split, "in a review: decide on the old and the new line one by one"),
	ROW("suspend", "", 0, 0, suspend, "back to the shell; fg returns"),
	ROW("take", "", 0, 0, take, "in a review: take this line"),
	ROW("take-hunk", "[sure]", 0, 1, take_hunk, "in a review: take all of this place"),
	ROW("take-rest", "[sure]", 0, 1, take_rest, "in a review: take all that is undecided"),
	ROW("testbench", "MODULE", 0, 1, testbench, "suggest a testbench for a module"),
	ROW("thread", "", 0, 0, thread, "in a review: what was asked about this line, and answered"),
	ROW("tour", "", 0, 0, tour, "walk through the main job in five minutes"),
	ROW("undecide", "", 0, 0, undecide, "in a review: take back the decision on this line"),
	ROW("undo", "", 0, 0, undo, "undo the last edit"),
	ROW("waves", "", 0, 0, waves, "open the last waves in GTKWave, or reload them there"),
	ROW("zoom", "", 0, 0, zoom, "this pane alone, or all again"),
	{ NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL },
};

struct ui *act_ui(const struct cmd_call *c, struct err *err)
{
	if (!c->w->screen)
		err_set(err, ERR_USAGE, "%s works on the screen: start posedge in a terminal without a command", c->cmd->name);
	return c->w->screen;
}

struct view *act_view(struct ui *u, struct text **t, struct err *err)
{
	struct view *v = ui_view(u);

	if (!v)
		v = ui_code(u);
	*t = v ? ui_text(u, v) : NULL;
	if (!*t) {
		err_set(err, ERR_USAGE, "no file is open here");
		return NULL;
	}
	return v;
}
