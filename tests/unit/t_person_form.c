/* A form of another program, filled in by a person who is a list of answers. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/workbench/person_form.h"
#include "session/workbench/report.h"

struct person {
	const char *const *answers; /* NULL at the end: no answer */
	struct str asked;	    /* each question with its options */
};

/* An answer of the form "#2" is that option. */
static char *answer(void *ctx, const struct person_question *q, struct err *err)
{
	struct person *p = ctx;
	const char *a = *p->answers;

	str_addf(&p->asked, "%s", q->text);
	for (size_t i = 0; i < q->n; i++)
		str_addf(&p->asked, " [%s]", q->options[i]);
	str_addc(&p->asked, '\n');
	if (!a) {
		err_set(err, ERR_CONSENT, "no");
		return NULL;
	}
	p->answers++;
	if (a[0] == '#' && a[1] - '0' <= (int)q->n)
		return mem_strdup(q->options[a[1] - '1']);
	return mem_strdup(a);
}

/* fields: properties; wants: the outcome as JSON; asked: a part of what was asked. */
static void form(const char *fields, const char *required, const char *const *answers,
		 const char *wants, const char *asked)
{
	char *text = str_fmt("{\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\","
			     "\"properties\":{%s},\"required\":[%s]}}",
			     fields, required);
	cJSON *params = json_parse(text, strlen(text), NULL);
	struct person p = { .answers = answers };
	const struct report r = { .question = answer, .ctx = &p };
	struct str got = STR_INIT;
	cJSON *out;

	assert_non_null(params);
	out = form_ask(&r, "mcp:x", params);
	json_print(&got, out);
	assert_string_equal(str_cstr(&got), wants);
	if (!strstr(str_cstr(&p.asked), asked))
		fail_msg("asked:\n%s", str_cstr(&p.asked));
	str_free(&got);
	str_free(&p.asked);
	cJSON_Delete(out);
	cJSON_Delete(params);
	free(text);
}

#define SENT(content) "{\"action\":\"accept\",\"content\":{" content "}}"
#define CANCEL	      "{\"action\":\"cancel\"}"

CASE(a_text_has_its_format)
{
	static const struct {
		const char *format, *bad, *good;
	} v[] = {
		{ "email", "nobody", "a@b.org" },
		{ "email", "a@", "a+b@c" },
		{ "email", "a@b@c", "a@b.org" },
		{ "email", "a b@c", "a@b.org" },
		{ "uri", "example.org", "https://example.org" },
		{ "uri", "https: //x", "mailto:a@b" },
		{ "date", "2026-13-01", "2026-12-31" },
		{ "date", "1.5.2026", "2026-05-01" },
		{ "date", "2026-05-01x", "2026-05-01" },
		{ "date-time", "2026-05-01", "2026-05-01T10:00:00Z" },
		{ "date-time", "2026-05-01T10:00:00", "2026-05-01T10:00:00.25+02:00" },
		{ "date-time", "2026-05-01T24:00:00Z", "2026-05-01T23:59:59-01:30" },
		{ "hostname", "", "any thing" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		const char *bad = v[i].bad[0] ? v[i].bad : v[i].good;
		const char *answers[] = { bad, v[i].good, "send it", NULL };
		char *field = str_fmt("\"f\":{\"type\":\"string\",\"format\":\"%s\"}", v[i].format);
		char *sent = str_fmt(SENT("\"f\":\"%s\""), v[i].good);

		form(field, "\"f\"", v[i].bad[0] ? answers : answers + 1, sent,
		     v[i].bad[0] ? "something like" : "f (text)");
		free(field);
		free(sent);
	}
}

CASE(suggested_values_can_be_seen_and_taken)
{
	static const char *const second[] = { "#2", "send it", NULL },
				 *const typed[] = { "#1", "send it", NULL },
				 *const three[] = { "3", "send it", NULL };
	static const char one[] =
		"\"f\":{\"type\":\"string\",\"oneOf\":[{\"const\":\"s\",\"title\":"
		"\"Slow\"},{\"const\":\"q\",\"title\":\"Quick\"}],\"default\":\"%s\"}";
	char *quick = str_fmt(one, "q"), *none = str_fmt(one, "z");

	form(quick, "\"f\"", second, SENT("\"f\":\"q\""),
	     "(one of, suggested: Quick) [Slow] [Quick]");
	form(none, "\"f\"", second, SENT("\"f\":\"q\""), "(one of) [Slow] [Quick]");
	form("\"f\":{\"type\":\"string\",\"default\":\"rtl\"}", "\"f\"", typed,
	     SENT("\"f\":\"rtl\""), "(text, suggested: rtl) [rtl]");
	form("\"f\":{\"type\":\"integer\",\"default\":3}", "\"f\"", three, SENT("\"f\":3"),
	     "(whole number, suggested: 3)\n");
	form("\"f\":{\"type\":\"boolean\",\"default\":false}", "\"f\"", second, SENT("\"f\":false"),
	     "suggested: no");
	/* neither what is not valid, nor what cannot be shown as it is */
	form("\"f\":{\"type\":\"integer\",\"default\":3,\"maximum\":2}", "\"f\"", three, CANCEL,
	     "(whole number)\n");
	form("\"f\":{\"type\":\"string\",\"default\":\"a\\u001bb\"}", "\"f\"", three,
	     SENT("\"f\":\"3\""), "(text)\n");
	form("\"f\":{\"type\":\"string\",\"default\":\"a\",\"format\":\"email\"}", "\"f\"", three,
	     CANCEL, "(text)\n");
	free(quick);
	free(none);
}

CASE(some_are_as_many_as_are_wanted)
{
	static const char field[] = "\"f\":{\"type\":\"array\",\"items\":{\"type\":\"string\","
				    "\"enum\":[\"a\",\"b\",\"c\"]},\"minItems\":1,\"maxItems\":2,"
				    "\"default\":[\"b\"]}";
	static const char *const many[] = { "a, b, c", "1, a, 2", "send it", NULL },
				 *const few[] = { "", "b", "send it", NULL };

	form(field, "\"f\"", many, SENT("\"f\":[\"a\",\"b\"]"), "1 to 2 of them are wanted; f");
	form(field, "\"f\"", few, SENT("\"f\":[\"b\"]"), "with commas, suggested: b)");
}

/* By what a person reads, and by the number where a title would be read otherwise. */
CASE(some_are_suggested_by_their_titles)
{
	static const char field[] = "\"f\":{\"type\":\"array\",\"items\":{\"anyOf\":["
				    "{\"const\":\"s\",\"title\":\"Slow\"},"
				    "{\"const\":\"q\",\"title\":\"Quick, dirty\"},"
				    "{\"const\":\"t\",\"title\":\"2 times\"}]},"
				    "\"default\":[\"s\",\"q\",\"t\"]}";
	static const char *const typed[] = { "slow, 2, 3", "send it", NULL };

	form(field, "\"f\"", typed, SENT("\"f\":[\"s\",\"q\",\"t\"]"),
	     "with commas, suggested: Slow, 2, 3)");
}

CASE(a_typed_line_chooses_an_option)
{
	static char *const options[] = { (char *)"yes", (char *)"no", (char *)"Not yet, 8 bits",
					 (char *)"16 bits" };
	static const struct {
		const char *typed, *answer, *free; /* free: if any text is an answer */
	} v[] = {
		{ "1", "yes", "yes" },
		{ " 2 \n", "no", "no" },
		{ "YES", "yes", "yes" },
		{ "y", "yes", "y" },
		{ "n", NULL, "n" },
		{ "no", "no", "no" },
		{ "not", "Not yet, 8 bits", "not" },
		{ "16", "16 bits", "16" },
		{ "5", NULL, "5" },
		{ "1x", NULL, "1x" },
		{ "yes!", NULL, "yes!" },
		{ "  ", NULL, NULL },
		{ "R: 1", "yes", "yes" },
		{ "R:", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		for (int free_text = 0; free_text < 2; free_text++) {
			bool required = false;
			struct person_question q = { "m", "?", options, 4, free_text, &required };
			const char *want = free_text ? v[i].free : v[i].answer;
			char *got = question_answer(&q, v[i].typed);

			assert_int_equal(required, v[i].typed[0] == 'R');
			if (!want || !got)
				assert_null(want ? want : got);
			else
				assert_string_equal(got, want);
			free(got);
		}
}

CASE(an_option_in_the_same_letters_comes_first)
{
	static char *const options[] = { (char *)"Reset", (char *)"reset" };
	struct person_question q = { "m", "?", options, 2, false, NULL };
	static const char *const v[][2] = { { "reset", "reset" },
					    { "Reset", "Reset" },
					    { "RESET", "Reset" } };

	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		char *got = question_answer(&q, v[i][0]);

		assert_string_equal(got, v[i][1]);
		free(got);
	}
}
