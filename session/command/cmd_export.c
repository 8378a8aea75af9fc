/* export, consent: a session for others. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/command/cmd_triples.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/event_redact.h"
#include "session/journal/journal.h"
#include "session/journal/state.h"
#include "session/workbench/extensions.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

static const struct format {
	const char *option;
	void (*print)(const struct story *s, const struct export_context *x, struct str *out);
	size_t (*records)(const struct story *s, const struct export_context *x,
			  struct str *out); /* training rows */
} formats[] = {
	{ "--html", export_html, NULL },
	{ "--markdown", export_markdown, NULL },
	{ "--cast", export_cast, NULL },
	{ "--pairs", NULL, export_pairs },
	{ "--sft", NULL, export_sft },
	{ "--repairs", NULL, export_repairs },
	{ "--explanations", NULL, export_explanations },
	{ "--triples", NULL, NULL },
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
			"export: as what? --html, --markdown, --cast, --pairs, --sft, --repairs, "
			"--explanations, --triples or --as NAME");
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
	path = workplace_full(&c->w->place, given);
	ok = file_save(path, str_cstr(text), text->len, 0600, err);
	if (ok)
		report_note(&c->w->out, "%s: %zu byte%s written", given, text->len,
			    count_s(text->len));
	free(path);
	return ok;
}

static bool records(const struct cmd_call *c, const struct format *f, const struct story *s,
		    const struct export_context *x, struct str *out, struct err *err)
{
	size_t n;

	if (!s->consent)
		return err_set(err, ERR_AUTH,
			       "export %s: session %s was not given for training; whoever worked "
			       "in it says so with `posedge --session %s consent yes`",
			       f->option, s->id, s->id);
	if (f->records)
		n = f->records(s, x, out);
	else if (!export_triples(c, s, x, out, &n, err))
		return false;
	if (n == 0)
		report_note(&c->w->out, "session %s holds nothing for %s", s->id, f->option);
	return true;
}

/* --as: an exporter of a plugin. */

#define EVENTS_MAX (256u << 20) /* size limit of an exporter's input */

static const struct exporter *exporter_of(struct extensions *extensions, const char *name,
					  struct err *err)
{
	const struct extensions *x = extensions;
	struct str known = STR_INIT;

	for (size_t i = 0; x && i < x->n_exporters; i++) {
		if (strcmp(x->exporters[i].name, name) == 0) {
			str_free(&known);
			return &x->exporters[i];
		}
		str_addf(&known, "%s%s (%s)", known.len ? ", " : "", x->exporters[i].name,
			 x->exporters[i].help);
	}
	err_set(err, ERR_NOT_FOUND, "export --as %s: %s%s", name,
		known.len ? "no plugin exports that; there are "
			  : "no plugin that exports is loaded",
		str_cstr(&known));
	str_free(&known);
	return NULL;
}

struct events {
	const struct redact *redact;
	struct str text;
};

static bool add_event(void *ctx, const struct event *e, struct err *err)
{
	struct events *x = ctx;
	struct redacted kept = REDACTED_INIT;
	struct event clean = *e;
	bool ok;

	if (e->type == EVENT_UNKNOWN)
		return true;
	event_redact(x->redact, &clean, &kept);
	ok = event_write(&clean, NULL, &x->text, err);
	str_adds(&x->text, "}\n");
	redacted_fini(&kept);
	return ok && (!x->text.full || err_set(err, ERR_LIMIT,
					       "the session is larger than the %u MB that a "
					       "plugin is given",
					       EVENTS_MAX >> 20));
}

static bool export_as(struct cmd_call *c, const char *name, struct err *err)
{
	const struct exporter *x = exporter_of(c->w->tools.extensions, name, err);
	char *id = x ? workbench_which_session(c->w, c->argc ? c->argv[0] : NULL, err) : NULL;
	char *dir = id ? str_fmt("%s/.posedge/sessions/%s", c->w->place.root, id) : NULL;
	struct events events = { c->w->redact, STR_LIMIT(EVENTS_MAX) };
	struct damage damage = { 0 };
	struct journal_start reached;
	struct str out = STR_INIT;
	bool ok = dir && journal_read(dir, NULL, add_event, &events, &reached, &damage, err);

	if (ok && damage.line) {
		report_note(&c->w->out,
			    "the journal is damaged at line %llu: %s; the export ends there",
			    (unsigned long long)damage.line, damage.why);
		c->status = CMD_FOUND;
	}
	ok = ok && x->run(x, id, &events.text, &out, err) && deliver(c, &out, err);
	str_free(&out);
	str_free(&events.text);
	free(dir);
	free(id);
	return ok;
}

/* The first line with text in the project's licence; NULL: none. */
static char *licence_of(const char *root)
{
	static const char *const names[] = { "LICENSE", "LICENCE", "COPYING", "LICENSE.txt",
					     "LICENSE.md" };
	struct str text = STR_INIT;
	char *out = NULL;

	for (size_t i = 0; !out && i < sizeof(names) / sizeof(*names); i++) {
		const char *at;
		size_t n;

		if (file_read_in(root, names[i], 1u << 20, &text, NULL)) {
			at = str_cstr(&text) + strspn(str_cstr(&text), " \t\r\n#");
			n = strcspn(at, "\r\n");
			out = n ? mem_strndup(at, n < 200 ? n : 200) : NULL;
		}
	}
	str_free(&text);
	return out;
}

static bool export_story(struct cmd_call *c, struct err *err)
{
	char *licence = licence_of(c->w->place.root);
	const struct format *f = format_of(c, err);
	struct export_context x = { .title = path_base(c->w->place.root),
				    .licence = licence,
				    .open_trace = c->w->ports->open_trace,
				    .loop = c->w->loop };
	char *id = f ? workbench_which_session(c->w, c->argc ? c->argv[0] : NULL, err) : NULL;
	char *dir = id ? str_fmt("%s/.posedge/sessions/%s", c->w->place.root, id) : NULL;
	struct story *s = dir ? story_read(dir, c->w->redact, err) : NULL;
	struct str out = STR_INIT;
	bool ok = s != NULL;

	for (size_t i = 0; ok && i < s->lost.n; i++)
		report_note(&c->w->out, "%s", s->lost.v[i]);
	if (ok && s->lost.n)
		c->status = CMD_FOUND;
	if (ok && f->print)
		f->print(s, &x, &out);
	else if (ok)
		ok = records(c, f, s, &x, &out, err);
	ok = ok && deliver(c, &out, err);
	str_free(&out);
	story_free(s);
	free(licence);
	free(dir);
	free(id);
	return ok;
}

bool cmd_export(struct cmd_call *c, struct err *err)
{
	const char *as = cmd_opt(c, "--as");

	for (size_t i = 0; as && i < sizeof(formats) / sizeof(*formats); i++)
		if (cmd_opt(c, formats[i].option))
			return err_set(err, ERR_USAGE, "export: --as and %s: one at a time",
				       formats[i].option);
	return as ? export_as(c, as, err) : export_story(c, err);
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
