/* When a condition compares. Some of its operands only say when, see checks_when.c, and
 * where they do not hold the others are not asked:
 *
 *     if ($time > 0 && q !== e)      compares when $time > 0
 *     assert (!go || q === e)        compares when !( !go )
 *
 * So that a check counts as made only if it was: one that is asked at no time but 0 must
 * not be the one that a PASS rests on.
 */
#include "config.h"

#include <stdlib.h>

#include "session/testbench/checks_inner.h"

struct vspan checks_asked(const struct checks *c, const struct check_found *f, bool *when_true)
{
	const struct vstmts *s = &c->sources[f->site.source].s;
	const struct vstmt *v = &s->v[f->node];

	*when_true = f->inverse;
	if (f->condition.off < f->condition.end)
		return f->condition;
	if (v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING)
		return v->rhs;
	*when_true = v->kind == VSTMT_IF && !f->fails_else && f->fails >= 0 &&
		     s->v[f->fails].role == VROLE_THEN;
	return v->head;
}

bool checks_fails_by(const struct checks *c, const struct check_found *f)
{
	enum vstmt_kind kind = c->sources[f->site.source].s.v[f->node].kind;

	return kind == VSTMT_ASSERT || kind == VSTMT_PROPERTY ||
	       f->condition.off < f->condition.end ||
	       (kind == VSTMT_IF && (f->fails_else || f->fails >= 0));
}

/* shown: as a person reads it. */
static void add_term(const struct vstmts *s, struct vspan part, bool when_true, bool shown,
		     struct str *out)
{
	char *text = shown ? checks_text(s, part) : NULL;

	str_adds(out, when_true ? "" : "!");
	str_adds(out, shown && when_true ? "" : "(");
	if (shown)
		str_adds(out, text);
	else
		checks_add_tokens(s, part, out);
	str_adds(out, shown && when_true ? "" : ")");
	free(text);
}

static bool read_gate(const struct checks *c, const struct check_found *f, bool shown,
		      struct str *out)
{
	const struct check_source *src = &c->sources[f->site.source];
	const struct vstmts *s = &src->s;
	struct vspan in, part;
	size_t at, start = out->len, compares = 0, terms = 0;
	bool when_true;

	if (!checks_fails_by(c, f) || s->v[f->node].kind == VSTMT_PROPERTY)
		return false;
	in = checks_unwrapped(s, checks_asked(c, f, &when_true));
	at = checks_first_token(s, in);
	while (checks_next_part(s, in, when_true ? "&&" : "||", &at, &part)) {
		if (!checks_says_when(c, src, f->node, part) || !checks_is_pure(c, s, part)) {
			compares++;
			continue;
		}
		str_adds(out, terms++ ? " && " : "");
		add_term(s, part, when_true, shown, out);
	}
	if (terms && compares)
		return true;
	str_cut(out, start);
	return false;
}

bool checks_gate(const struct checks *c, const struct check_found *f, struct str *out)
{
	return read_gate(c, f, false, out);
}

void checks_read_gate(struct checks *c)
{
	struct str text = STR_INIT;
	size_t n = 0, only = 0;

	for (size_t i = 0; i < c->n_sites; i++)
		if (checks_compares_at(&c->sites[i].site)) {
			only = i;
			n++;
		}
	if (n == 1 && read_gate(c, &c->sites[only], true, &text))
		c->gate = str_take(&text);
	str_free(&text);
}
