/* export, consent: a session for others. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/state.h"
#include "session/workbench/workbench.h"

static const struct format {
	const char *option;
	void (*print)(const struct story *s, const struct export_context *x, struct str *out);
	size_t (*records)(const struct story *s, const struct export_context *x,
			  struct str *out); /* for training */
} formats[] = {
	{ "--html", export_html, NULL }, { "--markdown", export_markdown, NULL },
	{ "--cast", export_cast, NULL }, { "--pairs", NULL, export_pairs },
	{ "--sft", NULL, export_sft },
};

static const struct format *format_of(const struct cmd_call *c, struct err *err)
{
	const struct format *found = NULL;

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (!cmd_opt(c, formats[i].option))
			continue;
		if (found) {
			err_set(err, ERR_USAGE, "export: %s and %s: one at a time", found->option,
				formats[i].option);
			return NULL;
		}
		found = &formats[i];
	}
	if (!found)
		err_set(err, ERR_USAGE,
			"export: as what? --html, --markdown, --cast, --pairs or --sft");
	return found;
}

static bool deliver(const struct cmd_call *c, const struct str *text, struct err *err)
{
	const char *given = cmd_opt(c, "-o");
	char *path;
	bool ok;

	if (!given) {
		c->w->out.text(c->w->out.ctx, str_cstr(text), text->len);
		return true;
	}
	path = path_join(c->w->home_shown, given);
	ok = file_save(path, str_cstr(text), text->len, 0600, err);
	if (ok)
		report_note(&c->w->out, "%s: %zu bytes written", given, text->len);
	free(path);
	return ok;
}

static bool records(const struct cmd_call *c, const struct format *f, const struct story *s,
		    const struct export_context *x, struct str *out, struct err *err)
{
	if (!s->consent)
		return err_set(err, ERR_AUTH,
			       "export %s: session %s was not given for training; whoever worked "
			       "in it says so with `posedge --session %s consent yes`",
			       f->option, s->id, s->id);
	if (f->records(s, x, out) == 0)
		report_note(&c->w->out, "session %s holds nothing for %s", s->id, f->option);
	return true;
}

bool cmd_export(struct cmd_call *c, struct err *err)
{
	const struct format *f = format_of(c, err);
	struct export_context x = { .title = path_base(c->w->root),
				    .read_wave = c->w->ports->read_wave,
				    .read_rows = c->w->ports->read_rows };
	char *id = f ? workbench_which_session(c->w, c->argc ? c->argv[0] : NULL, err) : NULL;
	char *dir = id ? str_fmt("%s/.posedge/sessions/%s", c->w->root, id) : NULL;
	struct story *s = dir ? story_read(dir, c->w->redact, err) : NULL;
	struct str out = STR_INIT;
	bool ok = s != NULL;

	for (size_t i = 0; ok && i < s->lost.n; i++)
		report_note(&c->w->out, "%s", s->lost.v[i]);
	if (ok && f->print)
		f->print(s, &x, &out);
	else if (ok)
		ok = records(c, f, s, &x, &out, err);
	ok = ok && deliver(c, &out, err);
	str_free(&out);
	story_free(s);
	free(dir);
	free(id);
	return ok;
}

/* consent */

static bool show_consent(struct workbench *w, struct err *err)
{
	const char *value;

	if (!workbench_session(w, SESSION_READ, err))
		return false;
	value = state_setting(session_state(w->session), "consent");
	report_text(&w->out, "%s: session %s may %sbe exported as training data\n",
		    value ? value : "no", session_id(w->session),
		    value && strcmp(value, "yes") == 0 ? "" : "not ");
	return true;
}

bool cmd_consent(struct cmd_call *c, struct err *err)
{
	struct event e = { .type = EVENT_SET };
	struct workbench *w = c->w;

	if (c->argc == 0)
		return show_consent(w, err);
	if (strcmp(c->argv[0], "yes") != 0 && strcmp(c->argv[0], "no") != 0)
		return err_set(err, ERR_USAGE, "consent %s: yes or no was expected", c->argv[0]);
	e.set.name = "consent";
	e.set.value = c->argv[0];
	if (!workbench_session(w, SESSION_FULL, err) || !session_record(w->session, &e, NULL, err))
		return false;
	report_text(&w->out, "session %s may %sbe exported as training data\n",
		    session_id(w->session), e.set.value[0] == 'y' ? "" : "not ");
	return true;
}
