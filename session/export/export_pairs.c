/* --pairs and --sft: what people took and refused, for training.
 *
 * A suggestion of which a part was decided on and the rest left open goes on
 * as another one: such a chain is one record, from what the model proposed to
 * what was written in the end. Suggestions that came from no answer (a diff
 * from elsewhere) have no prompt and make none.
 */
#include "config.h"

#include "session/export/export.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/verdict/diag.h"
#include "session/verdict/run.h"

struct chain {
	const struct story_suggestion *first, *last;
	size_t taken, refused, edited;
};

/* Whether the last decision of a chain was made in suggestion i; the chain then. */
static bool chain_of(const struct story *s, size_t i, struct chain *c)
{
	const struct story_suggestion *x = &s->suggestions[i];

	*c = (struct chain){ .first = x, .last = x };
	if (x->ask == STORY_NONE || x->in_place || x->incomplete || !x->decided)
		return false;
	for (size_t k = x->rest; k != STORY_NONE; k = s->suggestions[k].rest)
		if (s->suggestions[k].decided)
			return false;
	for (;;) {
		c->taken += c->first->taken;
		c->refused += c->first->refused;
		c->edited += c->first->edited;
		if (c->first->rest_of == STORY_NONE)
			break;
		c->first = &s->suggestions[c->first->rest_of];
	}
	return c->taken > 0;
}

static void member(struct str *out, const char *name, const struct str *value)
{
	str_addf(out, ",\"%s\":", name);
	json_quote(out, str_cstr(value), value->len);
}

static void member_c(struct str *out, const char *name, const char *value)
{
	str_addf(out, ",\"%s\":", name);
	json_quote(out, value, strlen(value));
}

static void verdicts(const struct story *s, const struct story_suggestion *x, struct str *out)
{
	const struct story_lint *l = x->lint == STORY_NONE ? NULL : &s->lints[x->lint];
	const struct story_run *r = x->run == STORY_NONE ? NULL : &s->runs[x->run];

	if (l && l->error.len == 0)
		str_addf(out, ",\"lint\":{\"errors\":%zu,\"risks\":%zu,\"style\":%zu}",
			 diag_list_count(l->found, DIAG_ERROR),
			 diag_list_count(l->found, DIAG_RISK),
			 diag_list_count(l->found, DIAG_STYLE));
	else
		str_adds(out, ",\"lint\":null");
	if (r && r->ended_ms) {
		str_adds(out, ",\"simulation\":{\"verdict\":");
		json_quote(out, str_cstr(&r->verdict), r->verdict.len);
		if (r->checks >= 0)
			str_addf(out, ",\"checks\":%lld", (long long)r->checks);
		str_addf(out, ",\"failures\":%llu", (unsigned long long)r->failures);
		member(out, "first", &r->first);
		str_addc(out, '}');
	} else {
		str_adds(out, ",\"simulation\":null");
	}
}

/* Opens the record: whom it is from, and what was asked. */
static void head(const struct story *s, const struct export_context *c, const struct chain *x,
		 struct str *out)
{
	const struct story_ask *a = &s->asks[x->first->ask];

	str_adds(out, "{\"session\":");
	json_quote(out, s->id, strlen(s->id));
	member_c(out, "project", c->title);
	str_addf(out, ",\"suggestion\":%llu,\"consent\":true", (unsigned long long)x->first->n);
	member(out, "backend", &a->backend);
	member_c(out, "model", x->first->by);
	member_c(out, "path", x->first->path);
	member(out, "question", &a->question);
	member(out, "prompt", a->prompt.len ? &a->prompt : &a->question);
}

static void lines(const struct story_lines *l, bool *any, struct str *out)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct story_line *x = &l->v[i];

		if (x->sign != '+' && x->sign != '-')
			continue;
		if (x->decision == DECISION_OPEN) /* told by the suggestion that it went on as */
			continue;
		str_addf(out, "%s{\"sign\":\"%c\",\"decision\":\"%s\",\"t\":%llu", *any ? "," : "",
			 x->sign, export_fate(x->decision, x->edited), (unsigned long long)x->t_ms);
		member(out, "text", &x->text);
		if (x->edited)
			member(out, "was", &x->was);
		str_addc(out, '}');
		*any = true;
	}
}

/* From the first of a chain to the last. */
static void all_lines(const struct story *s, const struct story_suggestion *x, bool *any,
		      struct str *out)
{
	const struct story_suggestion **way = NULL;
	size_t n = 0, cap = 0;

	for (;; x = &s->suggestions[x->rest_of]) {
		cap = mem_grow((void **)&way, cap, n + 1, sizeof(*way));
		way[n++] = x;
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
		struct chain x;
		bool any = false;

		if (!chain_of(s, i, &x) || x.refused + x.edited == 0)
			continue;
		head(s, c, &x, out);
		member(out, "base", &x.first->base);
		member(out, "chosen", &x.last->written);
		member(out, "rejected", &x.first->proposed);
		str_addf(
			out,
			",\"taken\":%zu,\"refused\":%zu,\"rewritten\":%zu,\"open\":%zu,\"lines\":[",
			x.taken, x.refused, x.edited, x.last->open);
		all_lines(s, x.last, &any, out);
		str_addc(out, ']');
		verdicts(s, x.last, out);
		str_adds(out, "}\n");
		n++;
	}
	return n;
}

/* Why it is worth learning from; NULL: it is not. A simulation that failed says
 * more than a clean lint. */
static const char *reason(const struct story *s, const struct story_suggestion *x)
{
	const char *verdict = x->run == STORY_NONE ? "" : str_cstr(&s->runs[x->run].verdict);
	enum verdict v;

	if (strcmp(verdict, "pass") == 0)
		return "simulation passed";
	if (strcmp(verdict, "fail") == 0 || (verdict_parse(verdict, &v) && verdict_is_broken(v)))
		return NULL;
	return x->lint != STORY_NONE && story_lint_clean(&s->lints[x->lint]) ? "lint clean" : NULL;
}

size_t export_sft(const struct story *s, const struct export_context *c, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; s->consent && i < s->n_suggestions; i++) {
		const char *because;
		struct chain x;

		if (!chain_of(s, i, &x) || x.refused + x.edited + x.last->open ||
		    !(because = reason(s, x.last)))
			continue;
		head(s, c, &x, out);
		member(out, "completion", &x.last->written);
		member_c(out, "because", because);
		verdicts(s, x.last, out);
		str_adds(out, "}\n");
		n++;
	}
	return n;
}
