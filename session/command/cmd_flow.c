/* The flows, a list of them, and their stored explanations. */
#include "config.h"

#include "session/command/commands.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/ask/explained.h"
#include "session/base/str.h"
#include "session/flow/complete.h"
#include "session/flow/flow.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/review/flow_place.h"
#include "session/review/proposals.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

/* Lists the steps that would be skipped, grouped by what they lack. */
static void tell_skipped(struct workbench *w, const struct flow_step *steps, struct str *out)
{
	struct strv lacks = STRV_INIT; /* per step; "": nothing */
	struct str one = STR_INIT;

	for (const struct flow_step *s = steps; s->name; s++) {
		str_clear(&one);
		flow_lacks(w, s->needs, &one);
		strv_add(&lacks, str_cstr(&one));
	}
	for (size_t i = 0; i < lacks.n; i++) {
		if (!lacks.v[i][0])
			continue;
		str_addf(out, "; skips %s", steps[i].name);
		for (size_t k = i + 1; k < lacks.n; k++)
			if (strcmp(lacks.v[k], lacks.v[i]) == 0) {
				str_addf(out, ", %s", steps[k].name);
				lacks.v[k][0] = '\0';
			}
		str_addf(out, ": needs %s", lacks.v[i]);
	}
	strv_free(&lacks);
	str_free(&one);
}

/* Requirements that a flow lacks here, and the steps that would be skipped. */
static void tell_needs(struct workbench *w, const struct flow_row *row, struct str *out)
{
	struct str lacks = STR_INIT;

	if (!flow_allowed(w->options, row)) {
		str_adds(out, "not allowed here (set flows)");
	} else if (flow_lacks(w, row->needs, &lacks)) {
		str_addf(out, "needs %s", str_cstr(&lacks));
	} else {
		str_adds(out, "ready");
		tell_skipped(w, row->steps, out);
	}
	str_free(&lacks);
}

/* A misspelt name has no effect, so report it. */
static void note_unknown(const struct workbench *w)
{
	for (size_t i = 0; i < w->options->flows.n; i++) {
		const char *word = w->options->flows.v[i];

		if (!flow_find(word + (word[0] == '-')))
			report_note(&w->out, "set flows: there is no flow %s", word);
	}
}

bool cmd_flows(struct cmd_call *c, struct err *err)
{
	struct str out = STR_INIT;

	note_unknown(c->w);

	if (!workbench_read_project(c->w, false, err))
		return false;
	for (size_t i = 0; flows[i]; i++) {
		str_addf(&out, "%-8s  %s\n", flows[i]->name, flows[i]->about);
		for (const struct flow_step *s = flows[i]->steps; s->name; s++)
			str_addf(&out, "%-8s    %-14s%s\n", "", s->name, s->about);
		str_addf(&out, "%-8s    ", "");
		tell_needs(c->w, flows[i], &out);
		str_addc(&out, '\n');
	}
	report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
	return true;
}

/* Passes the options on as words, which also appear in the recorded question. */
static void add_words(const struct cmd_call *c, struct strv *out)
{
	for (size_t i = 0; i < c->argc; i++)
		strv_add(out, c->argv[i]);
	for (const struct cmd_opt *o = c->cmd->opts; o && o->name; o++) {
		const char *value = cmd_opt(c, o->name);

		if (value && o->value)
			strv_addf(out, "%s=%s", o->name, value);
		else if (value)
			strv_add(out, o->name);
	}
}

bool cmd_flow(struct cmd_call *c, struct err *err)
{
	const struct flow_row *row = flow_find(c->cmd->name);
	struct flow_result r;
	struct place_result placed = { 0 };
	struct strv words = STRV_INIT;
	bool ok;

	note_unknown(c->w); /* such as `set flows -slove`, which forbids nothing */
	add_words(c, &words);
	ok = flow_run(c->w, row, words.v, words.n, &r, err);
	strv_free(&words);

	if (r.text.len)
		report_text(&c->w->out, "%s", str_cstr(&r.text));
	placed.suggestions = r.suggestions;
	placed.n = r.n;
	if (r.n)
		proposals_print(c->w, &placed);
	if (r.stopped.len)
		report_note(&c->w->out, "%s", str_cstr(&r.stopped));
	c->status = r.end == FLOW_BOUND ? CMD_TROUBLE : r.end == FLOW_FOUND ? CMD_FOUND : CMD_FINE;
	flow_result_fini(&r);
	return ok;
}

/* Explained -------------------------------------------------------------------------- */

static void tell_one(const char *path, const struct explained *e, struct str *out)
{
	str_addf(out, "%s:%d-%d %s%s\n%s\n", path, e->line, e->end_line, e->grain,
		 e->stale ? ", stale: the code has changed since" : "", e->text);
}

/* Status 1: there is nothing, or it is stale. */
static enum cmd_status tell_explained(const char *path, int line, const struct explained_list *l,
				      struct str *out)
{
	const struct explained *one = line ? explained_at(l, line) : NULL;
	bool stale = false;

	if (one)
		tell_one(path, one, out);
	for (size_t i = 0; !line && i < l->n; i++) {
		tell_one(path, &l->v[i], out);
		stale |= l->v[i].stale;
	}
	return out->len == 0 || stale || (one && one->stale) ? CMD_FOUND : CMD_FINE;
}

bool cmd_explained(struct cmd_call *c, struct err *err)
{
	const char *given = c->argc ? c->argv[0] : "";
	char *named = NULL, *path = NULL;
	struct explained_list l = { 0 };
	struct str text = STR_INIT, out = STR_INIT;
	int line = 0, col;
	bool ok = !strchr(given, ':') || complete_place(given, &named, &line, &col, err);

	if (!c->argc)
		return err_set(err, ERR_USAGE, "explained: FILE or FILE:LINE was expected");
	ok = ok && workplace_path(&c->w->place, named ? named : given, &path, err) &&
	     workbench_session(c->w, SESSION_BESIDE, err) &&
	     workbench_read_whole(c->w, path, &text, err);
	if (ok) {
		explained_of(session_state(c->w->session), path, str_cstr(&text), text.len, &l);
		c->status = tell_explained(path, line, &l, &out);
		if (out.len)
			report_text(&c->w->out, "%s", str_cstr(&out));
		else
			report_note(&c->w->out, "%s: nothing is explained there", given);
	}
	explained_fini(&l);
	str_free(&text);
	str_free(&out);
	free(named);
	free(path);
	return ok;
}
