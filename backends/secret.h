/* secret.h - a value that stands outside of every file: "env:NAME",
 * "cmd:PROGRAM ARGS" (split at blanks, no shell; its first line counts).
 */
#ifndef POSEDGE_SECRET_H
#define POSEDGE_SECRET_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

bool secret_is_one(const char *source); /* begins with "env:" or "cmd:" */

/* In a task. Adds the value to out. ERR_AUTH when it is not there, empty, or
 * would add headers of its own; who says whose it is: "backend gpt: its key". */
bool secret_read(struct loop *l, const char *source, const char *who, struct str *out,
		 struct err *err);

void secret_wipe(struct str *s); /* overwritten and freed */

#endif
