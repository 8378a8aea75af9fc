/* Delta debugging (ddmin.h) over the hunks of a suggestion.
 *
 * A trial pushes overlays with a subset of the hunks, builds the design from
 * that, pops the overlays and runs the testbench. The set of all hunks must pass,
 * so it is tried first. Each trial is a whole simulation; the number of runs is
 * all that matters for the time.
 */
#include "config.h"

#include "session/check/flow_smallest.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/composite.h"
#include "session/check/ddmin.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

struct trial {
	struct workbench *w;
	const struct smallest_request *r;
	struct simulator *sim;
	struct smallest *out;
	size_t enough;	    /* hunks in the smallest set that passed */
	struct str verdict; /* of the last run, for the user */
	struct err why;	    /* reason for stopping */
};

static const struct suggestion *open_one(const struct trial *t)
{
	const struct proposal *p = state_proposal(session_state(t->w->session), t->r->suggestion);

	return p && p->state == PROPOSAL_OPEN ? p->s : NULL;
}

static size_t hunks_of(const struct suggestion *s)
{
	size_t n = suggestion_units(s);

	return n ? suggestion_unit(s, n - 1)->hunk + 1 : 0;
}

/* Pushes the file in question with these hunks, and the other files of its answer. */
static struct overlays_below *push(const struct trial *t, struct project *p,
				   const struct suggestion *s, const bool *hunks)
{
	size_t n = suggestion_units(s);
	bool *take = mem_calloc(n + 1, sizeof(*take));
	struct composite c;
	struct overlays_below *below;

	for (size_t i = 0; i < n; i++) {
		const struct unit *u = suggestion_unit(s, i);

		take[i] = hunks[u->hunk] && u->decision != DECISION_REFUSED;
	}
	composite_init(&c, session_state(t->w->session), t->r->suggestion, COMPOSITE_REST, take);
	below = overlay_push(p, c.v, c.n);
	composite_fini(&c);
	free(take);
	return below;
}

/* The simulator's design with these hunks applied. */
static bool design_with(struct trial *t, const bool *hunks, struct design *d, char **path,
			struct err *err)
{
	struct project *p = workbench_project(t->w, err);
	struct overlays_below *below = p ? push(t, p, open_one(t), hunks) : NULL;
	char *testbench = NULL;
	bool ok = p && design_testbench(p, t->w->options, t->r->testbench, &testbench, path, err);

	if (ok) {
		design_init(d, p, t->w->options, *path, testbench);
		design_add_data(d, p, t->w->options, *path);
	}
	if (below)
		overlay_pop(below);
	free(testbench);
	return ok;
}

static bool run_with(struct trial *t, const bool *hunks, enum verdict *verdict, struct err *err)
{
	char *dir = str_fmt("%s/runs/smallest", session_dir(t->w->session)), *path = NULL;
	struct run_report report = { 0 };
	struct design d = { 0 };
	bool built = design_with(t, hunks, &d, &path, err),
	     ok = built && file_make_dirs(dir, 0700, err);

	if (ok) {
		struct run_job job = { .design = d.job,
				       .limits = sim_limits_of(t->w->options),
				       .out_dir = dir,
				       .unguarded = guard_is_off(t->w) };

		design_fill_run(&d, &job);
		job.design.yields = t->w->screen != NULL;
		ok = t->sim->ops->run(t->sim, &job, NULL, &report, err);
	}
	if (ok) {
		*verdict = report.result.verdict;
		str_clear(&t->verdict);
		run_result_print(&report.result, path, &t->verdict);
	}
	run_report_fini(&report);
	if (built)
		design_fini(&d);
	file_remove_tree(dir, NULL);
	free(dir);
	free(path);
	return ok;
}

static enum ddmin_answer try(void *ctx, const bool *hunks, size_t n)
{
	struct trial *t = ctx;
	const struct suggestion *s = open_one(t);
	enum verdict verdict;
	size_t in = 0;

	if (!s || hunks_of(s) != n) {
		err_set(&t->why, ERR_CONFLICT, "the suggestion was decided meanwhile");
		return DDMIN_STOP;
	}
	if (!run_with(t, hunks, &verdict, &t->why))
		return DDMIN_STOP;
	for (size_t i = 0; i < n; i++)
		in += hunks[i];
	if (verdict == VERDICT_PASS && in < t->enough)
		t->enough = in;
	t->out->runs++;
	if (t->r->progress)
		t->r->progress(t->r->ctx, t->out->runs, t->enough);
	return verdict == VERDICT_PASS ? DDMIN_PASSES : DDMIN_FAILS;
}

/* ddmin() requires a set that passes. */
static bool all_passes(struct trial *t, struct err *err)
{
	enum ddmin_answer a = try(t, t->out->hunks, t->out->n);

	if (a == DDMIN_STOP)
		return err_copy(err, &t->why);
	return a == DDMIN_PASSES ||
	       err_set(err, ERR_CONFLICT, "with all of it the testbench does not pass either: %s",
		       str_cstr(&t->verdict));
}

bool flow_smallest(struct workbench *w, const struct smallest_request *r, struct smallest *out,
		   struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(w->ports, r->engine, err);
	struct trial t = { .w = w, .r = r, .out = out };
	const struct suggestion *s;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!ops || !guard_passes(w, ops, err))
		return false;
	s = open_one(&t);
	if (!s || suggestion_units(s) == 0)
		return err_set(err, ERR_CONFLICT, "there is nothing to choose from");
	t.sim = simulator_open(ops, w->loop, err);
	if (!t.sim)
		return false;
	out->n = t.enough = hunks_of(s);
	out->hunks = mem_calloc(out->n, sizeof(*out->hunks));
	memset(out->hunks, true, out->n * sizeof(*out->hunks));
	ok = all_passes(&t, err);
	if (ok && !ddmin(out->hunks, out->n, try, &t))
		ok = err_copy(err, &t.why);
	for (size_t i = 0; i < out->n; i++)
		out->needed += out->hunks[i];
	ops->close(t.sim);
	str_free(&t.verdict);
	return ok;
}

void smallest_fini(struct smallest *s)
{
	free(s->hunks);
	memset(s, 0, sizeof(*s));
}
