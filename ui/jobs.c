/* What takes time, as tasks: asking, linting, simulating, any other command. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/flow_ask.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "session/journal/doc.h"
#include "session/journal/lint_words.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/review/flow_apply.h"
#include "session/text/text.h"
#include "session/verdict/diag.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"
#include "ui/act.h"
#include "ui/attach.h"

/* A text larger than this is linted as it is on disk. */
#define OVERLAY_MAX (8u << 20)

#define CONFIRM_AFTER_MS 500

/* Only documents with edits: the others are on disk as they are here. */
void ui_set_overlays(struct ui *u)
{
	struct project *p = workbench_project(u->w, NULL);
	const struct state *s = ui_state(u);
	struct strv laid = STRV_INIT;

	if (!p)
		return;
	for (size_t i = 0; i < s->n_docs; i++) {
		const struct doc *d = s->docs[i];
		struct str text = STR_INIT;

		if (!d->open || !d->text || !doc_unsaved(d) || text_len(d->text) > OVERLAY_MAX)
			continue;
		text_get_all(d->text, &text);
		project_overlay(p, d->path, str_cstr(&text), text.len);
		strv_add(&laid, d->path);
		str_free(&text);
	}
	project_overlay_keep(p, &laid);
	strv_free(&laid);
}

bool job_begin(struct job *j, void (*fn)(void *ctx), struct err *err)
{
	static const char *const names[JOB_KINDS] = { "a question is being answered", "a lint is running", "a lint is running",
						      "a simulation is running", "a verdict is being confirmed",
						      "a file is being saved",
						      "another command is running", "the review is being linted",
						      "the review is being linted", "the project is being read" };

	if (j->ui->ending)
		return err_set(err, ERR_CANCELLED, "posedge is ending");
	if (j->task)
		return err_set(err, ERR_BUSY, "%s; Ctrl-C cancels it", names[j->kind]);
	j->task = task_start(j->ui->loop, fn, j);
	j->ui->dirty = true;
	return true;
}

void job_end(struct job *j, bool ok, const struct err *err)
{
	j->task = NULL;
	j->ui->dirty = true;
	strv_free(&j->argv);
	if (!ok)
		ui_complain(j->ui, err);
}

/* Asking -------------------------------------------------------------------------- */

static void announce(struct ui *u, const struct ask_result *a)
{
	const struct place_result *r = &a->placed;

	if (r->refused.n)
		ui_say(u, "%s", r->refused.v[0]);
	else if (a->lacking.len)
		ui_say(u, "%s", str_cstr(&a->lacking));
	else if (r->n == 1)
		ui_say(u, "a suggestion waits: F8 or Ctrl-O v reviews it");
	else if (r->n)
		ui_say(u, "%zu suggestions wait: F8 or Ctrl-O v reviews them", r->n);
	for (size_t i = 0; i < r->refused.n; i++)
		log_list_puts(&u->log[LOG_TRACE], STYLE_RISK, r->refused.v[i]);
	for (size_t i = 0; i < r->notes.n; i++)
		log_list_puts(&u->log[LOG_TRACE], STYLE_RISK, r->notes.v[i]);
}

static void on_live(void *ctx, uint64_t asked, const char *text, size_t len, size_t words)
{
	struct ui *u = ctx;

	u->chat.live_ask = asked;
	str_clear(&u->chat.live);
	str_add(&u->chat.live, text, len);
	u->answer_words = words;
	u->dirty = true;
}

/* A question that was never asked, as its backend could not open, is not lost. */
static void give_back(struct ui *u, const struct job *j, const struct ask_result *result)
{
	if (result->ask == 0 && !j->fix && !j->about.path && u->question.text.len == 0)
		line_edit_set(&u->question, j->argv.v[0]);
}

static void ask(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct asked_line about = j->about;
	struct ask_request r = { .question = j->argv.v[0],
				 .about = { about.follows, about.path, { about.line, about.line ? strlen(about.line) : 0 },
					    about.at } };
	struct attached a = { 0 };
	struct ask_result result = { 0 };
	struct err err;
	bool ok;

	u->asked_ms = loop_now_ms(u->loop);
	u->answer_words = 0;
	loop_timer_set(u->answer_tick, 1000);
	ok = ui_read_project(u, false, &err);
	if (ok)
		ok = j->fix ? attach_fix(u->w, str_cstr(&u->sim_cycles), &a, &err) :
			      attach_named(u->w, r.question, str_cstr(&u->sim_cycles), &a, &err);
	if (ok && j->fix)
		r.question = str_cstr(&a.question);
	r.fix = j->fix;
	r.live = on_live;
	r.ctx = u;
	r.pieces = a.v;
	r.n_pieces = a.n;
	ok = ok && flow_ask(u->w, &r, &result, &err);
	if (ok && about.path)
		ui_say(u, "answered: t on its line shows it");
	if (ok)
		announce(u, &result);
	if (!ok)
		give_back(u, j, &result);
	u->chat.live_ask = 0;
	loop_timer_stop(u->answer_tick);
	if (u->replaced.path)
		act_review_replaced(u, result.placed.suggestions, result.placed.n, u->replaced.path, u->replaced.base_line);
	free(u->replaced.path);
	u->replaced.path = NULL;
	ask_result_fini(&result);
	free(about.path);
	free(about.line);
	attached_fini(&a);
	job_end(j, ok, &err);
}

static bool begin_ask(struct ui *u, const char *question, bool fix, struct asked_line about, struct err *err)
{
	struct job *j = &u->job[JOB_ASK];

	if (!job_begin(j, ask, err)) {
		free(about.path);
		free(about.line);
		return false;
	}
	j->fix = fix;
	j->about = about;
	strv_add(&j->argv, question);
	u->chat.follow = true;
	return true;
}

bool ui_ask(struct ui *u, const char *question, bool fix, struct err *err)
{
	return begin_ask(u, question, fix, (struct asked_line){ 0 }, err);
}

bool ui_ask_about(struct ui *u, const char *question, const struct ask_about *about, struct err *err)
{
	struct asked_line copy = { about->follows, about->at, about->path ? mem_strdup(about->path) : NULL,
				   about->path ? mem_strndup(about->line.data, about->line.len) : NULL };

	return begin_ask(u, question, false, copy, err);
}

/* Linting ---------------------------------------------------------------------------- */

static void say_lint(struct ui *u, const struct lint_result *r)
{
	struct str words = STR_INIT;

	if (r->failed.n)
		str_adds(&words, r->failed.v[0]);
	else if (r->read == 0)
		lint_words_nothing(str_cstr(&r->unread), &words);
	else
		lint_words(r->found, r->read, str_cstr(&r->unread), &words);
	ui_say(u, "%s", str_cstr(&words));
	str_free(&words);
}

static bool lint_whole(struct ui *u, bool say, struct err *err)
{
	struct lint_result r;
	bool ok;

	ok = flow_lint(u->w, NULL, 0, &r, err);
	if (ok && say)
		say_lint(u, &r);
	lint_result_fini(&r);
	return ok;
}

static void start_lint_all(struct ui *u);

/* Behind what is linted of the file under the cursor. Keys cancel it, and then
 * it begins again behind the next of these. */
static void lint_all(void *ctx)
{
	struct job *j = ctx;
	struct err err = { 0 };
	bool again;

	if (ui_read_project(j->ui, false, &err))
		lint_whole(j->ui, false, &err);
	again = j->again;
	/* What a live lint has to complain of stands in the log pane. */
	job_end(j, true, NULL);
	if (again)
		start_lint_all(j->ui);
}

static void start_lint_all(struct ui *u)
{
	struct job *j = &u->job[JOB_LINT_ALL];

	j->again = j->task != NULL;
	if (!j->again)
		job_begin(j, lint_all, NULL);
}

void ui_lint_yield(struct ui *u)
{
	struct job *j = &u->job[JOB_LINT_ALL];

	j->again = false;
	if (j->task && !task_cancelled(j->task))
		task_cancel(j->task);
}

/* Whether path is all that there is to lint: its own lint is then the whole one. */
static bool is_alone(const struct project *p, const char *path)
{
	return project_files(p) == 1 && strcmp(project_file(p, 0)->path, path) == 0;
}

/* *whole: whether nothing is left to be linted behind it. False: no source is
 * under the cursor, or it could not be linted. */
static bool lint_here(struct ui *u, bool *whole, struct err *err)
{
	const struct view *v = ui_code(u);
	const struct project *p = workbench_project(u->w, NULL);
	uint64_t start = loop_now_ms(u->loop);
	struct lint_result r;
	char *path;
	bool ok;

	*whole = false;
	if (!v || !p || !project_find(p, v->path))
		return false;
	if (is_alone(p, v->path)) {
		*whole = true;
		ok = lint_whole(u, false, err);
		u->lint_took_ms = loop_now_ms(u->loop) - start;
		return ok;
	}
	path = mem_strdup(v->path);
	ok = flow_lint_part(u->w, path, &r, err);
	u->lint_took_ms = loop_now_ms(u->loop) - start;
	lint_result_fini(&r);
	free(path);
	return ok;
}

static void lint(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct err err = { 0 };
	bool ok = true, whole = false;

	do {
		j->again = false;
		if (!ui_read_project(u, !j->live, &err))
			ok = j->live;
		else if (j->live)
			lint_here(u, &whole, &err);
		else
			ok = lint_whole(u, true, &err);
	} while (ok && j->again && !task_cancelled(j->task));
	if (j->live && !whole && !task_cancelled(j->task) && u->w->options->lint_live)
		start_lint_all(u);
	job_end(j, ok, &err);
}

bool ui_lint(struct ui *u, bool live, struct err *err)
{
	struct job *j = &u->job[JOB_LINT];

	ui_lint_yield(u);
	if (j->task) {
		j->again = true;
		j->live &= live;
		return true;
	}
	j->live = live;
	return job_begin(j, lint, err);
}

/* Simulating --------------------------------------------------------------------------- */

static void on_line(void *ctx, const char *line, size_t len)
{
	struct ui *u = ctx;

	log_list_add(&u->log[LOG_SIM], STYLE_TEXT, line, len, NULL, 0, 0);
	u->dirty = true;
}

/* A verdict says nothing of a file that the testbench does not use. */
static void say_reviewed(const struct sim_result *r, const struct strv *as_reviewed, struct str *out)
{
	size_t used = 0, unused = 0;

	for (size_t i = 0; i < as_reviewed->n; i++)
		if (strv_has(&r->files, as_reviewed->v[i]))
			str_addf(out, "%s%s", used++ ? ", " : "  with what you took: ", as_reviewed->v[i]);
	for (size_t i = 0; i < as_reviewed->n; i++)
		if (!strv_has(&r->files, as_reviewed->v[i])) {
			if (unused++)
				str_addf(out, ", %s", as_reviewed->v[i]);
			else
				str_addf(out, "  but %s does not use %s", r->testbench, as_reviewed->v[i]);
		}
}

static void show_result(struct ui *u, const struct sim_result *r, const struct strv *as_reviewed)
{
	struct str verdict = STR_INIT;
	struct strv unsaved = STRV_INIT;

	run_result_print(&r->report.result, r->path, &verdict);
	ui_unsaved(u, &unsaved);
	for (size_t i = 0; i < unsaved.n; i++)
		if (strv_has(&r->files, unsaved.v[i]))
			str_addf(&verdict, "%s%s", i ? ", " : "  unsaved: ", unsaved.v[i]);
	say_reviewed(r, as_reviewed, &verdict);
	ui_say(u, "%s", str_cstr(&verdict));
	u->message_bad = r->report.result.verdict == VERDICT_FAIL || verdict_is_broken(r->report.result.verdict);
	str_clear(&u->sim_cycles);
	str_add(&u->sim_cycles, str_cstr(&r->cycles), r->cycles.len);
	log_list_puts(&u->log[LOG_WAVE], STYLE_TEXT, str_cstr(&u->sim_cycles));
	if (r->report.result.verdict == VERDICT_FAIL)
		u->log_tab = LOG_SIM;
	for (size_t i = 0; i < r->notes.n; i++)
		log_list_puts(&u->log[LOG_SIM], STYLE_DIM, r->notes.v[i]);
	strv_free(&unsaved);
	str_free(&verdict);
}

/* Several testbenches: the person picks one. */
static bool offer_testbenches(struct ui *u, const struct err *err)
{
	struct strv all = STRV_INIT;
	struct project *p = workbench_project(u->w, NULL);

	if (err->code != ERR_USAGE || !p || u->popup.kind != POPUP_NONE)
		return false;
	project_testbenches(p, NULL, &all);
	if (all.n > 1) {
		popup_open(&u->popup, POPUP_PICKER, "which testbench?");
		for (size_t i = 0; i < all.n; i++) {
			const struct project_file *f = project_module(p, all.v[i], NULL);
			struct str command = STR_INIT;

			str_addf(&command, "sim %s", all.v[i]);
			popup_add(&u->popup, all.v[i], f ? f->path : "", str_cstr(&command));
			str_free(&command);
		}
		popup_match(&u->popup);
	}
	strv_free(&all);
	return u->popup.kind == POPUP_PICKER;
}

/* In a review the texts are those that Enter would give: what was taken so far,
 * in all files, without touching one. Their paths go to as_reviewed. */
static void lay_reviewed_over(struct ui *u, struct strv *as_reviewed)
{
	const struct state *s = ui_state(u);
	struct project *p = workbench_project(u->w, NULL);

	for (size_t i = 0; p && ui_reviewing(u) && i < s->n_proposals; i++) {
		const struct proposal *x = s->proposals[i];
		struct str text = STR_INIT;

		if (x->state != PROPOSAL_OPEN || suggestion_count(x->s, DECISION_OPEN) == suggestion_units(x->s) ||
		    !flow_apply_check(u->session, x->n, NULL))
			continue;
		suggestion_result(x->s, &text);
		project_overlay(p, suggestion_path(x->s), str_cstr(&text), text.len);
		strv_add(as_reviewed, suggestion_path(x->s));
		str_free(&text);
	}
}

static void drop_first(struct job *j)
{
	if (j->first)
		sim_result_fini(j->first);
	free(j->first);
	j->first = NULL;
}

/* After a pause, with the other simulator; an edit or another run cancels it. */
static void confirm(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct str differs = STR_INIT;
	struct sim_result r = { 0 };
	struct err err;

	if (task_sleep(u->loop, CONFIRM_AFTER_MS, &err)) {
		if (ui_read_project(u, false, &err) &&
		    flow_sim_confirm(u->w, j->first, &r, &differs, &err) && differs.len) {
			ui_say(u, "%s", str_cstr(&differs));
			u->message_bad = true;
			log_list_puts(&u->log[LOG_SIM], STYLE_RISK, str_cstr(&differs));
		}
	}
	sim_result_fini(&r);
	str_free(&differs);
	drop_first(j);
	job_end(j, true, NULL);
}

void ui_confirm_yield(struct ui *u)
{
	struct job *j = &u->job[JOB_CONFIRM];

	if (j->task && !task_cancelled(j->task))
		task_cancel(j->task);
}

/* Takes r over, in part or whole; it is to be finished all the same. */
static void start_confirm(struct ui *u, struct sim_result *r)
{
	struct job *j = &u->job[JOB_CONFIRM];
	struct err err;

	if (j->task)
		return;
	j->first = mem_dup(r, sizeof(*r));
	*r = (struct sim_result){ 0 };
	if (!job_begin(j, confirm, &err))
		drop_first(j);
}

static void sim(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct strv as_reviewed = STRV_INIT;
	struct sim_result r;
	struct err err = { 0 };
	bool ok;

	str_clear(&u->progress);
	ok = ui_read_project(u, true, &err);
	if (ok)		/* and nobody else comes between */
		lay_reviewed_over(u, &as_reviewed);
	ok = ok && flow_sim(u->w, j->argv.n ? j->argv.v[0] : NULL, u->w->options->engine, true, on_line, u, &r,
		      &err);
	ui_set_overlays(u);
	if (ok)
		show_result(u, &r, &as_reviewed);
	if (ok && as_reviewed.n == 0 && flow_sim_confirms(u->w, u->w->options->engine, &r))
		start_confirm(u, &r);
	sim_result_fini(&r);
	strv_free(&as_reviewed);
	job_end(j, ok || offer_testbenches(u, &err), &err);
	str_clear(&u->progress);
}

bool ui_sim(struct ui *u, const char *testbench, struct err *err)
{
	struct job *j = &u->job[JOB_SIM];

	if (!job_begin(j, sim, err))
		return false;
	ui_confirm_yield(u);
	if (testbench)
		strv_add(&j->argv, testbench);
	u->log_tab = LOG_SIM;
	return true;
}

/* What waits for the disk ------------------------------------------------------------------- */

static void do_it(void *ctx)
{
	struct job *j = ctx;
	struct err err;
	struct strv argv = j->argv;
	bool ok;

	j->argv = STRV_INIT;
	ok = j->fn(j->ui, argv.v, argv.n, &err);
	strv_free(&argv);
	while (j->ui->save_then.n)
		ok = act_save_next(j->ui, ok ? &err : NULL) && ok;
	job_end(j, ok, &err);
	if (j->ui->quit_then) {
		j->ui->quit_then = false;
		ui_run_line(j->ui, "quit");
	}
}

bool ui_do(struct ui *u, bool (*fn)(struct ui *u, char *const *argv, size_t argc, struct err *err),
	   char *const *argv, size_t argc, struct err *err)
{
	struct job *j = &u->job[JOB_DO];

	if (!job_begin(j, do_it, err))
		return false;
	j->fn = fn;
	for (size_t i = 0; i < argc; i++)
		strv_add(&j->argv, argv[i]);
	return true;
}

/* Any other command of the table ------------------------------------------------------------ */

/* Waves that no window shows: the command and the paths each on a line of
 * their own, then the table. */
static void show_waves(struct ui *u, const struct str *out)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < out->len; i++) {
		bool gap = out->data[i] == ' ' && i + 1 < out->len && out->data[i + 1] == ' ';

		if (gap && !strchr(str_cstr(&text), '\n')) {
			str_adds(&text, "\n    ");
			i++;
		} else {
			str_addc(&text, out->data[i]);
		}
	}
	log_list_clear(&u->log[LOG_WAVE]);
	log_list_puts(&u->log[LOG_WAVE], STYLE_TEXT, str_cstr(&text));
	u->log_tab = LOG_WAVE;
	u->wish.lower = u->wish.focus = PANE_LOG;
	str_free(&text);
}

static void show_output(struct ui *u, struct job *j)
{
	struct str *out = &j->output;
	const char *lf = out->len ? memchr(out->data, '\n', out->len) : NULL;

	if (out->len == 0)
		return;
	if (lf && lf[1] == '\0' && out->len < 200)
		ui_say(u, "%.*s", (int)(lf - out->data), out->data);
	else if (strcmp(j->argv.v[0], "wave") == 0)
		show_waves(u, out);
	else
		popup_text(&u->popup, j->argv.v[0], str_cstr(out));
	str_clear(out);
}

static void other(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct err err;
	const struct cmd *c = cmd_find(u->w->commands, j->argv.v[0], &err);
	enum cmd_status status;
	bool ok = c && (c->flags & CMD_RC || ui_read_project(u, false, &err)) &&	/* those are settings */
		  cmd_run(u->w, c, j->argv.v + 1, j->argv.n - 1, "", true, &status, &err);

	show_output(u, j);
	act_apply_options(u);
	job_end(j, ok, &err);
}

bool ui_other(struct ui *u, char *const *argv, size_t argc, struct err *err)
{
	struct job *j = &u->job[JOB_OTHER];

	if (!job_begin(j, other, err))
		return false;
	for (size_t i = 0; i < argc; i++)
		strv_add(&j->argv, argv[i]);
	return true;
}

/* Cancelling ------------------------------------------------------------------------------------ */

bool ui_busy(const struct ui *u)
{
	return u->job[JOB_ASK].task || u->job[JOB_SIM].task || u->job[JOB_OTHER].task;
}

bool ui_cancel_answer(struct ui *u)
{
	struct task *t = u->job[JOB_ASK].task;

	if (!t || task_cancelled(t))
		return false;
	task_cancel(t);
	return true;
}

bool ui_cancel_job(struct ui *u)
{
	static const enum job_kind order[] = { JOB_ASK, JOB_SIM, JOB_OTHER, JOB_READ };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		struct task *t = u->job[order[i]].task;

		if (t && !task_cancelled(t)) {
			task_cancel(t);
			return true;
		}
	}
	return false;
}

void ui_cancel_all(struct ui *u)
{
	for (int i = 0; i < JOB_KINDS; i++) {
		u->job[i].again = false;
		if (u->job[i].task && !task_cancelled(u->job[i].task))
			task_cancel(u->job[i].task);
	}
	for (int i = 0; i < JOB_KINDS; i++)
		while (u->job[i].task)
			loop_turn(u->loop, true);
}
