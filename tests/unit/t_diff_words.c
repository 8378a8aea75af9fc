#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/text/diff_words.h"

/* Both lines with what changed in brackets. */
static char *marked(const char *a, const char *b)
{
	uint8_t in_a[4096], in_b[4096];
	const char *lines[] = { a, b };
	const uint8_t *in[] = { in_a, in_b };
	struct str s = STR_INIT;

	diff_words(a, strlen(a), in_a, b, strlen(b), in_b);
	for (int side = 0; side < 2; side++) {
		bool on = false;

		str_adds(&s, side ? " | " : "");
		for (size_t i = 0; i <= strlen(lines[side]); i++) {
			bool now = i < strlen(lines[side]) && in[side][i];

			if (now != on)
				str_addc(&s, now ? '[' : ']');
			on = now;
			if (lines[side][i])
				str_addc(&s, lines[side][i]);
		}
	}
	return str_take(&s);
}

CASE(words_that_changed_are_marked)
{
	static const struct {
		const char *a, *b, *want;
	} cases[] = {
		{ "same", "same", "same | same" },
		{ "", "", " | " },
		{ "", "new", " | [new]" },
		{ "old", "", "[old] | " },
		{ "count <= count + 1;", "count <= count + 2;",
		  "count <= count + [1]; | count <= count + [2];" },
		{ "output [7:0] q", "output [W-1:0] q", "output [[7]:0] q | output [[W-1]:0] q" },
		{ "a_b", "a_c", "[a_b] | [a_c]" },
		{ "x = a + b;", "x = b;", "x = [a + ]b; | x = b;" },
		{ "if (rst)", "if (!rst)", "if (rst) | if ([!]rst)" },
		{ "  a", "    a", "[  ]a | [    ]a" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *s = marked(cases[i].a, cases[i].b);

		assert_string_equal(s, cases[i].want);
		free(s);
	}
}

/* Unmarked text is the same on both sides, in the same order. */
CASE(unmarked_bytes_are_common)
{
	unsigned seed = 1;

	for (int round = 0; round < 20000; round++) {
		char a[64], b[64];
		uint8_t in_a[64], in_b[64];
		struct str x = STR_INIT, y = STR_INIT;
		size_t la = (size_t)rand_r(&seed) % 60, lb = (size_t)rand_r(&seed) % 60;

		for (size_t i = 0; i < la; i++)
			a[i] = "ab 01_(\xc3"[rand_r(&seed) % 8];
		for (size_t i = 0; i < lb; i++)
			b[i] = "ab 01_(\xc3"[rand_r(&seed) % 8];
		diff_words(a, la, in_a, b, lb, in_b);
		for (size_t i = 0; i < la; i++)
			if (!in_a[i])
				str_addc(&x, a[i]);
		for (size_t i = 0; i < lb; i++)
			if (!in_b[i])
				str_addc(&y, b[i]);
		assert_string_equal(str_cstr(&x), str_cstr(&y));
		str_free(&x);
		str_free(&y);
	}
}

CASE(long_lines_are_compared_from_both_ends)
{
	struct str a = STR_INIT, b = STR_INIT;
	uint8_t *in_a, *in_b;

	for (int i = 0; i < 100000; i++)
		str_addf(&a, "w%d ", i);
	str_adds(&b, "first ");
	str_add(&b, a.data, a.len);
	in_a = calloc(a.len, 1);
	in_b = calloc(b.len, 1);
	diff_words(a.data, a.len, in_a, b.data, b.len, in_b);
	assert_int_equal(in_b[0], 1);
	assert_int_equal(in_a[a.len - 2], 0);
	free(in_a);
	free(in_b);
	str_free(&a);
	str_free(&b);
}
