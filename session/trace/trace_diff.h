/* trace_diff.h - where two runs differ.
 *
 * Signals are paired by full name, a leading "TOP." apart, and compared bit by
 * bit where they have one width. With a clock the two are aligned by its edges:
 * what the k-th edge sees in one run is compared with what it sees in the
 * other, whatever the times are. Without one they are aligned by time, in the
 * finer of the two units.
 *
 * An x or z beside a 0 or 1 is a difference that is counted by itself: two
 * engines may well disagree there.
 */
#ifndef POSEDGE_TRACE_DIFF_H
#define POSEDGE_TRACE_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct trace;

struct trace_diff_signal {
	size_t a, b;	  /* in each trace */
	uint64_t first;	  /* the first place where they differ: an edge, from 0, or a time */
	uint64_t places;  /* how many edges, or units of time, they differ for */
	uint64_t unknown; /* of these, where one is x or z and no known bit differs */
};

struct trace_diff {
	bool by_clock;
	uint64_t edges_a, edges_b;
	uint64_t *times_a, *times_b;	  /* of the edges */
	uint64_t compared;		  /* places */
	size_t n_compared;		  /* pairs of signals; names of one net count once */
	struct trace_diff_signal *differ; /* by first place, then as in trace a */
	size_t n_differ;
	size_t *only_a, n_only_a, *only_b, n_only_b;
	size_t *other_width, n_other_width; /* in trace a */
	uint64_t scale_a, scale_b; /* by time: units of the comparison in one of each trace's */
	int exponent;		   /* by time: of the unit of places */
};

/* clock_a, clock_b: one bit, the rising edges count; TRACE_NONE, both: by time.
 * ERR_LIMIT: more than 100 million edges. Free with trace_diff_free(). */
bool trace_diff(struct trace *a, struct trace *b, size_t clock_a, size_t clock_b,
		struct trace_diff *out, struct err *err);
void trace_diff_free(struct trace_diff *d);

/* The time in each trace of a place. */
uint64_t trace_diff_time_a(const struct trace_diff *d, uint64_t place);
uint64_t trace_diff_time_b(const struct trace_diff *d, uint64_t place);

/* A name without what simulators put in front of it. */
const char *trace_plain_name(const char *full);

#endif
