#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/flow/plan.h"
#include "session/flow/spec.h"
#include "session/verilog/verilog.h"

static const char spec[] =
	"R1  The count has WIDTH bits.\nR2  rst_n clears it.\nR3  y is the sum.\n";

static const char good[] = "# Plan\n"
			   "\n"
			   "## top\n"
			   "Serves: R1, R2, R3\n"
			   "\n"
			   "| parameter | value |\n"
			   "| --- | --- |\n"
			   "| WIDTH | 8 |\n"
			   "\n"
			   "| port | direction | width | role |\n"
			   "| --- | --- | --- | --- |\n"
			   "| clk | input | 1 | clock |\n"
			   "| rst_n | input | 1 | reset low |\n"
			   "| en | input | 1 | |\n"
			   "| d | input | WIDTH | |\n"
			   "| y | output | WIDTH + 1 | |\n"
			   "\n"
			   "| instance | module | parameters |\n"
			   "| --- | --- | --- |\n"
			   "| u_count | counter | W=WIDTH |\n"
			   "| u_add | adder | W=WIDTH |\n"
			   "\n"
			   "| from | to |\n"
			   "| --- | --- |\n"
			   "| clk | u_count.clk |\n"
			   "| rst_n | u_count.rst_n |\n"
			   "| en | u_count.en |\n"
			   "| 1'b0 | u_count.load |\n"
			   "| u_count.q | u_add.a |\n"
			   "| d | u_add.b |\n"
			   "| u_add.s | y |\n"
			   "\n"
			   "## counter\n"
			   "Serves: R1, R2\n"
			   "\n"
			   "| parameter | value |\n"
			   "| W | 4 |\n"
			   "\n"
			   "| port | direction | width | role |\n"
			   "| clk | input | 1 | clock |\n"
			   "| rst_n | input | 1 | reset low |\n"
			   "| en | input | 1 | |\n"
			   "| load | input | 1 | |\n"
			   "| q | output | W | |\n"
			   "\n"
			   "## adder\n"
			   "Serves: R3\n"
			   "\n"
			   "| parameter | value |\n"
			   "| W | 4 |\n"
			   "\n"
			   "| port | direction | width | role |\n"
			   "| a | input | W | |\n"
			   "| b | input | W | |\n"
			   "| s | output | W + 1 | |\n";

static void check(const char *text, struct plan *p)
{
	struct spec s = { 0 };

	spec_read(&s, spec, strlen(spec));
	plan_read(p, text, strlen(text));
	plan_check(p, &s);
	spec_fini(&s);
}

static void print_faults(const struct plan *p)
{
	for (size_t i = 0; i < p->n_faults; i++)
		print_message("%d %s: %s\n", p->faults[i].line, p->faults[i].kind,
			      p->faults[i].what);
}

CASE(a_good_plan_has_no_fault)
{
	struct plan p = { 0 };

	check(good, &p);
	print_faults(&p);
	assert_int_equal(p.n_faults, 0);
	assert_int_equal(p.n, 3);
	plan_fini(&p);
}

static char *changed(const char *from, const char *to)
{
	const char *at = strstr(good, from);

	assert_non_null(at);
	return str_fmt("%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
}

/* from becomes to; then there is a fault of that kind which names name. */
static const struct seed {
	const char *from, *to, *kind, *name;
} seeds[] = {
	{ "| d | input | WIDTH |", "| d | input | 4 |", "width", "d has 4 bits" },
	{ "| y | output | WIDTH + 1 |", "| y | output | WIDTH |", "width", "u_add.s has 9" },
	{ "| y | output | WIDTH + 1 |", "| y | output | DEPTH |", "width", "DEPTH" },
	{ "| y | output | WIDTH + 1 |", "| y | output | WIDTH - 8 |", "width", "0 bits" },
	{ "| y | output | WIDTH + 1 |", "| y | output | 99999999999 |", "width", "top.y" },
	{ "u_add | adder | W=WIDTH", "u_add | adder | W=16", "width", "u_add.a has 16" },
	{ "u_add | adder | W=WIDTH", "u_add | adder | ", "width", "u_add.a has 4" },
	{ "| WIDTH | 8 |", "| WIDTH | WIDTH |", "parameter", "WIDTH" },
	{ "u_add | adder | W=WIDTH", "u_add | adder | N=WIDTH", "parameter", "no parameter N" },
	{ "u_add | adder | W=WIDTH", "u_add | adder | W=SIZE", "parameter", "SIZE" },
	{ "u_add | adder | W=WIDTH", "u_add | adder | W", "parameter", "NAME=VALUE" },
	{ "| en | input | 1 | |", "| en | inward | 1 | |", "direction", "inward" },
	{ "| q | output | W |", "| q | input | W |", "direction", "u_count.q drives nothing" },
	{ "| d | u_add.b |", "| d | y |", "driver", "y is driven by d and by u_add.s" },
	{ "| d | u_add.b |", "| y | u_add.b |", "direction", "y drives nothing" },
	{ "| d | u_add.b |\n", "", "unconnected", "u_add.b" },
	{ "| d | u_add.b |\n", "", "unused", "top.d" },
	{ "| u_add.s | y |\n", "", "undriven", "top.y" },
	{ "| clk | u_count.clk |", "| en | u_count.clk |", "clock", "u_count.clk" },
	{ "| clk | u_count.clk |", "| 1'b1 | u_count.clk |", "clock", "u_count.clk" },
	{ "| en | u_count.en |", "| clk | u_count.en |", "clock", "u_count.en" },
	{ "| rst_n | u_count.rst_n |", "| en | u_count.rst_n |", "reset", "u_count.rst_n" },
	{ "| rst_n | input | 1 | reset low |", "| rst_n | input | 1 | reset high |", "reset",
	  "rst_n" },
	{ "| clk | input | 1 | clock |", "| clk | input | 1 | |", "clock", "top.clk" },
	{ "| clk | input | 1 | clock |", "| clk | input | 2 | clock |", "clock", "2 bits" },
	{ "| rst_n | input | 1 | reset low |", "| rst_n | input | 1 | rest low |", "role",
	  "rest low" },
	{ "u_add | adder |", "u_add | addr |", "module", "no module addr" },
	{ "| u_add.s | y |", "| u_add.sum | y |", "name", "u_add.sum" },
	{ "| u_add.s | y |", "| u_sum.s | y |", "name", "u_sum" },
	{ "| u_add.s | y |", "| s | y |", "name", "no port s" },
	{ "| en | input | 1 | |", "| 2en | input | 1 | |", "name", "2en" },
	{ "| en | input | 1 | |", "| always | input | 1 | |", "name", "always" },
	{ "| en | input | 1 | |", "| d | input | 1 | |", "twice", "called d" },
	{ "## adder", "## counter", "twice", "two modules counter" },
	{ "| a | input | W | |\n", "| a | input | W | |\n\n| instance | module |\n| u_up | top |\n",
	  "cycle", "adder" },
	{ "Serves: R3\n", "Serves: R4\n", "requirement", "R4" },
	{ "Serves: R3\n", "\n", "requirement", "adder serves no" },
	{ "Serves: R1, R2, R3\n\n", "Serves: R1, R2\n\n", NULL, NULL },
	{ "| u_add | adder | W=WIDTH |\n", "", "top", "adder" },
	{ "| d | u_add.b |", "| d |", "table", "two filled cells" },
	{ "| u_count.q | u_add.a |", "| 8'd9 | u_add.a |", "unused", "u_count.q goes nowhere" },
	{ "| u_count.q | u_add.a |", "| u_count.q | - |\n| 8'd9 | u_add.a |", NULL, NULL },
	{ "| d | u_add.b |", "| d | u_add.b |\n| en | - |", "direction", "not an output of an" },
	{ "| d | u_add.b |", "| - | u_add.b |", "name", "no port -" },
	{ "| d | u_add.b |", "| d | u_add.b |\n| - | u_add.b |", "name", "no port -" },
	{ "u_add | adder | W=WIDTH", "u_add | adder | W=WIDTH, W=8", "twice", "W has two" },
	{ "| 1'b0 | u_count.load |", "| 1'b2 | u_count.load |", "name", "1'b2" },
	{ "| 1'b0 | u_count.load |", "| 1'd2 | u_count.load |", "width", "needs 2" },
	{ "| 1'b0 | u_count.load |", "| 1'h_1 | u_count.load |", "name", "1'h_1" },
	{ "| 1'b0 | u_count.load |", "| 1'h001 | u_count.load |", NULL, NULL },
	{ "| d | u_add.b |", "| 8'd1_000 | u_add.b |", "width", "needs 10" },
	{ "| d | u_add.b |", "| 8'h1_00 | u_add.b |", "width", "needs 9" },
	{ "| 1'b0 | u_count.load |", "| 1 | u_count.load |", NULL, NULL },
	{ "| 1'b0 | u_count.load |", "| 2 | u_count.load |", "width", "needs 2" },
	{ "| 1'b0 | u_count.load |", "| 'h02 | u_count.load |", "width", "needs 2" },
	{ "| 1'b0 | u_count.load |", "| 0'd1 | u_count.load |", "name", "0'd1" },
};

CASE(each_seeded_fault_is_found)
{
	for (size_t i = 0; i < sizeof(seeds) / sizeof(*seeds); i++) {
		char *text = changed(seeds[i].from, seeds[i].to);
		struct plan p = { 0 };
		bool found = seeds[i].kind == NULL;

		check(text, &p);
		if (found) /* a change that is none */
			assert_int_equal(p.n_faults, 0);
		for (size_t k = 0; k < p.n_faults && !found; k++)
			found = strcmp(p.faults[k].kind, seeds[i].kind) == 0 &&
				strstr(p.faults[k].what, seeds[i].name);
		if (!found) {
			print_faults(&p);
			fail_msg("not found: %s -> %s", seeds[i].from, seeds[i].to);
		}
		plan_fini(&p);
		free(text);
	}
}

CASE(a_requirement_without_a_module_is_one)
{
	struct plan p = { 0 };
	struct spec s = { 0 };

	spec_read(&s, "R1 a\nR2 b\nR3 c\nR9 d\n", 20);
	plan_read(&p, good, strlen(good));
	plan_check(&p, &s);
	assert_int_equal(p.n_faults, 1);
	assert_string_equal(p.faults[0].what, "R9 (spec.md:4) is served by no module");
	spec_fini(&s);
	plan_fini(&p);
}

CASE(an_unknown_parameter_is_named_alone)
{
	struct str why = STR_INIT;
	long n;

	assert_false(plan_width("$clog2(DEPTH) + 1", NULL, NULL, NULL, &n, &why));
	assert_string_equal(str_cstr(&why), "no such parameter: DEPTH");
	str_free(&why);
}

CASE(nothing_and_nonsense_are_faults)
{
	static const char *const texts[] = { "", "no tables", "| port |\n| a | b |\n",
					     "## \n| port | d |\n| | |\n", "## a\n## a\n## a\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct plan p = { 0 };

		check(texts[i], &p);
		assert_true(p.n_faults > 0);
		plan_fini(&p);
	}
}

/* Each parameter is twice the next: without a limit this would take years. */
CASE(a_width_that_doubles_for_ever_ends)
{
	struct str text = STR_INIT;
	struct plan p = { 0 };

	str_adds(&text, "## m\n| port | direction | width |\n| y | output | P0 |\n\n| parameter | "
			"value |\n");
	for (int i = 0; i < 60; i++)
		str_addf(&text, "| P%d | P%d - P%d |\n", i, i + 1, i + 1);
	check(str_cstr(&text), &p);
	assert_true(p.n_faults > 0);
	plan_fini(&p);
	str_free(&text);
}

/* n modules, each with `twice` instances of the next; the last one of module `back`, or none. */
static void chain(int n, int twice, int back, struct str *out)
{
	for (int i = 0; i < n; i++) {
		int next = i + 1 < n ? i + 1 : back;

		str_addf(out, "## m%d\n| port | direction | width |\n| y | output | 1 |\n\n", i);
		if (next < 0)
			continue;
		str_adds(out, "| instance | module |\n| u | ");
		str_addf(out, "m%d |\n", next);
		if (twice > 1)
			str_addf(out, "| v | m%d |\n", next);
		str_adds(out, "\n| from | to |\n| u.y | y |\n\n");
	}
}

static size_t faults_of(const struct plan *p, const char *kind, const char **first)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_faults; i++)
		if (strcmp(p->faults[i].kind, kind) == 0 && n++ == 0)
			*first = p->faults[i].what;
	return n;
}

CASE(a_circle_is_told_once_with_its_way)
{
	static const struct {
		int n, twice, back;
		const char *what;
	} cases[] = {
		{ 1, 1, 0, "m0 is an instance of itself: m0 > m0" },
		{ 2, 1, 0, "m0 is an instance of itself: m0 > m1 > m0" },
		/* m0 is above it */
		{ 3, 1, 1, "m1 is an instance of itself: m1 > m2 > m1" },
		{ 400, 2, 0,
		  "m0 is an instance of itself: m0 > m1 > m2 > m3 > m4 > (392 more) > m397 > "
		  "m398 > m399 > m0" },
		{ 400, 1, -1, NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str text = STR_INIT;
		struct plan p = { 0 };
		const char *first = NULL;

		chain(cases[i].n, cases[i].twice, cases[i].back, &text);
		plan_read(&p, str_cstr(&text), text.len);
		plan_check(&p, NULL);
		assert_int_equal(faults_of(&p, "cycle", &first), cases[i].what ? 1 : 0);
		if (cases[i].what)
			assert_string_equal(first, cases[i].what);
		plan_fini(&p);
		str_free(&text);
	}
}

/* 2 + 4 + ... + 2^n instances: of 15 levels 65,534, of 16 131,070, of 60 more than can be. */
CASE(more_instances_than_a_tool_takes_are_a_fault)
{
	for (int levels = 15; levels <= 60; levels += levels == 15 ? 1 : 44) {
		struct str text = STR_INIT;
		struct plan p = { 0 };
		const char *first = NULL;

		chain(levels + 1, 2, -1, &text);
		plan_read(&p, str_cstr(&text), text.len);
		plan_check(&p, NULL);
		assert_int_equal(faults_of(&p, "size", &first), levels > 15);
		plan_fini(&p);
		str_free(&text);
	}
}

CASE(wires_are_written_by_rule)
{
	struct plan p = { 0 };
	struct str out = STR_INIT;

	check(good, &p);
	plan_make(&p, plan_module(&p, "top"), &out);
	assert_string_equal(str_cstr(&out),
			    "// Made from plan.md by `posedge plan`: change it there.\n"
			    "module top #(\n"
			    "    parameter WIDTH = 8\n"
			    ") (\n"
			    "    input  wire clk,\n"
			    "    input  wire rst_n,\n"
			    "    input  wire en,\n"
			    "    input  wire [WIDTH-1:0] d,\n"
			    "    output wire [(WIDTH + 1)-1:0] y\n"
			    ");\n"
			    "    wire [WIDTH-1:0] u_count_q;\n"
			    "    wire [(WIDTH + 1)-1:0] u_add_s;\n"
			    "\n"
			    "    counter #(.W(WIDTH)) u_count (\n"
			    "        .clk(clk),\n"
			    "        .rst_n(rst_n),\n"
			    "        .en(en),\n"
			    "        .load(1'b0),\n"
			    "        .q(u_count_q)\n"
			    "    );\n"
			    "\n"
			    "    adder #(.W(WIDTH)) u_add (\n"
			    "        .a(u_count_q),\n"
			    "        .b(d),\n"
			    "        .s(u_add_s)\n"
			    "    );\n"
			    "\n"
			    "    assign y = u_add_s;\n"
			    "endmodule\n");
	str_free(&out);
	plan_fini(&p);
}

static void compares(const char *rtl, const char *want)
{
	struct plan p = { 0 };
	struct voutline o;
	struct strv lines = STRV_INIT;
	struct str out = STR_INIT;

	check(good, &p);
	voutline_init(&o, rtl, strlen(rtl));
	plan_compare(plan_module(&p, "counter"), &o.modules[0], &lines);
	for (size_t i = 0; i < lines.n; i++)
		str_addf(&out, "%s\n", lines.v[i]);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	strv_free(&lines);
	voutline_fini(&o);
	plan_fini(&p);
}

/* u.a_b and u_a.b: each has a wire of its own. */
CASE(wires_of_like_names_are_apart)
{
	static const char text[] =
		"## top\n| port | direction |\n| d | input |\n| y | output |\n"
		"| u_a_b_ | output |\n\n| instance | module |\n| u | one |\n"
		"| u_a | two |\n\n| from | to |\n| d | u.i |\n| u.a_b | u_a.i |\n"
		"| u_a.b | y |\n| u.a_b | u_a_b_ |\n\n"
		"## one\n| port | direction |\n| i | input |\n| a_b | output |\n\n"
		"## two\n| port | direction |\n| i | input |\n| b | output |\n";
	struct plan p = { 0 };
	struct str out = STR_INIT;

	plan_read(&p, text, strlen(text));
	plan_check(&p, NULL);
	print_faults(&p);
	plan_make(&p, plan_module(&p, "top"), &out);
	assert_non_null(strstr(str_cstr(&out), "    wire u_a_b;\n    wire u_a_b__;\n"));
	assert_non_null(strstr(str_cstr(&out), "assign y = u_a_b__;\n"));
	assert_non_null(strstr(str_cstr(&out), "assign u_a_b_ = u_a_b;\n"));
	str_free(&out);
	plan_fini(&p);
}

/* A name that is about a clock is none, and what has several bits is none. */
CASE(a_name_may_contradict_its_role)
{
	static const struct {
		const char *row, *kind;
	} rows[] = { { "| clk | input | 1 | |", "clock" },
		     { "| aclk | input | 1 | |", "clock" },
		     { "| wr_clk_i | input | 1 | |", "clock" },
		     { "| wr_clk_i | input | 1 | clock |", NULL },
		     { "| clk_en | input | 1 | |", NULL },
		     { "| clk_div | input | 4 | |", NULL },
		     { "| clk_phase | input | 2 | |", NULL },
		     { "| clk | output | 1 | |", NULL },
		     { "| sys_rst_n | input | 1 | |", "reset" },
		     { "| sys_rst_n | input | 1 | reset high |", "reset" },
		     { "| aresetn | input | 1 | reset low |", NULL },
		     { "| rst_i | input | 1 | |", "reset" },
		     { "| rst_req | input | 1 | |", NULL } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *text =
			str_fmt("## m\n| port | direction | width | role |\n%s\n", rows[i].row);
		struct plan p = { 0 };
		size_t n = 0;

		plan_read(&p, text, strlen(text));
		plan_check(&p, NULL);
		for (size_t k = 0; k < p.n_faults; k++)
			n += strcmp(p.faults[k].kind, "clock") == 0 ||
			     strcmp(p.faults[k].kind, "reset") == 0;
		if (n != (rows[i].kind != NULL))
			print_message("%s\n", rows[i].row);
		assert_int_equal(n, rows[i].kind != NULL);
		plan_fini(&p);
		free(text);
	}
}

CASE(code_that_went_another_way_is_told)
{
	compares(
		"module counter #(parameter W = 4) (input clk, input rst_n, input en, input load,\n"
		"output reg [W-1:0] q); endmodule\n",
		"");
	compares("module counter #(parameter N = 4) (input clk, input rst_n, output en,\n"
		 "input wire [1:0] load, output reg [3:0] q, input more);\nsub u0 (); endmodule\n",
		 "counter.en: planned as input, in the code output\n"
		 "counter.load: planned with 1 bit, in the code 2\n"
		 "counter.more: in the code, and not planned\n"
		 "counter: parameter N is in the code, and not planned\n"
		 "counter: parameter W is planned, and not in the code\n"
		 "counter: instance u0 of sub is in the code, and not planned\n");
	compares(
		"module counter #(parameter W = 2 + 3, localparam N = 4) (input clk, input rst_n,\n"
		"input en, input load, output reg [W-1:0] q); endmodule\n",
		"counter.W: planned as 4, in the code 5\n");
}
