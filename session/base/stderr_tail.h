/* stderr_tail.h - how a program ended, as a sentence with its last error message.
 *
 * Keeps the last STDERR_TAIL_MAX bytes of its stderr. The message is the last line
 * that begins with "Error:" or similar (node prints it above a backtrace), or else
 * the last line that is not blank.
 */
#ifndef POSEDGE_STDERR_TAIL_H
#define POSEDGE_STDERR_TAIL_H

#include <stddef.h>

#include "session/base/str.h"

struct child_result;

#define STDERR_TAIL_MAX 4096u

struct stderr_tail { /* { 0 }: empty */
	struct str text;
};

void stderr_tail_add(struct stderr_tail *l, const char *data, size_t len);
void stderr_tail_free(struct stderr_tail *l);

/* Appends "failed (status 1): LAST LINE" or "(signal 9)"; for status 0, "ended". */
void stderr_tail_print(struct stderr_tail *l, const struct child_result *r, struct str *out);

#endif
