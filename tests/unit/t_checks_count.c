/* Checks recognised by a counter or flag that they change, and what these counters
 * tell after a run. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "tests/lib/checks_found.h"

CASE(raising_an_error_count_is_a_check)
{
	finds("integer errors = 0;\ninitial begin if (q !== 1) errors = errors + 1; end",
	      "3:q !== 1");
	finds("int nerr;\ninitial if (bad_bit) nerr++;", "3:bad_bit");
	finds("int err;\ninitial begin err = (q == 1) ? err : err + 1;\nerr += q !== 1;\nerr = err "
	      "+ (q != 2); end",
	      "3:(q == 1) ? err : err + 1; 4:q !== 1; 5:err + (q != 2)");
}

CASE(a_count_is_known_by_what_is_done_with_it)
{
	finds("integer n = 0;\ninitial begin\nif (q !== 1) n = n + 1;\n"
	      "if (n == 0) $display(\"All tests passed!\"); else $display(\"%0d tests failed\", "
	      "n);\nend",
	      "4:q !== 1");
	finds("integer n = 0;\ninitial begin\nif (q !== 1) n = n + 1;\n$display(\"%0d errors\", "
	      "n); end",
	      "4:q !== 1");
	finds("integer n = 0;\ninitial begin\nif (q !== 1) n = n + 1;\n$display(\"%s\", n ? "
	      "\"FAIL\" : \"PASS\"); end",
	      "4:q !== 1");
	/* words of an unknown language: only ifs raise it, and it selects them */
	finds("integer n = 0;\ninitial begin\nif (q !== 1) n = n + 1;\n"
	      "if (n == 0) $display(\"\xe9\x80\x9a\xe8\xbf\x87\"); else "
	      "$display(\"\xe9\x94\x99\xe8\xaf\xaf %0d\", n);\nend",
	      "4:q !== 1");
	/* counters of something other than errors */
	finds("reg [3:0] q = 0;\nalways @(posedge clk) q <= q + 1;\n"
	      "always @(negedge clk) if (q === 15) $error(\"early\");",
	      "4:q === 15");
	finds("integer n = 0;\ninitial begin\nif (valid) n = n + 1;\n$display(\"%0d words\", n); "
	      "end",
	      "");
	finds("integer i;\ninitial for (i = 0; i < 4; i = i + 1) begin if (i == 2) a = 1; end", "");
	finds("integer caught = 0, errors = 0;\ninitial begin if (q !== 1) caught = caught + 1;\n"
	      "if (caught == 0) $display(\"Error: never seen\");\nelse if (errors) $display(\"%0d "
	      "errors\", errors); else $display(\"PASS\"); end",
	      "4:caught == 0");
	finds("integer write_pointer = 0;\ninitial begin if (push) write_pointer = write_pointer + "
	      "1; "
	      "end",
	      "");
	/* words of failure behind one that would count successes, or nothing */
	finds("integer passthrufails = 0;\ninitial begin if (q == a) passthrufails = "
	      "passthrufails + 1; end",
	      "3:q == a");
	finds("integer pointerr = 0;\ninitial begin if (q == a) pointerr = pointerr + 1; end",
	      "3:q == a");
}

CASE(a_count_may_be_of_a_class)
{
	/* 0 is good: the copy fails where the count does not stay */
	instrumented("module tb; initial begin\n"
		     "Cnt::n = (y !== w) ? Cnt::n + 1 : Cnt::n;\n"
		     "if (!(!Cnt::n)) $display(\"FAIL\"); end endmodule\n",
		     CHECKS_VERILATOR,
		     "module tb; initial begin\n"
		     "begin $c(\"posedge_checks_made(0);\"); "
		     "$c(\"posedge_checks_keep(0,\", Cnt :: n , \");\"); "
		     "Cnt::n = (y !== w) ? Cnt::n + 1 : Cnt::n; "
		     "$c(\"posedge_checks_changed(0,\", Cnt :: n , \");\"); end\n"
		     "begin $c(\"posedge_checks_made(1);\"); if (!(!Cnt::n)) begin "
		     "$c(\"posedge_checks_failed(1);\"); $display(\"FAIL\"); end end end "
		     "endmodule\n");
}

CASE(fail_flags_are_known_by_the_report)
{
	finds("reg ok = 1;\ninitial begin\nif (q !== 1) ok = 0;\nif (ok) $display(\"PASS\"); else "
	      "$display(\"FAIL\");\nend",
	      "4:q !== 1");
	finds("reg flag;\ninitial begin\nflag = 0;\nif (q !== 1) flag = 1;\n"
	      "if (flag) $display(\"FAILURE\"); else $display(\"SUCCESS\");\nend",
	      "5:q !== 1");
	finds("reg ok = 1;\ninitial begin\nok = ok && q === 1;\nif (ok) $display(\"PASS\"); else "
	      "$display(\"FAIL\");\nend",
	      "4:ok && q === 1");
	/* a variable compared with 12 is not a flag */
	finds("int n;\ninitial begin n = 0; #1 n = q;\nif (n != 12) $error(\"n\"); end",
	      "4:n != 12");
	finds("reg clk = 0; always #1 clk = ~clk;\nalways @(posedge clk) if (clk === 1'bx) "
	      "$error(\"x\");",
	      "3:clk === 1'bx");
	/* a stimulus with the name of a flag */
	finds("reg pass_request;\ninitial begin pass_request = 0; if (go == 1) pass_request = 0; "
	      "end",
	      "");
}

/* rst, go and state select when the design is compared; setting them at a time is not a
 * failure. */
CASE(a_flag_that_says_when_is_no_fail_flag)
{
	static const char *const asked[] = { "!rst && q !== want", "(q !== want) && !rst",
					     "~rst & (q != want)", "rst == 0 && q !== 5",
					     "rst === 1'b0 && q !== want" };

	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		char *text =
			str_fmt("reg rst = 1; int t = 0;\nalways @(posedge clk) begin t <= t + 1;\n"
				"if (t == 4) rst <= 0;\nif (%s) $display(\"ERROR\");\nend",
				asked[i]);
		char *found = str_fmt("5:%s", asked[i]);

		finds(text, found);
		free(found);
		free(text);
	}
	finds("reg go = 0; int t = 0;\nalways @(posedge clk) begin t <= t + 1;\n"
	      "if (t > 5) go = 1;\nif (go && q !== want) $error(\"q\");\nend",
	      "5:go && q !== want");
	finds("reg [1:0] state = 0; int t = 0;\nalways @(posedge clk) begin t <= t + 1;\n"
	      "if (t == 6) state = 1;\nif (state == 1 && q != want) $display(\"ERROR: %d\", "
	      "q);\nend",
	      "5:state == 1 && q != want");
	finds("reg first = 1;\nalways @(posedge clk) begin\nif (!first && q !== want) "
	      "$display(\"wrong q\");\nif (!rst) first = 0;\nend",
	      "4:!first && q !== want");
	/* A stimulus is recognised by its connection, inverted or not. */
	finds("reg rst = 1, ok = 1; int t = 0; acc dut(.rst(rst));\nalways @(posedge clk) begin\n"
	      "t++;\nif (t == 4) rst = 0;\nok = q === want;\nif (!rst && !ok) $display(\"FAIL\");\n"
	      "end",
	      "6:q === want; 7:!rst && !ok");
	/* The print itself selects between its good and bad words. */
	finds("reg rst = 1;\nalways @(posedge clk)\nif (!rst) $display(\"%s\", q === want ? \"ok\" "
	      ": "
	      "\"ERROR\");",
	      "4:q === want");
}

/* "if (t == 30)" selects the time of the report. */
CASE(the_time_of_a_report_is_no_check)
{
	finds("reg ok = 1; int t = 0;\nalways @(posedge clk) begin t <= t + 1;\n"
	      "if (q !== want) ok = 0;\nif (t == 30) begin if (!ok) $display(\"FAILED\"); $finish; "
	      "end\n"
	      "end",
	      "4:q !== want");
	/* A flag that is shown on a lamp is still one. */
	finds("reg bad = 0; lamp l(.on(bad));\nalways @(posedge clk) begin\n"
	      "if (q !== want) bad = 1;\n"
	      "if (done) begin if (bad) $display(\"FAILED\"); else $display(\"PASSED\"); end\nend",
	      "4:q !== want");
}

/* A comparison is one check, however many statements its result passes through. */
CASE(a_result_that_is_asked_for_is_counted_once)
{
	finds("integer bad = 0;\nfunction ok(input g, input e); ok = g === e; endfunction\n"
	      "initial if (!ok(q, want)) bad = bad + 1;",
	      "4:!ok(q, want)");
	finds("integer bad = 0; reg good;\n"
	      "task look(input g, input e, output ok); ok = g === e; endtask\n"
	      "initial begin look(q, want, good);\nif (!good) bad = bad + 1; end",
	      "5:!good");
	finds("integer bad = 0;\ntask log(input [8*5:1] sev); if (sev == \"ERROR\") bad = bad + 1; "
	      "endtask\n"
	      "initial begin if (q !== want) log(\"ERROR\"); $display(\"%0d errors\", bad); end",
	      "4:q !== want");
	/* nothing else asks for it */
	finds("reg ok = 1;\ntask look(input g, input e); ok = ok & (g === e); endtask\n"
	      "initial begin look(q, want); if (ok) $display(\"PASS\"); else $display(\"FAIL\"); "
	      "end",
	      "3:ok & (g === e)");
}

/* A variable changed only by failed checks reports them. */
CASE(a_question_after_failed_checks_is_a_report)
{
	finds("typedef enum {OK, WRONG} st_t; st_t st = OK;\ninitial begin\n"
	      "if (q !== want) st = WRONG;\n"
	      "if (st != OK) $display(\"FAILED: %0d\", st); end",
	      "4:q !== want");
	finds("int errs[$];\ninitial begin\nif (q !== want) errs.push_back(q);\n"
	      "if (errs.size() == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "4:q !== want");
	finds("event bad; int n = 0; always @(bad) n = n + 1;\ninitial begin\n"
	      "if (q !== want) -> bad;\n"
	      "#1 if (n == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "4:q !== want");
	/* the design changes it as well */
	finds("int errs[$]; always @(posedge irq) errs.push_back(1);\ninitial begin\n"
	      "if (q !== want) errs.push_back(q);\n"
	      "if (errs.size() != 0) $display(\"FAIL\"); end",
	      "4:q !== want; 5:errs.size() != 0");
}

CASE(the_report_is_no_check)
{
	finds("int errors = 0;\ninitial begin if (errors == 0) $display(\"PASS\"); else "
	      "$display(\"FAIL\"); end",
	      "");
	finds("int errors = 0, n = 0;\ninitial begin n = n + 1; if (q !== 1) errors++;\n"
	      "if (errors == 0 && n == 3) $display(\"Your Design Passed\"); else "
	      "$display(\"===Error===\"); end",
	      "3:q !== 1");
}

CASE(a_count_may_go_down)
{
	finds("integer score = 100;\ninitial begin if (q !== 1) score = score - 5; "
	      "$display(\"Score %0d\", score); end",
	      "3:q !== 1");
	finds("integer left = 3;\ninitial begin if (q === 1) left--;\n"
	      "if (left == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "3:q === 1");
}

CASE(a_case_may_be_the_report)
{
	finds("integer st = 0;\ninitial begin if (q !== 1) st = 2;\n"
	      "case (st) 0: $display(\"PASS\"); default: $display(\"FAIL\"); endcase end",
	      "3:q !== 1");
}

CASE(what_is_told_of_a_count_tells_its_kind)
{
	finds("integer n = 0;\ninitial begin if (q !== 1) n = n + 1; $display(\"violations: %0d\", "
	      "n); end",
	      "3:q !== 1");
	finds("integer n = 0;\ninitial begin if (q === want) n = n + 1; $display(\"%0d%% right\", "
	      "n * 100 / 16); end",
	      "3:q === want");
	finds("integer n = 0;\ninitial begin if (q === want) n = n + 1; $display(\"%0d seen\", n); "
	      "end",
	      "");
	finds("integer n = 0;\ninitial begin if (q == 5) n = n + 1;\n"
	      "if (n == 3) $display(\"as many as it should\"); else $display(\"something is "
	      "off\"); end",
	      "3:q == 5");
	/* the end of a table, and no failure */
	finds("initial if (i == 16) begin $display(\"%0d tests with %0d errors\", i, n); $finish; "
	      "end",
	      "");
	/* what comes next */
	finds("initial if (q == 5) $display(\"The core should now start.\");\n"
	      "else if (q == 3) $display(\"half of it\");",
	      "");
	finds("initial if (q == 5) $display(\"q should now be 3\");", "2:q == 5");
	/* what the stimuli do */
	finds("reg inject_error = 0;\ninitial inject_error = i == 3;", "");
}

CASE(counting_what_is_right_is_a_check)
{
	finds("int passed, total;\ninitial begin if (q === 1) passed = passed + 1; total = total + "
	      "1;\n"
	      "$display(\"%0d of %0d tests passed\", passed, total); end",
	      "3:q === 1");
	finds("int n, m;\ninitial begin if (q === 1) n = n + 1; m = m + 1;\n"
	      "$display(\"%0d of %0d tests passed\", n, m); end",
	      "3:q === 1");
}

/* The testbench's model writes what is expected, and counts that. */
CASE(where_a_scoreboard_writes_is_no_count_of_successes)
{
	finds("int n = 0, m = 0, errors = 0;\nreg [7:0] due [0:9];\n"
	      "initial begin if (op >= 1 && op <= 5) begin due[n] = v; n = n + 1; end\n"
	      "if (m !== n) begin $display(\"ERROR: %0d, expected %0d\", m, n); "
	      "errors = errors + 1; end\nif (errors == 0) $display(\"PASS\"); end\n"
	      "always @(posedge clk) if (q) m = m + 1;",
	      "5:m !== n");
}

CASE(not_counting_right_is_no_failure_when_the_report_says_so)
{
	const char *text = "module tb; integer n = 0;\ninitial begin if (q === 1) n = n + 1;\n"
			   "if (n == 3) $display(\"Full marks\"); else $display(\"Lost some\"); "
			   "end endmodule\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.v", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 2);
	checks_counted(c, "2 1 30\n5 2 1\n1 0 1\n", 19, &n);
	assert_true(n.known && n.reported);
	assert_int_equal(n.made, 5);
	assert_int_equal(n.failed, 0);
	assert_null(n.first);
	checks_counted(c, "2 1 30\n5 3 1\n1 1 1\n", 19, &n);
	assert_int_equal(n.failed, 4);
	assert_string_equal(n.first->text, "q === 1");
	checks_free(c);
}

CASE(the_bad_side_of_a_report_is_a_failure_in_any_words)
{
	guards("reg ok = 1;\ninitial begin ok = ok && q == 1;\nif (ok) $display(\"bravo\"); else "
	       "$display(\"zut\"); end",
	       "3:ok && q == 1; 4:guard ok");
	guards("int errors = 0;\ninitial begin if (q !== 1) errors++;\nif (errors < 3) "
	       "$display(\"few\"); end",
	       "3:q !== 1");
}

CASE(a_design_that_counts_errors_is_no_testbench)
{
	const char *uart =
		"module uart(input clk, rx, output reg [7:0] err_count);\n"
		"always @(posedge clk) if (rx != 1) err_count <= err_count + 1;\nendmodule\n";
	struct checks *c = checks_new();
	struct checks_facts f;

	checks_add(c, "uart.v", uart, strlen(uart));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 0);
	checks_facts(c, &f);
	assert_false(f.ends);
	checks_free(c);
}

CASE(counts_are_read_and_nothing_else)
{
	const char *text = "initial begin if (a) $error; if (!done) $display(\"ERROR: timeout\"); "
			   "if (b) $error; end\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, NULL);
	assert_int_equal(checks_len(c), 3);
	checks_counted(c, "3 3 500\n4 0 1\n9 1 1\n7 2 1\n", 27, &n);
	assert_true(n.known);
	assert_int_equal(n.made, 11);
	assert_int_equal(n.failed, 3);
	assert_int_equal(n.reached, 2);
	assert_int_equal(n.time, 500);
	assert_ptr_equal(n.first, checks_at(c, 2));
	checks_counted(c, "3 3 500\n4 0 1\n9 1 1\n", 20, &n);
	assert_false(n.known);
	checks_counted(c, "2 0 0\n4 0 1\n9 1 1\n", 18, &n);
	assert_false(n.known);
	checks_counted(c, "3 4 0\n4 0 1\n9 1 1\n7 2 1\n", 24, &n);
	assert_false(n.known);
	checks_counted(c, "", 0, &n);
	assert_false(n.known);
	checks_free(c);
}

/* "PASS 41 checks" counts comparisons: where the counter is raised nothing is known to
 * be right yet, and the other branch is not a failure. */
CASE(a_count_of_all_checks_is_no_count_of_right_ones)
{
	static const char text[] =
		"module t_tb;\n  int errors = 0, checks = 0; bit q = f(), go = f();\n"
		"  task one; checks += 2; if (q !== 1) errors++; endtask\n"
		"  initial begin\n    if (go) one;\n    if (go) checks++;\n"
		"    if (errors == 0) $display(\"PASS %0d checks\", checks); "
		"else $display(\"FAIL %0d\", errors);\n"
		"  end\nendmodule\n";
	struct checks *c = checks_new();
	struct checks_facts facts;

	checks_add(c, "t_tb.sv", text, sizeof(text) - 1);
	checks_find(c, "t_tb");
	checks_facts(c, &facts);
	assert_int_equal(facts.sites, 1);
	assert_int_equal(checks_at(c, 0)->line, 3);
	assert_true(facts.reports);
	checks_free(c);
}

CASE(how_many_are_right_is_compared_with_how_many_there_are)
{
	guards("integer p = 0, t = 0;\ninitial begin if (q == 1) p = p + 1; t = t + 1;\n"
	       "if (p == t) $display(\"Success\"); else $display(\"Failure\"); end",
	       "3:q == 1; 4:guard p == t");
	guards("integer p = 0;\ninitial begin if (q == 1) p = p + 1;\n"
	       "if (p != 16) $display(\"FAIL\"); else $display(\"All 16 tests passed\"); end",
	       "3:q == 1; 4:guard p != 16");
	guards("integer p = 0, i;\ninitial begin for (i = 0; i < 9; i = i + 1) if (q == 1) p = p + "
	       "1;\n"
	       "if (p == i) $display(\"good\"); else $display(\"Only %0d passed\", p); end",
	       "3:q == 1; 4:guard p == i");
	finds("integer score = 0;\ninitial begin if (q == 1) score = score + 5; $display(\"%0d of "
	      "80 points\", score); end",
	      "3:q == 1");
	finds("integer n = 0;\ninitial begin if (q === want) n = n + 1; $display(\"You got "
	      "%0d/16\", n); end",
	      "3:q === want");
	finds("integer n = 0;\ninitial begin if (q === want) n = n + 1; $display(\"%0d hits\", n); "
	      "end",
	      "");
	/* the number of comparisons is part of the report */
	finds("integer error = 0, casenum = 0;\ninitial begin if (valid) begin\nerror = (q == "
	      "want[casenum]) ? error : error + 1;\n"
	      "casenum = casenum + 1; end\n"
	      "if (error == 0 && casenum == 3) $display(\"Passed\"); else $display(\"Error\"); end",
	      "4:(q == want[casenum]) ? error : error + 1");
	/* expected errors */
	finds("integer err_cnt = 0;\ninitial begin if (dut_err) err_cnt = err_cnt + 1;\n"
	      "if (err_cnt == 3) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "4:err_cnt == 3");
	/* a counter that is never raised */
	finds("integer errors = 0;\ninitial if (errors == 0) $display(\"PASS\");", "");
}

CASE(the_errors_of_the_design_are_measured)
{
	/* how often its output said so, and that was wanted */
	finds("integer errors_seen, errors = 0;\ninitial begin if (flag !== 0) errors_seen++;\nif "
	      "(errors_seen !== want_errors) errors++;\n"
	      "if (errors == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "4:errors_seen !== want_errors");
	/* whether there is a new one */
	finds("integer errors = 0, errors_before;\ninitial begin if (q !== e) errors = errors + "
	      "1;\nif (errors != errors_before) $display(\"at %0t\", $time);\n"
	      "errors_before = errors; $display(\"%0d errors\", errors); end",
	      "3:q !== e");
}

CASE(a_count_of_rounds_is_no_count_of_checks)
{
	static const struct {
		const char *body;
		bool says;
	} cases[] = {
		{ "for (n = 0; n < 9; n = n + 1) #1; $display(\"%0d tests passed, 0 failed\", n);",
		  false },
		{ "$display(\"%0d %0d ok\", a, b);", false },
		{ "$display(\"%0d errors\", errors);", false },
		{ "if (q) errors = errors + 1; $display(\"%0d errors\", errors);", true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = str_fmt(
			"module tb; integer n, errors = 0; initial begin %s end endmodule\n",
			cases[i].body);
		struct checks *c = checks_new();
		struct checks_facts f;

		checks_add(c, "tb.v", text, strlen(text));
		checks_find(c, "tb");
		checks_facts(c, &f);
		assert_int_equal(f.says_count, cases[i].says);
		checks_free(c);
		free(text);
	}
}

/* It counts, but so does the design that it replaces. */
/* Counters are told apart from failure counters by what they are compared with. */
CASE(an_amount_is_no_count_of_failures)
{
	finds("wire valid; integer n = 0; dut u(valid);\n"
	      "always @(posedge clk) if (valid) n = n + 1;\ninitial begin\n"
	      "#10 if (n != 0) $display(\"ERROR: a word came early\");\n"
	      "#90 if (n != 5) $display(\"ERROR: %0d words\", n); end",
	      "5:n != 0; 6:n != 5");
	finds("wire bad; integer n = 0; dut u(bad);\nalways @(posedge clk) if (bad) n = n + 1;\n"
	      "initial #99 if (n != 0) $display(\"ERROR\"); else $display(\"PASS\");",
	      "3:bad");
}

CASE(what_a_design_counts_is_no_failure)
{
	static const char design[] =
		"module count(input clk, rst, output reg [3:0] q);\n"
		"always @(posedge clk) if (rst) q <= 0; else q <= q + 1;\n"
		"always @(negedge clk) if (%s) $display(\"ERROR: overflow\");\nendmodule\n";
	static const char *const asks[] = { "q == 13", "q != 0", "q > 3" };

	for (size_t i = 0; i < sizeof(asks) / sizeof(*asks); i++) {
		char *text = str_fmt(design, asks[i]);
		struct checks *c = checks_new();

		checks_add(c, "count.v", text, strlen(text));
		checks_find(c, "tb");
		assert_int_equal(checks_len(c), 1);
		assert_int_equal(checks_at(c, 0)->line, 3);
		checks_free(c);
		free(text);
	}
}

CASE(a_counter_that_is_compared_with_x_is_no_account)
{
	finds("always @(posedge clk) begin\nif (n == 3) q <= 12'h7ff;\nelse q <= q + 1;\n"
	      "n <= n + 1;\nif (n == 40) begin\nif (q !== 12'h823) $error(\"q is %h\", q);\n"
	      "$finish;\nend\nend",
	      "7:q !== 12'h823");
	finds("integer i = 0;\nalways @(posedge clk) begin i = i + 1; if (i == 10) begin\n"
	      "$display(\"error: too long\"); $finish; end end",
	      "");
}

CASE(what_is_counted_is_known_by_what_raises_it)
{
	/* no total is queried, and the name says nothing */
	finds("integer n = 0;\ninitial begin\nif (q == e) n = n + 1;\n$display(\"%0d tests "
	      "passed\", n); end",
	      "4:q == e");
	/* down to nothing */
	instrumented(
		"module tb;\ninteger left = 9;\ninitial begin\nif (q === e) left = left - 1;\nif "
		"(left == 0) "
		"$display(\"fine\"); else $display(\"%0d left\", left); end\nendmodule\n",
		CHECKS_VERILATOR,
		"module tb;\ninteger left = 9;\ninitial begin\nbegin "
		"$c(\"posedge_checks_made(0);\"); if (q === e) left = left - 1; else begin "
		"$c(\"posedge_checks_failed(0);\"); end end\nbegin "
		"$c(\"posedge_checks_made(1);\"); if (left == 0) $display(\"fine\"); else begin "
		"$c(\"posedge_checks_failed(1);\"); $display(\"%0d left\", left); end end end\n"
		"endmodule\n");
}

/* A print of an observation, which need not occur each time. */
CASE(what_was_seen_once_was_right)
{
	const char *text = "module tb; initial begin repeat (9) @(posedge clk) if (out == 1'b1) "
			   "$display(\"PASS: seen\"); end endmodule\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 1);
	checks_counted(c, "1 1 500\n9 7 1\n", 14, &n);
	assert_int_equal(n.failed, 0);
	assert_ptr_equal(n.first, NULL);
	checks_counted(c, "1 1 500\n9 9 1\n", 14, &n);
	assert_int_equal(n.failed, 9);
	assert_ptr_equal(n.first, checks_at(c, 0));
	/* Nothing is known of a run that was cut off. */
	assert_int_equal(n.unseen, 9);
	assert_ptr_equal(n.first_other, NULL);
	checks_free(c);
}

CASE(a_final_block_fails_at_the_end)
{
	const char *text =
		"module tb; reg done = 0; initial begin if (q !== e) $error(\"q\"); done = q; "
		"end final if (!done) $error(\"not done\"); endmodule\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 2);
	checks_counted(c, "2 2 500\n9 0 1\n1 1 1\n", 20, &n);
	assert_true(n.known);
	assert_int_equal(n.failed, 1);
	assert_int_equal(n.unseen, 1);
	assert_int_equal(n.at_end, 1);
	assert_ptr_equal(n.first_other, NULL);
	checks_counted(c, "2 2 500\n9 1 1\n1 1 1\n", 20, &n);
	assert_int_equal(n.failed, 2);
	assert_int_equal(n.at_end, 1);
	assert_ptr_equal(n.first_other, checks_at(c, 0));
	checks_free(c);
}

CASE(what_goes_to_the_design_is_no_account)
{
	finds("reg [5:0] err;\necc u(.d(d), .e(err));\ninitial begin err = 0; err = err | (1 << "
	      "j);\nif (flag !== 4) $stop; end",
	      "5:flag !== 4");
}

/* lost: the failures at the site of "ok = ...", 3 of 16. */
static void loses(const char *items, const char *asks, unsigned lost)
{
	char *text = str_fmt("module tb; reg [3:0] a, want; wire [3:0] y; integer i; reg ok, all = "
			     "1; inv dut(a, y);\n%s\ninitial begin for (i = 0; i < 16; i = i + 1) "
			     "begin a = i; #1 ok = (y === want); %s end\n"
			     "if (ok) $display(\"PASS\"); else $display(\"FAIL\"); $finish; end "
			     "endmodule",
			     items, asks);
	struct checks *c = checks_new();
	struct checks_counted n;
	struct str counts = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	str_addf(&counts, "%zu 1 9\n16 3 1\n", checks_len(c));
	for (size_t i = 1; i < checks_len(c); i++)
		str_adds(&counts, "1 0 1\n");
	checks_counted(c, str_cstr(&counts), counts.len, &n);
	assert_true(n.known);
	assert_int_equal(n.wrong, 3);
	assert_int_equal(n.lost, lost);
	str_free(&counts);
	checks_free(c);
	free(text);
}

CASE(a_result_that_is_overwritten_is_lost_to_the_report)
{
	loses("", "", 3);
	loses("", "$display(\"%b\", ok);", 3);
	loses("", "all = all & ok;", 0);
	loses("", "if (ok) disable tb;", 0);
	loses("wire led = ok;", "", 0);
}

/* What fails where a count is raised, which the report then does not see. */
static unsigned long unseen(const char *items)
{
	char *text = str_fmt("module tb; reg clk = 0; wire [3:0] q; dut u(clk, q);\n%s\nendmodule",
			     items);
	struct checks *c = checks_new();
	struct checks_counted n;
	struct str counts = STR_INIT;
	unsigned long lost;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	str_addf(&counts, "%zu 1 9\n16 4 1\n", checks_len(c));
	for (size_t i = 1; i < checks_len(c); i++)
		str_adds(&counts, "1 0 1\n");
	checks_counted(c, str_cstr(&counts), counts.len, &n);
	assert_true(n.known);
	lost = (unsigned long)n.lost;
	str_free(&counts);
	checks_free(c);
	free(text);
	return lost;
}

CASE(a_count_that_only_rises_is_not_good_after_a_failure)
{
#define ASKS " if (n == 0) $display(\"PASS\"); else $display(\"FAIL\"); end"
#define RISE "if (q !== 3) begin $display(\"ERROR: q\"); n = n + 1; end"
	/* x from the start, and of one bit */
	assert_int_equal(unseen("integer n; initial begin #9 " RISE ASKS), 4);
	assert_int_equal(unseen("reg n; initial begin n = 0; repeat (16) #9 " RISE ASKS), 4);
	/* what it reports is a hint beside another count */
	assert_int_equal(unseen("int n, all = 0; initial begin #9 if (q !== 3) all++; " RISE
				" if (n) $display(\"Hint: Output 'q' has %0d mismatches.\", n);\n"
				"else $display(\"Hint: Output 'q' has no mismatches.\");\n"
				"$display(\"Mismatches: %0d in 4 samples\", all); end"),
			 0);
	/* set back, lowered, or allowed to be a few */
	assert_int_equal(unseen("int n; initial begin #9 " RISE " n = 0;" ASKS), 0);
	assert_int_equal(unseen("int n; initial begin #9 " RISE " n = n - 1;" ASKS), 0);
	assert_int_equal(unseen("int n; initial begin #9 " RISE " if (n < 5) $display(\"PASS\"); "
				"else $display(\"FAIL\"); end"),
			 0);
}
