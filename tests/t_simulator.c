/* The port's contract, one suite for every simulator: session/tool/simulator.h. */
#include "config.h"

#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/tool/hardware.h"
#include "session/verdict/diag.h"
#include "session/verdict/run.h"
#include "sim/sim.h"
#include "tests/tool.h"

static const char good[] = "module good(input wire a, output wire y);\n  assign y = a;\nendmodule\n";
static const char bad[] = "module good(input wire a, output wire y);\n  assign y = b +;\nendmodule\n";
static const char tb[] = "module good_tb;\n  reg a = 0;\n  wire y;\n  good dut(.a(a), .y(y));\n  initial begin\n"
			 "    $dumpfile(\"wave.vcd\");\n    $dumpvars(0, good_tb);\n    #1 a = 1;\n    #1;\n"
			 "    if (y !== 1) $error(\"y\");\n    $display(\"PASS 1 checks\");\n    $finish;\n  end\nendmodule\n";
static const char endless_tb[] = "module good_tb;\n  reg a = 0;\n  wire y;\n  good dut(.a(a), .y(y));\n"
				 "  always #1 a = ~a;\n  always @(a) if (y === 1'bx) $error(\"y\");\nendmodule\n";

struct ear {
	int dones, lines, steps;
	bool done, inside, called_inside;
	enum err_code code;
	int errors;
	enum verdict verdict;
	bool wave, output;
	size_t modules, ports;
	struct err why;
};

static void lint_done(void *ctx, const struct diag_list *found, const struct err *err)
{
	struct ear *e = ctx;

	e->called_inside |= e->inside;
	e->dones++;
	e->done = true;
	e->code = err ? err->code : ERR_NONE;
	for (size_t i = 0; i < diag_list_len(found); i++)
		e->errors += diag_list_at(found, i)->rank == DIAG_ERROR;
}

static void elaborated(void *ctx, const struct hardware *h, const struct err *err)
{
	struct ear *e = ctx;

	e->called_inside |= e->inside;
	e->dones++;
	e->done = true;
	e->code = err ? err->code : ERR_NONE;
	e->why = err ? *err : (struct err){ 0 };
	assert_true(!h == !!err);
	e->modules = h ? h->n : 0;
	e->ports = h && h->n ? h->modules[0].n_ports : 0;
}

static void on_step(void *ctx, const char *step)
{
	((struct ear *)ctx)->steps++;
}

static void on_line(void *ctx, const char *line, size_t len)
{
	((struct ear *)ctx)->lines++;
}

static void run_done(void *ctx, const struct run_outcome *o, const struct err *err)
{
	struct ear *e = ctx;

	e->called_inside |= e->inside;
	e->dones++;
	e->done = true;
	e->code = err ? err->code : ERR_NONE;
	if (o) {
		e->verdict = o->result.verdict;
		e->wave = *o->wave_path != '\0';
		e->output = *o->output_path && file_exists(o->output_path);
	}
}

struct bench {
	const struct simulator_ops *ops;
	struct loop *loop;
	struct simulator *sim;
	char *root, *out;
	struct source sources[2];
	struct run_job job;
};

static bool open_bench(struct bench *t, const struct simulator_ops *ops, const char *design, const char *test)
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
	t->job = (struct run_job){ .design = { .root = t->root, .sources = t->sources, .n = 2, .top = "good_tb",
					       .lang = LANG_SV2017 },
				   .out_dir = t->out, .limits = SIM_LIMITS_DEFAULT, .trace = true };
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

static bool lint(struct bench *t, struct ear *e, struct err *err)
{
	struct sim_job j = t->job.design;
	struct lint_events to = { lint_done, e };
	bool ok;

	j.n = 1;
	j.top = "good";
	e->inside = true;
	ok = t->ops->lint(t->sim, &j, &to, err);
	e->inside = false;
	return ok;
}

static bool elaborate(struct bench *t, struct ear *e, struct err *err)
{
	struct sim_job j = t->job.design;
	struct elaborate_events to = { elaborated, e };
	bool ok;

	j.n = 1;
	j.top = "good";
	e->inside = true;
	ok = t->ops->elaborate(t->sim, &j, &to, err);
	e->inside = false;
	return ok;
}

static bool run(struct bench *t, struct ear *e, struct err *err)
{
	struct run_events to = { .progress = on_step, .line = on_line, .done = run_done, .ctx = e };
	bool ok;

	e->inside = true;
	ok = t->ops->run(t->sim, &t->job, &to, err);
	e->inside = false;
	return ok;
}

static bool is_fake(const struct bench *t)
{
	return t->ops == &simulator_fake;
}

/* What the real ones find by themselves. */
static void tell_the_fake(const char *lint_says, const char *run_says)
{
	setenv("POSEDGE_FAKE_LINT", lint_says, 1);
	setenv("POSEDGE_FAKE_RUN", run_says, 1);
}

static void lint_reads_the_text_it_is_given(void **state)
{
	struct bench t;
	struct ear e = { 0 };

	tell_the_fake("", "");
	if (!open_bench(&t, *state, good, tb))
		skip();
	assert_true(lint(&t, &e, NULL));
	loop_run_until(t.loop, &e.done);
	assert_int_equal(e.code, ERR_NONE);
	assert_int_equal(e.errors, 0);
	assert_int_equal(e.dones, 1);
	assert_false(e.called_inside);
	close_bench(&t);

	tell_the_fake("%Error: good.sv:2:17: syntax error, unexpected ';'\n", "");
	e = (struct ear){ 0 };
	open_bench(&t, *state, bad, tb);
	assert_true(lint(&t, &e, NULL));
	loop_run_until(t.loop, &e.done);
	assert_int_equal(e.code, ERR_NONE);
	assert_true(e.errors > 0);
	close_bench(&t);
}

static void elaborating_tells_the_hardware_or_why_not(void **state)
{
	struct bench t;
	struct ear e = { 0 };

	tell_the_fake("", "");
	if (!open_bench(&t, *state, good, tb))
		skip();
	if (!t.ops->elaborate) {
		close_bench(&t);
		skip();
	}
	assert_true(elaborate(&t, &e, NULL));
	loop_run_until(t.loop, &e.done);
	assert_string_equal(e.why.text, "");
	assert_int_equal(e.modules, 1);
	assert_int_equal(e.ports, 2);
	assert_int_equal(e.dones, 1);
	assert_false(e.called_inside);
	close_bench(&t);

	setenv("POSEDGE_FAKE_ELABORATE", "good.sv:2:17 syntax error, unexpected ';'", 1);
	e = (struct ear){ 0 };
	open_bench(&t, *state, bad, tb);
	assert_true(elaborate(&t, &e, NULL));
	loop_run_until(t.loop, &e.done);
	unsetenv("POSEDGE_FAKE_ELABORATE");
	assert_int_equal(e.code, ERR_TOOL);
	assert_true(str_starts(e.why.text, "good.sv:2:17 syntax error, unexpected ';'"));
	close_bench(&t);
}

static void elaborating_can_be_cancelled(void **state)
{
	struct bench t;
	struct ear e = { 0 };

	tell_the_fake("", "");
	if (!open_bench(&t, *state, good, tb))
		skip();
	if (t.ops->elaborate) {
		assert_true(elaborate(&t, &e, NULL));
		t.ops->cancel(t.sim);
		loop_run_until(t.loop, &e.done);
		assert_int_equal(e.code, ERR_CANCELLED);
		assert_int_equal(e.dones, 1);
	}
	close_bench(&t);
}

static void a_run_has_a_verdict_and_its_files(void **state)
{
	struct bench t;
	struct ear e = { 0 };

	tell_the_fake("", "PASS 1 checks\n");
	if (!open_bench(&t, *state, good, tb))
		skip();
	assert_true(run(&t, &e, NULL));
	loop_run_until(t.loop, &e.done);
	assert_int_equal(e.code, ERR_NONE);
	assert_int_equal(e.verdict, VERDICT_PASS);
	assert_true(e.output);
	assert_true(e.lines >= 1);
	assert_true(e.wave || is_fake(&t));
	assert_true(e.steps > 0 || is_fake(&t));
	assert_false(e.called_inside);
	close_bench(&t);
}

static void one_job_at_a_time(void **state)
{
	struct bench t;
	struct ear first = { 0 }, second = { 0 };
	struct err err;

	tell_the_fake("", "PASS 1 checks\n");
	if (!open_bench(&t, *state, good, tb))
		skip();
	assert_true(lint(&t, &first, NULL));
	assert_false(lint(&t, &second, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_false(run(&t, &second, &err));
	assert_int_equal(err.code, ERR_BUSY);
	loop_run_until(t.loop, &first.done);
	assert_int_equal(first.code, ERR_NONE);
	assert_int_equal(second.dones, 0);

	/* And then the next one. */
	assert_true(run(&t, &second, NULL));
	loop_run_until(t.loop, &second.done);
	assert_int_equal(second.verdict, VERDICT_PASS);
	assert_int_equal(first.dones, 1);
	close_bench(&t);
}

static void cancel_ends_what_would_never_end(void **state)
{
	struct bench t;
	struct ear e = { 0 };

	tell_the_fake("", "for ever\n");
	if (!open_bench(&t, *state, good, endless_tb))
		skip();
	t.job.trace = false;
	t.ops->cancel(t.sim);	/* nothing is under way */
	assert_true(run(&t, &e, NULL));
	/* Once it runs, or at once. */
	while (!is_fake(&t) && e.steps < 2 && !e.done)
		loop_turn(t.loop, true);
	t.ops->cancel(t.sim);
	t.ops->cancel(t.sim);
	loop_run_until(t.loop, &e.done);
	assert_int_equal(e.dones, 1);
	assert_int_equal(e.code, ERR_CANCELLED);
	close_bench(&t);
}

static void close_ends_it_without_a_word(void **state)
{
	struct bench t;
	struct ear e = { 0 };

	tell_the_fake("", "for ever\n");
	if (!open_bench(&t, *state, good, endless_tb))
		skip();
	assert_true(run(&t, &e, NULL));
	t.ops->close(t.sim);
	t.sim = NULL;
	for (int i = 0; i < 20; i++)
		loop_turn(t.loop, false);
	assert_int_equal(e.dones, 0);
	close_bench(&t);
}

#define CONTRACT(ops)                                                                                       \
	cmocka_unit_test_prestate(lint_reads_the_text_it_is_given, (void *)&ops),                           \
	cmocka_unit_test_prestate(elaborating_tells_the_hardware_or_why_not, (void *)&ops),                 \
	cmocka_unit_test_prestate(elaborating_can_be_cancelled, (void *)&ops),                              \
	cmocka_unit_test_prestate(a_run_has_a_verdict_and_its_files, (void *)&ops),                         \
	cmocka_unit_test_prestate(one_job_at_a_time, (void *)&ops),                                         \
	cmocka_unit_test_prestate(cancel_ends_what_would_never_end, (void *)&ops),                          \
	cmocka_unit_test_prestate(close_ends_it_without_a_word, (void *)&ops)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONTRACT(simulator_fake),
		CONTRACT(simulator_icarus),
		CONTRACT(simulator_verilator),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
