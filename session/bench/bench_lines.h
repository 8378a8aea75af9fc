/* bench_lines.h - splits lines like the published scripts.
 *
 * The scripts are Python. A file is read with universal newlines (LF, CRLF and CR end
 * a line), but a string is split by splitlines(), which has more line ends. In rare
 * cases the difference changes letters and code, so both rules are here. Pure.
 */
#ifndef POSEDGE_BENCH_LINES_H
#define POSEDGE_BENCH_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct line {
	const char *v; /* without the line end; borrowed */
	size_t len;
};

enum line_rule {
	LINES_OF_FILE,	 /* LF, CRLF, CR */
	LINES_OF_STRING, /* also VT, FF, FS, GS, RS, U+0085, U+2028, U+2029 */
};

/* Reads the line at *off and advances *off; false past the last line. */
bool line_next(const char *text, size_t len, size_t *off, enum line_rule rule, struct line *out);

struct line line_strip(struct line l); /* strips blanks like Python's strip() */
bool line_is(struct line l, const char *s);
bool line_starts_with(struct line l, const char *s);
bool line_ends_with(struct line l, const char *s);
bool line_has(struct line l, const char *s);

#endif
