/* secret.h - reads a value that is kept out of all files: "env:NAME" or "cmd:PROGRAM
 * ARGS" (split at blanks, no shell; the first line of output counts).
 */
#ifndef POSEDGE_SECRET_H
#define POSEDGE_SECRET_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

bool secret_is_one(const char *source); /* begins with "env:" or "cmd:" */

/* In a task. Appends the value to out. ERR_AUTH if it is missing, empty, or contains
 * line breaks that would add headers; who begins the message: "backend gpt: its
 * key". */
bool secret_read(struct loop *l, const char *source, const char *who, struct str *out,
		 struct err *err);

void secret_wipe(struct str *s); /* overwrites and frees it */

#endif
