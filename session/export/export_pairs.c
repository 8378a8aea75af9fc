/* --pairs and --sft: what users took and refused, for training. */
#include "config.h"

#include "session/export/export.h"

#include <stdlib.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/export/export_row.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/verdict/run.h"

static void lines(const struct story_lines *l, bool *any, struct str *out)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct story_line *x = &l->v[i];

		if (x->sign != '+' && x->sign != '-')
			continue;
		if (x->decision == DECISION_OPEN) /* covered by the suggestion that continues it */
			continue;
		str_addf(out, "%s{\"sign\":\"%c\",\"decision\":\"%s\",\"t\":%llu", *any ? "," : "",
			 x->sign, export_fate(x->decision, x->edited), (unsigned long long)x->t_ms);
		row_str(out, "text", &x->text);
		if (x->edited)
			row_str(out, "was", &x->was);
		str_addc(out, '}');
		*any = true;
	}
}

/* Lines of all suggestions of a chain, first to last. */
static void all_lines(const struct story *s, const struct story_suggestion *x, bool *any,
		      struct str *out)
{
	const struct story_suggestion **way = NULL;
	size_t n = 0, cap = 0;

	for (;; x = &s->suggestions[x->rest_of]) {
		MEM_PUSH(way, n, cap, x);
		if (x->rest_of == STORY_NONE)
			break;
	}
	while (n)
		lines(&way[--n]->lines, any, out);
	free(way);
}

size_t export_pairs(const struct story *s, const struct export_context *c, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; s->consent && i < s->n_suggestions; i++) {
		struct row_chain x;
		bool any = false;

		if (!row_chain(s, i, &x) || x.refused + x.edited == 0)
			continue;
		row_head(s, c, &x, out);
		row_str(out, "base", &x.first->base);
		row_str(out, "chosen", &x.last->written);
		row_str(out, "rejected", &x.first->proposed);
		str_addf(
			out,
			",\"taken\":%zu,\"refused\":%zu,\"rewritten\":%zu,\"open\":%zu,\"lines\":[",
			x.taken, x.refused, x.edited, x.last->open);
		all_lines(s, x.last, &any, out);
		str_addc(out, ']');
		row_verdicts(s, x.last, out);
		row_rewards(s, &x, out);
		row_from(s, c, x.last, out);
		str_adds(out, "}\n");
		n++;
	}
	return n;
}

/* Why it is worth learning from; NULL: it is not. A failed simulation outweighs a
 * clean lint. */
static const char *reason(const struct story *s, const struct story_suggestion *x)
{
	const char *verdict = x->run == STORY_NONE ? "" : str_cstr(&s->runs[x->run].verdict);
	enum verdict v;

	if (verdict_is(verdict, VERDICT_PASS))
		return "simulation passed";
	if (verdict_is(verdict, VERDICT_FAIL) ||
	    (verdict_parse(verdict, &v) && verdict_is_broken(v)))
		return NULL;
	return x->lint != STORY_NONE && story_lint_clean(&s->lints[x->lint]) ? "lint clean" : NULL;
}

size_t export_sft(const struct story *s, const struct export_context *c, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; s->consent && i < s->n_suggestions; i++) {
		const char *because;
		struct row_chain x;

		if (!row_chain(s, i, &x) || x.refused + x.edited + x.last->open ||
		    !(because = reason(s, x.last)))
			continue;
		row_head(s, c, &x, out);
		row_str(out, "completion", &x.last->written);
		json_add_text(out, "because", because);
		row_verdicts(s, x.last, out);
		row_rewards(s, &x, out);
		row_from(s, c, x.last, out);
		str_adds(out, "}\n");
		n++;
	}
	return n;
}
