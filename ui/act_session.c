/* Another session on the same screen: a fork of this one, or one of the list. */
#include "config.h"

#include "ui/act.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/flow_rewind.h"
#include "session/session.h"
#include "session/sessions.h"
#include "session/workbench.h"

/* Whoever forks wants to go on there, but what is in the files is theirs to say. */
bool act_fork(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);
	struct str title = STR_INIT;
	char *id = NULL, *stay, *then;
	uint64_t n;

	if (!u || !flow_fork(u->session, c->argc ? c->argv[0] : "last", &id, &n, err))
		return false;
	stay = str_fmt("session %s", id);
	then = str_fmt("session %s %llu", id, (unsigned long long)n);
	str_addf(&title, "session %s goes on from event %llu; go there?", id, (unsigned long long)n);
	popup_open(&u->popup, POPUP_CHOICE, str_cstr(&title));
	popup_add(&u->popup, "y", "yes, the files as they are", stay);
	popup_add(&u->popup, "t", "yes, and write the files as they were then", then);
	popup_add(&u->popup, "n", "no, the next posedge does", "redraw");
	str_free(&title);
	free(then);
	free(stay);
	free(id);
	return true;
}

/* All there is, the newest first; the one that is open is none to go to. */
static bool pick(struct ui *u)
{
	struct strv ids = STRV_INIT;

	session_list(u->w->root, &ids);
	popup_open(&u->popup, POPUP_PICKER, "session");
	for (size_t i = ids.n; i-- > 0;) {
		char *command = str_fmt("session %s", ids.v[i]);

		if (strcmp(ids.v[i], session_id(u->session)) != 0)
			popup_add(&u->popup, ids.v[i], "", command);
		free(command);
	}
	popup_match(&u->popup);
	strv_free(&ids);
	return true;
}

/* This screen ends as by `quit-now`, and screen_run() says how it goes on. */
bool act_session(struct cmd_call *c, struct err *err)
{
	struct ui *u = act_ui(c, err);

	if (!u)
		return false;
	if (c->argc == 0)
		return pick(u);
	if (strcmp(c->argv[0], session_id(u->session)) == 0)
		return err_set(err, ERR_USAGE, "session %s is the one that is open", c->argv[0]);
	if (u->job[JOB_DO].task)
		return err_set(err, ERR_BUSY, "a file is being saved; again in a moment");
	if (!sessions_free(u->w->root, c->argv[0], err))
		return false;
	free(u->next);
	free(u->next_moment);
	u->next = mem_strdup(c->argv[0]);
	u->next_moment = c->argc == 2 ? mem_strdup(c->argv[1]) : NULL;
	u->quit = true;
	return true;
}
