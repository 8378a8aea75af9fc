#include "config.h"

#include "tests/lib/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"
#include "tests/lib/random_verilog.h"

/* Outline ------------------------------------------------------------------- */

static void show_module(const struct vmodule *m, struct str *out)
{
	static const char *const dirs[] = { "in", "out", "inout", "ref", "if" };

	str_addf(out, "%s(", m->name);
	for (size_t i = 0; i < m->n_params; i++)
		str_addf(out, "%s%s|%s|%s;", m->params[i].local ? "local " : "", m->params[i].type,
			 m->params[i].name, m->params[i].value);
	str_adds(out, ")(");
	for (size_t i = 0; i < m->n_ports; i++)
		str_addf(out, "%s %s|%s|%s;", dirs[m->ports[i].dir], m->ports[i].type,
			 m->ports[i].name, m->ports[i].dims);
	str_adds(out, ")");
	for (size_t i = 0; i < m->n_instances; i++)
		str_addf(out, " %s:%s", m->instances[i].module, m->instances[i].name);
	for (size_t i = 0; i < m->n_imports; i++)
		str_addf(out, " <%s", m->imports[i]);
	str_adds(out, "\n");
}

static char *outline(const char *text)
{
	struct str out = STR_INIT;
	struct voutline o;

	voutline_init(&o, text, strlen(text));
	for (size_t i = 0; i < o.n; i++)
		show_module(&o.modules[i], &out);
	voutline_fini(&o);
	return str_take(&out);
}

static void outlines(const char *text, const char *want)
{
	char *got = outline(text);

	assert_string_equal(got, want);
	free(got);
}

static void ansi_ports_inherit_direction_and_type(void **state)
{
	outlines("module m(input clk, rst_n, input logic [W-1:0] a [0:3], b, output reg[3:0] q, "
		 "inout wire signed [7:0] io = 0,"
		 " ref int r, output o); endmodule",
		 "m()(in |clk|;in |rst_n|;in logic [W-1:0]|a|[0:3];in logic [W-1:0]|b|;out reg "
		 "[3:0]|q|;"
		 "inout wire signed [7:0]|io|;ref int|r|;out |o|;)\n");
}

static void user_types_and_interfaces_are_told_apart(void **state)
{
	outlines("module m(input clk, axi_if.master m, axi_if bus, interface.slave g, input pkg::t "
		 "x, foo_t y); endmodule",
		 "m()(in |clk|;if axi_if.master|m|;if axi_if|bus|;if interface.slave|g|;in "
		 "pkg::t|x|;in foo_t|y|;) <pkg\n");
	outlines("module m(axi_if bus, input clk); endmodule", "m()(if axi_if|bus|;in |clk|;)\n");
}

static void header_parameters_have_type_and_value(void **state)
{
	outlines("module m import p::*; #(parameter type T = logic [3:0], parameter int W = 8, D = "
		 "f(1, 2), localparam L = $clog2(W),"
		 " parameter [3:0] X = '{1, 2}) (input T a); parameter B = 1; localparam C = 2; "
		 "endmodule",
		 "m(type|T|logic [3:0];int|W|8;int|D|f(1, 2);local |L|$clog2(W);[3:0]|X|'{1, "
		 "2};local |B|1;local |C|2;)"
		 "(in T|a|;) <p\n");
}

static void ports_of_the_old_form_get_their_type_from_the_body(void **state)
{
	outlines("module m(a, b, .c(d), q); parameter N = 4, M = 3; input [N-1:0] a; output b, d; "
		 "reg b; output [1:0] q; reg q;"
		 " wire [2:0] d; task t; input a; begin end endtask endmodule",
		 "m(|N|4;|M|3;)(in [N-1:0]|a|;out reg|b|;out wire [2:0]|c|;out reg [1:0]|q|;)\n");
}

static void a_port_of_several_signals_is_as_wide_as_they_are(void **state)
{
	outlines("module m(.in({a, b}), .out(c[1:0]), .both({d, e, f}), g); input a; input b; "
		 "output [7:0] c; output [3:0] d, e;"
		 " reg [3:0] d; output f; input g; endmodule",
		 "m()(in [1+1-1:0]|in|;out [1:0]|out|;out [((3)-(0)+1)+((3)-(0)+1)+1-1:0]|both|;in "
		 "|g|;)\n");
}

/* With everything that voutline_read() takes. */
static const char *included[] = {
	"ports.vh", "input clk, input [`W-1:0] d,",
	"dut.v",    "module dut; endmodule\n`define LEFT 1\n",
	"half.vh",  "module half(input a);",
	"tasks.vh", "task t; begin $fopen(\"t.txt\", \"r\"); end endtask",
	NULL,
};

static bool bring(void *ctx, const char *from, const char *name, bool angle, const char **path,
		  const char **text, size_t *len)
{
	for (size_t i = 0; included[i]; i += 2) {
		if (strcmp(included[i], name) != 0)
			continue;
		*path = included[i];
		*text = included[i + 1];
		*len = strlen(*text);
		return true;
	}
	return false;
}

static void reads(const char *text, struct voutline *o)
{
	struct vmacros *m = vmacros_new();
	struct vpp_env env = { .given = m, .include = bring };
	struct err err;

	assert_true(vmacros_define(m, "W=8", &err));
	voutline_read(o, "top.v", text, strlen(text), &env);
	vmacros_free(m);
}

static void read_outlines(const char *text, const char *want)
{
	struct str out = STR_INIT;
	struct voutline o;

	reads(text, &o);
	for (size_t i = 0; i < o.n; i++)
		show_module(&o.modules[i], &out);
	assert_string_equal(str_cstr(&out), want);
	voutline_fini(&o);
	str_free(&out);
}

static void macros_stand_for_names_ports_and_units(void **state)
{
	outlines("`define N fifo\n`define P input clk, input [`X-1:0] d\n`define X 4\n`define I(n) "
		 "ram u_``n(.a(b));\n"
		 "module `N (`P, output q);\n `I(1) `I(2)\n `N u();\nendmodule",
		 "fifo()(in |clk|;in [4-1:0]|d|;out |q|;) ram:u_1 ram:u_2 fifo:u\n");
	outlines("`define M(n) module n(input a); sub s(); endmodule\n`M(a) `M(b)",
		 "a()(in |a|;) sub:s\nb()(in |a|;) sub:s\n");
	outlines("`define T logic[3:0]\nmodule m #(parameter A = `T, B = `U, C = `U + 1)(input `T "
		 "a, input `U b); endmodule",
		 "m(|A|logic[3:0];|B|`U;|C|`U + 1;)(in logic [3:0]|a|;in |b|;)\n");
	read_outlines("module m(\n`include \"ports.vh\"\n output q); endmodule",
		      "m()(in |clk|;in [8-1:0]|d|;out |q|;)\n");
}

static void units_of_included_files_are_not_the_includers(void **state)
{
	struct voutline o;

	read_outlines("`include \"dut.v\"\nmodule tb; dut u(); endmodule", "tb()() dut:u\n");
	read_outlines("`include \"half.vh\"\nx u(); endmodule", "half()(in |a|;) x:u\n");
	read_outlines("module a; `include \"dut.v\"\n endmodule", "a()()\n");
	reads("`include \"dut.v\"\n`include \"none.vh\"\n", &o);
	assert_int_equal(o.n_includes, 2);
	assert_string_equal(o.included[0].path, "dut.v");
	assert_null(o.included[1].path);
	assert_string_equal(vmacros_find(o.macros, "LEFT", 4)->body, "1");
	voutline_fini(&o);
}

static void a_struct_as_a_type_hides_nothing(void **state)
{
	outlines("module m #(parameter type t = struct packed { logic [3:0] a; logic b; }, "
		 "parameter int N = 2)"
		 "(input t x, input struct packed { logic c; } y, output logic z); endmodule",
		 "m(type|t|struct packed { logic [3:0] a; logic b; };int|N|2;)"
		 "(in t|x|;in struct packed { logic c; }|y|;out logic|z|;)\n");
	outlines("module m #(parameter type t = struct packed { logic a;\nendmodule module n(input "
		 "a); endmodule",
		 "m(type|t|struct packed { logic a;;)()\nn()(in |a|;)\n");
}

static void words_of_configurations_are_names(void **state)
{
	outlines("module m(input use, output cell); dut instance(use); library design(cell); "
		 "endmodule",
		 "m()(in |use|;out |cell|;) dut:instance\n");
}

static void escaped_names_are_told_from_others(void **state)
{
	outlines("module \\chip.a (input \\d[0] , input \\clk ); \\x+1 \\u-0 (); \\plain u1(); "
		 "endmodule",
		 "\\chip.a()(in |\\d[0]|;in |clk|;) \\x+1:\\u-0 plain:u1\n");
	assert_string_equal(vname_plain("\\chip.a"), "chip.a");
	assert_string_equal(vname_plain("chip"), "chip");
}

/* Facts --------------------------------------------------------------------- */

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
			   "fd = $fopen(\"a.log\", \"a+\"); fd = $fopen(name, mode); "
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
		{ "task t; input a; begin q = a; end endtask", VFILE_FRAGMENT },
		{ "function f; input a; f = ~a; endfunction", VFILE_FRAGMENT },
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

static void a_verilog_port_may_have_the_name_of_a_new_keyword(void **state)
{
	struct voutline o;
	const char *text = "module checker(input do, output [7:0] byte, output reg bit); reg [3:0] "
			   "int; wire logic;"
			   " always @(posedge do) bit <= int[2]; endmodule";

	outlines(text, "checker()(in |do|;out [7:0]|byte|;out reg|bit|;)\n");
	voutline_init(&o, text, strlen(text));
	assert_false(o.systemverilog);
	voutline_fini(&o);
}

static void instances_are_found_wherever_they_stand(void **state)
{
	outlines("module m; a u0(); b #(.X(3)) u1 (.x(y[3:0])), u2[3:0] (z); c #3 (w); (* keep *) "
		 "d \\u3+ (.a(@(*) b));"
		 " generate for (genvar i = 0; i < 3; i++) begin : g if (i == 2) e u4(); else f "
		 "u5(); end : g"
		 " case (W) 1: g u6(); default: begin h u7(); end endcase endgenerate"
		 " if (X) begin : k l u8(); end endmodule",
		 "m()() a:u0 b:u1 b:u2 c: d:\\u3+ e:u4 f:u5 g:u6 h:u7 l:u8\n");
}

static void what_only_looks_like_an_instance_is_none(void **state)
{
	outlines("module m; and g1(a, b); nand #2 (a, b); foo(a); t v; t w = f(x); t x[3:0]; "
		 "`MAC(foo bar(x))\n"
		 " function foo bar(input int a); foo(a); return a; endfunction"
		 " task automatic tt(input foo_t a); a b; endtask"
		 " import \"DPI-C\" function foo dpi(int a);"
		 " always @ev foo(x); initial begin : lbl x = a ? b : c; do_it(1); fork z(); join "
		 "end"
		 " assign y = a (b); defparam u0.X = 3; virtual interface vi v2; endmodule",
		 "m()()\n");
}

static void a_bound_module_is_one_that_is_needed(void **state)
{
	outlines("module m; bind q r s(.a); bind q : tb.u0, tb.g[1].u1 r #(4) t (.*); bind tb.u2 r "
		 "u(); bind x; y z(); endmodule",
		 "m()() r:s r:t r:u y:z\n");
}

static void units_of_all_kinds_are_found(void **state)
{
	outlines("package p; typedef class c; virtual class c extends d #(int); extern function "
		 "new(int x);"
		 " function void f; endfunction endclass : c endpackage : p\n"
		 "interface i #(W = 3) (input clk); modport m(input a, import function f(int x)), "
		 "s(output a);"
		 " clocking cb @(posedge clk); input a; endclocking endinterface\n"
		 "interface class ic; pure virtual function void g(); endclass\n"
		 "program automatic t; initial $finish; endprogram\n"
		 "primitive u(q, a); output q; input a; reg q; table 0 : ? : 1; endtable "
		 "endprimitive\n"
		 "extern module e(input a);\n",
		 "p()()\nc()()\ni(|W|3;)(in |clk|;)\nic()()\nt()()\nu()(out reg|q|;in |a|;)\n");
}

static void imports_are_kept_once_and_hold_for_the_file(void **state)
{
	outlines(
		"import a::*; module m; import b::x; b::t y; c::t z; endmodule module n; endmodule",
		"m()() <a <b <c\nn()() <a\n");
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

static void places_are_exact(void **state)
{
	const char *text = "\n/* a\n*/ `define X \\\n y\n module m\n (\n input a,\n input b);\n "
			   "foo\n u0();\nendmodule : m // z\n";
	struct voutline o;
	struct vmodule *m;

	voutline_init(&o, text, strlen(text));
	m = &o.modules[0];
	assert_int_equal(m->line, 5);
	assert_int_equal(m->end_line, 11);
	assert_int_equal(m->ports[1].line, 8);
	assert_int_equal(m->instances[0].line, 10);
	assert_memory_equal(text + m->off, "module m\n", 9);
	assert_memory_equal(text + m->end - 13, "endmodule : m", 13);
	assert_ptr_equal(voutline_module(&o, "m"), m);
	assert_null(voutline_module(&o, "n"));
	voutline_fini(&o);
}

static void unterminated_text_spoils_only_what_is_near(void **state)
{
	outlines("module a(input x, output [3:0\nmodule b(input y);\n c u(.z(\nendmodule\nmodule "
		 "d(input w; e v(); endmodule",
		 "a()(in |x|;)\nb()(in |y|;) c:u\nd()(in |w|;) e:v\n");
	outlines("module a #(parameter W = (3 ; x u(); endmodule (* keep ; module b; /* ",
		 "a(|W|(3;)() x:u\nb()()\n");
	outlines("module a; function f; input b; x u(); endmodule module c(p); input p; endmodule",
		 "a()()\nc()(in |p|;)\n");
	outlines("module", "");
	outlines("module m(input logic", "m()()\n");
	outlines("endmodule : x endclass module m \"", "m()()\n");
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

/* Ten megabytes of each; were one of them quadratic, the alarm would ring. */
static void hostile_text_takes_linear_time(void **state)
{
	static const char *const bits[] = { "module ",
					    "(",
					    "module a(",
					    "module a b ",
					    "(* ",
					    "(*/**/",
					    "a b(",
					    "a #(",
					    "`include \"",
					    "`define \\\n",
					    "input a,",
					    "a::b ",
					    "module m(a,b,c,d);",
					    "[",
					    "endmodule ",
					    "parameter ",
					    "/*",
					    "\"",
					    "\\",
					    "begin : ",
					    "module a;module b;",
					    "module m(input [1:0] a, b",
					    "x y(),",
					    "class c;",
					    "#(",
					    "function ",
					    "bind ",
					    ".",
					    "`a(",
					    "'" };
	size_t len = 10u << 20;
	char *text = mem_alloc(len);

	alarm(300);
	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++) {
		size_t n = strlen(bits[i]);
		struct voutline o;

		for (size_t off = 0; off < len; off++)
			text[off] = bits[i][off % n];
		voutline_init(&o, text, len);
		assert_true(o.n <= 10000);
		voutline_fini(&o);
	}
	alarm(0);
	free(text);
}

/* One long type for many ports must not be copied without end. */
static void a_small_text_makes_no_large_outline(void **state)
{
	struct str text = STR_INIT;
	struct voutline o;
	size_t bytes = 0;

	for (int m = 0; m < 300; m++) {
		str_addf(&text, "module m%d(input [", m);
		for (int i = 0; i < 5000; i++)
			str_addc(&text, '1');
		str_adds(&text, ":0] a");
		for (int i = 0; i < 3000; i++)
			str_adds(&text, ",a");
		str_adds(&text, "); endmodule\n");
	}
	voutline_init(&o, text.data, text.len);
	assert_int_equal(o.n, 300);
	for (size_t i = 0; i < o.n; i++)
		for (size_t k = 0; k < o.modules[i].n_ports; k++)
			bytes += strlen(o.modules[i].ports[k].type);
	assert_true(bytes <= 17 * text.len + (1u << 20));
	voutline_fini(&o);
	str_free(&text);
}

static void any_bytes_have_an_outline(void **state)
{
	char text[300];

	for (unsigned seed = 0; seed < test_rounds(5000); seed++) {
		struct voutline o;

		random_text(seed * 7 + 1, text, sizeof(text));
		voutline_init(&o, text, sizeof(text));
		voutline_fini(&o);
	}
}

/* The public benchmark ------------------------------------------------------ */

static char *eval_dir(void)
{
	const char *set = getenv("POSEDGE_VERILOG_EVAL"), *srcdir = getenv("srcdir");
	char *base =
		set ? mem_strdup(set) : str_fmt("%s/../shared/verilog-eval", srcdir ? srcdir : ".");
	char *dir = str_fmt("%s/spec-to-rtl", base);

	free(base);
	return dir;
}

static void check_reference(const char *path, const struct voutline *o)
{
	const struct vmodule *m = voutline_module(o, "RefModule");

	if (o->n != 1 || !m || m->n_ports == 0 || m->end_line == 0 || m->n_instances != 0)
		fail_msg("%s: %zu units", path, o->n);
}

static void check_testbench(const char *path, const struct voutline *o)
{
	const struct vmodule *tb = voutline_module(o, "tb");
	bool ref = false, top = false;

	for (size_t i = 0; tb && i < tb->n_instances; i++) {
		ref |= strcmp(tb->instances[i].module, "RefModule") == 0;
		top |= strcmp(tb->instances[i].module, "TopModule") == 0;
	}
	if (!tb || !vmodule_is_testbench(tb) || !ref || !top || tb->end_line == 0 ||
	    tb->n_instances != 3 || !o->systemverilog)
		fail_msg("%s: tb %p ref %d top %d", path, (const void *)tb, ref, top);
	for (size_t i = 0; i < o->n; i++)
		if (&o->modules[i] != tb && vmodule_is_testbench(&o->modules[i]))
			fail_msg("%s: %s is no testbench", path, o->modules[i].name);
}

static void the_public_benchmark_is_understood(void **state)
{
	char *dir = eval_dir();
	DIR *d = opendir(dir);
	struct dirent *e;
	int refs = 0, tests = 0;

	if (!d) {
		free(dir);
		skip();
	}
	while ((e = readdir(d))) {
		char *path = path_join(dir, e->d_name);
		struct str text = STR_INIT;
		struct voutline o;
		struct err err;

		if (str_ends(path, ".sv")) {
			assert_true(file_read(path, 0, &text, &err));
			voutline_init(&o, text.data, text.len);
			if (str_ends(path, "_ref.sv")) {
				check_reference(path, &o);
				refs++;
			} else if (str_ends(path, "_test.sv")) {
				check_testbench(path, &o);
				tests++;
			}
			voutline_fini(&o);
			str_free(&text);
		}
		free(path);
	}
	closedir(d);
	free(dir);
	assert_int_equal(refs, 156);
	assert_int_equal(tests, 156);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ansi_ports_inherit_direction_and_type),
		cmocka_unit_test(user_types_and_interfaces_are_told_apart),
		cmocka_unit_test(header_parameters_have_type_and_value),
		cmocka_unit_test(ports_of_the_old_form_get_their_type_from_the_body),
		cmocka_unit_test(a_port_of_several_signals_is_as_wide_as_they_are),
		cmocka_unit_test(macros_stand_for_names_ports_and_units),
		cmocka_unit_test(units_of_included_files_are_not_the_includers),
		cmocka_unit_test(a_struct_as_a_type_hides_nothing),
		cmocka_unit_test(words_of_configurations_are_names),
		cmocka_unit_test(escaped_names_are_told_from_others),
		cmocka_unit_test(data_files_are_found_with_what_is_done_to_them),
		cmocka_unit_test(plusargs_are_found_once),
		cmocka_unit_test(each_unit_has_its_timescale),
		cmocka_unit_test(a_file_is_known_for_what_it_is_fit_for),
		cmocka_unit_test(a_verilog_port_may_have_the_name_of_a_new_keyword),
		cmocka_unit_test(instances_are_found_wherever_they_stand),
		cmocka_unit_test(what_only_looks_like_an_instance_is_none),
		cmocka_unit_test(a_bound_module_is_one_that_is_needed),
		cmocka_unit_test(units_of_all_kinds_are_found),
		cmocka_unit_test(imports_are_kept_once_and_hold_for_the_file),
		cmocka_unit_test(only_the_branch_that_holds_is_read),
		cmocka_unit_test(macros_that_nobody_defines_stay_as_they_are),
		cmocka_unit_test(includes_are_listed),
		cmocka_unit_test(places_are_exact),
		cmocka_unit_test(unterminated_text_spoils_only_what_is_near),
		cmocka_unit_test(a_testbench_is_told_by_what_it_does),
		cmocka_unit_test(what_a_testbench_does_is_noted),
		cmocka_unit_test(the_language_shows_in_the_text),
		cmocka_unit_test(hostile_text_takes_linear_time),
		cmocka_unit_test(a_small_text_makes_no_large_outline),
		cmocka_unit_test(any_bytes_have_an_outline),
		cmocka_unit_test(the_public_benchmark_is_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
