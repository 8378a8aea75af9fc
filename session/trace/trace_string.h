/* trace_string.h - the strings in a dump. Pure. */
#ifndef POSEDGE_TRACE_STRING_H
#define POSEDGE_TRACE_STRING_H

#include <stddef.h>

struct str;

/* Appends what a value of TRACE_TEXT stands for. Formats write it as one word, "50\040ns" and
 * "\'z\'"; what cannot be printed stays as it is written. */
void trace_string_text(const char *value, size_t len, struct str *out);

#endif
