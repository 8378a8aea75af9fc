/* yosys_pdr.h - an invariant found by ABC: proofs that induction over steps does not find.
 *
 * With several clocks, one of them can stand still for any number of steps, so what a
 * register remembers of its last edge is lost to an induction over the last few steps.
 * Property-directed reachability (Bradley 2011; ABC's `pdr`) looks for a set of states
 * that no step leaves. It gives no bound and no trace that is used.
 */
#ifndef POSEDGE_YOSYS_PDR_H
#define POSEDGE_YOSYS_PDR_H

#include <stdbool.h>

#include "session/base/err.h"
#include "sim/yosys/yosys_run.h"

struct harness;

bool pdr_here(void); /* yosys-abc is installed; it comes with yosys */

/* Call in a task. before: the commands that provide the design; h: one design, as bits.
 * *proved: it holds for ever. At most `share` percent of the time that is left is used.
 * False: cancelled. */
bool pdr_ask(struct yosys *y, const char *before, const struct harness *h, unsigned share,
	     bool *proved, struct err *err);

#endif
