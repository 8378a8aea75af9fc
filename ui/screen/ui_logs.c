/* The session's events as lines of the log pane. */
#include "config.h"

#include "ui/screen/ui_logs.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/critique.h"
#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/doc.h"
#include "session/journal/event.h"
#include "session/journal/journal.h"
#include "session/journal/lint_summary.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/timeline.h"
#include "session/model/prompt.h"
#include "session/option/opt.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "session/workbench/workbench.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"

#define PRINTED_MAX (1u << 20) /* bytes of a finished run's output that are read */

static unsigned style_of(enum diag_rank rank)
{
	return rank == DIAG_ERROR ? STYLE_ERROR : rank == DIAG_RISK ? STYLE_RISK : STYLE_DIM;
}

static void log_unread(struct log_list *l, const char *unread)
{
	struct str line = STR_INIT;

	if (lint_summary_unread(unread) == 0)
		return;
	lint_summary_files(0, unread, LINT_SUMMARY_NAMES, &line);
	log_list_puts(l, STYLE_DIM, str_cstr(&line));
	str_free(&line);
}

/* Lists a model's findings in a file, at the lines where they are by now. */
static void log_critique(struct ui *u, const struct critique *c)
{
	struct log_list *l = &ui_logs(u)->list[LOG_LINT];
	const struct doc *doc = state_doc(ui_state(u), c->path);
	const struct exchange *x = state_exchange(ui_state(u), c->ask);
	size_t n = diag_list_len(c->found);
	struct str line = STR_INIT;

	str_addf(&line, "critique of %s by %s: %zu finding%s", c->path,
		 x && x->model[0] ? x->model : "a model", n, count_s(n));
	log_list_add(l, STYLE_HEADING, str_cstr(&line), line.len, NULL, 0, 0);
	for (size_t i = 0; i < n; i++) {
		const struct diag *d = diag_list_at(c->found, i);
		int at = doc && doc->text ? critique_line(d, doc->text) : d->line;

		str_clear(&line);
		critique_print(d, at, &line);
		log_list_add(l, (uint8_t)(at ? style_of(d->rank) : STYLE_DIM), str_cstr(&line),
			     line.len, at ? d->path : NULL, at, 0);
	}
	str_free(&line);
}

void ui_log_findings(struct ui *u)
{
	const struct diag_list *found = ui_state(u)->found;
	struct log_list *l = &ui_logs(u)->list[LOG_LINT];
	bool style = ui_workbench(u)->options->lint_style;
	size_t folded = 0, chosen = l->chosen, top = l->top;

	log_list_clear(l);
	if (ui_state(u)->lint_error && ui_state(u)->lint_error[0])
		log_list_puts(l, STYLE_ERROR, ui_state(u)->lint_error);
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		struct str line = STR_INIT;

		if (d->rank == DIAG_STYLE && !style) {
			folded++;
			continue;
		}
		diag_print(d, &line);
		log_list_add(l, (uint8_t)style_of(d->rank), str_cstr(&line), line.len,
			     d->path[0] ? d->path : NULL, d->line, d->col);
		str_free(&line);
		if (d->hint[0])
			log_list_add(l, STYLE_DIM, d->hint, strlen(d->hint),
				     d->path[0] ? d->path : NULL, d->line, d->col);
	}
	if (folded) {
		struct str line = STR_INIT;

		str_addf(&line, "%zu of style (`set lint.style on` shows them)", folded);
		log_list_add(l, STYLE_DIM, line.data, line.len, NULL, 0, 0);
		str_free(&line);
	}
	if (found && l->n == 0 && !ui_state(u)->lint_whole) {
		log_list_puts(l, STYLE_DIM,
			      "nothing found in this file; all of them are being linted");
	} else if (found && l->n == 0) {
		struct str line = STR_INIT;

		lint_summary(found, ui_state(u)->lint_read, ui_state(u)->lint_unread, &line);
		log_list_puts(l, STYLE_GOOD, str_cstr(&line));
		str_free(&line);
	} else if (found) {
		log_unread(l, ui_state(u)->lint_unread);
	}
	for (size_t i = 0; i < ui_state(u)->n_critiques; i++)
		log_critique(u, ui_state(u)->critiques[i]);
	l->chosen = chosen;
	l->top = top;
}

static void verdict_words(const struct sim_run *run, struct str *out)
{
	struct run_result r = { .checks = (long)run->checks,
				.first = run->error[0] ? run->error : run->first };

	if (verdict_parse(run->verdict, &r.verdict))
		run_result_print(&r, NULL, out);
}

/* Adds one line for a run that repeats another one in the background, whose output stays. A
 * repetition that was cancelled by an edit or the next run is not mentioned. */
static void log_confirmation(struct ui *u, const struct sim_run *run)
{
	const struct task *confirming = ui_jobs(u)->job[JOB_CONFIRM].task;
	struct str line = STR_INIT;

	if (confirming && task_cancelled(confirming))
		return;
	str_addf(&line, "%s: ", run->engine);
	verdict_words(run, &line);
	log_list_add(&ui_logs(u)->list[LOG_SIM], STYLE_DIM, str_cstr(&line), line.len, NULL, 0, 0);
	str_free(&line);
}

/* The verdict in one line, with the position of the first failure. The testbench's name
 * tells it from a line that the testbench printed, which is often the same. */
static void log_verdict(struct ui *u, const struct sim_run *run)
{
	bool failed = verdict_is(run->verdict, VERDICT_FAIL),
	     passed = verdict_is(run->verdict, VERDICT_PASS);
	struct str line = STR_INIT;

	str_adds(&line, run->as_if ? "not of your files: " : "");
	if (run->testbench[0])
		str_addf(&line, "%s: ", run->testbench);
	verdict_words(run, &line);
	log_list_add(&ui_logs(u)->list[LOG_SIM],
		     run->as_if ? STYLE_DIM
		     : failed	? STYLE_ERROR
		     : passed	? STYLE_GOOD
				: STYLE_RISK,
		     str_cstr(&line), line.len, run->first_path[0] ? run->first_path : NULL,
		     (int)run->first_line, 0);
	if (failed && !run->as_if)
		log_list_puts(&ui_logs(u)->list[LOG_SIM], STYLE_DIM,
			      "`fix` (Ctrl-O f) sends the failing cycles");
	str_free(&line);
}

static void log_run(struct ui *u, uint64_t n)
{
	const struct sim_run *run = state_run(ui_state(u), n);

	if (run)
		(run->confirms ? log_confirmation : log_verdict)(u, run);
}

/* The output of a run; only the last lines if it has more than PRINTED_MAX bytes. */
static void log_printed(struct log_list *l, const char *path)
{
	struct str printed = STR_INIT;
	struct err err;
	bool ok = file_read_end(path, PRINTED_MAX + 1, &printed, &err);
	const char *text = ok ? str_cstr(&printed) : err.text;

	if (printed.len > PRINTED_MAX) {
		const char *lf = memchr(printed.data, '\n', printed.len);

		text = lf ? lf + 1 : text + 1;
	}
	log_list_puts(l, STYLE_TEXT, text);
	if (printed.len > PRINTED_MAX)
		log_list_puts(l, STYLE_DIM, "it printed more than 1 MB: only the end is here");
	str_free(&printed);
}

void ui_log_last_run(struct ui *u)
{
	const struct sim_run *run = state_last_run(ui_state(u));
	struct log_list *l = &ui_logs(u)->list[LOG_SIM];
	char *path = run ? str_fmt("%s/%s", session_dir(ui_session(u)), run->output) : NULL;

	log_list_clear(l);
	if (run && run->ended && run->output[0])
		log_printed(l, path);
	if (run && run->ended)
		log_verdict(u, run);
	free(path);
}

/* Logs the request and the answer word for word. */
static void trace_question(struct ui *u, const struct event *e)
{
	struct log_list *l = &ui_logs(u)->list[LOG_TRACE];
	struct str text = STR_INIT, head = STR_INIT;
	const struct blobs *b = session_blobs(ui_session(u));

	str_addf(&head, "--> #%llu to %s %s", (unsigned long long)e->n, e->ask.backend,
		 e->ask.model ? e->ask.model : "");
	log_list_add(l, STYLE_HEADING, str_cstr(&head), head.len, NULL, 0, 0);
	if (e->ask.prompt.data)
		str_add(&text, e->ask.prompt.data, e->ask.prompt.len);
	else if (e->ask.prompt.hash[0])
		b->get(b->ctx, e->ask.prompt.hash, &text, NULL);
	log_list_puts(l, STYLE_DIM, str_cstr(&text));
	str_free(&head);
	str_free(&text);
}

static void trace_answer(struct ui *u, const struct event *e)
{
	struct log_list *l = &ui_logs(u)->list[LOG_TRACE];
	const struct exchange *x = state_exchange(ui_state(u), e->answer.ask);
	struct str head = STR_INIT;

	str_addf(&head, "<-- #%llu %s", (unsigned long long)e->answer.ask,
		 e->answer.finish ? e->answer.finish : "");
	if (e->answer.error && e->answer.error[0])
		str_addf(&head, ": %s", e->answer.error);
	log_list_add(l, STYLE_HEADING, str_cstr(&head), head.len, NULL, 0, 0);
	if (x)
		log_list_puts(l, STYLE_TEXT, str_cstr(&x->answer));
	str_free(&head);
}

void ui_log_line(struct ui *u, const struct event *e)
{
	struct ui_logs *logs = ui_logs(u);
	struct str line = STR_INIT;

	if (timeline_next(&logs->timeline, e, &line) && logs->list[LOG_HISTORY].n)
		log_list_replace(&logs->list[LOG_HISTORY], STYLE_TEXT, line.data, line.len,
				 (int)e->n);
	else if (line.len)
		log_list_add(&logs->list[LOG_HISTORY], STYLE_TEXT, line.data, line.len, NULL,
			     (int)e->n, 0);
	str_free(&line);
}

void ui_log_event(struct ui *u, const struct event *e)
{
	struct ui_logs *logs = ui_logs(u);

	switch (e->type) {
	case EVENT_LINT:
	case EVENT_CRITIQUE:
		ui_log_findings(u);
		break;
	case EVENT_OPEN:
	case EVENT_EDIT:
	case EVENT_GOTO:
		if (ui_state(u)->n_critiques) /* lines move and change */
			ui_log_findings(u);
		break;
	case EVENT_RUN:
		if (e->run.confirms)
			break;
		log_list_clear(&logs->list[LOG_SIM]);
		log_list_clear(&logs->list[LOG_WAVE]);
		break;
	case EVENT_VERDICT:
		log_run(u, e->verdict.run);
		break;
	case EVENT_ASK:
		trace_question(u, e);
		break;
	case EVENT_ANSWER:
		trace_answer(u, e);
		break;
	default:
		break;
	}
	if (logs->history_read)
		ui_log_line(u, e);
}

static bool add_old(void *ctx, const struct event *e, struct err *err)
{
	ui_log_line(ctx, e);
	return true;
}

/* Read when the tab is first shown, so as not to delay the start. */
void ui_log_history(struct ui *u)
{
	struct journal_start reached;
	struct damage damage;

	if (ui_logs(u)->history_read)
		return;
	ui_logs(u)->history_read = true;
	session_flush(ui_session(u));
	journal_read(session_dir(ui_session(u)), NULL, add_old, u, &reached, &damage, NULL);
}

struct log_list *ui_log(const struct ui *u)
{
	struct ui_logs *l = ui_logs(u);

	return &l->list[l->tab];
}

void ui_show_log(struct ui *u, enum log_tab tab)
{
	ui_logs(u)->tab = tab;
	if (tab == LOG_HISTORY)
		ui_log_history(u);
}
