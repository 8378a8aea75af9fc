/* The first look at a long dump takes as long as its scanner needs, so two scan it: one from
 * the front, and one from a time in the middle on.
 *
 *	header |  me ............ |  half ............ |
 *	                          split: "#TIME"
 *
 * The half is a trace_vcd of its own, with its own descriptor, scanner and header, so that
 * the two share nothing. When `me` arrives at the split, it takes over the blocks and the
 * scanner of the half, and goes on where that is, alone. The first bit of a net in the half
 * may stand for a repeated value, which queries tell.
 *
 * Only what is before the split can say whether "#TIME" there is one: it may be in a comment,
 * or a later time may have come before. Then the half is dropped, and `me` reads that part
 * itself. */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/both.h"
#include "session/base/mem.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_vcd_inner.h"
#include "sim/trace/vcd_scan.h"

#define LEAST_BLOCKS 32		 /* of a file that is read in halves */
#define SIGNALS_MOST 200000	 /* the half has names, too */
#define BITS_MOST    (32u << 20) /* bytes of the bits for all blocks */
#define LOOK	     (64u << 10) /* bytes in which a time for the split is searched */

/* The first time in the second half of the file. */
static bool find_split(const struct trace_vcd *me, uint64_t size, uint64_t *at, uint64_t *time)
{
	uint64_t from = me->at + (size - me->at) / 2;
	ssize_t n = pread(me->fd, me->chunk, LOOK, (off_t)from);
	const char *end = me->chunk + (n > 0 ? n : 0);

	for (const char *p = me->chunk; (p = memmem(p, (size_t)(end - p), "\n#", 2)); p++) {
		if (trace_vcd_time_at(p + 1, end, time)) {
			*at = from + (uint64_t)(p + 1 - me->chunk);
			return true;
		}
	}
	return false;
}

/* Reads the header once more, then goes to the split. */
static bool open_half(struct trace_vcd *me, uint64_t at, uint64_t time)
{
	int fd = fcntl(me->fd, F_DUPFD_CLOEXEC, 3);
	struct trace_vcd *half;
	bool any;

	if (fd < 0)
		return false;
	half = me->half = (struct trace_vcd *)me->again(fd, me->name);
	half->block_bytes = me->block_bytes;
	if (!trace_vcd_read_until(half, me->blocks[0].offset, &any, NULL))
		return false;
	vcd_scan_feed(half->index, "\n", 1); /* ends the header's last word */
	if (half->bits_begun || !vcd_scan_has_changes(half->index, NULL) ||
	    half->held.n_signals != me->held.n_signals || half->n_streams != me->n_streams)
		return false;
	vcd_scan_jump(half->index);
	trace_vcd_begin_index(half, time);
	half->at = half->blocks[0].offset = at;
	half->last.len = 0;
	return true;
}

bool trace_vcd_half_begin(struct trace_vcd *me, size_t most, bool *any, struct err *err)
{
	uint64_t block = me->block_bytes ? me->block_bytes : BLOCK_LEAST;
	uint64_t least = LEAST_BLOCKS * block, until = me->at + most, at, time;
	struct stat st;

	if (me->half_tried || fstat(me->fd, &st) < 0 || (uint64_t)st.st_size < least)
		return true;
	/* A little of the values as well: the bits begin with the first. */
	while (!me->bits_begun && me->at < until) {
		uint64_t before = me->at;

		if (!trace_vcd_read_until(me, before + block, any, err))
			return false;
		if (me->at == before)
			break;
	}
	if (!me->bits_begun)
		return true;
	me->half_tried = true;
	if ((uint64_t)st.st_size > me->at + least / 2 && me->held.n_signals <= SIGNALS_MOST &&
	    (uint64_t)st.st_size / me->block_bytes * me->words * 8 <= BITS_MOST &&
	    find_split(me, (uint64_t)st.st_size, &at, &time) && !open_half(me, at, time))
		trace_vcd_half_end(me);
	return true;
}

struct part {
	struct trace_vcd *of;
	uint64_t until;
	bool any, ok;
	struct err err;
};

static void read_part(void *ctx)
{
	struct part *p = ctx;

	p->ok = trace_vcd_read_until(p->of, p->until, &p->any, &p->err);
}

static void take_blocks(struct trace_vcd *me, const struct trace_vcd *half)
{
	size_t n = me->n_blocks + half->n_blocks, row = me->words * sizeof(*me->bits);

	me->blocks = mem_realloc(me->blocks, n * sizeof(*me->blocks));
	memcpy(me->blocks + me->n_blocks, half->blocks, half->n_blocks * sizeof(*me->blocks));
	me->bits = mem_realloc(me->bits, n * row);
	memcpy(me->bits + me->n_blocks * me->words, half->bits, half->n_blocks * row);
	me->n_blocks = me->cap_blocks = n;
}

static void take_half(struct trace_vcd *me)
{
	struct trace_vcd *half = me->half;

	take_blocks(me, half);
	for (size_t i = 0; i < me->n_streams; i++)
		if (half->hashes[i])
			me->hashes[i] = half->hashes[i];
	for (size_t i = 0; i < me->held.n_signals; i++)
		if (half->held.signals[i].kind != me->held.signals[i].kind &&
		    half->held.signals[i].kind != TRACE_BITS && /* it saw no text: says nothing */
		    me->held.signals[i].kind != TRACE_TEXT) {
			me->held.signals[i].kind = half->held.signals[i].kind;
			me->kind_found = true;
		}
	me->odd |= vcd_scan_odd(me->index);
	vcd_scan_free(me->index);
	me->index = half->index;
	half->index = NULL;
	vcd_scan_give(me->index, me);
	me->at = half->at;
	if (half->last.len)
		me->last = half->last;
}

bool trace_vcd_half_more(struct trace_vcd *me, size_t most, bool *any, struct err *err)
{
	struct trace_vcd *half = me->half;
	const struct place split = half->blocks[0]; /* the blocks move as they grow */
	uint64_t each = most / 2 ? most / 2 : 1, left = split.offset - me->at;
	struct part a = { .of = me, .until = me->at + (left < each ? left : each) };
	struct part b = { .of = half, .until = half->at + each };

	work_both(read_part, &a, &b);
	*any = *any || a.any || b.any;
	if (!a.ok) {
		return err_copy(err, &a.err);
	}
	if (me->at < split.offset && a.any)
		return true;
	/* A file that became shorter has no second half any more. */
	if (b.ok && me->at == split.offset && vcd_scan_rests(me->index) &&
	    vcd_scan_time(me->index) < split.time)
		take_half(me);
	trace_vcd_half_end(me);
	*any = true;
	return true;
}

void trace_vcd_half_end(struct trace_vcd *me)
{
	if (me->half)
		trace_close(&me->half->held.base);
	me->half = NULL;
}
