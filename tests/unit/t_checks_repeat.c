/* A comparison is one check wherever it is made and however often it is reported: in a
 * checker module, in a function, in a print beside it. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "tests/lib/checks_found.h"

/* The checks of a testbench and of a module beside it, as "chk.v:2:..." */
static void finds_in_both(const char *chk, const char *tb, const char *want)
{
	struct checks *c = checks_new();
	struct str out = STR_INIT;

	checks_add(c, "chk.v", chk, strlen(chk));
	checks_add(c, "tb.v", tb, strlen(tb));
	checks_find(c, "tb");
	for (size_t i = 0; i < checks_len(c); i++) {
		const struct check_site *s = checks_at(c, i);

		if (s->kind != CHECK_REPORT && !s->repeats)
			str_addf(&out, "%s%s:%d:%s", out.len ? "; " : "", s->path, s->line,
				 s->text);
	}
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	checks_free(c);
}

#define DUT "module dut(input [3:0] a, output [3:0] y);\nassign y = ~a;\nendmodule\n"
#define REPORT \
	"initial begin #99 if (failed) $display(\"FAILED\"); else $display(\"PASSED\"); end\n"

CASE(a_module_that_checks_belongs_to_the_testbench)
{
	/* with a construct that hardware does not have */
	finds_in_both("module watch(input clk, input [3:0] a, y, output reg wrong);\n"
		      "initial wrong = 0;\nalways @(posedge clk)\nif (y !== ~a) wrong <= 1;\n"
		      "endmodule\n",
		      DUT "module tb; reg [3:0] a; wire [3:0] y; wire failed;\n"
			  "dut d(a, y);\nwatch w(clk, a, y, failed);\n" REPORT "endmodule\n",
		      "chk.v:4:y !== ~a");
	/* by its name, with ports in another order, a reset, and one net by its name */
	finds_in_both("module scoreboard(clk, reset, a, y, errors);\ninput clk, reset;\n"
		      "input [3:0] a, y;\noutput [7:0] errors;\nreg [7:0] errors;\n"
		      "always @(posedge clk)\nif (reset) errors <= 0;\n"
		      "else if (y != ~a)\nerrors <= errors + 1;\nendmodule\n",
		      DUT "module tb; reg [3:0] a; wire [3:0] y; wire [7:0] failed;\n"
			  "dut #(.W(4)) d(.a(a), .y(y));\n"
			  "scoreboard #(1) s(.errors(failed), .y(y), .a, .clk(clk), .reset(reset));"
			  "\n" REPORT "endmodule\n",
		      "chk.v:8:y != ~a");
	/* .* */
	finds_in_both("module chk(input clk, input [3:0] a, y, output logic failed = 0);\n"
		      "always @(posedge clk) if (y !== ~a) failed <= 1;\nendmodule\n",
		      DUT "module tb; reg [3:0] a; wire [3:0] y; wire failed;\n"
			  "dut d(.*);\nchk c(.*);\n" REPORT "endmodule\n",
		      "chk.v:2:y !== ~a");
}

CASE(other_modules_of_a_design_do_not)
{
	/* no comparison of a testbench, and a name of hardware */
	finds_in_both("module rx(input clk, input [3:0] a, y, output reg error);\n"
		      "always @(posedge clk) if (y != 4'hf) error <= 1;\nendmodule\n",
		      DUT "module tb; reg [3:0] a; wire [3:0] y; wire failed;\n"
			  "dut d(a, y);\nrx w(clk, a, y, failed);\n" REPORT "endmodule\n",
		      "tb.v:7:failed");
	/* its result goes to the design */
	finds_in_both("module check(input clk, input [3:0] y, output reg error);\n"
		      "always @(posedge clk) if (y != 4'hf) error <= 1;\nendmodule\n",
		      "module dut(input [3:0] a, input e, output [3:0] y);\nendmodule\n"
		      "module tb; reg [3:0] a; wire [3:0] y; wire failed;\n"
		      "dut d(a, failed, y);\ncheck w(clk, y, failed);\n" REPORT "endmodule\n",
		      "tb.v:6:failed");
	/* it does not see another instance */
	finds_in_both("module check(input clk, input [3:0] y, output reg error);\n"
		      "always @(posedge clk) if (y != 4'hf) error <= 1;\nendmodule\n",
		      "module tb; reg [3:0] a; wire failed;\n"
		      "check w(clk, a, failed);\n" REPORT "endmodule\n",
		      "tb.v:3:failed");
}

#define RUN(call, report, items)                                                             \
	DUT "module tb; reg [3:0] a; wire [3:0] y; integer i; reg go = 0; wire [7:0] k;\n"   \
	    "dut d(a, y);\n" items "\ninitial begin\nfor (i = 0; i < 16; i = i + 1) begin\n" \
	    "a = i; #1;\n" call "\nend\n" report "\n$finish; end\nendmodule\n"

CASE(a_report_reads_a_count_of_another_scope)
{
	/* by a hierarchical name, of an element, in a module that waits for nothing */
	finds_in_both(
		"module chk;\nint st [2];\ntask compare(input [3:0] g, e);\n"
		"if (g !== e) st[1] = st[1] + 1;\nendtask\nendmodule\n",
		RUN("s.compare(y, ~a);", "if (!(s.st[1] == 0)) $display(\"NOT OK\");", "chk s();"),
		"chk.v:4:g !== e");
	finds_in_both("interface chk;\nbit ok = 1;\ntask compare(input [3:0] g, e);\n"
		      "if (g !== e) begin ok = 0; $display(\"%h is wrong\", g); end\nendtask\n"
		      "endinterface\n",
		      RUN("s.compare(y, ~a);", "$display(\"%s\", s.ok ? \"PASSED\" : \"FAILED\");",
			  "chk s();"),
		      "chk.v:4:g !== e");
	/* by a port, as it is or as a copy, and in another module */
	finds_in_both("module chk(input go, input [3:0] g, e, output int bad);\n"
		      "initial bad = 0;\nalways @(posedge go)\nif (g !== e) bad = bad + 1;\n"
		      "endmodule\n",
		      RUN("go = 1; #1 go = 0;", "if (k == 0) $display(\"PASS\");",
			  "chk s(.go(go), .g(y), .e(~a), .bad(k));"),
		      "chk.v:4:g !== e");
	finds_in_both("module chk(input go, input [3:0] g, e, output reg [7:0] total);\n"
		      "int bad = 0;\nalways @(posedge go) begin\nif (g !== e) bad = bad + 1;\n"
		      "total = bad;\nend\nendmodule\n"
		      "module told(input end_of, input [7:0] sum);\nalways @(posedge end_of)\n"
		      "if (sum == 0) $display(\"PASS\"); else $display(\"%0d errors\", sum);\n"
		      "endmodule\n",
		      RUN("go = 1; #1 go = 0;", "", "chk s(go, y, ~a, k);\ntold t(go, k);"),
		      "chk.v:4:g !== e");
	/* by way of a variable that holds the word */
	finds_in_both("package chk;\nint bad = 0;\ntask compare(input [3:0] g, e);\n"
		      "if (g !== e) bad = bad + 1;\nendtask\nendpackage\n",
		      RUN("chk::compare(y, ~a);",
			  "word = (chk::bad == 0) ? \"PASSED\" : \"FAILED\";\n"
			  "$display(\"Result: %s\", word);",
			  "string word;"),
		      "chk.v:4:g !== e");
	/* what the design counts is no report */
	finds_in_both(
		"module dma(input [3:0] a, output reg [7:0] total);\n"
		"always @(a) total = total + 1;\nendmodule\n",
		RUN("", "if (k == 0) $display(\"PASS\"); else $display(\"FAIL\");", "dma s(a, k);"),
		"tb.v:12:k == 0");
}

CASE(any_form_of_a_comparison_needs_no_words)
{
#define SAME "function same(input [3:0] p, r); same = p === r; endfunction\n"
#define TELL "$display(\"%0t %h\", $time, y);"

	finds_in_both("", RUN("if (!same(y, ~a)) " TELL, "", SAME), "tb.v:11:!same(y, ~a)");
	finds_in_both("", RUN("case (y === ~a) 1'b1: ; default: " TELL " endcase", "", ""),
		      "tb.v:10:y === ~a");
	finds_in_both("", RUN("case (y !== ~a) 1: " TELL " endcase", "", ""), "tb.v:10:y !== ~a");
	finds_in_both("",
		      RUN("case (same(y, ~a)) 1: ; 0: fail = 1; endcase",
			  "case (!fail) 1: $display(\"all match\"); default: $display(\"FAIL\"); "
			  "endcase",
			  "reg fail = 0;" SAME),
		      "tb.v:11:same(y, ~a)");
	/* but one with a constant does */
	finds_in_both("", RUN("if (!same(y, 3)) " TELL, "", SAME), "");
}

CASE(a_model_that_always_changes_counts_no_failures)
{
	finds_in_both("",
		      RUN("m = a[0] ? m + 1 : m - 1;\n"
			  "if (!same(y, m)) $display(\"FAILED - y: %0d != %h\", y, m);",
			  "", "reg [3:0] m = 0;" SAME),
		      "tb.v:12:!same(y, m)");
}

CASE(a_function_that_compares_is_the_check)
{
	finds("int n;\nfunction int differs(input [3:0] g, w);\nif (g != w) begin\n"
	      "$display(\"got %0d, want %0d\", g, w); return 1; end\nreturn 0;\nendfunction\n"
	      "initial begin\nn += differs(q, 3);\nn += differs(q, 4);\n"
	      "$display(\"%0d errors\", n); end",
	      "4:g != w");
	finds("int n;\nfunction bit same(input [3:0] g, w);\nif (g !== w) begin\n"
	      "$display(\"MISMATCH %h %h\", g, w); return 0; end\nreturn 1;\nendfunction\n"
	      "initial begin\nif (!same(q, 3)) n++;\n$display(\"%0d errors\", n); end",
	      "4:g !== w");
	/* a function that only returns a value is called by the check */
	finds("int n;\nfunction bit same(input [3:0] g, w);\nreturn g === w;\nendfunction\n"
	      "initial begin\nif (!same(q, 3)) n++;\n$display(\"%0d errors\", n); end",
	      "7:!same(q, 3)");
	/* also one of a name that tells, in an interface */
	finds("endmodule interface bus_if; wire [3:0] q;\n"
	      "function bit good(); return q == 3; endfunction endinterface\nmodule tb2; bus_if "
	      "b();\n"
	      "int nbad; initial begin #1\nif (!b.good()) begin nbad++; $warning(\"off\"); end\n"
	      "if (nbad == 0) $display(\"clean\"); else $display(\"off\"); end",
	      "6:!b.good()");
	/* a comparison with a function's result is a check of its own */
	finds("int n;\nfunction int model(input [3:0] g);\nif (g === 4'bx) $error(\"x\");\n"
	      "return g + 1;\nendfunction\n"
	      "initial begin\nif (q !== model(a)) n++;\n$display(\"%0d errors\", n); end",
	      "4:g === 4'bx; 8:q !== model(a)");
}

CASE(a_print_beside_the_check_tells_the_same)
{
	finds("integer n = 0;\ninitial begin\n$display(\"%s\", q === w ? \"ok\" : \"BAD\");\n"
	      "$display(\"--\");\nif (q !== w) n = n + 1;\n$display(\"%0d errors\", n); end",
	      "6:q !== w");
	/* not if time passes, and not for other operands */
	finds("integer n = 0;\ninitial begin\n$display(\"%s\", q === w ? \"ok\" : \"BAD\");\n"
	      "#5;\nif (q !== w) n = n + 1;\n$display(\"%0d errors\", n); end",
	      "4:q === w; 6:q !== w");
	finds("integer n = 0;\ninitial begin\n$display(\"%s\", q === v ? \"ok\" : \"BAD\");\n"
	      "if (q !== w) n = n + 1;\n$display(\"%0d errors\", n); end",
	      "4:q === v; 5:q !== w");
}

CASE(a_task_may_be_given_the_comparison)
{
	finds("task result(input [63:0] name, input good);\n"
	      "$display(\"%s: %s\", name, good ? \"pass\" : \"FAIL\");\nendtask\n"
	      "initial result(\"q\", q === 3);",
	      "3:good");
	finds("task result; input good; begin\n$display(\"%s\", !good ? \"FAIL\" : \"pass\");\n"
	      "end endtask\ninitial result(q === 3);",
	      "3:!good");
	/* a variable of the testbench may be its report */
	finds("wire good = n == 0;\ninitial $display(\"%s\", good ? \"pass\" : \"FAIL\");", "");
	finds("task result; output good; begin\n$display(\"%s\", good ? \"pass\" : \"FAIL\");\n"
	      "end endtask",
	      "");
}

CASE(messages_and_places_are_kept_for_later)
{
	finds("string msgs[$];\ninitial begin\nif (q != ~a) msgs.push_back($sformatf(\"q=%0d\", "
	      "q));\nif (msgs.size() == 0) $display(\"clean\"); else foreach (msgs[i]) "
	      "$display(\"%s\", msgs[i]);\nend",
	      "4:q != ~a");
	finds("integer i, first_bad = -1;\ninitial begin for (i = 0; i < 8; i = i + 1)\n"
	      "if (q !== ~a && first_bad < 0) first_bad = i;\n"
	      "if (first_bad >= 0) $display(\"wrong for %0d\", first_bad);\nend",
	      "4:q !== ~a && first_bad < 0");
	finds("time at = 0;\ninitial begin\nif (q !== w) at = $time;\nend", "4:q !== w");
	/* a value of the design is no place */
	finds("initial begin\nif (q !== w) seen = q;\nend", "");
}

CASE(one_good_word_tells_the_other_side)
{
	finds("initial if (t2 - t1 != 40) $display(\"period is %0d\", t2 - t1); else "
	      "$display(\"period ok\");",
	      "2:t2 - t1 != 40");
	finds("initial if (t2 - t1 != 40) $display(\"period is %0d\", t2 - t1); else "
	      "$display(\"period 40\");",
	      "");
}

CASE(a_failure_may_be_a_bit)
{
	finds("integer rc = 0;\ninitial begin\nif (q !== w) rc = rc | 4;\n"
	      "if (y !== w) rc |= 2;\n"
	      "if (rc != 0) $display(\"FAILED %0d\", rc); else $display(\"PASSED\");\nend",
	      "4:q !== w; 5:y !== w");
	/* a flag that stores a comparison is not one */
	finds("reg bad = 0;\ninitial begin\nbad = bad | (q !== w);\n"
	      "if (bad) $display(\"FAILED\"); else $display(\"PASSED\");\nend",
	      "4:bad | (q !== w)");
}

/* Counts from both copies of a call that is evaluated once. */
CASE(what_a_function_adds_is_a_failure)
{
	const char *text = "module tb; integer errors = 0;\nfunction integer f(input x); begin "
			   "calls = calls + 1; f = x !== 1; end endfunction\n"
			   "initial begin errors = errors + f(q); #1; end\nendmodule\n",
		   *pure = "module tb; integer errors = 0;\nfunction integer f(input x); begin "
			   "f = x !== 1; end endfunction\n"
			   "initial begin errors = errors + f(q); #1; end\nendmodule\n";

	instrumented(text, CHECKS_ICARUS,
		     "module tb; integer errors = 0;\nfunction integer f(input x); begin "
		     "calls = calls + 1; f = x !== 1; end endfunction\n"
		     "initial begin begin posedge_checks.m0 = posedge_checks.m0 + 1; "
		     "posedge_checks.k0 = errors ; errors = errors + f(q); if ((errors ) !== "
		     "posedge_checks.k0) begin posedge_checks.failed0; end end #1; "
		     "end\nendmodule\n");
	instrumented(text, CHECKS_VERILATOR,
		     "module tb; integer errors = 0;\nfunction integer f(input x); begin "
		     "calls = calls + 1; f = x !== 1; end endfunction\n"
		     "initial begin begin $c(\"posedge_checks_made(0);\"); "
		     "$c(\"posedge_checks_keep(0,\", errors , \");\"); errors = errors + f(q); "
		     "$c(\"posedge_checks_changed(0,\", errors , \");\"); end #1; "
		     "end\nendmodule\n");
	instrumented(pure, CHECKS_VERILATOR,
		     "module tb; integer errors = 0;\nfunction integer f(input x); begin "
		     "f = x !== 1; end endfunction\n"
		     "initial begin begin $c(\"posedge_checks_made(0);\"); if ((f ( q ) ) !== 0) "
		     "begin $c(\"posedge_checks_failed(0);\"); end errors = errors + f(q); end "
		     "#1; end\nendmodule\n");
}
