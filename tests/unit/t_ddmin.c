#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/check/ddmin.h"
#include "tests/lib/dice.h"

#define PARTS 24

struct wanted {
	bool parts[PARTS];
	bool either[2][PARTS]; /* one of these whole sets, too */
	size_t n, asked, stop_after;
};

static bool holds(const bool *set, const bool *part, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (part[i] && !set[i])
			return false;
	return true;
}

static enum ddmin_answer ask(void *ctx, const bool *set, size_t n)
{
	struct wanted *w = ctx;

	assert_int_equal(n, w->n);
	if (w->stop_after && ++w->asked > w->stop_after)
		return DDMIN_STOP;
	return holds(set, w->parts, n) &&
			       (holds(set, w->either[0], n) || holds(set, w->either[1], n))
		       ? DDMIN_PASSES
		       : DDMIN_FAILS;
}

static void all(bool *set, size_t n)
{
	memset(set, true, n);
}

static size_t count(const bool *set, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += set[i];
	return sum;
}

CASE(the_needed_parts_are_found)
{
	for (int round = 0; round < 5000; round++) {
		struct wanted w = { .n = 1 + roll(PARTS) };
		bool set[PARTS];

		for (size_t i = 0; i < w.n; i++)
			w.parts[i] = roll(5) == 0;
		all(set, w.n);
		assert_true(ddmin(set, w.n, ask, &w));
		assert_memory_equal(set, w.parts, w.n);
	}
}

CASE(no_part_of_the_result_can_be_left_out)
{
	for (int round = 0; round < 5000; round++) {
		struct wanted w = { .n = 2 + roll(PARTS - 1) };
		bool set[PARTS];

		for (size_t i = 0; i < w.n; i++) {
			w.parts[i] = roll(8) == 0;
			w.either[0][i] = roll(4) == 0;
			w.either[1][i] = roll(4) == 0;
		}
		all(set, w.n);
		assert_true(ddmin(set, w.n, ask, &w));
		assert_int_equal(ask(&w, set, w.n), DDMIN_PASSES);
		for (size_t i = 0; i < w.n; i++) {
			if (!set[i])
				continue;
			set[i] = false;
			assert_int_equal(ask(&w, set, w.n), DDMIN_FAILS);
			set[i] = true;
		}
	}
}

CASE(when_stopped_the_smallest_so_far_passes)
{
	for (size_t after = 1; after < 40; after++) {
		struct wanted w = { .n = PARTS, .stop_after = after };
		bool set[PARTS], whole;

		w.parts[3] = w.parts[11] = w.parts[20] = true;
		all(set, PARTS);
		whole = ddmin(set, PARTS, ask, &w);
		assert_true(whole == (w.asked <= after));
		assert_true(holds(set, w.parts, PARTS));
		assert_true(!whole || count(set, PARTS) == 3);
	}
}

CASE(a_set_to_start_from_is_not_left)
{
	struct wanted w = { .n = 6, .parts = { [2] = true } };
	bool set[6] = { [2] = true, [4] = true };

	assert_true(ddmin(set, 6, ask, &w));
	assert_true(set[2]);
	assert_int_equal(count(set, 6), 1);
	assert_true(ddmin(set, 0, ask, &w));
}

static int before_all(void **state)
{
	seed_from_clock();
	return 0;
}

CASES_WITHIN(before_all, NULL)
