/* cluster.h - which cells of a terminal show which bytes of a text.
 *
 * A cluster is a base character with up to CLUSTER_MARKS zero-width marks. Its width is
 * what curses advances by: wcwidth() in the current locale. Anything that a terminal
 * would act on, hide or reorder (controls, bidi, zero-width characters, invalid UTF-8,
 * marks beyond the limit) is drawn as a visible escape instead: ^A, <200B>, \xff. So
 * every byte of a text can be seen.
 */
#ifndef POSEDGE_CLUSTER_H
#define POSEDGE_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLUSTER_MARKS 4

struct cluster {
	size_t len;			/* bytes of text; at least 1 */
	int width;			/* columns; at least 1 */
	bool escape;			/* draw text[] instead: width bytes of ASCII */
	char text[16];			/* the escape */
	uint32_t cp[1 + CLUSTER_MARKS]; /* if not escape: code points, 0 after the last */
};

/* Decodes the cluster at s (len > 0). A caller that gives tab and line end a meaning
 * handles them itself; here they become escapes (^I, ^J). */
void cluster_next(const char *s, size_t len, struct cluster *c);

/* True if the cluster at s (len > 0) is one byte of printable ASCII, the usual case. */
static inline bool cluster_is_byte(const char *s, size_t len)
{
	return (unsigned char)*s >= 0x20 && (unsigned char)*s < 0x7f &&
	       (len == 1 || (unsigned char)s[1] < 0x80);
}

/* Length of the run of such clusters at the start of s; len may be 0. */
size_t cluster_bytes(const char *s, size_t len);

/* Columns of s, which starts a line. A tab reaches the next multiple of
 * tab_cols; tab_cols 0: it is drawn as an escape. */
int cluster_columns(const char *s, size_t len, int tab_cols);

/* Start of the cluster before off; s is one line or a part of one. */
size_t cluster_before(const char *s, size_t off);

/* Where the longest end of s begins that has at most cols columns; no tabs. */
size_t cluster_tail(const char *s, size_t len, int cols);

#endif
