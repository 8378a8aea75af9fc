/* mark, rewind, fork: moments of the session. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/journal/event.h"
#include "session/review/flow_rewind.h"
#include "session/workbench/workbench.h"

bool cmd_mark(struct cmd_call *c, struct err *err)
{
	struct event e = { .type = EVENT_MARK, .mark = { .name = c->argv[0] } };
	uint64_t n;

	if (strspn(c->argv[0] + (c->argv[0][0] == '#'), "0123456789") ==
	    strlen(c->argv[0] + (c->argv[0][0] == '#')))
		return err_set(err, ERR_USAGE, "mark %s: a name was expected, not a number",
			       c->argv[0]);
	if (!workbench_session(c->w, SESSION_APPEND, err) ||
	    !session_record(c->w->session, &e, &n, err) || !session_sync(c->w->session, err))
		return false;
	report_text(&c->w->out, "event %llu is `%s` now\n", (unsigned long long)n, c->argv[0]);
	return true;
}

bool cmd_rewind(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct rewound r = { 0 };
	uint64_t n;
	bool ok = workbench_session(w, SESSION_FULL, err) &&
		  flow_find_moment(w->session, c->argv[0], &n, err) &&
		  flow_rewind(w->session, n, &r, err);

	for (size_t i = 0; i < r.notes.n; i++)
		report_note(&w->out, "%s", r.notes.v[i]);
	if (ok)
		report_text(&w->out,
			    "as at event %llu: %zu file%s and %zu suggestion%s changed; `rewind "
			    "back` undoes it\n",
			    (unsigned long long)n, r.files, count_s(r.files), r.suggestions,
			    count_s(r.suggestions));
	if (ok && r.notes.n)
		c->status = CMD_TROUBLE;
	rewound_fini(&r);
	return ok;
}

bool cmd_fork(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	char *id = NULL;
	uint64_t n;
	bool files = c->argc > 1 && strcmp(c->argv[1], "here") != 0;
	bool ok = (!files || err_set(err, ERR_USAGE,
				     "fork %s %s: here files stay as they are; `rewind` in the new "
				     "session writes those of "
				     "then",
				     c->argv[0], c->argv[1])) &&
		  workbench_session(w, SESSION_READ, err) &&
		  flow_fork(w->session, c->argc ? c->argv[0] : "last", &id, &n, err);

	if (ok)
		report_text(&w->out,
			    "session %s goes on from event %llu of %s; the next posedge opens it.\n"
			    "Files are as they are: `posedge rewind last` there writes those of "
			    "that moment.\n",
			    id, (unsigned long long)n, session_id(w->session));
	free(id);
	return ok;
}
