/* Are two versions of a file the same hardware? Each root module of the new
 * version is compared with the module of that name in the old one:
 *
 *    design_of   both designs, each with its own overlays
 *    prover      proved / equal up to n steps / a counterexample / undecided
 *    simulate    runs the counterexample: it only counts if the old version passes
 *                and the new one fails in a simulator as well
 *    doubt       withdraws "equal" if processes race: yosys considers one order of
 *                them, a simulator may choose another
 *
 * So neither answer depends on how a single tool reads the text.
 */
#include "config.h"

#include "session/formal/flow_equiv.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/counterexample.h"
#include "session/check/formal_bench.h"
#include "session/check/race.h"
#include "session/formal/first_values.h"
#include "session/journal/session.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

/* Makes the design of one side. False if the file has no such module on that side. */
static bool design_of(struct workbench *w, struct project *p, const struct equiv_sides *s,
		      bool before, const char *module, struct design *d, struct err *err)
{
	const struct equiv_texts *texts = before ? &s->before : &s->after;
	struct overlays_below *laid = overlay_push(p, texts->v, texts->n);
	struct strv roots = STRV_INIT;
	const struct project_file *f = project_find(p, s->path);
	bool ok;

	design_roots(p, s->path, &roots);
	/* If the other file has only one module, its name may differ. */
	if (before && roots.n == 1 && f && f->outline && !voutline_module(f->outline, module))
		module = roots.v[0];
	ok = f && f->outline && voutline_module(f->outline, module);
	if (ok)
		design_init(d, p, w->options, s->path, module);
	if (ok)
		d->job.yields = w->screen != NULL;
	else
		err_set(err, ERR_NOT_FOUND, "%s has no module %s in %s", s->path, module,
			before ? s->called : "this version");
	overlay_pop(laid);
	strv_free(&roots);
	return ok;
}

static void undecided(struct equiv_result *r, const char *why)
{
	r->report.answer = PROVER_UNDECIDED;
	free(r->report.why);
	r->report.why = mem_strdup(why);
}

static bool keep(const struct counterexample *b, const char *dir, struct equiv_result *out,
		 struct err *err)
{
	char *path = str_fmt("%s/posedge_equiv_tb.v", dir);

	if (!file_put(path, b->bench, strlen(b->bench), 0600, err)) {
		free(path);
		return false;
	}
	free(out->bench);
	free(out->wave);
	out->bench = path;
	out->wave = mem_strdup(b->wave);
	return true;
}

/* Confirms a difference: both tools must show it. False: cancelled. */
static bool simulate(struct workbench *w, const struct equiv_request *r,
		     const struct design *before, const struct design *after,
		     struct equiv_result *out, struct err *err)
{
	char *dir = str_fmt("%s/runs/equiv/%s", session_dir(w->session), out->module);
	struct run_job earlier = { .design = before->job }, later = { .design = after->job };
	struct str words = STR_INIT;
	struct counterexample b;
	struct err why = { 0 };
	bool ok = true;

	design_fill_run(before, &earlier);
	design_fill_run(after, &later);
	if (strchr(out->module, '/')) {
		free(dir);
		dir = str_fmt("%s/runs/equiv/module", session_dir(w->session));
	}
	formal_difference(&out->report.trace, &words);
	str_addf(&words, " (%s against %s)", r->sides->path, r->sides->called);
	if (!counterexample_run(w, &out->report.trace, &earlier, &later, dir, str_cstr(&words), &b,
				&why)) {
		ok = err_pass_cancel(err, &why);
		err_prefix(&why, "yosys has a counterexample that cannot be simulated");
		undecided(out, why.text);
	} else {
		str_clear(&words);
		formal_difference(&out->report.trace, &words);
		free(out->difference);
		out->difference = str_take(&words);
		if (!b.passes_before || !b.fails_after)
			undecided(out, "yosys has a counterexample that Icarus does not show: they "
				       "read this text differently");
		else if (r->keep && !keep(&b, dir, out, &why))
			undecided(out, why.text);
		counterexample_fini(&b);
	}
	if (!r->keep || out->report.answer != PROVER_DIFFERENT)
		file_remove_tree(dir, NULL);
	str_free(&words);
	free(dir);
	return ok;
}

/* Makes "equal" undecided if there is a race, since the proof covers only one order. */
static void doubt(const struct design *before, const struct design *after, struct equiv_result *out)
{
	enum prover_answer a = out->report.answer;
	struct str why = STR_INIT;

	if ((a == PROVER_PROVED || a == PROVER_KNOWN || a == PROVER_BOUNDED) &&
	    (race_in_job(&after->job, &why) || race_in_job(&before->job, &why)))
		undecided(out, str_cstr(&why));
	str_free(&why);
}

static char *values_of(struct project *p, const struct equiv_sides *s, const char *module,
		       const struct design *after)
{
	struct overlays_below *laid = overlay_push(p, s->after.v, s->after.n);
	char *values = first_values_say(project_vmodule(p, module), after->job.parameters);

	overlay_pop(laid);
	return values;
}

static bool compare(struct workbench *w, struct project *p, const struct equiv_request *r,
		    const char *module, struct equiv_result *out, struct err *err)
{
	struct design before, after;
	struct prover_equal job = {
		.before = &before.job,
		.after = &after.job,
		.resets = r->resets,
		.limits = { .depth = r->depth, .ms = r->ms, .memory = FORMAL_MEMORY }
	};
	struct err why;
	char *values;
	bool ok;

	*out = (struct equiv_result){ .module = mem_strdup(module),
				      .difference = mem_strdup(""),
				      .bench = mem_strdup(""),
				      .wave = mem_strdup("") };
	out->report.why = mem_strdup("");
	if (!design_of(w, p, r->sides, false, module, &after, err))
		return false;
	if (!design_of(w, p, r->sides, true, module, &before, &why)) {
		design_fini(&after);
		undecided(out, why.text);
		return true;
	}
	free(out->report.why);
	values = values_of(p, r->sides, module, &after);
	ok = w->ports->prover->equal(w->loop, &job, &out->report, err);
	if (ok && values[0])
		strv_add(&out->report.driven, values);
	free(values);
	if (!ok)
		out->report.why = mem_strdup("");
	if (ok && out->report.answer == PROVER_DIFFERENT)
		ok = simulate(w, r, &before, &after, out, err);
	if (ok)
		doubt(&before, &after, out);
	design_fini(&before);
	design_fini(&after);
	return ok;
}

static void roots_of(struct project *p, const struct equiv_sides *s, struct strv *roots)
{
	struct overlays_below *laid = overlay_push(p, s->after.v, s->after.n);

	design_roots(p, s->path, roots);
	overlay_pop(laid);
}

bool flow_equiv(struct workbench *w, const struct equiv_request *r, struct equiv_results *out,
		struct err *err)
{
	struct project *p = workbench_project(w, err);
	struct strv roots = STRV_INIT;
	bool ok = true;

	memset(out, 0, sizeof(*out));
	if (!p || !workbench_session(w, SESSION_APPEND, err))
		return false;
	if (!ports_prover(w->ports, err))
		return false;
	roots_of(p, r->sides, &roots);
	if (!roots.n)
		ok = project_no_module(p, r->sides->path, err);
	out->v = mem_calloc(roots.n + 1, sizeof(*out->v));
	for (size_t i = 0; ok && i < roots.n; i++)
		ok = compare(w, p, r, roots.v[i], &out->v[out->n++], err);
	strv_free(&roots);
	if (!ok)
		equiv_results_fini(out);
	return ok;
}

void equiv_results_fini(struct equiv_results *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->v[i].module);
		free(r->v[i].difference);
		free(r->v[i].bench);
		free(r->v[i].wave);
		prover_report_fini(&r->v[i].report);
	}
	free(r->v);
	memset(r, 0, sizeof(*r));
}

void equiv_say(const struct equiv_result *r, struct str *out)
{
	const struct prover_report *p = &r->report;

	switch (p->answer) {
	case PROVER_PROVED:
		str_adds(out, "equal (proved)");
		break;
	case PROVER_KNOWN:
		if (p->steps)
			str_addf(out,
				 "equal up to %u steps where the earlier version is known, "
				 "not proved for later ones",
				 p->steps);
		else
			str_adds(out, "equal where the earlier version is known (proved)");
		break;
	case PROVER_BOUNDED:
		str_addf(out, "equal up to %u steps, not proved for later ones", p->steps);
		break;
	case PROVER_DIFFERENT:
		str_addf(out, "different: %s", r->difference);
		return;
	case PROVER_PORTS:
		str_addf(out, "not comparable, the ports differ: %s", p->why);
		return;
	case PROVER_VACUOUS:
	case PROVER_UNDECIDED:
		str_addf(out, "not decided: %s", p->why);
		return;
	}
	if (p->why[0])
		str_addf(out, ": %s", p->why);
}
