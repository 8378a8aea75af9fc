/* The screen's own rows of the command table, and what it does in place of
 * printing for those of both places: palette, menu, keys, help and the manual page
 * are made from the table. */
#include "config.h"

#include <stdint.h>

#include "session/workbench/workbench.h"
#include "ui/act/act.h"

#define ANY SIZE_MAX
#define ROW(name, args, least, most, fn, help)                                            \
	{                                                                                 \
		{ name, args, least, most, CMD_SCREEN, help, NULL, NULL, NULL }, act_##fn \
	}
#define REVIEW(name, args, least, most, fn, help)                                         \
	{                                                                                 \
		{ name, args, least, most, CMD_SCREEN | CMD_REVIEW, "in a review: " help, \
		  NULL, NULL, NULL },                                                     \
			act_##fn                                                          \
	}

static const struct act_own own[] = {
	REVIEW("apply-taken", "", 0, 0, apply_taken,
	       "write what was taken, close what was refused"),
	REVIEW("ask-line", "[QUESTION]", 0, 1, ask_line, "ask the model about this line"),
	{ { "bind", "[PLACE] KEY [COMMAND...]", 1, ANY, CMD_SCREEN | CMD_RC,
	    "run a command by a key; PLACE: any, edit, chat, log, review, wave", NULL, NULL, NULL },
	  act_bind },
	ROW("carry-out", "", 0, 0, plan, "make the last answer the next question, to be changed"),
	ROW("close", "", 0, 0, close, "close this file; its edits stay in the session"),
	ROW("comment", "", 0, 0, comment, "comment the selected lines out, or in again"),
	ROW("copy", "", 0, 0, copy, "copy the selection, or the line"),
	ROW("cut", "", 0, 0, cut, "cut the selection, or the line"),
	ROW("definition", "", 0, 0, definition, "go to where the name under the cursor is defined"),
	ROW("edit-outside", "", 0, 0, edit_outside, "edit this file in $EDITOR"),
	REVIEW("explain-line", "", 0, 0, explain_line, "let the model explain this line"),
	ROW("filter", "[WORD]", 0, 1, filter, "show only lines of the log that have a word"),
	ROW("find-next", "", 0, 0, find_next, "go to the next match"),
	ROW("find-prev", "", 0, 0, find_prev, "go to the match before"),
	ROW("focus", "PANE", 1, 1, focus, "go to spec, chat, code or log (1 to 4)"),
	ROW("fold", "", 0, 0, fold, "show or hide what a model thought"),
	ROW("goto", "[LINE|FILE:LINE|MODULE]", 0, 1, goto, "go to a line, a place or a module"),
	ROW("grow", "[COLUMNS]", 0, 1, grow, "make this pane larger"),
	REVIEW("equivalent", "", 0, 0, equivalent,
	       "prove with yosys that what would be written does what the file does"),
	REVIEW("hardware", "", 0, 0, hardware, "show what changes as hardware"),
	ROW("interrupt", "", 0, 0, interrupt,
	    "copy the selection; else cancel what runs; else say how to quit"),
	ROW("leave-review", "", 0, 0, leave_review, "leave the review; decisions stay"),
	ROW("log-why", "", 0, 0, log_why,
	    "in the log: what drove the signals of the failing check, at this line's time"),
	ROW("match", "", 0, 0, match, "go to the matching bracket, begin or end"),
	ROW("menu", "", 0, 0, menu, "one key more: panes, open, save, run, ..."),
	ROW("new-file", "PATH", 0, 1, new_file, "begin a new file"),
	ROW("mode", "[MODE]", 0, 1, mode,
	    "ask, assist or read: which tools a model gets; the next one without a word"),
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
	ROW("pane", "NAME", 1, 1, pane, "a plugin's pane, in the place of the code"),
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
	ROW("steer", "[TEXT]", 0, 1, steer,
	    "say what waits to the model that works, now rather than next"),
	ROW("suspend", "", 0, 0, suspend, "back to the shell; fg returns"),
	ROW("switch", "[BACKEND]", 0, 1, switch,
	    "ask another backend from now on: a list with models, prices and how they did"),
	REVIEW("take", "", 0, 0, take, "take this line"),
	REVIEW("take-hunk", "[sure]", 0, 1, take_hunk, "take all of this place"),
	REVIEW("take-rest", "[sure]", 0, 1, take_rest, "take all that is undecided"),
	REVIEW("thread", "", 0, 0, thread, "what was asked about this line, and answered"),
	ROW("tour", "", 0, 0, tour, "walk through the main job in five minutes"),
	REVIEW("undecide", "", 0, 0, undecide, "take back the decision on this line"),
	ROW("undo", "", 0, 0, undo, "undo the last edit"),
	ROW("unqueue", "", 0, 0, unqueue, "put what waits to be asked back into the line"),
	ROW("wave-add", "[NAME]", 0, 1, wave_add,
	    "add a signal to the waves: the one under the cursor, or from a list"),
	ROW("wave-analog", "", 0, 0, wave_analog,
	    "in the waves: a curve of steps, or values again"),
	ROW("wave-copy", "", 0, 0, wave_copy, "copy the waves in sight as a table"),
	ROW("wave-declaration", "", 0, 0, wave_declaration,
	    "in the waves: go to where the signal is declared"),
	ROW("wave-drivers", "", 0, 0, wave_drivers,
	    "in the waves: go to what assigns the signal; again: to the next place"),
	ROW("wave-find", "[VALUE|EXPRESSION]", 0, 1, wave_find,
	    "in the waves: go to where the signal has a value, or an expression holds"),
	ROW("wave-find-next", "", 0, 0, wave_find_next,
	    "in the waves: go to where that is so next"),
	ROW("wave-find-prev", "", 0, 0, wave_find_prev,
	    "in the waves: go to where that was so before"),
	ROW("wave-first", "", 0, 0, wave_first, "in the waves: the rows of a first look again"),
	ROW("wave-goto", "[TIME|fail]", 0, 1, wave_goto,
	    "in the waves: go to 30ns, #12 (a cycle), or the first failure"),
	ROW("wave-group", "[NAME]", 0, 1, wave_group,
	    "in the waves: a group from here on; of a group: none any more"),
	ROW("wave-keys", "", 0, 0, wave_keys, "show the keys of the waves"),
	ROW("wave-load", "FILE", 1, 1, wave_load,
	    "in the waves: take rows, cursor and markers from a save file of GTKWave"),
	ROW("wave-mark", "A|B", 1, 1, wave_mark,
	    "in the waves: a marker at the cursor; again there: none"),
	ROW("wave-move", "up|down", 1, 1, wave_move, "in the waves: move this row"),
	ROW("wave-next", "", 0, 0, wave_next, "in the waves: to the signal's next change"),
	ROW("wave-open", "", 0, 0, wave_open, "in the waves: open or close this group"),
	ROW("wave-prev", "", 0, 0, wave_prev, "in the waves: to the signal's change before"),
	ROW("wave-radix", "[RADIX [BITS]]", 0, 2, wave_radix,
	    "in the waves: the next radix, or hex, bin, dec, signed, ascii, enum, fixed"),
	ROW("wave-remove", "", 0, 0, wave_remove,
	    "in the waves: remove this row; the signal stays in the dump"),
	ROW("wave-rename", "[NAME]", 0, 1, wave_rename, "in the waves: another name for this row"),
	ROW("wave-save", "FILE", 1, 1, wave_save,
	    "in the waves: write rows, cursor and markers as a save file of GTKWave"),
	ROW("wave-why", "", 0, 0, wave_why,
	    "in the waves: which statement gave the signal its value at the cursor, and from what"),
	ROW("wave-zoom", "in|out|all|cycle|markers", 1, 1, wave_zoom,
	    "in the waves: more or less time in sight"),
	ROW("zoom", "", 0, 0, zoom, "this pane alone, or all again"),
};

static const struct act_instead instead[] = {
	{ "ask", ANY, NULL, act_ask },
	{ "btw", ANY, NULL, act_btw },
	{ "complete", 0, NULL, act_complete_here },
	{ "explained", 0, NULL, act_explained_here },
	{ "context", 0, NULL, act_context },
	{ "critique", 1, NULL, act_critique },
	{ "find", 1, NULL, act_find },
	{ "fix", 0, NULL, act_fix },
	{ "fork", 2, NULL, act_fork },
	{ "help", 1, NULL, act_help },
	{ "instance", 1, NULL, act_instance },
	{ "lint", 0, NULL, act_lint },
	{ "log", 1, NULL, act_log_tab },
	{ "review", 1, "--git", act_review },
	{ "sim", 1, NULL, act_sim },
	{ "testbench", 1, NULL, act_testbench },
	{ "wave", 1, "--tui", act_wave },
};

#define N(table) (sizeof(table) / sizeof(*(table)))

const struct act_own *act_own(size_t i)
{
	return i < N(own) ? &own[i] : NULL;
}

const struct act_instead *act_instead(size_t i)
{
	return i < N(instead) ? &instead[i] : NULL;
}
