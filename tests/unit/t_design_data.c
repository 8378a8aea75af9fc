/* Data files of a simulation, and the folder it starts in. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>

#include "session/option/opt.h"
#include "session/project/design.h"
#include "tests/lib/box.h"

/* "start: path>place ...; missing ..." for a run of module t in that file. */
static void reads(struct box *b, const char *path, const char *folder, const char *want)
{
	struct options *o = options_new(NULL);
	struct str s = STR_INIT;
	struct design d;

	if (folder)
		assert_true(options_set(o, "sim.folder", folder, NULL));
	design_init(&d, b->p, o, path, "t");
	design_add_data(&d, b->p, o, path);
	str_addf(&s, "%s:", d.data.start ? d.data.start : ".");
	for (size_t i = 0; i < d.data.n; i++)
		str_addf(&s, " %s%s%s", d.data.files[i].path, d.data.files[i].place ? ">" : "",
			 d.data.files[i].place ? d.data.files[i].place : "");
	for (size_t i = 0; i < d.data.n_missing; i++)
		str_addf(&s, "; %s at %s:%d", d.data.missing[i].name, d.data.missing[i].path,
			 d.data.missing[i].line);
	assert_string_equal(str_cstr(&s), want);
	str_free(&s);
	design_fini(&d);
	options_free(o);
}

#define READ(name) "reg [7:0] m[0:3]; initial $readmemh(\"" name "\", m);"
#define T(body)	   "module t;\n" body "\ninitial $finish; endmodule\n"

CASE(a_file_at_the_root_needs_nothing)
{
	struct box b;

	begin(&b);
	put(&b, "tb/t.v", T(READ("a.hex")));
	put(&b, "a.hex", "");
	put(&b, "unread.hex", "");
	look(&b);
	reads(&b, "tb/t.v", NULL, ".: a.hex");
	end(&b);
}

CASE(the_folder_that_most_names_are_found_from_is_the_start)
{
	struct box b;

	begin(&b);
	put(&b, "sim/t.v", T("dut u();" READ("../data/a.hex") READ("b.hex")));
	put(&b, "rtl/dut.v", "module dut; " READ("c.hex") " endmodule\n");
	put(&b, "data/a.hex", "");
	put(&b, "sim/b.hex", "");
	put(&b, "rtl/c.hex", "");
	look(&b);
	reads(&b, "sim/t.v", NULL, "sim: rtl/c.hex>sim/c.hex data/a.hex sim/b.hex");
	reads(&b, "sim/t.v", "rtl", "rtl: rtl/c.hex data/a.hex sim/b.hex>rtl/b.hex");
	reads(&b, "sim/t.v", ".", ".: rtl/c.hex>c.hex data/a.hex>../data/a.hex sim/b.hex>b.hex");
	end(&b);
}

CASE(it_is_looked_for_where_its_author_means_it)
{
	struct box b;

	begin(&b);
	put(&b, "hw/core/rom.v",
	    "module rom; " READ("rom.hex") READ("mem/boot.hex") " endmodule\n");
	put(&b, "hw/core/rom.hex", "");
	put(&b, "sw/out/mem/boot.hex", "");
	put(&b, "tests/t.v", T("rom u();" READ("golden.txt") READ("./deep.txt")));
	put(&b, "tests/data/golden.txt", "");
	put(&b, "x/y/deep.txt", "");
	look(&b);
	reads(&b, "tests/t.v", ".",
	      ".: hw/core/rom.hex>rom.hex sw/out/mem/boot.hex>mem/boot.hex "
	      "tests/data/golden.txt>golden.txt "
	      "x/y/deep.txt>deep.txt");
	end(&b);
}

CASE(a_file_that_is_absent_or_ambiguous_is_missing)
{
	struct box b;

	begin(&b);
	put(&b, "t.v", T("\n" READ("none.hex") "\n" READ("twice.hex") "\n" READ("/x/twice.hex")));
	put(&b, "a/twice.hex", "");
	put(&b, "b/twice.hex", "");
	look(&b);
	reads(&b, "t.v", NULL, ".:; none.hex at t.v:3; twice.hex at t.v:4; /x/twice.hex at t.v:5");
	end(&b);
}

/* The longest end that the project has; the name stays where the run looks. */
CASE(a_path_of_another_machine_means_a_file_of_the_project)
{
	struct box b;

	begin(&b);
	put(&b, "t.v",
	    T(READ("/home/ann/b/twice.hex") READ("C:/p/one.hex") READ("D:\\\\p\\\\a\\\\twice.hex")
		      READ("/dev/null")));
	put(&b, "a/twice.hex", "");
	put(&b, "b/twice.hex", "");
	put(&b, "c/one.hex", "");
	look(&b);
	reads(&b, "t.v", NULL,
	      ".: b/twice.hex>home/ann/b/twice.hex c/one.hex>C:/p/one.hex "
	      "a/twice.hex>D:\\p\\a\\twice.hex; /dev/null at t.v:2");
	end(&b);
}

/* As on a system that does not tell them apart; where the name fits, that file is meant. */
CASE(a_name_may_be_spelt_in_another_case)
{
	struct box b;

	begin(&b);
	put(&b, "t.v", T(READ("ROM.HEX") READ("two.hex") READ("../Mem/Prog.hex") READ("ram.hex")));
	put(&b, "rom.hex", "");
	put(&b, "two.hex", "");
	put(&b, "lab/Two.HEX", "");
	put(&b, "mem/prog.hex", "");
	put(&b, "a/Ram.hex", "");
	put(&b, "b/RAM.hex", "");
	look(&b);
	reads(&b, "t.v", NULL,
	      ".: rom.hex>ROM.HEX two.hex mem/prog.hex>../Mem/Prog.hex; ram.hex at t.v:2");
	end(&b);
}

CASE(a_name_may_come_by_a_parameter)
{
	struct box b;

	begin(&b);
	put(&b, "rom.v",
	    "module rom #(parameter INIT = \"default.hex\") (); reg [7:0] m[0:3]; initial "
	    "$readmemh(INIT, m); endmodule\n");
	put(&b, "t.v", T("rom #(.INIT(\"boot.hex\")) u();"));
	put(&b, "boot.hex", "");
	look(&b);
	reads(&b, "t.v", NULL, ".: boot.hex");
	end(&b);
}

CASE(a_name_may_come_by_parameters_of_modules_in_between)
{
	struct box b;

	begin(&b);
	put(&b, "rtl/rom.v",
	    "module rom #(parameter FILE = \"none.hex\", N = 4) ();\n"
	    "reg [7:0] m[0:N-1]; initial $readmemh(FILE, m); endmodule\n");
	put(&b, "rtl/soc.v",
	    "module soc #(parameter INIT = \"boot.hex\", N = 4) ();\n"
	    "rom #(INIT, N) r(); endmodule\n");
	put(&b, "rtl/chip.v",
	    "module chip #(parameter CODE = \"chip.hex\") ();\n"
	    "soc #(.INIT(CODE), .N(8)) s(); endmodule\n");
	put(&b, "tb/t.v", T("chip #(.CODE(\"prog.hex\")) u();"));
	put(&b, "tb/u.v", T("chip u();"));
	put(&b, "tb/prog.hex", "");
	look(&b);
	reads(&b, "tb/t.v", NULL, "tb: tb/prog.hex");
	reads(&b, "tb/u.v", NULL, ".:; chip.hex at rtl/chip.v:2");
	end(&b);
}

/* The default of the module in between may be anything. */
CASE(a_name_is_passed_on_whatever_the_default_is)
{
	static const char *const soc[] = {
		"module soc #(parameter INIT) (); rom #(.FILE(INIT)) r(); endmodule\n",
		"module soc #(parameter INIT = 0) (); rom #(INIT) r(); endmodule\n",
		"module soc #(parameter INIT = {\"bo\", \"ot.hex\"}) ();\n"
		"rom #(.FILE(INIT)) r(); endmodule\n",
		"module soc #(parameter INIT = \"boot.hex\") ();\n"
		"localparam F = INIT; localparam G = F; rom #(.FILE(G)) r(); endmodule\n",
		"module soc (); parameter INIT = 0; localparam F = INIT;\n"
		"rom #(.FILE(F)) r(); endmodule\n",
	};

	for (size_t i = 0; i < sizeof(soc) / sizeof(*soc); i++) {
		struct box b;

		begin(&b);
		put(&b, "rtl/rom.v",
		    "module rom #(parameter FILE = \"none.hex\") ();\n"
		    "reg [7:0] m[0:3]; initial $readmemh(FILE, m); endmodule\n");
		put(&b, "rtl/soc.v", soc[i]);
		put(&b, "tb/t.v", T("soc #(.INIT(\"prog.hex\")) u();"));
		put(&b, "tb/prog.hex", "");
		look(&b);
		reads(&b, "tb/t.v", NULL, "tb: tb/prog.hex");
		end(&b);
	}
}

/* Parameters that name no file may be many, and take no place of those that do. */
CASE(a_name_is_found_behind_many_widths)
{
	struct box b;
	struct str s = STR_INIT;

	begin(&b);
	str_addf(&s, "module soc #(parameter W = 8) ();\n");
	for (int i = 0; i < 1100; i++)
		str_addf(&s, "cell0 #(.W(W)) c%d();\n", i);
	str_addf(&s, "rom #(.FILE(\"prog.hex\")) r(); endmodule\n");
	put(&b, "rtl/soc.v", str_cstr(&s));
	put(&b, "rtl/cell.v", "module cell0 #(parameter W = 8) (); endmodule\n");
	put(&b, "rtl/rom.v",
	    "module rom #(parameter FILE = \"default.hex\") ();\n"
	    "reg [7:0] m[0:3]; initial $readmemh(FILE, m); endmodule\n");
	put(&b, "tb/t.v", T("soc u();"));
	put(&b, "tb/prog.hex", "");
	look(&b);
	reads(&b, "tb/t.v", NULL, "tb: tb/prog.hex");
	str_free(&s);
	end(&b);
}

/* A large design sets thousands of strings that name no file. */
CASE(a_name_is_found_among_thousands_of_parameters)
{
	struct box b;
	struct str s = STR_INIT;

	begin(&b);
	put(&b, "cell.v", "module cell0 #(parameter MODE = \"A\") (); endmodule\n");
	for (int file = 0; file < 3; file++) {
		char *name = str_fmt("a%d.v", file);

		str_addf(&s, "module io%d;\n", file);
		for (int i = 0; i < 900; i++)
			str_addf(&s, "cell0 #(.MODE(\"M%d\")) c%d();\n", i, i);
		str_addf(&s, "endmodule\n");
		put(&b, name, str_cstr(&s));
		str_clear(&s);
		free(name);
	}
	put(&b, "rom.v",
	    "module rom #(parameter INIT = \"default.hex\") (); reg [7:0] m[0:3]; initial "
	    "$readmemh(INIT, m); endmodule\n");
	put(&b, "t.v", T("io0 a(); io1 b(); io2 c(); rom #(.INIT(\"boot.hex\")) u();"));
	put(&b, "boot.hex", "");
	look(&b);
	reads(&b, "t.v", NULL, ".: boot.hex");
	str_free(&s);
	end(&b);
}

CASE(files_that_the_run_writes_are_not_missing)
{
	struct box b;

	begin(&b);
	put(&b, "t.v",
	    T("integer f; initial begin f = $fopen(\"log.txt\", \"w\"); $fclose(f); f = "
	      "$fopen(\"log.txt\", \"r\"); "
	      "f = $fopen(\"in.txt\", \"r\"); end"));
	look(&b);
	reads(&b, "t.v", NULL, ".:; in.txt at t.v:2");
	end(&b);
}

CASE(names_that_cannot_be_told_may_be_any_data)
{
	struct box b;

	begin(&b);
	put(&b, "t.v",
	    T("string s; integer f; initial begin if ($value$plusargs(\"in=%s\", s)) f = $fopen(s, "
	      "\"r\"); end"));
	put(&b, "vec/one.txt", "");
	put(&b, "vec/two.mem", "");
	put(&b, "README.md", "");
	put(&b, "other.v", "");
	look(&b);
	reads(&b, "t.v", NULL, ".: vec/one.txt vec/two.mem");
	end(&b);
}
