/* What is asked of the place of the cursor: to complete it, and what was explained of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/text.h"
#include "ui/act/act.h"
#include "ui/document/view.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"

/* "PATH:LINE:COLUMN" of the cursor; without a column for those who want none. NULL: no file
 * is open. */
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
	bool ok = place && ui_other(u, argv, 2, err);

	free(place);
	return ok;
}

bool act_complete_here(struct ui *u, struct cmd_call *c, struct err *err)
{
	return run(u, "complete", true, err);
}

bool act_explained_here(struct ui *u, struct cmd_call *c, struct err *err)
{
	return run(u, "explained", false, err);
}

/* Completions in a review ------------------------------------------------------------- */

/* What `complete` proposed is for this moment: Esc drops it, as long as nothing of it was
 * taken, and another text makes it stale. */
static bool is_completion(const struct proposal *p)
{
	return p->state == PROPOSAL_OPEN && strcmp(p->by, "flow complete") == 0;
}

static bool nothing_taken(const struct suggestion *s)
{
	for (size_t i = 0; i < suggestion_units(s); i++)
		if (suggestion_unit(s, i)->decision == DECISION_TAKEN)
			return false;
	return true;
}

bool act_is_stale(struct ui *u, const struct proposal *p)
{
	const struct doc *d = session_doc(ui_session(u), suggestion_path(p->s));
	struct str now = STR_INIT;
	const char *base;
	size_t len;
	bool stale = false;

	if (is_completion(p) && d && d->text) {
		base = suggestion_base(p->s, &len);
		text_get_all(d->text, &now);
		stale = now.len != len || memcmp(str_cstr(&now), base, len) != 0;
	}
	str_free(&now);
	return stale;
}

bool act_may_drop(const struct proposal *p)
{
	return is_completion(p) && nothing_taken(p->s);
}
