/* junit.h - counts the tests of a report in JUnit XML.
 *
 * Written by cocotb (results.xml), pytest (--junitxml), Google Test
 * (--gtest_output) and many others: a <testcase> with a <failure> or <error>
 * failed, one with <skipped> did not run. There is no standard; sources:
 * github.com/testmoapp/junitxml, and the output of these programs. Pure; limits
 * as in xml.h.
 */
#ifndef POSEDGE_JUNIT_H
#define POSEDGE_JUNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct junit {
	size_t tests;	 /* tests that ran, without skipped ones */
	size_t failures; /* of these, failed or ended in an error */
	size_t skipped;
	/* The first failure; "": none, or not in the report. Owned. */
	char *name;    /* "test_fifo.overflow" */
	char *message; /* one line */
	char *path;    /* as in the report: may be absolute, or lead anywhere */
	int line;      /* 0: unknown */
};

/* Uses attributes only if there is no <testcase>. Fails with ERR_PARSE or
 * ERR_LIMIT; *out is then empty. A report without tests is not an error: tests
 * is 0. */
bool junit_parse(const char *text, size_t len, struct junit *out, struct err *err);
void junit_fini(struct junit *j); /* zeroed is fine */

#endif
