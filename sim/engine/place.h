/* place.h - parses "FILE:LINE:COL: " at the start of a tool's message. Pure. */
#ifndef POSEDGE_PLACE_H
#define POSEDGE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct place {
	const char *path; /* into the parsed text */
	size_t path_len;  /* above 0 */
	int line;	  /* 0 if too large */
	int col;	  /* 0 if absent */
};

/* Looks for ":LINE:COL:" with has_col, else ":LINE:". The leftmost match wins, so a
 * path may contain colons and blanks. Returns the text after the last colon; NULL:
 * no match. Linear in end - s. */
const char *place_parse(const char *s, const char *end, bool has_col, struct place *p);

const char *place_skip_blanks(const char *s, const char *end);		    /* spaces and tabs */
const char *place_skip(const char *s, const char *end, const char *prefix); /* NULL: not there */

/* The next line without its LF or CRLF; *s moves past it; *len is its length. NULL
 * at the end. */
const char *place_next_line(const char **s, const char *end, size_t *len);

#endif
