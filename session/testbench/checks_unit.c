/* Determines which units belong to a testbench. Only there an assignment or a
 * print can be a check; a design prints and counts for its own reasons.
 */
#include "config.h"

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

bool checks_in_bench(const struct check_source *src, int node)
{
	int unit = vstmts_around(&src->s, node, VSTMT_UNIT);

	return unit < 0 || src->bench[unit];
}

void checks_each_node(struct checks *c, checks_node_fn *fn)
{
	for (size_t k = 0; k < c->n_sources; k++)
		for (int i = 0; i < (int)c->sources[k].s.n; i++)
			if (checks_in_bench(&c->sources[k], i))
				fn(c, &c->sources[k], i);
}

/* Hardware does not wait, print or end the simulation; but a module that only
 * prints may be part of the design, with a message left in. */
static bool is_bench(const struct vstmts *s, int unit, const char *top, bool *prints)
{
	*prints = false;
	if (top && vspan_is(s, s->v[unit].name, top))
		return true;
	for (int i = unit + 1; i < s->v[unit].end; i++) {
		const struct vstmt *v = &s->v[i];

		*prints = *prints || checks_is_print(s, v);
		if (checks_end(s, v) == END_FINISH)
			return true;
		if (v->kind == VSTMT_PREFIX && s->text[v->head.off] == '#' &&
		    vstmts_around(s, i, VSTMT_INITIAL) >= 0)
			return true;
	}
	return *prints;
}

bool checks_only_prints(const struct check_source *src, int node)
{
	int unit = vstmts_around(&src->s, node, VSTMT_UNIT);

	return unit >= 0 && src->prints[unit];
}

/* True if the unit starts with one of the words, after "virtual" or "automatic". */
static bool is_any(const struct vstmts *s, int unit, const char *const *words)
{
	size_t t = vstmts_token(s, s->v[unit].all.off);

	return checks_is_any(s, t, words) || checks_is_any(s, t + 1, words);
}

/* A package with tasks or variables: `int n_bad = 0; task compare(...)`. One of types,
 * constants and functions may be the design's. */
static bool keeps_accounts(const struct vstmts *s, int unit)
{
	static const char *const package[] = { "package", NULL }, *const constant[] = {
		"parameter", "localparam", "const", NULL
	};

	if (!is_any(s, unit, package))
		return false;
	for (int k = unit + 1; k < s->v[unit].end; k = s->v[k].end)
		if (s->v[k].kind == VSTMT_TASK ||
		    (s->v[k].kind == VSTMT_DECL && !checks_has_any(s, s->v[k].all, constant)))
			return true;
	return false;
}

void checks_mark_units(struct check_source *src, const char *top)
{
	static const char *const of_benches[] = { "class", "program", "interface", NULL };

	src->bench = mem_calloc(src->s.n + 1, sizeof(*src->bench));
	src->prints = mem_calloc(src->s.n + 1, sizeof(*src->prints));
	for (size_t i = 0; i < src->s.n; i++) {
		bool prints,
			module = vstmt_token_is(
				&src->s, &src->s.tokens[vstmts_token(&src->s, src->s.v[i].all.off)],
				"module");

		if (src->s.v[i].kind != VSTMT_UNIT)
			continue;
		src->bench[i] = is_bench(&src->s, (int)i, top, &prints) ||
				is_any(&src->s, (int)i, of_benches) ||
				keeps_accounts(&src->s, (int)i);
		src->prints[i] = prints && module && top;
	}
	/* A class in a package, a module in a module: inherit from the enclosing unit. */
	for (size_t i = 0; i < src->s.n; i++) {
		int up = src->s.v[i].parent;

		if (src->s.v[i].kind == VSTMT_UNIT && up >= 0 && src->s.v[up].kind == VSTMT_UNIT &&
		    src->bench[up])
			src->bench[i] = true;
	}
}
