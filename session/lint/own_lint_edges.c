/* Clocked blocks whose list is not one of edges of single bits.
 *
 *     always @(posedge clk or rst)    runs at both edges of rst; no flip-flop does
 *     always @(posedge addr)          the edge of a vector is that of its lowest bit
 *     always_ff @(clk)                runs at both edges
 *
 * Simulators take all of them, and synthesisers refuse them.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#define CODE "EDGELIST"

struct list {
	const struct own_unit *u;
	size_t edges, levels;
	size_t level; /* token of the first signal without an edge */
	size_t wide;  /* token of the first vector whose edge is waited for; 0: none */
	bool odd;     /* something else than edges and signals */
};

static bool is_edge(const struct own_unit *u, size_t i)
{
	return own_is_sign(u, i, "posedge") || own_is_sign(u, i, "negedge") ||
	       own_is_sign(u, i, "edge");
}

static bool ends_term(const struct own_unit *u, size_t i)
{
	return own_is_sign(u, i, "or") || own_is_sign(u, i, ",") || own_is_sign(u, i, ")");
}

/* Reads "posedge clk" or "rst"; returns the token after it. */
static size_t read_term(struct list *l, size_t i)
{
	bool edge = is_edge(l->u, i);
	size_t name = i + edge, set;

	if (!own_signal_of(l->u, &l->u->s->tokens[name], &set) || set & (OWN_NUMBER | OWN_MANY) ||
	    !ends_term(l->u, name + 1)) {
		l->odd = true;
		return i;
	}
	if (edge) {
		l->edges++;
		if (set & OWN_WIDE && !l->wide)
			l->wide = name;
	} else if (l->levels++ == 0) {
		l->level = name;
	}
	return name + 1;
}

static bool read_list(struct list *l, struct vspan head)
{
	const struct vstmts *s = l->u->s;
	size_t i = vstmts_token(s, head.off), end = vstmts_token(s, head.end);

	if (!own_is_sign(l->u, i, "@") || !own_is_sign(l->u, i + 1, "("))
		return false;
	for (i++; i < end && !own_is_sign(l->u, i, ")") && !l->odd;)
		i = i + 1 < end ? read_term(l, i + 1) : end;
	return !l->odd;
}

static void flag(const struct own_unit *u, size_t token, const char *says, const char *hint)
{
	const struct vstmt_token *name = &u->s->tokens[token];
	struct str text = STR_INIT;

	str_addf(&text, "'%.*s' %s", (int)name->len, u->s->text + name->off, says);
	own_add(u, token, CODE, str_cstr(&text), hint);
	str_free(&text);
}

void own_rule_edges(struct own_unit *u)
{
	const struct vstmts *s = u->s;

	for (int i = u->node + 1; i + 1 < s->v[u->node].end; i++) {
		struct list l = { .u = u };

		if (s->v[i].kind != VSTMT_ALWAYS || s->v[i + 1].kind != VSTMT_PREFIX ||
		    !read_list(&l, s->v[i + 1].head))
			continue;
		if (l.edges && l.levels)
			flag(u, l.level,
			     "stands without an edge beside edges: the block runs at both of its "
			     "edges, and no flip-flop does",
			     "write posedge or negedge before it, or take it out of the list");
		else if (l.levels && vspan_is(s, s->v[i].name, "always_ff"))
			flag(u, l.level,
			     "stands without an edge: an always_ff that waits for none is not a "
			     "flip-flop",
			     "write posedge or negedge before the clock");
		if (l.wide)
			flag(u, l.wide, "is a vector: its edge is that of its lowest bit alone",
			     "wait for the edge of one bit, or compare in a clocked block");
	}
}
