/* act.h - functions of the screen's commands, one group per file, and their shared
 * helpers.
 *
 * Map of ui/act: what the screen's commands do. Knows no key and no pane's rows.
 *
 *   act_table               the rows: name, arguments, help, function
 *   act act_port            the document a command is about; the port for commands
 *   act_backend act_chat act_edit act_file act_find act_here act_line act_log_time
 *   act_look act_review act_session act_wave act_wave_file act_wave_rows
 *   act_wave_source act_why act_work
 *                           one group of commands each
 */
#ifndef POSEDGE_ACT_H
#define POSEDGE_ACT_H

#include "session/workbench/cmd.h"
#include "ui/job/jobs.h"

struct text;
struct ui_wave;
struct view;

/* A command on the screen u; c has its arguments. */
typedef bool act_fn(struct ui *u, struct cmd_call *c, struct err *err);

/* A command that the screen runs: its own, with the row of the command table, or one that
 * it shares with the shell. cmd of a shared one has only name and max_args: a call with
 * more arguments or other options runs as a job, like any other shell command. */
struct act_command {
	struct cmd cmd;
	act_fn *run;
	const char *opts; /* shared: those allowed, with a blank between them; NULL: none */
};

const struct act_command *act_command(size_t i); /* NULL after the last */

/* Adds the rows of the screen's own commands, for the help, the manual page and rc files. */
void act_add_commands(struct cmd_table *commands);

/* The function for this call; NULL: run it as a job. */
act_fn *act_find_fn(const struct cmd_call *c);

/* Makes u the screen of its workbench until act_close_port(), and adds its commands. */
void act_open_port(struct ui *u);
void act_close_port(struct ui *u);

/* The time mentioned in the chosen line of the log, in the syntax of `wave-goto` and
 * `why`; the caller frees it. NULL: none, or its unit is not known. */
char *act_log_time(struct ui *u);

/* The view with the focus, and its document's text; NULL with err. */
struct view *act_view(struct ui *u, struct text **t, struct err *err);

/* In the transcript: the newest match if anew, else the next older or newer one. */
struct find;
bool act_find_in_chat(struct ui *u, const struct find *f, bool anew, bool newer, struct err *err);
void act_find_typed(struct ui *u); /* call when the text of the find prompt changes */
void act_copy_out(struct ui *u);   /* copies the clipboard to the terminal's, by OSC 52 */
bool act_send_question(struct ui *u, struct err *err); /* sends the text typed into the chat */
/* Completes the last word in the palette; false: that word is the command. */
bool act_complete_argument(struct ui *u);
void act_complete(struct ui *u); /* completes the word before the cursor in the chat */

/* The open waves; NULL with err: there are none. */
struct ui_wave *act_waves(struct ui *u, struct err *err);

/* True if `complete` proposed p and no unit is taken, so that Esc drops it. */
bool act_esc_drops(const struct proposal *p);

/* Finds the first declaration of name in t at or after byte from; in act_find.c. */
bool act_declared(const struct text *t, size_t from, const char *name, size_t *at);

/* The suggestion under review; NULL with err: none. */
struct proposal *act_suggestion(struct ui *u, struct err *err);

/* Like act_suggestion(), but NULL also if a key may not decide now; *ok is true in
 * that case, false after an error. */
struct proposal *act_decidable(struct ui *u, bool *ok, struct err *err);

/* act_file.c */
act_fn act_open, act_new_file, act_close, act_save, act_save_as, act_save_all, act_reload,
	act_overwrite, act_next_tab, act_prev_tab, act_edit_outside;
/* act_edit.c */
act_fn act_undo, act_redo, act_cut, act_copy, act_copy_answer, act_paste, act_select_all,
	act_comment, act_match;
/* act_find.c */
act_fn act_find, act_find_next, act_find_prev, act_replace, act_replace_one, act_replace_all,
	act_goto, act_definition, act_peek, act_back, act_next_finding;
/* act_look.c */
act_fn act_focus, act_context, act_pane, act_zoom, act_menu, act_palette, act_help, act_log_tab,
	act_filter, act_bind, act_redraw, act_fold, act_mode, act_plan, act_steer, act_unqueue,
	act_grow, act_shrink, act_quit, act_quit_now, act_suspend, act_interrupt, act_tour;
/* act_backend.c */
act_fn act_switch;
/* act_work.c */
act_fn act_ask, act_btw, act_critique, act_complete_here, act_explained_here, act_fix, act_lint,
	act_sim, act_sim_unguarded, act_instance, act_testbench;
/* act_review.c */
act_fn act_review, act_take, act_refuse, act_undecide, act_toggle, act_take_hunk, act_refuse_hunk,
	act_take_rest, act_refuse_rest, act_next_unread, act_split, act_hardware, act_equivalent,
	act_first_change, act_last_change, act_next_change, act_prev_change, act_next_hunk,
	act_prev_hunk, act_next_suggestion, act_review_files, act_apply_taken, act_leave_review,
	act_smallest;
/* act_session.c */
act_fn act_fork, act_resume;
/* act_wave.c, act_wave_rows.c, act_wave_source.c */
act_fn act_wave, act_wave_add, act_wave_analog, act_wave_copy, act_wave_declaration,
	act_wave_drivers, act_wave_find, act_wave_find_next, act_wave_find_prev, act_wave_first,
	act_wave_goto, act_wave_group, act_wave_keys, act_wave_load, act_wave_mark, act_wave_move,
	act_wave_next, act_wave_open, act_wave_prev, act_wave_radix, act_wave_remove,
	act_wave_rename, act_wave_save, act_wave_why, act_log_why, act_wave_zoom;
/* act_line.c */
act_fn act_rewrite, act_ask_line, act_explain_line, act_thread;

#endif
