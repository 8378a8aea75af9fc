/* The review of a suggestion, in place of the code: letters are bound to decisions;
 * arrows, page keys and the wheel scroll. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/proposal_group.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"

/* brief: with the marks in front of the lines. */
static void say_counts(const struct suggestion *s, bool brief, struct str *out)
{
	str_addf(out, brief ? "y %zu n %zu ? %zu" : "taken %zu refused %zu open %zu",
		 suggestion_count(s, DECISION_TAKEN), suggestion_count(s, DECISION_REFUSED),
		 suggestion_count(s, DECISION_OPEN));
}

/* Columns for the name of the file. */
static int name_room(struct rect r, bool focus, const struct str *rest, const struct str *state)
{
	return title_room(r, focus, "code", str_cstr(state)) -
	       cluster_columns(str_cstr(rest), rest->len, 0);
}

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	const struct proposal *p = state_proposal(s->state, s->review->suggestion);
	struct str what = STR_INIT, rest = STR_INIT, state = STR_INIT;
	uint64_t *group = NULL;
	size_t n = p ? proposals_of_answer(s->state, p, &group) : 0, at = 0;

	while (at < n && group[at] != p->n)
		at++;
	free(group);
	if (p)
		str_addf(&rest, "%s REVIEW%s", suggestion_remark(p->s),
			 s->review->crlf ? " CRLF" : "");
	if (n > 1)
		str_addf(&rest, " %zu of %zu", at + 1, n);
	if (p && !ui_decisions(u)->armed)
		str_adds(&state, "one moment");
	else if (p)
		say_counts(p->s, false, &state);
	if (p && ui_decisions(u)->armed &&
	    cluster_columns(suggestion_path(p->s), strlen(suggestion_path(p->s)), 0) >
		    name_room(r, focus, &rest, &state)) {
		str_clear(&state);
		say_counts(p->s, true, &state);
	}
	if (p)
		path_fit(suggestion_path(p->s), name_room(r, focus, &rest, &state), &what);
	str_add(&what, rest.data, rest.len);
	paint_title(f, r, focus, "code", str_cstr(&what), str_cstr(&state));
	str_free(&what);
	str_free(&rest);
	str_free(&state);
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	struct review *review = ui_review(u);
	bool done = pane_code.fit(u, body, s);

	body = review_rows(s, body);
	review_fit(review, state_proposal(s->state, review->suggestion)->s, body.cols);
	review_follow(review, body.rows);
	seen_rows(&ui_decisions(u)->seen, review, body.rows);
	return done;
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	paint_review(f, body, s);
}

/* The whole file can be scrolled through, not only its changes. */
static void scroll(struct ui *u, struct rect body, int by)
{
	struct review *review = ui_review(u);

	review_scroll(review, by);
	ui_say(u, "rows %zu to %zu of %zu", review->top + 1, review_last_row(review) + 1,
	       review->n);
	ui_lint_preview(u, false);
}

static void key(struct ui *u, const struct key *k)
{
	int page = ui_review(u)->lines > 1 ? ui_review(u)->lines - 1 : 1;

	if (k->code == KEY_DOWN)
		ui_run_line(u, "next-change");
	else if (k->code == KEY_UP)
		ui_run_line(u, "prev-change");
	else if (k->code == KEY_PAGE_DOWN || k->code == KEY_PAGE_UP)
		scroll(u, (struct rect){ 0 }, k->code == KEY_PAGE_DOWN ? page : -page);
	else if (k->code == KEY_PASTE)
		ui_say(u, "pasted keys decide nothing");
	else if (k->code == KEY_CHAR && !(k->mods & KEY_CTRL))
		ui_say(u, "y n u a line, Y N the hunk, A R the rest, Enter applies, q leaves");
}

/* A click chooses a change; on its mark it cycles the decision: taken, refused,
 * open. */
static void mouse(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		  bool drag)
{
	static const char *const next[] = { [DECISION_OPEN] = "take",
					    [DECISION_TAKEN] = "refuse",
					    [DECISION_REFUSED] = "undecide" };
	const struct proposal *p = state_proposal(ui_state(u), ui_review(u)->suggestion);

	if (drag || !p || !spot || (spot->kind != SPOT_UNIT && spot->kind != SPOT_DECISION) ||
	    spot->index >= suggestion_units(p->s))
		return;
	ui_review(u)->unit = spot->index;
	ui_lint_preview(u, false);
	if (spot->kind == SPOT_DECISION)
		ui_run_line(u, next[suggestion_unit(p->s, spot->index)->decision]);
}

const struct pane_ops pane_review = { .place = PLACE_REVIEW,
				      .title = title,
				      .fit = fit,
				      .paint = paint,
				      .key = key,
				      .mouse = mouse,
				      .scroll = scroll };
