/* slice.h - a borrowed part of a text.
 *
 * For parsers that read text from outside line by line: nothing is copied, and any
 * bytes are allowed. A line ends at LF; a CR before it belongs to the ending.
 * Functions that run many times per line are inline: usually the first byte
 * decides.
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

/* The rest from off on; off <= n. */
static inline struct slice slice_from(struct slice s, size_t off)
{
	return (struct slice){ s.n ? s.p + off : s.p, s.n - off };
}

/* Removes the first line with its ending from *rest and returns it; empty at the
 * end. */
struct slice slice_line(struct slice *rest);

struct slice slice_chomp(struct slice s); /* without a final LF or CR LF */

static inline bool slice_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Without blanks and line endings on both sides. */
static inline struct slice slice_trim(struct slice s)
{
	size_t from = 0;

	while (from < s.n && slice_space(s.p[from]))
		from++;
	while (s.n > from && slice_space(s.p[s.n - 1]))
		s.n--;
	return slice_from(s, from);
}

/* Removes white space at the start. */
static inline void slice_skip_space(struct slice *s)
{
	while (s->n && slice_space(s->p[0]))
		*s = slice_from(*s, 1);
}

size_t slice_lines(struct slice s); /* number of lines; counts a last line without an ending */
/* Lines first to last, 1-based, with their endings; n is 0 when some of them do not
 * exist. */
struct slice slice_part(struct slice s, size_t first, size_t last);

/* Number of leading blanks, in bytes. */
static inline size_t slice_indent(struct slice s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return n;
}

bool slice_blank(struct slice s);

bool slice_equal(struct slice a, struct slice b);
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

size_t slice_find(struct slice s, const char *text); /* s.n if it is not found */
/* The first word of the table that s begins with, or that occurs in it; NULL: none. The table
 * ends with NULL. */
const char *slice_starts_any(struct slice s, const char *const *words);
const char *slice_finds_any(struct slice s, const char *const *words);
char *slice_lower(struct slice s); /* a copy with ASCII letters in lower case; the caller frees */
size_t slice_run(struct slice s, char c); /* number of leading c */
/* True if it is not empty and each of its characters is one of these. */
bool slice_only(struct slice s, const char *chars);
/* A letter, a digit, _ or $. */
static inline bool slice_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$';
}
size_t slice_word(struct slice s); /* length of the leading word, of such characters */

/* Removes the first word between blanks from *rest and returns it; empty at the
 * end. */
struct slice slice_token(struct slice *rest);

char *slice_dup(struct slice s); /* the caller frees */

/* The row of that word in a table of n rows of size bytes, each of which begins with its word
 * as a C string, sorted by bytes; NULL: there is none. */
const void *slice_row(const void *rows, size_t n, size_t size, struct slice word);

#endif
