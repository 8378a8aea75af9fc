#include "config.h"

#include "tests/lib/case.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "session/verdict/run_beside.h"

static const struct run_end fine = { 0 };

static struct run_result result_of(const struct checks_facts *facts, const char *text,
				   struct run_end end)
{
	struct run_reader *r = run_reader_new(facts);
	struct run_result out;

	while (*text) {
		size_t len = strcspn(text, "\n");

		run_reader_line(r, text, len);
		text += len + (text[len] == '\n');
	}
	run_reader_end(r, &end, &out);
	return out;
}

/* Sources with one comparison, or with none. */
static struct run_result result(bool can_fail, const char *text, struct run_end end)
{
	struct checks_facts facts = { .sites = can_fail,
				      .path = "tb.sv",
				      .same_path = true,
				      .ends = true,
				      .reports = true,
				      .says_count = true };

	return result_of(&facts, text, end);
}

static void says(bool can_fail, const char *text, struct run_end end, const char *line)
{
	struct run_result r = result(can_fail, text, end);
	struct str s = STR_INIT;

	run_result_print(&r, "tb.sv", &s);
	assert_string_equal(str_cstr(&s), line);
	str_free(&s);
	run_result_fini(&r);
}

static const char uncounted[] = "PASS (the testbench says so, not counted)";
static const char uncountable[] =
	"no verdict: the checks in tb.sv could not be counted, and nothing says that they passed";
static const char nothing[] = "no verdict: tb.sv prints but checks nothing";

CASE(a_counted_summary_is_a_pass)
{
	says(false, "VCD info: dumpfile wave.vcd opened for output.\nPASS 41 checks\n", fine,
	     uncounted);
	says(true, "1 check passed\n", fine, "PASS 1 check");
	says(true, "Passed: 40\nFailed: 0\n", fine, "PASS 40 checks");
	says(true,
	     "Hint: Total mismatched samples is 0 out of 439 samples\n\nSimulation finished at "
	     "4390 ps\n"
	     "Mismatches: 0 in 439 samples\n",
	     fine, "PASS 439 checks");
}

CASE(checks_that_did_not_run_are_no_pass)
{
	says(true, "Mismatches: 0 in 0 samples\n", fine, uncountable);
	says(true, "0 tests passed\nTEST PASSED\n", fine, uncountable);
	says(false, "q = 3\n", fine, nothing);
	says(false, "", fine, "no verdict: the testbench prints nothing and checks nothing");
	says(false, "VCD info: dumpfile w.vcd opened for output.\n\n", fine,
	     "no verdict: the testbench prints nothing and checks nothing");
	says(false, "TEST PASSED\n", fine, nothing); /* none of it could have failed */
	says(true, "%Error: tb.sv:9: Verilog $stop\nAborting...\n", (struct run_end){ -1, SIGABRT },
	     uncountable);
	says(true, "all ok\n- tb.sv:19: Verilog $finish\n", fine, uncountable);
}

CASE(the_testbench_may_say_so)
{
	says(true, "TEST PASSED\n", fine, uncounted);
	says(true, "TEST PASSED\n%Error: tb.sv:9: Verilog $stop\nAborting...\n",
	     (struct run_end){ -1, SIGABRT }, uncounted);
}

/* The counters added to the sources. reports: the testbench prints its own count at the
 * end; resets: it starts to count anew. */
static void says_by(bool reports, const char *text, uint64_t made, uint64_t failed,
		    const char *line)
{
	struct checks_facts facts = { .sites = 1,
				      .path = "tb.sv",
				      .same_path = true,
				      .ends = true,
				      .reports = reports,
				      .sums_up = reports };
	struct check_site site = { .path = "tb.sv", .line = 9, .text = "q !== 3" };
	struct checks_counted n = { .known = true,
				    .made = made,
				    .failed = failed,
				    .first = failed ? &site : NULL,
				    .time = 30000 };
	struct run_result r = result_of(&facts, text, (struct run_end){ .counted = &n });
	struct str s = STR_INIT;

	run_result_print(&r, "tb.sv", &s);
	assert_string_equal(str_cstr(&s), line);
	str_free(&s);
	run_result_fini(&r);
}

static void says_counted(const char *text, uint64_t made, uint64_t failed, const char *line)
{
	says_by(false, text, made, failed, line);
}

CASE(a_report_is_believed_when_it_came)
{
	says_by(true, "starting\n", 41, 0,
		"no verdict: 41 checks passed, but it ended before its own report");
	says_by(true, "All tests passed\n", 41, 0, "PASS 41 checks");
	says_by(true, "0 errors\n", 41, 0, "PASS 41 checks");
	/* selected by a count it is the testbench's verdict, printed unconditionally it
	 * is not */
	says_by(true, "All tests passed\n", 9, 1, "PASS 9 checks");
	says_by(false, "All tests passed\n", 9, 1, "FAIL tb.sv:9 the check `q !== 3` failed");
}

CASE(checks_are_counted_by_running)
{
	says_counted("", 41, 0, "PASS 41 checks");
	says_counted("all done\n", 1, 0, "PASS 1 check");
	says_counted("TEST PASSED\n", 41, 0, "PASS 41 checks");
	says_counted("3 tests passed\n", 41, 0, "PASS 41 checks");
	says_counted("TEST PASSED\n", 0, 0, "no verdict: the only check in tb.sv was not reached");
	says_counted("", 0, 0, "no verdict: the only check in tb.sv was not reached");
	says_counted("tb.sv:2: $stop called at 5 (1s)\n", 0, 0,
		     "no verdict: the only check in tb.sv was not reached: $stop ended the run");
	says_counted("", 41, 2, "FAIL tb.sv:9 the check `q !== 3` failed");
	says_counted("Error at 30: q is 4\n", 41, 2, "FAIL tb.sv:9 Error at 30: q is 4");
	says_counted("2 errors\n", 41, 2, "FAIL tb.sv:9 2 errors (the first of them: `q !== 3`)");
}

CASE(a_final_count_outranks_what_was_said_before)
{
	says_counted("Hint: Output 'q' has 92 mismatches\nMismatches: 0 in 224 samples\n", 224, 0,
		     "PASS 224 checks");
	says_counted("q has 92 mismatches\nMismatches: 0 in 224 samples\n", 224, 3,
		     "PASS 224 checks");
	says_counted("Mismatches: 3 in 224 samples\n", 224, 0, "FAIL Mismatches: 3 in 224 samples");
	/* a good word at the end does not cancel a failed comparison */
	says_counted("Error: q is 4\nTest finished successfully\nPASS\n", 9, 1,
		     "FAIL tb.sv:9 Error: q is 4");
	says_counted("expected error\nERROR: injected\nAll tests passed\n", 9, 0, "PASS 9 checks");
	says_counted("PASS\nFAIL\n", 9, 0, "FAIL FAIL");
}

/* Neither a verdict on the design nor a normal end of the run. */
CASE(a_testbench_that_gave_up_waiting_has_no_verdict)
{
	says_counted("TIMEOUT\nHint: Output 'q' has no mismatches.\nMismatches: 0 in 224 samples\n",
		     224, 0,
		     "stopped by the testbench's own time limit (`TIMEOUT`); until then nothing "
		     "had failed");
	says_counted("ERROR: simulation timed out at 5000 ns\n0 errors in 9 checks\n", 9, 0,
		     "stopped by the testbench's own time limit (`ERROR: simulation timed out at "
		     "5000 ns`); until then nothing had failed");
	says_counted("TIMEOUT\nMismatches: 3 in 224 samples\n", 224, 3, "FAIL tb.sv:9 TIMEOUT");
	says_counted("TIMEOUT\n", 224, 0, "FAIL TIMEOUT");
	/* a design that has a timeout */
	says_counted("TIMEOUT flag is set\nAll tests passed\n", 9, 0, "PASS 9 checks");
}

/* "12 passed" does not say how many failed. */
CASE(a_count_of_what_passed_takes_no_failure_back)
{
	says_by(true, "12 tests passed\n", 16, 4, "FAIL tb.sv:9 the check `q !== 3` failed");
	says_by(true, "12 tests passed\n", 16, 0, "PASS 16 checks");
	says_by(true, "TEST PASSED\n", 16, 4, "PASS 16 checks");
}

CASE(a_failure_has_the_time_of_its_check)
{
	struct check_site site = { .path = "tb.sv", .line = 9, .text = "q !== 3" };
	struct checks_counted n = {
		.known = true, .made = 4, .failed = 1, .first = &site, .time = 30000
	};
	struct run_result r = result(true, "FAIL q at 30\n", (struct run_end){ .counted = &n });

	assert_true(r.has_time);
	assert_int_equal(r.first_time, 30000);
	assert_int_equal(r.told.unit, TOLD_STEP);
	assert_int_equal(r.first_line, 9);
	assert_int_equal(r.checks, 4);
	assert_int_equal(r.sites, 1);
	run_result_fini(&r);
}

CASE(a_file_that_is_missing_is_not_the_designs_fault)
{
	says(true, "ERROR: rom.v:3: $readmemh: Unable to open program.hex for reading.\nPASS\n",
	     fine, "did not run: rom.v:3 cannot open program.hex");
	says(true, "%Warning: program.hex:0: $readmem file not found\nERROR: q is 3\n", fine,
	     "did not run: cannot open program.hex");
	says(true,
	     "WARNING: ram.v:23: $readmemh's file name argument (vpiParameter) is not a valid "
	     "string.\nFATAL: ram.v:107: read from bfc01004\n       Time: 5 Scope: tb\n",
	     fine, "did not run: ram.v:23 $readmemh is given no file's name");
	says(true,
	     "WARNING: tb.v:4: $fopen's file name argument (s) is not a valid string.\nPASS\n",
	     fine, "did not run: tb.v:4 $fopen is given no file's name");
	says(true, "%Warning: $readmem file not found\nPASS\n", fine,
	     "did not run: $readmem is given no file's name");
	says(true,
	     "ERROR: tb.v:9: invalid file descriptor (0x0) given to $fscanf.\nERROR: tb.v:9: "
	     "invalid file descriptor (0x0) given to $fscanf.\n",
	     fine, "did not run: tb.v:9 invalid file descriptor (0x0) given to $fscanf.");
	says(true,
	     "ERROR: tb.v:9: invalid file descriptor seen on the bus\n       Time: 5 Scope: tb\n",
	     fine, "FAIL tb.v:9 invalid file descriptor seen on the bus");
	says(true, "FAIL: q is 3\n%Warning: program.hex:0: $readmem file not found\n", fine,
	     "FAIL q is 3");
	says(true,
	     "tb.v:4: Error: System task/function $system() is not defined by any module.\n"
	     "sim.vvp: Program not runnable, 1 errors.\n",
	     (struct run_end){ 1 },
	     "did not run: tb.v:4: Error: System task/function $system() is not defined by any "
	     "module.");
	says(true, "ERROR: rom.v:3: q is 3\n       Time: 5 Scope: tb\n", fine,
	     "FAIL rom.v:3 q is 3");
	says(true, "ERROR: tb.v:9: $timeformat requires zero or four arguments.\n", fine,
	     "did not run: tb.v:9 $timeformat requires zero or four arguments.");
}

CASE(a_simulator_that_breaks_is_not_the_designs_fault)
{
	says(true,
	     "1 test passed\nvvp: vthread.cc:3692: void do_join(vthread_t, vthread_t): Assertion "
	     "`child->parent == thr' failed.\n",
	     (struct run_end){ -1, SIGABRT },
	     "did not run: vvp: vthread.cc:3692: void do_join(vthread_t, vthread_t): Assertion "
	     "`child->parent == thr' failed.");
	says(true,
	     "internal error: 10resolv_tri: recv_real(0.000000) not implemented\nvvp: "
	     "vvp_net.cc:3318: virtual void vvp_net_fun_t::recv_real(): Assertion `0' failed.\n",
	     (struct run_end){ -1, SIGABRT },
	     "did not run: internal error: 10resolv_tri: recv_real(0.000000) not implemented");
	says(true, "SORRY: t.v:2: currently only simple signals may be passed to $strobe.\n",
	     (struct run_end){ 1 },
	     "did not run: t.v:2: currently only simple signals may be passed to $strobe.");
	says(true,
	     "VCD Error: tb.v:51: Unable to open /media/x/a.vcd for output.\ntb.v:51: $finish "
	     "called at 0 (1s)\n",
	     fine, "did not run: tb.v:51: Unable to open /media/x/a.vcd for output.");
	says(true, "VCD sorry: $dumpvars: can not dump parameters.\n1 test passed\n", fine,
	     "PASS 1 check");
	says(true, "FAIL: q is 3\nvvp: a.cc:1: int f(): Assertion `n' failed.\n",
	     (struct run_end){ -1, SIGABRT }, "FAIL q is 3");
}

/* Icarus 11 prints it for each $readmemh into a memory declared as [255:0]. */
CASE(a_warning_of_a_data_file_is_no_failure_to_run)
{
	says(true,
	     "WARNING: tb.v:3: $readmemb: Standard inconsistency, following 1364-2005.\n"
	     "1 test passed\n",
	     fine, "PASS 1 check");
	says(true,
	     "WARNING: tb.v:3: $readmemb(a.txt): Too many words in the file for the "
	     "requested range [0:3].\n1 test passed\n",
	     fine, "PASS 1 check");
	says(true, "WARNING: tb.v:3: $readmemb: Unable to open a.txt for reading.\nPASS\n", fine,
	     "did not run: tb.v:3 cannot open a.txt");
}

CASE(few_words_in_a_file_stand_beside_the_verdict)
{
	struct run_result r = result(true,
				     "WARNING: tb.v:31: $readmemh(a.txt): Not enough words in the "
				     "file for the requested range [0:31].\n"
				     "%Warning: b.hex:3: $readmem file ended before specified "
				     "final address (IEEE 2017 21.4)\nPASS\n",
				     fine);

	assert_int_equal(r.verdict, VERDICT_PASS);
	assert_string_equal(
		r.beside,
		"tb.v:31 $readmemh(a.txt): Not enough words in the file for the requested range "
		"[0:31].\n"
		"b.hex:3 $readmem file ended before specified final address (IEEE 2017 21.4)");
	run_result_fini(&r);
}

CASE(warnings_of_the_build_that_matter_stand_beside_the_verdict)
{
	static const struct {
		const char *text;
		bool matters;
		const char *code, *hint;
	} cases[] = {
		{ "@* found no sensitivities so it will never trigger.", true },
		{ "Instantiating module sub with dangling input port 1 (clk) floating.", true },
		{ "Instantiating module sub with dangling input port 1 (i_clk2) floating.", true },
		{ "Instantiating module sub with dangling input port 1 (tickle) floating.", false },
		{ "Cell has missing pin: 'clk'", true },
		{ "Cell has missing pin: 'en'", false },
		{ "Signal is not used: 'clk'", false },
		{ "implicit definition of wire 'w'.", false, "implicit", "" },
		{ "implicit definition of wire 'w'.", true, "implicit", "nothing else is" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct diag d = { .path = "tb.v",
				  .line = 3,
				  .code = cases[i].code,
				  .text = (char *)cases[i].text,
				  .hint = cases[i].hint };
		struct diag_list *found = diag_list_new(4);
		struct run_result r = { .beside = mem_strdup("") };

		diag_list_add(found, &d, NULL);
		run_beside(found, &r);
		assert_int_equal(r.beside[0] != '\0', cases[i].matters);
		diag_list_free(found);
		run_result_fini(&r);
	}
}

CASE(a_failure_without_a_macro_is_none)
{
	struct diag d = {
		.path = "top.v",
		.line = 2,
		.text = (char *)"macro STEP undefined (and assumed null) at this point."
	};
	static const enum verdict then[] = { VERDICT_PASS, VERDICT_FAIL, VERDICT_NONE };

	for (size_t i = 0; i < sizeof(then) / sizeof(*then); i++) {
		struct diag_list *found = diag_list_new(4);
		struct run_result r = { .verdict = then[i], .beside = mem_strdup("") };
		bool fails = then[i] == VERDICT_FAIL;

		diag_list_add(found, &d, NULL);
		run_beside(found, &r);
		assert_int_equal(r.verdict, fails ? VERDICT_TOOL : then[i]);
		assert_int_equal(r.first_line, fails ? 2 : 0);
		diag_list_free(found);
		run_result_fini(&r);
	}
}

CASE(a_testbench_without_an_end_is_told)
{
	struct checks_facts facts = { .sites = 1, .path = "tb.sv", .same_path = true };
	struct run_reader *reader = run_reader_new(&facts);
	struct run_end end = { -1, SIGKILL, .limit = "the time limit of 60 s",
			       .out_of_time = true };
	struct run_result r;

	run_reader_end(reader, &end, &r);
	assert_int_equal(r.verdict, VERDICT_LIMIT);
	assert_string_equal(
		r.first, "the time limit of 60 s; nothing in the sources calls $finish or $stop");
	run_result_fini(&r);
}

CASE(verilator_assertions_fail_with_place_and_time)
{
	struct run_result r =
		result(true,
		       "[12000] %Error: a.sv:9: Assertion failed in TOP.tb: q is 1, not 3\n"
		       "%Error: a.sv:9: Verilog $stop\nAborting...\n",
		       (struct run_end){ -1, SIGABRT });
	struct str s = STR_INIT;

	assert_int_equal(r.verdict, VERDICT_FAIL);
	assert_string_equal(r.first, "q is 1, not 3");
	assert_string_equal(r.first_path, "a.sv");
	assert_int_equal(r.first_line, 9);
	assert_true(r.has_time);
	assert_int_equal(r.first_time, 12000);
	assert_int_equal(r.failures, -1); /* lines are no comparisons */
	assert_true(r.finished);
	run_result_print(&r, "tb.sv", &s);
	assert_string_equal(str_cstr(&s), "FAIL a.sv:9 q is 1, not 3");
	str_free(&s);
	run_result_fini(&r);
}

CASE(every_failure_of_verilator_counts_and_no_warning)
{
	struct run_result r =
		result(true,
		       "[12000] %Error: a.sv:9: Assertion failed in TOP.tb: q is 1, not 3\n"
		       "-Info: a.sv:9: Verilog $stop, ignored due to +verilator+error+limit\n"
		       "[12000] %Error: a.sv:10: Assertion failed in TOP.tb: 'assert' failed.\n"
		       "-Info: a.sv:10: Verilog $stop, ignored due to +verilator+error+limit\n"
		       "[15000] %Warning: a.sv:11: Assertion failed in TOP.tb: w\n"
		       "[15000] -Info: a.sv:12: Assertion failed in TOP.tb: inf\n"
		       "- a.sv:15: Verilog $finish\n",
		       fine);

	assert_int_equal(r.verdict, VERDICT_FAIL);
	assert_int_equal(r.failures, -1); /* lines are no comparisons */
	run_result_fini(&r);
	says(true, "[12] %Error: asrt.sv:9: Assertion failed in TOP.tb: 'assert' failed.\n", fine,
	     "FAIL asrt.sv:9 Assertion failed in TOP.tb: 'assert' failed.");
	says(true, "[15000] %Warning: a.sv:11: Assertion failed in TOP.tb: w\nPASS 3 checks\n",
	     fine, "PASS 3 checks");
}

CASE(icarus_prints_the_time_below)
{
	struct run_result r = result(true,
				     "VCD info: dumpfile wave.vcd opened for output.\n"
				     "ERROR: a.sv:9: q is 1, not 3\n"
				     "       Time: 12000 Scope: tb\n"
				     "ERROR: a.sv:10: \n"
				     "       Time: 13000 Scope: tb\n"
				     "WARNING: a.sv:11: w\n"
				     "         Time: 15000 Scope: tb\n"
				     "FATAL: a.sv:13: fatal 2\n"
				     "       Time: 25000 Scope: tb\n",
				     (struct run_end){ 1 });

	assert_int_equal(r.verdict, VERDICT_FAIL);
	assert_int_equal(r.failures, -1); /* lines are no comparisons */
	assert_string_equal(r.first, "q is 1, not 3");
	assert_string_equal(r.first_path, "a.sv");
	assert_int_equal(r.first_line, 9);
	assert_true(r.has_time);
	assert_int_equal(r.first_time, 12000);
	run_result_fini(&r);
	says(true, "ERROR: a.sv:10: \n       Time: 12000 Scope: tb\n", fine,
	     "FAIL a.sv:10 assertion failed");
	says(true, "WARNING: a.sv:11: test failed\n         Time: 15000 Scope: tb\nPASS 2 checks",
	     fine, "PASS 2 checks");
}

/* After the last vector of a file comes x; a run without x continues to compare. */
CASE(what_fails_behind_an_end_that_asks_for_x_says_nothing)
{
	static const char limit[] = "the time limit of 60 s";
	struct checks_facts facts = { .sites = 1,
				      .path = "tb.v",
				      .same_path = true,
				      .ends = true,
				      .x_path = "tb.v",
				      .x_line = 9,
				      .x_text = "v[n] === 4'bx",
				      .x_ends = true };
	struct run_end end = {
		.status = 0, .out_of_time = true, .limit = limit, .two_state = true
	};
	struct run_result r = result_of(&facts, "Error: inputs = 000\n", end);

	assert_int_equal(r.verdict, VERDICT_LIMIT);
	assert_string_equal(r.first,
			    "the time limit of 60 s; `v[n] === 4'bx` in tb.v:9 asks for x, which "
			    "Verilator does not have (--engine icarus has it)");
	run_result_fini(&r);
	r = result_of(&facts, "[5] %Error: tb.v:7: Assertion failed in TOP.tb: q\n", end);
	assert_int_equal(r.verdict, VERDICT_LIMIT);
	run_result_fini(&r);
	end.two_state = false;
	r = result_of(&facts, "Error: inputs = 000\n", end);
	assert_int_equal(r.verdict, VERDICT_FAIL);
	run_result_fini(&r);
	end = (struct run_end){ .two_state = true };
	r = result_of(&facts, "Error: inputs = 000\n", end);
	assert_int_equal(r.verdict, VERDICT_FAIL);
	run_result_fini(&r);
}

CASE(a_failing_line_is_shown_once)
{
	struct run_result r;

	says(true, "FAIL: q is 3, not 4\n1 errors\n", fine, "FAIL q is 3, not 4");
	says(true, "2 of 3 tests passed\n", fine, "FAIL 2 of 3 tests passed");
	says(true, "\033[1;31mFAIL\033[0m q\xff\n", fine, "FAIL q?");
	r = result(true, "FAIL at time 5000: q is 3\nFAIL at time 9000\nErrors: 7\n", fine);
	assert_int_equal(r.failures, 7);
	assert_true(r.has_time);
	assert_int_equal(r.first_time, 5000);
	run_result_fini(&r);
	says(true, "FAIL \007q\x9b\n", fine, "FAIL ?q?");
	r = result(true, "FAIL at time 5 ns\n", fine);
	assert_false(r.has_time);
	run_result_fini(&r);
}

CASE(what_did_not_end_well_has_no_verdict_on_the_design)
{
	says(true, "PASS 4 checks\n", (struct run_end){ -1, .cancelled = true },
	     "did not run: cancelled");
	says(true, "PASS 4 checks\n",
	     (struct run_end){ -1, SIGKILL, .limit = "the time limit of 60 s" },
	     "stopped by the time limit of 60 s");
	says(true, "PASS 4 checks\n", (struct run_end){ 255 },
	     "did not run: it ended with status 255");
	says(true, "", (struct run_end){ -1, SIGSEGV },
	     "did not run: it crashed with signal 11 (Segmentation fault)");
	says(true, "%Error: top.sv:1: Settle region did not converge.\nAborting...\n",
	     (struct run_end){ -1, SIGABRT },
	     "did not run: top.sv:1: Settle region did not converge.");
	/* but a failure that was seen stays one */
	/* A missing message at the end is not a failure of a run that was cut off;
	 * another check is. */
	{
		struct check_site all = { .path = "tb.sv", .line = 9, .text = "i == 255" };
		struct check_site one = { .path = "tb.sv", .line = 7, .text = "q !== e" };
		struct checks_counted n = { .known = true,
					    .made = 40,
					    .failed = 20,
					    .reached = 2,
					    .first = &all,
					    .unseen = 20 };
		struct run_end cut = { -1, SIGKILL, .limit = "the time limit of 60 s",
				       .counted = &n };

		says(true, "", cut, "stopped by the time limit of 60 s");
		n.failed = 21;
		n.first_other = &one;
		says(true, "", cut, "FAIL tb.sv:7 the check `q !== e` failed");
		/* nor what a final block then prints, as text or as an assertion */
		n.failed = n.unseen = n.at_end = 1;
		n.first_other = NULL;
		says(true, "FAIL: not done\n", cut, "stopped by the time limit of 60 s");
		says(true, "ERROR: tb.sv:9: not done\n       Time: 5 Scope: tb\n", cut,
		     "stopped by the time limit of 60 s");
		says(true, "FAIL: q\nFAIL: not done\n", cut, "FAIL q");
		n.failed = 21;
		n.unseen = 20;
		n.at_end = 0;
		cut = (struct run_end){ .counted = &n };
		says(true, "", cut, "FAIL tb.sv:9 the check `i == 255` failed");
	}
	says(true, "FAIL: q\n", (struct run_end){ -1, SIGKILL, .limit = "the time limit of 60 s" },
	     "FAIL q");
}

CASE(a_failure_says_that_a_limit_stopped_the_run)
{
	struct run_end cut = { -1, SIGKILL, .limit = "the time limit of 60 s" };
	struct run_end cancelled = { -1, SIGKILL, .cancelled = true };
	const struct {
		const struct run_end *end;
		const char *beside;
	} cases[] = { { &cut, "the run was stopped by the time limit of 60 s" },
		      { &cancelled, "" },
		      { &fine, "" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct run_reader *r = run_reader_new(NULL);
		struct run_result out;

		run_reader_line(r, "FAIL: q", 7);
		run_reader_end(r, cases[i].end, &out);
		assert_int_equal(out.verdict, VERDICT_FAIL);
		assert_string_equal(out.beside ? out.beside : "", cases[i].beside);
		run_result_fini(&out);
	}
}

CASE(endless_lines_are_no_trouble)
{
	size_t len = 1 << 20;
	char *line = mem_alloc(len);
	struct run_reader *r = run_reader_new(NULL);
	struct run_result out;

	memset(line, ':', len);
	run_reader_line(r, line, len);
	memset(line, '9', len);
	run_reader_line(r, line, len);
	memcpy(line, "ERROR: ", 7);
	run_reader_line(r, line, len);
	run_reader_end(r, &fine, &out);
	assert_int_equal(out.verdict, VERDICT_FAIL);
	assert_true(strlen(out.first) <= 400);
	run_result_fini(&out);
	free(line);
}

CASE(verdict_names_go_both_ways)
{
	enum verdict v;

	for (int i = VERDICT_NONE; i <= VERDICT_TOOL; i++) {
		assert_true(verdict_parse(verdict_name((enum verdict)i), &v));
		assert_int_equal(v, i);
	}
	assert_false(verdict_parse("green", &v));
}
