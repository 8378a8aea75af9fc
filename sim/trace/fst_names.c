/* A list of entries, each preceded by its kind:
 *
 *	254 a scope: kind, name, the module's name    255 its end
 *	252 an attribute: two kinds, name, a number   253 its end
 *	0 to 29 a variable of that kind: direction, name, width, and 0, or the net
 *	that it is an alias of, counted from 1
 *
 * Names end with a NUL. An attribute of the two kinds below is a table of an enum's
 * names or, without a name, refers to the table of that number for the next
 * variable. Other attributes give a variable's type or a source position; they are
 * skipped. */
#include "config.h"

#include "sim/trace/fst_names.h"

#include <string.h>

#include "session/base/str.h"
#include "sim/trace/fst_enum.h"
#include "sim/trace/fst_file.h"

enum { ATTRIBUTE = 252, ATTRIBUTE_END, SCOPE, SCOPE_END };
enum { MISCELLANEOUS = 0, ENUM_TABLE = 7 }; /* the two kinds of an attribute */

static const char *const kinds[] = {
	"event",   "integer",	"parameter", "real",   "real_parameter", "reg",	    "supply0",
	"supply1", "time",	"tri",	     "triand", "trior",		 "trireg",  "tri0",
	"tri1",	   "wand",	"wire",	     "wor",    "port",		 "wire",    "realtime",
	"string",  "bit",	"logic",     "int",    "shortint",	 "longint", "byte",
	"enum",	   "shortreal",
};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

static const char *const scopes[] = { "module", "task",	    "function", "begin",
				      "fork",	"generate", "struct",	"union" };

#define SCOPES (sizeof(scopes) / sizeof(*scopes))

struct names {
	const unsigned char *p, *end;
	fst_names_fn *fn;
	void *ctx;
	size_t nets;
	struct fst_enums *enums;
	uint64_t next_enums; /* table for the next variable */
	struct str text;
};

/* A string up to NUL. NULL: truncated. */
static const char *name(struct names *n)
{
	const unsigned char *start = n->p, *nul = memchr(n->p, '\0', (size_t)(n->end - n->p));

	if (!nul)
		return NULL;
	n->p = nul + 1;
	return (const char *)start;
}

static bool number(struct names *n, uint64_t *out)
{
	const unsigned char *p = fst_number(n->p, n->end, out);

	if (p)
		n->p = p;
	return p != NULL;
}

static bool emit(struct names *n, const struct fst_variable *v)
{
	return n->fn(n->ctx, v, n->text.data, n->text.len);
}

static bool is_real(size_t kind)
{
	return strcmp(kinds[kind], "real") == 0 || strcmp(kinds[kind], "real_parameter") == 0 ||
	       strcmp(kinds[kind], "realtime") == 0 || strcmp(kinds[kind], "shortreal") == 0;
}

static bool variable(struct names *n, size_t kind, bool *go)
{
	static const char directions[] = { 0, 'i', 'o', 'b', 'o', 0 };
	struct fst_variable v = { .is_event = kind == 0, .enums = n->next_enums };
	unsigned char direction = *n->p++;
	const char *called = name(n);
	uint64_t width, alias;

	n->next_enums = 0;
	if (!called || !number(n, &width) || !number(n, &alias))
		return false;
	if (alias > n->nets || width > UINT32_MAX)
		return false;
	v.alias = alias > 0;
	v.net = alias ? (size_t)alias - 1 : n->nets++;
	v.width = is_real(kind)			       ? FST_REAL
		  : strcmp(kinds[kind], "string") == 0 ? FST_TEXT
						       : (uint32_t)width;
	v.direction = direction < sizeof(directions) ? directions[direction] : 0;
	str_addf(&n->text, "$var %s %u %zu %s $end\n", kinds[kind],
		 v.width == FST_REAL   ? 64
		 : v.width == FST_TEXT ? 1
				       : v.width,
		 v.net + 1, called);
	*go = emit(n, &v);
	return true;
}

static bool attribute(struct names *n)
{
	bool enums = n->p[0] == MISCELLANEOUS && n->p[1] == ENUM_TABLE;
	const char *called;
	uint64_t value;

	n->p += 2;
	called = name(n);
	if (!called || !number(n, &value))
		return false;
	if (enums && called[0])
		fst_enums_add(n->enums, value, called, strlen(called));
	else if (enums)
		n->next_enums = value;
	return true;
}

static bool one(struct names *n, bool *go)
{
	unsigned char kind = *n->p++;
	const char *called;

	str_clear(&n->text);
	if (kind == SCOPE_END) {
		str_adds(&n->text, "$upscope $end\n");
		*go = emit(n, NULL);
		return true;
	}
	if (kind == ATTRIBUTE_END)
		return true;
	if (n->p == n->end)
		return false;
	if (kind < KINDS)
		return variable(n, kind, go);
	if (kind == ATTRIBUTE)
		return n->end - n->p > 2 && attribute(n);
	if (kind != SCOPE)
		return false;
	kind = *n->p++;
	called = name(n);
	if (!called || !name(n))
		return false;
	str_addf(&n->text, "$scope %s %s $end\n", kind < SCOPES ? scopes[kind] : "module", called);
	*go = emit(n, NULL);
	return true;
}

bool fst_names(const unsigned char *names, size_t len, struct fst_enums *enums, fst_names_fn *fn,
	       void *ctx)
{
	struct names n = { .p = names, .end = names + len, .fn = fn, .ctx = ctx, .enums = enums };
	bool go = true, ok = true;

	while (ok && go && n.p < n.end)
		ok = one(&n, &go);
	str_free(&n.text);
	return ok;
}
