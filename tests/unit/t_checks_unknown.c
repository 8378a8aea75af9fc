/* Checks that can fail only because of an x, and waits that end only with one. */
#include "config.h"

#include "tests/lib/checks_found.h"

/* Puts items into a testbench; compares only_x and the wait's text with what is
 * expected. */
static void asks(const char *items, bool only_x, const char *wait)
{
	char *text = str_fmt("module tb; wire [3:0] q; dut u(clk, q);\n%s\nendmodule\n", items);
	struct checks *c = checks_new();
	struct checks_facts facts;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	checks_facts(c, &facts);
	assert_int_equal(checks_len(c), 1);
	if (checks_at(c, 0)->only_x != only_x)
		fail_msg("%s", items);
	assert_string_equal(facts.x_text ? facts.x_text : "", wait);
	assert_int_equal(facts.x_line, *wait ? 2 : 0);
	checks_free(c);
	free(text);
}

static void a_check_of_nothing_but_x_is_known(void **state)
{
	static const char *const only[] = { "^q === 1'bx",
					    "!rst && q === 4'hX",
					    "(q[0] === 1'bx)",
					    "1'bx === q[0]",
					    "(q ^ q) !== 0",
					    "q === 4'bx || ^q === 1'bx",
					    "seen & ~rst & $isunknown(q)",
					    "!($time == 0 || ^q !== 1'bx)" };
	static const char *const more[] = {
		"q !== 4'd3",	"^q === 1'bx || q !== 4'd3", "!(q === 4'd1 && e === 1'bx)",
		"q === 4'bz",	"(^q === 1'bx) | (q !== e)", "(q === 4'bx) == 0 && q !== e",
		"(q ^ e) !== 0"
	};

	for (size_t i = 0; i < sizeof(only) / sizeof(*only); i++) {
		char *text = str_fmt("initial #9 if (%s) $display(\"ERROR\");", only[i]);

		asks(text, true, only[i]);
		free(text);
	}
	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
		char *text = str_fmt("initial #9 if (%s) $display(\"ERROR\");", more[i]);

		asks(text, false, "");
		free(text);
	}
	asks("initial #9 if ($isunknown(q)) $error(\"x\");", true, "$isunknown(q)");
	asks("initial #9 if (q !== 4'bx) ; else $error(\"x\");", true, "");
	asks("initial #9 assert (!$isunknown(q));", true, "");
	asks("initial #9 assert (q === 4'bx);", false, "");
	asks("initial #9 assert ((q !== 4'bx) & (q === e));", false, "");
	asks("initial #9 if ($isunknown(q) == 0 && q !== e) $error(\"q\");", false, "");
	asks("assert property (@(posedge clk) en |-> !$isunknown(q));", true, "");
	asks("assert property (@(posedge clk) en |-> !$isunknown(q) && q == 3);", false, "");
}

static void wants(const char *condition, bool x)
{
	char *text = str_fmt("module tb; wire [3:0] q; dut u(clk, q);\n"
			     "initial #9 if (%s) $display(\"ERROR\");\nendmodule\n",
			     condition);
	struct checks *c = checks_new();

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	assert_int_equal(checks_len(c), 1);
	if (checks_at(c, 0)->wants_x != x)
		fail_msg("%s", condition);
	checks_free(c);
	free(text);
}

static void a_check_that_only_x_passes_is_known(void **state)
{
	wants("q !== 4'bx", true);
	wants("1'bx !== ^q", true);
	wants("!$isunknown(q)", true);
	wants("q !== 4'bx || q !== e", true);
	wants("q === 4'bx", false);
	wants("q !== 4'd3", false);
	wants("q !== 4'bz", false);
	wants("q !== 4'bx && q !== e", false);
}

static void starts(const char *items, bool x)
{
	char *text = str_fmt("module tb; wire [3:0] q; dut u(clk, q);\n%s\n"
			     "initial begin #9 if (q !== 3) begin $display(\"ERROR\"); errors = "
			     "errors + 1; end\n"
			     "if (errors == 0) $display(\"PASS\"); else $display(\"FAIL\"); end\n"
			     "endmodule\n",
			     items);
	struct checks *c = checks_new();
	bool any = false;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	for (size_t i = 0; i < checks_len(c); i++)
		any |= checks_at(c, i)->starts_x;
	if (any != x)
		fail_msg("%s", items);
	checks_free(c);
	free(text);
}

static void a_count_that_nothing_sets_stays_x(void **state)
{
	starts("integer errors;", true);
	starts("integer i, errors;", true);
	starts("reg [7:0] errors; always @(posedge clk) if (q === 4'bx) errors = errors + 1;",
	       true);
	starts("integer errors; initial for (i = 0; i < 3; i = i + 1) errors = errors + 1;", true);
	starts("integer errors = 0;", false);
	starts("int errors;", false);
	starts("integer errors; initial errors = 0;", false);
	starts("integer errors; initial {errors, seen} = 0;", false);
	starts("integer errors; initial for (errors = 0; seen; ) ;", false);
	starts("integer errors; initial begin_test(errors);", false);
	starts("integer errors; initial $value$plusargs(\"e=%d\", errors);", false);
	starts("integer errors; count k(.n(errors));", false);
}

static void a_wait_for_x_outranks_an_if(void **state)
{
	asks("initial begin if (q === 4'bx) ; wait (q === 4'bx); if (q !== 3) $error(\"q\"); end",
	     false, "wait (q === 4'bx)");
	asks("initial begin while (q !== 4'bx) #1; if (q !== 3) $error(\"q\"); end", false,
	     "q !== 4'bx");
	asks("initial begin wait (q !== 4'bx); if (q !== 3) $error(\"q\"); end", false, "");
	asks("initial begin while (q === 4'bx) #1; if (q !== 3) $error(\"q\"); end", false, "");
}

/* The question that ends the run is the one that matters, wherever it is. */
static void an_if_that_ends_the_run_outranks_others(void **state)
{
	asks("initial begin if (q === 4'bx) ; if (v === 4'bx) begin $display(\"done\"); $finish; "
	     "end\n"
	     "if (q !== 3) $error(\"q\"); end",
	     false, "v === 4'bx");
}

/* Values that a design with these items may read before they are set. */
static void unset(const char *items, enum checks_unset want)
{
	char *text =
		str_fmt("module d(input clk, input rst, input [3:0] a, output reg [3:0] q);\n"
			"%s\nendmodule\nmodule tb; reg clk; wire [3:0] q; d u(clk, clk, 1, q);\n"
			"initial if (q !== 3) $error; endmodule\n",
			items);
	struct checks *c = checks_new();
	struct checks_facts f;

	checks_add(c, "tb.sv", text, strlen(text));
	checks_find(c, "tb");
	checks_facts(c, &f);
	assert_int_equal(f.unset, want);
	checks_free(c);
	free(text);
}

static void the_source_shows_what_is_not_set(void **state)
{
	unset("always @(posedge clk) q <= q + a;", UNSET_REGISTER);
	unset("always @(posedge clk) if (rst) q <= 0; else q <= q + a;", UNSET_UNKNOWN);
	unset("initial q = 0; always @(posedge clk) q <= q + a;", UNSET_UNKNOWN);
	unset("wire [1:0] w = q[1:0]; always @(posedge clk) q <= q + a;", UNSET_REGISTER);
	unset("reg [3:0] m [0:15]; always @(posedge clk) if (rst) q <= 0; else begin m[a] <= q; q "
	      "<= "
	      "m[q]; end",
	      UNSET_MEMORY);
	unset("reg [3:0] m [0:15]; initial $readmemh(\"m.hex\", m);\n"
	      "always @(posedge clk) q <= m[a];",
	      UNSET_REGISTER);
	/* either */
	unset("reg [3:0] m [0:15]; always @(posedge clk) begin m[a] <= q; q <= m[q]; end",
	      UNSET_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_check_of_nothing_but_x_is_known),
		cmocka_unit_test(a_check_that_only_x_passes_is_known),
		cmocka_unit_test(a_count_that_nothing_sets_stays_x),
		cmocka_unit_test(a_wait_for_x_outranks_an_if),
		cmocka_unit_test(an_if_that_ends_the_run_outranks_others),
		cmocka_unit_test(the_source_shows_what_is_not_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
