/* Events as lines, and lines of earlier versions as events. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/journal/event.h"

static bool read_line(const char *line, struct event *e, struct err *err)
{
	cJSON *o = json_parse(line, strlen(line), err);
	bool ok;

	assert_non_null(o);
	ok = event_read(o, NULL, e, err);
	cJSON_Delete(o);
	return ok;
}

/* Reading line and writing it again gives want. */
static void reads_as(const char *line, const char *want)
{
	struct str out = STR_INIT;
	struct event e;
	struct err err = { 0 };

	if (!read_line(line, &e, &err))
		fail_msg("%s: %s", line, err.text);
	assert_true(event_write(&e, NULL, &out, NULL));
	str_addc(&out, '}');
	assert_string_equal(str_cstr(&out), want);
	event_fini(&e);
	str_free(&out);
}

static void is_refused(const char *line, const char *words)
{
	struct event e;
	struct err err = { 0 };

	assert_false(read_line(line, &e, &err));
	assert_int_equal(err.code, ERR_PARSE);
	if (!strstr(err.text, words))
		fail_msg("%s: '%s' does not say '%s'", line, err.text, words);
}

#define HEAD "{\"n\":7,\"t\":1,\"type\":"

CASE(a_decision_is_one_of_three_words)
{
	static const char take[] =
		HEAD "\"decide\",\"suggestion\":2,\"first\":0,\"last\":3,\"decision\":\"take\"}";
	struct event e;

	assert_true(read_line(take, &e, NULL));
	assert_int_equal(e.decide.decision, DECISION_TAKEN);
	event_fini(&e);
	reads_as(take, take);
	is_refused(HEAD
		   "\"decide\",\"suggestion\":2,\"first\":0,\"last\":3,\"decision\":\"perhaps\"}",
		   "take, refuse or open");
	is_refused(HEAD "\"decide\",\"suggestion\":2,\"first\":0,\"last\":3,\"decision\":1}",
		   "take, refuse or open");
	is_refused(HEAD "\"decide\",\"suggestion\":2,\"first\":0,\"last\":3}",
		   "take, refuse or open");
}

CASE(an_old_split_is_a_split)
{
	static const char split[] = HEAD "\"split\",\"suggestion\":2,\"unit\":4}";

	reads_as(split, split);
	reads_as(HEAD "\"decide\",\"suggestion\":2,\"first\":4,\"last\":4,\"decision\":\"split\"}",
		 split);
	is_refused(HEAD "\"decide\",\"suggestion\":2,\"last\":4,\"decision\":\"split\"}",
		   "split.unit");
}

CASE(the_author_of_an_edit_is_a_word_or_a_number)
{
#define EDIT(by) HEAD "\"edit\",\"path\":\"a.sv\",\"by\":" by ",\"changes\":[[0,1,\"x\"]]}"
	static const char *const same[] = { EDIT("\"you\""), EDIT("\"disk\""), EDIT("\"rewound\""),
					    EDIT("12") };

	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		reads_as(same[i], same[i]);
	is_refused(EDIT("\"nobody\""), "edit.by");
	is_refused(EDIT("-1"), "edit.by");
	is_refused(EDIT("1.5"), "edit.by");
	is_refused(EDIT("1e300"), "edit.by");
	is_refused(EDIT("{}"), "edit.by");
}

CASE(old_edits_by_suggestions_are_read)
{
	reads_as(EDIT("\"suggestion 12\""), EDIT("12"));
	reads_as(EDIT("\"suggestion 12 gone\""),
		 HEAD "\"remove\",\"path\":\"a.sv\",\"suggestion\":12,\"changes\":[[0,1,\"x\"]]}");
	reads_as(EDIT("\"suggestion 12 moved 12b 1u\""), EDIT("12"));
}

/* Text that is not valid in JSON is written in base64. */
CASE(each_byte_of_a_text_is_kept)
{
	static const struct {
		struct bytes ins;
		const char *text;
	} all[] = {
		{ { "a\"\n\x7f\xc3\xb6", 6 }, "\"a\\\"\\n\\u007f\xc3\xb6\"" },
		{ { "a\xff", 2 }, "{\"b64\":\"Yf8=\"}" },
		{ { "a\xc3", 2 }, "{\"b64\":\"YcM=\"}" },
		{ { "a\0b", 3 }, "{\"b64\":\"YQBi\"}" },
		{ { "", 0 }, "\"\"" },
		{ { NULL, 0 }, "\"\"" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct str out = STR_INIT;

		event_write_bytes(all[i].ins.data, all[i].ins.len, &out);
		assert_string_equal(str_cstr(&out), all[i].text);
		str_free(&out);
	}
}

CASE(a_rename_says_both_names_and_whose_the_lines_are)
{
#define RENAME(authors)                                                       \
	HEAD "\"rename\",\"path\":\"a.sv\",\"to\":\"b.sv\",\"suggestion\":2," \
	     "\"changes\":[[0,0,\"x\"]],\"authors\":[" authors "]}"
	static const char line[] = RENAME(
		"[12,\"before\",0],[1,\"you\",0],[3,\"model\",7],[1,\"both\",7],[2,\"disk\",0]");
	struct event e;

	reads_as(line, line);
	reads_as(RENAME(""), RENAME(""));
	assert_true(read_line(line, &e, NULL));
	assert_int_equal(e.rename.n_authors, 5);
	assert_int_equal(e.rename.authors[2].lines, 3);
	assert_int_equal(e.rename.authors[2].by.kind, AUTHOR_MODEL);
	assert_int_equal(e.rename.authors[2].by.suggestion, 7);
	event_fini(&e);
	is_refused(RENAME("[12,\"ghost\",0]"), "author");
	is_refused(RENAME("[-1,\"you\",0]"), "author");
	is_refused(RENAME("12"), "author");
}
