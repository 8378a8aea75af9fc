/* Decisions on a suggestion, line by line. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/journal/proposal_group.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_replace.h"
#include "session/review/import_worktree.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

struct proposal *act_suggestion(struct ui *u, struct err *err)
{
	struct proposal *p = ui_review(u)->suggestion
				     ? state_proposal(ui_state(u), ui_review(u)->suggestion)
				     : NULL;

	if (!p)
		err_set(err, ERR_USAGE, "no review is open: F8 or Ctrl-O v");
	return p;
}

/* d->to: the revision. Opens the first file that differs. */
static bool review_outside(struct ui *u, const struct deed *d, struct err *err)
{
	struct place_result placed = { 0 };
	bool ok = import_worktree(ui_workbench(u), d->to, &placed, err);

	if (placed.refused.n == 1)
		ui_say(u, "%s", placed.refused.v[0]);
	else if (placed.refused.n)
		ui_say(u, "%s; and %zu more like it", placed.refused.v[0], placed.refused.n - 1);
	if (ok && placed.n == 0 && !placed.refused.n)
		ui_say(u, "nothing differs from %s", d->to);
	else if (ok && placed.n)
		ok = job_review(u, state_proposal(ui_state(u), placed.suggestions[0]), err);
	place_result_fini(&placed);
	return ok;
}

/* The suggestion to review first; drops completions whose text has changed since. */
static bool next_fresh(struct ui *u, const struct proposal **p, struct err *err)
{
	for (*p = job_to_decide(u); *p && job_is_stale(u, *p); *p = job_to_decide(u)) {
		ui_say(u, "%s changed: what complete proposed is dropped",
		       suggestion_path((*p)->s));
		if (!flow_close(ui_session(u), (*p)->n, "the text changed", err))
			return false;
	}
	return true;
}

bool act_review(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct proposal *p;

	if (cmd_opt(c, "--git")) {
		ui_decisions(u)->n_passed = 0;
		return ui_do(u, review_outside,
			     &(struct deed){ .to = c->argc ? c->argv[0] : "HEAD" }, err);
	}
	if (c->argc)
		return err_set(err, ERR_USAGE, "review, or review --git [REV]");
	if (ui_reviewing(u)) {
		ui_focus(u, PANE_CODE);
		return true;
	}
	ui_decisions(u)->n_passed = 0;
	if (!next_fresh(u, &p, err))
		return false;
	return p ? job_review(u, p, err) : err_set(err, ERR_USAGE, "there is nothing to review");
}

bool act_next_suggestion(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct proposal *p = act_suggestion(u, err);

	if (!p)
		return false;
	p = c->argc ? state_proposal(ui_state(u), strtoull(c->argv[0], NULL, 10))
		    : job_next_open(u, ui_review(u)->suggestion);
	return p ? job_review(u, p, err)
		 : err_set(err, ERR_NOT_FOUND, "next-suggestion %s: there is none of this number",
			   c->argv[0]);
}

/* "src/fifo.sv  taken 3 refused 0 open 2" for each file of this answer. */
bool act_review_files(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct proposal *p = act_suggestion(u, err);
	uint64_t *group = NULL;
	size_t n = p ? proposals_of_answer(ui_state(u), p, &group) : 0;

	if (p)
		popup_open(ui_popup(u), POPUP_PICKER, "files of this answer");
	for (size_t i = 0; i < n; i++) {
		const struct suggestion *s = state_proposal(ui_state(u), group[i])->s;
		char *command = str_fmt("next-suggestion %" PRIu64, group[i]);
		char *counts = str_fmt("taken %zu refused %zu open %zu%s",
				       suggestion_count(s, DECISION_TAKEN),
				       suggestion_count(s, DECISION_REFUSED),
				       suggestion_count(s, DECISION_OPEN), suggestion_remark(s));

		popup_add(ui_popup(u), suggestion_path(s), counts, command);
		free(command);
		free(counts);
	}
	if (p)
		popup_match(ui_popup(u));
	free(group);
	return p != NULL;
}

bool act_leave_review(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct proposal *p = act_suggestion(u, err);

	if (!p)
		return false;
	if (act_esc_drops(p)) {
		uint64_t n = p->n;

		ui_end_review(u);
		ui_say(u, "dropped");
		return flow_close(ui_session(u), n, "dropped", err);
	}
	ui_end_review(u);
	ui_say(u, "the suggestion waits: F8 comes back to it");
	return true;
}

/* Deciding ------------------------------------------------------------------------- */

struct proposal *act_decidable(struct ui *u, bool *ok, struct err *err)
{
	struct review *review = ui_review(u);
	struct proposal *p = act_suggestion(u, err);

	*ok = p != NULL;
	if (p && review->scrolled && !review_in_sight(review)) {
		review->scrolled = false;
		ui_say(u, "the change was out of sight: here it is; press the key again");
		return NULL;
	}
	return p && ui_decisions(u)->armed && suggestion_units(p->s) ? p : NULL;
}

static bool is_sure(const struct cmd_call *c)
{
	return c->argc && strcmp(c->argv[0], "sure") == 0;
}

/* Asks before taking more unseen lines than allowed; command is what "yes" runs.
 * False: did not ask. */
static bool ask_unread(struct ui *u, size_t unread, const char *command)
{
	struct popup *popup = ui_popup(u);
	char title[96];

	if (unread <= ui_workbench(u)->options->review_unread)
		return false;
	snprintf(title, sizeof(title), "nobody has looked at %zu of these lines", unread);
	popup_open(popup, POPUP_CHOICE, title);
	popup_add(popup, "y", "take them all the same", command);
	popup_add(popup, "l", "look at the first of them", "next-unread");
	return true;
}

bool act_next_unread(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct proposal *p = act_suggestion(u, err);
	static const enum decision order[] = { DECISION_OPEN, DECISION_TAKEN };

	for (size_t i = 0; p && i < 2; i++) {
		if (seen_unread(&ui_decisions(u)->seen, p->n, p->s, order[i],
				&ui_review(u)->unit)) {
			ui_lint_preview(u, false);
			return true;
		}
	}
	if (p)
		ui_say(u, "all lines that are taken or open have been on the screen");
	return p != NULL;
}

static bool has_passed(const struct ui *u, uint64_t n)
{
	for (size_t i = 0; i < ui_decisions(u)->n_passed; i++)
		if (ui_decisions(u)->passed[i] == n)
			return true;
	return false;
}

/* An answer may cover several files: says how many of them Enter has not visited. */
static void say_decided(struct ui *u, const struct proposal *p)
{
	uint64_t *group;
	size_t n = proposals_of_answer(ui_state(u), p, &group), left = 0;

	for (size_t i = 0; i < n; i++)
		left += group[i] != p->n && !has_passed(u, group[i]);
	if (left)
		ui_say(u, "all is decided here: Enter goes on, %zu more file%s", left,
		       count_s(left));
	else
		ui_say(u, "all is decided: Enter applies");
	free(group);
}

/* Decides one unit, or the hunk that it is in. */
static bool decide(struct ui *u, struct cmd_call *c, bool hunk, enum decision d, struct err *err)
{
	bool ok;
	struct proposal *p = act_decidable(u, &ok, err);
	size_t first, last;

	if (!p)
		return ok;
	first = last = ui_review(u)->unit;
	if (hunk)
		review_hunk(p->s, ui_review(u)->unit, &first, &last);
	if (hunk && d == DECISION_TAKEN && !is_sure(c) &&
	    ask_unread(u, seen_unread_between(&ui_decisions(u)->seen, p->n, p->s, first, last),
		       "take-hunk sure"))
		return true;
	if (!flow_decide(ui_session(u), p->n, first, last, d, err))
		return false;
	if (d != DECISION_OPEN && !review_next_open(ui_review(u), p->s))
		say_decided(u, p);
	return true;
}

bool act_take(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide(u, c, false, DECISION_TAKEN, err);
}

bool act_refuse(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide(u, c, false, DECISION_REFUSED, err);
}

bool act_undecide(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide(u, c, false, DECISION_OPEN, err);
}

bool act_toggle(struct ui *u, struct cmd_call *c, struct err *err)
{
	bool ok;
	const struct proposal *p = act_decidable(u, &ok, err);
	bool taken = p && suggestion_unit(p->s, ui_review(u)->unit)->decision == DECISION_TAKEN;

	return p ? decide(u, c, false, taken ? DECISION_OPEN : DECISION_TAKEN, err) : ok;
}

bool act_take_hunk(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide(u, c, true, DECISION_TAKEN, err);
}

bool act_refuse_hunk(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide(u, c, true, DECISION_REFUSED, err);
}

/* Splits a replaced pair, so that the removed and the added line are decided
 * separately. */
bool act_split(struct ui *u, struct cmd_call *c, struct err *err)
{
	bool ok;
	struct proposal *p = act_decidable(u, &ok, err);

	if (!p)
		return ok;
	if (suggestion_unit(p->s, ui_review(u)->unit)->kind != UNIT_REPLACED) {
		ui_say(u, "only a line that replaces another can be split");
		return true;
	}
	ok = flow_split(ui_session(u), p->n, ui_review(u)->unit, err);
	review_relayout(ui_review(u), p->s);
	review_threads(ui_review(u), ui_state(u), p->s);
	return ok;
}

static bool is_open(const void *ctx, const struct unit *u)
{
	return u->decision == DECISION_OPEN;
}

static bool decide_rest(struct ui *u, struct cmd_call *c, enum decision d, struct err *err)
{
	struct proposal *p = act_suggestion(u, err);

	if (!p || !ui_decisions(u)->armed)
		return p != NULL;
	if (d == DECISION_TAKEN && !is_sure(c) &&
	    ask_unread(u, seen_unread(&ui_decisions(u)->seen, p->n, p->s, DECISION_OPEN, NULL),
		       "take-rest sure"))
		return true;
	if (!flow_decide_some(ui_session(u), p->n, is_open, NULL, d, NULL, err))
		return false;
	say_decided(u, p);
	return true;
}

bool act_take_rest(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide_rest(u, c, DECISION_TAKEN, err);
}

bool act_refuse_rest(struct ui *u, struct cmd_call *c, struct err *err)
{
	return decide_rest(u, c, DECISION_REFUSED, err);
}

static bool step(struct ui *u, bool (*move)(struct review *, const struct suggestion *, int),
		 int by, struct err *err)
{
	struct proposal *p = act_suggestion(u, err);

	if (p && !move(ui_review(u), p->s, by))
		ui_say(u, by > 0 ? "that was the last change" : "this is the first change");
	if (p)
		ui_lint_preview(u, false);
	return p != NULL;
}

bool act_next_hunk(struct ui *u, struct cmd_call *c, struct err *err)
{
	return step(u, review_step, 1, err);
}

bool act_prev_hunk(struct ui *u, struct cmd_call *c, struct err *err)
{
	return step(u, review_step, -1, err);
}

bool act_next_change(struct ui *u, struct cmd_call *c, struct err *err)
{
	return step(u, review_step_unit, 1, err);
}

bool act_prev_change(struct ui *u, struct cmd_call *c, struct err *err)
{
	return step(u, review_step_unit, -1, err);
}

static bool to_end(struct ui *u, int by, struct err *err)
{
	struct proposal *p = act_suggestion(u, err);

	while (p && review_step_unit(ui_review(u), p->s, by))
		;
	if (p)
		ui_lint_preview(u, false);
	return p != NULL;
}

bool act_first_change(struct ui *u, struct cmd_call *c, struct err *err)
{
	return to_end(u, -1, err);
}

bool act_last_change(struct ui *u, struct cmd_call *c, struct err *err)
{
	return to_end(u, 1, err);
}

bool act_hardware(struct ui *u, struct cmd_call *c, struct err *err)
{
	return act_suggestion(u, err) && ui_hardware(u, err);
}

bool act_equivalent(struct ui *u, struct cmd_call *c, struct err *err)
{
	return act_suggestion(u, err) && ui_equivalent(u, err);
}

/* Applying ---------------------------------------------------------------------------- */

static const char *path_after(const struct ui *u, const struct applied *v)
{
	const struct suggestion *s = state_proposal(ui_state(u), v->suggestion)->s;

	return v->moved ? suggestion_moves(s) : suggestion_path(s);
}

static void say_applied(struct ui *u, const struct applied *v, size_t n)
{
	struct applied all = { 0 };
	size_t files = 0, unsaved = 0;
	const char *path = "";
	struct str s = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		if (v[i].taken + v[i].refused == 0)
			continue;
		path = path_after(u, &v[i]);
		files++;
		all.taken += v[i].taken;
		all.refused += v[i].refused;
		all.open += v[i].open;
		unsaved += v[i].taken && !v[i].saved;
	}
	if (files > 1)
		str_addf(&s, "%zu files", files);
	else
		str_adds(&s, path_base(path));
	str_addf(&s, ": took %zu, refused %zu", all.taken, all.refused);
	if (all.open)
		str_addf(&s, ", %zu still open", all.open);
	if (all.taken)
		str_adds(&s, unsaved ? "; not saved: it had unsaved edits" : "; saved");
	ui_say(u, "%s", str_cstr(&s));
	str_free(&s);
}

/* The file changed during the review: merges again. If nothing was merged, something
 * else is in the way, and err says what. */
static bool merge_again(struct ui *u, const uint64_t *v, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct proposal *p = state_proposal(ui_state(u), v[i]);
		struct err why;

		if (p->state != PROPOSAL_OPEN || suggestion_incomplete(p->s) ||
		    flow_apply_check(ui_session(u), v[i], &why))
			continue;
		if (!job_review(u, p, err))
			return false;
		if (ui_review(u)->suggestion != v[i])
			return true;
		return err_copy(err, &why);
	}
	return false;
}

static size_t unread_of(const struct ui *u, uint64_t n, size_t *first)
{
	return seen_unread(&ui_decisions(u)->seen, n, state_proposal(ui_state(u), n)->s,
			   DECISION_TAKEN, first);
}

static bool apply(struct ui *u, const struct deed *d, struct err *err)
{
	const uint64_t *v = d->suggestions;
	size_t n = d->n_suggestions, *looked = mem_calloc(n, sizeof(*looked));
	struct applied *done = mem_calloc(n, sizeof(*done));
	bool ok;

	for (size_t i = 0; i < n; i++)
		looked[i] = suggestion_count(state_proposal(ui_state(u), v[i])->s, DECISION_TAKEN) -
			    unread_of(u, v[i], NULL);
	ok = flow_apply_together(ui_session(u), v, n, "review", looked, done, err);
	ui_decisions(u)->armed = true;
	if (ok) {
		ui_end_review(u);
		for (size_t i = n; i-- > 0;) { /* backwards, so that the first stays in front */
			if (done[i].moved)
				ui_drop_tab(u,
					    suggestion_path(state_proposal(ui_state(u), v[i])->s));
			if (done[i].taken || done[i].moved)
				ui_open(u, path_after(u, &done[i]), true, NULL);
		}
		say_applied(u, done, n);
		ui_lint(u, true, NULL);
	} else if (err->code == ERR_CONFLICT) {
		ok = merge_again(u, v, n, err);
	}
	free(done);
	free(looked);
	return ok;
}

/* With review.must_read, goes to the first unseen line in any file of the answer.
 * True: there was one, and it is shown now. */
static bool show_unread(struct ui *u, const uint64_t *group, size_t n, bool *ok, struct err *err)
{
	size_t unread, unit;

	for (size_t i = 0; i < n && ui_workbench(u)->options->review_must_read; i++) {
		unread = unread_of(u, group[i], &unit);
		if (!unread)
			continue;
		*ok = ui_review(u)->suggestion == group[i] ||
		      job_review(u, state_proposal(ui_state(u), group[i]), err);
		ui_review(u)->unit = unit;
		ui_say(u,
		       "here each line is to be looked at before it is applied: %zu to go, U shows "
		       "the next",
		       unread);
		return true;
	}
	return false;
}

static void pass(struct ui_decisions *d, uint64_t n)
{
	MEM_PUSH(d->passed, d->n_passed, d->cap_passed, n);
}

/* Enter goes from one file of the answer to the next; after the last one, all are
 * written together. */
bool act_apply_taken(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct proposal *p = act_suggestion(u, err);
	uint64_t *group;
	size_t n, next = 0;
	bool ok;

	if (!p || !ui_decisions(u)->armed)
		return p != NULL;
	pass(ui_decisions(u), p->n);
	n = proposals_of_answer(ui_state(u), p, &group);
	while (next < n && has_passed(u, group[next]))
		next++;
	if (next < n) {
		ok = job_review(u, state_proposal(ui_state(u), group[next]), err);
	} else if (!show_unread(u, group, n, &ok, err)) {
		ui_decisions(u)->armed = false;
		ok = ui_do(u, apply, &(struct deed){ .suggestions = group, .n_suggestions = n },
			   err);
		ui_decisions(u)->armed = !ok;
	}
	free(group);
	return ok;
}

bool act_smallest(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (!ui_reviewing(u))
		return err_set(err, ERR_USAGE, "no review is open: F8 or Ctrl-O v");
	return ui_minimise(u, c->argc ? c->argv[0] : NULL, err);
}
