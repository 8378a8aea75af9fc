/* An `if` around a check is no check: it selects what is compared. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/checks_found.h"

#define DUT                                                                                      \
	"wire [7:0] q, at; wire end_; reg [7:0] m [0:255], e; reg clk = 0; integer errors = 0, " \
	"n = 0; dut u(clk, q, at, end_);\nalways @(posedge clk) begin\n"
#define CHECK "if (q !== e) begin $display(\"ERROR: q %d\", q); errors = errors + 1; end\n"
#define COUNT                                                                            \
	"end initial begin #900 if (n !== 12) begin $display(\"ERROR: %0d outputs, not " \
	"12\", n); errors = errors + 1; end\n"                                           \
	"if (errors == 0) $display(\"PASS\"); $finish; end"
#define SHORT "if (q !== e) errors = errors + 1;\n"

CASE(what_counts_the_checks_is_no_success)
{
	finds(DUT "if (at < 99) m[at] <= q; else begin\n" CHECK "n = n + 1; end " COUNT,
	      "5:q !== e");
	finds(DUT "if (at == 99) begin\n" CHECK "n = n + 1; end else m[at] <= q; " COUNT,
	      "5:q !== e");
	finds(DUT "if (at < 99) m[at] <= q; else begin\n"
		  "case (q === e) 1: ; default: errors = errors + 1; endcase n = n + 1; end " COUNT,
	      "5:q === e");
	finds(DUT "if (at < 99) m[at] <= q; else begin\n"
		  "assert (q === e) else $error(\"q\"); n = n + 1; end " COUNT,
	      "5:q === e");
	finds(DUT "if (at < 99) m[at] <= q; else begin check; n = n + 1; end " COUNT
		  "\ntask check;\n" CHECK "endtask",
	      "7:q !== e");
}

CASE(words_of_a_step_are_no_success)
{
	finds(DUT "if (at < 99) $display(\"write ok\"); else\n" CHECK "end", "5:q !== e");
	finds(DUT "if (at < 99) $display(\"write ok\"); else begin\n"
		  "if (q !== e) $display(\"FAIL: q\"); else $display(\"read\"); end end",
	      "5:q !== e");
}

CASE(a_report_when_the_run_is_over_is_about_what_was_counted)
{
	guards(DUT SHORT "if (end_) begin if (errors != 0) $display(\"FAIL\"); $finish; end end",
	       "4:q !== e; 5:guard errors != 0");
	guards(DUT "if (q !== e) errors = errors + 1; else n = n + 1;\nif (end_) begin\n"
		   "if (n !== 12) begin $display(\"ERROR: %0d passed, not 12\", n);\n"
		   "errors = errors + 1; end if (errors == 0) $display(\"PASS\"); $finish; "
		   "end end",
	       "4:q !== e; 6:guard n !== 12");
	/* how much to print */
	finds("reg seen = 0;\n" DUT "if (!same) begin if (!seen) begin seen = 1;\n"
	      "$display(\"Hint: first mismatch\"); end end if (seen) $display(\"Hint: q\"); end",
	      "5:!same");
	finds(DUT "if (q > e) begin if (errors < 3) $display(\"ERROR: q\"); end end", "4:q > e");
}

CASE(what_tells_itself_stays_a_check)
{
	/* an expected value, a name, a word */
	finds(DUT "if (q === e) begin n = n + 1; if (at > 9) $error(\"late\"); end " COUNT,
	      "4:q === e; 4:at > 9");
	finds(DUT "if (q == 8) begin $display(\"PASS\"); if (at > 9) $error(\"late\"); end end",
	      "4:q == 8; 4:at > 9");
	/* steps of one comparison */
	finds(DUT "if (q == 8) $display(\"PASS\"); else if (q > 9) $display(\"FAIL\"); end",
	      "4:q == 8; 4:q > 9");
	finds(DUT "if (q == 8) $display(\"PASS\"); else\n"
		  "if (at > 9) $display(\"FAIL: late\"); else $display(\"FAIL: early\"); end",
	      "4:q == 8");
}
