/* Characters that look like ASCII and are not: typographic quotes, dashes, odd
 * blanks, full-width letters; and those that stand for a few of ASCII: arrows,
 * comparisons, the micro sign. Chat pages and word processors put them into code,
 * where a compiler rejects them without showing why.
 */
#include "config.h"

#include "session/text/ascii_fold.h"

#include "session/base/str.h"
#include "session/base/utf8.h"

struct look {
	unsigned first, last;
	const char *plain;
};

/* Chosen by hand from Unicode 15: general punctuation, and what keyboards make of
 * quotes. */
static const struct look looks[] = {
	{ 0x00a0, 0x00a0, " " },   { 0x00ad, 0x00ad, "" },   { 0x00b4, 0x00b4, "'" },
	{ 0x00b5, 0x00b5, "u" },   { 0x02b9, 0x02b9, "'" },  { 0x02bc, 0x02bc, "'" },
	{ 0x03bc, 0x03bc, "u" },   { 0x2000, 0x200a, " " },  { 0x200b, 0x200d, "" },
	{ 0x2010, 0x2015, "-" },   { 0x2018, 0x201b, "'" },  { 0x201c, 0x201f, "\"" },
	{ 0x2026, 0x2026, "..." }, { 0x202f, 0x202f, " " },  { 0x2032, 0x2032, "'" },
	{ 0x2033, 0x2033, "\"" },  { 0x205f, 0x205f, " " },  { 0x2060, 0x2060, "" },
	{ 0x2190, 0x2190, "<-" },  { 0x2192, 0x2192, "->" }, { 0x21d0, 0x21d0, "<=" },
	{ 0x21d2, 0x21d2, "=>" },  { 0x2212, 0x2212, "-" },  { 0x2260, 0x2260, "!=" },
	{ 0x2264, 0x2264, "<=" },  { 0x2265, 0x2265, ">=" }, { 0x3000, 0x3000, " " },
	{ 0xfe63, 0xfe63, "-" },   { 0xfeff, 0xfeff, "" },
};

static const char *plain_of(unsigned cp)
{
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		if (cp >= looks[i].first && cp <= looks[i].last)
			return looks[i].plain;
	return NULL;
}

size_t ascii_fold(struct slice text, struct str *out)
{
	size_t from = 0, at = 0, found = 0;

	while (at < text.n) {
		unsigned cp = 0;
		const char *plain;
		size_t n;

		if ((unsigned char)text.p[at] < 0x80) {
			at++;
			continue;
		}
		n = utf8_decode(text.p + at, text.n - at, &cp);
		plain = n ? plain_of(cp) : NULL;
		if (plain || (n && cp >= 0xff01 && cp <= 0xff5e)) { /* full-width ASCII is ASCII
								     * at an offset */
			str_add(out, text.p + from, at - from);
			if (plain)
				str_adds(out, plain);
			else
				str_addc(out, (char)(cp - 0xff01 + '!'));
			from = at + n;
			found++;
		}
		at += n ? n : 1;
	}
	str_add(out, text.p + from, text.n - from);
	return found;
}
