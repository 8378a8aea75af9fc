#include "config.h"

#include "tests/lib/case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "session/base/str.h"
#include "session/check/skipped_include.h"

static bool is_there(void *ctx, struct slice name)
{
	return slice_is(name, ctx);
}

static void expect(const char *text, const char *there, const char *after)
{
	struct str s = STR_INIT;
	bool any;

	str_adds(&s, text);
	any = skipped_include_blank(s.data, s.len, is_there, (void *)there);
	assert_string_equal(str_cstr(&s), after);
	assert_int_equal(any, strcmp(text, after) != 0);
	str_free(&s);
}

CASE(only_a_missing_file_in_skipped_text_is_blanked)
{
	expect("// synopsys translate_off\n`include \"t.v\"\n// synopsys translate_on\n"
	       "`include \"t.v\"\n",
	       "u.v",
	       "// synopsys translate_off\n              \n// synopsys translate_on\n"
	       "`include \"t.v\"\n");
	expect("//synthesis translate_off\n`include \"t.v\"\n", "t.v",
	       "//synthesis translate_off\n`include \"t.v\"\n");
	expect("/* synopsys translate_off */ initial x = 1; `include \"t.v\" /* y */\n", "",
	       "/* synopsys translate_off */ initial x = 1;                /* y */\n");
}

/* yosys 0.23 reads on behind each of these. */
CASE(other_comments_skip_nothing)
{
	static const char *const texts[] = {
		"// synopsys translate_off now\n`include \"t.v\"\n",
		"// cadence translate_off\n`include \"t.v\"\n",
		"// translate_off\n`include \"t.v\"\n",
		"initial $display(\"// synopsys translate_off\");\n`include \"t.v\"\n",
		"/* synopsys translate_off */ /* synthesis translate_on */ `include \"t.v\"\n",
		"// synopsys translate_off\nX \"t.v\" `define A \"t.v\"\n",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		expect(texts[i], "", texts[i]);
}
