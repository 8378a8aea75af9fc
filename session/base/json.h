/* json.h - JSON from outside made safe for cJSON, and short ways to read it.
 *
 * cJSON by itself cuts a string at \u0000, refuses a lone surrogate with all
 * that stands around it, and takes keys in any case. Here: lone halves of a
 * surrogate pair and \u0000 become U+FFFD, invalid UTF-8 becomes U+FFFD,
 * nesting is limited, trailing bytes are an error, keys match exactly.
 * A getter never trusts a type: the wrong one is the same as nothing there.
 */
#ifndef POSEDGE_JSON_H
#define POSEDGE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define JSON_DEPTH 64 /* deeper nesting is ERR_PARSE */

/* The caller frees with cJSON_Delete. NULL: ERR_PARSE, with at most 60 bytes
 * of the offending text. */
cJSON *json_parse(const char *text, size_t len, struct err *err);

const cJSON *json_get(const cJSON *object, const char *key);	/* NULL: none */
const char *json_string(const cJSON *object, const char *key);	/* NULL: none; borrowed */
const cJSON *json_array(const cJSON *object, const char *key);	/* NULL: none */
const cJSON *json_object(const cJSON *object, const char *key); /* NULL: none */
double json_number(const cJSON *object, const char *key, double otherwise);
bool json_bool(const cJSON *object, const char *key, bool otherwise);

/* A whole number from 0 to 2^53; otherwise if missing, not whole, or outside. */
unsigned long long json_uint(const cJSON *object, const char *key, unsigned long long otherwise);

/* Adds text as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD.
 * Only what JSON demands is escaped (and DEL). */
void json_quote(struct str *out, const char *text, size_t len);

/* On one line. */
void json_print(struct str *out, const cJSON *value);

#endif
