/* "q is wrong (3)": whether the number is a count of errors or the value of q. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/checks_found.h"

static const char *const messages[] = {
	"\"ERROR (%0d): q is wrong\", i",
	"\"FAILED (%0d)\", i",
	"\"Test %0d failed (%0d)\", i, q",
	"\"mismatch (%0d)\", q",
	"\"output error: %h\", q",
	"\"Output mismatch = %d\", q",
	"\"wrong (%h vs %h)\", q, want",
	"\"mux output incorrect (%b).\", q",
	"\"%d incorrect\", q",
	"\"%0d failed\", i",
	"\"%0t error\", $time",
	"\"time %0d: %d incorrect, should be %d\", $time, q, want",
	"\"Error: %d\", q",
	"\"%d: error (%d)\", $stime, q + 1",
};

#define ALL (sizeof(messages) / sizeof(*messages))

/* The context: the message is the only evidence of the comparison. */
static void shown(const char *before, const char *after, const char *want)
{
	for (size_t i = 0; i < ALL; i++) {
		char *text = str_fmt("%s$display(%s)%s", before, messages[i], after);

		finds(text, want);
		free(text);
	}
}

CASE(what_is_compared_or_counts_rounds_is_a_value)
{
	shown("reg [3:0] q, want; integer i;\n"
	      "initial begin for (i = 0; i < 9; i = i + 1) begin q = i; want = f(i);\n"
	      "#1 if (q != want) begin ",
	      "; $finish; end end end", "4:q != want");
	shown("wire [3:0] q; integer i = 0; dut u(q);\ninitial #1 if (q == 4'd3) ; else ", ";",
	      "3:q == 4'd3");
	shown("integer i = 0; integer bad = 0; wire q;\ninitial begin #1 if (q !== want) begin "
	      "bad = bad + 1; ",
	      "; end\n$display(\"errors: %0d\", bad); end", "3:q !== want");
}

/* It only reports correct values: the comparison is still a check. */
CASE(a_value_that_passed_is_no_count_either)
{
	static const char *const good[] = { "\"%0d passed\", i", "\"Test %0d passed\", i",
					    "\"[%0t] PASS: %0d\", $time, q", "\"correct (%b)\", q",
					    "\"PASS %d\", q" };

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		char *text =
			str_fmt("wire [3:0] q; integer i; dut u(q);\ninitial for (i = 0; i < 9; i "
				"= i + 1) #1 if (q === i) $display(%s);",
				good[i]);

		finds(text, "3:q === i");
		free(text);
	}
}

/* The same words with a counter are a summary, in whatever base it is printed. */
CASE(what_counts_differences_is_a_count)
{
	static const char *const sums[] = { "\"FAILED (%0d)\"",	   "\"%0d incorrect\"",
					    "\"errors = %h\"",	   "\"Error count %0d\"",
					    "\"incorrect (%0d)\"", "\"Failed: %0d\"" };

	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++) {
		char *text = str_fmt("integer n = 0;\ninitial begin #1 if (q !== e) n = n + 1;\nif "
				     "(n != 0) $display(%s, n); end",
				     sums[i]);

		finds(text, "3:q !== e");
		free(text);
		text = str_fmt("integer n = 0;\ninitial begin #1 if (q !== e) n = n + 1;\n"
			       "$display(%s, n); end",
			       sums[i]);
		finds(text, "3:q !== e");
		free(text);
	}
}

#define EITHER(cond) "if (" cond ") $display(\"clean\"); else $display(\"%h\", n); end"

/* The messages say nothing that is known; how the variable is raised does. */
CASE(unknown_words_are_told_by_the_comparison)
{
	static const char *const sums[][2] = {
		{ "n = n + (y !== a + b);", EITHER("n == 0") },
		{ "n += y !== a + b;", EITHER("n > 0") },
		{ "n[i] = y !== a + b;", EITHER("|n") },
		{ "n[i] = y === a + b;", EITHER("&n") },
	};

	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums); i++) {
		char *text = str_fmt("reg [63:0] n = 0;\ninitial begin #1 %s\n%s", sums[i][0],
				     sums[i][1]);
		char *got = sites(text, false);

		if (strncmp(got, "3:", 2) != 0 || strchr(got, ';'))
			fail_msg("%s: %s", text, got);
		free(got);
		free(text);
	}
	/* a model, or a stimulus */
	finds("reg full;\ninitial begin #1 full = w == r;\nif (full) $display(\"stop\"); else "
	      "$display(\"go\"); end",
	      "");
}

/* "n = n + (q == 3)" counts how often something was so. */
CASE(a_sum_of_comparisons_needs_a_word)
{
	static const char *const counts[] = {
		"reg [3:0] last;\ninitial begin #1 n = n + (y !== last); last = y;\n" EITHER("n"),
		"\ninitial begin #1 n = n + (y == 4'd3);\n" EITHER("n"),
		"\ninitial begin #1 n += y === a;\n$display(\"%0d times\", n); end",
		"integer bad_luck = 0;\ninitial begin #1 bad_luck = bad_luck + (y == "
		"4'd13);\n" EITHER("bad_luck"),
	};
	static const char *const said[] = {
		"$display(\"%0d of 9\", n); end",
		"$display(\"%0d passed\", n); end",
		"if (n == 9) $display(\"PASS\"); else $display(\"FAIL\"); end",
	};
	static const char *const names[] = { "errors", "n_err",	     "fails",	  "failures",
					     "mism",   "mismatches", "bad_errors" };

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		finds(counts[i], "");
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		char *text = str_fmt("initial begin #1 n = n + (y === a + b);\n%s", said[i]);

		finds(text, "2:(y === a + b)");
		free(text);
	}
	/* errors are some without a word */
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *text = str_fmt("integer %s = 0;\ninitial begin #1 %s = %s + (y === a);\n"
				     "$display(\"total = %%0d\", %s); end",
				     names[i], names[i], names[i], names[i]);
		char *want = str_fmt("3:%s + (y === a)", names[i]);

		finds(text, want);
		free(text);
		free(want);
	}
	finds("integer errors = 0;\ninitial begin #1 errors = errors + (y === a);\n"
	      "if (errors) $display(\"sum: %0d\", errors); end",
	      "3:errors + (y === a)");
	/* an unknown value is nothing that one hopes for */
	finds("integer errors = 0;\ninitial begin #1 errors = errors + (y === 8'bx);\n"
	      "$display(\"%0d\", errors); end",
	      "3:errors + (y === 8'bx)");
}

/* A flag that keeps what was right so far is none that counts it, whatever is added in what
 * was expected. */
CASE(a_flag_fails_by_its_comparison)
{
	static const char *const flags[] = { "ok && (y == a + b)", "ok & y === a + b",
					     "(y == a + b) && ok" };

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		char *text = str_fmt("module tb; reg ok = 1; initial begin #1 ok = %s; if (ok) "
				     "$display(\"yes\"); else $display(\"no\"); end endmodule\n",
				     flags[i]);
		struct checks *c = checks_new();
		struct str out = STR_INIT;

		checks_add(c, "tb.sv", text, strlen(text));
		checks_find(c, "tb");
		assert_true(checks_instrument(c, 0, CHECKS_ICARUS, &out));
		assert_non_null(strstr(str_cstr(&out), "posedge_checks.failed0"));
		str_free(&out);
		checks_free(c);
		free(text);
	}
}

CASE(what_is_told_of_a_total_counts_equalities)
{
	finds("integer s = 0;\ninitial begin if (y == a + b) s = s + 1;\n"
	      "$display(\"SCORE %0d/64\", s); end",
	      "3:y == a + b");
	finds("integer w = 0;\ninitial begin w = (y !== a + b) ? w + 1 : w;\n"
	      "$display(\"worst case: %0d bad sums\", w); end",
	      "3:(y !== a + b) ? w + 1 : w");
	/* a state that is told in one of two ways */
	finds("reg moved;\ninitial begin moved = (y !== a);\n"
	      "if (moved) $display(\"new value\"); else $display(\"same value\"); end",
	      "");
	finds("reg known;\ninitial begin known = ^y !== 1'bx;\n"
	      "if (known) $display(\"y is driven\"); else $display(\"y floats\"); end",
	      "");
	/* how often something came, and where it was */
	finds("integer s = 0;\ninitial begin if (y == 3) s = s + 1;\n"
	      "$display(\"%0d of 64 were three\", s); end",
	      "");
}
