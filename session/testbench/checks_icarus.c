/* Replaces constructs that Icarus 11 gets wrong, on the same line and only in the copy
 * that counts:
 *
 *     foreach (q[k]) s                begin if ($size(q) > 0) foreach (q[k]) s end
 *         With an empty queue or dynamic array it does not end.
 *     $countones(a ^ b)               $countones($unsigned(a ^ b) | 1024'd0)
 *         Of an expression it also reads what stands above its bits in the last word
 *         of 32: not the same from run to run. So do $isunknown and $onehot. A name
 *         by itself is read properly.
 *     n[1]++; n[1] += e;              n[1] = n[1] + 1; n[1] = n[1] + (e);
 *         Below an `if` the word may stay as it was, and of a dynamic array it crashes.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

/* The names of what is declared as "q[$]" or "q[]". */
static void read_open(const struct vstmts *s, struct name_map *open)
{
	for (size_t i = 0; i + 2 < s->n_tokens; i++)
		if (checks_is(s, i + 1, "[") &&
		    (checks_is(s, i + 2, "$") || checks_is(s, i + 2, "]")))
			checks_put(open, s, checks_token(s, i));
}

static void mend_foreach(const struct vstmts *s, int i, const struct name_map *queues,
			 struct edits *e)
{
	struct vspan head = s->v[i].head, array = head, name;
	size_t t = checks_first_token(s, head), open = s->n_tokens;
	struct wrap *w;

	for (; checks_in_span(s, t, head); t++)
		if (checks_is(s, t, "["))
			open = t;
	if (open == s->n_tokens)
		return;
	array.end = s->tokens[open].off;
	name = checks_last_name(s, array);
	if (name.off == name.end || !checks_has(queues, s, name))
		return;
	w = checks_wrap(e, s->v[i].all);
	str_adds(&w->open, "begin if ($size(");
	checks_add_tokens(s, array, &w->open);
	str_adds(&w->open, ") > 0) ");
	str_adds(&w->close, checks_ends_statement(s, s->v[i].all) ? " end" : "; end");
}

/* The operator of such a statement: "++", "+=" and the like; n_tokens: it is another one. */
static size_t operator_of(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const calls[] = { "(", NULL };
	size_t first = checks_first_token(s, v->lhs), op = vstmts_token(s, v->lhs.end);

	if (v->kind != VSTMT_BLOCKING || v->lhs.off == v->lhs.end ||
	    s->text[v->lhs.end - 1] != ']' || s->tokens[first].kind != VTOKEN_NAME ||
	    checks_has_any(s, v->lhs, calls))
		return s->n_tokens;
	if (v->rhs.off == v->rhs.end && first > 0 &&
	    (checks_is(s, first - 1, "++") || checks_is(s, first - 1, "--")))
		return first - 1;
	return op < s->n_tokens && s->tokens[op].len > 1 && !checks_is(s, op, "<=") ? op
										    : s->n_tokens;
}

static void mend_word(const struct vstmts *s, const struct vstmt *v, struct edits *e)
{
	size_t op = operator_of(s, v);
	struct vspan at;
	struct wrap *w;

	if (op >= s->n_tokens)
		return;
	at = checks_token(s, op);
	w = checks_wrap(e, at);
	w->drop = true;
	if (at.off < v->lhs.off) /* ++n[1] */
		w = checks_wrap(e, v->lhs);
	str_adds(&w->close, " = ");
	checks_add_tokens(s, v->lhs, &w->close);
	str_add(&w->close, s->text + at.off, at.end - at.off - 1);
	if (v->rhs.off == v->rhs.end) {
		str_adds(&w->close, " 1");
		return;
	}
	w = checks_wrap(e, v->rhs);
	str_adds(&w->open, " (");
	str_adds(&w->close, ")");
}

void checks_mend_icarus(const struct vstmts *s, struct edits *e)
{
	struct name_map queues = { 0 };
	struct vspan in;

	read_open(s, &queues);
	for (int i = 0; i < (int)s->n; i++)
		if (s->v[i].kind == VSTMT_LOOP && !s->v[i].generate &&
		    vspan_is(s, s->v[i].name, "foreach"))
			mend_foreach(s, i, &queues, e);
		else
			mend_word(s, &s->v[i], e);
	name_map_fini(&queues);
	for (size_t i = 0; i < s->n_tokens; i++) {
		struct wrap *w = checks_counts_bits(s, i, &in) ? checks_wrap(e, in) : NULL;

		if (!w)
			continue;
		str_adds(&w->open, CHECKS_BITS_OPEN);
		str_adds(&w->close, CHECKS_BITS_CLOSE);
	}
}
