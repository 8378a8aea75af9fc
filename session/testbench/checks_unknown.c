/* Questions after x, which a two-state simulation answers before it runs.
 *
 *     if (^q === 1'bx) $display("ERROR")   never true: no check of such a run
 *     wait (q === 4'bx);                   never ends
 *     while (q !== 4'bx) ...               never ends
 *
 * Verilator gives the design values in place of x, so the first proves nothing there
 * and the others explain a run that a limit stopped.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/testbench/checks_inner.h"

static bool is_x(const struct vstmts *s, size_t token)
{
	const struct vstmt_token *t = &s->tokens[token];
	const char *base = token < s->n_tokens && t->kind == VTOKEN_NUMBER
				   ? memchr(s->text + t->off, '\'', t->len)
				   : NULL;
	size_t left = base ? t->len - (size_t)(base - (s->text + t->off)) : 0;

	return base && (memchr(base, 'x', left) || memchr(base, 'X', left));
}

static bool ends_operand(const struct vstmts *s, size_t token)
{
	return s->tokens[token].kind == VTOKEN_NAME || s->tokens[token].kind == VTOKEN_NUMBER ||
	       checks_is(s, token, ")") || checks_is(s, token, "]") || checks_is(s, token, "}");
}

static bool compares_x(const struct vstmts *s, struct vspan cond, const char *op)
{
	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++)
		if (checks_is(s, i, op) &&
		    (is_x(s, i + 1) ||
		     (i > 0 && s->tokens[i - 1].off >= cond.off && is_x(s, i - 1))))
			return true;
	return false;
}

/* True if the condition is more than one question: "(q === 1'bx) | (q !== w)", or asks what
 * came out of one: "$isunknown(q) == 0". A `|` after an operand joins, else it reduces. */
static bool is_joined(const struct vstmts *s, struct vspan cond, const char *const *ops)
{
	static const char *const bits[] = { "|", "&", "^", NULL };

	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++) {
		bool after = i > 0 && s->tokens[i - 1].off >= cond.off;

		if (checks_is_any(s, i, ops) ||
		    (after && checks_is_any(s, i, bits) && ends_operand(s, i - 1)) ||
		    (after && checks_is_any(s, i, checks_equal) && checks_is(s, i - 1, ")") &&
		     !is_x(s, i + 1)))
			return true;
	}
	return false;
}

/* True for "(q ^ q) !== 0", which is 0 without x. */
static bool xors_itself(const struct vstmts *s, struct vspan cond, bool *differs)
{
	size_t i;

	checks_peel(s, &cond, differs);
	i = checks_first_token(s, cond);
	return checks_in_span(s, i + 2, cond) && !checks_in_span(s, i + 3, cond) &&
	       checks_is(s, i + 1, "^") && s->tokens[i].kind == VTOKEN_NAME &&
	       checks_same(s, checks_token(s, i), s, checks_token(s, i + 2));
}

/* True if the condition cannot hold without x. */
static bool never_holds(const struct vstmts *s, struct vspan cond)
{
	static const char *const either[] = { "||", "?", NULL }, *const not [] = { "!", "~", NULL };
	bool asks = compares_x(s, cond, "==="), differs;

	if (xors_itself(s, cond, &differs))
		return differs;
	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++) {
		bool negated = i > 0 && checks_is_any(s, i - 1, not );

		if (negated && checks_is(s, i, "("))
			return false;
		asks |= !negated && checks_is(s, i, "$isunknown");
	}
	return asks && !is_joined(s, cond, either);
}

/* True if the condition always holds without x: a single "q !== x", "!$isunknown(q)",
 * or a property that requires only that of what it implies. */
static bool always_holds(const struct vstmts *s, struct vspan cond)
{
	static const char *const others[] = { "&&", "||", "?", NULL };
	bool differs;

	if (xors_itself(s, cond, &differs))
		return !differs;
	for (size_t i = checks_first_token(s, cond); checks_in_span(s, i, cond); i++)
		if (checks_is(s, i, "|->") || checks_is(s, i, "|=>") || checks_is(s, i, ")"))
			if (checks_is(s, i + 1, "!") && checks_is(s, i + 2, "$isunknown"))
				cond.off = s->tokens[i + 1].off;
	if (is_joined(s, cond, others))
		return false;
	return compares_x(s, cond, "!==") ||
	       (checks_is(s, checks_first_token(s, cond), "!") &&
		checks_is(s, checks_first_token(s, cond) + 1, "$isunknown"));
}

static bool is_only_x(const struct checks *c, const struct check_found *f)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	const struct vstmt *v = &s->v[f->node];

	if (f->site.kind == CHECK_ASSERT || f->site.kind == CHECK_PROPERTY)
		return always_holds(s, v->head);
	if (v->kind != VSTMT_IF)
		return false;
	if (f->fails_else || (f->fails >= 0 && s->v[f->fails].role == VROLE_ELSE))
		return always_holds(s, v->head);
	return never_holds(s, v->head);
}

/* "wait (q === 4'bx)", without which the run does not go on; ranks above an `if`. */
static bool waits(const struct vstmts *s, const struct vstmt *v)
{
	return (v->kind == VSTMT_PREFIX && checks_is(s, vstmts_token(s, v->head.off), "wait") &&
		never_holds(s, v->head)) ||
	       (v->kind == VSTMT_LOOP && always_holds(s, v->head));
}

/* What is not set -------------------------------------------------------------------- */

struct unset { /* names in the design */
	struct name_map registers, memories, settled;
};

/* "reg [7:0] m [0:3], n = 0;": m is a memory, n starts with a value. */
static void declared(struct unset *u, const struct vstmts *s, const struct vstmt *v)
{
	for (size_t i = checks_first_token(s, v->all); checks_in_span(s, i + 1, v->all); i++) {
		struct vspan name = checks_token(s, i);

		if (s->tokens[i].kind != VTOKEN_NAME)
			continue;
		if (checks_is(s, i + 1, "["))
			checks_put(&u->memories, s, name);
		else if (checks_is(s, i + 1, "="))
			checks_put(&u->settled, s, name);
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
		c->sites[i].site.only_x = is_only_x(c, &c->sites[i]);
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
