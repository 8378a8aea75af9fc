/* cluster.h - text as the cells of a terminal: what is drawn for which bytes.
 *
 * A cluster is a base character with up to CLUSTER_MARKS zero-width marks, and
 * as wide as curses will advance by: wcwidth() in the locale at hand. What a
 * terminal would act on, hide or turn around (controls, bidi, zero-width
 * characters, bytes that are no UTF-8, marks beyond the limit) is drawn as a
 * visible escape instead: ^A, <200B>, \xff. So every byte of a text is seen.
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
	bool escape;			/* shown in place of it: as text, width bytes of ASCII */
	char text[16];			/* the escape */
	uint32_t cp[1 + CLUSTER_MARKS]; /* else these, 0 after the last */
};

/* The cluster at s (len > 0). A tab and a line end are the caller's: they come
 * out as escapes (^I, ^J). */
void cluster_next(const char *s, size_t len, struct cluster *c);

/* Whether the cluster at s (len > 0) is one byte of printable ASCII: most are. */
static inline bool cluster_is_byte(const char *s, size_t len)
{
	return (unsigned char)*s >= 0x20 && (unsigned char)*s < 0x7f &&
	       (len == 1 || (unsigned char)s[1] < 0x80);
}

/* How many bytes at the start (len may be 0) are such clusters. */
size_t cluster_bytes(const char *s, size_t len);

/* Columns of all of it, with a tab reaching the next multiple of tab from
 * column col on (tab_cols 0: as an escape). */
int cluster_columns(const char *s, size_t len, int col, int tab_cols);

/* Where the cluster before off starts; text is one line or less. */
size_t cluster_before(const char *s, size_t off);

#endif
