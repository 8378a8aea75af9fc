/* vxml.h - reads Verilator's --xml-only output, one element at a time.
 *
 * The common reader for everything made of this XML. A builder provides callbacks; the
 * reader parses, enforces the limits, skips what is not wanted and collects the types:
 *
 *   <verilator_xml>
 *     <files> <file id filename/> ...   file()
 *     <netlist>
 *       <module> <iface> <package>      module(): true to read it
 *         <var/> <always> ...           start(), end()
 *       </module>                       module_end()
 *       <typetable> ...                 type(); vxml_types(), after the last piece
 *
 * The typetable comes last, so until then a size is only a dtype_id.
 *
 * Hostile until parsed: a DOCTYPE, another root element and malformed XML are
 * ERR_PARSE; elements nested more than VXML_DEPTH_MAX deep, and more bytes than the
 * builder allows, are ERR_LIMIT. After a failure the builder is not called any more.
 * Knows neither hardware nor statements.
 */
#ifndef POSEDGE_VXML_H
#define POSEDGE_VXML_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct types;
struct vxml;

#define VXML_DEPTH_MAX 4000

/* atts: name, value, name, value, NULL; see vxml_attribute(). Everything is borrowed
 * for the call. */
struct vxml_ops {
	size_t limit;	      /* bytes */
	const char *too_long; /* message beyond the limit: "the design is too large to ..." */
	void (*file)(void *ctx, const char **atts); /* NULL: not wanted */
	/* False: skip it. */
	bool (*module)(void *ctx, const char *tag, const char **atts);
	void (*start)(void *ctx, const char *tag, const char **atts);
	void (*end)(void *ctx);
	void (*module_end)(void *ctx);
	/* Each element of the typetable; NULL: only their widths are wanted. */
	void (*type)(void *ctx, const char *tag, const char **atts);
};

struct vxml *vxml_new(const struct vxml_ops *ops, void *ctx);
void vxml_free(struct vxml *x); /* NULL is fine */

/* The next piece, of any size; false after any failure. */
bool vxml_feed(struct vxml *x, const char *text, size_t len, struct err *err);
bool vxml_end(struct vxml *x, struct err *err); /* call after the last piece */

/* For a builder: makes reading fail with this error; the first one counts. */
void vxml_stop(struct vxml *x, enum err_code code, const char *why);

const struct types *vxml_types(const struct vxml *x); /* lives as long as x */

#endif
