/* Commands about the cursor's position: completion, and earlier explanations. */
#include "config.h"

#include <stdlib.h>

#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"
#include "ui/act/act.h"
#include "ui/document/view.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui_review.h"

/* "PATH:LINE:COLUMN" of the cursor, or "PATH:LINE"; the caller frees it. NULL with
 * err: no file is open. */
static char *here(struct ui *u, bool column, struct err *err)
{
	struct text *t;
	const struct view *v = act_view(u, &t, err);
	size_t line = v ? text_line_of(t, v->cursor) : 0;

	if (!v)
		return NULL;
	return column ? str_fmt("%s:%zu:%zu", v->path, line + 1,
				v->cursor - text_line_start(t, line) + 1)
		      : str_fmt("%s:%zu", v->path, line + 1);
}

static bool run(struct ui *u, const char *command, bool column, struct err *err)
{
	char *place = here(u, column, err);
	char *argv[] = { (char *)command, place, NULL };
	bool ok = place && ui_run_as_job(u, argv, 2, err);

	free(place);
	return ok;
}

/* Shows the completion that came after a pause, or asks for one. */
bool act_complete_here(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct proposal *p = ui_reviewing(u) ? NULL : job_completion(u);

	return p ? job_review(u, p, err) : run(u, "complete", true, err);
}

bool act_explained_here(struct ui *u, struct cmd_call *c, struct err *err)
{
	return run(u, "explained", false, err);
}

/* Completions in a review ------------------------------------------------------------- */

/* A completion is meant for this moment: Esc drops it as long as none of it is
 * taken. */
static bool nothing_taken(const struct suggestion *s)
{
	for (size_t i = 0; i < suggestion_units(s); i++)
		if (suggestion_unit(s, i)->decision == DECISION_TAKEN)
			return false;
	return true;
}

bool act_esc_drops(const struct proposal *p)
{
	return job_is_completion(p) && nothing_taken(p->s);
}
