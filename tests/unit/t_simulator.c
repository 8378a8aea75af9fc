/* The port's contract, one suite for every simulator: session/tool/simulator.h. */
#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/tool/hardware.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "sim/sim.h"
#include "tests/lib/tool.h"

static const char good[] =
	"module good(input wire a, output wire y);\n  assign y = a;\nendmodule\n";
static const char bad[] =
	"module good(input wire a, output wire y);\n  assign y = b +;\nendmodule\n";
static const char tb[] =
	"module good_tb;\n  reg a = 0;\n  wire y;\n  good dut(.a(a), .y(y));\n  initial begin\n"
	"    $dumpfile(\"wave.vcd\");\n    $dumpvars(0, good_tb);\n    #1 a = 1;\n    #1;\n"
	"    if (y !== 1) $error(\"y\");\n    $display(\"PASS 1 checks\");\n    $finish;\n  "
	"end\nendmodule\n";
static const char endless_tb[] =
	"module good_tb;\n  reg a = 0;\n  wire y;\n  good dut(.a(a), .y(y));\n"
	"  always #1 a = ~a;\n  always @(a) if (y === 1'bx) $error(\"y\");\nendmodule\n";

/* One operation in a task of its own, and what it returned. */
struct ear {
	struct bench *t;
	struct task *task;
	int lines, steps;
	bool done, ok;
	struct err err;
	int errors;
	size_t modules, ports;
	enum verdict verdict;
	bool wave, output;
};

static void on_step(void *ctx, const char *step)
{
	((struct ear *)ctx)->steps++;
}

static void on_line(void *ctx, const char *line, size_t len)
{
	((struct ear *)ctx)->lines++;
}

struct bench {
	const struct simulator_ops *ops;
	struct loop *loop;
	struct simulator *sim;
	char *root, *out;
	struct source sources[2];
	struct run_job job;
};

static bool open_bench(struct bench *t, const struct simulator_ops *ops, const char *design,
		       const char *test)
{
	char *version = NULL;

	*t = (struct bench){ .ops = ops };
	if (!ops->available(&version, NULL))
		return false;
	free(version);
	t->loop = loop_new(NULL);
	t->root = tool_folder();
	t->out = tool_folder();
	t->sources[0] = (struct source){ "good.sv", design, strlen(design) };
	t->sources[1] = (struct source){ "tb/good_tb.sv", test, strlen(test) };
	t->job = (struct run_job){ .unguarded = true,
				   .design = { .root = t->root,
					       .sources = t->sources,
					       .n = 2,
					       .top = "good_tb",
					       .lang = LANG_SV2017 },
				   .out_dir = t->out,
				   .limits = SIM_LIMITS_DEFAULT,
				   .trace = true };
	t->sim = ops->open(t->loop, NULL);
	assert_non_null(t->sim);
	return true;
}

static void close_bench(struct bench *t)
{
	t->ops->close(t->sim);
	while (task_count(t->loop))
		loop_turn(t->loop, false);
	loop_free(t->loop);
	tool_folder_remove(t->root);
	tool_folder_remove(t->out);
}

static struct sim_job the_module(const struct bench *t)
{
	struct sim_job j = t->job.design;

	j.n = 1;
	j.top = "good";
	return j;
}

static void lint(void *ctx)
{
	struct ear *e = ctx;
	struct sim_job j = the_module(e->t);
	struct diag_list *found;
	enum lang as;

	e->ok = e->t->ops->lint(e->t->sim, &j, &found, &as, &e->err);
	if (e->ok)
		e->errors = (int)diag_list_count(found, DIAG_ERROR);
	diag_list_free(found);
	e->done = true;
}

static void elaborate(void *ctx)
{
	struct ear *e = ctx;
	struct sim_job j = the_module(e->t);
	struct hardware h = HARDWARE_INIT;

	e->ok = e->t->ops->elaborate(e->t->sim, &j, &h, &e->err);
	e->modules = h.n;
	e->ports = h.n ? h.modules[0].n_ports : 0;
	hardware_fini(&h);
	e->done = true;
}

static void run(void *ctx)
{
	struct ear *e = ctx;
	struct run_listener to = { on_step, on_line, e };
	struct run_report r;

	e->ok = e->t->ops->run(e->t->sim, &e->t->job, &to, &r, &e->err);
	if (e->ok) {
		e->verdict = r.result.verdict;
		e->wave = r.wave_path[0] != '\0';
		e->output = r.output_path[0] && file_exists(r.output_path);
	}
	run_report_fini(&r);
	e->done = true;
}

static void begin(struct bench *t, struct ear *e, void (*operation)(void *ctx))
{
	*e = (struct ear){ .t = t };
	e->task = task_start(t->loop, operation, e);
}

static void perform(struct bench *t, struct ear *e, void (*operation)(void *ctx))
{
	begin(t, e, operation);
	loop_run_until(t->loop, &e->done);
}

static bool is_fake(const struct bench *t)
{
	return t->ops == &simulator_fake;
}

/* Properties of the real engines. */
static void tell_the_fake(const char *lint_says, const char *run_says)
{
	setenv("POSEDGE_FAKE_LINT", lint_says, 1);
	setenv("POSEDGE_FAKE_RUN", run_says, 1);
}

static void lint_reads_the_text_it_is_given(void **state)
{
	struct bench t;
	struct ear e;

	tell_the_fake("", "");
	if (!open_bench(&t, *state, good, tb))
		skip();
	perform(&t, &e, lint);
	assert_string_equal(e.err.text, "");
	assert_true(e.ok);
	assert_int_equal(e.errors, 0);
	close_bench(&t);

	tell_the_fake("%Error: good.sv:2:17: syntax error, unexpected ';'\n", "");
	open_bench(&t, *state, bad, tb);
	perform(&t, &e, lint);
	assert_true(e.ok);
	assert_true(e.errors > 0);
	close_bench(&t);
}

static void elaborating_tells_the_hardware_or_why_not(void **state)
{
	struct bench t;
	struct ear e;

	tell_the_fake("", "");
	if (!open_bench(&t, *state, good, tb))
		skip();
	if (!t.ops->elaborate) {
		close_bench(&t);
		skip();
	}
	perform(&t, &e, elaborate);
	assert_string_equal(e.err.text, "");
	assert_int_equal(e.modules, 1);
	assert_int_equal(e.ports, 2);
	close_bench(&t);

	setenv("POSEDGE_FAKE_ELABORATE", "good.sv:2:17 syntax error, unexpected ';'", 1);
	open_bench(&t, *state, bad, tb);
	perform(&t, &e, elaborate);
	unsetenv("POSEDGE_FAKE_ELABORATE");
	assert_false(e.ok);
	assert_int_equal(e.err.code, ERR_TOOL);
	assert_int_equal(e.modules, 0);
	assert_true(str_starts(e.err.text, "good.sv:2:17 syntax error, unexpected ';'"));
	close_bench(&t);
}

static void a_run_has_a_verdict_and_its_files(void **state)
{
	struct bench t;
	struct ear e;

	tell_the_fake("", "PASS 1 checks\n");
	if (!open_bench(&t, *state, good, tb))
		skip();
	perform(&t, &e, run);
	assert_string_equal(e.err.text, "");
	assert_int_equal(e.verdict, VERDICT_PASS);
	assert_true(e.output);
	assert_true(e.lines >= 1);
	assert_true(e.wave || is_fake(&t));
	assert_true(e.steps > 0 || is_fake(&t));
	close_bench(&t);
}

static void one_simulator_serves_several_tasks(void **state)
{
	struct bench t;
	struct ear lints, runs;

	tell_the_fake("", "PASS 1 checks\n");
	if (!open_bench(&t, *state, good, tb))
		skip();
	begin(&t, &lints, lint);
	begin(&t, &runs, run);
	loop_run_until(t.loop, &lints.done);
	loop_run_until(t.loop, &runs.done);
	assert_true(lints.ok);
	assert_int_equal(lints.errors, 0);
	assert_true(runs.ok);
	assert_int_equal(runs.verdict, VERDICT_PASS);
	close_bench(&t);
}

static void assert_cancels(struct bench *t, void (*operation)(void *ctx))
{
	struct ear e;

	begin(t, &e, operation);
	if (!is_fake(t)) /* which ends in its first turn */
		loop_turn(t->loop, false);
	assert_false(e.done);
	task_cancel(e.task);
	loop_run_until(t->loop, &e.done);
	assert_false(e.ok);
	assert_int_equal(e.err.code, ERR_CANCELLED);
}

static void cancelling_the_task_cancels_what_it_waits_for(void **state)
{
	struct bench t;

	tell_the_fake("", "");
	if (!open_bench(&t, *state, good, tb))
		skip();
	assert_cancels(&t, lint);
	assert_cancels(&t, run);
	if (t.ops->elaborate)
		assert_cancels(&t, elaborate);
	close_bench(&t);
}

static void cancelling_ends_what_would_never_end(void **state)
{
	struct bench t;
	struct ear e;

	tell_the_fake("", "for ever\n");
	if (!open_bench(&t, *state, good, endless_tb))
		skip();
	t.job.trace = false;
	begin(&t, &e, run);
	/* Once it runs, or at once. */
	while (!is_fake(&t) && e.steps < 2 && !e.done)
		loop_turn(t.loop, true);
	assert_false(e.done);
	task_cancel(e.task);
	loop_run_until(t.loop, &e.done);
	assert_false(e.ok);
	assert_int_equal(e.err.code, ERR_CANCELLED);
	assert_int_equal(task_count(t.loop), 0);
	close_bench(&t);
}

#define CONTRACT(ops)                                                                        \
	cmocka_unit_test_prestate(lint_reads_the_text_it_is_given, (void *)&ops),            \
		cmocka_unit_test_prestate(elaborating_tells_the_hardware_or_why_not,         \
					  (void *)&ops),                                     \
		cmocka_unit_test_prestate(a_run_has_a_verdict_and_its_files, (void *)&ops),  \
		cmocka_unit_test_prestate(one_simulator_serves_several_tasks, (void *)&ops), \
		cmocka_unit_test_prestate(cancelling_the_task_cancels_what_it_waits_for,     \
					  (void *)&ops),                                     \
		cmocka_unit_test_prestate(cancelling_ends_what_would_never_end, (void *)&ops)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONTRACT(simulator_fake),
		CONTRACT(simulator_icarus),
		CONTRACT(simulator_verilator),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
