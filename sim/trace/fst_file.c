/* The layout, as offsets from the block's kind. Numbers are eight bytes, big-endian,
 * or varints of seven bits per byte ("short"):
 *
 *	0  header    1 length  9 begin  17 end  25 a double, for the byte order
 *	             33 memory  41 scopes  49 names  57 nets  65 sections  73 unit
 *	3  widths    1 length  9 unpacked  17 nets  25 a short number for each
 *	4  names     1 length  9 unpacked  17 gzip
 *	6  names     the same by LZ4; 7: twice, with the length between as a short
 *	1,5,8        a section: 1 length  9 begin  17 end  25 memory  33 the frame
 *	255          being written
 *
 * A section from the frame on:
 *
 *	unpacked, packed, nets (short), the frame      values before the section
 *	nets (short), the packing of the chains (a letter), the chains
 *	the table of chains, and its length
 *	the times as differences, then unpacked, packed, count
 *
 * Offsets of chains are relative to the letter. The table has per entry: the
 * distance from the previous chain, a number of nets without chains, or the net
 * whose chain is shared. It is encoded in two ways, by kind; 8 is the newer one. */
#include "config.h"

#include "sim/trace/fst_file.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/trace/fst_unpack.h"

#define NETS_MAX     (4u << 20)
#define SECTIONS_MAX 65536u
#define NAMES_MAX    (1ull << 30)
#define CHAIN_MAX    (256u << 20)
#define TIMES_MAX    (64u << 20)
#define HEADER	     330
#define TAIL	     24 /* of a section: three numbers about its times */

enum {
	HDR,
	VC,
	BLACKOUT,
	WIDTHS,
	NAMES,
	VC_ALIAS,
	NAMES_LZ4,
	NAMES_LZ4_TWICE,
	VC_ALIAS2,
	SKIP = 255
};

const unsigned char *fst_number(const unsigned char *p, const unsigned char *end, uint64_t *out)
{
	*out = 0;
	for (unsigned shift = 0; p < end && shift < 64; shift += 7) {
		*out |= (uint64_t)(*p & 127) << shift;
		if (!(*p++ & 128))
			return p;
	}
	return NULL;
}

static uint64_t number(const unsigned char *p)
{
	uint64_t n = 0;

	for (int i = 0; i < 8; i++)
		n = n << 8 | p[i];
	return n;
}

static bool bytes(const struct fst_file *f, uint64_t at, void *to, size_t n)
{
	char *p = to;

	if (at > f->size || n > f->size - at)
		return false;
	while (n > 0) {
		ssize_t got = pread(f->fd, p, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

/* Reads n bytes at `at` and unpacks them to len bytes; NULL: damaged, or too large. */
static unsigned char *unpacked(const struct fst_file *f, uint64_t at, uint64_t n,
			       enum fst_packing how, uint64_t len, uint64_t most)
{
	unsigned char *in, *out;
	bool ok;

	if (n > f->size || len > most || len > fst_unpack_most(n))
		return NULL;
	in = mem_alloc(n + 1);
	ok = bytes(f, at, in, n);
	if (ok && n == len && how == FST_ZLIB_OR_PLAIN)
		return in; /* stored as is */
	out = mem_alloc(len + 1);
	ok = ok && fst_unpack(how, in, n, out, len);
	free(in);
	if (ok)
		return out;
	free(out);
	return NULL;
}

/* Blocks ------------------------------------------------------------------------- */

static bool take_header(struct fst_file *f, uint64_t at, uint64_t len)
{
	static const double check = 2.7182818284590452354;
	unsigned char h[74], turned[8];

	if (len < HEADER - 1 || !bytes(f, at, h, sizeof(h)))
		return false;
	f->begin = number(h + 9);
	f->end = number(h + 17);
	f->unfinished = f->begin == 0 && f->end == 0;
	for (int i = 0; i < 8; i++)
		turned[i] = h[32 - i];
	f->swapped = memcmp(h + 25, &check, 8) != 0;
	f->exponent = (int8_t)h[73];
	return !f->swapped || memcmp(turned, &check, 8) == 0;
}

static bool take_widths(struct fst_file *f, uint64_t at, uint64_t len)
{
	unsigned char h[25], *text;
	const unsigned char *p, *end;
	uint64_t text_len, n;

	if (f->widths || len < 24 || !bytes(f, at, h, sizeof(h)))
		return false;
	text_len = number(h + 9);
	n = number(h + 17);
	if (n > NETS_MAX || n > text_len)
		return false;
	text = unpacked(f, at + 25, len - 24, FST_ZLIB_OR_PLAIN, text_len, 10ull * NETS_MAX);
	if (!text)
		return false;
	f->widths = mem_calloc(n + 1, sizeof(*f->widths));
	p = text;
	end = text + text_len;
	for (; p && f->n_nets < n; f->n_nets++) {
		uint64_t width = 0;

		p = fst_number(p, end, &width);
		f->widths[f->n_nets] = width > UINT32_MAX ? FST_TEXT : (uint32_t)width;
	}
	free(text);
	return p != NULL;
}

static unsigned char *twice(const struct fst_file *f, uint64_t at, uint64_t n, uint64_t len)
{
	unsigned char *first = NULL, *out = NULL, start[10];
	size_t have = n < sizeof(start) ? (size_t)n : sizeof(start);
	uint64_t between;
	const unsigned char *p =
		bytes(f, at, start, have) ? fst_number(start, start + have, &between) : NULL;

	if (p)
		first = unpacked(f, at + (uint64_t)(p - start), n - (uint64_t)(p - start), FST_LZ4,
				 between, NAMES_MAX);
	if (!first || len > NAMES_MAX || len > fst_unpack_most(between)) {
		free(first);
		return NULL;
	}
	out = mem_alloc(len + 1);
	if (!fst_unpack(FST_LZ4, first, between, out, len)) {
		free(out);
		out = NULL;
	}
	free(first);
	return out;
}

static bool take_names(struct fst_file *f, unsigned char kind, uint64_t at, uint64_t len)
{
	unsigned char h[17];
	uint64_t n;

	if (f->names || len < 16 || !bytes(f, at, h, sizeof(h)))
		return false;
	n = number(h + 9);
	f->names = kind == NAMES_LZ4_TWICE
			   ? twice(f, at + 17, len - 16, n)
			   : unpacked(f, at + 17, len - 16, kind == NAMES ? FST_ZLIB : FST_LZ4, n,
				      NAMES_MAX);
	f->names_len = (size_t)n;
	return f->names != NULL;
}

static bool take_section(struct fst_file *f, unsigned char kind, uint64_t at, uint64_t len,
			 size_t *cap)
{
	unsigned char h[25], tail[TAIL];
	struct fst_section s = { .offset = at + 9, .len = len - 8, .kind = kind };
	uint64_t before = f->n_sections ? f->sections[f->n_sections - 1].end : 0;

	if (f->n_sections == SECTIONS_MAX || len < 32 + TAIL || len > f->size ||
	    at + 1 + len > f->size || !bytes(f, at, h, sizeof(h)) ||
	    !bytes(f, at + 1 + len - TAIL, tail, TAIL))
		return false;
	s.begin = number(h + 9);
	s.end = number(h + 17);
	if (s.begin < before || s.end < s.begin || number(tail + 16) > TIMES_MAX)
		return false;
	s.n_times = (size_t)number(tail + 16);
	MEM_PUSH(f->sections, f->n_sections, *cap, s);
	return true;
}

/* False: there is no valid block here; the rest is not read. */
static bool take_block(struct fst_file *f, unsigned char kind, uint64_t at, uint64_t len,
		       size_t *cap)
{
	switch (kind) {
	case HDR:
		return at > 0 || take_header(f, at, len);
	case WIDTHS:
		return take_widths(f, at, len);
	case NAMES:
	case NAMES_LZ4:
	case NAMES_LZ4_TWICE:
		return take_names(f, kind, at, len);
	case VC:
	case VC_ALIAS:
	case VC_ALIAS2:
		return take_section(f, kind, at, len, cap);
	default:
		return kind != SKIP;
	}
}

/* Reads up to the first invalid block; everything before that is valid. */
static uint64_t blocks(struct fst_file *f)
{
	uint64_t at = 0;
	size_t cap = 0;

	for (;;) {
		unsigned char h[9];
		uint64_t len;

		if (!bytes(f, at, h, sizeof(h)))
			return at;
		len = number(h + 1);
		if (len < 8 || len > f->size - at || (at == 0 && h[0] != HDR) ||
		    !take_block(f, h[0], at, len, &cap))
			return at;
		at += 1 + len;
	}
}

/* While it writes, the library keeps the names in a file next to the dump. */
static void names_beside(struct fst_file *f, const char *name)
{
	char *path = str_fmt("%s.hier", name);
	struct str text = STR_INIT;

	if (file_read(path, NAMES_MAX, &text, NULL) && text.len > 0) {
		f->names_len = text.len;
		f->names = (unsigned char *)str_take(&text);
	}
	str_free(&text);
	free(path);
}

bool fst_file_read(struct fst_file *f, int fd, const char *name, struct err *err)
{
	struct stat st;
	uint64_t until;

	*f = (struct fst_file){ .fd = fd };
	if (fstat(fd, &st) < 0)
		return err_set(err, ERR_IO, "read %s: %s", name, strerror(errno));
	f->size = (uint64_t)st.st_size;
	until = blocks(f);
	if (until == 0) {
		err_set(err, ERR_PARSE, "read %s: it has no FST header", name);
	} else if (!f->names) {
		f->unfinished = true;
		names_beside(f, name);
		if (f->names)
			goto out;
		err_set(err, ERR_PARSE,
			"read %s: the FST file is cut, or its writer did not end it: it has no "
			"names",
			name);
	}
	if (until == 0 || !f->names) {
		fst_file_fini(f);
		return false;
	}
out:
	if (until < f->size)
		f->unfinished = true;
	if (f->n_sections) {
		f->begin = f->sections[0].begin;
		if (f->unfinished || f->end < f->sections[f->n_sections - 1].end)
			f->end = f->sections[f->n_sections - 1].end;
	}
	return true;
}

void fst_file_set_widths(struct fst_file *f, uint32_t *take, size_t n)
{
	free(f->widths);
	f->widths = take;
	f->n_nets = n;
}

void fst_file_fini(struct fst_file *f)
{
	free(f->widths);
	free(f->names);
	free(f->sections);
	*f = (struct fst_file){ .fd = -1 };
}

/* Sections ---------------------------------------------------------------------------- */

struct table {
	struct fst_open *o;
	size_t net, last; /* last: 1 + the net whose chain's length is not known yet */
	uint64_t place, base;
	size_t same; /* 1 + the net repeated last */
};

static bool begins(struct table *t, uint64_t further)
{
	struct fst_open *o = t->o;

	if (t->net == o->n_chains || further > INT32_MAX)
		return false;
	t->place += further;
	if (t->last)
		o->lengths[t->last - 1] = (uint32_t)further;
	o->chains[t->net++] = t->base + t->place;
	t->last = t->net;
	return true;
}

/* Only refers to earlier nets, so one look-up is enough. */
static bool like(struct table *t, uint64_t net)
{
	if (t->net == t->o->n_chains || net >= t->net)
		return false;
	t->o->chains[t->net] = t->o->chains[net];
	/* Its length may come later. */
	t->o->lengths[t->net++] = (uint32_t)net | 1u << 31;
	return true;
}

static bool none(struct table *t, uint64_t n)
{
	if (n > t->o->n_chains - t->net)
		return false;
	t->net += n;
	return true;
}

/* Kind 8: an odd number, signed, is twice a distance, twice a net (negative), or 1
 * for the same net as before. */
static const unsigned char *entry_newer(struct table *t, const unsigned char *p,
					const unsigned char *end)
{
	const unsigned char *start = p;
	uint64_t raw;
	int64_t n;

	p = fst_number(p, end, &raw);
	if (!p)
		return NULL;
	if (!(*start & 1))
		return none(t, raw >> 1) ? p : NULL;
	n = (int64_t)raw;
	if ((p[-1] & 64) && (p - start) * 7 < 64)
		n |= (int64_t)(UINT64_MAX << ((p - start) * 7));
	n = (n - 1) / 2;
	if (n > 0)
		return begins(t, (uint64_t)n) ? p : NULL;
	if (n < 0)
		t->same = (size_t)-n;
	return t->same && like(t, t->same - 1) ? p : NULL;
}

static const unsigned char *entry_older(struct table *t, const unsigned char *p,
					const unsigned char *end)
{
	uint64_t n;

	p = fst_number(p, end, &n);
	if (p && n == 0) {
		p = fst_number(p, end, &n);
		return p && n > 0 && like(t, n - 1) ? p : NULL;
	}
	return p && (n & 1 ? begins(t, n >> 1) : none(t, n >> 1)) ? p : NULL;
}

static bool read_table(struct fst_open *o, unsigned char kind, const unsigned char *p, size_t len,
		       uint64_t base, uint64_t end_of_chains)
{
	const unsigned char *end = p + len;
	struct table t = { .o = o, .base = base };

	while (p && p < end)
		p = kind == VC_ALIAS2 ? entry_newer(&t, p, end) : entry_older(&t, p, end);
	if (!p || base + t.place > end_of_chains || end_of_chains - base - t.place > INT32_MAX)
		return false;
	if (t.last)
		o->lengths[t.last - 1] = (uint32_t)(end_of_chains - base - t.place);
	for (size_t i = 0; i < t.net; i++)
		if (o->lengths[i] >> 31)
			o->lengths[i] = o->lengths[o->lengths[i] & INT32_MAX];
	return true;
}

static bool read_times(const struct fst_file *f, const struct fst_section *s, struct fst_open *o,
		       uint64_t *at)
{
	unsigned char tail[TAIL], *text = NULL;
	const unsigned char *p;
	uint64_t len, packed, time = 0, end = s->offset + s->len - TAIL;

	if (!bytes(f, end, tail, TAIL))
		return false;
	len = number(tail);
	packed = number(tail + 8);
	if (packed > s->len - TAIL || number(tail + 16) != s->n_times || s->n_times > len)
		return false;
	*at = end - packed;
	text = unpacked(f, *at, packed, FST_ZLIB_OR_PLAIN, len, 10ull * TIMES_MAX);
	if (!text)
		return false;
	o->times = mem_calloc(s->n_times + 1, sizeof(*o->times));
	p = text;
	while (o->n_times < s->n_times) {
		uint64_t step;

		p = fst_number(p, text + len, &step);
		if (!p || step > UINT64_MAX - 1 - time)
			break;
		o->times[o->n_times++] = time += step;
	}
	free(text);
	/* Sections are ordered in time, and so are their contents. */
	return o->n_times == s->n_times &&
	       (o->n_times == 0 || (o->times[0] >= s->begin && time <= s->end));
}

/* Reads the frame and what follows it. */
static bool read_front(const struct fst_file *f, const struct fst_section *s, bool frame,
		       struct fst_open *o, uint64_t *letter)
{
	unsigned char h[64];
	size_t have = s->len < sizeof(h) + 24 ? (size_t)s->len - 24 : sizeof(h);
	uint64_t at = s->offset + 24, len, packed, nets;
	const unsigned char *p = bytes(f, at, h, have) ? h : NULL;

	p = p ? fst_number(p, h + have, &len) : NULL;
	p = p ? fst_number(p, h + have, &packed) : NULL;
	p = p ? fst_number(p, h + have, &nets) : NULL;
	if (!p || packed > s->len)
		return false;
	at += (uint64_t)(p - h);
	if (frame && len > 0) {
		o->frame = unpacked(f, at, packed, FST_ZLIB_OR_PLAIN, len, NAMES_MAX);
		o->frame_len = o->frame ? (size_t)len : 0;
	}
	at += packed;
	have = sizeof(h) < s->offset + s->len - at ? sizeof(h) : (size_t)(s->offset + s->len - at);
	p = at < s->offset + s->len && bytes(f, at, h, have) ? fst_number(h, h + have, &nets)
							     : NULL;
	if (!p || p == h + have || nets > NETS_MAX)
		return false;
	o->n_chains = (size_t)nets;
	o->packing = *p;
	*letter = at + (uint64_t)(p - h);
	return true;
}

bool fst_section_open(const struct fst_file *f, size_t section, struct fst_open *o)
{
	const struct fst_section *s = &f->sections[section];
	unsigned char h[8], *table = NULL;
	uint64_t letter, times, len;
	bool ok;

	*o = (struct fst_open){ 0 };
	ok = read_times(f, s, o, &times) && read_front(f, s, section == 0, o, &letter) &&
	     times >= letter + 8 && bytes(f, times - 8, h, 8) &&
	     (len = number(h)) <= times - 8 - letter;
	if (ok) {
		o->chains = mem_calloc(o->n_chains + 1, sizeof(*o->chains));
		o->lengths = mem_calloc(o->n_chains + 1, sizeof(*o->lengths));
		table = mem_alloc(len + 1);
		ok = bytes(f, times - 8 - len, table, len) &&
		     read_table(o, s->kind, table, len, letter, times - 8 - len);
		free(table);
	}
	if (!ok)
		fst_section_close(o);
	return ok;
}

void fst_section_close(struct fst_open *o)
{
	free(o->times);
	free(o->chains);
	free(o->lengths);
	free(o->frame);
	*o = (struct fst_open){ 0 };
}

size_t fst_section_bytes(const struct fst_open *o)
{
	return o->n_times * 8 + o->n_chains * 12 + o->frame_len;
}

bool fst_chain(const struct fst_file *f, const struct fst_open *o, size_t net, unsigned char **out,
	       size_t *len)
{
	enum fst_packing how = o->packing == '4'   ? FST_LZ4
			       : o->packing == 'F' ? FST_FASTLZ
						   : FST_ZLIB;
	uint64_t n = o->lengths[net], want;
	unsigned char *in;
	const unsigned char *p;
	bool ok = false;

	*out = NULL;
	*len = 0;
	if (n > f->size || n > CHAIN_MAX)
		return false;
	in = mem_alloc(n + 1);
	p = bytes(f, o->chains[net], in, n) ? fst_number(in, in + n, &want) : NULL;
	n -= p ? (uint64_t)(p - in) : 0;
	if (p && want == 0) {
		*out = mem_dup(p, n);
		*len = n;
		ok = true;
	} else if (p && want <= CHAIN_MAX && want <= fst_unpack_most(n)) {
		*out = mem_alloc(want + 1);
		*len = want;
		ok = fst_unpack(how, p, n, *out, want);
	}
	free(in);
	if (!ok) {
		free(*out);
		*out = NULL;
	}
	return ok;
}
