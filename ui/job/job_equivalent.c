/* Whether what the review would write does what the file does: asked for with a key, as it
 * may take its time. A badge in the review says what came of it, until a decision makes it
 * another text. Only a proof is good; anything else is grey or says what differs. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/formal/flow_equiv.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"

/* The least that holds of all modules. */
static void sum_up(const struct equiv_results *all, struct review *v)
{
	bool differs = false, proved = true;

	for (size_t i = 0; i < all->n; i++) {
		enum prover_answer a = all->v[i].report.answer;

		differs |= a == PROVER_DIFFERENT || a == PROVER_PORTS;
		proved &= a == PROVER_PROVED;
	}
	v->equal = differs ? REVIEW_DIFFERS : proved ? REVIEW_EQUAL : REVIEW_NOT_PROVED;
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

static void equivalent(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct workbench *w = ui_workbench(u);
	struct review *v = ui_review(u);
	uint64_t n = v->suggestion;
	struct equiv_sides sides;
	struct equiv_results all;
	struct err err = { 0 };
	bool ok = ui_read_project(u, true, &err) &&
		  equiv_sides_suggestion(w->session, n, &sides, &err);

	if (ok) {
		struct equiv_request r = { .sides = &sides,
					   .depth = FORMAL_DEPTH_DEFAULT,
					   .ms = FORMAL_SECONDS_DEFAULT * 1000 };

		ok = flow_equiv(w, &r, &all, &err);
		equiv_sides_fini(&sides);
	}
	/* A decision meanwhile has taken the badge away. */
	if (v->suggestion == n && v->equal == REVIEW_ASKED)
		v->equal = REVIEW_NOT_ASKED;
	else
		v = NULL;
	if (ok) {
		if (v)
			sum_up(&all, v);
		say(u, &all);
		equiv_results_fini(&all);
	}
	job_end(j, ok, &err);
	ui_changed(u);
}

bool ui_equivalent(struct ui *u, struct err *err)
{
	if (!job_begin(&ui_jobs(u)->job[JOB_SIM], equivalent, err))
		return false;
	ui_review(u)->equal = REVIEW_ASKED;
	return true;
}
