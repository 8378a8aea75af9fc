/* A testbench that is a command: `make -C test`, a script, a program.
 *
 * It runs like a simulation, in the sandbox, with its limits, and what it leaves is
 * kept; but its test report and exit status decide. A status alone cannot tell a faulty
 * design from a broken build: without a report, the output must say so, as for any
 * testbench.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/manifest/junit.h"
#include "session/verdict/run.h"
#include "sim/engine/engine.h"
#include "sim/engine/script.h"
#include "sim/sim.h"

#define REPORT_LIMIT (16u << 20)

static void no_lint(const struct engine_job *j, struct strv *argv)
{
}

static void no_messages(const char *text, size_t len, struct diag_list *out)
{
}

static bool prepare(const struct engine_job *j, const struct run_listener *to, char **rt,
		    struct err *err)
{
	return j->command || err_set(err, ERR_USAGE,
				     "the engine `command` runs what `testbench add` names: `sim "
				     "NAME` chooses it by itself");
}

static void script(const struct engine_job *j, const char *rt, struct script *s)
{
	struct strv argv = STRV_INIT;

	strv_add(&argv, "sh");
	strv_add(&argv, "-c");
	strv_add(&argv, j->command);
	script_simulate(s, j->stage.start, &argv);
	strv_free(&argv);
}

/* Replaces the verdict that followed from the lines. */
static void decide(struct run_report *out, enum verdict v, char *first)
{
	struct run_result *r = &out->result;

	r->verdict = v;
	r->checks = -1;
	r->failures = v == VERDICT_PASS ? 0 : -1;
	free(r->first);
	r->first = first;
	free(r->first_path);
	r->first_path = mem_strdup("");
	r->first_line = 0;
	r->has_time = false;
	r->told = (struct told_time){ 0 };
}

/* A path in the report may begin with the mirror's path inside the sandbox. */
static char *in_project(const struct engine_job *j, const char *path)
{
	const char *inside = strstr(path, "/" STAGE_MIRROR "/");
	char *rel = NULL;

	path_inside(j->stage.mirror, inside ? inside + strlen("/" STAGE_MIRROR "/") : path, &rel,
		    NULL);
	return rel ? rel : mem_strdup("");
}

/* Reads the report that left_collect() saved. */
static bool read_report(const struct engine_job *j, struct junit *report, struct err *err)
{
	char *written = path_join(j->out_dir, "written");
	struct str text = STR_INIT;
	bool ok = file_read_in(written, j->results, REPORT_LIMIT, &text, err) &&
		  junit_parse(str_cstr(&text), text.len, report, err);

	str_free(&text);
	free(written);
	return ok;
}

static void judge_report(const struct engine_job *j, const struct run_end *end,
			 struct run_report *out)
{
	struct junit report = { 0 };
	struct err err;

	if (!read_report(j, &report, &err)) {
		if (err.code == ERR_NOT_FOUND)
			decide(out, VERDICT_TOOL,
			       str_fmt("`%s` ended with status %d and wrote no %s: see its output",
				       j->command, end->status, j->results));
		else
			decide(out, VERDICT_TOOL,
			       str_fmt("%s is no report of tests: %s", j->results, err.text));
	} else if (report.failures > 0) {
		decide(out, VERDICT_FAIL,
		       str_fmt("%s%s%s", report.name,
			       report.name[0] && report.message[0] ? ": " : "",
			       report.message[0] ? report.message
			       : report.name[0]	 ? ""
						 : "a test failed"));
		out->result.checks = (long)report.tests;
		out->result.failures = (long)report.failures;
		free(out->result.first_path);
		out->result.first_path = in_project(j, report.path);
		out->result.first_line = out->result.first_path[0] ? report.line : 0;
	} else if (report.tests == 0) {
		decide(out, VERDICT_NONE, str_fmt("%s holds no test that ran", j->results));
		out->result.checks = 0;
	} else if (end->status != 0) {
		decide(out, VERDICT_TOOL,
		       str_fmt("all %zu tests in %s passed, but `%s` ended with status %d",
			       report.tests, j->results, j->command, end->status));
	} else {
		decide(out, VERDICT_PASS, mem_strdup(""));
		out->result.checks = (long)report.tests;
	}
	if (report.skipped && out->result.verdict == VERDICT_PASS) {
		free(out->result.beside);
		out->result.beside = str_fmt("%zu test%s skipped", report.skipped,
					     report.skipped == 1 ? " was" : "s were");
	}
	junit_fini(&report);
}

/* Uses the dump named by the user if a different one was written last. */
static void choose_waves(const struct engine_job *j, const struct run_report *out)
{
	char *written = path_join(j->out_dir, "written"), *path = path_join(written, j->waves);

	if (out->wave_path[0] && str_ends(out->wave_path, ".vcd") == str_ends(path, ".vcd") &&
	    file_exists(path))
		rename(path, out->wave_path);
	free(path);
	free(written);
}

static void judge(const struct engine_job *j, const struct run_end *end, struct run_report *out)
{
	if (j->waves)
		choose_waves(j, out);
	if (end->limit || end->status < 0)
		return; /* the reason it was stopped is the verdict */
	if (end->status == 127 || end->status == 126)
		decide(out, VERDICT_TOOL,
		       str_fmt("`%s` could not be run (status %d): see its output", j->command,
			       end->status));
	else if (j->results)
		judge_report(j, end, out);
	else if (end->status != 0 && out->result.verdict != VERDICT_FAIL)
		decide(out, VERDICT_TOOL,
		       str_fmt("`%s` ended with status %d: see its output", j->command,
			       end->status));
}

static const struct engine_ops how = {
	.tool = "sh",
	.only_stage = true,
	.counters = CHECKS_ICARUS,
	.lint_argv = no_lint,
	.parse = no_messages,
	.prepare = prepare,
	.script = script,
	.judge = judge,
};

static bool available(char **where, struct err *err)
{
	*where = mem_strdup("commands named by `testbench add`");
	return true;
}

static struct simulator *open_command(struct loop *l, struct err *err)
{
	return engine_open(l, &simulator_command, &how);
}

/* It does not read a design by itself. */
static bool no_design(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		      enum lang *as, struct err *err)
{
	*found = NULL;
	*as = j->lang;
	return err_set(err, ERR_USAGE,
		       "the engine `command` lints nothing: `set engine verilator`");
}

const struct simulator_ops simulator_command = {
	.name = "command",
	.kind = SIMULATOR_COMMAND,
	.needs = "",
	.available = available,
	.isolates = engine_isolates,
	.open = open_command,
	.close = engine_close,
	.lint = no_design,
	.run = engine_run,
};
