/* run.h - turns a simulation's output into a verdict, line by line.
 *
 * Map of session/verdict: what a run shows about the design. Pure; starts nothing.
 *
 *   run run_inner    the lines of a run, sorted into evidence
 *   run_judge        from the evidence to a verdict
 *   run_beside       warnings that qualify it
 *
 * Pure: receives the lines that the simulation printed, then how it ended and the
 * counts from the sources (checks.h). The evidence, in this order:
 *
 *  - with two states, a limit where only x would have ended the run: it went on with what
 *    is no expected value, so that what failed says nothing;
 *  - a failure reported by the simulator ($error, $fatal, an assertion);
 *  - anything that kept the run from completing: a limit, a crash, a missing data
 *    file; unless a failure was printed before;
 *  - the last summary with a total ("Mismatches: 0 in 224 samples");
 *  - lines that report a failure, unless they are hints or come in every run, as
 *    headings do, or a later line says that all is well and no counted check failed;
 *  - the counted checks: one that failed, or the number that passed;
 *  - a testbench that prints TIMEOUT, and then that all is well, hit a limit of its
 *    own: neither PASS nor FAIL. TIMEOUT alone is a FAIL: what it waited for never came.
 *
 * PASS requires at least one check that was evaluated in this run.
 *
 * Knows the run-time messages of Verilator and Icarus (Verilator 5.006 "[12]
 * %Error: tb.sv:9: Assertion failed in TOP.tb: ...", Icarus 11 "ERROR: tb.sv:3:
 * text" and a second line with "Time: 5000 Scope: tb"), and through claim.h the
 * summaries that testbenches print.
 */
#ifndef POSEDGE_RUN_H
#define POSEDGE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/output/told_time.h"
#include "session/testbench/checks_unset.h"

struct checks_counted;
struct checks_facts;
struct str;

enum verdict {
	VERDICT_NONE, /* it ran, but nothing was checked */
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_BUILD, /* it did not build */
	VERDICT_LIMIT, /* stopped by a limit */
	VERDICT_TOOL,  /* it did not run, or not properly: a tool, a file, the machine */
};

struct run_result {
	enum verdict verdict;
	long checks;		  /* comparisons made; -1: unknown */
	long failures;		  /* of these, failed; 0 if PASS; -1: unknown. If the checks
				   * are not counted, a total that the run printed */
	long sites;		  /* places in the sources that compare; -1: unknown */
	long mismatches, samples; /* of the last "Mismatches: 3 in 128 samples"; -1: none */
	char *first;	  /* first failing line, or why there is no verdict; "": none; owned */
	char *first_path; /* file of the first failure or error of the build; "": unknown; owned */
	int first_line;	  /* 0: unknown */
	/* what the failing check can print, see checks_said(), to find a better
	 * `first` in the output; NULL: nothing; owned */
	char *said, *said_shared;
	/* what the first failed check compares, as written; "": unknown; owned */
	char *compared;
	bool has_time;
	uint64_t first_time;   /* of the first failure, in the precision unit of the dump */
	struct told_time told; /* the same as it was printed, see run_time.h */
	bool finished;	       /* $finish or $stop was reached */
	enum checks_unset unset;
	char *beside; /* sentences to show with the verdict, one per line; "": none; owned */
};

void run_result_fini(struct run_result *r);
const char *verdict_name(enum verdict v); /* "none", "pass", "fail", "build", "limit", "tool" */
/* accepts "broken", from older journals, as TOOL */
bool verdict_parse(const char *name, enum verdict *v);
bool verdict_is(const char *name, enum verdict v); /* as recorded; NULL: false */

/* BUILD, LIMIT, TOOL: no complete run by which to judge the design. */
bool verdict_is_broken(enum verdict v);

/* Why a value may be x, where only one engine has that: a sentence without a full stop. */
const char *run_unset_usually(enum checks_unset u);

/* Prints "PASS 41 checks", "PASS (the testbench says so, not counted)", "FAIL
 * tb.sv:31 q is 3, not 4", "no verdict: none of the 3 checks in tb.sv was
 * reached", "did not run: ...", "stopped by the time limit of 60 s (set
 * sim.run_seconds)". tb: path of the testbench. */
void run_result_print(const struct run_result *r, const char *tb, struct str *out);

struct run_reader;

/* facts: from the sources (checks.h); NULL: unknown. Borrowed for the call,
 * except its texts: until run_reader_end(). */
struct run_reader *run_reader_new(const struct checks_facts *facts);
void run_reader_line(struct run_reader *r, const char *line, size_t len);

/* How the program ended. */
struct run_end {
	int status; /* -1: killed by a signal */
	int signal;
	bool cancelled;
	bool out_of_time;		      /* with limit: the wall-clock limit */
	const char *limit;		      /* the limit that ended it, in words; NULL: none */
	const struct checks_counted *counted; /* NULL: the sources had no counters */
	bool two_state;			      /* the simulator has no x: Verilator */
};

/* Frees r. The caller frees *out with run_result_fini(). */
void run_reader_end(struct run_reader *r, const struct run_end *end, struct run_result *out);

#endif
