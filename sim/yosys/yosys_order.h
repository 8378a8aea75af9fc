/* yosys_order.h - whether a design with several clocks behaves in steps as it does in a
 * simulator.
 *
 * In a step of `clk2fflogic` inputs change, and a register whose clock rises takes what
 * its data were before the step. A simulator does the same unless data of the register
 * change because of the very event that makes its clock rise, and before it does:
 *
 *	q <= clk			at the edge of clk
 *	div <= ~div; d <= x;		at the edge of clk, and q <= d at that of div
 *	g = clk & en			where en comes from a register: g may rise twice
 *
 * There the two differ, so nothing that yosys proves is certain.
 */
#ifndef POSEDGE_YOSYS_ORDER_H
#define POSEDGE_YOSYS_ORDER_H

#include <stdbool.h>

#include "session/base/err.h"

struct ynet;
struct yosys;

/* Call in a task: sets n->unordered, and `clock` of each port that clocks registers, by
 * itself or through a gate. il: the file of the design, as read; module: its name there. */
bool yosys_order(struct yosys *y, const char *il, const char *module, struct ynet *n,
		 struct err *err);

#endif
