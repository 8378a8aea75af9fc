#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/flow/spec.h"
#include "session/flow/tests.h"
#include "session/verilog/verilog.h"

static const char design[] =
	"module q #(parameter W = 4) (input wire clk, input wire rst_n,\n"
	"  input wire signed [W-1:0] d, output reg signed [W-1:0] y, output wire z);\n"
	"endmodule\n";
static const char reference[] =
	"```verilog\nmodule q_ref #(parameter W = 4) (input wire clk, input wire rst_n,\n"
	"  input wire signed [W-1:0] d, output reg signed [W-1:0] y, output wire "
	"z);\nendmodule\n```";
static const char spec_text[] =
	"R1  y follows d.\nR2  z is 1 while y is 0.\n\nR3  rst_n clears y.\n";

static void refuses_stimuli(const char *code, const char *why)
{
	struct tests_parts p = { .tick = "tick" };
	struct str said = STR_INIT, answer = STR_INIT;

	str_addf(&answer, "```verilog\n%s\n```\n", code);
	assert_false(tests_take_stimuli(&p, answer.data, answer.len, &said));
	assert_string_equal(str_cstr(&said), why);
	assert_int_equal(p.stimuli.len, 0);
	str_free(&said);
	str_free(&answer);
}

CASE(stimuli_wait_by_tick_alone)
{
	struct tests_parts p = { .tick = "tick" };
	struct str why = STR_INIT;
	static const char good[] =
		"Words.\n```verilog\nd = 1; // #5 in a comment\nrepeat (3) begin "
		"tick; end\n$display(\"@\");\n```\nMore.";

	assert_true(tests_take_stimuli(&p, good, sizeof(good) - 1, &why));
	assert_non_null(strstr(str_cstr(&p.stimuli), "repeat (3)"));
	for (size_t n = 0; n < sizeof(good) - 1; n++) {
		struct tests_parts q = { .tick = "tick" };

		str_clear(&why);
		if (!tests_take_stimuli(&q, good, n, &why))
			assert_true(why.len > 0);
		tests_parts_fini(&q);
	}
	str_free(&why);
	tests_parts_fini(&p);
	refuses_stimuli("d = 1; #5 tick;", "it waits with \"#\"; only tick may wait");
	refuses_stimuli("@(posedge clk); tick;", "it waits with \"@\"; only tick may wait");
	refuses_stimuli("initial tick;", "\"initial\" is not allowed among statements");
	refuses_stimuli("fork tick; join", "\"fork\" is not allowed among statements");
	refuses_stimuli("tick; $finish;", "$finish: the end comes by itself");
	refuses_stimuli("tick; end end", "it has more \"end\" than \"begin\"");
	refuses_stimuli("begin tick;", "it is cut off within a block, a comment or a string");
	refuses_stimuli("d = 1;", "it never calls tick, so no cycle would pass");
	refuses_stimuli("`include \"/etc/passwd\"", "\"`include\" is not allowed there");
}

static struct vmodule *read_design(struct voutline *o)
{
	voutline_init(o, design, sizeof(design) - 1);
	return (struct vmodule *)voutline_module(o, "q");
}

static void refuses_reference(const struct vmodule *m, const char *answer, const char *why)
{
	struct tests_parts p = { .tick = "tick" };
	struct str said = STR_INIT;

	assert_false(tests_take_reference(&p, m, answer, strlen(answer), &said));
	assert_non_null(strstr(str_cstr(&said), why));
	str_free(&said);
}

CASE(a_reference_has_the_same_ports)
{
	struct tests_parts p = { .tick = "tick" };
	struct str why = STR_INIT;
	struct voutline o;
	const struct vmodule *m = read_design(&o);

	assert_true(tests_take_reference(&p, m, reference, sizeof(reference) - 1, &why));
	assert_non_null(strstr(str_cstr(&p.reference), "module q_ref"));
	refuses_reference(m, "It follows.", "there is no module q_ref in it");
	refuses_reference(m, "```verilog\nmodule q_ref (input clk);\nendmodule\n```",
			  "its ports are not those of q");
	refuses_reference(m, design, "there is no module q_ref in it");
	str_free(&why);
	tests_parts_fini(&p);
	voutline_fini(&o);
}

CASE(so_many_checks_and_no_more)
{
	struct tests_parts p = { .tick = "tick" };
	struct str why = STR_INIT, answer = STR_INIT;
	struct spec s = { 0 };

	spec_read(&s, spec_text, sizeof(spec_text) - 1);
	for (unsigned i = 0; i < TESTS_CHECKS_MAX; i++)
		str_adds(&answer, "R1: y === ref_y\n");
	assert_true(tests_take_checks(&p, &s, answer.data, answer.len, &why));
	assert_int_equal(p.n_checks, TESTS_CHECKS_MAX);
	assert_false(p.checks_left);
	tests_parts_fini(&p);
	str_adds(&answer, "R2: z\n");
	assert_true(tests_take_checks(&p, &s, answer.data, answer.len, &why));
	assert_int_equal(p.n_checks, TESTS_CHECKS_MAX);
	assert_true(p.checks_left);
	tests_parts_fini(&p);
	str_free(&why);
	str_free(&answer);
	spec_fini(&s);
}

CASE(checks_name_a_requirement_and_are_one_expression)
{
	static const char answer[] =
		"Here:\n- R1: y === ref_y\n| R2: `z == (y == 0)`; |\nR9: 1\n"
		"R3: y; $finish\nR1: (y\nR1: `include\nR1: a // b\nNote: fine\n";
	struct tests_parts p = { .tick = "tick" };
	struct str why = STR_INIT;
	struct spec s = { 0 };

	spec_read(&s, spec_text, sizeof(spec_text) - 1);
	assert_true(tests_take_checks(&p, &s, answer, sizeof(answer) - 1, &why));
	assert_int_equal(p.n_checks, 3);
	assert_string_equal(p.checks[0].id, "R1");
	assert_string_equal(p.checks[0].text, "y === ref_y");
	assert_string_equal(p.checks[1].text, "z == (y == 0)");
	assert_string_equal(p.checks[2].text, "include");
	str_clear(&why);
	assert_false(tests_take_checks(&p, &s, "Ok.", 3, &why));
	assert_non_null(strstr(str_cstr(&why), "there is no line"));
	str_free(&why);
	tests_parts_fini(&p);
	spec_fini(&s);
}

static bool has(const struct str *text, const char *what)
{
	return strstr(str_cstr(text), what) != NULL;
}

CASE(all_outputs_are_checked_and_it_ends)
{
	struct tests_parts p = { .tick = "tick" };
	struct str why = STR_INIT, out = STR_INIT;
	struct spec s = { 0 };
	struct voutline o, tb;
	const struct vmodule *m = read_design(&o);
	struct err err;

	spec_read(&s, spec_text, sizeof(spec_text) - 1);
	assert_true(tests_fit(m, &err));
	tests_set_up(&p, m, "", 0);
	assert_true(tests_take_stimuli(&p, "```\nd = 1; tick;\n```", 20, &why));
	assert_true(tests_take_reference(&p, m, reference, sizeof(reference) - 1, &why));
	assert_true(tests_take_checks(&p, &s, "R1: y === ref_y % 16\n", 21, &why));
	tests_add_rest(&p, &s, m);
	assert_int_equal(p.n_checks, 2);
	assert_string_equal(p.checks[1].id, "R2");
	tests_write(&p, m, "q_tb", false, &out);
	assert_true(has(&out, "  reg signed [W-1:0] d = 0;"));
	assert_true(has(&out, "  reg rst_n = 1;"));
	assert_true(has(&out, "    rst_n = 0;\n    repeat (3) tick;\n    rst_n = 1;"));
	assert_true(has(&out, "FAIL R1: y === ref_y %% 16 at %0t"));
	assert_true(has(&out, "  q dut ("));
	voutline_init(&tb, out.data, out.len);
	assert_non_null(voutline_module(&tb, "q_tb"));
	assert_true(vmodule_is_testbench(voutline_module(&tb, "q_tb")));
	assert_true(voutline_module(&tb, "q_tb")->calls_finish);
	voutline_fini(&tb);
	str_clear(&out);
	tests_write(&p, m, "q_tb", true, &out);
	assert_true(has(&out, "  q_ref dut ("));
	str_free(&out);
	str_free(&why);
	tests_parts_fini(&p);
	spec_fini(&s);
	voutline_fini(&o);
}

/* A clock that only its edges show, called as the task that waits is otherwise. */
CASE(a_clock_may_have_any_name)
{
	static const char text[] = "module c (input tick, input rst, output reg q);\n"
				   "always @(posedge tick or posedge rst) q <= !rst && !q;\n"
				   "endmodule\n";
	struct tests_parts p = { .tick = NULL };
	struct str out = STR_INIT, why = STR_INIT;
	struct voutline o;
	struct err err;

	voutline_init(&o, text, sizeof(text) - 1);
	assert_true(tests_fit(&o.modules[0], &err));
	tests_set_up(&p, &o.modules[0], text, sizeof(text) - 1);
	assert_string_equal(p.clock, "tick");
	assert_false(tests_take_stimuli(&p, "```\nrepeat (9) tick;\n```", 24, &why));
	assert_string_equal(str_cstr(&why), "it never calls tb_tick, so no cycle would pass");
	str_clear(&why);
	assert_true(tests_take_stimuli(&p, "```\nrepeat (9) tb_tick;\n```", 27, &why));
	tests_write(&p, &o.modules[0], "c_tb", false, &out);
	assert_true(has(&out, "  always #5 tick = ~tick;"));
	assert_true(has(
		&out, "  task tb_tick;\n    begin\n      #3 tb_compare;\n      @(negedge tick);"));
	assert_true(has(&out, "    rst = 1;\n    repeat (3) tb_tick;\n    rst = 0;"));
	str_free(&out);
	str_free(&why);
	tests_parts_fini(&p);
	voutline_fini(&o);
}
