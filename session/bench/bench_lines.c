/* Line ends and blanks of Python's str, which are more than those of ASCII. Text is UTF-8, so the
 * wide ones are compared as bytes; bytes that are not UTF-8 end no line.
 */
#include "config.h"

#include "session/bench/bench_lines.h"

#include <string.h>

/* Length of the line end at s; 0: there is none. */
static size_t end_at(const char *s, size_t left, enum line_rule rule)
{
	if (*s == '\r')
		return left > 1 && s[1] == '\n' ? 2 : 1;
	if (*s == '\n')
		return 1;
	if (rule == LINES_OF_FILE)
		return 0;
	if (*s == '\v' || *s == '\f' || (*s >= 0x1c && *s <= 0x1e))
		return 1;
	if (left > 1 && memcmp(s, "\xc2\x85", 2) == 0)
		return 2;
	if (left > 2 && (memcmp(s, "\xe2\x80\xa8", 3) == 0 || memcmp(s, "\xe2\x80\xa9", 3) == 0))
		return 3;
	return 0;
}

bool line_next(const char *text, size_t len, size_t *off, enum line_rule rule, struct line *out)
{
	size_t end = 0;

	if (*off >= len)
		return false;
	*out = (struct line){ text + *off, 0 };
	while (*off < len && (end = end_at(text + *off, len - *off, rule)) == 0) {
		(*off)++;
		out->len++;
	}
	*off += end;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

/* Non-ASCII blanks of str.isspace(), in UTF-8. */
static const char *const wide_blanks[] = {
	"\xc2\x85",	"\xc2\xa0",	"\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
	"\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
	"\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
	"\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
};

/* Length of the blank at the start of l, or at its end; 0: there is none. */
static size_t blank(struct line l, bool at_end)
{
	if (l.len && is_blank(at_end ? l.v[l.len - 1] : *l.v))
		return 1;
	for (size_t i = 0; i < sizeof(wide_blanks) / sizeof(*wide_blanks); i++)
		if (at_end ? line_ends_with(l, wide_blanks[i])
			   : line_starts_with(l, wide_blanks[i]))
			return strlen(wide_blanks[i]);
	return 0;
}

struct line line_strip(struct line l)
{
	for (size_t n = 1; n; l.v += n, l.len -= n)
		n = blank(l, false);
	for (size_t n = 1; n; l.len -= n)
		n = blank(l, true);
	return l;
}

bool line_is(struct line l, const char *s)
{
	return l.len == strlen(s) && memcmp(l.v, s, l.len) == 0;
}

bool line_starts_with(struct line l, const char *s)
{
	return l.len >= strlen(s) && memcmp(l.v, s, strlen(s)) == 0;
}

bool line_ends_with(struct line l, const char *s)
{
	size_t n = strlen(s);

	return l.len >= n && memcmp(l.v + l.len - n, s, n) == 0;
}

bool line_has(struct line l, const char *s)
{
	return memmem(l.v, l.len, s, strlen(s)) != NULL;
}
