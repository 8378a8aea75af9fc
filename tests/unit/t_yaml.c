#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/text/yaml.h"

static void gives(const char *text, const char *want)
{
	struct err err = { 0 };
	cJSON *n = yaml_parse(text, strlen(text), &err);
	struct str out = STR_INIT;

	if (n)
		json_print(&out, n);
	else
		str_addf(&out, "!%s", err.text);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	cJSON_Delete(n);
}

CASE(blocks_are_told_by_their_column)
{
	gives("a: 1\nb:\n  c: x y\n  d:\n    - 1\n    - 2\ne:\n- 3\n- 4\n",
	      "{\"a\":\"1\",\"b\":{\"c\":\"x y\",\"d\":[\"1\",\"2\"]},\"e\":[\"3\",\"4\"]}");
	gives("- a: 1\n  b: 2\n-\n  - c\n- - d\n  - e\n",
	      "[{\"a\":\"1\",\"b\":\"2\"},[\"c\"],[\"d\",\"e\"]]");
	gives("CAPI=2:\nname : ::serv:1.4\n\n# note\nempty:\nlast: z # said\n",
	      "{\"CAPI=2\":null,\"name\":\"::serv:1.4\",\"empty\":null,\"last\":\"z\"}");
	gives("a:\n  - b.v : {file_type : user}\n  - c.v\n",
	      "{\"a\":[{\"b.v\":{\"file_type\":\"user\"}},\"c.v\"]}");
	gives("a:\r\n  b: c\r\nd: e\r\n", "{\"a\":{\"b\":\"c\"},\"d\":\"e\"}");
	gives("", "null");
	gives("---\na: b\n---\nc: d\n", "{\"a\":\"b\"}");
}

CASE(flow_goes_over_lines)
{
	gives("a: [x, 'y z', \"q\\\"r\" ]\nb: {c: 1, d : [2,\n  3], e}\nf: []\n",
	      "{\"a\":[\"x\",\"y "
	      "z\",\"q\\\"r\"],\"b\":{\"c\":\"1\",\"d\":[\"2\",\"3\"],\"e\":null},\"f\":[]}");
	gives("[a.v: {t: u}, 'tool ? (b)' : c]",
	      "[{\"a.v\":{\"t\":\"u\"}},{\"tool ? (b)\":\"c\"}]");
	gives("files: [ # all\n  a.v,\n  b.v # two\n]\n", "{\"files\":[\"a.v\",\"b.v\"]}");
}

CASE(scalars_may_be_long)
{
	gives("a: one\n  two\n   three\nb: |\n  l 1\n   l 2\n\n  l 3\nc: >-\n  x\n  y\nd: e:f #g\n",
	      "{\"a\":\"one two three\",\"b\":\"l 1\\n l 2\\n\\nl 3\",\"c\":\"x "
	      "y\",\"d\":\"e:f\"}");
	gives("a: 'it''s'\nb: \"x\\ty\\\\\"\nc: a#b\n'k 1': \"#\"\n",
	      "{\"a\":\"it's\",\"b\":\"x\\ty\\\\\",\"c\":\"a#b\",\"k 1\":\"#\"}");
	gives("- tool_x ? (a b)\n- \"t ? (c)\"\n", "[\"tool_x ? (a b)\",\"t ? (c)\"]");
}

CASE(anchors_are_copied_and_merged)
{
	gives("a: &d\n  x: 1\n  y: [2]\nb:\n  <<: *d\n  x: 9\nc: *d\n",
	      "{\"a\":{\"x\":\"1\",\"y\":[\"2\"]},\"b\":{\"x\":\"9\",\"y\":[\"2\"]},\"c\":{\"x\":"
	      "\"1\",\"y\":[\"2\"]}}");
	gives("a: &s v\nb: [*s, *s]\n", "{\"a\":\"v\",\"b\":[\"v\",\"v\"]}");
	gives("a: *none\n", "!line 1: an alias has no anchor");
	gives("a: &a [*a]\n", "!line 1: an alias has no anchor");
}

CASE(what_is_broken_is_refused_with_its_line)
{
	gives("a: b\n\nc: [d\n", "!line 4: a bracket is not closed");
	gives("a: 'b\n", "!line 2: a quote is not closed");
	gives("a:\n  b: c\n d: e\n", "!line 3: a line is not indented as those before it");
	gives("? a\n: b\n", "!line 1: keys with ? are not understood");
	gives("a: [b}]\n", "!line 1: a bracket or colon is out of place");
}

/* Nine lists, each nine times the one before: 9^9 values. */
CASE(many_copies_and_deep_nesting_have_a_limit)
{
	struct str s = STR_INIT;
	struct err err;

	str_adds(&s, "a: &a [x,x,x,x,x,x,x,x,x]\n");
	for (char c = 'b'; c < 'j'; c++) {
		str_addf(&s, "%c: &%c [", c, c);
		for (int i = 0; i < 9; i++)
			str_addf(&s, "*%c,", c - 1);
		str_adds(&s, "]\n");
	}
	assert_null(yaml_parse(str_cstr(&s), s.len, &err));
	assert_non_null(strstr(err.text, "too much"));
	str_clear(&s);
	for (int i = 0; i < 100000; i++)
		str_addc(&s, '[');
	assert_null(yaml_parse(str_cstr(&s), s.len, &err));
	assert_non_null(strstr(err.text, "too deeply"));
	str_clear(&s);
	for (int i = 0; i < 30000; i++)
		str_adds(&s, "- ");
	assert_null(yaml_parse(str_cstr(&s), s.len, &err));
	assert_non_null(strstr(err.text, "too deeply"));
	str_free(&s);
}
