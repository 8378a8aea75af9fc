/* lint, simulate: the tools' output, bounded for a model.
 *
 * Errors come before risks, otherwise in the tool's order: the first is usually the
 * cause of the rest. Style is left out. A run is recorded in the session like any
 * other. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/check/composite.h"
#include "session/check/flow_sim.h"
#include "session/journal/lint_summary.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/option/opt.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"

#define FINDINGS_MAX 40
#define OUTPUT_MAX   4000 /* bytes of the simulation's output, from its end */

static size_t print_rank(const struct diag_list *found, enum diag_rank rank, size_t room,
			 struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		if (d->rank != rank || n++ >= room)
			continue;
		diag_print(d, out);
		str_addc(out, '\n');
		if (d->hint[0])
			str_addf(out, "    %s\n", d->hint);
	}
	return n;
}

static void print_findings(const struct diag_list *found, struct str *out)
{
	size_t errors = print_rank(found, DIAG_ERROR, FINDINGS_MAX, out);
	size_t room = errors < FINDINGS_MAX ? FINDINGS_MAX - errors : 0;
	size_t all = errors + print_rank(found, DIAG_RISK, room, out);

	if (all > FINDINGS_MAX)
		str_addf(out, "[cut: %zu more findings]\n", all - FINDINGS_MAX);
}

/* True in *proposal: use the texts proposed in this turn. */
static bool arg_proposal(const struct tool_call *c, bool *proposal, struct err *err)
{
	const cJSON *v = json_get(c->args, "proposal");

	*proposal = cJSON_IsTrue(v);
	if (v && !cJSON_IsBool(v) && !cJSON_IsNull(v))
		return err_set(err, ERR_USAGE, "\"proposal\" must be true or false");
	return !*proposal || (c->use->turn && c->use->turn->n) ||
	       err_set(err, ERR_USAGE, "nothing is proposed here yet");
}

static bool lint_proposal(struct tool_call *c, struct err *err)
{
	const struct diag_list *found = NULL;
	struct composite all;
	bool ok;

	composite_init(&all, session_state(c->w->session), c->use->turn->suggestions[0],
		       COMPOSITE_REST, NULL);
	ok = flow_lint_if(c->w, all.v, all.n, &found, err);
	composite_fini(&all);
	if (ok) {
		str_addf(c->out, "with all that is proposed: %zu errors, %zu risks\n",
			 diag_list_count(found, DIAG_ERROR), diag_list_count(found, DIAG_RISK));
		print_findings(found, c->out);
	}
	diag_list_free(found);
	return ok;
}

bool tool_lint(struct tool_call *c, struct err *err)
{
	struct lint_result r = { 0 };
	char *path = NULL;
	const char *given;
	bool proposal, ok;

	if (!arg_proposal(c, &proposal, err))
		return false;
	if (proposal)
		return lint_proposal(c, err);
	ok = arg_text(c->args, "path", false, &given, err) &&
	     (!given || arg_path(c->w->place.root, c->args, &path, err)) &&
	     workbench_session(c->w, SESSION_APPEND, err) &&
	     flow_lint(c->w, (const char *const *)&path, path != NULL, &r, err);

	if (ok) {
		if (r.read)
			lint_summary(r.found, r.read, str_cstr(&r.unread), c->out);
		else
			lint_summary_nothing(str_cstr(&r.unread), c->out);
		str_addc(c->out, '\n');
		print_findings(r.found, c->out);
	}
	for (size_t i = 0; ok && i < r.failed.n && i < FINDINGS_MAX; i++)
		str_addf(c->out, "not linted: %s\n", r.failed.v[i]);
	if (ok && r.failed.n > FINDINGS_MAX)
		str_addf(c->out, "[cut: %zu more that were not linted]\n",
			 r.failed.n - FINDINGS_MAX);
	lint_result_fini(&r);
	free(path);
	return ok;
}

static void keep_line(void *ctx, const char *line, size_t len)
{
	struct str *s = ctx;

	str_add(s, line, len);
	str_addc(s, '\n');
	if (s->len > 2 * OUTPUT_MAX) {
		memmove(s->data, s->data + s->len - OUTPUT_MAX, OUTPUT_MAX);
		str_cut(s, OUTPUT_MAX);
	}
}

static void print_run(const struct sim_result *r, const struct str *printed, struct str *out)
{
	const char *end = str_cstr(printed);
	const char *beside = r->report.result.beside;

	run_result_print(&r->report.result, r->path, out);
	str_addf(out, "\nrun %llu, testbench %s, engine %s\n", (unsigned long long)r->run,
		 r->testbench, r->engine);
	if (beside && beside[0])
		str_addf(out, "%s\n", beside);
	if (r->report.found)
		print_findings(r->report.found, out);
	if (r->cycles.len)
		str_addf(out, "%s\n", str_cstr(&r->cycles));
	if (printed->len > OUTPUT_MAX) {
		end += printed->len - OUTPUT_MAX;
		end += strcspn(end, "\n");
		str_adds(out, "[cut: only the end of what it printed]");
	}
	if (printed->len)
		str_addf(out, "%s%s", printed->len > OUTPUT_MAX ? "" : "printed:\n", end);
}

static bool sim_proposal(struct tool_call *c, const char *name, struct str *printed,
			 struct sim_result *r, struct err *err)
{
	uint64_t first = c->use->turn->suggestions[0];
	char *about = str_fmt("the next run is of suggestion %llu as proposed",
			      (unsigned long long)first);
	struct composite all;
	bool ok;

	composite_init(&all, session_state(c->w->session), first, COMPOSITE_REST, NULL);
	ok = flow_sim_if(c->w, name, c->w->options->engine, all.v, all.n, about, keep_line, printed,
			 r, err);
	composite_fini(&all);
	free(about);
	return ok;
}

bool tool_simulate(struct tool_call *c, struct err *err)
{
	struct sim_result r = { 0 };
	struct str printed = STR_INIT;
	const char *name;
	bool proposal;
	bool ok = arg_text(c->args, "testbench", false, &name, err) &&
		  arg_proposal(c, &proposal, err) && workbench_session(c->w, SESSION_APPEND, err) &&
		  (proposal ? sim_proposal(c, name, &printed, &r, err)
			    : flow_sim(c->w, name, c->w->options->engine, true, keep_line, &printed,
				       &r, err));

	if (ok) {
		print_run(&r, &printed, c->out);
		for (size_t i = 0; i < r.notes.n; i++)
			str_addf(c->out, "%s\n", r.notes.v[i]);
	}
	sim_result_fini(&r);
	str_free(&printed);
	return ok;
}
