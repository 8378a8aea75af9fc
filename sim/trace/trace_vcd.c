/* Two scanners of a dump: one goes through the file and makes the index, the other
 * rereads blocks for queries. The index has, per block, a bit for each net that
 * changes in it; so the last change before a time is searched in the block of that
 * time, then in the nearest earlier block whose bit is set, however far that is.
 *
 * Some tools write values that change nothing. Within a block they are dropped; for
 * a net's first value in a block this is decided by the query, from the last value
 * before the block. The index keeps a hash of each net's value, so that a block in
 * which a net is only repeated has no bit for it. */
#include "config.h"

#include "sim/trace/trace_vcd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/scope_list.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_block.h"
#include "sim/trace/trace_held.h"
#include "sim/trace/trace_vcd_inner.h"
#include "sim/trace/vcd_scan.h"
#include "sim/trace/vcd_words.h"

#define CHUNK	   (1u << 20)
#define KEPT_BYTES (48u << 20) /* of the cached blocks */
#define TEXT_MAX   4096	       /* bytes of a real or a string */

static struct trace_vcd *self(const struct trace *t)
{
	return (struct trace_vcd *)t;
}

/* The header ------------------------------------------------------------------- */

static void on_timescale(void *ctx, int magnitude, int exponent)
{
	struct trace_vcd *me = ctx;

	me->magnitude = magnitude;
	me->exponent = exponent;
	me->has_timescale = true;
}

static void on_signal(void *ctx, const struct vcd_var *s, long same_as)
{
	struct trace_vcd *me = ctx;

	MEM_PUSH(
		me->held.signals, me->held.n_signals, me->held.cap_signals,
		(struct trace_signal){
			.name = mem_strdup(s->name),
			.scope = scope_list_of(&me->held.scopes, s->scope),
			.kind = s->event  ? TRACE_EVENT
				: s->real ? TRACE_REAL
					  : TRACE_BITS,
			.width = s->width,
			.msb = s->msb,
			.lsb = s->lsb,
			.has_range = s->has_range,
			.vector = s->vector,
			.parameter = s->parameter,
			.integer = s->integer,
			.stream = same_as >= 0 ? me->held.signals[same_as].stream : me->n_streams++,
		});
}

static void no_timescale(void *ctx, int magnitude, int exponent)
{
}

static void no_signal(void *ctx, const struct vcd_var *s, long same_as)
{
}

static void complain(struct trace_vcd *me, const char *what)
{
	str_clear(&me->held.problem);
	str_adds(&me->held.problem, what);
}

/* The last block may have grown. */
static void forget_from(struct trace_vcd *me, size_t block)
{
	for (size_t i = 0; i < KEPT; i++) {
		if (me->kept[i].block < block)
			continue;
		trace_block_free(&me->kept[i].b);
		me->kept[i].used = 0;
	}
}

static bool is_there(const struct trace_vcd *me, const struct trace_vcd_piece *p)
{
	char now[sizeof(p->text)];

	return pread(me->fd, now, p->len, (off_t)p->at) == (ssize_t)p->len &&
	       memcmp(now, p->text, p->len) == 0;
}

/* A change names a net by the first of its signals, which alone became a number or a text. */
static void spread_kinds(struct trace_vcd *me)
{
	size_t n = me->held.n_signals;
	struct trace_signal *signals = me->held.signals;
	enum trace_kind *kinds = mem_calloc(me->n_streams + 1, sizeof(*kinds));

	for (size_t i = 0; i < n; i++)
		if (signals[i].kind == TRACE_REAL || signals[i].kind == TRACE_TEXT)
			kinds[signals[i].stream] = signals[i].kind;
	for (size_t i = 0; i < n; i++)
		if (signals[i].kind == TRACE_BITS)
			signals[i].kind = kinds[signals[i].stream];
	free(kinds);
	me->kind_found = false;
}

static bool more(struct trace *t, size_t most, bool *any, struct err *err)
{
	struct trace_vcd *me = self(t);
	size_t last = me->n_blocks ? me->n_blocks - 1 : 0;

	*any = false;
	/* A file that grows after its index was saved is a different file. */
	if (me->restored)
		return true;
	if (!is_there(me, &me->first) || !is_there(me, &me->last))
		return err_set(err, ERR_CONFLICT, "%s was cut, or written anew", me->name);
	if (!trace_vcd_half_begin(me, most, any, err) ||
	    !(me->half ? trace_vcd_half_more(me, most, any, err)
		       : trace_vcd_read_until(me, me->at + most, any, err)))
		return false;
	if (*any)
		forget_from(me, last);
	if (me->kind_found)
		spread_kinds(me);
	str_clear(&me->held.problem);
	if (!vcd_scan_rests(me->index))
		complain(me, TRACE_VCD_CUT);
	else if (trace_vcd_odd(me))
		complain(me, vcd_odd_sentence(trace_vcd_odd(me)));
	return true;
}

/* Blocks ----------------------------------------------------------------------- */

static void on_read(void *ctx, size_t signal, uint64_t time, enum vcd_value kind, const char *value,
		    size_t len)
{
	struct trace_vcd *me = ctx;
	const struct trace_signal *s = &me->held.signals[signal];
	char lower[64] = "", *text = lower;

	if (!me->filling)
		return;
	if (s->kind == TRACE_BITS)
		trace_vcd_cut(s, &value, &len);
	else if (len > TEXT_MAX)
		len = TEXT_MAX;
	if (len > sizeof(lower))
		text = mem_alloc(len);
	for (size_t i = 0; i < len; i++)
		text[i] = s->kind == TRACE_BITS		     ? trace_vcd_small(value[i])
			  : value[i] > ' ' && value[i] < 127 ? value[i]
							     : '?';
	if (!trace_block_add(me->filling, (uint32_t)s->stream,
			     time > me->filling_time ? time : me->filling_time, text, len,
			     s->kind == TRACE_EVENT))
		me->too_much = true;
	if (text != lower)
		free(text);
}

static void feed_reader(struct trace_vcd *me, uint64_t from, uint64_t to)
{
	while (from < to) {
		size_t want = to - from < CHUNK ? (size_t)(to - from) : CHUNK;
		ssize_t n = pread(me->fd, me->chunk, want, (off_t)from);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			complain(me, "the file has become shorter, or cannot be read any more");
			return;
		}
		vcd_scan_feed(me->reader, me->chunk, (size_t)n);
		from += (uint64_t)n;
	}
}

static void read_block(struct trace_vcd *me, size_t block, struct trace_block *b)
{
	uint64_t end = block + 1 < me->n_blocks ? me->blocks[block + 1].offset : me->at;

	if (!me->header_read) {
		feed_reader(me, 0, me->blocks[0].offset);
		vcd_scan_feed(me->reader, "\n", 1); /* ends its last word */
		me->header_read = true;
	}
	trace_block_begin(b, me->n_streams);
	if (vcd_scan_has_changes(me->reader, NULL)) {
		vcd_scan_jump(me->reader);
		me->filling = b;
		me->filling_time = me->blocks[block].time;
		feed_reader(me, me->blocks[block].offset, end);
		me->filling = NULL;
	}
	trace_block_end(b);
	if (me->too_much)
		complain(me, "a stretch of the file holds too much to be read");
}

static struct trace_block *block_at(struct trace_vcd *me, size_t block)
{
	struct kept *oldest = &me->kept[0];
	size_t bytes = 0;

	for (size_t i = 0; i < KEPT; i++) {
		struct kept *k = &me->kept[i];

		if (k->used && k->block == block) {
			k->used = ++me->uses;
			return &k->b;
		}
		if (k->used)
			bytes += trace_block_bytes(&k->b);
		if (k->used < oldest->used)
			oldest = k;
	}
	for (size_t i = 0; i < KEPT && bytes > KEPT_BYTES; i++)
		if (me->kept[i].used && me->kept[i].used + KEPT / 2 < me->uses) {
			bytes -= trace_block_bytes(&me->kept[i].b);
			trace_block_free(&me->kept[i].b);
			me->kept[i].used = 0;
			oldest = &me->kept[i];
		}
	trace_block_free(&oldest->b);
	read_block(me, block, &oldest->b);
	oldest->block = block;
	oldest->used = ++me->uses;
	return &oldest->b;
}

/* Callbacks of trace_seek ------------------------------------------------------ */

static size_t blocks(void *ctx)
{
	return ((struct trace_vcd *)ctx)->n_blocks;
}

/* The last block that begins at or before time. */
static size_t block_of(void *ctx, uint64_t time)
{
	const struct trace_vcd *me = ctx;
	size_t low = 0, high = me->n_blocks;

	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		if (me->blocks[mid].time <= time)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static uint64_t begin_of_block(void *ctx, size_t block)
{
	return ((struct trace_vcd *)ctx)->blocks[block].time;
}

static bool has(void *ctx, size_t block, size_t stream)
{
	const struct trace_vcd *me = ctx;

	return me->bits[block * me->words + stream / 64] >> stream % 64 & 1;
}

static const struct trace_block *changes(void *ctx, size_t block, size_t stream, size_t *first,
					 size_t *n)
{
	const struct trace_block *b = block_at(ctx, block);

	*n = trace_block_find(b, (uint32_t)stream, first);
	return b;
}

static bool fires(void *ctx, size_t stream)
{
	return ((struct trace_vcd *)ctx)->fires[stream];
}

static uint64_t end_of(const struct trace *t)
{
	return self(t)->restored ? self(t)->end : vcd_scan_time(self(t)->index);
}

static bool at(struct trace *t, size_t signal, uint64_t time, struct trace_point *out)
{
	return time <= end_of(t) &&
	       trace_seek_at(&self(t)->held.seek, &self(t)->held.signals[signal], time, out);
}

/* Operations of struct trace ------------------------------------------------------ */

static bool timescale(const struct trace *t, int *magnitude, int *exponent)
{
	if (self(t)->has_timescale) {
		*magnitude = self(t)->magnitude;
		*exponent = self(t)->exponent;
	}
	return self(t)->has_timescale;
}

static uint64_t begin_of(const struct trace *t)
{
	return self(t)->n_blocks ? self(t)->blocks[0].time : 0;
}

static void close_vcd(struct trace *t)
{
	struct trace_vcd *me = self(t);

	trace_vcd_half_end(me);
	trace_held_fini(&me->held);
	for (size_t i = 0; i < KEPT; i++)
		trace_block_free(&me->kept[i].b);
	vcd_scan_free(me->index);
	vcd_scan_free(me->reader);
	free(me->hashes);
	free(me->fires);
	free(me->blocks);
	free(me->bits);
	free(me->chunk);
	free(me->name);
	close(me->fd);
	free(me);
}

static const struct trace_ops ops = {
	.close = close_vcd,
	.scopes = trace_held_scopes,
	.scope = trace_held_scope,
	.signals = trace_held_signals,
	.signal = trace_held_signal,
	.timescale = timescale,
	.begin = begin_of,
	.end = end_of,
	.at = at,
	.next = trace_held_next,
	.prev = trace_held_prev,
	.walk = trace_held_walk,
	.more = more,
	.problem = trace_held_problem,
};

void trace_vcd_from_front(struct trace *t)
{
	self(t)->half_tried = true;
}

void trace_vcd_leave_rest(struct trace *t)
{
	struct stat st;

	if (fstat(self(t)->fd, &st) == 0 && (uint64_t)st.st_size > self(t)->at)
		complain(self(t), "no more of the file was read than was asked for");
}

void trace_vcd_block_size(struct trace *t, size_t bytes)
{
	self(t)->block_bytes = bytes;
}

struct trace *trace_vcd_new(int fd, const char *name)
{
	struct trace_vcd *me = mem_zalloc(sizeof(*me));
	struct vcd_events index = { on_timescale, on_signal, trace_vcd_on_index, me };
	struct vcd_events read = { no_timescale, no_signal, on_read, me };

	me->held.base.ops = &ops;
	me->fd = fd;
	me->again = trace_vcd_new;
	me->name = mem_strdup(name);
	me->chunk = mem_alloc(CHUNK);
	me->held.seek = (struct trace_seek){ .blocks = blocks,
					     .block_of = block_of,
					     .begin = begin_of_block,
					     .has = has,
					     .changes = changes,
					     .fires = fires,
					     .ctx = me };
	me->index = vcd_scan_new(&index);
	me->reader = vcd_scan_new(&read);
	return &me->held.base;
}

bool trace_vcd_is_dump(const struct trace *t)
{
	return vcd_scan_has_changes(self(t)->index, NULL);
}
