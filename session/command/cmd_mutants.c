/* mutants: how good a testbench is. */
#include "config.h"

#include "session/command/commands.h"

#include <cjson/cJSON.h>

#include "session/base/str.h"
#include "session/formal/same.h"
#include "session/journal/session.h"
#include "session/mutant/flow_mutants.h"
#include "session/mutant/kept.h"
#include "session/verdict/run.h"
#include "session/workbench/workbench.h"

#define MAX_AT_FIRST	 100
#define SECONDS_AT_FIRST 60

static void progress(void *ctx, size_t done, size_t of)
{
	const struct cmd_call *c = ctx;

	if (done % 10 == 0)
		report_note(&c->w->out, "%zu of %zu mutants", done, of);
}

static const char *fate_name(enum mutant_fate f)
{
	return f == MUTANT_NOTICED    ? "noticed"
	       : f == MUTANT_SURVIVED ? "survived"
	       : f == MUTANT_SAME     ? "same"
				      : "not run";
}

static void print_json(const struct cmd_call *c, const struct mutants_report *m)
{
	cJSON *o;

	for (size_t i = 0; i < m->n; i++) {
		o = cJSON_CreateObject();
		cJSON_AddStringToObject(o, "path", m->v[i].path);
		cJSON_AddNumberToObject(o, "line", m->v[i].line);
		cJSON_AddStringToObject(o, "kind", m->v[i].kind);
		cJSON_AddStringToObject(o, "before", m->v[i].before);
		cJSON_AddStringToObject(o, "after", m->v[i].after);
		cJSON_AddStringToObject(o, "fate", fate_name(m->v[i].fate));
		report_json(&c->w->out, o);
	}
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "testbench", m->testbench);
	cJSON_AddNumberToObject(o, "checks", (double)m->first.checks);
	cJSON_AddNumberToObject(o, "noticed", (double)m->noticed);
	cJSON_AddNumberToObject(o, "survived", (double)m->survived);
	if (m->same)
		cJSON_AddNumberToObject(o, "same", (double)m->same);
	cJSON_AddNumberToObject(o, "not_run", (double)m->left);
	cJSON_AddNumberToObject(o, "not_compiled", (double)m->refused);
	cJSON_AddNumberToObject(o, "possible", (double)m->found);
	report_json(&c->w->out, o);
}

static void add_change(const struct mutant_result *r, struct str *out)
{
	str_addf(out, "%s:%d: %s\n  - %s\n", r->path, r->line, r->kind, r->before);
	if (r->after[0])
		str_addf(out, "  + %s\n", r->after);
}

static void print_text(const struct cmd_call *c, const struct mutants_report *m)
{
	struct score score = mutants_score(m);
	struct str s = STR_INIT;

	run_result_print(&m->first, NULL, &s);
	score_words(&score, &s);
	str_addc(&s, '\n');
	if (m->refused)
		str_addf(&s, "%zu did not compile and do not count\n", m->refused);
	if (m->left)
		str_addf(&s,
			 "%zu were not run: the time was over (--seconds); likely survivors run "
			 "first, so the share above is low\n",
			 m->left);
	if (m->survived)
		str_adds(&s, "survived, unless a change means the same:\n");
	for (size_t i = 0; i < m->n; i++) {
		const struct mutant_result *r = &m->v[i];

		if (r->fate == MUTANT_SURVIVED)
			add_change(r, &s);
	}
	report_text(&c->w->out, "%s", str_cstr(&s));
	str_free(&s);
}

/* Stores the result for questions; failing to do so is harmless. */
static void keep(const struct cmd_call *c, const struct mutants_report *m)
{
	struct err why;

	if (!kept_mutants_write(session_dir(c->w->session), m, &why))
		report_note(&c->w->out, "%s", why.text);
}

bool cmd_mutants(struct cmd_call *c, struct err *err)
{
	unsigned max = MAX_AT_FIRST, seconds = SECONDS_AT_FIRST;
	struct mutants_request r = { .testbench = c->argc ? c->argv[0] : NULL,
				     .progress = progress,
				     .line_rank = kept_line_rank,
				     .ctx = c };
	struct kept_coverage reached = { 0 };
	struct mutants_report m;
	struct err why;
	bool ok;

	if (!cmd_number(c, "--max", 10000, &max, err) ||
	    !cmd_number(c, "--seconds", 86400, &seconds, err))
		return false;
	if (!cmd_opt(c, "--no-proof"))
		r.same = formal_same;
	r.max = max;
	r.ms = (uint64_t)seconds * 1000;
	if (workbench_session(c->w, SESSION_APPEND, &why))
		kept_coverage_read(session_dir(c->w->session), &reached, NULL);
	r.reached = &reached;
	ok = flow_mutants(c->w, &r, &m, err);
	kept_coverage_fini(&reached);
	if (!ok)
		return false;
	if (c->w->out.wants_json)
		print_json(c, &m);
	else
		print_text(c, &m);
	keep(c, &m);
	c->status = m.survived ? CMD_FOUND : CMD_FINE;
	mutants_report_fini(&m);
	return true;
}
