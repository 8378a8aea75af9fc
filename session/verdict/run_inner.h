/* run_inner.h - the evidence collected from the lines of a run.
 *
 * Internal header, for session/verdict/run*.c only.
 */
#ifndef POSEDGE_RUN_INNER_H
#define POSEDGE_RUN_INNER_H

#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "session/verdict/run.h"

/* The last line that gave an overall verdict. */
enum last_word { LAST_NONE, LAST_PASS, LAST_FAIL };

struct run_reader {
	bool has_facts;
	struct checks_facts facts;
	bool finished, stopped;
	bool printed; /* the testbench printed something */
	long told;    /* failures that the simulator reported */
	long said;    /* lines in which the testbench reports one, without hints */
	enum last_word last;
	bool total;		  /* that line had a count of failures and a total */
	bool partial;		  /* it only had the number of successes */
	struct str word;	  /* that line, if it is LAST_PASS */
	long passed;		  /* largest count of successes; -1 */
	long failed;		  /* count of failures in the last line that had one; -1 */
	long most_failed;	  /* largest of these; -1 */
	long mismatches, samples; /* in the last line with a total; -1 */
	bool has_first;
	bool first_counts; /* it says how many failed, not what */
	struct told_time time;
	int line, told_line; /* told_*: where the simulator first reported one */
	bool time_follows;   /* Icarus prints the time on the next line */
	struct str first, path, told_path;
	struct str abroad;  /* first line that reports a failure in another language */
	struct str broken;  /* the simulator's message when it gave up */
	struct str missing; /* "rom.v:3 cannot open program.hex" */
	bool failed_before; /* something had failed before that */
	/* "TIMEOUT": last line in which the testbench itself gave up waiting */
	struct str watchdog;
	struct str beside;
	struct str plain; /* a line without colour sequences */
};

#endif
