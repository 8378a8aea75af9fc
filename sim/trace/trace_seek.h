/* trace_seek.h - queries on a trace stored in blocks: the value at a time, the next
 * change, all changes of some nets in order.
 *
 * A format's reader provides the functions below: the blocks in order of time, and the
 * changes of a net in a block. A net's first value in a block may repeat the previous
 * one; that is detected here.
 */
#ifndef POSEDGE_TRACE_SEEK_H
#define POSEDGE_TRACE_SEEK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/trace/trace.h"

struct trace_block;

struct trace_seek {
	size_t (*blocks)(void *ctx);
	/* The last block that begins at or before time, or the first; there is at
	 * least one. */
	size_t (*block_of)(void *ctx, uint64_t time);
	uint64_t (*begin)(void *ctx, size_t block);
	/* False: the block certainly has no change of the net. */
	bool (*has)(void *ctx, size_t block, size_t stream);
	/* The net's changes there: [*first, *first + *n). Borrowed until the next
	 * call. */
	const struct trace_block *(*changes)(void *ctx, size_t block, size_t stream, size_t *first,
					     size_t *n);
	bool (*fires)(void *ctx, size_t stream); /* an event: every value is a change */
	void *ctx;
	/* Private: the value returned last. */
	char *value;
	size_t cap;
};

void trace_seek_fini(struct trace_seek *k);

/* Like trace_at(), trace_next() and trace_walk(). */
bool trace_seek_at(struct trace_seek *k, const struct trace_signal *s, uint64_t time,
		   struct trace_point *out);
bool trace_seek_next(struct trace_seek *k, const struct trace_signal *s, uint64_t time,
		     struct trace_point *out);
bool trace_seek_walk(struct trace_seek *k, const struct trace_signal *all, const size_t *signals,
		     size_t n, uint64_t from, uint64_t to, trace_fn *fn, void *ctx);

#endif
