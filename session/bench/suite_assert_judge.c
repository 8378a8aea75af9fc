/* Each assertion is on its own line of the design, so a line number in the prover's
 * message identifies the assertion.
 *
 * An assertion that cannot be read would spoil all others. If the prover names its
 * line, it is left out and the rest is tried again; otherwise the list is split into
 * halves. Before that, an assertion that is always true shows whether the prover can
 * handle the design at all. If not, the answer is not at fault.
 */
#include "config.h"

#include "session/bench/suite_assert_judge.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/bench/assert_design.h"
#include "session/bench/assert_fates.h"
#include "session/bench/assert_macros.h"
#include "session/bench/assert_read.h"
#include "session/check/counterexample.h"
#include "session/check/race.h"
#include "session/check/sva.h"
#include "session/tool/prover.h"

struct judging {
	const struct suite_tools *t;
	const struct assert_design *d;
	struct assert_items items;
	struct strv lines;	    /* one per item, "": none; then one that is always true */
	struct assert_fated *fated; /* one per item */
	uint64_t until;
};

/* The design with some of the lines inserted; holds the texts of the job. */
struct laid {
	struct str text, rewritten;
	struct source *sources;
	struct sim_job job;
	int first; /* line number of item 0 */
};

static void settle(struct judging *g, size_t i, enum assert_fate fate, const char *why)
{
	g->fated[i].fate = fate;
	free(g->fated[i].why);
	g->fated[i].why = mem_strdup(why);
}

/* A job ------------------------------------------------------------------------------- */

static void list_sources(const struct judging *g, struct laid *l)
{
	const struct assert_design *d = g->d;

	l->sources = mem_calloc(d->n, sizeof(*l->sources));
	for (size_t i = 0; i < d->n; i++)
		l->sources[i] = (struct source){ .path = d->files[i].path,
						 .text = str_cstr(&d->files[i].text),
						 .len = d->files[i].text.len,
						 .included = !d->files[i].compiled };
	l->sources[d->top_file].text = str_cstr(&l->rewritten);
	l->sources[d->top_file].len = l->rewritten.len;
	l->job = (struct sim_job){ .root = g->t->dir,
				   .sources = l->sources,
				   .n = d->n,
				   .top = d->top,
				   .include_dirs = (const char *const *)d->folders.v,
				   .lang = LANG_SV2017,
				   .lang_fixed = true };
}

/* chosen: for each line, whether to insert it. False: the design has no place for them. */
static bool lay(struct judging *g, const bool *chosen, struct laid *out)
{
	struct strv lines = STRV_INIT, unread = STRV_INIT;
	bool ok;

	*out = (struct laid){ 0 };
	for (size_t i = 0; i < g->lines.n; i++)
		strv_add(&lines, chosen[i] ? g->lines.v[i] : "");
	ok = assert_design_lay(g->d, &lines, &out->text, &out->first);
	if (ok &&
	    !sva_rewrite(out->text.data, out->text.len, SVA_X_FAILS, &out->rewritten, &unread))
		str_add(&out->rewritten, out->text.data, out->text.len);
	for (size_t i = 0; i < unread.n; i++) {
		char *why;
		long line = strtol(unread.v[i], &why, 10) - out->first;

		if (line >= 0 && (size_t)line < g->items.n)
			settle(g, (size_t)line, FATE_NOT_DECIDED, *why == ':' ? why + 2 : why);
	}
	if (ok)
		list_sources(g, out);
	strv_free(&lines);
	strv_free(&unread);
	return ok;
}

static void laid_fini(struct laid *l)
{
	str_free(&l->text);
	str_free(&l->rewritten);
	free(l->sources);
}

static bool time_is_over(const struct judging *g)
{
	return loop_now_ms(g->t->loop) >= g->until;
}

static bool ask(struct judging *g, const struct laid *l, struct prover_report *out, struct err *err)
{
	uint64_t now = loop_now_ms(g->t->loop);
	struct prover_prove job = { .design = &l->job,
				    .limits = { .depth = ASSERT_DEPTH,
						.ms = now < g->until ? g->until - now : 1,
						.memory = ASSERT_BYTES } };

	return g->t->prover->prove(g->t->loop, &job, out, err);
}

/* Answers ------------------------------------------------------------------------------ */

/* The item at a position "rtl/q.sv:12" found in text; n: none. */
static size_t item_at(const struct judging *g, const struct laid *l, const char *text)
{
	const char *path = g->d->files[g->d->top_file].path, *at = strstr(text, path);
	long line;

	if (!at || at[strlen(path)] != ':')
		return g->items.n;
	line = strtol(at + strlen(path) + 1, NULL, 10) - l->first;
	return line >= 0 && (size_t)line < g->items.n ? (size_t)line : g->items.n;
}

/* A failure that Icarus does not confirm is not decided. False: cancelled. */
static bool simulate(struct judging *g, size_t i, const struct prover_property *p, struct err *err)
{
	bool *chosen = mem_calloc(g->lines.n, sizeof(*chosen));
	char *dir = path_join(g->t->dir, "counterexample");
	struct err why = { 0 };
	struct counterexample b;
	struct laid l;

	chosen[i] = true;
	if (lay(g, chosen, &l)) {
		const struct run_job job = { .design = l.job };

		if (!counterexample_run(g->t->w, &p->trace, NULL, &job, dir, "an assertion", &b,
					&why)) {
			err_prefix(&why, "yosys breaks it, which cannot be simulated");
			settle(g, i, FATE_NOT_DECIDED, why.text);
		} else {
			if (b.fails_after)
				settle(g, i, FATE_FAILED, "");
			else
				settle(g, i, FATE_NOT_DECIDED,
				       "yosys breaks it, and Icarus does not show that");
			counterexample_fini(&b);
		}
	}
	laid_fini(&l);
	free(dir);
	free(chosen);
	return err_pass_cancel(err, &why);
}

static bool take(struct judging *g, const struct laid *l, const struct prover_report *r,
		 struct err *err)
{
	bool ok = true;

	for (size_t k = 0; ok && k < r->n_properties; k++) {
		const struct prover_property *p = &r->properties[k];
		size_t i = item_at(g, l, p->name);

		if (i == g->items.n)
			continue;
		if (p->unread)
			settle(g, i, FATE_NOT_READ, p->why);
		else if (p->answer == PROVER_PROVED)
			settle(g, i, FATE_PROVED, p->why);
		else if (p->answer == PROVER_VACUOUS)
			settle(g, i, FATE_VACUOUS, "its condition never holds");
		else if (p->answer == PROVER_DIFFERENT)
			ok = simulate(g, i, p, err);
		else if (p->answer == PROVER_BOUNDED)
			settle(g, i, FATE_NOT_DECIDED, "it holds for some steps; later it may not");
		else
			settle(g, i, FATE_NOT_DECIDED, p->why);
	}
	return ok;
}

static bool prove_some(struct judging *g, bool *chosen, struct err *err);

static bool halves(struct judging *g, const bool *chosen, size_t n, struct err *err)
{
	bool ok = true;

	for (size_t half = 0; ok && half < 2; half++) {
		bool *some = mem_calloc(g->lines.n, sizeof(*some));

		for (size_t i = 0, seen = 0; i < g->items.n; i++)
			if (chosen[i])
				some[i] = (seen++ < n / 2) == (half == 0);
		ok = prove_some(g, some, err);
		free(some);
	}
	return ok;
}

static size_t count(const struct judging *g, const bool *chosen, size_t *one)
{
	size_t n = 0;

	for (size_t i = 0; i < g->items.n; i++)
		if (chosen[i])
			n++, *one = i;
	return n;
}

/* Clears the entries of chosen that cannot be read. */
static bool prove_some(struct judging *g, bool *chosen, struct err *err)
{
	size_t one = 0, n;

	while ((n = count(g, chosen, &one)) > 0 && !time_is_over(g)) {
		struct prover_report r;
		struct laid l;
		bool ok = lay(g, chosen, &l), again = false;
		size_t bad;

		ok = ok && ask(g, &l, &r, err);
		if (!ok) {
			laid_fini(&l);
			return false;
		}
		bad = item_at(g, &l, r.why);
		if (r.answer != PROVER_UNDECIDED) {
			ok = take(g, &l, &r, err);
		} else if (!r.unread) {
			if (n == 1)
				settle(g, one, FATE_NOT_DECIDED, r.why);
			else
				ok = halves(g, chosen, n, err);
		} else if (bad < g->items.n && chosen[bad]) {
			settle(g, bad, FATE_NOT_READ, r.why);
			chosen[bad] = false;
			again = true;
		} else if (n == 1) {
			settle(g, one, FATE_NOT_READ, r.why);
		} else {
			ok = halves(g, chosen, n, err);
		}
		prover_report_fini(&r);
		laid_fini(&l);
		if (!ok || !again)
			return ok;
	}
	for (size_t i = 0; i < g->items.n; i++)
		if (chosen[i])
			settle(g, i, FATE_NOT_DECIDED, "the time was over");
	return true;
}

/* Tests whether the prover can handle the design. */
static bool can_be_proved(struct judging *g, struct err *err)
{
	bool *chosen = mem_calloc(g->lines.n, sizeof(*chosen));
	struct prover_report r;
	struct laid l;
	bool ok;

	chosen[g->items.n] = true;
	ok = lay(g, chosen, &l) ||
	     err_set(err, ERR_PARSE, "the design: module %.100s has no end", g->d->top);
	ok = ok && ask(g, &l, &r, err);
	if (ok) {
		if (r.answer == PROVER_UNDECIDED)
			ok = err_set(err, ERR_TOOL, "the design: %s", r.why);
		prover_report_fini(&r);
	}
	laid_fini(&l);
	free(chosen);
	return ok;
}

/* If the design has a race, a proof covers only one order, so it is not decided. */
static void doubt(struct judging *g)
{
	bool *chosen = mem_calloc(g->lines.n, sizeof(*chosen));
	struct str why = STR_INIT;
	struct laid l;

	if (lay(g, chosen, &l) && race_in_job(&l.job, &why))
		for (size_t i = 0; i < g->items.n; i++)
			if (g->fated[i].fate == FATE_PROVED)
				settle(g, i, FATE_NOT_DECIDED, str_cstr(&why));
	laid_fini(&l);
	free(chosen);
	str_free(&why);
}

/* Summing up ------------------------------------------------------------------------------ */

static void say_first(const struct judging *g, enum assert_fate fate, struct suite_judged *out)
{
	static const char *const words[FATES] = { "is not decided", "is not read", "", "fails",
						  "is vacuous" };

	for (size_t i = 0; i < g->items.n; i++)
		if (g->fated[i].fate == fate) {
			const char *why = g->fated[i].why ? g->fated[i].why : "";

			out->first = str_fmt("assertion %zu %s%s%.300s", i + 1, words[fate],
					     *why ? ": " : "", why);
			return;
		}
}

static void sum(const struct judging *g, struct suite_judged *out)
{
	size_t of[FATES] = { 0 }, n = g->items.n;
	enum assert_fate worst = FATE_PROVED;
	struct str each = STR_INIT;

	for (size_t i = 0; i < n; i++)
		of[g->fated[i].fate]++;
	if (!n || of[FATE_NOT_READ] == n)
		out->class_ = 'C', worst = FATE_NOT_READ;
	else if (of[FATE_FAILED])
		out->class_ = 'f', worst = FATE_FAILED;
	else if (of[FATE_NOT_READ])
		out->class_ = 'S', worst = FATE_NOT_READ;
	else if (of[FATE_VACUOUS])
		out->class_ = 'v', worst = FATE_VACUOUS;
	else if (of[FATE_NOT_DECIDED])
		out->class_ = 'u', worst = FATE_NOT_DECIDED;
	else
		out->class_ = '.';
	out->verdict = worst == FATE_PROVED	? VERDICT_PASS
		       : worst == FATE_FAILED	? VERDICT_FAIL
		       : worst == FATE_NOT_READ ? VERDICT_BUILD
						: VERDICT_NONE;
	if (!n) {
		out->first = mem_strdup("there is no assertion in it");
		return;
	}
	out->figures[ASSERT_PARSED] = (double)(n - of[FATE_NOT_READ]) / (double)n;
	out->figures[ASSERT_PROVED] = (double)of[FATE_PROVED] / (double)n;
	out->figures[ASSERT_FAILED] = (double)of[FATE_FAILED] / (double)n;
	out->figures[ASSERT_VACUOUS] = (double)of[FATE_VACUOUS] / (double)n;
	if (worst != FATE_PROVED)
		say_first(g, worst, out);
	assert_fates_tell(g->fated, n, g->items.more, &each);
	out->beside = str_take(&each);
}

static void begin(struct judging *g, const char *code, size_t len)
{
	struct assert_item truth = { .body = (char *)"1'b1" };
	struct str line = STR_INIT, whole = STR_INIT;
	const char *why;

	assert_macros_expand(g->d, code, len, &whole);
	assert_read(str_cstr(&whole), whole.len, &g->items);
	str_free(&whole);
	g->fated = mem_calloc(g->items.n + 1, sizeof(*g->fated));
	for (size_t i = 0; i <= g->items.n; i++) {
		const struct assert_item *a = i < g->items.n ? &g->items.v[i] : &truth;

		str_clear(&line);
		if (!assert_text(a, g->d->clock, &line, &why))
			settle(g, i, a->body ? FATE_NOT_DECIDED : FATE_NOT_READ, why);
		strv_add(&g->lines, str_cstr(&line));
	}
	str_free(&line);
}

bool assert_judge(const struct suite_tools *t, const struct assert_design *d, const char *code,
		  size_t len, struct suite_judged *out, struct err *err)
{
	struct judging g = { .t = t, .d = d };
	bool *chosen, ok;

	if (!t->prover || !t->prover->prove)
		return err_set(err, ERR_TOOL, "this program has no prover");
	if (!t->prover->here(err))
		return false;
	begin(&g, code, len);
	g.until = loop_now_ms(t->loop) + ASSERT_MS + ASSERT_MORE * g.items.n;
	chosen = mem_calloc(g.lines.n, sizeof(*chosen));
	for (size_t i = 0; i < g.items.n; i++)
		chosen[i] = *g.lines.v[i] != '\0';
	ok = can_be_proved(&g, err) && prove_some(&g, chosen, err);
	if (ok) {
		doubt(&g);
		sum(&g, out);
	}
	for (size_t i = 0; i < g.items.n; i++)
		free(g.fated[i].why);
	free(g.fated);
	free(chosen);
	strv_free(&g.lines);
	assert_items_fini(&g.items);
	return ok;
}
