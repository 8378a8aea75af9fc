/* Two words hold 64 bits: val and unk. After reading z as x (val |= unk), "is
 * certainly 1" is val & ~unk and "is certainly 0" is ~val, so a bitwise operator is a
 * few instructions per 64 bits. */
#include "config.h"

#include "session/trace/bits_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define BLOCK_WORDS 512

struct bits_block {
	struct bits_block *older;
	size_t words;
	uint64_t word[];
};

static uint64_t last_mask(unsigned width)
{
	return width % 64 ? (UINT64_C(1) << width % 64) - 1 : UINT64_MAX;
}

void bits_reset(struct bits_pool *p)
{
	while (p->blocks && p->blocks->older) {
		struct bits_block *older = p->blocks->older;

		p->blocks->older = older->older;
		free(older);
	}
	p->used = 0;
}

void bits_free(struct bits_pool *p)
{
	bits_reset(p);
	free(p->blocks);
	p->blocks = NULL;
}

static uint64_t *words(struct bits_pool *p, size_t n)
{
	uint64_t *at;

	if (!p->blocks || p->blocks->words - p->used < n) {
		size_t size = n > BLOCK_WORDS ? n : BLOCK_WORDS;
		struct bits_block *b = mem_alloc(sizeof(*b) + size * sizeof(uint64_t));

		b->older = p->blocks;
		b->words = size;
		p->blocks = b;
		p->used = 0;
	}
	at = p->blocks->word + p->used;
	p->used += n;
	memset(at, 0, n * sizeof(*at));
	return at;
}

struct bits bits_new(struct bits_pool *p, unsigned width)
{
	struct bits a = { .width = width };

	a.val = words(p, (size_t)bits_words(width) * 2);
	a.unk = a.val + bits_words(width);
	return a;
}

void bits_trim(struct bits *a)
{
	unsigned n = bits_words(a->width);

	a->val[n - 1] &= last_mask(a->width);
	a->unk[n - 1] &= last_mask(a->width);
}

int bits_order(const struct bits *a, const struct bits *b)
{
	for (unsigned i = bits_words(a->width); i-- > 0;)
		if (a->val[i] != b->val[i])
			return a->val[i] < b->val[i] ? -1 : 1;
	return 0;
}

struct bits bits_all(struct bits_pool *p, unsigned width, char c)
{
	struct bits a = bits_new(p, width);
	size_t bytes = bits_words(width) * sizeof(uint64_t);

	if (c == '1' || c == 'x')
		memset(a.val, 0xff, bytes);
	if (c == 'x' || c == 'z')
		memset(a.unk, 0xff, bytes);
	bits_trim(&a);
	return a;
}

struct bits bits_number(struct bits_pool *p, unsigned width, uint64_t n)
{
	struct bits a = bits_new(p, width);

	a.val[0] = n;
	bits_trim(&a);
	return a;
}

char bits_get(const struct bits *a, unsigned i)
{
	bool v = a->val[i / 64] >> i % 64 & 1, u = a->unk[i / 64] >> i % 64 & 1;

	return u ? (v ? 'x' : 'z') : v ? '1' : '0';
}

void bits_set(struct bits *a, unsigned i, char c)
{
	uint64_t bit = UINT64_C(1) << i % 64;

	a->val[i / 64] &= ~bit;
	a->unk[i / 64] &= ~bit;
	if (c == '1' || c == 'x')
		a->val[i / 64] |= bit;
	if (c == 'x' || c == 'z')
		a->unk[i / 64] |= bit;
}

/* Maps a character of a trace to one of the four states. */
static char state_of(char c)
{
	switch (c) {
	case '0':
	case 'l':
	case 'L':
		return '0';
	case '1':
	case 'h':
	case 'H':
		return '1';
	case 'z':
	case 'Z':
		return 'z';
	default:
		return 'x';
	}
}

struct bits bits_text(struct bits_pool *p, unsigned width, const char *text, size_t len)
{
	struct bits a = bits_new(p, width);
	char fill = len == 0 ? 'x' : state_of(text[0]);

	if (fill == '1')
		fill = '0';
	for (unsigned i = 0; i < width; i += 64) {
		unsigned n = width - i < 64 ? width - i : 64;
		uint64_t val = 0, unk = 0;

		for (unsigned k = n; k-- > 0;) {
			char c = i + k < len ? state_of(text[len - 1 - i - k]) : fill;

			val = val << 1 | (c == '1' || c == 'x');
			unk = unk << 1 | (c == 'x' || c == 'z');
		}
		a.val[i / 64] = val;
		a.unk[i / 64] = unk;
	}
	return a;
}

void bits_print(const struct bits *a, struct str *out)
{
	for (unsigned i = a->width; i-- > 0;)
		str_addc(out, bits_get(a, i));
}

bool bits_unknown(const struct bits *a)
{
	for (unsigned i = 0; i < bits_words(a->width); i++)
		if (a->unk[i])
			return true;
	return false;
}

bool bits_fits(const struct bits *a, uint64_t *number)
{
	for (unsigned i = 1; i < bits_words(a->width); i++)
		if (a->val[i])
			return false;
	*number = a->val[0];
	return !bits_unknown(a);
}

bool bits_negative(const struct bits *a)
{
	return bits_get(a, a->width - 1) == '1';
}

struct bits bits_resize(struct bits_pool *p, const struct bits *a, unsigned width, bool sign)
{
	char first = sign ? bits_get(a, a->width - 1) : '0';
	struct bits r = bits_all(p, width, first);
	unsigned common = width < a->width ? width : a->width;
	unsigned whole = common / 64;

	memcpy(r.val, a->val, whole * sizeof(uint64_t));
	memcpy(r.unk, a->unk, whole * sizeof(uint64_t));
	for (unsigned i = whole * 64; i < common; i++)
		bits_set(&r, i, bits_get(a, i));
	return r;
}

struct bits bits_part(struct bits_pool *p, const struct bits *a, int64_t from, unsigned count)
{
	struct bits r = bits_new(p, count);

	for (unsigned i = 0; i < count; i++) {
		int64_t at = from + i;

		bits_set(&r, i, at < 0 || at >= a->width ? 'x' : bits_get(a, (unsigned)at));
	}
	return r;
}

struct bits bits_concat(struct bits_pool *p, const struct bits *high, const struct bits *low)
{
	struct bits r = bits_resize(p, low, high->width + low->width, false);

	for (unsigned i = 0; i < high->width; i++)
		bits_set(&r, low->width + i, bits_get(high, i));
	return r;
}

/* Writes a word of the result; a bit in neither ones nor zeros is x. */
static void put(struct bits *r, unsigned word, uint64_t ones, uint64_t zeros)
{
	uint64_t unknown = ~(ones | zeros);

	r->val[word] = ones | unknown;
	r->unk[word] = unknown;
}

static uint64_t ones(const struct bits *a, unsigned word)
{
	return a->val[word] & ~a->unk[word];
}

static uint64_t zeros(const struct bits *a, unsigned word)
{
	return ~a->val[word] & ~a->unk[word];
}

struct bits bits_not(struct bits_pool *p, const struct bits *a)
{
	struct bits r = bits_new(p, a->width);

	for (unsigned i = 0; i < bits_words(a->width); i++)
		put(&r, i, zeros(a, i), ones(a, i));
	bits_trim(&r);
	return r;
}

struct bits bits_and(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_new(p, a->width);

	for (unsigned i = 0; i < bits_words(a->width); i++)
		put(&r, i, ones(a, i) & ones(b, i), zeros(a, i) | zeros(b, i));
	bits_trim(&r);
	return r;
}

struct bits bits_or(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_new(p, a->width);

	for (unsigned i = 0; i < bits_words(a->width); i++)
		put(&r, i, ones(a, i) | ones(b, i), zeros(a, i) & zeros(b, i));
	bits_trim(&r);
	return r;
}

struct bits bits_xor(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_new(p, a->width);

	for (unsigned i = 0; i < bits_words(a->width); i++)
		put(&r, i, (ones(a, i) & zeros(b, i)) | (zeros(a, i) & ones(b, i)),
		    (ones(a, i) & ones(b, i)) | (zeros(a, i) & zeros(b, i)));
	bits_trim(&r);
	return r;
}

struct bits bits_merge(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_new(p, a->width);

	for (unsigned i = 0; i < bits_words(a->width); i++) {
		put(&r, i, ones(a, i) & ones(b, i), zeros(a, i) & zeros(b, i));
		/* z and z merge to z: table 11-20. */
		r.val[i] &= ~(a->unk[i] & ~a->val[i] & b->unk[i] & ~b->val[i]);
	}
	bits_trim(&r);
	return r;
}

struct bits bits_left(struct bits_pool *p, const struct bits *a, const struct bits *b)
{
	struct bits r = bits_new(p, a->width);
	uint64_t n;

	if (bits_unknown(b))
		return bits_all(p, a->width, 'x');
	if (bits_fits(b, &n) && n < a->width)
		for (unsigned i = (unsigned)n; i < a->width; i++)
			bits_set(&r, i, bits_get(a, i - (unsigned)n));
	return r;
}

struct bits bits_right(struct bits_pool *p, const struct bits *a, const struct bits *b,
		       bool arithmetic)
{
	struct bits r = bits_all(p, a->width, arithmetic ? bits_get(a, a->width - 1) : '0');
	uint64_t n;

	if (bits_unknown(b))
		return bits_all(p, a->width, 'x');
	if (bits_fits(b, &n) && n < a->width)
		for (unsigned i = (unsigned)n; i < a->width; i++)
			bits_set(&r, i - (unsigned)n, bits_get(a, i));
	return r;
}

char bits_truth(const struct bits *a)
{
	char c = '0';

	for (unsigned i = 0; i < bits_words(a->width); i++) {
		if (ones(a, i))
			return '1';
		if (a->unk[i])
			c = 'x';
	}
	return c;
}

char bits_equal(const struct bits *a, const struct bits *b)
{
	char c = '1';

	for (unsigned i = 0; i < bits_words(a->width); i++) {
		uint64_t unknown = a->unk[i] | b->unk[i];

		if ((a->val[i] ^ b->val[i]) & ~unknown)
			return '0';
		if (unknown)
			c = 'x';
	}
	return c;
}

char bits_same(const struct bits *a, const struct bits *b)
{
	for (unsigned i = 0; i < bits_words(a->width); i++)
		if (a->val[i] != b->val[i] || a->unk[i] != b->unk[i])
			return '0';
	return '1';
}

char bits_match(const struct bits *a, const struct bits *b)
{
	char c = '1';

	for (unsigned i = 0; i < bits_words(a->width); i++) {
		uint64_t cares = ~b->unk[i];

		if ((a->val[i] ^ b->val[i]) & cares & ~a->unk[i])
			return '0';
		if (a->unk[i] & cares)
			c = 'x';
	}
	return c;
}

char bits_less(const struct bits *a, const struct bits *b, bool sign)
{
	if (bits_unknown(a) || bits_unknown(b))
		return 'x';
	if (sign && bits_negative(a) != bits_negative(b))
		return bits_negative(a) ? '1' : '0';
	return bits_order(a, b) < 0 ? '1' : '0';
}

char bits_all_ones(const struct bits *a)
{
	char c = '1';

	for (unsigned i = 0; i < a->width; i++) {
		char bit = bits_get(a, i);

		if (bit == '0')
			return '0';
		if (bit != '1')
			c = 'x';
	}
	return c;
}

char bits_parity(const struct bits *a)
{
	uint64_t all = 0;

	if (bits_unknown(a))
		return 'x';
	for (unsigned i = 0; i < bits_words(a->width); i++)
		all ^= a->val[i];
	return __builtin_parityll(all) ? '1' : '0';
}

unsigned bits_ones(const struct bits *a)
{
	unsigned n = 0;

	for (unsigned i = 0; i < a->width; i++)
		n += bits_get(a, i) == '1';
	return n;
}
