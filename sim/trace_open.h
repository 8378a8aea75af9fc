/* trace_open.h - opens a recording of any format as a session/trace. */
#ifndef POSEDGE_TRACE_OPEN_H
#define POSEDGE_TRACE_OPEN_H

#include <stdbool.h>

#include "session/base/err.h"

struct loop;
struct trace;

/* Detects the format by the first bytes, not by the name. Call in a task of l; l may
 * be NULL if there is none. ERR_PARSE: no such format; ERR_TOOL names the format and
 * the missing tool. The caller closes *out. */
bool trace_open(struct loop *l, const char *path, struct trace **out, struct err *err);

#endif
