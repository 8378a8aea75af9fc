#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/mutant/active.h"
#include "session/mutant/mutants.h"
#include "session/tool/simulator.h"

/* "LINE KIND BEFORE>AFTER", one a line. */
static void finds_all(const char *text, bool mends, const char *want)
{
	struct mutants m;
	struct str s = STR_INIT;

	mutants_find(text, strlen(text), NULL, mends, &m);
	for (size_t i = 0; i < m.n; i++)
		str_addf(&s, "%d %s %.*s>%s\n", m.v[i].line, m.v[i].kind, (int)m.v[i].len,
			 text + m.v[i].off, m.v[i].becomes);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	mutants_fini(&m);
}

static void finds(const char *text, const char *want)
{
	finds_all(text, false, want);
}

/* The same without values that never change. */
static void changes(const char *text, const char *want)
{
	struct mutants m;
	struct str s = STR_INIT;

	mutants_find(text, strlen(text), NULL, false, &m);
	for (size_t i = 0; i < m.n; i++)
		if (strcmp(m.v[i].kind, "stuck") != 0)
			str_addf(&s, "%d %s %.*s>%s\n", m.v[i].line, m.v[i].kind, (int)m.v[i].len,
				 text + m.v[i].off, m.v[i].becomes);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	mutants_fini(&m);
}

static void mends(const char *text, const char *want)
{
	finds_all(text, true, want);
}

CASE(operators_and_numbers)
{
	changes("module m;\nassign y = a + b & 4'hf;\nendmodule\n",
		"2 operator +>-\n2 operator &>|\n"
		"2 number 4'hf>4'd0\n");
	changes("module m; assign y = -a == ~b; endmodule\n", "1 operator ==>!=\n1 operator ~> \n");
	changes("module m; assign y = &a | ^b; endmodule\n", "1 operator |>&\n");
	changes("module m; assign y = a[3:0] <= {4{c}}; endmodule\n", "1 operator <=><\n");
	/* A number of copies, but not what stands before the braces of another statement. */
	changes("module m; assign y = {(2+2){c | d}}; endmodule\n", "1 operator |>&\n");
	finds("module m; always @* if (a & 2)\n{c, s} = d; endmodule\n",
	      "1 condition a & 2>!(a & 2)\n1 operator &>|\n1 number 2>3\n"
	      "2 left out {c, s} = d;>;\n");
	finds("module m; assign y = 4'b1x + '0 + 7; endmodule\n",
	      "1 operator +>-\n1 number '0>'1\n1 operator +>-\n1 number 7>8\n");
}

CASE(conditions_and_assignments)
{
	finds("module m;\nalways @(posedge clk)\n if (rst) q <= 0;\n else q <= #1 q;\nendmodule\n",
	      "3 condition rst>!(rst)\n3 never rst>1'b0\n3 left out q <= 0;>;\n3 number 0>1\n");
	finds("module m; always @* begin y = a; end endmodule\n", "1 left out y = a;>;\n");
}

/* Of what reads a signal and is a number. */
CASE(values_that_never_change)
{
	finds("module m(input [3:0] d, output p); assign p = ^d; endmodule\n",
	      "1 stuck ^d>1'sb0\n1 stuck ^d>~1'sb0\n");
	finds("module m(input a, output y, z); assign y = a;\nassign z = 1'b0; endmodule\n",
	      "1 stuck a>1'sb0\n1 stuck a>~1'sb0\n2 number 1'b0>1'd1\n");
	finds("module m #(parameter P = 3)(output [3:0] y);\nassign y = P; endmodule\n", "");
	/* What is no number cannot be 0. */
	finds("module m(input s_t a, output s_t y);\n"
	      "typedef enum { IDLE, RUN } e_t; e_t state, next; reg [3:0] v [0:1], w [0:1];\n"
	      "assign y = a;\nalways @* state = next;\nalways @* v = w;\n"
	      "always @* state = a ? IDLE : next;\nendmodule\n",
	      "4 left out state = next;>;\n5 left out v = w;>;\n"
	      "6 left out state = a ? IDLE : next;>;\n");
	finds("module m(input s_t a, output [3:0] y, input b);\nassign y = a.f + 1'b1;\n"
	      "assign y[0] = b ? a.g : a.f; endmodule\n",
	      "2 stuck a.f + 1'b1>1'sb0\n2 stuck a.f + 1'b1>~1'sb0\n2 operator +>-\n"
	      "2 number 1'b1>1'd0\n"
	      "3 stuck b ? a.g : a.f>1'sb0\n3 stuck b ? a.g : a.f>~1'sb0\n");
}

/* Each value of a net is assigned all the time, that of a variable once. */
CASE(values_in_lists)
{
	finds("module m(input [3:0] a, b);\nwire lt = a < b;\n"
	      "tri [3:0] c = a + 4'd1,\n  d, e = b;\nlogic v = a == b;\nendmodule\n",
	      "2 stuck a < b>1'sb0\n2 stuck a < b>~1'sb0\n2 operator <><=\n"
	      "3 stuck a + 4'd1>1'sb0\n3 stuck a + 4'd1>~1'sb0\n3 operator +>-\n"
	      "3 number 4'd1>4'd2\n4 stuck b>1'sb0\n4 stuck b>~1'sb0\n");
	finds("module m(input s_t a, input b);\nwire s_t c = f(a), d = g[a], e = a;\n"
	      "wire #(2, 3) f = b; wire ok, no;\nendmodule\n",
	      "3 stuck b>1'sb0\n3 stuck b>~1'sb0\n");
	finds("module m(input [3:0] a, output y, z);\nassign #1 y = a < 3, z =\n ^a;\nendmodule\n",
	      "2 stuck a < 3>1'sb0\n2 stuck a < 3>~1'sb0\n2 operator <><=\n2 number 3>4\n"
	      "3 stuck ^a>1'sb0\n3 stuck ^a>~1'sb0\n");
	/* On the line of the value. */
	finds("module m(input a, b, output y);\nassign y =\n  a & b;\nendmodule\n",
	      "3 stuck a & b>1'sb0\n3 stuck a & b>~1'sb0\n3 operator &>|\n");
}

/* The changes of one line, without those that are late. */
static void mends_line(const char *text, int line, const char *want)
{
	struct mutants m;
	struct str s = STR_INIT;

	mutants_find(text, strlen(text), NULL, true, &m);
	for (size_t i = 0; i < m.n; i++)
		if (m.v[i].line == line && !m.v[i].late)
			str_addf(&s, "%s %s\n", m.v[i].kind, m.v[i].becomes);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	mutants_fini(&m);
}

static bool has_mend(const char *text, const char *kind, const char *becomes)
{
	struct mutants m;
	bool found = false;

	mutants_find(text, strlen(text), NULL, true, &m);
	for (size_t i = 0; i < m.n; i++)
		found |= strcmp(m.v[i].kind, kind) == 0 && strcmp(m.v[i].becomes, becomes) == 0;
	mutants_fini(&m);
	return found;
}

CASE(what_would_undo_a_slip)
{
	/* Operands, and names of the same type: not d, which has a sign, nor m, a memory. */
	mends("module t(input a, input [3:0] b, c, input signed [3:0] d);\n"
	      "reg [3:0] m [0:1];\nassign y = b - c;\nendmodule\n",
	      "3 turned b - c>c - b \n3 operator b> ~b\n3 name b>c\n3 operator ->+\n"
	      "3 operator c> ~c\n3 name c>b\n");
	/* Nets with their values; all numbers of a few bits, and a limit that is one off. */
	mends_line("module t(input [3:0] b); wire y = b == 2'd3, z = b; endmodule\n", 1,
		   "operator  ~b\nnumber (b + 1)\nnumber (b - 1)\noperator !=\noperator >=\n"
		   "operator <=\nnumber 2'd0\nnumber 2'd1\nnumber 2'd2\noperator  ~b\n");
	mends_line("module t; assign y = 8'sd3; endmodule\n", 1,
		   "number 8'sd4\nnumber 8'sd2\nnumber 8'sd6\nnumber 8'sd1\nnumber 8'sd0\n"
		   "number 8'sd12\n");
	/* What a process assigns is another statement. */
	mends("module t; localparam A = 1, B = 2; integer s; always @* s = A; endmodule\n",
	      "1 name s = A;>s = B;\n1 left out s = A;>;\n");
	/* A name of another module is none of this one. */
	mends("module u(input e); endmodule module t(input a);\nassign y = a; endmodule\n",
	      "2 operator a> ~a\n");
	/* Nor is one of a block, a type or a routine; only one of the module itself. */
	mends_line("module t(input a, output y); wire w;\ngenerate if (1) begin : g wire x; end\n"
		   "endgenerate always @* begin : h reg z; end\n"
		   "typedef struct packed { logic f; } p;\ntask k; reg v; v = 1; endtask\n"
		   "assign y = a; endmodule\n",
		   6, "number '0\nnumber '1\noperator  ~a\nname y\nname w\n");
	/* A clock stands for nothing else. */
	mends_line("module t(input clk, rst, a, output reg y);\n"
		   "always @(posedge clk or negedge rst) ;\nassign y = a & 1; endmodule\n",
		   3,
		   "operator  ~a\nname y\noperator |\noperator ^\noperator &~\n"
		   "number 2\nnumber 0\n");
	mends_line("module t(input a);\nalways @* if (a)\n y = 1'b1; endmodule\n", 2,
		   "condition !(a)\nalways 1'b1\nnever 1'b0\noperator  ~a\n");
	/* A name for a number, and a number for a name. */
	mends_line("module t(input [7:0] d, output reg [7:0] q);\nalways @* q = 8'd0;\nendmodule\n",
		   2, "name q = d;\nnumber q = 8'd1;\nnumber q = 8'd255;\nleft out ;\n");
	mends_line("module t(input [7:0] d, output reg [7:0] q);\nalways @* q = d;\nendmodule\n", 2,
		   "number q = '0;\nnumber q = '1;\nnumber q = 8'd1;\n"
		   "operator q =  ~d;\nname q = q;\nleft out ;\n");
}

CASE(types_with_a_name_and_enums)
{
	static const char text[] =
		"package p; typedef enum logic [1:0] { IDLE, RUN = 2'd2, END } state_t;\n"
		"  typedef struct packed { logic v; } line_t; endpackage\n"
		"module t import p::*; (input line_t a, b, output line_t o);\n"
		"  state_t state;\n"
		"always @* state = RUN;\n"
		"assign o.v = a.v;\n"
		"endmodule\n";

	mends_line(text, 5, "name state = IDLE;\nname state = END;\nleft out ;\n");
	mends_line(text, 6, "name b\nname o\n");
}

CASE(other_targets_are_of_the_same_process)
{
	static const char text[] = "module t(input clk, a, b, output reg x, y, z);\n"
				   "reg v, m [0:1];\n"
				   "always @(posedge clk) begin\n"
				   "x <= 0;\n"
				   "m[a] <= 0;\n"
				   "v = 1;\n"
				   "y <= 1; end\n"
				   "always @* z = 1;\n"
				   "endmodule\n";

	assert_true(has_mend(text, "target", "y <= 0;"));
	assert_true(has_mend(text, "target", "m[b] <= 0;"));
	assert_false(has_mend(text, "target", "z <= 0;"));
	assert_false(has_mend(text, "target", "a <= 0;"));
	/* A variable has one kind of assignments, or Verilator refuses it. */
	assert_false(has_mend(text, "target", "v <= 0;"));
	assert_false(has_mend(text, "target", "x = 1;"));
}

/* They are late, so many are there. */
CASE(parts_and_conditions_that_are_missing)
{
	static const char text[] = "module t(input clk, stall, d, output reg q, input [1:0] w);\n"
				   "wire e = d; // of the input\n"
				   "always @(posedge clk)\n"
				   "if (d) q <= d;\n"
				   "endmodule\n";

	assert_true(has_mend(text, "term", "(d) && !stall"));
	assert_true(has_mend(text, "term", "(d) || e"));
	assert_true(has_mend(text, "guard", "if (stall) q <= d;"));
	assert_true(has_mend(text, "guard", "if (!e) q <= d;"));
	assert_false(has_mend(text, "term", "(d) && w"));
	assert_false(has_mend(text, "term", "(d) && clk"));
	/* A net is not made of itself. */
	assert_false(has_mend(text, "term", "(d) && e // of the input"));
}

CASE(inputs_of_instances_and_functions)
{
	static const char text[] = "module u(input a, output b); endmodule\n"
				   "module t(input x, y, output z);\n"
				   "wire w;\n"
				   "u one(.a(x), .b(z));\n"
				   "v two(.c(y), .d(w));\n"
				   "function f(input i); f = i & 1; endfunction\n"
				   "function g(input i); g = i & 1; endfunction\n"
				   "localparam P = g(1);\n"
				   "assign z = f(x) & g(x);\n"
				   "endmodule\n";

	/* Port b is an output; what d is nobody knows. */
	mends_line(text, 4, "operator  ~x\nname y\nname z\nname w\n");
	mends_line(text, 5, "operator  ~y\nname x\nname z\nname w\n");
	mends_line(text, 6,
		   "operator f = i | 1;\noperator f = i ^ 1;\n"
		   "operator f = i &~ 1;\nnumber f = i & 2;\nnumber f = i & 0;\nleft out ;\n");
	mends_line(text, 7, "");
}

/* Those that tell what a testbench notices: without a package's, and of inputs what is computed. */
CASE(inputs_and_functions_of_a_score)
{
	finds("package p; function g(input i); g = i & 1; endfunction endpackage\n"
	      "module t(input x, y, output z, v);\n"
	      "u one(.a(x), .b(z), .c(x &\n y), .d({x, y}));\n"
	      "function f(input i); f = i & h(i); endfunction\n"
	      "function h(input i); h = 1'b1; endfunction\n"
	      "assign z = f(x), v = p::g(y);\nendmodule\n",
	      "3 stuck x &\n y>1'sb0\n3 stuck x &\n y>~1'sb0\n3 operator &>|\n"
	      "5 left out f = i & h(i);>;\n5 stuck i & h(i)>1'sb0\n5 stuck i & h(i)>~1'sb0\n"
	      "5 operator &>|\n6 left out h = 1'b1;>;\n6 number 1'b1>1'd0\n"
	      "7 stuck f(x)>1'sb0\n7 stuck f(x)>~1'sb0\n"
	      "7 stuck p::g(y)>1'sb0\n7 stuck p::g(y)>~1'sb0\n");
}

/* Nothing that no tool would build. */
CASE(woven_mutants_can_be_built)
{
	/* Signs in a row; bounds upside down. */
	mends_line("module t(input [7:0] b);\nassign y = |b & ~b[7:4]; endmodule\n", 2,
		   "operator |\noperator ^\noperator  \n"
		   "number 8\nnumber 6\nnumber 14\nnumber 28\n"
		   "number 5\nnumber 3\nnumber 2\nnumber 0\n");
	mends_line("module t(input [7:0] b);\nassign y = b[2:2]; endmodule\n", 2,
		   "operator  ~b\nnumber 3\nnumber 1\n");
	/* Bounds that are not numbers, a width, an instance, a number of copies. */
	mends_line("module t(input [7:0] b);\n"
		   "assign y = {b[A-1:0], b[i +: 4], lane[1].q, {(3-A){b}}}; endmodule\n",
		   2, "operator  ~b\noperator  ~b\noperator  ~b\n");
	/* A part of it stays one. */
	mends_line("module t(input [3:0] b);\nassign y = b[1] == c; endmodule\n", 2,
		   "operator  ~b\nnumber 2\nnumber 0\noperator !=\noperator >=\noperator <=\n");
}

CASE(names_read_by_elaboration_and_testbenches_stay)
{
	finds("module m #(parameter P = 3 + 1) (input [P-1:0] a);\n"
	      "localparam L = P + 1;\nwire [L+1:0] w;\n"
	      "function f(input x); f = x + 1; endfunction\n" /* nothing calls it */
	      "function k(input x); k = x + h(1); endfunction\n"
	      "function h(input x); h = x - 1; endfunction\n"
	      "function g(input x); g = x + 1; endfunction\n"
	      "generate if (P > 2) sub #(.W(P + k(1))) u(.a(a)); endgenerate\n"
	      "assign w2 = v[g(1):0]; assign w3 = {g(2){v}};\n"
	      "initial q = 1 + 2;\n"
	      "assign s = `M + 1;\n"
	      "always @* begin $display(\"a\"); t = \"text\"; end\n"
	      "`define X assign z = 1 + 1;\n"
	      "endmodule\n",
	      "");
}

CASE(code_that_the_preprocessor_may_drop_stays)
{
	changes("`ifndef M_V // once\n`define M_V\nmodule m; assign a = b + c;\n"
		"`ifdef X // `endif\nassign d = b + c;\n`else /* `endif */\nassign d = b - "
		"c;\n`endif\n"
		"assign e = b - c; endmodule\n`endif\n",
		"3 operator +>-\n9 operator ->+\n");
	finds("`ifndef X\nmodule m; assign a = b + c; endmodule\n`endif\n", "");
	finds("`ifdef X\nmodule m; assign a = b + c; endmodule\n", "");
}

/* Files of a job, "PATH" and its text in turn; sources that begin with '<' are included. */
struct job {
	struct source v[4];
	size_t n;
};

static const char *job_text(void *ctx, size_t source, size_t *len)
{
	const struct job *j = ctx;

	*len = j->v[source].len;
	return j->v[source].text;
}

/* The places of mutants of the last source. */
static void reads(const struct job *j, const char *const *defines, const char *want)
{
	const struct sim_job job = { .sources = j->v, .n = j->n, .defines = defines };
	const char *text = j->v[j->n - 1].text;
	struct actives a;
	struct str s = STR_INIT;
	struct mutants m;
	struct active read = { 0 };

	actives_init(&a, &job, job_text, (void *)j);
	for (size_t i = 0; i < j->n; i++)
		if (!j->v[i].included) {
			active_fini(&read);
			actives_read(&a, i, &read);
		}
	mutants_find(text, strlen(text), &read, false, &m);
	for (size_t i = 0; i < m.n; i++)
		if (strcmp(m.v[i].kind, "stuck") != 0)
			str_addf(&s, "%d%.*s ", m.v[i].line, (int)m.v[i].len, text + m.v[i].off);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	mutants_fini(&m);
	active_fini(&read);
	actives_fini(&a);
}

#define SOURCE(p, t)                                       \
	{                                                  \
		.path = (p), .text = (t), .len = strlen(t) \
	}

CASE(conditional_reads_count)
{
	static const char text[] = "module m;\n`ifdef FAST\nassign a = b + c;\n`else\n"
				   "assign a = b - c;\n`endif\nassign d = b & c;\nendmodule\n";
	static const char *const fast[] = { "FAST=1", NULL }, *const bad[] = { "1", NULL };
	struct job j = { { SOURCE("m.v", text) }, 1 };

	reads(&j, NULL, "5- 7& ");
	reads(&j, fast, "3+ 7& ");
	reads(&j, bad, "7& ");

	/* A macro of a file before, and of one that is included. */
	j = (struct job){ { SOURCE("a.v", "`define FAST\n"), SOURCE("m.v", text) }, 2 };
	reads(&j, NULL, "3+ 7& ");
	j = (struct job){ { SOURCE("inc/a.vh", "`define FAST\n"),
			    SOURCE("b.v", "`include \"a.vh\"\n"), SOURCE("m.v", text) },
			  3 };
	j.v[0].included = true;
	reads(&j, NULL, "3+ 7& ");

	/* A file that is missing, or exists twice: what it defines is unknown. */
	j = (struct job){ { SOURCE("b.v", "`include \"none.vh\"\n"), SOURCE("m.v", text) }, 2 };
	reads(&j, NULL, "7& ");
	j = (struct job){ { SOURCE("x/a.vh", "`define FAST\n"), SOURCE("y/a.vh", ""),
			    SOURCE("b.v", "`include \"a.vh\"\n"), SOURCE("m.v", text) },
			  4 };
	j.v[0].included = j.v[1].included = true;
	reads(&j, NULL, "7& ");

	/* Macros predefined by tools are not known. */
	j = (struct job){ { SOURCE("m.v", "module m;\n`ifdef VERILATOR\nassign a = b + c;\n`else\n"
					  "assign a = b - c;\n`endif\nendmodule\n") },
			  1 };
	reads(&j, NULL, "");
}

static size_t lines(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void weaves(const char *text, const char *want)
{
	struct mutants m;
	struct str s = STR_INIT;
	unsigned *numbers;

	mutants_find(text, strlen(text), NULL, false, &m);
	numbers = calloc(m.n + 1, sizeof(*numbers));
	mutants_weave(text, strlen(text), &m, numbers, &s);
	assert_string_equal(str_cstr(&s), text);
	for (size_t i = 0; i < m.n; i++)
		numbers[i] = (unsigned)i + 1;
	str_clear(&s);
	mutants_weave(text, strlen(text), &m, numbers, &s);
	assert_string_equal(str_cstr(&s), want);
	assert_int_equal(lines(want), lines(text));
	free(numbers);
	str_free(&s);
	mutants_fini(&m);
}

CASE(all_of_them_in_one_text)
{
	weaves("module m; assign y = a + // one\n b; endmodule\n",
	       "module m; assign y = (posedge_variant::n - 32'd1 > 32'd2 ? (a + // one\n b) : "
	       "posedge_variant::n == 1 ? (1'sb0) : posedge_variant::n == 2 ? (~1'sb0) : "
	       "(a -   b)); endmodule\n");
	weaves("module m; always @* if (a) y = b; else y = !c; endmodule\n",
	       "module m; always @* if ((posedge_variant::n != 1 ? (a) : (!(a)))) "
	       "begin if (posedge_variant::n != 2) y = b; end else "
	       "begin if (posedge_variant::n != 3) "
	       "y = (posedge_variant::n - 32'd4 > 32'd2 ? (!c) : posedge_variant::n == 4 ? "
	       "(1'sb0) : posedge_variant::n == 5 ? (~1'sb0) : ( c)); end endmodule\n");
	weaves("module m; assign y = a +\n1; endmodule\n",
	       "module m; assign y = (posedge_variant::n - 32'd1 > 32'd3 ? (a +\n1) : "
	       "posedge_variant::n == 1 ? (1'sb0) : posedge_variant::n == 2 ? (~1'sb0) : "
	       "posedge_variant::n == 3 ? (a - 1) : (a + 2)); endmodule\n");
}

/* Any bytes: found without a crash, and all of them in the text. */
CASE(any_bytes)
{
	static const char *const words[] = { "module m;",
					     "assign",
					     "y",
					     "=",
					     "a",
					     "+",
					     "(",
					     ")",
					     "begin",
					     "end",
					     "if",
					     "else",
					     "<=",
					     ";",
					     "always @*",
					     "4'b1",
					     "\n",
					     "//x\n",
					     "`d",
					     "case",
					     "[",
					     "]",
					     "?",
					     ":",
					     "\"s\"",
					     "!",
					     "endmodule",
					     "wire",
					     "reg",
					     ",",
					     "-",
					     ".p(a)",
					     "u v(",
					     "enum {",
					     "}",
					     "typedef",
					     "always @(posedge c)",
					     "function",
					     "import p;" };
	unsigned seed = 3;

	for (int round = 0; round < 3000; round++) {
		struct str text = STR_INIT, woven = STR_INIT;
		struct mutants m;
		unsigned *numbers;

		for (int i = rand_r(&seed) % 60; i > 0; i--)
			str_addf(&text, "%s ",
				 words[(size_t)rand_r(&seed) % (sizeof(words) / sizeof(*words))]);
		mutants_find(str_cstr(&text), text.len, NULL, round % 2, &m);
		numbers = calloc(m.n + 1, sizeof(*numbers));
		for (size_t i = 0; i < m.n; i++)
			numbers[i] = (unsigned)rand_r(&seed) % 2 ? (unsigned)i + 1 : 0;
		mutants_weave(str_cstr(&text), text.len, &m, numbers, &woven);
		assert_int_equal(lines(str_cstr(&woven)), lines(str_cstr(&text)));
		free(numbers);
		mutants_fini(&m);
		str_free(&text);
		str_free(&woven);
	}
}
