/* The change that an agent announces for a call: shown once, truncated, sanitised. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "backends/acp/acp_diff.h"
#include "backends/acp/acp_update.h"
#include "session/base/json.h"
#include "session/base/utf8.h"

static void told(const char *call, const char *want)
{
	cJSON *c = json_parse(call, strlen(call), NULL);
	struct str out = STR_INIT;

	assert_non_null(c);
	acp_diff_tell(c, &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	cJSON_Delete(c);
}

#define DIFF(more) "{\"content\":[{\"type\":\"diff\"," more "}]}"

CASE(a_call_tells_its_difference)
{
	told(DIFF("\"path\":\"/p/"
		  "a.sv\",\"oldText\":\"a\\nb\\nc\\n\",\"newText\":\"a\\nB\\nc\\nd\""),
	     "/p/a.sv (+2 -1)\n-b\n+B\n+d\n");
	told(DIFF("\"path\":\"n.sv\",\"oldText\":null,\"newText\":\"x\\n\""), "n.sv (+1 -0)\n+x\n");
	told(DIFF("\"git_patch\":\"--- a/n.sv\\r\\n+++ b/n.sv\\n@@ -1 +1 @@\\n-x\\n+y\\n\""),
	     "--- a/n.sv\n+++ b/n.sv\n@@ -1 +1 @@\n-x\n+y\n");
	told(DIFF("\"changes\":[{\"path\":\"a\",\"newText\":\"1\"},{\"path\":\"b\",\"newText\":"
		  "\"2\"}]"),
	     "a (+1 -0)\n+1\nb (+1 -0)\n+2\n");
}

CASE(an_update_without_a_diff_may_name_places)
{
	told("{\"content\":[{\"type\":\"content\"}],\"locations\":[{\"path\":\"a.sv\",\"line\":3},"
	     "{\"path\":\"b\\n.sv\"},{\"line\":4},7]}",
	     "at a.sv:3\nat b?.sv\n");
	told("{}", "");
	told("{\"content\":7,\"locations\":{}}", "");
	told(DIFF("\"path\":7,\"newText\":[]"), "");
	told(DIFF("\"changes\":[7,{},null]"), "");
}

CASE(nothing_of_it_reaches_a_terminal_as_it_is)
{
	told(DIFF("\"path\":\"a\\u001b[2J\",\"newText\":\"b\\u001b]0;x\\u0007\\u202e\\tc\\rd\\n\""),
	     "a?[2J (+1 -0)\n+b?]0;x?? c?d\n");
}

static char *diff_of(size_t lines, size_t width)
{
	struct str s = STR_INIT;

	str_adds(&s, "{\"toolCallId\":\"c\",\"sessionUpdate\":\"tool_call\",\"title\":\"t\","
		     "\"content\":[{\"type\":\"diff\",\"path\":\"a\",\"newText\":\"");
	for (size_t i = 0; i < lines; i++) {
		for (size_t k = 0; k < width; k++)
			str_adds(&s, "\xc3\xa4");
		str_adds(&s, "\\n");
	}
	str_adds(&s, "\"}]}");
	return str_take(&s);
}

CASE(a_long_one_is_cut_and_said)
{
	static const struct {
		size_t lines, width;
		const char *says;
	} cases[] = { { 3000, 1, "(+3000 -0)" },
		      { 1, 100000, "..." },
		      { 200000, 1, "too long to be shown" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = diff_of(cases[i].lines, cases[i].width);
		cJSON *c = json_parse(text, strlen(text), NULL);
		struct str out = STR_INIT;

		acp_diff_tell(c, &out);
		assert_true(utf8_valid(str_cstr(&out), out.len));
		assert_true(out.len < ACP_DIFF_SHOWN + 1000);
		assert_non_null(strstr(str_cstr(&out), cases[i].says));
		assert_int_equal(strstr(str_cstr(&out), "and more") != NULL, i == 0);
		str_free(&out);
		cJSON_Delete(c);
		free(text);
	}
}

static bool hear(void *ctx, const struct piece *p)
{
	str_add(ctx, p->text, p->len);
	return true;
}

/* Shown with the call, again with its permission, and at limited length. */
CASE(it_is_shown_once_and_within_a_bound)
{
	char *text = diff_of(2000, 1);
	cJSON *c = json_parse(text, strlen(text), NULL);
	struct acp_turn t;
	struct str out = STR_INIT;
	size_t once;

	acp_turn_init(&t);
	acp_update(&t, c, hear, &out);
	once = out.len;
	assert_true(str_starts(str_cstr(&out), "[tool] t\na (+2000 -0)\n+\xc3\xa4\n"));
	acp_say_change(&t, c, hear, &out);
	assert_int_equal(out.len, once);
	/* Calls without an id are all distinct. */
	cJSON_DeleteItemFromObjectCaseSensitive(c, "toolCallId");
	for (int i = 0; i < 1000; i++)
		acp_say_change(&t, c, hear, &out);
	assert_true(out.len > once && out.len < ACP_SHOWN_MAX + ACP_DIFF_SHOWN + 1000);
	acp_turn_fini(&t);
	str_free(&out);
	cJSON_Delete(c);
	free(text);
}
