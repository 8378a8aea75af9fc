/* Included files of any name, macros from other files, and when something must be read
 * again. */
#include "config.h"

#include "tests/lib/case.h"

#include "session/project/project_closure.h"
#include "tests/lib/box.h"

static bool configure(struct box *b, const char *defines, const char *include, const char *exclude)
{
	struct project_settings s = { 0 };
	struct err err;
	bool ok;

	if (defines)
		strv_add(&s.defines, defines);
	if (include)
		strv_add(&s.include, include);
	if (exclude)
		strv_add(&s.exclude, exclude);
	ok = project_configure(b->p, &s, &err);
	project_settings_fini(&s);
	return ok;
}

/* All includes of that file, each with its reason. */
static void needs(struct box *b, const char *path, const char *want)
{
	static const char *const words[] = {
		[NEED_GIVEN] = "given",	     [NEED_USE] = "used",   [NEED_IMPORT] = "imported",
		[NEED_INCLUDE] = "included", [NEED_BIND] = "bound", [NEED_MACRO] = "macros",
		[NEED_ORDER] = "order",
	};
	struct str s = STR_INIT;
	struct closure c;

	closure_init(&c, b->p, &path, 1);
	for (size_t i = 0; i < c.n; i++)
		str_addf(&s, "%s%s:%s%s", i ? " " : "", c.v[i].path, words[c.v[i].kind],
			 c.v[i].compiled ? "" : "-");
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	closure_fini(&c);
}

static size_t ports_of(struct box *b, const char *module)
{
	assert_non_null(project_vmodule(b->p, module));
	return project_vmodule(b->p, module)->n_ports;
}

CASE(included_files_belong_to_the_design_whatever_their_name)
{
	struct box b;

	begin(&b);
	put(&b, "rtl/a.v",
	    "`include \"ports.inc\"\n`include \"cfg.h\"\n`include \"macros.sv\"\nmodule a(`PORTS); "
	    "endmodule\n");
	put(&b, "rtl/ports.inc", "`define PORTS input x, y\n");
	put(&b, "cfg.h", "");
	put(&b, "deep/in/macros.sv", "`define M 1\n");
	put(&b, "notes.txt", "");
	look(&b);
	has_files(&b, "cfg.h deep/in/macros.sv rtl/a.v rtl/ports.inc");
	needs(&b, "rtl/a.v",
	      "rtl/ports.inc:included- cfg.h:included- deep/in/macros.sv:included- rtl/a.v:given");
	assert_int_equal(ports_of(&b, "a"), 2);
	has_include_dirs(&b, "rtl . deep/in");
	put(&b, "rtl/a.v", "module a(input x); endmodule\n");
	look(&b);
	has_files(&b, "deep/in/macros.sv rtl/a.v");
	end(&b);
}

CASE(beside_comes_first_then_what_is_set_then_the_root)
{
	struct box b;

	begin(&b);
	put(&b, "rtl/a.v", "`include \"n.vh\"\nmodule a(`P); endmodule\n");
	put(&b, "zoo/n.vh", "`define P input a, b, c, d\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 4);
	put(&b, "n.vh", "`define P input a, b, c\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 3);
	put(&b, "two/n.vh", "`define P input a, b\n");
	assert_true(configure(&b, NULL, "two", NULL));
	assert_int_equal(ports_of(&b, "a"), 2);
	put(&b, "rtl/n.vh", "`define P input a\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 1);
	assert_true(configure(&b, NULL, NULL, "rtl/n.vh"));
	assert_int_equal(ports_of(&b, "a"), 3);
	end(&b);
}

CASE(the_nearest_of_several_files_is_included)
{
	struct box b;

	begin(&b);
	put(&b, "lab1/inc/n.vh", "`define P input a\n");
	put(&b, "lab2/inc/n.vh", "`define P input a, b\n");
	put(&b, "lab2/src/a.v", "`include \"n.vh\"\nmodule a(`P); endmodule\n");
	put(&b, "lab1/src/z.v", "`include \"n.vh\"\nmodule z(`P); endmodule\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 2);
	assert_int_equal(ports_of(&b, "z"), 1);
	end(&b);
}

CASE(a_path_written_for_a_run_elsewhere_is_found)
{
	struct strv dirs = STRV_INIT;
	const char *path = "hw/tb/t.v";
	struct box b;

	begin(&b);
	put(&b, "hw/tb/t.v",
	    "`include \"../../rtl/d.v\"\n`include \"../rtl/e.v\"\nmodule t; d u(); e v(); "
	    "endmodule\n");
	put(&b, "hw/rtl/d.v", "module d; endmodule\n");
	put(&b, "hw/rtl/e.v", "module e; endmodule\n");
	look(&b);
	needs(&b, path, "hw/rtl/d.v:included- hw/rtl/e.v:included- hw/tb/t.v:given");
	project_include_dirs(b.p, &path, 1, &dirs);
	is_list(&dirs, "hw/tb");
	end(&b);
}

CASE(a_header_that_changes_is_read_by_who_includes_it)
{
	struct box b;

	begin(&b);
	put(&b, "a.v", "`include \"one.vh\"\nmodule a(`P); endmodule\n");
	put(&b, "one.vh", "`include \"two.vh\"\n");
	put(&b, "two.vh", "`define P input x\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 1);
	put(&b, "two.vh", "`define P input x, y, z\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 3);
	project_overlay(b.p, "two.vh", "`define P input x, y\n", 21);
	assert_int_equal(ports_of(&b, "a"), 2);
	project_overlay_drop(b.p, "two.vh");
	assert_int_equal(ports_of(&b, "a"), 3);
	project_overlay(b.p, "new/one.vh", "`define P\n", 10);
	assert_int_equal(ports_of(&b, "a"), 3);
	project_overlay_clear(b.p);
	end(&b);
}

CASE(an_unsaved_header_is_included)
{
	struct box b;

	begin(&b);
	put(&b, "a.v", "`include \"n.inc\"\nmodule a(`P); endmodule\n");
	look(&b);
	project_overlay(b.p, "n.inc", "`define P input x, y\n", 21);
	assert_int_equal(ports_of(&b, "a"), 2);
	has_files(&b, "a.v n.inc");
	project_overlay_drop(b.p, "n.inc");
	has_files(&b, "a.v");
	end(&b);
}

CASE(a_define_chooses_the_branch)
{
	struct box b;

	begin(&b);
	put(&b, "a.v",
	    "module a;\n`ifdef FAST\n fast u();\n`else\n slow u();\n`endif\nendmodule\n");
	put(&b, "fast.v", "module fast; endmodule\n");
	put(&b, "slow.v", "module slow; endmodule\n");
	look(&b);
	needs(&b, "a.v", "slow.v:used a.v:given");
	assert_true(configure(&b, "FAST", NULL, NULL));
	needs(&b, "a.v", "fast.v:used a.v:given");
	assert_true(configure(&b, NULL, NULL, NULL));
	needs(&b, "a.v", "slow.v:used a.v:given");
	end(&b);
}

/* As when the file with the macros is named first on a command line. */
CASE(macros_come_from_a_file_that_defines_them)
{
	struct box b;

	begin(&b);
	put(&b, "core.v", "module core(`PORTS); `CELL u(); endmodule\n");
	put(&b, "z_defs.v", "`define PORTS input a, b\n`define CELL leaf\n");
	put(&b, "leaf.v", "module leaf; endmodule\n");
	look(&b);
	assert_int_equal(ports_of(&b, "core"), 2);
	needs(&b, "core.v", "z_defs.v:macros leaf.v:used core.v:given");
	put(&b, "z_defs.v", "`define PORTS input a\n`define CELL other\n");
	put(&b, "other.v", "module other; endmodule\n");
	look(&b);
	assert_int_equal(ports_of(&b, "core"), 1);
	needs(&b, "core.v", "z_defs.v:macros other.v:used core.v:given");
	end(&b);
}

CASE(files_that_include_the_macros_come_first)
{
	struct box b;

	begin(&b);
	put(&b, "a_leaf.v", "module a_leaf(input [`W-1:0] x); endmodule\n");
	put(&b, "top.v", "`include \"w.vh\"\nmodule top; a_leaf u(); endmodule\n");
	put(&b, "w.vh", "`define W 8\n");
	look(&b);
	needs(&b, "top.v", "w.vh:included- top.v:given a_leaf.v:used");
	end(&b);
}

/* Unrelated designs in one repository: macros come from the own design, also when its
 * file is included by another file, and from a testbench last. */
CASE(macros_come_from_the_own_design)
{
	struct box b;

	begin(&b);
	put(&b, "vespa/op_codes.v", "`define NOP 0\n");
	put(&b, "a09/modules/control.v",
	    "module control(output [3:0] y); assign y = `NOP; endmodule\n");
	put(&b, "a09/modules/constants.v", "`define NOP 1\n");
	put(&b, "a09/cpu/cpu.v",
	    "`include \"../modules/constants.v\"\nmodule cpu; wire [3:0] y; control u(y); "
	    "endmodule\n");
	put(&b, "a09/modules/control_tb.v",
	    "`include \"constants.v\"\nmodule control_tb; wire [3:0] y; control u(y); initial #1 "
	    "$finish; endmodule\n");
	look(&b);
	needs(&b, "a09/modules/control.v",
	      "a09/modules/constants.v:macros a09/modules/control.v:given");
	needs(&b, "a09/cpu/cpu.v",
	      "a09/modules/constants.v:included a09/modules/control.v:used a09/cpu/cpu.v:given");
	/* Without that file: who includes a header, and no testbench of the own folder. */
	drop(&b, "a09/modules/constants.v");
	put(&b, "a09/modules/constants.vh", "`define NOP 1\n");
	put(&b, "a09/cpu/cpu.v",
	    "`include \"../modules/constants.vh\"\nmodule cpu; wire [3:0] y; control u(y); "
	    "endmodule\n");
	put(&b, "a09/modules/control_tb.v",
	    "`define NOP 2\nmodule control_tb; wire [3:0] y; control u(y); initial #1 $finish; "
	    "endmodule\n");
	look(&b);
	needs(&b, "a09/modules/control.v",
	      "a09/modules/constants.vh:included- a09/cpu/cpu.v:macros "
	      "a09/modules/control.v:given");
	end(&b);
}

/* No tool gets an .inc by itself: the nearest file that includes it stands for it. */
CASE(a_module_of_an_included_file_comes_by_who_includes_it)
{
	struct box b;

	begin(&b);
	put(&b, "lab/tb.v", "module tb; dut u(); endmodule\n");
	put(&b, "lab/body.inc", "module dut; endmodule\n");
	put(&b, "lab/wrap.v", "`include \"body.inc\"\n");
	put(&b, "old/all.v", "`include \"../lab/body.inc\"\n");
	look(&b);
	needs(&b, "lab/tb.v", "lab/body.inc:included- lab/wrap.v:used lab/tb.v:given");
	end(&b);
}

/* A Makefile that counts for its own files says with which macros they are read. */
CASE(a_file_is_read_with_the_macros_of_its_makefile)
{
	struct box b;

	begin(&b);
	put(&b, "a/Makefile", "all:\n\tiverilog -o a a.v\n");
	put(&b, "a/a.v", "module a(`ifdef WIDE input x, y `endif); endmodule\n");
	put(&b, "b/Makefile", "all:\n\tiverilog -DWIDE -o b b.v\n");
	put(&b, "b/b.v", "module b(`ifdef WIDE input x, y `endif); endmodule\n");
	look(&b);
	assert_int_equal(ports_of(&b, "a"), 0);
	assert_int_equal(ports_of(&b, "b"), 2);
	put(&b, "b/Makefile", "all:\n\tiverilog -DWIDER -o b b.v\n");
	look(&b);
	assert_int_equal(ports_of(&b, "b"), 0);
	/* Two that name it with others: none. */
	put(&b, "b/Makefile", "all:\n\tiverilog -DWIDE -o b b.v\n");
	put(&b, "c/Makefile", "all:\n\tiverilog -o c ../b/b.v c.v\n");
	put(&b, "c/c.v", "module c; b u(); endmodule\n");
	look(&b);
	assert_int_equal(ports_of(&b, "b"), 0);
	end(&b);
}

CASE(excluded_files_are_not_part_of_the_design)
{
	const struct project_left *left;
	size_t n;
	struct box b;

	begin(&b);
	put(&b, "a.v", "module a; endmodule\n");
	put(&b, "old/a.v", "module a(input x); endmodule\n");
	put(&b, "rtl/old/b.v", "module b; endmodule\n");
	put(&b, "rtl/c_old.v", "module c; endmodule\n");
	put(&b, "x.vhd", "entity x is end;\n");
	look(&b);
	assert_true(configure(&b, NULL, NULL, "old"));
	has_files(&b, "a.v rtl/c_old.v");
	left = project_left_out(b.p, &n);
	assert_int_equal(n, 3);
	assert_string_equal(left[0].path, "old/a.v");
	assert_string_equal(left[0].why, "excluded by old");
	assert_string_equal(left[2].why, "VHDL");
	assert_true(configure(&b, NULL, NULL, "*_old.v"));
	has_files(&b, "a.v old/a.v rtl/old/b.v");
	assert_true(configure(&b, NULL, NULL, "rtl/**"));
	has_files(&b, "a.v old/a.v");
	assert_true(configure(&b, NULL, NULL, "/old"));
	has_files(&b, "a.v old/a.v rtl/c_old.v rtl/old/b.v");
	end(&b);
}

CASE(a_link_out_is_followed_when_it_is_allowed)
{
	struct project_settings s = { 0 };
	const struct project_left *left;
	size_t n;
	struct box b, other;

	begin(&b);
	begin(&other);
	put(&other, "common.v", "module common; endmodule\n");
	put(&b, "a.v", "module a; common u(); endmodule\n");
	link_to(&b, "lib", other.dir);
	look(&b);
	has_files(&b, "a.v");
	left = project_left_out(b.p, &n);
	assert_int_equal(n, 1);
	assert_non_null(strstr(left[0].why, "set link.allow"));
	strv_add(&s.links, other.dir);
	assert_true(project_configure(b.p, &s, NULL));
	project_settings_fini(&s);
	has_files(&b, "a.v lib/common.v");
	end(&b);
	end(&other);
}

/* A file list decides: of two definitions its own is used. */
CASE(a_file_list_is_read)
{
	struct strv defines = STRV_INIT;
	struct box b;

	begin(&b);
	put(&b, "rtl.f", "+define+W=4\n+incdir+cfg\nhw/m.v\nhw/top.v\n");
	put(&b, "hw/m.v", "`include \"w.vh\"\nmodule m(`P); endmodule\n");
	put(&b, "hw/top.v", "module top; m u(); endmodule\n");
	put(&b, "cfg/w.vh", "`define P input [`W:0] a, b\n");
	put(&b, "bad/w.vh", "`define P\n");
	put(&b, "attic/m.v", "module m; endmodule\n");
	look(&b);
	assert_string_equal(project_module(b.p, "m", NULL)->path, "hw/m.v");
	assert_int_equal(ports_of(&b, "m"), 2);
	project_defines(b.p, &defines);
	is_list(&defines, "W=4");
	assert_true(configure(&b, "W=9", NULL, NULL));
	project_defines(b.p, &defines);
	is_list(&defines, "W=9");
	assert_true(configure(&b, NULL, NULL, NULL));
	put(&b, "rtl.f", "-f more.txt\nhw/m.v\n");
	put(&b, "more.txt", "+define+W=5\n");
	look(&b);
	project_defines(b.p, &defines);
	is_list(&defines, "W=5");
	look(&b);
	project_defines(b.p, &defines);
	is_list(&defines, "W=5");
	put(&b, "more.txt", "+define+W=77\n");
	look(&b);
	project_defines(b.p, &defines);
	is_list(&defines, "W=77");
	end(&b);
}
