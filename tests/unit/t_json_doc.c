/* The reader that reuses its memory against json_parse(): equal values for everything
 * in the recorded streams, whole, cut after each byte, and with bytes changed. */
#include "config.h"

#include "tests/lib/case.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/json_doc.h"
#include "tests/lib/json_same.h"

#define CUT_MAX 400 /* of longer texts only the first cuts are tried */

static void agrees(struct json_doc *d, const char *text, size_t len)
{
	/* A copy without a byte to spare, for the sanitizers. */
	char *exact = malloc(len + !len);
	struct err err = { 0 }, other = { 0 };
	cJSON *want = json_parse(memcpy(exact, text, len), len, &err);
	const cJSON *got = json_doc_parse(d, exact, len, &other);

	if (!json_same(got, want))
		fail_msg("other values of %.*s", (int)len, text);
	assert_string_equal(other.text, err.text);
	cJSON_Delete(want);
	free(exact);
}

static void agrees_when_spoilt(struct json_doc *d, const char *text, size_t len)
{
	static const char odd[] = { '"', '\\', 'u', '{', '}',  ',',    '0',
				    '.', '-',  ' ', 0,	 0x1f, '\xc3', '[' };
	static unsigned long seed = 1;
	char *copy = malloc(len + 1);

	agrees(d, text, len);
	for (size_t i = 0; i < len && i < CUT_MAX; i++) {
		agrees(d, text, i);
		memcpy(copy, text, len);
		for (int k = 0; k < 2; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			copy[(seed >> 33) % len] = odd[(seed >> 20) % sizeof(odd)];
			agrees(d, copy, len);
		}
	}
	free(copy);
}

CASE(recorded_streams_have_the_same_values)
{
	const char *src = getenv("srcdir");
	char *dir = str_fmt("%s/tests/unit/wires", src ? src : ".");
	struct json_doc *d = json_doc_new();
	DIR *all = opendir(dir);
	size_t n = 0;

	assert_non_null(all);
	for (struct dirent *e; (e = readdir(all));) {
		char *path = str_fmt("%s/%s", dir, e->d_name);
		struct str text = STR_INIT;

		if (e->d_name[0] != '.' && file_read(path, 0, &text, NULL)) {
			for (const char *p = str_cstr(&text), *lf; *p; p = *lf ? lf + 1 : lf, n++) {
				lf = strchrnul(p, '\n');
				p += str_starts(p, "data: ") ? 6 : 0;
				agrees_when_spoilt(d, p, lf > p ? (size_t)(lf - p) : 0);
			}
		}
		str_free(&text);
		free(path);
	}
	assert_true(n > 1000);
	closedir(all);
	json_doc_free(d);
	free(dir);
}

CASE(odd_texts_have_the_same_values)
{
	static const char *const texts[] = {
		"",
		" ",
		"\xef\xbb\xbf{}",
		"{\"a\":\"\\ud83d\\ude00\",\"b\":\"\\ud83d\"}",
		"[0,-0,00,01,1.5,-,+1,1e3,1e400,2147483647,2147483648,-2147483648,-2147483649]",
		"[0,-0,01,2147483647,2147483648,-2147483648,-2147483649,999999999999999]",
		"[1234567890123456,12345678901234567890]",
		"[1-2]",
		"[1.]",
		"{\"\":\"\",\"a\":1,\"a\":2,\"A\":3}",
		"{\"a\" : [ ] , \"b\" : { } }\n",
		"{\"a\":1,}",
		"[,]",
		"\"\\u0000\\u00e4\\u20ac\\x\"",
		"\"\t\x7f\"",
		"[nul,nulls,truefalse]",
		"null x",
		"\"\xc3\"",
		"\"\xc3\xa4\\u00e4\"",
		"{\"a\":NaN}",
	};
	struct json_doc *d = json_doc_new();

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		agrees_when_spoilt(d, texts[i], strlen(texts[i]));
	json_doc_free(d);
}

/* Deeper, longer and with more values than allowed, and just within the limits. */
CASE(values_beyond_the_limit_are_the_same)
{
	struct json_doc *d = json_doc_new();

	for (size_t n = 60; n < 70; n++) {
		char nested[140];

		memset(nested, '[', n);
		memset(nested + n, ']', n);
		agrees(d, nested, 2 * n);
	}
	for (size_t n = 250; n < 260; n++) {
		struct str many = STR_INIT;

		for (size_t i = 0; i < n; i++)
			str_addf(&many, "%c%zu", i ? ',' : '[', i);
		str_addc(&many, ']');
		agrees(d, many.data, many.len);
		str_free(&many);
	}
	for (size_t n = 16380; n < 16390; n++) {
		struct str big = STR_INIT;

		str_addf(&big, "\"%0*d\"", (int)n - 2, 7);
		agrees(d, big.data, big.len);
		str_free(&big);
	}
	json_doc_free(d);
}
