/* run_inner.h - what the lines of a run told, for the verdict.
 *
 * Inner header: for session/run*.c only.
 */
#ifndef POSEDGE_RUN_INNER_H
#define POSEDGE_RUN_INNER_H

#include "session/base/str.h"
#include "session/verdict/checks.h"
#include "session/verdict/run.h"

/* What the last line that gave a verdict on the whole said. */
enum last_word { LAST_NONE, LAST_PASS, LAST_FAIL };

struct run_reader {
	bool has_facts;
	struct checks_facts facts;
	bool finished, stopped;
	long told; /* failures that the simulator reported */
	long said; /* lines in which the testbench says so, hints apart */
	enum last_word last;
	bool total;		  /* that line had a count of failures and a total */
	bool partial;		  /* it only told how many passed */
	long passed;		  /* the largest count of what is right; -1 */
	long failed;		  /* count of failures of the last line that had one; -1 */
	long most_failed;	  /* the largest of all; -1 */
	long mismatches, samples; /* of the last line with a total; -1 */
	bool has_first;
	bool first_counts; /* it tells how many are wrong, not what */
	struct told_time time;
	int line;
	bool time_follows; /* Icarus prints it below the message */
	struct str first, path;
	struct str abroad;  /* the first line that tells of a failure in another language */
	struct str broken;  /* the simulator gave up, in its words */
	struct str missing; /* "rom.v:3 cannot open program.hex" */
	bool failed_before; /* when that came, something had failed already */
	struct str
		watchdog; /* "TIMEOUT": the testbench itself gave up waiting; the last such line */
	struct str beside;
	struct str plain; /* a line without its colours */
};

#endif
