/* solve: several candidates for a module, judged by tools; one goes to review.
 *
 *	task --> as it is --> candidates, a pair, then one by one --> strength --> size --> pick
 *	                        ^  lint, simulation     |
 *	                        +---- what next? -------+
 *
 * The best candidate so far is always kept as a suggestion and is replaced only by a
 * better one. So whatever ends the flow loses at most the candidate in progress.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/flow_rows.h"
#include "session/flow/solve_steps.h"
#include "session/option/opt.h"
#include "session/workbench/report.h"
#include "session/workbench/workbench.h"

static void solving_fini(void *own)
{
	struct solving *g = own;

	for (size_t i = 0; i < g->n; i++) {
		str_free(&g->v[i].text);
		str_free(&g->v[i].said);
		str_free(&g->v[i].note);
		free(g->v[i].backend);
	}
	free(g->module);
	free(g->path);
	free(g->testbench);
	str_free(&g->file);
	str_free(&g->spec);
	strv_free(&g->others);
}

/* Reporting ------------------------------------------------------------------------------ */

static void add_summary(const struct solving *g, struct str *out)
{
	solving_table(g, out);
	if (!g->testbench)
		str_addf(out,
			 "no testbench instantiates %s: whether it does what it should is not "
			 "known\n",
			 g->module);
	solving_sum(g, out);
}

static void tell(const struct flow *f, struct str *out)
{
	const struct solving *g = f->own;
	const struct solve_score *s = g->n ? &g->v[g->best].score : NULL;

	if (!g->n)
		return;
	if (g->n > 1 || g->v[0].judged)
		add_summary(g, out);
	f->out->end = g->bounded						  ? FLOW_BOUND
		      : s->passes || (!g->testbench && s->has_code && !s->errors) ? FLOW_DONE
										  : FLOW_FOUND;
}

/* Candidates ---------------------------------------------------------------------------- */

struct judging {
	struct flow *f;
	struct candidate *c;
	char name[24];
	struct err why;
};

static void judge_one(void *ctx)
{
	struct judging *j = ctx;

	solving_judge(j->f, j->c, j->name, &j->why);
	j->c->judged = j->why.code != ERR_CANCELLED;
}

static void take_twin(struct solving *g, struct candidate *c)
{
	const struct candidate *t = &g->v[c->twin == SIZE_MAX ? 0 : c->twin];

	c->score = t->score;
	c->judged = t->judged;
}

/* Judges the candidates from index from on, of which there are at most two, at the same time. */
static bool judge(struct flow *f, size_t from, struct err *err)
{
	struct solving *g = f->own;
	struct judging j[2];
	size_t n = 0;
	bool ok = true;

	for (size_t i = from; i < g->n && n < 2; i++)
		if (!g->v[i].twin) {
			j[n] = (struct judging){ .f = f, .c = &g->v[i] };
			solving_name(i, j[n++].name);
		}
	if (n == 2)
		ok = flow_both(f, judge_one, (void *const[]){ &j[0], &j[1] }, err);
	else if (n == 1)
		judge_one(&j[0]);
	for (size_t i = from; i < g->n; i++)
		if (g->v[i].twin)
			take_twin(g, &g->v[i]);
	for (size_t i = 0; ok && i < n; i++)
		if (j[i].why.code == ERR_CANCELLED)
			ok = err_set(err, ERR_CANCELLED, "%s", j[i].why.text);
	return ok;
}

static bool as_it_is(struct flow *f, struct str *said, struct err *err)
{
	struct solving *g = f->own;

	if (!g->v[0].score.has_code) {
		str_adds(said, "there is no such module yet\n");
		return true;
	}
	if (!judge(f, 0, err))
		return false;
	solve_brief(&g->v[0].score, false, said);
	str_addc(said, '\n');
	if (solve_green(&g->v[0].score) && !g->all)
		str_addf(said, "nothing is left to mend (--all asks all the same)\n");
	return true;
}

static bool keep_best(struct flow *f, struct err *err)
{
	const struct solving *g = f->own;
	const struct candidate *c = &g->v[g->best];

	return g->best == 0 || !c->score.has_code ||
	       flow_propose(f, g->path, g->there ? &g->file : NULL, str_cstr(&c->text), c->text.len,
			    err);
}

/* The first round is a pair, which shows how hard the task is; the next rounds are
 * single candidates that build on the results. */
static bool one_round(struct flow *f, struct solve_history *h, enum solve_effort effort,
		      struct err *err)
{
	struct solving *g = f->own;
	size_t from = g->n, before = g->best;
	unsigned width = h->tried == 0 || h->green ? 2 : 1;
	bool ok = true;

	for (unsigned i = 0; ok && i < width && h->tried < h->most; i++) {
		size_t mends = h->green		      ? 0
			       : g->best	      ? g->best
			       : from > 1 && !g->best ? from - 1
						      : 0;

		ok = solving_ask(f, effort, i || from == 1 ? 0 : mends, err);
		h->tried += ok;
	}
	if (!ok && err->code == ERR_CANCELLED)
		return false;
	/* Candidates that arrived before a bound or a failure are judged anyway, and of a pair
	 * whose judging was cancelled one may be done. */
	ok = judge(f, from, ok ? err : NULL) && ok;
	solving_rank(g);
	h->raised = g->best != before;
	h->last = effort;
	return keep_best(f, ok ? err : NULL) && ok;
}

/* True if a candidate is clean according to the linter. Without a testbench nothing
 * better is possible. */
static bool has_clean(const struct solving *g)
{
	for (size_t i = 1; i < g->n; i++)
		if (g->v[i].score.has_code && g->v[i].score.linted && !g->v[i].score.errors &&
		    !g->v[i].score.risks)
			return true;
	return false;
}

static void look_back(const struct solving *g, struct solve_history *h)
{
	const struct solve_score *s = &g->v[g->best].score;

	h->green = g->testbench ? solve_green(s) : has_clean(g);
	h->wrong = s->has_code && !s->errors && !s->passes;
}

static bool candidates(struct flow *f, struct str *said, struct err *err)
{
	struct solving *g = f->own;
	struct solve_history h = { .most = g->most,
				   .all = g->all,
				   .can_escalate = f->w->options->backend_escalate[0] != '\0' };
	enum solve_effort effort;
	bool ok = true;

	g->can_escalate = h.can_escalate;
	for (look_back(g, &h); ok; look_back(g, &h)) {
		g->stop = solve_next(&h, &effort);
		if (g->stop != SOLVE_ON)
			break;
		ok = one_round(f, &h, effort, err);
	}
	if (!ok && err->code == ERR_LIMIT && f->out->stopped.len) {
		g->bounded = true; /* the flow goes on to measure and pick what it has */
		ok = true;
	}
	solving_sum(g, said);
	solving_table(g, said);
	return ok;
}

/* The choice ---------------------------------------------------------------------------- */

static bool table(struct flow *f, struct str *said, struct err *err)
{
	const struct solving *g = f->own;
	char name[24];

	solving_tell_json(f);
	solving_name(g->best, name);
	str_addf(said, "the best is %s: ", name);
	solve_brief(&g->v[g->best].score, solving_shows_size(g), said);
	str_addc(said, '\n');
	add_summary(g, said);
	return g->n > 1 ? keep_best(f, err) : true;
}

/* Lists the candidates a person may choose; the caller adds a last option for none. */
static size_t list(const struct solving *g, size_t at[SOLVE_MAX + 1], char *options[])
{
	size_t n = 0;

	for (size_t i = 1; i < g->n; i++) {
		struct str text = STR_INIT;

		if (!g->v[i].score.has_code || g->v[i].twin)
			continue;
		str_addf(&text, "candidate %zu%s: ", i, i == g->best ? ", the best" : "");
		solve_brief(&g->v[i].score, solving_shows_size(g), &text);
		at[n] = i;
		options[n++] = str_take(&text);
	}
	options[n] = mem_strdup("none of them");
	return n;
}

static bool pick(struct flow *f, struct str *said, struct err *err)
{
	struct solving *g = f->own;
	char *options[SOLVE_MAX + 2], *answer = NULL;
	size_t at[SOLVE_MAX + 1], n = list(g, at, options), chosen = n;
	const struct person_question q = { .text = "Which candidate goes into review?",
					   .options = options,
					   .n = n + 1 };
	bool ok = !n || flow_person(f, &q, &answer, err);

	for (size_t i = 0; answer && i < n; i++)
		if (strcmp(answer, options[i]) == 0)
			chosen = i;
	if (answer && chosen < n) {
		const struct candidate *c = &g->v[at[chosen]];

		ok = flow_propose(f, g->path, g->there ? &g->file : NULL, str_cstr(&c->text),
				  c->text.len, err);
	} else if (answer) {
		ok = flow_withdraw(f, "none was picked", err);
	}
	str_addf(said, "%s\n", answer ? answer : n ? "not answered: the best one waits" : "none");
	for (size_t i = 0; i <= n; i++)
		free(options[i]);
	free(answer);
	return ok;
}

static const struct flow_step steps[] = {
	{ "task", "which module, and which testbench judges it", 0, solving_task },
	{ "as it is", "what is there, judged like a candidate", 0, as_it_is },
	{ "candidates", "asked for, linted and simulated, until one passes or effort ends",
	  FLOW_NEEDS_MODEL, candidates },
	{ "strength", "which mutants of those that pass the testbench notices",
	  FLOW_NEEDS_SIMULATOR, solving_strength },
	{ "size", "cells and the longest path of those that pass, by yosys", 0, solving_size },
	{ "table", "what each is worth", 0, table },
	{ "pick", "which one goes into review, by the person", FLOW_NEEDS_PERSON, pick },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_solve = {
	.name = "solve",
	.about = "candidates for a module, judged by tools; one of them for review",
	.needs = 0,
	.steps = steps,
	.size = sizeof(struct solving),
	.fini = solving_fini,
	.tell = tell,
};
