/* log, note, help, manual, version. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/journal/journal.h"
#include "session/journal/timeline.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"

/* log: reads only the journals, so it works while another posedge records. */

struct logging {
	struct workbench *w;
	char neighbour[64];
	struct timeline timeline;
	struct str last; /* not printed yet, because more edits may be combined with it */
};

static void print_last(struct logging *l)
{
	if (l->last.len)
		report_text(&l->w->out, "%s\n", str_cstr(&l->last));
	str_clear(&l->last);
}

static bool log_event(void *ctx, const struct event *e, struct err *err)
{
	struct logging *l = ctx;
	struct str line = STR_INIT;

	if (!timeline_next(&l->timeline, e, &line) && line.len)
		print_last(l);
	if (line.len) {
		str_clear(&l->last);
		str_add(&l->last, str_cstr(&line), line.len);
	}
	str_free(&line);
	return true;
}

/* Only the first event has the neighbour of a session. */
static bool look_for_neighbour(void *ctx, const struct event *e, struct err *err)
{
	struct logging *l = ctx;
	size_t n = e->type == EVENT_START ? strlen(e->start.neighbour) : 0;

	if (n && n < sizeof(l->neighbour) && !strchr(e->start.neighbour, '/'))
		memcpy(l->neighbour, e->start.neighbour, n + 1);
	return err_set(err, ERR_CANCELLED, "that was all");
}

static bool log_json(const struct report *out, const char *dir, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = file_read_in(dir, "journal.jsonl", 0, &text, err);

	for (const char *p = str_cstr(&text); ok && *p;) {
		size_t n = strcspn(p, "\n");

		out->json(out->ctx, p, n);
		p += n + (p[n] == '\n');
	}
	str_free(&text);
	return ok;
}

static bool pass(void *ctx, const struct event *e, struct err *err)
{
	return true;
}

/* *status: CMD_FOUND if the journal is damaged, so that there may have been more. */
static bool log_session(struct workbench *w, const char *id, enum cmd_status *status,
			struct err *err)
{
	struct logging l = { .w = w };
	char *dir = str_fmt("%s/.posedge/sessions/%s", w->place.root, id);
	struct journal_start reached;
	struct damage damage;
	bool ok = true;

	if (w->out.wants_json)
		ok = log_json(&w->out, dir, err);
	else
		report_text(&w->out, "session %s\n", id);
	ok = ok && journal_read(dir, NULL, w->out.wants_json ? pass : log_event, &l, &reached,
				&damage, err);
	print_last(&l);
	str_free(&l.last);
	timeline_fini(&l.timeline);
	if (ok && damage.line) {
		report_note(&w->out, "the journal is damaged at line %llu, byte %llu: %s",
			    (unsigned long long)damage.line, (unsigned long long)damage.offset,
			    damage.why);
		*status = CMD_FOUND;
	}
	free(dir);
	return ok;
}

bool cmd_log(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct logging l = { .w = w };
	struct strv ids = STRV_INIT;
	struct journal_start reached;
	struct damage damage;
	char *id, *dir;
	bool ok;

	if (c->argc)
		return err_set(err, ERR_USAGE,
			       "log %s: tabs are on the screen; here `log` shows the whole history",
			       c->argv[0]);
	id = workbench_which_session(w, NULL, err);
	if (!id)
		return false;
	session_list(w->place.root, &ids);
	dir = str_fmt("%s/.posedge/sessions/%s", w->place.root, id);
	journal_read(dir, NULL, look_for_neighbour, &l, &reached, &damage, NULL);
	ok = (!l.neighbour[0] || !strv_has(&ids, l.neighbour) ||
	      log_session(w, l.neighbour, &c->status, err)) &&
	     log_session(w, id, &c->status, err);
	free(dir);
	free(id);
	strv_free(&ids);
	return ok;
}

bool cmd_note(struct cmd_call *c, struct err *err)
{
	struct event e = { .type = EVENT_NOTE };
	struct str text = STR_INIT;
	bool ok;

	cmd_sentence(c, &text);
	e.note.text = (struct bytes){ str_cstr(&text), text.len };
	ok = workbench_session(c->w, SESSION_APPEND, err) &&
	     session_record(c->w->session, &e, NULL, err);
	if (ok)
		report_text(&c->w->out, "noted in the session: `posedge log` shows it\n");
	str_free(&text);
	return ok;
}

/* The topics of `posedge help`. Within a topic the commands that are used most come
 * first. tests/unit/t_cmd.c checks that each command of the shell has one topic. */
const struct cmd_topic command_topics[] = {
	{ "Check and simulate a design",
	  { "lint", "sim", "wave", "why", "files", "find", "coverage", "mutants" } },
	{ "Ask a model",
	  { "ask", "fix", "btw", "critique", "context", "evidence", "compact", "backends" } },
	{ "Decide on what it proposes", { "review", "apply", "blame", "changed", "waive" } },
	{ "Design flows (docs/flows.md)",
	  { "flows", "clarify", "plan", "solve", "tests", "assert", "walk", "differ", "explain",
	    "explained", "complete" } },
	{ "Prove", { "prove", "equiv" } },
	{ "Session and record",
	  { "log", "note", "mark", "rewind", "fork", "sessions", "replay", "export", "consent",
	    "seal", "handin", "verify" } },
	{ "Start and set up",
	  { "new", "instance", "testbench", "set", "trust", "doctor", "mcp", "bench", "help",
	    "manual", "completion", "version" } },
	{ "In a posedgerc", { "backend", "bind", "plugin" } },
	{ NULL, { NULL } },
};

/* An option as `set` takes it, what it is for, and its value now. */
static bool option_help(struct workbench *w, const char *name, struct str *out)
{
	const struct opt *o = opt_find(name);
	struct strv choices = STRV_INIT;
	const char *value;

	if (!o)
		return false;
	options_choices(w->options, o, &choices);
	value = options_text(w->options, o);
	str_addf(out, "set %s ", o->name);
	for (size_t i = 0; i < choices.n; i++)
		str_addf(out, "%s%s", i ? "|" : "", choices.v[i]);
	str_addf(out, "%s\n    %s\n    ", choices.n ? "" : "VALUE", o->help);
	if (value[0])
		redact_text(w->redact, value, strlen(value), out);
	str_adds(out, value[0] ? " now\n" : "empty now\n");
	strv_free(&choices);
	return true;
}

bool cmd_help_about(struct cmd_call *c, struct err *err)
{
	struct str text = STR_INIT;
	const struct cmd *about = NULL;

	if (c->argc && strcmp(c->argv[0], "screen") == 0) {
		cmd_screen_help(c->w->commands, &text);
	} else if (c->argc) {
		bool option = !cmd_find(c->w->commands, c->argv[0], NULL) &&
			      option_help(c->w, c->argv[0], &text);

		about = option ? NULL : cmd_find(c->w->commands, c->argv[0], err);
		if (!about && !option)
			return false;
		if (about)
			cmd_help(about, &text);
		if (about && about->run == cmd_backend)
			backend_protocols(c->w->ports, &text);
		if (about && about->run == cmd_mcp)
			servers_help(&text);
	} else {
		str_adds(&text,
			 "posedge [DIR|FILE|FILE:LINE]...                           the screen\n"
			 "posedge [-C DIR] [--json] [-v LOG] COMMAND [ARGUMENT...]  one command\n");
		cmd_table_help(c->w->commands, command_topics, &text);
		str_adds(&text,
			 "\n`posedge help COMMAND` explains one with its options, `posedge help "
			 "screen` lists\nthose of the screen, `posedge set` the options, and "
			 "`posedge help OPTION`\nexplains one of them.\n"
			 "Exit status: 0 fine, 1 findings or FAIL, 2 usage or tool trouble, "
			 "3 no verdict.\n");
	}
	report_text(&c->w->out, "%s", str_cstr(&text));
	str_free(&text);
	return true;
}

/* Formats the help as preformatted text; a hyphen needs a backslash before it. */
static void manual_text(const char *title, const struct str *text, struct str *out)
{
	str_addf(out, ".SH %s\n.nf\n", title);
	for (const char *p = str_cstr(text) + 1; *p; p++) {
		if (*p == '-' || *p == '\\')
			str_addc(out, '\\');
		str_addc(out, *p);
	}
}

static void manual_servers(struct str *out)
{
	struct str text = STR_INIT;

	servers_help(&text);
	manual_text("SERVERS OF TOOLS", &text, out);
	str_adds(out, ".fi\n");
	str_free(&text);
}

static void manual_backends(const struct ports *ports, struct str *out)
{
	struct str text = STR_INIT;

	backend_protocols(ports, &text);
	manual_text("BACKENDS", &text, out);
	str_adds(out, "\nA program as a backend reads one JSON object with \"question\" and "
		      "\"messages\" from its\n"
		      "input and prints JSON lines, in Python:\n\n"
		      "    import json, sys\n"
		      "    asked = json.load(sys.stdin)\n"
		      "    for word in asked[\"question\"].split():\n"
		      "        print(json.dumps({\"text\": word + \" \"}), flush=True)\n"
		      "    print(json.dumps({\"finish\": \"stop\"}))\n\n"
		      "and in shell:\n\n"
		      "    #!/bin/sh\n"
		      "    cat >/dev/null\n"
		      "    printf \\(aq{\"text\":\"%s\"}\\en\\(aq \"$(head \\-n 1 answer.txt)\"\n"
		      "    echo \\(aq{\"finish\":\"stop\"}\\(aq\n"
		      ".fi\n");
	str_free(&text);
}

bool cmd_manual_page(struct cmd_call *c, struct err *err)
{
	struct str text = STR_INIT;

	cmd_manual(c->w->commands, &text);
	manual_backends(c->w->ports, &text);
	manual_servers(&text);
	report_text(&c->w->out, "%s", str_cstr(&text));
	str_free(&text);
	return true;
}

bool cmd_version(struct cmd_call *c, struct err *err)
{
	report_text(&c->w->out, "posedge %s\n", PACKAGE_VERSION);
	return true;
}
