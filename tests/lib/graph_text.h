/* graph_text.h - facts of the graph from a text. */
#ifndef POSEDGE_GRAPH_TEXT_H
#define POSEDGE_GRAPH_TEXT_H

#include "tests/lib/test.h"

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

/* Puts the facts of a file with that text into g; the text is its stamp, too. */
static inline void put_text(struct graph *g, const char *path, const char *text)
{
	struct graph_facts f;
	struct err err;

	read_facts(text, strlen(text), &f);
	assert_true(graph_put(g, path, text, &f, &err));
	graph_facts_fini(&f);
}

#endif
