/* Streams Verilator's XML. A larger design has tens of megabytes of it, most of it in
 * modules that are not needed; so only the modules that the builder wants are passed
 * on, the type table is kept, and for the rest only the depth is counted. Limits on
 * bytes and depth, and no DOCTYPE: a crash of an old Verilator can leave anything in
 * the file.
 */
#include "config.h"

#include "sim/netlist/vxml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "sim/netlist/vxml_types.h"

#define SECTION_DEPTH 3 /* depth of a file, a module, the typetable */

struct vxml {
	const struct vxml_ops *ops;
	void *ctx;
	XML_Parser xml;
	size_t bytes, depth;
	size_t skipped; /* open elements since the one being skipped */
	bool in_module, in_types;
	struct types types;
	struct err err;
};

void vxml_stop(struct vxml *x, enum err_code code, const char *why)
{
	if (x->err.code == ERR_NONE)
		err_set(&x->err, code, "Verilator's XML: %s", why);
	XML_StopParser(x->xml, XML_FALSE);
}

static bool is_module(const char *name)
{
	return strcmp(name, "module") == 0 || strcmp(name, "iface") == 0 ||
	       strcmp(name, "package") == 0;
}

/* Handles an element outside modules and types. */
static void start_section(struct vxml *x, const char *name, const char **atts)
{
	bool look = x->depth < SECTION_DEPTH &&
		    (x->depth == 1 || strcmp(name, "netlist") == 0 || strcmp(name, "files") == 0);

	if (x->depth == SECTION_DEPTH && is_module(name))
		look = x->in_module = x->ops->module(x->ctx, name, atts);
	else if (x->depth == SECTION_DEPTH && strcmp(name, "typetable") == 0)
		look = x->in_types = true;
	else if (x->depth == SECTION_DEPTH && strcmp(name, "file") == 0 && x->ops->file)
		x->ops->file(x->ctx, atts);
	if (!look)
		x->skipped = 1;
}

static void start_type(struct vxml *x, const char *name, const char **atts)
{
	types_start(&x->types, name, atts);
	if (x->ops->type)
		x->ops->type(x->ctx, name, atts);
}

static void on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
	struct vxml *x = ctx;

	if (x->err.code != ERR_NONE) /* some come even after XML_StopParser() */
		return;
	if (x->depth++ >= VXML_DEPTH_MAX)
		return vxml_stop(x, ERR_LIMIT, "its elements are nested too deep");
	if (x->depth == 1 && strcmp(name, "verilator_xml") != 0)
		return vxml_stop(x, ERR_PARSE, "it is not that of a design");
	if (x->skipped)
		x->skipped++;
	else if (x->in_module)
		x->ops->start(x->ctx, name, atts);
	else if (x->in_types)
		start_type(x, name, atts);
	else
		start_section(x, name, atts);
}

static void on_end(void *ctx, const XML_Char *name)
{
	struct vxml *x = ctx;

	if (x->err.code != ERR_NONE)
		return;
	x->depth--;
	if (x->skipped) {
		x->skipped--;
	} else if (x->in_module && x->depth < SECTION_DEPTH) {
		x->in_module = false;
		x->ops->module_end(x->ctx);
	} else if (x->in_module) {
		x->ops->end(x->ctx);
	} else if (x->in_types) {
		types_end(&x->types, name);
		x->in_types = strcmp(name, "typetable") != 0;
	}
}

static void on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
		       const XML_Char *public, int subset)
{
	vxml_stop(ctx, ERR_PARSE, "it has a DOCTYPE, which Verilator never writes");
}

struct vxml *vxml_new(const struct vxml_ops *ops, void *ctx)
{
	static const XML_Memory_Handling_Suite memory = { mem_alloc, mem_realloc, free };
	struct vxml *x = mem_zalloc(sizeof(*x));

	x->ops = ops;
	x->ctx = ctx;
	x->xml = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	XML_SetUserData(x->xml, x);
	XML_SetElementHandler(x->xml, on_start, on_end);
	XML_SetStartDoctypeDeclHandler(x->xml, on_doctype);
	return x;
}

void vxml_free(struct vxml *x)
{
	if (!x)
		return;
	XML_ParserFree(x->xml);
	types_fini(&x->types);
	free(x);
}

static bool feed(struct vxml *x, const char *text, size_t len, bool last, struct err *err)
{
	x->bytes += len;
	if (x->err.code == ERR_NONE && x->bytes > x->ops->limit)
		err_set(&x->err, ERR_LIMIT, "Verilator's XML: %s", x->ops->too_long);
	if (x->err.code == ERR_NONE && XML_Parse(x->xml, text, (int)len, last) != XML_STATUS_OK &&
	    x->err.code == ERR_NONE)
		err_set(&x->err, ERR_PARSE, "Verilator's XML: line %lu: %s",
			(unsigned long)XML_GetCurrentLineNumber(x->xml),
			XML_ErrorString(XML_GetErrorCode(x->xml)));
	if (x->err.code != ERR_NONE)
		err_copy(err, &x->err);
	return x->err.code == ERR_NONE;
}

bool vxml_feed(struct vxml *x, const char *text, size_t len, struct err *err)
{
	return feed(x, text, len, false, err);
}

bool vxml_end(struct vxml *x, struct err *err)
{
	return feed(x, "", 0, true, err);
}

const struct types *vxml_types(const struct vxml *x)
{
	return &x->types;
}
