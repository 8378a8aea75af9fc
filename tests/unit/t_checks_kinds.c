/* Checks that are known by what they lead to, not by their words. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/checks_found.h"

#define DUT                                                                               \
	"wire [3:0] q, want; reg clk = 0; integer n = 0, k = 0; dut u(.clk(clk), .q(q), " \
	".w(want));\n"
#define PASS " if (n == 0) $display(\"PASS\"); else $display(\"FAIL\"); $finish; end"

CASE(a_sum_at_the_end_is_no_check)
{
	static const char *const ends[] = { "$stop", "$finish" };

	for (size_t i = 0; i < 2; i++) {
		char *text = str_fmt(DUT "always @(posedge clk) begin if (q !== want) n = n + 1;\n"
					 "if (v[k] === 4'bx) begin $display(\"%%0d tests, %%0d "
					 "errors\", k, n); %s; end end",
				     ends[i]);

		finds(text, "3:q !== want");
		free(text);
	}
	/* but what stops because it differs compares */
	finds(DUT "initial begin #1 if (q !== want) begin\n$display(\"%0d errors\", n); $stop; end "
		  "end",
	      "3:q !== want");
}

CASE(how_much_is_printed_is_no_success)
{
	guards(DUT "initial begin #1 if (q !== want) begin n = n + 1;\n"
		   "if (n < 4) $display(\"got %h, expected %h\", q, want); end\n"
		   "if (n) $display(\"%0d misses\", n); else $display(\"zero misses\"); end",
	       "3:q !== want; 5:guard n");
}

CASE(a_name_does_not_outweigh_what_raises_it)
{
	finds(DUT "integer nok = 0; initial begin #1 k = k + 1; if (q === want) nok = nok + 1;\n"
		  "if (nok == k) $display(\"all ok\"); end",
	      "3:q === want");
	guards(DUT "integer not_passed = 0; initial begin #1 if (q !== want) not_passed = "
		   "not_passed + 1;\n"
		   "if (not_passed == 0) $display(\"fine\"); else $display(\"rumpelstilz\"); end",
	       "3:q !== want; 4:guard not_passed == 0");
	finds(DUT "bit fail; initial begin #1 if (q != want + k) begin fail = 1;\n"
		  "$display(\"vector %0d: %0d\", k, q); end if (!fail) $display(\"through\"); end",
	      "3:q != want + k");
	/* a state that the testbench keeps is no such flag */
	finds(DUT "bit failing; initial begin #1 if (q == 3) failing = 1; if (failing) clk = 1; "
		  "end",
	      "");
}

CASE(a_count_of_events_is_compared_once)
{
	finds(DUT "reg [3:0] was; always @(posedge clk) begin if (was == 15 && q == 0) k = k + 1;\n"
		  "was = q; end\n"
		  "initial #99 if (k == 4) $display(\"ok\"); else $display(\"wrong\");",
	      "5:k == 4");
	finds(DUT "initial begin #1 if (q == 7) k = k + 1;\n"
		  "if (k == 1) $display(\"ok\"); else $display(\"wrong\"); end",
	      "3:q == 7");
}

CASE(a_denial_is_bad_without_other_words)
{
	guards(DUT "reg same = 1; initial begin #1 same = same & (q === want);\n"
		   "if (same) $display(\"equivalent\"); else $display(\"NOT equivalent\"); end",
	       "3:same & (q === want); 4:guard same");
	finds(DUT "initial begin #1 if (q == want) $display(\"in step\");\n"
		  "else $display(\"not in step\"); end",
	      "3:q == want");
	finds(DUT "initial begin #1 if (q != 7) $display(\"not loaded\"); end", "3:q != 7");
	finds(DUT "initial begin #1 if (q != 7) $display(\"q is not seven\"); end", "");
	finds(DUT "initial begin #1 if (q == 0) $display(\"not enabled\"); end", "");
}

CASE(a_difference_counts_however_it_is_written)
{
	static const char *const differ[] = {
		"~(q ~^ want)",
		"(q ^ want) > 0",
		"|(q ^ want)",
		"~&(q ~^ want)",
		"!(q === want)",
		"1'b0 == (q === want)",
		"(q !== want) | (k !== want)",
		"~(q == want)",
	};

	for (size_t i = 0; i < sizeof(differ) / sizeof(*differ); i++) {
		char *text = str_fmt(DUT "initial begin #1 if (%s) k = k + 1;\n"
					 "if (k == 0) $display(\"fine\"); else "
					 "$display(\"rumpelstilz\"); end",
				     differ[i]);
		char *found = str_fmt("3:%s; 4:guard k == 0", differ[i]);

		guards(text, found);
		free(found);
		free(text);
	}
}

CASE(a_bad_status_is_a_failure)
{
	finds(DUT "initial begin #1 if (q !== want) k = 1; if (k) $finish_and_return(1);\n"
		  "$finish_and_return(0); end",
	      "3:q !== want");
	finds(DUT "initial #1 if (q == 3) $finish_and_return(0); else $finish_and_return(2);",
	      "3:q == 3");
	finds(DUT "initial #1 if (q == 3) $finish_and_return(0);", "");
}

CASE(each_way_to_count_a_failure_is_one)
{
	static const char *const ways[] = {
		"if (q !== want) n = n | (1 << k);",
		"if (q !== want) n |= 16'd1 << (k & 15);",
		"case (q) want: ; default: e.push_back(k); endcase",
		"case (q) want: ; default: k = k + 2; endcase",
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		char *text = str_fmt(DUT "int e[$]; initial begin #1\n%s" PASS, ways[i]);

		finds(text, i < 2 ? "4:q !== want" : "4:q");
		free(text);
	}
	finds(DUT "initial begin #1 begin : one if (q === want) disable one;\nn = n + 1; end" PASS,
	      "3:q === want");
	finds(DUT "int e[$]; initial begin #1 if (q !== want) e.push_back(k);\n"
		  "$display(\"Result: %0s\", (e.size() == 0) ? \"OK\" : \"FAIL\"); end",
	      "3:q !== want");
	/* an item that does something, or a number, is a choice */
	finds(DUT "initial begin #1 case (q) want: k = 2; default: k = k + 1; endcase end", "");
	finds(DUT "initial begin #1 case (q) 4: ; default: k = k + 1; endcase end", "");
}

CASE(an_exit_of_the_loop_is_no_check)
{
	finds(DUT "initial begin : lp forever begin if (k == 16) disable lp; #1;\n"
		  "begin : one if (q === want) disable one; $error(\"q\"); end k = k + 1; end end",
	      "4:q === want");
}

CASE(a_triggered_process_fails_for_who_triggers_it)
{
	finds(DUT "event bad; always @(bad) $display(\"FAIL at %0t\", $time);\n"
		  "initial #1 if (q != want + k) -> bad;",
	      "4:q != want + k");
	finds(DUT "event next; always @(next) $display(\"step %0d\", k);\n"
		  "initial #1 if (q == 3) -> next;",
	      "");
}

CASE(a_variable_may_hold_what_stops_the_run)
{
	finds(DUT "reg match; initial begin #1 match = q === want;\n"
		  "if (!match) begin $display(\"### %0t\", $time); $stop; end end",
	      "4:!match");
	finds(DUT "reg moved; initial begin #1 moved = q !== want;\n"
		  "if (moved) $display(\"### %0t\", $time); end",
	      "");
}

CASE(a_variable_may_hold_what_is_counted)
{
	/* only the first one is printed */
	guards(DUT "reg m; initial begin #1 m = y === want;\n"
		   "if (!m) begin if (n == 0) $display(\"ERROR %0d\", k); n = n + 1; end\n"
		   "if (n == 0) $display(\"OK!\"); end",
	       "4:!m");
	/* what is left of 100, and what is below zero */
	guards(DUT "reg m; initial begin n = 100; #1 m = y === want; if (!m) n = n - 1;\n"
		   "if (n == 100) $display(\"PASS\"); else $display(\"FAIL\"); end",
	       "3:!m; 4:guard n == 100");
	finds(DUT "function integer check(input [3:0] a, b); begin check = 0;\n"
		  "if (a !== b) check = -1; end endfunction\n"
		  "initial begin k = 0; #1 n = check(q, want);\n"
		  "if (n < 0) begin $display(\"rc %0d\", n); k = k - 1; end\n"
		  "if (k != 0) $display(\"exit code 1\"); end",
	      "4:a !== b");
}

CASE(a_case_decides_as_an_if_does)
{
	static const char *const cases[] = {
		"case (q) want: ; default: n = n - 1; endcase",
		"case (q === want) 1: ; 0: n = n - 1; endcase",
		"case (1'b1) (q === want): ; default: n = n - 1; endcase",
		"case (1'b0) (q === want): n = n - 1; default: ; endcase",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = str_fmt(DUT "initial begin n = 100; #1\n%s\n"
					 "if (n == 100) $display(\"PASS\"); else "
					 "$display(\"FAIL\"); end",
				     cases[i]);
		char *got = sites(text, true);

		assert_true(str_starts(got, "4:"));
		assert_true(str_ends(got, "; 5:guard n == 100"));
		free(got);
		free(text);
	}
	finds(DUT "initial begin #1 case (1'b1)\n"
		  "(q == want + k): n = n + 1; default: $display(\"q is %0d\", q); endcase\n"
		  "if (n == 8) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "3:1'b1");
	/* which of many it was is no such decision */
	finds(DUT "initial begin #1 case (q) 1: n = n + 1; 2: k = k + 1; default: ; endcase\n"
		  "$display(\"%0d ones, %0d twos\", n, k); end",
	      "");
}

/* One decision in eight forms, with words that say nothing: what is done where the design
 * differs from what was expected is a failure. */
CASE(a_decision_is_the_same_in_each_form)
{
	static const char *const forms[][2] = {
		{ "", "if (y !== ~a) begin %s end" },
		{ "function same(input [3:0] p, r); same = (p === r); endfunction",
		  "if (!same(y, ~a)) begin %s end" },
		{ "", "case (y === ~a) 1'b1: ; default: begin %s end endcase" },
		{ "", "case (y !== ~a) 1: begin %s end endcase" },
		{ "reg [3:0] w;", "w = ~a; case (y) w: ; default: begin %s end endcase" },
		{ "reg m;", "m = (y === ~a); if (!m) begin %s end" },
		{ "", "if ((y - (~a & 4'hf)) != 0) begin %s end" },
		{ "reg [3:0] d;", "d = y ^ ~a; if (d) begin %s end" },
	};
	static const char *const acts[] = {
		"$display(\"  %0t %h %h <-- X\", $time, y, ~a);",
		"$display(\"%s y = %0d\", msg, y);",
		"$swrite(line_, \"value %h\", y); $display(\"%0s\", line_);",
		"fail = 1'b1;",
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms) * 4; i++) {
		struct str text = STR_INIT, check = STR_INIT;
		const char *form = forms[i / 4][1], *at = strstr(form, "%s");
		char *got;

		str_add(&check, form, (size_t)(at - form));
		str_addf(&check, "%s%s", acts[i % 4], at + 2);
		str_addf(&text,
			 "reg [3:0] a; wire [3:0] y; reg fail = 0; inv dut(a, y); %s\ninitial "
			 "begin a = 1; #1\n%s\ncase (!fail) 1'b1: $display(\"All match\"); "
			 "default: $display(\"FAIL\"); endcase $finish; end",
			 forms[i / 4][0], str_cstr(&check));
		got = sites(str_cstr(&text), false);
		if (!str_starts(got, "4:") || strchr(got, ';'))
			fail_msg("%s: %s", str_cstr(&check), got);
		free(got);
		str_free(&text);
		str_free(&check);
	}
	/* how far two pointers are apart, and a state */
	finds(DUT "wire [3:0] head, tail; dut v(.h(head), .t(tail));\n"
		  "initial begin #1 if ((head - tail) != 0) $display(\"not empty\"); end",
	      "");
	finds(DUT
	      "initial begin #1 case (q) want: $display(\"a\"); default: $display(\"b\"); endcase "
	      "end",
	      "3:q");
}

CASE(a_model_and_what_is_left_count_no_failures)
{
	finds(DUT
	      "reg [7:0] m = 0; function same(input [7:0] a, b); same = (a === b); endfunction\n"
	      "initial begin m = clk ? m - 1 : m + 1;\n"
	      "if (!same(q, m)) begin $display(\"FAILED - q: %0d != %h\", q, m); k = 1; end end",
	      "5:!same(q, m)");
	guards(DUT "integer good = 0; initial begin good = good + (q === want ? 1 : 0);\n"
		   "if (good == 8) $display(\"No errors found\"); else $display(\"failed\"); end",
	       "3:q === want; 4:guard good == 8");
	guards(DUT "integer good = 0; initial begin good = (q === want) ? good + 1 : good;\n"
		   "if (good == 8) $display(\"No errors found\"); else $display(\"failed\"); end",
	       "3:(q === want); 4:guard good == 8");
	guards(DUT "integer left = 1; initial begin if (q !== want) left = left - 1;\n"
		   "if (left == 1) $display(\"PASSED\"); else $display(\"FAILED\"); end",
	       "3:q !== want; 4:guard left == 1");
}

CASE(a_copy_made_just_before_compares_nothing)
{
	finds(DUT "reg [3:0] e; initial begin #12 e = q;\nif (q !== e) $display(\"FAIL\"); end",
	      "");
	finds(DUT "reg [3:0] e; initial begin e = q; #12 k = 1;\n"
		  "if (q !== e) $display(\"FAIL\"); end",
	      "4:q !== e");
	finds(DUT "reg [3:0] e; initial begin e = q; $display(\"%d\", e);\n"
		  "if (q !== e) $display(\"FAIL\"); end",
	      "");
	finds(DUT "reg [3:0] e; initial begin e = q; #1\nif (q !== e) $display(\"FAIL\"); end",
	      "4:q !== e");
	finds(DUT "reg [3:0] e; initial begin e = q; k = #5 1;\n"
		  "if (q !== e) $display(\"FAIL\"); end",
	      "4:q !== e");
	finds(DUT "reg [3:0] e; initial begin e = @(posedge clk) q;\n"
		  "if (q !== e) $display(\"FAIL\"); end",
	      "4:q !== e");
	finds(DUT "reg [3:0] e; initial begin if (k) begin e = want; end e = q; k = 1;\n"
		  "if (q !== e) $display(\"FAIL\"); end",
	      "");
	finds(DUT "reg [3:0] e; initial begin e = q; e = want;\n"
		  "if (q !== e) $display(\"FAIL\"); end",
	      "4:q !== e");
}

CASE(a_text_of_messages_is_asked_whether_it_is_empty)
{
	guards(DUT "string log = \"\"; initial begin #1 if (q !== want + k)\n"
		   "log = {log, $sformatf(\"q is %0d, \", q)};\n"
		   "if (log == \"\") $display(\"adds up\"); else $display(\"%s\", log); end",
	       "3:q !== want + k");
	/* a trace, which nothing asks for */
	finds(DUT "string log = \"\"; initial begin #1 if (q == 3) log = {log, \"three \"};\n"
		  "$display(\"%s\", log); end",
	      "");
}

CASE(an_early_end_fails_where_the_last_word_is_good)
{
	finds(DUT "wire full; dut v(full); initial begin #1\n"
		  "if (!full) begin $display(\"not yet full\"); $finish; end\n"
		  "#1 if (q == 3) begin $display(\"three\"); $finish; end\n"
		  "if (n == 3) begin $display(\"that is all\"); $finish; end\n"
		  "$display(\"Done, all fine.\"); $finish; end",
	      "4:!full; 5:q == 3");
	finds(DUT "wire full; dut v(full); initial begin #1\n"
		  "if (!full) begin $display(\"not yet full\"); $finish; end\n"
		  "$display(\"the end\"); $finish; end",
	      "");
	/* each process by its own last word, also after another one was asked */
	finds(DUT
	      "wire full; dut v(full);\n"
	      "initial begin #1 if (!full) begin $display(\"1\"); $finish; end $display(\"a\"); "
	      "end\n"
	      "initial begin #1 if (!full) begin $display(\"2\"); $finish; end\n"
	      "$display(\"Done, all fine.\"); if (!full) begin $display(\"3\"); $finish; end end\n"
	      "initial begin #1 if (!full) begin $display(\"4\"); $finish; end $display(\"b\"); "
	      "end",
	      "5:!full");
}

CASE(how_much_is_told_of_a_failure_is_no_check)
{
	finds(DUT "reg v; initial begin v = $test$plusargs(\"verbose\"); #1 if (q !== want) begin\n"
		  "n = n + 1; if (v) $display(\"...which is wrong\"); end\n"
		  "$display(\"%0d problem(s)\", n); end",
	      "3:q !== want");
	finds(DUT "initial begin #1 assert (q == want); assert (0) else $info(\"the end\"); end",
	      "3:q == want");
	finds(DUT "initial begin #1 assert (0) else $error(\"never here\"); end", "3:0");
}

CASE(a_flag_of_flags_compares_nothing)
{
	finds(DUT "reg ok, all_ok = 1; initial begin #1 ok = (q == want);\n"
		  "all_ok = all_ok & ok; $display(\"%s\", ok ? \" \" : \"X\");\n"
		  "$display(\"%s\", all_ok ? \"all ok\" : \"wrong\"); end",
	      "3:(q == want)");
	finds(DUT "reg all_ok = 1; initial begin #1 all_ok = all_ok & (q == want);\n"
		  "$display(\"%s\", all_ok ? \"all ok\" : \"wrong\"); end",
	      "3:all_ok & (q == want)");
}

CASE(a_wait_beside_a_watchdog_is_a_check)
{
	static const char *const waits[] = { "@(posedge q);", "wait (q);",
					     "while (!q) @(posedge clk);" };
#define WATCHDOG "initial begin #900 $display(\"timeout\"); $finish; end\n"
#define RUN	 "initial begin clk = 1; %s $display(\"all good\"); $finish; end"
#define LAST(w)	 "initial begin " w "; $display(\"all good\"); $finish; end"
	static const char *const want[] = { "4:@(posedge q)", "4:wait (q)", "4:!q" };

	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
		char *text = str_fmt(DUT WATCHDOG RUN, waits[i]);
		char *alone = str_fmt(DUT RUN, waits[i]);
		char *beside = str_fmt(DUT WATCHDOG RUN "\ninitial #1 if (q !== want) "
							"$error(\"q\");",
				       waits[i]);

		finds(text, want[i]);
		finds(alone, "");
		finds(beside, "5:q !== want");
		free(beside);
		free(alone);
		free(text);
	}
	/* what it says may be said of anything, and its own clock comes in any case */
	finds(DUT WATCHDOG "initial begin @(posedge q); $display(\"q rose\"); $finish; end", "");
	finds(DUT WATCHDOG "initial begin @(posedge clk); $display(\"all good\"); $finish; end",
	      "");
	/* nor do a clock that an instance makes, an event, and a clocking block tell of it */
	finds(DUT WATCHDOG "wire clk_b; gen g(clk_b); " LAST("@(negedge clk_b)"), "");
	finds(DUT WATCHDOG "bus_if bus(); gen g(bus.clk); " LAST("@(negedge bus.clk)"), "");
	finds(DUT WATCHDOG "event e; initial #9 -> e; " LAST("@(e)"), "");
	finds(DUT WATCHDOG "clocking cb @(posedge clk); endclocking " LAST("@(cb)"), "");
	finds(DUT WATCHDOG "bus_if bus(); gen g(bus); " LAST("wait (bus.ack)"), "4:wait (bus.ack)");
}

CASE(a_wait_counts_when_it_is_over)
{
	instrumented("module tb; " DUT WATCHDOG
		     "initial begin @(posedge q); $display(\"all good\"); end",
		     CHECKS_ICARUS,
		     "module tb; " DUT WATCHDOG
		     "initial begin begin @(posedge q); posedge_checks.m0 = "
		     "posedge_checks.m0 + 1; end $display(\"all good\"); end");
	instrumented("module tb; " DUT WATCHDOG
		     "initial begin @(posedge q) clk = 1; $display(\"all good\"); end",
		     CHECKS_ICARUS,
		     "module tb; " DUT WATCHDOG
		     "initial begin @(posedge q) begin posedge_checks.m0 = "
		     "posedge_checks.m0 + 1; clk = 1; end $display(\"all good\"); "
		     "end");
}

CASE(each_place_of_an_array_is_a_variable)
{
	guards(DUT "int c[2]; initial begin #1 if (q !== want) c[1]++; else c[0]++;\n"
		   "if (c[1] == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	       "3:q !== want; 4:guard c[1] == 0");
	/* but not if the index varies */
	guards(DUT "int c[2]; initial begin #1 if (q !== want) c[k]++;\n"
		   "if (c[1] == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	       "3:q !== want; 4:guard c[1] == 0");
}

CASE(the_limit_of_a_wait_is_no_check)
{
#define POLL "initial begin while (!ack) begin @(posedge clk); k = k + 1;\n"
	guards(DUT "wire ack; dut v(.a(ack));\n" POLL
		   "if (k > 50) begin $display(\"FAIL: late\"); $finish; end end\n"
		   "if (q !== want) $display(\"FAIL\"); $finish; end",
	       "5:guard k > 50; 6:q !== want");
	/* if nothing else compares, that it was not reached is one */
	guards(DUT "wire ack; dut v(.a(ack));\n" POLL
		   "if (k == 50) begin $display(\"never came, giving up\"); $finish; end end\n"
		   "$display(\"after %0d\", k); $finish; end",
	       "5:guard k == 50; 4:!ack");
}

CASE(a_watchdog_needs_no_word_for_it)
{
	static const char *const said[][2] = {
		{ "still waiting, aborting",
		  "4:@(posedge ack); 5:guard \"still waiting, aborting\"" },
		{ "FAIL: no ack", "4:@(posedge ack)" },
		{ "end of test", "" },
	};

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		char *text = str_fmt(DUT "wire ack; dut v(.a(ack));\n"
					 "initial begin @(posedge ack); $display(\"all is well\"); "
					 "$finish; end\n"
					 "initial begin #99 $display(\"%s\"); $finish; end",
				     said[i][0]);

		guards(text, said[i][1]);
		free(text);
	}
}

CASE(a_branch_of_a_fork_may_watch_the_other)
{
	finds(DUT "wire ack; dut v(.a(ack)); initial begin fork : both\n"
		  "begin @(posedge ack); $display(\"acked\"); disable both; end\n"
		  "begin #99 $error(\"timeout\"); disable both; end join $finish; end",
	      "4:@(posedge ack)");
	finds(DUT "wire ack; dut v(.a(ack)); initial begin fork\n"
		  "begin @(posedge ack); $display(\"acked\"); end\n"
		  "begin #99 $display(\"99 ns\"); end join $finish; end",
	      "");
}

CASE(what_the_design_did_is_asked_at_the_end)
{
#define SEEN "reg seen = 0; always @(posedge clk) if (q[0]) seen <= 1;\n"
	finds(DUT SEEN "initial #99 if (seen) $display(\"seen\"); else $display(\"not seen\");",
	      "4:seen");
	/* but where something compares, it is the report */
	finds("reg seen = 0;\ninitial begin #9 seen = 1;\n"
	      "if (seen) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "");
	guards(DUT SEEN "initial #99 if (seen) $display(\"seen\"); else $display(\"not seen\");\n"
			"initial #9 if (q !== want) $error(\"q\");",
	       "4:guard seen; 5:q !== want");
	/* bits that hold what is right, printed as if they counted failures */
	guards(DUT "reg [7:0] pass = 0; initial begin #1 pass[k] = (q == want);\n"
		   "if (&pass) $display(\"PASS\"); else $display(\"FAIL: %b\", pass); end",
	       "3:(q == want); 4:guard &pass");
	finds(DUT "string log = \"\"; initial begin #1 if (q !== want)\n"
		  "log = {log, $sformatf(\"%0d \", k)};\n"
		  "if (log == \"\") $display(\"none\"); else $display(\"bad: %s\", log); end",
	      "3:q !== want");
}

CASE(a_case_may_be_the_report)
{
	guards(DUT "initial begin #1 if (q !== want) n = n + 1;\n"
		   "case (1'b1) (n > 0): $display(\"FAIL\"); default: $display(\"PASS\"); endcase "
		   "end",
	       "3:q !== want");
}
