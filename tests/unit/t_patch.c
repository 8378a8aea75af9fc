#include "config.h"

#include "tests/lib/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/text/patch.h"

/* expected NULL: refused, with reason in the message. */
static void replace(const char *base, const char *search, const char *text, const char *expected,
		    const char *reason)
{
	struct str out = STR_INIT;
	enum patch_how how;
	struct err err = { 0 };
	bool ok = patch_replace(base, strlen(base), search, strlen(search), text, strlen(text),
				&out, &how, &err);

	if (expected) {
		if (!ok)
			fail_msg("%s", err.text);
		assert_string_equal(str_cstr(&out), expected);
	} else {
		assert_false(ok);
		assert_int_equal(out.len, 0);
		if (!strstr(err.text, reason))
			fail_msg("%s", err.text);
	}
	str_free(&out);
}

static void apply(const char *base, const char *diff, const char *expected, const char *reason)
{
	struct str out = STR_INIT;
	enum patch_how how;
	struct err err = { 0 };
	bool ok = patch_apply(base, strlen(base), diff, strlen(diff), &out, &how, &err);

	if (expected) {
		if (!ok)
			fail_msg("%s", err.text);
		assert_string_equal(str_cstr(&out), expected);
	} else {
		assert_false(ok);
		assert_int_equal(out.len, 0);
		if (!strstr(err.text, reason))
			fail_msg("%s", err.text);
	}
	str_free(&out);
}

static void blanks_of_the_next_line_are_not_its_text(void **state)
{
	static const char base[] = "    a;\n\n    b;\n    c;\n";

	for (int blanks = 1; blanks < 9; blanks++) {
		char search[40], text[40];

		snprintf(search, sizeof(search), "    a;\n\n%*s", blanks, "");
		snprintf(text, sizeof(text), "    x;\n\n%*s", blanks, "");
		replace(base, search, text, "    x;\n\n    b;\n    c;\n", NULL);
		snprintf(search, sizeof(search), "  a;\n\n%*s", blanks,
			 ""); /* indented otherwise */
		snprintf(text, sizeof(text), "  x;\n\n%*s", blanks, "");
		replace(base, search, text, "    x;\n\n    b;\n    c;\n", NULL);
		snprintf(search, sizeof(search), "    b;\n%*s", blanks, "");
		replace(base, search, "    y;\n", "    a;\n\n    y;\n    c;\n", NULL);
		snprintf(text, sizeof(text), "    y;\n%*s", blanks, "");
		replace(base, "    b;\n", text, "    a;\n\n    y;\n    c;\n", NULL);
	}
}

static void lines_that_stand_there_once_are_replaced(void **state)
{
	replace("a\nb\nc\n", "b\n", "x\ny\n", "a\nx\ny\nc\n", NULL);
	replace("a\nb\nc\n", "a\nb\n", "", "c\n", NULL);
	replace("a\nb\nc\n", "c\n", "", "a\nb\n", NULL);
	replace("a\nb\nc\n", "a\nb\nc\n", "", "", NULL);
	replace("a\na\nb\n", "a\nb\n", "x\n", "a\nx\n", NULL);
	replace("a\nb\nc\n", "b", "x", "a\nx\nc\n", NULL);
	replace("", "", "x\n", "x\n", NULL);
	replace("\n", "", "x\n", "x\n", NULL);
}

static void lines_that_do_not_are_refused(void **state)
{
	replace("a\nb\na\n", "a\n", "x\n", NULL, "more than once");
	replace("a\na\na\n", "a\na\n", "x\n", NULL, "more than once");
	replace("a\nb\n", "c\n", "x\n", NULL, "are not in it");
	replace("ab\n", "a\n", "x\n", NULL, "are not in it");
	replace("a\n", "", "x\n", NULL, "empty");
	replace("", "a\n", "x\n", NULL, "are not in it");
}

static void blanks_at_the_end_matter_only_to_tell_lines_apart(void **state)
{
	replace("a  \nb\n", "a\n", "x\n", "x\nb\n", NULL);
	replace("a  \nb\na\n", "a\n", "x\n", "a  \nb\nx\n", NULL);
	replace("a \nb\na \n", "a\n", "x\n", NULL, "more than once");
}

static void the_line_ending_of_the_text_is_kept(void **state)
{
	replace("a\r\nb\r\nc\r\n", "b\n", "x\ny\n", "a\r\nx\r\ny\r\nc\r\n", NULL);
	replace("a\nb\n", "b\r\n", "x\r\n", "a\nx\n", NULL);
	replace("a\nb", "b\n", "x\n", "a\nx", NULL);
	replace("a\nb", "a\n", "x\n", "x\nb", NULL);
	replace("a\nb", "b\n", "", "a", NULL);
	apply("a\r\nb\r\n", "@@ -1,2 +1,2 @@\n a\n-b\n+x\n", "a\r\nx\r\n", NULL);
	apply("a\nb", "@@ -1,2 +1,2 @@\n a\n-b\n+x\n", "a\nx", NULL);
	apply("a\nb", "@@ -1,2 +1,3 @@\n a\n b\n+x\n", "a\nb\nx", NULL);
}

static void a_marker_decides_about_the_last_newline(void **state)
{
	static const char none[] = "\\ No newline at end of file\n";
	char *diff = str_fmt("@@ -1,2 +1,2 @@\n a\n-b\n%s+b\n", none);

	apply("a\nb", diff, "a\nb\n", NULL);
	free(diff);
	diff = str_fmt("@@ -1,2 +1,2 @@\n a\n-b\n+b\n%s", none);
	apply("a\nb\n", diff, "a\nb", NULL);
	free(diff);
}

static void a_diff_is_applied_where_it_says(void **state)
{
	apply("a\nb\na\nb\n", "--- x\n+++ x\n@@ -3,2 +3,2 @@\n a\n-b\n+x\n", "a\nb\na\nx\n", NULL);
	apply("a\nb\nc\nd\ne\n", "@@ -1 +1 @@\n-a\n+A\n@@ -5 +5,2 @@\n-e\n+E\n+F\n",
	      "A\nb\nc\nd\nE\nF\n", NULL);
	apply("", "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n", "a\nb\n", NULL);
	apply("a\n\nb\n", "@@ -1,3 +1,3 @@\n a\n\n-b\n+x\n", "a\n\nx\n", NULL);
	apply("a\n\n", "@@ -1,2 +1,2 @@\n-a\n+x\n\n", "x\n\n", NULL);
	apply("a\nb\n", "@@ -1,1 +1,1 @@\n-a\n+x\n\n\n", "x\nb\n", NULL);
}

static void wrong_numbers_are_forgiven_where_the_lines_settle_it(void **state)
{
	apply("a\nb\nc\n", "@@ -7,9 +9,9 @@\n b\n-c\n+x\n", "a\nb\nx\n", NULL);
	apply("a\nb\nc\n", "@@ ... @@\n b\n-c\n+x\n", "a\nb\nx\n", NULL);
	apply("a\nb\nc\nd\n", "@@ -9 +9 @@\n-d\n+D\n@@ -9 +9 @@\n-a\n+A\n", "A\nb\nc\nD\n", NULL);
	apply("a\nb\na\nb\n", "@@ -3,7 +3,7 @@\n a\n-b\n+x\n", NULL, "more than once");
	apply("a\nb\na\nb\n", "@@ -2,2 +2,2 @@\n a\n-b\n+x\n", NULL, "more than once");
	apply("a\nb\n", "@@ -1,2 +1,2 @@\n a\n-c\n+x\n", NULL, "are not in it");
	apply("a\nb\n", "@@ -1,0 +1,1 @@\n+x\n", NULL, "quotes no line");
	apply("a\nb\nc\n", "@@ -1,2 +1,2 @@\n a\n-b\n+x\n@@ -2,2 +2,2 @@\n-b\n+y\n c\n", NULL,
	      "overlap");
	apply("a\n", "@@ -1 +1 @@\n-a\nb\n", NULL, "starts neither");
	apply("a\n", "--- a\n+++ b\n", NULL, "starts with + or -");
	apply("a\nb\nc\n", "@@ -1 +1 @@\n-a\n+x\n@@ -3 +3 @@\n-z\n+y\n", NULL, "hunk 2");
}

/* The essential property: the diff of two texts turns the first into the second,
 * whatever its line numbers say. */
static void one_change_to_all_of_the_quote_is_made(void **state)
{
	/* numbers */
	replace("a\nb\nc\n", "2: b\n", "2: x\n", "a\nx\nc\n", NULL);
	replace("a\n  b\nc\n", " 9 |   b\n10 | c\n", " 9 |   x\n", "a\n  x\n", NULL);
	replace("a\nb\n", "1\ta\n2\tb\n", "1\ta\n2\tc\n", "a\nc\n", NULL);
	replace("a\nb\n", "2: b\n", "x\n", "a\nx\n", NULL);
	replace("a\nb\nb\n", "2: b\n", "2: x\n", NULL, "more than once");
	replace("a\nb\nc\n", "2: b\n4: c\n", "x\n", NULL, "are not in it");
	replace("a\nb\nc\n", "2: b\n", "2: x\ny\n", NULL, "numbers in front");
	replace("a\n  b\n", "  2    b\n", "  2    x\n", "a\n  x\n", NULL);
	replace("a\n  b\n", "2|  b\n", "2|  x\n", "a\n  x\n", NULL);
	replace("0: a\n1: b\n", "1: b\n", "1: c\n", "0: a\n1: c\n", NULL);
	/* indentation */
	replace("  a\n", "a\n", "x\n  y\n", "  x\n    y\n", NULL);
	replace("a\n  b\n", "  a\n    b\n", "  a\n    c\n", "a\n  c\n", NULL);
	replace("\ta\n\t\tb\n", "  a\n    b\n", "  a\n    c\n      d\n", "\ta\n\t\tc\n\t\t\td\n",
		NULL);
	replace("    a\n        b\n", "\ta\n\t\tb\n", "\tx\n\t\ty\n", "    x\n        y\n", NULL);
	replace("\ta\n\n\tb\n", "a\n\nb\n", "a\n\nc\n", "\ta\n\n\tc\n", NULL);
	replace("  a\n      b\n", "a\nb\n", "a\nc\n", NULL, "another indentation");
	/* another number of blanks for a level */
	replace("    a\n        b\n    c\n", "  a\n    b\n", "  a\n    x\n      y\nz\n",
		"    a\n        x\n            y\nz\n    c\n", NULL);
	replace("a\n  b\n", "    a\n        b\n", "    a\n        x\n            y\n",
		"a\n  x\n    y\n", NULL);
	replace("    a\n        b\n", "  a\n    b\n", "x\n", "x\n", NULL);
	replace("a\n  b\n", "    a\n        b\n", "x\n", NULL, "indented less");
	replace("    a\n        b\n     c\n", "  a\n    b\n  c\n", "x\n", NULL,
		"another indentation");
	replace("    a\n  b\n", "  a\n    b\n", "x\n", NULL, "another indentation");
	replace("    a\n  b\n", "a\n    b\n", "x\n", NULL, "another indentation");
	replace(" a\n   a\n", "a\n", "x\n", NULL, "more than once");
	replace("a\n", "  a\n", " x\n", NULL, "indented less");
	/* other blanks within a line */
	replace("  assign  full  = a;\nb\n", "  assign full = a;\n", "  assign full = c;\n",
		"  assign full = c;\nb\n", NULL);
	replace("  int  a;\n  b\n", "int a;\nb\n", "int a;\nc\n", "  int  a;\n  c\n", NULL);
	replace("a  b\n", "a\tb\n", "c  d\n", "c  d\n", NULL);
	replace("a  b\na   b\n", "a b\n", "x\n", NULL, "more than once");
	replace("ab\n", "a b\n", "x\n", NULL, "are not in it");
	apply("x\ny  <= 1;\nz\n", "@@ -1,3 +1,3 @@\n x\n-y <= 1;\n+y <= 2;\n z\n",
	      "x\ny <= 2;\nz\n", NULL);
	apply("x  = 1;\ny\nz\n", "@@ -1,3 +1,2 @@\n x = 1;\n-y\n z\n", "x  = 1;\nz\n", NULL);
	/* blanks that the edit changes, and lines that only differ by blanks in the file */
	replace("a  b\nc  d\n", "a b\nc  d\n", "a b\nc d\n", "a  b\nc d\n", NULL);
	replace("  p  q;\n  r  s;\n", "p q;\nr  s;\n", "p q;\nr s;\n", "  p  q;\n  r s;\n", NULL);
	replace("n\na  b\na b\n", "n\na b\na b\n", "m\na b\na b\n", "m\na  b\na b\n", NULL);
	replace("n  x\na  b\na b\n", "n x\na b\na b\n", "a b\nn x\na b\na b\n",
		"a  b\nn  x\na  b\na b\n", NULL);
	apply("x  y\na  b\na b\n", "@@ -1,3 +1,3 @@\n x y\n-a b\n-a b\n+a b\n+c\n+a b\n",
	      "x  y\na  b\nc\na b\n", NULL);
	apply("x  y\na  b\na b\nz\n", "@@ -1,4 +1,4 @@\n x y\n a b\n-a b\n-z\n+w\n+a b\n",
	      "x  y\na  b\nw\na b\n", NULL);
	/* context without its leading blank */
	apply("m\n  a\n  b\n\ne\n", "@@ -1,5 +1,5 @@\nm\n  a\n-  b\n+  c\n\ne\n",
	      "m\n  a\n  c\n\ne\n", NULL);
	/* look-alikes */
	replace("// a \xe2\x80\x93 b\nc\n", "// a - b\nc\n", "// a - b\nd\n",
		"// a \xe2\x80\x93 b\nd\n", NULL);
	replace("a \"b\";\n",
		"a\xc2\xa0\xe2\x80\x9c"
		"b\xe2\x80\x9d;\n",
		"a\xc2\xa0\xe2\x80\x9cx\xe2\x80\x9d;\n", "a \"x\";\n", NULL);
	replace("q \xe2\x86\x92 5\xc2\xb5s\nb\n", "q -> 5\xce\xbcs\n", "x\n", "x\nb\n", NULL);
	replace("if (a <= b) q <= 1;\n", "if (a \xe2\x89\xa4 b) q \xe2\x87\x90 1;\n",
		"if (a \xe2\x89\xa5 b) q <= 1;\n", "if (a >= b) q <= 1;\n", NULL);
	replace("a - b\na \xe2\x88\x92 b\n", "a \xe2\x80\x94 b\n", "x\n", NULL, "more than once");
}

/* A line that the edit contains on both sides keeps the blanks of the file. */
static void blanks_at_the_end_stay_in_lines_that_do_not_change(void **state)
{
	replace("m;  \n  a;\t\ne\n", "m;\n  a;\n", "m;\n  b;\n", "m;  \n  b;\ne\n", NULL);
	replace("  m;  \n    a;\ne\n", "m;\n  a;\n", "m;\n  b;\n", "  m;  \n    b;\ne\n", NULL);
	/* but an edit that takes them off does */
	replace("a;  \nb\n", "a;  \n", "a;\n", "a;\nb\n", NULL);
}

static void a_quote_may_begin_and_end_within_a_line(void **state)
{
	replace("x\n  a <= b; // n\n", "x\n  a <= b;\n", "x\n  a <= c;\n", "x\n  a <= c; // n\n",
		NULL);
	replace("m(p);\r\n  a = b;\r\n", "p);\n  a = b", "p, q);\n  a = q",
		"m(p, q);\r\n  a = q;\r\n", NULL);
	replace("f = d;\n", " = d;", " <= d;", "f <= d;\n", NULL);
	replace("f = d;\ng = d;\n", " = d;", " <= d;", NULL, "more than once");
	replace("        a <= b & c;\n", "    a <= b", "    a <= d", NULL, "are not in it");
	replace("  always\n", "lways", "lway", NULL, "are not in it");
}

static void replaces_all(const char *base, const char *search, const char *text,
			 const char *expected)
{
	struct str out = STR_INIT;
	enum patch_how how;
	struct err err;

	assert_int_equal(patch_replace_all(base, strlen(base), search, strlen(search), text,
					   strlen(text), &out, &how, &err),
			 expected != NULL);
	assert_string_equal(str_cstr(&out), expected ? expected : "");
	str_free(&out);
}

static void all_places_are_replaced_if_that_is_said(void **state)
{
	replaces_all("rst_n, arst_n;\nif (!rst_n)\n", "rst_n", "r",
		     "r, ar;\nif (!r)\n"); /* as sed's s/rst_n/r/g */
	replaces_all("a\r\nb\r\na\r\nb\r\n", "a\nb\n", "c\n", "c\r\nc\r\n");
	replaces_all("\ta = b;\n", "  a = b;\n", "  a = c;\n", "\ta = c;\n"); /* like any edit */
	replaces_all("a\n", "b", "c", NULL);
}

/* "@@ module b;" as agents write it, or behind the numbers. */
static void the_line_that_a_hunk_names_decides(void **state)
{
	const char *base = "module a;\n x\nendmodule\nmodule b;\n x\nendmodule\n";

	apply(base, "@@ module b;\n- x\n+ y\n",
	      "module a;\n x\nendmodule\nmodule b;\n y\nendmodule\n", NULL);
	apply(base, "@@ -9,9 +9,9 @@ module b;\n- x\n+ y\n",
	      "module a;\n x\nendmodule\nmodule b;\n y\nendmodule\n", NULL);
	apply(base, "@@ module c;\n- x\n+ y\n", NULL, "more than once");
	apply(base, "@@ module\n- x\n+ y\n", NULL, "more than once");
}

static void another_indentation_may_come_with_one_other_change(void **state)
{
	replace("  a\n  b\n", "1: a\n2: b\n", "1: a\n2: c\n", "  a\n  c\n", NULL);
	replace("\ta\n\t\tb\n", "7:    a\n8:        b\n", "7:    a\n8:        c\n9:    d\n",
		"\ta\n\t\tc\n\td\n", NULL);
	replace("  a \xe2\x80\x93 b\n", "a - b\n", "x\n", "  x\n", NULL);
	replace("    a - b;\n    c\n", "  a \xe2\x80\x94 b;\n  c\n",
		"  a \xe2\x80\x94 b;\n  d - \xe2\x80\x9c\n", "    a - b;\n    d - \"\n", NULL);
	replace("  a\n    a\n", "1: a\n", "1: b\n", NULL, "more than once");
	replace("  a\n      b\n", "1: a\n2: b\n", "1: c\n2: b\n", NULL, "are not in it");
}

static void other_pairs_of_changes_are_not_made(void **state)
{
	replace("a \xe2\x80\x93 b\nc\n", "1: a - b\n2: c\n", "1: x\n", NULL, "are not in it");
}

static void hunks_are_changed_as_they_are_quoted(void **state)
{
	apply("\ta\n\tb\n", "@@ @@\n a\n-b\n+x\n", "\ta\n\tx\n", NULL);
	apply("// \xe2\x80\x9c\na\n", "@@ @@\n // \"\n-a\n+b\n", "// \xe2\x80\x9c\nb\n", NULL);
}

static void a_diff_needs_no_hunk_line(void **state)
{
	apply("a\nb\nc\n", " a\n-b\n+x\n", "a\nx\nc\n", NULL);
	apply("a\nb\nc\n", "--- f\n+++ f\n-b\n+x\n+y\n", "a\nx\ny\nc\n", NULL);
	apply("a\nb\nc\nd\n", "-a\n+A\n...\n-d\n+D\n", "A\nb\nc\nD\n", NULL);
	apply("a\nb\nc\nd\n", "-a\n+A\n\n-d\n+D\n", "A\nb\nc\nD\n", NULL);
	apply("a\n b\nc\n", "a\n b\n-c\n+x\n", "a\n b\nx\n", NULL);
	apply("a\nb\nb\n", "-b\n+x\n", NULL, "more than once");
	apply("a\nb\n", " a\n b\n", NULL, "starts with + or -");
	apply("a\nb\n", "+x\n", NULL, "quotes no line of the file");
	apply("a\nb\n", "@@\n a\n-b\n+x\n@@\n", "a\nx\n", NULL);
}

static void a_mails_signature_is_no_line_of_it(void **state)
{
	apply("a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+x\n-- \n2.39.5\n\n", "a\nx\n", NULL);
	apply("a\nb\n", "@@ -1,9 +1,9 @@\n a\n-b\n+x\n-- \n2.39.5\n", "a\nx\n", NULL);
	apply("a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+x\n--\n2.39.5\n", "a\nx\n", NULL);
	apply("a\n-\nb\n", "@@ -1,3 +1,2 @@\n a\n--\n b\n", "a\nb\n", NULL);
	apply("a\n- \nb\n", "@@ -1,3 +1,2 @@\n a\n-- \n b\n", "a\nb\n", NULL);
}

static void random_changes_arrive(void **state)
{
	enum patch_how how;
	unsigned seed = 1;

	for (int round = 0; round < 500; round++) {
		struct str base = STR_INIT, want = STR_INIT, diff = STR_INIT, got = STR_INIT;
		struct err err;
		int n = 5 + (int)((seed = seed * 1103515245 + 12345) >> 16) % 40;
		int at = (int)((seed = seed * 1103515245 + 12345) >> 16) % n;

		for (int i = 0; i < n; i++)
			str_addf(&base, "line %d\n", i);
		str_addf(&diff, "@@ -%d,%d +1,9 @@\n", round % 3 ? at + 1 : 99, round % 2 ? 1 : 5);
		for (int i = 0; i < n; i++) {
			if (i == at) {
				str_addf(&want, "new %d\nmore\n", i);
				str_addf(&diff, "-line %d\n+new %d\n+more\n", i, i);
			} else {
				str_addf(&want, "line %d\n", i);
				if (i == at - 1 || i == at + 1)
					str_addf(&diff, " line %d\n", i);
			}
		}
		if (!patch_apply(base.data, base.len, diff.data, diff.len, &got, &how, &err))
			fail_msg("%s\n%s", err.text, diff.data);
		assert_string_equal(got.data, want.data);
		str_free(&base);
		str_free(&want);
		str_free(&diff);
		str_free(&got);
	}
}

static unsigned next(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % n;
}

static void add_gap(unsigned n, struct str *out)
{
	while (n--)
		str_addc(out, '\n');
}

/* Lines that occur once are quoted with other blank lines between them, and one is changed: all
 * else stays. */
static void blank_lines_between_quoted_lines_do_not_matter(void **state)
{
	enum patch_how how;
	unsigned seed = 1;

	for (int round = 0; round < 500; round++) {
		struct str base = STR_INIT, want = STR_INIT, old = STR_INIT, new = STR_INIT,
			   got = STR_INIT;
		unsigned n = 4 + next(&seed, 20), first = next(&seed, n - 2),
			 last = first + 1 + next(&seed, n - first - 1),
			 at = first + next(&seed, last - first + 1);
		struct err err;

		for (unsigned i = 0; i < n; i++) {
			unsigned gap = next(&seed, 3), quoted = i < last ? next(&seed, 3) : 0;

			str_addf(&base, "  line %u\n", i);
			str_addf(&want, "  %s %u\n", i == at ? "new" : "line", i);
			/* around a changed line they stay if they were quoted rightly */
			if (at != first && at != last && (i == at || i + 1 == at))
				quoted = gap;
			if (i >= first && i <= last) {
				str_addf(&old, "line %u\n", i);
				str_addf(&new, "%s %u\n", i == at ? "new" : "line", i);
				add_gap(quoted, &old);
				add_gap(quoted, &new);
			}
			add_gap(gap, &base);
			add_gap((i == at || i + 1 == at) && i >= first && i < last ? quoted : gap,
				&want);
		}
		if (!patch_replace(base.data, base.len, old.data, old.len, new.data, new.len, &got,
				   &how, &err))
			fail_msg("%s\n%s", err.text, base.data);
		assert_string_equal(got.data, want.data);
		str_free(&base);
		str_free(&want);
		str_free(&old);
		str_free(&new);
		str_free(&got);
	}
	replace("a\nb\n\na\n\nb\n", "a\n\n\nb\n", "c\n", NULL, "are not in it");
	replace("a\nb\nc\n", "a\n\nc\n", "c\n", NULL, "are not in it");
	replace("a\r\n\r\nb\r\n", "a\nb\n", "a\nc\nb\n", "a\r\nc\r\nb\r\n", NULL);
}

/* Quadratic time would not end. */
static void equal_lines_take_linear_time(void **state)
{
	enum patch_how how;
	struct str base = STR_INIT, search = STR_INIT, out = STR_INIT;
	struct err err;

	for (int i = 0; i < 1000000; i++)
		str_adds(&base, "a\n");
	for (int i = 0; i < 400000; i++)
		str_adds(&search, "a\n");
	str_adds(&search, "b\n");
	assert_false(patch_replace(base.data, base.len, search.data, search.len, "", 0, &out, &how,
				   &err));
	str_free(&base);
	str_free(&search);
	str_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_of_the_next_line_are_not_its_text),
		cmocka_unit_test(lines_that_stand_there_once_are_replaced),
		cmocka_unit_test(lines_that_do_not_are_refused),
		cmocka_unit_test(blanks_at_the_end_matter_only_to_tell_lines_apart),
		cmocka_unit_test(the_line_ending_of_the_text_is_kept),
		cmocka_unit_test(a_marker_decides_about_the_last_newline),
		cmocka_unit_test(a_diff_is_applied_where_it_says),
		cmocka_unit_test(wrong_numbers_are_forgiven_where_the_lines_settle_it),
		cmocka_unit_test(one_change_to_all_of_the_quote_is_made),
		cmocka_unit_test(blanks_at_the_end_stay_in_lines_that_do_not_change),
		cmocka_unit_test(a_quote_may_begin_and_end_within_a_line),
		cmocka_unit_test(all_places_are_replaced_if_that_is_said),
		cmocka_unit_test(the_line_that_a_hunk_names_decides),
		cmocka_unit_test(another_indentation_may_come_with_one_other_change),
		cmocka_unit_test(other_pairs_of_changes_are_not_made),
		cmocka_unit_test(hunks_are_changed_as_they_are_quoted),
		cmocka_unit_test(a_diff_needs_no_hunk_line),
		cmocka_unit_test(a_mails_signature_is_no_line_of_it),
		cmocka_unit_test(random_changes_arrive),
		cmocka_unit_test(blank_lines_between_quoted_lines_do_not_matter),
		cmocka_unit_test(equal_lines_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
