/* slice.h - a stretch of a text that somebody else owns.
 *
 * For parsers that walk text from outside line by line: nothing is copied and
 * any bytes are fine. A line ends at LF; a CR before it belongs to the ending.
 */
#ifndef POSEDGE_SLICE_H
#define POSEDGE_SLICE_H

#include <stdbool.h>
#include <stddef.h>

struct slice {
	const char *p; /* not NULL unless n is 0 */
	size_t n;
};

struct slice slice_of(const char *text);	     /* a C string */
struct slice slice_from(struct slice s, size_t off); /* what stands from off on; off <= n */

/* Takes the first line with its ending off *rest; empty at the end. */
struct slice slice_line(struct slice *rest);

struct slice slice_chomp(struct slice s); /* without LF or CR LF at the end */
struct slice slice_trim(struct slice s);  /* without blanks and line ends on both sides */
size_t slice_lines(struct slice s);	  /* how many, one without an ending too */
/* Its lines first to last, from 1, with their endings; n 0: they are not all there. */
struct slice slice_part(struct slice s, size_t first, size_t last);
size_t slice_indent(struct slice s); /* how many bytes of blanks it starts with */
bool slice_blank(struct slice s);

bool slice_is(struct slice s, const char *text);
bool slice_is_nocase(struct slice s, const char *text); /* ASCII letters only */
bool slice_starts(struct slice s, const char *text);
size_t slice_find(struct slice s, const char *text); /* s.n when it is not there */
size_t slice_run(struct slice s, char c);	     /* how many c it starts with */
size_t slice_word(struct slice s); /* how many letters, digits, _ and $ it starts with */

/* Takes the first word between blanks off *rest; empty at the end. */
struct slice slice_token(struct slice *rest);

char *slice_dup(struct slice s); /* the caller frees */

#endif
