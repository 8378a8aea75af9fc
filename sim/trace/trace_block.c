/* Changes arrive by time and are queried by net. They are sorted once with a
 * counting sort: the counts per net give the start of each. */
#include "config.h"

#include "sim/trace/trace_block.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

#define TEXT_MAX (2u << 30)

void trace_block_begin(struct trace_block *b, size_t n_streams)
{
	b->n = b->text_len = 0;
	b->n_streams = n_streams;
	b->last = mem_calloc(n_streams, sizeof(*b->last));
}

static bool same(const struct trace_block *b, const struct block_change *x,
		 const struct block_change *y)
{
	return !y->repeats && x->stream == y->stream && x->len == y->len &&
	       memcmp(b->text + x->value, b->text + y->value, x->len) == 0;
}

static uint32_t keep(struct trace_block *b, const char *value, size_t len)
{
	size_t at = b->text_len;

	b->text_cap = mem_grow((void **)&b->text, b->text_cap, at + len + 1, 1);
	memcpy(b->text + at, value, len);
	b->text_len += len;
	return (uint32_t)at;
}

bool trace_block_add(struct trace_block *b, uint32_t stream, uint64_t time, const char *value,
		     size_t len, bool repeats)
{
	struct block_change *c = b->last[stream] ? &b->changes[b->last[stream] - 1] : NULL;

	if (b->text_len + len > TEXT_MAX)
		return false;
	if (c && c->time == time) {
		if (len > c->len)
			c->value = keep(b, value, len);
		else
			memcpy(b->text + c->value, value, len);
		c->len = (uint32_t)len;
		return true;
	}
	MEM_ROOM(b->changes, b->n, b->cap);
	b->changes[b->n] =
		(struct block_change){ time, stream, (uint32_t)len, keep(b, value, len), repeats };
	b->last[stream] = (uint32_t)++b->n;
	return true;
}

static void drop_repeats(struct trace_block *b)
{
	size_t to = 0;

	for (size_t i = 0; i < b->n; i++)
		if (to == 0 || !same(b, &b->changes[to - 1], &b->changes[i]))
			b->changes[to++] = b->changes[i];
	b->n = to;
}

void trace_block_end(struct trace_block *b)
{
	struct block_change *sorted = mem_alloc(b->n * sizeof(*sorted) + 1);
	uint32_t *at = b->last; /* from now on: index for the next change of a stream */
	uint32_t sum = 0;

	memset(at, 0, b->n_streams * sizeof(*at));
	for (size_t i = 0; i < b->n; i++)
		at[b->changes[i].stream]++;
	for (size_t i = 0; i < b->n_streams; i++) {
		uint32_t n = at[i];

		at[i] = sum;
		sum += n;
	}
	for (size_t i = 0; i < b->n; i++)
		sorted[at[b->changes[i].stream]++] = b->changes[i];
	free(b->changes);
	free(b->last);
	b->changes = sorted;
	b->cap = b->n;
	drop_repeats(b);
	b->last = NULL;
}

void trace_block_free(struct trace_block *b)
{
	free(b->changes);
	free(b->text);
	free(b->last);
	*b = (struct trace_block){ 0 };
}

/* The first change of stream, or of a later one. */
static size_t lower(const struct trace_block *b, uint64_t stream)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (b->changes[mid].stream < stream)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t trace_block_find(const struct trace_block *b, uint32_t stream, size_t *first)
{
	assert(!b->last);
	*first = lower(b, stream);
	return lower(b, (uint64_t)stream + 1) - *first;
}

size_t trace_block_bytes(const struct trace_block *b)
{
	return b->cap * sizeof(*b->changes) + b->text_cap;
}
