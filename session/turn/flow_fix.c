/* First reproduces the failure: if lint and simulation are fine there is nothing to
 * ask. Then it scores each state that the model proposes and keeps the best, which need
 * not be the last: a model that continues may make it worse.
 */
#include "config.h"

#include "session/turn/flow_fix.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_fix.h"
#include "session/base/mem.h"
#include "session/check/evidence.h"
#include "session/check/flow_sim.h"
#include "session/journal/session.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/turn/fix_try.h"
#include "session/turn/turn_mode.h"
#include "session/output/diag.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

struct fix {
	struct workbench *w;
	const struct turn_request *r;
	struct fix_result *out;
	char *testbench; /* fails or did not run; NULL: none was run */
	struct fix_score before, best;
	struct fix_kept kept;
	struct str question;
	unsigned rounds;
	bool tried, solved, evidence;
};

void fix_result_fini(struct fix_result *r)
{
	ask_result_fini(&r->asked);
	str_free(&r->said);
}

/* Reproducing ------------------------------------------------------------------------- */

static bool look_at_lint(struct fix *f, struct str *text, size_t *n, struct err *err)
{
	const char *backend = ask_backend_name(f->w->options, f->r->ask.backend, true);
	struct lint_result lint = { 0 };
	bool ok = flow_lint(f->w, NULL, 0, &lint, err);

	if (ok && lint_counts(f->w->options, lint.found)) {
		f->before.errors = diag_list_count(lint.found, DIAG_ERROR);
		f->before.risks = diag_list_count(lint.found, DIAG_RISK);
		*n = ask_findings(lint.found, f->w->options->lint_style,
				  ask_findings_max(ask_budget(f->w, backend)), text);
	}
	lint_result_fini(&lint);
	return ok;
}

static void add_evidence(struct fix *f, struct str *text)
{
	struct str evidence = STR_INIT;

	evidence_tell(f->w, &evidence);
	f->evidence = evidence.len > 0;
	if (f->evidence)
		str_addf(text, EVIDENCE_INTRO "%s", str_cstr(&evidence));
	str_free(&evidence);
}

/* A design that does not build is not simulated; a mere risk does not hide a
 * failure. */
static bool look_at_run(struct fix *f, size_t findings, struct str *text, char **where,
			struct err *err)
{
	struct sim_result sim = { 0 };
	enum verdict v;
	bool ok;

	if (f->before.errors)
		return true;
	ok = flow_sim(f->w, NULL, f->w->options->engine, true, NULL, NULL, &sim, err);
	v = sim.report.result.verdict;
	if (ok && (v == VERDICT_FAIL || verdict_is_broken(v))) {
		*where = str_fmt(" (%s)", sim.path);
		run_result_print(&sim.report.result, sim.path, text);
		str_addf(text, "\n%s", str_cstr(&sim.cycles));
		add_evidence(f, text);
	}
	if (ok)
		f->testbench = mem_strdup(sim.testbench);
	f->before.passes = ok && v == VERDICT_PASS;
	sim_result_fini(&sim);
	return ok || (findings && err->code != ERR_CANCELLED);
}

/* False with code 0: there is nothing to fix. */
static bool reproduce(struct fix *f, struct err *err)
{
	struct str found = STR_INIT, run = STR_INIT;
	char *where = NULL;
	size_t n = 0;
	bool ok = look_at_lint(f, &found, &n, err) && look_at_run(f, n, &run, &where, err);

	if (ok && run.len)
		report_note(&f->w->out, "sending the first failure and the cycles before it%s%s",
			    n ? ", and what the linter found" : "",
			    f->evidence ? ", and what drove the signals" : "");
	else if (ok && n)
		report_note(&f->w->out, "sending %zu finding%s", n, n == 1 ? "" : "s");
	if (ok)
		ask_fix_question(str_cstr(&found), f->testbench, where ? where : "", str_cstr(&run),
				 &f->question);
	if (ok && f->question.len == 0)
		str_addf(&f->out->said, "nothing to fix: no findings, and %s does not fail",
			 f->testbench);
	free(where);
	str_free(&run);
	str_free(&found);
	return ok;
}

/* Scoring proposals ------------------------------------------------------------------- */

static bool is_solved(const struct fix *f, const struct fix_score *s)
{
	return s->errors == 0 && (f->before.errors || s->risks <= f->before.risks) &&
	       (f->testbench ? s->passes : s->risks < f->before.risks || f->before.errors) &&
	       (!f->before.passes || s->risks < f->before.risks);
}

static void add_unsolved(const struct str *said, struct str *text)
{
	str_addf(text,
		 "With all that you have proposed it is not solved. posedge says of it:\n%s\n"
		 "Find the cause of that, and propose what is still wanting.",
		 str_cstr(said));
}

static char *counts_of(const struct fix_score *s)
{
	return str_fmt("%zu error%s, %zu risk%s", s->errors, s->errors == 1 ? "" : "s", s->risks,
		       s->risks == 1 ? "" : "s");
}

static bool try_now(struct fix *f, unsigned n, const struct place_result *p, struct str *said,
		    struct err *err)
{
	struct fix_score score;
	char *counts;

	if (!fix_try(f->w, p->suggestions[0], f->testbench, &score, said, err))
		return false;
	if (!f->tried || fix_compare(&score, &f->best) > 0) {
		f->best = score;
		fix_keep(f->w->session, p->suggestions, p->n, &f->kept);
	}
	f->tried = true;
	f->solved = is_solved(f, &score);
	counts = counts_of(&score);
	report_note(&f->w->out, "round %u: %s%s%s", n + 1, counts, f->testbench ? ", " : "",
		    !f->testbench  ? ""
		    : score.passes ? "PASS"
		    : score.ran	   ? "FAIL"
				   : "did not run");
	free(counts);
	return true;
}

/* Called whenever the model says that it is done. */
static bool check(void *ctx, unsigned n, const struct ask_result *so_far, struct str *text,
		  struct err *err)
{
	struct fix *f = ctx;
	struct str said = STR_INIT;
	bool ok;

	f->rounds = n + 1;
	if (so_far->placed.n == 0)
		return false;
	ok = try_now(f, n, &so_far->placed, &said, err);
	ok = ok && !f->solved && n + 1 < f->w->options->fix_rounds;
	if (ok)
		add_unsolved(&said, text);
	str_free(&said);
	return ok;
}

static void steered(void *ctx, struct str *text)
{
	struct fix *f = ctx;

	if (f->r->steered)
		f->r->steered(f->r->ctx, text);
}

static bool look(void *ctx, struct err *err)
{
	struct fix *f = ctx;

	return !f->r->look || f->r->look(f->r->ctx, err);
}

static void end_unsolved(struct fix_result *out)
{
	out->end = FIX_UNSOLVED;
	str_adds(&out->said, "not solved: nothing was proposed, and what fails is as it was");
}

/* No proposal, none refused, and nothing missing. */
static bool answered_only(const struct ask_result *r)
{
	return r->placed.n == 0 && r->placed.refused.n == 0 && r->lacking.len == 0;
}

/* Restores the best proposals; first tries those that a bound left untried, and those of an
 * answer's text, which are placed when the turn has ended. */
static bool end(struct fix *f, bool bound, struct err *err)
{
	struct place_result *p = &f->out->asked.placed;
	struct str said = STR_INIT;
	char *counts;
	bool first = !f->tried;
	bool ok = !p->n || (!first && !bound) || try_now(f, first ? 0 : f->rounds, p, &said, err);

	str_free(&said);
	if (!ok)
		return false;
	if (!f->tried) {
		f->out->end = FIX_ASKED;
		if (!p->n)
			end_unsolved(f->out);
		return true;
	}
	f->out->end = f->solved ? FIX_SOLVED : FIX_UNSOLVED;
	if (!f->solved && !first)
		strv_free(&p->taken); /* of the last one, which may not be the best */
	if (!f->solved && !first)
		ok = fix_bring_back(f->w->session, &f->kept, p->suggestions, &p->n, err);
	counts = counts_of(&f->best);
	str_addf(&f->out->said, "%s: with the proposal %s", f->solved ? "solved" : "not solved",
		 counts);
	free(counts);
	if (f->testbench)
		str_addf(&f->out->said, ", %s %s", f->testbench,
			 f->best.passes ? "passes"
			 : f->best.ran	? "fails"
					: "does not run");
	return ok;
}

bool flow_fix_question(struct workbench *w, const char *backend, struct str *question,
		       struct str *nothing, struct err *err)
{
	struct turn_request r = { .ask = { .backend = backend } };
	struct fix_result out = { 0 };
	struct fix f = { .w = w, .r = &r, .out = &out };
	bool ok = reproduce(&f, err);

	if (ok) {
		str_adds(question, str_cstr(&f.question));
		str_adds(nothing, str_cstr(&out.said));
	}
	free(f.testbench);
	str_free(&f.question);
	fix_result_fini(&out);
	return ok;
}

/* The journal has each try; this is what they came to. */
static bool record_end(const struct fix *f, const struct err *why, struct err *err)
{
	static const char *const ends[] = { [FIX_NOTHING] = "nothing",
					    [FIX_ASKED] = "asked",
					    [FIX_SOLVED] = "solved",
					    [FIX_UNSOLVED] = "unsolved" };
	struct event e = { .type = EVENT_FIX };

	if (!f->w->session)
		return true;
	e.fix.ask = f->out->asked.ask;
	e.fix.end = why ? "failed" : ends[f->out->end];
	e.fix.text = why ? why->text : str_cstr(&f->out->said);
	return session_record(f->w->session, &e, NULL, err);
}

bool flow_fix(struct workbench *w, const struct turn_request *r, struct fix_result *out,
	      struct err *err)
{
	struct fix f = { .w = w, .r = r, .out = out };
	struct turn_request turn = *r;
	const char *backend = ask_backend_name(w->options, r->ask.backend, true);
	enum turn_end how = TURN_DONE;
	bool tools = turn_tools_of(w, backend_list_find(w->backends, backend)) != TURN_TOOLS_OFF,
	     ok;

	memset(out, 0, sizeof(*out));
	ok = reproduce(&f, err);
	if (ok && f.question.len) {
		turn.ask.question = str_cstr(&f.question);
		turn.ask.fix = true;
		turn.steered = steered;
		turn.look = look;
		turn.more = check;
		turn.ctx = &f;
		out->end = FIX_ASKED;
		ok = flow_turn(w, &turn, &out->asked, &how, err);
		if (tools)
			ok = end(&f, how == TURN_BOUND, ok ? err : NULL) && ok;
		else if (ok && answered_only(&out->asked))
			end_unsolved(out);
	}
	ok = record_end(&f, ok ? NULL : err, ok ? err : NULL) && ok;
	fix_kept_fini(&f.kept);
	free(f.testbench);
	str_free(&f.question);
	return ok;
}
