/* Builds and runs each testbench with counters, adds up their counts by place,
 * and computes the results from the sum.
 *
 * A point counts once, in whichever text or instance it was reached. Files that
 * judge the design and files without executable lines are left out of the
 * figures, so that a percentage is one of the design.
 */
#include "config.h"

#include "session/mutant/flow_coverage.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/journal/session.h"
#include "session/project/design.h"
#include "session/toolbox/judges.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define TEXT_MAX (8u << 20) /* bytes of a source whose lines are shown */

struct covering {
	struct workbench *w;
	struct project *p;
	const struct simulator_ops *ops;
	struct simulator *sim;
	const char *dir;
	struct coverage_report *out;
};

/* Job for the thread pool: a file of counts may be long. */
struct reading {
	const char *path;
	struct coverage *counts;
	struct err err;
	bool ok;
};

static void read_counts(void *ctx)
{
	struct reading *r = ctx;
	struct str text = STR_INIT;

	r->ok = file_read(r->path, COVERAGE_BYTES_MAX, &text, &r->err) &&
		coverage_read(r->counts, str_cstr(&text), text.len, &r->err);
	str_free(&text);
}

static bool take_counts(struct covering *c, const char *path, struct err *err)
{
	struct reading r = { .path = path, .counts = &c->out->counts };

	if (!task_work(c->w->loop, read_counts, &r, NULL, err))
		return false;
	return r.ok || err_copy(err, &r.err);
}

static char *text_of(const struct covering *c, const struct source *s, size_t *len)
{
	struct str text = STR_INIT;

	source_read(s, c->w->place.root, TEXT_MAX, &text, NULL);
	*len = text.len;
	return str_take(&text);
}

static bool has_file(const struct coverage_report *r, const char *path)
{
	for (size_t i = 0; i < r->n_files; i++)
		if (strcmp(r->files[i].path, path) == 0)
			return true;
	return false;
}

/* Verilator 5.006 truncates a file name at the first blank. */
static bool has_name(const struct covering *c, const char *path)
{
	bool whole = !strpbrk(path, " \t");

	if (!whole)
		report_note(&c->w->out, "%s is not counted: Verilator cuts its name at the blank",
			    path);
	return whole;
}

/* State of the filter; points are sorted by path and line. */
struct choosing {
	const struct covering *c;
	const char *path; /* of the last point */
	int line;
	bool judges, tested;
};

/* In a file with a testbench only the modules under test count. */
static bool is_tested(void *ctx, const struct cover_point *p)
{
	struct choosing *k = ctx;
	const struct covering *c = k->c;

	if (!k->path || strcmp(k->path, p->path) != 0) {
		char *judge = judge_why(c->p, c->w->options, p->path);

		k->judges = judge != NULL;
		k->line = 0;
		free(judge);
	}
	if (k->judges && k->line != p->line)
		k->tested = judge_spares(c->p, c->w->options, p->path, p->line);
	k->path = p->path;
	k->line = p->line;
	return !k->judges || k->tested;
}

/* Adds the design's files (own) or the others; returns how many there are. */
static size_t add_files(struct covering *c, const struct design *d, bool own)
{
	struct coverage_report *r = c->out;
	size_t n = 0;

	for (size_t i = 0; i < d->job.n; i++) {
		const struct source *s = &d->job.sources[i];
		char *judge = judge_why(c->p, c->w->options, s->path);

		n += own == !judge;
		if (own == !judge && !has_file(r, s->path) && has_name(c, s->path)) {
			struct coverage_file f = { .path = mem_strdup(s->path) };

			f.text = text_of(c, s, &f.len);
			r->files = mem_realloc(r->files, (r->n_files + 1) * sizeof(*r->files));
			r->files[r->n_files++] = f;
		}
		free(judge);
	}
	return n;
}

static void add_bench(struct coverage_report *r, const char *testbench, struct run_result *result)
{
	r->benches = mem_realloc(r->benches, (r->n_benches + 1) * sizeof(*r->benches));
	r->benches[r->n_benches++] =
		(struct coverage_bench){ .testbench = mem_strdup(testbench), .result = *result };
	*result = (struct run_result){ 0 };
}

static bool judge_run(const char *testbench, const struct run_report *report, struct err *err)
{
	const char *first = report->result.first ? report->result.first : "";

	if (report->result.verdict == VERDICT_BUILD)
		return err_set(err, ERR_TOOL, "Verilator cannot build %s to count in it: %.300s",
			       testbench, first);
	return report->coverage_path[0] ||
	       err_set(err, ERR_CONFLICT, "the run of %s ended before it could count: %.300s",
		       testbench, first);
}

static bool run_one(struct covering *c, const char *name, struct err *err)
{
	char *testbench = NULL, *path = NULL;
	struct run_report report = { 0 };
	struct design d;
	bool ok = design_testbench(c->p, c->w->options, name, &testbench, &path, err);

	if (!ok)
		return false;
	design_init(&d, c->p, c->w->options, path, testbench);
	design_add_data(&d, c->p, c->w->options, path);
	{
		struct run_job job = { .design = d.job,
				       .limits = sim_limits_of(c->w->options),
				       .out_dir = c->dir,
				       .coverage = true,
				       .unguarded = guard_is_off(c->w) };

		design_fill_run(&d, &job);
		job.design.yields = c->w->screen != NULL;
		report_note(&c->w->out, "running %s", testbench);
		ok = c->ops->run(c->sim, &job, NULL, &report, err);
	}
	ok = ok && judge_run(testbench, &report, err) && take_counts(c, report.coverage_path, err);
	if (ok) {
		struct choosing only = { .c = c };

		coverage_keep(&c->out->counts, is_tested, &only);
		if (!add_files(c, &d, true))
			add_files(c, &d, false);
		add_bench(c->out, testbench, &report.result);
	}
	run_report_fini(&report);
	design_fini(&d);
	free(testbench);
	free(path);
	return ok;
}

/* A state reached in any text of a name is reached: labels are counted per file,
 * so two machines with equal names are distinguished by their lines. */
static void count_states(const struct coverage *c, struct coverage_file *f)
{
	for (size_t i = 0; i < c->n; i++) {
		char *label = strcmp(c->v[i].path, f->path) == 0
				      ? coverage_state(&c->v[i], f->text, f->len)
				      : NULL;

		f->states += label != NULL;
		f->states_hit += label && c->v[i].count > 0;
		free(label);
	}
}

static void file_fini(struct coverage_file *f)
{
	free(f->path);
	free(f->text);
}

/* Drops files without executable lines from the figures. */
static void conclude(struct coverage_report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_files; i++) {
		struct coverage_file *f = &r->files[i];

		coverage_sum(&r->counts, f->path, f->text, f->len, &f->sum);
		count_states(&r->counts, f);
		if (f->sum.lines + f->sum.branches + f->sum.bits)
			r->files[n++] = *f;
		else
			file_fini(f);
	}
	r->n_files = n;
}

bool flow_coverage(struct workbench *w, const char *const *names, size_t n,
		   struct coverage_report *out, struct err *err)
{
	struct covering c = { .w = w, .out = out };
	char *dir = NULL, *version = NULL;
	bool ok;

	memset(out, 0, sizeof(*out));
	c.ops = ports_simulator(w->ports, "verilator", err);
	ok = c.ops && c.ops->available(&version, err);
	free(version);
	if (!ok || !guard_passes(w, c.ops, err) || !workbench_session(w, SESSION_APPEND, err) ||
	    !(c.p = workbench_project(w, err)))
		return false;
	c.dir = dir = str_fmt("%s/runs/coverage", session_dir(w->session));
	ok = (c.sim = c.ops->open(w->loop, err)) != NULL;
	for (size_t i = 0; ok && i < (n ? n : 1); i++) {
		file_remove_tree(dir, NULL);
		ok = file_make_dirs(dir, 0700, err) && run_one(&c, n ? names[i] : NULL, err);
	}
	if (c.sim)
		c.ops->close(c.sim);
	file_remove_tree(dir, NULL);
	free(dir);
	conclude(out);
	if (ok && out->n_files == 0)
		ok = err_set(err, ERR_CONFLICT,
			     "nothing of the design of %s was counted: no file of its own has a "
			     "process or a signal",
			     out->benches[0].testbench);
	if (!ok)
		coverage_report_fini(out);
	return ok;
}

void coverage_report_fini(struct coverage_report *r)
{
	for (size_t i = 0; i < r->n_benches; i++) {
		free(r->benches[i].testbench);
		run_result_fini(&r->benches[i].result);
	}
	free(r->benches);
	for (size_t i = 0; i < r->n_files; i++)
		file_fini(&r->files[i]);
	free(r->files);
	coverage_fini(&r->counts);
	memset(r, 0, sizeof(*r));
}
