/* case.h - a test program: CASE(sentence) defines a case, and main() runs all of them.
 *
 *	CASE(a_list_copies_what_it_is_given)
 *	{
 *		...
 *	}
 *
 * A case registers itself before main(), so no list repeats the names. Include this
 * instead of test.h, only in the .c file that is the program. One that needs more in
 * main() includes test.h and lists its cases by itself.
 */
#ifndef POSEDGE_TEST_CASE_H
#define POSEDGE_TEST_CASE_H

#include "tests/lib/test.h"

#include <assert.h>

enum { CASES_MAX = 100 };

static struct CMUnitTest case_list[CASES_MAX + 1];
static int case_lines[CASES_MAX + 1];
static CMFixtureFunction before_cases, after_cases;

/* In the order of the file: compilers register functions in any order. */
static inline void case_add(int line, const struct CMUnitTest *c)
{
	size_t at = CASES_MAX;

	while (at > 0 && !case_list[at - 1].name)
		at--;
	assert(at < CASES_MAX);
	for (; at > 0 && case_lines[at - 1] > line; at--) {
		case_list[at] = case_list[at - 1];
		case_lines[at] = case_lines[at - 1];
	}
	case_list[at] = *c;
	case_lines[at] = line;
}

/* Runs set_up(state) before the case and tear_down(state) after it; both may be NULL. */
#define CASE_WITH(sentence, set_up, tear_down)                                                  \
	static void sentence(void **state);                                                     \
	__attribute__((constructor)) static void add_##sentence(void)                           \
	{                                                                                       \
		case_add(__LINE__,                                                              \
			 &(struct CMUnitTest){ #sentence, sentence, set_up, tear_down, NULL }); \
	}                                                                                       \
	static void sentence(void **state)
#define CASE(sentence) CASE_WITH(sentence, NULL, NULL)

/* Both run once, around all cases. */
#define CASES_WITHIN(set_up, tear_down)                               \
	__attribute__((constructor)) static void surround_cases(void) \
	{                                                             \
		before_cases = set_up;                                \
		after_cases = tear_down;                              \
	}

/* cmocka skips the rows without a name. */
int main(void)
{
	return cmocka_run_group_tests(case_list, before_cases, after_cases);
}

#endif
