/* Overlong forms, surrogates and code points above U+10FFFF are all refused by
 * limiting the second byte, depending on the first; later bytes only have to be
 * continuation bytes.
 */
#include "config.h"

#include "session/base/utf8.h"

#include <stdint.h>
#include <string.h>

#include "session/base/str.h"

/* Length announced by the first byte; 0 if no character starts with it. */
static size_t announced(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	if (c >= 0xf0 && c <= 0xf4)
		return 4;
	return 0;
}

/* True if c may follow first; refuses overlong forms, surrogates and code points
 * above U+10FFFF. */
static bool second_ok(unsigned char first, unsigned char c)
{
	unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
	unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;

	return c >= low && c <= high;
}

/* Number of the n announced bytes that are well-formed within len. */
static size_t well_formed(const unsigned char *p, size_t len, size_t n)
{
	size_t i = 1;

	while (i < n && i < len && (i == 1 ? second_ok(p[0], p[1]) : (p[i] & 0xc0) == 0x80))
		i++;
	return i;
}

size_t utf8_decode(const char *s, size_t len, unsigned *cp)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n = len ? announced(p[0]) : 0;

	*cp = 0;
	if (n == 0 || n > len || well_formed(p, len, n) < n)
		return 0;
	*cp = n == 1 ? p[0] : p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++)
		*cp = *cp << 6 | (p[i] & 0x3f);
	return n;
}

size_t utf8_encode(unsigned cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t utf8_valid_prefix(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		uint64_t word;
		unsigned cp;
		size_t n;

		/* Eight ASCII bytes at a time: most text is ASCII. */
		if (len - i >= 8) {
			memcpy(&word, s + i, 8);
			if (!(word & 0x8080808080808080u)) {
				i += 8;
				continue;
			}
		}
		if (!(s[i] & 0x80)) {
			i++;
			continue;
		}
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 0)
			return i;
		i += n;
	}
	return i;
}

bool utf8_valid(const char *s, size_t len)
{
	return utf8_valid_prefix(s, len) == len;
}

size_t utf8_partial_tail(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;

	for (size_t back = 1; back <= 3 && back <= len; back++) {
		const unsigned char *start = p + len - back;
		size_t n = announced(*start);

		if ((*start & 0xc0) == 0x80)
			continue;
		return n > back && well_formed(start, back, n) == back ? back : 0;
	}
	return 0;
}

bool utf8_is_control(unsigned cp)
{
	static const struct {
		unsigned first, last;
	} invisible[] = {
		{ 0x7f, 0x9f },	      { 0xad, 0xad },	    { 0x34f, 0x34f },
		{ 0x61c, 0x61c },     { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },
		{ 0x180b, 0x180f },   { 0x200b, 0x200f },   { 0x2028, 0x202e },
		{ 0x2060, 0x206f },   { 0x2800, 0x2800 },   { 0x3164, 0x3164 },
		{ 0xfdd0, 0xfdef },   { 0xfe00, 0xfe0e },   { 0xfeff, 0xfeff },
		{ 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },   { 0xfffe, 0xffff },
		{ 0x13430, 0x1345f }, { 0x1bca0, 0x1bca3 }, { 0x1d159, 0x1d159 },
		{ 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
	};

	if (cp < 0x20)
		return true;
	for (size_t i = 0;
	     cp >= 0x7f && i < sizeof(invisible) / sizeof(*invisible) && cp >= invisible[i].first;
	     i++)
		if (cp <= invisible[i].last)
			return true;
	return cp > 0xffff && (cp & 0xfffe) == 0xfffe;
}

void utf8_show(const char *text, size_t len, struct str *out)
{
	for (size_t i = 0; i < len;) {
		unsigned cp;
		size_t n = utf8_decode(text + i, len - i, &cp);

		if (n == 0) {
			str_addf(out, "\\x%02x", (unsigned char)text[i]);
			n = 1;
		} else if (cp == '\n' || cp == '\t' || !utf8_is_control(cp)) {
			str_add(out, text + i, n);
		} else {
			str_addf(out,
				 cp < 0x100	? "\\x%02x"
				 : cp < 0x10000 ? "\\u%04x"
						: "\\U%08x",
				 cp);
		}
		i += n;
	}
}

void utf8_clean(const char *text, size_t len, struct str *out)
{
	while (len && !out->full) {
		unsigned cp;
		size_t n = utf8_decode(text, len, &cp);

		if (n == 0 || utf8_is_control(cp)) {
			str_addc(out, *text == '\t' ? ' ' : '?');
			n = n ? n : 1;
		} else if (!out->limit || out->len + n <= out->limit) {
			str_add(out, text, n);
		} else {
			return;
		}
		text += n;
		len -= n;
	}
}
