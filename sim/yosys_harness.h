/* yosys_harness.h - the module around two designs, or one, that says what is to hold.
 *
 * Verilog for yosys' `read_verilog -sv -formal`. Inputs are i0, i1, ..., what the earlier
 * design (module gold) gives is g0, g1, ..., the later (gate) h0, h1, ...: numbers are
 * those of the ports, so no name of the design is ever looked up in what a tool writes. Pure.
 */
#ifndef POSEDGE_YOSYS_HARNESS_H
#define POSEDGE_YOSYS_HARNESS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/tool/prover.h"
#include "sim/yosys_netlist.h"

#define YOSYS_GOLD    "posedge_gold"
#define YOSYS_GATE    "posedge_gate"
#define YOSYS_HARNESS "posedge_harness"

struct harness {
	const struct prover_port *ports;
	size_t n_ports;
	const struct ynet_pairs *pairs; /* NULL: none */
	unsigned start;			/* steps in which resets are held */
	bool by_cycle;
	bool two;	/* gold and gate; else gate alone, whose output `trigger` is to be 0 */
	bool with_x;	/* see prover.h; else as bits */
	bool exact;	/* with x: x has to be where it was */
	bool lively;	/* with x: not all bits of gold's outputs have been known, each some time;
			 * nothing else */
	bool registers; /* pairs have to be equal, too: more to prove, and easier by induction */
};

void harness_write(const struct harness *h, struct str *out);

/* The counterexample in the dump that `sat -dump_vcd -show-ports` wrote. *out is the
 * caller's. ERR_TOOL: it is not what it should be. */
bool harness_read_trace(const struct harness *h, const char *vcd, size_t len,
			struct prover_trace *out, struct err *err);

#endif
