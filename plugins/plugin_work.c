/* What a plugin can have posedge do: ask, lint, simulate, propose. Each works like the
 * command of that name, is recorded in the session, and observes the person's
 * limits. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/check/flow_sim.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/review/flow_suggest.h"
#include "session/workbench/workbench_read.h"

#define QUESTION_MAX (1u << 20) /* bytes */

struct asking_for {
	const char *question;
	struct posedge_text *answer;
};

static bool serve_ask(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct asking_for *x = args;
	struct ask_request r = { .question = x->question };
	struct ask_result out = { 0 };
	const struct exchange *e;
	bool ok;

	if (!utf8_valid(x->question, strlen(x->question)) || strlen(x->question) > QUESTION_MAX)
		return err_set(err, ERR_USAGE, "a question is UTF-8, and at most %u bytes of it",
			       QUESTION_MAX);
	ok = workbench_session(l->w, SESSION_FULL, err) && flow_ask(l->w, &r, &out, err);
	e = ok ? state_exchange(session_state(l->w->session), out.ask) : NULL;
	if (ok && !e)
		ok = err_set(err, ERR_NOT_FOUND, "the answer was not kept");
	if (ok) {
		x->answer->data = call_keep(c, str_cstr(&e->answer), e->answer.len, err);
		x->answer->len = e->answer.len;
		ok = x->answer->data != NULL;
	}
	ask_result_fini(&out);
	return ok;
}

bool host_ask(void *ctx, const char *question, struct posedge_text *answer)
{
	struct asking_for x = { question, answer };

	return question && answer ? call_ask(ctx, serve_ask, &x, true)
				  : call_lacks(ctx, "ask", "a question and a place for the answer");
}

struct finding_list {
	const struct posedge_finding **found;
	size_t *n;
};

static bool serve_lint(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct finding_list *x = args;
	struct lint_result r = { 0 };
	bool ok = workbench_session(l->w, SESSION_APPEND, err) && flow_lint(l->w, NULL, 0, &r, err);

	if (ok && r.failed.n)
		ok = err_set(err, ERR_TOOL, "%s", r.failed.v[0]);
	ok = ok && give_findings(c, r.found, x->found, x->n, err);
	lint_result_fini(&r);
	return ok;
}

bool host_lint(void *ctx, const struct posedge_finding **found, size_t *n)
{
	struct finding_list x = { found, n };

	return found && n ? call_ask(ctx, serve_lint, &x, true)
			  : call_lacks(ctx, "lint", "a place for the findings");
}

struct simulating {
	const char *testbench;
	struct posedge_run *run;
};

static bool serve_simulate(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct simulating *x = args;
	const struct run_result *result;
	struct sim_result r = { 0 };
	struct posedge_run run = { .size = x->run->size };
	bool ok = workbench_session(l->w, SESSION_APPEND, err) &&
		  flow_sim(l->w, x->testbench, l->w->options->engine, true, NULL, NULL, &r, err);

	if (ok) {
		result = &r.report.result;
		run.testbench = call_keep_s(c, r.testbench, err);
		run.engine = call_keep_s(c, r.engine, err);
		run.verdict = verdict_name(result->verdict);
		run.checks = result->checks;
		run.first = call_keep_s(c, result->first ? result->first : "", err);
		ok = run.testbench && run.engine && run.first;
	}
	if (ok)
		memcpy(x->run, &run, run.size < sizeof(run) ? run.size : sizeof(run));
	sim_result_fini(&r);
	return ok;
}

bool host_simulate(void *ctx, const char *testbench, struct posedge_run *run)
{
	struct simulating x = { testbench, run };

	if (!run || run->size < sizeof(size_t))
		return call_lacks(ctx, "simulate", "a place for the run, with its size");
	return call_ask(ctx, serve_simulate, &x, true);
}

struct proposing {
	const char *path, *text;
};

static bool serve_propose(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct proposing *x = args;
	struct str base = STR_INIT;
	char *by = str_fmt("plugin %s", l->plugin->name), *rel = NULL;
	struct proposed p = { .by = by, .text = { x->text, strlen(x->text) } };
	bool ok;

	ok = (p.text.len <= WORKBENCH_READ_MAX && utf8_valid(x->text, p.text.len)) ||
	     err_set(err, ERR_USAGE, "a proposal is UTF-8, and at most %u bytes of it",
		     WORKBENCH_READ_MAX);
	ok = ok && plugin_check_path(x->path, &rel, err) &&
	     workbench_session(l->w, SESSION_APPEND, err);
	if (ok) {
		p.path = rel;
		p.new_file = !workbench_read(l->w, rel, &base);
		p.base.data = str_cstr(&base);
		p.base.len = base.len;
		if (base.len == p.text.len && memcmp(p.base.data, x->text, base.len) == 0)
			ok = err_set(err, ERR_USAGE, "%s: that changes nothing", rel);
		ok = ok && flow_suggest(l->w->session, &p, NULL, err);
	}
	if (ok)
		report_note(&l->w->out, "%s: a suggestion for %s waits: `review` decides",
			    l->plugin->name, rel);
	str_free(&base);
	free(rel);
	free(by);
	return ok;
}

bool host_propose(void *ctx, const char *path, const char *text)
{
	struct proposing x = { path, text };

	return path && text ? call_ask(ctx, serve_propose, &x, true)
			    : call_lacks(ctx, "propose", "a path and a text");
}
