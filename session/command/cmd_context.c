/* context, compact: what a question sends. */
#include "config.h"

#include "session/command/commands.h"

#include <string.h>

#include "session/ask/ask_sent.h"
#include "session/ask/ask_turns.h"
#include "session/ask/ask_view.h"
#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/turn/turn_mode.h"
#include "session/workbench/workbench.h"

static void print_list(const struct report *out, const struct ask_view *v)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < v->entries.n; i++) {
		ask_view_line(v, i, &text, &text);
		str_addc(&text, '\n');
	}
	ask_view_head(v, &text);
	report_text(out, "%s\n", str_cstr(&text));
	str_free(&text);
}

static void print_whole(const struct report *out, const struct ask_view *v)
{
	static const char *const roles[] = { "user", "assistant" };

	for (size_t i = 0; i < v->texts.n; i++) {
		size_t n = strlen(v->texts.v[i]);

		report_text(out, "%s[%s]\n%s%s", i ? "\n" : "", i ? roles[(i + 1) % 2] : "system",
			    v->texts.v[i], n && v->texts.v[i][n - 1] == '\n' ? "" : "\n");
	}
}

static void print_view(struct cmd_call *c, const struct ask_view *v)
{
	struct workbench *w = c->w;
	struct str json = STR_INIT;

	if (w->out.wants_json) {
		ask_view_json(v, &json);
		w->out.json(w->out.ctx, str_cstr(&json), json.len);
		str_free(&json);
	} else if (cmd_opt(c, "--whole")) {
		print_whole(&w->out, v);
	} else {
		print_list(&w->out, v);
	}
}

bool context_show(struct cmd_call *c, const struct ask_request *r, struct err *err)
{
	struct ask_request with = *r;
	struct ask_view v = { 0 };
	struct turn_offer offer = { 0 };
	bool ok = (r->beside ||
		   turn_offer_next(c->w, r->backend, r->fix, &offer, &with.offer, err)) &&
		  ask_view_next(c->w, &with, &v, err);

	if (ok)
		print_view(c, &v);
	ask_view_fini(&v);
	turn_offer_fini(&offer);
	return ok;
}

/* context */

static bool switch_it(struct cmd_call *c, bool on, struct err *err)
{
	struct workbench *w = c->w;

	if (!workbench_session(w, SESSION_FULL, err) ||
	    !ask_switch(w->session, c->argv[1], on, err))
		return false;
	report_text(&w->out, "%s %s with the questions of this session\n", c->argv[1],
		    on ? "is sent" : "is not sent");
	return true;
}

static bool show_last(struct cmd_call *c, struct err *err)
{
	struct ask_view v;
	bool ok = workbench_session(c->w, SESSION_BESIDE, err) && ask_view_last(c->w, &v, err);

	if (!ok)
		return false;
	print_view(c, &v);
	ask_view_fini(&v);
	return true;
}

bool cmd_context(struct cmd_call *c, struct err *err)
{
	const char *what = c->argc ? c->argv[0] : "";

	if (c->argc == 2 && (strcmp(what, "on") == 0 || strcmp(what, "off") == 0))
		return switch_it(c, strcmp(what, "on") == 0, err);
	if (c->argc)
		return err_set(err, ERR_USAGE,
			       "context: nothing, or on NAME or off NAME was expected");
	return show_last(c, err);
}

/* compact */

bool cmd_compact(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	const struct state *s;
	uint64_t upto;

	if (!workbench_session(w, SESSION_FULL, err))
		return false;
	s = session_state(w->session);
	upto = ask_compact_now(s);
	if (upto <= ask_compacted(s))
		return err_set(
			err, ERR_USAGE,
			"compact: there is nothing to compact; the last %u exchanges stay as "
			"they are",
			ASK_TURNS_KEPT);
	if (!ask_compact(w->session, upto, err))
		return false;
	report_text(&w->out, "all but the last %u exchanges are sent in short from now on\n",
		    ASK_TURNS_KEPT);
	return true;
}
