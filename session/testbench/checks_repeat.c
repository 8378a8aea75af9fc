/* Sites that tell what another one compared. They are not counted, but a failure there
 * still is one:
 *
 *     function same; if (g !== e) $display("differs"); ...     the check
 *     if (!same(q, want)) errors = errors + 1;                 tells its result
 *
 *     $display("%s", q === want ? "ok" : "BAD");               tells the same as
 *     if (q !== want) errors = errors + 1;                     the check
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

#define APART_MAX 4 /* statements between the two */

static bool is_check(const struct check_found *f)
{
	return f->site.kind == CHECK_IF || f->site.kind == CHECK_ASSERT ||
	       f->site.kind == CHECK_ASSIGN;
}

static struct vspan asked(const struct checks *c, const struct check_found *f)
{
	bool when_true;

	return checks_asked(c, f, &when_true);
}

/* Functions with a site of their own ------------------------------------------------- */

static void find_functions(const struct checks *c, struct name_map *with)
{
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_found *f = &c->sites[i];
		const struct vstmts *s = &c->sources[f->site.source].s;
		int in = vstmts_around(s, f->node, VSTMT_FUNCTION);
		struct vspan name = { 0, 0 };

		if (in >= 0 && is_check(f) && !f->weak)
			name = checks_last_name(s, s->v[in].name);
		if (name.off < name.end)
			checks_put(with, s, name);
	}
}

static bool calls_one(const struct vstmts *s, struct vspan in, const struct name_map *with)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++)
		if (s->tokens[i].kind == VTOKEN_NAME && checks_is(s, i + 1, "(") &&
		    checks_has(with, s, checks_token(s, i)))
			return true;
	return false;
}

/* The same comparison twice ---------------------------------------------------------- */

/* True if all variables of a are in b. Constants are in capitals, as states are. */
static bool has_all(const struct checks *c, const struct vstmts *s, struct vspan a, struct vspan b)
{
	bool any = false;

	for (size_t i = checks_first_token(s, a); checks_in_span(s, i, a); i++) {
		struct vspan one = checks_token(s, i);

		if (s->tokens[i].kind == VTOKEN_SYSTEM)
			return false;
		if (s->tokens[i].kind != VTOKEN_NAME || !checks_may_change(c, s, one))
			continue;
		if (!checks_mentions(s, b, one))
			return false;
		any = true;
	}
	return any;
}

/* True if nothing but prints is between the two nodes of one list, in which values could
 * change. */
static bool is_beside(const struct vstmts *s, int a, int b)
{
	int from = a < b ? a : b, to = a < b ? b : a, n = 0;

	if (s->v[a].parent != s->v[b].parent || s->v[a].role != VROLE_LIST ||
	    s->v[b].role != VROLE_LIST)
		return false;
	for (int i = s->v[from].end; i < to; i = s->v[i].end)
		if (!checks_is_print(s, &s->v[i]) || ++n > APART_MAX)
			return false;
	return true;
}

static bool is_told(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;

	if (!checks_is_print(s, &s->v[f->node]))
		return false;
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_found *other = &c->sites[i];

		if (other->site.source == f->site.source && is_check(other) &&
		    other->node - f->node < 100 && f->node - other->node < 100 &&
		    !checks_is_print(s, &s->v[other->node]) && is_beside(s, f->node, other->node) &&
		    has_all(c, s, asked(c, f), asked(c, other)) &&
		    has_all(c, s, asked(c, other), asked(c, f)))
			return true;
	}
	return false;
}

/* True for "n = n + differs" if another check asks for differs. */
static bool is_asked(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	struct vspan added;

	if (!checks_adds_result(c, s, &s->v[f->node], &added))
		return false;
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_found *other = &c->sites[i];

		if (other != f && other->site.source == f->site.source && is_check(other) &&
		    !checks_adds_result(c, s, &s->v[other->node], &added) &&
		    has_all(c, s, f->condition, asked(c, other)))
			return true;
	}
	return false;
}

void checks_find_repeats(struct checks *c)
{
	struct name_map with = NAME_MAP_INIT;

	find_functions(c, &with);
	for (size_t i = 0; i < c->n_sites; i++) {
		struct check_found *f = &c->sites[i];
		const struct vstmts *s = &c->sources[f->site.source].s;

		if (!is_check(f))
			continue;
		f->site.repeats = (with.n > 0 && calls_one(s, asked(c, f), &with) &&
				   (!checks_compares(s, asked(c, f)) ||
				    checks_expects(c, s, asked(c, f)) == EXPECT_NONE) &&
				   checks_equates(c, s, asked(c, f)) == EXPECT_NONE) ||
				  is_told(c, f) || is_asked(c, f);
	}
	name_map_fini(&with);
}
