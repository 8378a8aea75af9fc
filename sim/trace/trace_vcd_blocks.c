/* Cuts a dump into blocks while the scanner goes through it. A block begins at a time later
 * than all before, and has a bit for each net that changes in it. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_vcd_inner.h"
#include "sim/trace/vcd_scan.h"

#define BITS_MAX (96ull << 20) /* bytes of the index; beyond that blocks get larger */

char trace_vcd_small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

void trace_vcd_cut(const struct trace_signal *s, const char **value, size_t *len)
{
	if (*len > (size_t)s->width) {
		*value += *len - (size_t)s->width;
		*len = (size_t)s->width;
	}
	while (*len > 1) {
		char a = trace_vcd_small((*value)[0]), b = trace_vcd_small((*value)[1]);

		if (!(a == '0' ? b == '0' || b == '1' : (a == 'x' || a == 'z') && a == b))
			break;
		++*value;
		--*len;
	}
}

/* The last up to eight of len bytes. Loads of a fixed length: a copy of any length into a word
 * stalls the load of that word, which took a quarter of all the time. */
static uint64_t last_word(const char *p, size_t len)
{
	uint64_t word = 0;
	uint32_t begin, end;

	if (len >= 8) {
		memcpy(&word, p + len - 8, sizeof(word));
	} else if (len >= 4) {
		memcpy(&begin, p, sizeof(begin));
		memcpy(&end, p + len - 4, sizeof(end));
		word = (uint64_t)end << 32 | begin;
	} else if (len) {
		word = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[len / 2] << 8 |
		       (uint64_t)(unsigned char)p[len - 1] << 16;
	}
	return word;
}

static uint64_t mix(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0xff51afd7ed558ccdull;
	return h ^ h >> 32;
}

/* Eight bytes at a time. The length has its own step: mixed into the first character it made
 * "0x" and "1xx" equal, and 0.3333 and 1.33333. For bits, the bit that distinguishes upper from
 * lower case is set, so that X equals x. */
static uint64_t hash_of(const char *value, size_t len, bool bits)
{
	const uint64_t small = bits ? 0x2020202020202020ull : 0;
	uint64_t h = mix(0x9e3779b97f4a7c15ull, len), word;

	for (size_t i = 0; i + sizeof(word) < len; i += sizeof(word)) {
		memcpy(&word, value + i, sizeof(word));
		h = mix(h, word | small);
	}
	h = mix(h, last_word(value, len) | small);
	return h ? h : 1;
}

static void add_block(struct trace_vcd *me, uint64_t offset, uint64_t time)
{
	MEM_ROOM(me->blocks, me->n_blocks, me->cap_blocks);
	me->bits = mem_realloc(me->bits, me->cap_blocks * me->words * sizeof(*me->bits));
	memset(me->bits + me->n_blocks * me->words, 0, me->words * sizeof(*me->bits));
	me->blocks[me->n_blocks++] = (struct place){ offset, time };
}

void trace_vcd_begin_index(struct trace_vcd *me, uint64_t time)
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

void trace_vcd_on_index(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
			const char *value, size_t len)
{
	struct trace_vcd *me = ctx;
	struct trace_signal *s = &me->held.signals[signal];
	uint64_t hash;

	if (me->restored) /* a cached index that is wrong about where the header ends */
		return;
	if (!me->bits_begun)
		trace_vcd_begin_index(me, time);
	if (kind == VCD_TEXT && s->kind != TRACE_TEXT) {
		enum trace_kind was = s->kind;

		s->kind = is_number(value, len) ? TRACE_REAL : TRACE_TEXT;
		me->kind_found |= s->kind != was;
	}
	if (s->kind == TRACE_BITS)
		trace_vcd_cut(s, &value, &len);
	hash = hash_of(value, len, s->kind == TRACE_BITS);
	if (hash == me->hashes[s->stream] && s->kind != TRACE_EVENT)
		return;
	me->hashes[s->stream] = hash;
	me->bits[(me->n_blocks - 1) * me->words + s->stream / 64] |= UINT64_C(1) << s->stream % 64;
}

bool trace_vcd_time_at(const char *s, const char *end, uint64_t *time)
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
		if (!trace_vcd_time_at(p + 1, end, time))
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

bool trace_vcd_read_until(struct trace_vcd *me, uint64_t until, bool *any, struct err *err)
{
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
	return true;
}

unsigned trace_vcd_odd(const struct trace_vcd *me)
{
	return me->odd | vcd_scan_odd(me->index);
}
