#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/workbench/rc.h"

static bool show(void *ctx, int line, const struct strv *words, struct err *err)
{
	str_addf(ctx, "%d", line);
	for (size_t i = 0; i < words->n; i++)
		str_addf(ctx, "<%s>", words->v[i]);
	return true;
}

static void expect(const char *text, const char *want)
{
	struct str out = STR_INIT;
	struct err err = { 0 };

	if (!rc_parse(text, strlen(text), show, &out, &err))
		str_addf(&out, "!%s", err.text);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
}

CASE(words_are_told_apart)
{
	expect("set a b", "1<set><a><b>");
	expect("  set\ta  # rest\n\n# all\nset 'b c' \"d \\\" e\"\r\n",
	       "1<set><a>4<set><b c><d \" e>");
	expect("a b\\\n c\nd", "1<a><b><c>3<d>");
	expect("a#b ''", "1<a#b><>");
	expect("", "");
}

CASE(mistakes_name_their_line)
{
	expect("set a b\nset 'open\n", "1<set><a><b>!line 2: a quote is not closed");
}
