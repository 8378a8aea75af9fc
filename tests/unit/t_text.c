#include "config.h"

#include "tests/lib/case.h"

#include <time.h>

#include "session/base/str.h"
#include "session/text/text.h"
#include "tests/lib/dice.h"

static void expect(const struct text *t, const struct str *naive)
{
	struct str all = STR_INIT;

	assert_int_equal(text_len(t), naive->len);
	text_get_all(t, &all);
	assert_memory_equal(str_cstr(&all), str_cstr(naive), naive->len);
	str_free(&all);
}

/* The obvious implementation of the tree's queries. */
static size_t naive_line_of(const struct str *s, size_t off)
{
	size_t n = 0;

	for (size_t i = 0; i < off; i++)
		n += s->data[i] == '\n';
	return n;
}

static void expect_lines(const struct text *t, const struct str *s)
{
	size_t off = roll((unsigned)s->len + 1), line = naive_line_of(s, off), start = off,
	       end = off;

	assert_int_equal(text_lines(t), naive_line_of(s, s->len) + 1);
	assert_int_equal(text_line_of(t, off), line);
	while (start > 0 && s->data[start - 1] != '\n')
		start--;
	while (end < s->len && s->data[end] != '\n')
		end++;
	assert_int_equal(text_line_start(t, line), start);
	assert_int_equal(text_line_end(t, line), end);
}

static void replace(struct str *s, size_t off, size_t removed, const char *ins, size_t len)
{
	struct str out = STR_INIT;

	str_add(&out, str_cstr(s), off);
	str_add(&out, ins, len);
	str_add(&out, str_cstr(s) + off + removed, s->len - off - removed);
	str_free(s);
	*s = out;
}

CASE(it_equals_the_obvious_way_after_100000_edits)
{
	static const char bytes[] = "ab\n\r\0\xff";

	seed = (unsigned long)time(NULL);
	print_message("seed %lu\n", seed);
	for (int round = 0; round < 20; round++) {
		struct str naive = STR_INIT;
		struct text *t;

		for (unsigned i = roll(2000); i > 0; i--)
			str_addc(&naive, bytes[roll(6)]);
		t = text_new(str_cstr(&naive), naive.len);
		for (int i = 0; i < 5000; i++) {
			size_t off = roll((unsigned)naive.len + 1);
			size_t removed = roll(4) ? roll(4) : roll(300), len = roll(6);
			char ins[8];

			if (roll(3) == 0 && i) /* typing: at the end of the last edit */
				removed = 0;
			if (removed > naive.len - off)
				removed = naive.len - off;
			for (size_t k = 0; k < len; k++)
				ins[k] = bytes[roll(6)];
			text_edit(t, off, removed, ins, len);
			replace(&naive, off, removed, ins, len);
			if (i % 50 == 0)
				expect(t, &naive);
			if (i % 7 == 0)
				expect_lines(t, &naive);
		}
		expect(t, &naive);
		text_free(t);
		str_free(&naive);
	}
}

CASE(typing_makes_no_new_piece_for_each_key)
{
	struct text *t = text_new("ends", 4);
	size_t len;

	for (int i = 0; i < 1000; i++)
		text_edit(t, 2 + (size_t)i, 0, "x", 1);
	assert_non_null(text_run(t, 2, &len));
	assert_int_equal(len, 1000);
	text_free(t);
}

CASE(an_empty_text_has_one_line)
{
	struct text *t = text_take(NULL, 0);
	size_t len;

	assert_int_equal(text_lines(t), 1);
	assert_int_equal(text_line_start(t, 0), 0);
	assert_int_equal(text_line_end(t, 0), 0);
	assert_int_equal(text_line_of(t, 0), 0);
	text_run(t, 0, &len);
	assert_int_equal(len, 0);
	text_free(t);
}

CASE(a_million_lines_are_found)
{
	struct str s = STR_INIT;
	struct text *t;
	size_t len, at;

	for (int i = 0; i < 1000000; i++)
		str_addf(&s, "assign q[%d] = d[%d];\n", i, i);
	len = s.len;
	t = text_take(str_take(&s), len);
	at = text_line_start(t, 900000);
	text_get(t, at, 17, &s);
	assert_string_equal(str_cstr(&s), "assign q[900000] ");
	text_edit(t, at, 0, "// new\n", 7);
	assert_int_equal(text_lines(t), 1000002);
	assert_int_equal(text_line_start(t, 900001), at + 7);
	assert_int_equal(text_line_of(t, len + 7), 1000001);
	text_edit(t, at, 7, NULL, 0);
	assert_int_equal(text_len(t), len);
	assert_int_equal(text_line_of(t, text_line_start(t, 999999)), 999999);
	str_free(&s);
	text_free(t);
}
