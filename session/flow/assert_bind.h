/* assert_bind.h - writes assertions into a checker module that is bound to the design
 * module, so that the design's file stays unchanged. For session/flow only.
 *
 *	module fifo_sva #(parameter W = 1) (input logic clk, input logic [W-1:0] level);
 *	  // R1: level
 *	  assert property (@(posedge clk) level <= 4);
 *	endmodule
 *	bind fifo fifo_sva #(.W(W)) u_fifo_sva (.clk(clk), .level(level));
 *
 * Signals become ports with their declared types, and parameters are passed by value.
 * Each array element or struct member gets its own port (bind_select.h). What a checker
 * cannot see is refused: a whole struct or array, a label, a function. bind_types.h
 * translates named types; the values of the module's enums become parameters.
 */
#ifndef POSEDGE_ASSERT_BIND_H
#define POSEDGE_ASSERT_BIND_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct assertions;
struct graph;
struct str;
struct vstmts;

struct bind_signals { /* a zeroed one is empty */
	struct bind_signal {
		char *name, *type; /* type: "logic [W-1:0]"; "" for a parameter */
		char *of;	   /* expression connected to the port, "memory[at]"; NULL:
				    * the signal named name */
		bool parameter;
	} * v;
	size_t n, cap;
	const struct vstmts *packages; /* texts of the imported packages; NULL: none */
};

void bind_signals_fini(struct bind_signals *s);

/* Adds the names used in assertion, which is about module. s: the module's text.
 * Returns false with a clause in why if a name cannot be bound, or with err set if
 * the graph failed. */
bool bind_signals_add(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		      const char *module, const char *assertion, struct str *why, struct err *err);

/* Appends the checker module and its bind statement to out. It contains the
 * assertions that are to be suggested (all: every parsed one) and the names they use;
 * sets their lines. */
void assertions_bind(struct assertions *a, const struct bind_signals *s, const char *module,
		     const char *checker, bool all, struct str *out);

#endif
