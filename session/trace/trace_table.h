/* trace_table.h - a few cycles of a few signals of a run, as text.
 *
 * Rows are the last cycles before a time: the clock's edges, or without a clock
 * each time at which something changed; and that time. Columns are clock and
 * reset, then what was asked for by name, then what changed in these rows, or is
 * x or z in them, from the testbench inwards.
 */
#ifndef POSEDGE_TRACE_TABLE_H
#define POSEDGE_TRACE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"

struct str;

#define TRACE_TABLE_ROWS 1000 /* at most */
#define TRACE_TABLE_COLS 64
/* Nets without a change that are looked at for x. */
#define TRACE_TABLE_LOOKED 20000

struct trace_rows {
	struct trace_clock clock; /* TRACE_NONE: to be found; TRACE_NO_CLOCK: there is none */
	uint64_t time;		  /* the rows end here; what lies after the end is the end */
	int rows, cols;
	/* An expression: signals of its names are shown whether they change or not; of
	 * several the outermost. NULL: none. */
	const char *names;
};

/* One line a row, for people and for prompts. */
void trace_table(struct trace *t, const struct trace_rows *r, struct str *out);

/* The same choice for a picture: puts at most r->cols signals into signals, returns
 * how many, and the first and the last time of the rows. */
size_t trace_choose(struct trace *t, const struct trace_rows *r, size_t *signals, uint64_t *from,
		    uint64_t *to);

#endif
