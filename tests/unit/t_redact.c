#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/model/redact.h"

/* Keys are assembled here, so that scanners do not report this file as a leak. */
#define A20 "a1B2c3D4e5F6g7H8i9J0"
#define A36 A20 "k1L2m3N4o5P6q7R8"

static void check(const struct redact *r, const char *text, const char *expected, size_t count)
{
	struct str out = STR_INIT;
	size_t n = redact_text(r, text, strlen(text), &out);

	assert_string_equal(str_cstr(&out), expected);
	assert_int_equal(n, count);
	str_free(&out);
}

CASE(keys_of_known_kinds_are_taken_out)
{
	static const char *const keys[] = {
		"sk-" A36,
		"sk-"
		"ant-api03-" A36 "-" A20,
		"sk-"
		"proj-" A20 "_" A20,
		"ghp"
		"_" A36,
		"gho"
		"_" A36,
		"github_pat"
		"_" A20 "_" A36,
		"glpat"
		"-" A20,
		"AKIA"
		"ABCDEFGH12345678",
		"AIza"
		"Sy" A36,
		"xoxb"
		"-123456789012-" A20,
		"xoxp"
		"-1-2-" A20,
		"hf"
		"_" A36,
		"Bearer " A20 ".x/y+z==",
		"bearer " A20 ".x/y+z==",
		"Basic " A20 "==",
		"nvapi"
		"-" A36,
		"xai"
		"-" A36,
		"gsk"
		"_" A36,
		"sk_live"
		"_" A20,
		"ASIA"
		"ABCDEFGH12345678",
		"api-key: " A20,
		"x-api-key: " A20,
		"X-Api-Key: " A20,
		"X-Goog-Api-Key: " A20,
		"api_key=" A20,
		"eyJ" A20 ".eyJ" A20 "." A36,
		"-----BEGIN RSA "
		"PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n" A36 "+/=\n" A36 "\n-----END RSA "
		"PRIVATE KEY-----",
		"-----BEGIN "
		"PRIVATE KEY-----\\n" A36 "\\n-----END "
		"PRIVATE KEY-----",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		static const char *const around[][2] = {
			{ "", "" },	 { "key: ", "\nnext" },
			{ "\"", "\"," }, { "x=\\n", "\\nnext" },
			{ "(", ")" },
		};

		for (size_t k = 0; k < sizeof(around) / sizeof(around[0]); k++) {
			char *text = str_fmt("%s%s%s", around[k][0], keys[i], around[k][1]);
			char *expected = str_fmt("%s[redacted]%s", around[k][0], around[k][1]);

			check(NULL, text, expected, 1);
			free(text);
			free(expected);
		}
	}
}

CASE(what_only_resembles_a_key_stays)
{
	static const char *const texts[] = {
		"a task-based approach with sk-learn",
		"disk-" A36,
		"sk-short1",
		"sk-a-word-with-many-dashes-in-it",
		"hf_count <= hf_count + 1;",
		"AKIA",
		"AKIAabcdefghijklmnopqrst",
		"eyJhbGciOiJIUzI1NiJ9",
		"eyJhbGciOiJIUzI1NiJ9.x.y",
		"the Bearer token",
		"Bearer authentication-of-the-client",
		"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
		"module ghp_(input a);",
		"logic [7:0] AIza;",
		"-----",
		"",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		check(NULL, texts[i], texts[i], 0);
}

CASE(an_open_private_key_ends_with_its_letters)
{
	check(NULL,
	      "-----BEGIN "
	      "PRIVATE KEY-----\n" A36 "\n" A20,
	      "[redacted]", 1);
	check(NULL,
	      "-----BEGIN "
	      "PRIVATE KEY-----\n" A36 "\n;\nassign",
	      "[redacted];\nassign", 1);
}

CASE(values_of_the_environment_are_secret)
{
	static const char *const env[] = {
		"MY_API_KEY=hunter2hunter2",
		"DB_PASSWORD=correct horse",
		"github_token=tok-tok-tok",
		"CLIENT_SECRET=short",
		"EDITOR=vim-is-an-editor",
		"ODD",
		"TOKEN=",
		NULL,
	};
	struct redact *r = redact_new(env, NULL);

	check(r, "a hunter2hunter2 b", "a [redacted] b", 1);
	check(r, "xcorrect horsex tok-tok-tok", "x[redacted]x [redacted]", 2);
	check(r, "short vim-is-an-editor", "short vim-is-an-editor", 0);
	redact_add(r, "1234567");
	redact_add(r, "12345678");
	check(r, "1234567 12345678", "1234567 [redacted]", 1);
	redact_free(r);
	redact_free(NULL);
}

CASE(values_in_an_address_are_secret_by_their_name)
{
	struct redact *r = redact_new(NULL, NULL);
	static const char url[] = "https://h/v1?api-version=2024-10-21&api_key=wordsonlyhere&"
				  "x=somethingelse&TOKEN=another%20one#key=fragmented";
	struct str out = STR_INIT;

	redact_add_url(r, "http://h/v1");
	redact_add_url(r, "http://h/v1?");
	redact_add_url(r, "http://h/v1?key");
	redact_add_url(r, url);
	redact_text(r, url, strlen(url), &out);
	assert_string_equal(str_cstr(&out),
			    "https://h/v1?api-version=2024-10-21&api_key=[redacted]&"
			    "x=somethingelse&TOKEN=[redacted]#key=fragmented");
	str_free(&out);
	redact_free(r);
}

CASE(the_longest_secret_goes_first)
{
	struct redact *r = redact_new(NULL, NULL);

	redact_add(r, "abcdefgh");
	redact_add(r, "abcdefghijkl");
	redact_add(r, "abcdefgh");
	check(r, "abcdefghijklm abcdefghi", "[redacted]m [redacted]i", 2);
	redact_free(r);
}

CASE(no_end_of_an_overlapping_secret_stays)
{
	struct redact *r = redact_new(NULL, NULL);

	redact_add(r, "abcdefgh");
	redact_add(r, "efghijklmnop");
	redact_add(r, "nopqrstuvw");
	check(r, "-abcdefghijklmnopqrstuvw-", "-[redacted]-", 1);
	redact_add(r, A20 "!secret");
	check(r, "sk-" A36 A20 "!secret.", "[redacted].", 1);
	redact_free(r);
}

CASE(the_home_folder_is_a_tilde)
{
	struct redact *r = redact_new(NULL, "/home/al/");

	check(r, "/home/al/lab/x.sv:3: /home/al", "~/lab/x.sv:3: ~", 0);
	check(r, "/home/alice /home/al.bak /home/al-x \"/home/al\"",
	      "/home/alice /home/al.bak /home/al-x \"~\"", 0);
	redact_free(r);
	r = redact_new(NULL, "/");
	check(r, "/a/b", "/a/b", 0);
	redact_free(r);
}

CASE(any_bytes_pass)
{
	static const char text[] = "a\0b\xff sk-" A36 "\0";
	struct str out = STR_INIT;

	assert_int_equal(redact_text(NULL, text, sizeof(text) - 1, &out), 1);
	assert_int_equal(out.len, 5 + strlen("[redacted]") + 1);
	assert_memory_equal(out.data, "a\0b\xff [redacted]\0", out.len);
	assert_int_equal(redact_text(NULL, NULL, 0, &out), 0);
	str_free(&out);
}

/* Quadratic time would not end. */
CASE(large_texts_take_linear_time)
{
	static const char *const repeated[] = {
		"sk-",	       "sk-a",	   "eyJ-",	  "eyJaaaaa.",
		"Bearer ",     "Bearer a", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----\n",
		"a",	       "-",	   "\\n",	  "ghp_",
		"secretsecre",
	};
	struct redact *r = redact_new(NULL, "/home/someone");

	redact_add(r, "secretsecret");
	for (size_t i = 0; i < sizeof(repeated) / sizeof(repeated[0]); i++) {
		struct str text = STR_INIT, out = STR_INIT;

		while (text.len < (4u << 20))
			str_adds(&text, repeated[i]);
		redact_text(r, text.data, text.len, &out);
		str_free(&text);
		str_free(&out);
	}
	redact_free(r);
}

CASE(lines_keep_their_numbers)
{
	static const char text[] = "one\n-----BEGIN "
				   "PRIVATE KEY-----\n" A36 "\n-----END "
				   "PRIVATE KEY-----\nlast sk-" A36 "\n";
	struct str out = STR_INIT;

	assert_int_equal(redact_lines(NULL, text, sizeof(text) - 1, &out), 2);
	assert_string_equal(str_cstr(&out),
			    "one\n[redacted]\n[redacted]\n[redacted]\nlast [redacted]\n");
	str_free(&out);
}

CASE(each_secret_has_its_place)
{
	static const char text[] = "a sk-" A36 " b /home/me/x";
	struct redact *r = redact_new(NULL, "/home/me");
	size_t at = 0, end = 0;
	bool home = true;

	assert_true(redact_next(r, text, strlen(text), &at, &end, &home));
	assert_int_equal(at, 2);
	assert_int_equal(end, 2 + 3 + strlen(A36));
	assert_false(home);
	at = end;
	assert_true(redact_next(r, text, strlen(text), &at, &end, &home));
	assert_int_equal(end - at, strlen("/home/me"));
	assert_true(home);
	at = end;
	assert_false(redact_next(r, text, strlen(text), &at, &end, &home));
	assert_int_equal(at, strlen(text));
	redact_free(r);
}
