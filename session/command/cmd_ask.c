/* ask and fix: what a model proposes, printed as a diff. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_fix.h"
#include "session/ask/flow_ask.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/check/flow_why.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/review/proposals.h"
#include "session/turn/flow_turn.h"
#include "session/verdict/diag.h"
#include "session/workbench/workbench.h"

/* The prose of an answer: its code is shown as a diff instead, unless that
 * came to nothing. */
static void print_prose(const struct workbench *w, uint64_t ask, bool code)
{
	const struct exchange *x = state_exchange(session_state(w->session), ask);
	struct answer_parts parts;
	size_t said = 0;

	if (!x)
		return;
	answer_parse(str_cstr(&x->answer), x->answer.len, &parts);
	for (size_t i = 0; i < parts.n; i++) {
		const struct answer_part *p = &parts.v[i];
		size_t start = strspn(p->text, "\r\n"), len = p->len;

		while (len > start && strchr(" \t\r\n", p->text[len - 1]))
			len--;
		if ((p->kind == PART_PROSE || (code && p->kind == PART_CODE)) && len > start)
			report_text(&w->out, "%s%.*s\n", said++ ? "\n" : "", (int)(len - start),
				    p->text + start);
	}
	answer_parts_fini(&parts);
}

/* The answer as it comes ------------------------------------------------------------ */

/* What a terminal has been shown of an answer. It cannot be unsaid: where a later
 * look takes a secret out of it, what follows goes on behind it. */
struct watch {
	const struct workbench *w;
	struct str shown;
	struct loop_timer *tick;
	uint64_t since_ms;
	size_t words;
};

static void watch_live(void *ctx, uint64_t ask, const char *text, size_t len, size_t words)
{
	struct watch *v = ctx;
	const struct exchange *x = state_exchange(session_state(v->w->session), ask);
	struct str all = STR_INIT;
	size_t same = 0;

	v->words = words;
	if (x)
		str_add(&all, str_cstr(&x->answer), x->answer.len);
	str_add(&all, text, len);
	while (same < all.len && same < v->shown.len && all.data[same] == v->shown.data[same])
		same++;
	if (same < v->shown.len)
		same = v->shown.len < all.len ? v->shown.len : all.len;
	if (same < all.len) {
		v->w->out.live(v->w->out.ctx, all.data + same, all.len - same, NULL);
		str_free(&v->shown);
		v->shown = all;
	} else {
		str_free(&all);
	}
}

/* Seconds, and words of reasoning, until there is something to read. */
static void watch_tick(void *ctx)
{
	struct watch *v = ctx;
	char *status =
		v->words ? str_fmt("(%llu s, %zu words so far)",
				   (unsigned long long)(loop_now_ms(v->w->loop) - v->since_ms) /
					   1000,
				   v->words)
			 : str_fmt("(%llu s)",
				   (unsigned long long)(loop_now_ms(v->w->loop) - v->since_ms) /
					   1000);

	if (v->shown.len == 0) {
		v->w->out.live(v->w->out.ctx, "", 0, status);
		loop_timer_set(v->tick, 1000);
	}
	free(status);
}

static void watch_begin(struct watch *v, struct workbench *w, struct ask_request *r)
{
	*v = (struct watch){ .w = w };
	if (!w->out.live)
		return;
	v->tick = loop_timer_new(w->loop, watch_tick, v);
	v->since_ms = loop_now_ms(w->loop);
	loop_timer_set(v->tick, 1000);
	r->live = watch_live;
	r->ctx = v;
}

/* Whether the answer has been read already. */
static bool watch_end(struct watch *v)
{
	bool any = v->shown.len > 0;

	loop_timer_free(v->tick);
	if (v->w->out.live)
		v->w->out.live(v->w->out.ctx, "\n", any && v->shown.data[v->shown.len - 1] != '\n',
			       NULL);
	str_free(&v->shown);
	return any;
}

static bool ask_and_print(struct cmd_call *c, struct ask_request *r, struct err *err)
{
	struct workbench *w = c->w;
	struct turn_request turn = { 0 };
	struct ask_result result;
	struct watch watch;
	const char *file = cmd_opt(c, "--file"), *role = cmd_opt(c, "--role");
	char *rel = NULL;
	bool apply = cmd_opt(c, "--apply") != NULL && !cmd_opt(c, "--show");
	bool ok, read;

	if (file && !workbench_path(w, file, &rel, err))
		return false;
	r->fresh = cmd_opt(c, "--fresh") != NULL;
	/* Applying needs all of the state, and nobody else changing it meanwhile. */
	if (apply && !workbench_session(w, SESSION_FULL, err)) {
		free(rel);
		return false;
	}
	r->forced_path = rel;
	r->backend = cmd_opt(c, "--backend");
	if (role && !r->backend)
		r->backend = ask_backend_role(w, role);
	if (role && !r->backend) {
		free(rel);
		return err_set(err, ERR_USAGE, "ask --role %s: ask, fix, plan or judge", role);
	}
	if (cmd_opt(c, "--show")) {
		ok = context_show(c, r, err);
		free(rel);
		return ok;
	}
	watch_begin(&watch, w, r);
	turn.ask = *r;
	ok = flow_turn(w, &turn, &result, NULL, err);
	read = watch_end(&watch);
	if (result.ask && !read)
		print_prose(w, result.ask, result.placed.n == 0);
	proposals_print(w, &result.placed);
	if (result.lacking.len) {
		report_note(&w->out, "%s", str_cstr(&result.lacking));
		c->status = CMD_FOUND;
	}
	if (result.placed.refused.n || !proposals_whole(w, &result.placed))
		c->status =
			result.placed.n ? CMD_TROUBLE : CMD_FOUND; /* a part of it, or nothing */
	if (ok && apply && result.placed.n)
		ok = proposals_apply(w, &result.placed, "--apply", err);
	ask_result_fini(&result);
	free(rel);
	return ok;
}

bool cmd_ask(struct cmd_call *c, struct err *err)
{
	struct str question = STR_INIT;
	struct ask_request r = { 0 };
	bool ok;

	for (size_t i = 0; i < c->argc; i++)
		str_addf(&question, "%s%s", i ? " " : "", c->argv[i]);
	r.question = str_cstr(&question);
	ok = ask_and_print(c, &r, err);
	str_free(&question);
	return ok;
}

/* fix: the findings first, for what does not build need not be simulated. */

/* Of what drove the signals: about 1,500 tokens. */
#define EVIDENCE_MAX 6000

static bool fix_findings(struct cmd_call *c, const struct diag_list *found, struct err *err)
{
	const struct options *o = c->w->options;
	struct str text = STR_INIT, question = STR_INIT;
	struct ask_request r = { .fix = true };
	size_t n =
		ask_findings(found, o->lint_style,
			     ask_findings_max(ask_budget(
				     c->w, ask_backend_name(c->w, cmd_opt(c, "--backend"), true))),
			     &text);
	bool ok;

	ask_fix_lint(str_cstr(&text), &question);
	r.question = str_cstr(&question);
	report_note(&c->w->out, "sending %zu finding%s", n, n == 1 ? "" : "s");
	ok = ask_and_print(c, &r, err);
	str_free(&question);
	str_free(&text);
	return ok;
}

static bool fix_failure(struct cmd_call *c, const struct sim_result *s, struct err *err)
{
	struct str text = STR_INIT, question = STR_INIT, evidence = STR_INIT;
	struct ask_request r = { .fix = true };
	char *where = str_fmt(" (%s)", s->path);
	bool ok;

	run_result_print(&s->report.result, s->path, &text);
	str_addf(&text, "\n%s", str_cstr(&s->cycles));
	flow_why_evidence(c->w, EVIDENCE_MAX, &evidence);
	if (evidence.len)
		str_addf(&text, "\nWhat drove the signals that the check compared:\n%s",
			 str_cstr(&evidence));
	ask_fix_run(s->testbench, where, str_cstr(&text), &question);
	r.question = str_cstr(&question);
	report_note(&c->w->out, "sending the first failure and the cycles before it%s",
		    evidence.len ? ", and what drove the signals" : "");
	ok = ask_and_print(c, &r, err);
	free(where);
	str_free(&evidence);
	str_free(&question);
	str_free(&text);
	return ok;
}

bool cmd_fix(struct cmd_call *c, struct err *err)
{
	struct lint_result lint;
	struct sim_result sim;
	bool ok;

	if (cmd_opt(c, "--apply") && !workbench_session(c->w, SESSION_FULL, err))
		return false;
	ok = flow_lint(c->w, NULL, 0, &lint, err);
	if (!ok || lint_counts(c->w, lint.found)) {
		ok = ok && fix_findings(c, lint.found, err);
		lint_result_fini(&lint);
		return ok;
	}
	lint_result_fini(&lint);
	ok = flow_sim(c->w, NULL, c->w->options->engine, true, NULL, NULL, &sim, err);
	if (ok && (sim.report.result.verdict == VERDICT_FAIL ||
		   verdict_is_broken(sim.report.result.verdict)))
		ok = fix_failure(c, &sim, err);
	else if (ok)
		report_text(&c->w->out, "nothing to fix: no findings, and %s does not fail\n",
			    sim.testbench);
	sim_result_fini(&sim);
	return ok;
}
