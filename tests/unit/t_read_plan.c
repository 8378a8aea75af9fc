/* The modules from which a whole project is read, and what is left out. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/project/read_plan.h"
#include "tests/lib/tool.h"

struct box {
	char *dir;
	struct options *o;
	struct project *p;
	struct read_plan plan;
};

static int begin(void **state)
{
	struct box *b = calloc(1, sizeof(*b));

	b->dir = tool_folder();
	b->o = options_new(NULL);
	*state = b;
	return 0;
}

static int end(void **state)
{
	struct box *b = *state;

	read_plan_fini(&b->plan);
	project_free(b->p);
	options_free(b->o);
	tool_folder_remove(b->dir);
	free(b);
	return 0;
}

static void plan(struct box *b)
{
	b->p = project_open(b->dir, NULL);
	assert_non_null(b->p);
	read_plan_init(&b->plan, b->p, b->o->top);
}

/* "top:a.v+b.v -:p.sv" */
static void roots_are(const struct box *b, const char *want)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < b->plan.n_roots; i++) {
		const struct read_root *r = &b->plan.roots[i];

		str_addf(&s, "%s%s%s:", i ? " " : "", r->testbench ? "*" : "",
			 r->top ? r->top : "-");
		for (size_t k = 0; k < r->files.n; k++)
			str_addf(&s, "%s%s", k ? "+" : "", r->files.v[k]);
	}
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
}

static void missed_are(const struct box *b, const char *want)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < b->plan.n_missed; i++)
		str_addf(&s, "%s%s: %s", i ? ", " : "", b->plan.missed[i].path,
			 b->plan.missed[i].why);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
}

#define TB "module tb; reg a; top u(a); initial $finish; endmodule\n"

/* Number of distinct files that some root has. */
static size_t n_read(const struct box *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->plan.n_roots; i++)
		n += b->plan.roots[i].first.n;
	return n;
}

CASE_WITH(a_design_is_read_from_its_top_and_its_testbench, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "top.v", "module top(input a); leaf u(a); endmodule\n");
	tool_write(b->dir, "leaf.v", "module leaf(input a); endmodule\n");
	tool_write(b->dir, "tb.v", TB);
	plan(b);
	roots_are(b, "top:leaf.v+top.v *tb:leaf.v+top.v+tb.v");
	missed_are(b, "");
	assert_int_equal(n_read(b), 3);
	assert_int_equal(b->plan.roots[1].first.n, 1);
	assert_string_equal(b->plan.roots[1].first.v[0], "tb.v");
}

CASE_WITH(what_no_module_needs_is_read_by_itself, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "a.sv", "module a; endmodule\n");
	tool_write(b->dir, "lonely.sv", "package lonely; parameter = 3; endpackage\n");
	tool_write(b->dir, "typo.v", "modul typo(input a);\nendmodule\n");
	plan(b);
	roots_are(b, "a:a.sv -:lonely.sv -:typo.v");
	missed_are(b, "");
	assert_int_equal(n_read(b), 3);
}

CASE_WITH(what_only_a_wrapper_among_the_tests_needs_is_read, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "rtl/core.v", "module core(input a); endmodule\n");
	tool_write(b->dir, "bench/wrap.v", "module wrap(input a); core u(a); endmodule\n");
	plan(b);
	roots_are(b, "wrap:rtl/core.v+bench/wrap.v");
}

/* A tool that is given -v takes what is instantiated and no more. */
CASE_WITH(spare_cells_of_a_library_are_no_tops, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "all.f", "-v cells.v\n-v idle.v\n-v dut.v\ntop.v\ntb.v\n");
	tool_write(b->dir, "cells.v",
		   "module inv(input a); endmodule\nmodule spare(input a); endmodule\n");
	tool_write(b->dir, "idle.v", "module idle(input a); endmodule\n");
	tool_write(b->dir, "dut.v", "module dut(input a); endmodule\n");
	tool_write(b->dir, "top.v", "module top(input a); inv u(a); endmodule\n");
	tool_write(b->dir, "tb.v", "module tb; reg a; dut u(a); initial $finish; endmodule\n");
	plan(b);
	roots_are(b, "dut:dut.v top:cells.v+top.v *tb:dut.v+tb.v -:idle.v");
	missed_are(b, "");
}

CASE_WITH(modules_in_a_circle_are_read, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "a.v", "module a; b u(); endmodule\n");
	tool_write(b->dir, "b.v", "module b; a u(); endmodule\n");
	plan(b);
	roots_are(b, "a:b.v+a.v");
}

CASE_WITH(two_tops_of_one_name_are_both_read, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "lab1/top.v", "module top(input a); x u(a); endmodule\n");
	tool_write(b->dir, "lab1/x.v", "module x(input a); endmodule\n");
	tool_write(b->dir, "lab2/top.v", "module top(input a); x u(a); endmodule\n");
	tool_write(b->dir, "lab2/x.v", "module x(input a); endmodule\n");
	plan(b);
	roots_are(b, "top:lab1/x.v+lab1/top.v top:lab2/x.v+lab2/top.v");
	missed_are(b, "");
}

CASE_WITH(a_copy_that_nobody_uses_is_named, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "old/tick.v", "module tick(input a); endmodule\n");
	tool_write(b->dir, "rtl/tick.v", "module tick(input a); endmodule\n");
	tool_write(b->dir, "rtl/top.v", "module top(input a); tick u(a); endmodule\n");
	plan(b);
	roots_are(b, "top:rtl/tick.v+rtl/top.v");
	missed_are(b, "old/tick.v: duplicate of rtl/tick.v");
	assert_int_equal(n_read(b), 2);
}

/* It serves whoever instantiates it, and its own copies of a module are not preferred. */
CASE_WITH(what_a_tool_wrote_is_a_library, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "lab.cache/ip/1/ram_stub.v", "module ram(input a); endmodule\n");
	tool_write(b->dir, "lab.gen/ip/ram/sim/ram.v",
		   "module ram(input a); model u(a); endmodule\n");
	tool_write(b->dir, "lab.gen/ip/ram/sim/model.v", "module model(input a); endmodule\n");
	tool_write(b->dir, "lab.sim/sim_1/impl/top_func.v", "module top(input a); endmodule\n");
	tool_write(b->dir, "lab.srcs/sources_1/new/leaf.v", "module leaf(input a); endmodule\n");
	tool_write(b->dir, "lab.srcs/sources_1/new/top.v",
		   "module top(input a); ram u(a); leaf v(a); endmodule\n");
	tool_write(b->dir, "hsv.cache/ip/1/div_stub.v", "module div(input a); endmodule\n");
	tool_write(b->dir, "hsv.ip_user_files/ip/div/div_stub.v",
		   "module div(input a); endmodule\n");
	tool_write(b->dir, "ip/pll/pll_stub.v", "module pll(input a); endmodule\n");
	tool_write(b->dir, "ip/pll/pll_sim_netlist.v",
		   "module pll(input a); endmodule\nmodule glbl; "
		   "endmodule\n");
	tool_write(b->dir, "my.sim/leaf.v", "module other(input a); endmodule\n");
	tool_write(b->dir, "netgen/par/leaf_timesim.v", "module leaf(input a); endmodule\n");
	tool_write(b->dir, "zero.vhd", "");
	plan(b);
	roots_are(b, "other:my.sim/leaf.v top:lab.gen/ip/ram/sim/model.v+lab.gen/ip/ram/sim/ram.v+"
		     "lab.srcs/sources_1/new/leaf.v+lab.srcs/sources_1/new/top.v");
	missed_are(b, "zero.vhd: VHDL, hsv.cache/ip/1/div_stub.v: written by Vivado, "
		      "hsv.ip_user_files/ip/div/div_stub.v: written by Vivado, "
		      "ip/pll/pll_sim_netlist.v: written by Vivado, "
		      "ip/pll/pll_stub.v: written by Vivado, "
		      "lab.cache/ip/1/ram_stub.v: written by Vivado, "
		      "lab.sim/sim_1/impl/top_func.v: written by Vivado, "
		      "netgen/par/leaf_timesim.v: written by ISE");
}

/* The tool reads them in that order, and the macros of the first hold for the next. One
 * that is named later, or that the file includes itself, changes nothing. */
CASE_WITH(what_a_list_names_first_defines_for_the_rest, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "run.f", "cfg.h\nmem.v\nown.v\nlate.v\nbig.v\nlittle.v\n");
	tool_write(b->dir, "cfg.h", "`ifndef CFG_H\n`define CFG_H\n`define BIG\n`endif\n");
	tool_write(b->dir, "mem.v",
		   "module mem(input a);\n`ifdef BIG\nbig u(a);\n`else\nlittle u(a);\n`endif\n"
		   "`ifdef LATE\nlost v(a);\n`endif\nendmodule\n");
	tool_write(b->dir, "own.v",
		   "`include \"cfg.h\"\nmodule own(input a);\n`ifdef BIG\nbig u(a);\n`endif\n"
		   "endmodule\n");
	tool_write(b->dir, "late.v", "`define LATE\n");
	tool_write(b->dir, "big.v", "module big(input a); endmodule\n");
	tool_write(b->dir, "little.v", "module little(input a); endmodule\n");
	plan(b);
	roots_are(b, "little:little.v mem:cfg.h+big.v+mem.v own:cfg.h+big.v+own.v "
		     "-:late.v");
}

/* Its package includes the library; the file itself has only its macros. */
CASE_WITH(a_part_of_a_package_of_a_library_is_not_read, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "a.v", "module a(input x); endmodule\n");
	tool_write(b->dir, "seq.sv",
		   "class seq extends base;\n  `uvm_object_utils(seq)\nendclass\n");
	tool_write(b->dir, "mine.sv", "`define uvm_mine\nclass mine;\n  `uvm_mine\nendclass\n");
	plan(b);
	missed_are(b, "seq.sv: needs UVM, which is not in the project");
}

/* Beside its project file; the same folder elsewhere is somebody's own. */
CASE_WITH(netlists_beside_a_project_file_are_its_tools, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "e/blink.xml",
		   "<efx:project xmlns:efx=\"http://www.efinixinc.com/enf_proj\"><efx:design_info>"
		   "<efx:top_module name=\"top\"/><efx:design_file name=\"top.v\"/>"
		   "</efx:design_info></efx:project>");
	tool_write(b->dir, "e/top.v", "module top(input a); endmodule\n");
	tool_write(b->dir, "e/outflow/blink.map.v", "module top(input a); endmodule\n");
	tool_write(b->dir, "i/blink_Implmnt/top_sbt.v", "module top2(input a); endmodule\n");
	tool_write(b->dir, "i/Implmnt/own.v", "module own(input a); endmodule\n");
	tool_write(b->dir, "o/config.json",
		   "{\"DESIGN_NAME\": \"chip\", \"VERILOG_FILES\": \"dir::chip.v\"}\n");
	tool_write(b->dir, "o/chip.v", "module chip(input a); endmodule\n");
	tool_write(b->dir, "o/runs/RUN_1/results/chip.nl.v", "module chip(input a); endmodule\n");
	tool_write(b->dir, "p/outflow/x.v", "module x(input a); endmodule\n");
	tool_write(b->dir, "q/lab.qsf", "set_global_assignment -name VERILOG_FILE q.v\n");
	tool_write(b->dir, "q/q.v", "module q(input a); endmodule\n");
	tool_write(b->dir, "q/db/ip/z.v", "module z(input a); endmodule\n");
	plan(b);
	roots_are(b, "chip:o/chip.v own:i/Implmnt/own.v q:q/q.v top:e/top.v x:p/outflow/x.v");
	missed_are(b, "e/outflow/blink.map.v: written by Efinity, "
		      "i/blink_Implmnt/top_sbt.v: written by iCEcube, "
		      "o/runs/RUN_1/results/chip.nl.v: written by OpenLane, "
		      "q/db/ip/z.v: written by Quartus");
}

/* Vivado writes such a list for its own simulator. */
CASE_WITH(a_list_that_vivado_wrote_is_not_the_users, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "lab.xpr",
		   "<Project><FileSets><FileSet Name=\"sources_1\" Type=\"DesignSrcs\">"
		   "<File Path=\"$PPRDIR/rtl/top.v\"/></FileSet></FileSets></Project>");
	tool_write(b->dir, "rtl/top.v", "module top(input a); endmodule\n");
	tool_write(b->dir, "lab.sim/sim_1/behav/xsim/glbl.v", "module glbl; wire GSR; endmodule\n");
	tool_write(b->dir, "lab.sim/sim_1/behav/xsim/tb_vlog.prj",
		   "verilog work \"../../../../rtl/top.v\" \"glbl.v\"\nnosort\n");
	plan(b);
	roots_are(b, "top:rtl/top.v");
	missed_are(b, "lab.sim/sim_1/behav/xsim/glbl.v: written by Vivado");
}

CASE_WITH(a_file_too_large_to_read_is_named, begin, end)
{
	struct box *b = *state;
	size_t len = PROJECT_MAX_OUTLINE + 100;
	char *big = malloc(len + 1);

	memset(big, '\n', len);
	big[len] = '\0';
	tool_write(b->dir, "big.v", big);
	tool_write(b->dir, "a.v", "module a; endmodule\n");
	tool_write(b->dir, "unused.vh", "`define A 1\n");
	free(big);
	plan(b);
	roots_are(b, "a:a.v");
	missed_are(b, "big.v: too large (4.0 MB), unused.vh: no file includes it");
}

CASE_WITH(a_top_that_is_set_is_the_only_root, begin, end)
{
	struct box *b = *state;

	tool_write(b->dir, "a.v", "module a; endmodule\n");
	tool_write(b->dir, "b.v", "module b; endmodule\n");
	assert_true(options_set(b->o, "top", "b", NULL));
	plan(b);
	roots_are(b, "b:b.v");
	missed_are(b, "a.v: not part of b");
}
