#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/mutant/flow_coverage.h"
#include "session/mutant/flow_mutants.h"
#include "session/mutant/kept.h"
#include "session/text/text.h"
#include "ui/document/reach.h"
#include "tests/lib/tool.h"

/* missed: lines from 1, each a digit. */
static void marks_are(const char *then, const char *missed, const char *now, const char *want)
{
	struct reach r = { 0 };
	struct text *t = text_new(now, strlen(now));
	int lines[9];
	size_t n = strlen(missed);

	for (size_t i = 0; i < n; i++)
		lines[i] = missed[i] - '0';
	reach_set(&r, then, lines, n);
	reach_update(&r, t, 1);
	for (size_t i = 0; i < strlen(want); i++)
		if (reach_mark(&r, i) != want[i])
			fail_msg("line %zu is '%c', not '%c'", i, reach_mark(&r, i), want[i]);
	assert_int_equal(reach_mark(&r, strlen(want)), ' ');
	text_free(t);
	reach_fini(&r);
}

CASE(marks_follow_their_lines_and_say_that_they_are_stale)
{
	marks_are("a\nb\nc\nd\n", "24", "a\nb\nc\nd\n", " ! !");
	marks_are("a\nb\nc\nd\n", "24", "a\nb\nc\nD\n", " ?  ");
	marks_are("a\nb\nc\nd\n", "24", "new\na\nb\nc\nd\n", "  ? ?");
	marks_are("a\nb\nc\nd\n", "24", "b\nd\n", "??");
	marks_are("a\nb\nc\nd\n", "24", "a\nB\nx\nc\nd\n", "    ?");
	marks_are("a\nb\n", "9", "a\nb\n", "  ");
	marks_are("a\nb\n", "1", "", "");
	marks_are(NULL, "1", "a\n", " ");
}

CASE(marks_are_those_of_the_node)
{
	struct reach r = { 0 };
	struct text *one = text_new("a\nb\n", 4), *other = text_new("b\n", 2);
	int line = 2;

	reach_set(&r, "a\nb\n", &line, 1);
	assert_int_equal(reach_mark(&r, 1), ' '); /* not compared yet */
	reach_update(&r, one, 1);
	assert_int_equal(reach_mark(&r, 1), '!');
	reach_update(&r, other, 1); /* the same node: nothing is done */
	assert_int_equal(reach_mark(&r, 1), '!');
	reach_update(&r, other, 2);
	assert_int_equal(reach_mark(&r, 0), '?');
	reach_update(&r, one, 1); /* undone: it is true again */
	assert_int_equal(reach_mark(&r, 1), '!');
	reach_set(&r, NULL, NULL, 0);
	assert_false(reach_known(&r));
	text_free(one);
	text_free(other);
	reach_fini(&r);
}

static void put(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name);

	assert_true(file_put(path, text, strlen(text), 0600, NULL));
	free(path);
}

CASE(what_is_kept_is_read_again)
{
	char *dir = tool_folder();
	char path[] = "a \"b\".v", text[] = "x\n  y \r\nz", before[] = "q <= \"\\\";",
	     bench[] = "tb";
	struct coverage_file f = { .path = path, .text = text, .len = strlen(text) };
	struct coverage_report r = { .files = &f, .n_files = 1 };
	struct mutant_result v[] = {
		{ .path = path, .line = 3, .kind = "number", .before = before, .after = before },
		{ .path = path, .line = 4, .kind = "number", .before = before, .after = before },
	};
	struct mutants_report m = {
		.testbench = bench, .v = v, .n = 2, .found = 9, .noticed = 1, .survived = 1
	};
	struct strv left = STRV_INIT;
	struct kept_coverage c;
	struct kept_mutants k;
	struct str line = STR_INIT;
	struct err err;

	assert_false(kept_coverage_read(dir, &c, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(kept_coverage_write(dir, &r, "words", &left, &err));
	assert_int_equal(left.n, 0);
	assert_true(kept_coverage_read(dir, &c, &err));
	assert_string_equal(c.words, "words");
	assert_int_equal(c.n, 1);
	assert_string_equal(c.v[0].path, path);
	assert_string_equal(c.v[0].text, text);
	assert_int_equal(c.v[0].n, 0);
	kept_line(c.v[0].text, strlen(text), 2, &line);
	assert_string_equal(str_cstr(&line), "y");
	kept_coverage_fini(&c);
	/* A line that is too long to be kept is named. */
	f.text = mem_zalloc(KEPT_TEXT_MAX + 2);
	f.len = KEPT_TEXT_MAX + 1;
	memset(f.text, 'x', f.len);
	assert_true(kept_coverage_write(dir, &r, "words", &left, &err));
	assert_int_equal(left.n, 1);
	assert_string_equal(left.v[0], "a \"b\".v: its lines are not marked: it is above 1 MB");
	strv_free(&left);
	free(f.text);

	v[0].fate = MUTANT_NOTICED;
	v[1].fate = MUTANT_SURVIVED;
	assert_true(kept_mutants_write(dir, &m, &err));
	assert_true(kept_mutants_read(dir, &k, &err));
	assert_string_equal(k.score, "notices 1 of 2 mutants, chosen of 9");
	assert_int_equal(k.n, 1);
	assert_int_equal(k.v[0].line, 4);
	assert_string_equal(k.v[0].before, before);
	kept_mutants_fini(&k);
	str_free(&line);
	file_remove_tree(dir, NULL);
	free(dir);
}

CASE(lies_are_refused_or_left_out)
{
	static const char *const bad[] = {
		"", "{", "[]", "{\"files\":[]}", "{\"words\":\"\"}", "{\"words\":\"\",\"files\":{}}"
	};
	char *dir = tool_folder();
	struct kept_coverage c;
	struct kept_mutants k;
	struct err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		put(dir, "coverage.json", bad[i]);
		put(dir, "mutants.json", bad[i]);
		assert_false(kept_coverage_read(dir, &c, &err));
		assert_false(kept_mutants_read(dir, &k, &err));
		assert_int_equal(c.n + k.n, 0);
	}
	put(dir, "coverage.json",
	    "{\"words\":\"\",\"files\":[7,{\"path\":7,\"text\":[],\"missed\":[3,2,-1,1e99,\"4\",5]}"
	    "]}");
	assert_true(kept_coverage_read(dir, &c, &err));
	assert_int_equal(c.n, 2);
	assert_int_equal(c.v[1].n, 2); /* 3 and 5 */
	assert_int_equal(c.v[1].missed[1], 5);
	kept_coverage_fini(&c);
	file_remove_tree(dir, NULL);
	free(dir);
}
