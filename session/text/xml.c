/* Small XML files, read with expat. Document types with declarations are refused,
 * because entities can expand without bounds (a "billion laughs"), and so is
 * nesting deeper than XML_MAX_DEPTH, because callers keep a stack.
 */
#include "config.h"

#include "session/text/xml.h"

#include <expat.h>
#include <string.h>

#include "session/base/mem.h"

struct xml {
	XML_Parser parser;
	const struct xml_events *to;
	int depth;
	const char *why; /* why parsing was stopped; NULL: it was not */
};

static void stop(struct xml *x, const char *why)
{
	x->why = why;
	XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL on_start(void *ctx, const char *name, const char **attrs)
{
	struct xml *x = ctx;

	if (++x->depth > XML_MAX_DEPTH)
		stop(x, "it is nested too deeply");
	else
		x->to->start(x->to->ctx, name, (const char *const *)attrs);
}

static void XMLCALL on_end(void *ctx, const char *name)
{
	struct xml *x = ctx;

	x->depth--;
	x->to->end(x->to->ctx, name);
}

static void XMLCALL on_text(void *ctx, const char *text, int len)
{
	struct xml *x = ctx;

	if (x->to->text)
		x->to->text(x->to->ctx, text, (size_t)len);
}

/* Declared entities could expand without bounds. */
static void XMLCALL on_doctype(void *ctx, const char *name, const char *sysid, const char *pubid,
			       int internal)
{
	if (internal)
		stop(ctx, "a document type with declarations is not read");
}

bool xml_parse(const char *text, size_t len, const struct xml_events *to, struct err *err)
{
	struct xml x = { .to = to };
	bool ok;

	if (len > XML_MAX_TEXT)
		return err_set(err, ERR_LIMIT, "it is larger than %u MB", XML_MAX_TEXT >> 20);
	x.parser = XML_ParserCreate(NULL);
	if (!x.parser)
		mem_no_memory();
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, on_start, on_end);
	XML_SetCharacterDataHandler(x.parser, on_text);
	XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
	ok = XML_Parse(x.parser, text, (int)len, XML_TRUE) == XML_STATUS_OK;
	if (!ok)
		err_set(err, ERR_PARSE, "line %lu: %s", XML_GetCurrentLineNumber(x.parser),
			x.why ? x.why : XML_ErrorString(XML_GetErrorCode(x.parser)));
	XML_ParserFree(x.parser);
	return ok;
}

const char *xml_attr(const char *const *attrs, const char *name)
{
	for (size_t i = 0; attrs[i]; i += 2)
		if (strcmp(attrs[i], name) == 0)
			return attrs[i + 1];
	return NULL;
}
