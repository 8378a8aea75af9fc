/* A bound checker is a separate module and cannot see the typedefs of the design module.
 * Each of its ports is declared with the definition behind the typedef, found in the text:
 *
 *	word_t  ->  typedef logic [W-1:0] word_t;  ->  logic [W-1:0]
 *
 * This repeats while the definition is a typedef itself, up to DEPTH_MAX levels. A
 * type that cannot be written outside, such as a struct or an array of a typedef,
 * gives NULL: better no declaration than a wrong width.
 */
#include "config.h"

#include "session/flow/bind_types.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/text/slice.h"
#include "session/verilog/verilog_words.h"
#include "session/verilog/vstmt.h"

#define DEPTH_MAX 8 /* levels of typedefs */

/* Places in the text -------------------------------------------------------------------------- */

/* True if the module sees a declaration at this token: it is inside the module or
 * outside all units. *at caches the position; start with 0 and pass tokens in
 * ascending order. */
static bool is_seen(const struct vstmts *s, const char *module, size_t token, size_t *at)
{
	size_t off = s->tokens[token].off;
	const struct vstmt *u;

	while (*at < s->n && s->v[*at].all.end <= off)
		*at = (size_t)s->v[*at].end;
	u = *at < s->n ? &s->v[*at] : NULL;
	return !u || u->all.off > off || u->kind != VSTMT_UNIT || vspan_is(s, u->name, module);
}

/* The semicolon that ends a typedef, outside braces; n_tokens: none. */
static size_t end_of(const struct vstmts *s, size_t typedef_at)
{
	size_t depth = 0, i = typedef_at + 1;

	for (; i < s->n_tokens && (depth || !vstmts_is(s, i, ";")); i++) {
		if (vstmts_is(s, i, "typedef"))
			return s->n_tokens;
		depth += vstmts_is(s, i, "{");
		depth -= depth && vstmts_is(s, i, "}");
	}
	return i;
}

/* Types --------------------------------------------------------------------------------------- */

/* Finds "typedef ... NAME;". *from and *end delimit the tokens of the definition. */
static bool find_typedef(const struct vstmts *s, const char *module, struct slice name,
			 size_t *from, size_t *end)
{
	size_t at = 0;

	for (size_t i = 0; i + 2 < s->n_tokens; i++) {
		if (!vstmts_is(s, i, "typedef") || !is_seen(s, module, i, &at))
			continue;
		*end = end_of(s, i);
		if (*end == s->n_tokens || *end < i + 3)
			continue;
		--*end;
		if (vstmts_slice(s, *end, *end + 1).n == name.n &&
		    memcmp(vstmts_slice(s, *end, *end + 1).p, name.p, name.n) == 0) {
			*from = i + 1;
			return true;
		}
	}
	return false;
}

char *bind_typedef(const struct vstmts *s, const char *module, struct slice name)
{
	size_t from, end;

	return find_typedef(s, module, name, &from, &end)
		       ? mem_strndup(vstmts_slice(s, from, end).p, vstmts_slice(s, from, end).n)
		       : NULL;
}

/* The package that provides a name: one that is imported with that name, else the
 * only wildcard import. The caller frees it; NULL: none or ambiguous. */
static char *imported_from(const struct vstmts *s, const char *module, struct slice name)
{
	size_t all = 0, n = 0, at = 0;

	for (size_t i = 1; i + 1 < s->n_tokens; i++) {
		struct slice of;

		if (!vstmts_is(s, i, "::") || !is_seen(s, module, i, &at))
			continue;
		of = vstmts_slice(s, i + 1, i + 2);
		if (of.n == name.n && memcmp(of.p, name.p, name.n) == 0)
			return mem_strndup(vstmts_slice(s, i - 1, i).p,
					   vstmts_slice(s, i - 1, i).n);
		if (vstmts_is(s, i + 1, "*")) {
			all = i - 1;
			n++;
		}
	}
	return n == 1 ? mem_strndup(vstmts_slice(s, all, all + 1).p,
				    vstmts_slice(s, all, all + 1).n)
		      : NULL;
}

static char *type_of(const struct vstmts *s, const char *module, struct slice type, int depth);

static char *enum_type(const struct vstmts *s, const char *module, size_t from, size_t end,
		       int depth)
{
	size_t brace = from;

	while (brace < end && !vstmts_is(s, brace, "{"))
		brace++;
	return brace == from ? mem_strdup("logic signed [31:0]")
			     : type_of(s, module, vstmts_slice(s, from, brace), depth);
}

/* A type name and the dimensions after it. */
static char *named(const struct vstmts *s, const char *module, struct slice name, struct slice dims,
		   int depth)
{
	size_t from, end;
	char *package, *out;

	if (slice_find(name, "::") < name.n)
		return str_fmt("%.*s%s%.*s", (int)name.n, name.p, dims.n ? " " : "", (int)dims.n,
			       dims.p);
	if (find_typedef(s, module, name, &from, &end)) {
		if (dims.n || depth == DEPTH_MAX || vstmts_is(s, from, "struct") ||
		    vstmts_is(s, from, "union"))
			return NULL;
		return vstmts_is(s, from, "enum")
			       ? enum_type(s, module, from + 1, end, depth + 1)
			       : type_of(s, module, vstmts_slice(s, from, end), depth + 1);
	}
	if (vword_find(name.p, name.n, NULL) != VWORD_NONE)
		return NULL;
	package = imported_from(s, module, name);
	out = package ? str_fmt("%s::%.*s%s%.*s", package, (int)name.n, name.p, dims.n ? " " : "",
				(int)dims.n, dims.p)
		      : NULL;
	free(package);
	return out;
}

static bool is_bits(struct slice word)
{
	static const char *const bits[] = { "input", "output", "inout", "wire",	    "tri", "reg",
					    "logic", "bit",    "var",	"unsigned", NULL };

	return words_has_n(bits, word.p, word.n);
}

/* Width of the language's integer types; 0: not one of them. */
static int width_of(struct slice word)
{
	static const struct {
		const char *name;
		int width;
	} known[] = { { "byte", 8 },
		      { "shortint", 16 },
		      { "int", 32 },
		      { "integer", 32 },
		      { "longint", 64 } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (slice_is(word, known[i].name))
			return known[i].width;
	return 0;
}

static char *type_of(const struct vstmts *s, const char *module, struct slice type, int depth)
{
	bool is_signed = false;

	type = slice_trim(type);
	while (type.n && type.p[0] != '[') {
		size_t n = 0;
		struct slice word;

		while (n < type.n && type.p[n] != '[' && type.p[n] != ' ' && type.p[n] != '\t')
			n++;
		word = (struct slice){ type.p, n };
		type = slice_trim(slice_from(type, n));
		if (width_of(word))
			return type.n ? NULL : str_fmt("logic signed [%d:0]", width_of(word) - 1);
		if (slice_is(word, "signed"))
			is_signed = true;
		else if (!is_bits(word))
			return named(s, module, word, type, depth);
	}
	if (type.n &&
	    (slice_find(slice_from(type, 1), "[") + 1 < type.n || type.p[type.n - 1] != ']'))
		return NULL;
	return str_fmt("logic%s%s%.*s", is_signed ? " signed" : "", type.n ? " " : "", (int)type.n,
		       type.p);
}

char *bind_type(const struct vstmts *s, const char *module, const char *type)
{
	return type_of(s, module, slice_of(type), 0);
}

/* Enum and package values --------------------------------------------------------------------- */

/* True if the enum at token at has that value: "enum logic { A, B = 2 }". */
static bool has_value(const struct vstmts *s, size_t at, const char *name)
{
	bool inside = false;

	for (size_t i = at + 1;
	     i < s->n_tokens && !vstmts_is(s, i, "enum") && !vstmts_is(s, i, ";"); i++) {
		if (inside && vstmts_is(s, i, name) &&
		    (vstmts_is(s, i - 1, "{") || vstmts_is(s, i - 1, ",")))
			return true;
		inside |= vstmts_is(s, i, "{");
	}
	return false;
}

bool bind_is_enum_value(const struct vstmts *s, const char *module, const char *name)
{
	size_t at = 0;

	for (size_t i = 0; i < s->n_tokens; i++)
		if (vstmts_is(s, i, "enum") && is_seen(s, module, i, &at) && has_value(s, i, name))
			return true;
	return false;
}

void bind_packages(const struct vstmts *s, const char *module, const char *name, struct strv *out)
{
	bool inside = false;
	size_t at = 0;

	for (size_t i = 1; i + 1 < s->n_tokens; i++) {
		char *package;

		inside = vstmts_is(s, i - 1, "import") || (inside && !vstmts_is(s, i - 1, ";"));
		if (!inside || !vstmts_is(s, i, "::") || !is_seen(s, module, i, &at) ||
		    (name && !vstmts_is(s, i + 1, "*") && !vstmts_is(s, i + 1, name)))
			continue;
		package = mem_strndup(vstmts_slice(s, i - 1, i).p, vstmts_slice(s, i - 1, i).n);
		strv_add_once(out, package);
		free(package);
	}
}

bool bind_is_package_value(const struct vstmts *s, const char *package, const char *name)
{
	bool declares = false;
	size_t at = 0;

	if (bind_is_enum_value(s, package, name))
		return true;
	for (size_t i = 0; i + 1 < s->n_tokens; i++) {
		declares = vstmts_is(s, i, "parameter") || vstmts_is(s, i, "localparam") ||
			   (declares && !vstmts_is(s, i, ";"));
		if (declares && vstmts_is(s, i, name) && vstmts_is(s, i + 1, "=") &&
		    is_seen(s, package, i, &at))
			return true;
	}
	return false;
}
