/* The hints that posedge adds to a tool's findings, and where their marks stand in the text. */
#include "config.h"

#include "tests/lib/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/lint/own_lint.h"
#include "session/output/diag.h"

/* The hint for a finding at that place. */
static void explains_in(const char *path, const char *text, struct diag d, const char *want)
{
	struct own_lint_text t = {
		.path = path, .text = text, .len = strlen(text), .verilog = str_ends(path, ".v")
	};
	struct own_lint *o = own_lint_open(&t);
	struct str hint = STR_INIT;

	assert_int_equal(own_lint_explain(o, &d, &hint), want[0] != '\0');
	assert_string_equal(str_cstr(&hint), want);
	str_free(&hint);
	own_lint_close(o);
}

static void explains(const char *text, struct diag d, const char *want)
{
	explains_in("m.v", text, d, want);
}

static struct diag syntax(int line, int col)
{
	return (struct diag){
		DIAG_ERROR, "m.v", line, col, 0, "", "syntax error, unexpected else"
	};
}

static void a_missing_semicolon_is_told(void **state)
{
	explains("module m(input a, output reg q);\nalways @*\nif (a) q = 0\nelse q = "
		 "1;\nendmodule\n",
		 syntax(4, 1), "a ';' is missing after '0' in line 3, most likely");
	explains("module m(input a)\nwire b;\nendmodule\n", syntax(2, 1),
		 "a ';' is missing after ')' in line 1, most likely");
	explains("module m;\nreg [1:0] q\nreg r;\nendmodule\n", syntax(3, 1),
		 "a ';' is missing after 'q' in line 2, most likely");
	explains("module m;\nassign a = b[1]\nassign c = d;\nendmodule\n", syntax(3, 0),
		 "a ';' is missing after ']' in line 2, most likely");
	/* The parser goes on to the second name. */
	explains("module m;\ninitial begin\na = 1 // one\nb = 2;\nend\nendmodule\n", syntax(4, 3),
		 "a ';' is missing after '1' in line 3, most likely");
	explains("module m;\nalways @*\ncase (s)\n0: y = a\n1: y = b;\nendcase\nendmodule\n",
		 syntax(5, 1), "a ';' is missing after 'a' in line 4, most likely");
	explains("module m;\ninitial begin\na = b\n{c, d} = 2;\nend\nendmodule\n", syntax(4, 1),
		 "a ';' is missing after 'b' in line 3, most likely");
	explains("module m;\ninitial begin\na = b\n@(posedge c) d = 2;\nend\nendmodule\n",
		 syntax(4, 1), "a ';' is missing after 'b' in line 3, most likely");
}

static struct diag bracket(int line, int col)
{
	struct diag d = syntax(line, col);

	d.text = "syntax error, unexpected '(', expecting IDENTIFIER";
	return d;
}

static void names_that_are_missing_or_wrong_are_told(void **state)
{
	explains("module m(input a);\nwire b;\nsub(a, b);\nendmodule\n", bracket(3, 4),
		 "an instance needs a name: write sub u_sub (...)");
	explains("module m(input a);\nwire b\n;sub #(3) (a, b);\nendmodule\n", bracket(3, 11),
		 "an instance needs a name: write sub #(...) u_sub (...)");
	explains("module m(input a);\nsub #(f(3)) (a, b);\nendmodule\n", bracket(2, 8), "");
	explains("module m(input a);\nalways @(a) (a, b);\nendmodule\n", bracket(2, 13), "");
	explains("module m(input 2nd_in);\nendmodule\n", syntax(1, 16),
		 "a name cannot begin with a digit: 2nd_in");
	explains("module m(input [3 x);\nendmodule\n", syntax(1, 17), "");
}

/* The hints are Verilator's: of a file that two others include, and of "reg a, a;". */
static void a_file_that_is_read_twice_is_told(void **state)
{
	static const char text[] = "typedef logic [3:0] t;\nreg a, a;\n";
	struct diag d = syntax(1, 21);

	d.text = "Duplicate declaration of TYPEDEF 't': 't'";
	d.hint = "Location of original declaration (m.v:1:21)";
	explains(text, d,
		 "m.v is included more than once: `ifndef NAME, `define NAME and `endif around its "
		 "text guard against that");
	d.hint = "Location of original declaration (n.v:1:21)";
	explains(text, d, "");
	d = syntax(2, 8);
	d.text = "Duplicate declaration of signal: 'a'";
	d.hint = "Location of original declaration (m.v:2:5)";
	explains(text, d, "");
}

/* The messages are Verilator's. */
static void a_name_that_is_a_keyword_of_systemverilog_is_told(void **state)
{
	static const char text[] = "module m(input a);\nsub ref(a);\nreg [3:0] logic;\n"
				   "always @* assert(a);\nendmodule\n";
	struct diag ref = syntax(2, 5), logic = syntax(3, 11), other = syntax(2, 1);

	ref.text = "syntax error, unexpected ref, expecting IDENTIFIER or randomize";
	logic.text = "syntax error, unexpected logic";
	explains(text, ref,
		 "ref is a keyword of SystemVerilog, as which this file is read: choose another "
		 "name");
	explains(text, logic,
		 "logic is a keyword of SystemVerilog, as which this file is read: choose another "
		 "name");
	explains_in("m.sv", text, ref, "");
	/* of Verilog, too; another word; a semicolon */
	explains("module m;\nsub wire(a);\nendmodule\n", syntax(2, 5), "");
	other.text = ref.text;
	explains(text, other, "");
	logic.line = 3;
	logic.col = 1;
	explains("module m;\nreg a\nlogic b;\nendmodule\n", logic,
		 "a ';' is missing after 'a' in line 2, most likely");
}

static void an_ifdef_without_its_end_is_told(void **state)
{
	struct diag d = syntax(7, 1);

	d.text = "`ifdef not terminated at EOF";
	explains("`ifdef A // `endif\n`endif\nmodule m;\n`ifndef B\n`else\nendmodule\n", d,
		 "m.v:4 begins what no `endif ends");
	explains("`ifdef A\n`ifdef B\n`endif\nmodule m;\nendmodule\n\n", d,
		 "m.v:1 begins what no `endif ends");
	explains("module m;\nendmodule\n\n\n\n\n", d, "");
}

static void a_delay_that_comes_to_nothing_is_told(void **state)
{
	struct diag d = { DIAG_ERROR, "m.v", 2, 0, 0, "", "always process does not have any delay.",
			  .hint = "" };

	explains("module m;\nalways #(T/2) c = ~c;\nendmodule\n", d,
		 "the delay #(T/2) comes to 0 in steps of the timescale: a finer `timescale, such "
		 "as 1ns/1ps, or a larger number keeps it");
	explains("module m;\nalways c = ~c;\nendmodule\n", d, "");
	explains("module m;\nassign c = d;\nalways #1 c = ~c;\nendmodule\n", d, "");
}

static void a_net_that_is_used_once_is_told(void **state)
{
	static const char head[] = "module o; wire ab; endmodule\nmodule m;\nwire yOut;\n";
	struct diag d = {
		DIAG_RISK, "m.v", 4, 0, 0, "implicit", "implicit definition of wire 'y_out'.",
		.hint = ""
	};
	char *text = str_fmt("%s%s", head, "sub u(y_out);\nendmodule\n");

	explains(text, d, "nothing else in this module is called y_out; is yOut meant?");
	free(text);
	text = str_fmt("%s%s", head, "sub u(.y_out(y_out)); // y_out\nendmodule\n");
	explains(text, d, "nothing else in this module is called y_out; is yOut meant?");
	free(text);
	text = str_fmt("%s%s", head, "sub u(y_out), v(y_out);\nendmodule\n");
	explains(text, d, "");
	free(text);
	d.code = "IMPLICIT";
	d.text = "Signal definition not found, creating implicitly: 'ab'";
	text = str_fmt("%s%s", head, "sub u(ab);\nendmodule\n");
	explains(text, d, "nothing else in this module is called ab");
	free(text);
}

static void other_syntax_errors_are_left_alone(void **state)
{
	explains("module m(input a);\nalways @(a)\nelse q = 1;\nendmodule\n", syntax(3, 1), "");
	explains("module m;\nassign a = b +\nassign c = d;\nendmodule\n", syntax(3, 1), "");
	explains("module m;\nassign a = b;\nelse c = d;\nendmodule\n", syntax(3, 1), "");
	explains("module m;\ninitial if (a)\nendmodule\n", syntax(3, 1), "");
	explains("module m;\n", syntax(9, 1), "");
	explains("", syntax(1, 1), "");
}

static struct diag async_at(const char *place)
{
	static char hint[80];

	snprintf(hint, sizeof(hint),
		 "Location of async usage (%s); Location of sync usage (m.v:9:9)", place);
	return (struct diag){ .rank = DIAG_RISK,
			      .path = "m.v",
			      .line = 1,
			      .col = 8,
			      .code = "SYNCASYNCNET",
			      .text = "Signal flopped as both synchronous and async: 'q'",
			      .hint = hint };
}

/* Where the caret for column col of the quoted line 3 belongs; col 0: nowhere else. */
static void belongs(const char *line, const char *quoted, int col, int want_col, int want_len)
{
	struct str text = STR_INIT, typed = STR_INIT;
	struct own_lint_text t = { .path = "m.v" };
	struct diag d = {
		DIAG_RISK, "m.v", 3, col, 1, "BLKSEQ", "", .context = quoted, .hint = ""
	};
	struct own_lint *o;

	str_addf(&text, "`define GO 3'd0\n`define MAX(a, b) ((a) > (b) ? (a) : (b))\n%s\n", line);
	t.text = str_cstr(&text);
	t.len = text.len;
	o = own_lint_open(&t);
	if (own_lint_place(o, &d, &typed) != (want_col > 0))
		fail_msg("%s: %d", line, d.col);
	if (want_col) {
		assert_string_equal(str_cstr(&typed), line);
		assert_int_equal(d.col, want_col);
		assert_int_equal(d.len, want_len);
	}
	own_lint_close(o);
	str_free(&text);
	str_free(&typed);
}

static void a_mark_stands_in_the_line_that_was_typed(void **state)
{
	belongs("`GO: q = `GO;", "3'd0: q = 3'd0;", 9, 8, 1);
	belongs("`GO: q = `GO;", "3'd0: q = 3'd0;", 1, 1, 3);
	belongs("`GO: q = `GO;", "3'd0: q = 3'd0;", 11, 10, 3);
	belongs("\tq = `MAX(a, 12); r = 1;", " q = ((a) > (12) ? (a) : (12)); r = 1;", 35, 21, 1);
	belongs("\tq = `MAX(a, 12); r = 1;", " q = ((a) > (12) ? (a) : (12)); r = 1;", 8, 6, 11);
	belongs("/* `GO */ q = `GO; // `GO", "          q = 3'd0;", 13, 13, 1);
	/* no macro; another line; a column in no token, or after the line */
	belongs("q = 1; r = 2;", "q = 1; r = 2;", 9, 0, 0);
	belongs("`GO: q = `GO;", "3'd1: q = 3'd0;", 9, 0, 0);
	belongs("`GO: q = `GO;", "3'd0: q = 3'd0; r", 9, 0, 0);
	belongs("`GO: q = `GO;", "3'd0: q = ", 9, 0, 0);
	belongs("`GO: q = `GO;", "3'd0: q = 3'd0;", 6, 0, 0);
	belongs("`GO: q = `GO;", "3'd0: q = 3'd0;", 99, 0, 0);
	belongs("`GO: q = `NOT;", "3'd0: q = ;", 9, 0, 0);
}

static void an_inout_and_a_block_without_an_edge_are_told(void **state)
{
	static const char text[] =
		"module m(inout [3:0] io, input a, b, output wire w, output reg q);\n"
		"always @(a) io = a;\nalways @(a) q = a & b;\nalways @(posedge a) q = "
		"b;\nendmodule\n";
	struct diag io = { DIAG_ERROR,
			   "m.v",
			   2,
			   13,
			   2,
			   "PROCASSWIRE",
			   "Procedural assignment to wire: 'io'" },
		    icarus = { DIAG_ERROR, "m.v", 2, 0, 0, "", "io is not a valid l-value in m." },
		    wire = { DIAG_ERROR,
			     "m.v",
			     2,
			     13,
			     2,
			     "PROCASSWIRE",
			     "Procedural assignment to wire: 'w'" },
		    level = { DIAG_RISK, "m.v", 3, 15, 1, "BLKSEQ", "Blocking assignment '='" },
		    edge = { DIAG_RISK, "m.v", 4, 23, 1, "BLKSEQ", "Blocking assignment '='" };

	explains(text, io, "'io' is an inout: drive it with assign io = enable ? value : 'z");
	explains(text, icarus, "'io' is an inout: drive it with assign io = enable ? value : 'z");
	explains(text, wire, "");
	explains(text, level,
		 "the block in line 3 waits for no edge, so = is right; its sensitivity list is "
		 "not right: write always @(*)");
	explains(text, edge, "");
	explains("module m;\n  reg a;\n  always #5 a = ~a;\nendmodule\n",
		 (struct diag){ DIAG_RISK, "m.v", 3, 15, 1, "BLKSEQ", "Blocking assignment '='" },
		 "the block in line 3 waits for no edge, so = is right");
	explains(text, async_at("m.v:3:1"),
		 "the block in line 3 waits for no edge, so nothing in it is asynchronous; its "
		 "sensitivity list is not right: write always @(*)");
	explains(text, async_at("m.v:4:1"), "");
	explains(text, async_at("other.v:3:1"), "");
}

static void characters_that_only_look_like_verilog_are_named(void **state)
{
	explains("module m(input a\uff0coutput y);\nendmodule\n", syntax(1, 17),
		 "column 17 has U+FF0C, which is no character of Verilog: write ,");
	explains("// caf\u00e9\nassign y = 4\u2019d3;\n", syntax(2, 0),
		 "column 13 has U+2019, which is no character of Verilog: write '");
	explains("initial $display(\u201chi\u201d);\n", syntax(1, 0),
		 "column 18 has U+201C, which is no character of Verilog: write \"");
	explains("\u00a0assign y = 1;\n", syntax(1, 1),
		 "column 1 has a blank, U+00A0, which is no character of Verilog: write a plain "
		 "one");
	explains("assign\u200b y = 1;\n", syntax(1, 1),
		 "column 7 has an invisible character, U+200B, which is no character of Verilog: "
		 "delete it");
	explains("assign \u4e2d = 1;\n", syntax(1, 1),
		 "column 8 has the character '\u4e2d' (U+4E2D), which is no character of Verilog");
	explains("/* \uff0c */ initial $display(\"\uff0c\");\nassign = 1;\n", syntax(1, 1), "");
}

static struct diag said(int line, int col, const char *text)
{
	return (struct diag){ DIAG_ERROR, "m.v", line, col, 0, "", text };
}

/* The messages are those of Icarus 11 and Verilator 5.006. */
static void what_is_not_closed_is_told(void **state)
{
	static const char nested[] = "Module definition b cannot nest into module a.",
			  unsupported[] = "Unsupported: module decls within module decls";
	static const char begins[] = "module m;\ninitial begin\nif (a) begin\nx = 1;\nend\n"
				     "endmodule\n";

	explains("module a(input x);\nassign y = x;\nmodule b;\nendmodule\n", said(3, 0, nested),
		 "the module a that begins in line 1 is still open here: an endmodule is missing");
	explains("module z;\nendmodule\nmodule a(input x);\nmodule b;\nendmodule\n",
		 said(4, 1, unsupported),
		 "the module a that begins in line 3 is still open here: an endmodule is missing");
	explains("module a(input x);\nmodule b;\nendmodule\nendmodule\n", said(2, 1, unsupported),
		 "");
	explains(begins, said(6, 1, "syntax error, unexpected endmodule"),
		 "the 'begin' in line 2 is still open here: an 'end' is missing");
	explains(begins, said(6, 0, "syntax error"),
		 "the 'begin' in line 2 is still open here: an 'end' is missing");
	explains("module m;\ntask t;\ncase (a)\n0: x = 1;\nendtask\nendmodule\n",
		 said(5, 0, "syntax error"),
		 "the 'case' in line 3 is still open here: an 'endcase' is missing");
	explains("module m;\ninitial begin\nx = 1;\nend\nend\nendmodule\n",
		 said(5, 0, "syntax error"), "no 'begin' is open for this 'end'");
	/* The line is all that is known. */
	explains("module m;\ninitial begin\nx = ;\nend\nendmodule\n", said(3, 0, "syntax error"),
		 "in this line, or at the end of the one before it: x = ;");
	explains("module m;\ninitial begin\nx = ;\nend\nendmodule\n",
		 said(3, 5, "syntax error, unexpected ';'"), "");
}

static void a_covergroup_is_told(void **state)
{
	static const char text[] = "module m;\ncovergroup cg;\nendgroup\ncg c = new;\nq c;\n"
				   "endmodule\n",
			  want[] = "Icarus 11 and Verilator 5.006 have no covergroups: put this "
				   "below an `ifdef, or count the values in variables";

	explains(text, said(2, 0, "syntax error"), want);
	explains(text, said(4, 4, "syntax error, unexpected '=', expecting ',' or ';'"), want);
	explains(text, said(5, 3, "syntax error, unexpected ';'"), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_that_only_look_like_verilog_are_named),
		cmocka_unit_test(what_is_not_closed_is_told),
		cmocka_unit_test(a_covergroup_is_told),
		cmocka_unit_test(a_missing_semicolon_is_told),
		cmocka_unit_test(names_that_are_missing_or_wrong_are_told),
		cmocka_unit_test(a_file_that_is_read_twice_is_told),
		cmocka_unit_test(a_name_that_is_a_keyword_of_systemverilog_is_told),
		cmocka_unit_test(an_ifdef_without_its_end_is_told),
		cmocka_unit_test(a_delay_that_comes_to_nothing_is_told),
		cmocka_unit_test(a_net_that_is_used_once_is_told),
		cmocka_unit_test(other_syntax_errors_are_left_alone),
		cmocka_unit_test(a_mark_stands_in_the_line_that_was_typed),
		cmocka_unit_test(an_inout_and_a_block_without_an_edge_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
