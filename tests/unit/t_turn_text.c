/* What a turn sends: little anew with each request, and calls as text to a model that
 * takes no tools. */
#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/turn/text_call.h"
#include "tests/lib/turn_desk.h"

/* Of eight turns, two of them without a call, what is sent twice; the files are as large as
 * small designs are. */
static double part_repeated(struct desk *d)
{
	static const char look[] = "c a read_file {\"path\":\"q.v\"}",
			  find[] = "t It is there.\nc b search {\"regex\":\"posedge\"}";
	static const char *const rounds[] = { look,   "t One.",	 find, "t I see.", "t Three.", look,
					      find,   "t Four.", look, "t Five.",  "t Six.",   look,
					      "t 7.", find,	 look, "t Eight.", NULL };
	struct str long_file = STR_INIT;
	struct outcome o;

	begin(d, rounds, "assist");
	for (int i = 0; i < 60; i++)
		str_addf(&long_file, "// line %d of a file that goes along with each question\n",
			 i);
	str_adds(&long_file, "module other;\nendmodule\n");
	put_file(d, "other.v", str_cstr(&long_file));
	str_free(&long_file);
	for (int i = 0; i < 8; i++) {
		char *question = str_fmt("question %d about q", i);
		char *changed = str_fmt("%s// version %d\n", design, i);

		put_file(d, "q.v", changed); /* what changes would part requests laid out anew */
		free(changed);
		ask(d, question, &o);
		assert_true(o.ok);
		ask_result_fini(&o.r);
		free(question);
	}
	return (double)script.again / (double)script.bytes;
}

IN_TASK(a_turn_is_gone_on_from)
{
	double part = part_repeated(d);
	const char *rules = strstr(str_cstr(&script.seen), "You have tools.");

	print_message("%.1f %% of %zu bytes were sent before\n", part * 100, script.bytes);
	assert_true(part > 0.905); /* laid out anew: 0.898 */
	/* Once, and in the instructions. */
	assert_non_null(rules);
	assert_null(strstr(rules + 1, "You have tools."));
	assert_non_null(strstr(str_cstr(&script.seen), "question 0 about q"));
	assert_non_null(strstr(str_cstr(&script.seen), "Three."));
}

IN_TASK(calls_in_text_are_calls)
{
	ROUNDS("t I look.\nn\nt ```tool\nn\nt {\"name\":\"read_file\",\"arguments\":{\"path\":"
	       "\"q.v\"}}\nn\nt ```\nn",
	       "t It toggles.");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "tools", "text", NULL));
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_int_equal(script.asked, 2);
	assert_result(&o, 0, false, "always");
	assert_non_null(strstr(str_cstr(&script.seen), "Result of read_file:\n"));
	assert_non_null(strstr(str_cstr(&script.seen), "tool propose_edit: "));
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	OVER;
}

struct told {
	struct str all;
};

static void tell(void *ctx, const char *name, const char *args, size_t len)
{
	str_addf(&((struct told *)ctx)->all, "%s(%.*s) ", name, (int)len, args);
}

static void blocks_of_a_text_are_calls(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a\n```tool\n{\"name\":\"x\",\"arguments\":{\"a\":1}}\n```\nb", "x({\"a\":1}) " },
		{ "```tool\n{\"name\":\"x\"}\n```\n```tool\n{\"name\":\"y\"}\n", "x() y() " },
		{ "```tool\nno JSON\n```", "(no JSON\n) " },
		{ "```tool\n{\"name\":\"x\",\"argu", "({\"name\":\"x\",\"argu) " },
		{ "```json\n{\"name\":\"x\"}\n```", "" },
		{ "```toolbox\n{\"name\":\"x\"}\n```", "" },
		{ "```tool", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct told t = { STR_INIT };

		text_calls(cases[i].text, strlen(cases[i].text), tell, &t);
		assert_string_equal(str_cstr(&t.all), cases[i].want);
		str_free(&t.all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_turn_is_gone_on_from),
		TEST(calls_in_text_are_calls),
		cmocka_unit_test(blocks_of_a_text_are_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
