/* Converts values of an FST file to text in the letters of VCD.
 *
 * A chain has a number before each change: for one bit it contains the value; for more
 * bits its lowest bit says if they follow packed, eight to a byte, or as a letter each.
 * Reals are eight bytes in the writer's byte order; strings are preceded by their
 * length.
 */
#include "config.h"

#include "sim/trace/fst_value.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "sim/trace/fst_file.h"

#define TEXT_MAX 4096 /* bytes of a string */

void fst_add_real(bool swapped, struct str *to, const unsigned char *p)
{
	unsigned char turned[8];
	double d;

	for (int i = 0; i < 8; i++)
		turned[i] = p[7 - i];
	memcpy(&d, swapped ? turned : p, sizeof(d));
	str_addf(to, "%.16g", d);
}

/* Escapes like fst2vcd, so that a string is one word. */
static void add_text(struct str *to, const unsigned char *p, size_t n)
{
	static const char plain[] = "\a\b\f\n\r\t\v'\"\\?", letters[] = "abfnrtv'\"\\?";

	for (size_t i = 0; i < n && to->len < TEXT_MAX; i++) {
		const char *at = p[i] ? strchr(plain, p[i]) : NULL;

		if (at)
			str_addf(to, "\\%c", letters[at - plain]);
		else if (p[i] > ' ' && p[i] < 127)
			str_addc(to, (char)p[i]);
		else
			str_addf(to, "\\%03o", p[i]);
	}
}

/* Appends n states. GHDL writes letters in upper case. */
void fst_add_states(struct str *to, const unsigned char *p, size_t n)
{
	size_t at = to->len;

	str_add(to, p, n);
	for (size_t i = at; i < to->len; i++)
		if (to->data[i] <= ' ' || to->data[i] >= 127)
			to->data[i] = '?';
		else
			to->data[i] = (char)tolower((unsigned char)to->data[i]);
}

static void add_bits(struct str *to, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		char eight[8];
		size_t k = 0;

		for (; k < 8 && i < n; i++, k++)
			eight[k] = p[i / 8] >> (7 - i % 8) & 1 ? '1' : '0';
		str_add(to, eight, k);
	}
}

static const unsigned char *string_value(const unsigned char *p, const unsigned char *end,
					 struct str *to)
{
	uint64_t n;

	p = fst_number(p, end, &n);
	if (!p || n > (size_t)(end - p))
		return NULL;
	if (to)
		add_text(to, p, n);
	return p + n;
}

/* A real whose eight bytes are all '0' or '1' is packed like a vector. */
static const unsigned char *packed_real(bool swapped, const unsigned char *p,
					const unsigned char *end, struct str *to)
{
	unsigned char whole[8];

	if (p == end)
		return NULL;
	for (int i = 0; i < 8; i++)
		whole[i] = '0' + (*p >> (7 - i) & 1);
	if (to)
		fst_add_real(swapped, to, whole);
	return p + 1;
}

const unsigned char *fst_value(bool swapped, uint32_t width, uint64_t head, const unsigned char *p,
			       const unsigned char *end, struct str *to)
{
	bool packed = !(head & 1);
	size_t n;

	if (width == 1) {
		if (to)
			str_addc(to, packed ? "01"[head >> 1 & 1] : "xzhuwl-?"[head >> 1 & 7]);
		return p;
	}
	if (width == FST_TEXT)
		return string_value(p, end, to);
	if (width == FST_REAL && packed)
		return packed_real(swapped, p, end, to);
	n = width == FST_REAL ? 8 : packed ? (width + 7u) / 8u : width;
	if (n > (size_t)(end - p))
		return NULL;
	if (!to)
		return p + n;
	if (width == FST_REAL)
		fst_add_real(swapped, to, p);
	else if (packed)
		add_bits(to, p, width);
	else
		fst_add_states(to, p, width);
	return p + n;
}
