/* export --triples: what was asked for, a design, and its tests, if the tests pass.
 *
 * A session records what passed then; a row says what passes now: each testbench
 * whose last run in the session was a PASS is run again on the current files. So
 * unlike other exports this one runs tools, and its runs are recorded in the
 * session. judges.h defines what counts as a test: the testbench, and everything
 * that is not part of the design.
 */
#include "config.h"

#include "session/command/cmd_triples.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/export/export.h"
#include "session/export/export_row.h"
#include "session/export/story.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/toolbox/judges.h"
#include "session/verdict/run.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

/* Testbenches whose last run passed, without duplicates. */
static void passed(const struct story *s, struct strv *out)
{
	for (size_t i = s->n_runs; i-- > 0;) {
		const char *name = str_cstr(&s->runs[i].testbench);
		bool later = false;

		for (size_t k = i + 1; k < s->n_runs; k++)
			later |= !s->runs[k].confirms &&
				 strcmp(str_cstr(&s->runs[k].testbench), name) == 0;
		if (!later && !s->runs[i].confirms &&
		    verdict_is(str_cstr(&s->runs[i].verdict), VERDICT_PASS) && !strv_has(out, name))
			strv_add(out, name);
	}
	strv_sort(out);
}

static void clean(const struct workbench *w, const char *path, struct str *out)
{
	struct str text = STR_INIT;

	str_clear(out);
	if (workbench_read((struct workbench *)w, path, &text))
		redact_text(w->redact, str_cstr(&text), text.len, out);
	str_free(&text);
}

/* The licences of all files of a row. */
struct licences {
	struct strv each; /* distinct */
	bool known;	  /* of every file so far */
};

static void take_licence(const struct export_context *x, const struct str *text,
			 struct licences *of)
{
	struct str one = STR_INIT;

	if (!export_licence(x, text, &one))
		of->known = false;
	else
		strv_add_once(&of->each, str_cstr(&one));
	str_free(&one);
}

/* Appends "MIT AND Apache-2.0": all of them apply. A single file without one gives
 * null. */
static void add_licences(struct licences *of, struct str *out)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < of->each.n; i++)
		str_addf(&all, "%s%s", i ? " AND " : "", of->each.v[i]);
	if (of->known && all.len)
		json_quote(out, all.data, all.len);
	else
		str_adds(out, "null");
	str_free(&all);
	strv_free(&of->each);
}

/* Files of the design, or those of its tests. */
static size_t files(const struct workbench *w, const struct project *p, const struct sim_result *r,
		    bool tests, const struct export_context *x, struct licences *of,
		    struct str *out)
{
	struct str text = STR_INIT;
	size_t n = 0;

	str_addf(out, ",\"%s\":[", tests ? "tests" : "rtl");
	for (size_t i = 0; i < r->files.n; i++) {
		const char *path = r->files.v[i];
		char *why = judge_why(p, w->options, path);

		if ((why != NULL) == tests) {
			clean(w, path, &text);
			take_licence(x, &text, of);
			str_addf(out, "%s{\"path\":", n++ ? "," : "");
			json_quote(out, path, strlen(path));
			row_str(out, "text", &text);
			str_addc(out, '}');
		}
		free(why);
	}
	str_addc(out, ']');
	str_free(&text);
	return n;
}

/* The spec of the project, or else the first question. */
static void spec(const struct workbench *w, const struct story *s, struct str *out)
{
	struct str text = STR_INIT;

	clean(w, "spec.md", &text);
	if (text.len == 0 && s->n_asks)
		str_add(&text, str_cstr(&s->asks[0].question), s->asks[0].question.len);
	row_str(out, "spec", &text);
	str_free(&text);
}

/* False: not a row, and out is unchanged. */
static bool row(struct workbench *w, const struct project *p, const struct story *s,
		const struct export_context *x, const struct sim_result *r, struct str *out)
{
	struct licences of = { .known = true };
	size_t start = out->len, designs, tests;

	str_adds(out, "{\"session\":");
	json_quote(out, s->id, strlen(s->id));
	json_add_text(out, "project", x->title);
	str_adds(out, ",\"consent\":true");
	json_add_text(out, "testbench", r->testbench);
	spec(w, s, out);
	designs = files(w, p, r, false, x, &of, out);
	tests = files(w, p, r, true, x, &of, out);
	str_adds(out, ",\"simulation\":{\"verdict\":\"pass\"");
	if (r->report.result.checks >= 0)
		str_addf(out, ",\"checks\":%ld", r->report.result.checks);
	str_adds(out, "},\"licence\":");
	add_licences(&of, out);
	str_adds(out, ",\"tools\":{\"posedge\":\"" PACKAGE_VERSION "\"");
	json_add_text(out, "simulator", r->engine);
	json_add_text(out, "simulator_version",
		      r->version && r->version[0] ? r->version : "unknown");
	str_addf(out, "},\"seeds\":%u}\n", r->seeds);
	if (designs && tests)
		return true;
	str_cut(out, start);
	return false;
}

bool export_triples(const struct cmd_call *c, const struct story *s, const struct export_context *x,
		    struct str *out, size_t *n, struct err *err)
{
	struct workbench *w = c->w;
	struct strv names = STRV_INIT;
	bool ok = workbench_read_project(w, true, err) && workbench_project(w, err) &&
		  workbench_session(w, SESSION_APPEND, err);

	*n = 0;
	passed(s, &names);
	for (size_t i = 0; ok && i < names.n; i++) {
		struct sim_result r = { 0 };
		struct err why = { 0 };
		bool ran = flow_sim(w, names.v[i], w->options->engine, false, NULL, NULL, &r, &why);

		if (!ran && why.code == ERR_CANCELLED)
			ok = (*err = why, false);
		else if (!ran)
			report_note(&w->out, "%s passed then and cannot be run now: %s", names.v[i],
				    why.text);
		else if (r.report.result.verdict != VERDICT_PASS)
			report_note(&w->out, "%s passed then and does not now", names.v[i]);
		else if (row(w, w->project, s, x, &r, out))
			++*n;
		else
			report_note(&w->out, "%s: no file of it is surely the design's",
				    names.v[i]);
		sim_result_fini(&r);
	}
	strv_free(&names);
	return ok;
}
