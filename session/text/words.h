/* words.h - a line as words, with the quotes of a shell and nothing else of one.
 *
 * Words are separated by blanks; '...' and "..." keep them together (a
 * backslash inside "..." keeps the next character), # begins a comment at the
 * start of a word. Nothing is expanded. Command lines on the screen, lines of
 * rc files and options that hold several values are read by it. Pure.
 */
#ifndef POSEDGE_WORDS_H
#define POSEDGE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct strv;

#define WORDS_MAX_LINE (16u << 10) /* bytes */

/* Adds the words of line; ERR_PARSE for an open quote or a NUL, ERR_LIMIT for
 * a longer line: then those before it were added. */
bool words_split(const char *line, size_t len, struct strv *words, struct err *err);

#endif
