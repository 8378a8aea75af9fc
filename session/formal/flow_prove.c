/* The sources are rewritten (sva.h, bound.h) in the same way for both tools, so
 * that a failure in one can be confirmed in the other.
 */
#include "config.h"

#include "session/formal/flow_prove.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/counterexample.h"
#include "session/check/race.h"
#include "session/check/sva.h"
#include "session/formal/bound.h"
#include "session/formal/first_values.h"
#include "session/formal/flow_equiv.h"
#include "session/journal/session.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define SOURCE_MAX (4u << 20)

struct proving {
	struct workbench *w;
	const struct prove_request *r;
	struct prove_result *out;
	struct design d;
	char *values; /* of the parameters, as a sentence */
	struct source *sources;
	struct str *kept;		/* texts of sources[], owned */
	struct strv targets, instances; /* bound modules, and what is bound into each */
};

static void take_text(struct proving *v, size_t i, struct str *text)
{
	str_free(&v->kept[i]);
	v->kept[i] = *text;
	*text = STR_INIT;
	v->sources[i].text = str_cstr(&v->kept[i]);
	v->sources[i].len = v->kept[i].len;
}

static bool read_text(const struct proving *v, const struct source *s, struct str *out,
		      struct err *err)
{
	return source_read(s, v->w->place.root, SOURCE_MAX, out, err);
}

static void rewrite(struct proving *v, size_t i)
{
	struct source *s = &v->sources[i];
	struct str text = STR_INIT, made = STR_INIT;
	struct strv unread = STRV_INIT;
	struct err why = { 0 };
	bool ok = read_text(v, s, &text, &why),
	     bound = ok && text.len && bound_take(text.data, text.len, &v->targets, &v->instances);

	if (ok && sva_rewrite(str_cstr(&text), text.len, SVA_X_FAILS, &made, &unread))
		take_text(v, i, &made);
	else if (bound)
		take_text(v, i, &text);
	if (why.code == ERR_LIMIT)
		strv_addf(&v->out->unread, "%s: larger than %u MB, so no assertion in it is known",
			  s->path, SOURCE_MAX >> 20);
	for (size_t k = 0; k < unread.n; k++)
		strv_addf(&v->out->unread, "%s:%s", s->path, unread.v[k]);
	strv_free(&unread);
	str_free(&text);
	str_free(&made);
}

/* Inserts into the source that has the module; if none has, the instance is not used. */
static void put_bound(struct proving *v, const char *module, const char *instance)
{
	bool done = false;

	for (size_t i = 0; !done && i < v->d.job.n; i++) {
		struct str text = STR_INIT, made = STR_INIT;

		done = read_text(v, &v->sources[i], &text, NULL) &&
		       memmem(str_cstr(&text), text.len, module, strlen(module)) &&
		       bound_put(str_cstr(&text), text.len, module, instance, &made);
		if (done)
			take_text(v, i, &made);
		str_free(&made);
		str_free(&text);
	}
}

static void rewrite_all(struct proving *v)
{
	v->sources = mem_calloc(v->d.job.n + 1, sizeof(*v->sources));
	v->kept = mem_calloc(v->d.job.n + 1, sizeof(*v->kept));
	memcpy(v->sources, v->d.job.sources, v->d.job.n * sizeof(*v->sources));
	for (size_t i = 0; i < v->d.job.n; i++)
		rewrite(v, i);
	for (size_t i = 0; i < v->targets.n; i++)
		put_bound(v, v->targets.v[i], v->instances.v[i]);
	v->d.job.sources = v->sources;
	v->d.job.lang = LANG_SV2017; /* assert is a SystemVerilog keyword */
	v->d.job.lang_fixed = true;
	v->d.job.yields = v->w->screen != NULL;
}

static void undecided(struct prover_property *p, const char *why)
{
	p->answer = PROVER_UNDECIDED;
	free(p->why);
	p->why = mem_strdup(why);
}

/* Confirms in Icarus a failure that yosys found. False: cancelled. */
static bool simulate(struct proving *v, size_t i, struct err *err)
{
	struct prover_property *p = &v->out->report.properties[i];
	char *dir = str_fmt("%s/runs/prove/%zu", session_dir(v->w->session), i);
	char *about = str_fmt("%s fails in step %u", p->name, p->steps);
	char *path = str_fmt("%s/posedge_prove_tb.v", dir);
	struct run_job job = { .design = v->d.job };
	struct counterexample b;
	struct err why = { 0 };
	bool ok = true;

	design_fill_run(&v->d, &job);
	if (!counterexample_run(v->w, &p->trace, NULL, &job, dir, about, &b, &why)) {
		ok = err_pass_cancel(err, &why);
		err_prefix(&why, "yosys breaks it in step %u, which cannot be simulated", p->steps);
		undecided(p, why.text);
	} else {
		if (!b.fails_after)
			undecided(p, "yosys breaks it, and Icarus does not show that: a register "
				     "without reset or start value, which is x there");
		else if (file_put(path, b.bench, strlen(b.bench), 0600, NULL)) {
			free(v->out->benches.v[i]);
			free(v->out->waves.v[i]);
			v->out->benches.v[i] = mem_strdup(path);
			v->out->waves.v[i] = mem_strdup(b.wave);
		}
		counterexample_fini(&b);
	}
	if (p->answer != PROVER_DIFFERENT)
		file_remove_tree(dir, NULL);
	free(path);
	free(about);
	free(dir);
	return ok;
}

/* Makes proofs undecided if there is a race, since they cover only one order of processes. */
static void doubt(struct proving *v)
{
	struct prover_report *r = &v->out->report;
	struct str why = STR_INIT;

	race_in_job(&v->d.job, &why);
	for (size_t i = 0; why.len && i < r->n_properties; i++)
		if (r->properties[i].answer == PROVER_PROVED ||
		    r->properties[i].answer == PROVER_BOUNDED)
			undecided(&r->properties[i], str_cstr(&why));
	str_free(&why);
}

static bool prove(struct proving *v, struct err *err)
{
	struct prover_prove job = {
		.design = &v->d.job,
		.resets = v->r->resets,
		.limits = { .depth = v->r->depth, .ms = v->r->ms, .memory = FORMAL_MEMORY }
	};
	struct prove_result *out = v->out;
	bool ok = v->w->ports->prover->prove(v->w->loop, &job, &out->report, err);

	if (ok && v->values[0])
		strv_add(&out->report.driven, v->values);
	for (size_t i = 0; ok && i < out->report.n_properties; i++) {
		strv_add(&out->benches, "");
		strv_add(&out->waves, "");
	}
	if (ok)
		doubt(v);
	for (size_t i = 0; ok && i < out->report.n_properties; i++)
		if (out->report.properties[i].answer == PROVER_DIFFERENT)
			ok = simulate(v, i, err);
	return ok;
}

bool flow_prove(struct workbench *w, const struct prove_request *r, struct prove_result *out,
		struct err *err)
{
	struct project *p = workbench_project(w, err);
	struct proving v = { .w = w, .r = r, .out = out };
	struct overlays_below *below;
	const struct source *sources;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!p || !workbench_session(w, SESSION_APPEND, err))
		return false;
	if (!ports_prover(w->ports, err))
		return false;
	below = overlay_push(p, r->texts, r->n_texts);
	design_init(&v.d, p, w->options, r->path, r->module);
	v.values = first_values_say(project_vmodule(p, r->module), v.d.job.parameters);
	overlay_pop(below);
	sources = v.d.job.sources;
	rewrite_all(&v);
	ok = prove(&v, err);
	v.d.job.sources = sources;
	for (size_t i = 0; i < v.d.job.n; i++)
		str_free(&v.kept[i]);
	free(v.kept);
	free(v.sources);
	strv_free(&v.targets);
	strv_free(&v.instances);
	design_fini(&v.d);
	free(v.values);
	if (!ok)
		prove_result_fini(out);
	return ok;
}

void prove_result_fini(struct prove_result *r)
{
	prover_report_fini(&r->report);
	strv_free(&r->unread);
	strv_free(&r->benches);
	strv_free(&r->waves);
}

void prove_say(const struct prover_property *p, struct str *out)
{
	switch (p->answer) {
	case PROVER_PROVED:
		str_adds(out, "proved");
		break;
	case PROVER_BOUNDED:
		str_addf(out, "not decided: it holds for %u step%s, later it may not", p->steps,
			 count_s(p->steps));
		break;
	case PROVER_DIFFERENT:
		str_addf(out, "fails in step %zu", p->trace.n_steps ? p->trace.n_steps - 1 : 0);
		break;
	case PROVER_VACUOUS:
		str_addf(out, "vacuous: its condition does not hold in any of %u steps", p->steps);
		break;
	case PROVER_KNOWN:
	case PROVER_PORTS:
	case PROVER_UNDECIDED:
		str_adds(out, "not decided");
		break;
	}
	if (p->why[0])
		str_addf(out, ": %s", p->why);
}
