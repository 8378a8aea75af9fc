/* complete.h - what stands around the cursor, and an answer made to fit there. Pure.
 *
 * An answer is what fills a gap between two texts. Models repeat what stands before the gap
 * or after it: both are taken off. An answer that is more than a gap's worth, or writes
 * the module again that it stands in, is none.
 */
#ifndef POSEDGE_COMPLETE_H
#define POSEDGE_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define COMPLETE_BYTES_MAX  4000u /* of an answer */
#define COMPLETE_LINES_MAX  60u
#define COMPLETE_BEFORE_MAX 6000u /* bytes of the text before the cursor that are sent */
#define COMPLETE_BEHIND_MAX 3000u

/* "rtl/q.sv:12:7"; without a column the end of the line. Splits it: *path is the caller's.
 * ERR_USAGE. */
bool complete_place(const char *given, char **path, int *line, int *col, struct err *err);

/* The byte at line and col, from 1; col 0, or one past the end: the end of the line. False:
 * there is no such line. */
bool complete_at(const char *text, size_t len, int line, int col, size_t *off);

/* What is sent of the text before and after off: whole lines where it is cut. */
void complete_around(const char *text, size_t len, size_t off, size_t *from, size_t *to);

/* Makes answer fit at off. cut: it ends too early: of several lines the last one is left out.
 * False: why says what is wrong with it, a clause. */
bool complete_fit(const char *answer, size_t n, bool cut, const char *text, size_t len, size_t off,
		  struct str *out, struct str *why);

#endif
