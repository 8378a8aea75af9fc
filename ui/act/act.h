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
#include "ui/screen/ui.h"

struct text;
struct ui_wave;
struct view;

/* A command on the screen u; c has its arguments. */
typedef bool act_fn(struct ui *u, struct cmd_call *c, struct err *err);

/* A command of the screen only: its row in the command table, without run(). */
struct act_screen_command {
	struct cmd cmd;
	act_fn *run;
};

/* The screen's function for a command that the shell has too. A call with more
 * arguments or other options runs as a job, like any other shell command. */
struct act_override {
	const char *name;
	size_t max_args;
	const char *opts; /* the options allowed, with a blank between them; NULL: none */
	act_fn *run;
};

const struct act_screen_command *act_screen_command(size_t i); /* NULL after the last */
const struct act_override *act_override(size_t i);	       /* NULL after the last */

/* The function for this call; NULL: run it as a job. */
act_fn *act_find_fn(const struct cmd_call *c);

/* Makes u the screen of its workbench until act_close_port(), and adds its commands
 * to the table. */
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

/* Like act_suggestion(), but NULL also if a key may not decide now; *ok tells that
 * case (true) from an error. */
struct proposal *act_decidable(struct ui *u, bool *ok, struct err *err);

#define ACT(name) act_fn act_##name
/* act_file.c */
ACT(open);
ACT(new_file);
ACT(close);
ACT(save);
ACT(save_as);
ACT(save_all);
ACT(reload);
ACT(overwrite);
ACT(next_tab);
ACT(prev_tab);
ACT(edit_outside);
/* act_edit.c */
ACT(undo);
ACT(redo);
ACT(cut);
ACT(copy);
ACT(copy_answer);
ACT(paste);
ACT(select_all);
ACT(comment);
ACT(match);
/* act_find.c */
ACT(find);
ACT(find_next);
ACT(find_prev);
ACT(replace);
ACT(replace_one);
ACT(replace_all);
ACT(goto);
ACT(definition);
ACT(peek);
ACT(back);
ACT(next_finding);
/* act_look.c */
ACT(focus);
ACT(context);
ACT(pane);
ACT(zoom);
ACT(menu);
ACT(palette);
ACT(help);
ACT(log_tab);
ACT(filter);
ACT(bind);
ACT(redraw);
ACT(fold);
ACT(mode);
ACT(plan);
ACT(steer);
ACT(unqueue);
ACT(grow);
ACT(shrink);
ACT(quit);
ACT(quit_now);
ACT(suspend);
ACT(interrupt);
ACT(tour);
/* act_backend.c */
ACT(switch);
/* act_work.c */
ACT(ask);
ACT(btw);
ACT(critique);
ACT(complete_here);
ACT(explained_here);
ACT(fix);
ACT(lint);
ACT(sim);
ACT(sim_unguarded);
ACT(instance);
ACT(testbench);
/* act_review.c */
ACT(review);
ACT(take);
ACT(refuse);
ACT(undecide);
ACT(toggle);
ACT(take_hunk);
ACT(refuse_hunk);
ACT(take_rest);
ACT(refuse_rest);
ACT(next_unread);
ACT(split);
ACT(hardware);
ACT(equivalent);
ACT(first_change);
ACT(last_change);
ACT(next_change);
ACT(prev_change);
ACT(next_hunk);
ACT(prev_hunk);
ACT(next_suggestion);
ACT(review_files);
ACT(apply_taken);
ACT(leave_review);
ACT(smallest);
/* act_session.c */
ACT(fork);
ACT(resume);
/* act_wave.c, act_wave_rows.c, act_wave_source.c */
ACT(wave);
ACT(wave_add);
ACT(wave_analog);
ACT(wave_copy);
ACT(wave_declaration);
ACT(wave_drivers);
ACT(wave_find);
ACT(wave_find_next);
ACT(wave_find_prev);
ACT(wave_first);
ACT(wave_goto);
ACT(wave_group);
ACT(wave_keys);
ACT(wave_load);
ACT(wave_mark);
ACT(wave_move);
ACT(wave_next);
ACT(wave_open);
ACT(wave_prev);
ACT(wave_radix);
ACT(wave_remove);
ACT(wave_rename);
ACT(wave_save);
ACT(wave_why);
ACT(log_why);
ACT(wave_zoom);
/* act_line.c */
ACT(rewrite);
ACT(ask_line);
ACT(explain_line);
ACT(thread);
#undef ACT

#endif
