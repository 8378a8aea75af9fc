/* place.h - "FILE:LINE:COL: " at the start of what a tool printed. Pure. */
#ifndef POSEDGE_PLACE_H
#define POSEDGE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct place {
	const char *path; /* into the text that was parsed */
	size_t path_len;  /* above 0 */
	int line;	  /* 0 when it was too large to be one */
	int col;	  /* 0 without */
};

/* The leftmost place wins, so a path may hold colons and blanks. With has_col
 * ":LINE:COL:" is looked for, else ":LINE:". Returns what follows the last
 * colon, or NULL: none there. Linear in end - s. */
const char *place_parse(const char *s, const char *end, bool has_col, struct place *p);

/* The next line without its LF or CRLF, *s moved after it; *len its length.
 * NULL at the end. */
const char *place_next_line(const char **s, const char *end, size_t *len);

#endif
