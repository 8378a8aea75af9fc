/* slice.h - a stretch of a text that somebody else owns.
 *
 * For parsers that walk text from outside line by line: nothing is copied and
 * any bytes are fine. A line ends at LF; a CR before it belongs to the ending.
 * What is asked of each line many times over is inline: mostly its first byte decides.
 */
#ifndef POSEDGE_SLICE_H
#define POSEDGE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char *p; /* not NULL unless n is 0 */
	size_t n;
};

struct slice slice_of(const char *text); /* a C string */

/* What stands from off on; off <= n. */
static inline struct slice slice_from(struct slice s, size_t off)
{
	return (struct slice){ s.n ? s.p + off : s.p, s.n - off };
}

/* Takes the first line with its ending off *rest; empty at the end. */
struct slice slice_line(struct slice *rest);

struct slice slice_chomp(struct slice s); /* without LF or CR LF at the end */

static inline bool slice_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Without blanks and line ends on both sides. */
static inline struct slice slice_trim(struct slice s)
{
	size_t from = 0;

	while (from < s.n && slice_space(s.p[from]))
		from++;
	while (s.n > from && slice_space(s.p[s.n - 1]))
		s.n--;
	return slice_from(s, from);
}

size_t slice_lines(struct slice s); /* how many, one without an ending too */
/* Its lines first to last, from 1, with their endings; n 0: they are not all there. */
struct slice slice_part(struct slice s, size_t first, size_t last);

/* How many bytes of blanks it starts with. */
static inline size_t slice_indent(struct slice s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

bool slice_blank(struct slice s);

bool slice_is(struct slice s, const char *text);
bool slice_is_nocase(struct slice s, const char *text); /* ASCII letters only */

static inline bool slice_starts(struct slice s, const char *text)
{
	size_t n;

	if (s.n == 0 || s.p[0] != text[0])
		return text[0] == '\0';
	n = strlen(text);
	return s.n >= n && memcmp(s.p, text, n) == 0;
}

size_t slice_find(struct slice s, const char *text); /* s.n when it is not there */
size_t slice_run(struct slice s, char c);	     /* how many c it starts with */
size_t slice_word(struct slice s); /* how many letters, digits, _ and $ it starts with */

/* Takes the first word between blanks off *rest; empty at the end. */
struct slice slice_token(struct slice *rest);

char *slice_dup(struct slice s); /* the caller frees */

#endif
