#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/output/diag.h"
#include "sim/engine/verilator_diag.h"
#include "tests/lib/findings.h"
#include "tests/lib/mutant.h"
#include "tests/lib/tool.h"

/* The output of Verilator 5.006, line by line. */
static const char real[] =
	"%Warning-DECLFILENAME: bad1.sv:1:8: Filename 'bad1' does not match MODULE name: 'top'\n"
	"    1 | module top(input clk, input [7:0] a, output reg [3:0] q, output y);\n"
	"      |        ^~~\n"
	"                       ... For warning description see "
	"https://verilator.org/warn/DECLFILENAME?v=5.006\n"
	"                       ... Use \"/* verilator lint_off DECLFILENAME */\" and lint_on "
	"around source to disable this message.\n"
	"%Warning-WIDTH: bad1.sv:6:10: Operator ASSIGNDLY expects 4 bits on the Assign RHS, but "
	"Assign RHS's ADD generates 32 or 8 bits.\n"
	"                            : ... In instance top\n"
	"    6 |   else q <= a + 1;\n"
	"      |          ^~\n"
	"%Warning-BLKSEQ: bad1.sv:5:14: Blocking assignment '=' in sequential logic process\n"
	"                             : ... Suggest using delayed assignment '<='\n"
	"    5 |   if (rst) q = 0;\n"
	"      |              ^\n"
	"%Warning-BLKSEQ: bad1.sv:12:15: Blocking assignment '=' in sequential logic process\n"
	"                              : ... Suggest using delayed assignment '<='\n"
	"   12 |  always #5 ck = ~ck;\n"
	"      |               ^\n"
	"%Error-BLKANDNBLK: bad1.sv:1:66: Unsupported: Blocked and non-blocking assignments to "
	"same variable: 'q'\n"
	"    1 | module top(input clk, input [7:0] a, output reg [3:0] q, output y);\n"
	"      |                                                       ^\n"
	"                   bad1.sv:5:14: ... Location of blocking assignment\n"
	"    5 |   if (rst) q = 0;\n"
	"      |              ^\n"
	"                   bad1.sv:6:10: ... Location of nonblocking assignment\n"
	"    6 |   else q <= a + 1;\n"
	"      |          ^~\n"
	"%Error: bad1.sv:15:47: Can't find definition of variable: 'y2'\n"
	"                     : ... Suggested alternative: 'y'\n"
	"   15 | module sub(input [3:0] x, output y); wire w = y2; endmodule\n"
	"      |                                               ^~\n"
	"%Error: Cannot find file containing module: nofile.sv\n"
	"%Error: This may be because there's no search path specified with -I<dir>.\n"
	"        ... Looked in:\n"
	"             nofile.sv\n"
	"             obj_dir/nofile.sv\n"
	"%Warning-UNOPTFLAT: t.sv:2:13: Signal unoptimizable: Circular combinational logic: 't.l'\n"
	"    2 |  wire [1:0] l = {l[0],a} ^ {2{l[1]}};\n"
	"      |             ^\n"
	"                    t.sv:2:13:      Example path: t.l\n"
	"                    t.sv:2:15:      Example path: ASSIGNW\n"
	"-Info: x.sv:62: $dumpvar ignored, as Verilated without --trace\n"
	"%Error: Cannot continue\n"
	"%Error: Exiting due to 1 error(s), 8 warning(s)\n";

static struct diag_list *parse(const char *text)
{
	struct diag_list *l = diag_list_new(1000);

	verilator_diag_parse(text, strlen(text), l);
	return l;
}

static void its_messages_become_findings_in_its_order(void **state)
{
	struct diag_list *l = parse(real);
	char *got = findings_lines(l);

	assert_string_equal(
		got,
		"bad1.sv:1:8 style DECLFILENAME Filename 'bad1' does not match MODULE name: 'top'\n"
		"bad1.sv:6:10 risk WIDTH Operator ASSIGNDLY expects 4 bits on the Assign RHS, but "
		"Assign RHS's ADD generates 32 or 8 bits.\n"
		"bad1.sv:5:14 risk BLKSEQ Blocking assignment '=' in sequential logic process\n"
		"bad1.sv:12:15 style BLKSEQ Blocking assignment '=' in sequential logic process\n"
		"bad1.sv:1:66 risk UNSUPPORTED Unsupported: Blocked and non-blocking assignments "
		"to same variable: 'q'\n"
		"bad1.sv:15:47 error Can't find definition of variable: 'y2'\n"
		"error Cannot find file containing module: nofile.sv\n"
		"t.sv:2:13 risk UNOPTFLAT Signal unoptimizable: Circular combinational logic: "
		"'t.l'\n");
	free(got);
	diag_list_free(l);
}

static void the_quoted_line_the_mark_and_the_notes_are_kept(void **state)
{
	struct diag_list *l = parse(real);
	const struct diag *d = diag_list_at(l, 0);

	assert_string_equal(d->context,
			    "module top(input clk, input [7:0] a, output reg [3:0] q, output y);");
	assert_int_equal(d->len, 3);
	assert_memory_equal(d->context + d->col - 1, "top", 3);
	assert_string_equal(d->hint, "");
	assert_true(d->waivable);
	d = diag_list_at(l, 1);
	assert_string_equal(d->context, "  else q <= a + 1;");
	assert_memory_equal(d->context + d->col - 1, "<=", 2);
	assert_string_equal(d->hint, "");
	d = diag_list_at(l, 2);
	assert_string_equal(d->hint, "Suggest using delayed assignment '<='");
	d = diag_list_at(l, 4);
	assert_string_equal(d->hint, "Location of blocking assignment (bad1.sv:5:14); "
				     "Location of nonblocking assignment (bad1.sv:6:10)");
	assert_string_equal(d->context,
			    "module top(input clk, input [7:0] a, output reg [3:0] q, output y);");
	assert_int_equal(d->len, 1);
	d = diag_list_at(l, 5);
	assert_string_equal(d->hint, "Suggested alternative: 'y'");
	assert_false(d->waivable);
	assert_string_equal(diag_list_at(l, 7)->hint,
			    "Example path: t.l (t.sv:2:13); Example path: ASSIGNW (t.sv:2:15)");
	diag_list_free(l);
}

/* Verilator 5.006 on a line of top.v behind `include "leaf.v", which no file includes. */
static void a_chain_of_includes_is_no_hint(void **state)
{
	struct diag_list *l =
		parse("%Warning-COMBDLY: top.v:3:17: Non-blocking assignment '<=' in "
		      "combinational logic process\n"
		      "                           : ... This will be executed as a blocking "
		      "assignment '='!\n"
		      "    3 |   always @(*) y <= x;\n"
		      "      |                 ^~\n"
		      "                    leaf.v:4:1: ... note: In file included from leaf.v\n"
		      "                    *** See https://verilator.org/warn/COMBDLY before "
		      "disabling this,\n"
		      "                    else you may end up with different sim results.\n");

	assert_int_equal(diag_list_len(l), 1);
	assert_string_equal(diag_list_at(l, 0)->hint,
			    "This will be executed as a blocking assignment '='!");
	diag_list_free(l);
}

static void odd_places_are_read(void **state)
{
	struct diag_list *l = parse("%Warning-WIDTH: my dir/a:b.sv:3:4: x: 1:2: y\r\n"
				    "%Error: Internal Error: t.sv:2:13: ../V3Ast.cpp:345: no\n"
				    "%Error-UNSUPPORTED: a.sv:99999999999:1: far\n"
				    "%Warning-NEWCODE: a.sv:1:1: new\n"
				    "%Warning: a.sv:1: no column\n"
				    "%Error-: a.sv:2:3: empty\n"
				    "%Errors: no\n%Warningx\n%Error\n%\n");
	char *got = findings_lines(l);

	assert_string_equal(got, "my dir/a:b.sv:3:4 risk WIDTH x: 1:2: y\n"
				 "t.sv:2:13 risk INTERNAL Internal Error: ../V3Ast.cpp:345: no\n"
				 "a.sv risk UNSUPPORTED far\n"
				 "a.sv:1:1 risk NEWCODE new\n"
				 "risk a.sv:1: no column\n"
				 "a.sv:2:3 error empty\n"
				 "style note %Errors: no\n"
				 "style note %Warningx\n"
				 "style note %Error\n"
				 "style note %\n");
	free(got);
	diag_list_free(l);
}

static void blocking_is_style_only_where_a_clock_is_made(void **state)
{
	static const struct {
		const char *line;
		int col;
		enum diag_rank rank;
	} cases[] = {
		{ " always #5 clk = ~clk;", 16, DIAG_STYLE },
		{ "  #5 ck = 1;", 9, DIAG_STYLE },
		{ "  #(PERIOD/2) clk_i = !clk_i;", 23, DIAG_STYLE },
		{ "  #`HALF a = 1;", 12, DIAG_STYLE },
		{ "    clk = ~clk;", 9, DIAG_STYLE },
		{ "    sys_clock = 0;", 15, DIAG_STYLE },
		{ "    q = a;", 7, DIAG_RISK },
		{ "    t = ~t;", 7, DIAG_RISK },
		{ " always @(posedge clk) q = a;", 26, DIAG_RISK },
		{ " always @(posedge clk) #1 q = a;", 29, DIAG_RISK },
		{ " if (clk) q = a;", 13, DIAG_RISK },
		{ " q = #", 4, DIAG_RISK },
		{ "", 16, DIAG_RISK },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = str_fmt("%%Warning-BLKSEQ: a.sv:1:%d: Blocking assignment '=' in "
				     "sequential logic process\n"
				     "    1 | %s\n",
				     cases[i].col, cases[i].line);
		struct diag_list *l = parse(text);

		assert_string_equal(diag_list_at(l, 0)->context, cases[i].line);
		assert_int_equal(diag_list_at(l, 0)->rank, cases[i].rank);
		diag_list_free(l);
		free(text);
	}
}

static void hostile_text_is_tamed_and_bounded(void **state)
{
	struct str s = STR_INIT;
	struct diag_list *l =
		parse("%Warning-WIDTH: a\033]0;x\007.sv:1:1: \033[2Jtext\n    1 | \033[31mq\n");

	assert_string_equal(diag_list_at(l, 0)->path, "a?]0;x?.sv");
	assert_string_equal(diag_list_at(l, 0)->text, "?[2Jtext");
	assert_string_equal(diag_list_at(l, 0)->context, "?[31mq");
	diag_list_free(l);
	for (int i = 0; i < 5000; i++)
		str_adds(&s, "%Warning-UNOPTFLAT: a.sv:1:1: x\n          a.sv:1:1:     Example "
			     "path: y\n");
	for (int i = 0; i < 5000; i++)
		str_adds(&s, "          a.sv:1:1:     Example path: y\n");
	l = parse(str_cstr(&s));
	assert_int_equal(diag_list_len(l), 1000);
	diag_list_free(l);
	str_free(&s);
}

/* Of Verilator 5.006, both. */
static void a_keyword_for_a_name_is_an_error_of_the_design(void **state)
{
	static const char said[] =
		"%Error-UNSUPPORTED: m.sv:1:26: Unsupported: SystemVerilog 2005 reserved word not "
		"implemented: 'sequence'\n"
		"    1 | module m(input c, output sequence);\n"
		"      |                          ^~~~~~~~\n"
		"%Error-UNSUPPORTED: m.sv:3:3: Unsupported: SystemVerilog 2005 reserved word not "
		"implemented: 'sequence'\n"
		"    3 |   sequence s; a ##1 b; endsequence\n"
		"      |   ^~~~~~~~\n";
	struct diag_list *l = diag_list_new(10);

	verilator_diag_parse(said, sizeof(said) - 1, l);
	assert_int_equal(diag_list_len(l), 2);
	assert_int_equal(diag_list_at(l, 0)->rank, DIAG_ERROR);
	assert_string_equal(diag_list_at(l, 0)->code, "");
	assert_string_equal(diag_list_at(l, 0)->text,
			    "'sequence' is a keyword of SystemVerilog: choose another name");
	assert_string_equal(diag_list_at(l, 1)->code, DIAG_UNSUPPORTED);
	diag_list_free(l);
}

static void the_installed_verilator_is_understood(void **state)
{
	const char *const argv[] = { "verilator_bin", "--lint-only", "-Wall",
				     "-Wno-fatal",    "--timing",    "--top-module",
				     "top",	      "file.sv",     NULL };
	char *dir = tool_folder();
	struct str out = STR_INIT, err = STR_INIT;
	struct diag_list *l = diag_list_new(100);
	unsigned seen = 0;

	if (!tool_there("verilator_bin")) {
		tool_folder_remove(dir);
		diag_list_free(l);
		skip();
	}
	tool_write(dir, "file.sv",
		   "module top(input clk, input [7:0] a, output reg [3:0] q);\n"
		   "\talways @(posedge clk)\n"
		   "\t\tq <= a;\n"
		   "\treg l;\n"
		   "\talways @* if (a[0]) l = a[1];\n"
		   "endmodule\n");
	assert_int_equal(tool_run(dir, argv, &out, &err), 0);
	verilator_diag_parse(str_cstr(&err), err.len, l);
	for (size_t i = 0; i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);

		assert_string_equal(d->path, "file.sv");
		assert_int_not_equal(d->rank, DIAG_ERROR);
		if (strcmp(d->code, "LATCH") == 0) {
			seen |= 1;
			assert_int_equal(d->line, 5);
			assert_int_equal(d->rank, DIAG_RISK);
		}
		if (str_starts(d->code, "WIDTH")) {
			seen |= 2;
			assert_int_equal(d->line, 3);
			assert_memory_equal(d->context + d->col - 1, "<=", 2);
			assert_int_equal(d->len, 2);
		}
		if (strcmp(d->code, "DECLFILENAME") == 0)
			seen |= 4;
	}
	assert_int_equal(seen, 7);
	str_free(&out);
	str_free(&err);
	diag_list_free(l);
	tool_folder_remove(dir);
}

static void what_is_in_the_top_instance_is_marked(void **state)
{
	struct diag_list *l = parse("%Warning-UNDRIVEN: b.sv:2:29: Signal is not driven: 'go'\n"
				    "                             : ... In instance drain\n"
				    "%Warning-UNDRIVEN: b.sv:2:29: Signal is not driven: 'go'\n"
				    "                             : ... In instance tb.bus\n"
				    "%Warning-UNDRIVEN: b.sv:3:29: Signal is not driven: 'no'\n");

	assert_true(diag_list_at(l, 0)->in_top);
	assert_false(diag_list_at(l, 1)->in_top);
	assert_false(diag_list_at(l, 2)->in_top);
	assert_string_equal(diag_list_at(l, 0)->hint, "");
	diag_list_free(l);
}

static void a_connection_that_has_only_a_number_is_explained(void **state)
{
	struct diag_list *l = parse("%Error-PINNOTFOUND: a.v:3:4: Pin not found: '__pinNumber3'\n"
				    "    3 |     );\n"
				    "%Error-PINNOTFOUND: a.v:4:4: Pin not found: 'b'\n");

	assert_string_equal(diag_list_at(l, 0)->hint,
			    "the connection of that number has no name and no port: one too many, "
			    "or a comma before the bracket");
	assert_string_equal(diag_list_at(l, 1)->hint, "");
	diag_list_free(l);
}

static void what_the_tool_cannot_is_no_error_of_the_design(void **state)
{
	struct diag_list *l =
		parse("%Error: a.sv:3:4: Unsupported: wait fork statements\n"
		      "%Error-UNSUPPORTED: a.sv:4:4: Unsupported: foo\n"
		      "%Error-ZERODLY: a.sv:5:4: Unsupported: #0 delays\n"
		      "%Error: a.sv:6:4: Can't find definition of task/function: 'randomize'\n"
		      "%Error: a.sv:7:4: Can't find definition of task/function: 'random'\n"
		      "%Error: a.sv:8:4: syntax error, unexpected ##, expecting ')'\n"
		      "%Error: a.sv:9:4: syntax error, unexpected ';'\n"
		      "    9 |   sequence s;\n"
		      "%Error: a.sv:10:4: syntax error, unexpected ';'\n"
		      "   10 |   sequencer s;\n"
		      "%Error: a.sv:11:4: Duplicate declaration of block: 'unnamedblk1'\n"
		      "%Error: a.sv:12:4: Duplicate declaration of block: 'body'\n"
		      "%Error-UNSUPPORTED: a.sv:13:8: Unsupported: Identically recursive module "
		      "(module instantiates itself, without changing parameters): 'd'\n"
		      "%Error: Internal Error: ../V3Broken.cpp:1: broken\n"
		      "a line that a later release prints\n"
		      "%Error: Exiting due to 2 error(s)\n");
	char *got = findings_lines(l);

	assert_string_equal(
		got,
		"a.sv:3:4 risk UNSUPPORTED Unsupported: wait fork statements\n"
		"a.sv:4:4 risk UNSUPPORTED Unsupported: foo\n"
		"a.sv:5:4 risk UNSUPPORTED Unsupported: #0 delays\n"
		"a.sv:6:4 risk UNSUPPORTED Can't find definition of task/function: 'randomize'\n"
		"a.sv:7:4 error Can't find definition of task/function: 'random'\n"
		"a.sv:8:4 risk UNSUPPORTED syntax error, unexpected ##, expecting ')'\n"
		"a.sv:9:4 risk UNSUPPORTED syntax error, unexpected ';'\n"
		"a.sv:10:4 error syntax error, unexpected ';'\n"
		"a.sv:11:4 risk UNSUPPORTED Duplicate declaration of block: 'unnamedblk1'\n"
		"a.sv:12:4 error Duplicate declaration of block: 'body'\n"
		"a.sv:13:8 error Identically recursive module (module instantiates "
		"itself, without changing parameters): 'd'\n"
		"risk INTERNAL Internal Error: ../V3Broken.cpp:1: broken\n"
		"style note a line that a later release prints\n");
	for (size_t i = 0; i < diag_list_len(l); i++)
		assert_false(diag_list_at(l, i)->waivable);
	free(got);
	diag_list_free(l);
}

/* What is legal in SystemVerilog and this Verilator refuses, as it says so. */
static void its_gaps_are_known_by_the_quoted_line(void **state)
{
	struct diag_list *l = parse(
		"%Error: a.sv:2:26: syntax error, unexpected '=', expecting ',' or ';'\n"
		"    2 | wire [15:0] init_data[2] = \n"
		"      |                          ^\n"
		"%Error: a.sv:3:14: syntax error, unexpected '=', expecting ',' or ';'\n"
		"    3 | initial x[2] = 1 = 2;\n"
		"%Error: a.sv:4:13: syntax error, unexpected '=', expecting IDENTIFIER or do or "
		"final "
		"or randomize\n"
		"    4 |  wire [3:0] = 3;\n"
		"      |             ^\n"
		"%Error: p.sv:3:35: syntax error, unexpected '=', expecting ','\n"
		"    3 |     input wire [DW/8-1:0] i_tstrb = {(DW/8){1'b1}},\n"
		"      |                                   ^\n"
		"%Error: p.sv:4:5: syntax error, unexpected input, expecting IDENTIFIER or do or "
		"final or randomize\n"
		"    4 |     input wire i_tlast,\n"
		"%Error: q.sv:4:5: syntax error, unexpected input, expecting IDENTIFIER\n"
		"    4 |     input wire i_tlast,\n"
		"%Error: b.sv:2:35: syntax error, unexpected [*, expecting endproperty\n"
		"    2 |  property p; @(posedge c) a |-> b [*3];\n"
		"%Error: f.sv:5:11: syntax error, unexpected '[', expecting '='\n"
		"    5 |     for (m[0] = 0; m[0] < 4; m[0] += 1) begin\n"
		"%Error: f.sv:9:5: syntax error, unexpected end\n"
		"    9 |     end\n"
		"%Error: d.v:7:13: syntax error, unexpected '[', expecting '.'\n"
		"    7 |   defparam g[0].u.MULT = 4;\n"
		"%Error-UNSUPPORTED: d.v:8:15: Unsupported: defparam with more than one dot\n"
		"    8 |   defparam h.b.DRIVE = 12;\n"
		"%Error: d.v:8:16: syntax error, unexpected IDENTIFIER, expecting ',' or ';'\n"
		"    8 |   defparam h.b.DRIVE = 12;\n"
		"%Error: e.v:8:16: syntax error, unexpected IDENTIFIER, expecting ',' or ';'\n"
		"    8 |   defparam h.b.DRIVE = 12;\n"
		"%Error: e.v:9:20: syntax error, unexpected IDENTIFIER, expecting ',' or ';'\n"
		"    9 |   defparam h.W = 1 h.D = 2;\n"
		"%Error: d.v:9:14: syntax error, unexpected ';', expecting '='\n"
		"    9 |   defparam u.W;\n"
		"%Error: c.sv:2:10: syntax error, unexpected IDENTIFIER, expecting assert\n"
		"    2 |   cp_v: coverpoint v_i;\n"
		"%Error: r.sv:3:42: Expecting expression to be constant, but can't convert a CAST "
		"to constant.\n"
		"    3 |   localparam C = int'(R * 2);\n"
		"%Error: r.sv:4:44: Expecting expression to be constant, but variable isn't const: "
		"'C'\n"
		"    4 |   localparam int W = C;\n"
		"%Error: b.sv:9:45: Assert not allowed under another assert\n"
		"    9 |   always @(*) if (a) assert(b); else if (c) assert(!b);\n");
	char *got = findings_lines(l);

	assert_string_equal(
		got,
		"a.sv:2:26 risk UNSUPPORTED syntax error, unexpected '=', expecting ',' or ';'\n"
		"a.sv:3:14 error syntax error, unexpected '=', expecting ',' or ';'\n"
		"a.sv:4:13 error syntax error, unexpected '=', expecting IDENTIFIER or do or final "
		"or "
		"randomize\n"
		"p.sv:3:35 risk UNSUPPORTED syntax error, unexpected '=', expecting ','\n"
		"p.sv:4:5 risk UNSUPPORTED syntax error, unexpected input, expecting IDENTIFIER or "
		"do "
		"or final or randomize\n"
		"q.sv:4:5 error syntax error, unexpected input, expecting IDENTIFIER\n"
		"b.sv:2:35 risk UNSUPPORTED syntax error, unexpected [*, expecting endproperty\n"
		"f.sv:5:11 risk UNSUPPORTED syntax error, unexpected '[', expecting '='\n"
		"f.sv:9:5 risk UNSUPPORTED syntax error, unexpected end\n"
		"d.v:7:13 risk UNSUPPORTED syntax error, unexpected '[', expecting '.'\n"
		"d.v:8:15 risk UNSUPPORTED Unsupported: defparam with more than one dot\n"
		"d.v:8:16 risk UNSUPPORTED syntax error, unexpected IDENTIFIER, expecting ',' or "
		"';'\n"
		"e.v:8:16 risk UNSUPPORTED syntax error, unexpected IDENTIFIER, expecting ',' or "
		"';'\n"
		"e.v:9:20 error syntax error, unexpected IDENTIFIER, expecting ',' or ';'\n"
		"d.v:9:14 error syntax error, unexpected ';', expecting '='\n"
		"c.sv:2:10 risk UNSUPPORTED syntax error, unexpected IDENTIFIER, expecting assert\n"
		"r.sv:3:42 risk UNSUPPORTED Expecting expression to be constant, but can't convert "
		"a "
		"CAST to constant.\n"
		"r.sv:4:44 risk UNSUPPORTED Expecting expression to be constant, but variable "
		"isn't "
		"const: 'C'\n"
		"b.sv:9:45 risk UNSUPPORTED Assert not allowed under another assert\n");
	free(got);
	diag_list_free(l);
}

/* An error is found exactly when the tool's status reports one, except for unsupported
 * code and its internal errors. */
static void errors_are_those_of_the_installed_verilator(void **state)
{
	const char *const argv[] = { "verilator_bin", "--lint-only", "-Wall", "-Wno-fatal",
				     "--timing",      "m.sv",	     NULL };
	char *dir = tool_folder();

	if (!tool_there("verilator_bin")) {
		tool_folder_remove(dir);
		skip();
	}
	for (unsigned seed = 1; seed <= 40; seed++) {
		struct diag_list *l = diag_list_new(1000);
		struct str out = STR_INIT;
		char *text = mutant(seed), *got;
		bool lacks = false;
		int status;

		tool_write(dir, "m.sv", text);
		status = tool_run(dir, argv, &out, &out);
		verilator_diag_parse(str_cstr(&out), out.len, l);
		for (size_t i = 0; i < diag_list_len(l); i++) {
			lacks |= strcmp(diag_list_at(l, i)->code, DIAG_UNSUPPORTED) == 0;
			lacks |= strcmp(diag_list_at(l, i)->code, "INTERNAL") == 0;
		}
		got = findings_lines(l);
		if (!lacks && (status != 0) != (diag_list_count(l, DIAG_ERROR) > 0))
			fail_msg("seed %u, status %d:\n%s\nread as\n%s", seed, status,
				 str_cstr(&out), got);
		free(got);
		free(text);
		str_free(&out);
		diag_list_free(l);
	}
	tool_folder_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_in_the_top_instance_is_marked),
		cmocka_unit_test(a_connection_that_has_only_a_number_is_explained),
		cmocka_unit_test(what_the_tool_cannot_is_no_error_of_the_design),
		cmocka_unit_test(its_gaps_are_known_by_the_quoted_line),
		cmocka_unit_test(errors_are_those_of_the_installed_verilator),
		cmocka_unit_test(its_messages_become_findings_in_its_order),
		cmocka_unit_test(the_quoted_line_the_mark_and_the_notes_are_kept),
		cmocka_unit_test(a_chain_of_includes_is_no_hint),
		cmocka_unit_test(odd_places_are_read),
		cmocka_unit_test(blocking_is_style_only_where_a_clock_is_made),
		cmocka_unit_test(hostile_text_is_tamed_and_bounded),
		cmocka_unit_test(a_keyword_for_a_name_is_an_error_of_the_design),
		cmocka_unit_test(the_installed_verilator_is_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
