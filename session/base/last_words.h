/* last_words.h - how a program ended, as a sentence with its last error message.
 *
 * Keeps the last LAST_WORDS_MAX bytes of its stderr. The message is the last line
 * that begins with "Error:" or similar (node prints it above a backtrace), or else
 * the last line that is not blank.
 */
#ifndef POSEDGE_LAST_WORDS_H
#define POSEDGE_LAST_WORDS_H

#include <stddef.h>

#include "session/base/str.h"

struct child_result;

#define LAST_WORDS_MAX 4096u

struct last_words { /* { 0 }: empty */
	struct str text;
};

void last_words_add(struct last_words *l, const char *data, size_t len);
void last_words_free(struct last_words *l);

/* Appends "failed (status 1): LAST LINE" or "(signal 9)"; for status 0, "ended". */
void last_words_print(struct last_words *l, const struct child_result *r, struct str *out);

#endif
