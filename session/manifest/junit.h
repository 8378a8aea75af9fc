/* junit.h - a report of tests in JUnit's XML, counted.
 *
 * As cocotb (results.xml), pytest (--junitxml), Google Test (--gtest_output)
 * and many others write it: <testcase> elements, of which one that holds a
 * <failure> or <error> failed and one with <skipped> did not run. There is no
 * standard; source: github.com/testmoapp/junitxml, and what these programs
 * write. Pure; sizes as in xml.h.
 */
#ifndef POSEDGE_JUNIT_H
#define POSEDGE_JUNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct junit {
	size_t tests;	 /* that ran: skipped ones are not among them */
	size_t failures; /* of these: failed or ended in an error */
	size_t skipped;
	/* The first that failed; "" = none, or not told. Owned. */
	char *name;    /* "test_fifo.overflow" */
	char *message; /* one line */
	char *path;    /* as the report has it: may be absolute, or lead anywhere */
	int line;      /* 0: not told */
};

/* Counts attributes only where there is no <testcase>. ERR_PARSE, ERR_LIMIT;
 * *out is then empty. A report without any test is no error: tests is 0. */
bool junit_parse(const char *text, size_t len, struct junit *out, struct err *err);
void junit_fini(struct junit *j); /* zeroed is fine */

#endif
