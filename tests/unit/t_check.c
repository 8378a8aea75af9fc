/* Findings, hardware and runs, with a tool that gives preset answers. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/flow_hardware.h"
#include "session/check/flow_sim.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/lint/lint_memo.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/text_memo.h"
#include "session/review/flow_decide.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

IN_TASK(findings_are_recorded_once_each)
{
	struct lint_result out;
	const char *const paths[] = { "m.sv", "m.sv" };

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	setenv("POSEDGE_FAKE_LINT",
	       "%Warning-WIDTH: m.sv:1:1: wide\n%Warning-WIDTH: m.sv:1:1: wide\n", 1);
	assert_true(flow_lint(&d->w, paths, 2, &out, NULL));
	assert_int_equal(diag_list_len(out.found), 1);
	assert_int_equal(diag_list_len(session_state(d->w.session)->found), 1);
	assert_true(lint_counts(d->w.options, out.found));
	lint_result_fini(&out);
}

IN_TASK(what_could_be_is_linted_and_not_recorded)
{
	const struct diag_list *found = NULL;
	struct project *p;
	size_t len;

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	p = workbench_project(&d->w, NULL);
	setenv("POSEDGE_FAKE_LINT", "%Warning-WIDTH: m.sv:1:1: wide\n", 1);
	assert_true(flow_lint_if(&d->w,
				 &(struct overlay){ "m.sv", { "module other;\nendmodule\n", 24 } },
				 1, &found, NULL));
	assert_int_equal(diag_list_len(found), 1);
	diag_list_free(found);
	assert_null(d->w.session);
	/* The project is as before, also where an overlay was or no file is. */
	assert_non_null(project_vmodule(p, "m"));
	assert_null(project_vmodule(p, "other"));
	project_overlay(p, "m.sv", "module mine;\nendmodule\n", 23);
	assert_true(flow_lint_if(&d->w, &(struct overlay){ "m.sv", { "", 0 } }, 1, &found, NULL));
	diag_list_free(found);
	assert_string_equal(project_overlay_text(p, "m.sv", &len), "module mine;\nendmodule\n");
	assert_non_null(project_vmodule(p, "mine"));
	assert_true(flow_lint_if(&d->w,
				 &(struct overlay){ "new.sv", { "module n;\nendmodule\n", 20 } }, 1,
				 &found, NULL));
	diag_list_free(found);
	assert_null(project_find(p, "new.sv"));
}

#define CLEAN "module m(input a, b, output reg y);\nalways @(*) y = a & b;\nendmodule\n"
#define OPEN  "module m(input a, b, output reg y);\nalways @(a) y = a & b;\nendmodule\n"

/* Text is typed while the lint prepares its jobs. */
static void types(void *ctx)
{
	struct desk *d = ctx;

	project_overlay(d->w.project, "a.v", "", 0);
	project_overlay(d->w.project, "m.v", OPEN, strlen(OPEN));
	project_overlay(d->w.project, "new.v", "", 0);
}

IN_TASK(a_lint_takes_the_project_as_it_was)
{
	struct lint_result out;

	tool_write(d->root, "a.v", "module a;\nendmodule\n");
	tool_write(d->root, "m.v", CLEAN);
	setenv("POSEDGE_FAKE_LINT", "", 1);
	assert_int_equal(project_files(workbench_project(&d->w, NULL)), 2);
	task_start(d->loop, types, d);
	assert_true(flow_lint(&d->w, NULL, 0, &out, NULL));
	assert_int_equal(out.read, 2);
	assert_int_equal(diag_list_len(out.found), 0);
	lint_result_fini(&out);
	assert_true(flow_lint(&d->w, NULL, 0, &out, NULL));
	assert_int_equal(out.read, 1); /* two of them are empty now */
	assert_int_equal(diag_list_len(out.found), 1);
	lint_result_fini(&out);
}

struct asker {
	struct desk *d;
	struct text_memo *memo;
	const struct diag_list *found;
	bool done;
	struct task *waits;
};

static void ask_the_same(void *ctx)
{
	struct asker *a = ctx;
	struct overlay v = { "one.sv", { "module one;\nendmodule\n", 22 } };

	a->found = lint_memo_ask(a->memo, &a->d->w, &v, 1);
	a->done = true;
	if (a->waits)
		task_wake(a->waits);
}

IN_TASK(two_that_ask_the_same_start_one_tool)
{
	struct text_memo *memo = lint_memo_new();
	struct asker a = { d, memo }, b = { d, memo, .waits = task_self() };

	setenv("POSEDGE_FAKE_LINT", "%Warning-WIDTH: one.sv:1:1: wide\n", 1);
	tool_write(d->root, "one.sv", "module one;\nendmodule\n");
	task_start(d->loop, ask_the_same, &b);
	ask_the_same(&a);
	while (!b.done)
		task_wait_uncancelled();
	assert_non_null(a.found);
	assert_int_equal(diag_list_len(a.found), 1);
	assert_ptr_equal(a.found, b.found);
	text_memo_free(memo);
}

static void changes(struct desk *d, struct text_memo *memo, uint64_t n, const char *want)
{
	struct strv lines = STRV_INIT;
	struct str all = STR_INIT;
	struct err err = { 0 };

	if (!flow_hardware(&d->w, memo, n, &lines, &err))
		strv_add(&lines, err.text);
	for (size_t i = 0; i < lines.n; i++)
		str_addf(&all, "%s\n", lines.v[i]);
	assert_string_equal(str_cstr(&all), want);
	str_free(&all);
	strv_free(&lines);
}

/* The fake derives a design from the outlines of the texts. */
IN_TASK(a_suggestion_is_compared_as_hardware)
{
	static const char base[] = "module r(input a);\nendmodule\n";
	static const char same[] =
		"the same hardware: ports, registers and instances do not change\n";
	struct text_memo *memo = hardware_memo_new();
	unsigned generation = 0;
	struct session *s;
	uint64_t n;

	text_memo_follow(memo, &generation);
	tool_write(d->root, "r.sv", base);
	n = propose(d, base, "module r(input a, input b);\n  wire c;\nendmodule\n");
	s = workbench_session(&d->w, SESSION_FULL, NULL);
	changes(d, NULL, n, "r: port b added (input, 1 bit)\n");
	changes(d, memo, n, "r: port b added (input, 1 bit)\n");
	/* Once something is decided, only that counts. */
	assert_true(flow_decide(s, n, 1, 1, DECISION_TAKEN, NULL));
	changes(d, memo, n, same);
	assert_true(flow_decide(s, n, 0, 0, DECISION_TAKEN, NULL));
	changes(d, memo, n, "r: port b added (input, 1 bit)\n");

	/* A known result is not queried again until it is forgotten. */
	setenv("POSEDGE_FAKE_ELABORATE", "r.sv:1:1 no", 1);
	changes(d, memo, n, "r: port b added (input, 1 bit)\n");
	generation++;
	changes(d, memo, n, "the base does not elaborate: r.sv:1:1 no\n");
	/* Nor is a failure. */
	setenv("POSEDGE_FAKE_ELABORATE", "", 1);
	changes(d, memo, n, "the base does not elaborate: r.sv:1:1 no\n");
	text_memo_free(memo);
	holds(d, "r.sv", base);
}

IN_TASK(a_new_module_is_compared_with_nothing)
{
	changes(d, NULL, propose(d, "", "module r(input a);\nendmodule\n"),
		"r: module added (1 port)\n");
}

/* A finding that already exists in another file was not caused by this one. */
IN_TASK(a_module_of_another_file_is_not_added)
{
	tool_write(d->root, "other.sv", "module other(input a);\nendmodule\n");
	changes(d, NULL, propose(d, "", "module r(input a);\n  other u(a);\nendmodule\n"),
		"r: module added (1 port)\n");
}

IN_TASK(a_text_without_a_module_is_no_hardware)
{
	changes(d, NULL, propose(d, "", "package p;\nendpackage\n"),
		"r.sv: by what is decided so far it holds no module, so there is no hardware to "
		"compare\n");
}

IN_TASK(the_testbench_is_found_asked_for_and_remembered)
{
	struct project *p;
	struct err err;
	char *tb = NULL, *path = NULL;

	tool_write(d->root, "m.sv", "module m(input a);\nendmodule\n");
	tool_write(d->root, "one_tb.sv",
		   "module one_tb;\n  reg a;\n  m dut(.a(a));\n  initial $finish;\nendmodule\n");
	p = workbench_project(&d->w, NULL);
	assert_true(design_testbench(p, d->w.options, NULL, &tb, &path, NULL));
	assert_string_equal(tb, "one_tb");
	free(tb);
	free(path);
	tool_write(d->root, "two_tb.sv",
		   "module two_tb;\n  reg a;\n  m dut(.a(a));\n  initial $finish;\nendmodule\n");
	assert_true(project_rescan(p, NULL));
	assert_false(design_testbench(p, d->w.options, "m", &tb, &path, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "one_tb"));
	assert_non_null(strstr(err.text, "two_tb"));
	assert_true(design_testbench(p, d->w.options, "two_tb.sv", &tb, &path, NULL));
	assert_string_equal(tb, "two_tb");
	free(tb);
	free(path);
	assert_true(options_set(d->w.options, "testbench", "one_tb", NULL));
	assert_true(design_testbench(p, d->w.options, NULL, &tb, &path, NULL));
	assert_string_equal(tb, "one_tb");
	free(tb);
	free(path);
	assert_false(design_testbench(p, d->w.options, "nothing", &tb, &path, &err));
	assert_non_null(strstr(err.text, "nothing"));
}

IN_TASK(a_design_is_what_the_module_needs)
{
	struct design x;
	struct project *p;

	tool_write(d->root, "top.sv", "module top;\n  leaf l();\nendmodule\n");
	tool_write(d->root, "leaf.sv", "module leaf;\nendmodule\n");
	tool_write(d->root, "zeta.sv", "module leaf;\nendmodule\n");
	tool_write(d->root, "other.sv", "module other;\nendmodule\n");
	p = workbench_project(&d->w, NULL);
	design_init(&x, p, d->w.options, "top.sv", "top");
	assert_int_equal(x.files.n, 2);
	assert_true(strv_has(&x.files, "top.sv"));
	assert_true(strv_has(&x.files, "leaf.sv"));
	assert_int_equal(x.notes.n, 1);
	assert_non_null(strstr(x.notes.v[0], "leaf.sv"));
	assert_non_null(strstr(x.notes.v[0], "zeta.sv"));
	assert_string_equal(x.job.top, "top");
	design_fini(&x);
}

IN_TASK(a_run_is_recorded_with_its_verdict)
{
	struct sim_result out;
	const struct state *st;
	struct err err;

	tool_write(d->root, "m_tb.sv",
		   "module m_tb;\n  initial begin\n    if (1) $error(\"x\");\n    $finish;\n  "
		   "end\nendmodule\n");
	setenv("POSEDGE_FAKE_RUN", "PASS 3 checks\n", 1);
	if (!flow_sim(&d->w, NULL, "fake", false, NULL, NULL, &out, &err))
		fail_msg("%s", err.text);
	assert_string_equal(out.testbench, "m_tb");
	assert_int_equal(out.report.result.verdict, VERDICT_PASS);
	st = session_state(d->w.session);
	assert_int_equal(st->n_runs, 1);
	assert_string_equal(st->runs[0]->verdict, "pass");
	assert_true(st->runs[0]->ended);
	sim_result_fini(&out);
	setenv("POSEDGE_FAKE_RUN", "FAIL 1 of 3 checks\n", 1);
	assert_true(flow_sim(&d->w, NULL, "fake", false, NULL, NULL, &out, NULL));
	assert_int_equal(out.report.result.verdict, VERDICT_FAIL);
	assert_int_equal(session_state(d->w.session)->n_runs, 2);
	sim_result_fini(&out);
}
