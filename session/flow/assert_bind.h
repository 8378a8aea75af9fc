/* assert_bind.h - assertions in a module of their own, which is bound to the one that they
 * are about, so that its file stays as it is; for session/flow only.
 *
 *	module fifo_sva #(parameter W = 1) (input logic clk, input logic [W-1:0] level);
 *	  // R1: level
 *	  assert property (@(posedge clk) level <= 4);
 *	endmodule
 *	bind fifo fifo_sva #(.W(W)) u_fifo_sva (.clk(clk), .level(level));
 *
 * Signals go in by ports of the types that they are declared with, parameters by value,
 * elements of arrays and members of structs each by a port (bind_select.h). What a module of
 * its own does not see is refused: a struct or an array as a whole, labels, functions. Types
 * with a name are those of bind_types.h; values of the module's enums are parameters.
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
		char *name, *type; /* type: "logic [W-1:0]"; of a parameter "" */
		char *of;	   /* what a port is for, "memory[at]"; NULL: what it is called */
		bool parameter;
	} * v;
	size_t n, cap;
	const struct vstmts *packages; /* texts of those that the module imports; NULL: none */
};

void bind_signals_fini(struct bind_signals *s);

/* Adds what an assertion of module names. s: the module's text. False with a clause in why:
 * something cannot be bound; false with err: the graph failed. */
bool bind_signals_add(struct bind_signals *out, struct graph *g, const struct vstmts *s,
		      const char *module, const char *assertion, struct str *why, struct err *err);

/* Adds the checker and its bind to out, with what those assertions name that are to be
 * suggested, or with all that are parsed; sets their lines. */
void assertions_bind(struct assertions *a, const struct bind_signals *s, const char *module,
		     const char *checker, bool all, struct str *out);

#endif
