/* Switches this screen to another session: a fork of this one, or one from the list. */
#include "config.h"

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/journal/sessions.h"
#include "session/review/flow_rewind.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/widget/popup.h"

#include <stdlib.h>
#include <string.h>

/* Ends this screen as `quit-now` does; screen_run() tells its caller what comes
 * next. */
static bool go_to(struct ui *u, const char *id, const char *moment, struct err *err)
{
	if (ui_jobs(u)->job[JOB_DO].task)
		return err_set(err, ERR_BUSY, "a file is being saved; try again in a moment");
	if (!sessions_free(ui_workbench(u)->place.root, id, err) ||
	    !session_is_mine(ui_workbench(u)->place.root, id, err))
		return false;
	free(ui_leaving(u)->next);
	free(ui_leaving(u)->next_moment);
	ui_leaving(u)->next = mem_strdup(id);
	ui_leaving(u)->next_moment = mem_strdup(moment);
	ui_leaving(u)->quit = true;
	return true;
}

static bool fork_and_go(struct ui *u, const char *moment, bool files, struct err *err)
{
	char *id = NULL, *then = NULL;
	uint64_t n;
	bool ok = flow_fork(ui_session(u), moment, &id, &n, err);

	if (ok && files)
		then = str_fmt("%llu", (unsigned long long)n);
	ok = ok && go_to(u, id, then, err);
	free(then);
	free(id);
	return ok;
}

/* A fork continues in the new session. The user must say which content the files
 * get; until then nothing is forked. */
bool act_fork(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct str title = STR_INIT;
	char *here, *then;
	uint64_t n;

	if (c->argc == 2 && strcmp(c->argv[1], "here") != 0 && strcmp(c->argv[1], "then") != 0)
		return err_set(err, ERR_USAGE,
			       "fork MOMENT here keeps the files as they are, `then` writes them "
			       "as they were");
	if (c->argc == 2)
		return fork_and_go(u, c->argv[0], strcmp(c->argv[1], "then") == 0, err);
	if (!flow_find_moment(ui_session(u), c->argc ? c->argv[0] : "last", &n, err))
		return false;
	here = str_fmt("fork %llu here", (unsigned long long)n);
	then = str_fmt("fork %llu then", (unsigned long long)n);
	str_addf(&title, "a new session from event %llu on; go there?", (unsigned long long)n);
	popup_open(ui_popup(u), POPUP_CHOICE, str_cstr(&title));
	popup_add(ui_popup(u), "y", "yes, the files as they are", here);
	popup_add(ui_popup(u), "t", "yes, and write the files as they were then", then);
	popup_add(ui_popup(u), "n", "no fork", "redraw");
	str_free(&title);
	free(then);
	free(here);
	return true;
}

/* Lists all other sessions, the newest first. */
static bool pick(struct ui *u)
{
	struct popup *popup = ui_popup(u);
	struct strv ids = STRV_INIT;

	session_list(ui_workbench(u)->place.root, &ids);
	popup_open(popup, POPUP_PICKER, "resume");
	for (size_t i = ids.n; i-- > 0;) {
		char *command = str_fmt("resume %s", ids.v[i]);

		if (strcmp(ids.v[i], session_id(ui_session(u))) != 0)
			popup_add(popup, ids.v[i], "", command);
		free(command);
	}
	popup_match(popup);
	strv_free(&ids);
	return true;
}

bool act_resume(struct ui *u, struct cmd_call *c, struct err *err)
{
	if (c->argc == 0)
		return pick(u);
	if (strcmp(c->argv[0], session_id(ui_session(u))) == 0)
		return err_set(err, ERR_USAGE, "resume %s: that session is the one that is open",
			       c->argv[0]);
	return go_to(u, c->argv[0], c->argc == 2 ? c->argv[1] : NULL, err);
}
