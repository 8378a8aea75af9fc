/* json_doc.h - reads one JSON text after another into the same memory.
 *
 * For the events of a stream: short texts, each looked at once. The values are those of
 * json_parse(), but nothing is allocated for a text that is short and plain; any other
 * one goes to json_parse().
 */
#ifndef POSEDGE_JSON_DOC_H
#define POSEDGE_JSON_DOC_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "session/base/err.h"

struct json_doc;

struct json_doc *json_doc_new(void);
void json_doc_free(struct json_doc *d); /* NULL is fine */

/* Borrowed: valid until the next call for d, and never to be deleted, or changed. Fails
 * as json_parse() does. */
const cJSON *json_doc_parse(struct json_doc *d, const char *text, size_t len, struct err *err);

#endif
