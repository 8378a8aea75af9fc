/* trace_table.h - a few cycles of a few signals of a run, as text.
 *
 * Rows are the last cycles up to a time: the clock's edges, or without a clock the times
 * at which something changed; and that time. Columns are clock and reset, then the
 * signals requested by name, then those that changed, or are x or z, in these rows, from
 * the testbench inward.
 */
#ifndef POSEDGE_TRACE_TABLE_H
#define POSEDGE_TRACE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"

struct str;

#define TRACE_TABLE_ROWS 1000 /* maximum */
#define TRACE_TABLE_COLS 64
/* Unchanged nets that are examined for x. */
#define TRACE_TABLE_LOOKED 20000

struct trace_rows {
	struct trace_clock clock; /* TRACE_NONE: guess; TRACE_NO_CLOCK: none */
	uint64_t time;		  /* of the last row; clamped to the end of the run */
	int rows, cols;
	/* An expression: signals that it names are shown even if they do not change;
	 * among several matches the outermost. NULL: none. */
	const char *names;
};

/* One line per row, for people and for prompts. */
void trace_table(struct trace *t, const struct trace_rows *r, struct str *out);

/* The same selection for a picture: writes at most r->cols signals, returns their
 * number, and the times of the first and last row. */
size_t trace_choose(struct trace *t, const struct trace_rows *r, size_t *signals, uint64_t *from,
		    uint64_t *to);

#endif
