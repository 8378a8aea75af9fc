/* Small projects of common layouts, and for each file whether a model may propose
 * changes to it. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/toolbox/judges.h"
#include "tests/lib/tool.h"

struct box {
	char *dir;
	struct options *o;
	struct project *p;
};

static int begin(void **state)
{
	struct box *b = calloc(1, sizeof(*b));

	b->dir = tool_folder();
	b->o = options_new(NULL);
	*state = b;
	return 0;
}

static int end(void **state)
{
	struct box *b = *state;

	project_free(b->p);
	options_free(b->o);
	tool_folder_remove(b->dir);
	free(b);
	return 0;
}

/* why NULL: it belongs to the design; else a part of the reason. */
static void is(struct box *b, const char *path, const char *why)
{
	char *said;

	if (!b->p)
		b->p = project_open(b->dir, NULL);
	assert_non_null(b->p);
	said = judge_why(b->p, b->o, path);
	if (!why && said)
		fail_msg("%s: %s", path, said);
	if (why && (!said || !strstr(said, why)))
		fail_msg("%s: %s, not %s", path, said ? said : "the design's", why);
	free(said);
}

static void is_new(struct box *b, const char *path, const char *text, const char *why)
{
	char *said;

	if (!b->p)
		b->p = project_open(b->dir, NULL);
	said = judge_why_new(b->p, b->o, path, text, strlen(text));
	if (!why && said)
		fail_msg("%s: %s", path, said);
	if (why && (!said || !strstr(said, why)))
		fail_msg("%s: %s, not %s", path, said ? said : "free", why);
	free(said);
}

static const char half[] = "module half (input a, b, output s, c);\n"
			   "  assign s = a ^ b;\n  assign c = a & b;\nendmodule\n";

CASE_WITH(all_that_only_a_testbench_needs_judges, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "rtl/adder.v",
		   "`include \"widths.vh\"\nmodule adder (input [`W-1:0] a, b, output [`W:0] y);\n"
		   "  wire s, c;\n  half h (a[0], b[0], s, c);\n  reg [7:0] m [0:3];\n"
		   "  initial $readmemh(\"mem/table.hex\", m);\n  assign y = a + b;\nendmodule\n");
	tool_write(b->dir, "rtl/half.v", half);
	tool_write(b->dir, "rtl/widths.vh", "`define W 8\n");
	tool_write(b->dir, "rtl/spare.v",
		   "module spare (input a, output y);\n  not_yet n (a, y);\nendmodule\n"
		   "module not_yet (input a, output y);\n  assign y = a;\nendmodule\n");
	tool_write(b->dir, "mem/table.hex", "01 02 03 04\n");
	tool_write(b->dir, "mem/expected.hex", "01 02 03 04\n");
	tool_write(b->dir, "mem/other.hex", "00\n");
	/* No tb in any name. */
	tool_write(b->dir, "try/exercise.sv",
		   "`include \"compare.svh\"\nmodule exercise;\n  import helpers::*;\n"
		   "  reg [7:0] a, b, want [0:3]; wire [8:0] y;\n  adder it (a, b, y);\n"
		   "  initial begin\n    $readmemh(\"mem/expected.hex\", want);\n"
		   "    a = 1; b = 2; #1 `COMPARE(y, sum(a, b))\n    $finish;\n  end\nendmodule\n");
	tool_write(b->dir, "try/compare.svh",
		   "`define COMPARE(x, y) if ((x) !== (y)) $display(\"FAIL\");\n");
	tool_write(b->dir, "lib/helpers.sv",
		   "package helpers;\n  function [8:0] sum(input [7:0] a, b);\n"
		   "    sum = a + b;\n  endfunction\nendpackage\n");
	/* It is not tested, so the files it needs are not known to be the design's. */
	tool_write(b->dir, "rtl/aside.sv",
		   "module aside import helpers::*; (input a, output y);\n"
		   "  assign y = sum(a, a);\nendmodule\n");
	tool_write(b->dir, "run.sh", "iverilog -g2012 try/exercise.sv rtl/*.v\n");
	tool_write(b->dir, "Makefile", "test:\n\tsh run.sh\n");
	tool_write(b->dir, "spec.md", "adds\n");
	tool_write(b->dir, "README.md", "adds\n");
	is(b, "rtl/adder.v", NULL);
	is(b, "rtl/half.v", NULL);
	is(b, "rtl/widths.vh", NULL);
	is(b, "rtl/spare.v", NULL);
	is(b, "rtl/aside.sv", NULL);
	is(b, "mem/table.hex", NULL);
	is(b, "try/exercise.sv", "it contains the testbench exercise");
	is(b, "try/compare.svh", "the testbench exercise needs it");
	is(b, "lib/helpers.sv", "the testbench exercise needs it");
	is(b, "mem/expected.hex", "no design");
	is(b, "mem/other.hex", "no design");
	is(b, "run.sh", "no design");
	is(b, "Makefile", "no design");
	is(b, "spec.md", "no design");
	is(b, "README.md", "no design");
	is(b, "not/there.v", "no design");
}

CASE_WITH(files_that_both_need_belong_to_the_design, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "types.sv",
		   "package types;\n  typedef logic [3:0] nibble;\nendpackage\n");
	tool_write(b->dir, "dut.sv",
		   "module dut import types::*; (input nibble a, output nibble y);\n"
		   "  assign y = ~a;\nendmodule\n");
	tool_write(b->dir, "t.sv",
		   "module t;\n  import types::*;\n  nibble a, y;\n  dut d (a, y);\n"
		   "  initial begin a = 1; #1 if (y !== ~a) $error; $finish; end\nendmodule\n");
	is(b, "types.sv", NULL);
	is(b, "dut.sv", NULL);
	is(b, "t.sv", "it contains the testbench");
}

#define PORTS "(input clk, input [3:0] d, output [3:0] q)"
#define BODY  "  assign q = d;\nendmodule\n"

CASE_WITH(a_reference_beside_the_design_judges, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "RefModule.sv", "module RefModule " PORTS ";\n" BODY);
	tool_write(b->dir, "TopModule.sv", "module TopModule " PORTS ";\n" BODY);
	tool_write(b->dir, "bench.sv",
		   "module stimulus_gen (input clk, output reg [3:0] d);\n"
		   "  initial begin d = 0; repeat (9) @(posedge clk) d = d + 1; $finish; "
		   "end\nendmodule\n"
		   "module bench;\n  reg clk = 0; wire [3:0] d, a, b;\n  initial forever #5 clk = "
		   "~clk;\n"
		   "  stimulus_gen s (clk, d);\n  RefModule good1 (clk, d, a);\n"
		   "  TopModule top_module1 (clk, d, b);\n"
		   "  always @(posedge clk) if (a !== b) $display(\"FAIL\");\nendmodule\n");
	is(b, "TopModule.sv", NULL);
	is(b, "RefModule.sv", "the testbench bench needs it");
}

CASE_WITH(the_instance_decides_between_modules_of_one_shape, begin, end)
{
	struct box *b = *state;
	static const char bench[] = "module %s;\n  reg clk = 0; reg [3:0] d = 0; wire [3:0] a, b;\n"
				    "  initial begin repeat (9) #5 clk = ~clk; $finish; end\n"
				    "  %s (clk, d, a);\n  %s (clk, d, b);\nendmodule\n";
	char *told = str_fmt(bench, "one", "fast dut", "slow other"),
	     *untold = str_fmt(bench, "two", "left u0", "right u1");

	tool_write(b->dir, "fast.v", "module fast " PORTS ";\n" BODY);
	tool_write(b->dir, "slow.v", "module slow " PORTS ";\n" BODY);
	tool_write(b->dir, "left.v", "module left " PORTS ";\n" BODY);
	tool_write(b->dir, "right.v", "module right " PORTS ";\n" BODY);
	tool_write(b->dir, "one.v", told);
	tool_write(b->dir, "two.v", untold);
	is(b, "fast.v", NULL);
	is(b, "slow.v", "the testbench one needs it");
	is(b, "left.v", "the testbench two needs it");
	is(b, "right.v", "the testbench two needs it");
	free(told);
	free(untold);
}

CASE_WITH(monitors_and_stimuli_are_judges, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "dut.v", "module dut " PORTS ";\n" BODY);
	tool_write(b->dir, "watch.v",
		   "module watch (input clk, input [3:0] d, q);\n"
		   "  always @(posedge clk) if (q !== d) $display(\"FAIL\");\nendmodule\n");
	tool_write(b->dir, "ticks.v",
		   "module ticks (output reg clk);\n  initial clk = 0;\n"
		   "  always #5 clk = ~clk;\nendmodule\n");
	tool_write(b->dir, "memory_model.v",
		   "module memory_model (input clk, output [3:0] d);\n"
		   "  assign d = 3;\nendmodule\n");
	/* Only instances: the stimuli are elsewhere. */
	tool_write(b->dir, "all.v",
		   "module all;\n  wire clk; wire [3:0] d, q;\n  ticks t (clk);\n"
		   "  memory_model m (clk, d);\n  dut x (clk, d, q);\n  watch w (clk, d, q);\n"
		   "endmodule\n");
	is(b, "dut.v", NULL);
	is(b, "watch.v", "the testbench all needs it");
	is(b, "ticks.v", "the testbench all needs it");
	is(b, "memory_model.v", "the testbench all needs it");
	is(b, "all.v", "it contains the testbench");
}

CASE_WITH(a_design_may_have_outputs_only_or_end_the_simulation, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "rom.v", "module rom (output [7:0] q);\n  assign q = 3;\nendmodule\n");
	tool_write(b->dir, "r.v",
		   "module r;\n  wire [7:0] q;\n  rom u (q);\n"
		   "  initial begin #1 if (q !== 3) $error; end\nendmodule\n");
	tool_write(b->dir, "ends.v",
		   "module ends (input a, output y);\n  assign y = a;\n"
		   "  always @(a) if (a === 1'bx) $finish;\nendmodule\n");
	tool_write(b->dir, "e.v",
		   "module e;\n  reg a; wire y;\n  ends u (a, y);\n"
		   "  initial begin a = 0; #1 if (y !== a) $error; end\nendmodule\n");
	is(b, "rom.v", NULL);
	is(b, "ends.v", NULL);
}

CASE_WITH(a_design_is_found_behind_a_harness, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "rtl/dut.v", "module dut " PORTS ";\n" BODY);
	tool_write(b->dir, "tb/harness.v",
		   "module harness (input clk, input [3:0] d, output [3:0] q);\n"
		   "  dut x (clk, d, q);\nendmodule\n");
	tool_write(b->dir, "tb/t.v",
		   "module t;\n  reg clk = 0; reg [3:0] d = 0; wire [3:0] q;\n"
		   "  harness h (clk, d, q);\n  initial begin #5 $finish; end\nendmodule\n");
	is(b, "rtl/dut.v", NULL);
	is(b, "tb/harness.v", "the testbench t needs it");
}

CASE_WITH(where_all_lies_with_the_tests_the_design_does_too, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "sim/gate.v",
		   "module gate (input a, output y);\n  reg r;\n"
		   "  always @(a) #3 r = ~a;\n  assign y = r;\nendmodule\n");
	tool_write(b->dir, "sim/gate_tb.v",
		   "module gate_tb;\n  reg a; wire y;\n  gate g (a, y);\n"
		   "  initial begin a = 0; #9 $finish; end\nendmodule\n");
	is(b, "sim/gate.v", NULL);
	is(b, "sim/gate_tb.v", "it contains the testbench");
}

CASE_WITH(without_a_testbench_hardware_is_the_design, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "a.v",
		   "module a (input x, output y);\n  half h (x, x, y, );\nendmodule\n");
	tool_write(b->dir, "half.v", half);
	tool_write(b->dir, "props.sv",
		   "module props (input x, y);\n  always @* assert (x != y);\nendmodule\n");
	tool_write(b->dir, "notes.txt", "x\n");
	tool_write(b->dir, "late.v",
		   "modul late (input a, output y);\n  assign y = a;\nendmodule\n");
	tool_write(b->dir, "late_tb.v", "modul late_tb;\n  late l ();\nendmodule\n");
	is(b, "late.v", NULL);
	is(b, "late_tb.v", "no design");
	is(b, "a.v", NULL);
	is(b, "half.v", NULL);
	is(b, "props.sv", "no design");
	is(b, "notes.txt", "no design");
}

CASE_WITH(a_module_named_a_testbench_is_one, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "odd.v",
		   "module odd (input clk, rst);\n  wire [3:0] q;\n  dut d (clk, 4'd1, q);\n"
		   "  always @(posedge clk) if (q !== 1) $display(\"FAIL\");\nendmodule\n");
	tool_write(b->dir, "dut.v", "module dut " PORTS ";\n" BODY);
	tool_write(b->dir, "only.v", "package only;\n  localparam X = 1;\nendpackage\n");
	assert_true(options_set(b->o, "testbench", "odd", NULL));
	is(b, "odd.v", "it contains the testbench odd");
	is(b, "dut.v", NULL);
}

CASE_WITH(a_new_source_is_free_unless_it_becomes_a_part_of_a_judge, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "dut.v",
		   "module dut " PORTS ";\n  reg [3:0] m [0:3];\n"
		   "  initial $readmemh(\"boot.hex\", m);\n" BODY);
	tool_write(b->dir, "t.sv",
		   "`include \"steps.svh\"\nmodule t;\n  reg clk = 0; reg [3:0] d = 0;\n"
		   "  wire [3:0] q;\n  dut x (clk, d, q);\n  watch w (q);\n"
		   "  initial begin `STEPS $finish; end\nendmodule\n");
	tool_write(b->dir, "watch.v", "module watch (input [3:0] q);\nendmodule\n");
	is_new(b, "more.v", "module more " PORTS ";\n" BODY, NULL);
	is_new(b, "more_tb.sv", "module more_tb;\n  initial $finish;\nendmodule\n", NULL);
	is_new(b, "inc/steps.svh", "`define STEPS\n", "t.sv includes a file of that name");
	is_new(b, "near/watch.v", "module watch (input [3:0] q);\nendmodule\n",
	       "watch is defined in watch.v");
	is_new(b, "boot.hex", "00\n", NULL);
	is_new(b, "data/boot.hex", "00\n", NULL);
	is_new(b, "GNUmakefile", "all:\n", "no source");
	is_new(b, "notes.md", "x\n", "no source");
}
