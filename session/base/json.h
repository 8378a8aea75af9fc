/* json.h - makes JSON from outside safe for cJSON, and reads its members.
 *
 * cJSON by itself cuts a string at \u0000, refuses a document that contains a lone
 * surrogate, and matches keys without regard to case. Here lone surrogates, \u0000
 * and invalid UTF-8 become U+FFFD, NaN and Infinity, which Python writes, become null,
 * nesting is limited, trailing bytes are an error, and keys match exactly. A getter
 * treats a value of the wrong type as missing.
 */
#ifndef POSEDGE_JSON_H
#define POSEDGE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define JSON_DEPTH 64 /* deeper nesting is ERR_PARSE */

/* The caller frees the result with cJSON_Delete(). NULL with ERR_PARSE, quoting at
 * most 60 bytes of the offending text. */
cJSON *json_parse(const char *text, size_t len, struct err *err);

/* For a text that is passed on as it is: NaN and Infinity are errors. */
cJSON *json_parse_strict(const char *text, size_t len, struct err *err);

/* Bytes of the object or list at the start of text, by its brackets alone; 0: it has no end. */
size_t json_length(const char *text, size_t len);

const cJSON *json_get(const cJSON *object, const char *key);   /* NULL: none */
const char *json_string(const cJSON *object, const char *key); /* NULL: none; borrowed */
/* True if that member is that string. */
bool json_is(const cJSON *object, const char *key, const char *value);
const cJSON *json_array(const cJSON *object, const char *key);	/* NULL: none */
const cJSON *json_object(const cJSON *object, const char *key); /* NULL: none */
double json_number(const cJSON *object, const char *key, double otherwise);
bool json_bool(const cJSON *object, const char *key, bool otherwise);

/* A whole number from 0 to 2^53; `otherwise` if it is missing, not whole, or out of
 * range. */
unsigned long long json_uint(const cJSON *object, const char *key, unsigned long long otherwise);

/* Appends text as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD.
 * Escapes only what JSON demands, and DEL. False: text is not UTF-8, or has a NUL,
 * which many readers take for the end. */
bool json_quote(struct str *out, const char *text, size_t len);

/* Appends a comma, unless out ends where an object or a list begins. */
void json_next(struct str *out);

/* Appends `"name":"text"` as the next member of an object. */
void json_add(struct str *out, const char *name, const char *text, size_t len);
void json_add_text(struct str *out, const char *name, const char *text);

/* Appends value on one line. */
void json_print(struct str *out, const cJSON *value);

#endif
