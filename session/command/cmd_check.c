/* lint, waive, sim: run the tools and print their results. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"
#include "session/check/engine_choice.h"
#include "session/check/flow_sim.h"
#include "session/journal/lint_summary.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/lint/flow_lint.h"
#include "session/lint/own_lint.h"
#include "session/mutant/score.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_suggest.h"
#include "session/output/diag.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

/* lint */

#define MAX_FAILED 5u /* number that are named */

static void print_findings(const struct workbench *w, const struct diag_list *found)
{
	bool style = w->options->lint_style;
	size_t folded = 0;

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		struct str line = STR_INIT;

		if (d->rank == DIAG_STYLE && !style) {
			folded++;
			continue;
		}
		diag_print(d, &line);
		report_text(&w->out, "%s\n", str_cstr(&line));
		if (d->context[0])
			report_text(&w->out, "    %s\n", d->context);
		if (d->hint[0])
			report_text(&w->out, "    %s\n", d->hint);
		str_free(&line);
	}
	if (folded)
		report_text(&w->out, "%zu of style (`posedge lint --style` shows them)\n", folded);
}

/* Never prints "ok" if a top failed or nothing was read. */
static void print_outcome(const struct report *out, const struct lint_result *r, bool cancelled)
{
	struct str words = STR_INIT;

	if (r->read)
		lint_summary(r->found, r->read, str_cstr(&r->unread), &words);
	else
		lint_summary_nothing(str_cstr(&r->unread), &words);
	if (cancelled) {
		str_clear(&words);
		str_addf(&words, "cancelled before the end: %zu error%s, %zu risk%s so far (",
			 diag_list_count(r->found, DIAG_ERROR),
			 count_s(diag_list_count(r->found, DIAG_ERROR)),
			 diag_list_count(r->found, DIAG_RISK),
			 count_s(diag_list_count(r->found, DIAG_RISK)));
		lint_summary_files(r->read, str_cstr(&r->unread), LINT_SUMMARY_NAMES, &words);
		str_addc(&words, ')');
	} else if (r->read && r->failed.n &&
		   diag_list_count(r->found, DIAG_ERROR) + diag_list_count(r->found, DIAG_RISK) ==
			   0) {
		str_clear(&words);
		str_adds(&words, "lint of a part only (");
		lint_summary_files(r->read, str_cstr(&r->unread), LINT_SUMMARY_NAMES, &words);
		str_addc(&words, ')');
	}
	report_text(out, "%s\n", str_cstr(&words));
	str_free(&words);
}

static enum cmd_status lint_status(const struct options *options, const struct lint_result *r)
{
	if (lint_counts(options, r->found))
		return CMD_FOUND;
	return r->failed.n ? CMD_TROUBLE : r->read ? CMD_FINE : CMD_NO_VERDICT;
}

bool cmd_lint(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct lint_result r = { 0 };
	struct strv paths = STRV_INIT;
	bool ok = true;

	if (cmd_opt(c, "--style"))
		options_put(w->options, OPT(lint_style), "on", NULL);
	for (size_t i = 0; ok && i < c->argc; i++) {
		char *rel;

		ok = workplace_path(&w->place, c->argv[i], &rel, err);
		if (ok)
			strv_give(&paths, rel);
	}
	ok = ok && flow_lint(w, (const char *const *)paths.v, paths.n, &r, err);
	for (size_t i = 0; i < r.notes.n; i++)
		report_note(&w->out, "%s", r.notes.v[i]);
	for (size_t i = 0; i < r.failed.n && i < MAX_FAILED; i++)
		report_note(&w->out, "%s", r.failed.v[i]);
	if (r.failed.n > MAX_FAILED)
		report_note(&w->out, "and %zu more were not linted", r.failed.n - MAX_FAILED);
	if (r.found) {
		print_findings(w, r.found);
		if (ok || (r.read && task_cancelled(task_self())))
			print_outcome(&w->out, &r, !ok);
		c->status = lint_status(w->options, &r);
	}
	lint_result_fini(&r);
	strv_free(&paths);
	return ok;
}

/* waive: proposes a pragma around the line. */

static bool split_place(const char *place, char **path, size_t *line, struct err *err)
{
	const char *colon = strrchr(place, ':');
	char *end;

	*path = NULL;
	*line = colon ? strtoul(colon + 1, &end, 10) : 0;
	if (*line == 0 || *end)
		return err_set(err, ERR_USAGE, "waive %s: FILE:LINE was expected", place);
	*path = mem_strndup(place, (size_t)(colon - place));
	return true;
}

static bool waived_text(const struct str *text, size_t line, const char *code, struct str *out)
{
	bool own = str_starts(code, OWN_LINT_PREFIX);
	const char *tool = own ? "posedge" : "verilator";
	size_t start = 0, end, indent;

	code += own ? strlen(OWN_LINT_PREFIX) : 0;
	for (size_t i = 1; i < line; i++) {
		const char *lf = memchr(text->data + start, '\n', text->len - start);

		if (!lf)
			return false;
		start = (size_t)(lf + 1 - text->data);
	}
	if (start >= text->len)
		return false;
	indent = strspn(text->data + start, " \t");
	end = start + strcspn(text->data + start, "\n");
	str_add(out, text->data, start);
	str_add(out, text->data + start, indent);
	str_addf(out, "/* %s lint_off %s */\n", tool, code);
	str_add(out, text->data + start, end - start);
	str_addc(out, '\n');
	str_add(out, text->data + start, indent);
	str_addf(out, "/* %s lint_on %s */", tool, code);
	str_add(out, text->data + end, text->len - end);
	return true;
}

static bool suggest(struct workbench *w, const char *path, const struct str *base,
		    const struct str *proposed, uint64_t *n, struct err *err)
{
	struct proposed p = { .path = path,
			      .by = "waive",
			      .base = { str_cstr(base), base->len },
			      .text = { str_cstr(proposed), proposed->len } };
	struct str diff = STR_INIT;
	const struct proposal *made;

	if (!flow_suggest(w->session, &p, n, err))
		return false;
	made = state_proposal(session_state(w->session), *n);
	suggestion_print(made->s, &diff);
	report_text(&w->out, "%s", str_cstr(&diff));
	str_free(&diff);
	return true;
}

bool cmd_waive(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	bool apply = cmd_opt(c, "--apply") != NULL;
	const char *code = c->argv[1];
	char *given = NULL, *rel = NULL, *full = NULL;
	struct str text = STR_INIT, proposed = STR_INIT;
	size_t line;
	uint64_t n = 0;
	bool ok = false;

	if (strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != strlen(code)) {
		err_set(err, ERR_USAGE, "waive %s: a code such as WIDTH was expected", code);
		goto out;
	}
	if (!split_place(c->argv[0], &given, &line, err) ||
	    !workplace_path(&w->place, given, &rel, err))
		goto out;
	full = str_fmt("%s/%s", w->place.root, rel);
	if (!file_read(full, 0, &text, err))
		goto out;
	if (!waived_text(&text, line, code, &proposed)) {
		err_set(err, ERR_USAGE, "waive %s: the file has no line %zu", rel, line);
		goto out;
	}
	ok = workbench_session(w, apply ? SESSION_FULL : SESSION_APPEND, err) &&
	     suggest(w, rel, &text, &proposed, &n, err) &&
	     (!apply || flow_apply(w->session, n, "waive --apply", err));
out:
	str_free(&text);
	str_free(&proposed);
	free(full);
	free(rel);
	free(given);
	return ok;
}

/* sim */

static void on_line(void *ctx, const char *line, size_t len)
{
	const struct workbench *w = ctx;

	report_text(&w->out, "%.*s\n", (int)len, line);
}

static enum cmd_status status_of(const struct sim_result *r)
{
	switch (r->report.result.verdict) {
	case VERDICT_PASS:
		return CMD_FINE;
	case VERDICT_FAIL:
		return CMD_FOUND;
	case VERDICT_BUILD:
	case VERDICT_LIMIT:
	case VERDICT_TOOL:
		/* A build failure has findings; exceeding a limit is trouble. */
		return r->report.found && diag_list_count(r->report.found, DIAG_ERROR)
			       ? CMD_FOUND
			       : CMD_TROUBLE;
	case VERDICT_NONE:
		break;
	}
	return CMD_NO_VERDICT;
}

/* Prints remarks on the verdict, and how long the run took. */
static void print_remarks(const struct report *out, const struct sim_result *r)
{
	struct str steps = STR_INIT;

	for (const char *p = r->report.result.beside; p && *p;) {
		size_t n = strcspn(p, "\n");

		report_text(out, "but: %.*s\n", (int)n, p);
		p += n + (p[n] == '\n');
	}
	for (size_t i = 0; i < r->report.n_steps; i++)
		str_addf(&steps, "%s%s %.2f s", i ? ", " : "", r->report.steps[i].name,
			 (double)r->report.steps[i].ms / 1000);
	if (steps.len)
		report_note(out, "%s: %s", r->engine, str_cstr(&steps));
	str_free(&steps);
}

/* True if the same verdict has other counts, or another first failure. Simulators differ in their
 * random numbers and in the order of events at one time. */
static bool differs_in_detail(const struct run_result *a, const struct run_result *b)
{
	return a->checks != b->checks || a->first_line != b->first_line ||
	       (a->has_time && b->has_time && a->told.unit == b->told.unit &&
		a->first_time != b->first_time);
}

/* Prints what another simulator says; the verdict does not change. */
static void confirm(struct workbench *w, const struct sim_result *first)
{
	const char *other = engine_other(w->ports, first->engine);
	const struct simulator_ops *ops = ports_simulator(w->ports, other, NULL);
	struct str differs = STR_INIT, verdict = STR_INIT;
	struct sim_result r = { 0 };
	struct err err;

	if (ops->ready && !ops->ready(first->report.wave_path[0] != '\0',
				      strcmp(w->options->sim_trace, "fst") == 0)) {
		report_note(&w->out,
			    "not confirmed by %s, which would first compile its library: `sim "
			    "--engine %s` does once",
			    engine_title(other), other);
		return;
	}
	if (!flow_sim_confirm(w, first, &r, &differs, &err)) {
		report_note(&w->out, "not confirmed by %s: %s", engine_title(other), err.text);
	} else if (differs.len) {
		report_text(&w->out, "%s\n", str_cstr(&differs));
	} else if (r.report.result.verdict == first->report.result.verdict) {
		if (differs_in_detail(&r.report.result, &first->report.result)) {
			str_adds(&verdict, ", but not in detail: ");
			run_result_print(&r.report.result, r.path, &verdict);
		}
		report_note(&w->out, "%s agrees%s (%.1f s; --one leaves that out)",
			    engine_title(other), str_cstr(&verdict),
			    (double)(r.report.build_ms + r.report.run_ms) / 1000);
	} else {
		run_result_print(&r.report.result, r.path, &verdict);
		report_note(&w->out, "not confirmed by %s: %s", engine_title(other),
			    str_cstr(&verdict));
	}
	sim_result_fini(&r);
	str_free(&differs);
	str_free(&verdict);
}

/* True for an error; where the build failed, also for a construct that the tool lacks, if there is
 * more to say of it than the verdict does. */
static bool is_shown(const struct diag *d, enum verdict verdict)
{
	return d->rank == DIAG_ERROR ||
	       (verdict == VERDICT_BUILD && d->hint[0] && strcmp(d->code, DIAG_UNSUPPORTED) == 0);
}

static void add_clean(cJSON *o, const char *name, const char *value)
{
	struct str clean = STR_INIT;

	utf8_clean(value, strlen(value), &clean);
	cJSON_AddStringToObject(o, name, str_cstr(&clean));
	str_free(&clean);
}

static void json_found(const struct report *out, const struct diag *d)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "type", "finding");
	add_clean(o, "path", d->path);
	cJSON_AddNumberToObject(o, "line", d->line);
	cJSON_AddNumberToObject(o, "col", d->col);
	add_clean(o, "text", d->text);
	add_clean(o, "hint", d->hint);
	report_json(out, o);
}

static void print_note(const struct report *out, const char *note)
{
	cJSON *o;

	report_note(out, "%s", note);
	if (!out->wants_json)
		return;
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "type", "note");
	add_clean(o, "text", note);
	report_json(out, o);
}

static void print_found(const struct report *out, const struct diag *d)
{
	struct str line = STR_INIT;

	diag_print(d, &line);
	report_text(out, "%s\n", str_cstr(&line));
	if (d->hint[0])
		report_text(out, "    %s\n", d->hint);
	str_free(&line);
	if (out->wants_json)
		json_found(out, d);
}

static void print_sim(struct workbench *w, const struct sim_result *r)
{
	struct str verdict = STR_INIT;

	for (size_t i = 0; r->report.found && i < diag_list_len(r->report.found); i++) {
		const struct diag *d = diag_list_at(r->report.found, i);

		if (is_shown(d, r->report.result.verdict))
			print_found(&w->out, d);
	}
	if (r->cycles.len)
		report_text(&w->out, "\n%s\n", str_cstr(&r->cycles));
	run_result_print(&r->report.result, r->path, &verdict);
	if (r->report.result.verdict == VERDICT_PASS)
		score_print(w, r->testbench, r->path, &verdict);
	report_text(&w->out, "%s\n", str_cstr(&verdict));
	print_remarks(&w->out, r);
	if (r->report.result.verdict == VERDICT_NONE)
		report_text(
			&w->out,
			"A check is one line, for example:\n"
			"    if (q !== expected) $error(\"q is %%0d, not %%0d\", q, expected);\n");
	if (r->wave_path && r->wave_path[0])
		report_text(&w->out, "waves: %s (`posedge wave` opens them)\n", r->wave_path);
	if (r->report.unprotected[0])
		report_note(&w->out, "without %s", r->report.unprotected);
	str_free(&verdict);
}

/* In a folder with testbenches, `sim` means one of those. The caller frees; NULL:
 * the project's. */
static char *tests_here(struct workbench *w)
{
	struct project *p =
		w->screen || w->options->testbench[0] ? NULL : workbench_project(w, NULL);
	char *rel = NULL;

	if (p && strcmp(w->place.typed_in, w->place.root) != 0 &&
	    workplace_path(&w->place, ".", &rel, NULL) && design_tests_in(p, rel))
		return rel;
	free(rel);
	return NULL;
}

/* True if the word is a folder where it was typed, and not a module. */
static bool is_folder_here(struct workbench *w, const char *word)
{
	char *full = workplace_full(&w->place, word);
	struct project *p = file_is_dir(full) ? workbench_project(w, NULL) : NULL;

	free(full);
	return p && !project_module(p, word, NULL);
}

bool cmd_sim(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	const char *engine = cmd_opt(c, "--engine");
	const char *name = c->argc ? c->argv[0] : NULL;
	char *rel = NULL;
	struct sim_result r = { 0 };
	bool ok;

	/* Files and folders are typed as paths for the shell, a module by its name. */
	if (name && (strchr(name, '.') || strchr(name, '/') || is_folder_here(w, name))) {
		if (!workplace_path(&w->place, name, &rel, err))
			return false;
		name = rel;
	} else if (!name) {
		name = rel = tests_here(w);
	}
	if (!engine)
		engine = w->options->engine;
	ok = flow_sim(w, name, engine, cmd_opt(c, "--no-trace") == NULL, on_line, w, &r, err);
	for (size_t i = 0; i < r.notes.n; i++)
		print_note(&w->out, r.notes.v[i]);
	if (ok) {
		print_sim(w, &r);
		c->status = status_of(&r);
		/* Sync once, after the verdict is printed: the user should not wait
		 * for the disk. */
		ok = session_sync(w->session, err);
		if (ok && !cmd_opt(c, "--one") && flow_sim_confirms(w, engine, &r))
			confirm(w, &r);
	}
	sim_result_fini(&r);
	free(rel);
	return ok;
}
