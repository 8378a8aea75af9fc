/* test.h - headers for every cmocka test, in the order cmocka requires. */
#ifndef POSEDGE_TEST_H
#define POSEDGE_TEST_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <stdlib.h>
#include <string.h>

/* Number of random cases to run: n, or a tenth if POSEDGE_SLOW is "no". */
static inline unsigned test_rounds(unsigned n)
{
	const char *slow = getenv("POSEDGE_SLOW");

	return slow && strcmp(slow, "no") == 0 ? n / 10 : n;
}

#endif
