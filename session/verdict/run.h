/* run.h - a simulation's output turned into an honest verdict, line by line.
 *
 * Map of session/verdict: what the output of a tool means. Pure; knows
 * wordings, starts nothing.
 *
 *   diag             findings: what a tool said about the design
 *   run run_* claim  a simulation's output turned into a verdict
 *   checks checks_*  statements that compare, and copies of a testbench that count
 *   told_time        a simulation time as a line tells it
 *   vprint vprint_*  which statement printed a line
 *
 * Pure: fed with the lines that the simulation printed, then told how it
 * ended and what the counters in the sources say (checks.h). What counts, in
 * this order:
 *
 *	- a failure that the simulator reported ($error, $fatal, an assertion);
 *	- what kept the run from being one: a limit, a crash, a data file that
 *	  is not there; unless a failure was printed before;
 *	- the last summary with a total ("Mismatches: 0 in 224 samples");
 *	- lines that say that something is wrong, unless they are hints, or a
 *	  later line says that all is well and no counted check failed;
 *	- the counted checks: one that failed, or how many did not;
 *	- a testbench that says TIMEOUT and that nothing had failed until then was
 *	  stopped by a limit, its own: neither PASS nor FAIL.
 *
 * PASS needs at least one check that was evaluated in this run.
 *
 * Knows the wording of Verilator's and Icarus' run time (EDA facts: Verilator
 * 5.006 "[12] %Error: tb.sv:9: Assertion failed in TOP.tb: ...", Icarus 11
 * "ERROR: tb.sv:3: text" and a second line with "Time: 5000 Scope: tb"), and
 * through claim.h the summaries that testbenches print.
 */
#ifndef POSEDGE_RUN_H
#define POSEDGE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/verdict/told_time.h"

struct checks_counted;
struct checks_facts;
struct str;

enum verdict {
	VERDICT_NONE, /* it ran, and nothing was checked */
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_BUILD, /* it did not build */
	VERDICT_LIMIT, /* a limit stopped it */
	VERDICT_TOOL,  /* it did not run, or not as it should: a tool, a file, the machine */
};

struct run_result {
	enum verdict verdict;
	long checks;		  /* comparisons made; -1: not counted */
	long failures;		  /* 0 unless FAIL */
	long sites;		  /* places in the sources that compare; -1: not known */
	long mismatches, samples; /* of the last "Mismatches: 3 in 128 samples"; -1: none */
	char *first;	  /* the first failing line, or why there is no verdict; "" = none; owned */
	char *first_path; /* file of the first failure; "" = not known; owned */
	int first_line;	  /* 0 = not known */
	char *said, *said_shared; /* what the failing check prints, see checks_said(), so that
				* a better first is found in the output; NULL: none; owned */
	char *compared; /* what the first check that failed compares, as it is written; "" =
			 * not known; owned */
	bool has_time;
	uint64_t first_time;   /* of the first failure, in the precision unit of the dump */
	struct told_time told; /* the same as it was printed, see run_time.h */
	bool finished;	       /* $finish or $stop was reached */
	char *beside; /* sentences that belong beside the verdict, one a line; "" = none; owned */
};

void run_result_fini(struct run_result *r);
const char *verdict_name(enum verdict v); /* "none", "pass", "fail", "build", "limit", "tool" */
bool verdict_parse(const char *name, enum verdict *v); /* "broken" of an older journal is TOOL */

/* BUILD, LIMIT, TOOL: there was no whole run to judge the design by. */
bool verdict_is_broken(enum verdict v);

/* "PASS 41 checks", "PASS (the testbench says so, not counted)",
 * "FAIL tb.sv:31 q is 3, not 4", "no verdict: none of the 3 checks in tb.sv
 * was reached", "did not run: ...", "stopped by the time limit of 60 s (set
 * sim.run_seconds)"; tb is the testbench's path. */
void run_result_print(const struct run_result *r, const char *tb, struct str *out);

struct run_reader;

/* facts: what the sources tell (checks.h); NULL: not known. Borrowed for the
 * call, path of the first site until run_reader_end(). */
struct run_reader *run_reader_new(const struct checks_facts *facts);
void run_reader_line(struct run_reader *r, const char *line, size_t len);

/* How the program ended. */
struct run_end {
	int status; /* -1: a signal */
	int signal;
	bool cancelled;
	bool out_of_time;		      /* with limit: it was the wall clock's */
	const char *limit;		      /* which limit ended it, in words; NULL = none */
	const struct checks_counted *counted; /* NULL: the sources had no counters */
};

/* Frees r. *out is to be finished with run_result_fini. */
void run_reader_end(struct run_reader *r, const struct run_end *end, struct run_result *out);

#endif
