/* Finds declarations without a full parser. One begins with a keyword of a type, or with two
 * names in a row (`state_t q`). Ranges follow, then the declared names, up to a semicolon, the
 * bracket that closes the list of ports, or the keyword of the next declaration. */
#include "config.h"

#include "session/mutant/mutants_names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/name_map.h"

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

/* Skips an initial value; returns the token after it: a comma, a semicolon or a bracket. */
static size_t past_value(const struct vstmts *s, size_t i)
{
	while (i < s->n_tokens && !strchr(",;)}", s->text[s->tokens[i].off]))
		i = vstmts_behind(s, i, s->n_tokens);
	return i;
}

static bool is_name(const struct vstmts *s, size_t token)
{
	const struct vstmt_token *t = &s->tokens[token];

	return token < s->n_tokens && t->kind == VTOKEN_NAME &&
	       !vkeyword(s->text + t->off, t->len, LANG_SV2017);
}

/* "state_t q": a type's name and a variable's. An instance has a bracket behind its name. */
static bool begins_typed(const struct vstmts *s, size_t token)
{
	return is_name(s, token) && is_name(s, token + 1) && token + 2 < s->n_tokens &&
	       strchr(",;)=", s->text[s->tokens[token + 2].off]);
}

static void put(struct mutants_names *out, const struct mutants_name *name)
{
	if (out->n < MUTANTS_NAMES_MAX)
		MEM_PUSH(out->v, out->n, out->cap, *name);
}

/* enum logic [1:0] { IDLE, RUN = 2'd2 } */
static size_t read_enum(const struct vstmts *s, size_t i, int unit, struct mutants_names *out)
{
	struct mutants_name name = { .unit = unit, .constant = true, .set = i };

	while (i < s->n_tokens && !strchr("{;", s->text[s->tokens[i].off]))
		i++;
	if (i >= s->n_tokens || s->text[s->tokens[i].off] != '{')
		return i;
	do {
		name.token = i + 1;
		if (!is_name(s, name.token))
			break;
		put(out, &name);
		i = past_value(s, name.token + 1);
	} while (i < s->n_tokens && s->text[s->tokens[i].off] == ',');
	return i;
}

static char direction_of(const struct vstmts *s, size_t token)
{
	const struct vstmt_token *t = &s->tokens[token];

	return vstmt_token_is(s, t, "input")	? 'i'
	       : vstmt_token_is(s, t, "output") ? 'o'
	       : vstmt_token_is(s, t, "inout")	? 'b'
						: 0;
}

static size_t read_one(const struct vstmts *s, size_t i, int unit, struct mutants_names *out)
{
	struct mutants_name name = { .unit = unit, .from = i, .direction = direction_of(s, i) };

	for (; i < s->n_tokens; i++) {
		name.constant |= vstmt_token_is(s, &s->tokens[i], "localparam") ||
				 vstmt_token_is(s, &s->tokens[i], "parameter");
		if (!is_of_type(s, i))
			break;
	}
	name.typed = is_name(s, i) && is_name(s, i + 1);
	i += name.typed;
	while (i < s->n_tokens && s->text[s->tokens[i].off] == '[')
		i = vstmts_behind(s, i, s->n_tokens);
	name.to = i;
	while (i < s->n_tokens && s->tokens[i].kind == VTOKEN_NAME && !is_of_type(s, i)) {
		char next = i + 1 < s->n_tokens ? s->text[s->tokens[i + 1].off] : ';';

		name.token = i;
		if (strchr(",;)=", next))
			put(out, &name);
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

/* True if the whole unit sees the name: it is not declared in a block, a function or a struct. The
 * constants of an enum belong to where the enum is declared. */
static bool is_of_unit(const struct vstmts *s, const struct mutants_name *name)
{
	int at = around(s, name->unit, s->tokens[name->token].off);
	bool item = s->v[at].kind == VSTMT_ITEM && s->v[at].parent == name->unit;

	return at == name->unit || (item && name->set) ||
	       (item && name->typed && s->tokens[name->from].off == s->v[at].all.off);
}

static void drop_local(const struct vstmts *s, int unit, struct mutants_names *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].unit != unit || is_of_unit(s, &out->v[i]))
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

/* The enums of a package are visible in every unit after it. */
static bool is_seen(const struct vstmts *s, int unit, const struct mutants_name *name)
{
	size_t first = vstmts_token(s, s->v[name->unit].all.off);

	return name->unit == unit || (name->set && vstmt_token_is(s, &s->tokens[first], "package"));
}

/* Finds for each token of a unit the declaration that it names. */
static void name_tokens(const struct vstmts *s, int unit, struct mutants_names *out)
{
	struct name_map words = NAME_MAP_INIT;
	size_t found;

	for (size_t i = out->n; i-- > 0;)
		if (is_seen(s, unit, &out->v[i])) {
			const struct vstmt_token *t = &s->tokens[out->v[i].token];

			name_map_put(&words, s->text + t->off, t->len, i);
		}
	for (size_t i = vstmts_token(s, s->v[unit].all.off);
	     i < s->n_tokens && s->tokens[i].off < s->v[unit].all.end; i++)
		if (s->tokens[i].kind == VTOKEN_NAME &&
		    name_map_get(&words, s->text + s->tokens[i].off, s->tokens[i].len, &found))
			out->of[i] = found + 1;
	name_map_fini(&words);
}

static void mark_driven(const struct vstmts *s, int unit, struct mutants_names *out)
{
	for (int k = unit; k < s->v[unit].end; k++) {
		const struct vstmt *n = &s->v[k];
		bool assigns = n->kind == VSTMT_ASSIGN || n->kind == VSTMT_BLOCKING ||
			       n->kind == VSTMT_NONBLOCKING || n->kind == VSTMT_DECL;

		for (size_t i = vstmts_token(s, n->lhs.off);
		     assigns && n->rhs.end > n->rhs.off && i < s->n_tokens &&
		     s->tokens[i].off < n->lhs.end;
		     i++)
			if (out->of[i])
				out->v[out->of[i] - 1].driven = true;
	}
}

void mutants_names_find(const struct vstmts *s, struct mutants_names *out)
{
	out->of = mem_calloc(s->n_tokens + 1, sizeof(*out->of));
	for (int u = 0; u < (int)s->n; u++) {
		size_t i, end = s->v[u].all.end;

		if (s->v[u].kind != VSTMT_UNIT)
			continue;
		for (i = vstmts_token(s, s->v[u].all.off);
		     i < s->n_tokens && s->tokens[i].off < end;) {
			size_t after = vstmt_token_is(s, &s->tokens[i], "enum")
					       ? read_enum(s, i, u, out)
				       : begins(s, i) || begins_typed(s, i) ? read_one(s, i, u, out)
									    : i + 1;

			i = after > i ? after : i + 1;
		}
		drop_local(s, u, out);
		mark_edges(s, u, out);
		name_tokens(s, u, out);
		mark_driven(s, u, out);
	}
}

void mutants_names_fini(struct mutants_names *m)
{
	free(m->of);
	free(m->v);
	*m = (struct mutants_names){ 0 };
}

/* The next token from i on that is a part of a type's shape. */
static size_t shape(const struct vstmts *s, size_t i, size_t to)
{
	static const char *const shapes[] = { "signed", "integer", "int", NULL };

	while (i < to && is_of_type(s, i) && !is_among(s, i, shapes))
		i++;
	return i;
}

bool mutants_names_alike(const struct vstmts *s, const struct mutants_name *a,
			 const struct mutants_name *b)
{
	size_t i = shape(s, a->from, a->to), k = shape(s, b->from, b->to);

	if (a->set || b->set)
		return a->set == b->set;
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

unsigned mutants_names_width(const struct vstmts *s, const struct mutants_name *name)
{
	size_t i = shape(s, name->from, name->to);
	unsigned high = 0;

	if (name->constant || i >= name->to)
		return name->constant ? 0 : 1;
	if (name->to - i != 5 || s->text[s->tokens[i].off] != '[' ||
	    !vstmt_token_is(s, &s->tokens[i + 3], "0"))
		return 0;
	for (size_t k = 0; k < s->tokens[i + 1].len; k++) {
		char c = s->text[s->tokens[i + 1].off + k];

		if (c < '0' || c > '9' || high > 1000)
			return 0;
		high = high * 10 + (unsigned)(c - '0');
	}
	return high + 1;
}

bool mutants_names_is_bit(const struct vstmts *s, const struct mutants_name *name)
{
	return mutants_names_width(s, name) == 1 && shape(s, name->from, name->to) >= name->to;
}

const struct mutants_name *mutants_names_at(const struct mutants_names *m, size_t token)
{
	return m->of && m->of[token] ? &m->v[m->of[token] - 1] : NULL;
}

const struct mutants_name *mutants_names_in(const struct vstmts *s, const struct mutants_names *m,
					    int unit, size_t token)
{
	const struct vstmt_token *t = &s->tokens[token];

	for (size_t i = 0; i < m->n; i++) {
		const struct vstmt_token *n = &s->tokens[m->v[i].token];

		if (m->v[i].unit == unit && n->len == t->len &&
		    memcmp(s->text + n->off, s->text + t->off, t->len) == 0)
			return &m->v[i];
	}
	return NULL;
}
