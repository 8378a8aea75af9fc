/* The names of a unit, with what is known of each: one record per unit, which the rules about
 * variables add to and ask.
 *
 *     localparam N = 4;         declared, a parameter that nothing outside sets
 *     reg [3:0] q, m [0:3];     declared; q has bits that may be x, m is an array
 *     q = 0;                    assigned, see checks_when.c
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

unsigned checks_name_facts(const struct check_names *n, const struct vstmts *s, struct vspan name)
{
	size_t i;

	return name_map_get(&n->index, s->text + name.off, name.end - name.off, &i) ? n->facts[i]
										    : 0;
}

bool checks_add_fact(struct check_names *n, const struct vstmts *s, struct vspan name,
		     unsigned facts)
{
	size_t i = n->n;
	unsigned had;

	if (name.off == name.end)
		return false;
	if (name_map_put(&n->index, s->text + name.off, name.end - name.off, i))
		MEM_PUSH(n->facts, n->n, n->cap, 0);
	else
		name_map_get(&n->index, s->text + name.off, name.end - name.off, &i);
	had = n->facts[i];
	n->facts[i] |= facts;
	return n->facts[i] != had;
}

unsigned checks_facts_at(const struct check_source *src, int node, struct vspan name)
{
	int unit = vstmts_around(&src->s, node, VSTMT_UNIT);

	return unit < 0 ? 0 : checks_name_facts(&src->names[unit], &src->s, name);
}

/* The token after the value that begins at token i. */
static size_t behind_value(const struct vstmts *s, size_t i, struct vspan in)
{
	static const char *const ends[] = { ",", ";", NULL };

	while (checks_in_span(s, i, in) && !checks_is_any(s, i, ends))
		i = vstmts_behind(s, i, vstmts_token(s, in.end));
	return i;
}

bool checks_next_declared(const struct vstmts *s, struct vspan in, size_t *at,
			  struct check_declared *d)
{
	static const char *const ends[] = { "=", ",", ";", "[", NULL };
	size_t end = vstmts_token(s, in.end);

	for (size_t i = *at, k; i < end; i = vstmts_behind(s, i, end)) {
		bool local = checks_is(s, i, "localparam") || checks_is(s, i, "const");

		d->parameter |= local || checks_is(s, i, "parameter");
		d->local = local || (d->local && !checks_is(s, i, "parameter"));
		if (s->tokens[i].kind != VTOKEN_NAME || !checks_is_any(s, i + 1, ends))
			continue;
		for (k = i + 1; k < end && checks_is(s, k, "[");)
			k = vstmts_behind(s, k, end);
		if (k < end && s->tokens[k].kind == VTOKEN_NAME)
			continue; /* "word_t [3:0] q" */
		d->token = i;
		d->array = k > i + 1;
		d->value = (struct vspan){ 0, 0 };
		if (k < end && checks_is(s, k, "=")) {
			i = k + 1;
			k = behind_value(s, i, in);
			d->value = vstmts_span(s, i, k);
		}
		*at = k + 1;
		return true;
	}
	*at = end;
	return false;
}

struct vspan checks_unit_parameters(const struct vstmts *s, int unit)
{
	struct vspan all = s->v[unit].all;
	size_t i = checks_first_token(s, all);

	while (checks_in_span(s, i, all) && !checks_is(s, i, ";") && !checks_is(s, i, "("))
		i++;
	if (!checks_in_span(s, i, all) || !checks_is(s, i - 1, "#"))
		return (struct vspan){ 0, 0 };
	return vstmts_span(s, i + 1, checks_closing(s, i, all));
}

/* Adds the names that a declaration, or the head of the unit, has. */
static void read_names(const struct vstmts *s, struct vspan in, struct check_names *n)
{
	static const char *const types[] = { "reg", "wire", "logic", "integer", NULL };
	size_t at = checks_first_token(s, in);
	bool bits = checks_is_any(s, at, types);
	struct check_declared d = { 0 };

	while (checks_next_declared(s, in, &at, &d))
		checks_add_fact(n, s, checks_token(s, d.token),
				NAME_DECLARED | (d.parameter && d.value.end ? NAME_PARAMETER : 0u) |
					(d.local ? NAME_LOCAL : 0u) |
					(bits && !d.array ? NAME_VECTOR : 0u));
}

void checks_read_names(struct check_source *src)
{
	const struct vstmts *s = &src->s;

	src->names = mem_calloc(s->n + 1, sizeof(*src->names));
	for (int i = 0; i < (int)s->n; i++) {
		if (s->v[i].kind != VSTMT_UNIT)
			continue;
		read_names(s, checks_unit_parameters(s, i), &src->names[i]);
		for (int k = i + 1; k < s->v[i].end; k = s->v[k].end)
			if (s->v[k].kind == VSTMT_DECL)
				read_names(s, s->v[k].all, &src->names[i]);
	}
}

void checks_free_names(struct check_source *src)
{
	for (size_t i = 0; src->names && i < src->s.n; i++) {
		name_map_fini(&src->names[i].index);
		free(src->names[i].facts);
	}
	free(src->names);
}
