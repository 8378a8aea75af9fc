/* What the linter would say: of the text that Enter would write, of that with
 * the rest taken, too; what changes as hardware; what the linter would say of
 * each place alone, the nearest first, and of the line under the cursor. Two
 * tasks, so that two processors are used: one in that order, one that begins with
 * the places. A decision starts them again, and what is known already is not
 * asked twice. */
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
#include "session/verdict/diag.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"

#define CALM_MS 60

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
			found != NULL, found ? diag_list_count(found, DIAG_ERROR) : 0,
			found ? diag_list_count(found, DIAG_RISK) : 0
		};
	u->dirty = true;
	composite_fini(&t);
}

/* Hardware ------------------------------------------------------------------------------ */

static bool same_lines(const struct strv *a, const struct strv *b)
{
	for (size_t i = 0; a->n == b->n && i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return a->n == b->n;
}

/* A reason is long: it goes on in a line of its own. */
static void show_hardware(struct ui *u)
{
	const struct review *r = &u->review;
	struct str text = STR_INIT;

	for (size_t i = 0; i < r->hardware.n; i++) {
		const char *line = r->hardware.v[i], *colon = r->hardware_failed ? strstr(line, ": ") : NULL;

		if (colon)
			str_addf(&text, "%.*s:\n    %s\n", (int)(colon - line), line, colon + 2);
		else
			str_addf(&text, "%s\n", line);
	}
	popup_text(&u->popup, r->hardware_all ? "hardware, if all is taken" : "hardware, by what is decided so far",
		   str_cstr(&text));
	str_free(&text);
}

/* What is shown stays until the next is known, and is drawn again only when it
 * is another one. */
static void compare_hardware(struct ui *u, uint64_t n)
{
	struct job *j = &u->job[JOB_OUTLOOK];
	struct review *r = &u->review;
	struct strv lines = STRV_INIT;
	struct err err = { 0 };
	bool all = flow_hardware_all(ui_state(u), n), ok;

	r->hardware_stale = false;	/* a decision meanwhile makes it so again */
	ok = flow_hardware(u->w, u->hardware_memo, n, &lines, &err);
	if (!ok)
		strv_add(&lines, err.text);
	if (!reviewed(u, n) || task_cancelled(j->task)) {
		strv_free(&lines);
		return;
	}
	if (!same_lines(&lines, &r->hardware) || all != r->hardware_all || ok == r->hardware_failed) {
		struct strv old = r->hardware;

		r->hardware = lines;
		lines = old;
		r->hardware_all = all;
		r->hardware_failed = !ok;
		u->dirty = true;
	}
	strv_free(&lines);
	if (j->show && !r->hardware_stale && u->popup.kind == POPUP_NONE)
		show_hardware(u);
	j->show &= r->hardware_stale;
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
	unsigned age;

	with = base ? lint_with(u, n, first, units) : NULL;
	age = text_memo_age(u->memo);
	base = with ? lint_with(u, n, 0, 0) : NULL;
	if (!base || age != text_memo_age(u->memo))	/* with is forgotten, too */
		return false;
	*b = (struct badge){ .known = true,
			     .errors = diag_list_gained(base, with, DIAG_ERROR),
			     .errors_gone = diag_list_gained(with, base, DIAG_ERROR),
			     .risks = diag_list_gained(base, with, DIAG_RISK),
			     .risks_gone = diag_list_gained(with, base, DIAG_RISK) };
	return true;
}

/* The first unit of the nearest hunk whose badge nobody found or looks for. */
static bool nearest(const struct ui *u, const struct suggestion *s, size_t *unit)
{
	size_t here = u->review.unit, units = suggestion_units(s), best = units;

	for (size_t i = 0; i < units; i++) {
		const struct badge *b = &u->review.badges[suggestion_unit(s, i)->hunk];
		size_t away = i > here ? i - here : here - i;

		if (b->known || b->asked)
			continue;
		if (best == units || away < (best > here ? best - here : here - best))
			best = i;
	}
	*unit = best;
	return best < units;
}

/* False: all have one. Units that changed meanwhile are asked about anew. */
static bool next_place(struct ui *u, uint64_t n)
{
	const struct suggestion *s = reviewed(u, n);
	struct badge b = { .known = true, .failed = true };
	size_t unit, first, last, hunk;
	unsigned changes = u->review.changes;

	if (!s || !nearest(u, s, &unit))
		return false;
	hunk = suggestion_unit(s, unit)->hunk;
	u->review.badges[hunk].asked = true;
	review_hunk(s, unit, &first, &last);
	badge_of(u, n, first, last - first + 1, &b);
	if (reviewed(u, n) && u->review.changes == changes) {
		b.needed = u->review.badges[hunk].needed;
		u->review.badges[hunk] = b;
		u->dirty = true;
	}
	return true;
}

static bool this_line(struct ui *u, uint64_t n)
{
	struct badge b = { .known = true, .failed = true };
	size_t unit = u->review.unit;
	unsigned changes = u->review.changes;

	if (!reviewed(u, n) || (u->review.line.known && u->review.line_unit == unit))
		return false;
	badge_of(u, n, unit, 1, &b);
	if (reviewed(u, n) && u->review.changes == changes) {
		u->review.line = b;
		u->review.line_unit = unit;
		u->dirty = true;
	}
	return true;
}

/* Decisions come one upon the other, and each must be on the screen at once:
 * tools begin when there was none for a moment. */
static bool is_calm(struct job *j)
{
	while (j->again) {
		j->again = false;
		if (!task_sleep(j->ui->loop, CALM_MS, NULL))
			return false;
	}
	return !task_cancelled(j->task);
}

static void outlook(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;

	while (is_calm(j)) {
		uint64_t n = u->review.suggestion;

		if (u->review.stale && reviewed(u, n))
			look_ahead(u, n, false);
		if (u->review.stale && !j->again && reviewed(u, n)) {
			look_ahead(u, n, true);
			u->review.stale = j->again;
		}
		if (u->review.hardware_stale && !j->again && !task_cancelled(j->task) && reviewed(u, n))
			compare_hardware(u, n);
		while (!j->again && !task_cancelled(j->task) && (next_place(u, n) || this_line(u, n)))
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

	while (is_calm(j) && next_place(j->ui, j->ui->review.suggestion))
		;
	job_end(j, true, NULL);
}

void ui_outlook(struct ui *u, bool decided)
{
	struct job *j = &u->job[JOB_OUTLOOK], *also = &u->job[JOB_PLACES];

	u->review.hardware_stale |= decided;
	if (!u->w->options->lint_live)
		return;
	j->again |= decided;
	also->again |= decided;
	u->review.stale |= decided;
	if (!j->task)
		job_begin(j, outlook, NULL);
	if (!also->task)
		job_begin(also, places, NULL);
}

/* Without the live lint only this. */
static void only_hardware(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;

	do
		compare_hardware(u, u->review.suggestion);
	while (u->review.hardware_stale && reviewed(u, u->review.suggestion) && !task_cancelled(j->task));
	j->show = false;
	job_end(j, true, NULL);
}

bool ui_hardware(struct ui *u, struct err *err)
{
	struct job *j = &u->job[JOB_OUTLOOK];

	if (!reviewed(u, u->review.suggestion))
		return err_set(err, ERR_USAGE, "this suggestion is over: there is nothing to compare");
	if (!u->review.hardware_stale && u->review.hardware.n) {
		show_hardware(u);
		return true;
	}
	ui_say(u, "what changes as hardware is being found out");
	j->show = true;
	return j->task || job_begin(j, only_hardware, err);
}
