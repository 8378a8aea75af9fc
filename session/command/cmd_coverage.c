/* coverage: what testbenches reach in the design, and what none reaches. */
#include "config.h"

#include "session/command/commands.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/command/coverage_spec.h"
#include "session/journal/session.h"
#include "session/mutant/flow_coverage.h"
#include "session/mutant/kept.h"
#include "session/verdict/run.h"
#include "session/workbench/workbench.h"

static void add_part(struct str *s, const char *what, size_t hit, size_t all)
{
	if (all)
		str_addf(s, " · %s %zu of %zu", what, hit, all);
}

static void print_lines(const struct coverage_report *r, const struct coverage_file *f,
			struct str *s)
{
	int n;
	int64_t *lines = coverage_lines(&r->counts, f->path, f->text, f->len, &n);

	for (int l = 1; l <= n; l++)
		if (lines[l] == 0) {
			str_addf(s, "%s:%d: not reached: ", f->path, l);
			kept_line(f->text, f->len, l, s);
			str_addc(s, '\n');
		}
	free(lines);
}

/* Unreached branches and states on reached lines: unreached lines are listed above. */
static void print_rest(const struct coverage_report *r, const struct coverage_file *f,
		       struct str *s)
{
	int n;
	int64_t *lines = coverage_lines(&r->counts, f->path, f->text, f->len, &n);

	for (size_t i = 0; i < r->counts.n; i++) {
		const struct cover_point *p = &r->counts.v[i];
		char *state, *which = NULL;

		if (p->count || strcmp(p->path, f->path) != 0)
			continue;
		state = coverage_state(p, f->text, f->len);
		if (state) {
			str_addf(s, "%s:%d: state %s is never reached\n", p->path, p->line, state);
		} else if (p->kind == COVER_BRANCH && p->line <= n && lines[p->line] > 0) {
			which = coverage_if(&r->counts, i, f->text, f->len);
			str_addf(s, "%s:%d: this `%s` is never %s\n", p->path, p->line,
				 which ? which : "if",
				 strcmp(p->what, "else") == 0 ? "false" : "true");
		}
		free(which);
		free(state);
	}
	free(lines);
}

static void print_bits(const struct coverage_report *r, const struct coverage_file *f,
		       struct str *s)
{
	const struct cover_point *last = NULL;

	for (size_t i = 0; i < r->counts.n; i++) {
		const struct cover_point *p = &r->counts.v[i];

		if (p->count || p->kind != COVER_TOGGLE || strcmp(p->path, f->path) != 0)
			continue;
		if (last && last->line == p->line)
			str_addf(s, ", %s", p->what);
		else
			str_addf(s, "%s%s:%d: never changes: %s", last ? "\n" : "", p->path,
				 p->line, p->what);
		last = p;
	}
	if (last)
		str_addc(s, '\n');
}

static void print_all(const struct cmd_call *c, const struct coverage_report *r,
		      const struct coverage_needs *needs, struct str *s)
{
	for (size_t i = 0; i < r->n_benches; i++) {
		str_addf(s, "%s: ", r->benches[i].testbench);
		run_result_print(&r->benches[i].result, NULL, s);
		str_addc(s, '\n');
	}
	for (size_t i = 0; i < r->n_files; i++) {
		const struct coverage_file *f = &r->files[i];

		str_addf(s, "%s", f->path);
		add_part(s, "lines", f->sum.lines_hit, f->sum.lines);
		add_part(s, "branches", f->sum.branches_hit, f->sum.branches);
		add_part(s, "states", f->states_hit, f->states);
		add_part(s, "bits that change", f->sum.bits_hit, f->sum.bits);
		str_addc(s, '\n');
	}
	coverage_needs_print(needs, s);
	for (size_t i = 0; i < r->n_files; i++) {
		print_lines(r, &r->files[i], s);
		print_rest(r, &r->files[i], s);
		if (cmd_opt(c, "--bits"))
			print_bits(r, &r->files[i], s);
	}
}

static void json_part(cJSON *o, const char *name, size_t hit, size_t all)
{
	cJSON *part = cJSON_AddObjectToObject(o, name);

	cJSON_AddNumberToObject(part, "reached", (double)hit);
	cJSON_AddNumberToObject(part, "of", (double)all);
}

static void json_need(const struct cmd_call *c, const struct coverage_need *n)
{
	cJSON *o = cJSON_CreateObject(), *modules;

	cJSON_AddStringToObject(o, "requirement", n->id);
	modules = cJSON_AddArrayToObject(o, "modules");
	for (size_t i = 0; i < n->modules.n; i++)
		cJSON_AddItemToArray(modules, cJSON_CreateString(n->modules.v[i]));
	if (n->run) {
		json_part(o, "lines", n->sum.lines_hit, n->sum.lines);
		json_part(o, "branches", n->sum.branches_hit, n->sum.branches);
	}
	report_json(&c->w->out, o);
}

static void json_file(const struct cmd_call *c, const struct coverage_report *r,
		      const struct coverage_file *f)
{
	cJSON *o = cJSON_CreateObject(), *never;
	int n;
	int64_t *lines = coverage_lines(&r->counts, f->path, f->text, f->len, &n);

	cJSON_AddStringToObject(o, "path", f->path);
	json_part(o, "lines", f->sum.lines_hit, f->sum.lines);
	json_part(o, "branches", f->sum.branches_hit, f->sum.branches);
	json_part(o, "states", f->states_hit, f->states);
	json_part(o, "bits", f->sum.bits_hit, f->sum.bits);
	never = cJSON_AddArrayToObject(o, "never");
	for (int l = 1; l <= n; l++)
		if (lines[l] == 0)
			cJSON_AddItemToArray(never, cJSON_CreateNumber(l));
	free(lines);
	report_json(&c->w->out, o);
}

static void print_json(const struct cmd_call *c, const struct coverage_report *r,
		       const struct coverage_needs *needs)
{
	for (size_t i = 0; i < r->n_benches; i++) {
		cJSON *o = cJSON_CreateObject();

		cJSON_AddStringToObject(o, "testbench", r->benches[i].testbench);
		cJSON_AddStringToObject(o, "verdict", verdict_name(r->benches[i].result.verdict));
		report_json(&c->w->out, o);
	}
	for (size_t i = 0; i < r->n_files; i++)
		json_file(c, r, &r->files[i]);
	for (size_t i = 0; i < needs->n; i++)
		json_need(c, &needs->v[i]);
}

/* Stores the result for the gutter and for questions; failing to do so is harmless. */
static void keep(const struct cmd_call *c, const struct coverage_report *r, const struct str *words)
{
	struct strv left = STRV_INIT;
	struct err why;

	if (!kept_coverage_write(session_dir(c->w->session), r, str_cstr(words), &left, &why))
		report_note(&c->w->out, "%s", why.text);
	for (size_t i = 0; i < left.n; i++)
		report_note(&c->w->out, "%s", left.v[i]);
	strv_free(&left);
}

static bool all_reached(const struct coverage_report *r)
{
	for (size_t i = 0; i < r->n_files; i++)
		if (r->files[i].sum.lines_hit < r->files[i].sum.lines ||
		    r->files[i].sum.branches_hit < r->files[i].sum.branches)
			return false;
	return true;
}

bool cmd_coverage(struct cmd_call *c, struct err *err)
{
	struct coverage_report r;
	struct coverage_needs needs;
	struct str words = STR_INIT;

	if (!flow_coverage(c->w, (const char *const *)c->argv, c->argc, &r, err))
		return false;
	coverage_needs(c->w, &r, &needs);
	print_all(c, &r, &needs, &words);
	keep(c, &r, &words);
	if (c->w->out.wants_json)
		print_json(c, &r, &needs);
	else
		report_text(&c->w->out, "%s", str_cstr(&words));
	c->status = all_reached(&r) ? CMD_FINE : CMD_FOUND;
	str_free(&words);
	coverage_needs_fini(&needs);
	coverage_report_fini(&r);
	return true;
}
