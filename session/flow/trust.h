/* trust.h - decides whether a testbench can be trusted. For session/flow only.
 *
 * A testbench passes or fails a design, but nothing checks the testbench. So it is
 * tested first. It has to compile with each installed engine, end by itself, make
 * enough countable checks, pass the design, change each of its data inputs, and notice
 * two thirds of small changes to it, and of values that never change. If it notices
 * fewer, changes that yosys proves equivalent do not count. What was not examined is
 * reported and does not add trust.
 */
#ifndef POSEDGE_TRUST_H
#define POSEDGE_TRUST_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verdict/run.h"

#define TRUST_PERCENT 66u /* share of the mutants it has to notice */
#define TRUST_CHECKS  16u /* minimum of checks, or as many as the inputs have values */
#define TRUST_MUTANTS 40u /* if there are more, an even selection is run */

struct flow;
struct overlay;
struct sim_result;

struct trust { /* a zeroed one is nothing */
	bool trusted;
	enum verdict verdict; /* of the run with the design */
	long checks;
	size_t mutants, noticed;       /* those that count; 0: none were run */
	size_t values, noticed_values; /* of these: values that are 0 or all ones throughout */
	size_t same;		       /* proved equivalent to the design */
	struct strv why;	       /* clauses: why it is not trusted */
	struct strv grey;	       /* clauses: what was not examined, and why */
	struct str first;	       /* the verdict as a line */
	struct str cycles;	       /* before the first failure; "" */
	struct strv survivors;	       /* unnoticed changes: "q.v:4: a + b as a - b" */
};

/* Looks in the waves of that run for data inputs of the design that had one value only. False:
 * cancelled. */
bool trust_inputs(struct flow *f, const char *testbench, const struct sim_result *run,
		  const struct overlay *v, size_t n, struct trust *out, struct err *err);

/* One run with n overlaid files. engine NULL: the default one. False: cancelled. If
 * it cannot be run, why says so. */
bool trust_run(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
	       const char *about, struct trust *out, struct err *err);

/* The whole examination. False: cancelled. */
bool trust_look(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		struct trust *out, struct err *err);

/* True if replacing that line of path by after is proved, within a few seconds, to
 * give the same circuit. False if that is not known; why is set where the prover gave
 * no answer. */
bool trust_same(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		const char *path, int line, const char *after, struct err *why);

void trust_print(const struct trust *t, const char *testbench, struct str *out);
void trust_fini(struct trust *t);

#endif
