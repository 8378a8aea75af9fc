/* mark, rewind, fork: moments of the session. */
#include "config.h"

#include "session/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/flow_rewind.h"
#include "session/moments.h"
#include "session/workbench.h"

bool cmd_mark(struct cmd_call *c, struct err *err)
{
	struct event e = { .type = EVENT_MARK, .mark = { .name = c->argv[0] } };

	if (strspn(c->argv[0] + (c->argv[0][0] == '#'), "0123456789") == strlen(c->argv[0] + (c->argv[0][0] == '#')))
		return err_set(err, ERR_USAGE, "mark %s: a name that is no number was expected", c->argv[0]);
	return workbench_session(c->w, SESSION_APPEND, err) && session_record(c->w->session, &e, NULL, err) &&
	       session_sync(c->w->session, err);
}

/* Of the session that is open. */
static bool find_moment(struct session *s, const char *name, uint64_t *n, struct err *err)
{
	struct moments *m;
	bool ok;

	session_flush(s);
	m = moments_open(session_root(s), session_id(s), err);
	ok = m && moment_named(m, name, n, err);
	moments_close(m);
	return ok;
}

bool cmd_rewind(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct rewound r = { 0 };
	uint64_t n;
	bool ok = workbench_session(w, SESSION_FULL, err) && find_moment(w->session, c->argv[0], &n, err) &&
		  flow_rewind(w->session, n, &r, err);

	for (size_t i = 0; i < r.notes.n; i++)
		report_note(&w->out, "%s", r.notes.v[i]);
	if (ok)
		report_text(&w->out, "as at event %llu: %zu file%s and %zu suggestion%s changed; `rewind back` undoes it\n",
			    (unsigned long long)n, r.files, r.files == 1 ? "" : "s", r.suggestions,
			    r.suggestions == 1 ? "" : "s");
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
	bool ok = workbench_session(w, SESSION_READ, err) &&
		  find_moment(w->session, c->argc ? c->argv[0] : "last", &n, err) &&
		  session_fork(w->root, session_id(w->session), n, &id, err);

	if (ok)
		report_text(&w->out, "session %s goes on from event %llu of %s; the next posedge opens it.\n"
			    "Files are as they are: `posedge rewind last` there writes those of that moment.\n", id,
			    (unsigned long long)n, session_id(w->session));
	free(id);
	return ok;
}
