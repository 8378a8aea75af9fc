/* The screen's rows of the command table, and its replacements for commands that
 * print in a shell. Palette, menu, keys, help and the manual page are made from the
 * table. */
#include "config.h"

#include <stdint.h>

#include "ui/act/act.h"

#define ANY SIZE_MAX
#define COMMAND(name, args, least, most, flags, fn, help)                                  \
	{                                                                                  \
		{ name, args, least, most, CMD_SCREEN | (flags), help, NULL, NULL, NULL }, \
			act_##fn                                                           \
	}
#define ROW(name, args, least, most, fn, help)	COMMAND(name, args, least, most, 0, fn, help)
#define TEXT(name, args, least, most, fn, help) COMMAND(name, args, least, most, CMD_TEXT, fn, help)
#define REVIEW(name, args, least, most, fn, help) \
	COMMAND(name, args, least, most, CMD_REVIEW, fn, "in a review: " help)
#define REVIEW_TEXT(name, args, least, most, fn, help) \
	COMMAND(name, args, least, most, CMD_REVIEW | CMD_TEXT, fn, "in a review: " help)

static const struct act_screen_command own[] = {
	REVIEW("apply-taken", "", 0, 0, apply_taken,
	       "write what was taken, close what was refused"),
	REVIEW_TEXT("ask-line", "[QUESTION]", 0, 1, ask_line, "ask the model about this line"),
	ROW("back", "", 0, 0, back, "go back to where the last jump began"),
	{ { "bind", "[PLACE] KEY [COMMAND...]", 1, ANY, CMD_SCREEN | CMD_RC,
	    "let a key run a command", NULL, NULL, NULL,
	    "PLACE is where: any, edit, chat, log, review or wave. Without a command the key is "
	    "freed." },
	  act_bind },
	ROW("carry-out", "", 0, 0, plan, "put the last answer into the question, to edit it"),
	ROW("close", "", 0, 0, close, "close this file; its edits stay in the session"),
	ROW("comment", "", 0, 0, comment, "comment the selected lines out, or in"),
	ROW("copy", "", 0, 0, copy, "copy the selection, or the line"),
	ROW("copy-answer", "", 0, 0, copy_answer, "copy the last answer in the chat"),
	ROW("cut", "", 0, 0, cut, "cut the selection, or the line"),
	ROW("definition", "", 0, 0, definition, "go to where the name under the cursor is defined"),
	ROW("edit-outside", "", 0, 0, edit_outside, "edit this file in $EDITOR"),
	REVIEW("explain-line", "", 0, 0, explain_line, "let the model explain this line"),
	TEXT("filter", "[WORD]", 0, 1, filter, "show only the log lines that contain a word"),
	ROW("find-next", "", 0, 0, find_next, "go to the next match"),
	ROW("find-prev", "", 0, 0, find_prev, "go to the previous match"),
	REVIEW("first-change", "", 0, 0, first_change, "go to the first changed line"),
	ROW("focus", "PANE", 1, 1, focus, "go to spec, chat, code or log (1 to 4)"),
	ROW("fold", "", 0, 0, fold, "show or hide the model's reasoning and its part in flows"),
	ROW("goto", "[LINE|FILE:LINE|MODULE]", 0, 1, goto, "go to a line, a file or a module"),
	ROW("grow", "[COLUMNS]", 0, 1, grow, "widen this pane"),
	REVIEW("equivalent", "", 0, 0, equivalent, "prove that the result does what the file does"),
	REVIEW("hardware", "", 0, 0, hardware, "show which hardware changes"),
	ROW("interrupt", "", 0, 0, interrupt,
	    "copy the selection, cancel what runs, or say how to quit"),
	ROW("leave-review", "", 0, 0, leave_review, "leave the review; decisions stay"),
	REVIEW("last-change", "", 0, 0, last_change, "go to the last changed line"),
	ROW("log-why", "", 0, 0, log_why,
	    "trace the failing check back, from the time in this log line"),
	ROW("match", "", 0, 0, match, "go to the matching bracket, begin or end"),
	ROW("menu", "", 0, 0, menu, "open the menu: panes, open, save, run, ..."),
	ROW("new-file", "PATH", 0, 1, new_file, "begin a new file"),
	ROW("mode", "[MODE]", 0, 1, mode, "choose which tools a model gets: ask, assist or read"),
	REVIEW("next-change", "", 0, 0, next_change, "go to the next changed line"),
	ROW("next-finding", "", 0, 0, next_finding, "go to the next finding"),
	REVIEW("next-hunk", "", 0, 0, next_hunk, "go to the next hunk"),
	REVIEW("next-suggestion", "[NUMBER]", 0, 1, next_suggestion, "go to the next file"),
	REVIEW("next-unread", "", 0, 0, next_unread,
	       "go to the next line not shown on the screen yet"),
	ROW("next-tab", "", 0, 0, next_tab, "go to the next open file"),
	ROW("open", "[PATH]", 0, 1, open, "open a file or module, by name or from a list"),
	ROW("overwrite", "PATH", 1, 1, overwrite, "save over a file that changed on disk"),
	ROW("palette", "", 0, 0, palette, "list all commands, with a filter"),
	ROW("pane", "NAME", 1, 1, pane,
	    "show this pane instead of the code: context, or a plugin's"),
	ROW("paste", "", 0, 0, paste, "insert what was cut or copied here"),
	ROW("peek", "", 0, 0, peek, "show where the name under the cursor is defined"),
	REVIEW("prev-change", "", 0, 0, prev_change, "go to the previous changed line"),
	REVIEW("prev-hunk", "", 0, 0, prev_hunk, "go to the previous hunk"),
	ROW("prev-tab", "", 0, 0, prev_tab, "go to the previous open file"),
	ROW("quit", "", 0, 0, quit, "leave posedge"),
	ROW("quit-now", "", 0, 0, quit_now, "leave; unsaved edits are there at the next start"),
	ROW("redo", "", 0, 0, redo, "redo what was undone"),
	ROW("redraw", "", 0, 0, redraw, "redraw the whole screen"),
	REVIEW("refuse", "", 0, 0, refuse, "refuse this line"),
	REVIEW("refuse-hunk", "", 0, 0, refuse_hunk, "refuse this whole hunk"),
	REVIEW("refuse-rest", "", 0, 0, refuse_rest, "refuse all undecided lines"),
	ROW("reload", "[PATH]", 0, 1, reload, "reload a file from disk; undo restores the text"),
	ROW("replace", "[PATTERN [WITH]]", 0, 2, replace, "find and replace, asking at each match"),
	ROW("replace-all", "PATTERN WITH", 2, 2, replace_all,
	    "replace all matches in the selection, or the file"),
	ROW("replace-one", "PATTERN WITH", 2, 2, replace_one,
	    "replace the match at the cursor and go to the next"),
	ROW("resume", "[ID [MOMENT]]", 0, 2, resume,
	    "continue in another session, from its end or a moment"),
	REVIEW("review-files", "", 0, 0, review_files, "list this answer's files and decisions"),
	REVIEW_TEXT("rewrite", "[LINE]", 0, 1, rewrite, "edit the proposed line"),
	ROW("save", "", 0, 0, save, "save this file"),
	ROW("save-all", "[THEN]", 0, 1, save_all, "save all files; then run a command"),
	ROW("save-as", "PATH", 0, 1, save_as, "save this file under another name"),
	ROW("select-all", "", 0, 0, select_all, "select the whole file"),
	ROW("shrink", "[COLUMNS]", 0, 1, shrink, "narrow this pane"),
	ROW("sim-unguarded", "[TESTBENCH]", 0, 1, sim_unguarded,
	    "simulate without a sandbox, which may change any file"),
	REVIEW("smallest", "[TESTBENCH]", 0, 1, smallest,
	       "mark the fewest hunks that make it pass"),
	REVIEW("split", "", 0, 0, split, "decide on the old and the new line separately"),
	TEXT("steer", "[TEXT]", 0, 1, steer, "send a queued message to the model while it works"),
	ROW("suspend", "", 0, 0, suspend, "stop posedge and return to the shell; `fg` resumes it"),
	ROW("switch", "[BACKEND]", 0, 1, switch,
	    "switch to another backend (lists models and prices)"),
	REVIEW("take", "", 0, 0, take, "take this line"),
	REVIEW("take-hunk", "[sure]", 0, 1, take_hunk, "take this whole hunk"),
	REVIEW("take-rest", "[sure]", 0, 1, take_rest, "take all undecided lines"),
	REVIEW("thread", "", 0, 0, thread, "show the questions and answers about this line"),
	REVIEW("toggle", "", 0, 0, toggle, "take this line, or take that back"),
	ROW("tour", "", 0, 0, tour, "walk through the main job in five minutes"),
	REVIEW("undecide", "", 0, 0, undecide, "take the decision on this line back"),
	ROW("undo", "", 0, 0, undo, "undo the last edit"),
	ROW("unqueue", "", 0, 0, unqueue, "move a queued question back into the input line"),
	ROW("wave-add", "[NAME]", 0, 1, wave_add,
	    "add a signal to the waves: under the cursor, or from a list"),
	ROW("wave-analog", "", 0, 0, wave_analog,
	    "in the waves: draw the row as steps, or as values"),
	ROW("wave-copy", "[table|wavejson|svg]", 0, 1, wave_copy,
	    "copy the visible waves: as a table, WaveJSON or SVG"),
	ROW("wave-declaration", "", 0, 0, wave_declaration,
	    "in the waves: go to the signal's declaration"),
	ROW("wave-drivers", "", 0, 0, wave_drivers,
	    "in the waves: go to the signal's drivers, one by one"),
	TEXT("wave-find", "[VALUE|EXPRESSION]", 0, 1, wave_find,
	     "in the waves: go to a value, or where an expression holds"),
	ROW("wave-find-next", "", 0, 0, wave_find_next, "in the waves: go to the next match"),
	ROW("wave-find-prev", "", 0, 0, wave_find_prev, "in the waves: go to the previous match"),
	ROW("wave-first", "", 0, 0, wave_first,
	    "in the waves: reset the rows to the first selection"),
	ROW("wave-goto", "[TIME|fail]", 0, 1, wave_goto,
	    "in the waves: go to a time, a cycle (#12), or the failure"),
	TEXT("wave-group", "[NAME]", 0, 1, wave_group,
	     "in the waves: start a group here, or dissolve this one"),
	ROW("wave-keys", "", 0, 0, wave_keys, "show the keys of the wave viewer"),
	ROW("wave-load", "FILE", 1, 1, wave_load,
	    "in the waves: load rows, cursor, markers from a .gtkw file"),
	ROW("wave-mark", "A|B", 1, 1, wave_mark,
	    "in the waves: set or remove a marker at the cursor"),
	ROW("wave-move", "up|down", 1, 1, wave_move, "in the waves: move this row"),
	ROW("wave-next", "", 0, 0, wave_next, "in the waves: go to the signal's next change"),
	ROW("wave-open", "", 0, 0, wave_open, "in the waves: open or close this group"),
	ROW("wave-prev", "", 0, 0, wave_prev, "in the waves: go to the signal's previous change"),
	ROW("wave-radix", "[RADIX [BITS]]", 0, 2, wave_radix,
	    "in the waves: change the radix: hex, bin, dec, signed, ..."),
	ROW("wave-remove", "", 0, 0, wave_remove, "in the waves: remove this row"),
	TEXT("wave-rename", "[NAME]", 0, 1, wave_rename, "in the waves: rename this row"),
	ROW("wave-save", "FILE", 1, 1, wave_save,
	    "in the waves: save rows, cursor, markers as a .gtkw file"),
	ROW("wave-why", "", 0, 0, wave_why,
	    "in the waves: trace the value at the cursor to its cause"),
	ROW("wave-zoom", "in|out|all|cycle|markers", 1, 1, wave_zoom,
	    "in the waves: zoom in or out, to all, a cycle or the markers"),
	ROW("zoom", "", 0, 0, zoom, "show this pane alone, or all panes again"),
};

static const struct act_override instead[] = {
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
	{ "wave", 1, "--tui --at", act_wave },
};

#define N(table) (sizeof(table) / sizeof(*(table)))

const struct act_screen_command *act_screen_command(size_t i)
{
	return i < N(own) ? &own[i] : NULL;
}

const struct act_override *act_override(size_t i)
{
	return i < N(instead) ? &instead[i] : NULL;
}
