/* The lint preview of a review: the linter's findings in
 *
 *   - the file that Enter would write, with the lines taken so far
 *   - the file with all undecided lines taken as well
 *   - the base with each place of the diff alone, the nearest first, and with the
 *     line under the cursor
 *
 * and the hardware changes. Two tasks share the work, so that two processors do: one
 * follows this order, the other starts with the places. A decision restarts both;
 * results are cached by content (lint_memo.h), so nothing is linted twice. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/check/composite.h"
#include "session/check/flow_hardware.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/lint/lint_memo.h"
#include "session/option/opt.h"
#include "session/project/text_memo.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

#define CALM_MS 60

/* The suggestion under review if it is still number n; else NULL. */
static const struct suggestion *reviewed(const struct ui *u, uint64_t n)
{
	const struct proposal *p =
		n && ui_review(u)->suggestion == n ? state_proposal(ui_state(u), n) : NULL;

	return p && p->state == PROPOSAL_OPEN ? p->s : NULL;
}

static void look_ahead(struct ui *u, uint64_t n, bool rest)
{
	struct composite t;
	const struct diag_list *found;

	composite_init(&t, ui_state(u), n, rest ? COMPOSITE_REST : COMPOSITE_HERE, NULL);
	found = lint_memo_ask(ui_decisions(u)->memo, ui_workbench(u), t.v, t.n);
	if (reviewed(u, n))
		*(rest ? &ui_review(u)->rest : &ui_review(u)->here) =
			(struct lint_preview){ found != NULL,
					       found ? diag_list_count(found, DIAG_ERROR) : 0,
					       found ? diag_list_count(found, DIAG_RISK) : 0 };
	ui_changed(u);
	composite_fini(&t);
}

/* Hardware ------------------------------------------------------------------------------ */

/* Each line; the long reason of a failure is split after the colon. */
static void show_hardware(struct ui *u)
{
	const struct review *r = ui_review(u);
	struct str text = STR_INIT;

	for (size_t i = 0; i < r->hardware.n; i++) {
		const char *line = r->hardware.v[i],
			   *colon = r->hardware_failed ? strstr(line, ": ") : NULL;

		if (colon)
			str_addf(&text, "%.*s:\n    %s\n", (int)(colon - line), line, colon + 2);
		else
			str_addf(&text, "%s\n", line);
	}
	popup_text(ui_popup(u),
		   r->hardware_all ? "hardware, if all is taken"
				   : "hardware, by what is decided so far",
		   str_cstr(&text));
	str_free(&text);
}

/* Keeps showing the old result until the new one is known, and redraws only if it
 * differs. */
static void compare_hardware(struct ui *u, uint64_t n)
{
	struct job *j = &ui_jobs(u)->job[JOB_LINT_PREVIEW];
	struct review *r = ui_review(u);
	struct strv lines = STRV_INIT;
	struct err err = { 0 };
	bool all = flow_hardware_all(ui_state(u), n), ok;

	r->hardware_stale = false; /* a decision made meanwhile sets it again */
	ok = flow_hardware(ui_workbench(u), ui_decisions(u)->hardware_memo, n, &lines, &err);
	if (!ok)
		strv_add(&lines, err.text);
	if (!reviewed(u, n) || task_cancelled(j->task)) {
		strv_free(&lines);
		return;
	}
	if (!strv_equal(&lines, &r->hardware) || all != r->hardware_all ||
	    ok == r->hardware_failed) {
		struct strv old = r->hardware;

		r->hardware = lines;
		lines = old;
		r->hardware_all = all;
		r->hardware_failed = !ok;
		ui_changed(u);
	}
	strv_free(&lines);
	if (j->show && !r->hardware_stale && ui_popup(u)->kind == POPUP_NONE)
		show_hardware(u);
	j->show &= r->hardware_stale;
}

/* Places and lines, each alone -------------------------------------------------------- */

/* Findings with only these units of the file under review taken; other files as
 * decided. */
static const struct diag_list *lint_with(struct ui *u, uint64_t n, size_t first, size_t units)
{
	const struct suggestion *s = reviewed(u, n);
	struct composite t;
	const struct diag_list *found;
	bool *take;

	if (!s || first + units > suggestion_units(s))
		return NULL;
	take = mem_calloc(suggestion_units(s) + 1, sizeof(*take));
	memset(take + first, true, units);
	composite_init(&t, ui_state(u), n, COMPOSITE_HERE, take);
	found = lint_memo_ask(ui_decisions(u)->memo, ui_workbench(u), t.v, t.n);
	composite_fini(&t);
	free(take);
	return found;
}

/* Compares with the findings of the base, which are cached after the first time. */
static bool badge_of(struct ui *u, uint64_t n, size_t first, size_t units, struct badge *b)
{
	const struct diag_list *with, *base = lint_with(u, n, 0, 0);
	unsigned age;

	with = base ? lint_with(u, n, first, units) : NULL;
	age = text_memo_generation(ui_decisions(u)->memo);
	base = with ? lint_with(u, n, 0, 0) : NULL;
	/* with has been dropped from the cache too */
	if (!base || age != text_memo_generation(ui_decisions(u)->memo))
		return false;
	*b = (struct badge){ .known = true,
			     .errors = diag_list_gained(base, with, DIAG_ERROR),
			     .errors_gone = diag_list_gained(with, base, DIAG_ERROR),
			     .risks = diag_list_gained(base, with, DIAG_RISK),
			     .risks_gone = diag_list_gained(with, base, DIAG_RISK) };
	return true;
}

/* The first unit of the nearest hunk whose badge is neither known nor being
 * computed. */
static bool nearest(const struct ui *u, const struct suggestion *s, size_t *unit)
{
	size_t here = ui_review(u)->unit, units = suggestion_units(s), best = units;

	for (size_t i = 0; i < units; i++) {
		const struct badge *b = &ui_review(u)->badges[suggestion_unit(s, i)->hunk];
		size_t away = i > here ? i - here : here - i;

		if (b->known || b->asked)
			continue;
		if (best == units || away < (best > here ? best - here : here - best))
			best = i;
	}
	*unit = best;
	return best < units;
}

/* Computes the next badge. False: all hunks have one. Starts over for units that
 * changed meanwhile. */
static bool next_place(struct ui *u, uint64_t n)
{
	struct review *review = ui_review(u);
	const struct suggestion *s = reviewed(u, n);
	struct badge b = { .known = true, .failed = true };
	size_t unit, first, last, hunk;
	unsigned changes = review->changes;

	if (!s || !nearest(u, s, &unit))
		return false;
	hunk = suggestion_unit(s, unit)->hunk;
	review->badges[hunk].asked = true;
	review_hunk(s, unit, &first, &last);
	badge_of(u, n, first, last - first + 1, &b);
	if (reviewed(u, n) && review->changes == changes) {
		b.needed = review->badges[hunk].needed;
		b.equal = review->badges[hunk].equal;
		review->badges[hunk] = b;
		ui_changed(u);
	}
	return true;
}

static bool this_line(struct ui *u, uint64_t n)
{
	struct review *review = ui_review(u);
	struct badge b = { .known = true, .failed = true };
	size_t unit = review->unit;
	unsigned changes = review->changes;

	if (!reviewed(u, n) || (review->line.known && review->line_unit == unit))
		return false;
	badge_of(u, n, unit, 1, &b);
	if (reviewed(u, n) && review->changes == changes) {
		review->line = b;
		review->line_unit = unit;
		ui_changed(u);
	}
	return true;
}

/* Decisions come in quick succession, and each must be on the screen at once: wait
 * until there was none for a moment. */
static bool is_calm(struct job *j)
{
	while (j->again) {
		j->again = false;
		if (!task_sleep(ui_loop(j->ui), CALM_MS, NULL))
			return false;
	}
	return !task_cancelled(j->task);
}

static void preview(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;

	while (is_calm(j)) {
		uint64_t n = ui_review(u)->suggestion;

		if (ui_review(u)->stale && reviewed(u, n))
			look_ahead(u, n, false);
		if (ui_review(u)->stale && !j->again && reviewed(u, n)) {
			look_ahead(u, n, true);
			ui_review(u)->stale = j->again;
		}
		if (ui_review(u)->hardware_stale && !j->again && !task_cancelled(j->task) &&
		    reviewed(u, n))
			compare_hardware(u, n);
		while (!j->again && !task_cancelled(j->task) &&
		       (next_place(u, n) || this_line(u, n)))
			;
		if (!j->again)
			break;
	}
	j->show = false;
	job_end(j, true, NULL);
}

static void places(void *ctx)
{
	struct job *j = ctx;

	while (is_calm(j) && next_place(j->ui, ui_review(j->ui)->suggestion))
		;
	job_end(j, true, NULL);
}

void ui_lint_preview(struct ui *u, bool decided)
{
	struct job *j = &ui_jobs(u)->job[JOB_LINT_PREVIEW], *also = &ui_jobs(u)->job[JOB_PLACES];

	ui_review(u)->hardware_stale |= decided;
	if (decided)
		ui_review(u)->equal = REVIEW_NOT_ASKED;
	if (decided) {
		ui_idle_yield(u);
		ui_equivalent_soon(u);
	}
	if (!ui_workbench(u)->options->lint_live)
		return;
	j->again |= decided;
	also->again |= decided;
	ui_review(u)->stale |= decided;
	if (!j->task)
		job_begin(j, preview, NULL);
	if (!also->task)
		job_begin(also, places, NULL);
}

/* Without lint.live only the hardware is compared. */
static void only_hardware(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;

	do
		compare_hardware(u, ui_review(u)->suggestion);
	while (ui_review(u)->hardware_stale && reviewed(u, ui_review(u)->suggestion) &&
	       !task_cancelled(j->task));
	j->show = false;
	job_end(j, true, NULL);
}

bool ui_hardware(struct ui *u, struct err *err)
{
	struct review *review = ui_review(u);
	struct job *j = &ui_jobs(u)->job[JOB_LINT_PREVIEW];

	if (!reviewed(u, review->suggestion))
		return err_set(err, ERR_USAGE,
			       "this suggestion is over: there is nothing to compare");
	if (!review->hardware_stale && review->hardware.n) {
		show_hardware(u);
		return true;
	}
	ui_say(u, "comparing the hardware of both versions ...");
	j->show = true;
	return j->task || job_begin(j, only_hardware, err);
}
