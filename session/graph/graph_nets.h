/* graph_nets.h - which signals are only another signal's value in another module. For
 * session/graph only.
 *
 * An output of an instance makes the wire at it a copy of the port, and an input a
 * copy of the wire, if the module has a single instance and the connection is one
 * name. So each signal has at most one source, and following the sources ends where
 * the value is made.
 */
#ifndef POSEDGE_GRAPH_NETS_H
#define POSEDGE_GRAPH_NETS_H

#include "session/graph/graph.h"
#include "session/graph/graph_sql.h"

struct graph_nets {
	struct graph_net {
		int64_t signal, source;
	} * v; /* by signal */
	size_t n, cap;
};

/* Pauses now and then; rest may be NULL. */
bool graph_nets_read(struct graph *g, const struct graph_rest *rest, struct graph_nets *out,
		     struct err *err);
void graph_nets_fini(struct graph_nets *n);

/* The signal where the value is made; the signal itself if it is not a copy. */
int64_t graph_nets_source(const struct graph_nets *n, int64_t signal);

#endif
