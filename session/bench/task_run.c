/* Checks run in a copy made after the answer, into which the files listed by `keep`
 * (testbenches) are copied again from the task, so an answer cannot gain by editing its
 * testbench. A check that cannot start is the answer's fault, because it could start
 * before. With more than one round the model may repair what the checks found.
 */
#include "config.h"

#include "session/bench/task_run.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/bench/task_lay.h"
#include "session/check/flow_sim.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/review/proposals.h"
#include "session/turn/flow_fix.h"
#include "session/turn/flow_turn.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

#define SOLVE_CANDIDATES 4u /* the command's default */

struct work {
	struct bench_whole *t;
	const struct task_file *f;
	const char *base;
	char *root, *judge; /* the model's copy, and the judge's */
	struct workbench w; /* of root */
};

/* Opens a project with the set-up of the run's workbench. */
static void open_project(struct workbench *w, const struct bench_whole *t, const char *root,
			 unsigned seconds)
{
	const struct workbench *of = t->w;
	char *text = str_fmt("%u", seconds);

	workbench_init(w, of->loop, root, of->ports);
	w->kept.unguarded = of->kept.unguarded;
	for (size_t i = 0; i < opt_count(); i++)
		options_put(w->options, opt_at(i), options_text(of->options, opt_at(i)), NULL);
	options_put(w->options, OPT(sim_run_seconds), text, NULL);
	if (t->choice->tools && strcmp(t->choice->tools, "on") == 0 &&
	    strcmp(of->options->mode, "ask") == 0)
		options_put(w->options, OPT(mode), "assist", NULL);
	if (t->choice->tools)
		options_put(w->options, OPT(tools), t->choice->tools, NULL);
	for (size_t i = 0; i < of->backends->n; i++)
		workbench_add_backend(w, &of->backends->v[i]);
	if (t->backend)
		workbench_add_backend(w, t->backend);
	free(text);
}

/* Judging ---------------------------------------------------------------------------- */

static bool is_ours(const struct err *err)
{
	return err->code == ERR_CANCELLED || err->code == ERR_CONSENT || err->code == ERR_LIMIT ||
	       err->code == ERR_IO;
}

/* Runs one check. If it cannot start, the answer is at fault: before it, each check could. */
static bool check(struct workbench *w, const char *name, struct run_report *out, struct err *err)
{
	struct sim_result r = { 0 };
	bool ok = flow_sim(w, name, w->options->engine, false, NULL, NULL, &r, err);

	run_report_fini(out);
	*out = (struct run_report){ 0 };
	if (ok) {
		*out = r.report;
		r.report = (struct run_report){ 0 };
		out->found = NULL;
	} else if (!is_ours(err)) {
		out->result.verdict = VERDICT_BUILD;
		out->result.checks = out->result.mismatches = out->result.samples = -1;
		out->result.first = mem_strdup(err->text);
		ok = true;
	}
	sim_result_fini(&r);
	return ok;
}

/* Stops at the first check that does not pass; sums up the comparisons of all checks run. */
static bool check_all(struct workbench *w, const struct task_file *f, struct bench_judged *j,
		      struct err *err)
{
	enum verdict v = VERDICT_PASS;
	long checks = 0;
	bool ok = true;

	for (size_t i = 0; ok && i < f->checks.n && v == VERDICT_PASS; i++) {
		ok = check(w, f->checks.v[i], &j->report, err);
		v = j->report.result.verdict;
		if (j->report.result.checks > 0)
			j->report.result.checks = checks += j->report.result.checks;
	}
	j->class_ = ok ? suite_class_of(v) : '?';
	return ok;
}

static bool judge(struct work *k, struct err *err)
{
	char *project = path_join(k->base, k->f->project);
	struct workbench w;
	bool ok;

	ok = file_remove_tree(k->judge, err) && task_lay(k->root, k->judge, err) &&
	     task_lay_files(project, k->judge, &k->f->keep, err);
	if (ok) {
		open_project(&w, k->t, k->judge, k->f->seconds);
		ok = check_all(&w, k->f, &k->t->judged, err);
		workbench_fini(&w);
	}
	free(project);
	return ok;
}

/* Asking ----------------------------------------------------------------------------- */

static void sum(long *total, int64_t more)
{
	if (more >= 0)
		*total = (*total < 0 ? 0 : *total) + (long)more;
}

/* Adds what the exchange used, according to the session. */
static void count(struct work *k, uint64_t ask, uint64_t began)
{
	struct bench_answer_got *got = &k->t->got;
	const struct exchange *x =
		k->w.session && ask ? state_exchange(session_state(k->w.session), ask) : NULL;

	k->t->asked++;
	got->ms += loop_now_ms(k->w.loop) - began;
	if (!x)
		return;
	str_clear(&got->text);
	str_add(&got->text, str_cstr(&x->answer), x->answer.len);
	free(got->model);
	got->model = x->model && *x->model ? mem_strdup(x->model) : NULL;
	got->cut = x->cut;
	sum(&got->in, x->in);
	sum(&got->out, x->out);
	sum(&got->cached, x->cached);
	if (x->cost >= 0)
		got->cost = (got->cost < 0 ? 0 : got->cost) + (double)x->cost / 1e6;
}

/* Applies the suggestion as a whole; if that fails, the project stays unchanged. */
static bool apply(struct work *k, const struct ask_result *a, struct err *err)
{
	struct err why;

	free(k->t->said);
	k->t->said = NULL;
	if (a->placed.n == 0)
		k->t->said = mem_strdup(a->placed.refused.n ? a->placed.refused.v[0]
							    : "nothing was proposed");
	else if (!proposals_apply(&k->w, &a->placed, &why)) {
		if (is_ours(&why))
			return *err = why, false;
		k->t->said = mem_strdup(why.text);
	}
	return true;
}

static bool ask(struct work *k, bool fix, struct err *err)
{
	struct turn_request turn = {
		.ask = { .question = k->f->question, .fix = fix, .backend = k->t->backend->name }
	};
	struct fix_result f = { 0 };
	uint64_t began = loop_now_ms(k->w.loop);
	bool ok = workbench_session(&k->w, SESSION_FULL, err) != NULL;

	if (!ok)
		return false;
	ok = fix ? flow_fix(&k->w, &turn, &f, err) : flow_turn(&k->w, &turn, &f.asked, NULL, err);
	count(k, f.asked.ask, began);
	ok = ok && apply(k, &f.asked, err);
	if (fix)
		fix_result_fini(&f);
	else
		ask_result_fini(&f.asked);
	return ok;
}

/* Appends the question to the specification, which solve uses. */
static bool specify(struct work *k, struct err *err)
{
	char *path = path_join(k->root, "spec.md");
	struct str text = STR_INIT;
	bool ok = !file_exists(path) || file_read(path, TASK_FILE_MAX, &text, err);

	str_addf(&text, "%s%s\n", text.len ? "\n" : "", k->f->question);
	ok = ok && file_put(path, str_cstr(&text), text.len, 0644, err);
	str_free(&text);
	free(path);
	return ok;
}

/* Adds up all questions that a flow asked. */
static void count_all(struct work *k, uint64_t began)
{
	const struct state *s = k->w.session ? session_state(k->w.session) : NULL;

	for (size_t i = 0; s && i < s->n_chat; i++)
		if (strcmp(s->chat[i]->backend, EXCHANGE_FLOW) != 0)
			count(k, s->chat[i]->n, loop_now_ms(k->w.loop));
	k->t->got.ms = loop_now_ms(k->w.loop) - began;
}

static bool solve(struct work *k, struct err *err)
{
	uint64_t began = loop_now_ms(k->w.loop);
	bool ok = k->t->solve || err_set(err, ERR_USAGE, "the flow solve is not in this program");

	ok = ok && specify(k, err) && workbench_session(&k->w, SESSION_FULL, err) &&
	     options_put(k->w.options, OPT(backend), k->t->backend->name, err) &&
	     k->t->solve(&k->w, k->f->module, k->f->checks.v[0],
			 k->t->rounds ? k->t->rounds : SOLVE_CANDIDATES, &k->t->said, err);
	count_all(k, began);
	return ok && judge(k, err);
}

static bool work(struct work *k, struct err *err)
{
	const char *flow = k->t->choice->flow;
	bool fix = flow && strcmp(flow, "fix") == 0, ok = true;
	unsigned most = k->t->rounds ? k->t->rounds : 1;

	if (flow && strcmp(flow, "solve") == 0)
		return solve(k, err);
	for (unsigned i = 0; ok && i < most && k->t->judged.class_ != '.'; i++)
		ok = ask(k, fix || i > 0, err) && judge(k, err);
	return ok;
}

/* Running a task ----------------------------------------------------------------------- */

/* Checked before any question: a missing check is the task's fault. */
static bool has_checks(struct work *k, struct err *err)
{
	struct project *p;
	bool ok = workbench_read_project(&k->w, false, err) &&
		  (p = workbench_project(&k->w, err)) != NULL;

	for (size_t i = 0; ok && i < k->f->checks.n; i++) {
		char *testbench = NULL, *path = NULL;

		ok = design_testbench(p, k->w.options, k->f->checks.v[i], &testbench, &path, err);
		free(testbench);
		free(path);
	}
	return ok;
}

/* Copies a folder of the task, unless its path leads out through a link. */
static bool lay(const struct work *k, const char *name, struct err *err)
{
	char *rel = NULL, *from = NULL;
	bool ok = path_inside(k->base, name, &rel, err);

	if (ok) {
		from = path_join(k->base, rel);
		ok = task_lay(from, k->root, err);
	}
	free(from);
	free(rel);
	return ok;
}

bool task_run(struct bench_whole *t, const struct task_file *f, const char *base, struct err *err)
{
	struct work k = { .t = t,
			  .f = f,
			  .base = base,
			  .root = path_join(t->dir, "work"),
			  .judge = path_join(t->dir, "judge") };
	bool ok;

	t->judged.class_ = '?';
	if (!t->backend && !f->solution)
		ok = err_set(err, ERR_NOT_FOUND, "the task has no solution");
	else
		ok = lay(&k, f->project, err) && (t->backend || lay(&k, f->solution, err));
	if (ok) {
		open_project(&k.w, t, k.root, f->seconds);
		ok = has_checks(&k, err) && (t->backend ? work(&k, err) : judge(&k, err));
		workbench_fini(&k.w);
	}
	free(k.root);
	free(k.judge);
	return ok;
}
