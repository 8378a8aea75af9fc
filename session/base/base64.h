/* base64.h - binary data as text (RFC 4648, with padding). */
#ifndef POSEDGE_BASE64_H
#define POSEDGE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct str;

void base64_encode(const void *data, size_t len, struct str *out); /* appends */

/* Appends the decoded bytes to out; false if text is not base64. */
bool base64_decode(const char *text, size_t len, struct str *out);

#endif
