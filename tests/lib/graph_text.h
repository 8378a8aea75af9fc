/* graph_text.h - reads the graph's facts from a text. */
#ifndef POSEDGE_GRAPH_TEXT_H
#define POSEDGE_GRAPH_TEXT_H

#include "session/graph/graph.h"
#include "session/verilog/vpp.h"

static inline void read_facts(const char *text, size_t len, struct graph_facts *f)
{
	struct vpp *p = vpp_new("a.sv", text, len, NULL);
	struct graph_flat flat = { 0 };
	struct vpp_token t;

	while (vpp_next(p, &t))
		graph_flat_token(&flat, &t);
	vpp_free(p);
	graph_facts_read(f, &flat, text, len);
	graph_flat_fini(&flat);
}

#endif
