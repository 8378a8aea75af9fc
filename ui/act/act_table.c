/* The screen's own rows of the command table, and what it does in place of
 * printing for those of both places: palette, menu, keys, help and the manual page
 * are made from the table. */
#include "config.h"

#include <stdint.h>

#include "session/workbench/workbench.h"
#include "ui/act/act.h"

#define ANY SIZE_MAX
#define REVIEW(name, args, least, most, fn, help)                                             \
	{                                                                                     \
		name, args, least, most, CMD_SCREEN | CMD_REVIEW, "in a review: " help, NULL, \
			act_##fn, NULL                                                        \
	}
#define ROW(name, args, least, most, fn, help)                                  \
	{                                                                       \
		name, args, least, most, CMD_SCREEN, help, NULL, act_##fn, NULL \
	}

const struct cmd screen_commands[] = {
	REVIEW("apply-taken", "", 0, 0, apply_taken,
	       "write what was taken, close what was refused"),
	REVIEW("ask-line", "[QUESTION]", 0, 1, ask_line, "ask the model about this line"),
	{ "bind", "[PLACE] KEY [COMMAND...]", 1, ANY, CMD_SCREEN | CMD_RC,
	  "run a command by a key; PLACE: any, edit, chat, log, review", NULL, act_bind, NULL },
	ROW("close", "", 0, 0, close, "close this file; its edits stay in the session"),
	ROW("comment", "", 0, 0, comment, "comment the selected lines out, or in again"),
	ROW("copy", "", 0, 0, copy, "copy the selection, or the line"),
	ROW("cut", "", 0, 0, cut, "cut the selection, or the line"),
	ROW("definition", "", 0, 0, definition, "go to where the name under the cursor is defined"),
	ROW("edit-outside", "", 0, 0, edit_outside, "edit this file in $EDITOR"),
	REVIEW("explain-line", "", 0, 0, explain_line, "let the model explain this line"),
	ROW("filter", "[WORD]", 0, 1, filter, "show only lines of the log that have a word"),
	ROW("find", "[PATTERN]", 0, 1, find, "find a regular expression in this file"),
	ROW("find-next", "", 0, 0, find_next, "go to the next match"),
	ROW("find-prev", "", 0, 0, find_prev, "go to the match before"),
	ROW("focus", "PANE", 1, 1, focus, "go to spec, chat, code or log (1 to 4)"),
	ROW("fold", "", 0, 0, fold, "show or hide what a model thought"),
	ROW("goto", "[LINE|FILE:LINE|MODULE]", 0, 1, goto, "go to a line, a place or a module"),
	ROW("grow", "[COLUMNS]", 0, 1, grow, "make this pane larger"),
	REVIEW("hardware", "", 0, 0, hardware, "show what changes as hardware"),
	ROW("interrupt", "", 0, 0, interrupt,
	    "copy the selection; else cancel what runs; else say how to quit"),
	ROW("leave-review", "", 0, 0, leave_review, "leave the review; decisions stay"),
	ROW("match", "", 0, 0, match, "go to the matching bracket, begin or end"),
	ROW("menu", "", 0, 0, menu, "one key more: panes, open, save, run, ..."),
	ROW("new-file", "PATH", 0, 1, new_file, "begin a new file"),
	REVIEW("next-change", "", 0, 0, next_change, "to the next line that changes"),
	ROW("next-finding", "", 0, 0, next_finding, "go to the next finding"),
	REVIEW("next-hunk", "", 0, 0, next_hunk, "to the next place"),
	REVIEW("next-suggestion", "", 0, 0, next_suggestion, "to the next file"),
	REVIEW("next-unread", "", 0, 0, next_unread,
	       "to the next line that has not been on the screen"),
	ROW("next-tab", "", 0, 0, next_tab, "to the next open file"),
	ROW("open", "[PATH]", 0, 1, open, "open a file: a list of files and modules to pick from"),
	ROW("overwrite", "PATH", 1, 1, overwrite, "save over a file that changed on disk"),
	ROW("palette", "", 0, 0, palette, "all commands, with a filter"),
	ROW("paste", "", 0, 0, paste, "insert what was cut or copied here"),
	REVIEW("prev-change", "", 0, 0, prev_change, "to the line before that changes"),
	REVIEW("prev-hunk", "", 0, 0, prev_hunk, "to the place before"),
	ROW("prev-tab", "", 0, 0, prev_tab, "to the open file before"),
	ROW("quit", "", 0, 0, quit, "leave posedge"),
	ROW("quit-now", "", 0, 0, quit_now, "leave; unsaved edits wait for the next start"),
	ROW("redo", "", 0, 0, redo, "do again what was undone"),
	ROW("redraw", "", 0, 0, redraw, "draw the whole screen again"),
	REVIEW("refuse", "", 0, 0, refuse, "refuse this line"),
	REVIEW("refuse-hunk", "", 0, 0, refuse_hunk, "refuse all of this place"),
	REVIEW("refuse-rest", "", 0, 0, refuse_rest, "refuse all that is undecided"),
	ROW("reload", "[PATH]", 0, 1, reload,
	    "take a file as it is on disk; undo brings back what was"),
	ROW("replace", "[PATTERN [WITH]]", 0, 2, replace, "find and replace, asking at each place"),
	ROW("replace-all", "PATTERN WITH", 2, 2, replace_all,
	    "replace in the selection, or the whole file"),
	ROW("replace-one", "PATTERN WITH", 2, 2, replace_one,
	    "replace the match at the cursor and go to the next"),
	ROW("resume", "[ID [MOMENT]]", 0, 2, resume,
	    "go on in another session, and rewind to a moment of it"),
	REVIEW("rewrite", "[LINE]", 0, 1, rewrite, "another line in place of the proposed one"),
	ROW("save", "", 0, 0, save, "save this file"),
	ROW("save-all", "[THEN]", 0, 1, save_all, "save all files; then run a command"),
	ROW("save-as", "PATH", 0, 1, save_as, "save this file under another name"),
	ROW("select-all", "", 0, 0, select_all, "select the whole file"),
	ROW("shrink", "[COLUMNS]", 0, 1, shrink, "make this pane smaller"),
	ROW("sim-unguarded", "[TESTBENCH]", 0, 1, sim_unguarded,
	    "the same where there is no sandbox: it could change all of your files"),
	REVIEW("smallest", "[TESTBENCH]", 0, 1, smallest,
	       "mark the fewest places with which the testbench passes"),
	REVIEW("split", "", 0, 0, split, "decide on the old and the new line one by one"),
	ROW("suspend", "", 0, 0, suspend, "back to the shell; fg returns"),
	REVIEW("take", "", 0, 0, take, "take this line"),
	REVIEW("take-hunk", "[sure]", 0, 1, take_hunk, "take all of this place"),
	REVIEW("take-rest", "[sure]", 0, 1, take_rest, "take all that is undecided"),
	REVIEW("thread", "", 0, 0, thread, "what was asked about this line, and answered"),
	ROW("tour", "", 0, 0, tour, "walk through the main job in five minutes"),
	REVIEW("undecide", "", 0, 0, undecide, "take back the decision on this line"),
	ROW("undo", "", 0, 0, undo, "undo the last edit"),
	ROW("zoom", "", 0, 0, zoom, "this pane alone, or all again"),
	{ NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL },
};

const struct cmd_screen on_screen[] = {
	{ "ask", ANY, NULL, act_ask },
	{ "context", 0, NULL, act_context },
	{ "fix", 0, NULL, act_fix },
	{ "fork", 2, NULL, act_fork },
	{ "help", 1, NULL, act_help },
	{ "instance", 1, NULL, act_instance },
	{ "lint", 0, NULL, act_lint },
	{ "log", 1, NULL, act_log_tab },
	{ "review", 1, "--git", act_review },
	{ "sim", 1, NULL, act_sim },
	{ "testbench", 1, NULL, act_testbench },
	{ NULL, 0, NULL, NULL },
};
