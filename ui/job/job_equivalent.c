/* Is the result of the review equivalent to the file? Proved on request, by a key,
 * as it may take long, or while idle. A badge in the review shows the outcome until
 * a decision changes the text; then each place is checked alone and gets its own
 * badge if it changes nothing. Only a proof is shown as good; any other outcome is
 * grey or says what differs. */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/formal/flow_equiv.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"

#define PLACE_SECONDS 10   /* per place */
#define IDLE_MS	      1500 /* delay from the last decision */

/* The weakest result among all modules. */
static enum review_equal sum_up(const struct equiv_results *all)
{
	bool differs = false, proved = true;

	for (size_t i = 0; i < all->n; i++) {
		enum prover_answer a = all->v[i].report.answer;

		differs |= a == PROVER_DIFFERENT || a == PROVER_PORTS;
		proved &= a == PROVER_PROVED;
	}
	return differs ? REVIEW_DIFFERS : proved ? REVIEW_EQUAL : REVIEW_NOT_PROVED;
}

static void say(struct ui *u, const struct equiv_results *all)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < all->n; i++) {
		str_addf(&out, "%s%s: ", i ? "; " : "", all->v[i].module);
		equiv_say(&all->v[i], &out);
	}
	ui_say(u, "%s", str_cstr(&out));
	str_free(&out);
}

static bool compare(struct ui *u, const struct equiv_sides *sides, uint64_t seconds,
		    struct equiv_results *all, struct err *err)
{
	struct equiv_request r = { .sides = sides,
				   .depth = FORMAL_DEPTH_DEFAULT,
				   .ms = seconds * 1000 };

	return flow_equiv(ui_workbench(u), &r, all, err);
}

/* Checks the whole result. A decision made meanwhile has removed the badge. */
static bool whole(struct ui *u, uint64_t n, bool aloud, struct err *err)
{
	struct review *v = ui_review(u);
	struct equiv_sides sides;
	struct equiv_results all;
	bool ok = equiv_sides_suggestion(ui_session(u), n, NULL, &sides, err);

	if (ok) {
		ok = compare(u, &sides, FORMAL_SECONDS_DEFAULT, &all, err);
		equiv_sides_fini(&sides);
	}
	if (v->suggestion == n && v->equal == REVIEW_ASKED)
		v->equal = ok ? sum_up(&all) : REVIEW_NOT_ASKED;
	if (ok && aloud)
		say(u, &all);
	if (ok)
		equiv_results_fini(&all);
	ui_changed(u);
	return ok;
}

/* Checks one place alone. False: stop. */
static bool place(struct ui *u, uint64_t n, size_t hunk)
{
	struct review *v = ui_review(u);
	const struct proposal *p = state_proposal(ui_state(u), n);
	unsigned changes = v->changes;
	struct equiv_sides sides;
	struct equiv_results all;
	struct err err;
	size_t units = p ? suggestion_units(p->s) : 0;
	bool *take, ok;

	if (!units || v->suggestion != n || hunk >= v->n_badges)
		return false;
	take = mem_calloc(units + 1, sizeof(*take));
	for (size_t i = 0; i < units; i++)
		take[i] = suggestion_unit(p->s, i)->hunk == hunk;
	ok = equiv_sides_suggestion(ui_session(u), n, take, &sides, &err);
	if (ok) {
		ok = compare(u, &sides, PLACE_SECONDS, &all, &err);
		equiv_sides_fini(&sides);
	}
	free(take);
	if (ok) {
		if (v->suggestion == n && v->changes == changes && hunk < v->n_badges)
			v->badges[hunk].equal = sum_up(&all);
		equiv_results_fini(&all);
		ui_changed(u);
	}
	return ok && v->suggestion == n && v->changes == changes;
}

static void each_place(struct ui *u, uint64_t n)
{
	struct review *v = ui_review(u);

	for (size_t i = 0; v->n_badges > 1 && place(u, n, i); i++)
		;
	if (v->n_badges == 1 && v->suggestion == n)
		v->badges[0].equal = v->equal;
}

static void soon(void *ctx);

/* Ends the job, and starts over if a decision was made meanwhile. */
static void finish(struct job *j)
{
	bool again = j->again;

	j->again = false;
	job_end(j, true, NULL);
	if (again)
		job_begin(j, soon, NULL);
}

static void places(void *ctx)
{
	struct job *j = ctx;

	each_place(j->ui, ui_review(j->ui)->suggestion);
	finish(j);
}

/* Failures are not shown: the user did not ask for this. */
static void soon(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct review *v = ui_review(u);
	struct err err;

	if (task_sleep(ui_loop(u), IDLE_MS, NULL) && ui_reviewing(u) &&
	    v->equal == REVIEW_NOT_ASKED) {
		uint64_t n = v->suggestion;

		v->equal = REVIEW_ASKED;
		if (ui_read_project(u, true, &err) && whole(u, n, false, &err))
			each_place(u, n);
		else if (v->suggestion == n && v->equal == REVIEW_ASKED)
			v->equal = REVIEW_NOT_ASKED;
	}
	finish(j);
}

void ui_equivalent_soon(struct ui *u)
{
	struct job *j = &ui_jobs(u)->job[JOB_EQUAL];

	if (!ui_workbench(u)->options->review_equivalent)
		return;
	if (!j->task) {
		job_begin(j, soon, NULL);
		return;
	}
	j->again = true;
	ui_idle_yield(u);
}

/* The user waits for the whole only, so the places follow in another job. */
static void equivalent(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct err err = { 0 };
	bool ok = ui_read_project(u, true, &err) && whole(u, ui_review(u)->suggestion, true, &err);

	job_end(j, ok, &err);
	if (ok)
		job_begin(&ui_jobs(u)->job[JOB_EQUAL], places, NULL);
	ui_changed(u);
}

bool ui_equivalent(struct ui *u, struct err *err)
{
	ui_idle_yield(u);
	if (!job_begin(&ui_jobs(u)->job[JOB_SIM], equivalent, err))
		return false;
	ui_review(u)->equal = REVIEW_ASKED;
	return true;
}
