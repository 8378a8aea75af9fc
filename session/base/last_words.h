/* last_words.h - what a program printed as errors before its end, and its end
 * as a sentence.
 *
 * Of its stderr the last LAST_WORDS_MAX bytes are kept. Of those the last line
 * that begins with "Error:" or the like (node's stands above a backtrace), else
 * the last that is not blank, says why it failed.
 */
#ifndef POSEDGE_LAST_WORDS_H
#define POSEDGE_LAST_WORDS_H

#include <stddef.h>

#include "session/base/str.h"

struct child_result;

#define LAST_WORDS_MAX 4096u

struct last_words { /* { 0 }: nothing was said */
	struct str text;
};

void last_words_add(struct last_words *l, const char *data, size_t len);
void last_words_free(struct last_words *l);

/* Adds "failed (status 1): LAST LINE", or "(signal 9)"; of status 0: "ended". */
void last_words_tell(struct last_words *l, const struct child_result *r, struct str *out);

#endif
