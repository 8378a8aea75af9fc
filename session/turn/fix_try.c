/* Tries a proposed fix without writing it: lint, then the testbench, on the texts as
 * they would be. Gives a score that can be compared (fix_compare) and the words that
 * the model gets for its next attempt. Further attempts may be worse, so the best texts
 * are kept and proposed again at the end.
 */
#include "config.h"

#include "session/turn/fix_try.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_fix.h"
#include "session/base/mem.h"
#include "session/check/composite.h"
#include "session/check/flow_sim.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"

#define FINDINGS_MAX 6000u /* bytes */

static int by_size(uint64_t a, uint64_t b)
{
	return a < b ? 1 : a > b ? -1 : 0; /* fewer is better */
}

/* A build error is worse than a failing run, which is worse than a warning. */
int fix_compare(const struct fix_score *a, const struct fix_score *b)
{
	int order = by_size(a->errors, b->errors);

	if (order == 0)
		order = (int)a->passes - (int)b->passes;
	if (order == 0)
		order = (int)a->ran - (int)b->ran;
	if (order == 0)
		order = by_size(a->fails, b->fails);
	return order ? order : by_size(a->risks, b->risks);
}

static bool lint(struct workbench *w, const struct composite *all, struct fix_score *score,
		 struct str *said, struct err *err)
{
	const struct diag_list *found = NULL;
	struct err why;

	if (!flow_lint_if(w, all->v, all->n, &found, &why)) {
		if (why.code == ERR_CANCELLED)
			return err_copy(err, &why);
		str_addf(said, "lint did not run: %s\n", why.text);
		return true;
	}
	score->errors = diag_list_count(found, DIAG_ERROR);
	score->risks = diag_list_count(found, DIAG_RISK);
	ask_findings(found, w->options->lint_style, FINDINGS_MAX, said);
	diag_list_free(found);
	return true;
}

static bool simulate(struct workbench *w, uint64_t n, const struct composite *all,
		     const char *testbench, struct fix_score *score, struct str *said,
		     struct err *err)
{
	char *about =
		str_fmt("the next run is of suggestion %llu as proposed", (unsigned long long)n);
	struct sim_result sim = { 0 };
	struct err why;
	bool ok = flow_sim_if(w, testbench, w->options->engine, all->v, all->n, about, NULL, NULL,
			      &sim, &why);

	if (ok) {
		const struct run_result *r = &sim.report.result;

		score->ran = r->verdict == VERDICT_PASS || r->verdict == VERDICT_FAIL;
		score->passes = r->verdict == VERDICT_PASS;
		score->fails = r->failures < 0 ? UINT64_MAX : (uint64_t)r->failures;
		run_result_print(r, sim.path, said);
		str_addf(said, "\n%s", str_cstr(&sim.cycles));
	} else if (why.code != ERR_CANCELLED) {
		str_addf(said, "%s did not run: %s\n", testbench, why.text);
	}
	sim_result_fini(&sim);
	free(about);
	return ok || err_pass_cancel(err, &why);
}

bool fix_try(struct workbench *w, uint64_t n, const char *testbench, struct fix_score *score,
	     struct str *said, struct err *err)
{
	struct composite all;
	bool ok;

	memset(score, 0, sizeof(*score));
	composite_init(&all, session_state(w->session), n, COMPOSITE_REST, NULL);
	ok = lint(w, &all, score, said, err) &&
	     (!testbench || score->errors || simulate(w, n, &all, testbench, score, said, err));
	composite_fini(&all);
	return ok;
}

/* Kept texts -------------------------------------------------------------------------- */

void fix_kept_fini(struct fix_kept *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->v[i].path);
		str_free(&k->v[i].text);
	}
	free(k->v);
	memset(k, 0, sizeof(*k));
}

void fix_keep(struct session *session, const uint64_t *suggestions, size_t n, struct fix_kept *out)
{
	fix_kept_fini(out);
	out->v = mem_calloc(n + 1, sizeof(*out->v));
	for (size_t i = 0; i < n; i++) {
		const struct proposal *p = state_proposal(session_state(session), suggestions[i]);

		out->v[out->n].path = mem_strdup(suggestion_path(p->s));
		suggestion_compose_rest(p->s, &out->v[out->n++].text);
	}
}

static const struct fix_file *kept_of(const struct fix_kept *k, const char *path)
{
	for (size_t i = 0; i < k->n; i++)
		if (strcmp(k->v[i].path, path) == 0)
			return &k->v[i];
	return NULL;
}

static bool propose_again(struct session *session, const struct fix_file *f, uint64_t *n,
			  struct err *err)
{
	const struct proposal *p = state_proposal(session_state(session), *n);
	size_t len;
	const char *base = suggestion_base(p->s, &len);
	struct proposed again = { .ask = p->ask,
				  .group = p->group,
				  .path = f->path,
				  .by = p->by,
				  .new_file = suggestion_is_new_file(p->s),
				  .base = { base, len },
				  .text = { str_cstr(&f->text), f->text.len } };
	uint64_t old = *n;

	return flow_suggest(session, &again, n, err) &&
	       flow_replace(session, old, *n, "an earlier one was better", err);
}

bool fix_bring_back(struct session *session, const struct fix_kept *k, uint64_t *suggestions,
		    size_t *n, struct err *err)
{
	size_t left = 0;
	bool ok = true;

	for (size_t i = 0; ok && i < *n; i++) {
		const struct proposal *p = state_proposal(session_state(session), suggestions[i]);
		const struct fix_file *f = kept_of(k, suggestion_path(p->s));
		uint64_t number = suggestions[i];

		if (p->state != PROPOSAL_OPEN)
			continue; /* the user has decided meanwhile */
		if (!f) {
			ok = flow_close(session, number, "an earlier one was better", err);
			continue;
		}
		ok = propose_again(session, f, &number, err);
		suggestions[left++] = number;
	}
	*n = left;
	return ok;
}
