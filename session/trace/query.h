/* query.h - evaluates expressions at the edges of a clock.
 *
 * The engine behind `posedge wave --eval`, the model's wave tool, the viewer's search and
 * the latency rules of a spec. Reads the trace once from front to back; memory grows with
 * the signals in the expressions and with how far they look back.
 *
 * A sample has the values just before the edge, as seen by a clocked process and $sampled
 * (IEEE 1800-2017, clause 16.5.1), or on request those after it. Edges are as in Verilog:
 * 0 to x and x to 1 are also posedges; the first value in a trace is not an edge. Without
 * a clock, samples are taken after each time at which a signal of the expressions
 * changed.
 */
#ifndef POSEDGE_QUERY_H
#define POSEDGE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/trace/expr.h"

struct query;
struct trace;

#define QUERY_EVALS_MAX 16

struct query_spec {
	const char *on;		 /* "posedge clk", "negedge E", "edge E"; NULL: each change */
	const char *when;	 /* keep only samples where it is true; NULL: all */
	const char *const *eval; /* n_eval expressions */
	size_t n_eval;
	uint64_t from, to; /* samples in [from, to]; earlier edges provide $past */
	bool after;	   /* use the values after the edge */
};

struct query_row {
	uint64_t time;
	uint64_t sample;		 /* counted from 0, starting at from */
	const struct expr_value *values; /* one per eval; borrowed for the call */
};

struct query_totals {
	uint64_t samples;     /* edges in [from, to] */
	uint64_t rows;	      /* samples with `when` true */
	uint64_t unknown;     /* samples with `when` x */
	uint64_t first, last; /* times of rows, if any */
	/* Per eval, among the rows: number of times it was true, false, x. */
	uint64_t is_true[QUERY_EVALS_MAX], is_false[QUERY_EVALS_MAX], is_x[QUERY_EVALS_MAX];
};

/* ERR_PARSE and ERR_NOT_FOUND as expr_parse(), naming the text; ERR_LIMIT: more than
 * QUERY_EVALS_MAX expressions, or 64 MB of values to look back at. Does not keep
 * spec's strings. */
struct query *query_open(struct trace *t, const struct query_spec *spec, struct err *err);
void query_close(struct query *q); /* NULL is fine */

/* row: returns false to stop; NULL: only totals. */
void query_run(struct query *q, bool (*row)(void *ctx, const struct query_row *r), void *ctx,
	       struct query_totals *totals);

#endif
