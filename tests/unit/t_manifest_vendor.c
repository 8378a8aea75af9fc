/* Project files of FPGA vendors (XML), OpenLane, Bender, SymbiYosys, CMake. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/manifest.h"

CASE(gowin_names_files_and_turns_some_off)
{
	const struct table_file f[] = {
		{ "board.gprj", "<?xml version=\"1\" encoding=\"UTF-8\"?>\n<!DOCTYPE "
				"gowin-fpga-project>\n<Project>\n<FileList>\n"
				"<File path=\"src/led.v\" type=\"file.verilog\" enable=\"1\"/>\n"
				"<File path=\"src/old.v\" type=\"file.verilog\" enable=\"0\"/>\n"
				"<File path=\"src/uart.vhd\" type=\"file.vhdl\" enable=\"1\"/>\n"
				"<File path=\"src/pins.cst\" type=\"file.cst\" "
				"enable=\"1\"/>\n</FileList>\n</Project>\n" },
		{ "src/led.v", "" },
		{ "src/old.v", "" },
		{ "src/uart.vhd", "" },
		{ 0 },
	};

	says(f, "board.gprj", "src/led.v\nsrc/uart.vhd vhdl\n");
}

#define LDF                                                                             \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                  \
	"<BaliProject version=\"3.2\" title=\"x\" device=\"LCMXO2-7000\" "              \
	"default_implementation=\"second\">\n<Options/>\n"                              \
	"<Implementation title=\"first\"><Options top=\"old\"/><Source name=\"old.v\" " \
	"type=\"Verilog\" type_short=\"Verilog\"/>"                                     \
	"</Implementation>\n<Implementation title=\"second\"><Options def_top=\"fan\" " \
	"top=\"fan\" VERILOG_DIRECTIVES=\"FAST W=4\"/>\n"                               \
	"<Source name=\"fan.v\" type=\"Verilog\" type_short=\"Verilog\"><Options "      \
	"VerilogStandard=\"System Verilog\"/></Source>\n"                               \
	"<Source name=\"fan_tb.v\" type=\"Verilog\" type_short=\"Verilog\" "            \
	"syn_sim=\"SimOnly\"><Options/></Source>\n"                                     \
	"<Source name=\"out.v\" type=\"Verilog\" type_short=\"Verilog\" "               \
	"excluded=\"TRUE\"><Options top_module=\"no\"/></Source>\n"                     \
	"<Source name=\"fan.lpf\" type=\"Logic Preference\" "                           \
	"type_short=\"LPF\"/>\n</Implementation>\n</BaliProject>\n"

CASE(lattice_has_one_implementation_that_counts)
{
	const struct table_file f[] = {
		{ "lattice/fan.ldf", LDF }, { "lattice/fan.v", "" }, { "lattice/fan_tb.v", "" },
		{ "lattice/old.v", "" },    { "lattice/out.v", "" }, { 0 },
	};

	says(f, "lattice/fan.ldf",
	     "lattice/fan.v sv\nlattice/fan_tb.v test\ndefine FAST W=4\ntop fan\n");
}

#define XISE                                                                                 \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?>\n"                    \
	"<project xmlns=\"http://www.xilinx.com/XMLSchema\" "                                \
	"xmlns:xil_pn=\"http://www.xilinx.com/XMLSchema\">\n<files>\n"                       \
	"<file xil_pn:name=\"../src/vga.v\" xil_pn:type=\"FILE_VERILOG\"><association "      \
	"xil_pn:name=\"BehavioralSimulation\" "                                              \
	"xil_pn:seqID=\"3\"/><association xil_pn:name=\"Implementation\" "                   \
	"xil_pn:seqID=\"2\"/></file>\n"                                                      \
	"<file xil_pn:name=\"vga_test.v\" xil_pn:type=\"FILE_VERILOG\"><association "        \
	"xil_pn:name=\"BehavioralSimulation\" "                                              \
	"xil_pn:seqID=\"1\"/><association xil_pn:name=\"PostRouteSimulation\" "              \
	"xil_pn:seqID=\"9\"/></file>\n"                                                      \
	"<file xil_pn:name=\"vga.ucf\" xil_pn:type=\"FILE_UCF\"/>\n</files>\n<properties>\n" \
	"<property xil_pn:name=\"Implementation Top\" xil_pn:value=\"Module|vga\" "          \
	"xil_pn:valueState=\"non-default\"/>\n"                                              \
	"<property xil_pn:name=\"Verilog Macros\" xil_pn:value=\"FAST=1\" "                  \
	"xil_pn:valueState=\"non-default\"/>\n"                                              \
	"</properties>\n</project>\n"

CASE(ise_tells_steps_of_each_file)
{
	const struct table_file f[] = {
		{ "ise/vga.xise", XISE }, { "ise/vga_test.v", "" }, { "src/vga.v", "" }, { 0 }
	};

	says(f, "ise/vga.xise", "src/vga.v\nise/vga_test.v test\ndefine FAST=1\ntop vga\n");
}

#define EFX                                                                               \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                    \
	"<efx:project xmlns:efx=\"http://www.efinixinc.com/enf_proj\" name=\"fan\">\n"    \
	"<efx:design_info def_veri_version=\"sv_09\" def_vhdl_version=\"vhdl_2008\">\n"   \
	"<efx:top_module name=\"fan\"/>\n"                                                \
	"<efx:design_file name=\"src/fan.v\" version=\"default\" library=\"default\"/>\n" \
	"<efx:design_file name=\"src/old.v\" version=\"verilog_2k\"/>\n"                  \
	"<efx:top_vhdl_arch name=\"\"/>\n</efx:design_info>\n"                            \
	"<efx:sim_info><efx:sim_file name=\"sim/fan_tb.sv\"/></efx:sim_info>\n"           \
	"<efx:synthesis tool_name=\"efx_map\"><efx:param name=\"include\" value=\"inc\" " \
	"value_type=\"e_string\"/><efx:param name=\"mode\" value=\"speed\"/>"             \
	"<efx:defmacro name=\"FAST\" value=\"1\"/></efx:synthesis>\n</efx:project>\n"

CASE(efinity_is_one_xml_among_others)
{
	const struct table_file f[] = {
		{ "fan.xml", EFX },
		{ "inc/w.vh", "" },
		{ "results.xml", "<testsuite" },
		{ "sim/fan_tb.sv", "" },
		{ "src/fan.v", "" },
		{ "src/old.v", "" },
		{ 0 },
	};

	says(f, "fan.xml",
	     "src/fan.v sv\nsrc/old.v\nsim/fan_tb.sv test sv\ninclude inc\ndefine FAST=1\ntop "
	     "fan\n");
	says(f, "results.xml", "");
}

CASE(libero_speaks_of_files_as_windows_does)
{
	const struct table_file f[] = {
		{ "hdl/fan.v", "" },
		{ "hdl/w.vh", "" },
		{ "lib.prjx", "KEY LIBERO \"2022.2\"\r\nKEY VERILOGMODE \"SYSTEMVERILOG\"\r\n"
			      "KEY ActiveRoot \"fan::work\"\r\nLIST LIBRARIES\r\nENDLIST\r\n"
			      "LIST FileManager\r\nVALUE \"<project>\\hdl\\fan.v,hdl\"\r\n"
			      "STATE=\"utd\"\r\nENDFILE\r\nVALUE \"<project>\\hdl\\w.vh,hdl\"\r\n"
			      "IS_INCLUDED=\"TRUE\"\r\nENDFILE\r\n"
			      "VALUE \"<project>\\constraint\\io.pdc,io_pdc\"\r\nENDFILE\r\n"
			      "VALUE \"<project>\\stimulus\\fan_tb.v,tb_hdl\"\r\nENDFILE\r\n"
			      "ENDLIST\r\nLIST OTHER\r\nVALUE \"<project>\\hdl\\no.v,hdl\"\r\n" },
		{ "stimulus/fan_tb.v", "" },
		{ 0 },
	};

	says(f, "lib.prjx", "hdl/fan.v sv\nhdl/w.vh header\nstimulus/fan_tb.v test sv\ntop fan\n");
}

CASE(openlane_says_the_same_in_three_languages)
{
	const struct table_file f[] = {
		{ "j/config.json", "{ \"DESIGN_NAME\": \"adder\", \"VERILOG_FILES\": "
				   "\"dir::src/*.v\", \"VERILOG_DEFINES\": [\"W=4\"],\n"
				   "\"VERILOG_INCLUDE_DIRS\": [\"dir::inc\"], \"pdk::sky130*\": { "
				   "\"CLOCK_PERIOD\": 10 } }\n" },
		{ "j/inc/w.vh", "" },
		{ "j/src/a.v", "" },
		{ "j/src/b.v", "" },
		{ "mk/config.mk", "export DESIGN_NAME = adder\nexport VERILOG_FILES = $(sort "
				  "$(wildcard ./src/*.v))\n" },
		{ "mk/src/a.v", "" },
		{ "other/config.json", "{ not json at all" },
		{ "t/config.tcl",
		  "set ::env(DESIGN_NAME) {adder}\nset ::env(VERILOG_FILES) [glob "
		  "$::env(DESIGN_DIR)/src/*.v]\n"
		  "set ::env(SYNTH_DEFINES) \"W=4\"\nset ::env(CLOCK_PORT) \"clk\"\n" },
		{ "t/src/a.v", "" },
		{ "y/config.yaml", "DESIGN_NAME: adder\nVERILOG_FILES:\n  - dir::../j/src/a.v\n  - "
				   "dir::../j/src/none.v\n" },
		{ 0 },
	};

	says(f, "j/config.json", "j/src/a.v\nj/src/b.v\ninclude j/inc\ndefine W=4\ntop adder\n");
	says(f, "t/config.tcl", "t/src/a.v\ndefine W=4\ntop adder\n");
	says(f, "y/config.yaml",
	     "j/src/a.v\ntop adder\ny/config.yaml: ../j/src/none.v: there is no such file\n");
	says(f, "mk/config.mk", "mk/src/a.v\ntop adder\n");
	says(f, "other/config.json", "");
}

CASE(bender_s_targets_choose_groups)
{
	const struct table_file f[] = {
		{ "Bender.yml", "package:\n  name: fan\ndependencies:\n  lib: { path: \"ip/lib\" "
				"}\n  far: { git: \"https://x/far.git\", version: 1.0 }\n"
				"sources:\n  - src/fan_pkg.sv\n  - include_dirs: [include]\n    "
				"defines: { W: 4, FAST: ~ }\n    files:\n"
				"      - src/fan.sv\n      - target: any(fpga, asic)\n        "
				"files: [src/pll.sv]\n"
				"      - target: not(synthesis)\n        files: [src/log.sv]\n"
				"  - target: all(test, not(fpga))\n    defines: { TESTING: 1 }\n   "
				" files: [tb/fan_tb.sv]\n" },
		{ "include/fan.svh", "" },
		{ "ip/lib/Bender.yml", "sources: [ff.sv]\n" },
		{ "ip/lib/ff.sv", "" },
		{ "src/fan.sv", "" },
		{ "src/fan_pkg.sv", "" },
		{ "src/log.sv", "" },
		{ "src/pll.sv", "" },
		{ "tb/fan_tb.sv", "" },
		{ 0 },
	};

	says(f, "Bender.yml",
	     "ip/lib/ff.sv\nsrc/fan_pkg.sv\nsrc/fan.sv\nsrc/log.sv\ntb/fan_tb.sv test\ninclude "
	     "include\ndefine W=4 FAST\n"
	     "Bender.yml: it needs the package far, which Bender fetches\n"
	     "Bender.yml: the sources for any(fpga, asic) are not taken: for a board or another "
	     "tool\n");
}

CASE(a_deep_target_ends)
{
	struct str s = STR_INIT;

	str_adds(&s, "sources:\n  - target: ");
	for (int i = 0; i < 5000; i++)
		str_adds(&s, "all(");
	str_adds(&s, "\n    files: [a.v]\n");
	{
		const struct table_file f[] = { { "Bender.yml", str_cstr(&s) },
						{ "a.v", "" },
						{ 0 } };
		struct table t;
		struct manifest m = MANIFEST_INIT;
		struct err err;

		table_init(&t, f);
		assert_true(manifest_read(&m, &t.tree, "Bender.yml", MANIFEST_NONE, &err));
		assert_int_equal(m.n_files, 0);
		manifest_fini(&m);
	}
	str_free(&s);
}

CASE(a_proof_names_its_files_and_top)
{
	const struct table_file f[] = {
		{ "formal/fifo.sby",
		  "[tasks]\nbmc\nprove\n\n[options]\nbmc: mode bmc\ndepth 20\n\n[script]\n# "
		  "all\nbmc: read -formal -DBMC fifo.v\n"
		  "read -formal fifo.v\nprep -top fifo\n\n[files]\n../rtl/fifo.v\nprops.sv "
		  "../rtl/p.sv\nnotes.txt\n" },
		{ "rtl/fifo.v", "" },
		{ "rtl/p.sv", "" },
		{ 0 },
	};

	says(f, "formal/fifo.sby", "rtl/fifo.v sv\nrtl/p.sv sv\ntop fifo\n");
}

CASE(cmake_verilates)
{
	const struct table_file f[] = {
		{ "CMakeLists.txt", "cmake_minimum_required(VERSION 3.12)\nproject(fan)\n# "
				    "verilate(x SOURCES none.v)\n"
				    "set(RTL ${CMAKE_CURRENT_SOURCE_DIR}/rtl)\nfile(GLOB MORE "
				    "CONFIGURE_DEPENDS ${RTL}/sub/*.v)\n"
				    "list(APPEND MORE \"rtl/b.v\")\nadd_executable(sim "
				    "main.cpp)\nif(TRACE)\n  set(T TRACE)\nendif()\n"
				    "verilate(sim SOURCES ${RTL}/a.v ${MORE} TOP_MODULE fan "
				    "INCLUDE_DIRS rtl/inc ${T}\n"
				    "  VERILATOR_ARGS -Wall -DW=4 -GDEPTH=2 PREFIX Vfan)\n" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "rtl/inc/w.vh", "" },
		{ "rtl/sub/c.v", "" },
		{ 0 },
	};

	says(f, "CMakeLists.txt",
	     "rtl/a.v\nrtl/sub/c.v\nrtl/b.v\ninclude rtl/inc\ndefine W=4\nparameter DEPTH=2\ntop "
	     "fan\n");
}

CASE(a_prj_names_files_in_two_ways)
{
	const struct table_file f[] = {
		{ "ise.prj", "verilog work \"rtl/a.v\"\nvhdl work \"rtl/b.vhd\"\n" },
		{ "rtl/a.v", "" },
		{ "rtl/b.vhd", "" },
		{ "synplify.prj", "#project files\nadd_file -verilog \"./rtl/a.v\"\nset_option "
				  "-technology ARTIX7\n" },
		{ 0 },
	};

	says(f, "ise.prj", "rtl/a.v\nrtl/b.vhd vhdl\n");
	says(f, "synplify.prj", "rtl/a.v\n");
}

CASE(apio_takes_its_folder)
{
	const struct table_file f[] = {
		{ "led/apio.ini", "; made by apio init\n[env:default]\nboard = alhambra-ii\n"
				  "top-module = led_top  \n[other]\ntop-module = no\n" },
		{ "led/blink.v", "" },
		{ "led/blink_tb.v", "" },
		{ "led/led_top.sv", "" },
		{ "led/pins.pcf", "" },
		{ "other.v", "" },
		{ 0 },
	};

	says(f, "led/apio.ini", "led/blink.v\nled/blink_tb.v test\nled/led_top.sv\ntop led_top\n");
}

CASE(modelsim_names_files_of_the_author_s_machine)
{
	const struct table_file f[] = {
		{ "sim/alu_tb.sv", "" },
		{ "sim/lab.mpf",
		  "[Library]\nwork = work\nProject_File_9 = ../src/old.v\r\n[Project]\r\n"
		  "; Warning -- Do not edit the project properties directly.\r\n"
		  "Project_Version = 6\r\nProject_Files_Count = 3\r\n"
		  "Project_File_0 = C:/Users/Ann/lab/src/alu.v\r\n"
		  "Project_File_P_0 = vlog_protect 0 file_type verilog group_id 0\r\n"
		  "Project_File_1 = ../src/adder.vhd\r\n"
		  "Project_File_2 = alu_tb.sv\r\nProject_File_3 = wave.do\r\n" },
		{ "src/adder.vhd", "" },
		{ "src/alu.v", "" },
		{ "src/old.v", "" },
		{ 0 },
	};

	says(f, "sim/lab.mpf",
	     "src/alu.v\nsrc/adder.vhd vhdl\nsim/alu_tb.sv\n"
	     "sim/lab.mpf:8: C:/Users/Ann/lab/src/alu.v is outside the project; src/alu.v is taken "
	     "for it\n");
}

CASE(cmake_runs_tools)
{
	const struct table_file f[] = {
		{ "CMakeLists.txt",
		  "find_program(IV NAMES iverilog HINTS /opt)\nset(R ${CMAKE_SOURCE_DIR}/rtl)\n"
		  "add_custom_target(sim COMMAND ${CMAKE_COMMAND} -E make_directory out\n"
		  "  COMMAND ${IV} -g2012 -DFAST -o out/t ${R}/a.v ../tb/b.v\n"
		  "  COMMAND vvp out/t DEPENDS ${R}/c.v WORKING_DIRECTORY ${R} COMMENT c.v)\n"
		  "add_test(NAME lint COMMAND verilator --lint-only rtl/d.v)\n" },
		{ "rtl/a.v", "" },
		{ "rtl/c.v", "" },
		{ "rtl/d.v", "" },
		{ "tb/b.v", "" },
		{ 0 },
	};

	says(f, "CMakeLists.txt",
	     "rtl/a.v\ntb/b.v\nrtl/d.v\nsystemverilog\nCMakeLists.txt: the define FAST is for some "
	     "of its runs only and is left out\n");
}
