/* Provers and simulators read the same text by different rules (x, sensitivity
 * lists, races). What both show is true of the design; what only one shows is a
 * question about the text.
 */
#include "config.h"

#include "session/check/counterexample.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/check/formal_bench.h"
#include "session/check/guard.h"
#include "session/check/skipped_include.h"
#include "session/check/sva_sample.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define SOURCE_MAX (4u << 20) /* bytes; a larger source is simulated as it is */

struct trial {
	struct workbench *w;
	struct simulator *sim;
	const struct prover_trace *trace;
	const char *name, *about;
	bool compare;
	const char *dir;
};

/* Testbench for one of the designs; their tops may have different names. */
static void bench_of(const struct trial *t, const struct run_job *of, struct str *text)
{
	formal_bench(t->trace, t->name, of->design.top, of->design.parameters, t->about, t->compare,
		     text);
}

/* A file is there if the job has one of that name, wherever it is looked for. */
static bool is_there(void *ctx, struct slice name)
{
	const struct sim_job *design = ctx;
	char *path = slice_dup(name);
	bool there = false;

	for (size_t i = 0; i < design->n && !there; i++)
		there = strcmp(path_base(design->sources[i].path), path_base(path)) == 0;
	free(path);
	return there;
}

/* The text of a source as Icarus can read what yosys read. False: as it is. */
static bool adapt(const struct trial *t, const struct sim_job *design, const struct source *s,
		  struct str *out)
{
	struct str sampled = STR_INIT;
	bool changed = source_read(s, t->w->place.root, SOURCE_MAX, out, NULL) &&
		       memmem(str_cstr(out), out->len, "translate_off", 13) &&
		       skipped_include_blank(out->data, out->len, is_there, (void *)design);

	if (memchr(str_cstr(out), '$', out->len) && sva_sample(out->data, out->len, &sampled)) {
		str_free(out);
		*out = sampled;
		return true;
	}
	str_free(&sampled);
	return changed;
}

/* kept: a zeroed text for each source. */
static void adapt_all(const struct trial *t, const struct sim_job *design, struct source *sources,
		      struct str *kept)
{
	for (size_t i = 0; i < design->n; i++)
		if (adapt(t, design, &sources[i], &kept[i])) {
			sources[i].text = str_cstr(&kept[i]);
			sources[i].len = kept[i].len;
		}
}

static bool run(const struct trial *t, const struct run_job *of, bool trace, struct run_report *out,
		struct err *err)
{
	char *path = str_fmt("%s.v", t->name);
	size_t n = of->design.n;
	struct source *sources = mem_calloc(n + 1, sizeof(*sources));
	struct str *kept = mem_calloc(n + 1, sizeof(*kept));
	struct run_job job = *of;
	struct str bench = STR_INIT;
	bool ok;

	bench_of(t, of, &bench);
	job.limits = sim_limits_of(t->w->options);
	job.out_dir = t->dir;
	job.trace = trace;
	job.unguarded = guard_is_off(t->w);
	memcpy(sources, of->design.sources, n * sizeof(*sources));
	adapt_all(t, &of->design, sources, kept);
	sources[n] = (struct source){ .path = path, .text = str_cstr(&bench), .len = bench.len };
	job.design.sources = sources;
	job.design.n = n + 1;
	job.design.top = t->name;
	job.design.parameters = NULL; /* passed by the testbench */
	job.design.yields = t->w->screen != NULL;
	ok = t->sim->ops->run(t->sim, &job, NULL, out, err);
	for (size_t i = 0; i < n; i++)
		str_free(&kept[i]);
	free(kept);
	str_free(&bench);
	free(sources);
	free(path);
	return ok;
}

/* True if the run ended; otherwise it says nothing about the counterexample. */
static bool ran(const struct run_report *r, struct err *err)
{
	return !verdict_is_broken(r->result.verdict) ||
	       err_set(err, ERR_TOOL, "Icarus: %.300s", r->result.first ? r->result.first : "");
}

static bool try_both(const struct trial *t, const struct run_job *before,
		     const struct run_job *after, struct counterexample *out, struct err *err)
{
	struct run_report r = { 0 };
	bool ok = true;

	if (before) {
		ok = run(t, before, false, &r, err) && ran(&r, err);
		out->passes_before = ok && r.result.verdict == VERDICT_PASS;
		run_report_fini(&r);
		memset(&r, 0, sizeof(r));
	}
	if (!ok)
		return false;
	file_remove_tree(t->dir, NULL);
	if (!file_make_dirs(t->dir, 0700, err) || !run(t, after, true, &r, err))
		return false;
	ok = ran(&r, err);
	out->fails_after = r.result.verdict == VERDICT_FAIL;
	out->first = mem_strdup(r.result.first ? r.result.first : "");
	out->wave = mem_strdup(r.wave_path ? r.wave_path : "");
	run_report_fini(&r);
	return ok;
}

bool counterexample_run(struct workbench *w, const struct prover_trace *t,
			const struct run_job *before, const struct run_job *after, const char *dir,
			const char *about, struct counterexample *out, struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(w->ports, "icarus", err);
	struct trial trial = { .w = w,
			       .trace = t,
			       .name = before ? "posedge_equiv_tb" : "posedge_prove_tb",
			       .about = about,
			       .compare = before != NULL,
			       .dir = dir };
	struct str text = STR_INIT;
	bool ok;

	memset(out, 0, sizeof(*out));
	file_remove_tree(dir, NULL);
	ok = ops && guard_passes(w, ops, err) && file_make_dirs(dir, 0700, err) &&
	     (trial.sim = ops->open(w->loop, err)) && try_both(&trial, before, after, out, err);
	if (trial.sim)
		ops->close(trial.sim);
	if (ok) {
		bench_of(&trial, after, &text);
		out->bench = str_take(&text);
	} else {
		counterexample_fini(out);
	}
	return ok;
}

void counterexample_fini(struct counterexample *b)
{
	free(b->bench);
	free(b->wave);
	free(b->first);
	memset(b, 0, sizeof(*b));
}
