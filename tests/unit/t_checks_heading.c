/* Lines that are printed in every run, and those that are evidence. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/base/mem.h"
#include "tests/lib/checks_found.h"

#define CHECKS "if (y !== w) n = n + 1;\nif (n != 0) $display(\"FAIL\"); $finish; end"

static void judge(const char *more, const char *items, const char *line, bool want)
{
	char *text = str_fmt("module tb; wire y, w, err; reg clk = 0; integer n = 0;\n"
			     "dut u(.clk(clk), .y(y), .err(err)); ref r(.y(w));\n%s%s\n"
			     "endmodule\n",
			     more, items);
	struct checks *c = checks_new();

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	if (checks_line_is_heading(c, line, strlen(line)) != want)
		fail_msg("%s: %s is %sa heading", items, line, want ? "not " : "");
	checks_free(c);
	free(text);
}

/* Beside a process that may end the run at any time. */
static void heading(const char *items, const char *line, bool want)
{
	judge("always @(posedge y) if (w) $finish;\n", items, line, want);
}

/* Where no other process ends it. */
static void alone(const char *items, const char *line, bool want)
{
	judge("", items, line, want);
}

CASE(what_comes_in_every_run_is_a_heading)
{
	heading("initial begin $display(\"Mismatch table\"); #5 " CHECKS, "Mismatch table", true);
	heading("initial begin $display(\"=== Test %0d: failure\", n + 1); #5 " CHECKS,
		"=== Test 1: failure", true);
	heading("initial begin @(posedge clk); $write(\"Mismatch table\\n\"); " CHECKS,
		"Mismatch table", true);
	heading("initial begin repeat (3) begin #5 $display(\"FAIL?\"); n = n + (y !== w); end end",
		"FAIL?", true);
	heading("initial begin #5 if (y !== w) n = n + 1; $display(\"failures of b\"); #5 " CHECKS,
		"failures of b", true);
	heading("task b; begin $display(\"ERROR: cases\"); #1 if (y) n = 1; end endtask\n"
		"initial begin b; #5 " CHECKS,
		"ERROR: cases", true);
	heading("initial begin $display(\"Mismatched widths\"); r = y == w; $display(\"%b\", r); "
		"end",
		"Mismatched widths", true);
	heading("initial begin $display(\"Mismatched widths\"); r = y == w; $finish; end",
		"Mismatched widths", true);
	heading("initial begin n = 0; $display(\"Mismatch table\"); #900 $finish; end",
		"Mismatch table", true);
	heading("initial begin #5 clk = 1; $display(\"Mismatch table\"); #900 $finish; end",
		"Mismatch table", true);
	heading("initial begin #5 n = 1; $display(\"Mismatch table\"); #5 n = 2; #5 $finish; end",
		"Mismatch table", true);
	heading("task b; begin $display(\"Mismatch table\"); #1 if (y) n = 1; end endtask\n"
		"initial begin #5 b; $finish; end",
		"Mismatch table", true);
	/* a routine that only prints, of which the caller goes on */
	heading("task head; begin $display(\"| y | FAIL |\"); $display(\"|---|---|\"); end "
		"endtask\n"
		"initial begin head; #5 " CHECKS,
		"| y | FAIL |", true);
	heading("function void head(); $display(\"Mismatch table\"); endfunction\n"
		"initial begin head(); #5 " CHECKS,
		"Mismatch table", true);
}

CASE(what_comes_before_all_is_a_heading)
{
	heading("initial $display(\"Known errors: FAILED corners\");",
		"Known errors: FAILED corners", true);
	heading("initial begin $display(\"FAILED\"); #900 $finish; end", "FAILED", true);
	heading("initial begin #5 $display(\"FAILED\"); end", "FAILED", false);
	heading("initial begin if (y) $display(\"FAILED\"); end", "FAILED", false);
	heading("parameter W = 4; initial if (W > 8) $display(\"FAILED\");", "FAILED", false);
	heading("final $display(\"FAILED\");", "FAILED", false);
}

CASE(each_line_of_a_heading_counts)
{
	char *many = mem_strdup(""), *wide = mem_calloc(1, 3001);

	heading("initial begin $display(\"  y  w\\nMismatch table\\n======\\n\"); #5 " CHECKS,
		"Mismatch table", true);
	/* an argument on a line of its own fits any line */
	heading("initial begin $display(\"Mismatch table\\n%s\", n); #5 " CHECKS, "FAIL: y", false);
	heading("initial begin $display(\"Mismatch table\\nFAILED\"); #5 if (y) "
		"$display(\"FAILED\"); " CHECKS,
		"FAILED", false);
	for (int i = 0; i < 1500; i++) {
		char *more = str_fmt("%s$display(\"FAIL: mode %d\");\n", many, i);

		free(many);
		many = more;
	}
	memset(wide, '-', 3000);
	for (size_t i = 0; i < 2; i++) {
		char *text = str_fmt("initial begin %s$display(\"FAILED | %s\"); #5 " CHECKS, many,
				     wide);
		char *line = str_fmt("FAILED | %s", wide);

		heading(text, i ? line : "FAIL: mode 1499", true);
		free(text);
		free(line);
	}
	free(many);
	free(wide);
}

/* A testbench that a script wrote; with quadratic work this would take minutes. */
CASE(many_headings_are_known_each)
{
	struct str text = STR_INIT;
	struct checks *c = checks_new();

	str_adds(&text, "module tb; wire y, w; integer n = 0; dut u(.y(y)); ref r(.y(w));\n"
			"initial begin\n");
	for (int i = 0; i < 20000; i++)
		str_addf(&text, "$display(\"FAIL: mode %d\");\n", i);
	str_adds(&text, "#5 " CHECKS "\nendmodule\n");
	checks_add(c, "tb.sv", str_cstr(&text), text.len);
	checks_find(c, "tb");
	for (int i = 0; i < 20000; i++) {
		char *line = str_fmt("FAIL: mode %d", i);

		assert_true(checks_line_is_heading(c, line, strlen(line)));
		free(line);
	}
	assert_false(checks_line_is_heading(c, "FAIL: mode 20000", 16));
	checks_free(c);
	str_free(&text);
}

CASE(what_the_design_decides_is_evidence)
{
	heading("initial begin #5 if (y !== w) $display(\"FAILED\"); #5 " CHECKS, "FAILED", false);
	heading("initial begin @(posedge err); $display(\"FAILED\"); #5 " CHECKS, "FAILED", false);
	heading("initial begin wait (err); $display(\"FAILED\"); #5 " CHECKS, "FAILED", false);
	heading("initial begin #5 if (y) begin $display(\"PASS\"); $finish; end\n"
		"$display(\"FAILED\"); #5 n = y; " CHECKS,
		"FAILED", false);
	heading("always @(negedge y) begin $display(\"FAILED\"); if (y) n = 1; end", "FAILED",
		false);
	heading("task b; begin $display(\"FAILED\"); #1 if (y) n = 1; end endtask\n"
		"initial begin #5 if (y) b; " CHECKS,
		"FAILED", false);
	heading("initial begin fork #5 n = 1; begin #9 $display(\"FAILED\"); #1 n = 2; end\n"
		"join_any " CHECKS,
		"FAILED", false);
	heading("initial begin if (!(1'b0)) $display(\"FAIL: fill in\"); #5 n = 1; " CHECKS,
		"FAIL: fill in", false);
	/* loops that may have no round, and clocks that are none of the testbench's */
	heading("initial begin foreach (left[i]) $display(\"FAILED\"); #5 n = 1; " CHECKS, "FAILED",
		false);
	heading("initial begin for (i = 0; i < n; i = i + 1) $display(\"FAILED\"); #5 n = "
		"1; " CHECKS,
		"FAILED", false);
	heading("always @(posedge clk_bad) begin $display(\"FAILED\"); n = 1; end", "FAILED",
		false);
	heading("always @(posedge clk or posedge y) begin $display(\"FAILED\"); n = 1; end",
		"FAILED", false);
	heading("initial begin @(posedge clk iff y); $display(\"FAILED\"); #5 n = 1; " CHECKS,
		"FAILED", false);
	heading("initial begin wait (clk_bad); $display(\"FAILED\"); #5 n = 1; " CHECKS, "FAILED",
		false);
	heading("task b; while (!clk_bad) @(posedge clk); endtask\n"
		"initial begin b; $display(\"FAILED\"); #5 n = 1; " CHECKS,
		"FAILED", false);
	/* the same words where a check failed */
	heading("initial begin $display(\"FAILED\"); #5 if (y) $display(\"FAILED\"); " CHECKS,
		"FAILED", false);
}

CASE(what_ends_the_run_is_no_heading)
{
	heading("initial begin #900 $display(\"FAILED\"); $finish; end", "FAILED", false);
	heading("initial begin #900 $display(\"FAILED\"); report(); $finish; end", "FAILED", false);
	heading("initial begin n = 0; #900 $display(\"FAILED\"); $finish; end", "FAILED", false);
	heading("initial begin n = 0; #900 $display(\"FAILED\"); n = n + 1; end", "FAILED", false);
	heading("initial begin n = 0; #900 $display(\"FAILED\"); done = 1; end", "FAILED", false);
	/* a watchdog that says more before it ends the run */
	heading("initial begin #900; $display(\"FAILED\"); e = $time / 10; $display(\"%0d\", e); "
		"$finish; end",
		"FAILED", false);
	heading("task say; begin $display(\"FAILED\"); e = $time / 10; end endtask\n"
		"initial begin #900 say; $finish; end",
		"FAILED", false);
	heading("initial begin #900; n = 1; $display(\"FAILED\"); #10 $finish; end", "FAILED",
		false);
	heading("initial begin #900; n = 1; $display(\"FAILED\"); #10; $display(\"%0d\", n);\n"
		"#10; $finish; end",
		"FAILED", false);
	heading("task say; begin $display(\"FAILED\"); #10; end endtask\n"
		"initial begin n = 1; #900 say; $finish; end",
		"FAILED", false);
	heading("task stop; begin $display(\"FAILED\"); $finish; end endtask\n"
		"initial begin #5 n = y; stop; #5 " CHECKS,
		"FAILED", false);
	heading("task say; $display(\"FAILED\"); endtask\n"
		"initial begin n = 0; #900 say; $finish; end",
		"FAILED", false);
	heading("initial begin n = 0; #900 $display(\"ERROR: timeout\"); #5 " CHECKS,
		"ERROR: timeout", false);
}

CASE(a_delayed_block_ends_the_run_too)
{
	heading("initial begin n = 0; #900 $display(\"FAILED\"); #10 begin $finish; end end",
		"FAILED", false);
	heading("initial begin n = 0; #900 $display(\"FAILED\"); begin #10; begin $finish; end "
		"end end",
		"FAILED", false);
	heading("initial begin #5 clk = 1; $display(\"FAILED\"); begin $finish; end end", "FAILED",
		false);
	heading("initial begin n = 0; #900 $display(\"FAILED\"); begin #5 " CHECKS " end", "FAILED",
		true);
}

/* No other process ends the run, so that the last words come in any case. */
CASE(what_nothing_prevents_is_a_remark)
{
	alone("initial begin #5 n = y; $display(\"- mismatches: none are known\"); $finish; end",
	      "- mismatches: none are known", true);
	alone("initial begin #5 n = y; $display(\"FAILED\"); end", "FAILED", true);
	alone("initial begin #5 n = y; $display(\"FAILED\"); $finish; end\n"
	      "initial #99 $finish;",
	      "FAILED", true);
	/* a failure may end it */
	alone("always @(negedge clk) if (y !== w) begin $display(\"ERROR: y\"); $finish; end\n"
	      "initial begin #5 clk = 1; $display(\"no mismatch\\nFAIL: is not said\"); end",
	      "FAIL: is not said", true);
	alone("initial begin #5 if (y !== w) begin $display(\"ERROR: y\"); $finish; end\n"
	      "$display(\"FAIL: is not said\"); end",
	      "FAIL: is not said", true);
	/* these may end it, too */
	alone("always @(posedge y) $finish;\ninitial begin #5 n = y; $display(\"FAILED\"); end",
	      "FAILED", false);
	alone("task over; $finish; endtask\nalways @(posedge y) over;\n"
	      "initial begin #5 n = y; $display(\"FAILED\"); end",
	      "FAILED", false);
	alone("`define OVER $finish\nalways @(posedge y) `OVER;\n"
	      "initial begin #5 n = y; $display(\"FAILED\"); end",
	      "FAILED", false);
	alone("task over; if (y) $finish; endtask\n"
	      "initial begin #5 over; $display(\"FAILED\"); end",
	      "FAILED", false);
	alone("initial begin : guard #900 $display(\"FAILED\"); end\n"
	      "initial begin wait (y); disable guard; end",
	      "FAILED", false);
	alone("always @(posedge y) begin if (w) $display(\"PASS\"); $finish; end\n"
	      "initial begin #5 clk = 1; #99 $display(\"FAILED\"); $finish; end",
	      "FAILED", false);
	alone("endmodule program p; initial #5; endprogram module b; integer n;\n"
	      "initial begin #5 n = 1; $display(\"FAILED\"); end",
	      "FAILED", false);
	/* a watchdog, though what it guards takes its time, too */
	alone("initial begin #5 n = y; $finish; end\n"
	      "initial begin #99 $display(\"FAILED\"); $finish; end",
	      "FAILED", false);
	/* a parameter decides, not the design */
	alone("parameter W = 4; initial if (W > 8) begin $display(\"ERROR: W\"); $finish; end",
	      "ERROR: W", false);
	alone("parameter W = 4; generate if (W > 8) initial $display(\"ERROR: W\"); endgenerate",
	      "ERROR: W", false);
}

CASE(what_follows_the_report_is_a_remark)
{
	static const char *const reports[] = {
		"if (n == 0) $display(\"PASS\"); else $display(\"FAIL\");",
		"if (n) begin $display(\"FAIL\"); end",
		"$display(\"%0d errors\", n);",
		"$display(\"%s\", n == 0 ? \"PASS\" : \"FAIL\");",
	};
	static const char *const between[] = {
		"wait (w);", "@(posedge y);", "#900;", "if (y) $finish;", "if (y) n = 2;", "stop;",
	};

	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
		char *text = str_fmt("initial begin wait (y); if (y !== w) n = n + 1; %s\n"
				     "$display(\"\"); $display(\"Known errors:\"); $finish; end",
				     reports[i]);

		alone(text, "Known errors:", true);
		heading(text, "Known errors:", false);
		free(text);
		for (size_t k = 0; k < sizeof(between) / sizeof(*between); k++) {
			text = str_fmt("initial begin wait (y); if (y !== w) n = n + 1; %s\n"
				       "%s $display(\"FAILED: y\"); $finish; end",
				       reports[i], between[k]);
			alone(text, "FAILED: y", false);
			free(text);
		}
	}
	/* a parameter may hide it, but not the design */
	alone("parameter V = 1;\ninitial begin wait (y); if (y !== w) n = n + 1;\n"
	      "$display(\"%0d errors\", n); if (V) $display(\"FAILED: see above\"); $finish; end",
	      "FAILED: see above", true);
	alone("initial begin wait (y); if (y !== w) n = n + 1;\n"
	      "$display(\"%0d errors\", n); if (y) $display(\"FAILED: y\"); $finish; end",
	      "FAILED: y", false);
	alone("initial begin wait (y); if (y !== w) n = n + 1;\n"
	      "$display(\"%0d errors\", n); #9 begin $display(\"FAILED: y\"); end $finish; end",
	      "FAILED: y", false);
	/* the rest of a report, not what follows it */
	alone("initial begin wait (y); if (y !== w) n = n + 1;\n"
	      "if (n == 0) begin $display(\"PASS\"); $finish; end $display(\"FAIL\"); $finish; "
	      "end",
	      "FAIL", false);
}

/* A watchdog may say how many checks have failed before it says that the test hangs. */
CASE(a_report_of_a_watchdog_has_no_remarks)
{
	static const char *const others[] = {
		"initial begin wait (y); $display(\"%0d errors\", n); $finish; end\n"
		"initial begin #900; REPORT end",
		"initial begin wait (y); $display(\"%0d errors\", n); $finish; end\n"
		"initial begin clk = 1; repeat (900) @(posedge clk); REPORT end",
		"always @(posedge y) begin $display(\"%0d errors\", n); $finish; end\n"
		"initial begin clk = 1; #900; REPORT end",
		"initial begin clk = 1; repeat (9) begin #5; if (y) begin\n"
		"$display(\"%0d errors\", n); $finish; end end REPORT end",
		"initial begin : run clk = 1; #5; if (y) disable run; REPORT end",
		"initial begin clk = 1; #900; if (!w) begin REPORT end end",
		"initial begin clk = 1; fork wait (y); begin #900; REPORT end join_any end",
		"task over; begin REPORT end endtask\n"
		"initial begin clk = 1; #900; if (!w) over; end",
		/* without an edge the run is over */
		"reg stop = 0; initial begin clk = 0; while (!stop) #5 clk = ~clk; end\n"
		"always @(posedge y) stop = 1;\n"
		"initial begin repeat (900) @(posedge clk); n = n + 0; REPORT end",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		const char *at = strstr(others[i], "REPORT");
		char *text = str_fmt("always @(negedge clk) if (y !== w) n = n + 1;\n%.*s "
				     "$display(\"%%0d errors\", n); $display(\"FAILED: y\"); "
				     "$finish; %s",
				     (int)(at - others[i]), others[i], at + strlen("REPORT"));

		alone(text, "FAILED: y", false);
		free(text);
	}
	alone("always @(negedge clk) if (y !== w) n = n + 1;\ntask over; begin $display(\"%0d "
	      "errors\", n); $display(\"Known errors:\"); end "
	      "endtask\n"
	      "initial begin clk = 1; wait (y); over; $finish; end\n"
	      "initial begin #900; over; $finish; end",
	      "Known errors:", true);
}

/* Where no process ends the run, it ends with its clock. */
CASE(what_comes_if_the_clock_goes_on_is_no_remark)
{
	static const char *const clocks[] = { "while (n < y) #5 clk = ~clk;",
					      "forever begin #5; if (y) clk = ~clk; end" };

	for (size_t i = 0; i < sizeof(clocks) / sizeof(*clocks); i++) {
		char *text = str_fmt("initial %s\ninitial begin n = 0; repeat (9) @(posedge clk);\n"
				     "$display(\"FAILED: y\"); $finish; end",
				     clocks[i]);

		alone(text, "FAILED: y", false);
		free(text);
	}
	alone("initial forever #5 clk = ~clk;\ninitial begin n = y; repeat (9) @(posedge clk);\n"
	      "$display(\"FAILED: y\"); $finish; end",
	      "FAILED: y", true);
}

CASE(a_line_of_several_prints_is_one)
{
	heading("initial begin $write(\"+-- \"); $write(\"mismatch\"); $write(\" --+\\n\"); "
		"#5 " CHECKS,
		"+-- mismatch --+", true);
	heading("initial begin $write(\"+\"); repeat (3) $write(\"-\");\n"
		"$display(\" mismatch %0d\", 3); #5 " CHECKS,
		"+--- mismatch 3", true);
	heading("initial begin $write(\"| FAIL |\"); $write(\" y |\\n|\\n\"); #5 " CHECKS,
		"| FAIL | y |", true);
	/* what is in it may be a count, or an `if` may */
	heading("initial begin #5 if (y !== w) n = n + 1; $write(\"errors: \");\n"
		"$write(\"%0d\\n\", n); #5 " CHECKS,
		"errors: 1", false);
	heading("initial begin $write(\"FAIL \"); if (y) $write(\"y\"); $write(\"\\n\"); "
		"#5 " CHECKS,
		"FAIL y", false);
	heading("initial begin #5 if (y !== w) begin $write(\"FAIL \"); $write(\"y\\n\"); end\n"
		"#5 " CHECKS,
		"FAIL y", false);
	heading("initial begin $write(\"FAIL \"); $write(\"y\\n\"); #5\n"
		"if (y !== w) begin $write(\"FAIL\"); $write(\" y\\n\"); end " CHECKS,
		"FAIL y", false);
}

CASE(a_number_of_the_testbench_is_no_count)
{
	heading("initial begin $display(\"2 errors to come\"); #5 " CHECKS, "2 errors to come",
		true);
	heading("integer i; initial begin for (i = 0; i < 3; i = i + 1) begin\n"
		"$display(\"%0d errors to come\", i); #5 clk = i; end " CHECKS,
		"2 errors to come", true);
	heading("initial begin #5 if (y !== w) n = n + 1; $display(\"%0d errors\", n); #5 " CHECKS,
		"1 errors", false);
	/* the testbench knows how many there should be */
	heading("initial begin #5 if (err) n = n + 1; $display(\"errors seen: %0d\", n);\n"
		"if (n != 4) $display(\"FAIL\"); end",
		"errors seen: 4", true);
	/* no time has passed, so that it did not run out */
	heading("initial begin $display(\"Timeout: 100 cycles\"); #5 " CHECKS,
		"Timeout: 100 cycles", true);
	heading("initial begin #5 $display(\"Timeout: 100 cycles\"); #5 " CHECKS,
		"Timeout: 100 cycles", false);
	heading("initial begin #900 $display(\"%0d errors\", n); $display(\"ERROR: timeout\");\n"
		"$finish; end",
		"ERROR: timeout", false);
	alone("initial begin clk = 1; wait (y); if (y !== w) n = n + 1;\n"
	      "$display(\"%0d errors\", n); $display(\"ERROR: means timeout\"); $finish; end",
	      "ERROR: means timeout", true);
}

CASE(an_output_of_the_design_is_no_count)
{
	heading("initial begin #5 $display(\"y=%b error=%b\", y, err); #5 " CHECKS, "y=1 error=1",
		true);
	heading("initial begin #5 $display(\"error=%0d\", err); " CHECKS, "error=1", false);
	heading("initial begin #5 $display(\"errors=%h\", n); " CHECKS, "errors=1", false);
	heading("initial begin #5 if (y) $display(\"error=%b\", err); " CHECKS, "error=1", false);
}

CASE(what_stands_beside_pass_is_a_remark)
{
#define WELL "initial begin #5 if (y !== w) n = n + 1; if (n == 0) begin $display(\"PASS\"); "
	heading(WELL "$display(\"(a FAIL would show)\"); end end", "(a FAIL would show)", true);
	heading(WELL "end else $display(\"FAIL: y\"); end", "FAIL: y", false);
	heading(WELL "if (y) $display(\"FAIL: y\"); end end", "FAIL: y", false);
	heading("initial begin #5 if (y !== w) n = n + 1; if (n == 0) $display(\"FAIL: n\"); end",
		"FAIL: n", false);
}

/* Whether a check has printed the line of itself. */
static void of_one(const char *items, const char *line, bool want)
{
	char *text = str_fmt("module tb; wire [3:0] y, w; integer i, n = 0; reg fail = 0;\n"
			     "dut u(.y(y)); ref r(.y(w));\n%s\nendmodule\n",
			     items);
	struct checks *c = checks_new();

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	if (checks_line_is_of_one(c, line, strlen(line)) != want)
		fail_msg("%s: %s is %sof one check", items, line, want ? "not " : "");
	checks_free(c);
	free(text);
}

#define LOOP "for (i = 0; i < 16; i = i + 1) begin #1; "
#define LAST "end if (!fail) $display(\"ALL TESTS PASSED\"); end"

CASE(what_a_check_prints_of_itself_is_no_report)
{
	const char *branch = "initial begin " LOOP "if (y !== w) fail = 1; else "
			     "$display(\"Test %0d passed\", i); " LAST;

	of_one(branch, "Test 15 passed", true);
	of_one(branch, "ALL TESTS PASSED", false);
	of_one("initial begin " LOOP "assert (y === w) $display(\"\\033[32m%3d ok\\033[0m\", i); "
	       "else fail = 1; " LAST,
	       "  7 ok", true);
	of_one("task good; $display(\"Test %0d passed\", i); endtask\n"
	       "initial begin " LOOP "if (y !== w) fail = 1; else good; " LAST,
	       "Test 15 passed", true);
	of_one("initial begin " LOOP "if (y !== w) fail = 1; else $display(\"y = %h\", y); "
	       "$display(\"%h %h\", y, w); if (y !== w) n = n + 1; else $display(\"%0d ok\", "
	       "i); " LAST,
	       "3 ok", true);
	/* before anything was compared, but not behind a function that compares */
	of_one("initial begin fail = 0; $display(\"expecting no mismatch\"); " LOOP
	       "if (y !== w) fail = 1; " LAST,
	       "expecting no mismatch", true);
	of_one("initial begin check(4); $display(\"no mismatch\"); #1 $finish; end", "no mismatch",
	       false);
	of_one("initial begin fail = check(4); $display(\"no mismatch\"); #1 $finish; end",
	       "no mismatch", false);
	of_one("initial $display(\"ALL PASSED\");", "ALL PASSED", false);
	/* the report calls it as well, may print the same, or is in that branch */
	of_one("task good; $display(\"passed\"); endtask\n"
	       "initial begin " LOOP "if (y !== w) fail = 1; else good; end if (!fail) good; end",
	       "passed", false);
	of_one("initial begin " LOOP "if (y !== w) fail = 1; else $display(\"%0d passed\", i); "
	       "end $display(\"%s\", fail ? \"bad\" : \"16 passed\"); end",
	       "16 passed", false);
	of_one("initial begin " LOOP "if (y !== w) fail = 1; else if (i == 15 && !fail) "
	       "$display(\"ALL PASSED\"); end if (fail) $display(\"FAIL\"); end",
	       "ALL PASSED", false);
}
