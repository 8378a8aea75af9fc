/* Assertions in an answer, in the formats of the published data; a folder with a design. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/bench/assert_design.h"
#include "session/bench/assert_fates.h"
#include "session/bench/assert_macros.h"
#include "session/bench/assert_read.h"
#include "tests/lib/tool.h"

#define TEXT_AND_SIZE(s) (s), sizeof(s) - 1

/* Each assertion as it would be written into the module, one per line; "-: why" for one
 * that cannot be. */
static char *said(const char *text, const char *clock)
{
	struct assert_items l;
	struct str s = STR_INIT;

	assert_read(text, strlen(text), &l);
	for (size_t i = 0; i < l.n; i++) {
		const char *why;

		if (!assert_text(&l.v[i], clock, &s, &why))
			str_addf(&s, "-: %s", why);
		str_addc(&s, '\n');
	}
	assert_items_fini(&l);
	return str_take(&s);
}

static void reads(const char *text, const char *clock, const char *want)
{
	char *got = said(text, clock);

	assert_string_equal(got, want);
	free(got);
}

CASE(the_published_forms_are_read)
{
	reads("module i_q(input clk, a);\n"
	      "assert property(@(posedge clk)  (a) |-> (b == 1));a1: assert property\n"
	      "(@(posedge clk) (a) |=> b) else $error(\"x\");\nendmodule\n",
	      "posedge clk",
	      "assert property (@(posedge clk) (a) |-> (b == 1));\n"
	      "assert property (@(posedge clk) (a) |=> b);\n");
	reads("property a0;\n@(posedge clk) (start == 0) |-> (k == 0);\nendproperty\n"
	      "assert_a0: assert property(a0);\n"
	      "property a1; // not asserted\n b; endproperty\n",
	      "posedge clk", "assert property (@(posedge clk) (start == 0) |-> (k == 0));\n");
	reads("property only; a |-> b; endproperty", "negedge ck",
	      "assert property (@(negedge ck) a |-> b);\n");
	reads(" (r_en &&!empty) |-> (b != g); (x) |=> (y);not one; (z[1:0]) |-> z", "posedge c",
	      "assert property (@(posedge c) (r_en &&!empty) |-> (b != g));\n"
	      "assert property (@(posedge c) (x) |=> (y));\n"
	      "assert property (@(posedge c) (z[1:0]) |-> z);\n");
	reads("assert property (@(posedge DEFAULT_CLOCK) a);", "posedge clk",
	      "assert property (@(posedge clk) a);\n");
	reads("assert property (@clk a /* so */\n |-> b);", "posedge c",
	      "assert property (@clk a |-> b);\n");
	reads("assert property (@(posedge c) (a) |-> (b == 1)\nassert property (@(posedge c) a);\n"
	      "assert property (a |-> ();assert property (b);",
	      "posedge c",
	      "-: its brackets do not match\nassert property (@(posedge c) a);\n"
	      "-: its brackets do not match\nassert property (@(posedge c) b);\n");
	reads("I would write none.", "posedge c", "");
}

/* As they are at the end of the top: of an included file, and of the last `define. */
CASE(macros_of_the_design_are_replaced)
{
	static const char top[] = "`include \"bits.v\"\n`define W 3\n"
				  "module m(input clk, a); endmodule\n";
	struct assert_file files[] = {
		{ .path = (char *)"first.v", .compiled = true },
		{ .path = (char *)"rtl/m.v", .compiled = true },
		{ .path = (char *)"late.v", .compiled = true },
		{ .path = (char *)"bits.v" },
		{ .path = (char *)"rtl/bits.v" },
	};
	static const char *const texts[] = { "`define ONE 1'b1\n`define W 2\n", top,
					     "`define LATE 1\n", "`define X_BIT 7\n",
					     "`define X_BIT 4\n`define at(i) s[i]\n" };
	struct assert_design d = { .files = files, .n = 5, .top_file = 1 };
	struct str s = STR_INIT;

	for (size_t i = 0; i < 5; i++)
		str_adds(&files[i].text, texts[i]);
	assert_macros_expand(&d, TEXT_AND_SIZE("s[`X_BIT] |-> // so\n`at(`W) == `ONE;\n`LATE\n"),
			     &s);
	reads(str_cstr(&s), "posedge clk",
	      "assert property (@(posedge clk) s[4] |-> s[3] == 1'b1);\n");
	str_clear(&s);
	assert_macros_expand(&d, TEXT_AND_SIZE("assert property (s[`LATE]);"), &s);
	reads(str_cstr(&s), "posedge clk", "-: it is no property\n");
	for (size_t i = 0; i < 5; i++)
		str_free(&files[i].text);
	str_free(&s);
}

CASE(without_a_clock_only_any_time_is_spoken_of)
{
	reads("a |-> b; a ##1 b |-> c; a |=> b; a |-> b |-> c;", NULL,
	      "always_comb if (a ) assert ( b);\n"
	      "-: it speaks of cycles, and the design has no clock\n"
	      "-: it speaks of cycles, and the design has no clock\n"
	      "-: it speaks of cycles, and the design has no clock\n");
	reads("a |-> $past(b);", NULL, "-: it speaks of cycles, and the design has no clock\n");
	reads("assert property (@(posedge DEFAULT_CLOCK) y == a);", NULL,
	      "always_comb assert (y == a);\n");
}

/* No part of it may close our brackets and add something else. */
CASE(items_that_are_not_properties_are_left_out)
{
	static const char *const bad[] = {
		"property p; a); assume property (0; endproperty assert property (p);",
		"property p; a; assume (0); b; endproperty assert property (p);",
		"assert property (a `define x\n);",
		"assert property (a endmodule module b);",
		"assert property (begin a end);",
		"assert property (assume (0));",
		"assert property ();",
		"assert property (@(posedge clk));",
		"assert property (p(1)); property p(x); x; endproperty assert property (p);",
		"assert property (a",
		"assert (a);",
		"assert property (a ] [ b);",
		"assert property (a \x01 b);",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		char *got = said(bad[i], "posedge clk");

		if (i == 8) {
			assert_non_null(strstr(got, "its property has ports"));
			free(got);
			continue;
		}
		if (strncmp(got, "-: ", 3) != 0 || strchr(got, '\n')[1])
			fail_msg("%s gave %s", bad[i], got);
		free(got);
	}
	reads("assert property (\\a;b |-> \\c) );", "posedge clk",
	      "assert property (@(posedge clk) \\a;b  |-> \\c) );\n");
}

CASE(an_answer_that_was_cut_anywhere_is_read)
{
	static const char text[] =
		"```\nproperty p; @(posedge clk) disable iff (r) a ##1 b |=> {c[3:0], 2'b1};\n"
		"endproperty x: assert property (p); assert property (q |-> \"a;b\"); /* */\n"
		"module m(input a); assert property (@(posedge a) (a) |-> b); endmodule";

	for (size_t n = 0; n < sizeof(text); n++)
		for (size_t from = 0; from < n; from += 7) {
			char *part = mem_strndup(text + from, n - from);

			free(said(part, "posedge clk"));
			free(part);
		}
}

CASE(limits_hold)
{
	struct str s = STR_INIT;
	struct assert_items l;

	for (unsigned i = 0; i < ASSERT_MAX + 3; i++)
		str_adds(&s, "assert property (a);");
	assert_read(s.data, s.len, &l);
	assert_int_equal(l.n, ASSERT_MAX);
	assert_true(l.more);
	assert_items_fini(&l);
	str_clear(&s);
	str_adds(&s, "assert property (a");
	for (unsigned i = 0; i < ASSERT_BYTES_MAX; i++)
		str_addc(&s, 'a');
	str_adds(&s, ");");
	assert_read(s.data, s.len, &l);
	assert_int_equal(l.n, 1);
	assert_string_equal(l.v[0].why, "it is too long");
	assert_items_fini(&l);
	str_free(&s);
}

CASE(each_that_is_not_proved_has_its_reason)
{
	static const struct assert_fated v[] = {
		{ FATE_NOT_DECIDED, (char *)"slow" },
		{ FATE_NOT_DECIDED, (char *)"slow" },
		{ FATE_PROVED, NULL },
		{ FATE_NOT_READ, (char *)"a" },
		{ FATE_NOT_READ, (char *)"b" },
		{ FATE_NOT_DECIDED, (char *)"slow" },
		{ FATE_FAILED, (char *)"" },
		{ FATE_NOT_READ, (char *)"a" },
	};
	struct assert_fated many[500];
	struct str s = STR_INIT;

	assert_fates_tell(v, 8, false, &s);
	assert_string_equal(str_cstr(&s),
			    "8 assertions: 1 proved, 1 failed, 0 vacuous, 3 not decided, 3 not "
			    "read; failed: 7; not read: 4, 8 (a), 5 (b); not decided: 1-2, 6 "
			    "(slow)");
	str_clear(&s);
	assert_fates_tell(v + 2, 1, true, &s);
	assert_string_equal(str_cstr(&s), "1 assertions and more: 1 proved, 0 failed, 0 vacuous, 0 "
					  "not decided, 0 not read");
	str_clear(&s);
	for (unsigned i = 0; i < 500; i++)
		many[i] = (struct assert_fated){ FATE_NOT_READ, str_fmt("reason %u", i) };
	assert_fates_tell(many, 500, false, &s);
	assert_in_range(s.len, ASSERT_TELL_MAX, ASSERT_TELL_MAX + 300);
	assert_string_equal(str_cstr(&s) + s.len - 5, ", ...");
	for (unsigned i = 0; i < 500; i++)
		free(many[i].why);
	str_free(&s);
}

/* Designs ----------------------------------------------------------------------------------- */

static void put(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name), *folder = path_dir(path);
	struct err err;

	assert_true(file_make_dirs(folder, 0755, &err));
	assert_true(file_put(path, text, strlen(text), 0644, &err));
	free(folder);
	free(path);
}

/* "+" is compiled. */
static char *files_of(const struct assert_design *d)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < d->n; i++)
		str_addf(&s, "%s%s ", d->files[i].compiled ? "+" : "", d->files[i].path);
	return str_take(&s);
}

CASE(a_script_tells_top_files_and_clock)
{
	struct strv lines = STRV_INIT;
	struct str laid = STR_INIT;
	char *dir = tool_folder(), *files;
	struct assert_design d;
	struct err err;
	int first;

	put(dir, "FPV_q.tcl",
	    "set RTL_PATH ./\nanalyze -v2k \\\n  ${RTL_PATH}/z.v \\\n  ${RTL_PATH}/q.v \\\n"
	    "#  ${RTL_PATH}/old.v\nanalyze -sva \\\n  ${RTL_PATH}/bindings.sva\n"
	    "elaborate -top q\nclock -infer\nclock ck\n");
	put(dir, "q.v",
	    "`include \"q_inc.v\"\nmodule q(input ck, r, output reg y);\n"
	    "always @(negedge ck or posedge r) y <= 0;\nendmodule // endmodule\n");
	put(dir, "z.v", "`define Z 1\n");
	put(dir, "q_inc.v", "module inner(input a); endmodule\n");
	put(dir, "old.v", "module old(input a); endmodule\n");
	assert_true(assert_design_read(dir, &d, &err));
	assert_string_equal(d.top, "q");
	assert_string_equal(d.clock, "negedge ck");
	files = files_of(&d);
	assert_string_equal(files, "+z.v +q.v old.v q_inc.v ");
	strv_add(&lines, "");
	strv_add(&lines, "here");
	assert_true(assert_design_lay(&d, &lines, &laid, &first));
	assert_int_equal(first, 5);
	assert_string_equal(str_cstr(&laid),
			    "`include \"q_inc.v\"\nmodule q(input ck, r, output reg y);\n"
			    "always @(negedge ck or posedge r) y <= 0;\n\n\nhere\n"
			    "endmodule // endmodule\n");
	assert_design_fini(&d);
	put(dir, "FPV_q.tcl", "elaborate -top nobody\n");
	assert_false(assert_design_read(dir, &d, &err));
	assert_non_null(strstr(err.text, "elaborates nobody"));
	free(files);
	strv_free(&lines);
	str_free(&laid);
	file_remove_tree(dir, NULL);
	free(dir);
}

CASE(without_a_script_the_folder_tells)
{
	char *dir = tool_folder(), *i2c = path_join(dir, "i2c"), *files;
	struct assert_design d;
	struct err err;

	put(i2c, "a/i2c_top.v",
	    "module i2c_top(input arst, input clk_i, input d, output q);\n"
	    "bit_ctrl b(clk_i, d, q); endmodule\n");
	put(i2c, "bit.v",
	    "module bit_ctrl(input c, d, output reg q); always @(posedge c) q <= d;"
	    " endmodule\n");
	put(i2c, "tb.v",
	    "module tb; reg c = 0; i2c_top t(.clk_i(c)); always #5 c = !c;"
	    " initial #9 $finish; endmodule\n");
	put(i2c, "note.vhd", "entity x is end;\n");
	assert_true(assert_design_read(i2c, &d, &err));
	assert_string_equal(d.top, "i2c_top");
	assert_string_equal(d.clock, "posedge clk_i");
	files = files_of(&d);
	assert_string_equal(files, "+a/i2c_top.v +bit.v tb.v ");
	assert_design_fini(&d);
	free(files);
	free(i2c);
	i2c = path_join(dir, "aes");
	put(i2c, "aes.vhd", "entity x is end;\n");
	assert_false(assert_design_read(i2c, &d, &err));
	assert_non_null(strstr(err.text, "has no Verilog module, and VHDL is not read"));
	file_remove_tree(dir, NULL);
	free(i2c);
	free(dir);
}
