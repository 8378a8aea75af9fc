/* base64.h - bytes that are no text, written as text (RFC 4648, with padding). */
#ifndef POSEDGE_BASE64_H
#define POSEDGE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct str;

void base64_encode(const void *data, size_t len, struct str *out); /* adds */

/* Adds the bytes to out; false for anything that is not base64. */
bool base64_decode(const char *text, size_t len, struct str *out);

#endif
