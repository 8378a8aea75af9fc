#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/manifest.h"

/* A file list of that text, in a project of a few files. */
static void list_says(const char *text, const char *want)
{
	const struct table_file files[] = {
		{ "fpga/pll.v", "" },
		{ "inc/defs.vh", "" },
		{ "lib/ram.v", "" },
		{ "old/ALU.V", "" },
		{ "old/cell.vlog", "" },
		{ "old/defs.SVH", "" },
		{ "old/sum.Vhd", "" },
		{ "readme.txt", "" },
		{ "rtl/a b.v", "" },
		{ "rtl/alu.v", "" },
		{ "rtl/cpu.sv", "" },
		{ "rtl/ctl/fsm.v", "" },
		{ "sim/files.f", text },
		{ "sim/tb.v", "" },
		{ "sim/words.hex", "" },
		{ "tests/top.vhd", "" },
		{ 0 },
	};

	says(files, "sim/files.f", want);
}

CASE(a_list_names_files_and_options)
{
	list_says("// the design\n"
		  "+incdir+../inc+../rtl\n"
		  "+define+WIDTH=8+FAST -D SLOW -DQUICK=2\n"
		  "-I../lib  -I ../fpga\n"
		  "# sources\n"
		  "../rtl/alu.v ../rtl/cpu.sv /* not ../rtl/ctl/fsm.v\n */ tb.v\n"
		  "-v ../lib/ram.v\n"
		  "-y ../lib +libext+.v+.sv\n"
		  "-GDEPTH=4 -Ptb.W=3 -pvalue+N=1\n"
		  "--top-module tb\n"
		  "words.hex ../tests/top.vhd ../inc/defs.vh\n"
		  "-sv +seed=3\n",
		  "rtl/alu.v\nrtl/cpu.sv\nsim/tb.v\nlib/ram.v library\nsim/words.hex "
		  "data\ntests/top.vhd vhdl\n"
		  "inc/defs.vh header\n"
		  "include inc rtl lib fpga\n"
		  "define WIDTH=8 FAST SLOW QUICK=2\n"
		  "parameter DEPTH=4 W=3 N=1\n"
		  "plusarg +seed=3\n"
		  "-y lib\nlibext .v .sv\ntop tb\nsystemverilog\n");
}

CASE(names_start_where_the_first_of_them_is_found)
{
	list_says("rtl/alu.v\nsim/tb.v\n", "rtl/alu.v\nsim/tb.v\n");
	list_says("tb.v\nrtl/alu.v\n", "sim/tb.v\nrtl/alu.v\n");
	list_says("./../rtl/alu.v\n", "rtl/alu.v\n");
	list_says("rtl\\ctl\\fsm.v\n", "rtl/ctl/fsm.v\n");
}

CASE(quotes_blanks_and_long_lines_are_understood)
{
	list_says("\"../rtl/a b.v\" ../rtl/alu.v\n", "rtl/a b.v\nrtl/alu.v\n");
	list_says("../rtl/a\\ b.v\n", "rtl/a b.v\n");
	list_says("+define+A=1 \\\n  ../rtl/alu.v \\\r\n tb.v",
		  "rtl/alu.v\nsim/tb.v\ndefine A=1\n");
	list_says("\xef\xbb\xbf../rtl/alu.v\r\ntb.v\r\n", "rtl/alu.v\nsim/tb.v\n");
	list_says("/* open ../rtl/alu.v", "");
	list_says("/**/tb.v", "sim/tb.v\n");
}

/* As Windows and older tools spell them. */
CASE(endings_in_capitals_are_the_same)
{
	list_says("../old/ALU.V ../old/cell.vlog ../old/defs.SVH ../old/sum.Vhd\n",
		  "old/ALU.V\nold/cell.vlog\nold/defs.SVH header\nold/sum.Vhd vhdl\n");
}

CASE(globs_match_what_is_there)
{
	list_says("../rtl/*.v\n", "rtl/a b.v\nrtl/alu.v\n");
	list_says("rtl/**/*.v\n", "rtl/a b.v\nrtl/alu.v\nrtl/ctl/fsm.v\n");
	list_says("../rtl/*.vhd\n", "sim/files.f:1: ../rtl/*.vhd: there is no such file\n");
}

CASE(words_of_a_listing_script_are_no_files)
{
	const struct table_file f[] = {
		{ "soc/list.f", "file soc.v # file none.v\nlist $CPU/cpu.f\ninclude .\n" },
		{ "soc/soc.v", "" },
		{ "x/cpu.f", "file cpu.v\ninclude .\n" },
		{ "x/cpu.v", "" },
		{ 0 },
	};

	says(f, "soc/list.f",
	     "soc/soc.v\nx/cpu.v\ninclude x soc\n"
	     "soc/list.f:2: $CPU is not set here; it is taken for x, where cpu.f lies\n");
}

CASE(missing_and_outside_files_are_noted)
{
	list_says("../rtl/none.v\n\n../../up.v\n/etc/passwd\n+incdir+nowhere\n",
		  "sim/files.f:1: ../rtl/none.v: there is no such file\n"
		  "sim/files.f:3: ../../up.v is outside the project\n"
		  "sim/files.f:4: /etc/passwd is outside the project\n"
		  "sim/files.f:5: nowhere: there is no such folder\n");
	list_says("/home/ann/proj/rtl/alu.v\n", "rtl/alu.v\n");
	list_says("/home/bob/cpu/rtl/alu.v\n",
		  "rtl/alu.v\nsim/files.f:1: /home/bob/cpu/rtl/alu.v is outside the project; "
		  "rtl/alu.v is taken for it\n");
}

CASE(an_unknown_option_is_never_a_file)
{
	list_says("-frobnicate level3 tb.v\n+turbo\n",
		  "sim/tb.v\n"
		  "sim/files.f:1: the option -frobnicate is not known; it is left out\n"
		  "sim/files.f:2: the option +turbo is not known; it is left out\n");
	list_says("-o a.out -Wall --trace-fst -CFLAGS -O3 -work lib main.cpp tb.v", "sim/tb.v\n");
	list_says("+define+2X +define+A-B=1",
		  "sim/files.f:1: '2X' is not a macro\nsim/files.f:1: 'A-B=1' is not a macro\n");
}

CASE(variables_are_found_out)
{
	list_says("+incdir+$SRC\n${SRC}/alu.v\n$(SRC)/ctl/fsm.v\n",
		  "rtl/alu.v\nrtl/ctl/fsm.v\ninclude rtl\n"
		  "sim/files.f: $SRC is not set here; it is taken for rtl, where alu.v lies\n");
	list_says("$ROOT/rtl/alu.v $ROOT/lib/ram.v\n",
		  "rtl/alu.v\nlib/ram.v\n"
		  "sim/files.f: $ROOT is not set here; it is taken for the project's folder, where "
		  "rtl/alu.v lies\n");
	list_says("$VENDOR/cells.v +incdir+$PDK\n",
		  "sim/files.f:1: $VENDOR/cells.v: $VENDOR is not known here\n"
		  "sim/files.f:1: $PDK: $PDK is not known here\n");
	list_says("rtl/$CPU.v\n", "sim/files.f:1: rtl/$CPU.v: $CPU is not known\n");
}

CASE(lists_include_lists)
{
	const struct table_file f[] = {
		{ "all.f", "-f rtl/rtl.f\n-F ip/ip.f\ntb.v\n" },
		{ "ip/fifo.v", "" },
		{ "ip/ip.f", "fifo.v\n" },
		{ "rtl/a.v", "" },
		{ "rtl/rtl.f", "rtl/a.v\n" },
		{ "tb.v", "" },
		{ 0 },
	};
	const struct table_file own[] = {
		{ "a.f", "-f b.f\nx.v\n" },
		{ "b.f", "-f a.f\n-f b.f\ny.v\n" },
		{ "x.v", "" },
		{ "y.v", "" },
		{ 0 },
	};

	says(f, "all.f", "rtl/a.v\nip/fifo.v\ntb.v\n");
	says(own, "a.f", "y.v\nx.v\nb.f:1: a.f includes itself\nb.f:2: b.f includes itself\n");
}

CASE(a_file_is_listed_once_with_its_place)
{
	const struct table_file f[] = { { "a.v", "" }, { "all.f", "\na.v\na.v ./a.v\n" }, { 0 } };
	struct table t;
	struct manifest m = MANIFEST_INIT;
	struct err err;

	table_init(&t, f);
	assert_true(manifest_read(&m, &t.tree, "all.f", MANIFEST_NONE, &err));
	assert_int_equal(m.n_files, 1);
	assert_string_equal(m.files[0].where, "all.f:2");
	assert_ptr_equal(manifest_file(&m, "a.v"), &m.files[0]);
	assert_null(manifest_file(&m, "b.v"));
	assert_false(manifest_read(&m, &t.tree, "none.f", MANIFEST_NONE, &err));
	manifest_fini(&m);
}

/* What is found, then which descriptions and why. */
static void found(const struct table_file *files, const char *want)
{
	struct table t;
	struct manifest m = MANIFEST_INIT;
	struct str out = STR_INIT;

	table_init(&t, files);
	manifest_find(&m, &t.tree);
	manifest_text(&m, &out);
	for (size_t i = 0; i < m.n_descriptors; i++)
		str_addf(&out, "%c %s: %s\n", m.descriptors[i].taken ? '+' : '-',
			 m.descriptors[i].path, m.descriptors[i].why);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	manifest_fini(&m);
}

CASE(descriptions_of_the_same_files_go_together)
{
	const struct table_file f[] = {
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "rtl/rtl.f", "a.v b.v" },
		{ "sim/sim.f", "+define+SIM=1 -f ../rtl/rtl.f tb.v" },
		{ "sim/tb.v", "" },
		{ "syn/syn.f", "+define+SIM=0 +define+SYN ../rtl/a.v ../rtl/b.v" },
		{ 0 },
	};

	found(f, "rtl/a.v\nrtl/b.v\nsim/tb.v\ndefine SIM=1 SYN\n"
		 "syn/syn.f: the define SIM=0 is left out, because SIM=1 was said before\n"
		 "+ sim/sim.f: 3 files\n+ syn/syn.f: 2 files\n");
}

/* They name no sources; include folders and macros count for all. */
CASE(settings_of_editors_are_taken)
{
	const struct table_file f[] = {
		{ ".svls.toml", "[verilog]\ninclude_paths = [\n  \"inc\", # ours\n  'lib/inc'\n]\n"
				"defines = [\"A=1\"]\n" },
		{ ".vscode/settings.json",
		  "{\n  // a comment\n  \"editor.tabSize\": 2, // another \"one\n"
		  "  \"http.proxy\": \"http://a/*b\\\"//\", /* and\n  another */\n"
		  "  \"verilog.linting.iverilog.arguments\": \"-g2005 -Iinc "
		  "-I ${workspaceFolder}/lib/ind -DB\",\n}\n" },
		{ "inc/a.vh", "" },
		{ "lib/inc/b.vh", "" },
		{ "lib/ind/b.vh", "" },
		{ "sub/hdr/c.vh", "" },
		{ "sub/veridian.yml", "include_dirs: [hdr]\nverilator:\n  syntax:\n    args:\n"
				      "      - -DC -I../inc\n" },
		{ "top.f", "top.v waive.vlt" },
		{ "top.v", "" },
		{ 0 },
	};

	found(f, "top.v\ninclude inc lib/inc lib/ind sub/hdr\ndefine A=1 B C\n"
		 "top.f:1: waive.vlt: settings of Verilator, which are not read\n"
		 "+ top.f: 1 file\n"
		 "+ .svls.toml: include folders and macros of a linter in an editor\n"
		 "+ .vscode/settings.json: include folders and macros of a linter in an editor\n"
		 "+ sub/veridian.yml: include folders and macros of a linter in an editor\n");
}

CASE(alternatives_are_named_and_not_mixed)
{
	const struct table_file f[] = {
		{ "board.f", "rtl/a.v board/ram.v" },
		{ "board/ram.v", "" },
		{ "other/o.f", "x.v" },
		{ "other/x.v", "" },
		{ "rtl/a.v", "" },
		{ "rtl/ram.v", "" },
		{ "top.f", "rtl/a.v rtl/ram.v" },
		{ "zero.f", "rtl/none.v" },
		{ 0 },
	};

	found(f, "rtl/a.v\nboard/ram.v\n"
		 "+ board.f: 2 files\n"
		 "- top.f: it names rtl/ram.v where board/ram.v is taken; 'set files @top.f' takes "
		 "it instead\n"
		 "- zero.f: no file that it names is here (zero.f:1: rtl/none.v: there is no such "
		 "file)\n"
		 "- other/o.f: it shares no file with those above; 'set files @other/o.f' takes it "
		 "alone\n");
}

CASE(a_project_without_descriptions_says_nothing)
{
	const struct table_file f[] = { { "a.v", "" }, { "b.txt", "" }, { 0 } };

	found(f, "");
}

/* What is not searched is reported; otherwise a design named only there would silently
 * be missing. */
CASE(items_above_the_limit_are_reported)
{
	enum { EXTRA = 2, N = MANIFEST_MAX_ODD + EXTRA };
	static const struct table_file none[] = { { 0 } };
	const char *paths[N];
	struct table t;
	struct manifest m = MANIFEST_INIT;

	table_init(&t, none);
	for (int i = 0; i < N; i++)
		paths[i] = str_fmt("s%04d.py", i);
	t.tree.paths = paths;
	for (t.tree.n = MANIFEST_MAX_ODD; t.tree.n <= N; t.tree.n += EXTRA) {
		manifest_find(&m, &t.tree);
		if (t.tree.n == MANIFEST_MAX_ODD)
			assert_int_equal(m.notes.n, 0);
		else
			assert_string_equal(
				m.notes.v[0],
				"2 more .py, .pl, .md and .xml files, which may say what belongs "
				"to the design, were not read: 300 are ('set files "
				"@FILE' takes one)");
		manifest_fini(&m);
		m = (struct manifest)MANIFEST_INIT;
	}
	for (int i = 0; i < N; i++)
		free((char *)paths[i]);
}

/* Each list names two others twice: without memoisation that is 2^30 reads. */
CASE(lists_of_lists_end)
{
	struct table_file f[31] = { 0 };
	char *own[60];
	struct table t;
	struct manifest m = MANIFEST_INIT;

	for (int i = 0; i < 30; i++) {
		own[2 * i] = str_fmt("%02d.f", i);
		own[2 * i + 1] = str_fmt("-f %02d.f -f %02d.f -f %02d.f", i + 1, i + 2, i + 1);
		f[i] = (struct table_file){ own[2 * i], own[2 * i + 1] };
	}
	table_init(&t, f);
	manifest_find(&m, &t.tree);
	assert_true(t.reads < 2000);
	assert_int_equal(m.n_files, 0);
	manifest_fini(&m);
	for (int i = 0; i < 60; i++)
		free(own[i]);
}

/* Such files are found by name only, so their content must be a list. */
CASE(a_text_is_a_list_if_all_of_it_is)
{
	const struct table_file f[] = {
		{ "docs/sources.txt", "The sources are rtl/a.v and rtl/b.v\n" },
		{ "rtl.lst", "# all\n-I rtl\n+define+W=4\nrtl/a.v rtl/b.v // both\n" },
		{ "rtl/a.v", "" },
		{ "rtl/b.v", "" },
		{ "rtl/b_list.txt", "rtl/b.v\nimage.hex\n" },
		{ 0 },
	};
	struct table t;
	struct manifest m = MANIFEST_INIT;
	struct str out = STR_INIT;

	table_init(&t, f);
	manifest_find(&m, &t.tree);
	manifest_text(&m, &out);
	assert_string_equal(str_cstr(&out), "rtl/a.v\nrtl/b.v\ninclude rtl\ndefine W=4\n");
	assert_int_equal(m.n_descriptors, 1);
	assert_string_equal(m.descriptors[0].path, "rtl.lst");
	str_free(&out);
	manifest_fini(&m);
	says(f, "rtl/b_list.txt", "rtl/b.v\nrtl/b_list.txt:2: image.hex: there is no such file\n");
}

/* Two folders have such a file; the variable is named after one of them. */
CASE(a_variable_is_named_after_its_folder)
{
	const struct table_file f[] = {
		{ "all.f", "$(RTL_DIR)/a.v\n${TOP_SIM}/a_tb.v\n$SIM/a.v\n$OTHER/a.v\n" },
		{ "hw/rtl/a.v", "" },
		{ "hw/sim/a.v", "" },
		{ "hw/sim/a_tb.v", "" },
		{ 0 },
	};

	says(f, "all.f",
	     "hw/rtl/a.v\nhw/sim/a_tb.v\nhw/sim/a.v\n"
	     "all.f: $RTL_DIR is not set here; it is taken for hw/rtl, where a.v lies\n"
	     "all.f: $TOP_SIM is not set here; it is taken for hw/sim, where a_tb.v lies\n"
	     "all.f: $SIM is not set here; it is taken for hw/sim, where a.v lies\n"
	     "all.f:4: $OTHER/a.v: $OTHER is not known here\n");
}

/* One project per board around the same design: neither board's macro belongs to the
 * design. */
CASE(macros_of_single_boards_are_left_out)
{
	const struct table_file f[] = {
		{ "boards/a/a.qsf", "set_global_assignment -name VERILOG_FILE ../../core.v\n"
				    "set_global_assignment -name VERILOG_MACRO \"BOARD_A=1\"\n"
				    "set_global_assignment -name VERILOG_MACRO \"W=8\"\n" },
		{ "boards/b/b.qsf", "set_global_assignment -name VERILOG_FILE ../../core.v\n"
				    "set_global_assignment -name VERILOG_MACRO \"W=8\"\n"
				    "set_global_assignment -name VERILOG_MACRO \"BOARD_B=1\"\n" },
		{ "core.v", "" },
		{ "sim/Makefile", "s:\n\tiverilog -DSIM ../core.v\n" },
		{ 0 },
	};
	const struct table_file one[] = {
		{ "boards/a/a.qsf", f[0].text },
		{ "core.v", "" },
		{ "pll.qip", "" },
		{ 0 },
	};
	struct table t;
	struct manifest m = MANIFEST_INIT;

	table_init(&t, f);
	manifest_find(&m, &t.tree);
	assert_int_equal(m.defines.n, 2);
	assert_true(strv_has(&m.defines, "SIM"));
	assert_true(strv_has(&m.defines, "W=8"));
	assert_true(strv_has(&m.notes, "2 macros of single boards, such as BOARD_B=1, are left "
				       "out: `set defines` chooses a board"));
	manifest_fini(&m);
	table_init(&t, one);
	manifest_find(&m, &t.tree);
	assert_int_equal(m.defines.n, 2);
	assert_string_equal(m.defines.v[0], "BOARD_A=1");
	manifest_fini(&m);
}
