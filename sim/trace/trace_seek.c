/* The last change before a time is searched in the block of that time, then in all
 * earlier blocks that have changes of the net.
 *
 * A walk over many nets collects the changes of one block and sorts them. If a block
 * has too many for memory, the time range is cut at the median of what was
 * collected, repeatedly, until it fits. */
#include "config.h"

#include "sim/trace/trace_seek.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "sim/trace/trace_block.h"

#define DUE_MAX	  (1u << 20)  /* changes sorted at once */
#define DUE_BYTES (64u << 20) /* and bytes of their values */

void trace_seek_fini(struct trace_seek *k)
{
	free(k->value);
	k->value = NULL;
	k->cap = 0;
}

/* A change: number n of its net in a block. */
struct spot {
	size_t block, n;
	struct block_change c;
};

static const char *value_of(struct trace_seek *k, size_t stream, const struct spot *s)
{
	size_t first, n;

	return k->changes(k->ctx, s->block, stream, &first, &n)->text + s->c.value;
}

/* The last value in an earlier block, even if it only repeats. */
static bool last_before(struct trace_seek *k, size_t stream, size_t block, struct spot *out)
{
	while (block-- > 0) {
		size_t first, n;
		const struct trace_block *b;

		if (!k->has(k->ctx, block, stream))
			continue;
		b = k->changes(k->ctx, block, stream, &first, &n);
		if (n) {
			*out = (struct spot){ block, n - 1, b->changes[first + n - 1] };
			return true;
		}
	}
	return false;
}

/* True if the first change of a net in a block repeats the previous value. */
static bool repeats(struct trace_seek *k, size_t stream, const struct spot *s)
{
	struct spot before;
	bool same;
	char *value;

	if (s->n > 0 || k->fires(k->ctx, stream))
		return false;
	value = mem_dup(value_of(k, stream, s), s->c.len);
	same = last_before(k, stream, s->block, &before) && before.c.len == s->c.len &&
	       memcmp(value_of(k, stream, &before), value, s->c.len) == 0;
	free(value);
	return same;
}

/* Number of changes among n from first on at or before time. */
static size_t until(const struct trace_block *b, size_t first, size_t n, uint64_t time)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = (low + n) / 2;

		if (b->changes[first + mid].time <= time)
			low = mid + 1;
		else
			n = mid;
	}
	return low;
}

/* The last change at or before time that is not a repetition. */
static bool find_at(struct trace_seek *k, size_t stream, uint64_t time, struct spot *out)
{
	size_t block = k->blocks(k->ctx) ? k->block_of(k->ctx, time) + 1 : 0;

	while (block-- > 0) {
		size_t first, n;
		const struct trace_block *b;

		if (!k->has(k->ctx, block, stream))
			continue;
		b = k->changes(k->ctx, block, stream, &first, &n);
		n = until(b, first, n, time);
		if (n == 0)
			continue;
		*out = (struct spot){ block, n - 1, b->changes[first + n - 1] };
		if (!repeats(k, stream, out))
			return true;
	}
	return false;
}

/* The first one after time. */
static bool find_next(struct trace_seek *k, size_t stream, uint64_t time, struct spot *out)
{
	size_t n_blocks = k->blocks(k->ctx);

	for (size_t block = n_blocks ? k->block_of(k->ctx, time) : 0; block < n_blocks; block++) {
		const struct trace_block *b;
		size_t first, n, i;

		if (!k->has(k->ctx, block, stream))
			continue;
		b = k->changes(k->ctx, block, stream, &first, &n);
		i = until(b, first, n, time);
		if (i == n)
			continue;
		*out = (struct spot){ block, i, b->changes[first + i] };
		if (!repeats(k, stream, out))
			return true;
		/* Only the first in a block can be a repetition. */
		b = k->changes(k->ctx, block, stream, &first, &n);
		if (i + 1 < n) {
			*out = (struct spot){ block, i + 1, b->changes[first + i + 1] };
			return true;
		}
	}
	return false;
}

static void give(struct trace_seek *k, const struct trace_signal *s, uint64_t time,
		 const char *value, size_t len, struct trace_point *out)
{
	size_t width = s->kind == TRACE_BITS ? (size_t)s->width : len;

	if (width + 1 > k->cap)
		k->cap = mem_grow((void **)&k->value, k->cap, width + 1, 1);
	if (s->kind == TRACE_BITS)
		trace_fill(value, len, width, k->value);
	else
		memcpy(k->value, value, len);
	k->value[width] = '\0';
	*out = (struct trace_point){ time, k->value, width };
}

bool trace_seek_at(struct trace_seek *k, const struct trace_signal *s, uint64_t time,
		   struct trace_point *out)
{
	struct spot spot;

	if (!find_at(k, s->stream, time, &spot))
		return false;
	give(k, s, spot.c.time, value_of(k, s->stream, &spot), spot.c.len, out);
	return true;
}

bool trace_seek_next(struct trace_seek *k, const struct trace_signal *s, uint64_t time,
		     struct trace_point *out)
{
	struct spot spot;

	if (!find_next(k, s->stream, time, &spot))
		return false;
	give(k, s, spot.c.time, value_of(k, s->stream, &spot), spot.c.len, out);
	return true;
}

/* Many nets in order of time ------------------------------------------------------- */

struct due {
	uint64_t time;
	size_t which, value; /* index into the signals; offset of the value */
	uint32_t len;
};

struct batch {
	struct due *due;
	size_t n, cap;
	char *text;
	size_t len, text_cap;
};

static int by_time(const void *a, const void *b)
{
	const struct due *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->which < y->which ? -1 : x->which > y->which;
}

static void put(struct batch *h, size_t which, const struct block_change *c, const char *value)
{
	MEM_ROOM(h->due, h->n, h->cap);
	h->text_cap = mem_grow((void **)&h->text, h->text_cap, h->len + c->len + 1, 1);
	memcpy(h->text + h->len, value, c->len);
	h->due[h->n++] = (struct due){ c->time, which, h->len, c->len };
	h->len += c->len;
}

/* Halves the range that ends at *to and drops what is after it. A single time cannot
 * be halved. */
static void halve(struct batch *h, uint64_t *to)
{
	size_t kept = 0, len = 0;
	uint64_t middle;
	char *text;

	qsort(h->due, h->n, sizeof(*h->due), by_time);
	middle = h->due[h->n / 2].time;
	if (middle == h->due[h->n - 1].time && middle > h->due[0].time)
		middle--;
	while (kept < h->n && h->due[kept].time <= middle)
		len += h->due[kept++].len;
	text = mem_alloc(len + 1);
	len = 0;
	for (size_t i = 0; i < kept; i++) {
		memcpy(text + len, h->text + h->due[i].value, h->due[i].len);
		h->due[i].value = len;
		len += h->due[i].len;
	}
	free(h->text);
	h->text = text;
	h->text_cap = len + 1;
	h->len = len;
	h->n = kept;
	*to = middle;
}

static void collect_one(struct trace_seek *k, struct batch *h, size_t block, size_t stream,
			size_t which, uint64_t from, uint64_t *to)
{
	const struct trace_block *b;
	size_t first, n, start;

	if (!k->has(k->ctx, block, stream))
		return;
	b = k->changes(k->ctx, block, stream, &first, &n);
	start = from ? until(b, first, n, from - 1) : 0;
	if (start == 0 && n > 0) {
		struct spot s = { block, 0, b->changes[first] };

		start = repeats(k, stream, &s);
		b = k->changes(k->ctx, block, stream, &first, &n);
	}
	for (size_t i = start; i < n && b->changes[first + i].time <= *to; i++) {
		const struct block_change *c = &b->changes[first + i];

		put(h, which, c, b->text + c->value);
		if ((h->n >= DUE_MAX || h->len >= DUE_BYTES) && h->due[0].time < *to)
			halve(h, to);
	}
}

bool trace_seek_walk(struct trace_seek *k, const struct trace_signal *all, const size_t *signals,
		     size_t n, uint64_t from, uint64_t to, trace_fn *fn, void *ctx)
{
	size_t n_blocks = k->blocks(k->ctx);
	size_t block = n_blocks ? k->block_of(k->ctx, from) : 0;
	struct batch h = { 0 };
	bool whole = true;

	while (whole && block < n_blocks && k->begin(k->ctx, block) <= to) {
		uint64_t until_here = to;

		h.n = h.len = 0;
		for (size_t i = 0; i < n; i++)
			collect_one(k, &h, block, all[signals[i]].stream, i, from, &until_here);
		if (h.n)
			qsort(h.due, h.n, sizeof(*h.due), by_time);
		for (size_t i = 0; whole && i < h.n; i++) {
			const struct due *d = &h.due[i];
			struct trace_point p;

			give(k, &all[signals[d->which]], d->time, h.text + d->value, d->len, &p);
			whole = fn(ctx, d->which, &p);
		}
		if (until_here == to)
			block++;
		else
			from = until_here + 1;
	}
	free(h.due);
	free(h.text);
	return whole;
}
