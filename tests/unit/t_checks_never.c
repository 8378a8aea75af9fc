/* Conditions on what nothing ever sets. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/checks_found.h"

#define DUT "wire y; dut u(.clk(clock), .y(y));\n"

CASE(what_nothing_sets_is_no_check)
{
	static const char *const dead[] = {
		"reg clk; initial #1 if (clk) errors = errors + 1;",
		"logic clk; initial #1 if (clk == 1'b1) $error(\"clk\");",
		"wire fault; initial #1 if (!(fault == 1)) ; else $error(\"fault\");",
		"int mism; initial #1 if (mism > 0) $display(\"FAILED\"); else $display(\"ok\");",
		"reg bad = 0, worse; initial #1 if (bad || worse) $display(\"FAIL %b\", bad);",
		"reg [3:0] m [0:7], k; initial #1 if (m[k] === 4'd1) $error(\"m\");",
		"bit go; initial #1 if (go && y !== 1) $error(\"y\");",
		"bit go; initial #1 if ((y !== 1) && (go == 1)) $error(\"y\");",
		"reg clk; initial #1 case (clk) 1: $error(\"clk\"); default: ; endcase",
		"reg clk; initial #1 assert (clk !== 1) else $error(\"clk\");",
	};

	for (size_t i = 0; i < sizeof(dead) / sizeof(*dead); i++) {
		char *text = str_fmt(DUT "int errors = 0;\n%s", dead[i]);

		finds(text, "");
		free(text);
	}
}

CASE(what_compares_a_value_is_a_check)
{
	finds("reg [3:0] a = 15;\ninitial #1 if (a !== 15) $error(\"a\");", "3:a !== 15");
	finds("reg [3:0] a = 15;\ninitial #1 if (a != 15) $error(\"a\");", "3:a != 15");
	finds("reg a = 0;\ninitial #1 if (a !== 0) $error(\"a\");", "3:a !== 0");
	finds("reg a = 0;\ninitial #1 assert (1'b0 === a) else $error(\"a\");", "3:1'b0 === a");
}

/* With the module's text it is known which of its ports are inputs. */
CASE(what_goes_into_a_known_module_is_not_set)
{
	static const char *const ports[] = { "input fault, output y",
					     "fault, y); input fault; output y; wire z = (fault" },
				 *const uses[][2] = {
					 { "chk v(.fault(fault), .y(y));", "" },
					 { "chk v(fault, y);", "" },
					 { "chk v(.fault, .y);", "" },
					 { "chk v(.*);", "" },
					 { "chk v(.fault(y), .y(fault));", "3:fault" },
					 { "chk v(y, fault);", "3:fault" },
					 { "chk v(.y(fault), .*);", "3:fault" },
					 { "chk v(.*), w(.y(fault), .*);", "3:fault" },
					 { "chk v(.fault({fault, y}), .y());", "3:fault" },
				 };

	for (size_t i = 0; i < sizeof(uses) / sizeof(*uses) * 2; i++) {
		char *text = str_fmt("int n; logic fault; wire y;\n"
				     "initial #1 if (fault) $error(\"fault\");\n%s\n"
				     "endmodule module chk(%s);",
				     uses[i / 2][0], ports[i % 2]);
		char *got = sites(text, false);

		if (strcmp(got, uses[i / 2][1]) != 0)
			fail_msg("%s: %s", text, got);
		free(got);
		free(text);
	}
	/* an output of the name that .* connects; inout may be one */
	finds("logic fault; wire y;\ninitial #1 if (fault) $error(\"fault\");\nchk v(.*);\n"
	      "endmodule module chk(output fault, input y);",
	      "3:fault");
	finds("logic fault; wire y;\ninitial #1 if (fault) $error(\"fault\");\nchk v(.*);\n"
	      "endmodule module chk(inout fault, input y);",
	      "3:fault");
}

/* The output is found behind an import, and where not all ports can be known each name of
 * the testbench may be set. */
CASE(an_instance_sets_what_its_module_may_drive)
{
	static const char *const heads[] = {
		"module chk import p::*; (input y, output fault);",
		"module chk import p::*, q::n; #(parameter W = 1) (input y, output fault);",
		"module chk `PORTS ;",
		"module chk(`PORTS);",
		"module chk(input y `ifdef A , output fault `else , input fault `endif );",
		"module chk(input y, .fault({a, b}));",
		"module chk(input fault, input y); endmodule module chk(output fault, input y);",
	};

	for (size_t i = 0; i < 2 * sizeof(heads) / sizeof(*heads); i++) {
		char *text =
			str_fmt("logic fault; wire y;\ninitial #1 if (fault) $error(\"fault\");\n"
				"chk v(%s);\nendmodule %s",
				i % 2 ? ".*" : ".y, .fault", heads[i / 2]);

		finds(text, "3:fault");
		free(text);
	}
}

CASE(what_may_be_set_is_a_check)
{
	static const char *const alive[] = {
		"initial fault = y;",
		"always @(y) fault <= y;",
		"chk v(y, fault);",
		"chk v(.clk(fault));",
		"chk v(.fault);",
		"chk v(.*);",
		"assign fault = y;",
		"and (fault, y, y);",
		"initial look(fault);",
		"initial n = $fscanf(1, \"%b\", fault);",
		"initial n = f(fault);",
		"initial {fault, n} = 2;",
		"initial force fault = y;",
		"initial #9 n = (fault += y);",
		"initial `SET(fault);",
		"`include \"more.vh\"",
		"endmodule module w; initial tb.fault = 1;",
		"endmodule module w; initial tb.s[1].fault = 1;",
	};

	for (size_t i = 0; i < sizeof(alive) / sizeof(*alive); i++) {
		char *text = str_fmt("int n; logic fault;\n"
				     "initial #1 if (fault) $error(\"fault\");\n%s",
				     alive[i]);

		finds(text, "3:fault");
		free(text);
	}
}

CASE(what_is_compared_with_itself_or_with_x_is_no_check)
{
	finds("wire [3:0] y, w; dut u(y); initial #1 if (y !== y) $error(\"y\");", "");
	finds("wire [3:0] y, w; dut u(y); initial #1 if ((y [0]) != y[0]) $error(\"y\");", "");
	finds("wire [3:0] y, w; dut u(y); initial #1 if ((y ^ y) !== 0) $error(\"y\");",
	      "2:(y ^ y) !== 0");
	finds("wire [3:0] y, w; dut u(y); initial #1 if (y[0] !== y[1]) $error(\"y\");",
	      "2:y[0] !== y[1]");
	finds("initial #1 if (f(y) !== f(y)) $error(\"f\");", "2:f(y) !== f(y)");
	/* a reg is x, an int is 0 */
	finds("wire [3:0] y; dut u(y); reg [3:0] e; initial #1 if (y != e) $error(\"y\");", "");
	finds("wire [3:0] y; dut u(y); int e; initial #1 if (y != e) $error(\"y\");", "2:y != e");
	finds("wire [3:0] y; dut u(y); reg [3:0] e; initial #1 if (y !== e) $error(\"y\");",
	      "2:y !== e");
	finds("wire [3:0] y; dut u(y); reg [3:0] e; initial begin e = 3; #1 if (y != e) "
	      "$error(\"y\"); end",
	      "2:y != e");
}

CASE(a_limit_of_what_the_command_line_gives_is_no_check)
{
	static const char *const given[] = {
		"int n; initial begin if (!$value$plusargs(\"n=%d\", n)) n = 30;\n"
		"if (n > 10) $fatal(1, \"n\"); end",
		"int n = 5; initial begin void'($value$plusargs(\"n=%d\", n));\n"
		"assert (n < 10) else $error(\"n\"); end",
	};

	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++)
		finds(given[i], "");
	finds("int n;\ninitial begin if (!$value$plusargs(\"n=%d\", n)) n = 0;\nif (n != 12) "
	      "$error(\"n\"); end",
	      "4:n != 12");
	finds("int n; initial if (!$value$plusargs(\"n=%d\", n)) n = 3; always @(posedge y) n++;\n"
	      "initial #9 if (n > 10) $error(\"n\");",
	      "3:n > 10");
}
