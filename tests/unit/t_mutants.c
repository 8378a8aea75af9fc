#include "config.h"

#include "tests/lib/test.h"

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

static void mends(const char *text, const char *want)
{
	finds_all(text, true, want);
}

static void operators_and_numbers(void **state)
{
	finds("module m;\nassign y = a + b & 4'hf;\nendmodule\n", "2 operator +>-\n2 operator &>|\n"
								  "2 number 4'hf>4'd0\n");
	finds("module m; assign y = -a == ~b; endmodule\n", "1 operator ==>!=\n1 operator ~> \n");
	finds("module m; assign y = &a | ^b; endmodule\n", "1 operator |>&\n");
	finds("module m; assign y = a[3:0] <= {4{c}}; endmodule\n", "1 operator <=><\n");
	finds("module m; assign y = 4'b1x + '0 + 7; endmodule\n",
	      "1 operator +>-\n1 number '0>'1\n1 operator +>-\n1 number 7>8\n");
}

static void conditions_and_assignments(void **state)
{
	finds("module m;\nalways @(posedge clk)\n if (rst) q <= 0;\n else q <= #1 q;\nendmodule\n",
	      "3 condition rst>!(rst)\n3 never rst>1'b0\n3 left out q <= 0;>;\n3 number 0>1\n");
	finds("module m; always @* begin y = a; end endmodule\n", "1 left out y = a;>;\n");
}

static void what_would_undo_a_slip(void **state)
{
	/* Operands, and names of the same type: not d, which has a sign, nor m, a memory. */
	mends("module t(input a, input [3:0] b, c, input signed [3:0] d);\n"
	      "reg [3:0] m [0:1];\nassign y = b - c;\nendmodule\n",
	      "3 turned b - c>c - b \n3 operator b> ~b\n3 name b>c\n3 operator ->+\n"
	      "3 operator c> ~c\n3 name c>b\n");
	/* A net with its value; numbers, and a limit that is one off. */
	mends("module t(input [3:0] b); wire y = b == 4'd7; endmodule\n",
	      "1 operator b> ~b\n1 number b>(b + 1)\n1 number b>(b - 1)\n"
	      "1 operator ==>!=\n1 operator ==>>=\n1 operator ==><=\n"
	      "1 number 4'd7>4'd8\n1 number 4'd7>4'd6\n1 number 4'd7>4'd14\n"
	      "1 number 4'd7>4'd3\n1 number 4'd7>4'd0\n");
	mends("module t; assign y = 8'sd1; endmodule\n",
	      "1 number 8'sd1>8'sd2\n1 number 8'sd1>8'sd0\n");
	mends("module t; localparam A = 1, B = 2; reg s; always @* s = A; endmodule\n",
	      "1 left out s = A;>;\n1 name A>B\n");
	/* A part of it stays one. */
	mends("module t(input [3:0] b); assign y = b[1] == c; endmodule\n",
	      "1 operator b> ~b\n1 number 1>2\n1 number 1>0\n1 operator ==>!=\n"
	      "1 operator ==>>=\n1 operator ==><=\n");
	/* Nothing that no tool would build: signs in a row, bounds upside down, names of a function. */
	mends("module t(input [7:0] b); function g(input [7:0] r); g = r; endfunction\n"
	      "assign y = |b & ~b[7:4]; endmodule\n",
	      "2 operator &>|\n2 operator &>^\n2 operator ~> \n"
	      "2 number 7>8\n2 number 7>6\n2 number 7>14\n"
	      "2 number 4>5\n2 number 4>3\n2 number 4>8\n2 number 4>2\n2 number 4>0\n");
	/* A name of another module is none of this one. */
	mends("module u(input e); endmodule module t(input a);\nassign y = a; endmodule\n",
	      "2 operator a> ~a\n");
	/* Nor is one of a block, a type or a routine; only one of the module itself. */
	mends("module t(input a, output y); wire w;\ngenerate if (1) begin : g wire x; end\n"
	      "endgenerate always @* begin : h reg z; end\n"
	      "typedef struct packed { logic f; } p;\ntask k; reg v; v = 1; endtask\n"
	      "assign y = a; endmodule\n",
	      "6 operator a> ~a\n6 name a>y\n6 name a>w\n");
	/* A clock stands for nothing else. */
	mends("module t(input clk, rst, a, output reg y);\n"
	      "always @(posedge clk or negedge rst) ;\nassign y = a; endmodule\n",
	      "3 operator a> ~a\n3 name a>y\n");
	mends("module t(input a); always @* if (a) y = 1'b1; endmodule\n",
	      "1 condition a>!(a)\n1 always a>1'b1\n1 never a>1'b0\n1 operator a> ~a\n"
	      "1 left out y = 1'b1;>;\n1 number 1'b1>1'd0\n");
}

static void what_elaboration_and_testbenches_read_stays(void **state)
{
	finds("module m #(parameter P = 3 + 1) (input [P-1:0] a);\n"
	      "localparam L = P + 1;\nwire [L+1:0] w;\n"
	      "function f(input x); f = x + 1; endfunction\n"
	      "generate if (P > 2) sub #(.W(P + 1)) u(.a(a + 1)); endgenerate\n"
	      "initial q = 1 + 2;\n"
	      "assign s = `M + 1;\n"
	      "always @* begin $display(\"a\"); t = \"text\"; end\n"
	      "`define X assign z = 1 + 1;\n"
	      "endmodule\n",
	      "");
}

static void what_the_preprocessor_may_drop_stays(void **state)
{
	finds("`ifndef M_V // once\n`define M_V\nmodule m; assign a = b + c;\n"
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

static void what_is_read_under_a_condition_counts(void **state)
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

static void all_of_them_in_one_text(void **state)
{
	weaves("module m; assign y = a + // one\n b; endmodule\n",
	       "module m; assign y = (posedge_variant::n == 1 ? (a -   b) : (a + // one\n b)); "
	       "endmodule\n");
	weaves("module m; always @* if (a) y = b; else y = !c; endmodule\n",
	       "module m; always @* if ((posedge_variant::n == 1 ? (!(a)) : (a))) "
	       "begin if (posedge_variant::n != 2) y = b; end else "
	       "begin if (posedge_variant::n != 3) "
	       "y = (posedge_variant::n == 4 ? ( c) : (!c)); end endmodule\n");
	weaves("module m; assign y = a +\n1; endmodule\n",
	       "module m; assign y = (posedge_variant::n - 32'd1 > 32'd1 ? (a +\n1) : "
	       "posedge_variant::n == 1 ? (a - 1) : (a + 2)); endmodule\n");
}

/* Any bytes: found without a crash, and all of them in the text. */
static void any_bytes(void **state)
{
	static const char *const words[] = {
		"module m;", "assign", "y",	    "=",    "a",   "+", "(",	     ")",
		"begin",     "end",    "if",	    "else", "<=",  ";", "always @*", "4'b1",
		"\n",	     "//x\n",  "`d",	    "case", "[",   "]", "?",	     ":",
		"\"s\"",     "!",      "endmodule", "wire", "reg", ",", "-"
	};
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_and_numbers),
		cmocka_unit_test(conditions_and_assignments),
		cmocka_unit_test(what_would_undo_a_slip),
		cmocka_unit_test(what_elaboration_and_testbenches_read_stays),
		cmocka_unit_test(what_the_preprocessor_may_drop_stays),
		cmocka_unit_test(what_is_read_under_a_condition_counts),
		cmocka_unit_test(all_of_them_in_one_text),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
