/* What the linter would say: of the text that Enter would write, of that with
 * the rest taken, too, of each place alone, and of the line under the cursor.
 * One task, in that order, the nearest place first; a decision starts it again,
 * and what is known already is not asked twice. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/composite.h"
#include "session/diag.h"
#include "session/lint_memo.h"
#include "session/opt.h"
#include "session/state.h"
#include "session/suggestion.h"
#include "session/workbench.h"
#include "ui/ui.h"

/* The suggestion under review, as long as it is the one that was. */
static const struct suggestion *reviewed(const struct ui *u, uint64_t n)
{
	const struct proposal *p = n && u->review.suggestion == n ? state_proposal(ui_state(u), n) : NULL;

	return p && p->state == PROPOSAL_OPEN ? p->s : NULL;
}

static void look_ahead(struct ui *u, uint64_t n, bool rest)
{
	struct composite t;
	const struct diag_list *found;

	composite_init(&t, ui_state(u), n, rest ? COMPOSITE_REST : COMPOSITE_HERE, NULL);
	found = lint_memo_ask(u->memo, u->w, t.v, t.n, NULL);
	if (reviewed(u, n))
		*(rest ? &u->review.rest : &u->review.here) = (struct outlook){
			found != NULL, diag_list_count(found, DIAG_ERROR), diag_list_count(found, DIAG_RISK)
		};
	u->dirty = true;
	composite_fini(&t);
}

/* Places and lines, alone --------------------------------------------------------------- */

/* Those units of the file under review alone; the other files as decided. */
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
	found = lint_memo_ask(u->memo, u->w, t.v, t.n, NULL);
	composite_fini(&t);
	free(take);
	return found;
}

/* Against the base; the base comes from memory, but for the first time. */
static bool badge_of(struct ui *u, uint64_t n, size_t first, size_t units, struct badge *b)
{
	const struct diag_list *with, *base = lint_with(u, n, 0, 0);

	with = base ? lint_with(u, n, first, units) : NULL;
	base = with ? lint_with(u, n, 0, 0) : NULL;	/* known, unless something changed */
	if (!base)
		return false;
	*b = (struct badge){ true, false, diag_list_gained(base, with, DIAG_ERROR), diag_list_gained(with, base, DIAG_ERROR),
			     diag_list_gained(base, with, DIAG_RISK), diag_list_gained(with, base, DIAG_RISK) };
	return true;
}

/* The first unit of the nearest hunk without a badge; false: all have one. */
static bool nearest(const struct ui *u, const struct suggestion *s, size_t *unit)
{
	size_t here = u->review.unit, units = suggestion_units(s), best = units;

	for (size_t i = 0; i < units; i++) {
		size_t away = i > here ? i - here : here - i;

		if (u->review.badges[suggestion_unit(s, i)->hunk].known)
			continue;
		if (best == units || away < (best > here ? best - here : here - best))
			best = i;
	}
	*unit = best;
	return best < units;
}

static bool next_badge(struct ui *u, uint64_t n)
{
	const struct suggestion *s = reviewed(u, n);
	struct badge b = { .known = true, .failed = true };
	size_t unit, first, last;

	if (!s)
		return false;
	if (nearest(u, s, &unit)) {
		uint32_t hunk = suggestion_unit(s, unit)->hunk;

		review_hunk(s, unit, &first, &last);
		badge_of(u, n, first, last - first + 1, &b);
		if (reviewed(u, n) && hunk < u->review.n_badges)
			u->review.badges[hunk] = b;
		u->dirty = true;
		return true;
	}
	if (!u->review.line.known || u->review.line_unit != u->review.unit) {
		unit = u->review.unit;
		badge_of(u, n, unit, 1, &b);
		u->review.line = b;
		u->review.line_unit = unit;
		u->dirty = true;
		return true;
	}
	return false;
}

static void outlook(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;

	do {
		uint64_t n = u->review.suggestion;

		j->again = false;
		if (u->review.stale && reviewed(u, n))
			look_ahead(u, n, false);
		if (u->review.stale && !j->again && reviewed(u, n)) {
			look_ahead(u, n, true);
			u->review.stale = j->again;
		}
		while (!j->again && !task_cancelled(j->task) && next_badge(u, n))
			;
	} while (j->again && !task_cancelled(j->task));
	job_end(j, true, NULL);
}

void ui_outlook(struct ui *u, bool decided)
{
	struct job *j = &u->job[JOB_OUTLOOK];

	if (!options_flag(u->w->options, "lint.live"))
		return;
	j->again |= decided;
	u->review.stale |= decided;
	if (!j->task)
		job_begin(j, outlook, NULL);
}
