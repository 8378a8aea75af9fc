#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verdict/checks.h"

/* "3:q !== 1;5:a;" of a testbench that stands around the items. */
static char *sites(const char *items, bool guards)
{
	char *text = str_fmt("module tb;\n%s\nendmodule\n", items);
	struct checks *c = checks_new();
	struct str out = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	for (size_t i = 0; i < checks_len(c); i++) {
		const struct check_site *s = checks_at(c, i);

		if (s->kind == CHECK_NEEDS ||
		    ((s->kind == CHECK_GUARD || s->kind == CHECK_REPORT) && !guards))
			continue;
		str_addf(&out, "%s%d:%s", out.len ? "; " : "", s->line,
			 s->kind == CHECK_GUARD || s->kind == CHECK_REPORT ? "guard "
			 : s->kind == CHECK_PROPERTY			   ? "property "
									   : "");
		str_adds(&out, s->text);
	}
	checks_free(c);
	free(text);
	return str_take(&out);
}

static void finds(const char *items, const char *want)
{
	char *got = sites(items, false);

	assert_string_equal(got, want);
	free(got);
}

static void guards(const char *items, const char *want)
{
	char *got = sites(items, true);

	assert_string_equal(got, want);
	free(got);
}

static void instrumented(const char *text, enum checks_engine e, const char *want)
{
	struct checks *c = checks_new();
	struct str out = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, NULL);
	assert_true(checks_instrument(c, 0, e, &out));
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	checks_free(c);
}

static void the_guard_of_an_error_is_a_check(void **state)
{
	finds("initial if (q !== 3) $error(\"q\");", "2:q !== 3");
	finds("initial if (q === 3) ; else $fatal(1, \"q\");", "2:q === 3");
	finds("always @(posedge clk) if (rst) x <= 0; else if (x == 9) begin $error(\"x\"); end",
	      "2:x == 9");
	finds("initial case (q) 3: ; default: $error(\"q\"); endcase", "2:q");
}

static void assertions_are_checks(void **state)
{
	finds("initial begin assert (q == 1); a2: assert (r) else $error(\"r\"); cover (x); end",
	      "2:q == 1; 2:r");
	finds("assert property (@(posedge clk) a |-> b);", "2:property @(posedge clk) a |-> b");
}

static void raising_an_error_count_is_a_check(void **state)
{
	finds("integer errors = 0;\ninitial begin if (q !== 1) errors = errors + 1; end",
	      "3:q !== 1");
	finds("int nerr;\ninitial if (bad_bit) nerr++;", "3:bad_bit");
	finds("int err;\ninitial begin err = (q == 1) ? err : err + 1;\nerr += q !== 1;\nerr = err "
	      "+ (q != 2); end",
	      "3:(q == 1) ? err : err + 1; 4:q !== 1; 5:err + (q != 2)");
}

static void a_count_is_known_by_what_is_done_with_it(void **state)
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
	/* words of a language that is not read: only ifs raise it, and it chooses */
	finds("integer n = 0;\ninitial begin\nif (q !== 1) n = n + 1;\n"
	      "if (n == 0) $display(\"\xe9\x80\x9a\xe8\xbf\x87\"); else "
	      "$display(\"\xe9\x94\x99\xe8\xaf\xaf %0d\", n);\nend",
	      "4:q !== 1");
	/* counts that are none of errors */
	finds("reg [3:0] q = 0;\nalways @(posedge clk) q <= q + 1;\n"
	      "always @(negedge clk) if (q === 15) $error(\"early\");",
	      "4:q === 15");
	finds("integer n = 0;\ninitial begin\nif (valid) n = n + 1;\n$display(\"%0d words\", n); "
	      "end",
	      "");
	finds("integer i;\ninitial for (i = 0; i < 4; i = i + 1) begin if (i == 2) a = 1; end", "");
}

static void fail_flags_are_known_by_the_report(void **state)
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
	/* what is compared with 12 is no flag */
	finds("int n;\ninitial begin if (!$value$plusargs(\"n=%d\", n)) n = 0;\nif (n != 12) "
	      "$error(\"n\"); end",
	      "4:n != 12");
	finds("reg clk = 0;\nalways @(posedge clk) if (clk === 1'bx) $error(\"x\");",
	      "3:clk === 1'bx");
	/* a stimulus that is called like one */
	finds("reg pass_request;\ninitial begin pass_request = 0; if (go == 1) pass_request = 0; "
	      "end",
	      "");
}

static void the_report_is_no_check(void **state)
{
	finds("int errors = 0;\ninitial begin if (errors == 0) $display(\"PASS\"); else "
	      "$display(\"FAIL\"); end",
	      "");
	finds("int errors = 0, n = 0;\ninitial begin n = n + 1; if (q !== 1) errors++;\n"
	      "if (errors == 0 && n == 3) $display(\"Your Design Passed\"); else "
	      "$display(\"===Error===\"); end",
	      "3:q !== 1");
}

static void a_print_that_says_so_is_a_failure(void **state)
{
	finds("initial if (q !== 1) $display(\"Error at %0t\", $time);", "2:q !== 1");
	finds("initial if (q !== 1) $display(\"q=%b expected 1\", q);", "2:q !== 1");
	finds("initial if (q === 1) $display(\"PASS\"); else $display(\"FAIL\");", "2:q === 1");
	finds("initial if (q !== 1) $stop;", "2:q !== 1");
	finds("initial $display(\"%b %s\", q, (q === 1) ? \"ok\" : \"ERROR\");", "2:(q === 1)");
	finds("initial $display(\"%s\", q == 1 ? \"one\" : \"two\");", "");
	finds("initial if (n == 100) $finish;", "");
	finds("initial if (q != last) $display(\"q is now %b\", q);", "");
	finds("initial if (verbose) $display(\"q=%b expected 1\", q);", "");
}

static void a_question_for_x_is_a_check(void **state)
{
	finds("initial if (^q === 1'bx) $display(\"q is unknown\");", "2:^q === 1'bx");
	finds("initial if ($isunknown(q)) $display(\"q: %b\", q);", "2:$isunknown(q)");
	/* wanted, and the end of a table of vectors */
	finds("initial if (q === 4'bx) $display(\"q is x before reset\");", "");
	finds("initial if (v[i] === 9'bx) begin $display(\"%0d vectors\", i); $finish; end", "");
	finds("initial if (v[i] === 9'bx) begin $display(\"%0d vectors\", i); disable run; end",
	      "");
}

static void a_name_or_a_last_word_tells_which_side_is_bad(void **state)
{
	finds("initial if (q != exp_q) $display(\"q: %0d\", q);", "2:q != exp_q");
	finds("initial if (q != other_q) $display(\"q: %0d\", q);", "");
	finds("initial if (q == 8) $display(\"add ok\"); else $display(\"add nok\\n\");",
	      "2:q == 8");
	finds("initial if (q == 8) $display(\"add ok\"); else $display(\"sub ok\");", "");
	finds("initial if (q > 8) $display(\"too big: %0d\", q);", "2:q > 8");
	finds("initial if (q == 8) $display(\"\xe2\x9c\x85 %0d\", q); else $display(\"\xe2\x9d\x8c "
	      "%0d\", q);",
	      "2:q == 8");
	finds("initial if (q != 8) $write(\"%c[1;31mERR%c[0m q=%0d\\n\", 27, 27, q);", "2:q != 8");
	finds("initial if (q != 8) $display(\"\\033[31mERR q=%0d\", q);", "2:q != 8");
	finds("initial if (q != 8) $display(\"*** q=%0d\", q);", "2:q != 8");
	finds("initial if (q != 8) $display(\"*** begin ***\");", "");
}

static void a_count_may_go_down(void **state)
{
	finds("integer score = 100;\ninitial begin if (q !== 1) score = score - 5; "
	      "$display(\"Score %0d\", score); end",
	      "3:q !== 1");
	finds("integer left = 3;\ninitial begin if (q === 1) left--;\n"
	      "if (left == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "3:q === 1");
}

static void a_difference_may_have_a_name(void **state)
{
	finds("wire diff = q !== e;\nalways @(posedge diff) if (diff) $display(\"difference at "
	      "%0t\", $time);",
	      "3:diff");
	finds("wire some = q & e;\nalways @(posedge some) if (some) $display(\"difference at "
	      "%0t\", $time);",
	      "");
	finds("wire err = q != e; reg seen = 0;\ninitial begin seen = seen | err;\nif (seen) "
	      "$display(\"FAIL\"); else $display(\"PASS\"); end",
	      "3:seen | err");
}

static void a_case_may_be_the_report(void **state)
{
	finds("integer st = 0;\ninitial begin if (q !== 1) st = 2;\n"
	      "case (st) 0: $display(\"PASS\"); default: $display(\"FAIL\"); endcase end",
	      "3:q !== 1");
}

static void what_is_told_of_a_count_tells_its_kind(void **state)
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
	/* what the stimuli do */
	finds("reg inject_error = 0;\ninitial inject_error = i == 3;", "");
}

static void classes_and_interfaces_check_for_a_testbench(void **state)
{
	finds("class t; static int bad;\nstatic function void c(int g, e); if (g !== e) bad++; "
	      "endfunction endclass\n"
	      "initial if (t::bad) $display(\"FAIL\"); else $display(\"PASS\");",
	      "3:g !== e");
}

static void a_choice_between_two_words_may_lie_deep(void **state)
{
	finds("string r;\ninitial r = $sformatf(\"[%s] %0d\", q === (m ? 1 : 2) ? \"PASS\" : "
	      "\"FAIL\", i);",
	      "3:q === (m ? 1 : 2)");
	finds("function string f(int q);\nreturn q == 3 ? \"ok\" : \"bad\"; endfunction\ninitial "
	      "$display(\"%s\", f(q));",
	      "3:q == 3");
	finds("reg r [0:3];\ninitial begin r[i] = q === 1;\n$display(\"%s\", r[0] ? \"PASS\" : "
	      "\"FAIL\"); end",
	      "3:q === 1");
}

static void a_task_that_fails_makes_a_check_of_who_calls_it(void **state)
{
	finds("int errors;\ntask bad(input int x); begin errors++; $display(\"FAIL %0d\", x); end "
	      "endtask\n"
	      "initial if (q !== 1) bad(q);",
	      "4:q !== 1");
	finds("int errors;\ntask check(input int x); if (q !== x) begin errors++; "
	      "$display(\"FAIL\"); end endtask\n"
	      "initial if (go) check(1);",
	      "3:q !== x");
	finds("`define EXPECT(a, b) if (a !== b) $error(\"no\");\ninitial begin `EXPECT(q, 1) end",
	      "2:a !== b");
}

static void counting_what_is_right_is_a_check(void **state)
{
	finds("int passed, total;\ninitial begin if (q === 1) passed = passed + 1; total = total + "
	      "1;\n"
	      "$display(\"%0d of %0d tests passed\", passed, total); end",
	      "3:q === 1");
	finds("int n, m;\ninitial begin if (q === 1) n = n + 1; m = m + 1;\n"
	      "$display(\"%0d of %0d tests passed\", n, m); end",
	      "3:q === 1");
}

static void not_counting_right_is_no_failure_when_the_report_says_so(void **state)
{
	const char *text = "module tb; integer n = 0;\ninitial begin if (q === 1) n = n + 1;\n"
			   "if (n == 3) $display(\"Full marks\"); else $display(\"Lost some\"); "
			   "end endmodule\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.v", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 2);
	checks_counted(c, "2 1 30\n5 2\n1 0\n", 15, &n);
	assert_true(n.known && n.reported);
	assert_int_equal(n.made, 5);
	assert_int_equal(n.failed, 0);
	assert_null(n.first);
	checks_counted(c, "2 1 30\n5 3\n1 1\n", 15, &n);
	assert_int_equal(n.failed, 4);
	assert_string_equal(n.first->text, "q === 1");
	checks_free(c);
}

static void what_is_about_printing_is_seen_through(void **state)
{
	finds("int errors;\ninitial if (q !== 1) begin errors++; if (errors < 10) "
	      "$display(\"FAIL\"); end",
	      "3:q !== 1");
	finds("initial if (q !== 1) begin if (verbose) $display(\"ERROR\"); end", "2:q !== 1");
	finds("initial if (en) begin if (q !== 1) $display(\"ERROR\"); end", "2:q !== 1");
}

static void a_watchdog_compares_nothing(void **state)
{
	finds("initial begin n = n + 1; if (n > 1000) begin $display(\"TIMEOUT\"); $finish; end "
	      "end",
	      "");
	guards("initial if (!done) $display(\"ERROR: timeout\");", "2:guard !done");
}

static void what_a_run_needs_is_no_check(void **state)
{
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\", \"r\"); if (f == 0) begin "
	      "$display(\"ERROR: no a.txt\"); "
	      "$finish; end if (q !== 1) $error(\"q\"); end",
	      "3:q !== 1");
	finds("initial begin if (!$value$plusargs(\"n=%d\", n)) $fatal(1, \"no +n\"); if (q !== n) "
	      "$error(\"q\"); end",
	      "2:q !== n");
	finds("initial if ($value$plusargs(\"n=%d\", n)) x = n; else $display(\"Error: no +n\");",
	      "");
}

static void what_an_if_guards_by_a_comparison_is_its_own(void **state)
{
	finds("initial begin go = en && (empty === 1'b0);\nif (go) begin n++;\nif (data !== want) "
	      "begin errors++; "
	      "$error(\"data\"); end end end",
	      "4:data !== want");
}

static void a_file_to_write_is_nothing_that_a_run_needs(void **state)
{
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\", \"w\"); if (f == 0) $error(\"cannot "
	      "write\"); end",
	      "3:f == 0");
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\"); if (!f) $error(\"cannot write\"); "
	      "end",
	      "3:!f");
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\", mode); if (f == 0) $error(\"cannot "
	      "open\"); end",
	      "");
}

static void the_bad_side_of_a_report_is_a_failure_in_any_words(void **state)
{
	guards("reg ok = 1;\ninitial begin ok = ok && q == 1;\nif (ok) $display(\"bravo\"); else "
	       "$display(\"zut\"); end",
	       "3:ok && q == 1; 4:guard ok");
	guards("int errors = 0;\ninitial begin if (q !== 1) errors++;\nif (errors < 3) "
	       "$display(\"few\"); end",
	       "3:q !== 1");
}

static void the_value_of_a_flag_is_looked_at_behind_its_assignment(void **state)
{
	instrumented("module tb; reg ok = 1; initial begin ok = ok && q == 1; $display(\"%s\", ok "
		     "? \"PASS\" : \"FAIL\"); "
		     "end endmodule\n",
		     CHECKS_VERILATOR,
		     "module tb; reg ok = 1; initial begin begin $c(\"posedge_checks_made(0);\"); "
		     "ok = ok && q == 1; "
		     "if ((ok ) !== 1) begin $c(\"posedge_checks_failed(0);\"); end end "
		     "$display(\"%s\", ok ? \"PASS\" : \"FAIL\"); end endmodule\n");
}

static void a_design_that_counts_errors_is_no_testbench(void **state)
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

static void a_site_is_wrapped_on_its_own_line(void **state)
{
	instrumented("initial\n if (q !== 3)\n  $error(\"q\");\n", CHECKS_ICARUS,
		     "initial\n begin posedge_checks.m0 = posedge_checks.m0 + 1; if (q !== 3)\n  "
		     "begin posedge_checks.failed0; "
		     "$error(\"q\"); end end\n");
	instrumented("initial if (q === 3) ; else begin $error(\"q\"); end\n", CHECKS_VERILATOR,
		     "initial begin $c(\"posedge_checks_made(0);\"); if (q === 3) ; else begin "
		     "$c(\"posedge_checks_failed(0);\"); begin $error(\"q\"); end end end\n");
	instrumented(
		"function f(input a); if (a) $error; endfunction\n", CHECKS_ICARUS,
		"function f(input a); begin posedge_checks.m0 = posedge_checks.m0 + 1; if (a) "
		"begin "
		"posedge_checks.f0 = posedge_checks.f0 + 1; if (posedge_checks.first == 0) begin "
		"posedge_checks.first = 1; posedge_checks.at = $simtime; end $error; end end "
		"endfunction\n");
}

static void an_else_stays_with_its_if(void **state)
{
	instrumented("initial if (a) if (b !== 1) $error; else x;\n", CHECKS_ICARUS,
		     "initial if (a) begin posedge_checks.m0 = posedge_checks.m0 + 1; if (b !== 1) "
		     "begin posedge_checks.failed0; $error; "
		     "end else x; end\n");
	instrumented("initial if (a !== 1) $error; else if (b !== 1) $error;\n", CHECKS_ICARUS,
		     "initial begin posedge_checks.m0 = posedge_checks.m0 + 1; if (a !== 1) begin "
		     "posedge_checks.failed0; $error; end "
		     "else begin posedge_checks.m1 = posedge_checks.m1 + 1; if (b !== 1) begin "
		     "posedge_checks.failed1; $error; end end "
		     "end\n");
}

static void counts_are_read_and_nothing_else(void **state)
{
	const char *text = "initial begin if (a) $error; if (!done) $display(\"ERROR: timeout\"); "
			   "if (b) $error; end\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, NULL);
	assert_int_equal(checks_len(c), 3);
	checks_counted(c, "3 3 500\n4 0\n9 1\n7 2\n", 21, &n);
	assert_true(n.known);
	assert_int_equal(n.made, 11);
	assert_int_equal(n.failed, 3);
	assert_int_equal(n.reached, 2);
	assert_int_equal(n.time, 500);
	assert_ptr_equal(n.first, checks_at(c, 2));
	checks_counted(c, "3 3 500\n4 0\n9 1\n", 16, &n);
	assert_false(n.known);
	checks_counted(c, "2 0 0\n4 0\n9 1\n", 14, &n);
	assert_false(n.known);
	checks_counted(c, "3 4 0\n4 0\n9 1\n7 2\n", 18, &n);
	assert_false(n.known);
	checks_counted(c, "", 0, &n);
	assert_false(n.known);
	checks_free(c);
}

/* "PASS 41 checks" counts what was compared: where it is raised nothing is
 * right yet, and the side where it is not is no failure. */
static void a_count_of_all_checks_is_no_count_of_right_ones(void **state)
{
	static const char text[] = "module t_tb;\n  int errors = 0, checks = 0; bit q, go;\n"
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

static void what_is_compared_with_x_was_expected(void **state)
{
	/* no word of it is known, and none is needed */
	finds("initial if (q !== want) $display(\"hoppla %0d\", q);", "2:q !== want");
	finds("initial if (!(q === a + b)) $display(\"hoppla\");", "2:!(q === a + b)");
	finds("initial if (q === want) ; else $display(\"hoppla\");", "2:q === want");
	finds("integer k = 0;\ninitial begin if (q !== want) k = k + 1; $finish(k); end",
	      "3:q !== want");
	finds("initial begin if (q !== want) begin $display(\"hoppla\"); $finish; end end",
	      "2:q !== want");
	/* what was, a state, two words for one message */
	finds("initial begin if (q !== q_prev) $display(\"q is %0d\", q); end", "");
	finds("initial begin if (q !== seen) $display(\"q is %0d\", q); seen = dut.q; seen = q; "
	      "end",
	      "");
	finds("integer k = 0;\ninitial begin if (q !== seen) k = k + 1; seen = q; $display(\"%0d "
	      "changes\", k); end",
	      "");
	finds("initial if (state !== IDLE) $display(\"busy\");", "");
	finds("initial if (q === want) $display(\"a\"); else $display(\"b\");", "2:q === want");
}

static void words_of_other_languages_are_known(void **state)
{
	static const char *const pairs[][2] = {
		{ "Test bestanden", "Test nicht bestanden" },
		{ "richtig", "falsch" },
		{ "keine Fehler", "Fehler bei %0d" },
		{ "réussi", "échec" },
		{ "test correct", "test incorrect" },
		{ "aucune erreur", "erreur" },
		{ "Prueba superada", "Prueba fallida" },
		{ "corretto", "errore: %0d" },
		{ "sucesso", "falhou" },
		{ "测试通过", "测试失败" },
		{ "正确", "不正确" },
		{ "合格", "不合格" },
		{ "성공", "실패" },
		{ "верно", "неверно" },
		{ "Верно", "Ошибка" },
		{ "ВЕРНО", "ОШИБКА: %0d" },
		{ "RÉUSSI", "ÉCHEC" },
		{ "DOBRZE", "BŁĄD" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		char *alone = str_fmt("initial if (q != 3) $display(\"%s\", q);", pairs[i][1]);
		char *both =
			str_fmt("initial if (q == 3) $display(\"%s\"); else $display(\"%s\", q);",
				pairs[i][0], pairs[i][1]);

		finds(alone, "2:q != 3");
		finds(both, "2:q == 3");
		free(both);
		free(alone);
	}
	finds("initial if (q != 3) $display(\"keine Fehler\");",
	      "2:q != 3"); /* so the other side is bad */
	finds("initial if (q != 3) $display(\"q ist %0d\", q);", "");
}

static void a_text_may_hold_the_verdict(void **state)
{
	finds("reg [47:0] res;\ninitial begin res = \"PASSED\"; if (q !== 1) res = \"FAILED\"; "
	      "$display(\"%s\", res); end",
	      "3:q !== 1");
	finds("string st;\ninitial begin st = (q == 1) ? \"ok\" : \"bad\"; end", "3:(q == 1)");
	finds("string st;\ninitial begin st = (q == 1) ? \"read\" : \"write\"; end", "");
	finds("initial $display(\"%s\", q == 1 ? \"OK\" : \"NG\");", "2:q == 1");
	finds("initial $display(\"%s\", q == 1 ? \"✓\" : \"\");", "2:q == 1");
	finds("initial $display(\"%s\", q == 1 ? \"true\" : \"false\");", "");
	finds("initial if (q == 1) $display(\"\\033[32mPASS\\033[0m\"); else "
	      "$display(\"\\033[31mFAIL\\033[0m\");",
	      "2:q == 1");
	finds("initial if (q == 1) $display(\"\\x1b[32mPASS\\x1b[0m\");", "2:q == 1");
	finds("task log(input string s, t); $display(\"%s %s\", s, t); endtask\ninitial if (q != "
	      "1) log(\"ERROR\", \"q\");",
	      "3:q != 1");
}

static void who_leaves_early_was_right(void **state)
{
	finds("task t; if (q == 1) return; $error(\"q\"); endtask", "2:q == 1");
	finds("task t; begin\nif (q == 1) return;\n$error(\"q\"); end endtask", "3:q == 1");
	finds("initial begin : b\nif (q == 1) disable b;\n$display(\"ERROR: q\"); end", "3:q == 1");
	finds("task t; begin\nif (q == 1) return;\nif (p !== 2) $error(\"q\"); end endtask",
	      "4:p !== 2");
}

static void how_many_are_right_is_compared_with_how_many_there_are(void **state)
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
	/* how many were looked at is a part of the report */
	finds("integer error = 0, casenum = 0;\ninitial begin if (valid) begin\nerror = (q == "
	      "want[casenum]) ? error : error + 1;\n"
	      "casenum = casenum + 1; end\n"
	      "if (error == 0 && casenum == 3) $display(\"Passed\"); else $display(\"Error\"); end",
	      "4:(q == want[casenum]) ? error : error + 1");
	/* errors that were wanted */
	finds("integer err_cnt = 0;\ninitial begin if (dut_err) err_cnt = err_cnt + 1;\n"
	      "if (err_cnt == 3) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "4:err_cnt == 3");
	/* a count that nothing raises */
	finds("integer errors = 0;\ninitial if (errors == 0) $display(\"PASS\");", "");
}

static void the_errors_of_the_design_are_measured(void **state)
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

static void a_file_that_nobody_asked_for_is_needed(void **state)
{
	const char *text = "module tb; integer f, g; initial begin f = $fopen(\"a\", \"r\"); g = "
			   "$fopen(\"b\", \"r\");\n"
			   "if (!g) g = $fopen(\"c\", \"r\"); if ($feof(f)) $display(\"empty\"); "
			   "end endmodule\n";
	struct checks *c = checks_new();

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 1);
	assert_int_equal(checks_at(c, 0)->kind, CHECK_NEEDS);
	assert_int_equal(checks_at(c, 0)->line, 1);
	checks_free(c);
	instrumented("initial begin f = $fopen(\"a\", \"r\"); end\n", CHECKS_VERILATOR,
		     "initial begin begin $c(\"posedge_checks_made(0);\"); f = $fopen(\"a\", "
		     "\"r\"); if ((f ) === 0) begin "
		     "$c(\"posedge_checks_failed(0);\"); end end end\n");
}

static void a_message_of_the_design_is_no_check(void **state)
{
	const char *fifo =
		"module fifo(input clk, input [4:0] n);\n"
		"always @(posedge clk) if (n > 12) $display(\"warning: unexpected level %0d\", "
		"n);\n"
		"always @(posedge clk) if (n > 16) $display(\"ERROR: overflow\");\nendmodule\n";
	struct checks *c = checks_new();

	checks_add(c, "fifo.v", fifo, strlen(fifo));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 1);
	assert_int_equal(checks_at(c, 0)->line, 3);
	checks_free(c);
}

static void a_count_of_rounds_is_no_count_of_checks(void **state)
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

static void a_default_that_hints_is_the_bad_choice(void **state)
{
	finds("initial case (q) want: ; default: $display(\"q is %0d, expected %0d\", q, want); "
	      "endcase",
	      "2:q");
	finds("initial case (q) 3: $display(\"three\"); default: ; endcase", "");
}

/* Of two things that change, compared with x and z, nobody asks but to check. */
static void what_follows_a_difference_is_known_without_words(void **state)
{
	static const char *const sides[] = { "rc = -1;",
					     "state = NOK;",
					     "$finish;",
					     "-> bad_one;",
					     "n = n + 1;",
					     "msgs.push_back(q);",
					     "begin disable main; end",
					     NULL };

	for (size_t i = 0; sides[i]; i++) {
		char *text = str_fmt("integer rc, n, state;\ninitial begin : main\nrc = 0; state = "
				     "OK;\nif (q !== a + b) %s\nend",
				     sides[i]);

		finds(text, "5:q !== a + b");
		free(text);
	}
	finds("reg seen;\ninitial begin if (q !== last_q) seen = 1; end", "");
	/* what goes to the design is a stimulus */
	finds("reg en;\nfifo u(.en(en));\ninitial begin en = 0; if (wr !== rd) en = 1; end", "");
}

/* It counts, too, but so does the design in whose place it stands. */
static void a_counter_that_is_compared_with_x_is_no_account(void **state)
{
	finds("always @(posedge clk) begin\nif (n == 3) q <= 12'h7ff;\nelse q <= q + 1;\n"
	      "n <= n + 1;\nif (n == 40) begin\nif (q !== 12'h823) $error(\"q is %h\", q);\n"
	      "$finish;\nend\nend",
	      "7:q !== 12'h823");
	finds("integer i = 0;\nalways @(posedge clk) begin i = i + 1; if (i == 10) begin\n"
	      "$display(\"error: too long\"); $finish; end end",
	      "");
}

static void what_joins_comparisons_is_one(void **state)
{
	/* A difference among others is one; to be the same all must be. */
	finds("always @(posedge clk) if (en && (q !== e)) $display(\"hm\");", "2:en && (q !== e)");
	finds("always @(posedge clk) if (q !== e || r !== f) $display(\"hm\");",
	      "2:q !== e || r !== f");
	finds("always @(posedge clk) if (q === e && r === f) ; else $display(\"hm\");",
	      "2:q === e && r === f");
	finds("always @(posedge clk) if (!(q === e && (r === f))) $display(\"hm\");",
	      "2:!(q === e && (r === f))");
	finds("always @(posedge clk) if (idle || q === e) ; else $display(\"hm\");",
	      "2:idle || q === e");
	finds("always @(posedge clk) if (rst || q !== e) $display(\"hm\");", "");
	finds("always @(posedge clk) if (en && q === e) ; else $display(\"hm\");", "");
	finds("always @(posedge clk) if (en ? q !== e : 0) $display(\"hm\");", "");
	finds("always @(posedge clk) if (en && q != last_q) $display(\"new\");", "");
	finds("always @(posedge clk) if (en && q !== last_q) $display(\"new\");", "");
}

static void a_net_that_joins_comparisons_tells(void **state)
{
	finds("wire w = (q == q_ref) && (r == r_ref);\nalways @(posedge clk) if (!w) "
	      "$display(\"hm\");",
	      "3:!w");
	finds("wire w = !((q != q_ref) || (r != r_ref));\nalways @(posedge clk) if (w) "
	      "$display(\"fine\");",
	      "");
	/* Without "ref" its name and the words tell together. */
	finds("wire test_ok = (q == r) && (s == t);\nalways @(posedge clk) if (en && !test_ok) "
	      "$display({\"Error in %m: \", \"%0d\"}, q);",
	      "3:en && !test_ok");
	finds("wire test_ok = (q == r) && (s == t);\nalways @(posedge clk) if (!test_ok) "
	      "$display(\"%0d\", q);",
	      "");
	finds("wire empty = rd == wr;\nalways @(posedge clk) if (!empty) $display(\"got %0d\", q);",
	      "");
}

static void a_net_that_compares_is_a_comparison(void **state)
{
	finds("wire bad = q !== e;\nalways @(posedge clk) if (bad) $display(\"hm\");", "3:bad");
	finds("wire fine;\nassign fine = q === e;\nalways @(posedge clk) if (!fine) "
	      "$display(\"hm\");",
	      "4:!fine");
	finds("wire mismatch = ^(q ^ e);\nalways @(posedge clk) if (mismatch) $display(\"hm\");",
	      "3:mismatch");
	finds("wire busy = q ^ e;\nalways @(posedge clk) if (busy) $display(\"hm\");", "");
	finds("wire same = q === q_last;\nalways @(posedge clk) if (!same) $display(\"moves\");",
	      "");
}

static void two_words_chosen_by_a_comparison_are_good_and_bad(void **state)
{
	finds("initial $display(\"%s\", q === e ? \".\" : \"F\");", "2:q === e");
	finds("initial $display(\"%b %s\", q, (q !== a + b) ? \"no\" : \"yes\");",
	      "2:(q !== a + b)");
	finds("initial $display(\"%s\", q == e ? \"up\" : \"down\");", "");
	finds("initial $display(\"%s\", q === last_q ? \"stays\" : \"moves\");", "");
	finds("initial case (q === e) 1'b1: $display(\"good\"); 1'b0: $display(\"bad\"); endcase",
	      "2:q === e");
}

static void what_is_counted_is_known_by_what_raises_it(void **state)
{
	/* no total is asked for, and the name says nothing */
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

static void a_report_inside_of_what_goes_on_is_not_about_that(void **state)
{
	finds("reg rst; integer n, bad;\ninitial begin rst = 1; #9 rst = 0; end\n"
	      "always @(negedge clk) if (~rst) begin if (q !== e) bad = bad + 1;\n"
	      "n = n + 1; if (v[n] === 9'bx) begin $display(\"%d tests with %d errors\", n, bad); "
	      "$finish; end end",
	      "4:q !== e");
	guards("reg st; integer bad = 0;\ninitial begin st = 0; #1 st = 1; end\nalways begin #1 if "
	       "(!st) begin\nif (n == 40) begin if (!bad) $display(\"DES pass\"); else\n"
	       "$display(\"DES mismatch\"); end end if (q !== e) bad = 1; end",
	       "5:guard !bad; 6:q !== e");
	guards("reg rst;\ninitial begin rst = 1; #1 rst = 0; end\nalways @(posedge clk) if (rst) "
	       "st <= 0; else case (st)\n0: st <= 1; default: $error(\"no such state\"); endcase",
	       "4:st");
	/* more of the same */
	finds("reg failed = 0;\ninitial begin if (q == 3) failed = 1; if (failed) if (verbose) "
	      "$display(\"FAIL\"); end",
	      "3:q == 3");
}

/* A print of what was seen: it need not be seen each time. */
static void what_was_seen_once_was_right(void **state)
{
	const char *text = "module tb; initial begin repeat (9) @(posedge clk) if (out == 1'b1) "
			   "$display(\"PASS: seen\"); end endmodule\n";
	struct checks *c = checks_new();
	struct checks_counted n;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 1);
	checks_counted(c, "1 1 500\n9 7\n", 12, &n);
	assert_int_equal(n.failed, 0);
	assert_ptr_equal(n.first, NULL);
	checks_counted(c, "1 1 500\n9 9\n", 12, &n);
	assert_int_equal(n.failed, 9);
	assert_ptr_equal(n.first, checks_at(c, 0));
	checks_free(c);
}

static void what_goes_to_the_design_is_no_account(void **state)
{
	finds("reg [5:0] err;\necc u(.d(d), .e(err));\ninitial begin err = 0; err = err | (1 << "
	      "j);\nif (flag !== 4) $stop; end",
	      "5:flag !== 4");
}

static void what_a_scan_writes_is_watched_by_verilator(void **state)
{
	instrumented(
		"module tb;\ninitial begin n = $fscanf(f, \"%s %*d %2b %%%d\", s, a, m[i]); if "
		"($value$plusargs(\"w=%d\", w)) x = 1; else x = 2; n = $sscanf(s, t, q); "
		"end\nendmodule\n",
		CHECKS_VERILATOR,
		"module tb;\ninitial begin begin if ($c(\"0\")) begin a = $c(\"0\"); m [ i ] = "
		"$c(\"0\"); end n = $fscanf(f, \"%s %*d %2b %%%d\", s, a, m[i]); if ((n ) == 0 && "
		"$feof(f )) n = -1; end begin if ($c(\"0\")) begin w = $c(\"0\"); end if "
		"($value$plusargs(\"w=%d\", w)) x = 1; else x = 2; end n = "
		"$sscanf(s, t, q); "
		"end\nendmodule\n");
}

static void a_comparison_that_is_added_counts(void **state)
{
	/* no flag, which would have to be 1 */
	instrumented(
		"module tb;\ninteger ok = 0;\ninitial begin ok = ok + (q === e);\nif (ok != 9) "
		"$display(\"only %0d\", ok); else $display(\"fine\"); end\nendmodule\n",
		CHECKS_ICARUS,
		"module tb;\ninteger ok = 0;\ninitial begin begin posedge_checks.m0 = "
		"posedge_checks.m0 + 1; ok = ok + (q === e); end\nbegin posedge_checks.m1 = "
		"posedge_checks.m1 + 1; if (ok != 9) begin posedge_checks.failed1; $display(\"only "
		"%0d\", ok); end else $display(\"fine\"); end end\nendmodule\n");
	finds("integer hata = 0;\ninitial begin if (q != e) hata = hata + 1; end", "3:q != e");
	finds("initial if (q === 3) $display(\"it works\"); else $display(\"it is broken\");",
	      "2:q === 3");
	finds("reg [7:0] r;\ninitial begin r = \"P\"; if (q !== e) r = \"F\"; $display(\"%s\", r); "
	      "end",
	      "3:q !== e");
}

static void waves_of_other_simulators_are_left_out(void **state)
{
	instrumented("module tb;\ninitial begin $fsdbDumpvars(0,\n tb); if (a) $vcdpluson; else "
		     "$shm_open(\"w\"); "
		     "$dumpvars; end\nendmodule\n",
		     CHECKS_ICARUS,
		     "module tb;\ninitial begin ;\n if (a) ; else ; $dumpvars; end\nendmodule\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_compared_with_x_was_expected),
		cmocka_unit_test(words_of_other_languages_are_known),
		cmocka_unit_test(a_text_may_hold_the_verdict),
		cmocka_unit_test(who_leaves_early_was_right),
		cmocka_unit_test(how_many_are_right_is_compared_with_how_many_there_are),
		cmocka_unit_test(the_errors_of_the_design_are_measured),
		cmocka_unit_test(a_file_that_nobody_asked_for_is_needed),
		cmocka_unit_test(a_message_of_the_design_is_no_check),
		cmocka_unit_test(a_count_of_rounds_is_no_count_of_checks),
		cmocka_unit_test(a_default_that_hints_is_the_bad_choice),
		cmocka_unit_test(a_count_of_all_checks_is_no_count_of_right_ones),
		cmocka_unit_test(the_guard_of_an_error_is_a_check),
		cmocka_unit_test(assertions_are_checks),
		cmocka_unit_test(raising_an_error_count_is_a_check),
		cmocka_unit_test(a_count_is_known_by_what_is_done_with_it),
		cmocka_unit_test(fail_flags_are_known_by_the_report),
		cmocka_unit_test(the_report_is_no_check),
		cmocka_unit_test(a_print_that_says_so_is_a_failure),
		cmocka_unit_test(a_question_for_x_is_a_check),
		cmocka_unit_test(a_name_or_a_last_word_tells_which_side_is_bad),
		cmocka_unit_test(a_count_may_go_down),
		cmocka_unit_test(a_difference_may_have_a_name),
		cmocka_unit_test(a_case_may_be_the_report),
		cmocka_unit_test(what_is_told_of_a_count_tells_its_kind),
		cmocka_unit_test(classes_and_interfaces_check_for_a_testbench),
		cmocka_unit_test(a_choice_between_two_words_may_lie_deep),
		cmocka_unit_test(a_task_that_fails_makes_a_check_of_who_calls_it),
		cmocka_unit_test(counting_what_is_right_is_a_check),
		cmocka_unit_test(not_counting_right_is_no_failure_when_the_report_says_so),
		cmocka_unit_test(what_is_about_printing_is_seen_through),
		cmocka_unit_test(a_watchdog_compares_nothing),
		cmocka_unit_test(what_a_run_needs_is_no_check),
		cmocka_unit_test(what_an_if_guards_by_a_comparison_is_its_own),
		cmocka_unit_test(a_file_to_write_is_nothing_that_a_run_needs),
		cmocka_unit_test(the_bad_side_of_a_report_is_a_failure_in_any_words),
		cmocka_unit_test(the_value_of_a_flag_is_looked_at_behind_its_assignment),
		cmocka_unit_test(a_design_that_counts_errors_is_no_testbench),
		cmocka_unit_test(a_site_is_wrapped_on_its_own_line),
		cmocka_unit_test(an_else_stays_with_its_if),
		cmocka_unit_test(counts_are_read_and_nothing_else),
		cmocka_unit_test(what_follows_a_difference_is_known_without_words),
		cmocka_unit_test(a_counter_that_is_compared_with_x_is_no_account),
		cmocka_unit_test(a_net_that_compares_is_a_comparison),
		cmocka_unit_test(what_joins_comparisons_is_one),
		cmocka_unit_test(a_net_that_joins_comparisons_tells),
		cmocka_unit_test(two_words_chosen_by_a_comparison_are_good_and_bad),
		cmocka_unit_test(what_is_counted_is_known_by_what_raises_it),
		cmocka_unit_test(a_report_inside_of_what_goes_on_is_not_about_that),
		cmocka_unit_test(what_was_seen_once_was_right),
		cmocka_unit_test(what_goes_to_the_design_is_no_account),
		cmocka_unit_test(what_a_scan_writes_is_watched_by_verilator),
		cmocka_unit_test(a_comparison_that_is_added_counts),
		cmocka_unit_test(waves_of_other_simulators_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
