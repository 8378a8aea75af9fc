/* FuseSoC cores and Tiny Tapeout's info.yaml. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/manifest.h"

#define CPU                                                                                  \
	"CAPI=2:\n"                                                                          \
	"name: acme:cores:cpu:1.2.0\n"                                                       \
	"description: A CPU\n"                                                               \
	"filesets:\n"                                                                        \
	"  rtl:\n"                                                                           \
	"    files:\n"                                                                       \
	"      - rtl/cpu_pkg.sv\n"                                                           \
	"      - rtl/cpu.v : {file_type : systemVerilogSource}\n"                            \
	"      - rtl/inc/cpu_defs.txt: {is_include_file: true}\n"                            \
	"      - rtl/boot.hex : {file_type : user, copyto : boot.hex}\n"                     \
	"    file_type: systemVerilogSource\n"                                               \
	"    depend:\n"                                                                      \
	"      - \">=acme:lib:fifo:1.0\"\n"                                                  \
	"      - \"tool_verilator ? (acme:lib:none)\"\n"                                     \
	"      - \"!tool_verilator ? (acme:lib:other)\"\n"                                   \
	"  tb:\n"                                                                            \
	"    files: [tb/cpu_tb.v, tb/main.cpp : {file_type : cppSource}, \"tool_modelsim ? " \
	"(tb/x.v)\"]\n"                                                                      \
	"    file_type: verilogSource\n"                                                     \
	"targets:\n"                                                                         \
	"  default: &base\n"                                                                 \
	"    filesets: [rtl]\n"                                                              \
	"    toplevel: cpu\n"                                                                \
	"    parameters: [WIDTH, SYN=true]\n"                                                \
	"  sim:\n"                                                                           \
	"    <<: *base\n"                                                                    \
	"    default_tool: icarus\n"                                                         \
	"    filesets_append: [tb]\n"                                                        \
	"    parameters: [seed=7, WIDTH=9]\n"                                                \
	"    toplevel: cpu_tb\n"                                                             \
	"parameters:\n"                                                                      \
	"  WIDTH: {datatype: int, default: 32, paramtype: vlogparam}\n"                      \
	"  SYN: {datatype: bool, paramtype: vlogdefine}\n"                                   \
	"  seed:\n"                                                                          \
	"    datatype: int\n"                                                                \
	"    paramtype: plusarg\n"

#define FIFO                                                                                \
	"CAPI=2:\n\nname : acme:lib:fifo:1.1\nfilesets:\n  rtl:\n    files: [fifo.v]\n    " \
	"file_type: verilogSource\n"                                                        \
	"targets:\n  default: {filesets: [rtl], toplevel: fifo}\n  sim: {filesets: [none]}\n"

static const struct table_file cpu[] = {
	{ "cpu.core", CPU },
	{ "ip/fifo/fifo.core", FIFO },
	{ "ip/fifo/fifo.v", "" },
	{ "rtl/boot.hex", "" },
	{ "rtl/cpu.v", "" },
	{ "rtl/cpu_pkg.sv", "" },
	{ "rtl/inc/cpu_defs.txt", "" },
	{ "tb/cpu_tb.v", "" },
	{ "tb/main.cpp", "" },
	{ 0 },
};

CASE(a_core_is_read_with_the_cores_it_needs)
{
	says(cpu, "cpu.core",
	     "ip/fifo/fifo.v\nrtl/cpu_pkg.sv sv\nrtl/cpu.v sv\nrtl/inc/cpu_defs.txt header "
	     "sv\nrtl/boot.hex data\ntb/cpu_tb.v test\n"
	     "include rtl/inc\ndefine SYN=1\nparameter WIDTH=32\nplusarg +seed=7\ntop cpu\ntest "
	     "top cpu_tb\n"
	     "cpu.core, fileset rtl: it needs the core acme:lib:none, which is not in the "
	     "project\n");
}

CASE(a_core_that_another_needs_is_a_part_of_it)
{
	struct table t;
	struct manifest m = MANIFEST_INIT;

	table_init(&t, cpu);
	manifest_find(&m, &t.tree);
	assert_int_equal(m.n_descriptors, 1);
	assert_string_equal(m.descriptors[0].path, "cpu.core");
	assert_string_equal(m.files[0].where, "ip/fifo/fifo.core, fileset rtl");
	assert_int_equal(m.read.n, 2);
	manifest_fini(&m);
}

CASE(a_core_outside_or_in_a_circle_is_noted)
{
	const struct table_file f[] = {
		{ "a.core", "CAPI=2:\nname: ::a:0\nfilesets:\n  x: {files: [../../etc/a.v, a.v, "
			    "gone.v], depend: [b-1.0]}\n"
			    "targets:\n  default: {filesets: [x, y]}\n" },
		{ "a.v", "" },
		{ "b.core", "CAPI=2:\nname: ::b:1.0\nfilesets:\n  x: {files: [b.v], depend: "
			    "[a]}\ntargets:\n  default: {filesets: [x]}\n" },
		{ "b.v", "" },
		{ 0 },
	};

	says(f, "a.core",
	     "b.v\na.v\n"
	     "b.core, fileset x: a.core includes itself\n"
	     "a.core, fileset x: ../../etc/a.v is outside the project\n"
	     "a.core, fileset x: gone.v: there is no such file\n"
	     "a.core, fileset y: there is no such fileset\n");
}

CASE(a_core_may_stand_for_another)
{
	const struct table_file f[] = {
		{ "a.core",
		  "CAPI=2:\nname: x:y:a\nfilesets:\n  f: {files: [a.v], depend: [x:prim:flop]}\n"
		  "targets:\n  default: {filesets: [f]}\n  lint: {filesets: [f], toplevel: a, "
		  "parameters: [SYNTHESIS=true]}\n"
		  "  board: {filesets: [g]}\nparameters:\n  SYNTHESIS: {datatype: bool, paramtype: "
		  "vlogdefine}\n" },
		{ "a.v", "" },
		{ "g/flop.v", "" },
		{ "g/g.core", "CAPI=2:\nname: x:generic:flop\nvirtual:\n  - "
			      "x:prim:flop\nfilesets:\n  f: {files: [flop.v]}\n"
			      "targets:\n  default: {filesets: [f]}\n" },
		{ 0 },
	};

	says(f, "a.core",
	     "g/flop.v\na.v\ntop a\na.core: its target board is not taken: for a board or another "
	     "tool\n");
}

CASE(a_lint_target_adds_sizes_but_no_switches)
{
	const struct table_file f[] = {
		{ "a.core", "CAPI=2:\nname: x:y:a\nfilesets:\n  f: {files: [a.v], file_type: "
			    "verilogSource}\nparameters:\n"
			    "  W: {datatype: int, paramtype: vlogdefine}\n  SYNTHESIS: {datatype: "
			    "bool, paramtype: vlogdefine}\n"
			    "  N: {datatype: int, paramtype: vlogparam}\ntargets:\n  default: &d "
			    "{filesets: [f], toplevel: a}\n"
			    "  lint:\n    <<: *d\n    parameters: [W=4, SYNTHESIS=true, N=3]\n" },
		{ "a.v", "" },
		{ 0 },
	};

	says(f, "a.core", "a.v\ndefine W=4\ntop a\n");
}

CASE(other_yaml_names_no_files)
{
	const struct table_file f[] = { { "a.core", "name: x\n" },
					{ "b.core", "CAPI=2:\nname: [\n" },
					{ 0 } };

	says(f, "a.core", "");
	says(f, "b.core", "!b.core: line 3: a bracket is not closed\n");
}

CASE(tiny_tapeout_keeps_its_sources_in_src)
{
	const struct table_file f[] = {
		{ "info.yaml", "# Tiny Tapeout\nproject:\n  title: \"x\"\n  language: "
			       "\"Verilog\"\n  tiles: \"1x1\"\n"
			       "  top_module:  \"tt_um_x\"\n  source_files:\n    - \"tt_um_x.v\"\n "
			       "   - \"alu.v\"\npinout:\n  ui[0]: \"a\"\n" },
		{ "src/alu.v", "" },
		{ "src/tt_um_x.v", "" },
		{ 0 },
	};
	const struct table_file other[] = { { "info.yaml", "title: something else\n" }, { 0 } };

	says(f, "info.yaml", "src/tt_um_x.v\nsrc/alu.v\ntop tt_um_x\n");
	says(other, "info.yaml", "");
}

CASE(edalize_describes_one_design)
{
	const struct table_file f[] = {
		{ "a_1.0.eda.yml",
		  "version: 0.2.1\nname: a_1.0\ntoplevel: a\ntool_options:\n  icarus:\n    "
		  "iverilog_options: []\nfiles:\n- name: rtl/a.v\n  file_type: verilogSource\n"
		  "  logical_name: ''\n- {name: rtl/b.v, file_type: systemVerilogSource}\n"
		  "- name: rtl/inc/w.vh\n  file_type: verilogSource\n  is_include_file: true\n"
		  "- {name: main.cpp, file_type: cppSource}\n"
		  "parameters:\n  W: {datatype: int, default: 8, paramtype: vlogdefine}\n"
		  "  D: {datatype: int, default: 2, paramtype: vlogparam}\n"
		  "  seed: {datatype: int, paramtype: plusarg}\n" },
		{ "main.cpp", "" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "rtl/inc/w.vh", "" },
		{ 0 },
	};
	const struct table_file bad[] = { { "x.eda.yml", "files: [\n" }, { 0 } };

	says(f, "a_1.0.eda.yml",
	     "rtl/a.v\nrtl/b.v sv\nrtl/inc/w.vh header\ninclude rtl/inc\ndefine W=8\n"
	     "parameter D=2\ntop a\n");
	says(bad, "x.eda.yml", "!x.eda.yml: line 2: a bracket is not closed\n");
}
