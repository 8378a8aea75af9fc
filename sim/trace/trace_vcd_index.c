/* Stored in this machine's memory layout: a head, the kind of each signal, the
 * offsets of blocks, the bits. An index of another architecture or version has
 * another head. */
#include "config.h"

#include "sim/trace/trace_vcd_index.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/trace/trace_vcd_inner.h"
#include "sim/trace/vcd_scan.h"
#include "sim/trace/vcd_words.h"

#define MAGIC "posedge waves 3"
#define PIECE (256u << 10)

struct head {
	char magic[16];
	uint64_t order; /* byte order */
	uint64_t sum;	/* checksum of everything, with 0 here */
	struct trace_vcd_key key;
	uint64_t n_signals, n_streams, n_blocks, end;
	uint64_t cut, odd; /* it ends in the middle of a word; VCD_ODD_* */
};

#define ORDER 0x0102030405060708ull

static uint64_t sum_of(const struct head *h, const char *rest, size_t n)
{
	struct head copy = *h;
	uint64_t sum = 0x9e3779b97f4a7c15ull, word;
	const char *p = (const char *)&copy;

	copy.sum = 0;
	for (size_t i = 0; i + 8 <= sizeof(copy); i += 8) {
		memcpy(&word, p + i, 8);
		sum = (sum ^ word) * 0xff51afd7ed558ccdull;
		sum ^= sum >> 31;
	}
	for (size_t i = 0; i < n; i += 8) {
		word = 0;
		memcpy(&word, rest + i, n - i < 8 ? n - i : 8);
		sum = (sum ^ word) * 0xff51afd7ed558ccdull;
		sum ^= sum >> 31;
	}
	return sum;
}

static size_t words_of(uint64_t streams)
{
	return (size_t)((streams + 63) / 64);
}

bool trace_vcd_index_write(const struct trace *t, const struct trace_vcd_key *k, size_t most,
			   struct str *out)
{
	const struct trace_vcd *me = (const struct trace_vcd *)t;
	struct head h = { .order = ORDER,
			  .key = *k,
			  .n_signals = me->held.n_signals,
			  .n_streams = me->n_streams,
			  .n_blocks = me->n_blocks,
			  .end = vcd_scan_time(me->index),
			  .cut = !vcd_scan_rests(me->index),
			  .odd = trace_vcd_odd(me) };

	if (!me->bits_begun || me->restored || me->half || me->at != k->size ||
	    me->held.n_signals > most ||
	    me->n_blocks > most / (sizeof(*me->blocks) + 8 * me->words))
		return false;
	memcpy(h.magic, MAGIC, sizeof(h.magic));
	str_add(out, &h, sizeof(h));
	for (size_t i = 0; i < me->held.n_signals; i++)
		str_addc(out, (char)me->held.signals[i].kind);
	str_add(out, me->blocks, me->n_blocks * sizeof(*me->blocks));
	str_add(out, me->bits, me->n_blocks * me->words * sizeof(*me->bits));
	h.sum = sum_of(&h, out->data + sizeof(h), out->len - sizeof(h));
	memcpy(out->data, &h, sizeof(h));
	return true;
}

bool trace_vcd_index_fits(const char *data, size_t len, const struct trace_vcd_key *k)
{
	struct head h;
	uint64_t each;

	if (len < sizeof(h))
		return false;
	memcpy(&h, data, sizeof(h));
	each = sizeof(struct place) + 8 * (uint64_t)words_of(h.n_streams);
	return memcmp(h.magic, MAGIC, sizeof(h.magic)) == 0 && h.order == ORDER &&
	       memcmp(&h.key, k, sizeof(*k)) == 0 && h.n_signals <= len &&
	       h.n_streams <= h.n_signals && h.n_blocks > 0 && h.n_blocks <= len / each &&
	       sizeof(h) + h.n_signals + h.n_blocks * each == len &&
	       sum_of(&h, data + sizeof(h), len - sizeof(h)) == h.sum;
}

static bool read_header(struct trace_vcd *me, uint64_t until)
{
	char *piece = mem_alloc(PIECE);
	bool ok = true;

	while (ok && me->at < until) {
		size_t want = until - me->at < PIECE ? (size_t)(until - me->at) : PIECE;
		ssize_t n = pread(me->fd, piece, want, (off_t)me->at);

		if (n < 0 && errno == EINTR)
			continue;
		ok = n > 0;
		if (ok) {
			vcd_scan_feed(me->index, piece, (size_t)n);
			me->at += (uint64_t)n;
		}
	}
	free(piece);
	vcd_scan_feed(me->index, "\n", 1); /* ends its last word */
	return ok && vcd_scan_has_changes(me->index, NULL);
}

/* Offsets and times must ascend and be within the file. */
static bool in_order(const struct trace_vcd *me, uint64_t size, uint64_t end)
{
	for (size_t i = 0; i < me->n_blocks; i++) {
		const struct place *p = &me->blocks[i];

		if (p->offset > size || p->time > end ||
		    (i > 0 && (p->offset <= p[-1].offset || p->time < p[-1].time)))
			return false;
	}
	return true;
}

static bool take_kinds(struct trace_vcd *me, const char *kinds)
{
	me->fires = mem_calloc(me->n_streams + 1, sizeof(*me->fires));
	for (size_t i = 0; i < me->held.n_signals; i++) {
		unsigned char kind = (unsigned char)kinds[i];

		if (kind > TRACE_EVENT ||
		    (kind == TRACE_EVENT) != (me->held.signals[i].kind == TRACE_EVENT))
			return false;
		me->held.signals[i].kind = (enum trace_kind)kind;
		if (kind == TRACE_EVENT)
			me->fires[me->held.signals[i].stream] = true;
	}
	return true;
}

bool trace_vcd_index_read(struct trace *t, const char *data, size_t len)
{
	struct trace_vcd *me = (struct trace_vcd *)t;
	const char *p = data + sizeof(struct head);
	struct head h;

	memcpy(&h, data, sizeof(h));
	me->n_blocks = me->cap_blocks = (size_t)h.n_blocks;
	me->words = words_of(h.n_streams);
	me->blocks = mem_dup(p + h.n_signals, me->n_blocks * sizeof(*me->blocks));
	me->bits = mem_dup(p + h.n_signals + me->n_blocks * sizeof(*me->blocks),
			   me->n_blocks * me->words * sizeof(*me->bits));
	me->bits_begun = me->restored = true;
	me->end = h.end;
	if (!in_order(me, h.key.size, h.end) || !read_header(me, me->blocks[0].offset) ||
	    me->held.n_signals != h.n_signals || me->n_streams != h.n_streams || !take_kinds(me, p))
		return false;
	me->at = h.key.size;
	if (h.cut)
		str_adds(&me->held.problem, TRACE_VCD_CUT);
	else
		str_adds(&me->held.problem, vcd_odd_sentence((unsigned)h.odd));
	return true;
}
