/* The preprocessor: the resulting text, and the origin of each part. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/vpp.h"

/* Files that can be included: name, text, ..., NULL. */
struct files {
	const char *const *v;
	size_t asked;
};

static bool bring(void *ctx, const char *from, const char *name, bool angle, const char **path,
		  const char **text, size_t *len)
{
	struct files *f = ctx;

	f->asked++;
	for (size_t i = 0; f->v && f->v[i]; i += 2) {
		if (strcmp(f->v[i], name) != 0)
			continue;
		*path = f->v[i];
		*text = f->v[i + 1];
		*len = strlen(*text);
		return true;
	}
	return false;
}

static struct vmacros *given(const char *const *defines)
{
	struct vmacros *m = vmacros_new();
	struct err err;

	for (; defines && *defines; defines++)
		assert_true(vmacros_define(m, *defines, &err));
	return m;
}

/* The tokens of a text, a blank where there was one, then ; and each note. */
static char *expand(const char *text, const char *const *defines, const char *const *files)
{
	struct files f = { files, 0 };
	struct vmacros *m = given(defines);
	struct vpp_env env = { .given = m, .include = bring, .ctx = &f };
	struct vpp *p = vpp_new("dir/top.v", text, strlen(text), &env);
	struct str out = STR_INIT;
	struct strv notes;
	struct vpp_token t;

	while (vpp_next(p, &t)) {
		if (t.gap && out.len)
			str_addc(&out, ' ');
		str_add(&out, t.s, t.len);
	}
	vpp_take_notes(p, &notes);
	for (size_t i = 0; i < notes.n; i++)
		str_addf(&out, " ; %s", notes.v[i]);
	strv_free(&notes);
	vpp_free(p);
	vmacros_free(m);
	return str_take(&out);
}

static void check(const char *text, const char *const *defines, const char *const *files,
		  const char *want)
{
	char *got = expand(text, defines, files);

	assert_string_equal(got ? got : "", want);
	free(got);
}

static void gives(const char *text, const char *want)
{
	check(text, NULL, NULL, want);
}

/* Conditions ------------------------------------------------------------------- */

CASE(only_the_branch_that_holds_is_left)
{
	gives("`ifdef A\na\n`else\nb\n`endif\nc", "b c");
	gives("`define A\n`ifdef A a `else b `endif c", "a c");
	gives("`ifndef A a `elsif B b `else c `endif", "a");
	gives("`define C\n`ifdef A a `elsif B b `elsif C c `elsif C d `else e `endif f", "c f");
	gives("`ifdef A `ifndef B x `else y `endif `elsif C z `else w `ifndef B v `endif `endif",
	      "w v");
	check("`ifdef A a `endif `ifdef B b `endif", (const char *[]){ "B=0", NULL }, NULL, "b");
}

CASE(a_branch_that_does_not_hold_says_nothing)
{
	gives("`ifdef A\n`define X 1\n`undef Y\n`include \"no.vh\"\n// `endif\n/* `else */ "
	      "\"`endif\"\n`endif\n`X",
	      "`X");
	gives("`ifdef A\n`define E `endif\nx\n`endif\ny", "y");
	gives("`define Y 2\n`ifdef A\n`undef Y\n`endif\n`Y", "2");
}

CASE(conditions_without_a_partner_are_passed_over)
{
	gives("a `else b `endif c `elsif X d", "a b c d");
	gives("`ifdef A a", "");
	gives("`ifndef A a `ifdef B b", "a");
	gives("a `ifdef", "a");
	gives("a `ifdef\nb `endif c", "a c");
}

/* Macros ----------------------------------------------------------------------- */

CASE(macros_are_put_in_their_places)
{
	gives("`define W 8\nwire [`W-1:0] a;", "wire [8-1:0] a;");
	gives("`define A `B\n`define B 1\n`A `B", "1 1");
	gives("`define A 1 // one\n`A;", "1;");
	gives("`define A 1 /* one */ + 2\n`A;", "1 + 2;");
	gives("`define A\nx`A y", "x y");
	gives("`define TWO a; \\\n  b; // c \\\n  d;\n`TWO e", "a; b; d; e");
	gives("`define URL \"a//b\"\n`URL c", "\"a//b\" c");
	gives("`define TWO a; \\\r\n  b;\r\n`TWO c\r\n`define E\r\n`E d", "a; b; c d");
	gives("`define LAST a \\\n\nb `LAST", "b a");
	gives("`define LAST a \\", "");
	gives("`define A 1\n`define A 2\n`A", "2");
	gives("`define A 1\n`undef A\n`A", "`A");
	gives("`define A 1\n`undefineall\n`A", "`A");
	check("`undefineall\n`G", (const char *[]){ "G=1", NULL }, NULL, "`G");
	check("`G `undef G `G", (const char *[]){ "G=1", NULL }, NULL, "1 `G");
	gives("`define \\a+b 7\n`\\a+b ;", "7 ;");
}

CASE(macros_take_arguments)
{
	gives("`define ADD(a, b) a+b\n`ADD(x, y) `ADD( (1,2) , {3,4} )", "x+y (1,2)+{3,4}");
	gives("`define ADD(a, b) a+b\n`ADD\n (\"p,q\", f[1,2])", "\"p,q\"+f[1,2]");
	gives("`define M(a, b = 2, c = (3,4)) a b c;\n`M(1) `M(1, 5) `M(1,,6) `M()",
	      "1 2 (3,4); 1 5 (3,4); 1 2 6; 2 (3,4);");
	gives("`define N() n\n`N() `N ( )", "n n");
	gives("`define MAX(a, b) (a>b?a:b)\n`MAX(`MAX(1,2),3)", "((1>2?1:2)>3?(1>2?1:2):3)");
	gives("`define F(x) <x>\n`define G `F\n`G(1)", "<1>");
	gives("`define S(x) \"x xx-x 1x\" x \\x+\n`S(y)", "\"y xx-y 1x\" y \\y+");
	gives("`define A(x) x\n`A(a // c, d\n)", "a");
	gives("`define OBJ (a)\n`OBJ", "(a)");
	gives("`define F(x) x\nf = `F;", "f = `F;");
}

CASE(macros_join_and_quote)
{
	gives("`define R(n) n``_q <= n``_d\n`R(count)", "count_q <= count_d");
	gives("`define R(n) a_``n``_b\n`R(1)", "a_1_b");
	gives("`define Q(x) `\"x is `\\`\"x`\\`\"`\"\n`Q(a + b)", "\"a + b is \\\"a + b\\\"\"");
	gives("`define Q(x) `\"x`\"\n`define V 12\n`Q(`V)", "\"12\"");
	gives("`define C(p) `p``_WIDTH\n`define DATA_WIDTH 32\n`C(DATA)", "32");
}

/* An incomplete construct must not swallow the rest of the file. */
CASE(a_use_that_does_not_close_takes_nothing_away)
{
	gives("`define F(x) <x>\n`F(1\nmodule m; endmodule", "`F(1 module m; endmodule");
	gives("`define F(x\nmodule m;", "");
	gives("`define F(x) `\"x\n`F(a) b", "b");
	gives("`define", "");
	gives("`undef\n`ifdef\n`", "");
}

CASE(the_place_of_a_token_is_known)
{
	const char *text = "a\n`define M(x) x ; \\\n x\n`M(\nb\n) c\n`include \"i.vh\"\nd";
	struct files f = { (const char *[]){ "i.vh", "e\nf", NULL }, 0 };
	struct vpp_env env = { .include = bring, .ctx = &f };
	struct vpp *p = vpp_new("t.v", text, strlen(text), &env);
	static const struct {
		const char *s;
		int line;
		bool included;
		const char *from, *to; /* how the bytes begin, and what follows them */
	} want[] = {
		{ "a", 1, false, "a", "\n`define" },  { "b", 4, false, "`M(", " c" },
		{ ";", 4, false, "`M(", " c" },	      { "b", 4, false, "`M(", " c" },
		{ "c", 6, false, "c", "\n`include" }, { "e", 7, true, "\"i.vh\"", "\nd" },
		{ "f", 7, true, "\"i.vh\"", "\nd" },  { "d", 8, false, "d", "" },
	};
	struct vpp_token t;

	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		assert_true(vpp_next(p, &t));
		if (t.len != strlen(want[i].s) || memcmp(t.s, want[i].s, t.len) != 0 ||
		    t.line != want[i].line || t.included != want[i].included ||
		    strncmp(text + t.off, want[i].from, strlen(want[i].from)) != 0 ||
		    strncmp(text + t.to, want[i].to, strlen(want[i].to)) != 0)
			fail_msg("token %zu: %.*s at line %d, bytes %zu to %zu", i, (int)t.len, t.s,
				 t.line, t.off, t.to);
	}
	assert_false(vpp_next(p, &t));
	assert_int_equal(t.line, 8);
	vpp_free(p);
}

CASE(file_and_line_are_those_of_the_place)
{
	gives("`__FILE__ `__LINE__\n`__LINE__", "\"dir/top.v\" 1 2");
	gives("`define L(x) `__LINE__ x\n\n`L(\na)\n`__LINE__", "4 a 5");
	check("`include \"a.vh\"\n`__LINE__", NULL,
	      (const char *[]){ "a.vh", "\n`__FILE__ `__LINE__", NULL }, "\"a.vh\" 2 2");
}

/* Includes --------------------------------------------------------------------- */

CASE(included_files_stand_in_their_place)
{
	static const char *const files[] = { "a.vh",	 "`define A 1\na",
					     "sub/b.vh", "`include \"a.vh\"\nb `A",
					     "g.vh",	 "`ifndef G\n`define G\ng\n`endif",
					     "open.vh",	 "`ifdef NO\n x",
					     "end.vh",	 "e `else f `endif g",
					     NULL };

	check("x `include \"a.vh\" y `A", NULL, files, "x a y 1");
	check("`include <sub/b.vh> // c\n`A", NULL, files, "a b 1 1");
	check("`define F \"a.vh\"\n`define DIR sub\n`define P `\"`DIR/b.vh`\"\n`include "
	      "`F\n`include `P\n",
	      NULL, files, "a a b 1");
	check("`define F <a.vh>\n`include `F\nz", NULL, files, "a z");
	check("`include \"g.vh\"\n`include \"g.vh\"\nz", NULL, files, "g z");
	check("`include \"open.vh\"\nz `endif w", NULL, files, "z w");
	check("`include \"none.vh\"\nz", NULL, files, "z");
	/* Nor does it close or switch a branch of the file that includes it. */
	check("`ifndef NO\n`include \"end.vh\"\na `else b `endif", NULL, files, "e f g a");
	check("`include\nmodule m;", NULL, files, "m;");
	check("`include \"a.vh\n z", NULL, files, "z");
}

CASE(a_file_that_includes_itself_ends_with_a_note)
{
	char *got = expand("`include \"a.vh\"\nz", NULL,
			   (const char *[]){ "a.vh", "a `include \"b.vh\"\n", "b.vh",
					     "b `include \"a.vh\"\n", NULL });

	assert_non_null(strstr(got, " z ; "));
	assert_memory_equal(got, "a b a b z", 9); /* each once in itself */
	assert_non_null(strstr(got, ".vh includes itself"));
	free(got);
	/* A guard ends it without one. */
	check("`include \"a.vh\"\nz", NULL,
	      (const char *[]){ "a.vh", "`ifndef A\n`define A\na `include \"a.vh\"\n`endif\n",
				NULL },
	      "a z");
}

CASE(includes_are_listed_with_what_they_are)
{
	const char *text = "`include \"a.vh\"\n`include \"a.vh\"\n`include <none.vh>\n`ifdef "
			   "X\n`include \"x.vh\"\n`endif\n";
	struct files f = { (const char *[]){ "a.vh", "`include \"b.vh\"\n", "b.vh", "b", NULL },
			   0 };
	struct vpp_env env = { .include = bring, .ctx = &f };
	struct vpp *p = vpp_new("t.v", text, strlen(text), &env);
	struct vinclude *v;
	struct vpp_token t;
	size_t n;

	while (vpp_next(p, &t))
		;
	vpp_take_includes(p, &v, &n);
	assert_int_equal(n, 3);
	assert_string_equal(v[0].path, "a.vh");
	assert_false(v[0].nested);
	assert_string_equal(v[1].path, "b.vh");
	assert_true(v[1].nested);
	assert_int_equal(v[1].line, 1);
	assert_string_equal(v[2].name, "none.vh");
	assert_null(v[2].path);
	assert_int_equal(v[2].line, 3);
	for (size_t i = 0; i < n; i++) {
		free(v[i].name);
		free(v[i].path);
	}
	free(v);
	vpp_free(p);
}

/* What is missing, and what holds ------------------------------------------------ */

/* The uses of undefined macros in a text, which must be n. The caller frees each name and
 * the list. */
static struct vmacro_use *uses_of(const char *text, size_t n)
{
	struct vpp *p = vpp_new("t.v", text, strlen(text), NULL);
	struct vmacro_use *v;
	struct vpp_token t;
	size_t found;

	while (vpp_next(p, &t))
		;
	vpp_take_uses(p, &v, &found);
	vpp_free(p);
	assert_int_equal(found, n);
	return v;
}

CASE(macros_that_are_missing_are_listed)
{
	const char *text = "`ifndef GUARD\n`define GUARD\n`ifdef ASKED\n`elsif USED\n`elsif "
			   "__ICARUS__\n`endif `ifndef W\n`define W 8\n`endif\n"
			   "`W `USED\n`USED `OTHER(1) `celldefine\n`ifdef OFF `NEVER `endif `endif";
	static const struct vmacro_use want[] = { { "ASKED", 3, true },
						  { "USED", 9, false },
						  { "OTHER", 10, false },
						  { "OFF", 11, true } };
	const size_t n = sizeof(want) / sizeof(*want);
	struct vmacro_use *v = uses_of(text, n);

	for (size_t i = 0; i < n; i++) {
		assert_string_equal(v[i].name, want[i].name);
		assert_int_equal(v[i].line, want[i].line);
		assert_int_equal(v[i].asked, want[i].asked);
		free(v[i].name);
	}
	free(v);
}

/* Any file name will do for a macro that only $dumpfile uses. */
CASE(macros_that_only_name_a_dump_are_marked)
{
	const char *text = "`define STR(x) `\"x.vcd`\"\n`define T $dumpfile(`\"`FOUR`\");\n"
			   "$dumpfile(`ONE); `TWO; $dumpfile ({`DIR, \"/a.vcd\"});\n"
			   "$dumpfile(`STR(`THREE)); `T $display(`FIVE); $dumpfile(`FIVE);\n"
			   "$dumpfile(`BOTH); $dumpfile(`STR(`BOTH));\n`ifdef ONE\n`endif\n"
			   "// the name of $dumpfile, and half of it\nalways #(`HALF) c = ~c;\n"
			   "initial begin $dumpfile(\"a.vcd\") ; if (`NEXT) ; end";
	static const struct vmacro_use want[] = {
		{ .name = "ONE", .dumps = true },
		{ .name = "TWO" },
		{ .name = "DIR", .dumps = true },
		{ .name = "THREE", .dumps = true, .in_quotes = true },
		{ .name = "FOUR", .dumps = true, .in_quotes = true },
		{ .name = "FIVE" },
		{ .name = "BOTH" },
		{ .name = "HALF" },
		{ .name = "NEXT" },
	};
	const size_t n = sizeof(want) / sizeof(*want);
	struct vmacro_use *v = uses_of(text, n);

	for (size_t i = 0; i < n; i++) {
		assert_string_equal(v[i].name, want[i].name);
		if (v[i].dumps != want[i].dumps)
			fail_msg("%s", v[i].name);
		if (v[i].dumps)
			assert_int_equal(v[i].in_quotes, want[i].in_quotes);
		free(v[i].name);
	}
	free(v);
}

CASE(timescale_and_nettype_are_those_of_the_place)
{
	static const struct {
		const char *text;
		bool known;
		int unit, precision;
		const char *nettype;
	} cases[] = {
		{ "`timescale 1ns/1ps\n", true, -9, -12, "" },
		{ "`timescale 10 us / 100 ns // so\n`default_nettype none\n", true, -5, -7,
		  "none" },
		{ "`timescale 1ns / 1ps\n`resetall\n", false, 0, 0, "" },
		{ "`timescale 1s/1fs", true, 0, -15, "" },
		{ "`timescale 3ns/1ps\n", false, 0, 0, "" },
		{ "`timescale 1ns\n`default_nettype wire\n", false, 0, 0, "wire" },
		{ "`ifdef X\n`timescale 1ns/1ps\n`endif", false, 0, 0, "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct vpp *p = vpp_new("t.v", cases[i].text, strlen(cases[i].text), NULL);
		struct vtimescale at;
		struct vpp_token t;

		while (vpp_next(p, &t))
			;
		at = vpp_timescale(p);
		if (at.known != cases[i].known || at.unit != cases[i].unit ||
		    at.precision != cases[i].precision)
			fail_msg("%s: %d, %d, %d", cases[i].text, at.known, at.unit, at.precision);
		assert_string_equal(vpp_nettype(p), cases[i].nettype);
		vpp_free(p);
	}
}

/* Limits ------------------------------------------------------------------------ */

CASE(macros_that_use_themselves_end_with_a_note)
{
	static const char *const texts[] = { "`define A `A\n`A z",
					     "`define A `B\n`define B x `A\n`A z",
					     "`define A(x) `A(x x)\n`A(1) z",
					     "`define A `A `A\n`A z",
					     "`define F(x) x\n`define A `F\n`A(`A(`A)) z" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char *got = expand(texts[i], NULL, NULL);

		assert_non_null(strstr(got, "z"));
		assert_true(i == 4 || strstr(got, "nest deeper than") ||
			    strstr(got, "too much text"));
		free(got);
	}
}

/* Each is twice the one before: 2^40 words. */
CASE(a_bomb_of_macros_is_bounded)
{
	struct str text = STR_INIT;
	struct vpp *p;
	struct vpp_token t;
	struct strv notes;
	size_t bytes = 0;

	str_adds(&text, "`define M0 bang\n");
	for (int i = 1; i <= 40; i++)
		str_addf(&text, "`define M%d `M%d `M%d\n", i, i - 1, i - 1);
	str_adds(&text, "`M40 end");
	p = vpp_new("t.v", str_cstr(&text), text.len, NULL);
	while (vpp_next(p, &t))
		bytes += t.len;
	vpp_take_notes(p, &notes);
	assert_true(bytes < VPP_MACRO_BYTES_MAX);
	assert_int_equal(notes.n, 1);
	assert_non_null(strstr(notes.v[0], "too much text"));
	strv_free(&notes);
	vpp_free(p);
	str_free(&text);
}

CASE(files_that_include_each_other_are_bounded)
{
	/* Three times each in each of twelve: half a million without a limit. */
	static const char *names[13], *files[27];
	char *texts[13];
	struct files f = { files, 0 };
	struct vpp_env env = { .include = bring, .ctx = &f };
	const char *text = "`include \"f12\"\n";
	struct vpp *p = vpp_new("t.v", text, strlen(text), &env);
	struct vpp_token t;
	struct str pad = STR_INIT;

	for (int i = 0; i < 4000; i++)
		str_adds(&pad, "/* pad */ ");
	for (int i = 0; i < 13; i++) {
		names[i] = str_fmt("f%d", i);
		texts[i] = i ? str_fmt("`include \"f%d\"\n`include \"f%d\"\n`include \"f%d\"\n",
				       i - 1, i - 1, i - 1)
			     : mem_strdup(str_cstr(&pad));
		files[2 * i] = names[i];
		files[2 * i + 1] = texts[i];
	}
	while (vpp_next(p, &t))
		;
	assert_true(f.asked <= VPP_INCLUDES_MAX);
	vpp_free(p);
	str_free(&pad);
	for (int i = 0; i < 13; i++) {
		free((char *)names[i]);
		free(texts[i]);
	}
}

/* Tables ------------------------------------------------------------------------ */

CASE(a_define_is_taken_as_a_command_line_says_it)
{
	struct vmacros *m = vmacros_new();
	struct err err;

	assert_true(vmacros_define(m, "A", &err));
	assert_true(vmacros_define(m, "B=a = 1", &err));
	assert_string_equal(vmacros_find(m, "A", 1)->body, "");
	assert_string_equal(vmacros_find(m, "B", 1)->body, "a = 1");
	assert_null(vmacros_find(m, "C", 1));
	assert_false(vmacros_define(m, "1A", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "NAME=VALUE"));
	assert_false(vmacros_define(m, "=1", &err));
	assert_false(vmacros_define(m, "a-b=1", &err));
	vmacros_free(m);
}

CASE(what_a_file_leaves_can_be_given_to_the_next)
{
	const char *text = "`define F(x, y = 1) x y\n`undef OLD\n`define NEW 2\n";
	struct vmacros *m = given((const char *[]){ "OLD=1", "KEPT=3", NULL }), *copy;
	struct vpp_env env = { .given = m };
	struct vpp *p = vpp_new("t.v", text, strlen(text), &env);
	struct vpp_token t;
	char *got;

	while (vpp_next(p, &t))
		;
	copy = vmacros_copy(m);
	vmacros_merge(copy, vpp_macros(p));
	vpp_free(p);
	vmacros_free(m);
	assert_false(vmacros_find(copy, "OLD", 3)->defined);
	assert_string_equal(vmacros_find(copy, "KEPT", 4)->body, "3");
	assert_string_equal(vmacros_find(copy, "F", 1)->args[1].value, "1");
	env.given = copy;
	p = vpp_new("t.v", "`F(a) `OLD `NEW", 15, &env);
	got = mem_strdup("");
	while (vpp_next(p, &t)) {
		char *longer = str_fmt("%s %.*s", got, (int)t.len, t.s);

		free(got);
		got = longer;
	}
	assert_string_equal(got, " a 1 `OLD 2");
	free(got);
	vpp_free(p);
	vmacros_free(copy);
}
