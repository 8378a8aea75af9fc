/* jobs.h - tasks that take time: asking, linting, simulating, reading the project, any
 * other command.
 *
 * These functions start a job and return to the loop; its results go into the session,
 * the lists and the status line. False with err: it could not be started. ui_jobs.h has
 * struct job, and how a job ends or is cancelled.
 *
 * Map of ui/job: tasks started by keys, commands and events.
 *
 *   jobs                          starts each of them
 *   job_run job_other job_do      a command line; any command of the table; saving
 *   job_project job_read          reads the project; defers commands until it is read
 *   job_ask job_context attach attach_*   a question, and what is sent with it
 *   job_extra                     content of a plugin's pane
 *   job_beside                    a question outside the conversation
 *   job_critique                  a critical review of a file
 *   job_prompt                    a server's prompt, as a question
 *   job_queue                     questions queued after it
 *   job_card                      a question to the user
 *   job_lint job_sim job_confirm  the tools
 *   job_complete                  completion at the cursor, after a pause
 *   job_idle                      work done while the user is idle
 *   job_wave job_wave_search      opens the waves of a run; finds where an expression holds
 *   job_wave_follow               follows a dump that is still being written
 *   job_review job_lint_preview job_smallest job_equivalent
 *                                 opens a review, and computes what it shows
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

/* Runs a command of the table: at once if it is one of the screen, else as a job. False: it
 * failed, or could not begin, and the reason is on the screen. */
bool ui_run(struct ui *u, char *const *argv, size_t argc);
bool ui_run_line(struct ui *u, const char *line);
bool ui_run_as_job(struct ui *u, char *const *argv, size_t argc, struct err *err);

/* Runs fn with a copy of d in a task: for functions that wait for the disk. */
bool ui_do(struct ui *u, bool (*fn)(struct ui *u, const struct deed *d, struct err *err),
	   const struct deed *d, struct err *err);
/* Saves a document; waits for a save in progress. force: overwrite changes by
 * others. */
bool ui_save(struct ui *u, const char *path, bool force, struct err *err);

bool ui_ask(struct ui *u, const char *question, bool fix, struct err *err);
bool ui_ask_about(struct ui *u, const char *question, const struct ask_about *about,
		  struct err *err); /* copies about */

/* Begin and end of a job that asks, and its live text; ctx: the ui. */
void ui_ask_begin(struct ui *u);
void ui_ask_end(struct ui *u, struct job *j, bool ok, const struct err *err);
void ui_ask_live_text(void *ctx, uint64_t asked, const char *text, size_t len, size_t words);

/* Puts a line of the chat back into its input, if that is empty: what it asks was not sent. */
void ui_give_back(struct ui *u, const char *line);

/* Asks outside the conversation, even while another answer is pending; after other side
 * questions that are. */
bool ui_ask_beside(struct ui *u, const char *question, struct err *err);

/* Asks a model what is wrong in that file; the result goes into the log. */
bool ui_critique(struct ui *u, const char *path, struct err *err);

/* words: "SERVER:PROMPT [ARGUMENT=VALUE...]". Puts that prompt of a server into the
 * input line. */
bool ui_ask_prompt(struct ui *u, const char *words, struct err *err);

/* Queues a question typed while an answer was pending. */
void ui_queue(struct ui *u, const char *text);
void ui_unqueue(struct ui *u);			  /* back into the input line */
void ui_take_queued(void *ctx, struct str *text); /* for turns; ctx: the ui */

/* Shows a card in the chat and waits for the answer; call in a task, see struct report.
 * ui_answer_card() gives it a typed line, NULL for none; false: not an answer; a message
 * says so. ui_card_ignores_keys(): it just came up, or is typed past. */
struct person_question;
char *job_question(void *ctx, const struct person_question *q, struct err *err);
void job_require(void *ctx, const char *from, const char *question, const char *answer);
bool ui_answer_card(struct ui *u, const char *line);
bool ui_card_ignores_keys(const struct ui *u);

/* live: first the file under the cursor, then all files in the background. */
bool ui_lint(struct ui *u, bool live, struct err *err);
void ui_lint_yield(struct ui *u); /* cancels a background lint: its result is stale */

bool ui_sim(struct ui *u, const char *testbench, struct err *err); /* NULL: the only testbench */
/* Finds the smallest part of the suggestion under review with which the testbench
 * passes. */
bool ui_minimise(struct ui *u, const char *testbench, struct err *err);
/* Repeats run r with another simulator. Takes parts of r; the caller must still
 * finish it. */
void job_confirm(struct ui *u, struct sim_result *r);
void ui_confirm_yield(struct ui *u); /* cancels the confirmation: its run is stale */

/* Opens the waves of ui_wave(); shows their tab; adds a signal by a part of its
 * name, or all of a scope, "tb.dut.*", once the waves are open. */
bool ui_wave_open(struct ui *u, struct err *err);
void ui_wave_show(struct ui *u);
bool ui_wave_add(struct ui *u, const char *name, struct err *err);
/* Follows the file of the waves while they are shown: call at each drawing.
 * ui_wave_begin_follow(): the file as it is now is about to be read. ui_wave_poll_file()
 * is for the timer; ctx is the ui. */
void ui_wave_follow(struct ui *u);
void ui_wave_begin_follow(struct ui *u);
void ui_wave_poll_file(void *ctx);
/* Moves the cursor to where an expression holds next (1) or last held (-1): at once
 * in a small dump, in a large one when a background search has found it. */
bool ui_wave_search(struct ui *u, const char *text, int by, struct err *err);

/* Opens the review of p, or of the next suggestion if p is already settled. */
bool job_review(struct ui *u, const struct proposal *p, struct err *err);
/* The first open suggestion with a number above `after`, wrapping around; NULL:
 * none. */
struct proposal *job_next_open(const struct ui *u, uint64_t after);
/* The first open suggestion with a line to decide on, else the first open one: an answer of
 * several files is gone on with where it was left. NULL: none. */
struct proposal *job_to_decide(const struct ui *u);
/* The suggestion under review was replaced by one of these n: reviews that one, near
 * the same line. */
void job_review_replaced(struct ui *u, const uint64_t *fresh, size_t n, const char *path,
			 size_t base_line);

/* Lints the result of the review in the background. decided: the text changed, not
 * just the line under the cursor. */
void ui_lint_preview(struct ui *u, bool decided);
/* Shows what changes as hardware as soon as that is known. */
bool ui_hardware(struct ui *u, struct err *err);

/* Tries to prove that the result of the review is equivalent to the file; a badge
 * shows the outcome. */
bool ui_equivalent(struct ui *u, struct err *err);

/* Likewise after a pause, with review.equivalent; reports nothing. */
void ui_equivalent_soon(struct ui *u);

/* With mutants.idle: scores a testbench that passed, after a pause. */
void ui_mutants_soon(struct ui *u, const char *testbench, const char *path);
/* With why.idle: looks for changes with which the last run passes, after a pause. */
void ui_mends_soon(struct ui *u);

/* With complete.idle: asks for a completion at the cursor after a pause in typing.
 * _soon after an edit; _yield at each key, which cancels a request; _now for the
 * timer, ctx: the ui. */
void ui_complete_soon(struct ui *u);
void ui_complete_yield(struct ui *u);
void ui_complete_now(void *ctx);

/* Completions proposed by `complete`: p is one; p's file has changed since; the
 * pending one whose text is unchanged, NULL if none. */
bool job_is_completion(const struct proposal *p);
bool job_is_stale(const struct ui *u, const struct proposal *p);
const struct proposal *job_completion(const struct ui *u);

/* Computes the content of the context view in the background. */
bool ui_update_context(struct ui *u, struct err *err);
/* Asks the plugin for the content of its pane in the background. */
bool ui_fill_extra(struct ui *u, struct err *err);

/* Reads the project on the pool, with the texts as they are on the screen, so that
 * later queries are fast. Call in a task. Fails with ERR_CANCELLED only. */
bool ui_read_project(struct ui *u, bool rescan, struct err *err);
bool ui_project_is_read(const struct ui *u); /* and nothing has changed since */
void ui_set_overlays(struct ui *u);	     /* tools see the texts on the screen */
void ui_read_soon(struct ui *u);	     /* ui_read_project() in the background */
bool ui_project_pending(struct ui *u); /* true: not read yet; starts that and tells the user */
/* True if the command was deferred until the project is read; it runs then. */
bool ui_defer_command(struct ui *u, const struct cmd_call *c);
/* Opens a list; fn adds its items, now and again when the project has been read. */
void ui_pick(struct ui *u, const char *title /* a literal */,
	     void (*fn)(struct ui *u, const struct project *p));

#endif
