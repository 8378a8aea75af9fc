/* Facts about a file apart from its units: data files, plusargs, timescales, includes,
 * macros, and the tools that can read it. */
#include "config.h"

#include "tests/lib/test.h"

#include <string.h>

#include "session/verilog/verilog.h"
#include "tests/lib/outlines.h"

static void data_files_are_found_with_what_is_done_to_them(void **state)
{
	const char *text = "module rom #(parameter INIT = \"rom.hex\")(); initial $readmemh(INIT, "
			   "mem); endmodule\n"
			   "`define DIR \"data/\"\n"
			   "module tb; localparam F = `STR; string s = \"s.txt\"; integer fd;\n"
			   " rom #(.INIT(\"boot.hex\")) r0(); rom #(4, \"pos.hex\") r1(); rom "
			   "r2(.INIT(\"no\")); rom #(\"only.hex\") r3();\n"
			   "initial begin $readmemb({`DIR, \"x.bin\"}, mem, 0);\n fd = $fopen(s, "
			   "\"r\"); fd = $fopen(\"out.txt\");\n"
			   "fd = $fopen(\"a.log\", \"a+\"); fd = $fopen(name, mode); fd = "
			   "$fopenr(\"v.txt\"); fd = $fopena(\"l.txt\"); "
			   "$dumpfile(\"w.vcd\"); $writememh(\"m.hex\", mem);\n"
			   "$readmemh(f(\"no\"), mem); $display(\"$readmemh\"); // $fopen(\"no\")\n"
			   "$sdf_annotate(\"d.sdf\", u); end `include \"tasks.vh\"\n endmodule";
	static const struct {
		enum vdata_use use;
		bool reads, writes;
		const char *name, *param, *unit;
		int line;
	} want[] = {
		{ VDATA_READMEM, true, false, "rom.hex", "INIT", "rom", 1 },
		{ VDATA_READMEM, true, false, "data/x.bin", NULL, "tb", 5 },
		{ VDATA_FOPEN, true, false, "s.txt", "s", "tb", 6 },
		{ VDATA_FOPEN, false, true, "out.txt", NULL, "tb", 6 },
		{ VDATA_FOPEN, true, true, "a.log", NULL, "tb", 7 },
		{ VDATA_FOPEN, true, true, NULL, "name", "tb", 7 },
		{ VDATA_FOPEN, true, false, "v.txt", NULL, "tb", 7 },
		{ VDATA_FOPEN, false, true, "l.txt", NULL, "tb", 7 },
		{ VDATA_DUMP, false, true, "w.vcd", NULL, "tb", 7 },
		{ VDATA_WRITEMEM, false, true, "m.hex", NULL, "tb", 7 },
		{ VDATA_READMEM, true, false, NULL, NULL, "tb", 8 },
		{ VDATA_SDF, true, false, "d.sdf", NULL, "tb", 9 },
		{ VDATA_FOPEN, true, false, "t.txt", NULL, "tb", 9 },
	};
	struct voutline o;

	reads(text, &o);
	assert_int_equal(o.n_data, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < o.n_data; i++) {
		const struct vdata *d = &o.data[i];

		if (d->use != want[i].use || d->reads != want[i].reads ||
		    d->writes != want[i].writes || d->line != want[i].line ||
		    strcmp(d->unit, want[i].unit) != 0 ||
		    strcmp(d->name ? d->name : "-", want[i].name ? want[i].name : "-") != 0 ||
		    strcmp(d->param ? d->param : "-", want[i].param ? want[i].param : "-") != 0)
			fail_msg("%zu: %d %d %d %s %s %s line %d", i, d->use, d->reads, d->writes,
				 d->name, d->param, d->unit, d->line);
	}
	assert_int_equal(o.n_data_params, 3);
	assert_string_equal(o.data_params[0].module, "rom");
	assert_string_equal(o.data_params[0].param, "INIT");
	assert_string_equal(o.data_params[0].value, "boot.hex");
	assert_null(o.data_params[1].param);
	assert_int_equal(o.data_params[1].position, 1);
	assert_null(o.data_params[2].param);
	assert_string_equal(o.data_params[2].value, "only.hex");
	voutline_fini(&o);
}

static void plusargs_are_found_once(void **state)
{
	const char *text =
		"module t; initial begin if ($test$plusargs(\"fast\")) ;\nif "
		"($value$plusargs(\"SEED=%d\", s)) ;\n"
		"if ($value$plusargs(\"SEED=%h\", s)) ; if ($test$plusargs(name)) ; end endmodule";
	struct voutline o;

	reads(text, &o);
	assert_int_equal(o.n_plusargs, 2);
	assert_string_equal(o.plusargs[0].name, "fast");
	assert_false(o.plusargs[0].value);
	assert_string_equal(o.plusargs[1].name, "SEED");
	assert_true(o.plusargs[1].value);
	assert_int_equal(o.plusargs[1].line, 2);
	voutline_fini(&o);
}

static void each_unit_has_its_timescale(void **state)
{
	const char *text = "module a; endmodule\n`timescale 1us/1ns\nmodule b; "
			   "endmodule\n`timescale 1ns/10ps\nmodule c; endmodule\n"
			   "module d; timeunit 10ns / 100ps; endmodule module e; timeunit 1ms; "
			   "timeprecision 1us; endmodule";
	static const struct vtimescale want[] = { { false, 0, 0 },
						  { true, -6, -9 },
						  { true, -9, -11 },
						  { true, -8, -10 },
						  { true, -3, -6 } };
	struct voutline o;

	reads(text, &o);
	assert_int_equal(o.n, 5);
	for (size_t i = 0; i < o.n; i++) {
		assert_int_equal(o.modules[i].timescale.known, want[i].known);
		assert_int_equal(o.modules[i].timescale.unit, want[i].unit);
		assert_int_equal(o.modules[i].timescale.precision, want[i].precision);
	}
	assert_int_equal(o.timescale.unit, -9);
	voutline_fini(&o);
}

static void a_file_is_known_for_what_it_is_fit_for(void **state)
{
	static const struct {
		const char *text;
		enum vfile_kind kind;
	} cases[] = {
		{ "", VFILE_EMPTY },
		{ "// nothing\n/* here */\n", VFILE_EMPTY },
		{ "`ifndef A\n`define A\n`define B(x) x\n`endif\n", VFILE_MACROS },
		{ "`include \"dut.v\"\n", VFILE_MACROS },
		{ "`ifdef OFF\nmodule m; endmodule\n`endif", VFILE_DEAD },
		{ "`ifdef VERILATOR\nmodule m; endmodule\n`endif", VFILE_UNITS },
		{ "module m; endmodule", VFILE_UNITS },
		{ "`default_nettype none\npackage p; endpackage", VFILE_UNITS },
		{ "modul m(input a);\nassign b = a;\nendmodule", VFILE_UNITS },
		{ "typedef logic [3:0] t; typedef class c; parameter N = 3; import p::*;",
		  VFILE_DECLS },
		{ "typedef struct packed { foo_t a; bar_t b; } s_t;\ntypedef enum { A, B } e_t;",
		  VFILE_DECLS },
		{ "localparam A = 1, B = 2;\n", VFILE_DECLS },
		{ "typedef int t; function t f(int x); return x + 1; endfunction", VFILE_DECLS },
		{ "task t; input a; begin q = a; end endtask", VFILE_SUBS },
		{ "assign x = f(1); function f; input a; f = ~a; endfunction", VFILE_FRAGMENT },
		{ "function f; input a; f = ~a; endfunction", VFILE_SUBS },
		{ "assign y = a;", VFILE_FRAGMENT },
		{ "initial begin x = 1; end", VFILE_FRAGMENT },
		{ "input clk,\ninput d,\n", VFILE_FRAGMENT },
		{ "mem[0] = 8'h12; mem[1] = 8'h34;", VFILE_FRAGMENT },
		{ "4'd3: y = 7;", VFILE_FRAGMENT },
		{ "fifo u_fifo(.clk(clk));", VFILE_FRAGMENT },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct voutline o;

		reads(cases[i].text, &o);
		if (o.kind != cases[i].kind)
			fail_msg("%s: %d, not %d", cases[i].text, o.kind, cases[i].kind);
		voutline_fini(&o);
	}
}

static void only_the_branch_that_holds_is_read(void **state)
{
	outlines("module m(\n`ifdef A\ninput a\n`else\ninput b\n`endif\n, input c);\n`ifdef A\nx "
		 "u(`ifdef B .a(1), `endif .b(2));\n"
		 "`elsif C\ny v();\n`else\n`ifndef B\nz w(\n`endif\n);\n`endif\nendmodule",
		 "m()(in |b|;in |c|;) z:w\n");
	outlines("`ifdef A\nmodule m(input a);\n`else\nmodule m(input a, b);\n`endif\nx "
		 "u();\nendmodule\nmodule n; endmodule",
		 "m()(in |a|;in |b|;) x:u\nn()()\n");
	outlines("module m;\n`ifdef T\n big r0\n`else\n little r0\n`endif\n (a);\n endmodule",
		 "m()() little:r0\n");
	outlines("`define T\nmodule m;\n`ifdef T\n big r0\n`else\n little r0\n`endif\n (a);\n "
		 "endmodule",
		 "m()() big:r0\n");
}

static void macros_that_nobody_defines_stay_as_they_are(void **state)
{
	outlines("module m; `define M \\\n x u(); // \\\n y v();\n z w(); endmodule",
		 "m()() z:w\n");
	outlines("`define M(a) module bad; \\\n x u(); // \\\n endmodule\n`define S \"module\"\n"
		 "module m(input [`W-1:0] a); `FOO u(b); z #(`P) v(`Q(1)); endmodule",
		 "m()(in [`W-1:0]|a|;) z:v\n");
}

static void includes_are_listed(void **state)
{
	const char *text =
		"`include \"a b.vh\"\n `include <c.vh>\n`include `X\n// `include \"no\"\n";
	struct voutline o;

	voutline_init(&o, text, strlen(text));
	assert_int_equal(o.n_includes, 2);
	assert_string_equal(o.includes[0], "a b.vh");
	assert_string_equal(o.includes[1], "c.vh");
	voutline_fini(&o);
}

static void a_testbench_is_told_by_what_it_does(void **state)
{
	static const struct {
		const char *text;
		bool tb;
	} cases[] = {
		{ "module tb; dut u(); initial #1; endmodule", true },
		{ "module tb(); initial $finish; endmodule", true },
		{ "module tb(input clk); dut u(); initial $display; endmodule", true },
		{ "module tb(input wire i_clock); dut u(); always @(posedge i_clock) if (n == 9) "
		  "$finish; endmodule",
		  true },
		{ "module tb; always #5 clk = ~clk; dut u(clk); endmodule", true },
		{ "module tb; always begin #5 clk = 0; #5 clk = 1; end dut u(clk); endmodule",
		  true },
		{ "module tb; reg a; wire y; dut #(4) u(a, y); and #2 (y, a); assign #1 a = y; "
		  "endmodule",
		  false },
		{ "module test(input logic fast = 1, input int n = 3); dut u(); initial #n "
		  "$finish; endmodule",
		  true },
		{ "module rom(input en = 1); cell_x u(); initial x = 1; endmodule", false },
		{ "module test; reg a; dut d(a); initial begin a = 0; `RUN end endmodule", true },
		{ "`define DUT dut\nmodule test; `DUT d(a); initial `ifdef LATE #9 `endif $stop; "
		  "endmodule",
		  true },
		{ "module t; dut u(); initial begin a = 0; $finish_and_return(1); end endmodule",
		  true },
		{ "module m(input [3:0] clk); dut u(); initial $finish; endmodule", false },
		{ "program p; initial $display(1); endprogram", true },
		{ "program p(input clk); initial $display(1); endprogram", false },
		{ "interface i; initial $finish; endinterface", false },
		{ "module m(input a); initial $finish; endmodule", false },
		{ "module m(input clk, output q); initial $finish; endmodule", false },
		{ "module tb; dut u(); endmodule", false },
		{ "module tb; initial x = 1; endmodule", false },
		{ "package p; endpackage", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct voutline o;

		voutline_init(&o, cases[i].text, strlen(cases[i].text));
		assert_int_equal(o.n, 1);
		assert_int_equal(vmodule_is_testbench(&o.modules[0]), cases[i].tb);
		voutline_fini(&o);
	}
}

static void what_a_testbench_does_is_noted(void **state)
{
	const char *text = "module t; initial begin $dumpvars(0, t); if (x) $error(\"no\"); "
			   "$fwriteh(1); $finish; end endmodule "
			   "module u; final $displayb(1); always assert (x); endmodule module v; "
			   "$displays; endmodule";
	struct voutline o;

	voutline_init(&o, text, strlen(text));
	assert_true(o.modules[0].has_initial && o.modules[0].dumps && o.modules[0].checks &&
		    o.modules[0].prints && o.modules[0].calls_finish);
	assert_true(o.modules[1].has_initial && o.modules[1].checks && o.modules[1].prints);
	assert_false(o.modules[1].calls_finish || o.modules[1].dumps);
	assert_false(o.modules[2].checks || o.modules[2].has_initial);
	voutline_fini(&o);
}

static void the_language_shows_in_the_text(void **state)
{
	static const struct {
		const char *text;
		bool sv, v2005;
	} cases[] = {
		{ "module m(input [3:0] a, output reg b); always @(*) b = &a; localparam X = 1; "
		  "endmodule",
		  false, false },
		{ "module m(input logic a); endmodule", true, false },
		{ "module m; always_comb x = 1; endmodule", true, false },
		{ "module m; int i; endmodule", true, false },
		{ "module m; assign x = '0; endmodule", true, false },
		{ "module m; initial i++; endmodule", true, false },
		{ "module m; assign x = a - --b + a<=b; endmodule", false, false },
		{ "module m; x u(.clk, .a(b)); endmodule", true, false },
		{ "module m; x u(.clk(c), .a(b.c)); endmodule", false, false },
		{ "module m; endmodule : m", true, false },
		{ "module m; localparam L = $clog2(4); endmodule", false, true },
		{ "module m; uwire a; endmodule", false, true },
		{ "// logic a;\nmodule m; /* int b; */ wire x = \"logic a\"; endmodule", false,
		  false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct voutline o;

		voutline_init(&o, cases[i].text, strlen(cases[i].text));
		if (o.systemverilog != cases[i].sv || o.v2005 != cases[i].v2005)
			fail_msg("%s: sv %d, 2005 %d", cases[i].text, o.systemverilog, o.v2005);
		voutline_fini(&o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(data_files_are_found_with_what_is_done_to_them),
		cmocka_unit_test(plusargs_are_found_once),
		cmocka_unit_test(each_unit_has_its_timescale),
		cmocka_unit_test(a_file_is_known_for_what_it_is_fit_for),
		cmocka_unit_test(only_the_branch_that_holds_is_read),
		cmocka_unit_test(macros_that_nobody_defines_stay_as_they_are),
		cmocka_unit_test(includes_are_listed),
		cmocka_unit_test(a_testbench_is_told_by_what_it_does),
		cmocka_unit_test(what_a_testbench_does_is_noted),
		cmocka_unit_test(the_language_shows_in_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
