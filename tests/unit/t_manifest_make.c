/* Makefiles and shell scripts. */
#include "config.h"

#include "tests/lib/test.h"

#include "session/manifest/make_vars.h"
#include "tests/lib/manifest.h"

static const char *const some[] = { "inc/d.vh",	    "rtl/a.v",	    "rtl/b.v",
				    "rtl/sub/c.sv", "sim/Makefile", "sim/tb.v" };

static void expands(const char *text, const char *want)
{
	struct tree t = { .paths = some, .n = 6 };
	struct make_vars m;
	char *got;

	make_vars_init(&m, &t, "sim", "sim/Makefile");
	make_vars_set(&m, "R", "=", "$(D)/rtl");
	make_vars_set(&m, "D", "=", "..");
	make_vars_set(&m, "L", "=", "a.v");
	make_vars_set(&m, "L", "+=", "b.v");
	make_vars_set(&m, "Q", "?=", "1");
	make_vars_set(&m, "Q", "?=", "2");
	make_vars_set(&m, "ME", "=", "x$(ME)");
	got = make_vars_expand(&m, text);
	assert_string_equal(got, want);
	free(got);
	make_vars_fini(&m);
}

static void variables_and_functions_give_what_make_gives(void **state)
{
	expands("$(R)/a.v ${Q} $$x $(NONE)", "../rtl/a.v 1 $x ");
	expands("$(addprefix $(R)/,$(L))", "../rtl/a.v ../rtl/b.v");
	expands("$(L:.v=.o) $(L:%.v=%.x) $(patsubst %.v,o/%.o,$(L))",
		"a.o b.o a.x b.x o/a.o o/b.o");
	expands("$(wildcard ../rtl/*.v)", "../rtl/a.v ../rtl/b.v");
	expands("$(shell pwd)/x $(PWD)/y $(dir $(lastword $(MAKEFILE_LIST)))z", "./x ./y ./z");
	expands("$(shell find ../rtl -name '*.sv')", "../rtl/sub/c.sv");
	expands("$(filter %.v,a.v b.sv) $(filter-out a%,a.v b.sv) $(notdir p/q.v) $(firstword x y)",
		"a.v b.sv q.v x");
	expands("$(foreach f,$(L),$(R)/$(f)) $(subst a,b,aXa) $(if $(NONE),yes,no)",
		"../rtl/a.v ../rtl/b.v bXb no");
	expands("$(SRC)/a.v", "${SRC}/a.v");
	expands("$(open", "");
}

/* Each variable names the next one eight times. */
static void expanding_ends(void **state)
{
	struct tree t = { .n = 0 };
	struct make_vars m;
	struct str s = STR_INIT;
	char *got;

	expands("$(ME)", "xxxxxxxxxxxxxxxxxxxx");
	make_vars_init(&m, &t, ".", "Makefile");
	for (char c = 'a'; c < 'r'; c++) {
		char name[2] = { c, '\0' };

		str_clear(&s);
		for (int i = 0; i < 8; i++)
			str_addf(&s, "$%c", c + 1);
		make_vars_set(&m, name, "=", str_cstr(&s));
	}
	make_vars_set(&m, "r", "=", "some text");
	got = make_vars_expand(&m, "$a");
	assert_true(strlen(got) <= MAKE_MAX_TEXT);
	assert_true(m.steps <= MAKE_MAX_STEPS + 1000);
	free(got);
	str_free(&s);
	make_vars_fini(&m);
}

static void make_says(const char *text, const char *want)
{
	const struct table_file files[] = {
		{ "inc/d.vh", "" },	  { "rtl/a.v", "" },
		{ "rtl/b.v", "" },	  { "rtl/sub/c.sv", "" },
		{ "sim/Makefile", text }, { "sim/common.mk", "EXTRA = ../rtl/b.v\n" },
		{ "sim/tb.v", "" },	  { 0 }
	};

	says(files, "sim/Makefile", want);
}

static void cocotb_is_understood(void **state)
{
	make_says("SIM ?= icarus\nTOPLEVEL_LANG ?= verilog\nSRC = $(PWD)/../rtl\n"
		  "VERILOG_SOURCES += $(SRC)/a.v \\\n\t$(SRC)/b.v # both\n"
		  "VERILOG_SOURCES += $(wildcard $(SRC)/sub/*.sv)\n"
		  "ifeq ($(SIM),verilator)\nEXTRA_ARGS += -DVERI\nelse ifeq ($(SIM), "
		  "icarus)\nCOMPILE_ARGS += -I../inc -DFAST=1 -Ptop.W=4 -DUNIT=\\#1 # a delay\n"
		  "else\nCOMPILE_ARGS += -DNEVER\nendif\nifdef GATES\nVERILOG_SOURCES = "
		  "gates.v\nendif\n"
		  "TOPLEVEL = top\nMODULE = test_top\nSIM_ARGS += +seed=1\n"
		  "include $(shell cocotb-config --makefiles)/Makefile.sim\n",
		  "rtl/a.v\nrtl/b.v\nrtl/sub/c.sv\ninclude inc\ndefine FAST=1 UNIT=#1\nparameter "
		  "W=4\nplusarg +seed=1\ntop top\n");
}

static void backslashes_before_a_hash_are_taken_in_pairs(void **state)
{
	make_says("VERILOG_SOURCES = ../rtl/a.v\nCOMPILE_ARGS = -DA=\\\\\\#1 -DB=c:\\d\n"
		  "COMPILE_ARGS += -DC=x\\\\# -DNEVER\n",
		  "rtl/a.v\ndefine A=\\#1 B=c:\\d C=x\\\n");
}

static void a_missing_source_is_noted(void **state)
{
	make_says("VERILOG_SOURCES = ../rtl/a.v ../rtl/none.v\nTOPLEVEL = $(DUT)\n",
		  "rtl/a.v\nsim/Makefile, VERILOG_SOURCES: ../rtl/none.v: there is no such file\n");
}

static void calls_of_tools_name_files(void **state)
{
	make_says("RTL := ../rtl/a.v ../rtl/b.v\nall: tb.vvp\n\t@./tb.vvp\n"
		  "tb.vvp: tb.v $(RTL)\n\t$(IVERILOG) -g2012 -o $@ -s tb -I ../inc -DN=2 $^ && vvp "
		  "$@ > log.v\n"
		  "clean:\n\trm -f *.vvp\n",
		  "sim/tb.v\nrtl/a.v\nrtl/b.v\ninclude inc\ndefine N=2\ntop tb\nsystemverilog\n");
	make_says("lint:\n\tcd ../rtl; verilator --lint-only -Wall a.v gone.v\n\tverilator --cc "
		  "--exe main.cpp ../rtl/sub/c.sv\n",
		  "rtl/a.v\nrtl/sub/c.sv\n");
	/* Verilator looks for a file in the folders of -I and -y, too. */
	make_says("lint:\n\tcd ..; verilator --lint-only b.v -Irtl c.sv -y rtl/sub none.v\n",
		  "rtl/b.v\nrtl/sub/c.sv\ninclude rtl\n-y rtl/sub\n");
	make_says("synth:\n\tyosys -q -p \"read_verilog -sv -DSYN a.v ../rtl/b.v; synth_ice40 -top "
		  "chip\"\n",
		  "rtl/b.v sv\ndefine SYN\ntop chip\n");
}

static void a_define_of_one_call_is_not_the_design_s(void **state)
{
	make_says("a:\n\tiverilog -DALL -DFORMAL ../rtl/a.v\nb:\n\tiverilog -DALL "
		  "../rtl/b.v\n\tverilator --version -DX\n",
		  "rtl/a.v\nrtl/b.v\ndefine ALL\n"
		  "sim/Makefile: the define FORMAL is for some of its runs only and is left out\n");
}

static void other_variables_serve_when_nothing_else_does(void **state)
{
	make_says("include common.mk\nMY_FILES = $(EXTRA) ../rtl/a.v notes.txt %.v\nNAME = x\n",
		  "rtl/b.v\nrtl/a.v\n");
	make_says("CC = gcc\nall:\n\t$(CC) -c x.c\n", "");
}

static void scripts_are_read_for_their_calls(void **state)
{
	const struct table_file f[] = {
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "run.sh", "#!/bin/sh\nset -e\nRTL=rtl\nif true; then\n  iverilog -o sim.out \\\n "
			    "   \"$RTL\"/a.v ${RTL}/b.v 2>err.v\nfi\n"
			    "vvp sim.out # iverilog none.v\necho iverilog rtl/c.v\n" },
		{ "with.sh", "IMAGE=\"$2\"\niverilog -DFAST -PT.IMAGE=$IMAGE.hex -o x rtl/a.v\n" },
		{ 0 },
	};

	says(f, "run.sh", "rtl/a.v\nrtl/b.v\n");
	says(f, "with.sh",
	     "rtl/a.v\ndefine FAST\nwith.sh:2: the parameter IMAGE has a value that is known only "
	     "when it runs, and is left out\n");
}

static void a_pattern_rule_is_read_for_what_is_needed(void **state)
{
	make_says("PROJ = a\nall: $(PROJ).bin\n%.bin: %.asc\n\ticepack $< $@\n%.asc: "
		  "%.json\n\tnextpnr-ice40 --json $< --asc $@\n"
		  "%.json: ../rtl/%.v\n\tyosys -p 'read_verilog -D W=4 $<; synth_ice40 -top $* "
		  "-json $@'\n",
		  "rtl/a.v\ndefine W=4\ntop a\n");
	make_says("%.json: ../rtl/%.v\n\tyosys -p 'read_verilog $<'\n", "");
	make_says("x: x0\n%0: %00\n\techo $<\n", ""); /* never ends, for make as well */
}

static void batch_files_of_windows_are_read_too(void **state)
{
	const struct table_file f[] = {
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "run.bat",
		  "@echo off\r\nREM iverilog rtl\\b.v none.v\r\nset SRC=rtl\r\n"
		  "iverilog -g2012 -o sim.vvp ^\r\n  %SRC%\\a.v rtl\\b.v\r\nvvp sim.vvp\r\n" },
		{ 0 },
	};

	says(f, "run.bat", "rtl/a.v\nrtl/b.v\nsystemverilog\n");
}

static void arrays_of_a_script_are_lists(void **state)
{
	const struct table_file f[] = {
		{ "justfile", "sim:\n    @iverilog -o s rtl/a.v\n" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "rtl/c d.v", "" },
		{ "run.ps1", "$S = \"x\"\nverilator --lint-only `\n  rtl\\a.v -DN=1\n" },
		{ "run.sh",
		  "#!/bin/bash\nFILES=(\n  rtl/a.v\n  # rtl/none.v (of 2019)\n  rtl/a.v # "
		  "again\n)\nFILES+=( \"rtl/b.v\" )\n"
		  "EMPTY=()\niverilog -o s \"${FILES[@]}\" ${EMPTY[@]} $(nothing)\nOPEN=(rtl/c\n" },
		{ 0 },
	};

	says(f, "run.sh", "rtl/a.v\nrtl/b.v\n");
	says(f, "run.ps1", "rtl/a.v\ndefine N=1\n");
	says(f, "justfile", "rtl/a.v\n");
}

static void plusargs_of_runs_count_if_all_have_them(void **state)
{
	make_says("run: s\n\tvvp -n ./s +n=7 +quiet\ns:\n\tiverilog -o s ../rtl/a.v\n",
		  "rtl/a.v\nplusarg +n=7 +quiet\n");
	make_says(
		"all:\n\tverilator --binary ../rtl/a.v\n\t./obj_dir/Va +n=1 +f=$(F)\n"
		"\t./obj_dir/Va +n=2 +verilator+seed+3\n",
		"rtl/a.v\nsim/Makefile: the plusarg +n=1 is for some of its runs only and is left "
		"out\nsim/Makefile: the plusarg +n=2 is for some of its runs only and is left "
		"out\n");
}

/* The value that `make TB=...` sets, or a rule run only on request, is unknown; the rest
 * of the command counts. */
static void variables_of_the_command_line_are_left_out(void **state)
{
	make_says(
		"sim:\n\tiverilog -s $(TB) -DT=$(TB) -DFAST -o x ../rtl/a.v $(TB).v\n",
		"rtl/a.v\ndefine FAST\nsim/Makefile:2: the macro T has a value that is known only "
		"when it runs, and is left out\n");
	make_says("RTL = ../rtl/b.v\n%.out: %.v $(RTL)\n\tiverilog -s $* -o $@ $^\n", "rtl/b.v\n");
	make_says("run:\n\tfor t in a b; do $(SUBMIT) iverilog -DT=$$t -DN ../rtl/$$t.v; done\n",
		  "rtl/a.v\nrtl/b.v\ndefine N\n"
		  "sim/Makefile: the define T=a is for some of its runs only and is left out\n"
		  "sim/Makefile: the define T=b is for some of its runs only and is left out\n");
	make_says("D = $(shell find .. -type d)\nrun:\n\tiverilog $(D)/rtl/b.v ../rtl/a.v\n",
		  "rtl/a.v\n");
	make_says("define SRC\n../rtl/a.v\n../rtl/b.v\nendef\nrun:\n\tiverilog $(SRC:%=%)\n",
		  "rtl/a.v\nrtl/b.v\n");
}

/* Commands after others, in other folders, in functions and loops. */
static void scripts_are_followed(void **state)
{
	const struct table_file f[] = {
		{ "justfile",
		  "src := \"rtl/a.v rtl/b.v\"\nopt := if os() == \"x\" { \"-g\" } else { \"\" }\n"
		  "sim tb='x':\n    @iverilog -D{{tb}} {{ src }} {{ src + 'c.v' }}\n" },
		{ "list", "rtl/a.v rtl/b.v" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "run.ps1", "$all = @(\"rtl\\a.v\", \"rtl\\b.v\")\n& iverilog -o x $all\n" },
		{ "s/back.sh", "cd ../rtl\niverilog a.v\ncd -\niverilog ../rtl/b.v\n" },
		{ "s/build.sh",
		  "HERE=$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)\n"
		  "mkdir -p build && cd build\niverilog ../../rtl/a.v \"$HERE/../rtl/b.v\"\n" },
		{ "s/docker.sh",
		  "docker run --rm -v $PWD:/w img sh -c \"cd /w && iverilog rtl/a.v\"\n" },
		{ "s/find.sh",
		  "cd \"$(git rev-parse --show-toplevel)\"\niverilog $(find rtl -name 'b*')\n" },
		{ "s/loop.sh", "for t in ../rtl/*.v; do iverilog -s $(basename $t .v) $t; done\n" },
		{ "s/read.sh",
		  "one() { iverilog \"$@\"; }\none $(cat list) -P T.F=\\\"$1.hex\\\"\n" },
		{ "s/vcs.sh", "cd /var/tmp/sim; cd -\nvcs -cm line -cm_hier ../zcov.cfg -ntb_opts "
			      "uvm ../rtl/a.v\n" },
		{ "zcov.cfg", "" },
		{ 0 },
	};

	says(f, "justfile", "rtl/a.v\nrtl/b.v\n");
	says(f, "run.ps1", "rtl/a.v\nrtl/b.v\n");
	says(f, "s/vcs.sh", "rtl/a.v\n");
	says(f, "s/back.sh", "rtl/a.v\nrtl/b.v\n");
	says(f, "s/build.sh", "rtl/a.v\nrtl/b.v\n");
	says(f, "s/docker.sh", "rtl/a.v\n");
	says(f, "s/find.sh", "rtl/b.v\n");
	says(f, "s/loop.sh", "rtl/a.v\nrtl/b.v\ntop a b\n");
	says(f, "s/read.sh",
	     "rtl/a.v\nrtl/b.v\ns/read.sh:1: the parameter F has a value that is known only when "
	     "it "
	     "runs, and is left out\n");
}

/* Prerequisites that make finds in other folders. */
static void vpath_is_searched(void **state)
{
	make_says("VPATH = ../tb:../rtl\nsim: a.v b.v\n\tiverilog -o $@ $^\n",
		  "rtl/a.v\nrtl/b.v\n");
	make_says("vpath %.sv ../tb\nvpath %.v ../tb ../rtl\nsim: a.v\n\tiverilog -o $@ $<\n",
		  "rtl/a.v\n");
	make_says("D = ../rtl\nVPATH = $(D)\nall: a.out\n%.out: %.v\n\tiverilog -o $@ $<\n",
		  "rtl/a.v\n");
	make_says("vpath %.v ../rtl\nvpath %.v\nsim: a.v\n\tiverilog -o $@ $<\n", "");
	make_says("VPATH = ../rtl\nsim:\n\tiverilog -o $@ a.v\n", ""); /* only `$^` and `$<` */
}

static void a_part_of_a_makefile_runs_above_its_folder(void **state)
{
	const struct table_file f[] = {
		{ "flow/designs/board/adder/config.mk",
		  "export DESIGN_NAME = adder\nexport VERILOG_FILES = $(sort $(wildcard "
		  "./designs/src/$(DESIGN_NAME)/*.v))\n" },
		{ "flow/designs/src/adder/adder.v", "" },
		{ "flow/designs/src/other/adder.v", "" },
		{ 0 },
	};

	says(f, "flow/designs/board/adder/config.mk",
	     "flow/designs/src/adder/adder.v\ntop adder\n");
}

/* The Makefile that includes OpenROAD's config.mk sets DESIGN_HOME. */
static void a_wildcard_may_begin_with_a_variable_from_elsewhere(void **state)
{
	const struct table_file f[] = {
		{ "flow/designs/board/adder/config.mk",
		  "export DESIGN_NAME = adder\nexport VERILOG_FILES = $(sort $(wildcard "
		  "$(DESIGN_HOME)/src/$(DESIGN_NAME)/*.v))\n" },
		{ "flow/designs/src/adder/adder.v", "" },
		{ "flow/designs/src/other/adder.v", "" },
		{ 0 },
	};

	says(f, "flow/designs/board/adder/config.mk",
	     "flow/designs/src/adder/adder.v\ntop adder\n"
	     "flow/designs/board/adder/config.mk, VERILOG_FILES: $DESIGN_HOME is not set here; it "
	     "is taken for flow/designs, where src/adder/*.v lies\n");
}

/* A loop in each recipe line: all lines of a Makefile share one limit. */
static void a_makefile_is_read_up_to_a_limit(void **state)
{
	struct str s = STR_INIT;
	char *text;

	for (int i = 0; i < 300; i++)
		str_addf(&s,
			 "t%d:\n\tfor i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do "
			 "x; done; done\n",
			 i);
	str_adds(&s, "sim:\n\tiverilog ../rtl/a.v\n");
	text = str_take(&s);
	make_says(text, "sim/Makefile: it is too long to be followed to its end; its last commands "
			"are left out\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables_and_functions_give_what_make_gives),
		cmocka_unit_test(expanding_ends),
		cmocka_unit_test(cocotb_is_understood),
		cmocka_unit_test(backslashes_before_a_hash_are_taken_in_pairs),
		cmocka_unit_test(a_missing_source_is_noted),
		cmocka_unit_test(calls_of_tools_name_files),
		cmocka_unit_test(a_define_of_one_call_is_not_the_design_s),
		cmocka_unit_test(other_variables_serve_when_nothing_else_does),
		cmocka_unit_test(scripts_are_read_for_their_calls),
		cmocka_unit_test(a_pattern_rule_is_read_for_what_is_needed),
		cmocka_unit_test(batch_files_of_windows_are_read_too),
		cmocka_unit_test(arrays_of_a_script_are_lists),
		cmocka_unit_test(plusargs_of_runs_count_if_all_have_them),
		cmocka_unit_test(variables_of_the_command_line_are_left_out),
		cmocka_unit_test(scripts_are_followed),
		cmocka_unit_test(vpath_is_searched),
		cmocka_unit_test(a_part_of_a_makefile_runs_above_its_folder),
		cmocka_unit_test(a_wildcard_may_begin_with_a_variable_from_elsewhere),
		cmocka_unit_test(a_makefile_is_read_up_to_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
