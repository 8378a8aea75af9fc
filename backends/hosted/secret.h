/* secret.h - reads a value that is kept out of all files: "env:NAME" or "cmd:PROGRAM
 * ARGS" (split at blanks, no shell; the first line of output counts). Also headers
 * whose values may be such.
 */
#ifndef POSEDGE_SECRET_H
#define POSEDGE_SECRET_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

bool secret_is_one(const char *source); /* begins with "env:" or "cmd:" */

struct secret_reader {
	struct loop *loop;
	/* Told each value, which is to be kept out of all that is recorded; may be NULL. */
	void (*tell)(void *ctx, const char *value);
	void *ctx;
};

/* In a task. Appends the value to out. ERR_AUTH if it is missing, empty, or contains
 * line breaks that would add headers; who begins the message: "backend gpt: its
 * key". */
bool secret_read(const struct secret_reader *r, const char *source, const char *who,
		 struct str *out, struct err *err);

void secret_wipe(struct str *s); /* overwrites and frees it */

/* In a task. Appends "NAME: value" for an option "NAME=VALUE" that header_check() took;
 * the value may be a secret. who: "backend gpt". */
bool header_read(const struct secret_reader *r, const char *who, const char *option,
		 struct strv *out, struct err *err);
void headers_wipe(struct strv *headers); /* overwrites and frees them */

#endif
