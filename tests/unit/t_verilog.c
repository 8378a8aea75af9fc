/* Outlines: units with ports, parameters, instances and imports. Facts about files are
 * in t_verilog_facts, text that is not Verilog in t_verilog_hostile. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"
#include "tests/lib/outlines.h"

CASE(ansi_ports_inherit_direction_and_type)
{
	outlines("module m(input clk, rst_n, input logic [W-1:0] a [0:3], b, output reg[3:0] q, "
		 "inout wire signed [7:0] io = 0,"
		 " ref int r, output o); endmodule",
		 "m()(in |clk|;in |rst_n|;in logic [W-1:0]|a|[0:3];in logic [W-1:0]|b|;out reg "
		 "[3:0]|q|;"
		 "inout wire signed [7:0]|io|;ref int|r|;out |o|;)\n");
}

CASE(user_types_and_interfaces_are_told_apart)
{
	outlines("module m(input clk, axi_if.master m, axi_if bus, interface.slave g, input pkg::t "
		 "x, foo_t y); endmodule",
		 "m()(in |clk|;if axi_if.master|m|;if axi_if|bus|;if interface.slave|g|;in "
		 "pkg::t|x|;in foo_t|y|;) <pkg\n");
	outlines("module m(axi_if bus, input clk); endmodule", "m()(if axi_if|bus|;in |clk|;)\n");
}

CASE(header_parameters_have_type_and_value)
{
	outlines("module m import p::*; #(parameter type T = logic [3:0], parameter int W = 8, D = "
		 "f(1, 2), localparam L = $clog2(W),"
		 " parameter [3:0] X = '{1, 2}) (input T a); parameter B = 1; localparam C = 2; "
		 "endmodule",
		 "m(type|T|logic [3:0];int|W|8;int|D|f(1, 2);local |L|$clog2(W);[3:0]|X|'{1, "
		 "2};local |B|1;local |C|2;)"
		 "(in T|a|;) <p\n");
}

CASE(ports_of_the_old_form_get_their_type_from_the_body)
{
	outlines("module m(a, b, .c(d), q); parameter N = 4, M = 3; input [N-1:0] a; output b, d; "
		 "reg b; output [1:0] q; reg q;"
		 " wire [2:0] d; task t; input a; begin end endtask endmodule",
		 "m(|N|4;|M|3;)(in [N-1:0]|a|;out reg|b|;out wire [2:0]|c|;out reg [1:0]|q|;)\n");
}

CASE(a_port_of_several_signals_is_as_wide_as_they_are)
{
	outlines("module m(.in({a, b}), .out(c[1:0]), .both({d, e, f}), g); input a; input b; "
		 "output [7:0] c; output [3:0] d, e;"
		 " reg [3:0] d; output f; input g; endmodule",
		 "m()(in [1+1-1:0]|in|;out [1:0]|out|;out [((3)-(0)+1)+((3)-(0)+1)+1-1:0]|both|;in "
		 "|g|;)\n");
}

CASE(macros_stand_for_names_ports_and_units)
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

CASE(units_of_included_files_are_not_the_includers)
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

CASE(a_struct_as_a_type_hides_nothing)
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

CASE(words_of_configurations_are_names)
{
	outlines("module m(input use, output cell); dut instance(use); library design(cell); "
		 "endmodule",
		 "m()(in |use|;out |cell|;) dut:instance\n");
}

CASE(escaped_names_are_told_from_others)
{
	outlines("module \\chip.a (input \\d[0] , input \\clk ); \\x+1 \\u-0 (); \\plain u1(); "
		 "endmodule",
		 "\\chip.a()(in |\\d[0]|;in |clk|;) \\x+1:\\u-0 plain:u1\n");
	assert_string_equal(vname_plain("\\chip.a"), "chip.a");
	assert_string_equal(vname_plain("chip"), "chip");
}

CASE(a_verilog_port_may_have_the_name_of_a_new_keyword)
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

/* The outline of a text in Verilog-2001, and that it is recognised as such. */
static void outlines_2001(const char *text, const char *want)
{
	struct voutline o;

	outlines(text, want);
	voutline_init(&o, text, strlen(text));
	if (o.systemverilog)
		fail_msg("SystemVerilog: %s", text);
	voutline_fini(&o);
}

CASE(a_verilog_module_may_have_the_name_of_a_new_keyword)
{
	outlines_2001("module priority(input [3:0] a, output y); endmodule\n"
		      "module tb; priority u(a, y); endmodule",
		      "priority()(in [3:0]|a|;out |y|;)\ntb()() priority:u\n");
	outlines_2001("module static(a); input a; endmodule module tb; static #(4) u(a); "
		      "static v (a), w(a); endmodule",
		      "static()(in |a|;)\ntb()() static:u static:v static:w\n");
	outlines_2001(
		"module program(input a); endmodule module interface(input a); endmodule "
		"module tb; program p(a); interface i(a); checker c(a); bit b (a); final f(a); "
		"endmodule",
		"program()(in |a|;)\ninterface()(in |a|;)\n"
		"tb()() program:p interface:i checker:c bit:b final:f\n");
	outlines("module tb; program p(input a); endprogram checker c(a); endchecker bit b; "
		 "static foo s; priority case (a) 1: ; endcase endmodule",
		 "tb()()\np()(in |a|;)\n");
	outlines("module tb(q, r); output q, r; logic q; bit r; endmodule",
		 "tb()(out logic|q|;out bit|r|;)\n");
}

CASE(instances_are_found_wherever_they_stand)
{
	outlines("module m; a u0(); b #(.X(3)) u1 (.x(y[3:0])), u2[3:0] (z); c #3 (w); (* keep *) "
		 "d \\u3+ (.a(@(*) b));"
		 " generate for (genvar i = 0; i < 3; i++) begin : g if (i == 2) e u4(); else f "
		 "u5(); end : g"
		 " case (W) 1: g u6(); default: begin h u7(); end endcase endgenerate"
		 " if (X) begin : k l u8(); end endmodule",
		 "m()() a:u0 b:u1 b:u2 c: d:\\u3+ e:u4 f:u5 g:u6 h:u7 l:u8\n");
}

CASE(what_only_looks_like_an_instance_is_none)
{
	outlines("module m; and g1(a, b); nand #2 (a, b); foo(a); t v; t w = f(x); t x[3:0]; "
		 "`MAC(foo bar(x))\n"
		 " function foo bar(input int a); foo(a); return a; endfunction"
		 " task automatic tt(input foo_t a); a b; endtask"
		 " import \"DPI-C\" function foo dpi(int a);"
		 " always @ev foo(x); initial begin : lbl x = a ? b : c; do_it(1); fork z(); join "
		 "end"
		 " assign y = a (b); defparam u0.X = 3; virtual interface vi v2; endmodule",
		 "m()() <vi\n");
}

CASE(a_bound_module_is_one_that_is_needed)
{
	outlines("module m; bind q r s(.a); bind q : tb.u0, tb.g[1].u1 r #(4) t (.*); bind tb.u2 r "
		 "u(); bind x; y z(); endmodule",
		 "m()() r:s r:t r:u y:z\n");
}

CASE(units_of_all_kinds_are_found)
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

CASE(imports_are_kept_once_and_hold_for_the_file)
{
	outlines(
		"import a::*; module m; import b::x; b::t y; c::t z; endmodule module n; endmodule",
		"m()() <a <b <c\nn()() <a\n");
}

/* A class needs the interfaces that it holds. */
CASE(virtual_interfaces_are_imports)
{
	outlines("module m; virtual bus_if b; virtual interface #(4) x; virtual interface "
		 "par_if #(4).mp c; endmodule interface i; endinterface",
		 "m()() <bus_if <par_if\ni()()\n");
	outlines("module m; virtual class k; virtual function void f(); endfunction endclass "
		 "endmodule",
		 "m()()\nk()()\n");
}

CASE(places_are_exact)
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
