/* words.h - splits a line into words, with shell quotes but no other shell syntax.
 *
 * Words are separated by blanks; '...' and "..." keep blanks (a backslash inside
 * "..." quotes the next character; a ' behind a digit is itself, as in 4'd9);
 * # at the start of a word begins a comment.
 * Nothing is expanded. Used for command lines on the screen, lines of rc files and
 * options that hold several values. Pure.
 */
#ifndef POSEDGE_WORDS_H
#define POSEDGE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct strv;

#define WORDS_MAX_LINE (16u << 10) /* bytes */

/* Appends the words of line. ERR_PARSE for an open quote or a NUL, ERR_LIMIT for a
 * longer line; the words before it were appended. */
bool words_split(const char *line, size_t len, struct strv *words, struct err *err);

/* Appends the first words of a line of any length, at most max; *end: where the last of them
 * ends. Fails as words_split() does. */
bool words_first(const char *line, size_t len, size_t max, struct strv *words, size_t *end,
		 struct err *err);

/* Appends word in quotes, so that words_split() makes that one word of it. */
void words_quote(const char *word, struct str *out);

#endif
