/* Opens the review of a suggestion. Merges it first if its file changed since, so
 * that the review shows what Enter writes. */
#include "config.h"

#include <string.h>

#include "session/base/count.h"
#include "session/base/loop.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/review/flow_merge.h"
#include "session/review/proposals.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_words.h"

struct proposal *job_next_open(const struct ui *u, uint64_t after)
{
	return proposals_next_open(ui_state(u), after);
}

struct proposal *job_to_decide(const struct ui *u)
{
	const struct state *s = ui_state(u);

	for (size_t i = 0; i < s->n_proposals; i++)
		if (s->proposals[i]->state == PROPOSAL_OPEN &&
		    suggestion_count(s->proposals[i]->s, DECISION_OPEN))
			return s->proposals[i];
	return job_next_open(u, 0);
}

bool job_review(struct ui *u, const struct proposal *p, struct err *err)
{
	uint64_t old = p->n;
	struct merged m;

	if (!flow_merge(ui_session(u), old, &m, err))
		return false;
	if (m.suggestion == 0) {
		ui_say(u, "the file already has what it proposes");
		p = job_next_open(u, old);
		return !p || job_review(u, p, err);
	}
	if (m.suggestion != old && m.overlaps)
		ui_say(u, "the file changed since: merged; %zu place%s overlap%s: decide with care",
		       m.overlaps, count_s(m.overlaps), m.overlaps == 1 ? "s" : "");
	else if (m.suggestion != old)
		ui_say(u, "the file changed since: merged with the suggestion");
	p = state_proposal(ui_state(u), m.suggestion);
	review_open(ui_review(u), p->n, p->s);
	review_threads(ui_review(u), ui_state(u), p->s);
	ui_focus(u, PANE_CODE);
	ui_decisions(u)->armed = false;
	loop_timer_set(ui_decisions(u)->armed_wait, FIRST_MOMENT_MS);
	ui_lint_preview(u, true);
	return true;
}

void job_review_replaced(struct ui *u, const uint64_t *fresh, size_t n, const char *path,
			 size_t base_line)
{
	for (size_t i = 0; i < n; i++) {
		const struct proposal *p = state_proposal(ui_state(u), fresh[i]);

		if (p->state != PROPOSAL_OPEN || strcmp(suggestion_path(p->s), path) != 0 ||
		    !job_review(u, p, NULL))
			continue;
		review_go_to(ui_review(u), state_proposal(ui_state(u), ui_review(u)->suggestion)->s,
			     base_line);
		ui_say(u, "a later answer: decisions on lines that are the same are kept");
		return;
	}
}
