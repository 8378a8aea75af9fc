#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/suggestion.h"
#include "session/review/proposals.h"

static const char base[] = "one\ntwo\nthree\nfour\nfive\nsix";
static const char fresh[] = "one\ntwo!\nthree\nnew\nfour\nsix";

static struct suggestion *example(void)
{
	return suggestion_new("a.sv", false, base, strlen(base), fresh, strlen(fresh));
}

CASE(units_are_numbered)
{
	struct suggestion *s = example();
	struct str out = STR_INIT;

	assert_int_equal(suggestion_units(s), 3);
	suggestion_decide(s, 0, DECISION_TAKEN);
	suggestion_decide(s, 2, DECISION_REFUSED);
	units_print(s, &out);
	assert_string_equal(str_cstr(&out), "    1 y     2 - two\n"
					    "            2 + two!\n"
					    "\n"
					    "    2 ?     4 + new\n"
					    "\n"
					    "    3 n     5 - five\n");
	str_free(&out);
	suggestion_free(s);
}

static void chosen_is(const char *given, const char *want)
{
	struct suggestion *s = example();
	bool chosen[3];
	char got[4] = "";

	suggestion_decide(s, 0, DECISION_TAKEN);
	assert_true(units_choose(given, s, chosen, NULL));
	for (int i = 0; i < 3; i++)
		got[i] = chosen[i] ? '1' : '0';
	assert_string_equal(got, want);
	suggestion_free(s);
}

CASE(numbers_choose_units)
{
	chosen_is("1", "100");
	chosen_is("1,3", "101");
	chosen_is("1-3", "111");
	chosen_is("2-2", "010");
	chosen_is("all", "111");
	chosen_is("rest", "011");
	chosen_is("1,rest", "111");
	chosen_is("3,3,3", "001");
}

CASE(what_names_no_unit_chooses_nothing)
{
	static const char *const bad[] = { "",	   "0",	  "4",	 "1,",	  ",1",
					   "1-",   "-1",  "3-1", "1-4",	  "x",
					   "1x",   "1 2", "--",	 "1-2-3", "99999999999999999999",
					   "allx", "ALL" };
	struct suggestion *s = example();
	struct err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		bool chosen[3] = { true, true, true };

		if (units_choose(bad[i], s, chosen, &err))
			fail_msg("'%s' was taken", bad[i]);
		assert_int_equal(err.code, ERR_USAGE);
		assert_false(chosen[0] || chosen[1] || chosen[2]);
	}
	suggestion_free(s);
}
