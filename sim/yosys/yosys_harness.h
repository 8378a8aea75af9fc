/* yosys_harness.h - writes the module around one or two designs that states what must
 * hold.
 *
 * Verilog for yosys' `read_verilog -sv -formal`. Inputs are i0, i1, ..., outputs of the
 * earlier design (module gold) g0, g1, ..., of the later (gate) h0, h1, ...: the
 * numbers are those of the ports, so no name of the design is ever looked up in a
 * tool's output. Pure.
 */
#ifndef POSEDGE_YOSYS_HARNESS_H
#define POSEDGE_YOSYS_HARNESS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/tool/prover.h"
#include "sim/yosys/yosys_netlist.h"

#define YOSYS_GOLD    "posedge_gold"
#define YOSYS_GATE    "posedge_gate"
#define YOSYS_HARNESS "posedge_harness"

struct harness {
	const struct prover_port *ports;
	size_t n_ports;
	const struct ynet_pairs *pairs; /* NULL: none */
	unsigned start;			/* number of steps with resets held */
	bool by_cycle;
	bool two;    /* gold and gate; else gate alone, whose output `trigger` must be 0 */
	bool with_x; /* see prover.h; else values are bits */
	bool exact;  /* with x: x must be in the same places */
	/* with x: states only that not all bits of gold's outputs have been known at
	 * some time */
	bool lively;
	/* with x: states only that from the start on no output of gate is x, nor a register
	 * that both have */
	bool known;
	bool registers; /* pairs must be equal, too: more to prove, but easier by induction */
};

/* Steps in which each clock has that many cycles, or fewer if there are many clocks. */
unsigned harness_cycles(const struct harness *h, unsigned cycles);

void harness_write(const struct harness *h, struct str *out);

/* Reads the counterexample from the dump of `sat -dump_vcd -show-ports`. The caller
 * owns *out. ERR_TOOL: the dump is malformed. */
bool harness_read_trace(const struct harness *h, const char *vcd, size_t len,
			struct prover_trace *out, struct err *err);

#endif
