/* Runs a testbench on the texts as they are on the screen. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/check/flow_sim.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/mutant/score.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/review/flow_apply.h"
#include "session/text/words.h"
#include "session/waveview/waveview_layout.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/look/theme.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Simulating --------------------------------------------------------------------------- */

/* Makes the log the lower pane, once per run: its output becomes visible, and a user who
 * then leaves it stays elsewhere. A conversation in progress keeps its place. */
static void bring_log(struct ui *u)
{
	const struct ui_panes *panes = ui_panes(u);
	struct ui_jobs *jobs = ui_jobs(u);
	bool talking = ui_chat(u)->question.text.len || ui_chat(u)->asks || jobs->job[JOB_ASK].task;

	if (jobs->log_brought || panes->wish.zoom || ui_reviewing(u))
		return;
	jobs->log_brought = true;
	if (panes->layout.pane[PANE_LOG].rows || (talking && panes->layout.pane[PANE_CHAT].rows))
		return;
	if (ui_focused(u) == PANE_CODE)
		ui_show(u, PANE_LOG);
	else if (ui_focused(u) == PANE_CHAT)
		ui_focus(u, PANE_LOG);
}

static void on_line(void *ctx, const char *line, size_t len)
{
	struct ui *u = ctx;

	bring_log(u);
	log_list_add(&ui_logs(u)->list[LOG_SIM], STYLE_TEXT, line, len, NULL, 0, 0);
	ui_stream_changed(u);
}

/* Names the reviewed files the verdict covers, and those that the testbench does not
 * use. */
static void say_reviewed(const struct sim_result *r, const struct strv *as_reviewed,
			 struct str *out)
{
	size_t used = 0, unused = 0;

	for (size_t i = 0; i < as_reviewed->n; i++)
		if (strv_has(&r->files, as_reviewed->v[i]))
			str_addf(out, "%s%s",
				 used++ ? ", " : "  with what you took: ", as_reviewed->v[i]);
	for (size_t i = 0; i < as_reviewed->n; i++)
		if (!strv_has(&r->files, as_reviewed->v[i])) {
			if (unused++)
				str_addf(out, ", %s", as_reviewed->v[i]);
			else
				str_addf(out, "  but %s does not use %s", r->testbench,
					 as_reviewed->v[i]);
		}
}

/* Lists a note; one that ends with "(spec.md:12)" links to that line. */
static void log_note(struct log_list *l, const char *note)
{
	size_t len = strlen(note);
	const char *open = strrchr(note, '('), *colon = strrchr(note, ':');
	char *path = NULL, *end;
	long line = 0;

	if (open && colon > open + 1 && note[len - 1] == ')' && !memchr(open, ' ', strlen(open))) {
		line = strtol(colon + 1, &end, 10);
		if (end == note + len - 1 && line > 0 && line < INT32_MAX)
			path = mem_strndup(open + 1, (size_t)(colon - open - 1));
	}
	log_list_add(l, STYLE_DIM, note, len, path, path ? (int)line : 0, 0);
	free(path);
}

/* With several testbenches a verdict must say which one it is of. */
static bool has_several(struct workbench *w)
{
	struct project *p = workbench_project(w, NULL);
	struct strv all = STRV_INIT, paths = STRV_INIT;
	bool several;

	if (p)
		design_testbenches(p, w->options, NULL, &all, &paths);
	several = all.n > 1;
	strv_free(&all);
	strv_free(&paths);
	return several;
}

static void announce_waves(struct ui *u, const struct sim_result *r)
{
	struct str layout = STR_INIT;

	waveview_layout_key(r->testbench, r->path, &layout);
	ui_wave_announce(u, r->wave_path, str_cstr(&layout), r->report.result.has_time,
			 r->report.result.first_time);
	str_free(&layout);
}

static void show_result(struct ui *u, const struct sim_result *r, const struct strv *as_reviewed)
{
	struct ui_jobs *jobs = ui_jobs(u);
	struct ui_logs *logs = ui_logs(u);
	struct str verdict = STR_INIT;
	struct strv unsaved = STRV_INIT;

	jobs->run_several = has_several(ui_workbench(u));
	if (jobs->run_several)
		str_addf(&verdict, "%s: ", r->testbench);
	run_result_print(&r->report.result, r->path, &verdict);
	if (r->report.result.verdict == VERDICT_PASS && as_reviewed->n == 0) {
		score_print(ui_workbench(u), r->testbench, r->path, &verdict);
		ui_mutants_soon(u, r->testbench, r->path);
	}
	ui_unsaved(u, &unsaved);
	for (size_t i = 0, n = 0; i < unsaved.n; i++)
		if (strv_has(&r->files, unsaved.v[i]))
			str_addf(&verdict, "%s%s", n++ ? ", " : "  unsaved: ", unsaved.v[i]);
	say_reviewed(r, as_reviewed, &verdict);
	ui_say(u, "%s", str_cstr(&verdict));
	bring_log(u);
	ui_words(u)->bad = r->report.result.verdict == VERDICT_FAIL ||
			   verdict_is_broken(r->report.result.verdict);
	str_clear(&jobs->sim_cycles);
	str_add(&jobs->sim_cycles, str_cstr(&r->cycles), r->cycles.len);
	log_list_puts(&logs->list[LOG_WAVE], STYLE_TEXT, str_cstr(&jobs->sim_cycles));
	if (r->wave_path[0])
		announce_waves(u, r);
	if (r->report.result.verdict == VERDICT_FAIL)
		logs->tab = LOG_SIM;
	for (size_t i = 0; i < r->notes.n; i++)
		log_note(&logs->list[LOG_SIM], r->notes.v[i]);
	if (r->report.unprotected[0]) {
		char *line = str_fmt("without %s", r->report.unprotected);

		log_list_puts(&logs->list[LOG_SIM], STYLE_DIM, line);
		free(line);
	}
	strv_free(&unsaved);
	str_free(&verdict);
}

static size_t count(const struct strv *l, const char *s)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += strcmp(l->v[i], s) == 0;
	return n;
}

/* Testbenches of several files may have one name: each is run by its file, except where
 * that has several. */
static void list_testbenches(struct popup *popup, const struct strv *names,
			     const struct strv *paths)
{
	for (size_t i = 0; i < names->n; i++) {
		struct str command = STR_INIT;

		str_adds(&command, "sim ");
		words_quote(count(paths, paths->v[i]) > 1 ? names->v[i] : paths->v[i], &command);
		popup_add_file(popup, names->v[i], paths->v[i], str_cstr(&command));
		str_free(&command);
	}
	popup_match(popup);
}

/* Lets the user pick one of several testbenches that name may mean; not if keys went
 * elsewhere since the run was asked for, because the list would take those that follow. */
static bool offer_testbenches(struct ui *u, const char *name, const struct err *err)
{
	struct popup *popup = ui_popup(u);
	struct project *p = workbench_project(ui_workbench(u), NULL);
	struct strv names = STRV_INIT, paths = STRV_INIT;
	bool offers;

	if (err->code != ERR_USAGE || !p || popup->kind != POPUP_NONE || !ui_jobs(u)->opens_ms)
		return false;
	design_testbenches(p, ui_workbench(u)->options, name, &names, &paths);
	offers = names.n > 1;
	if (offers) {
		popup_open(popup, POPUP_PICKER, "which testbench?");
		list_testbenches(popup, &names, &paths);
	}
	strv_free(&names);
	strv_free(&paths);
	return offers;
}

/* Asks for consent to run a testbench that could not be kept from the user's files. */
static bool offer_unguarded(struct ui *u, const struct job *j, const struct err *err)
{
	struct str command = STR_INIT;

	if (err->code != ERR_CONSENT || ui_popup(u)->kind != POPUP_NONE)
		return false;
	str_adds(&command, j->argv.n ? "sim-unguarded " : "sim-unguarded");
	if (j->argv.n)
		words_quote(j->argv.v[0], &command);
	popup_open(ui_popup(u), POPUP_CHOICE,
		   "No bubblewrap here: the simulation could read and change all of your files.");
	popup_add(ui_popup(u), "R", "run it all the same, and others until posedge ends",
		  str_cstr(&command));
	popup_add(ui_popup(u), "n",
		  "do not run it (`set sandbox none` in your posedgerc never asks)", "redraw");
	str_free(&command);
	return true;
}

/* In a review, overlays the texts that Enter would write: the lines taken so far, in
 * all files, without changing any. Adds their paths to as_reviewed. */
static void lay_reviewed_over(struct ui *u, struct strv *as_reviewed)
{
	const struct state *s = ui_state(u);
	struct project *p = workbench_project(ui_workbench(u), NULL);

	for (size_t i = 0; p && ui_reviewing(u) && i < s->n_proposals; i++) {
		const struct proposal *x = s->proposals[i];
		struct str text = STR_INIT;

		if (x->state != PROPOSAL_OPEN ||
		    suggestion_count(x->s, DECISION_OPEN) == suggestion_units(x->s) ||
		    !flow_apply_check(ui_session(u), x->n, NULL))
			continue;
		suggestion_result(x->s, &text);
		project_overlay(p, suggestion_path(x->s), str_cstr(&text), text.len);
		strv_add(as_reviewed, suggestion_path(x->s));
		str_free(&text);
	}
}

/* The file in front if a testbench belongs to it and none is set; names the
 * testbench to run. NULL: the project's default. The caller frees it. */
static char *file_in_front(struct ui *u)
{
	struct workbench *w = ui_workbench(u);
	struct project *p = workbench_project(w, NULL);
	const struct view *v = ui_code(u);
	char *testbench = NULL, *path = NULL;
	bool has = p && v && !w->options->testbench[0] && project_find(p, v->path) &&
		   design_testbench(p, w->options, v->path, &testbench, &path, NULL);

	free(testbench);
	free(path);
	return has ? mem_strdup(v->path) : NULL;
}

static void sim(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct strv as_reviewed = STRV_INIT;
	struct sim_result r;
	struct err err = { 0 };
	unsigned design;
	const char *name;
	char *front;
	bool ok;

	str_clear(&ui_words(u)->progress);
	ok = ui_read_project(u, true, &err);
	job_opened(j); /* the testbench is chosen before anything waits again */
	if (ok)	       /* no task switch in between */
		lay_reviewed_over(u, &as_reviewed);
	design = ui_decisions(u)->design;
	front = ok && !j->argv.n ? file_in_front(u) : NULL;
	name = j->argv.n ? j->argv.v[0] : front;
	ok = ok && flow_sim(ui_workbench(u), name, ui_workbench(u)->options->engine, true, on_line,
			    u, &r, &err);
	ui_set_overlays(u);
	if (ok)
		show_result(u, &r, &as_reviewed);
	/* An edit during the run: another simulator would be given other texts. */
	if (ok && as_reviewed.n == 0 && design == ui_decisions(u)->design &&
	    flow_sim_confirms(ui_workbench(u), ui_workbench(u)->options->engine, &r))
		job_confirm(u, &r);
	sim_result_fini(&r);
	strv_free(&as_reviewed);
	job_end(j, ok || offer_unguarded(u, j, &err) || offer_testbenches(u, name, &err), &err);
	free(front);
	str_clear(&ui_words(u)->progress);
}

bool ui_sim(struct ui *u, const char *testbench, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_SIM];

	if (!job_begin(j, sim, err))
		return false;
	ui_confirm_yield(u);
	ui_idle_yield(u);
	job_opens(j);
	if (testbench)
		strv_add(&j->argv, testbench);
	ui_logs(u)->tab = LOG_SIM;
	ui_jobs(u)->log_brought = false;
	return true;
}
