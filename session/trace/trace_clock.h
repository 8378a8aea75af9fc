/* trace_clock.h - guesses the clock and the reset of a run from the names and behaviour
 * of its signals. If the sources are available, session/check/wave_source.h knows better.
 */
#ifndef POSEDGE_TRACE_CLOCK_H
#define POSEDGE_TRACE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "session/trace/trace.h"

/* Instead of a signal: the design is known to have no clock. */
#define TRACE_NO_CLOCK (SIZE_MAX - 1)

enum trace_edge { TRACE_RISING, TRACE_FALLING, TRACE_BOTH };

struct trace_clock {
	size_t signal;	      /* TRACE_NONE: not known */
	enum trace_edge edge; /* edge that the design uses */
};

bool trace_is_clock_name(const char *name); /* "clk_i", "sys_clock"; a name without its scope */

/* A one-bit signal named like a clock with a rising edge, in the outermost scope that
 * has one; else the one that changes most. TRACE_NONE. */
size_t trace_find_clock(struct trace *t);

/* A one-bit signal named like a reset, in the outermost scope that has one.
 * TRACE_NONE. */
size_t trace_find_reset(const struct trace *t);

/* said if it is a signal; TRACE_NONE for TRACE_NO_CLOCK; else the guess. */
size_t trace_clock(struct trace *t, size_t said);

/* 0 for a root scope, and for TRACE_NONE. */
int trace_depth(const struct trace *t, size_t scope);

#endif
