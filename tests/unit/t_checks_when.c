/* Conditions that only select the time of an action and so compare nothing. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>

#include "session/base/str.h"
#include "tests/lib/checks_found.h"

#define DUT    "wire [3:0] q; wire done; reg clk = 0; dut u(clk, q, done); always #5 clk = ~clk;\n"
#define CHECK  "always @(negedge clk) if (q !== 4'd3) $display(\"ERROR: q\");\n"
#define FOUND  "4:q !== 4'd3"
#define SAYS_3 "integer n = 0; always @(posedge clk) n <= n + 1;\n"

CASE(a_cycle_number_or_a_phase_is_no_check)
{
	finds(DUT SAYS_3 CHECK
	      "always @(posedge clk) if (n == 30) $display(\"ERROR: is injected now\");",
	      FOUND);
	finds(DUT SAYS_3 CHECK
	      "reg go = 0; integer errors = 0; wire last = n == 30;\n"
	      "always @(posedge clk) begin go = last;\n"
	      "if (go) begin $display(\"ERROR cases\"); errors = errors + 1; end end",
	      FOUND);
	finds(DUT "integer i;\n" CHECK "initial for (i = 0; i < 9; i = i + 1) begin #10\n"
		  "$display(\"%s\", i == 8 ? \"FAIL follows\" : \"normal\");\n"
		  "case (i) 3: $display(\"ERROR: 3\"); default: ; endcase end",
	      FOUND);
	finds(DUT "\n" CHECK
		  "initial for (logic [3:0] i = 0; i < 9; i++) if (i == 8) $display(\"ERROR: 8\");",
	      FOUND);
	finds(DUT "task step; begin @(posedge clk); end endtask\n" CHECK
		  "integer k = 0; initial begin step; k = 1; step; k = 2;\n"
		  "if (k == 2) $display(\"ERROR: phase 2\"); end",
	      FOUND);
}

CASE(a_first_value_at_an_input_is_the_testbench_s_own)
{
#define TWO(PORTS)                                                                          \
	"reg [3:0] a = 1, b = 1; wire [3:0] q; d u(" PORTS ");\n"                           \
	"initial #9 if (a !== b) $display(\"FAIL\"); else $display(\"PASS\");\nendmodule\n" \
	"module d(input [3:0] a, output [3:0] q); assign q = a;"
	finds(TWO("a, q"), "");
	finds(TWO(".a(a), .q(q)"), "");
	finds(TWO(".*"), "");
	/* but the design drives these */
	finds(TWO(".a(b), .q(a)"), "3:a !== b");
	finds(TWO(".a(b), .q(a[3:0])"), "3:a !== b");
#undef TWO
}

CASE(what_the_design_reaches_is_compared)
{
	static const char *const reached[] = {
		"initial begin wait (done); n = 1; end",
		"initial begin if (done) @(posedge clk); n = 1; end",
		"initial while (!done) n = n + 1;",
		"initial while (n < 9) begin if (done) disable all; n = n + 1; end",
		"always @(posedge done) n = n + 1;",
		"always @(posedge clk) if (done) n <= 2; else n <= 1;",
		"always @(posedge clk) n <= q;",
		"always @(posedge clk) n <= u.state;",
		"always @(posedge clk) n <= last(1);",
		"initial begin get(n); end",
		"initial begin until_done; n = 1; end task until_done; wait (done); endtask",
		"initial begin $fscanf(f, \"%d\", n); end",
		"initial begin `GET(n) end",
		"task get; begin n = 1; end endtask",
		"initial {n, a} = q;",
		"initial n.part = q;",
		"always @(posedge clk) begin m = n; n = m + l; l = q; end",
		/* names in Verilog */
		"wire logic; dut v(logic); always @(posedge clk) if (logic) n = 1;",
		"always @(posedge clk) n = m < 4 ? 1 : 'bz;",
		"function get(output int d); d = q; endfunction always @(posedge clk) a = get(n);",
		"always @(posedge clk) a = box.try_get(n);",
		"wire [1:0] bit; dut v(bit); always @(posedge clk) if (bit[0] !== 1) n = 1;",
	};

	for (size_t i = 0; i < sizeof(reached) / sizeof(*reached); i++) {
		char *text =
			str_fmt(DUT "integer n, m = 0, l = 0; integer a = 1, b = 1;\n%s\n"
				    "always @(posedge clk) if (n == 2) $display(\"ERROR: n\");",
				reached[i]);

		finds(text, "5:n == 2");
		free(text);
	}
}

#define VARS "integer f, k; reg show = 0; reg [3:0] want; reg [9:0] mem [0:7];\n"

/* A file supplies a stimulus, an expected value, or the time to print. */
CASE(what_a_file_says_is_no_check)
{
	static const char *const from_file[] = {
		"f = $fopen(\"v.txt\", \"r\"); k = $fscanf(f, \"%b %h\", show, want);",
		"f = $fopen(\"v.txt\", \"r\"); while ($fscanf(f, \"%b %h\", show, want) == 2) #10;",
		"f = $fopen(\"v.txt\", \"r\"); while (!$feof(f)) begin k = $fgetc(f); #10 show = k "
		"== "
		"65; end",
		"$readmemh(\"v.hex\", mem); for (k = 0; k < 8; k = k + 1) begin {show, want} = "
		"mem[k]; "
		"#10; end",
		("$readmemh(\"v.hex\", mem); for (k = 0; k < 8; k = k + 1) #10 if (mem[k] > 5) "
		 "show = 1;"),
		"k = $value$plusargs(\"show=%d\", show);",
	};

	for (size_t i = 0; i < sizeof(from_file) / sizeof(*from_file); i++) {
		char *text =
			str_fmt(DUT VARS CHECK "initial begin\n%s\nif (show) $display(\"errors "
					       "of the table:\"); end",
				from_file[i]);
		char *got = sites(text, false);

		assert_string_equal(got, "4:q !== 4'd3");
		free(got);
		free(text);
	}
	/* a file written by the run holds the design's outputs */
	finds(DUT VARS "initial begin f = $fopen(\"o.txt\", \"w\"); #90 $fwrite(f, \"%d\", q); "
		       "$fclose(f);\n"
		       "f = $fopen(\"o.txt\", \"r\"); k = $fscanf(f, \"%d\", want);\n"
		       "if (want != 3) $display(\"ERROR: q was %d\", want); end",
	      "6:want != 3");
}

/* Where an instance drives something, an expression of stimuli is not the design. */
CASE(what_a_model_computes_is_no_check)
{
	finds("reg [3:0] a = 0, b = 1; wire [3:0] q; reg many; integer n = 0;\n"
	      "sum u (.a(a), .b(b), .q(q));\n"
	      "initial repeat (9) begin a = a * 3 + b; many = (a ^ b) & 1;\n"
	      "if (many) $display(\"error cases follow\");\n"
	      "if (q !== a + b) $display(\"ERROR\"); end",
	      "6:q !== a + b");
}

/* The other choices ask, too. */
CASE(the_default_of_a_case_asks_what_the_others_ask)
{
	finds(DUT
	      "integer n = 0;\ninitial begin #9\ncase (1'b1) (q === 4'd3): ; default: n = n + 1; "
	      "endcase\nif (n) $display(\"%0d errors\", n); end",
	      "5:1'b1");
}

/* An output's initial value is not its later value. */
CASE(an_output_is_the_designs)
{
	finds("logic clk = 0; logic [3:0] q = 0; dut u(clk, q); always #5 clk = ~clk;\n"
	      "always @(posedge clk) if (q == 2) $display(\"ERROR: q\");",
	      "3:q == 2");
}

/* What ends the run, or times out, may depend on everything that did not end it. */
CASE(what_ends_the_run_stays)
{
	finds(DUT SAYS_3
	      "always @(posedge clk) if (n == 30) begin $display(\"ERROR: n\"); $finish; end",
	      "4:n == 30");
	finds(DUT SAYS_3 "final if (n != 30) $display(\"ERROR: ended early\");", "4:n != 30");
	guards(DUT SAYS_3 "always @(posedge clk) if ($time > 30) $display(\"ERROR: timeout\");",
	       "4:guard $time > 30");
}

/* Two stimuli may be compared, even exactly, to choose what is done. */
CASE(stimuli_that_choose_an_action_are_no_check)
{
	static const char of[] =
		DUT "reg [3:0] a, b; integer i, m = 0, same = 0, diff = 0; user v(a, b);\n" CHECK
		    "initial begin for (i = 0; i < 9; i = i + 1) begin #10 a = i; "
		    "b = 9 - a;\n%s\nend end";
	static const struct {
		const char *action, *found;
	} cases[] = {
		{ "if (a !== b) m = 1; else m = 2;", "4:q !== 4'd3" },
		{ "case (a === b) 1'b1: same = same + 1; default: diff = diff + 1; endcase",
		  "4:q !== 4'd3" },
		{ "case (a === b) 1'b0: diff = diff + 1; default: same = same + 1; endcase",
		  "4:q !== 4'd3" },
		{ "if (q !== b) m = 1; else m = 2;", "4:q !== 4'd3; 6:q !== b" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = str_fmt(of, cases[i].action);

		finds(text, cases[i].found);
		free(text);
	}
}

/* Whatever the design does, none of these tells: it is not asked. */
CASE(values_of_the_testbench_are_no_check_of_the_design)
{
	static const char *const own[] = {
		"reg [7:0] m [0:7]; integer i; initial begin for (i = 0; i < 8; i = i + 1) m[i] = "
		"i;\n"
		"for (i = 0; i < 8; i = i + 1) #10 if (m[i] !== i) $display(\"ERROR\"); end",
		"initial #20 if (clk !== 0 && clk !== 1) $error(\"clk\");",
		"function [3:0] model(input [3:0] x); model = x + 1; endfunction\n"
		"initial #20 if (model(3) !== 4) $display(\"ERROR\");",
		"reg [3:0] a, b; initial begin #20 a = 3; b = a;\n"
		"#1 if (a !== b) $display(\"FAIL\"); else $display(\"PASS\"); end",
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
		char *text = str_fmt(DUT "%s\n", own[i]);

		finds(text, "");
		free(text);
	}
	finds(DUT "reg [3:0] a, b; initial begin #20 a = q; b = 3;\n"
		  "#1 if (a !== b) $display(\"FAIL\"); else $display(\"PASS\"); end",
	      "4:a !== b");
}

CASE(without_an_instance_anything_may_be_the_design)
{
	finds("reg clk = 0; integer n, a = 1, b = 1; always @* n = a & b;\n\n"
	      "always @(posedge clk) if (n == 2) $display(\"ERROR: n\");",
	      "4:n == 2");
	finds("reg clk = 0; always #5 clk = ~clk;\n" SAYS_3
	      "always @(posedge clk) if (n == 2) $display(\"ERROR: n\");",
	      "4:n == 2");
}

/* A change is news, unless a word says that it is wrong. */
CASE(a_change_that_is_told_is_no_check)
{
	finds(DUT "reg [3:0] old;\n" CHECK
		  "always @(posedge clk) begin if (q != old) $display(\"changed\");\n"
		  "else $display(\"stable, ok\"); if (q == old) $display(\"q ok\");\n"
		  "$display(\"q %s\", q == old ? \"ok\" : \"is new\"); old = q; end",
	      FOUND);
	finds(DUT "reg [3:0] old;\nalways @(posedge clk) begin\n"
		  "if (q != old) $display(\"FAIL: q moved\");\n"
		  "if (q == old) $display(\"PASS\"); else $display(\"q is new\");\n"
		  "if (q == old) $display(\"q ok\"); else $display(\"q wrong\"); old = q; end",
	      "5:q != old; 6:q == old; 7:q == old");
}

/* Without a word that tells: the design has a part in one side only. */
CASE(what_the_design_has_no_part_in_is_expected)
{
	static const char *const of =
		DUT "reg [3:0] e, d, QX = 0; integer n = 0; reg eq;\n"
		    "wire [3:0] half = QX >> 1;\n"
		    "function [3:0] twice(input [3:0] v); twice = v << 1; "
		    "endfunction\n"
		    "function [3:0] gap(input [3:0] v, w); gap = v - w; "
		    "endfunction\n"
		    "function same(input [3:0] v, w); if (v == w) return 1; "
		    "return 0; endfunction\n"
		    "always @(posedge clk) begin QX = QX + 3; e <= e + 1; end\n"
		    "always @(negedge clk) begin\n%s end";
	static const char *const checks[][2] = {
		{ "if (q == e) $display(\"(:\"); else $display(\"):\");", "10:q == e" },
		{ "if (q != e + 1) $display(\"zonk\");", "10:q != e + 1" },
		{ "if (q != half) $display(\"zonk\");", "10:q != half" },
		{ "if (twice(QX) != q) $display(\"zonk\");", "10:twice(QX) != q" },
		{ "if ((q - e) != 0) $display(\"zonk\");", "10:(q - e) != 0" },
		{ "if (q - e) $display(\"zonk\");", "10:q - e" },
		{ "if ({1'b0, q} - e !== 0) $display(\"zonk\");", "10:{1'b0, q} - e !== 0" },
		{ "if (gap(q, e) != 0) $display(\"zonk\");", "10:gap(q, e) != 0" },
		{ "if (|gap(q, e)) $display(\"zonk\");", "10:|gap(q, e)" },
		{ "d = q - e; if (d) $display(\"zonk\");", "10:d" },
		{ "if (!same(q, e)) $display(\"zonk\");", "10:!same(q, e)" },
		{ "n += same(q, e); $display(\"%0d of 9 good\", n);", "10:same(q, e)" },
		{ "$display(\"%s\", q == e ? \"yes\" : \"no\");", "10:q == e" },
		/* both are the design's, both are the testbench's, or one is a constant */
		{ "if (q == done) $display(\"(:\"); else $display(\"):\");", "" },
		{ "if (gap(q, done) != 0) $display(\"zonk\");", "" },
		{ "if (same(QX, e)) n = 1; else n = 2;", "" },
		{ "if (gap(QX, e) > 3) $display(\"ERROR: is injected now\");", "" },
		{ "d = 5; if (q == d) $display(\"LED on\"); else $display(\"LED off\");", "" },
		{ "if (q == 5) $display(\"(:\"); else $display(\"):\");", "" },
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		char *text = str_fmt(of, checks[i][0]), *got = sites(text, false);

		if (strcmp(got, checks[i][1]) != 0)
			fail_msg("%s: %s", checks[i][0], got);
		free(got);
		free(text);
	}
}
