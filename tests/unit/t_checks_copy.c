/* Copies of testbenches that count their checks: nothing else changes, and no line
 * moves. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "tests/lib/checks_found.h"

#define MADE   "$c(\"posedge_checks_made(0);\"); "
#define FAILED "begin $c(\"posedge_checks_failed(0);\"); "

/* A flag that is set by an assignment: its copy for Verilator. */
static void flag(const char *assignment, const char *copy)
{
	static const char form[] = "module tb; reg ok = 1, bad = 0; initial begin %s "
				   "$display(\"%%s%%s\", ok ? \"PASS\" : \"FAIL\", bad ? "
				   "\"FAIL\" : \"PASS\"); end endmodule\n";
	char *text = str_fmt(form, assignment), *want = str_fmt(form, copy);

	instrumented(text, CHECKS_VERILATOR, want);
	free(want);
	free(text);
}

/* A flag that stays set would mark each later comparison as failed. */
CASE(what_a_flag_takes_over_is_looked_at_each_time)
{
	flag("ok = ok && q == 1;",
	     "begin " MADE "if (q == 1 ) ; else " FAILED "end ok = ok && q == 1; end");
	flag("bad <= bad | (q !== 1);",
	     "begin " MADE "if ((( q !== 1 ) ) !== 0) " FAILED "end bad <= bad | (q !== 1); end");
	flag("bad |= q != 1;",
	     "begin " MADE "if ((q != 1 ) !== 0) " FAILED "end bad |= q != 1; end");
	flag("bad = (q != 1) ? 1 : bad;",
	     "begin " MADE "if (( q != 1 ) ) " FAILED "end bad = (q != 1) ? 1 : bad; end");
	/* an expression that may have effects is evaluated once */
	flag("ok = ok & same(q) == 1;",
	     "begin " MADE "ok = ok & same(q) == 1; if ((ok ) !== 1) " FAILED "end end");
}

CASE(an_assertion_without_else_gets_one)
{
	instrumented("initial assert (q == 1);\n", CHECKS_VERILATOR,
		     "initial begin " MADE "assert (q == 1) else " FAILED
		     "$error(\"'assert' failed.\"); end end\n");
	instrumented("initial assert (q == 1) n = 1;\n", CHECKS_ICARUS,
		     "initial begin posedge_checks.m0 = posedge_checks.m0 + 1; assert (q == 1) n = "
		     "1; else begin posedge_checks.failed0; $error; end end\n");
	/* in a macro, where that is used */
	instrumented(
		"`define IS(a) if (q != a) $error;\n", CHECKS_ICARUS,
		"`define IS(a) begin posedge_checks.made0; if (q != a) begin "
		"posedge_checks.from(`__LINE__, `__FILE__); posedge_checks.failed0; $error; end "
		"end\n");
	/* takes nothing but a call */
	instrumented("initial assert #0 (q == 1);\n", CHECKS_VERILATOR,
		     "initial begin " MADE "assert #0 (q == 1); end\n");
}

static void counted(const char *process, const char *how)
{
	char *text = str_fmt("%s if (q !== 3) $error(\"q\");\n", process);
	char *want = str_fmt("%s begin %s if (q !== 3) begin posedge_checks.failed0; "
			     "$error(\"q\"); end end\n",
			     process, how);

	instrumented(text, CHECKS_ICARUS, want);
	free(want);
	free(text);
}

CASE(a_site_is_wrapped_on_its_own_line)
{
	instrumented("initial\n if (q !== 3)\n  $error(\"q\");\n", CHECKS_ICARUS,
		     "initial\n begin posedge_checks.m0 = posedge_checks.m0 + 1; if (q !== 3)\n  "
		     "begin posedge_checks.failed0; "
		     "$error(\"q\"); end end\n");
	instrumented("initial if (q === 3) ; else begin $error(\"q\"); end\n", CHECKS_VERILATOR,
		     "initial begin $c(\"posedge_checks_made(0);\"); if (q === 3) ; else begin "
		     "$c(\"posedge_checks_failed(0);\"); begin $error(\"q\"); end end end\n");
	instrumented(
		"function f(input a); if (a !== 0) $error; endfunction\n", CHECKS_ICARUS,
		"function f(input a); begin posedge_checks.m0 = posedge_checks.m0 + 1; if (a "
		"!== 0) begin "
		"posedge_checks.f0 = posedge_checks.f0 + 1; if (posedge_checks.first == 0) begin "
		"posedge_checks.first = 1; posedge_checks.at = $simtime; end $error; end end "
		"endfunction\n");
}

CASE(what_x_hides_is_noted)
{
	instrumented("initial if (q != 3) $error(\"q\");\n", CHECKS_ICARUS,
		     "initial begin posedge_checks.m0 = posedge_checks.m0 + 1; if "
		     "(!posedge_checks.s0) if (((q != 3 ) ? 1'b1 : 1'b0) !== 1'bx) "
		     "posedge_checks.s0 = 1; if (q != 3) begin posedge_checks.failed0; "
		     "$error(\"q\"); end end\n");
	/* the other branch is taken for x, and what may differ is not asked twice */
	instrumented("initial if (q == 3) ; else $error(\"q\");\n", CHECKS_ICARUS,
		     "initial begin posedge_checks.m0 = posedge_checks.m0 + 1; if (q == 3) ; else "
		     "begin posedge_checks.failed0; $error(\"q\"); end end\n");
	instrumented("initial if ($random != q) $error(\"q\");\n", CHECKS_ICARUS,
		     "initial begin posedge_checks.m0 = posedge_checks.m0 + 1; if ($random != q) "
		     "begin posedge_checks.failed0; $error(\"q\"); end end\n");
}

CASE(a_task_that_ends_the_run_waits)
{
	instrumented("module tb; task done; $finish; endtask initial begin done; end endmodule",
		     CHECKS_VERILATOR,
		     "module tb; task done; begin $finish; wait (0); end endtask initial begin "
		     "done; end endmodule");
	/* an always may not */
	instrumented("module tb; task done; $stop; endtask initial done; always @* if (q) done; "
		     "endmodule",
		     CHECKS_VERILATOR,
		     "module tb; task done; begin $c(\"posedge_stop = true;\"); $stop; end endtask "
		     "initial done; always @* if (q) done; endmodule");
}

CASE(what_is_x_on_both_sides_is_noted)
{
	static const char *const unseen[] = {
		"initial if (m[0] !== m[1]) $error;", /* m is an array */
		"initial if (r !== q) $error;",	      /* r is no vector */
		"initial if (q !== 3) $error;",	      /* it fails for x */
		"initial if (q !== w || w !== q) $error;",
	};

	instrumented("module tb; reg [3:0] q = 0, w; initial if (q !== w) $error; endmodule",
		     CHECKS_ICARUS,
		     "module tb; reg [3:0] q = 0, w; initial begin posedge_checks.m0 = "
		     "posedge_checks.m0 + 1; if (!posedge_checks.s0) if ((| (~ (q ^ q ))) === "
		     "1'b1) posedge_checks.s0 = 1; if (q !== w) begin posedge_checks.failed0; "
		     "$error; end end endmodule");
	for (size_t i = 0; i < sizeof(unseen) / sizeof(*unseen); i++) {
		char *text =
			str_fmt("module tb; reg [3:0] q, w, m [0:3]; real r; dut u(q, w, m, r);\n"
				"%s endmodule",
				unseen[i]);
		struct checks *c = checks_new();
		struct str out = STR_INIT;

		checks_add(c, "tb.sv", text, strlen(text));
		checks_find(c, "tb");
		assert_true(checks_instrument(c, 0, CHECKS_ICARUS, &out));
		if (strstr(str_cstr(&out), ".s0"))
			fail_msg("%s", str_cstr(&out));
		str_free(&out);
		checks_free(c);
		free(text);
	}
}

/* An assignment, which is faster, where the process waits only for signals in it. */
CASE(a_task_counts_where_a_process_waits_for_all_it_reads)
{
	static const char *const by_name[] = {
		"always @(posedge clk)",
		"always @(negedge clk or posedge rst)",
		"always @go",
		"always #5",
		"always @ (a, b) /* @* */ @(posedge clk)",
	};
	static const char *const all[] = { "always @*",
					   "always @(*)",
					   "always @ ( * )",
					   "always_comb",
					   "always_ff @(posedge clk)",
					   "always @(`EDGE clk)",
					   "always @(posedge clk) @*" };

	for (size_t i = 0; i < sizeof(by_name) / sizeof(*by_name); i++)
		counted(by_name[i], "posedge_checks.m0 = posedge_checks.m0 + 1;");
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		counted(all[i], "posedge_checks.made0;");
}

CASE(an_else_stays_with_its_if)
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

CASE(what_a_scan_writes_is_watched_by_verilator)
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

CASE(a_comparison_that_is_added_counts)
{
	/* no flag, which would have to be 1 */
	instrumented(
		"module tb;\ninteger ok = 0;\ninitial begin ok = ok + (q === e);\nif (ok != 9) "
		"$display(\"only %0d\", ok); else $display(\"fine\"); end\nendmodule\n",
		CHECKS_ICARUS,
		"module tb;\ninteger ok = 0;\ninitial begin begin posedge_checks.m0 = "
		"posedge_checks.m0 + 1; if (( q === e ) ) ; else begin posedge_checks.failed0; end "
		"ok = ok + (q === e); end\nbegin posedge_checks.m1 = "
		"posedge_checks.m1 + 1; if (ok != 9) begin posedge_checks.failed1; $display(\"only "
		"%0d\", ok); end else $display(\"fine\"); end end\nendmodule\n");
	finds("integer hata = 0;\ninitial begin if (q != e) hata = hata + 1; end", "3:q != e");
	finds("initial if (q === 3) $display(\"it works\"); else $display(\"it is broken\");",
	      "2:q === 3");
	finds("reg [7:0] r;\ninitial begin r = \"P\"; if (q !== e) r = \"F\"; $display(\"%s\", r); "
	      "end",
	      "3:q !== e");
}

CASE(a_task_in_a_fork_is_waited_for_by_verilator)
{
	instrumented("initial fork receive(8); begin send; end join\n", CHECKS_VERILATOR,
		     "initial fork begin receive(8); end begin send; end join\n");
}

CASE(waves_of_other_simulators_are_left_out)
{
	instrumented("module tb;\ninitial begin $fsdbDumpvars(0,\n tb); if (a) $vcdpluson; else "
		     "$shm_open(\"w\"); "
		     "$dumpvars; end\nendmodule\n",
		     CHECKS_ICARUS,
		     "module tb;\ninitial begin ;\n if (a) ; else ; $dumpvars; end\nendmodule\n");
}

/* Of all top modules one is ours; without a check there is none. */
CASE(the_counters_are_in_no_dump)
{
	instrumented_for(
		"tb",
		"module tb; initial begin $dumpvars; $dumpvars (); $dumpvars( 2 ); "
		"$dumpvars(0, tb.u); if (a !== 0) $error; end endmodule\n",
		CHECKS_ICARUS,
		"module tb; initial begin $dumpvars(0, tb ); $dumpvars(0, tb ); $dumpvars( 2 , "
		"tb ); $dumpvars(0, tb.u); begin posedge_checks.m0 = posedge_checks.m0 + 1; if "
		"(a !== 0) begin posedge_checks.failed0; $error; end end end endmodule\n");
	instrumented_for(
		"tb", "module tb; initial begin $dumpvars; if (a) $error; end endmodule\n",
		CHECKS_VERILATOR,
		"module tb; initial begin $dumpvars; begin $c(\"posedge_checks_made(0);\"); if "
		"(a) begin $c(\"posedge_checks_failed(0);\"); $error; end end end "
		"endmodule\n");
}

/* In Verilator $fclose sets its argument to 0. */
CASE(a_closed_file_keeps_its_number)
{
	static const char text[] =
		"module tb; integer f; initial begin f = $fopen(\"a\", \"w\");\n"
		"if (f) $fclose(f); else ;\n#1 if (f == 0) $error; end endmodule\n";
	struct checks *c = checks_new();
	struct str out = STR_INIT;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_true(checks_instrument(c, 0, CHECKS_VERILATOR, &out));
	assert_non_null(strstr(str_cstr(&out), "integer u; u = f; $fclose(u); end else ;\n"));
	str_clear(&out);
	assert_true(checks_instrument(c, 0, CHECKS_ICARUS, &out));
	assert_non_null(strstr(str_cstr(&out), "if (f) $fclose(f); else ;\n"));
	str_free(&out);
	checks_free(c);
}

/* A change from x to 0 is a falling edge; for that, Verilator needs an earlier value. */
CASE(what_an_initial_sets_first_comes_from_the_other_value)
{
	instrumented("module tb; reg clk, rst_n, en; reg [1:0] v; bit b; reg d = 0; r u(rst_n);\n"
		     "initial begin clk = 1; init; #5 en = 0; end\n"
		     "task init; {rst_n, d, v, b} <= 0; endtask endmodule\n",
		     CHECKS_VERILATOR,
		     "module tb; reg clk = 1'b0, rst_n = 1'b1, en; reg [1:0] v; bit b; reg d = 0; "
		     "r u(rst_n);\ninitial begin clk = 1; init; #5 en = 0; end\n"
		     "task init; {rst_n, d, v, b} <= 0; endtask endmodule\n");
	/* set twice; x; not yet; what waits above, and below, which misses it in Icarus */
	instrumented("module tb; reg a, b, c, d, e;\ninitial begin a = 0; a = 1; b = 1'bx; "
		     "if (a) #1 ; c = 0; end always @(negedge d) ;\n"
		     "initial begin d = 0; e = 0; end always @(negedge e) ; endmodule\n",
		     CHECKS_VERILATOR,
		     "module tb; reg a, b, c, d = 1'b1, e = 1'b0;\ninitial begin a = 0; a = 1; b = "
		     "1'bx; if (a) #1 ; c = 0; end always @(negedge d) ;\n"
		     "initial begin d = 0; e = 0; end always @(negedge e) ; endmodule\n");
	/* a testbench's own process, wherever it is */
	instrumented("module tb; reg clk, rst; r u(clk, rst); always @(negedge clk) ;\n"
		     "initial begin clk = 0; rst = 0; end endmodule\n",
		     CHECKS_VERILATOR,
		     "module tb; reg clk = 1'b0, rst = 1'b1; r u(clk, rst); always @(negedge clk) "
		     ";\ninitial begin clk = 0; rst = 0; end endmodule\n");
	/* one that stands above reads the value itself */
	instrumented("module tb; reg clk, rst; r u(clk, rst); initial if (rst) $finish;\n"
		     "initial begin clk = 0; rst = 0; end endmodule\n",
		     CHECKS_VERILATOR,
		     "module tb; reg clk = 1'b1, rst = 1'b0; r u(clk, rst); initial if (rst) begin "
		     "$finish; wait (0); end\ninitial begin clk = 0; rst = 0; end endmodule\n");
}

/* A condition that only selects the time compares nothing. */
CASE(a_check_counts_when_it_compares)
{
	static const char bench[] = "module tb; wire q; reg go = 0; dut u(q);\n"
				    "always @(q) %sif (%s) %s$error(\"q\");%s endmodule\n";
	static const char *const cases[][2] = {
		{ "!q && $time > 0", "($time > 0 )" },
		{ "go && $time > 0 && q !== 1", "(go ) && ($time > 0 )" },
		{ "go || q", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = str_fmt(bench, "", cases[i][0], "", "");
		char *made = str_fmt(cases[i][1][0] ? "begin if (%s) begin " MADE "end "
						    : "begin %s" MADE,
				     cases[i][1]);
		char *want = str_fmt(bench, made, cases[i][0], FAILED, " end end");

		instrumented_for("tb", text, CHECKS_VERILATOR, want);
		free(want);
		free(made);
		free(text);
	}
}

CASE(icarus_is_kept_from_what_it_gets_wrong)
{
	instrumented(
		"int q[$], a[3]; initial begin foreach (q[k]) $display(\"%d\", q[k]); "
		"foreach (a[k]) n = n + a[k]; foreach (m.q[k]) begin end end\n"
		"initial if ($countones(a ^ b) > 0 || $isunknown(y)) $error;\n",
		CHECKS_ICARUS,
		"int q[$], a[3]; initial begin begin if ($size(q ) > 0) foreach (q[k]) "
		"$display(\"%d\", q[k]); end foreach (a[k]) n = n + a[k]; begin if ($size(m . q "
		") > 0) foreach (m.q[k]) begin end end end\n"
		"initial begin posedge_checks.m0 = posedge_checks.m0 + 1; if "
		"($countones($unsigned(a "
		"^ b) | 1024'd0) > 0 || $isunknown(y)) begin posedge_checks.failed0; $error; "
		"end end\n");
	instrumented("initial begin n[1]++; --m[k][2]; a[3] <<= b + 1; n[0] <= 1; c++; end\n",
		     CHECKS_ICARUS,
		     "initial begin n[1] = n [ 1 ] + 1; m[k][2] = m [ k ] [ 2 ] - 1; a[3]  = a [ 3 "
		     "] <<  (b + 1); n[0] <= 1; c++; end\n");
	/* also what is evaluated a second time */
	flag("ok = ok & $isunknown({a, b}) == 0;",
	     "begin " MADE "if ($isunknown ( $unsigned({ a , b }) | 1024'd0 ) == 0 ) ; else " FAILED
	     "end ok = ok & $isunknown({a, b}) == 0; end");
}
