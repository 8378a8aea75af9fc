/* trace_clock.h - which signal of a run is its clock, and which its reset, by their
 * names and by what they do. What the sources say is better, where they are there:
 * session/check/wave_source.h.
 */
#ifndef POSEDGE_TRACE_CLOCK_H
#define POSEDGE_TRACE_CLOCK_H

#include <stddef.h>

#include "session/trace/trace.h"

/* In place of a signal, from who knows: the design has no clock. */
#define TRACE_NO_CLOCK (SIZE_MAX - 1)

enum trace_edge { TRACE_RISING, TRACE_FALLING, TRACE_BOTH };

struct trace_clock {
	size_t signal;	      /* TRACE_NONE: not known */
	enum trace_edge edge; /* that the design waits for */
};

/* A one-bit signal called a clock that rises, of the outermost scope; where there
 * is none the one that changes most. TRACE_NONE. */
size_t trace_find_clock(struct trace *t);

/* The one-bit signal called a reset in the outermost scope that has one. TRACE_NONE. */
size_t trace_find_reset(const struct trace *t);

/* said, where it is a signal; TRACE_NONE for TRACE_NO_CLOCK; else the one found. */
size_t trace_clock(struct trace *t, size_t said);

/* 0 for a scope without a parent, and outside of all. */
int trace_depth(const struct trace *t, size_t scope);

#endif
