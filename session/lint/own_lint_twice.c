/* A net that its module declares twice:
 *
 *     wire full;
 *     ...
 *     wire full;      an error of every tool but Verilator, which takes the second for the first
 *
 * "output full; wire full;" is one declaration in two parts. What stands in a generate block may
 * have the name of something else.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#define CODE "TWICE"

/* True for a name that nothing but ranges separates from ",", ";" or "=": not for a type, nor a
 * name within a range. */
static bool is_declared(const struct own_unit *u, size_t i, size_t end)
{
	size_t next = i + 1;

	while (next < end && own_is_sign(u, next, "["))
		next = vstmts_behind(u->s, next, end);
	return u->s->tokens[i].kind == VTOKEN_NAME &&
	       (next >= end || own_is_sign(u, next, ",") || own_is_sign(u, next, ";") ||
		own_is_sign(u, next, "="));
}

static void declare(const struct own_unit *u, struct name_map *seen, size_t i)
{
	const struct vstmt_token *t = &u->s->tokens[i];
	const char *name = u->s->text + t->off;
	const struct own_piece *first;
	struct str text = STR_INIT;
	size_t at;

	if (name_map_put(seen, name, t->len, t->off))
		return;
	first = name_map_get(seen, name, t->len, &at) ? own_flat_at(u->flat, at) : NULL;
	str_addf(&text, "'%.*s' is declared twice", (int)t->len, name);
	if (first && !first->included)
		str_addf(&text, ", first in line %d", first->line);
	own_add(u, i, CODE, str_cstr(&text),
		"take one of the two out; Verilator lets it pass, other tools do not");
	str_free(&text);
}

/* The names of "wire [W-1:0] a, b = c;", whose first token is at i. */
static void read_names(const struct own_unit *u, struct name_map *seen, size_t i, size_t end)
{
	bool value = false;

	for (; i < end && !own_is_sign(u, i, ";"); i = vstmts_behind(u->s, i, end)) {
		if (own_is_sign(u, i, ","))
			value = false;
		else if (own_is_sign(u, i, "="))
			value = true;
		else if (!value && is_declared(u, i, end))
			declare(u, seen, i);
	}
}

void own_rule_twice(struct own_unit *u)
{
	struct name_map seen = NAME_MAP_INIT;

	for (int i = u->node + 1; i < u->s->v[u->node].end; i++) {
		const struct vstmt *v = &u->s->v[i];
		size_t from = vstmts_token(u->s, v->all.off), end = vstmts_token(u->s, v->all.end);

		if (v->kind == VSTMT_DECL && v->parent == u->node && vstmts_is_net(u->s, from))
			read_names(u, &seen, from + 1, end);
	}
	name_map_fini(&seen);
}
