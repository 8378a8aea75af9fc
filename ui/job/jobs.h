/* jobs.h - what takes time, as tasks: asking, linting, simulating, reading the
 * project, any other command.
 *
 * A job is begun by one of these functions and returns to the loop; what it finds
 * goes into the session, the lists and the status line. False with err: it could
 * not be started. struct job, how one is cancelled and ended: ui.h.
 *
 * Map of ui/job: tasks that keys, commands and events begin.
 *
 *   jobs                          all that begins one
 *   job_run job_other job_do      a command line; any command of the table; saving
 *   job_project job_read          the project read, and what is put off until then
 *   job_ask job_context attach attach_*   a question, and what goes along with it
 *   job_extra                                what a plugin's pane shows
 *   job_beside                    one beside the conversation
 *   job_critique                  a file that is read critically
 *   job_prompt                    a prompt of a server, as a question
 *   job_queue                     what waits after it
 *   job_card                      what the person is asked
 *   job_lint job_sim job_confirm  the tools
 *   job_complete                             what stands at the cursor, after a pause
 *   job_idle                                 what is worked out while nobody asks
 *   job_wave job_wave_search      the waves of a run are opened; where an expression holds in them
 *   job_review job_lint_preview job_smallest job_equivalent
 *                                 a review begins, and what is known of it
 */
#ifndef POSEDGE_JOBS_H
#define POSEDGE_JOBS_H

#include "ui/screen/ui.h"

struct ask_about;
struct deed;
struct cmd_call;
struct job;
struct project;
struct proposal;
struct sim_result;

/* Runs a command of the table: one of the screen at once, any other as a job. */
void ui_run(struct ui *u, char *const *argv, size_t argc);
void ui_run_line(struct ui *u, const char *line);
bool ui_other(struct ui *u, char *const *argv, size_t argc, struct err *err);

/* Runs fn in a task with a copy of d: for what must wait for the disk. */
bool ui_do(struct ui *u, bool (*fn)(struct ui *u, const struct deed *d, struct err *err),
	   const struct deed *d, struct err *err);
/* Saves a document, after what is being saved. force: over what others wrote. */
bool ui_save(struct ui *u, const char *path, bool force, struct err *err);

bool ui_ask(struct ui *u, const char *question, bool fix, struct err *err);
bool ui_ask_about(struct ui *u, const char *question, const struct ask_about *about,
		  struct err *err); /* copies */

/* What a job that asks begins and ends with, and its live text; ctx: the ui. */
void ui_asking(struct ui *u);
void ui_asked(struct ui *u, struct job *j, bool ok, const struct err *err);
void ui_live(void *ctx, uint64_t asked, const char *text, size_t len, size_t words);

/* Beside the conversation, also while another answer is awaited. */
bool ui_ask_beside(struct ui *u, const char *question, struct err *err);

/* What a model finds wrong in that file, into the log. */
bool ui_critique(struct ui *u, const char *path, struct err *err);

/* "SERVER:PROMPT [ARGUMENT=VALUE...]": that prompt of a server becomes the line that is typed. */
bool ui_ask_prompt(struct ui *u, const char *words, struct err *err);

/* What was typed while an answer was awaited. */
void ui_queue(struct ui *u, const char *text);
void ui_unqueue(struct ui *u);			   /* back into the line that is typed */
void ui_take_steered(void *ctx, struct str *text); /* for turns; ctx: the ui */

/* A card in the chat, in a task: see struct report. Then a typed line, NULL for none:
 * false, it is no answer, which is said. */
struct person_question;
char *job_question(void *ctx, const struct person_question *q, struct err *err);
void job_require(void *ctx, const char *from, const char *question, const char *answer);
bool ui_answer_card(struct ui *u, const char *line);

/* live: the file under the cursor first, then all in the background. */
bool ui_lint(struct ui *u, bool live, struct err *err);
void ui_lint_yield(struct ui *u); /* what is linted in the background is of no use any more */

bool ui_sim(struct ui *u, const char *testbench, struct err *err); /* NULL: the only one there is */
/* The fewest places of what is under review with which the testbench passes. */
bool ui_smallest(struct ui *u, const char *testbench, struct err *err);
/* Takes r over, in part or whole; it is to be finished all the same. */
void job_confirm(struct ui *u, struct sim_result *r);
void ui_confirm_yield(struct ui *u); /* the run that is being confirmed is of no use any more */

/* Opens the waves of ui_wave(); shows their tab; adds a signal, by a part of its name,
 * or all of a scope, "tb.dut.*": once they are open. */
bool ui_wave_open(struct ui *u, struct err *err);
void ui_wave_show(struct ui *u);
bool ui_wave_add(struct ui *u, const char *name, struct err *err);
/* The cursor goes to where an expression holds next (1) or held before (-1): of a small
 * dump at once, of a large one as soon as that is found. */
bool ui_wave_search(struct ui *u, const char *text, int by, struct err *err);

/* Puts p under review; where nothing of it is left to do, the next one. */
bool job_review(struct ui *u, const struct proposal *p, struct err *err);
/* The first open suggestion after number after, and around; NULL: none. */
struct proposal *job_next_open(const struct ui *u, uint64_t after);
/* What was under review was replaced by one of these n: the review goes on with
 * that, near the line where it was. */
void job_review_replaced(struct ui *u, const uint64_t *fresh, size_t n, const char *path,
			 size_t base_line);

/* Lints what the review would give, in the background; decided: it is another
 * text now, not only another line under the cursor. */
void ui_lint_preview(struct ui *u, bool decided);
/* Shows what changes as hardware, as soon as that is known. */
bool ui_hardware(struct ui *u, struct err *err);

/* Proves that what the review would write does what the file does, or not; a badge says it. */
bool ui_equivalent(struct ui *u, struct err *err);

/* The same a moment from now, where review.equivalent is on; says nothing. */
void ui_equivalent_soon(struct ui *u);

/* Where mutants.idle is on: what a testbench that passed is worth, a moment from now. */
void ui_score_soon(struct ui *u, const char *testbench, const char *path);

/* Where complete.idle is on: what stands at the cursor is asked for once nothing is typed for so
 * long. After an edit; with each key, which ends what is asked; and the timer's, ctx: the ui. */
void ui_complete_soon(struct ui *u);
void ui_complete_yield(struct ui *u);
void ui_complete_now(void *ctx);

/* What `complete` proposed: whether p is that; whether its file is another one by now; the one
 * that waits for a text that is still there, NULL: none. */
bool job_is_completion(const struct proposal *p);
bool job_is_stale(const struct ui *u, const struct proposal *p);
const struct proposal *job_completion(const struct ui *u);

/* Finds out what the context view shows, in the background. */
bool ui_look_at_context(struct ui *u, struct err *err);
/* Asks the plugin what its pane shows, likewise. */
bool ui_fill_extra(struct ui *u, struct err *err);

/* The project. In a task: reads it on the pool, as the texts on the screen are, so
 * that what is asked of it afterwards takes no time. Fails with ERR_CANCELLED only. */
bool ui_read_project(struct ui *u, bool rescan, struct err *err);
bool ui_has_read(const struct ui *u); /* and nothing changed since */
void ui_set_overlays(struct ui *u);   /* what is on screen is what tools see */
void ui_read_soon(struct ui *u);      /* the same, in the background */
bool ui_reads(struct ui *u); /* true: it is not read yet, but will be soon, which is said */
/* Whether the command is put off until the project is read; then it is run again. */
bool ui_put_off(struct ui *u, const struct cmd_call *c);
/* Opens a list; fn adds what can be picked, now and again when the project is read. */
void ui_pick(struct ui *u, const char *title /* a literal */,
	     void (*fn)(struct ui *u, const struct project *p));

#endif
