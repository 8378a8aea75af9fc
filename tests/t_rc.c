#include "config.h"

#include "tests/test.h"

#include <string.h>

#include "session/base/str.h"
#include "session/option/opt.h"
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

static void words_are_told_apart(void **state)
{
	expect("set a b", "1<set><a><b>");
	expect("  set\ta  # rest\n\n# all\nset 'b c' \"d \\\" e\"\r\n", "1<set><a>4<set><b c><d \" e>");
	expect("a b\\\n c\nd", "1<a><b><c>3<d>");
	expect("a#b ''", "1<a#b><>");
	expect("", "");
}

static void mistakes_name_their_line(void **state)
{
	expect("set a b\nset 'open\n", "1<set><a><b>!line 2: a quote is not closed");
}

static void options_take_only_what_they_can_have(void **state)
{
	struct options *o = options_new();
	struct err err;

	assert_string_equal(options_text(o, "engine"), "auto");
	assert_true(options_set(o, "engine", "icarus", &err));
	assert_string_equal(options_text(o, "engine"), "icarus");
	assert_false(options_set(o, "engine", "abacus", &err));
	assert_string_equal(options_text(o, "engine"), "icarus");
	assert_false(options_set(o, "prompt.budget", "many", &err));
	assert_false(options_set(o, "prompt.budget", "0", &err));
	assert_true(options_set(o, "prompt.budget", "100", &err));
	assert_int_equal(options_number(o, "prompt.budget"), 100);
	assert_false(options_set(o, "lint.style", "yes", &err));
	assert_true(options_set(o, "lint.style", "on", &err));
	assert_true(options_flag(o, "lint.style"));
	assert_false(options_set(o, "engin", "icarus", &err));
	assert_non_null(strstr(err.text, "did you mean engine"));
	options_free(o);
}

static void the_nearest_word_is_counted_in_edits(void **state)
{
	assert_int_equal(word_distance("lint", "lint", 3), 0);
	assert_int_equal(word_distance("lnit", "lint", 3), 2);
	assert_int_equal(word_distance("sim", "simulate", 3), 4);
	assert_int_equal(word_distance("", "abc", 3), 3);
	assert_int_equal(word_near("nix"), 1);
	assert_int_equal(word_near("lnit"), 2);
	assert_int_equal(word_near("sim.memry_mb"), 3);
}

/* What a file that nobody has trusted may do with each option is a decision. */
static void each_option_says_what_it_could_do_in_the_wrong_hands(void **state)
{
	static const char *const never[] = { "backend", "link.allow", "review.must_read", "review.unread" };
	struct options *o = options_new();
	struct err err;

	for (size_t i = 0; i < opt_count(); i++) {
		const struct opt *opt = opt_at(i);

		assert_true(strlen(opt->harm) > 10);
		assert_true(opt->trust != OPT_LOWER || opt->type == OPT_NUMBER);
		assert_int_equal(options_harmless(o, opt, opt->initial, &err), opt->trust != OPT_TRUSTED);
	}
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		assert_false(options_harmless(o, opt_find(never[i]), "on", &err));
	assert_true(options_harmless(o, opt_find("sim.run_seconds"), "59", &err));
	assert_false(options_harmless(o, opt_find("sim.run_seconds"), "61", &err));
	assert_false(options_harmless(o, opt_find("prompt.budget"), "1000000", &err));
	assert_true(options_harmless(o, opt_find("engine"), "icarus", &err));
	assert_false(options_harmless(o, opt_find("engine"), "fake", &err));
	options_free(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_told_apart),
		cmocka_unit_test(mistakes_name_their_line),
		cmocka_unit_test(options_take_only_what_they_can_have),
		cmocka_unit_test(each_option_says_what_it_could_do_in_the_wrong_hands),
		cmocka_unit_test(the_nearest_word_is_counted_in_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
