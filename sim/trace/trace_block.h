/* trace_block.h - a block of a dump in memory: the changes of each net.
 *
 * Of several values of a net at one time the last is kept, and a value equal to the
 * previous one in the block is dropped. The first value of a net may equal that before
 * the block; the block cannot know.
 */
#ifndef POSEDGE_TRACE_BLOCK_H
#define POSEDGE_TRACE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct block_change {
	uint64_t time;
	uint32_t stream, len;
	uint32_t value; /* offset in text */
	bool repeats;	/* counts even if equal to the previous value */
};

struct trace_block {
	struct block_change *changes; /* by stream, then by time */
	size_t n, cap;
	char *text;
	size_t text_len, text_cap;
	/* While filling: index + 1 of each stream's last change. */
	uint32_t *last;
	size_t n_streams;
};

void trace_block_begin(struct trace_block *b, size_t n_streams);
/* Times must not decrease. False: the block would exceed 2 GB of values. */
bool trace_block_add(struct trace_block *b, uint32_t stream, uint64_t time, const char *value,
		     size_t len, bool repeats);
void trace_block_end(struct trace_block *b);
void trace_block_free(struct trace_block *b); /* can be reused */

/* Changes of stream: the returned number, from index *first on. */
size_t trace_block_find(const struct trace_block *b, uint32_t stream, size_t *first);
size_t trace_block_bytes(const struct trace_block *b);

#endif
