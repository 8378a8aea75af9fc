/* verify, seal, handin: sign a session and check signed ones. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/check/flow_rerun.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/session.h"
#include "session/model/redact.h"
#include "session/proof/flow_seal.h"
#include "session/proof/handin.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

/* verify */

/* What is done with an unpacked hand-in. --rerun repeats its lints and simulations
 * with the local tools and sandbox; --report writes its session as a page. */
struct unpacked {
	const struct workbench *w;
	bool rerun;
	const char *report; /* the page's path; may be NULL */
	bool visited;
	struct str said; /* about the repetition */
	bool differs;
	struct err why; /* the page was not written; else the code is 0 */
};

/* The session in dir as a page. */
static bool make_page(const struct workbench *w, const char *dir, const char *title,
		      struct str *out, struct err *err)
{
	struct export_context x = { .title = title,
				    .open_trace = w->ports->open_trace,
				    .loop = w->loop };
	struct story *s = story_read(dir, w->redact, err);

	if (s)
		export_html(s, &x, out);
	story_free(s);
	return s != NULL;
}

static void write_page(struct unpacked *a, const char *root)
{
	char *dir = str_fmt("%s/.posedge/sessions/" HANDIN_SESSION, root);
	char *to = workplace_full(&a->w->place, a->report);
	struct str page = STR_INIT;

	if (make_page(a->w, dir, path_base(a->report), &page, &a->why))
		file_save(to, str_cstr(&page), page.len, 0600, &a->why);
	str_free(&page);
	free(dir);
	free(to);
}

static void run_again(struct unpacked *a, const char *root)
{
	struct rerun_counts n;
	struct err err = { 0 };

	if (!flow_rerun_there(a->w, root, HANDIN_SESSION, &n, &err)) {
		str_adds(&a->said, err.text);
	} else {
		str_addf(&a->said, "%zu of %zu differ", n.differ, n.rerun);
		if (n.left_out)
			str_addf(&a->said, ", %zu could not be run: %s", n.left_out, n.why.text);
	}
	a->differs = n.differ > 0;
	rerun_counts_fini(&n);
}

static void visit(void *ctx, const char *root)
{
	struct unpacked *a = ctx;

	a->visited = true;
	if (a->report)
		write_page(a, root);
	if (a->rerun)
		run_again(a, root);
}

/* Reads what was given: a hand-in, a session's folder, or a session's id; NULL: as
 * workbench_which_session(). */
static bool look(struct workbench *w, const char *given, const char *code,
		 struct handin_visit visit, struct handin *h, char **shown, struct err *err)
{
	char *path = given ? workplace_full(&w->place, given) : NULL;
	char *journal = path ? path_join(path, "journal.jsonl") : NULL;
	char *id = NULL;
	bool ok;

	*shown = NULL;
	if (path && file_exists(path) && !file_is_dir(path)) {
		*shown = str_fmt("%s", given);
		ok = handin_read(path, code, visit, h, err);
	} else if (journal && file_exists(journal)) {
		*shown = str_fmt("%s", given);
		ok = handin_look(path, w->place.root, code, h, err);
		strv_free(&h->changed); /* a live design changes after the seal */
	} else {
		id = workbench_which_session(w, given, err);
		ok = id != NULL;
		if (ok) {
			char *dir = str_fmt("%s/.posedge/sessions/%s", w->place.root, id);

			*shown = str_fmt("session %s", id);
			if (w->session)
				session_flush(w->session);
			ok = handin_look(dir, w->place.root, code, h, err);
			strv_free(&h->changed);
			free(dir);
		} else if (given) {
			err_set(err, ERR_NOT_FOUND, "%s: no such session, and no hand-in", given);
		}
	}
	free(id);
	free(journal);
	free(path);
	return ok;
}

static void say_seal(const struct report *out, const struct verification *v)
{
	char code[SEAL_CODE_LEN + 1], key[SEAL_CODE_LEN + 1];

	seal_code(v->key, key);
	if (v->seal_sum[0]) {
		seal_code(v->seal_sum, code);
		report_text(out, "the seal's code is %s\n", code);
	}
	report_text(out, "the seal's key is %s%s%s\n", key,
		    seal_is_mine(v->key) ? ", yours" : ", not yours",
		    v->other_key ? "; an earlier seal is by another key" : "");
}

/* False: the code does not match. */
static bool say_code(const struct report *out, const struct verification *v, const char *code)
{
	if (code && v->code_at)
		report_text(out,
			    "the code is of the seal that is event %llu: up to there it is what "
			    "the code was noted for\n",
			    (unsigned long long)v->code_at);
	else if (code)
		report_text(out, "the code is of none of these events: another session, or "
				 "written anew, or cut\n");
	else
		report_text(out,
			    "a tail that is missing%s, or a journal written anew, shows only "
			    "against a code noted elsewhere: --code\n",
			    v->sealed ? " behind the seal" : "");
	return !code || v->code_at;
}

static bool say(const struct report *report, const char *shown, const struct handin *h,
		const char *code)
{
	const struct verification *v = &h->v;
	bool good = !v->broken;

	if (v->broken)
		report_text(report, "%s: broken at event %llu: %s\n", shown,
			    (unsigned long long)v->broken, v->why);
	report_text(report, "%s: whole up to event %llu, ", shown, (unsigned long long)v->events);
	if (v->sealed)
		report_text(report, "sealed up to %llu\n", (unsigned long long)v->sealed);
	else
		report_text(report, "not sealed\n");
	for (size_t i = 0; i < h->changed.n; i++)
		report_text(report, "%s is not as it was sealed\n", h->changed.v[i]);
	for (size_t i = 0; i < h->extra.n; i++)
		report_text(report, "%s is in the archive, and the seal does not name it\n",
			    h->extra.v[i]);
	if (h->report)
		report_text(report, "report.html is not sealed%s\n",
			    v->broken ? ""
				      : ": --report FILE makes that page from what was verified");
	if (v->sealed)
		say_seal(report, v);
	return say_code(report, v, code) && good;
}

/* One CSV field, escaped so that a spreadsheet does not read it as a formula. */
static void field(struct str *row, const char *text)
{
	if (row->len)
		str_addc(row, ',');
	str_addc(row, '"');
	if (text[0] && strchr("=+-@\t\r", text[0]))
		str_addc(row, '\'');
	for (; *text; text++) {
		if (*text == '"')
			str_addc(row, '"');
		str_addc(row, (unsigned char)*text < 0x20 ? ' ' : *text);
	}
	str_addc(row, '"');
}

static void number(struct str *row, uint64_t n)
{
	str_addf(row, ",%llu", (unsigned long long)n);
}

static void csv_head(const struct report *out, bool rerun)
{
	report_text(out,
		    "file,state,events,last,sealed,you,model,model then "
		    "you,outside,before,verdict,files changed,code,key,why%s\n",
		    rerun ? ",run again" : "");
}

static void csv_row(const struct report *out, const char *given, const struct handin *h, bool good,
		    const char *why, const char *again)
{
	static const enum author_kind order[] = { AUTHOR_YOU, AUTHOR_MODEL, AUTHOR_MODEL_YOU,
						  AUTHOR_DISK, AUTHOR_BEFORE };
	const struct verification *v = &h->v;
	char code[SEAL_CODE_LEN + 1] = "", key[SEAL_CODE_LEN + 1] = "", when[32] = "";
	time_t last = (time_t)(v->last_ms / 1000);
	struct str row = STR_INIT;
	struct tm tm;

	if (v->last_ms && gmtime_r(&last, &tm))
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
	if (v->seal_sum[0])
		seal_code(v->seal_sum, code);
	if (v->key[0])
		seal_code(v->key, key);
	field(&row, given);
	field(&row, good ? "whole" : "broken");
	number(&row, v->events);
	field(&row, when);
	number(&row, v->sealed);
	for (size_t i = 0; i < AUTHORS; i++)
		number(&row, h->lines[order[i]]);
	field(&row, h->verdict ? h->verdict : "");
	number(&row, h->changed.n + h->extra.n);
	field(&row, code);
	field(&row, key);
	field(&row, why);
	if (again)
		field(&row, again);
	report_text(out, "%s\n", str_cstr(&row));
	str_free(&row);
}

/* Why neither --rerun nor --report did anything. */
static void say_not_visited(const struct report *out, const char *shown, const struct handin *h)
{
	if (h->v.broken)
		report_note(out, "%s is broken: nothing of it is run again, and no page is made",
			    shown);
	else
		report_note(out,
			    "%s is not a hand-in: `posedge replay --rerun` runs a session's again, "
			    "`posedge export --html` makes its page",
			    shown);
}

/* Prints what was found out. True: all is as it was sealed. */
static bool say_found(const struct cmd_call *c, const char *given, const char *shown,
		      const struct handin *h, const struct unpacked *a)
{
	const struct report *out = &c->w->out;
	const char *code = cmd_opt(c, "--code");
	bool whole = !h->changed.n && !h->extra.n;

	if (cmd_opt(c, "--csv")) {
		whole = whole && !h->v.broken && (!code || h->v.code_at);
		csv_row(out, given ? given : shown, h, whole,
			h->v.broken    ? h->v.why
			: h->changed.n ? "files are not as sealed"
			: h->extra.n   ? "files that the seal does not name"
				       : "",
			a->rerun ? str_cstr(&a->said) : NULL);
		return whole;
	}
	if ((a->rerun || a->report) && !a->visited)
		say_not_visited(out, given ? given : shown, h);
	whole = say(out, shown, h, code) && whole;
	if (a->said.len)
		report_text(out, "run again: %s\n", a->said.data);
	return whole;
}

/* Prints why a file could not be read as a session or hand-in. False: the command fails,
 * since that is the only one and the file may be all right. */
static bool say_unread(const struct cmd_call *c, const char *given, const struct err *why,
		       const struct handin *h, const struct unpacked *a)
{
	if (cmd_opt(c, "--csv"))
		csv_row(&c->w->out, given, h, false, why->text,
			a->rerun ? str_cstr(&a->said) : NULL);
	else if (c->argc > 1 || why->code == ERR_PARSE || why->code == ERR_LIMIT)
		report_text(&c->w->out, "%s\n", why->text);
	else
		return false;
	return true;
}

/* A file that is not a hand-in gives a row too, and the next ones are still checked. */
static bool verify_one(struct cmd_call *c, const char *given, struct err *err)
{
	bool good = false;
	struct handin h = { 0 };
	struct err why = { 0 };
	char *shown = NULL;
	struct unpacked a = { .w = c->w,
			      .rerun = cmd_opt(c, "--rerun") != NULL,
			      .report = cmd_opt(c, "--report") };
	bool ok = look(c->w, given, cmd_opt(c, "--code"), (struct handin_visit){ visit, &a }, &h,
		       &shown, &why);

	if (ok)
		good = say_found(c, given, shown, &h, &a);
	else
		ok = say_unread(c, given, &why, &h, &a);
	if (ok && (!good || a.differs))
		c->status = CMD_FOUND;
	if (ok && a.why.code) {
		why = a.why;
		ok = false;
	}
	if (!ok)
		err_copy(err, &why);
	handin_fini(&h);
	str_free(&a.said);
	free(shown);
	return ok;
}

bool cmd_verify(struct cmd_call *c, struct err *err)
{
	bool ok = true;

	if (cmd_opt(c, "--code") && c->argc > 1)
		return err_set(err, ERR_USAGE, "verify: a code is for one session");
	if (cmd_opt(c, "--report") && c->argc > 1)
		return err_set(err, ERR_USAGE, "verify: a report is of one session");
	if (cmd_opt(c, "--csv"))
		csv_head(&c->w->out, cmd_opt(c, "--rerun") != NULL);
	if (c->argc == 0)
		return verify_one(c, NULL, err);
	for (size_t i = 0; ok && i < c->argc; i++)
		ok = verify_one(c, c->argv[i], err);
	return ok;
}

/* seal */

static void say_left_out(const struct report *out, const struct sealed *s)
{
	for (size_t i = 0; i < s->left_out.n; i++)
		report_note(out, "%s", s->left_out.v[i]);
}

bool cmd_seal(struct cmd_call *c, struct err *err)
{
	struct sealed s;
	bool ok = flow_seal(c->w, &s, err);

	if (ok) {
		say_left_out(&c->w->out, &s);
		report_text(&c->w->out,
			    "session %s is sealed up to event %llu, with %zu files of the "
			    "design\ncode %s\n",
			    session_id(c->w->session), (unsigned long long)s.n - 1, s.paths.n,
			    s.code);
	}
	sealed_fini(&s);
	return ok;
}

/* handin */

/* Number of the first line that looks like a secret; 0: none. */
static size_t secret_line(const struct redact *r, const char *path)
{
	struct str text = STR_INIT;
	size_t line =
		file_read(path, 0, &text, NULL) ? redact_line(r, str_cstr(&text), text.len) : 0;

	str_free(&text);
	return line;
}

/* Text typed into a document is recorded unchanged, so warn before it is handed in. */
static bool no_secrets(struct workbench *w, const struct strv *paths, bool anyway, struct err *err)
{
	char *journal = path_join(session_dir(w->session), "journal.jsonl");
	size_t found = 0, line;

	for (size_t i = 0; i < paths->n; i++) {
		char *full = path_join(w->place.root, paths->v[i]);

		line = secret_line(w->redact, full);
		if (line)
			report_note(&w->out, "%s:%zu holds what looks like a secret", paths->v[i],
				    line);
		found += line > 0;
		free(full);
	}
	line = secret_line(w->redact, journal);
	if (line)
		report_note(&w->out, "event %zu, as it was typed, holds what looks like a secret",
			    line);
	found += line > 0;
	free(journal);
	return !found || anyway ||
	       err_set(err, ERR_USAGE,
		       "nothing was handed in; `posedge handin --anyway` hands it in with its "
		       "secrets");
}

/* Reads the hand-in back as the recipient will: otherwise texts of the session that
 * were changed on disk would not be noticed. */
static bool look_back(const char *path, struct strv *notes, struct err *err)
{
	struct handin h;

	if (!handin_read(path, NULL, (struct handin_visit){ 0 }, &h, err))
		return false;
	if (h.v.broken)
		strv_addf(notes, "it will be said to be broken at event %llu: %s",
			  (unsigned long long)h.v.broken, h.v.why);
	for (size_t i = 0; i < h.changed.n; i++)
		strv_addf(notes, "%s changed while it was packed: hand in again", h.changed.v[i]);
	handin_fini(&h);
	return true;
}

static void say_handin(const struct workbench *w, const char *name, const struct sealed *s,
		       const struct strv *notes)
{
	say_left_out(&w->out, s);
	for (size_t i = 0; i < notes->n; i++)
		report_note(&w->out, "%s", notes->v[i]);
	report_text(&w->out, "%s: session %s up to event %llu and %zu files\ncode %s\n", name,
		    session_id(w->session), (unsigned long long)s->n, s->paths.n, s->code);
}

/* The session as a page, in the state that is sealed. */
static bool make_sealed_page(struct workbench *w, struct str *out, struct err *err)
{
	session_flush(w->session);
	return make_page(w, session_dir(w->session), path_base(w->place.root), out, err);
}

bool cmd_handin(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	const char *given = c->argc ? c->argv[0] : path_base(w->place.root);
	char *name = str_fmt("%s%s", given, str_ends(given, ".posedge") ? "" : ".posedge");
	char *path = workplace_full(&w->place, name);
	struct strv notes = STRV_INIT;
	struct sealed s = { 0 };
	struct str report = STR_INIT;
	bool ok = flow_seal(w, &s, err) &&
		  no_secrets(w, &s.paths, cmd_opt(c, "--anyway") != NULL, err) &&
		  make_sealed_page(w, &report, err) &&
		  handin_write(w->session, &s, &report, path, err) && look_back(path, &notes, err);

	if (ok)
		say_handin(w, name, &s, &notes);
	str_free(&report);
	sealed_fini(&s);
	strv_free(&notes);
	free(path);
	free(name);
	return ok;
}
