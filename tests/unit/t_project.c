#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"
#include "session/project/project.h"
#include "tests/lib/box.h"

/* Looking ------------------------------------------------------------------- */

static void an_empty_folder_is_a_project(void **state)
{
	struct box b;

	begin(&b);
	look(&b);
	has_files(&b, "");
	assert_int_equal(project_lang(b.p), LANG_SV2017);
	assert_string_equal(project_extension(b.p, LANG_SV2017), ".sv");
	assert_string_equal(project_extension(b.p, LANG_V2005), ".v");
	assert_string_equal(project_rtl_dir(b.p), "");
	assert_string_equal(project_tb_dir(b.p), "");
	assert_int_equal(project_root(b.p)[0], '/');
	end(&b);
}

static void a_missing_folder_is_an_error(void **state)
{
	struct box b;
	struct err err;
	char *file;

	begin(&b);
	put(&b, "a.v", "");
	file = path_join(b.dir, "a.v");
	assert_null(project_open(file, &err));
	assert_non_null(strstr(err.text, "not a folder"));
	free(file);
	file = path_join(b.dir, "none");
	assert_null(project_open(file, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	free(file);
	end(&b);
}

static void sources_are_found_and_the_rest_is_not(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "b.sv", "module b; endmodule");
	put(&b, "rtl/a.v", "module a; endmodule");
	put(&b, "rtl/deep/er/c.svh", "");
	put(&b, "rtl/.hidden.v", "");
	put(&b, ".posedge/x.v", "");
	put(&b, "obj_dir/x.v", "");
	put(&b, "rtl/build/x.v", "");
	put(&b, "node_modules/x.v", "");
	put(&b, "work/x.v", "module x; endmodule");
	put(&b, "work/_info", "");
	put(&b, "notes.txt", "");
	put(&b, "x.vhd", "");
	put(&b, "dir.v/y.sv", "");
	put(&b, "new\nline.v", "");
	look(&b);
	has_files(&b, "b.sv dir.v/y.sv rtl/a.v rtl/deep/er/c.svh");
	assert_true(project_find(b.p, "rtl/deep/er/c.svh")->header);
	assert_false(project_find(b.p, "rtl/a.v")->header);
	assert_null(project_find(b.p, "rtl/b.v"));
	assert_string_equal(project_rtl_dir(b.p), "rtl");
	end(&b);
}

static void links_that_leave_the_project_are_left_out(void **state)
{
	struct box b, other;

	begin(&b);
	begin(&other);
	put(&other, "secret.v", "module secret; endmodule");
	put(&b, "a.v", "module a; endmodule");
	put(&b, ".store/kept.v", "module kept; endmodule");
	put(&b, "sub/b.v", "module b; endmodule");
	link_to(&b, "twin.v", "a.v");
	link_to(&b, "kept.v", ".store/kept.v");
	link_to(&b, "circle", ".");
	link_to(&b, "sub/up", "..");
	link_to(&b, "gone.v", "nowhere.v");
	link_to(&b, "out", other.dir);
	{
		char *secret = path_join(other.dir, "secret.v");

		link_to(&b, "out.v", secret);
		free(secret);
	}
	look(&b);
	has_files(&b, "a.v kept.v sub/b.v");
	end(&b);
	end(&other);
}

static void a_file_is_read_again_only_when_it_changed(void **state)
{
	struct box b;
	const struct voutline *before;

	begin(&b);
	put(&b, "a.v", "module a; endmodule");
	put(&b, "b.v", "module b; endmodule");
	put(&b, "c.v", "module c; endmodule");
	look(&b);
	before = project_find(b.p, "a.v")->outline;
	put(&b, "b.v", "module bb; endmodule");
	put(&b, "d.v", "module d; endmodule");
	{
		char *gone = path_join(b.dir, "c.v");

		unlink(gone);
		free(gone);
	}
	look(&b);
	has_files(&b, "a.v b.v d.v");
	assert_ptr_equal(project_find(b.p, "a.v")->outline, before);
	assert_null(project_module(b.p, "b", NULL));
	assert_null(project_module(b.p, "c", NULL));
	assert_string_equal(project_module(b.p, "bb", NULL)->path, "b.v");
	end(&b);
}

static void a_large_file_is_listed_but_not_outlined(void **state)
{
	struct box b;
	char *text = mem_alloc((5u << 20) + 1);

	begin(&b);
	memset(text, ' ', 5u << 20);
	memcpy(text, "module a; endmodule", 19);
	text[5u << 20] = '\0';
	put(&b, "a.v", text);
	look(&b);
	assert_non_null(project_find(b.p, "a.v"));
	assert_null(project_find(b.p, "a.v")->outline);
	assert_int_equal(project_find(b.p, "a.v")->size, 5u << 20);
	free(text);
	end(&b);
}

static bool set_files(struct project *p, const char *const *files, struct err *err)
{
	struct project_settings s = { 0 };
	bool ok;

	if (files)
		strv_addv(&s.files, files);
	ok = project_configure(p, &s, err);
	project_settings_fini(&s);
	return ok;
}

static void files_can_be_named(void **state)
{
	static const char *const some[] = { "rtl/*.v", "b?.sv", "x.inc", "rtl/a.v", NULL };
	static const char *const none[] = { "rtl/*.v", "rtl/*.svh", NULL };
	static const char *const out[] = { "../*.v", NULL };
	static const char *const deep[] = { "*/a.v", "**/b1.sv", NULL };
	struct box b;
	struct err err;

	begin(&b);
	put(&b, "rtl/a.v", "");
	put(&b, "rtl/b.v", "");
	put(&b, "rtl/a.sv", "");
	put(&b, "b1.sv", "");
	put(&b, "b12.sv", "");
	put(&b, "x.inc", "");
	look(&b);
	assert_true(set_files(b.p, some, &err));
	has_files(&b, "b1.sv rtl/a.v rtl/b.v x.inc");
	assert_false(set_files(b.p, none, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "rtl/*.svh"));
	assert_false(set_files(b.p, out, &err));
	has_files(&b, "b1.sv rtl/a.v rtl/b.v x.inc");
	assert_true(set_files(b.p, deep, &err));
	has_files(&b, "b1.sv rtl/a.v");
	assert_true(set_files(b.p, some, &err));
	put(&b, "rtl/c.v", "");
	look(&b);
	has_files(&b, "b1.sv rtl/a.v rtl/b.v rtl/c.v x.inc");
	assert_true(set_files(b.p, NULL, &err));
	has_files(&b, "b1.sv b12.sv rtl/a.sv rtl/a.v rtl/b.v rtl/c.v");
	end(&b);
}

/* Overlays ------------------------------------------------------------------ */

static void an_overlay_stands_in_place_of_the_file(void **state)
{
	struct box b;
	size_t len;

	begin(&b);
	put(&b, "a.v", "module a; endmodule");
	look(&b);
	project_overlay(b.p, "a.v", "module aa; endmodule", 20);
	project_overlay(b.p, "rtl/./n.sv", "module n; endmodule", 19);
	project_overlay(b.p, "spec.md", "text", 4);
	project_overlay(b.p, "../x.v", "module x; endmodule", 19);
	has_files(&b, "a.v rtl/n.sv");
	assert_null(project_module(b.p, "a", NULL));
	assert_string_equal(project_module(b.p, "aa", NULL)->path, "a.v");
	assert_string_equal(project_module(b.p, "n", NULL)->path, "rtl/n.sv");
	assert_string_equal(project_overlay_text(b.p, "spec.md", &len), "text");
	assert_int_equal(len, 4);
	project_overlay(b.p, "a.v", "module a3; endmodule", 20);
	assert_null(project_module(b.p, "aa", NULL));
	look(&b);
	has_files(&b, "a.v rtl/n.sv");
	assert_non_null(project_module(b.p, "a3", NULL));
	project_overlay_clear(b.p);
	has_files(&b, "a.v");
	assert_non_null(project_module(b.p, "a", NULL));
	assert_null(project_overlay_text(b.p, "a.v", &len));
	end(&b);
}

/* Modules ------------------------------------------------------------------- */

static void a_module_is_known_by_name(void **state)
{
	struct box b;
	size_t others;

	begin(&b);
	put(&b, "z/fifo.v", "module fifo(input a); endmodule");
	put(&b, "b/fifo.v", "module fifo(input a, b); endmodule");
	put(&b, "a/fifo.vh", "module fifo; endmodule");
	put(&b, "one.v",
	    "`ifdef A\nmodule one; endmodule\n`else\nmodule one; endmodule\n`endif\nclass fifo; "
	    "endclass");
	look(&b);
	assert_string_equal(project_module(b.p, "fifo", &others)->path, "b/fifo.v");
	assert_int_equal(others, 2);
	assert_int_equal(project_vmodule(b.p, "fifo")->n_ports, 2);
	assert_string_equal(project_module(b.p, "one", &others)->path, "one.v");
	assert_int_equal(others, 0);
	assert_null(project_module(b.p, "fif", &others));
	assert_null(project_vmodule(b.p, "fifo2"));
	end(&b);
}

static void testbenches_are_found_by_whom_they_instantiate(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "leaf.v", "module leaf; endmodule");
	put(&b, "mid.v", "module mid; leaf u(); endmodule");
	put(&b, "top.v", "module top; mid u(); other o(); endmodule");
	put(&b, "other.v", "module other; endmodule");
	put(&b, "tb/tb_top.v", "module tb_top; top u(); initial $finish; endmodule");
	put(&b, "tb/tb_leaf.v",
	    "module tb_leaf; leaf u(); initial $finish; endmodule module stim; endmodule");
	put(&b, "tb/tb_none.v", "module tb_none; initial $finish; endmodule");
	put(&b, "loop.v", "module la; lb u(); endmodule module lb; la u(); endmodule");
	look(&b);
	has_testbenches(&b, NULL, "tb_leaf tb_none tb_top");
	has_testbenches(&b, "leaf", "tb_leaf tb_top");
	has_testbenches(&b, "mid", "tb_top");
	has_testbenches(&b, "other", "tb_top");
	has_testbenches(&b, "la", "");
	has_testbenches(&b, "tb_top", "");
	has_tops(&b, "top");
	end(&b);
}

static void a_testbench_may_leave_the_stimuli_to_a_part(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "dut.v", "module dut(input a, output y); assign y = ~a; endmodule");
	put(&b, "by_program.sv",
	    "program stim(output logic a, input y); initial begin a = 0; #5 a = 1; end endprogram "
	    "module by_program; wire a, y; dut d(a, y); stim s(a, y); endmodule");
	put(&b, "by_module.v",
	    "module tester(output reg a, input y); initial begin a = 0; #5 $finish; end endmodule "
	    "module by_module; wire a, y; dut d(a, y); wrap w(a, y); endmodule");
	put(&b, "tb/wrap.v", "module wrap(output a, input y); tester t(a, y); endmodule");
	put(&b, "inner.v", "module inner; by_clock c(); endmodule");
	put(&b, "chip.v", "module chip; wire a, y; dut d(a, y); boot b(a); endmodule");
	put(&b, "boot.v", "module boot(output reg a); initial a = 0; endmodule");
	look(&b);
	has_testbenches(&b, NULL, "by_module by_program");
	has_testbenches(&b, "dut", "by_module by_program");
	has_tops(&b, "chip inner");
	put(&b, "outer.v", "module outer; inner i(); initial #9 $finish; endmodule");
	put(&b, "clk.v",
	    "module by_clock; reg c; dut d(c, ); initial c = 0; always #5 c = ~c; "
	    "endmodule");
	look(&b);
	has_testbenches(&b, NULL, "by_clock by_module by_program outer");
	end(&b);
}

static void a_top_is_what_no_design_instantiates(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a.sv",
	    "module a; b u(); endmodule module b; endmodule interface i; endinterface package p; "
	    "endpackage");
	put(&b, "c.sv", "module c; endmodule");
	put(&b, "t.sv",
	    "module tb; a u(); stim s(); initial $finish; endmodule module stim; endmodule");
	look(&b);
	has_tops(&b, "a c");
	end(&b);
}

static void first_is_a_tested_design(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a/tb.v", "module tb; d u(); initial #9 $finish; endmodule");
	look(&b);
	assert_string_equal(project_first_file(b.p, ""), "a/tb.v");
	put(&b, "c.vh", "`define C 1");
	put(&b, "rtl/alone.v", "module b_alone; endmodule");
	look(&b);
	assert_string_equal(project_first_file(b.p, ""), "rtl/alone.v");
	put(&b, "z/d.v", "module d; part p(); endmodule module part; endmodule");
	look(&b);
	assert_string_equal(project_first_file(b.p, ""), "z/d.v");
	assert_string_equal(project_first_file(b.p, "rtl"), "rtl/alone.v");
	assert_null(project_first_file(b.p, "rt"));
	/* A course folder has modules of one name in each exercise. */
	put(&b, "lab2/d.v", "module d; endmodule");
	look(&b);
	assert_string_equal(project_first_file(b.p, "z"), "z/d.v");
	assert_string_equal(project_first_file(b.p, "lab2"), "lab2/d.v");
	end(&b);
	begin(&b);
	look(&b);
	assert_null(project_first_file(b.p, ""));
	end(&b);
}

/* Closure ------------------------------------------------------------------- */

static void the_files_needed_come_packages_first(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a_top.sv", "module top import z_pkg::*; (bus_if.m b); mid u(); endmodule");
	put(&b, "b_mid.sv", "module mid; leaf u(); y_pkg::t x; nowhere n(); endmodule");
	put(&b, "c_leaf.sv", "module leaf; endmodule");
	put(&b, "y_pkg.sv", "package y_pkg; import z_pkg::*; endpackage");
	put(&b, "z_pkg.sv", "package z_pkg; endpackage");
	put(&b, "bus.sv", "interface bus_if; modport m(); endinterface");
	put(&b, "unused.sv", "module unused; endmodule");
	put(&b, "tb.sv", "module tb; top u(); initial $finish; endmodule");
	look(&b);
	closes(&b, "tb.sv", "z_pkg.sv y_pkg.sv c_leaf.sv b_mid.sv bus.sv a_top.sv tb.sv", "");
	closes(&b, "c_leaf.sv", "c_leaf.sv", "");
	closes(&b, "missing.sv", "", "");
	end(&b);
}

/* One in a header that nothing includes is compiled like one in a source. */
static void a_package_may_be_in_a_header(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a.sv", "module a import t_pkg::*; (); endmodule");
	put(&b, "b.sv", "`include \"u_pkg.svh\"\nmodule b import u_pkg::*; (); endmodule");
	put(&b, "t_pkg.svh", "package t_pkg; endpackage");
	put(&b, "u_pkg.svh", "package u_pkg; endpackage");
	look(&b);
	closes(&b, "a.sv", "t_pkg.svh a.sv", "");
	closes(&b, "b.sv", "b.sv", "");
	end(&b);
}

/* A tool that reads one file after the other needs this order. */
static void types_outside_of_packages_come_first(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a.sv", "module a(input op_t op); pair_t p; endmodule");
	put(&b, "b.sv", "module b; typedef logic op_t; op_t o; a u(o); endmodule");
	put(&b, "c.sv", "module c import p::*; (input op_t op); endmodule");
	put(&b, "d.sv", "`include \"inc.sv\"\nmodule d(input inc_t i); endmodule");
	put(&b, "inc.sv", "typedef logic inc_t;");
	put(&b, "p.sv", "package p; typedef logic op_t; endpackage");
	put(&b, "q.sv", "typedef enum base_t { A, B } op_t;\ntypedef struct { op_t x; } pair_t;");
	put(&b, "z.sv", "typedef logic [1:0] base_t; typedef logic unused_t;");
	put(&b, "lab/a2.sv", "module a2(input op_t op); endmodule");
	put(&b, "lab/types.sv", "typedef logic op_t;");
	look(&b);
	closes(&b, "a.sv", "z.sv q.sv a.sv", "");
	closes(&b, "b.sv", "z.sv q.sv a.sv b.sv", "");
	closes(&b, "c.sv", "p.sv c.sv", "");
	closes(&b, "d.sv", "d.sv", "");
	closes(&b, "lab/a2.sv", "lab/types.sv lab/a2.sv", "");
	end(&b);
}

static void parameters_and_functions_outside_of_modules_come_first(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a.sv",
	    "module a(input [W-1:0] a, output y); assign y = inc(a) == IDLE; endmodule");
	put(&b, "b.sv", "module b #(parameter W = 2); localparam int IDLE = W; u v(W); endmodule");
	put(&b, "c.sv", "module c import p::*; (input [W-1:0] a); t inc(.IDLE(a)); endmodule");
	put(&b, "d.sv", "module d; initial begin check(1); x.inc(p::IDLE); end endmodule");
	put(&b, "e.sv",
	    "module e; function inc(input x); return x; endfunction wire y = inc(1); "
	    "endmodule");
	put(&b, "p.sv", "package p; localparam W = 3, IDLE = 1; endpackage");
	put(&b, "q.sv", "parameter N = 4, W = N;\ntypedef enum { IDLE, RUN = 3 } s_t;");
	put(&b, "r.sv",
	    "function automatic logic [N-1:0] inc(logic [N-1:0] IN);\n"
	    "  return IN + 1;\nendfunction");
	put(&b, "s.sv", "task check(input a);\n  if (!a) $error;\nendtask");
	put(&b, "s.v", "task old(input a);\n  q = a;\nendtask");
	put(&b, "t.v", "module t; initial old(1); endmodule");
	look(&b);
	closes(&b, "a.sv", "q.sv r.sv a.sv", "");
	closes(&b, "b.sv", "b.sv", "");
	closes(&b, "c.sv", "p.sv t.v c.sv", "");
	closes(&b, "d.sv", "s.sv p.sv d.sv", "");
	closes(&b, "e.sv", "e.sv", "");
	closes(&b, "t.v", "t.v", "");
	end(&b);
}

static void a_module_in_two_languages_is_told(void **state)
{
	struct strv notes = STRV_INIT;
	struct box b;

	begin(&b);
	put(&b, "a/cnt.sv", "module cnt; endmodule");
	put(&b, "a/cnt.v", "module cnt; endmodule");
	put(&b, "b/cnt.v", "module cnt; endmodule");
	put(&b, "b/cnt.x.v", "module cnt; endmodule");
	put(&b, "used.sv", "module used; endmodule");
	put(&b, "used.v", "module used; endmodule");
	put(&b, "top.v", "module top; used u(); endmodule");
	look(&b);
	project_missing(b.p, &notes);
	assert_int_equal(notes.n, 1);
	assert_string_equal(
		notes.v[0],
		"cnt is defined in a/cnt.sv and a/cnt.v: a design can have one of them");
	strv_free(&notes);
	end(&b);
}

static void packages_come_first_in_a_circle_too(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a.sv", "package p; endpackage module a; b u(); endmodule");
	put(&b, "b.sv", "module b; import p::*; c u(); endmodule");
	put(&b, "c.sv", "module c; a u(); endmodule");
	look(&b);
	closes(&b, "a.sv", "c.sv a.sv b.sv", "");
	closes(&b, "c.sv", "a.sv b.sv c.sv", "");
	end(&b);
}

static void a_testbench_means_the_file_it_is_named_after(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "blink.v", "module top(output led); endmodule");
	put(&b, "uart.v", "module top(input rx, output tx); endmodule");
	put(&b, "uart_tb.v", "module tb; top u(); initial $finish; endmodule");
	look(&b);
	closes(&b, "uart_tb.v", "uart.v uart_tb.v",
	       "module top is defined in uart.v and blink.v; uart.v was taken");
	end(&b);
}

static void the_board_of_the_same_name_is_taken(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "demo/ecp5/top.v", "module top_e; pll u(); endmodule");
	put(&b, "demo/ice40-vga/top.v", "module top_i; pll u(); endmodule");
	put(&b, "demo/other/top.v", "module top_o; pll u(); endmodule");
	put(&b, "lib/clock/ecp5/pll.v", "module pll; endmodule");
	put(&b, "lib/clock/ice40/pll.v", "module pll; endmodule");
	look(&b);
	closes(&b, "demo/ice40-vga/top.v", "lib/clock/ice40/pll.v demo/ice40-vga/top.v",
	       "module pll is defined in lib/clock/ice40/pll.v and lib/clock/ecp5/pll.v; "
	       "lib/clock/ice40/pll.v was taken");
	closes(&b, "demo/ecp5/top.v", "lib/clock/ecp5/pll.v demo/ecp5/top.v",
	       "module pll is defined in lib/clock/ecp5/pll.v and lib/clock/ice40/pll.v; "
	       "lib/clock/ecp5/pll.v was taken");
	closes(&b, "demo/other/top.v", "lib/clock/ecp5/pll.v demo/other/top.v",
	       "module pll is defined in lib/clock/ecp5/pll.v and lib/clock/ice40/pll.v; "
	       "lib/clock/ecp5/pll.v was taken");
	end(&b);
}

/* How PicoRV32's boards select their memory. */
static void a_default_is_read_behind_who_says_otherwise(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a_soc.v",
	    "`ifndef MEM\n`define MEM slow_mem\n`endif\nmodule soc; `MEM m(); endmodule\nmodule "
	    "slow_mem; endmodule");
	put(&b, "board.v", "`define MEM fast_mem\nmodule board; soc s(); endmodule");
	put(&b, "fast.v", "module fast_mem; endmodule");
	put(&b, "plain.v", "module plain; soc s(); endmodule");
	look(&b);
	closes(&b, "board.v", "fast.v board.v a_soc.v", "");
	closes(&b, "plain.v", "a_soc.v plain.v", "");
	end(&b);
}

static void guards_of_headers_order_nothing(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a.v", "`include \"d.vh\"\nmodule a; b u(); endmodule");
	put(&b, "b.v", "`include \"d.vh\"\nmodule b; endmodule");
	put(&b, "d.vh", "`ifndef D_VH\n`define D_VH\n`define W 4\n`endif");
	look(&b);
	closes(&b, "a.v", "b.v a.v", "");
	end(&b);
}

static void one_of_several_definitions_is_taken_and_reported(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "a/fifo.v", "module fifo; endmodule");
	put(&b, "b/fifo.v", "module fifo; endmodule");
	put(&b, "b/top.v", "module top; fifo u(); endmodule");
	put(&b, "c/top2.v", "module top2; fifo u(); endmodule");
	look(&b);
	closes(&b, "b/top.v", "b/fifo.v b/top.v",
	       "module fifo is defined in b/fifo.v and a/fifo.v; b/fifo.v was taken");
	closes(&b, "c/top2.v", "a/fifo.v c/top2.v",
	       "module fifo is defined in a/fifo.v and b/fifo.v; a/fifo.v was taken");
	closes(&b, "b/top.v a/fifo.v", "a/fifo.v b/top.v",
	       "module fifo is defined in a/fifo.v and b/fifo.v; a/fifo.v was taken");
	put(&b, "d/fifo.v", "module fifo; endmodule module extra; endmodule");
	put(&b, "e.v", "module e; fifo u(); extra x(); endmodule");
	look(&b);
	closes(&b, "e.v", "a/fifo.v d/fifo.v e.v",
	       "module fifo is defined in a/fifo.v, b/fifo.v and 1 more; a/fifo.v was taken"
	       " module fifo is defined in a/fifo.v and d/fifo.v, and both are needed");
	end(&b);
}

/* A netlist that a tool wrote stands for the design only if the list names it before. */
static void a_source_is_taken_before_what_a_tool_made_of_it(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "p/chip.xpr", "");
	put(&b, "p/chip.sim/synth/tb_synth.v", "module fifo(input a); endmodule");
	put(&b, "p/chip.srcs/tb.v", "module tb; fifo u(a); initial $finish; endmodule");
	put(&b, "rtl/fifo.v", "module fifo(input a); endmodule");
	put(&b, "files.f", "rtl/fifo.v\n");
	look(&b);
	closes(&b, "p/chip.srcs/tb.v", "rtl/fifo.v p/chip.srcs/tb.v",
	       "module fifo is defined in rtl/fifo.v and p/chip.sim/synth/tb_synth.v; rtl/fifo.v "
	       "was taken");
	put(&b, "files.f", "p/chip.sim/synth/tb_synth.v\nrtl/fifo.v\n");
	look(&b);
	closes(&b, "p/chip.srcs/tb.v", "p/chip.sim/synth/tb_synth.v p/chip.srcs/tb.v",
	       "module fifo is defined in p/chip.sim/synth/tb_synth.v and rtl/fifo.v; "
	       "p/chip.sim/synth/tb_synth.v was taken");
	end(&b);
}

/* Vivado's dialog for a new source leaves an empty module if it was cancelled. */
static void a_module_without_ports_is_not_meant(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "sim/fifo.v", "module fifo(\n\n    );\nendmodule\n");
	put(&b, "sim/tb.v", "module tb; fifo u(.a(a)); initial $finish; endmodule");
	put(&b, "src/fifo.v", "module fifo(input a); endmodule");
	look(&b);
	closes(&b, "sim/tb.v", "src/fifo.v sim/tb.v",
	       "module fifo is defined in src/fifo.v and sim/fifo.v; src/fifo.v was taken");
	end(&b);
}

static void the_copy_that_looks_like_the_design_is_taken(void **state)
{
	static const char *const copies[] = { "rtl/fifo (copy).v", "rtl/a_fifo.v", "rtl/fifo_old.v",
					      NULL };
	static const char *const apart[] = { "Backup/fifo.v",  "gl/fifo.v", "a/Netlist/fifo.v",
					     "build/fifo.v",   "db/fifo.v", "work/fifo.v",
					     "obj_dir/fifo.v", NULL };

	for (const char *const *c = copies; *c; c++) {
		struct box b;
		char *note = str_fmt(
			"module fifo is defined in rtl/fifo.v and %s; rtl/fifo.v was taken", *c);

		begin(&b);
		put(&b, *c, "module fifo; endmodule");
		put(&b, "rtl/fifo.v", "module fifo; endmodule");
		put(&b, "rtl/top.v", "module top; fifo u(); endmodule");
		look(&b);
		closes(&b, "rtl/top.v", "rtl/fifo.v rtl/top.v", note);
		assert_string_equal(project_module(b.p, "fifo", NULL)->path, "rtl/fifo.v");
		free(note);
		end(&b);
	}
	for (const char *const *c = apart; *c; c++) {
		struct box b;
		char *note = str_fmt("module fifo is defined in src/deep/fifo.v and %s; "
				     "src/deep/fifo.v was taken",
				     *c);

		begin(&b);
		put(&b, *c, "module fifo; endmodule");
		put(&b, "src/deep/fifo.v", "module fifo; endmodule");
		put(&b, "tb.v", "module tb; fifo u(); endmodule");
		look(&b);
		closes(&b, "tb.v", "src/deep/fifo.v tb.v", note);
		free(note);
		end(&b);
	}
}

static void a_library_has_files_of_any_ending(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "lib/step.vlib", "module step; endmodule");
	put(&b, "other/step.vlib", "module step; endmodule");
	put(&b, "run.f", "-y lib\n+libext+.vlib+.v\ntop.v\n");
	put(&b, "top.v", "module top; step u(); endmodule");
	look(&b);
	has_files(&b, "lib/step.vlib top.v");
	closes(&b, "top.v", "lib/step.vlib top.v", "");
	end(&b);
}

/* Each board has a clock of its own, or one that a generator would write. */
static void what_no_target_combines_is_not_meant(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "soc.core",
	    "CAPI=2:\nname: a:b:soc:1\nfilesets:\n  base: {files: [soc.v], file_type: "
	    "verilogSource}\n  ecp5: {files: [ecp5.v, pll.v], file_type: verilogSource}\n  ice40: "
	    "{files: [ice40.v, view.v], file_type: verilogSource}\ntargets:\n  default: {filesets: "
	    "[base]}\n  ecp5: {filesets: [base, ecp5]}\n  ice40: {filesets: [base, ice40]}\n");
	put(&b, "ecp5.v", "module ecp5; pll u(); soc s(); endmodule");
	put(&b, "ice40.v", "module ice40; pll u(); soc s(); endmodule");
	put(&b, "loose.v", "module loose; pll u(); endmodule");
	put(&b, "pll.v", "module pll; endmodule");
	put(&b, "soc.v", "module soc; endmodule");
	put(&b, "view.v", "module view; wire q = ecp5.q; endmodule");
	look(&b);
	closes(&b, "ecp5.v", "pll.v soc.v ecp5.v", "");
	closes(&b, "ice40.v", "soc.v ice40.v", "");
	closes(&b, "loose.v", "pll.v loose.v", "");
	closes(&b, "view.v", "view.v", "");
	end(&b);
}

static void a_link_to_a_folder_is_that_folder_in_lists(void **state)
{
	const char *const globs[] = { "ip/*.v", NULL };
	struct box b;

	begin(&b);
	put(&b, "hw/alu.v", "module alu; endmodule");
	put(&b, "hw/deep/shift.v", "module shift; endmodule");
	put(&b, "other/alu.v", "module alu; endmodule");
	link_to(&b, "ip", "hw");
	link_to(&b, "hw/below", "deep");
	put(&b, "run.f", "ip/*.v ip/below/shift.v top.v\n+incdir+ip/deep\n");
	put(&b, "top.v", "module top; alu a(); shift s(); endmodule");
	look(&b);
	assert_int_equal(project_manifest(b.p)->notes.n, 0);
	assert_non_null(manifest_file(project_manifest(b.p), "hw/alu.v"));
	assert_non_null(manifest_file(project_manifest(b.p), "hw/deep/shift.v"));
	assert_string_equal(project_manifest(b.p)->include_dirs.v[0], "hw/deep");
	assert_true(set_files(b.p, globs, NULL));
	has_files(&b, "hw/alu.v");
	end(&b);
}

/* The last of very many targets combines both. */
static void too_many_targets_keep_no_files_apart(void **state)
{
	struct str core = STR_INIT;
	struct box b;

	begin(&b);
	str_adds(&core, "CAPI=2:\nname: a:b:soc:1\nfilesets:\n  a: {files: [a.v]}\n  b: {files: "
			"[b.v]}\ntargets:\n  default: {filesets: [a]}\n");
	for (int i = 0; i < 600; i++)
		str_addf(&core, "  board%d: {filesets: [%s]}\n", i, i < 599 ? "b" : "a, b");
	put(&b, "soc.core", str_cstr(&core));
	put(&b, "a.v", "module a; b u(); endmodule");
	put(&b, "b.v", "module b; endmodule");
	look(&b);
	closes(&b, "a.v", "b.v a.v", "");
	str_free(&core);
	end(&b);
}

static void endings_count_in_either_case(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "A.V", "module a; endmodule");
	put(&b, "b.Sv", "module b; endmodule");
	put(&b, "c.verilog", "module c; endmodule");
	put(&b, "d.VHD", "entity d is end;");
	put(&b, "e.vo", "module e; endmodule");
	look(&b);
	has_files(&b, "A.V b.Sv c.verilog");
	assert_false(project_file(b.p, 0)->header);
	assert_string_equal(project_why_left(b.p, "d.VHD"), "VHDL");
	end(&b);
}

static void special_files_are_named(void **state)
{
	struct box b;
	char *fifo, *link;

	begin(&b);
	put(&b, "a.v", "module a; endmodule");
	fifo = path_join(b.dir, "pipe.v");
	link = path_join(b.dir, "gone.v");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(symlink("nowhere.v", link), 0);
	look(&b);
	has_files(&b, "a.v");
	assert_string_equal(project_why_left(b.p, "pipe.v"), "no regular file");
	assert_string_equal(project_why_left(b.p, "gone.v"), "a link to a missing file");
	free(link);
	free(fifo);
	end(&b);
}

static void included_files_are_not_compiled_alone(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "rtl/top.v",
	    "`include \"defs.vh\"\n`include \"sub.v\"\nmodule top; sub u(); endmodule");
	put(&b, "rtl/sub.v", "module sub; endmodule");
	put(&b, "inc/defs.vh", "`include \"more/x.vh\"\n");
	put(&b, "inc/more/x.vh", "`include \"../../pk.sv\"\n");
	put(&b, "pk.sv", "package pk; import qk::*; endpackage");
	put(&b, "qk.sv", "package qk; endpackage");
	look(&b);
	closes(&b, "rtl/top.v", "qk.sv rtl/top.v", "");
	has_include_dirs(&b, "inc inc/more rtl");
	end(&b);
}

/* Language ------------------------------------------------------------------ */

static void the_language_is_that_of_the_files(void **state)
{
	struct box b;

	begin(&b);
	put(&b, "src/a.v", "module a(input x); endmodule");
	put(&b, "test/b.v", "module b; endmodule");
	look(&b);
	assert_int_equal(project_lang(b.p), LANG_V2001);
	assert_string_equal(project_extension(b.p, LANG_SV2017), ".v");
	assert_string_equal(project_rtl_dir(b.p), "src");
	assert_string_equal(project_tb_dir(b.p), "test");
	put(&b, "c.v", "module c; localparam A = $clog2(3); endmodule");
	look(&b);
	assert_int_equal(project_lang(b.p), LANG_V2005);
	put(&b, "d.v", "module d; logic a; endmodule");
	look(&b);
	assert_int_equal(project_lang(b.p), LANG_SV2017);
	assert_string_equal(project_extension(b.p, LANG_SV2017), ".v");
	end(&b);
}

/* 2,000 modules in one chain: neither the stack nor the time may run out. */
static void a_long_chain_is_no_trouble(void **state)
{
	struct box b;
	struct strv files = STRV_INIT, notes = STRV_INIT;
	const char *top[] = { "m0.v" };

	begin(&b);
	for (int i = 0; i < 2000; i++) {
		char *name = str_fmt("m%d.v", i),
		     *text = str_fmt("module m%d; m%d u(); endmodule", i, i + 1);

		put(&b, name, text);
		free(name);
		free(text);
	}
	put(&b, "tb.v", "module tb; m0 u(); initial $finish; endmodule");
	look(&b);
	project_closure(b.p, top, 1, &files, &notes);
	assert_int_equal(files.n, 2000);
	assert_string_equal(files.v[0], "m1999.v");
	assert_string_equal(files.v[1999], "m0.v");
	has_testbenches(&b, "m1999", "tb");
	strv_free(&files);
	strv_free(&notes);
	end(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_folder_is_a_project),
		cmocka_unit_test(a_missing_folder_is_an_error),
		cmocka_unit_test(sources_are_found_and_the_rest_is_not),
		cmocka_unit_test(links_that_leave_the_project_are_left_out),
		cmocka_unit_test(a_file_is_read_again_only_when_it_changed),
		cmocka_unit_test(a_large_file_is_listed_but_not_outlined),
		cmocka_unit_test(files_can_be_named),
		cmocka_unit_test(an_overlay_stands_in_place_of_the_file),
		cmocka_unit_test(a_module_is_known_by_name),
		cmocka_unit_test(testbenches_are_found_by_whom_they_instantiate),
		cmocka_unit_test(a_testbench_may_leave_the_stimuli_to_a_part),
		cmocka_unit_test(a_top_is_what_no_design_instantiates),
		cmocka_unit_test(first_is_a_tested_design),
		cmocka_unit_test(the_files_needed_come_packages_first),
		cmocka_unit_test(a_package_may_be_in_a_header),
		cmocka_unit_test(types_outside_of_packages_come_first),
		cmocka_unit_test(parameters_and_functions_outside_of_modules_come_first),
		cmocka_unit_test(a_module_in_two_languages_is_told),
		cmocka_unit_test(packages_come_first_in_a_circle_too),
		cmocka_unit_test(a_testbench_means_the_file_it_is_named_after),
		cmocka_unit_test(the_board_of_the_same_name_is_taken),
		cmocka_unit_test(a_default_is_read_behind_who_says_otherwise),
		cmocka_unit_test(guards_of_headers_order_nothing),
		cmocka_unit_test(one_of_several_definitions_is_taken_and_reported),
		cmocka_unit_test(a_source_is_taken_before_what_a_tool_made_of_it),
		cmocka_unit_test(a_module_without_ports_is_not_meant),
		cmocka_unit_test(the_copy_that_looks_like_the_design_is_taken),
		cmocka_unit_test(a_library_has_files_of_any_ending),
		cmocka_unit_test(what_no_target_combines_is_not_meant),
		cmocka_unit_test(too_many_targets_keep_no_files_apart),
		cmocka_unit_test(a_link_to_a_folder_is_that_folder_in_lists),
		cmocka_unit_test(endings_count_in_either_case),
		cmocka_unit_test(special_files_are_named),
		cmocka_unit_test(included_files_are_not_compiled_alone),
		cmocka_unit_test(the_language_is_that_of_the_files),
		cmocka_unit_test(a_long_chain_is_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
