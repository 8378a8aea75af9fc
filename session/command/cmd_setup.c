/* set, trust, plugin, doctor: options, trust, and the tools that are installed. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/sessions.h"
#include "session/model/backend.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/text/words.h"
#include "session/tool/prover.h"
#include "session/tool/simulator.h"
#include "session/tool/viewer.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"

/* A value for display, with secrets removed in case it contains one. */
static void show_value(const struct redact *redact, const char *value, const char *none,
		       struct str *out)
{
	if (value[0])
		redact_text(redact, value, strlen(value), out);
	else
		str_adds(out, none);
}

static void print_option(const struct workbench *w, const struct opt *o)
{
	struct str value = STR_INIT;

	show_value(w->redact, options_text(w->options, o), "-", &value);
	report_text(&w->out, "%-18s %-12s %s\n", o->name, str_cstr(&value), o->help);
	str_free(&value);
}

/* Formats the value so that value_of() reads it back from a line. */
static char *as_argument(const struct opt *o, const char *value, struct err *err)
{
	struct strv words = STRV_INIT;
	bool several;

	if (!strpbrk(value, "\"\\'"))
		return str_fmt("\"%s\"", value);
	several = o->type == OPT_WORDS && words_split(value, strlen(value), &words, NULL) &&
		  words.n > 1;
	strv_free(&words);
	return several ? mem_strdup(value) : options_join((char *const[]){ (char *)value }, 1, err);
}

/* Path of the rc file that stores the option; makes its folder. */
static char *rc_for(const char *root, const struct opt *o, struct err *err)
{
	char *path = o->personal ? rc_user_path() : rc_project_path(root, err), *dir;

	if (!path && o->personal)
		err_set(err, ERR_IO, "set %s: there is no home folder to keep it in", o->name);
	if (!path || !o->personal)
		return path;
	dir = path_dir(path);
	if (!file_make_dirs(dir, 0700, err)) {
		free(path);
		path = NULL;
	}
	free(dir);
	return path;
}

/* On the command line a value is stored for this project: in the project's rc file, where
 * it can be read and changed, or, for a personal option, in the user's. A project's file
 * that contains only settings made by the user is trusted from the start. */
static bool keep_setting(const char *root, const char *name, const char *value, struct err *err)
{
	const struct opt *o = opt_find(name);
	char *path = rc_for(root, o, err);
	bool mine = path && !o->personal && (rc_trusted(path) || !file_exists(path));
	struct str old = STR_INIT, text = STR_INIT;
	struct err why = { 0 };
	char *start = str_fmt("set %s ", name);
	char *word = as_argument(o, value, err);
	bool ok = path && word &&
		  (file_read(path, RC_MAX_BYTES, &old, &why) || why.code == ERR_NOT_FOUND);

	if (path && word && !ok)
		err_copy(err, &why);
	for (const char *p = str_cstr(&old); ok && *p;) {
		size_t n = strcspn(p, "\n");

		if (!str_starts(p, start)) {
			str_add(&text, p, n);
			str_addc(&text, '\n');
		}
		p += n + (p[n] == '\n');
	}
	if (ok)
		str_addf(&text, "set %s %s\n", name, word);
	ok = ok && file_save(path, text.data, text.len, 0644, err) &&
	     (!mine || rc_trust(path, str_cstr(&text), text.len, err));
	free(start);
	free(word);
	str_free(&text);
	str_free(&old);
	free(path);
	return ok;
}

/* A file or folder of the project has that name, blanks and all. */
static bool is_place(const struct workbench *w, const char *name)
{
	char *path = path_join(w->place.root, name);
	bool is = strchr(name, ' ') && name[0] != '/' && file_exists(path);

	free(path);
	return is;
}

/* The value given by the arguments after the name. A single argument with blanks is
 * split into words, `set defines "A=1 B"` means `set defines A=1 B`, unless it is the
 * name of a place: `set include "two boards"`. */
static char *value_of(const struct cmd_call *c, const struct opt *o, struct err *err)
{
	if (o && o->type == OPT_WORDS &&
	    (c->argc != 2 || !strchr(c->argv[1], ' ') || is_place(c->w, c->argv[1])))
		return options_join(c->argv + 1, c->argc - 1, err);
	if (c->argc > 2) {
		err_set(err, ERR_USAGE, "set %s: one value was expected; put quotes around it",
			c->argv[0]);
		return NULL;
	}
	if (o && o->type != OPT_WORDS && c->argc > 1 && c->source[0] == '\0' &&
	    strpbrk(c->argv[1], "\"\\\n")) {
		err_set(err, ERR_USAGE,
			"set %s: a value without quotes and backslashes was expected", c->argv[0]);
		return NULL;
	}
	return mem_strdup(c->argc > 1 ? c->argv[1] : "");
}

static bool keep(struct cmd_call *c, const char *value, struct err *err)
{
	struct workbench *w = c->w;
	struct event e = { .type = EVENT_SET };
	struct str shown = STR_INIT;

	e.set.name = c->argv[0];
	e.set.value = value;
	if (!workbench_session(w, SESSION_APPEND, err) ||
	    !keep_setting(w->place.root, c->argv[0], value, err) ||
	    !session_record(w->session, &e, NULL, err))
		return false;
	show_value(w->redact, value, "empty", &shown);
	report_text(&w->out, "%s is %s %sfrom now on: it is in %s\n", c->argv[0], str_cstr(&shown),
		    opt_find(c->argv[0])->personal ? "" : "for this project ",
		    opt_find(c->argv[0])->personal ? "your own posedgerc" : ".posedgerc");
	str_free(&shown);
	return true;
}

/* A relative path is in the project. */
static bool follow_log(const char *root, const char *value, struct err *err)
{
	char *path = value[0] == '/' ? mem_strdup(value) : path_join(root, value);
	bool ok = true;

	if (value[0])
		ok = log_open(path, err);
	else
		log_close();
	free(path);
	return ok;
}

/* Refuses a list with missing files before it is stored. */
static bool files_fit(struct workbench *w, const char *was, struct err *err)
{
	struct err ignored;

	if (workbench_fits(w, err))
		return true;
	options_set(w->options, OPT(files)->name, was, &ignored);
	return false;
}

bool cmd_set(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	const struct opt *o = c->argc ? opt_find(c->argv[0]) : NULL;
	char *value, *was;
	bool ok;

	if (c->argc == 0) {
		for (size_t i = 0; i < opt_count(); i++)
			print_option(w, opt_at(i));
		return true;
	}
	if (c->argc == 1 && o) {
		print_option(w, o);
		return true;
	}
	value = value_of(c, o, err);
	/* In a file the backend may be added on a later line. */
	if (value && value[0] && o && !c->source[0] &&
	    (o == OPT(backend) || o == OPT(backend_fix) || o == OPT(backend_plan) ||
	     o == OPT(backend_judge) || o == OPT(backend_complete) || o == OPT(backend_escalate)) &&
	    !ask_backend_entry(w->backends, value, err)) {
		free(value);
		return false;
	}
	ok = value && (!o || c->trusted || options_harmless(w->options, o, value, err));
	ok = ok && (o != OPT(log) || follow_log(w->place.root, value, err));
	was = mem_strdup(options_text(w->options, OPT(files)));
	ok = ok && options_set(w->options, c->argv[0], value, err) &&
	     (c->source[0] || o != OPT(files) || !value[0] || files_fit(w, was, err)) &&
	     (c->source[0] || keep(c, value, err));
	free(was);
	free(value);
	return ok;
}

static void tell_agents(const struct cmd_call *c, bool trusted)
{
	char *path = path_join(c->w->place.root, "AGENTS.md");

	if (trusted && file_exists(path))
		report_text(&c->w->out, "AGENTS.md is sent with questions from now on\n");
	free(path);
}

bool cmd_trust(struct cmd_call *c, struct err *err)
{
	char *path = rc_project_path(c->w->place.root, err);
	struct str text = STR_INIT;
	struct err why = { 0 };
	bool here = path && file_read(path, RC_MAX_BYTES, &text, &why);
	bool ok = path && (here || why.code == ERR_NOT_FOUND || err_copy(err, &why)) &&
		  rc_trust(path, str_cstr(&text), text.len, err);

	if (ok && here)
		report_text(&c->w->out, "%s\ntrusted as it is now: %s\n", str_cstr(&text), path);
	else if (ok)
		report_text(&c->w->out,
			    "there is no .posedgerc; trusted as long as there is none: %s\n",
			    c->w->place.root);
	tell_agents(c, ok);
	str_free(&text);
	free(path);
	return ok;
}

bool cmd_plugin(struct cmd_call *c, struct err *err)
{
	return c->w->ports->load_plugin
		       ? c->w->ports->load_plugin(c->w, c->argv[0], false, err)
		       : err_set(err, ERR_USAGE, "plugin %s: this program loads none", c->argv[0]);
}

/* doctor */

/* Prints its version and path. */
static void tell_engine(const struct workbench *w, const struct simulator_ops *ops,
			const char *where)
{
	struct err why;
	struct simulator *s = simulator_open(ops, w->loop, &why);
	char *says = s ? simulator_says(s) : NULL;

	report_text(&w->out, "ok       %-10s %s%s%s\n", ops->name, where ? where : "",
		    where && says ? ": " : "", says ? says : "");
	free(says);
	if (s)
		ops->close(s);
}

static bool check_tool(const struct workbench *w, const char *name, const char *needs,
		       bool (*available)(char **where, struct err *err),
		       const struct simulator_ops *engine, const char *what_for)
{
	const struct report *out = &w->out;
	char *where = NULL;
	struct err why = { 0 };
	bool here = engine ? simulator_available(engine, &where, &why) : available(&where, &why);

	if (here && engine && engine->version)
		tell_engine(w, engine, where);
	else if (here)
		report_text(out, "ok       %-10s %s\n", name, where ? where : "");
	else
		report_text(out, "missing  %-10s %s%s (%s)\n", name,
			    needs[0] ? "apt-get install " : why.text, needs, what_for);
	free(where);
	return here;
}

/* Only proofs need it. */
static void check_prover(const struct workbench *w)
{
	const struct prover_ops *p = w->ports->prover;
	struct err why = { 0 };

	if (!p)
		return;
	if (p->here(&why))
		report_text(&w->out, "ok       %s\n", p->name);
	else
		report_text(&w->out, "missing  %-10s %s (proves, and counts cells)\n", p->name,
			    why.text);
}

bool cmd_doctor(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	bool engine = false;
	struct str described = STR_INIT;

	for (const struct simulator_ops *const *s = w->ports->simulators; *s; s++) {
		bool here;

		if (!(*s)->needs[0] && !(*s)->row_open)
			continue; /* part of the program */
		here = check_tool(w, (*s)->name, (*s)->needs, NULL, *s, "lints and simulates");
		if (strcmp((*s)->name, w->options->engine) == 0)
			engine = here;
		else if (here && strcmp(w->options->engine, ENGINE_AUTO) == 0)
			engine = true;
	}
	for (const struct viewer_ops *const *v = w->ports->viewers; v && *v; v++)
		if ((*v)->needs[0] || ports_viewer(w->ports, w->options->viewer) == *v)
			check_tool(w, (*v)->name, (*v)->needs, (*v)->available, NULL,
				   "shows waves");
	check_prover(w);
	check_tool(w, "zstd", "zstd", sessions_archiver, NULL, "archives sessions");
	if (w->ports->protection)
		w->ports->protection(w->loop, &described);
	if (strcmp(w->options->sandbox, "none") == 0)
		str_adds(&described, "note     sandbox    without it runs go on unprotected: "
				     "`set sandbox none` holds\n");
	if (w->ports->terminal)
		w->ports->terminal(&described);
	report_text(&w->out, "%s", str_cstr(&described));
	report_text(&w->out, "backends: %zu configured, %s is asked\n", w->backends->n,
		    w->options->backend);
	if (!engine)
		c->status = CMD_TROUBLE;
	str_free(&described);
	return true;
}
