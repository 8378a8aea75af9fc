/* bits.h - four-state vectors and SystemVerilog's operators on them.
 *
 * Rules: IEEE 1800-2017, clause 11.4. Each bit is 0, 1, x or z; operators other than ===,
 * !== and the wildcards read z as x. The caller handles widths: two operands have the
 * same width, extended by their context with bits_resize(). Knows no expressions and no
 * signals.
 *
 * Vectors are allocated from a pool and freed together by bits_reset(). No operation
 * modifies its operands. Callers ensure that a width is from 1 to BITS_WIDTH_MAX.
 */
#ifndef POSEDGE_BITS_H
#define POSEDGE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;

#define BITS_WIDTH_MAX (1u << 17)

struct bits {
	unsigned width;
	uint64_t *val, *unk; /* a bit is 0: 0,0; 1: 1,0; z: 0,1; x: 1,1. Unused bits are 0. */
};

struct bits_pool {
	struct bits_block *blocks; /* newest first */
	size_t used;		   /* words used in the newest block */
};

void bits_reset(struct bits_pool *p); /* frees all vectors; keeps the memory */
void bits_free(struct bits_pool *p);

struct bits bits_new(struct bits_pool *p, unsigned width); /* all 0 */
struct bits bits_all(struct bits_pool *p, unsigned width, char c);
struct bits bits_number(struct bits_pool *p, unsigned width, uint64_t n);

/* The last width characters of 0 1 x z (and VHDL's u w - as x, l h as 0 1); a shorter
 * text is extended as in VCD. */
struct bits bits_text(struct bits_pool *p, unsigned width, const char *text, size_t len);
void bits_print(const struct bits *a, struct str *out); /* exactly width characters */

char bits_get(const struct bits *a, unsigned i); /* 0 is the least significant */
void bits_set(struct bits *a, unsigned i, char c);
bool bits_unknown(const struct bits *a);		/* has an x or z */
bool bits_fits(const struct bits *a, uint64_t *number); /* all bits known, and below 2^64 */
bool bits_negative(const struct bits *a);		/* the most significant bit is 1 */

/* Extends with the most significant bit if sign, else with 0; or truncates to the low
 * bits. */
struct bits bits_resize(struct bits_pool *p, const struct bits *a, unsigned width, bool sign);

/* count bits starting at from; bits outside a are x. */
struct bits bits_part(struct bits_pool *p, const struct bits *a, int64_t from, unsigned count);
struct bits bits_concat(struct bits_pool *p, const struct bits *high, const struct bits *low);

struct bits bits_not(struct bits_pool *p, const struct bits *a);
struct bits bits_and(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_or(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_xor(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_merge(struct bits_pool *p, const struct bits *a,
		       const struct bits *b); /* result of ?: with an x condition */

/* All x if an operand has an x or z, or the divisor is 0. */
struct bits bits_negate(struct bits_pool *p, const struct bits *a);
struct bits bits_add(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_sub(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_mul(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_div(struct bits_pool *p, const struct bits *a, const struct bits *b, bool sign);
struct bits bits_mod(struct bits_pool *p, const struct bits *a, const struct bits *b, bool sign);

/* b may have another width; signed if b_sign. */
struct bits bits_pow(struct bits_pool *p, const struct bits *a, const struct bits *b, bool a_sign,
		     bool b_sign);

/* b may have another width and is never negative. arithmetic: shifts in the sign bit. */
struct bits bits_left(struct bits_pool *p, const struct bits *a, const struct bits *b);
struct bits bits_right(struct bits_pool *p, const struct bits *a, const struct bits *b,
		       bool arithmetic);

/* The result is a character: 0, 1 or x. */
char bits_truth(const struct bits *a); /* as a condition */
char bits_equal(const struct bits *a, const struct bits *b);
char bits_same(const struct bits *a, const struct bits *b);  /* ===: never x */
char bits_match(const struct bits *a, const struct bits *b); /* ==?: x and z in b match anything */
char bits_less(const struct bits *a, const struct bits *b, bool sign);
char bits_all_ones(const struct bits *a); /* & */
char bits_parity(const struct bits *a);	  /* ^ */
unsigned bits_ones(const struct bits *a); /* how many bits are 1 */

#endif
