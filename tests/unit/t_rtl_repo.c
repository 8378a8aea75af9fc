#include "config.h"

#include "tests/lib/case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/bench/line_match.h"
#include "session/bench/suite.h"
#include "tests/lib/folder.h"

/* Similarity ------------------------------------------------------------------------------ */

static void similar(const char *a, const char *b, double want)
{
	double got = -1;

	assert_true(line_match_similar(a, strlen(a), b, strlen(b), &got, NULL));
	if (got != want)
		fail_msg("%g, not %g: %s | %s", got, want, a, b);
}

/* By hand: 200 times the length of the common subsequence over both lengths. */
CASE(by_hand)
{
	similar("", "", 100);
	similar("a", "", 0);
	similar("", "a", 0);
	similar("abc", "abc", 100);
	similar("ab", "ba", 50);	       /* a or b stays: 2 of 4 */
	similar("a", "abb", 50);	       /* 2 of 4 */
	similar("kitten", "sitting", 62);      /* ittn: 8 of 13, 61.5 */
	similar("q <= d;", "    q <= d;", 78); /* 14 of 18, 77.8 */
	similar("abcdefg", "a23456789", 12);   /* 2 of 16: 12.5 is rounded to even */
	similar("abc12345", "abc67890", 38);   /* 6 of 16: 37.5 */
	similar("\xc3\xa4", "\xc3\xb6", 0);    /* one character, not a byte of two */
	similar("\xff", "\xfe", 0);
}

/* The longest common subsequence by trying all subsequences of a. */
static size_t slow(const char *a, const char *b)
{
	size_t n = strlen(a), best = 0;

	for (unsigned set = 0; set < 1u << n; set++) {
		const char *at = b;
		size_t len = 0;

		for (size_t i = 0; at && i < n; i++)
			if (set >> i & 1 && (at = strchr(at, a[i]))) {
				at++;
				len++;
			}
		if (at && len > best)
			best = len;
	}
	return best;
}

CASE(as_all_subsequences)
{
	unsigned seed = 7;

	for (unsigned i = 0; i < 3000; i++) {
		char text[2][12] = { "", "" };

		for (unsigned k = 0; k < 2; k++) {
			size_t n = (seed = seed * 1103515245u + 12345u) >> 16 & 7;

			for (size_t j = 0; j < n; j++)
				text[k][j] =
					"abc"[((seed = seed * 1103515245u + 12345u) >> 16) % 3];
		}
		if (strcmp(text[0], text[1]) != 0)
			similar(text[0], text[1],
				nearbyint(200 * (double)slow(text[0], text[1]) /
					  (double)(strlen(text[0]) + strlen(text[1]))));
	}
}

CASE(too_long)
{
	size_t n = 9000;
	char *a = malloc(n), *b = malloc(n);
	struct err err = { 0 };
	double got;

	memset(a, 'a', n);
	memset(b, 'b', n);
	assert_false(line_match_similar(a, n, b, n, &got, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	/* A common start and end costs nothing. */
	memset(b, 'a', n);
	b[n / 2] = 'b';
	assert_true(line_match_similar(a, n, b, n, &got, &err));
	assert_true(got == 100);
	free(a);
	free(b);
}

static bool exact(const char *a, const char *b)
{
	return line_match_exact(a, strlen(a), b, strlen(b));
}

CASE(words)
{
	assert_true(exact("q <= d;", "\t  q  <=\td; \r"));
	assert_true(exact("", " \n"));
	assert_true(exact("a b", "a\xc2\xa0"
				 "b")); /* a blank of Unicode */
	assert_false(exact("q<=d;", "q <= d;"));
	assert_false(exact("a b", "a"));
	assert_false(exact("a", "a b"));
}

/* Problems, question, answer ---------------------------------------------------------------- */

static const char data[] =
	"{\"repo_name\":\"r\",\"file_path\":\"top.v\",\"context\":[{\"path\":\"a.v\","
	"\"snippet\":\"module a;\\n\\n\\n\\n\\nendmodule\"}],\"cropped_code\":\"module top;\","
	"\"next_line\":\"  a u();\\r\"}\n"
	"\n"
	"{\"cropped_code\":\"x\",\"next_line\":\"\"}";

CASE(problems)
{
	char *path = path_join(folder, "test.jsonl");
	struct suite_choice c = { .dir = folder };
	struct suite_problems l = { 0 };
	struct str system = STR_INIT, user = STR_INIT, line = STR_INIT;
	struct err err = { 0 };

	assert_false(suite_rtl_repo.load(&c, &l, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_true(file_put(path, "{\"a\":1}\n", 8, 0600, NULL));
	assert_false(suite_rtl_repo.load(&c, &l, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	suite_problems_fini(&l);
	assert_true(file_put(path, data, sizeof(data) - 1, 0600, NULL));
	assert_true(suite_rtl_repo.load(&c, &l, &err));
	assert_int_equal(l.n, 2);
	assert_string_equal(l.v[0].name, "test-000001");
	assert_string_equal(l.v[1].name, "test-000003");
	assert_true(suite_rtl_repo.prompt(&c, &l.v[0], &system, &user, &err));
	assert_string_equal(str_cstr(&user), "// Repo Name: r\n// Path: a.v\nmodule a;\n\nendmodule"
					     "\n\n// Path: top.v\nmodule top;\n");
	assert_null(strstr(str_cstr(&user), "u()"));
	assert_true(suite_rtl_repo.reference(&c, &l.v[0], &line, &err));
	assert_string_equal(str_cstr(&line), "  a u();\r");
	/* The data changed after it was listed. */
	assert_int_equal(truncate(path, 40), 0);
	assert_false(suite_rtl_repo.reference(&c, &l.v[0], &line, &err));
	assert_non_null(strstr(err.text, "test.jsonl is shorter than it was"));
	suite_problems_fini(&l);
	str_free(&system);
	str_free(&user);
	str_free(&line);
	free(path);
}

static void extracts(const char *answer, const char *want)
{
	struct str code = STR_INIT;

	assert_true(suite_rtl_repo.extract(NULL, NULL, answer, strlen(answer), &code, NULL));
	assert_string_equal(str_cstr(&code), want);
	str_free(&code);
}

CASE(lines)
{
	extracts("\n // a\n  b <= c;\nd\n", "  b <= c;");
	extracts("// a\n// b\n", "// b");
	extracts("```verilog\na;\n```\n", "a;");
	extracts("a;", "a;");
	extracts("", "");
}

CASES_WITHIN(make_folder, remove_folder)
