/* The published rules read a log: the output of the build, then that of the run. A
 * run ended by a limit counts as a time-out, as with the harness's `timeout`. */
#include "config.h"

#include "session/bench/bench_judge.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/bench/flow_bench.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define LOG_MAX	 (BENCH_OUTPUT + (8u << 20))
#define PATIENCE 4

static void add_file(const char *path, struct str *log)
{
	struct str text = STR_INIT;

	if (path && *path && file_read(path, LOG_MAX, &text, NULL))
		str_add(log, str_cstr(&text), text.len);
	str_free(&text);
}

/* A run that took as long as the published limit timed out, however it ended: on a
 * loaded machine a signal for processor time may end it instead. */
static bool timed_out(const struct suite *suite, const struct run_report *r)
{
	if (!*r->output_path)
		return false;
	return r->limit == RUN_LIMIT_TIME || r->limit == RUN_LIMIT_OUTPUT ||
	       r->limit == RUN_LIMIT_CPU ||
	       (r->result.verdict == VERDICT_TOOL && r->run_ms >= suite->run_ms);
}

static char letter(const struct suite *suite, const struct run_report *r, const char *code,
		   size_t len)
{
	struct str log = STR_INIT;
	struct suite_log l = { .code = code, .code_len = len };
	size_t begin;
	char c;

	add_file(r->log_path, &log);
	begin = log.len;
	add_file(r->output_path, &log);
	l.built = *r->output_path != 0;
	l.out_of_time = timed_out(suite, r);
	l.run_len = log.len - begin;
	if (l.out_of_time)
		str_adds(&log, "\nTIMEOUT\n");
	l.text = str_cstr(&log);
	l.run = l.text + begin;
	l.len = log.len;
	c = suite->letter(&l);
	str_free(&log);
	return c;
}

/* Runs the sources as texts; the run's folder contains nothing else. */
static bool run(struct workbench *w, struct simulator *sim, const struct suite *suite,
		const struct suite_job *j, const char *root, const char *out_dir, bool trace,
		struct run_report *report, struct err *err)
{
	struct source *sources = mem_calloc(j->paths.n, sizeof(*sources));
	struct sim_file *files = mem_calloc(j->data.n + 1, sizeof(*files));
	struct run_job job = { .limits = sim_limits_of(w->options),
			       .out_dir = out_dir,
			       .trace = trace,
			       .unguarded = guard_is_off(w) };
	bool ok;

	for (size_t i = 0; i < j->paths.n; i++) {
		enum lang_file l = lang_file(j->paths.v[i]);

		sources[i] = (struct source){ .path = j->paths.v[i],
					      .text = str_cstr(&j->texts[i]),
					      .len = j->texts[i].len,
					      .included = l == LANG_FILE_VH || l == LANG_FILE_SVH };
	}
	job.design = (struct sim_job){ .root = root,
				       .sources = sources,
				       .n = j->paths.n,
				       .top = j->top,
				       .lang = LANG_SV2017,
				       .lang_fixed = true };
	/* The published limit is wall time on an otherwise idle machine. Here
	 * processor time is limited, so waiting for a processor does not count. */
	job.limits.cpu_s = suite->run_ms / 1000;
	job.limits.run_ms = suite->run_ms * PATIENCE;
	job.limits.output = BENCH_OUTPUT;
	for (size_t i = 0; i < j->data.n; i++)
		files[i].path = j->data.v[i];
	job.files = files;
	job.n_files = j->data.n;
	ok = sim->ops->run(sim, &job, NULL, report, err);
	free(sources);
	free(files);
	return ok;
}

/* Repeats a run with waves, so a passing run does not pay for them. */
static char *waves_of(struct workbench *w, struct simulator *sim, const struct suite *suite,
		      const struct suite_job *j, const char *root, const char *dir)
{
	char *out_dir = path_join(dir, "traced"), *wave = NULL;
	struct run_report r = { 0 };
	struct err err;

	if (file_make_dirs(out_dir, 0700, &err) &&
	    run(w, sim, suite, j, root, out_dir, true, &r, &err) && r.wave_path && *r.wave_path)
		wave = mem_strdup(r.wave_path);
	run_report_fini(&r);
	free(out_dir);
	return wave;
}

static bool judge_by_suite(struct workbench *w, const struct suite *suite,
			   const struct suite_choice *c, const struct suite_problem *p,
			   const char *code, size_t len, const char *dir, struct bench_judged *out,
			   struct err *err)
{
	const struct suite_tools tools = {
		.loop = w->loop, .prover = w->ports->prover, .dir = dir, .w = w
	};
	struct suite_judged found = { .class_ = '?' };
	uint64_t began = loop_now_ms(w->loop);

	suite_no_figures(found.figures);
	if (!file_make_dirs(dir, 0700, err) || !suite->judge(&tools, c, p, code, len, &found, err))
		return false;
	out->class_ = found.class_;
	out->own = true;
	memcpy(out->figures, found.figures, sizeof(out->figures));
	out->report.run_ms = loop_now_ms(w->loop) - began;
	out->report.result.verdict = found.verdict;
	out->report.result.first = found.first;
	out->report.result.beside = found.beside;
	out->report.result.checks = out->report.result.failures = -1;
	out->report.result.mismatches = out->report.result.samples = -1;
	return true;
}

bool bench_judge(struct workbench *w, struct simulator *sim, const struct suite *suite,
		 const struct suite_choice *c, const struct suite_problem *p, const char *code,
		 size_t len, const char *dir, bool waves, struct bench_judged *out, struct err *err)
{
	char *root, *out_dir;
	const char *from;
	struct suite_job job;
	bool ok;

	*out = (struct bench_judged){ .class_ = '?' };
	suite_no_figures(out->figures);
	if (suite->judge)
		return judge_by_suite(w, suite, c, p, code, len, dir, out, err);
	root = path_join(dir, "in");
	out_dir = path_join(dir, "out");
	ok = suite->job(c, p, code, len, &job, err);
	if (ok) {
		from = job.dir ? job.dir : root;
		ok = file_make_dirs(root, 0700, err) && file_make_dirs(out_dir, 0700, err) &&
		     run(w, sim, suite, &job, from, out_dir, false, &out->report, err);
		if (ok)
			/* The published rules depend on Icarus's messages. For another engine
			 * only its verdict counts. */
			out->class_ = strcmp(sim->ops->name, "icarus") == 0
					      ? letter(suite, &out->report, code, len)
					      : suite_class_of(out->report.result.verdict);
		if (ok && waves && out->class_ != '.' && *out->report.output_path)
			out->wave = waves_of(w, sim, suite, &job, from, dir);
		suite_job_fini(&job);
	}
	free(root);
	free(out_dir);
	return ok;
}

void bench_judged_fini(struct bench_judged *j)
{
	run_report_fini(&j->report);
	free(j->wave);
	*j = (struct bench_judged){ 0 };
}

void bench_judged_row(const struct bench_judged *j, struct bench_row *r)
{
	const struct run_report *report = &j->report;

	r->class_ = j->class_;
	r->verdict = verdict_name(report->result.verdict);
	r->checks = report->result.checks;
	r->failures = report->result.checks < 0 ? -1 : report->result.failures;
	r->mismatches = report->result.mismatches;
	r->samples = report->result.samples;
	r->first = report->result.first;
	r->first_path = report->result.first_path;
	r->first_line = report->result.first_line;
	r->beside = report->result.beside;
	memcpy(r->figures, j->figures, sizeof(r->figures));
	r->stage = j->own ? "judge" : report->output_path && *report->output_path ? "run" : "build";
	r->build_s = (double)report->build_ms / 1000;
	r->run_s = (double)report->run_ms / 1000;
}
