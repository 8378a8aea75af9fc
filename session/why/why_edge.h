/* why_edge.h - when a process ran last; for session/why only. */
#ifndef POSEDGE_WHY_EDGE_H
#define POSEDGE_WHY_EDGE_H

#include "session/why/why_inner.h"

enum why_edge {
	WHY_EDGE_FOUND,
	WHY_EDGE_NONE,	   /* none up to that time */
	WHY_EDGE_NO_CLOCK, /* its clock is not in the trace */
};

/* The last edge of a clocked process at or before until. */
enum why_edge why_edge(struct why *w, uint32_t instance, uint32_t process, uint64_t until,
		       uint64_t *time);

#endif
