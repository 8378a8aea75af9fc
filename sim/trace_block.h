/* trace_block.h - a stretch of a dump, read: the changes of each net in it.
 *
 * Of several values of a net at one time the last is kept, and none that is like
 * the one before it in the block. Whether the first one of a net differs from
 * what held before the block, the block cannot know.
 */
#ifndef POSEDGE_TRACE_BLOCK_H
#define POSEDGE_TRACE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct block_change {
	uint64_t time;
	uint32_t stream, len;
	uint32_t value; /* where it begins in text */
	bool repeats;	/* it counts although it is like the one before */
};

struct trace_block {
	struct block_change *changes; /* by stream, then by time */
	size_t n, cap;
	char *text;
	size_t text_len, text_cap;
	/* While it is filled: of each stream its last change, counted from 1. */
	uint32_t *last;
	size_t n_streams;
};

void trace_block_begin(struct trace_block *b, size_t n_streams);
/* Times never go down. False: it holds too much, 2 GB of values. */
bool trace_block_add(struct trace_block *b, uint32_t stream, uint64_t time, const char *value,
		     size_t len, bool repeats);
void trace_block_end(struct trace_block *b);
void trace_block_free(struct trace_block *b); /* may be used again */

/* The changes of stream: [*first, *first + n). */
size_t trace_block_find(const struct trace_block *b, uint32_t stream, size_t *first);
size_t trace_block_bytes(const struct trace_block *b);

#endif
