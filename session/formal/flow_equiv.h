/* flow_equiv.h - whether a file's modules do what an earlier version's did: one task.
 *
 * Map of session/formal: what can be proved of a design. Knows no tool: it asks the
 * port tool/prover.h.
 *
 *   flow_equiv    two versions compared
 *   flow_prove    assertions proved
 *   bound         bind statements as instances
 *   equiv_sides   the texts of both
 *   same          whether a file means the same with another text
 *   first_values  whether a module is used with the parameters it is proved with
 *
 * A verdict of the prover is made one of the person here. "Different" is only said when
 * Icarus, given the counterexample, passes with the earlier version and fails with the
 * later one; else it is undecided, and the sentence says that the two tools disagree.
 */
#ifndef POSEDGE_FLOW_EQUIV_H
#define POSEDGE_FLOW_EQUIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/formal/equiv_sides.h"
#include "session/tool/prover.h"

struct str;
struct workbench;

#define FORMAL_DEPTH_DEFAULT   20
#define FORMAL_DEPTH_MAX       10000
#define FORMAL_SECONDS_DEFAULT 60
#define FORMAL_MEMORY	       (4ull << 30)

struct equiv_request {
	const struct equiv_sides *sides;
	const char *const *resets; /* as in prover_equal */
	unsigned depth;
	uint64_t ms; /* for each module */
	bool keep;   /* a counterexample's testbench and waves, in the session */
};

/* Of one module; strings are owned and never NULL. */
struct equiv_result {
	char *module;
	struct prover_report report; /* answer is the person's: DIFFERENT was simulated */
	char *difference;	     /* of DIFFERENT: "step 3: y was 0 and is 1" */
	char *bench, *wave;	     /* absolute paths; "" = none was kept */
};

struct equiv_results {
	struct equiv_result *v; /* of each module of the file that no other in it instantiates */
	size_t n;
};

/* ERR_TOOL: there is no prover here. ERR_NOT_FOUND: the file has no module. */
bool flow_equiv(struct workbench *w, const struct equiv_request *r, struct equiv_results *out,
		struct err *err);
void equiv_results_fini(struct equiv_results *r);

/* "equal (proved)", "equal up to 20 cycles, not proved for later ones", ... */
void equiv_say(const struct equiv_result *r, struct str *out);

#endif
