#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/template.h"
#include "session/verilog/template_inner.h"
#include "session/verilog/verilog.h"

typedef void maker(const struct vmodule *m, enum lang lang, struct str *out);

static char *made(maker *make, const char *text, enum lang lang)
{
	struct voutline o;
	struct str out = STR_INIT;

	voutline_init(&o, text, strlen(text));
	assert_true(o.n > 0);
	make(&o.modules[0], lang, &out);
	voutline_fini(&o);
	return str_take(&out);
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

static void lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("'%s' is in:\n%s", part, text);
}

/* No keyword or symbol that only SystemVerilog has. */
static void is_plain_verilog(const char *text)
{
	struct voutline o;

	voutline_init(&o, text, strlen(text));
	if (o.systemverilog)
		fail_msg("SystemVerilog in:\n%s", text);
	assert_int_equal(o.n, 1);
	assert_int_not_equal(o.modules[0].end_line, 0);
	voutline_fini(&o);
	lacks(text, "logic");
	lacks(text, "string");
	lacks(text, "'0");
}

CASE(an_instance_names_each_port_on_a_line)
{
	char *s = made(template_instance,
		       "module counter #(parameter W = 8, localparam L = 2, parameter D = 1) "
		       "(input clk, output [W-1:0] q); endmodule",
		       LANG_SV2017);

	assert_string_equal(s, "counter #(\n    .W(W),\n    .D(D)\n) u_counter (\n    .clk(clk),\n "
			       "   .q(q)\n);\n");
	free(s);
	s = made(template_instance, "module m; endmodule", LANG_V2001);
	assert_string_equal(s, "m u_m ();\n");
	free(s);
}

CASE(escaped_names_stay_apart_from_what_follows)
{
	char *s = made(template_instance, "module \\a+b (input \\c[0] ); endmodule", LANG_V2001);

	assert_string_equal(s, "\\a+b  \\u_a+b  (\n    .\\c[0] (\\c[0] )\n);\n");
	free(s);
}

/* Also a width or a default value may be a package's. */
CASE(what_comes_from_a_package_is_imported)
{
	static const struct {
		const char *header;
		bool import;
	} cases[] = {
		{ "import p::*; (input logic [WIDTH-1:0] d)", true },
		{ "import p::*; #(parameter mode_e M = FAST) (input logic d)", true },
		{ "import p::*; #(parameter int N = p::N * 8'hff, parameter int W = N + $clog2(N)) "
		  "(input logic [W-1:0] d, input p::t e)",
		  false },
		{ "import p::*; (input logic d, input int i)", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = str_fmt("module m %s; endmodule", cases[i].header);
		char *s = made(template_testbench, text, LANG_SV2017);

		(cases[i].import ? has : lacks)(s, "import p::*;");
		free(s);
		free(text);
	}
}

/* After the preprocessor: widths without macros, ports that exist. */
CASE(macros_and_left_out_ports_do_not_show)
{
	char *s = made(template_testbench,
		       "`define W 8\nmodule m(input [`W-1:0] d,\n`ifdef T\n output t,\n`endif\n "
		       "output q); endmodule",
		       LANG_SV2017);

	has(s, "logic [8-1:0] d;");
	has(s, ".q(q)");
	lacks(s, "`W");
	lacks(s, ".t(");
	free(s);
}

CASE(a_testbench_has_all_that_a_run_needs)
{
	char *s = made(template_testbench,
		       "module m #(parameter int W = 8, localparam A = W + 1) (input logic clk, "
		       "rst_n, input logic [W-1:0] d,"
		       " output logic [A-1:0] q, inout wire b); endmodule",
		       LANG_SV2017);

	has(s, "module m_tb;");
	has(s, "    localparam int W = 8;\n    localparam A = W + 1;\n");
	has(s, "    logic [W-1:0] d;\n    logic [A-1:0] q;\n    wire b;\n");
	has(s, "    m #(\n        .W(W)\n    ) dut (\n");
	has(s, "forever #5 clk = ~clk;");
	has(s, "$dumpfile(\"wave.vcd\");");
	has(s, "rst_n = 1'b0;\n        d = '0;\n        repeat (3) @(negedge clk);\n        rst_n "
	       "= 1'b1;\n");
	has(s, "check(1'b0, \"fill in the check\");");
	has(s, "$display(\"FAIL: %s, at %0t\", what, $time);");
	has(s, "$display(\"PASS %0d checks\", checks);");
	has(s, "#100000;");
	lacks(s, "clk = '0");
	free(s);
}

CASE(a_testbench_of_verilog_2001_holds_no_systemverilog)
{
	char *s = made(template_testbench,
		       "module m(clk, reset, a, q, k); input clk, reset; input [3:0] a; output q; "
		       "reg q; output integer k; endmodule",
		       LANG_V2001);

	is_plain_verilog(s);
	has(s, "    reg clk;\n    reg reset;\n    reg [3:0] a;\n    wire q;\n    wire signed "
	       "[31:0] k;\n");
	has(s, "reset = 1'b1;\n        a = 0;\n        repeat (3) @(negedge clk);\n        reset = "
	       "1'b0;\n");
	has(s, "if (!(1'b0)) begin");
	has(s, "$display(\"FAIL: fill in the check, at %0t\", $time);");
	free(s);
}

CASE(without_a_clock_it_drives_and_waits)
{
	char *s = made(template_testbench,
		       "module m(input a, b, output y); assign y = a; endmodule", LANG_SV2017);

	has(s, "a = '0;\n        b = '0;\n        #10;\n");
	lacks(s, "negedge");
	lacks(s, "forever");
	free(s);
}

CASE(names_of_its_own_give_way_to_ports)
{
	char *s = made(template_testbench,
		       "module m(input dut, check, input [3:0] checks, output failures); endmodule",
		       LANG_SV2017);

	has(s, "    m dut_ (\n");
	has(s, "int checks_ = 0;\n    int failures_ = 0;");
	has(s, "task automatic check_(");
	free(s);
}

CASE(types_that_it_does_not_know_are_left_open)
{
	char *s = made(template_testbench,
		       "module m import p::*; (input mode_t m, input logic [3:0] a [0:1], bus_if.m "
		       "b, output p::s_t o); endmodule",
		       LANG_SV2017);

	has(s, "    import p::*;\n");
	has(s, "    mode_t m;\n");
	has(s, "// TODO: a first value for m");
	has(s, "foreach (a[i]) a[i] = '0;");
	has(s, "    bus_if b ();");
	has(s, "    p::s_t o;\n");
	lacks(s, "$display(\"o");
	free(s);
}

static const struct vport *port_named(const char *name, struct vport *p)
{
	*p = (struct vport){
		.dir = VPORT_INPUT, .name = (char *)name, .type = "logic", .dims = ""
	};
	return p;
}

CASE(clocks_are_told_by_name)
{
	static const char *const yes[] = { "clk",     "clock", "ck",	    "i_clk",	 "clk_i",
					   "sys_clk", "wclk",  "aclk",	    "CLK100MHZ", "clk_a",
					   "Clock",   "clk50", "s_axi_aclk" };
	static const char *const no[] = { "clk_en",  "clken",	"check",  "lock",
					  "clk_div", "block",	"enable", "clkgate",
					  "a",	     "clk_sel", "ack" };
	struct vport p;

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (!template_is_clock(port_named(yes[i], &p)))
			fail_msg("%s is a clock", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (template_is_clock(port_named(no[i], &p)))
			fail_msg("%s is no clock", no[i]);
	port_named("clk", &p);
	p.type = "logic [1:0]";
	assert_false(template_is_clock(&p));
	p.type = "";
	p.dir = VPORT_OUTPUT;
	assert_false(template_is_clock(&p));
}

CASE(resets_and_their_level_are_told_by_name)
{
	static const struct {
		const char *name;
		int level;
	} cases[] = {
		{ "rst", 1 },	   { "reset", 1 },    { "areset", 1 },	     { "i_rst", 1 },
		{ "rst_i", 1 },	   { "sys_rst", 1 },  { "rst_a", 1 },	     { "rst_n", 0 },
		{ "rstn", 0 },	   { "reset_n", 0 },  { "resetn", 0 },	     { "nrst", 0 },
		{ "n_reset", 0 },  { "rst_b", 0 },    { "rst_ni", 0 },	     { "aresetn", 0 },
		{ "rst_n_i", 0 },  { "RESET_N", 0 },  { "wrst_n", 0 },	     { "rstb", 0 },
		{ "first", -1 },   { "burst", -1 },   { "reset_value", -1 }, { "set", -1 },
		{ "presets", -1 }, { "restart", -1 }, { "n", -1 },	     { "b", -1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct vport p;
		bool low;
		bool reset = template_is_reset(port_named(cases[i].name, &p), &low);

		if (reset != (cases[i].level >= 0) || (reset && low != (cases[i].level == 0)))
			fail_msg("%s: reset %d low %d", cases[i].name, reset, low);
	}
}

CASE(a_new_project_fits_together)
{
	static const enum lang langs[] = { LANG_V2001, LANG_V2005, LANG_SV2017 };

	for (size_t i = 0; i < 3; i++) {
		struct str rtl = STR_INIT, tb = STR_INIT;
		struct voutline r, t;

		template_module("fifo", langs[i], &rtl);
		template_module_testbench("fifo", langs[i], &tb);
		voutline_init(&r, rtl.data, rtl.len);
		voutline_init(&t, tb.data, tb.len);
		assert_string_equal(r.modules[0].name, "fifo");
		assert_int_equal(r.modules[0].n_ports, 4);
		assert_string_equal(t.modules[0].name, "fifo_tb");
		assert_true(vmodule_is_testbench(&t.modules[0]));
		assert_true(t.modules[0].dumps);
		assert_string_equal(t.modules[0].instances[0].module, "fifo");
		has(tb.data, "PASS %0d checks");
		assert_int_equal(r.systemverilog, langs[i] == LANG_SV2017);
		if (langs[i] != LANG_SV2017) {
			is_plain_verilog(rtl.data);
			is_plain_verilog(tb.data);
		}
		voutline_fini(&r);
		voutline_fini(&t);
		str_free(&rtl);
		str_free(&tb);
	}
}

CASE(each_requirement_of_the_spec_is_met_and_checked)
{
	struct str spec = STR_INIT, rtl = STR_INIT, tb = STR_INIT;

	template_spec("fifo", &spec);
	template_module("fifo", LANG_SV2017, &rtl);
	template_module_testbench("fifo", LANG_SV2017, &tb);
	has(spec.data, "# fifo\n");
	lacks(spec.data, "NAME");
	for (int i = 1; i <= 4; i++) {
		char *line = str_fmt("\nR%d  ", i), *mark = str_fmt("R%d", i);

		has(spec.data, line);
		has(rtl.data, mark);
		has(tb.data, mark);
		free(line);
		free(mark);
	}
	str_free(&spec);
	str_free(&rtl);
	str_free(&tb);
}
