/* query.h - what expressions are at the edges of a clock.
 *
 * One engine for `posedge wave --eval`, the model's wave tool, the viewer's
 * search and the latency rows of a spec. Reads the trace once, from front to
 * back, in memory that grows with the signals that the expressions name and
 * with how far they look back.
 *
 * A sample is what the signals were just before the edge, as a clocked process
 * and $sampled see it (IEEE 1800-2017, clause 16.5.1); or, if asked for, what
 * they are after it. An edge is one in Verilog's sense: posedge is also from 0
 * to x and from x to 1; the first value in a trace is not one. Without a clock a
 * sample is taken after each time at which a signal of the expressions changed.
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
	const char *when;	 /* only samples where it is true; NULL: all */
	const char *const *eval; /* n_eval expressions */
	size_t n_eval;
	uint64_t from, to; /* samples in [from, to]; edges before give $past its values */
	bool after;	   /* the values after the edge */
};

struct query_row {
	uint64_t time;
	uint64_t sample;		 /* counted from 0 at from */
	const struct expr_value *values; /* of each eval; borrowed for the call */
};

struct query_totals {
	uint64_t samples;     /* edges in [from, to] */
	uint64_t rows;	      /* where when was true */
	uint64_t unknown;     /* where it was x */
	uint64_t first, last; /* times of rows; where there are any */
	/* Of each eval, among the rows: how often it was true, false, x. */
	uint64_t is_true[QUERY_EVALS_MAX], is_false[QUERY_EVALS_MAX], is_x[QUERY_EVALS_MAX];
};

/* ERR_PARSE, ERR_NOT_FOUND as expr_parse(), with which of the texts it was;
 * ERR_LIMIT: more than QUERY_EVALS_MAX, or 64 MB of values to look back at.
 * The texts are not kept. */
struct query *query_open(struct trace *t, const struct query_spec *spec, struct err *err);
void query_close(struct query *q); /* NULL is fine */

/* row: false ends it there; NULL: only the totals are wanted. */
void query_run(struct query *q, bool (*row)(void *ctx, const struct query_row *r), void *ctx,
	       struct query_totals *totals);

#endif
