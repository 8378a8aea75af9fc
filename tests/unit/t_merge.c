#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/text/diff.h"
#include "session/text/merge.h"
#include "tests/lib/dice.h"
#include "tests/lib/tool.h"

static size_t merged(const char *base, const char *mine, const char *theirs, struct str *out)
{
	struct lines a, b, c;
	size_t conflicts;

	lines_init(&a, base, strlen(base));
	lines_init(&b, mine, strlen(mine));
	lines_init(&c, theirs, strlen(theirs));
	conflicts = merge3(&a, &b, &c, out);
	lines_fini(&a);
	lines_fini(&b);
	lines_fini(&c);
	return conflicts;
}

static void gives(const char *base, const char *mine, const char *theirs, const char *want,
		  size_t conflicts)
{
	struct str out = STR_INIT;

	assert_int_equal(merged(base, mine, theirs, &out), conflicts);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
}

CASE(changes_apart_are_both_there)
{
	gives("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n", 0);
	gives("a\nb\nc\n", "a\nb\nc\nmine\n", "theirs\na\nb\nc\n", "theirs\na\nb\nc\nmine\n", 0);
	gives("a\nb\nc\nd\n", "b\nc\nd\n", "a\nb\nc\n", "b\nc\n", 0);
	gives("", "", "new\n", "new\n", 0);
	gives("a\nb\nc", "a\nb\nc\nd", "A\nb\nc", "A\nb\nc\nd", 0);
}

CASE(equal_changes_do_not_conflict)
{
	gives("a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n", "a\nX\nc\n", 0);
	gives("a\nc\n", "a\nb\nc\n", "a\nb\nc\n", "a\nb\nc\n", 0);
}

CASE(touching_changes_conflict_and_propose_theirs)
{
	gives("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n", "a\ntheirs\nc\n", 1);
	gives("a\nb\n", "A\nb\n", "a\nB\n", "a\nB\n", 1);
	gives("a\n", "", "A\n", "A\n", 1);
	gives("a\nb\nc\nd\ne\n", "a\nM\nc\nM\ne\n", "a\nT\nc\nT\ne\n", "a\nT\nc\nT\ne\n", 2);
}

/* Which of the equal lines was added is unknown; here it matters. */
CASE(where_the_reading_matters_it_is_asked)
{
	gives("5\n5\n5\n0\n1\n5\n", "5\n5\n5\n5\n0\n1\n5\n", "5\n3\n5\n0\n1\n3\n",
	      "5\n5\n3\n5\n0\n1\n3\n", 1);
	gives("a\nx\nx\nb\n", "a\nx\nx\nx\nb\n", "A\nx\nx\nb\n", "A\nx\nx\nx\nb\n", 1);
	gives("a\nb\nx\nx\nc\n", "a\nb\nx\nx\nx\nc\n", "A\nb\nx\nx\nc\n", "A\nb\nx\nx\nx\nc\n", 0);
}

static void random_text(struct str *out, int lines)
{
	for (int i = 0; i < lines; i++)
		str_addf(out, "%u\n", roll(6));
	if (out->len && roll(4) == 0)
		str_cut(out, out->len - 1);
}

static void change(const char *text, struct str *out)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");

		n += p[n] == '\n';
		switch (roll(8)) {
		case 0:
			str_addf(out, "%u\n", roll(6));
			break;
		case 1:
			break;
		case 2:
			str_addf(out, "%u\n%.*s", roll(6), (int)n, p);
			break;
		default:
			str_add(out, p, n);
		}
		p += n;
	}
}

/* b with b and x is x, either way; x with x is x. */
CASE(one_side_alone_is_taken_as_it_is)
{
	for (unsigned round = 0; round < test_rounds(30000); round++) {
		struct str b = STR_INIT, x = STR_INIT, out = STR_INIT;

		random_text(&b, (int)roll(12));
		change(str_cstr(&b), &x);
		assert_int_equal(merged(str_cstr(&b), str_cstr(&b), str_cstr(&x), &out), 0);
		assert_string_equal(str_cstr(&out), str_cstr(&x));
		str_clear(&out);
		assert_int_equal(merged(str_cstr(&b), str_cstr(&x), str_cstr(&b), &out), 0);
		assert_string_equal(str_cstr(&out), str_cstr(&x));
		str_clear(&out);
		assert_int_equal(merged(str_cstr(&b), str_cstr(&x), str_cstr(&x), &out), 0);
		assert_string_equal(str_cstr(&out), str_cstr(&x));
		str_free(&b);
		str_free(&x);
		str_free(&out);
	}
}

static bool has_line(const char *text, const char *line, size_t n)
{
	for (const char *p = text; *p;) {
		size_t len = strcspn(p, "\n");

		if (len == n && memcmp(p, line, n) == 0)
			return true;
		p += len + (p[len] == '\n');
	}
	return false;
}

/* Without a conflict the result is symmetric, and has no line that is in none of the
 * three texts. */
CASE(it_is_symmetric_and_invents_nothing)
{
	int clean = 0;

	for (unsigned round = 0; round < test_rounds(30000); round++) {
		struct str b = STR_INIT, x = STR_INIT, y = STR_INIT, out = STR_INIT,
			   back = STR_INIT;
		size_t conflicts;

		random_text(&b, (int)roll(20));
		change(str_cstr(&b), &x);
		change(str_cstr(&b), &y);
		conflicts = merged(str_cstr(&b), str_cstr(&x), str_cstr(&y), &out);
		assert_int_equal(merged(str_cstr(&b), str_cstr(&y), str_cstr(&x), &back),
				 conflicts);
		if (conflicts == 0) {
			clean++;
			assert_string_equal(str_cstr(&out), str_cstr(&back));
		}
		for (const char *p = str_cstr(&out); *p;) {
			size_t n = strcspn(p, "\n");

			assert_true(has_line(str_cstr(&b), p, n) || has_line(str_cstr(&x), p, n) ||
				    has_line(str_cstr(&y), p, n));
			p += n + (p[n] == '\n');
		}
		str_free(&b);
		str_free(&x);
		str_free(&y);
		str_free(&out);
		str_free(&back);
	}
	assert_true(clean > (int)test_rounds(1000));
}

/* Unique lines, changes separated by an unchanged line: equal to git's result. */
CASE(where_git_is_sure_it_is_the_same)
{
	static const char *const argv[] = { "git",  "merge-file", "-p", "mine",
					    "base", "theirs",	  NULL };
	char *dir;

	if (!tool_there("git"))
		skip();
	dir = tool_folder();
	for (int round = 0; round < 60; round++) {
		struct str b = STR_INIT, x = STR_INIT, y = STR_INIT, out = STR_INIT, git = STR_INIT,
			   err = STR_INIT;

		for (int i = 0; i < 40; i++) {
			unsigned who = i % 2 ? roll(6) : 9, how = roll(3);
			struct str *sides[] = { &x, &y };

			str_addf(&b, "line %d\n", i);
			for (unsigned side = 0; side < 2; side++) {
				if (who != side)
					str_addf(sides[side], "line %d\n", i);
				else if (how == 0)
					str_addf(sides[side], "changed %d\n", i);
				else if (how == 1)
					str_addf(sides[side], "line %d\nnew %d\n", i, i);
			}
		}
		tool_write(dir, "base", str_cstr(&b));
		tool_write(dir, "mine", str_cstr(&x));
		tool_write(dir, "theirs", str_cstr(&y));
		assert_int_equal(tool_run(dir, argv, &git, &err), 0);
		assert_int_equal(merged(str_cstr(&b), str_cstr(&x), str_cstr(&y), &out), 0);
		assert_string_equal(str_cstr(&out), str_cstr(&git));
		str_free(&b);
		str_free(&x);
		str_free(&y);
		str_free(&out);
		str_free(&git);
		str_free(&err);
	}
	tool_folder_remove(dir);
}

/* Design text: mostly unique lines, some that occur everywhere. */
static void design_text(struct str *out, int lines)
{
	static const char *const everywhere[] = { "\n", "  end\n", "    begin\n", "  endcase\n" };

	for (int i = 0; i < lines; i++)
		if (roll(3))
			str_addf(out, "  assign w%u = a[%u];\n", roll(200), i);
		else
			str_adds(out, everywhere[roll(4)]);
}

static void edit_design(const char *text, struct str *out)
{
	int until = 0, how = 0;

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n") + 1;

		if (until == 0 && roll(12) == 0) {
			until = 1 + (int)roll(3);
			how = (int)roll(3);
		}
		if (until == 0 || how == 1)
			str_add(out, p, n);
		if (until && how != 2)
			str_addf(out, "  assign new%u = b;\n", roll(100));
		until -= until > 0;
		p += n;
	}
}

/* Design text and texts of six words. Where git sees no conflict, the result is git's
 * or, rarely, a conflict: an unneeded question is acceptable, a different text is not. */
CASE(where_git_has_a_text_it_is_that_or_a_question)
{
	static const char *const argv[] = { "git",  "merge-file", "-p", "mine",
					    "base", "theirs",	  NULL };
	int clean = 0, asked = 0;
	char *dir;

	if (!tool_there("git"))
		skip();
	dir = tool_folder();
	for (int round = 0; round < 400; round++) {
		struct str b = STR_INIT, x = STR_INIT, y = STR_INIT, out = STR_INIT, git = STR_INIT,
			   err = STR_INIT;

		if (round % 2) {
			random_text(&b, 5 + (int)roll(30));
			change(str_cstr(&b), &x);
			change(str_cstr(&b), &y);
		} else {
			design_text(&b, 5 + (int)roll(60));
			edit_design(str_cstr(&b), &x);
			edit_design(str_cstr(&b), &y);
		}
		tool_write(dir, "base", str_cstr(&b));
		tool_write(dir, "mine", str_cstr(&x));
		tool_write(dir, "theirs", str_cstr(&y));
		if (tool_run(dir, argv, &git, &err) == 0) {
			clean++;
			if (merged(str_cstr(&b), str_cstr(&x), str_cstr(&y), &out))
				asked++;
			else
				assert_string_equal(str_cstr(&out), str_cstr(&git));
		}
		str_free(&b);
		str_free(&x);
		str_free(&y);
		str_free(&out);
		str_free(&git);
		str_free(&err);
	}
	print_message("git is sure %d times of 400, we ask in %d of them\n", clean, asked);
	assert_true(clean > 50);
	assert_true(asked * 100 < 400 * 8);
	tool_folder_remove(dir);
}

static int before_all(void **state)
{
	seed_from_clock();
	return 0;
}

CASES_WITHIN(before_all, NULL)
