/* Coverage by requirement: plan.md says which module serves which requirement of
 * spec.md, and a module is a range of lines, so the lines and branches reached by a
 * testbench can be counted per requirement. Without a plan the connection is
 * unknown, and the output says so instead of printing zero.
 */
#include "config.h"

#include "session/command/coverage_spec.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"
#include "session/flow/spec.h"
#include "session/mutant/flow_coverage.h"
#include "session/project/project.h"
#include "session/verilog/verilog.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

static const struct coverage_file *counted(const struct coverage_report *r, const char *path)
{
	for (size_t i = 0; i < r->n_files; i++)
		if (strcmp(r->files[i].path, path) == 0)
			return &r->files[i];
	return NULL;
}

/* Adds the coverage of a module's lines. */
static void add_module(struct project *p, const struct coverage_report *r, const char *name,
		       struct coverage_need *out)
{
	const struct project_file *pf = project_module(p, name, NULL);
	const struct coverage_file *f = pf ? counted(r, pf->path) : NULL;
	const struct vmodule *m = f && pf->outline ? voutline_module(pf->outline, name) : NULL;
	int n, last;
	int64_t *lines;

	if (!m)
		return;
	lines = coverage_lines(&r->counts, f->path, f->text, f->len, &n);
	last = m->end_line && m->end_line < n ? m->end_line : n;
	for (int l = m->line; l <= last; l++) {
		out->sum.lines += lines[l] >= 0;
		out->sum.lines_hit += lines[l] > 0;
	}
	free(lines);
	for (size_t i = 0; i < r->counts.n; i++) {
		const struct cover_point *c = &r->counts.v[i];

		if (c->kind != COVER_BRANCH || c->line < m->line || c->line > last ||
		    strcmp(c->path, f->path) != 0)
			continue;
		out->sum.branches++;
		out->sum.branches_hit += c->count > 0;
	}
	out->run = out->sum.lines > 0;
}

void coverage_needs(struct workbench *w, const struct coverage_report *r,
		    struct coverage_needs *out)
{
	struct project *p = workbench_project(w, NULL);
	struct str spec_text = STR_INIT, plan_text = STR_INIT;
	struct spec spec = { 0 };
	struct plan plan = { 0 };

	*out = (struct coverage_needs){ 0 };
	if (workbench_read(w, "spec.md", &spec_text))
		spec_read(&spec, str_cstr(&spec_text), spec_text.len);
	out->planned = workbench_read(w, "plan.md", &plan_text);
	if (out->planned)
		plan_read(&plan, str_cstr(&plan_text), plan_text.len);
	out->v = mem_calloc(spec.n + 1, sizeof(*out->v));
	for (size_t i = 0; i < spec.n; i++) {
		struct coverage_need *need = &out->v[out->n];

		if (!spec.v[i].id[0])
			continue;
		out->n++;
		need->id = mem_strdup(spec.v[i].id);
		for (size_t m = 0; m < plan.n; m++) {
			if (!strv_has(&plan.modules[m].serves, need->id))
				continue;
			strv_add(&need->modules, plan.modules[m].name);
			if (p)
				add_module(p, r, plan.modules[m].name, need);
		}
	}
	spec_fini(&spec);
	plan_fini(&plan);
	str_free(&spec_text);
	str_free(&plan_text);
}

void coverage_needs_fini(struct coverage_needs *n)
{
	for (size_t i = 0; i < n->n; i++) {
		free(n->v[i].id);
		strv_free(&n->v[i].modules);
	}
	free(n->v);
	*n = (struct coverage_needs){ 0 };
}

static void print_one(const struct coverage_need *n, struct str *out)
{
	str_addf(out, "%s", n->id);
	for (size_t i = 0; i < n->modules.n; i++)
		str_addf(out, "%s%s", i ? ", " : " · ", n->modules.v[i]);
	if (!n->modules.n)
		str_adds(out, ": no module of plan.md serves it");
	else if (!n->run)
		str_adds(out, ": nothing of that was run");
	if (n->sum.lines)
		str_addf(out, " · lines %zu of %zu", n->sum.lines_hit, n->sum.lines);
	if (n->sum.branches)
		str_addf(out, " · branches %zu of %zu", n->sum.branches_hit, n->sum.branches);
	str_addc(out, '\n');
}

void coverage_needs_print(const struct coverage_needs *n, struct str *out)
{
	if (n->n && !n->planned) {
		str_addf(out,
			 "requirements: nothing ties the %zu of spec.md to code; plan.md would "
			 "(\"Serves: %s\")\n",
			 n->n, n->v[0].id);
		return;
	}
	for (size_t i = 0; i < n->n; i++)
		print_one(&n->v[i], out);
}
