/* Borrowed parts of a text. Except for slice_dup() and slice_lower(), functions return
 * parts of their argument and never allocate. A part may be empty; its pointer may then
 * be anywhere in the text.
 */
#include "config.h"

#include "session/text/slice.h"

#include <string.h>
#include <strings.h>

#include "session/base/mem.h"

struct slice slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

struct slice slice_line(struct slice *rest)
{
	const char *lf = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	struct slice line = { rest->p, lf ? (size_t)(lf - rest->p) + 1 : rest->n };

	*rest = slice_from(*rest, line.n);
	return line;
}

struct slice slice_chomp(struct slice s)
{
	if (s.n && s.p[s.n - 1] == '\n')
		s.n--;
	if (s.n && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

size_t slice_lines(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n + (s.n && s.p[s.n - 1] != '\n');
}

struct slice slice_part(struct slice s, size_t first, size_t last)
{
	struct slice rest = s, found = { s.p, 0 };

	for (size_t n = 1; first && rest.n && n <= last; n++) {
		struct slice l = slice_line(&rest);

		if (n == first)
			found.p = l.p;
		if (n == last && first <= last)
			found.n = (size_t)(l.p + l.n - found.p);
	}
	return found;
}

bool slice_blank(struct slice s)
{
	size_t n = 0;

	while (n < s.n && slice_space(s.p[n]))
		n++;
	return n == s.n;
}

bool slice_equal(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool slice_is(struct slice s, const char *text)
{
	return s.n == strlen(text) && (s.n == 0 || memcmp(s.p, text, s.n) == 0);
}

bool slice_is_nocase(struct slice s, const char *text)
{
	return s.n == strlen(text) && (s.n == 0 || strncasecmp(s.p, text, s.n) == 0);
}

size_t slice_find(struct slice s, const char *text)
{
	size_t n = strlen(text);

	for (size_t at = 0; at + n <= s.n; at++) {
		const char *hit = memchr(s.p + at, text[0], s.n - at - n + 1);

		if (!hit)
			break;
		at = (size_t)(hit - s.p);
		if (memcmp(hit, text, n) == 0)
			return at;
	}
	return s.n;
}

size_t slice_run(struct slice s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

bool slice_only(struct slice s, const char *chars)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(chars, s.p[i]))
			return false;
	return s.n > 0;
}

size_t slice_word(struct slice s)
{
	size_t n = 0;

	while (n < s.n && slice_word_char(s.p[n]))
		n++;
	return n;
}

struct slice slice_token(struct slice *rest)
{
	struct slice token = slice_trim(*rest);
	size_t n = 0;

	while (n < token.n && token.p[n] != ' ')
		n++;
	*rest = slice_from(token, n);
	token.n = n;
	return token;
}

char *slice_dup(struct slice s)
{
	return mem_strndup(s.n ? s.p : "", s.n);
}

const void *slice_row(const void *rows, size_t n, size_t size, struct slice word)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const void *row = (const char *)rows + mid * size;
		const char *name = *(const char *const *)row;
		int order = strncmp(name, word.p, word.n);

		if (order == 0 && strlen(name) == word.n)
			return row;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

const char *slice_starts_any(struct slice s, const char *const *words)
{
	while (*words && !slice_starts(s, *words))
		words++;
	return *words;
}

const char *slice_finds_any(struct slice s, const char *const *words)
{
	while (*words && slice_find(s, *words) == s.n)
		words++;
	return *words;
}

char *slice_lower(struct slice s)
{
	char *text = slice_dup(s);

	for (char *c = text; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return text;
}
