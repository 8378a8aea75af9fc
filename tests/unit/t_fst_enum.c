#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "sim/trace/fst_enum.h"

static bool add(struct fst_enums *e, uint64_t number, const char *text)
{
	return fst_enums_add(e, number, text, strlen(text));
}

static const char *name(const struct fst_enums *e, uint64_t number, const char *value)
{
	const struct fst_enum *t = fst_enums_find(e, number);
	const char *found = t ? fst_enum_name(t, value, strlen(value)) : NULL;

	return found ? found : "";
}

CASE(a_value_has_the_name_of_its_table)
{
	struct fst_enums e = { 0 };

	assert_true(add(&e, 1, "top.state_t 3 IDLE RUN STOP 00 01 10"));
	assert_true(add(&e, 2, "other 2 A B 1 000"));
	assert_string_equal(name(&e, 1, "00"), "IDLE");
	assert_string_equal(name(&e, 1, "10"), "STOP");
	assert_string_equal(name(&e, 1, "11"), "");
	assert_string_equal(name(&e, 1, "xx"), "");
	assert_string_equal(name(&e, 1, ""), "");
	assert_string_equal(name(&e, 3, "00"), "");
	/* Zeros in front are none, on either side. */
	assert_string_equal(name(&e, 1, "00000001"), "RUN");
	assert_string_equal(name(&e, 2, "001"), "A");
	assert_string_equal(name(&e, 2, "0"), "B");
	fst_enums_free(&e);
}

CASE(tables_have_any_numbers)
{
	struct fst_enums e = { 0 };

	assert_true(add(&e, 7, "a 1 SEVEN 1"));
	assert_true(add(&e, 0, "a 1 ZERO 1"));
	assert_true(add(&e, 7, "a 1 AGAIN 1"));
	assert_string_equal(name(&e, 7, "1"), "AGAIN");
	assert_string_equal(name(&e, 0, "1"), "ZERO");
	assert_string_equal(name(&e, UINT64_MAX, "1"), "");
	fst_enums_free(&e);
}

CASE(malformed_tables_are_skipped)
{
	static const char *const none[] = {
		"",
		" ",
		"a",
		"a 2",
		"a 2 A B 0",
		"a 2 A",
		"a x A 0",
		"a 0",
		"a -1 A 0",
		"a 1 ",
		"a 99999999999999999999 A 0",
		"a 4294967296 A 0",
	};
	struct fst_enums e = { 0 };
	struct str long_one = STR_INIT;

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (add(&e, 1, none[i]))
			fail_msg("\"%s\" is a table", none[i]);
	assert_int_equal(e.n, 0);
	/* What follows the last value is ignored; no control characters are printed. */
	assert_true(add(&e, 1, "a 1 A\033[2J 0 more and more"));
	assert_string_equal(name(&e, 1, "0"), "A?[2J");
	while (long_one.len < FST_ENUM_BYTES)
		str_adds(&long_one, "a 1 A 0                 ");
	assert_false(fst_enums_add(&e, 2, long_one.data, long_one.len));
	str_free(&long_one);
	fst_enums_free(&e);
}
