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

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
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

#define CHUNK	    (1u << 20)
#define BLOCK_LEAST (128u << 10)  /* minimum size of a block in bytes */
#define BITS_MAX    (96ull << 20) /* bytes of the index; beyond that blocks get larger */
#define KEPT_BYTES  (48u << 20)	  /* of the cached blocks */
#define TEXT_MAX    4096	  /* bytes of a real or a string */

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

	me->held.cap_signals = mem_grow((void **)&me->held.signals, me->held.cap_signals,
					me->held.n_signals + 1, sizeof(*me->held.signals));
	me->held.signals[me->held.n_signals++] = (struct trace_signal){
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
	};
}

static void no_timescale(void *ctx, int magnitude, int exponent)
{
	(void)ctx;
	(void)magnitude;
	(void)exponent;
}

static void no_signal(void *ctx, const struct vcd_var *s, long same_as)
{
	(void)ctx;
	(void)s;
	(void)same_as;
}

/* The index -------------------------------------------------------------------- */

/* tolower() of the C locale, independent of the current one. */
static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Removes leading bits that VCD would extend again. */
static void cut(const struct trace_signal *s, const char **value, size_t *len)
{
	if (*len > (size_t)s->width) {
		*value += *len - (size_t)s->width;
		*len = (size_t)s->width;
	}
	while (*len > 1) {
		char a = small((*value)[0]), b = small((*value)[1]);

		if (!(a == '0' ? b == '0' || b == '1' : (a == 'x' || a == 'z') && a == b))
			break;
		++*value;
		--*len;
	}
}

/* Eight bytes at a time, since indexing spends half its time here. For bits, the bit that
 * distinguishes upper from lower case is set, so that X equals x. */
static uint64_t hash_of(const char *value, size_t len, bool bits)
{
	uint64_t h = 0x9e3779b97f4a7c15ull ^ len, word = 0;
	const uint64_t small = bits ? 0x2020202020202020ull : 0;

	for (size_t i = 0; i < len; i += sizeof(word)) {
		word = 0;
		memcpy(&word, value + i, len - i < sizeof(word) ? len - i : sizeof(word));
		h = (h ^ (word | small)) * 0xff51afd7ed558ccdull;
		h ^= h >> 32;
	}
	return h ? h : 1;
}

static void add_block(struct trace_vcd *me, uint64_t offset, uint64_t time)
{
	me->cap_blocks = mem_grow((void **)&me->blocks, me->cap_blocks, me->n_blocks + 1,
				  sizeof(*me->blocks));
	me->bits = mem_realloc(me->bits, me->cap_blocks * me->words * sizeof(*me->bits));
	memset(me->bits + me->n_blocks * me->words, 0, me->words * sizeof(*me->bits));
	me->blocks[me->n_blocks++] = (struct place){ offset, time };
}

/* Call when all signals are known. */
static void begin_index(struct trace_vcd *me, uint64_t time)
{
	me->bits_begun = true;
	me->hashes = mem_calloc(me->n_streams, sizeof(*me->hashes));
	me->fires = mem_calloc(me->n_streams, sizeof(*me->fires));
	for (size_t i = 0; i < me->held.n_signals; i++)
		if (me->held.signals[i].kind == TRACE_EVENT)
			me->fires[me->held.signals[i].stream] = true;
	me->words = (me->n_streams + 63) / 64;
	if (!me->block_bytes)
		me->block_bytes = BLOCK_LEAST;
	add_block(me, 0, time);
}

static bool is_number(const char *value, size_t len)
{
	char text[64], *end;

	if (len == 0 || len >= sizeof(text))
		return false;
	memcpy(text, value, len);
	text[len] = '\0';
	strtod(text, &end);
	return *end == '\0';
}

static void on_index(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
		     const char *value, size_t len)
{
	struct trace_vcd *me = ctx;
	struct trace_signal *s = &me->held.signals[signal];
	uint64_t hash;

	if (me->restored) /* a cached index that is wrong about where the header ends */
		return;
	if (!me->bits_begun)
		begin_index(me, time);
	if (kind == VCD_TEXT && s->kind != TRACE_TEXT) {
		enum trace_kind was = s->kind;

		s->kind = is_number(value, len) ? TRACE_REAL : TRACE_TEXT;
		me->kind_found |= s->kind != was;
	}
	if (s->kind == TRACE_BITS)
		cut(s, &value, &len);
	hash = hash_of(value, len, s->kind == TRACE_BITS);
	if (hash == me->hashes[s->stream] && s->kind != TRACE_EVENT)
		return;
	me->hashes[s->stream] = hash;
	me->bits[(me->n_blocks - 1) * me->words + s->stream / 64] |= UINT64_C(1) << s->stream % 64;
}

/* Parses "#TIME\n" at s; false: not one, or truncated at end. */
static bool time_at(const char *s, const char *end, uint64_t *time)
{
	*time = 0;
	if (s == end || *s++ != '#')
		return false;
	for (; s < end && *s >= '0' && *s <= '9'; s++) {
		if (*time > (UINT64_MAX - 9) / 10)
			return false;
		*time = *time * 10 + (uint64_t)(*s - '0');
	}
	return s < end && isspace((unsigned char)*s);
}

/* The first position in [from, end) where a block may begin: a time later than all
 * before. NULL: none. Everything before it has been fed. */
static const char *split(struct trace_vcd *me, const char *from, const char *end, uint64_t *time)
{
	const char *fed = from;

	for (const char *p = from; (p = memmem(p, (size_t)(end - p), "\n#", 2)); p++) {
		if (!time_at(p + 1, end, time))
			continue;
		vcd_scan_feed(me->index, fed, (size_t)(p + 1 - fed));
		fed = p + 1;
		if (vcd_scan_rests(me->index) && *time > vcd_scan_time(me->index))
			return p + 1;
	}
	vcd_scan_feed(me->index, fed, (size_t)(end - fed));
	return NULL;
}

static size_t block_size(const struct trace_vcd *me)
{
	size_t size = me->block_bytes;

	while (me->block_bytes == BLOCK_LEAST && (me->n_blocks + 1) * me->words * sizeof(uint64_t) >
							 BITS_MAX / 2 * (size / BLOCK_LEAST))
		size *= 2;
	return size;
}

static void index_chunk(struct trace_vcd *me, const char *data, size_t len)
{
	const char *p = data, *end = data + len;

	while (p < end) {
		uint64_t offset = me->at + (uint64_t)(p - data), body, time;
		uint64_t begun = me->n_blocks ? me->blocks[me->n_blocks - 1].offset : 0;
		uint64_t next = begun + (me->bits_begun ? block_size(me) : 0);
		const char *q;

		if (!me->bits_begun) {
			vcd_scan_feed(me->index, p, (size_t)(end - p));
			if (me->bits_begun && vcd_scan_has_changes(me->index, &body))
				me->blocks[0].offset = body;
			return;
		}
		if (next > offset) {
			uint64_t n = next - offset < (uint64_t)(end - p) ? next - offset
									 : (uint64_t)(end - p);

			vcd_scan_feed(me->index, p, n);
			p += n;
			continue;
		}
		q = split(me, p, end, &time);
		if (!q)
			return;
		add_block(me, me->at + (uint64_t)(q - data), time);
		/* The rest of the line belongs to the block, so it is fed at once. */
		vcd_scan_feed(me->index, q, 1);
		p = q + 1;
	}
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

static void note(struct trace_vcd_piece *p, uint64_t at, const char *data, size_t len)
{
	p->at = at;
	p->len = len;
	memcpy(p->text, data, len);
}

/* Remembers the first bytes, which often have a date, and the last ones that were read. */
static void note_ends(struct trace_vcd *me, size_t n)
{
	size_t len = n < sizeof(me->last.text) ? n : sizeof(me->last.text);

	if (me->at == 0)
		note(&me->first, 0, me->chunk, len);
	note(&me->last, me->at + n - len, me->chunk + n - len, len);
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
	uint64_t until = me->at + most;
	size_t last = me->n_blocks ? me->n_blocks - 1 : 0;

	*any = false;
	/* A file that grows after its index was saved is a different file. */
	if (me->restored)
		return true;
	if (!is_there(me, &me->first) || !is_there(me, &me->last))
		return err_set(err, ERR_CONFLICT, "%s was cut, or written anew", me->name);
	while (me->at < until) {
		size_t want = until - me->at < CHUNK ? (size_t)(until - me->at) : CHUNK;
		ssize_t n = pread(me->fd, me->chunk, want, (off_t)me->at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "read %s: %s", me->name, strerror(errno));
		if (n == 0)
			break;
		*any = true;
		index_chunk(me, me->chunk, (size_t)n);
		note_ends(me, (size_t)n);
		me->at += (uint64_t)n;
	}
	if (*any)
		forget_from(me, last);
	if (me->kind_found)
		spread_kinds(me);
	str_clear(&me->held.problem);
	if (!vcd_scan_rests(me->index))
		complain(me, TRACE_VCD_CUT);
	else if (vcd_scan_odd(me->index))
		complain(me, vcd_odd_sentence(vcd_scan_odd(me->index)));
	return true;
}

/* Blocks ----------------------------------------------------------------------- */

static void on_read(void *ctx, size_t signal, uint64_t time, enum vcd_value kind, const char *value,
		    size_t len)
{
	struct trace_vcd *me = ctx;
	const struct trace_signal *s = &me->held.signals[signal];
	char lower[64] = "", *text = lower;

	(void)kind;
	if (!me->filling)
		return;
	if (s->kind == TRACE_BITS)
		cut(s, &value, &len);
	else if (len > TEXT_MAX)
		len = TEXT_MAX;
	if (len > sizeof(lower))
		text = mem_alloc(len);
	for (size_t i = 0; i < len; i++)
		text[i] = s->kind == TRACE_BITS		     ? small(value[i])
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

static bool has_bit(const struct trace_vcd *me, size_t block, size_t stream)
{
	return me->bits[block * me->words + stream / 64] >> stream % 64 & 1;
}

/* The last block that begins at or before time. */
static size_t block_of(const struct trace_vcd *me, uint64_t time)
{
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

/* Callbacks of trace_seek ------------------------------------------------------ */

static size_t blocks(void *ctx)
{
	return ((struct trace_vcd *)ctx)->n_blocks;
}

static size_t find_block(void *ctx, uint64_t time)
{
	return block_of(ctx, time);
}

static uint64_t begin_of_block(void *ctx, size_t block)
{
	return ((struct trace_vcd *)ctx)->blocks[block].time;
}

static bool has(void *ctx, size_t block, size_t stream)
{
	return has_bit(ctx, block, stream);
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

void trace_vcd_block_size(struct trace *t, size_t bytes)
{
	self(t)->block_bytes = bytes;
}

struct trace *trace_vcd_new(int fd, const char *name)
{
	struct trace_vcd *me = mem_zalloc(sizeof(*me));
	struct vcd_events index = { on_timescale, on_signal, on_index, me };
	struct vcd_events read = { no_timescale, no_signal, on_read, me };

	me->held.base.ops = &ops;
	me->fd = fd;
	me->name = mem_strdup(name);
	me->chunk = mem_alloc(CHUNK);
	me->held.seek = (struct trace_seek){ .blocks = blocks,
					     .block_of = find_block,
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
