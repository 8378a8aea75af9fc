/* Questions after x, which a two-state simulation answers before it runs.
 *
 *     if (^q === 1'bx) $display("ERROR")   never true: no check of such a run
 *     wait (q === 4'bx);                   never ends
 *     while (q !== 4'bx) ...               never ends
 *
 * Verilator gives the design values in place of x, so the first proves nothing there, its
 * opposite, which wants x, fails each time, and the others explain a run that a limit stopped.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/testbench/checks_inner.h"

/* True for "q ^ q", which is 0 without x. */
static bool is_of_itself(const struct vstmts *s, const struct check_term *t)
{
	return t->gap && checks_same(s, t->left, s, t->right);
}

/* True if the condition cannot hold without x; always: if it always holds then. */
static bool asks_x(const struct vstmts *s, const struct check_cond *q, size_t i, bool always)
{
	const struct check_term *t = &q->v[i];
	bool every = (t->asks == ASKS_ALL) == always;

	if (t->asks == ASKS_X || is_of_itself(s, t))
		return (t->asks == ASKS_X) == (t->negated == always);
	if (t->asks != ASKS_ALL && t->asks != ASKS_ANY)
		return false;
	for (size_t k = i + 1; k < t->end; k = q->v[k].end)
		if (asks_x(s, q, k, always) != every)
			return !every;
	return every;
}

static bool never_holds(const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(s, cond, &q);
	return asks_x(s, &q, 0, false);
}

/* The consequent of a property: without its clock, "disable iff (...)" and the text before
 * "|->". */
static struct vspan required(const struct vstmts *s, struct vspan in)
{
	size_t i = checks_first_token(s, in), end = vstmts_token(s, in.end), from;

	if (checks_is(s, i, "@"))
		i = vstmts_behind(s, i + 1, end);
	if (checks_is(s, i, "disable") && checks_is(s, i + 1, "iff"))
		i = vstmts_behind(s, i + 2, end);
	for (from = i; i < end; i++) {
		int depth = 0;

		if (!checks_is(s, i, "|->") && !checks_is(s, i, "|=>"))
			continue;
		for (size_t k = from = i + 1; k < end && depth >= 0; k++) {
			depth += vstmts_bracket(s, k);
			end = depth < 0 ? k : end;
		}
	}
	return vstmts_span(s, from, end);
}

static bool always_holds(const struct vstmts *s, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(s, required(s, cond), &q);
	return asks_x(s, &q, 0, true);
}

/* True if the statement may give the variable a value in another way than by raising it. */
static bool may_set(const struct vstmts *s, const struct vstmt *v, struct vspan name)
{
	switch (v->kind) {
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		return checks_mentions(s, v->lhs, name) && checks_assign(s, v) != ASSIGN_RAISE;
	case VSTMT_SYSTEM:
		return !checks_is_print(s, v) && checks_mentions(s, v->all, name);
	case VSTMT_LOOP: /* its statement is a node of its own */
		return checks_mentions(s, v->head, name);
	case VSTMT_CALL:
	case VSTMT_MACRO:
	case VSTMT_ITEM:
	case VSTMT_ASSIGN:
	case VSTMT_FORCE:
	case VSTMT_DEFINE:
	case VSTMT_OTHER:
		return checks_mentions(s, v->all, name);
	default:
		return false;
	}
}

/* True for errors of "integer errors;" and "errors = errors + 1", which stays x. */
static bool stays_x(const struct checks *c, const struct check_source *src, int node, size_t token)
{
	struct vspan name = checks_token(&src->s, token);
	const struct check_var *var = checks_var_at(c, &src->s, token);

	if (!var || var->role == ROLE_NONE || !var->raised || var->zero || var->nonzero ||
	    var->other || var->compared || !(checks_facts_at(src, node, name) & NAME_X))
		return false;
	for (size_t i = 0; i < src->s.n; i++)
		if (may_set(&src->s, &src->s.v[i], name))
			return false;
	return true;
}

static bool starts_x(const struct checks *c, const struct check_found *f)
{
	const struct check_source *src = &c->sources[f->site.source];
	bool when_true;
	struct vspan in = checks_asked(c, f, &when_true);

	for (size_t i = checks_first_token(&src->s, in); checks_in_span(&src->s, i, in); i++)
		if (stays_x(c, src, f->node, i))
			return true;
	return false;
}

/* Sets only_x, wants_x and starts_x. */
static void read_site(const struct checks *c, struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	bool when_true, fails = checks_fails_by(c, f);
	struct vspan cond = checks_asked(c, f, &when_true);

	f->site.only_x = fails && (when_true ? never_holds(s, cond) : always_holds(s, cond));
	f->site.wants_x = fails && (when_true ? always_holds(s, cond) : never_holds(s, cond));
	f->site.starts_x = f->site.kind == CHECK_REPORT && starts_x(c, f);
}

/* "wait (q === 4'bx)", without which the run does not go on; ranks above an `if`. */
static bool waits(const struct vstmts *s, const struct vstmt *v)
{
	size_t i = vstmts_token(s, v->head.off);

	if (v->kind != VSTMT_PREFIX || !checks_is(s, i, "wait"))
		return v->kind == VSTMT_LOOP && always_holds(s, v->head);
	return never_holds(s, vstmts_span(s, i + 1, vstmts_token(s, v->head.end)));
}

/* What is not set -------------------------------------------------------------------- */

struct unset { /* names in the design */
	struct name_map registers, memories, settled;
};

/* "reg [7:0] m [0:3], n = 0;": m is a memory, n starts with a value. */
static void declared(struct unset *u, const struct vstmts *s, const struct vstmt *v)
{
	size_t at = checks_first_token(s, v->all);
	struct check_declared d = { 0 };

	while (checks_next_declared(s, v->all, &at, &d)) {
		if (d.array)
			checks_put(&u->memories, s, checks_token(s, d.token));
		else if (d.value.end)
			checks_put(&u->settled, s, checks_token(s, d.token));
	}
}

static void assigned(const struct checks *c, struct unset *u, const struct vstmts *s, int i)
{
	const struct vstmt *v = &s->v[i];
	struct vspan name = checks_last_name(s, v->lhs);

	if (!checks_may_change(c, s, v->rhs) || vstmts_around(s, i, VSTMT_ALWAYS) < 0)
		checks_put(&u->settled, s, name);
	else if (v->kind == VSTMT_NONBLOCKING)
		checks_put(&u->registers, s, name);
}

static bool is_in(const struct name_map *m, const struct name_slot *slot)
{
	return name_map_has(m, slot->key, slot->len);
}

enum checks_unset checks_unset(const struct checks *c)
{
	struct unset u = { NAME_MAP_INIT, NAME_MAP_INIT, NAME_MAP_INIT };
	bool registers = false, memories = false;

	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			const struct vstmt *v = &s->v[i];

			if ((v->kind == VSTMT_SYSTEM || v->kind == VSTMT_FORCE) &&
			    !checks_is_print(s, v))
				for (size_t t = checks_first_token(s, v->head);
				     checks_in_span(s, t, v->head); t++)
					checks_put(&u.settled, s, checks_token(s, t));
			if (checks_in_bench(&c->sources[k], i))
				continue;
			if (v->kind == VSTMT_DECL)
				declared(&u, s, v);
			else if (v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING)
				assigned(c, &u, s, i);
		}
	}
	for (size_t i = 0; i < u.registers.cap; i++)
		registers |= u.registers.slots[i].key &&
			     !is_in(&u.settled, &u.registers.slots[i]) &&
			     !is_in(&u.memories, &u.registers.slots[i]);
	for (size_t i = 0; i < u.memories.cap; i++)
		memories |= u.memories.slots[i].key && !is_in(&u.settled, &u.memories.slots[i]);
	name_map_fini(&u.registers);
	name_map_fini(&u.memories);
	name_map_fini(&u.settled);
	return registers == memories ? UNSET_UNKNOWN : registers ? UNSET_REGISTER : UNSET_MEMORY;
}

/* How much of the run depends on the question for x at node i; 0: none is there. */
static int rank(const struct checks *c, const struct check_source *src, int i)
{
	const struct vstmts *s = &src->s;

	if (waits(s, &s->v[i]))
		return 3;
	if (s->v[i].kind != VSTMT_IF || !never_holds(s, s->v[i].head))
		return 0;
	/* "if (vectors[n] === 4'bx) begin ... $finish; end", without which it does not end; one
	 * that fails is a check of the design's, not an end of the vectors. */
	return checks_ends_run(s, i) && !(checks_effects_then(c, src, i + 1) & EFFECT_FAILS) ? 2
											     : 1;
}

void checks_read_unknown(struct checks *c)
{
	int best = 0;

	for (size_t i = 0; i < c->n_sites; i++)
		read_site(c, &c->sites[i]);
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (int i = 0; i < (int)s->n && best < 3; i++) {
			int this = rank(c, &c->sources[k], i);

			if (this <= best)
				continue;
			best = this;
			free(c->x_text);
			c->x_path = c->sources[k].path;
			c->x_line = s->v[i].line;
			c->x_text = checks_text(s, s->v[i].head);
		}
	}
	c->x_ends = best > 1;
}
