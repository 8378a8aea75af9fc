/* A declaration is read from its first word on: words of types, ranges, then names up to a
 * semicolon, a bracket that closes the list of ports, or the next word of a declaration. */
#include "config.h"

#include "session/mutant/mutants_names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

static bool is_among(const struct vstmts *s, size_t token, const char *const *words)
{
	for (; *words; words++)
		if (vstmt_token_is(s, &s->tokens[token], *words))
			return true;
	return false;
}

static bool begins(const struct vstmts *s, size_t token)
{
	static const char *const words[] = { "input", "output", "inout",      "wire",	   "reg",
					     "logic", "bit",	"localparam", "parameter", NULL };

	return is_among(s, token, words);
}

static bool is_of_type(const struct vstmts *s, size_t token)
{
	static const char *const words[] = { "var", "signed", "unsigned", "integer", "int", NULL };

	return begins(s, token) || is_among(s, token, words);
}

/* The token after a bracketed part that begins at i. */
static size_t past(const struct vstmts *s, size_t i)
{
	int depth = 0;

	for (; i < s->n_tokens; i++) {
		char c = s->text[s->tokens[i].off];

		depth += (c == '[' || c == '(' || c == '{') - (c == ']' || c == ')' || c == '}');
		if (depth == 0)
			return i + 1;
	}
	return i;
}

/* The token after an initial value, which ends at a comma, a semicolon or a bracket. */
static size_t past_value(const struct vstmts *s, size_t i)
{
	while (i < s->n_tokens && !strchr(",;)", s->text[s->tokens[i].off]))
		i = strchr("([{", s->text[s->tokens[i].off]) ? past(s, i) : i + 1;
	return i;
}

static size_t read_one(const struct vstmts *s, size_t i, int unit, struct mutants_names *out)
{
	struct mutants_name name = { .unit = unit, .from = i };

	for (; i < s->n_tokens; i++) {
		name.constant |= vstmt_token_is(s, &s->tokens[i], "localparam") ||
				 vstmt_token_is(s, &s->tokens[i], "parameter");
		if (!is_of_type(s, i))
			break;
	}
	while (i < s->n_tokens && s->text[s->tokens[i].off] == '[')
		i = past(s, i);
	name.to = i;
	while (i < s->n_tokens && s->tokens[i].kind == VTOKEN_NAME && !is_of_type(s, i)) {
		char next = i + 1 < s->n_tokens ? s->text[s->tokens[i + 1].off] : ';';

		name.token = i;
		if (strchr(",;)=", next) && out->n < MUTANTS_NAMES_MAX)
			MEM_PUSH(out->v, out->n, out->cap, name);
		i = past_value(s, i + 1);
		if (i >= s->n_tokens || s->text[s->tokens[i].off] != ',')
			break;
		i++;
	}
	return i;
}

/* The innermost node of the unit that contains the offset, declarations aside. */
static int around(const struct vstmts *s, int unit, size_t off)
{
	int at = unit, k = unit + 1;

	while (k < s->v[unit].end && s->v[k].all.off <= off)
		if (off >= s->v[k].all.end)
			k = s->v[k].end;
		else if (s->v[k].kind == VSTMT_DECL)
			break;
		else
			at = k++;
	return at;
}

/* Names that a block, a function or a type declares for itself. */
static void drop_local(const struct vstmts *s, int unit, struct mutants_names *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].unit != unit ||
		    around(s, unit, s->tokens[out->v[i].token].off) == unit)
			out->v[n++] = out->v[i];
	out->n = n;
}

static void mark_edge(const struct vstmts *s, int unit, size_t token, struct mutants_names *out)
{
	for (size_t i = out->n; i > 0 && out->v[i - 1].unit == unit; i--) {
		const struct vstmt_token *a = &s->tokens[out->v[i - 1].token],
					 *b = &s->tokens[token];

		out->v[i - 1].edge |=
			a->len == b->len && memcmp(s->text + a->off, s->text + b->off, a->len) == 0;
	}
}

/* Clocks, and resets among their edges. */
static void mark_edges(const struct vstmts *s, int unit, struct mutants_names *out)
{
	static const char *const words[] = { "posedge", "negedge", NULL };

	for (size_t i = vstmts_token(s, s->v[unit].all.off);
	     i + 1 < s->n_tokens && s->tokens[i].off < s->v[unit].all.end; i++)
		if (is_among(s, i, words))
			mark_edge(s, unit, i + 1, out);
}

void mutants_names_find(const struct vstmts *s, struct mutants_names *out)
{
	for (int u = 0; u < (int)s->n; u++) {
		size_t i, end = s->v[u].all.end;

		if (s->v[u].kind != VSTMT_UNIT)
			continue;
		for (i = vstmts_token(s, s->v[u].all.off);
		     i < s->n_tokens && s->tokens[i].off < end;) {
			size_t after = begins(s, i) ? read_one(s, i, u, out) : i + 1;

			i = after > i ? after : i + 1;
		}
		drop_local(s, u, out);
		mark_edges(s, u, out);
	}
}

void mutants_names_fini(struct mutants_names *m)
{
	free(m->v);
	*m = (struct mutants_names){ 0 };
}

/* The next token from i on that is a part of a type's shape. */
static size_t shape(const struct vstmts *s, size_t i, size_t to)
{
	while (i < to && is_of_type(s, i) && !vstmt_token_is(s, &s->tokens[i], "signed"))
		i++;
	return i;
}

bool mutants_names_alike(const struct vstmts *s, const struct mutants_name *a,
			 const struct mutants_name *b)
{
	size_t i = shape(s, a->from, a->to), k = shape(s, b->from, b->to);

	if (a->unit != b->unit || a->constant != b->constant)
		return false;
	for (; !a->constant && i < a->to && k < b->to;
	     i = shape(s, i + 1, a->to), k = shape(s, k + 1, b->to))
		if (s->tokens[i].len != s->tokens[k].len ||
		    memcmp(s->text + s->tokens[i].off, s->text + s->tokens[k].off,
			   s->tokens[i].len) != 0)
			return false;
	return a->constant || (i >= a->to && k >= b->to);
}
