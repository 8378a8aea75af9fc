/* What one printed line claims: numbers of successes and failures, or words. */
#include "config.h"

#include "tests/lib/test.h"

#include <string.h>

#include "session/base/str.h"
#include "session/output/claim.h"

static const struct {
	const char *line;
	long passed, failed, total;
	bool pass, fail;
} summaries[] = {
	{ "PASS 41 checks", 41, -1, -1, true, false },
	{ "PASS: 41 checks", 41, -1, -1, true, false },
	{ "41 tests passed", 41, -1, -1, true, false },
	{ "All 41 tests passed!", 41, -1, -1, true, false },
	{ "41/41 tests passed", 41, -1, 41, true, false },
	{ "40/41 tests passed", 40, 1, 41, false, true },
	{ "passed: 3/8 random vectors", 3, 5, 8, false, true },
	{ "PASS: 3/8-scale frames decode", -1, -1, -1, true, false },
	{ "PASS: 1/4 rate divider works", -1, -1, -1, true, false },
	{ "40 of 41 checks passed", 40, 1, 41, false, true },
	{ "passed 41 out of 41", 41, -1, 41, true, false },
	{ "Result: SUCCESS", -1, -1, -1, true, false },
	{ "[TB] status = success.", -1, -1, -1, true, false },
	{ "Success rate: 50", -1, -1, -1, false, false },
	{ "load: success of 3 tries", -1, -1, -1, false, false },
	{ "ERROR: no success", -1, -1, -1, false, true },
	{ "40 tests passed out of 41", 40, 1, 41, false, true },
	{ "40 tests ok of 41", 40, 1, 41, false, true },
	{ "tests passed: 40 of: 41", 40, 1, 41, false, true },
	{ "40 passed (of 41)", 40, 1, 41, false, true },
	{ "41 vectors matched of 41", 41, -1, 41, true, false },
	{ "1 check failed of 41", -1, 1, 41, false, true },
	{ "41 tests passed in 16 us", 41, -1, -1, true, false },
	{ "12 passed, 4 failed of 16", 12, 4, 16, false, true },
	{ "test 3 ok of 16", -1, -1, -1, false, false },
	{ "Passed: 41, Failed: 0", 41, 0, -1, true, false },
	{ "PASS=41 FAIL=2", 41, 2, -1, false, true },
	{ "passed 41 failed 2", 41, 2, -1, false, true },
	{ "PASS: 41 FAIL: 0", 41, 0, -1, true, false },
	{ "tests passed: 5", 5, -1, -1, true, false },
	{ "ALL TESTS PASSED (41 checks)", 41, -1, -1, true, false },
	{ "Mismatches: 0 in 128 samples", -1, 0, 128, true, false },
	{ "Mismatches: 3 in 128 samples", -1, 3, 128, false, true },
	{ "Hint: Total mismatched samples is 2 out of 439 samples", -1, 2, 439, false, true },
	{ "Hint: Output 'q' has no mismatches.", -1, -1, -1, true, false },
	{ "Hint: Output 'q' has 5 mismatches. First mismatch occurred at time 20.", -1, 5, -1,
	  false, true },
	{ "===========Your Design Passed===========", -1, -1, -1, true, false },
	{ "===========Error===========", -1, -1, -1, false, true },
	{ "===========Test completed with 3 /100 failures===========", -1, 3, 100, false, true },
	{ "errors: 0", -1, 0, -1, true, false },
	{ "Errors = 3", -1, 3, -1, false, true },
	{ "Error count: 0", -1, 0, -1, true, false },
	{ "0 errors found in 100 tests", -1, 0, 100, true, false },
	{ "Simulation finished with 2 errors", -1, 2, -1, false, true },
	{ "Errors found: 0", -1, 0, -1, true, false },
	{ "errors detected = 2", -1, 2, -1, false, true },
	{ "mismatches found: 7", -1, 7, -1, false, true },
	{ "Error found: q is 3", -1, -1, -1, false, true },
	{ "no errors", -1, -1, -1, true, false },
	{ "TEST PASSED", -1, -1, -1, true, false },
	{ "*** PASSED ***", -1, -1, -1, true, false },
	{ "Test 3: PASS", -1, -1, -1, true, false },
	{ "test 3 passed", -1, -1, -1, true, false },
	{ "100% passed", -1, -1, -1, true, false },
	{ "0 tests passed", 0, -1, -1, false, false },
	{ "Simulation unsuccessful", -1, -1, -1, false, true },
	{ "Test did not pass", -1, -1, -1, false, true },
	{ "the run was not successful", -1, -1, -1, false, true },
	{ "no success", -1, -1, -1, false, true },
	{ "FAIL", -1, -1, -1, false, true },
	{ "FAIL: q is 3, not 4", -1, -1, -1, false, true },
	{ "[FAIL] 0 != 4", -1, -1, -1, false, true },
	{ "FAIL: 0 != 4", -1, -1, -1, false, true },
	{ "ERROR: 0 expected, got 1", -1, -1, -1, false, true },
	{ "FAIL count 0, not 1", -1, -1, -1, false, true },
	{ "FAIL: count = 0, expected 1", -1, -1, -1, false, true },
	{ "ERROR: 0, expected 4", -1, -1, -1, false, true },
	{ "Mismatch count 0; want: 1", -1, -1, -1, false, true },
	{ "FAIL: 0, PASS: 41", 41, 0, -1, true, false },
	{ "Errors: 0, expected: 0", -1, 0, -1, true, false },
	{ "Error: expected 0", -1, -1, -1, false, true },
	{ "wrong: 0", -1, 0, -1, true, false },
	{ "wrong: 3", -1, 3, -1, false, true },
	{ "wrong: 0 for 4", -1, -1, -1, false, true },
	{ "wrong: 0, expected 4", -1, -1, -1, false, true },
	{ "incorrect = 0", -1, 0, -1, true, false },
	{ "mismatch: 0 | 16", -1, 0, -1, true, false },
	{ "[5000] Error: expected 0", -1, -1, -1, false, true },
	{ "test 3 failed", -1, -1, -1, false, true },
	{ "1 + 14 = 15 ok", -1, -1, -1, false, false },
	{ "1 + 14 = 11 NOT ok", -1, -1, -1, false, true },
	{ "not ok 3 - sum", -1, -1, -1, false, true },
	{ "total = 16 passed", 16, -1, -1, true, false },
	{ "Only 4 passed", 4, -1, -1, false, true },
	{ "| FAIL | 0 |", -1, 0, -1, true, false },
	{ "| PASS | 16 |", 16, -1, -1, true, false },
	{ "| FAIL | 2 |", -1, 2, -1, false, true },
	{ "Failed .......... 0", -1, 0, -1, true, false },
	{ "{\"errors\": 0, \"total\": 16}", -1, 0, -1, true, false },
	{ "\033[31mFAIL\033[0m q", -1, -1, -1, false, true },
	{ "\033[1;32mPASS\033[0m", -1, -1, -1, true, false },
	{ "fail-safe mode on", -1, -1, -1, false, false },
	{ "Failure analysis complete", -1, -1, -1, false, false },
	{ "Failure rate: 0%", -1, -1, -1, false, false },
	{ "Failures: none", -1, -1, -1, true, false },
	{ "FAIL: no response", -1, -1, -1, false, true },
	{ "Errors found? NO", -1, -1, -1, true, false },
	{ "Errors found? YES", -1, -1, -1, false, true },
	{ "errors", -1, -1, -1, false, false },
	{ "There are errors in your design", -1, -1, -1, false, true },
	{ "There are no errors", -1, -1, -1, true, false },
	{ "y is wrong", -1, -1, -1, false, true },
	{ "0 of 500 random vectors failed", -1, 0, 500, true, false },
	{ "Failed vectors: 0 (of 20)", -1, 0, 20, true, false },
	{ "Failed vectors: 3 (of 20)", -1, 3, 20, false, true },
	{ "compared 20, mismatched 0", -1, 0, -1, true, false },
	{ "compared 20, mismatched 4", -1, 4, -1, false, true },
	{ "matches 20 mismatches 0", -1, 0, -1, true, false },
	{ "** TESTS=3 PASS=3 FAIL=0 SKIP=0 **", 3, 0, 3, true, false },
	{ "** TESTS=3 PASS=2 FAIL=1 SKIP=0 **", 2, 1, 3, false, true },
	{ "#PASS 20 #FAIL 0", -1, 0, -1, true, false },
	{ "Correct: 20  Wrong: 0", -1, 0, -1, true, false },
	{ "Correct: 19  Wrong: 1", -1, 1, -1, false, true },
	{ "test: 3, wrong: 0", -1, -1, -1, false, true },
	{ "3 of 500 random vectors failed", -1, 3, 500, false, true },
	{ "divide by zero error ... PASS", -1, -1, -1, true, false },
	{ "[3] wrong opcode -> passed", -1, -1, -1, true, false },
	{ "ERROR: the flag is: ok", -1, -1, -1, false, true },
	{ "a failed parity check: FAILED", -1, -1, -1, false, true },
	{ "test not passed", -1, -1, -1, false, true },
	{ "Mismatch at cycle 7", -1, -1, -1, false, true },
	{ "TIMEOUT", -1, -1, -1, false, true },
	{ "simulation timed out", -1, -1, -1, false, true },
	{ "TEST FAILED (3 passed)", 3, -1, -1, false, true },
	{ "passed 3, FAILED", 3, -1, -1, false, true },
	{ "errors: 0x0000", -1, 0, -1, true, false },
	{ "errors: 0x001f", -1, 31, -1, false, true },
	{ "Mismatches = 16'h0000", -1, 0, -1, true, false },
	{ "MTBF (Mean Time Between Failures)", -1, -1, -1, false, false },
	{ "errors: 4'b12", -1, -1, -1, false, true },
	{ "8'd1f tests passed", -1, -1, -1, true, false },
	{ "Mismatches = 8'b00000011", -1, 3, -1, false, true },
	{ "ERROR: q = 0x00, expected 0x01", -1, -1, -1, false, true },
	{ "FAIL: got 8'h00, want 8'h01", -1, -1, -1, false, true },
	{ "{\"passed\": 9, \"failed\": 0}", 9, 0, -1, true, false },
	{ "{\"passed\": 8, \"failed\": 1}", 8, 1, -1, false, true },
	{ "{failed: 0}", -1, 0, -1, true, false },
	{ "wrong results so far ........ 0", -1, 0, -1, true, false },
	{ "Error injections: 4", -1, -1, -1, false, false },
	{ "wrong results so far ........ 2", -1, 2, -1, false, true },
	{ "Incorrect outputs in this run: 0", -1, 0, -1, true, false },
	{ "Error in address: 0", -1, -1, -1, false, false },
	{ "Mismatch in bits: 0", -1, -1, -1, false, true },
	{ "25 out of 25 vectors matched the model", 25, -1, 25, true, false },
	{ "24 of 25 correct", 24, 1, 25, false, true },
	/* these claim nothing */
	{ "row 4 matched", -1, -1, -1, false, false },
	{ "PASS/FAIL legend", -1, -1, -1, false, false },
	{ "wrong password test:     ok", -1, -1, -1, false, false },
	{ "bypass on, password set", -1, -1, -1, false, false },
	{ "error injection enabled", -1, -1, -1, false, false },
	{ "pass 1 of the filter", -1, -1, -1, false, false },
	{ "waiting for the timeout of the bus", -1, -1, -1, false, false },
	{ "count=41 q=0", -1, -1, -1, false, false },
	{ "", -1, -1, -1, false, false },
};

static void summaries_that_people_print_are_understood(void **state)
{
	for (size_t i = 0; i < sizeof(summaries) / sizeof(*summaries); i++) {
		struct claim c;
		struct str is = STR_INIT, want = STR_INIT;

		claim_read(summaries[i].line, strlen(summaries[i].line), &c);
		str_addf(&is, "%s: %ld %ld %ld %d %d", summaries[i].line, c.passed, c.failed,
			 c.total, c.pass, c.fail);
		str_addf(&want, "%s: %ld %ld %ld %d %d", summaries[i].line, summaries[i].passed,
			 summaries[i].failed, summaries[i].total, summaries[i].pass,
			 summaries[i].fail);
		assert_string_equal(str_cstr(&is), str_cstr(&want));
		str_free(&is);
		str_free(&want);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(summaries_that_people_print_are_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
