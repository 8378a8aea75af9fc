#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/output/diag.h"
#include "sim/engine/icarus_diag.h"
#include "tests/lib/findings.h"
#include "tests/lib/mutant.h"
#include "tests/lib/tool.h"

static struct diag_list *parse(const char *text)
{
	struct diag_list *l = diag_list_new(1000);

	icarus_diag_parse(text, strlen(text), l);
	return l;
}

/* The output of Icarus 11, line by line. */
CASE(its_messages_become_findings_in_its_order)
{
	struct diag_list *l = parse(
		"w.sv:2: warning: redefinition of macro A from value '1' to '2'\n"
		"warning: Some design elements have no explicit time unit and/or\n"
		"       : time precision. This may cause confusing timing results.\n"
		"       : Affected design elements are:\n"
		"       :   -- module w declared here: w.sv:3\n"
		"w.sv:10: warning: Port 1 (z) of s expects 8 bits, got 4.\n"
		"w.sv:10:        : Padding 4 high bits of the port.\n"
		"w.sv:12: error: Unable to bind wire/reg/memory `q2' in `w'\n"
		"w.sv:5: warning: Constant bit select [7] is after vector a[3:0].\n"
		"w.sv:5:        : Replacing select with a constant 1'bx.\n"
		"w.sv:9: warning: @* is sensitive to all 4 words in array 'mem'.\n"
		"x.sv:7: error: 'x' has already been declared in this scope.\n"
		"x.sv:1:      : It was declared here as a module.\n"
		"x.sv:7: Module x was already declared here: x.sv:1\n"
		"\n"
		"a.sv:19: sorry: break statements not supported.\n"
		"bad3.sv:5: Include file nofile.vh not found\n"
		"t.sv:1: error: Unknown module type: t2\n"
		"2 error(s) during elaboration.\n"
		"*** These modules were missing:\n"
		"        t2 referenced 1 times.\n"
		"***\n"
		"bad2.sv:4: syntax error\n"
		"I give up.\n"
		"error: Unable to find the root module \"nope\" in the Verilog source.\n"
		"     : Perhaps ``-s nope'' is incorrect?\n"
		"nofile.v: No such file or directory\n"
		"No top level modules, and no -s option.\n"
		"x.sv:58: vvp.tgt error: uwire \"zero_dut\" must have a single driver, found (2).\n"
		"Elaboration failed\n");
	char *got = findings_lines(l);

	assert_string_equal(
		got,
		"w.sv:2 risk macro-redefinition redefinition of macro A from value '1' to '2'\n"
		"style timescale Some design elements have no explicit time unit and/or\n"
		"w.sv:10 risk portbind Port 1 (z) of s expects 8 bits, got 4.\n"
		"w.sv:12 error Unable to bind wire/reg/memory `q2' in `w'\n"
		"w.sv:5 risk select-range Constant bit select [7] is after vector a[3:0].\n"
		"w.sv:9 style sensitivity-entire-array @* is sensitive to all 4 words in array "
		"'mem'.\n"
		"x.sv:7 error 'x' has already been declared in this scope.\n"
		"x.sv:7 style note Module x was already declared here: x.sv:1\n"
		"a.sv:19 risk UNSUPPORTED break statements not supported.\n"
		"bad3.sv:5 error Include file nofile.vh not found\n"
		"t.sv:1 error Unknown module type: t2\n"
		"bad2.sv:4 error syntax error\n"
		"error Unable to find the root module \"nope\" in the Verilog source.\n"
		"nofile.v error No such file or directory\n"
		"error No top level modules, and no -s option.\n"
		"x.sv:58 error uwire \"zero_dut\" must have a single driver, found (2).\n");
	assert_string_equal(diag_list_at(l, 1)->hint,
			    "time precision. This may cause confusing timing results. "
			    "Affected design elements are: -- module w declared here: w.sv:3");
	assert_string_equal(diag_list_at(l, 2)->hint, "Padding 4 high bits of the port.");
	assert_string_equal(diag_list_at(l, 6)->hint, "x.sv:1: It was declared here as a module.");
	assert_string_equal(diag_list_at(l, 12)->hint, "Perhaps ``-s nope'' is incorrect?");
	assert_false(diag_list_at(l, 0)->waivable);
	free(got);
	diag_list_free(l);
}

CASE(hostile_text_is_tamed_and_bounded)
{
	struct diag_list *l =
		parse("a\033[2J.v:1: error: \033[31mx\na.v:1:   : \007hint\n:3: error: x\na.v:: y\n"
		      "99999999999999999999:1: syntax error\n     : lost\n:\n");
	struct str s = STR_INIT;

	assert_string_equal(diag_list_at(l, 0)->path, "a?[2J.v");
	assert_string_equal(diag_list_at(l, 0)->text, "?[31mx");
	assert_int_equal(diag_list_len(l), 5);
	assert_string_equal(diag_list_at(l, 1)->text, ":3: error: x");
	assert_string_equal(diag_list_at(l, 1)->code, DIAG_NOTE);
	assert_string_equal(diag_list_at(l, 2)->text, "a.v:: y");
	assert_string_equal(diag_list_at(l, 3)->path, "99999999999999999999");
	assert_string_equal(diag_list_at(l, 3)->hint, "lost");
	assert_string_equal(diag_list_at(l, 4)->text, ":");
	assert_string_equal(diag_list_at(l, 0)->hint, "a.v:1: ?hint");
	diag_list_free(l);
	for (int i = 0; i < 20000; i++)
		str_adds(&s, "a.v:1: error: x\n     : more\n");
	for (int i = 0; i < 100000; i++)
		str_addc(&s, ':');
	l = parse(str_cstr(&s));
	assert_int_equal(diag_list_len(l), 1000);
	diag_list_free(l);
	str_free(&s);
}

CASE(the_installed_icarus_is_understood)
{
	const char *const argv[] = {
		"iverilog", "-g2012", "-Wall", "-t", "null", "my file.v", NULL
	};
	char *dir = tool_folder();
	struct str out = STR_INIT, err = STR_INIT;
	struct diag_list *l = diag_list_new(100);

	if (!tool_there("iverilog")) {
		tool_folder_remove(dir);
		diag_list_free(l);
		skip();
	}
	tool_write(dir, "my file.v",
		   "module t(input a, output b);\n assign b = c;\n sub s(.x(a), "
		   ".y(4'd0));\nendmodule\n"
		   "module sub(input x, input [7:0] y);\nendmodule\n");
	tool_run(dir, argv, &out, &err);
	icarus_diag_parse(str_cstr(&err), err.len, l);
	assert_true(diag_list_count(l, DIAG_ERROR) >= 1);
	assert_int_equal(diag_list_count(l, DIAG_RISK), 1);
	for (size_t i = 0; i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);

		assert_string_equal(d->path, "my file.v");
		assert_int_equal(d->line, d->rank == DIAG_ERROR ? 2 : 3);
	}
	str_free(&out);
	str_free(&err);
	diag_list_free(l);
	tool_folder_remove(dir);
}

CASE(continuation_lines_are_not_messages)
{
	struct diag_list *l = parse(
		"a.v:3: warning: timescale for see inherited from another file.\n"
		"tb.v:1: ...: The inherited timescale is here.\n"
		"a.v:5: error: A reference to a net is not allowed in a constant expression.\n"
		"a.v:11       : This MSB expression violates the rule: q\n");
	char *got = findings_lines(l);

	assert_string_equal(
		got, "a.v:3 style timescale timescale for see inherited from another file.\n"
		     "a.v:5 error A reference to a net is not allowed in a constant expression.\n");
	assert_string_equal(diag_list_at(l, 0)->hint, "tb.v:1: The inherited timescale is here.");
	assert_string_equal(diag_list_at(l, 1)->hint,
			    "a.v:11: This MSB expression violates the rule: q");
	free(got);
	diag_list_free(l);
}

CASE(only_known_wording_is_an_error)
{
	struct diag_list *l = parse(
		"a.v:7: Something that a later release says.\n"
		"ivl: something else\n"
		"a.v:8: vvp.tgt sorry: cannot assign to the word of a variable array (m[1]).\n"
		"a.v:9: vvp.tgt sorry: Case unique/unique0 qualities are ignored.\n"
		"a.v:9: internal error: no idea.\n"
		"ivl: elab.cc:123: void f(): Assertion `0' failed.\n"
		"a.v:10: Errors in port declarations.\n");
	char *got = findings_lines(l);

	assert_string_equal(
		got,
		"a.v:7 style note Something that a later release says.\n"
		"style note ivl: something else\n"
		"a.v:8 risk UNSUPPORTED cannot assign to the word of a variable array (m[1]).\n"
		"a.v:9 style UNSUPPORTED Case unique/unique0 qualities are ignored.\n"
		"a.v:9 risk INTERNAL no idea.\n"
		"ivl: elab.cc:123 style note void f(): Assertion `0' failed.\n"
		"a.v:10 error Errors in port declarations.\n");
	free(got);
	diag_list_free(l);
}

/* An error is found exactly when the tool's status reports one, except for unsupported
 * code. */
CASE(errors_are_those_of_the_installed_icarus)
{
	const char *const argv[] = { "iverilog", "-g2012", "-Wall", "-o", "m.vvp", "m.sv", NULL };
	char *dir = tool_folder();

	if (!tool_there("iverilog")) {
		tool_folder_remove(dir);
		skip();
	}
	for (unsigned seed = 1; seed <= 100; seed++) {
		struct diag_list *l = diag_list_new(1000);
		struct str out = STR_INIT;
		char *text = mutant(seed), *got;
		bool lacks = false;
		int status;

		tool_write(dir, "m.sv", text);
		status = tool_run(dir, argv, &out, &out);
		icarus_diag_parse(str_cstr(&out), out.len, l);
		for (size_t i = 0; i < diag_list_len(l); i++)
			lacks |= strcmp(diag_list_at(l, i)->code, DIAG_UNSUPPORTED) == 0;
		got = findings_lines(l);
		if (!lacks && (status != 0) != (diag_list_count(l, DIAG_ERROR) > 0))
			fail_msg("seed %u, status %d:\n%s\nread as\n%s", seed, status,
				 str_cstr(&out), got);
		free(got);
		free(text);
		str_free(&out);
		diag_list_free(l);
	}
	tool_folder_remove(dir);
}
