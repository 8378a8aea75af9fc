/* flow_equiv.h - checks in the calling task whether a file's modules behave like
 * those of an earlier version.
 *
 * Map of session/formal: what can be proved about a design. Knows no tool: it
 * calls the port tool/prover.h.
 *
 *   flow_equiv    compares two versions
 *   flow_prove    proves assertions
 *   bound         turns bind statements into instances
 *   equiv_sides   the texts of both versions
 *   same          does a file mean the same with another text?
 *   first_values  is a module used with the parameters of its proof?
 *
 * This file turns the prover's answer into the verdict for the user. "Different"
 * is reported only if Icarus, given the counterexample, passes with the earlier
 * version and fails with the later one; otherwise it is undecided, and the
 * sentence says that the two tools disagree.
 */
#ifndef POSEDGE_FLOW_EQUIV_H
#define POSEDGE_FLOW_EQUIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/formal/equiv_sides.h"
#include "session/tool/prover.h"

struct workbench;

#define FORMAL_DEPTH_DEFAULT   20
#define FORMAL_DEPTH_MAX       10000
#define FORMAL_SECONDS_DEFAULT 60
#define FORMAL_MEMORY	       (4ull << 30)

struct equiv_request {
	const struct equiv_sides *sides;
	const char *const *resets; /* as in prover_equal */
	unsigned depth;
	uint64_t ms; /* per module */
	bool keep;   /* keep a counterexample's testbench and waves in the session */
};

/* Result for one module; strings are owned and never NULL. */
struct equiv_result {
	char *module;
	/* its answer is final: DIFFERENT was confirmed by simulation */
	struct prover_report report;
	char *difference;   /* for DIFFERENT: "step 3: y was 0 and is 1" */
	char *bench, *wave; /* absolute paths; "": not kept */
};

struct equiv_results {
	struct equiv_result *v; /* one per module that no other module of the file instantiates */
	size_t n;
};

/* Fails with ERR_TOOL if there is no prover, with ERR_NOT_FOUND if the file has no module. */
bool flow_equiv(struct workbench *w, const struct equiv_request *r, struct equiv_results *out,
		struct err *err);
void equiv_results_fini(struct equiv_results *r);

/* "equal (proved)", "equal up to 20 cycles, not proved for later ones", ... */
void equiv_say(const struct equiv_result *r, struct str *out);

#endif
