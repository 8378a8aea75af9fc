/* plan: from a spec to a checked plan, and from that to code.
 *
 *	spec.md --model--> plan.md (a suggestion)		if there is no plan yet
 *	plan.md --rules--> faults				a faulty plan produces nothing
 *	        --rules--> modules that contain only wires
 *	        --model--> leaves, one by one, each with its part of the spec
 *	        --rules--> differences between code and plan
 *	        --lint---> the suggestions, and whether code or plan causes a finding
 *
 * Plan and code take two runs of the command, so the person decides on the plan before
 * anything is made from it. Generated files are regenerated when the plan changes, but
 * only if they are marked as generated; a person's own file is only compared.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/check/composite.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/flow/plan_steps.h"
#include "session/journal/session.h"
#include "session/lint/flow_lint.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"

#define MADE "// Made from plan.md"

static void planning_fini(void *own)
{
	struct planning *g = own;

	plan_fini(&g->plan);
	spec_fini(&g->spec);
	str_free(&g->text);
	str_free(&g->spec_text);
	strv_free(&g->left);
	strv_free(&g->differs);
	str_free(&g->findings);
}

/* Checking ---------------------------------------------------------------------------- */

static bool check(struct flow *f, struct str *said, struct err *err)
{
	struct planning *g = f->own;

	if (!flow_spec(f, &g->spec_text, err))
		return false;
	spec_read(&g->spec, str_cstr(&g->spec_text), g->spec_text.len);
	g->there = flow_text(f, "plan.md", &g->text);
	if (!g->there) {
		str_adds(said, "there is no plan.md yet\n");
		return g->spec_text.len > 0 ||
		       err_set(err, ERR_NOT_FOUND,
			       "plan needs spec.md to make a plan from, or plan.md");
	}
	plan_read(&g->plan, str_cstr(&g->text), g->text.len);
	plan_check(&g->plan, spec_numbered(&g->spec) ? &g->spec : NULL);
	str_addf(said, "%zu module%s, %zu fault%s%s\n", g->plan.n, g->plan.n == 1 ? "" : "s",
		 g->plan.n_faults, g->plan.n_faults == 1 ? "" : "s",
		 g->plan.n_faults ? ": nothing is made from it" : "");
	planning_tell_faults(&g->plan, said);
	if (g->plan.n_faults)
		f->out->end = FLOW_FOUND;
	g->clean = g->plan.n_faults == 0;
	return true;
}

/* Files ------------------------------------------------------------------------------- */

/* True for a file that was not generated; it is only compared. */
static bool is_own(struct flow *f, const char *path)
{
	struct str text = STR_INIT;
	bool own = flow_text(f, path, &text) && !str_starts(str_cstr(&text), MADE);

	str_free(&text);
	return own;
}

static bool wiring(struct flow *f, struct str *said, struct err *err)
{
	struct planning *g = f->own;
	size_t before = f->out->n, wires = 0;
	bool ok = true;

	for (size_t i = 0; g->clean && ok && i < g->plan.n; i++) {
		const struct plan_module *m = &g->plan.modules[i];
		char *path = m->n_instances ? planning_path(f, m->name) : NULL;
		struct str text = STR_INIT;

		if (path && !is_own(f, path)) {
			plan_make(&g->plan, m, &text);
			ok = flow_propose(f, path, NULL, str_cstr(&text), text.len, err);
			wires++;
		}
		str_free(&text);
		free(path);
	}
	if (g->clean)
		str_addf(said, "%zu module%s of wires made by rule, %zu of them new or changed\n",
			 wires, wires == 1 ? "" : "s", f->out->n - before);
	return ok;
}

/* Differences ------------------------------------------------------------------------- */

/* Names what was compared in a file of the user's own. The connections of a file that was made
 * from the plan are those of the plan. */
static void say_own(struct flow *f, const char *module, struct str *said)
{
	char *path = planning_path(f, module);

	if (path && is_own(f, path))
		str_addf(said,
			 "%s is yours: its ports, parameters and instances were compared, its "
			 "connections were not\n",
			 path);
	free(path);
}

static bool compare(struct flow *f, struct str *said, struct err *err)
{
	struct planning *g = f->own;
	const struct project *p = workbench_project(f->w, err);
	struct str own = STR_INIT;
	size_t missing = 0;

	for (size_t i = 0; p && g->clean && i < g->plan.n; i++) {
		const struct plan_module *m = &g->plan.modules[i];
		const struct vmodule *rtl = project_vmodule(p, m->name);

		if (rtl)
			plan_compare(m, rtl, &g->differs);
		if (rtl && m->n_instances)
			say_own(f, m->name, &own);
		missing += rtl == NULL;
	}
	if (p && g->clean)
		str_addf(said,
			 "%zu difference%s between plan and code, %zu module%s without code\n",
			 g->differs.n, g->differs.n == 1 ? "" : "s", missing,
			 missing == 1 ? "" : "s");
	for (size_t i = 0; i < g->differs.n; i++)
		str_addf(said, "%s\n", g->differs.v[i]);
	str_add(said, str_cstr(&own), own.len);
	str_free(&own);
	if (g->differs.n)
		f->out->end = FLOW_FOUND;
	return p != NULL;
}

/* Lint -------------------------------------------------------------------------------- */

/* A module of wires is copied from the plan, so its faults are those of the plan. */
static const char *blame(struct flow *f, const char *path)
{
	const struct planning *g = f->own;
	const char *who = "a file that the plan does not name";

	for (size_t i = 0; i < g->plan.n; i++) {
		char *of = planning_path(f, g->plan.modules[i].name);

		if (of && strcmp(of, path) == 0)
			who = g->plan.modules[i].n_instances
				      ? "the plan, which it is made from"
				      : "the module: its ports are as planned";
		free(of);
	}
	return who;
}

/* The suggested files, and a stub with the header of each module without code, so
 * that the wiring around it can be checked. */
struct proposed_all {
	struct composite all;
	struct overlay *v;
	size_t n;
	struct strv stubs, texts; /* paths and contents */
};

static void proposed_init(struct proposed_all *a, struct flow *f)
{
	const struct planning *g = f->own;
	const struct project *p = workbench_project(f->w, NULL);

	*a = (struct proposed_all){ .stubs = STRV_INIT };
	composite_init(&a->all, session_state(f->w->session), f->out->suggestions[0],
		       COMPOSITE_REST, NULL);
	a->v = mem_calloc(a->all.n + g->plan.n + 1, sizeof(*a->v));
	for (; a->n < a->all.n; a->n++)
		a->v[a->n] = a->all.v[a->n];
	for (size_t i = 0; p && i < g->plan.n; i++) {
		const struct plan_module *m = &g->plan.modules[i];
		char *path = planning_path(f, m->name);
		bool there = project_vmodule(p, m->name) || strv_has(&a->all.paths, path);
		struct str text = STR_INIT;

		if (!there) {
			plan_head(m, &text);
			str_adds(&text, "endmodule\n");
			strv_add(&a->stubs, path);
			a->v[a->n].text.len = text.len;
			strv_give(&a->texts, str_take(&text));
			a->v[a->n].text.data = a->texts.v[a->texts.n - 1];
			a->v[a->n++].path = a->stubs.v[a->stubs.n - 1];
		}
		free(path);
	}
}

static void proposed_fini(struct proposed_all *a)
{
	composite_fini(&a->all);
	free(a->v);
	strv_free(&a->stubs);
	strv_free(&a->texts);
}

static void tell_findings(struct flow *f, const struct proposed_all *a,
			  const struct diag_list *found, struct str *said)
{
	struct planning *g = f->own;
	size_t errors = 0, risks = 0;

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		if (d->rank == DIAG_STYLE || strv_has(&a->stubs, d->path))
			continue;
		errors += d->rank == DIAG_ERROR;
		risks += d->rank == DIAG_RISK;
		diag_print(d, &g->findings);
		str_addf(&g->findings, "\n    blamed on %s\n", blame(f, d->path));
		f->out->end = FLOW_FOUND;
	}
	str_addf(said, "with all of it: %zu error%s, %zu risk%s\n", errors, count_s(errors), risks,
		 count_s(risks));
}

static bool lint(struct flow *f, struct str *said, struct err *err)
{
	struct proposed_all a;
	const struct diag_list *found = NULL;
	struct err why;
	bool ok;

	if (f->out->n == 0 || !((struct planning *)f->own)->clean)
		return true;
	proposed_init(&a, f);
	ok = flow_lint_if(f->w, a.v, a.n, &found, &why);
	if (ok)
		tell_findings(f, &a, found, said);
	else {
		str_addf(said, "lint did not run: %s\n", why.text);
		f->out->end = FLOW_FOUND; /* what lint would find remains open */
	}
	diag_list_free(found);
	proposed_fini(&a);
	return ok || err_pass_cancel(err, &why);
}

static void tell(const struct flow *f, struct str *out)
{
	const struct planning *g = f->own;

	planning_tell_faults(&g->plan, out);
	for (size_t i = 0; i < g->left.n; i++)
		str_addf(out, "%s\n", g->left.v[i]);
	for (size_t i = 0; i < g->differs.n; i++)
		str_addf(out, "differs: %s\n", g->differs.v[i]);
	str_add(out, str_cstr(&g->findings), g->findings.len);
}

static const struct flow_step steps[] = {
	{ "check", "what is wrong with plan.md, by rules", 0, check },
	{ "draft", "a plan of spec.md, by the model, where there is none", FLOW_NEEDS_MODEL,
	  planning_draft },
	{ "wiring", "modules that only wire, by rule", 0, wiring },
	{ "leaves", "the other modules, by the model, one by one", FLOW_NEEDS_MODEL,
	  planning_leaves },
	{ "compare", "where plan and code differ", 0, compare },
	{ "lint", "what is proposed, and whose fault a finding is", 0, lint },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_plan = {
	.name = "plan",
	.about = "from spec.md to plan.md, checked before any code, and from that to modules",
	.steps = steps,
	.size = sizeof(struct planning),
	.fini = planning_fini,
	.tell = tell,
};
