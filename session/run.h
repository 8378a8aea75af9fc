/* run.h - a simulation's output turned into an honest verdict, line by line.
 *
 * Pure: fed with the lines that the simulation printed, then told how it
 * ended. A check is an $error, $fatal or assertion whose guard was evaluated,
 * or a summary line with a count. PASS means that a check ran which could
 * fail; a testbench that prints but checks nothing has no verdict.
 *
 * Knows the wording of Verilator's and Icarus' run time (EDA facts: Verilator
 * 5.006 "[12] %Error: tb.sv:9: Assertion failed in TOP.tb: ...", Icarus 11
 * "ERROR: tb.sv:3: text" and a second line with "Time: 5000 Scope: tb"), and
 * the summaries that testbenches print: "PASS 41 checks", "41 tests passed",
 * "Mismatches: 0 in 128 samples", "TEST PASSED", "FAIL", "TIMEOUT".
 */
#ifndef POSEDGE_RUN_H
#define POSEDGE_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/told_time.h"

struct str;

enum verdict {
	VERDICT_NONE,		/* it checked nothing */
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_BROKEN,		/* did not build, crashed, ran out of a limit */
};

struct run_result {
	enum verdict verdict;
	long checks;		/* how many ran; -1: it says so, not counted */
	long failures;		/* 0 unless FAIL */
	char *first;		/* the first failing line, or why it is BROKEN; "" = none; owned */
	char *first_path;	/* file of the first failure; "" = not known; owned */
	int first_line;		/* 0 = not known */
	bool has_time;
	uint64_t first_time;	/* of the first failure, in the precision unit of the dump */
	struct told_time told;	/* the same as it was printed, see run_time.h */
	bool finished;		/* $finish or $stop was reached */
};

void run_result_fini(struct run_result *r);
const char *verdict_name(enum verdict v);	/* "none", "pass", "fail", "broken" */
bool verdict_parse(const char *name, enum verdict *v);

/* "PASS 41 checks", "PASS (the testbench says so, not counted)",
 * "FAIL tb.sv:31 q is 3, not 4", "no verdict: tb.sv prints but checks nothing",
 * "did not run: ..."; tb is the testbench's path. */
void run_result_print(const struct run_result *r, const char *tb, struct str *out);

struct run_reader;

/* can_fail: whether the sources hold an $error, $fatal, assert or a
 * comparison that ends in a failing line at all; an ordinary end of such a
 * testbench without any summary is PASS not counted only if assertions were
 * there to be evaluated. */
struct run_reader *run_reader_new(bool can_fail);
void run_reader_line(struct run_reader *r, const char *line, size_t len);

/* How the program ended. */
struct run_end {
	int status;		/* -1: a signal */
	int signal;
	bool timed_out, flooded, cancelled;
	const char *limit;	/* which limit ended it, in words; NULL = none */
};

/* Frees r. *out is to be finished with run_result_fini. */
void run_reader_end(struct run_reader *r, const struct run_end *end, struct run_result *out);

#endif
