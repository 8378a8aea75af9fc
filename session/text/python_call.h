/* python_call.h - a tool call written as Python does, read_file(path="a.v", from=3). Pure.
 *
 * Llama 3.2 and 4 write a list of such calls, Gemma one in a block of tool_code, with
 * print() around it or not. Arguments have names, values are literals: nothing is
 * computed.
 */
#ifndef POSEDGE_PYTHON_CALL_H
#define POSEDGE_PYTHON_CALL_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/text/slice.h"

/* True if s starts with a name and a bracket, as a call does. Cheap. */
bool python_call_begins(struct slice s);

/* Reads the call at the start of *rest and moves *rest behind it. Returns its arguments as an
 * object, owned by the caller; *name is borrowed. NULL: there is no call, and *rest is
 * undefined. */
cJSON *python_call(struct slice *rest, struct slice *name);

#endif
