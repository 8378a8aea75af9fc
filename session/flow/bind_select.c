/* The type is taken apart in step with the expression: brackets for each array
 * dimension, then for each member access the struct's body, the member's declaration
 * in it, and its type.
 */
#include "config.h"

#include "session/flow/bind_select.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/flow/bind_types.h"
#include "session/text/slice.h"
#include "session/verilog/vstmt.h"

#define STEPS_MAX 8 /* nesting of members and typedefs */

void bind_select_fini(struct bind_select *s)
{
	free(s->of);
	free(s->name);
	free(s->type);
	*s = (struct bind_select){ 0 };
}

/* Tokens -------------------------------------------------------------------------------------- */

static struct slice token(const struct vstmts *s, size_t i)
{
	return (struct slice){ s->text + s->tokens[i].off, s->tokens[i].len };
}

/* The token after the bracket that closes the one at i; 0: unclosed. */
static size_t closed(const struct vstmts *s, size_t i)
{
	size_t close = vstmts_closing(s, i, s->n_tokens);

	return close < s->n_tokens ? close + 1 : 0;
}

static bool is_word(struct slice s)
{
	return s.n && (isalnum((unsigned char)s.p[0]) || s.p[0] == '_' || s.p[0] == '\\');
}

static char *text_of(const struct vstmts *s, size_t from, size_t end)
{
	struct str out = STR_INIT;

	for (size_t i = from; i < end; i++) {
		if (i > from && is_word(token(s, i - 1)) && is_word(token(s, i)))
			str_addc(&out, ' ');
		str_addf(&out, "%.*s", (int)token(s, i).n, token(s, i).p);
	}
	return str_take(&out);
}

size_t bind_select_at(const struct vstmts *words, size_t i, const char *of)
{
	struct vstmts want;
	size_t n;

	vstmts_init(&want, of, strlen(of));
	n = want.n_tokens;
	for (size_t k = 0; k < want.n_tokens && n; k++)
		if (i + k >= words->n_tokens || !slice_equal(token(words, i + k), token(&want, k)))
			n = 0;
	vstmts_fini(&want);
	return n ? i + n : 0;
}

/* Structs ------------------------------------------------------------------------------------- */

/* Resolves type to a struct or union. *body: the text between its braces; *brackets: the
 * number of dimensions before a member access. False: it is neither, or it is not closed. */
static bool struct_of(const struct vstmts *s, const char *module, const char *type, char **body,
		      size_t *brackets)
{
	char *now = mem_strdup(type);
	bool found = false;

	*brackets = 0;
	for (int steps = 0; now && steps < STEPS_MAX && !found; steps++) {
		struct vstmts t;
		char *next = NULL;
		size_t brace = 0, end;

		vstmts_init(&t, now, strlen(now));
		while (brace < t.n_tokens && !vstmts_is(&t, brace, "{"))
			brace++;
		end = brace < t.n_tokens ? closed(&t, brace) : 0;
		found = end && (vstmts_is(&t, 0, "struct") || vstmts_is(&t, 0, "union"));
		for (size_t i = found ? end : 1; i < t.n_tokens; i++)
			*brackets += vstmts_is(&t, i, "[") && (found || vstmts_is(&t, 1, "["));
		if (found)
			*body = text_of(&t, brace + 1, end - 1);
		else if (t.n_tokens && is_word(token(&t, 0)))
			next = bind_typedef(s, module, token(&t, 0));
		vstmts_fini(&t);
		free(now);
		now = next;
	}
	free(now);
	return found;
}

/* The type of a member: "logic [1:0]" for n or m of "logic [1:0] n, m;". name empty:
 * the type of the first member, whose name goes to *first. NULL: no such member. */
static char *member_type(const char *body, struct slice name, char **first)
{
	struct vstmts b;
	char *type = NULL;

	vstmts_init(&b, body, strlen(body));
	for (size_t from = 0, i = 0, named = 0; i < b.n_tokens && !type; i++) {
		bool ends = vstmts_is(&b, i, ";"), next = ends || vstmts_is(&b, i, ",");

		if (vstmts_is(&b, i, "{") || vstmts_is(&b, i, "[")) {
			size_t end = closed(&b, i);

			if (!end)
				break;
			i = end - 1;
			continue;
		}
		if (!next || i == from)
			continue;
		named = named ? named : i - 1;
		if (!name.n && first)
			*first = mem_strndup(token(&b, i - 1).p, token(&b, i - 1).n);
		if (!name.n || slice_equal(token(&b, i - 1), name))
			type = text_of(&b, from, named);
		if (ends) {
			from = i + 1;
			named = 0;
		}
	}
	vstmts_fini(&b);
	return type;
}

/* Reading the expression ---------------------------------------------------------------------- */

struct reading {
	const struct vstmts *s, *words;
	const char *module;
	size_t from, at; /* tokens of words */
	struct str *why;
};

static bool refuse(const struct reading *r, const char *what)
{
	struct slice name = token(r->words, r->from);

	str_addf(r->why, "%.*s %s", (int)name.n, name.p, what);
	return false;
}

static bool take_brackets(struct reading *r, size_t n)
{
	for (; n; n--) {
		size_t end = vstmts_is(r->words, r->at, "[") ? closed(r->words, r->at) : 0;

		if (!end)
			return refuse(r, "is an array, of which an element is bound: name one by "
					 "its index");
		for (; r->at < end; r->at++)
			if (token(r->words, r->at).p[0] == '$')
				return refuse(r, "has a call in its index, which is not bound");
	}
	return true;
}

/* Follows the member accesses. *type is replaced by the type of the selected part. */
static bool take_members(struct reading *r, char **type)
{
	char *body = NULL;
	size_t brackets;

	while (struct_of(r->s, r->module, *type, &body, &brackets)) {
		char *first = NULL, *next = NULL;
		bool ok = take_brackets(r, brackets);

		if (ok && vstmts_is(r->words, r->at, ".") && r->at + 1 < r->words->n_tokens) {
			next = member_type(body, token(r->words, r->at + 1), NULL);
			r->at += 2;
			ok = next || refuse(r, "has no such member");
		} else if (ok) {
			free(member_type(body, (struct slice){ "", 0 }, &first));
			str_addf(r->why, "%.*s is a struct, of which a member is bound: .%s",
				 (int)token(r->words, r->from).n, token(r->words, r->from).p,
				 first ? first : "");
			ok = false;
		}
		free(first);
		free(body);
		body = NULL;
		if (!ok) {
			free(next);
			return false;
		}
		free(*type);
		*type = next;
	}
	return true;
}

/* "memory[at+1]" becomes memory_at_1. Appends "_x" until the module does not use the name. */
static char *port_name(const struct vstmts *s, const char *of)
{
	struct str out = STR_INIT;
	bool taken = true;

	for (const char *p = of; *p; p++)
		if (isalnum((unsigned char)*p))
			str_addc(&out, *p);
		else if (out.len && out.data[out.len - 1] != '_')
			str_addc(&out, '_');
	while (out.len && out.data[out.len - 1] == '_')
		out.data[--out.len] = '\0';
	while (taken) {
		taken = false;
		for (size_t i = 0; i < s->n_tokens && !taken; i++)
			taken = vstmts_is(s, i, str_cstr(&out));
		if (taken)
			str_adds(&out, "_x");
	}
	return str_take(&out);
}

bool bind_select_read(const struct vstmts *s, const char *module, const char *type, size_t arrays,
		      const struct vstmts *words, size_t i, struct bind_select *out,
		      struct str *why)
{
	struct reading r = {
		.s = s, .words = words, .module = module, .from = i, .at = i + 1, .why = why
	};
	char *left = mem_strdup(type);
	bool ok = take_brackets(&r, arrays) && take_members(&r, &left);

	*out = (struct bind_select){ .end = r.at };
	if (ok) {
		out->type = bind_type(s, module, left);
		if (!out->type)
			str_addf(why,
				 "%.*s has the type %s, which a module of its own does not see",
				 (int)token(words, i).n, token(words, i).p, left);
		ok = out->type;
	}
	if (ok && r.at > i + 1) {
		out->of = text_of(words, i, r.at);
		out->name = port_name(s, out->of);
	} else if (ok) {
		out->name = mem_strndup(token(words, i).p, token(words, i).n);
	}
	free(left);
	return ok;
}
