#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/text/text.h"
#include "ui/document/changes.h"

static struct text *text_of(const char *s)
{
	return text_new(s, strlen(s));
}

static void marks_are(const char *saved, const char *now, const char *want)
{
	struct changes c = { 0 };
	struct text *t = text_of(now);

	changes_saved(&c, saved, strlen(saved), 0);
	changes_update(&c, t, 1);
	for (size_t i = 0; i < strlen(want); i++)
		if (changes_mark(&c, i) != want[i])
			fail_msg("line %zu is '%c', not '%c'", i, changes_mark(&c, i), want[i]);
	assert_int_equal(changes_mark(&c, strlen(want)), ' ');
	text_free(t);
	changes_fini(&c);
}

static void lines_that_differ_are_marked(void **state)
{
	marks_are("a\nb\nc\n", "a\nb\nc\n", "   ");
	marks_are("a\nb\nc\n", "a\nB\nc\n", " ~ ");
	marks_are("a\nb\nc\n", "a\nb\nnew\nc\n", "  + ");
	marks_are("a\nb\nc\n", "a\nc\n", " _");
	marks_are("a\nb\nc\n", "a\nb\n", " _");
	marks_are("", "a\nb\n", "++");
	marks_are("a\n", "", "");
	marks_are("a\nb\n", "A\nmore\nb\n", "~+ ");
}

static void nothing_is_marked_where_nothing_is_known(void **state)
{
	struct changes c = { 0 };
	struct text *t = text_of("a\n");

	changes_update(&c, t, 1);
	assert_int_equal(changes_mark(&c, 0), ' ');
	changes_saved(&c, NULL, 0, 0);
	changes_update(&c, t, 1);
	assert_int_equal(changes_mark(&c, 0), ' ');
	changes_saved(&c, "b\n", 2, 0);
	assert_int_equal(changes_mark(&c, 0), ' ');
	changes_update(&c, t, 1);
	assert_int_equal(changes_mark(&c, 0), '~');
	/* Saved: the marks go, and the same node is looked at again. */
	changes_saved(&c, "a\n", 2, 1);
	changes_update(&c, t, 1);
	assert_int_equal(changes_mark(&c, 0), ' ');
	text_free(t);
	changes_fini(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_differ_are_marked),
		cmocka_unit_test(nothing_is_marked_where_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
