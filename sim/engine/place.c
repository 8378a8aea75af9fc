/* Parses `path:line:col:` at the start of a tool's message. A path may contain colons,
 * so the first colon followed by the numbers counts. Absurdly large numbers become 0,
 * "no line".
 */
#include "config.h"

#include "sim/engine/place.h"

#include <string.h>

static const char *number(const char *s, const char *end, int *n)
{
	const char *start = s;
	long v = 0;

	for (; s < end && *s >= '0' && *s <= '9'; s++)
		v = v < 0 || v >= 100000000 ? -1 : v * 10 + (*s - '0');
	*n = v < 0 ? 0 : (int)v;
	return s > start && s < end && *s == ':' ? s + 1 : NULL;
}

const char *place_parse(const char *s, const char *end, bool has_col, struct place *p)
{
	const char *colon = s;

	while ((colon = memchr(colon, ':', (size_t)(end - colon)))) {
		const char *next = number(colon + 1, end, &p->line);

		p->col = 0;
		if (next && has_col)
			next = number(next, end, &p->col);
		if (next && colon > s) {
			p->path = s;
			p->path_len = (size_t)(colon - s);
			return next;
		}
		colon++;
	}
	return NULL;
}

const char *place_skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	return s;
}

const char *place_skip(const char *s, const char *end, const char *prefix)
{
	size_t n = strlen(prefix);

	return (size_t)(end - s) >= n && memcmp(s, prefix, n) == 0 ? s + n : NULL;
}

const char *place_next_line(const char **s, const char *end, size_t *len)
{
	const char *line = *s, *nl;

	if (line >= end)
		return NULL;
	nl = memchr(line, '\n', (size_t)(end - line));
	*s = nl ? nl + 1 : end;
	if (!nl)
		nl = end;
	if (nl > line && nl[-1] == '\r')
		nl--;
	*len = (size_t)(nl - line);
	return line;
}
