/* trace_diff.h - finds where two runs differ.
 *
 * Signals are paired by full name, ignoring a leading "TOP.", and compared bit by bit if
 * their widths are equal. With a clock the runs are aligned by its edges: the values at
 * the k-th edges are compared, whatever their times. Without one they are aligned by
 * time, in the finer of the two units.
 *
 * An x or z against a 0 or 1 is counted separately: two engines may well disagree there.
 */
#ifndef POSEDGE_TRACE_DIFF_H
#define POSEDGE_TRACE_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct trace;

struct trace_diff_signal {
	size_t a, b;	  /* index in each trace */
	uint64_t first;	  /* first place where they differ: an edge, from 0, or a time */
	uint64_t places;  /* number of edges, or units of time, where they differ */
	uint64_t unknown; /* of these, where one is x or z and no known bit differs */
};

struct trace_diff {
	bool by_clock;
	uint64_t edges_a, edges_b;
	uint64_t *times_a, *times_b;	  /* of the edges */
	uint64_t compared;		  /* number of places */
	size_t n_compared;		  /* pairs of signals; aliases count once */
	struct trace_diff_signal *differ; /* sorted by first place, then by index in trace a */
	size_t n_differ;
	size_t *only_a, n_only_a, *only_b, n_only_b;
	size_t *other_width, n_other_width; /* indices in trace a */
	uint64_t scale_a, scale_b; /* by time: units of the comparison per unit of each trace */
	int exponent;		   /* by time: exponent of the comparison's unit */
};

/* clock_a, clock_b: one bit, aligned by rising edges; both TRACE_NONE: by time.
 * ERR_LIMIT: more than 100 million edges. Free with trace_diff_free(). */
bool trace_diff(struct trace *a, struct trace *b, size_t clock_a, size_t clock_b,
		struct trace_diff *out, struct err *err);
void trace_diff_free(struct trace_diff *d);

/* The time of a place in each trace. */
uint64_t trace_diff_time_a(const struct trace_diff *d, uint64_t place);
uint64_t trace_diff_time_b(const struct trace_diff *d, uint64_t place);

#endif
