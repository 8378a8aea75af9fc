/* xml.h - reads the elements of an XML text one after the other.
 *
 * For small files from outside, such as a project or a test report: no document
 * type, only the five predefined entities, and limits on size and depth.
 */
#ifndef POSEDGE_XML_H
#define POSEDGE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define XML_MAX_TEXT  (32u << 20)
#define XML_MAX_DEPTH 100

struct xml_events {
	/* attrs: name, value, name, value, NULL. Arguments are borrowed for the
	 * call. */
	void (*start)(void *ctx, const char *name, const char *const *attrs);
	void (*end)(void *ctx, const char *name);
	void (*text)(void *ctx, const char *text, size_t len); /* in pieces; may be NULL */
	void *ctx;
};

/* ERR_PARSE with the line number, or ERR_LIMIT; elements before the error were
 * reported. */
bool xml_parse(const char *text, size_t len, const struct xml_events *to, struct err *err);

const char *xml_attr(const char *const *attrs, const char *name); /* NULL: none */

#endif
