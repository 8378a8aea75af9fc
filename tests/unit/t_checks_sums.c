/* Summaries: statements that only report the results of other checks, in every form. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/checks_found.h"

#define COUNTS                                                                             \
	"wire [3:0] q; int total, passed, errors; real rate; dut u(q);\ninitial begin #1 " \
	"total++; "

CASE(what_is_computed_of_counts_is_a_report)
{
	finds(COUNTS "if (q === 3) passed++;\nrate = 100.0 * passed / total;\n"
		     "$display(\"%0d passed\", passed);\n"
		     "if (rate < 100.0) $display(\"some tests failed\"); else $display(\"all tests "
		     "passed\"); end",
	      "3:q === 3");
	/* of the design as well */
	finds(COUNTS "if (q === 3) passed++;\nrate = 100.0 * q / total;\n"
		     "$display(\"%0d passed\", passed);\n"
		     "if (rate < 100.0) $display(\"some tests failed\"); else $display(\"all tests "
		     "passed\"); end",
	      "3:q === 3; 6:rate < 100.0");
}

CASE(an_assertion_about_a_count_is_a_report)
{
	finds(COUNTS "if (q !== 3) errors++;\nassert (errors == 0) else $fatal(1, \"failed\"); end",
	      "3:q !== 3");
	/* nothing else is a check */
	finds(COUNTS "errors += u.n; assert (errors == 0) else $fatal(1, \"failed\"); end",
	      "3:errors == 0");
}

CASE(a_case_about_what_is_left_is_a_report)
{
	finds("typedef enum {OK, NOK} res_t; res_t res = OK; wire [3:0] q, want; dut u(q, want);\n"
	      "initial begin #1 if (q !== want) res = NOK;\n"
	      "case (res) OK: $display(\"result: OK\"); NOK: $display(\"result: FAIL\"); endcase "
	      "end",
	      "3:q !== want");
}

CASE(an_exit_code_is_a_flag)
{
	finds("int rc = 0; wire [3:0] q; dut u(q);\n"
	      "initial begin #1 rc |= check(3, q);\n"
	      "if (rc != 0) $display(\"exit code %0d\", rc); else $display(\"exit code 0\");\n"
	      "$finish; end",
	      "3:check(3, q)");
}

CASE(what_did_not_happen_is_a_failure)
{
	static const char *const words[] = { "missing answers: %0d", "only %0d, no response",
					     "it never came, %0d", "stuck at %0d" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		char *text = str_fmt("integer got = 0; wire done; dut u(done);\nalways @(posedge "
				     "done) got = got + 1;\ninitial begin #99\nif (got != 6) "
				     "$display(\"%s\", got); end",
				     words[i]);

		finds(text, "5:got != 6");
		free(text);
	}
}

#define DUT "wire [3:0] q, want; wire bad_luck; integer n = 0, e = 0; reg d; dut u(q, bad_luck);\n"

CASE(a_comparison_may_be_added_by_name)
{
	finds(DUT "initial begin #1 d = q !== want;\ne = e + d;\n$display(\"%0d errors\", e); end",
	      "4:d");
	finds(DUT "initial begin #1 d = q != want;\ne += d;\n"
		  "if (e == 0) $display(\"good\"); else $display(\"no good\"); end",
	      "4:d");
	finds(DUT "initial begin #1 d = q !== want;\ne <= e + d;\n$display(\"e: %0d\", e); end",
	      "4:d");
	finds(DUT "initial begin #1 d = q === want;\ne = e + d;\n"
		  "if (e == 4) $display(\"good\"); else $display(\"no good\"); end",
	      "4:d");
	finds(DUT "wire differs = q !== want;\ninitial begin #1\ne = e + differs;\n"
		  "$display(\"%0d errors\", e); end",
	      "5:differs");
	/* one comparison is one check */
	finds(DUT "initial begin #1 d = q !== want;\nif (d) $display(\"differs\"); e = e + d;\n"
		  "$display(\"%0d errors\", e); end",
	      "3:q !== want");
	finds(DUT
	      "wire differs = q !== want;\ninitial begin #1 if (differs) $display(\"differs\");\n"
	      "e = e + differs;\n$display(\"%0d errors\", e); end",
	      "4:differs");
	/* a state, and what holds more than that */
	finds(DUT "initial begin #1 d = q !== n; n = q;\ne = e + d;\n"
		  "$display(\"%0d moves\", e); end",
	      "");
	finds(DUT "initial begin #1 d = q !== want; d = q;\ne = e + d;\n"
		  "$display(\"%0d errors\", e); end",
	      "");
}

CASE(what_an_output_is_called_is_no_failure)
{
	finds(DUT "integer n_bad_luck = 0;\ninitial begin #1 if (bad_luck) n_bad_luck = n_bad_luck "
		  "+ 1;\n$display(\"bad luck %0d times\", n_bad_luck); end",
	      "");
	finds(DUT "wire bad = q !== want; integer n_bad = 0;\n"
		  "initial begin #1 if (bad) n_bad = n_bad + 1;\n"
		  "$display(\"bad %0d times\", n_bad); end",
	      "4:bad");
	finds(DUT "integer n_bad_luck = 0;\ninitial begin #1 if (bad_luck) n_bad_luck = n_bad_luck "
		  "+ 1;\nif (n_bad_luck == 0) $display(\"PASS\"); else $display(\"FAIL\"); end",
	      "4:bad_luck");
}

CASE(a_number_that_is_awaited_counts_no_failures)
{
	finds(DUT "initial begin #1 if (bad_luck) n = n + 1;\n$display(\"errors: %0d\", n);\n"
		  "if (n !== 4) e = e + 1;\nif (e == 0) $display(\"PASS\"); end",
	      "5:n !== 4");
	finds(DUT "initial begin #1 if (bad_luck) n = n + 1;\n$display(\"errors: %0d\", n);\n"
		  "if (n != 10) $finish; end",
	      "3:bad_luck");
}

CASE(a_trouble_that_is_denied_is_good)
{
	static const char *const denied[] = { "no deviation", "Without problems.",
					      "0 differences" };
	static const char *const claimed[] = { "deviation", "no answer, but a deviation",
					       "not equal" };

	for (size_t i = 0; i < 3; i++) {
		char *good = str_fmt(DUT "initial begin d = 0; #1 if (q !== want) d = 1;\n"
					 "if (!d) $display(\"%s\"); end",
				     denied[i]);
		char *bad = str_fmt(DUT "initial begin d = 0; #1 if (q !== want) d = 1;\n"
					"if (d) $display(\"%s\"); end",
				    claimed[i]);

		guards(good, "3:q !== want");
		guards(bad, "3:q !== want; 4:guard d");
		free(good);
		free(bad);
	}
}

/* Returns whether a count of failures is printed, as the facts have it. */
static bool sums_up(const char *items)
{
	char *text = str_fmt("module tb;\n%s\nendmodule\n", items);
	struct checks *c = checks_new();
	struct checks_facts facts;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	checks_facts(c, &facts);
	checks_free(c);
	free(text);
	return facts.says_count;
}

CASE(what_the_testbench_injects_is_no_count)
{
	assert_true(sums_up(DUT "initial begin if (q !== want) n = n + 1;\n"
				"$display(\"errors: %0d\", n); end"));
	assert_false(sums_up(DUT "reg flip = 0;\ninitial begin flip = 1; if (flip) n = n + 1;\n"
				 "$display(\"injected errors: %0d\", n); end"));
}
