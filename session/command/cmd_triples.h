/* cmd_triples.h - the one export that runs tools; for cmd_export.c. */
#ifndef POSEDGE_CMD_TRIPLES_H
#define POSEDGE_CMD_TRIPLES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct cmd_call;
struct export_context;
struct story;
struct str;

/* In a task: appends a JSON line for each testbench that passed in the session and
 * passes now; *n is their number. The others are notes. False: cancelled, or there
 * is no project or session to run in. */
bool export_triples(const struct cmd_call *c, const struct story *s, const struct export_context *x,
		    struct str *out, size_t *n, struct err *err);

#endif
