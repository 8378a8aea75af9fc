/* sessions: lists sessions and manages one. */
#include "config.h"

#include "session/command/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/sessions.h"
#include "session/workbench/workbench.h"

#define NAME_MOST 80 /* bytes */

static void size_words(uint64_t bytes, char out[32])
{
	if (bytes < 1000000)
		snprintf(out, 32, "%llu kB", (unsigned long long)(bytes + 999) / 1000);
	else
		snprintf(out, 32, "%llu.%llu MB", (unsigned long long)bytes / 1000000,
			 (unsigned long long)bytes / 100000 % 10);
}

static void print_one(struct workbench *w, const char *id)
{
	struct session_info i;
	struct err err;
	char when[32] = "?", size[32];
	time_t seconds;
	struct tm tm;

	if (!session_info(w->loop, w->place.root, id, &i, &err)) {
		report_text(&w->out, "%s  %s\n", id, err.text);
		return;
	}
	seconds = (time_t)(i.started_ms / 1000);
	if (i.started_ms && localtime_r(&seconds, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &tm);
	size_words(i.bytes, size);
	report_text(&w->out, "%s  %s  %6llu events  %9s  %-10s  %s", id, when,
		    (unsigned long long)i.events, size, i.verdict[0] ? i.verdict : "-", i.name);
	if (i.damaged)
		report_text(&w->out, "  (damaged after event %llu)",
			    (unsigned long long)i.damaged - 1);
	report_text(&w->out, "\n");
	session_info_fini(&i);
}

static void list(struct workbench *w)
{
	struct strv ids = STRV_INIT, archived = STRV_INIT, trash = STRV_INIT;

	if (w->session)
		session_flush(w->session);
	session_list(w->place.root, &ids);
	sessions_archived(w->place.root, &archived);
	sessions_trash(w->place.root, &trash);
	for (size_t i = 0; i < ids.n; i++)
		print_one(w, ids.v[i]);
	for (size_t i = 0; i < archived.n; i++)
		report_text(&w->out, "%s  archived\n", archived.v[i]);
	for (size_t i = 0; i < trash.n; i++)
		report_text(&w->out, "%s  in the trash\n", trash.v[i]);
	if (!ids.n && !archived.n && !trash.n)
		report_text(&w->out, "there are none yet\n");
	strv_free(&trash);
	strv_free(&archived);
	strv_free(&ids);
}

/* The name is part of the session, so it is recorded there. */
static bool rename_to(struct workbench *w, const char *id, const char *name, struct err *err)
{
	struct event e = { .type = EVENT_SET, .set = { SESSION_NAME, name } };
	struct session *s =
		w->session && strcmp(session_id(w->session), id) == 0 ? w->session : NULL;
	bool ok;

	if (strlen(name) > NAME_MOST || strpbrk(name, "\n\r\t\033"))
		return err_set(err, ERR_USAGE,
			       "a name of at most %d bytes on one line was expected", NAME_MOST);
	if (s && w->recording.mode != SESSION_READ)
		return session_record(s, &e, NULL, err);
	s = sessions_free(w->place.root, id, err)
		    ? session_open(w->loop, w->place.root, SESSION_APPEND, id, err)
		    : NULL;
	if (!s)
		return false;
	session_redact(s, w->redact);
	ok = session_record(s, &e, NULL, err);
	session_close(s);
	return ok;
}

/* Asks before removing something; if nobody can be asked, --yes is required. */
static bool agreed(struct cmd_call *c, const char *question, const char *command, struct err *err)
{
	const struct report *out = &c->w->out;

	if (cmd_opt(c, "--yes"))
		return true;
	if (!out->ask)
		return err_set(err, ERR_USAGE, "nothing was deleted; `posedge %s --yes` does it",
			       command);
	return out->ask(out->ctx, question) || err_set(err, ERR_CANCELLED, "nothing was deleted");
}

static bool delete (struct cmd_call *c, const char *id, struct err *err)
{
	struct workbench *w = c->w;
	char *question = str_fmt("move session %s to the trash?", id),
	     *command = str_fmt("sessions --delete %s", id);
	bool ok = sessions_free(w->place.root, id, err);

	if (ok && !cmd_opt(c, "--yes"))
		print_one(w, id);
	ok = ok && agreed(c, question, command, err) && sessions_delete(w->place.root, id, err);
	if (ok)
		report_text(&w->out,
			    "%s is in the trash; `posedge sessions --restore %s` brings it back\n",
			    id, id);
	free(command);
	free(question);
	return ok;
}

static bool adopt(struct cmd_call *c, const char *id, struct err *err)
{
	struct workbench *w = c->w;
	const struct report *out = &w->out;
	char *question = str_fmt(
		"somebody else made session %s; go on in it, with what it says was decided?", id);
	bool ok = sessions_free(w->place.root, id, err);

	if (ok && !cmd_opt(c, "--yes")) {
		print_one(w, id);
		if (!out->ask)
			ok = err_set(
				err, ERR_USAGE,
				"nothing was done; `posedge sessions --adopt %s --yes` does it",
				id);
		else
			ok = out->ask(out->ctx, question) ||
			     err_set(err, ERR_CANCELLED, "nothing was done");
	}
	ok = ok && session_adopt(w->place.root, id, err);
	free(question);
	return ok;
}

static bool empty(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct strv ids = STRV_INIT;
	char *question;
	bool ok;
	size_t n;

	sessions_trash(w->place.root, &ids);
	n = ids.n;
	question = str_fmt("remove %zu session%s from the trash for good?", n, count_s(n));
	for (size_t i = 0; i < n && !cmd_opt(c, "--yes"); i++)
		report_text(&w->out, "%s  in the trash\n", ids.v[i]);
	ok = (n == 0 || agreed(c, question, "sessions --empty", err)) &&
	     sessions_empty(w->place.root, &n, err);
	if (ok)
		report_text(&w->out, "%zu session%s gone\n", n, n == 1 ? " is" : "s are");
	free(question);
	strv_free(&ids);
	return ok;
}

bool cmd_sessions(struct cmd_call *c, struct err *err)
{
	static const struct {
		const char *option;
		size_t args;
	} all[] = {
		{ "--rename", 2 },  { "--archive", 1 }, { "--delete", 1 },
		{ "--restore", 1 }, { "--adopt", 1 },	{ "--empty", 0 },
	};
	struct workbench *w = c->w;
	const char *what = NULL, *id = c->argc ? c->argv[0] : NULL;
	size_t args = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (!cmd_opt(c, all[i].option))
			continue;
		if (what)
			return err_set(err, ERR_USAGE, "%s and %s do not go together", what,
				       all[i].option);
		what = all[i].option;
		args = all[i].args;
	}
	if (c->argc != args)
		return err_set(err, ERR_USAGE,
			       args ? "%s: which session%s?"
				    : "sessions%s%s: nothing more was expected",
			       what ? what : "", args == 2 ? ", and which name" : "");
	if (!what) {
		list(w);
		return true;
	}
	if (strcmp(what, "--rename") == 0)
		return rename_to(w, id, c->argv[1], err);
	if (strcmp(what, "--adopt") == 0)
		return adopt(c, id, err);
	if (strcmp(what, "--delete") == 0)
		return delete (c, id, err);
	if (strcmp(what, "--empty") == 0)
		return empty(c, err);
	if (strcmp(what, "--restore") == 0)
		return sessions_restore(w->loop, w->place.root, id, err);
	if (!sessions_archive(w->loop, w->place.root, id, err))
		return false;
	report_text(&w->out,
		    ".posedge/archive/%s.tar.zst holds it; `posedge sessions --restore %s` brings "
		    "it back\n",
		    id, id);
	return true;
}
