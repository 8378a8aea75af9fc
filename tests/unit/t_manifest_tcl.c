/* Quartus and Vivado: .qsf, .qip, .tcl, .xpr. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/manifest.h"

CASE(quartus_names_files_and_settings)
{
	const struct table_file f[] = {
		{ "de0/de0.qsf",
		  "# Quartus\nset_global_assignment -name FAMILY \"Cyclone V\"\n"
		  "set_global_assignment -name TOP_LEVEL_ENTITY de0_top\n"
		  "set_global_assignment -name VERILOG_FILE ../rtl/a.v\n"
		  "set_global_assignment -name SYSTEMVERILOG_FILE \"../rtl/b c.v\" ; "
		  "set_global_assignment -name SEARCH_PATH \"../inc; ../rtl\"\n"
		  "set_global_assignment -name VERILOG_MACRO \"FPGA=1\"\n"
		  "set_global_assignment -name QIP_FILE pll/pll.qip\n"
		  "set_global_assignment -name SDC_FILE de0.sdc\nset_global_assignment -name "
		  "VHDL_FILE old.vhd\n"
		  "set_global_assignment -name HEX_FILE boot.hex\nset_parameter -name W "
		  "8\nset_parameter -name X 9 -to u1\n"
		  "set_location_assignment PIN_AF14 -to clk\n"
		  "set_global_assignment -name EDA_TEST_BENCH_FILE ../tb/tb.v -section_id tb\n"
		  "set_global_assignment -name EDA_TEST_BENCH_MODULE_NAME tb -section_id tb\n"
		  "set_global_assignment -name VERILOG_FILE ../rtl/none.v\n"
		  "set_global_assignment -name BDF_FILE top.bdf\n" },
		{ "de0/old.vhd", "" },
		{ "de0/pll/pll.qip", "set_global_assignment -library \"pll\" -name VERILOG_FILE "
				     "[file join $::quartus(qip_path) \"pll.v\"]\n" },
		{ "de0/pll/pll.v", "" },
		{ "inc/d.vh", "" },
		{ "rtl/a.v", "" },
		{ "rtl/b c.v", "" },
		{ "tb/tb.v", "" },
		{ 0 },
	};

	says(f, "de0/de0.qsf",
	     "rtl/a.v\nrtl/b c.v sv\nde0/pll/pll.v\nde0/old.vhd vhdl\ntb/tb.v test\n"
	     "include inc rtl\ndefine FPGA=1\nparameter W=8\ntop de0_top\ntest top tb\n"
	     "de0/de0.qsf:10: boot.hex: there is no such file\n"
	     "de0/de0.qsf:16: ../rtl/none.v: there is no such file\n"
	     "de0/de0.qsf:17: top.bdf is not Verilog: what it describes is not read\n");
}

CASE(a_script_adds_files)
{
	const struct table_file f[] = {
		{ "fpga/build.tcl",
		  "set origin_dir [file dirname [info script]]\nset rtl \"$origin_dir/../rtl\"\n"
		  "create_project x ./x -part xc7a35t\n"
		  "add_files -norecurse [list $rtl/a.v {../rtl/b c.v}]\n"
		  "add_files -fileset sim_1 -norecurse \\\n  ../tb/tb.v\n"
		  "foreach f {d.sv} {\n  read_verilog -sv $rtl/$f\n}\n"
		  "if {[llength $argv] > 0} {\n  read_verilog [glob ../ip/*.v]\n} else { puts "
		  "\"none\" }\n"
		  "set_property top chip [current_fileset]\nset_property include_dirs [list "
		  "../inc] [get_filesets sources_1]\n"
		  "set obj [get_filesets sim_1]\nset_property -name \"top\" -value \"tb\" -objects "
		  "$obj\n"
		  "set_property verilog_define {A=1 B} [current_fileset]\n"
		  "synth_design -top chip -part x\n" },
		{ "inc/d.vh", "" },
		{ "ip/x.v", "" },
		{ "ip/y.v", "" },
		{ "rtl/a.v", "" },
		{ "rtl/b c.v", "" },
		{ "rtl/d.sv", "" },
		{ "tb/tb.v", "" },
		{ 0 },
	};

	says(f, "fpga/build.tcl",
	     "rtl/a.v\nrtl/b c.v\ntb/tb.v test\nrtl/d.sv sv\nip/x.v\nip/y.v\n"
	     "include inc\ndefine A=1 B\ntop chip\ntest top tb\n");
}

/* Each element of env() is a variable of its own. */
CASE(an_unknown_environment_variable_is_named)
{
	const struct table_file f[] = {
		{ "rtl/a.v", "" },
		{ "run.do", "vlog $env(ROOT)/no.v\nvlog $::env(RTL)/a.v $env(SIM)/a.v\n" },
		{ "sim/a.v", "" },
		{ 0 },
	};

	says(f, "run.do",
	     "rtl/a.v\nsim/a.v\n"
	     "run.do:1: ${env(ROOT)}/no.v: $env(ROOT) is not known here\n"
	     "run.do:2: $env(RTL) is not set here; it is taken for rtl, where a.v lies\n"
	     "run.do:2: $env(SIM) is not set here; it is taken for sim, where a.v lies\n");
}

CASE(modelsim_and_yosys_scripts_too)
{
	const struct table_file f[] = {
		{ "a.v", "" },
		{ "run.do", "vlib work\nvlog +incdir+. -sv a.v tb.v\nvsim -c tb -do {run -all}\n" },
		{ "synth.ys", "read_verilog -DX=1 a.v\nhierarchy -top a\nsynth\n" },
		{ "tb.v", "" },
		{ 0 },
	};

	says(f, "run.do", "a.v\ntb.v\ninclude .\nsystemverilog\n");
	says(f, "synth.ys", "a.v\ndefine X=1\ntop a\n");
}

CASE(xvlog_reads_lines_of_a_project)
{
	const struct table_file f[] = {
		{ "inc/w.vh", "" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "sim/tb.prj", "verilog work \"../rtl/a.v\" ../rtl/b.v -i ../inc -d FAST -d W=4\n"
				"sv work tb.v\nnosort\n" },
		{ "sim/tb.v", "" },
		{ 0 },
	};

	says(f, "sim/tb.prj", "rtl/a.v\nrtl/b.v\nsim/tb.v sv\ninclude inc\ndefine FAST W=4\n");
}

CASE(arguments_of_vsim_are_read)
{
	const struct table_file f[] = {
		{ "both.do", "vlog tb.v\nvsim -gW=8 tb +n=1\nvsim -gW=8 -gD=2 tb +n=2 +q\n" },
		{ "run.do", "vlog tb.v\nset top work.tb\nvsim -voptargs=+acc -gui -g/tb/W=8 "
			    "-GNAME=x $top +n=4 +acc -do {run -all}\n" },
		{ "tb.v", "" },
		{ "xsim.sh", "xvlog tb.v\nxelab -generic_top \"W=8\" -debug typical tb -s t\n"
			     "xsim t -testplusarg n=4 -R\n" },
		{ "xsim.tcl", "xvlog tb.v\nxelab -generic_top \"W=8\" tb\nxsim tb -testplusarg "
			      "n=4 -R\n" },
		{ 0 },
	};

	says(f, "run.do", "tb.v\nparameter W=8 NAME=x\nplusarg +n=4\n");
	says(f, "xsim.tcl", "tb.v\nparameter W=8\nplusarg +n=4\n");
	says(f, "xsim.sh", "tb.v\nparameter W=8\nplusarg +n=4\n");
	says(f, "both.do",
	     "tb.v\nparameter W=8\n"
	     "both.do: the plusarg +n=1 is for some of its runs only and is left out\n"
	     "both.do: the plusarg +n=2 is for some of its runs only and is left out\n"
	     "both.do: the plusarg +q is for some of its runs only and is left out\n"
	     "both.do: the parameter D=2 is for some of its runs only and is left out\n");
}

CASE(a_script_that_never_ends_ends)
{
	const struct table_file f[] = {
		{ "a.tcl", "foreach a {1 2 3 4 5 6 7 8 9} {foreach b {1 2 3 4 5 6 7 8 9} {foreach "
			   "c {1 2 3 4 5 6 7 8 9} {foreach d {1 2 3 4 5 6 7 8 9} "
			   "{foreach e {1 2 3 4 5 6 7 8 9} {foreach f {1 2 3 4 5 6 7 8 9} {foreach "
			   "g {1 2 3 4 5 6 7 8 9} {set x [list [list [list y]]]}}}}}}}\n"
			   "read_verilog {[[[[[\n" },
		{ 0 },
	};

	says(f, "a.tcl",
	     "a.tcl:2: it does too much to be followed; files that it names behind this may be "
	     "missing\n");
}

/* Few commands, each of megabytes. */
CASE(a_script_of_large_commands_ends)
{
	static const char nine[] = "{1 2 3 4 5 6 7 8 9} {";
	struct str text = STR_INIT;

	str_adds(&text, "read_verilog a.v\nset x y\n");
	for (int i = 0; i < 20; i++)
		str_adds(&text, "set x $x$x\n");
	str_addf(&text, "foreach a %sforeach b %sforeach c %sforeach d %sputs $x$x}}}}\n", nine,
		 nine, nine, nine);
	str_adds(&text, "read_verilog b.v\n");

	const struct table_file f[] = {
		{ "a.tcl", str_cstr(&text) }, { "a.v", "" }, { "b.v", "" }, { 0 }
	};

	says(f, "a.tcl",
	     "a.v\na.tcl:24: it does too much to be followed; files that it names behind this may "
	     "be missing\n");
	str_free(&text);
}

CASE(a_long_script_is_read_to_its_end)
{
	struct str text = STR_INIT;

	for (int i = 0; i < 4000; i++)
		str_addf(&text, "set v%d $v%d\nlappend files rtl/of/some/part/of/it/%d.v\n", i,
			 i / 2, i % 9);
	str_adds(&text, "foreach f $files {set last [file tail $f]}\nread_verilog b.v\n");

	const struct table_file f[] = { { "a.tcl", str_cstr(&text) }, { "b.v", "" }, { 0 } };

	says(f, "a.tcl", "b.v\n");
	str_free(&text);
}

#define XPR                                                                                 \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project Version=\"7\" Minor=\"54\" "  \
	"Path=\"/home/x/blink.xpr\">\n"                                                     \
	"<FileSets>\n<FileSet Name=\"sources_1\" Type=\"DesignSrcs\" "                      \
	"RelSrcDir=\"$PSRCDIR/sources_1\">\n"                                               \
	"<File Path=\"$PSRCDIR/sources_1/new/blink.v\"><FileInfo><Attr Name=\"UsedIn\" "    \
	"Val=\"synthesis\"/></FileInfo></File>\n"                                           \
	"<File Path=\"$PPRDIR/../rtl/core.v\"><FileInfo SFType=\"SVerilog\"/></File>\n"     \
	"<File Path=\"$PPRDIR/../rtl/off.v\"><FileInfo><Attr Name=\"UserDisabled\" "        \
	"Val=\"1\"/></FileInfo></File>\n"                                                   \
	"<File Path=\"$PPRDIR/../../../up.v\"><FileInfo/></File>\n"                         \
	"<File Path=\"$PSRCDIR/sources_1/ip/clk/clk.xci\"/>\n"                              \
	"<Config><Option Name=\"TopModule\" Val=\"blink\"/><Option Name=\"VerilogDefine\" " \
	"Val=\"A=&quot;x&quot; B\"/>"                                                       \
	"<Option Name=\"VerilogDir\" Val=\"$PPRDIR/../inc\"/></Config>\n</FileSet>\n"       \
	"<FileSet Name=\"constrs_1\" Type=\"Constrs\"><File "                               \
	"Path=\"$PPRDIR/../rtl/core.v\"/></FileSet>\n"                                      \
	"<FileSet Name=\"sim_1\" Type=\"SimulationSrcs\"><File "                            \
	"Path=\"$PSRCDIR/sim_1/new/blink_tb.v\"/>"                                          \
	"<Config><Option Name=\"TopModule\" "                                               \
	"Val=\"blink_tb\"/></Config></FileSet>\n</FileSets>\n</Project>\n"

CASE(vivado_keeps_sets_of_files)
{
	const struct table_file f[] = {
		{ "inc/d.vh", "" },
		{ "rtl/core.v", "" },
		{ "rtl/off.v", "" },
		{ "vivado/blink.srcs/sim_1/new/blink_tb.v", "" },
		{ "vivado/blink.srcs/sources_1/new/blink.v", "" },
		{ "vivado/blink.xpr", XPR },
		{ "vivado/cut.xpr", "<Project><FileSets>" },
		{ "vivado/type.xpr", "<!DOCTYPE a [<!ENTITY b \"c\">]><Project/>" },
		{ 0 },
	};

	says(f, "vivado/blink.xpr",
	     "vivado/blink.srcs/sources_1/new/blink.v\nrtl/core.v "
	     "sv\nvivado/blink.srcs/sim_1/new/blink_tb.v test\n"
	     "include inc\ndefine A=\"x\" B\ntop blink\ntest top blink_tb\n"
	     "vivado/blink.xpr: ../../../up.v is outside the project\n"
	     "vivado/blink.xpr: 1 block of Vivado is made by it and not in the project\n");
	says(f, "vivado/cut.xpr", "!vivado/cut.xpr: line 1: no element found\n");
	says(f, "vivado/type.xpr",
	     "!vivado/type.xpr: line 1: a document type with declarations is not read\n");
}
