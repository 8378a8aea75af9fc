/* trace_open.h - a file of any format that records a run, as session/trace. */
#ifndef POSEDGE_TRACE_OPEN_H
#define POSEDGE_TRACE_OPEN_H

#include <stdbool.h>

#include "session/base/err.h"

struct loop;
struct trace;

/* By the first bytes of the file, whatever its name. In a task of l, which may
 * be NULL where none will come. ERR_PARSE: it is no such file; ERR_TOOL names
 * the format and the tool that is missing. The caller closes *out. */
bool trace_open(struct loop *l, const char *path, struct trace **out, struct err *err);

#endif
