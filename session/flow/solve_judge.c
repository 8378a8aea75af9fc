/* Scores a candidate stage by stage; a later stage runs only after the earlier ones succeed.
 *
 *	lint --no error--> simulation --PASS--> mutants --> cells and the longest path
 *	            +----> structure
 *
 * The candidate overlays the file: nothing is written, and everything else a run
 * needs is read from its usual place. A tool that is missing, crashes or takes too
 * long leaves its stage unknown, with a sentence that says so.
 */
#include "config.h"

#include <stdlib.h>

#include "session/ask/ask_fix.h"
#include "session/check/flow_hardware.h"
#include "session/check/flow_sim.h"
#include "session/flow/solve_steps.h"
#include "session/lint/flow_lint.h"
#include "session/mutant/flow_mutants.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/tool/hardware.h"
#include "session/tool/prover.h"
#include "session/output/diag.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define FINDINGS_MAX  6000u /* bytes */
#define MUTANTS_TRIED 24u
#define MUTANTS_MS    15000u
#define SIZE_S	      30u
#define SIZE_MEMORY   (2ull << 30)

static struct overlay overlay_of(const struct solving *g, const struct candidate *c)
{
	return (struct overlay){ g->path, { str_cstr(&c->text), c->text.len } };
}

/* False: cancelled. */
static bool lint(struct flow *f, struct candidate *c, struct err *why)
{
	const struct overlay v = overlay_of(f->own, c);
	const struct diag_list *found = NULL;

	if (!flow_lint_if(f->w, &v, 1, &found, why)) {
		if (why->code == ERR_CANCELLED)
			return false;
		str_addf(&c->said, "lint did not run: %s\n", why->text);
		return true;
	}
	c->score.linted = true;
	c->score.errors = diag_list_count(found, DIAG_ERROR);
	c->score.risks = diag_list_count(found, DIAG_RISK);
	ask_findings(found, false, FINDINGS_MAX, &c->said);
	diag_list_free(found);
	return true;
}

static bool simulate(struct flow *f, struct candidate *c, const char *name, struct err *why)
{
	const struct solving *g = f->own;
	const struct overlay v = overlay_of(g, c);
	char *about = str_fmt("the next run is of %s of solve", name);
	struct sim_result sim = { 0 };
	bool ok = flow_sim_if(f->w, g->testbench, f->w->options->engine, &v, 1, about, NULL, NULL,
			      &sim, why);

	if (ok) {
		const struct run_result *r = &sim.report.result;

		c->score.ran = r->verdict == VERDICT_PASS || r->verdict == VERDICT_FAIL;
		c->score.passes = r->verdict == VERDICT_PASS;
		c->score.checks = r->checks;
		c->score.failures = r->failures;
		if (r->verdict == VERDICT_FAIL && r->samples > 0) {
			c->score.checks = r->samples;
			c->score.failures = r->mismatches;
		}
		run_result_print(r, sim.path, &c->said);
		str_addf(&c->said, "\n%s", str_cstr(&sim.cycles));
	} else if (why->code != ERR_CANCELLED) {
		str_addf(&c->said, "%s did not run: %s\n", g->testbench, why->text);
	}
	sim_result_fini(&sim);
	free(about);
	return ok || why->code != ERR_CANCELLED;
}

static bool elaborate(struct flow *f, struct candidate *c, struct err *why)
{
	const struct overlay v = overlay_of(f->own, c);
	struct hardware hw = HARDWARE_INIT;
	bool ok = flow_hardware_if(f->w, NULL, &v, 1, &hw, why);

	c->score.elaborated = ok;
	for (size_t i = 0; ok && i < hw.n; i++) {
		c->score.latches += hw.modules[i].n_latches;
		for (size_t k = 0; k < hw.modules[i].n_registers; k++) {
			const struct hw_size *s = &hw.modules[i].registers[k].size;

			c->score.registers += s->bits * (s->words ? s->words : 1);
		}
	}
	hardware_fini(&hw);
	return ok || why->code != ERR_CANCELLED;
}

void solving_judge(struct flow *f, struct candidate *c, const char *name, struct err *why)
{
	const struct solving *g = f->own;

	if (!c->score.has_code)
		return;
	if (!lint(f, c, why) || c->score.errors)
		return;
	if (g->testbench && !simulate(f, c, name, why))
		return;
	elaborate(f, c, why);
}

/* Candidates that pass ---------------------------------------------------------------- */

static bool hunt(struct flow *f, struct candidate *c, const char *name, struct str *said,
		 struct err *err)
{
	const struct solving *g = f->own;
	const struct overlay v = overlay_of(g, c);
	struct mutants_request r = {
		.testbench = g->testbench, .v = &v, .n = 1, .max = MUTANTS_TRIED, .ms = MUTANTS_MS
	};
	struct mutants_report m;
	struct err why = { 0 };

	if (!flow_mutants(f->w, &r, &m, &why)) {
		str_addf(said, "%s: mutants: %s\n", name, why.text);
		return err_pass_cancel(err, &why);
	}
	c->score.hunted = m.noticed + m.survived > 0;
	c->score.mutants = m.noticed + m.survived;
	c->score.noticed = m.noticed;
	str_addf(said, "%s: the testbench notices %zu of %zu mutants\n", name, m.noticed,
		 c->score.mutants);
	mutants_report_fini(&m);
	return true;
}

static bool worth_it(const struct candidate *c)
{
	return c->score.passes && !c->twin;
}

bool solving_strength(struct flow *f, struct str *said, struct err *err)
{
	struct solving *g = f->own;
	char name[24];

	for (size_t i = 0; i < g->n; i++) {
		solving_name(i, name);
		if (worth_it(&g->v[i]) && !hunt(f, &g->v[i], name, said, err))
			return false;
	}
	solving_rank(g);
	return true;
}

static bool measure(struct flow *f, struct candidate *c, const char *name, struct str *said,
		    struct err *err)
{
	const struct solving *g = f->own;
	const struct overlay v = overlay_of(g, c);
	struct project *p = workbench_project(f->w, err);
	unsigned s = f->w->options->sim_build_seconds < SIZE_S ? f->w->options->sim_build_seconds
							       : SIZE_S;
	struct prover_limits limits = { .ms = s * 1000, .memory = SIZE_MEMORY };
	struct overlays_below *below = p ? overlay_push(p, &v, 1) : NULL;
	struct prover_size size;
	struct err why = { 0 };
	struct design d = { .top = NULL };
	bool ok;

	if (!p)
		return false;
	design_init(&d, p, f->w->options, g->path, g->module);
	overlay_pop(below);
	d.job.yields = f->w->screen != NULL;
	ok = f->w->ports->prover->measure(f->w->loop, &d.job, &limits, &size, &why);
	design_fini(&d);
	if (ok) {
		c->score.sized = true;
		c->score.cells = size.cells;
		c->score.flip_flops = size.flip_flops;
		c->score.path = size.path;
		str_addf(said, "%s: %lu cells, %lu flip-flops, longest path %ld\n", name,
			 size.cells, size.flip_flops, size.path);
		return true;
	}
	if (why.code == ERR_TIMEOUT)
		err_set(&why, why.code, "yosys did not end within %u s", s);
	str_addf(said, "%s: size not known: %s\n", name, why.text);
	return err_pass_cancel(err, &why);
}

/* Skipped until some candidate passes: a smaller circuit that does something else is no gain. */
bool solving_size(struct flow *f, struct str *said, struct err *err)
{
	struct solving *g = f->own;
	const struct prover_ops *prover = f->w->ports->prover;
	struct err why = { 0 };
	char name[24];

	if (!solving_shows_size(g)) {
		str_adds(said, "nothing passes yet: sizes are not looked at\n");
		return true;
	}
	if (!prover || !prover->measure || !prover->here(&why)) {
		str_addf(said, "left out: %s\n", why.code ? why.text : "this program knows none");
		return true;
	}
	for (size_t i = 0; i < g->n; i++) {
		solving_name(i, name);
		if (worth_it(&g->v[i]) && !measure(f, &g->v[i], name, said, err))
			return false;
	}
	solving_rank(g);
	return true;
}
