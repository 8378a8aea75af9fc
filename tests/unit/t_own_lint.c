/* Code that posedge's own lint flags, and code that it must not flag. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/lint/own_lint.h"
#include "session/output/diag.h"

/* "LATCH 3:12, ..." for a text in a file of that name. */
static void finds_in(const char *path, const char *text, const char *want)
{
	struct own_lint_text t = {
		.path = path, .text = text, .len = strlen(text), .verilog = str_ends(path, ".v")
	};
	struct own_lint *o;
	struct diag_list *found = diag_list_new(100);
	struct str got = STR_INIT;

	o = own_lint_open(&t);
	own_lint_find(o, found);
	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		assert_true(str_starts(d->code, OWN_LINT_PREFIX));
		assert_int_equal(d->rank, DIAG_RISK);
		str_addf(&got, "%s%s %d:%d", i ? ", " : "", d->code + strlen(OWN_LINT_PREFIX),
			 d->line, d->col);
	}
	assert_string_equal(str_cstr(&got), want);
	str_free(&got);
	own_lint_close(o);
	diag_list_free(found);
}

static void finds(const char *text, const char *want)
{
	finds_in("m.v", text, want);
}

/* Two processes ------------------------------------------------------------- */

CASE(a_register_with_two_processes_is_flagged_once)
{
	finds("module m(input clk, s, r, output reg q);\n"
	      "always @(posedge clk) if (s) q <= 1;\n"
	      "always @(posedge clk) if (r) q <= 0; else q <= q;\nendmodule\n",
	      "MULTIDRIVEN 3:30");
	finds("module m(clk, q);\ninput clk;\noutput [3:0] q;\nreg [3:0] q;\n"
	      "always @(posedge clk) q <= q + 1;\nalways @(negedge clk) {q[0]} <= 0;\nendmodule\n",
	      "MULTIDRIVEN 6:24");
	finds_in("m.sv",
		 "module m(input logic clk, output logic [1:0] a, b);\n"
		 "always_ff @(posedge clk) {a, b} <= 0;\nalways_comb b = 1;\nendmodule\n",
		 "MULTIDRIVEN 3:13");
	finds_in("m.sv",
		 "module m(input logic clk);\nstate_t s;\nalways_ff @(posedge clk) s <= A;\n"
		 "always_ff @(posedge clk) s <= B;\nendmodule\n",
		 "MULTIDRIVEN 4:26");
}

/* Of a branch that is always there; one that parameters choose may be alone. */
CASE(a_process_in_a_certain_branch_counts)
{
	finds("module m(input c, a, output reg q);\nalways @(posedge c) q <= a;\n"
	      "generate if (1) begin : g\nalways @(posedge c) q <= 0;\nend endgenerate\n"
	      "endmodule\n",
	      "MULTIDRIVEN 4:21");
	finds("module m(input c, a, output reg q);\nalways @(posedge c) q <= a;\n"
	      "generate if (0) begin : g\nend else begin : h\nalways @(posedge c) q <= 0;\n"
	      "end endgenerate\nendmodule\n",
	      "MULTIDRIVEN 5:21");
	finds("module m(input c, a, output reg q);\nalways @(posedge c) q <= a;\n"
	      "generate if (0) begin : g\nalways @(posedge c) q <= 0;\nend endgenerate\n"
	      "endmodule\n",
	      "");
	finds("module m #(parameter P = 1)(input c, a, output reg q);\n"
	      "always @(posedge c) q <= a;\n"
	      "generate if (P) begin : g\nalways @(posedge c) q <= 0;\nend endgenerate\n"
	      "endmodule\n",
	      "");
}

CASE(parts_that_overlap_are_one_register)
{
	finds("module m(input c, output reg [7:0] q);\nalways @(posedge c) q[5:0] <= 0;\n"
	      "always @(posedge c) q[4] <= 1;\nendmodule\n",
	      "MULTIDRIVEN 3:21");
	finds("module m(input c, output reg [0:7] q);\nalways @(posedge c) q[0:3] <= 0;\n"
	      "always @(posedge c) q[3:4] <= 1;\nendmodule\n",
	      "MULTIDRIVEN 3:21");
	finds("module m(input c, output reg [15:0] q);\nalways @(posedge c) q[7:4] <= 0;\n"
	      "always @(posedge c) q[3:0] <= 1;\nalways @(posedge c) q[15:8] <= 1;\nendmodule\n",
	      "");
}

/* Whichever bit q[i] is, the other process writes it too. */
CASE(a_bit_by_a_variable_is_of_the_whole)
{
	finds("module m(input c, r, input [3:0] d, output reg [3:0] q);\ninteger i;\n"
	      "always @(posedge c) for (i = 0; i < 4; i = i + 1) q[i] <= d[i];\n"
	      "always @(posedge c) if (r) q <= 0;\nendmodule\n",
	      "MULTIDRIVEN 4:28");
	finds("module m(input c, input [1:0] i, j, d, output reg [3:0] q);\n"
	      "always @(posedge c) q[i] <= d;\nalways @(posedge c) q[j] <= d;\nendmodule\n",
	      "");
}

CASE(what_is_no_second_process_is_not_flagged)
{
	/* A first value; parts of a vector; a memory with two ports. */
	finds("module m(input clk, output reg q);\ninitial q = 0;\nalways @(posedge clk) q <= "
	      "~q;\nendmodule\n",
	      "");
	finds("module m(input clk, output reg [3:0] q);\nalways @(posedge clk) q[1:0] <= 0;\n"
	      "always @(posedge clk) q[3:2] <= 0;\nendmodule\n",
	      "");
	finds("module m(input c, d, input [3:0] a, b);\nreg [7:0] mem [0:15];\nalways @(posedge c) "
	      "mem[a] <= 1;\n"
	      "always @(posedge d) mem[b] <= 2;\nendmodule\n",
	      "");
	/* A loop variable; a local variable of each block. */
	finds("module m(input c, d, output reg [3:0] q, r);\ninteger i;\nalways @(posedge c) for "
	      "(i = 0; i < 4; i = i + 1) q[i] <= 0;\n"
	      "always @(posedge d) for (i = 0; i < 4; i = i + 1) r[i] <= 0;\nendmodule\n",
	      "");
	finds("module m(input c, output reg q, r);\nreg t;\nalways @(posedge c) begin : a reg t; t "
	      "= 1; q <= t; end\n"
	      "always @(posedge c) begin : b reg t; t = 0; r <= t; end\nendmodule\n",
	      "");
	/* Branches of a generate, and of an `ifdef. */
	finds("module m #(parameter A = 0) (input c, output reg q);\ngenerate if (A) begin\nalways "
	      "@(posedge c) q <= 1;\n"
	      "end else begin\nalways @(posedge c) q <= 0;\nend endgenerate\nendmodule\n",
	      "");
	finds("module m #(parameter A = 0) (input c, output reg q);\ngenerate if (A) always "
	      "@(posedge c) q <= 1; endgenerate\n"
	      "generate if (!A) always @(posedge c) q <= 0; endgenerate\nendmodule\n",
	      "");
	finds("module m(input c, output reg q);\n`ifdef FAST\nalways @(posedge c) q <= 1;\n`else\n"
	      "always @(posedge c) q <= 0;\n`endif\nendmodule\n",
	      "");
	/* Each generate block has its own signal, and so has each module. */
	finds("module m(input c);\ngenerate begin : a reg q; always @(posedge c) q <= 1; end\n"
	      "begin : b reg q; always @(posedge c) q <= 1; end endgenerate\nendmodule\n",
	      "");
	finds("module a(input c, output reg q);\nalways @(posedge c) q <= 1;\nendmodule\n"
	      "module b(input c, output reg q);\nalways @(posedge c) q <= 1;\nendmodule\n",
	      "");
	/* A testbench, a model. */
	finds("module tb;\nreg c;\nalways @(posedge c) c = 0;\nalways @(negedge c) c = 1;\ninitial "
	      "$finish;\nendmodule\n",
	      "");
	finds("module m(input a, b, d, output reg q);\nalways @(posedge a) begin #5 q = 1; "
	      "end\nalways @(b) q = 0;\nendmodule\n",
	      "");
}

/* Latches -------------------------------------------------------------------- */

CASE(a_choice_that_writes_nothing_makes_a_latch)
{
	finds("module m(input [1:0] s, input d, output reg y);\nalways @(*)\ncase (s)\n2'd0: y = "
	      "d;\ndefault: ;\nendcase\nendmodule\n",
	      "LATCH 4:7");
	finds("module m(input [1:0] s, input d, output reg y, z);\nalways @* begin\ny = 0;\ncase "
	      "(s)\n"
	      "2'd0: begin y = d; z = d; end\ndefault: y = 1;\nendcase\nend\nendmodule\n",
	      "LATCH 5:20");
	finds_in("m.sv",
		 "module m(input logic s, d, output logic y);\nalways_comb unique case (s)\n0: y = "
		 "d;\n"
		 "1: if (d) y = 0;\nendcase\nendmodule\n",
		 "LATCH 3:4");
	/* The labels 2 and 3 never match: the value would be -2 or -1. */
	finds("module m(input signed [1:0] s, input d, output reg y);\nalways @* case (s) 0: y = "
	      "d; "
	      "1: y = 0; 2: y = 1; 3: y = d;\ndefault: ; endcase\nendmodule\n",
	      "LATCH 2:23");
	/* Not a port, but another process reads it. */
	finds("module m(input s, d, c, output reg q);\nreg t;\nalways @* case (s) 0: t = d; "
	      "default: ; endcase\n"
	      "always @(posedge c) q <= t;\nendmodule\n",
	      "LATCH 3:23");
}

/* Verilator looks for missing values only where the choices are as wide as what
 * they are compared with. */
CASE(a_signal_that_is_given_itself_is_a_latch)
{
	finds("module m(input [1:0] s, input d, output reg y);\nalways @(*)\ncase (s)\n2'd0: y = "
	      "d;\ndefault: y = y;\nendcase\nendmodule\n",
	      "LATCH 4:7");
	finds("module m(input e, d, output reg [3:0] q);\nalways @* begin\nif (e) q [1:0] = d;\n"
	      "else q[1:0] = q[1:0];\nend\nendmodule\n",
	      "LATCH 3:8");
	/* It has a value by then; another part of it; a register. */
	finds("module m(input [1:0] s, input d, output reg y);\nalways @(*) begin\ny = 0;\n"
	      "if (d) y = s[0]; else y = y;\nend\nendmodule\n",
	      "");
	finds("module m(input c, d, output reg y);\nalways @(posedge c)\nif (d) y <= d; else y <= "
	      "y;\n"
	      "endmodule\n",
	      "");
}

CASE(plain_numbers_without_a_default_make_a_latch)
{
	finds("module m(input [3:0] x, output reg [6:0] s);\nalways @(x) begin\ncase (x)\n0: s = "
	      "64;\n1: s = 121;\n2: s = 36;\n"
	      "endcase\nend\nendmodule\n",
	      "LATCH 4:4");
	finds("module m(input [3:0] x, output reg s, t);\nalways @* begin t = 0; case (x) 0, 1: s "
	      "= 1; 2: begin s = 0; t = 1; end endcase "
	      "end\nendmodule\n",
	      "LATCH 2:39");
	finds("module m(a, x, s);\ninput a;\ninput [3:0] b, x;\noutput reg s;\nalways @* case (x) "
	      "0: s = 1; 1: s = 0; endcase\nendmodule\n",
	      "LATCH 5:23");
	finds("module m(input [3:0] x, input y, output reg s);\nalways @* case (y) 0: s = 1; 1: s "
	      "= 0; endcase\nendmodule\n",
	      "");
	finds("module m #(parameter W = 1) (input [W-1:0] x, output reg s);\nalways @* case (x) 0: "
	      "s = 1; 1: s = 0; endcase\nendmodule\n",
	      "");
	/* The states of a machine: parameters. */
	finds("module m(input c, d, output reg q);\nparameter A = 0, B = 1, C = 2;\nreg [1:0] st, "
	      "nx;\nalways @(posedge c) st <= nx;\n"
	      "always @(st or d) case (st) A: nx = d ? B : A; B: nx = C; C: nx = A; "
	      "endcase\nalways @(posedge c) q <= st == C;\nendmodule\n",
	      "LATCH 5:32");
	finds_in("m.sv",
		 "module m(input logic c, d, output logic q);\ntypedef enum logic [1:0] {A, B, C} "
		 "t;\nt st, nx;\n"
		 "always_ff @(posedge c) st <= nx;\nalways_comb case (st) A: nx = d ? B : A; B: nx "
		 "= C; C: nx = A; endcase\n"
		 "always_ff @(posedge c) q <= st == C;\nendmodule\n",
		 "");
	/* Sized labels: the tool checks them. */
	finds("module m(input [1:0] st, input d, output reg q);\nlocalparam A = 2'd0, B = 2'd1;\n"
	      "always @* case (st) A: q = d; B: q = 0; endcase\nendmodule\n",
	      "");
	finds("module m(input [1:0] st, input d, output reg q);\nlocalparam [1:0] A = 0, B = 1;\n"
	      "always @* case (st) A: q = d; B: q = 0; endcase\nendmodule\n",
	      "");
	finds("module m(input [1:0] st, input a, b, d, output reg q);\nalways @* case (st) a: q = "
	      "d; b: q = 0; endcase\nendmodule\n",
	      "LATCH 2:24");
	/* As many as a vector of some width has values; said to be enough; a default,
	 * or a value before; of a parameter; sized ones, which the tool looks at. */
	finds("module m(input [1:0] x, output reg s);\nalways @* case (x) 0: s = 1; 1, 2: s = 0; "
	      "3: s = 1; endcase\nendmodule\n",
	      "");
	finds_in("m.sv",
		 "module m(input [3:0] x, output reg s);\nalways_comb unique case (x) 0: s = 1; 1: "
		 "s = 0; 2: s = 1; endcase\nendmodule\n",
		 "");
	finds("module m(input [3:0] x, output reg s);\nalways @* case (x) // synopsys "
	      "full_case\n0: s = 1; 1: s = 0; 2: s = 1; endcase\nendmodule\n",
	      "");
	finds("module m(input [3:0] x, output reg s);\nalways @* case (x) 0: s = 1; 1: s = 0; "
	      "default: s = 1; endcase\nendmodule\n",
	      "");
	finds("module m(input [3:0] x, output reg s);\nalways @* begin s = 0; case (x) 0: s = 1; "
	      "1: s = 0; 2: s = 1; endcase end\nendmodule\n",
	      "");
	finds("module m #(parameter P = 0)(input x, output reg s);\nalways @* case (P) 0: s = x; "
	      "1: s = 0; 2: s = 1; endcase\nendmodule\n",
	      "");
	finds("module m(input [1:0] x, output reg s);\nalways @* case (x) 2'd0: s = 1; 2'd1: s = "
	      "0; 2'd2: s = 1; endcase\nendmodule\n",
	      "");
}

CASE(choices_that_are_signals_cover_nothing)
{
	finds("module m(input [3:0] s, output reg [1:0] y);\nalways @(*)\ncase (s)\ns[0]: y = 0;\n"
	      "s[1]: y = 1;\nendcase\nendmodule\n",
	      "LATCH 4:7");
	finds("module m(input [3:0] s, output reg [1:0] y);\nalways @(*)\ncase (s)\ns[0]: y = 0;\n"
	      "s[1]: y = 1;\ndefault: y = 2;\nendcase\nendmodule\n",
	      "");
}

#define BITS "module m(input s, r, input [3:0] d, output reg [3:0] y);\nalways @* "

CASE(a_bit_may_be_a_latch)
{
	finds(BITS "begin y[3:1] = d[3:1]; if (s) y[0] = d[0]; end\nendmodule\n", "LATCH 2:41");
	finds(BITS "begin y[3:2] = 0; y[1:0] = 0; case (s) 0: y[3:1] = d; default: ; endcase end\n"
		   "endmodule\n",
	      "");
	finds(BITS "case (s) 0: y[3:0] = d; default: y[2:0] = 0; endcase\nendmodule\n",
	      "LATCH 2:23");
	/* That y has a bit 3 is not known. */
	finds(BITS "case (s) 0: y = d; default: y[2:0] = 0; endcase\nendmodule\n", "");
	/* Verilator tells of the whole signal. */
	finds(BITS "if (s) y[3:0] = d;\nendmodule\n", "");
	finds(BITS "if (s) y[3:0] = d; else begin y[3:2] = 0; y[1:0] = 1; end\nendmodule\n", "");
	finds(BITS "if (s) begin y[0] = r; y[3:1] = 0; end else y = d;\nendmodule\n", "");
	finds(BITS "begin y = 0; if (s) y[2] = r; end\nendmodule\n", "");
	finds(BITS
	      "begin : b integer i; for (i = 0; i < 4; i = i + 1) y[i] = d[i]; if (s) y[1] = r; "
	      "end\nendmodule\n",
	      "");
	finds("module m(input s, input [3:0] d, output reg [3:0] y);\n"
	      "always @* if (s) y[0] = d[0]; else y[0] = d[1];\nalways @* y[3:1] = d[3:1];\n"
	      "endmodule\n",
	      "");
}

CASE(what_is_written_on_all_ways_is_no_latch)
{
	finds("module m(input s, d, output reg y);\nalways @* begin y = 0; case (s) 0: y = d; "
	      "default: ; endcase end\nendmodule\n",
	      "");
	finds("module m(input s, d, output reg y);\nalways @* case (s) 0: y = d; default: if (d) y "
	      "= 1; else y = 0; endcase\nendmodule\n",
	      "");
	/* The default is never reached. */
	finds("module m(input [1:0] s, input d, output reg y);\nparameter A = 2'b00, B = 2'b01;\n"
	      "localparam C = 2;\nalways @* case (s) A, B: y = d; C: y = 0; 2'h3: y = 1; default: "
	      "; "
	      "endcase\nendmodule\n",
	      "");
	/* Here it is reached: for 3, or because a value occurs twice, or B is unknown. */
	finds("module m(input [1:0] s, input d, output reg y);\nlocalparam B = 2'b01;\n"
	      "always @* case (s) 0: y = d; B: y = 0; 2'd2: y = 1; default: ; endcase\nendmodule\n",
	      "LATCH 3:23");
	finds("module m(input [1:0] s, input d, output reg y);\nlocalparam B = 2'b01;\n"
	      "always @* case (s) 0: y = d; B: y = 0; 1: y = 0; 2'd2: y = 1; default: ; endcase\n"
	      "endmodule\n",
	      "LATCH 3:23");
	finds("module m(input [1:0] s, input d, B, output reg y);\nlocalparam C = B + 1;\n"
	      "always @* case (s) 0: y = d; C: y = 0; 2: y = 0; 2'd3: y = 1; default: ; endcase\n"
	      "endmodule\n",
	      "LATCH 3:23");
	/* Complete or not is for the tool to say. */
	finds("module m(input s, d, output reg y);\nalways @* case (s) 0: y = d; 1: y = 0; "
	      "endcase\nendmodule\n",
	      "");
	finds("module m(input s, d, output reg y);\nalways @* if (s) y = d;\nendmodule\n", "");
	/* On purpose; clocked; a parameter decides; only used inside; a loop. */
	finds_in("m.sv",
		 "module m(input logic s, d, output logic y);\nalways_latch case (s) 0: y = d; "
		 "default: ; endcase\nendmodule\n",
		 "");
	finds("module m(input c, s, d, output reg y);\nalways @(posedge c) case (s) 0: y <= d; "
	      "default: ; endcase\nendmodule\n",
	      "");
	finds("module m #(parameter P = 1) (input s, d, output reg y);\nalways @* case (s) 0: y = "
	      "d; default: if (P) y = 1; endcase\nendmodule\n",
	      "");
	finds("module m(input s, d, output reg y);\nreg t;\nalways @* begin y = 0; case (s) 0: "
	      "begin t = d; y = t; end default: ; endcase end\nendmodule\n",
	      "");
	finds("module m(input s, input [3:0] d, output reg [3:0] y);\ninteger i;\nalways @* case "
	      "(s) 0: y = d;\n"
	      "default: for (i = 0; i < 4; i = i + 1) y[i] = 0; endcase\nendmodule\n",
	      "");
	/* The task's effects are unknown. */
	finds("module m(input s, d, output reg y);\nalways @* case (s) 0: y = d; default: "
	      "other(d); endcase\nendmodule\n",
	      "");
	finds("module m(input s, d, output reg y);\nalways @* case (s) 0: y = d; default: `SET(y) "
	      "endcase\nendmodule\n",
	      "");
}

/* assign to a reg ---------------------------------------------------------------- */

CASE(assign_to_a_reg_is_flagged_in_verilog)
{
	static const char text[] = "module m(input a, output reg y, output z);\nreg z;\nassign y = "
				   "a;\nassign z = a;\nendmodule\n";

	finds(text, "ASSIGNREG 3:8, ASSIGNREG 4:8");
	finds_in("m.sv", text, "");
	/* It requires SystemVerilog anyway. */
	finds("module m(input logic a, output reg y);\nassign y = a;\nalways_comb ;\nendmodule\n",
	      "");
	finds("module m(input a, output y);\nwire y;\nreg t;\nassign y = a;\nalways @* t = "
	      "a;\nendmodule\n",
	      "");
	finds("module m(input [1:0] a, output x, output reg y, z);\nassign x = {a[0], a[1]} > 1,\n"
	      "  y = a[0],\n  {z} = a[1];\nendmodule\n",
	      "ASSIGNREG 3:3, ASSIGNREG 4:4");
	finds("module m(input a, output y);\ninteger k;\nassign k = a;\nassign y = "
	      "k[0];\nendmodule\n",
	      "ASSIGNREG 3:8");
}

/* Sensitivity lists ---------------------------------------------------------------- */

CASE(a_list_that_lacks_a_signal_is_flagged)
{
	finds("module m(input s, a, b, output reg y);\nalways @(s) y = s ? a : b;\nendmodule\n",
	      "SENSLIST 2:8");
	finds("module m(input s, a, b, output reg y);\nalways @(s or a) if (s) y = a; else y = "
	      "b;\nendmodule\n",
	      "SENSLIST 2:8");
	finds("module m(input [1:0] s, input [3:0] a, output reg y);\nalways @(a) y = "
	      "a[s];\nendmodule\n",
	      "SENSLIST 2:8");
}

CASE(a_list_that_holds_what_is_read_is_not)
{
	finds("module m(input s, a, b, output reg y);\nalways @(s, a, b) y = s ? a : "
	      "b;\nendmodule\n",
	      "");
	finds("module m(input s, a, output reg y);\nalways @* y = s & a;\nendmodule\n", "");
	finds("module m(input c, s, output reg y);\nalways @(posedge c or posedge s) y <= "
	      "s;\nendmodule\n",
	      "");
	/* Parameters, functions, what the block itself has written, memories. */
	finds("module m #(parameter P = 3) (input s, output reg y);\nlocalparam Q = 2;\nreg "
	      "t;\nreg mem [0:3];\n"
	      "function f; input s; f = s; endfunction\nalways @(s) begin t = f(s); y = t + P + Q "
	      "+ mem[s]; end\nendmodule\n",
	      "");
	/* It waits for an event, or prints. */
	finds("module m(input s, a, output reg y);\nevent e;\nalways @(e) y = a;\nendmodule\n", "");
	finds("module m(input s, a, output reg y);\nalways @(s) begin y = s; $display(\"%d\", a); "
	      "end\nendmodule\n",
	      "");
}

/* Tasks ------------------------------------------------------------------------------ */

CASE(what_a_task_writes_its_callers_write)
{
	finds("module m(input c, d, output reg q);\ntask set; input v; q <= v; endtask\n"
	      "always @(posedge c) set(d);\nalways @(negedge c) q <= 0;\nendmodule\n",
	      "MULTIDRIVEN 4:21");
	/* By way of another one; by two callers. */
	finds("module m(input c, d, output reg q);\ntask deep; q <= d; endtask\n"
	      "task set; deep; endtask\nalways @(posedge c) set;\nalways @(negedge c) q <= 0;\n"
	      "endmodule\n",
	      "MULTIDRIVEN 5:21");
	finds("module m(input c, d, output reg q);\ntask set(input v); q <= v; endtask\n"
	      "always @(posedge c) set(d);\nalways @(negedge c) set(0);\nendmodule\n",
	      "MULTIDRIVEN 2:20");
	/* Its own names, and a task that nothing calls. */
	finds("module m(input c, d, output reg q, p);\ntask set(input q); p <= q; endtask\n"
	      "task other; reg q; q = d; endtask\ntask idle; q <= d; endtask\n"
	      "always @(posedge c) begin set(d); other; end\nalways @(negedge c) q <= 0;\n"
	      "endmodule\n",
	      "");
	/* A model: it keeps a time to check, and what it prints is no such thing. */
	finds("module m(input c, d, output reg q);\nreal last;\ntask set(input v); q <= v; "
	      "endtask\n"
	      "always @(posedge c) begin last = $realtime; set(d); end\n"
	      "always @(negedge c) set(0);\nendmodule\n",
	      "");
	finds("module m(input c, d, output reg q);\ntask set(input v); q <= v; endtask\n"
	      "always @(posedge c) begin $display(\"%t\", $time); set(d); end\n"
	      "always @(negedge c) set(0);\nendmodule\n",
	      "MULTIDRIVEN 2:20");
	/* A task that calls itself ends. */
	finds("module m(input c, d, output reg q);\ntask set; begin q <= d; set; set; end endtask\n"
	      "always @(posedge c) set;\nendmodule\n",
	      "");
}

/* Lists of edges -------------------------------------------------------------------- */

CASE(a_level_beside_an_edge_is_flagged)
{
	finds("module m(input c, r, d, output reg q);\nalways @(posedge c or r) if (r) q <= 0; "
	      "else q <= d;\nendmodule\n",
	      "EDGELIST 2:23");
	finds("module m(input c, r, d, output reg q);\nalways @(r, negedge c) q <= d;\n"
	      "endmodule\n",
	      "EDGELIST 2:10");
	finds("module m(input c, r, d, output reg q);\nalways @(posedge c or negedge r) q <= d;\n"
	      "endmodule\n",
	      "");
	/* An expression, an event, a part of a vector. */
	finds("module m(input c, input [1:0] r, input d, output reg q);\nevent e;\n"
	      "always @(posedge c or r[0]) q <= d;\nalways @(posedge c or e) ;\nendmodule\n",
	      "");
}

CASE(an_always_ff_without_an_edge_is_flagged)
{
	finds_in("m.sv",
		 "module m(input c, d, output logic q);\nalways_ff @(c) q <= d;\nendmodule\n",
		 "EDGELIST 2:13");
	finds_in("m.sv",
		 "module m(input c, d, output logic q);\nalways_ff @(posedge c iff d) q <= d;\n"
		 "endmodule\n",
		 "");
}

CASE(the_edge_of_a_vector_is_flagged)
{
	finds("module m(input [3:0] c, input b, d, output reg q, p);\nalways @(posedge c) q <= d;\n"
	      "always @(posedge b) p <= d;\nendmodule\n",
	      "EDGELIST 2:18");
	finds("module m #(parameter W = 1) (input [W-1:0] c, input d, output reg q);\n"
	      "always @(posedge c) q <= d;\nendmodule\n",
	      "");
	finds("module m(input [0:0] c, input d, output reg q);\nreg t [0:3], e;\n"
	      "always @(posedge c) q <= d;\nalways @(posedge e) t[0] <= d;\nendmodule\n",
	      "");
	/* A type behind a comma begins anew, a name alone does not. */
	finds_in("m.sv",
		 "module m(input logic [7:0] d, logic c, output logic [7:0] q);\n"
		 "always_ff @(posedge c) q <= d;\nendmodule\n",
		 "");
	finds_in("m.sv",
		 "module m(input logic [7:0] d, [3:0] c, e, output logic [7:0] q);\n"
		 "always_ff @(posedge e) q <= d;\nendmodule\n",
		 "EDGELIST 2:21");
}

/* Nets declared twice ---------------------------------------------------------------- */

CASE(a_net_that_is_declared_twice_is_flagged)
{
	finds("module m(input d, output q);\nwire [1:0] a, t = 0;\nwire u, t;\nassign q = t;\n"
	      "endmodule\n",
	      "TWICE 3:9");
	finds_in("m.sv", "module tb;\nwire t; wire t;\ninitial #1 $finish;\nendmodule\n",
		 "TWICE 2:14");
	finds("module m(d, q);\ninput d; output q;\nwire d; wire q;\nassign q = d;\nendmodule\n",
	      "");
	finds("module m(input d, output q);\nif (1) begin : g wire t; assign t = d; end\n"
	      "else begin : h wire t; assign t = d; end\nwire t = d;\nassign q = t;\nendmodule\n",
	      "");
	finds_in("m.sv",
		 "module m(input p::t d, output p::t q);\nwire p::t [1:0] a; wire t [1:0] b;\n"
		 "wire t [1:0] c; wire t e, f;\nassign q = d;\nendmodule\n",
		 "");
	finds("module m #(parameter W = 4) (input d, output [W-1:0] q);\nwire [W-1:0] a;\nwire "
	      "[W-1:0] b;\n"
	      "wire [(W+1)-1:0] c, e;\nwire signed [$clog2(W)-1:0] f [W:0];\n"
	      "wire (strong0, pull1) g = d;\nwire #(W) h = d;\nwire #W k = d, l = W ? d : a[W-1];\n"
	      "wire [W-1:0] n = {W{d}}, o = {a[0], b[W-1:1]};\nassign q = W;\nendmodule\n",
	      "");
	finds("module m(input d, output q);\n`ifdef A\nwire t;\n`else\nwire t;\n`endif\nassign q = "
	      "d;\n"
	      "endmodule\n",
	      "");
	finds("module m(input d, output q);\nwire t;\n/* posedge lint_off TWICE */\nwire t;\n"
	      "assign q = d;\nendmodule\n",
	      "");
}

/* All ------------------------------------------------------------------------------- */

CASE(pragmas_count)
{
	finds("module m(input s, d, output reg y, z);\n// verilator lint_off LATCH\nalways @* case "
	      "(s) 0: y = d; default: ; endcase\n"
	      "// verilator lint_on LATCH\nalways @* case (s) 0: z = d; default: ; "
	      "endcase\nendmodule\n",
	      "LATCH 5:23");
	finds("module m(input s, a, output reg y);\n/* posedge lint_off SENSLIST */\nalways @(s) y "
	      "= a;\nendmodule\n",
	      "");
	finds("module m(input s, a, output reg y);\n/* verilator lint_off WIDTH */\nalways @(s) y "
	      "= a;\nendmodule\n",
	      "SENSLIST 3:8");
}

CASE(a_macro_is_read_as_what_it_stands_for)
{
	finds("`define W(x) x <= 1\nmodule m(input c, output reg q);\nalways @(posedge c) "
	      "`W(q);\nalways @(posedge c) q <= 0;\nendmodule\n",
	      "MULTIDRIVEN 4:21");
}

static struct diag tools(const char *path, const char *code, const char *text)
{
	return (struct diag){ DIAG_RISK, path, 1, 1, 1, code, text };
}

CASE(what_the_tool_says_is_not_said_again)
{
	struct diag_list *found = diag_list_new(9);
	struct diag own = tools("a.v", OWN_LINT_PREFIX "LATCH", "'q' is a latch"),
		    other = tools("a.v", OWN_LINT_PREFIX "LATCH", "'r' is a latch"),
		    list = tools("a.v", OWN_LINT_PREFIX "SENSLIST", "'q' is read"),
		    said = tools("a.v", "LATCH",
				 "Latch inferred for signal 'top.u0.q' (not all paths)"),
		    elsewhere = tools("b.v", "LATCH", "Latch inferred for signal 'r'");

	diag_list_add(found, &said, NULL);
	diag_list_add(found, &elsewhere, NULL);
	assert_true(own_lint_said(found, &own));
	assert_false(own_lint_said(found, &other));
	assert_false(own_lint_said(found, &list));
	diag_list_free(found);
}

CASE(a_loop_whose_variable_is_too_small_is_flagged)
{
	finds("module m;\nreg [3:0] i, j;\ninitial for (i = 0; i < 16; i = i + 1) #1;\n"
	      "initial for (j = 0; j <= 15; j = j + 1) #1;\nendmodule\n",
	      "ENDLESS 3:21, ENDLESS 4:21");
	finds("module m(output reg [3:0] y);\nreg [1:0] i;\nalways @* begin y = 0;\n"
	      "for (i = 3; i >= 0; i = i - 1) y[i] = 1;\nend\nendmodule\n",
	      "ENDLESS 4:13");
	finds("module m;\nreg [3:0] i;\ninitial for (i = 0; i < 15; i = i + 1) #1;\n"
	      "initial for (i = 0; i <= 14; i = i + 1) #1;\n"
	      "initial for (i = 15; i > 0; i = i - 1) #1;\nendmodule\n",
	      "");
	finds("module m;\ninteger i; reg signed [3:0] k; reg [W-1:0] w; reg [3:0] a [0:3];\n"
	      "initial for (i = 0; i < 16; i = i + 1) #1;\n"
	      "initial for (k = 7; k >= 0; k = k - 1) #1;\n"
	      "initial for (w = 0; w < 16; w = w + 1) #1;\nendmodule\n",
	      "");
	/* something in it may end it */
	finds_in("m.sv",
		 "module m;\nlogic [3:0] i;\n"
		 "initial for (i = 0; i < 16; i++) if (i == 15) break;\n"
		 "initial begin : b for (i = 0; i < 16; i++) if (&i) disable b; end\n"
		 "initial for (i = 0; i < 16; i++) begin #1; if (&i) $finish; end\nendmodule\n",
		 "");
}

CASE(a_loop_in_which_no_time_passes_is_flagged)
{
	finds("module m;\nreg c = 0, q; integer n = 0;\ninitial forever c = ~c;\n"
	      "initial while (n < 4) q = ~q;\ninitial while (1) begin end\nendmodule\n",
	      "ENDLESS 3:9, ENDLESS 4:9, ENDLESS 5:9");
	/* time passes, or something else may end it */
	finds("module m;\nreg c = 0, q; integer n = 0; wire [3:0] w;\n"
	      "initial forever #5 c = ~c;\ninitial forever @(posedge c) q = c;\n"
	      "initial forever begin wait (q); q = 0; end\ninitial forever q = #3 ~q;\n"
	      "initial while (n < 4) n = n + 1;\ninitial while (busy(q)) q = 1;\n"
	      "initial while ($random) q = 1;\ninitial forever tick;\n"
	      "initial forever begin tick(q); end\ninitial forever `TICK\n"
	      "initial forever begin if (w) $finish; end\n"
	      "initial begin : b forever if (w) disable b; end\nendmodule\n",
	      "");
	finds_in(
		"m.sv",
		"module m;\nmailbox b; int x, q[$];\ninitial forever b.get(x);\n"
		"initial while (q.size() > 0) x = 1;\ninitial forever begin x++; if (x > 3) break; "
		"end\ninitial forever fork #1; join\nendmodule\n",
		"");
}

/* Verilator names no signal in it, and only sees loops that take no time. */
CASE(the_tools_endless_loop_is_the_same)
{
	struct diag_list *found = diag_list_new(4);
	struct diag tool = { DIAG_RISK,
			     "m.v",
			     3,
			     1,
			     1,
			     "INFINITELOOP",
			     "Infinite loop (condition always true)" },
		    own = { DIAG_RISK,
			    "m.v",
			    3,
			    9,
			    1,
			    "POSEDGE_ENDLESS",
			    "this loop never ends: 'i' has 4 bits" };

	diag_list_add(found, &tool, NULL);
	assert_true(own_lint_said(found, &own));
	own.line = 4;
	assert_false(own_lint_said(found, &own));
	diag_list_free(found);
}
