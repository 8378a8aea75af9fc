/* complete.h - the text around the cursor, and fitting an answer into it. Pure.
 *
 * An answer fills the gap between two texts. Models repeat text from before or after
 * the gap; both overlaps are removed. An answer is rejected if it is too long for a
 * gap or writes the surrounding module again.
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

/* Parses "rtl/q.sv:12:7"; without a column, the end of the line. The caller owns
 * *path. Fails with ERR_USAGE. */
bool complete_place(const char *given, char **path, int *line, int *col, struct err *err);

/* Converts line and col (1-based) to a byte offset. col 0, or one past the end: the
 * end of the line. False: there is no such line. */
bool complete_at(const char *text, size_t len, int line, int col, size_t *off);

/* The range of text around off that is sent to the model. It is cut at line ends. */
void complete_around(const char *text, size_t len, size_t off, size_t *from, size_t *to);

/* Fits answer into text at off. cut: the answer is truncated, so the last of several
 * lines is dropped. False: why says in a clause what is wrong with the answer. */
bool complete_fit(const char *answer, size_t n, bool cut, const char *text, size_t len, size_t off,
		  struct str *out, struct str *why);

#endif
