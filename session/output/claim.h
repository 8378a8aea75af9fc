/* claim.h - what one line printed by a testbench says about its checks.
 *
 * Pure, and knows no simulator: it recognises common wordings such as "PASS 41
 * checks", "40/41 tests passed", "Mismatches: 0 in 128 samples", "Errors: 3", "no
 * errors", "TEST PASSED", "FAIL: q is 3", "TIMEOUT". In doubt a line claims
 * nothing: "Test 3" is not a count, "error injection on" not a failure. Reads the
 * first CLAIM_MAX bytes.
 */
#ifndef POSEDGE_CLAIM_H
#define POSEDGE_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "session/output/told_time.h"

#define CLAIM_MAX 1024

struct claim {
	long passed, failed, total; /* counts; -1: not in the line */
	bool pass;		    /* all is well, or the count of failures is 0 */
	bool fail;		    /* something is wrong */
	bool noticed;		    /* "all 4 errors were detected", which were made on purpose */
	struct told_time time;	    /* "at time 5000", "t=5 ns", "[5000]" */
};

void claim_read(const char *line, size_t len, struct claim *c);

#endif
