/* Deciding on what a model proposes: here by hunk. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/doc.h"
#include "session/edit.h"
#include "session/flow_apply.h"
#include "session/project.h"
#include "session/session.h"
#include "session/state.h"
#include "session/workbench.h"
#include "ui/act.h"

/* Keys that were on their way when the review began decide nothing. */
#define FIRST_MOMENT_MS 250

static struct proposal *current(struct ui *u, struct err *err)
{
	struct proposal *p = u->review.suggestion ? state_proposal(ui_state(u), u->review.suggestion) : NULL;

	if (!p)
		err_set(err, ERR_USAGE, "no review is open: F8 or Ctrl-O v");
	return p;
}

/* The first open suggestion behind number after, and around. */
static struct proposal *next_open(const struct ui *u, uint64_t after)
{
	const struct state *s = ui_state(u);
	struct proposal *first = NULL;

	for (size_t i = 0; i < s->n_proposals; i++) {
		if (s->proposals[i]->state != PROPOSAL_OPEN)
			continue;
		if (s->proposals[i]->n > after)
			return s->proposals[i];
		first = first ? first : s->proposals[i];
	}
	return first;
}

static bool begin(struct ui *u, const struct proposal *p, struct err *err)
{
	review_open(&u->review, p->n, p->s);
	u->wish.focus = PANE_CODE;
	u->review_armed = false;
	loop_timer_set(u->review_wait, FIRST_MOMENT_MS);
	return true;
}

bool act_review(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	const struct proposal *p = u ? next_open(u, 0) : NULL;

	if (!u)
		return false;
	if (ui_reviewing(u)) {
		u->wish.focus = PANE_CODE;
		return true;
	}
	return p ? begin(u, p, err) : err_set(err, ERR_USAGE, "there is nothing to review");
}

bool act_next_suggestion(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	const struct proposal *p = u && current(u, err) ? next_open(u, u->review.suggestion) : NULL;

	return p && begin(u, p, err);
}

bool act_leave_review(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (!u || !current(u, err))
		return false;
	review_close(&u->review);
	ui_say(u, "the suggestion waits: F8 comes back to it");
	return true;
}

/* Deciding ------------------------------------------------------------------------- */

static bool decide(struct cmd_call *c, const char *decision, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct proposal *p = u ? current(u, err) : NULL;
	size_t first, last;

	if (!p || !u->review_armed || suggestion_units(p->s) == 0)
		return p != NULL;
	review_hunk(p->s, u->review.unit, &first, &last);
	if (!flow_decide(u->session, p->n, first, last, decision, err))
		return false;
	if (strcmp(decision, "open") != 0 && !review_next_open(&u->review, p->s))
		ui_say(u, "all is decided: Enter applies");
	return true;
}

bool act_take(struct cmd_call *c, struct err *err)
{
	return decide(c, "take", err);
}

bool act_refuse(struct cmd_call *c, struct err *err)
{
	return decide(c, "refuse", err);
}

bool act_undecide(struct cmd_call *c, struct err *err)
{
	return decide(c, "open", err);
}

static bool is_open(const void *ctx, const struct unit *u)
{
	return u->decision == DECISION_OPEN;
}

static bool decide_rest(struct cmd_call *c, const char *decision, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct proposal *p = u ? current(u, err) : NULL;

	if (!p || !u->review_armed)
		return p != NULL;
	if (!flow_decide_some(u->session, p->n, is_open, NULL, decision, NULL, err))
		return false;
	ui_say(u, "all is decided: Enter applies");
	return true;
}

bool act_take_rest(struct cmd_call *c, struct err *err)
{
	return decide_rest(c, "take", err);
}

bool act_refuse_rest(struct cmd_call *c, struct err *err)
{
	return decide_rest(c, "refuse", err);
}

static bool step(struct cmd_call *c, int by, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct proposal *p = u ? current(u, err) : NULL;

	if (p && !review_step(&u->review, p->s, by))
		ui_say(u, by > 0 ? "that was the last change" : "this is the first change");
	return p != NULL;
}

bool act_next_hunk(struct cmd_call *c, struct err *err)
{
	return step(c, 1, err);
}

bool act_prev_hunk(struct cmd_call *c, struct err *err)
{
	return step(c, -1, err);
}

/* Applying ---------------------------------------------------------------------------- */

static void tell(struct ui *u, const char *path, const struct applied *a)
{
	struct str s = STR_INIT;

	str_addf(&s, "%s: took %zu, refused %zu", path_base(path), a->taken, a->refused);
	if (a->open)
		str_addf(&s, ", %zu still open", a->open);
	if (a->taken)
		str_adds(&s, a->saved ? "; saved" : "; not saved: it had unsaved edits");
	ui_say(u, "%s", str_cstr(&s));
	str_free(&s);
}

static bool apply(struct ui *u, char *const *argv, size_t argc, struct err *err)
{
	uint64_t n = strtoull(argv[0], NULL, 10);
	struct proposal *p = state_proposal(ui_state(u), n);
	struct applied done;
	const struct proposal *next;
	bool ok;

	if (!p)
		return false;
	ok = flow_apply_decided(u->session, n, &done, err);
	if (done.taken + done.refused + done.open == 0 && !ok)
		return false;
	review_close(&u->review);
	if (done.taken)
		ui_open(u, suggestion_path(p->s), true, NULL);
	project_rescan(workbench_project(u->w, NULL), NULL);
	if (ok)
		tell(u, suggestion_path(p->s), &done);
	next = next_open(u, n);
	if (ok && next && next->ask == p->ask && next->n != done.rest)
		begin(u, next, err);	/* the next file of the same answer */
	ui_lint(u, true, NULL);
	return ok;
}

bool act_apply_taken(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct proposal *p = u ? current(u, err) : NULL;
	char number[24];
	char *argv[] = { number };

	if (!p || !u->review_armed)
		return p != NULL;
	snprintf(number, sizeof(number), "%llu", (unsigned long long)p->n);
	return ui_do(u, apply, argv, 1, err);
}
