/* --repairs: how a file was repaired, answer by answer.
 *
 * A chain begins with text written from an answer that did not pass, and continues
 * with what later answers wrote to the same file, until one passes or there are no
 * more. Each step has its own score, and one traced back from the end: a step that
 * led to a good end was better than its own findings show,
 *
 *	traced(last) = score(last)
 *	traced(i)    = (score(i) + traced(i + 1)) / 2
 *
 * which is the value of the step as an example.
 */
#include "config.h"

#include "session/export/export.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/export/export_row.h"
#include "session/export/story.h"

#define STEPS_MAX 64u

struct steps {
	struct row_chain v[STEPS_MAX];
	size_t at[STEPS_MAX]; /* per step, the suggestion that ends it */
	size_t n;
};

static bool good(const struct story *s, const struct row_chain *x)
{
	return row_reward(s, x).function == 1000;
}

/* Collects what was written to that file after i, as later steps. */
static void follow(const struct story *s, size_t i, struct steps *out)
{
	struct row_chain x;

	out->n = 0;
	for (; i < s->n_suggestions && out->n < STEPS_MAX; i++) {
		if (!row_chain(s, i, &x) ||
		    (out->n && strcmp(x.last->path, out->v[0].last->path) != 0))
			continue;
		out->at[out->n] = i;
		out->v[out->n++] = x;
		if (good(s, &x))
			return;
	}
}

static void step(const struct story *s, const struct row_chain *x, int traced, struct str *out)
{
	const struct story_ask *a = x->ask;
	const struct row_reward r = row_reward(s, x);

	str_addf(out, "{\"suggestion\":%llu", (unsigned long long)x->first->n);
	json_add_text(out, "model", row_model(x));
	row_str(out, "prompt", a->prompt.len ? &a->prompt : &a->question);
	row_str(out, "proposed", &x->first->proposed);
	row_str(out, "written", &x->last->written);
	row_verdicts(s, x->last, out);
	row_judged(s, x->last, out);
	row_rewards(s, x, out);
	str_addc(out, ',');
	row_number(out, "score", r.score);
	str_addc(out, ',');
	row_number(out, "traced", traced);
	str_addc(out, '}');
}

static void chain(const struct story *s, const struct export_context *c, const struct steps *all,
		  struct str *out)
{
	const struct row_chain *last = &all->v[all->n - 1];
	int traced[STEPS_MAX] = { 0 };

	for (size_t i = all->n; i-- > 0;) {
		int own = row_reward(s, &all->v[i]).score;

		traced[i] = i + 1 == all->n ? own : (own + traced[i + 1]) / 2;
	}
	row_head(s, c, &all->v[0], out);
	row_str(out, "base", &all->v[0].first->base);
	str_addf(out, ",\"repaired\":%s,\"steps\":[", good(s, last) ? "true" : "false");
	for (size_t i = 0; i < all->n; i++) {
		str_adds(out, i ? "," : "");
		step(s, &all->v[i], traced[i], out);
	}
	str_addc(out, ']');
	row_from(s, c, last->last, out);
	str_adds(out, "}\n");
}

size_t export_repairs(const struct story *s, const struct export_context *c, struct str *out)
{
	bool *done = mem_calloc(s->n_suggestions + 1, sizeof(*done));
	size_t n = 0;

	for (size_t i = 0; s->consent && i < s->n_suggestions; i++) {
		struct row_chain x;
		struct steps all;

		if (done[i] || !row_chain(s, i, &x) || good(s, &x))
			continue;
		follow(s, i, &all);
		for (size_t k = 0; k < all.n; k++)
			done[all.at[k]] = true;
		if (all.n < 2)
			continue;
		chain(s, c, &all, out);
		n++;
	}
	free(done);
	return n;
}
