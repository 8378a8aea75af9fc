/* Which statements of a testbench are checks. Counting is in t_checks_count, copies
 * with counters in t_checks_copy. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "tests/lib/checks_found.h"

/* What the first check of the text prints: "sure / shared", without newlines. */
static void prints(const char *text, const char *sure, const char *shared)
{
	struct checks *c = checks_new();
	struct str s = STR_INIT, t = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_true(checks_len(c) > 0);
	checks_said(c, checks_at(c, 0), &s, &t);
	assert_string_equal(str_cstr(&s), sure);
	assert_string_equal(str_cstr(&t), shared);
	str_free(&s);
	str_free(&t);
	checks_free(c);
}

CASE(what_a_failing_check_prints_is_known)
{
	prints("module tb; initial if (q !== 3) $error(\"q\"); endmodule", "$error(\"q\");\n", "");
	prints("module tb; task one; $display(\"1\"); endtask\n"
	       "task two(input x); one; endtask\n"
	       "initial if (q !== 3) begin two(\"ab\"); $error; end endmodule",
	       "begin two(\"ab\"); $error; end\n$display(\"%sab%s\");\n"
	       "task two(input x); one; endtask\ntask one; $display(\"1\"); endtask\n",
	       "");
	/* Tasks that it shares with others, and tasks called only by those. */
	prints("module tb; task one; $display(\"1\"); endtask\n"
	       "task two; one; endtask initial two;\n"
	       "initial if (q !== 3) begin two; $error; end endmodule",
	       "begin two; $error; end\n",
	       "task two; one; endtask\ntask one; $display(\"1\"); endtask\n");
	/* Two checks that fail through one recursive task; a macro. */
	prints("`define BAD(x) one(x)\n"
	       "module tb; task one(input x); begin $display(\"1\"); one(x); end endtask\n"
	       "initial begin if (q !== 3) begin `BAD(1); $error; end\n"
	       "if (q !== 4) begin one(2); $error; end end endmodule",
	       "begin `BAD(1); $error; end\n`define BAD(x) one(x)\n"
	       "task one(input x); begin $display(\"1\"); one(x); end endtask\n",
	       "");
}

CASE(the_guard_of_an_error_is_a_check)
{
	finds("initial if (q !== 3) $error(\"q\");", "2:q !== 3");
	finds("initial if (q === 3) ; else $fatal(1, \"q\");", "2:q === 3");
	finds("always @(posedge clk) if (rst) x <= 0; else if (x == 9) begin $error(\"x\"); end",
	      "2:x == 9");
	finds("initial case (q) 3: ; default: $error(\"q\"); endcase", "2:q");
}

CASE(the_side_that_surely_fails_is_the_bad_one)
{
	static const char say[] = "begin $display(\"key matched expected key\"); "
				  "$display(\"Got: %x\", k); end";
	static const struct {
		const char *right, *wrong;
	} as[] = {
		{ "if (k == e) ", " else errors = errors + 1;" },
		{ "if (k == e) ", " else $error(\"k\");" },
		{ "if (k == e) ",
		  " else begin errors = errors + 1; $display(\"Got: %x\", k); end" },
		{ "if (k != e) errors = errors + 1; else ", "" },
		{ "if (k !== e) $display(\"FAIL\"); else ", "" },
		{ "case (k === e) 1: ", " default: errors = errors + 1; endcase" },
		{ "case (k === e) 0: errors = errors + 1; default: ", " endcase" },
	};

	for (size_t i = 0; i < sizeof(as) / sizeof(*as); i++) {
		char *items = str_fmt("integer errors = 0; wire [7:0] k; dut d(k);\n"
				      "initial begin #1\n%s%s%s end",
				      as[i].right, say, as[i].wrong);
		const char *open = strchr(as[i].right, '('), *close = strchr(open, ')');
		char *want = str_fmt("4:%.*s", (int)(close - open - 1), open + 1);

		finds(items, want);
		free(want);
		free(items);
	}
	/* Both fail, or neither does for sure. */
	finds("integer errors = 0; wire [7:0] k; dut d(k);\n"
	      "initial begin if (k == e) $error(\"k\"); else errors = errors + 1;\n"
	      "if (k == e) $display(\"got %x\", k); else $display(\"got %x\", e);\n"
	      "case (k == e) 1: $display(\"got 1\"); default: $display(\"got 2\"); endcase end",
	      "");
}

CASE(every_task_that_prints_is_a_print)
{
	static const char *const tasks[] = { "$display",  "$write",  "$strobe",	 "$monitor",
					     "$fdisplay", "$fwrite", "$fstrobe", "$fmonitor" };
	static const char *const bases[] = { "", "b", "h", "o" };

	for (size_t i = 0; i < sizeof(tasks) / sizeof(*tasks); i++)
		for (size_t k = 0; k < 4; k++) {
			char *items = str_fmt("initial if (q !== e) %s%s(%s\"q is \", q);",
					      tasks[i], bases[k], tasks[i][1] == 'f' ? "f, " : "");

			finds(items, "2:q !== e");
			free(items);
		}
	finds("initial begin if (q !== e) $info(\"q\");\nif (q !== e) $warning(\"q\"); end",
	      "2:q !== e; 3:q !== e");
	finds("initial begin if (q !== e) $monitoron; if (q !== e) $sformat(x, \"%d\", q); end",
	      "");
}

CASE(a_task_that_prints_is_called_by_a_check)
{
	finds("wire [3:0] q; dut d(q);\n"
	      "task d; c; endtask task c; b; endtask task b; a; endtask\n"
	      "task a; $display(\"%0d\", q); endtask\n"
	      "initial if (q !== e) d;",
	      "5:q !== e");
	/* It waits, or drives the design. */
	finds("wire [3:0] q; reg r; dut d(q, r);\n"
	      "task a; begin $display(\"expected %0d\", q); #1; end endtask\n"
	      "task b; begin $display(\"expected %0d\", q); r = 1; end endtask\n"
	      "initial begin if (q !== e) a; if (q !== e) b; end",
	      "");
}

CASE(an_exclusive_or_compares)
{
	finds("integer n = 0;\ninitial begin if (|(q ^ e)) begin n = n + 1; $display(\"%b\", q); "
	      "end\n"
	      "if ((q ^ e) != 0) $display(\"%b\", q);\nif (!(q ^ e)) ; else $display(\"%b\", q);\n"
	      "if (~|(q ^ e) == 1'b0) begin $display(\"%b\", q); $stop; end end",
	      "3:|(q ^ e); 4:(q ^ e) != 0; 5:!(q ^ e); 6:~|(q ^ e) == 1'b0");
	/* Compared bit by bit, with constants, with an earlier value, and by its own
	 * bits alone. */
	finds("initial begin if (a ^ b) $display(\"%b\", q); if (|(q ^ 8'h80)) $display(\"%b\", "
	      "q);\n"
	      "if (|(q ^ last_q)) $display(\"%b\", q); if (~(q ^ e)) $display(\"%b\", q);\n"
	      "if (|(q ^ e) && go) ; if (^q) $display(\"%b\", q); end",
	      "");
}

CASE(what_stops_behind_a_comparison_is_a_check)
{
	finds("initial begin if (!(q == e)) begin $display(\"%b\", q); $stop; end\n"
	      "if (q == e) ; else $stop;\nif (q == 3) $stop; if (q == e) $stop; end",
	      "2:!(q == e); 3:q == e");
}

CASE(assertions_are_checks)
{
	finds("initial begin assert (q == 1); a2: assert (r) else $error(\"r\"); cover (x); end",
	      "2:q == 1; 2:r");
	finds("assert property (@(posedge clk) a |-> b);", "2:property @(posedge clk) a |-> b");
}

CASE(a_print_that_says_so_is_a_failure)
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

CASE(a_question_for_x_is_a_check)
{
	finds("initial if (^q === 1'bx) $display(\"q is unknown\");", "2:^q === 1'bx");
	finds("initial if ($isunknown(q)) $display(\"q: %b\", q);", "2:$isunknown(q)");
	/* an expected value, and the end of a table of vectors */
	finds("initial if (q === 4'bx) $display(\"q is x before reset\");", "");
	finds("initial if (v[i] === 9'bx) begin $display(\"%0d vectors\", i); $finish; end", "");
	finds("initial if (v[i] === 9'bx) begin $display(\"%0d vectors\", i); disable run; end",
	      "");
}

CASE(a_name_or_a_last_word_tells_which_side_is_bad)
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

CASE(a_difference_may_have_a_name)
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

CASE(classes_and_interfaces_check_for_a_testbench)
{
	finds("class t; static int bad;\nstatic function void c(int g, e); if (g !== e) bad++; "
	      "endfunction endclass\n"
	      "initial if (t::bad) $display(\"FAIL\"); else $display(\"PASS\");",
	      "3:g !== e");
}

CASE(a_choice_between_two_words_may_lie_deep)
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

CASE(a_task_that_fails_makes_a_check_of_who_calls_it)
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

CASE(what_is_about_printing_is_seen_through)
{
	finds("int errors;\ninitial if (q !== 1) begin errors++; if (errors < 10) "
	      "$display(\"FAIL\"); end",
	      "3:q !== 1");
	finds("initial if (q !== 1) begin if (verbose) $display(\"ERROR\"); end", "2:q !== 1");
	finds("initial if (en) begin if (q !== 1) $display(\"ERROR\"); end", "2:q !== 1");
}

CASE(a_watchdog_compares_nothing)
{
	finds("initial begin n = n + 1; if (n > 1000) begin $display(\"TIMEOUT\"); $finish; end "
	      "end",
	      "");
	guards("initial if (!done) $display(\"ERROR: timeout\");", "2:guard !done");
}

CASE(what_a_run_needs_is_no_check)
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

/* It fails if the constraints contradict each other, whatever the design does. */
CASE(a_value_that_could_be_drawn_is_no_check)
{
	finds("int r;\ninitial begin\nassert (it.randomize()) else $fatal(1, \"no\");\n"
	      "if (!it.randomize() with { a < 5 && b > 3; }) $error(\"no\");\n"
	      "assert (std::randomize(r) == 1) else $error(\"no\");\n"
	      "if (!$cast(one, other)) $display(\"ERROR: cast\");\nend",
	      "");
	finds("initial begin\nassert (it.randomize() && q === e) else $error(\"no\");\n"
	      "assert (randomized === q) else $error(\"no\");\nend",
	      "3:it.randomize() && q === e; 4:randomized === q");
}

CASE(what_no_run_can_change_is_no_check)
{
	finds("localparam W = 4, DEBUG = 0;\ninitial begin\nassert (W > 0) else $fatal(1, "
	      "\"W\");\nif (DEBUG) $display(\"FAIL\");\nif (0) $error(\"never\");\n"
	      "if ($clog2(W) != 2) $display(\"ERROR: W\");\n"
	      "case (W) 4: ; default: $display(\"ERROR: W\"); endcase\n"
	      "$display(\"%s\", W == 4 ? \"ok\" : \"ERROR\"); assert (1);\nend",
	      "");
	/* which a run may be given */
	finds("parameter W = 4;\ninitial if (W !== 4) $error(\"W\");", "3:W !== 4");
	finds("parameter W = 4; wire w = 1;\ninitial begin\nif (w != 1) $error(\"w\");\n"
	      "if (q !== W) $error(\"q\");\nif (u.W != 4) $error(\"u\");\n"
	      "if ($time > W) $error(\"late\");\ncase (1'b1) q === W: ; default: "
	      "$display(\"ERROR\"); endcase\nassert (0);\nend",
	      "4:w != 1; 5:q !== W; 6:u.W != 4; 7:$time > W; 8:1'b1; 9:0");
}

CASE(a_package_with_tasks_or_variables_is_of_the_testbench)
{
	static const char call[] =
		"import g::*;\ninitial begin #1 compare(q, w);\n"
		"if (n_bad) $display(\"%0d went wrong\", n_bad); end\nendmodule\n";
	static const char *const packages[] = {
		"int n_bad = 0;\ntask compare(input a, b);\nif (a != b) n_bad += 1; endtask",
		"int n_bad = 0;\nfunction void compare(bit a, b);\nif (a != b) n_bad += 1; "
		"endfunction",
		"localparam W = 1;\ntask compare(input a, b);\nif (a != b) $display(\"FAIL\"); "
		"endtask",
	};

	for (size_t i = 0; i < sizeof(packages) / sizeof(*packages); i++) {
		char *text = str_fmt("%spackage g; %s endpackage\nmodule n;", call, packages[i]);

		finds(text, "8:a != b");
		free(text);
	}
	/* only types, constants and functions may be the design's as well */
	finds("endmodule\npackage g; localparam W = 1;\nfunction f(input a); int err = 0; "
	      "if (a != W) err = err + 1; f = err; endfunction endpackage\nmodule n;",
	      "");
}

CASE(constants_of_macros_and_packages_are_settled)
{
	finds("`define W 8\n`define BIG (`W * 2)\n`define MAX(a, b) ((a) > (b) ? (a) : (b))\n"
	      "import p::*;\ninitial begin if (`BIG != 16) $error(\"W\");\n"
	      "assert (`MAX(`W, 3) == 8);\nif (`W) $display(\"FAIL\"); end\n"
	      "endmodule\npackage p; localparam A = 3; parameter B = 4; endpackage\n"
	      "const int C = 5;\nmodule n;\ninitial begin if (A != 3) $error(\"A\");\n"
	      "if (p::B != 4) $error(\"B\"); if (C != 5) $error(\"C\"); end",
	      "");
	/* of a signal, a person, a fallback, nobody, and shadowed by a variable */
	finds("`define Q u.q\n`define R `Q\n`ifndef N\n`define N 4\n`endif\n"
	      "initial begin if (`R != 3) $error(\"q\");\nif (`N != 4) $error(\"N\");\n"
	      "if (`GIVEN != 5) $error(\"given\");\nif (q !== `W) $error(\"q\"); end\n"
	      "`define W 4\nendmodule\npackage p; parameter A = 3; endpackage\n"
	      "module n; wire [1:0] A = q;\ninitial if (A != 3) $error(\"A\");",
	      "7:`R != 3; 8:`N != 4; 9:`GIVEN != 5; 10:q !== `W; 15:A != 3");
}

CASE(what_an_if_guards_by_a_comparison_is_its_own)
{
	finds("initial begin go = en && (empty === 1'b0);\nif (go) begin n++;\nif (data !== want) "
	      "begin errors++; "
	      "$error(\"data\"); end end end",
	      "4:data !== want");
}

CASE(only_an_error_makes_a_file_to_write_a_check)
{
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\", \"w\"); if (f == 0) $error(\"cannot "
	      "write\"); end",
	      "3:f == 0");
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\"); if (!f) $error(\"cannot write\"); "
	      "end",
	      "3:!f");
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\", \"w\"); if (f == 0) begin "
	      "$display(\"ERROR: cannot write\"); $finish; end end",
	      "");
	finds("integer f;\ninitial begin f = $fopen(\"a.txt\", mode); if (f == 0) $error(\"cannot "
	      "open\"); end",
	      "");
}

CASE(what_is_compared_with_x_was_expected)
{
	/* no word in it is known, and none is needed */
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

CASE(words_of_other_languages_are_known)
{
	static const char *const pairs[][2] = {
		{ "Test bestanden", "Test nicht bestanden" },
		{ "richtig", "falsch" },
		{ "keine Fehler", "Fehler bei %0d" },
		{ "réussi", "échec" },
		{ "test correct", "test incorrect" },
		{ "aucune erreur", "erreur" },
		{ "Prueba superada", "Prueba fallida" },
		{ "Caso 1: PASÓ", "Caso 1: FALLÓ" },
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

CASE(a_text_may_hold_the_verdict)
{
	finds("reg [47:0] res;\ninitial begin res = \"PASSED\"; if (q !== 1) res = \"FAILED\"; "
	      "$display(\"%s\", res); end",
	      "3:q !== 1");
	finds("string st;\ninitial begin st = (q == 1) ? \"ok\" : \"bad\"; end", "3:(q == 1)");
	finds("string st;\ninitial begin st = (q == 1) ? \"read\" : \"write\"; end", "");
	finds("initial $display(\"%s\", q == 1 ? \"OK\" : \"NG\");", "2:q == 1");
	finds("initial $display(\"%s\", q == 1 ? \"✓\" : \"\");", "2:q == 1");
	finds("initial $display(\"%s\", q == 1 ? \"true\" : \"false\");", "");
	finds("`define A(m, cond) $display(\"%s %s\", m, (cond) ? \"passed\" : \"FAILED\")\n"
	      "initial `A(\"q\", q == 1);",
	      "2:(cond)");
	finds("`define A(m, c) $display(\"%s %s\", m, cond ? \"passed\" : \"FAILED\")\n"
	      "initial `A(\"q\", q == 1);",
	      "");
	finds("initial if (q == 1) $display(\"\\033[32mPASS\\033[0m\"); else "
	      "$display(\"\\033[31mFAIL\\033[0m\");",
	      "2:q == 1");
	finds("initial if (q == 1) $display(\"\\x1b[32mPASS\\x1b[0m\");", "2:q == 1");
	finds("task log(input string s, t); $display(\"%s %s\", s, t); endtask\ninitial if (q != "
	      "1) log(\"ERROR\", \"q\");",
	      "3:q != 1");
}

CASE(who_leaves_early_was_right)
{
	finds("task t; if (q == 1) return; $error(\"q\"); endtask", "2:q == 1");
	finds("task t; begin\nif (q == 1) return;\n$error(\"q\"); end endtask", "3:q == 1");
	finds("initial begin : b\nif (q == 1) disable b;\n$display(\"ERROR: q\"); end", "3:q == 1");
	finds("task t; begin\nif (q == 1) return;\nif (p !== 2) $error(\"q\"); end endtask",
	      "4:p !== 2");
}

CASE(a_file_that_nobody_asked_for_is_needed)
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

CASE(a_message_of_the_design_is_no_check)
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

CASE(a_default_that_hints_is_the_bad_choice)
{
	finds("initial case (q) want: ; default: $display(\"q is %0d, expected %0d\", q, want); "
	      "endcase",
	      "2:q");
	finds("initial case (q) 3: $display(\"three\"); default: ; endcase", "");
}

/* Comparing two changing values with x and z serves no purpose but checking. */
CASE(what_follows_a_difference_is_known_without_words)
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

CASE(what_joins_comparisons_is_one)
{
	/* One difference among several comparisons is a failure; equality needs all of
	 * them. */
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

CASE(a_net_that_joins_comparisons_tells)
{
	finds("wire w = (q == q_ref) && (r == r_ref);\nalways @(posedge clk) if (!w) "
	      "$display(\"hm\");",
	      "3:!w");
	finds("wire w = !((q != q_ref) || (r != r_ref));\nalways @(posedge clk) if (w) "
	      "$display(\"fine\");",
	      "");
	/* Without "ref", its name and the printed words together identify it. */
	finds("wire test_ok = (q == r) && (s == t);\nalways @(posedge clk) if (en && !test_ok) "
	      "$display({\"Error in %m: \", \"%0d\"}, q);",
	      "3:en && !test_ok");
	finds("wire test_ok = (q == r) && (s == t);\nalways @(posedge clk) if (!test_ok) "
	      "$display(\"%0d\", q);",
	      "");
	finds("wire empty = rd == wr;\nalways @(posedge clk) if (!empty) $display(\"got %0d\", q);",
	      "");
}

CASE(a_net_that_compares_is_a_comparison)
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

CASE(two_words_chosen_by_a_comparison_are_good_and_bad)
{
	finds("initial $display(\"%s\", q === e ? \".\" : \"F\");", "2:q === e");
	finds("initial $display(\"%b %s\", q, (q !== a + b) ? \"no\" : \"yes\");",
	      "2:(q !== a + b)");
	finds("initial $display(\"%s\", q == e ? \"up\" : \"down\");", "");
	finds("initial $display(\"%s\", q === last_q ? \"stays\" : \"moves\");", "");
	finds("initial case (q === e) 1'b1: $display(\"good\"); 1'b0: $display(\"bad\"); endcase",
	      "2:q === e");
}

CASE(a_report_inside_of_what_goes_on_is_not_about_that)
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

/* With a search through the names for each of them this would take minutes. */
CASE(a_module_may_have_very_many_names)
{
	struct str s = STR_INIT;
	struct checks *c = checks_new();

	str_adds(&s, "module m(input clk, input rst, output reg q);\n");
	for (int i = 0; i < 8000; i++)
		str_addf(&s, "reg r%d;\n", i);
	for (int i = 0; i < 8000; i++)
		str_addf(&s, "always @(posedge clk) if (r%d) r%d <= 0; else r%d <= rst;\n", i, i,
			 i);
	str_adds(&s, "endmodule\nmodule tb; initial if (q !== 3) $error(\"q\"); endmodule\n");
	checks_add(c, "tb.sv", str_cstr(&s), s.len);
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 1);
	checks_free(c);
	str_free(&s);
}
