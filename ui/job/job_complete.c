/* Completion at the cursor after a pause in typing (`set complete.idle SECONDS`).
 *
 *	your edit --> pause --> the flow `complete` --> a pending suggestion --> Ctrl-B
 *
 * It opens nothing and takes no key: the status line says that a suggestion is
 * pending, and Ctrl-B shows it. Any key cancels the request or restarts the pause.
 * Each text is asked about once. A suggestion for another text is dropped before the
 * next request. The flow has its own limits; requests count against the session's
 * budget. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/task.h"
#include "session/flow/flow.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/review/flow_replace.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "ui/document/view.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_review.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* True if p is a completion for an open file whose text has changed since. */
bool job_is_stale(const struct ui *u, const struct proposal *p)
{
	const struct doc *d = session_doc(ui_session(u), suggestion_path(p->s));
	struct str now = STR_INIT;
	const char *base;
	size_t len;
	bool stale = false;

	if (job_is_completion(p) && d && d->text) {
		base = suggestion_base(p->s, &len);
		text_get_all(d->text, &now);
		stale = now.len != len || memcmp(str_cstr(&now), base, len) != 0;
	}
	str_free(&now);
	return stale;
}

bool job_is_completion(const struct proposal *p)
{
	return p->state == PROPOSAL_OPEN && strcmp(p->by, "flow complete") == 0;
}

const struct proposal *job_completion(const struct ui *u)
{
	const struct proposal *p = job_next_open(u, 0);

	while (p && !(job_is_completion(p) && !job_is_stale(u, p))) {
		const struct proposal *next = job_next_open(u, p->n);

		p = next && next->n > p->n ? next : NULL;
	}
	return p;
}

static bool drop_stale(struct ui *u, struct err *err)
{
	const struct state *s = ui_state(u);
	bool ok = true;

	for (size_t i = 0; ok && i < s->n_proposals; i++)
		if (job_is_stale(u, s->proposals[i]))
			ok = flow_close(ui_session(u), s->proposals[i]->n, "the text changed", err);
	return ok;
}

/* When --------------------------------------------------------------------------------------- */

/* The user does nothing else: no question, popup, review or job. */
static bool is_free(const struct ui *u)
{
	return ui_focused(u) == PANE_CODE && ui_popup(u)->kind == POPUP_NONE && !ui_reviewing(u) &&
	       !ui_busy(u) && !ui_jobs(u)->ending && !ui_links(u)->over.ui &&
	       !ui_links(u)->keys_to.key;
}

/* "PATH:LINE:COLUMN" of the cursor, owned by the caller; NULL: no file, or its text
 * was asked about before. */
static char *new_place(struct ui *u)
{
	struct view *v = ui_code(u);
	const struct doc *d = v ? ui_doc(u, v) : NULL;
	char hex[HASH_HEX + 1];
	struct str text = STR_INIT;
	char *place = NULL;
	size_t line;

	if (!d || !d->text || v->selecting)
		return NULL;
	str_addf(&text, "%s\n", v->path);
	text_get_all(d->text, &text);
	hash_text(str_cstr(&text), text.len, hex);
	str_free(&text);
	if (strcmp(hex, ui_jobs(u)->completed) != 0) {
		line = text_line_of(d->text, v->cursor);
		place = str_fmt("%s:%zu:%zu", v->path, line + 1,
				v->cursor - text_line_start(d->text, line) + 1);
		memcpy(ui_jobs(u)->completed, hex, sizeof(hex));
	}
	return place;
}

void ui_complete_soon(struct ui *u)
{
	unsigned s = ui_workbench(u)->options->complete_idle;

	ui_jobs(u)->completes = s > 0;
	if (s > 0)
		loop_timer_set(ui_jobs(u)->complete_wait, 1000ull * s);
}

void ui_complete_yield(struct ui *u)
{
	struct task *t = ui_jobs(u)->job[JOB_COMPLETE].task;

	if (t && !task_cancelled(t))
		task_cancel(t);
	if (ui_jobs(u)->completes)
		ui_complete_soon(u);
}

/* The question -------------------------------------------------------------------------------- */

/* Failures are not shown: the user did not ask for this. */
static void ask(struct ui *u, const struct job *j)
{
	struct flow_result r = { 0 };
	struct err err;

	if (drop_stale(u, &err) &&
	    flow_run(ui_workbench(u), flow_find("complete"), j->argv.v, 1, &r, &err) && r.n)
		ui_say(u, "complete has a suggestion for this place: Ctrl-B shows it");
	flow_result_fini(&r);
}

static void complete(void *ctx)
{
	struct job *j = ctx;

	ask(j->ui, j);
	job_end(j, true, NULL);
}

void ui_complete_now(void *ctx)
{
	struct ui *u = ctx;
	struct job *j = &ui_jobs(u)->job[JOB_COMPLETE];
	char *place;

	ui_jobs(u)->completes = false;
	if (!ui_workbench(u)->options->complete_idle || j->task || !is_free(u) ||
	    !(place = new_place(u)))
		return;
	if (job_begin(j, complete, NULL))
		strv_add(&j->argv, place);
	free(place);
}
