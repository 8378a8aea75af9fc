#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/text/diff.h"
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

CASE(lines_that_differ_are_marked)
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

CASE(nothing_is_marked_where_nothing_is_known)
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
	/* After saving: the marks disappear and the same node is compared again. */
	changes_saved(&c, "a\n", 2, 1);
	changes_update(&c, t, 1);
	assert_int_equal(changes_mark(&c, 0), ' ');
	text_free(t);
	changes_fini(&c);
}

/* The length of the longest common subsequence of lines, by a slow table. */
static size_t shared(const struct lines *a, const struct lines *b)
{
	size_t best[32][32] = { { 0 } };

	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			size_t len, other;
			const char *x = lines_at(a, i, &len), *y = lines_at(b, k, &other);
			bool same = len == other && memcmp(x, y, len) == 0;
			size_t longer =
				best[i][k + 1] > best[i + 1][k] ? best[i][k + 1] : best[i + 1][k];

			best[i + 1][k + 1] =
				same && best[i][k] + 1 > longer ? best[i][k] + 1 : longer;
		}
	return best[a->n][b->n];
}

/* Unmarked lines occur in the saved text in this order, and in this number. */
static void assert_shortest(const char *saved, const char *now)
{
	struct changes c = { 0 };
	struct text *t = text_of(now);
	struct lines a, b;
	size_t kept = 0, at = 0;

	changes_saved(&c, saved, strlen(saved), 0);
	changes_update(&c, t, 1);
	lines_init(&a, saved, strlen(saved));
	lines_init(&b, now, strlen(now));
	for (size_t i = 0; i < b.n; i++) {
		size_t len, other = 0;
		const char *line = lines_at(&b, i, &len), *old;

		if (changes_mark(&c, i) != ' ' && changes_mark(&c, i) != '_')
			continue;
		do
			old = at < a.n ? lines_at(&a, at++, &other) : NULL;
		while (old && (other != len || memcmp(old, line, len) != 0));
		assert_non_null(old);
		kept++;
	}
	assert_int_equal(kept, shared(&a, &b));
	lines_fini(&a);
	lines_fini(&b);
	text_free(t);
	changes_fini(&c);
}

CASE(unmarked_lines_are_in_the_file)
{
	static const char *const some[] = { "a\n", "b\n", "c\n", "\n", "a" };
	unsigned random = 3;

	for (int i = 0; i < 30000; i++) {
		char text[2][64] = { "", "" };

		for (int k = 0; k < 24; k++) {
			random = random * 1664525u + 1013904223u;
			/* almost the same text; the last line may lack its newline */
			if (k < 23 || random >> 30)
				strcat(text[0], some[(random >> 8) % 4]);
			if ((random >> 12) % 6)
				strcat(text[1], some[(random >> 8) % 4]);
			else if ((random >> 16) % 2)
				strcat(text[1], some[(random >> 20) % 4]);
		}
		if (random >> 31)
			strcat(text[random >> 30 & 1], some[4]);
		assert_shortest(text[0], text[1]);
		assert_shortest(text[1], text[0]);
	}
}
