/* bench_lines.h - lines as the published scripts split them.
 *
 * They are Python's: a file is read with universal newlines (LF, CRLF and CR end a
 * line), a string is cut by splitlines(), which ends a line at other signs, too.
 * Which it was decides letters and code in odd cases, so both are here. Pure.
 */
#ifndef POSEDGE_BENCH_LINES_H
#define POSEDGE_BENCH_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct line {
	const char *v; /* without what ends it; borrowed */
	size_t len;
};

enum line_rule {
	LINES_OF_FILE,	 /* LF, CRLF, CR */
	LINES_OF_STRING, /* also VT, FF, FS, GS, RS, U+0085, U+2028, U+2029 */
};

/* The next one from *off on; false after the last. */
bool line_next(const char *text, size_t len, size_t *off, enum line_rule rule, struct line *out);

struct line line_strip(struct line l); /* without blanks around it, as strip() */
bool line_is(struct line l, const char *s);
bool line_starts_with(struct line l, const char *s);
bool line_ends_with(struct line l, const char *s);
bool line_has(struct line l, const char *s);

#endif
