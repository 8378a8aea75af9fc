#include "config.h"

#include "session/check/flow_sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/check/engine_choice.h"
#include "session/check/run_time.h"
#include "session/check/wave_source.h"
#include "session/manifest/foreign.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/design.h"
#include "session/project/design_hints.h"
#include "session/project/project.h"
#include "session/tool/wave.h"
#include "session/verdict/diag.h"
#include "session/verdict/run_beside.h"
#include "session/workbench/command_run.h"
#include "session/workbench/wave_quota.h"
#include "session/workbench/workbench.h"

#define COLUMNS 8	/* of the table of cycles */

void sim_result_fini(struct sim_result *r)
{
	free(r->testbench);
	free(r->path);
	free(r->wave_path);
	run_report_fini(&r->report);
	str_free(&r->cycles);
	strv_free(&r->notes);
	strv_free(&r->files);
	memset(r, 0, sizeof(*r));
}

struct sim_limits sim_limits_of(const struct options *o)
{
	struct sim_limits l = SIM_LIMITS_DEFAULT;

	l.build_ms = (uint64_t)options_number(o, "sim.build_seconds") * 1000;
	l.run_ms = (uint64_t)options_number(o, "sim.run_seconds") * 1000;
	l.memory = (uint64_t)options_number(o, "sim.memory_mb") << 20;
	l.output = (uint64_t)options_number(o, "sim.output_mb") << 20;
	l.file_size = (uint64_t)options_number(o, "sim.wave_mb") << 20;
	return l;
}

static bool record_start(struct session *s, const struct sim_result *r, const char *engine,
			 const struct sim_result *first, uint64_t *n, struct err *err)
{
	struct event e = { .type = EVENT_RUN };
	struct str files = STR_INIT;
	bool ok;

	for (size_t i = 0; i < r->files.n; i++)
		str_addf(&files, "%s%s", i ? "\n" : "", r->files.v[i]);
	e.run.testbench = r->testbench;
	e.run.engine = engine;
	e.run.confirms = first ? first->run : 0;
	e.run.files = (struct bytes){ str_cstr(&files), files.len };
	/* Written before anything is run, so that no kill loses it. Nothing waits
	 * for the disk: a run that is lost with the machine is run again. */
	ok = session_record(s, &e, n, err);
	if (ok)
		session_flush(s);
	str_free(&files);
	return ok;
}

/* The path below the session's folder: a session can be moved. */
static const char *below(const struct session *s, const char *path)
{
	size_t n = strlen(session_dir(s));

	return strncmp(path, session_dir(s), n) == 0 && path[n] == '/' ? path + n + 1 : path;
}

static void add_steps(const struct run_report *rep, struct str *out)
{
	for (size_t i = 0; i < rep->n_steps; i++)
		str_addf(out, "%s%s %llu", i ? "\n" : "", rep->steps[i].name, (unsigned long long)rep->steps[i].ms);
}

/* differs: NULL: it confirms no other. */
static bool record_end(struct workbench *w, const struct sim_result *r, const struct err *why,
		       const struct str *differs, struct err *err)
{
	struct str steps = STR_INIT;
	bool ok;

	const struct run_report *rep = &r->report;
	struct event e = { .type = EVENT_VERDICT };
	char hash[HASH_HEX + 1] = "";

	if (rep->output_path && rep->output_path[0])
		hash_file(rep->output_path, hash, NULL);
	e.verdict.run = r->run;
	e.verdict.verdict = verdict_name(why ? VERDICT_TOOL : rep->result.verdict);
	e.verdict.error = why ? why->text : "";
	e.verdict.checks = rep->result.checks;
	e.verdict.failures = (uint64_t)(rep->result.failures > 0 ? rep->result.failures : 0);
	e.verdict.first = (struct bytes){ rep->result.first, rep->result.first ? strlen(rep->result.first) : 0 };
	e.verdict.first_path = rep->result.first_path;
	e.verdict.first_line = (uint64_t)rep->result.first_line;
	e.verdict.first_time = rep->result.has_time ? (int64_t)rep->result.first_time : -1;
	e.verdict.output = rep->output_path ? below(w->session, rep->output_path) : "";
	e.verdict.output_len = rep->output_len;
	e.verdict.output_hash = hash;
	e.verdict.wave = rep->wave_path ? below(w->session, rep->wave_path) : "";
	e.verdict.unprotected = rep->unprotected;
	e.verdict.build_ms = rep->build_ms;
	e.verdict.run_ms = rep->run_ms;
	e.verdict.sites = rep->result.sites > 0 ? (uint64_t)rep->result.sites : 0;
	if (rep->result.samples >= 0) {
		e.verdict.mismatches = (uint64_t)rep->result.mismatches;
		e.verdict.samples = (uint64_t)rep->result.samples;
	}
	add_steps(rep, &steps);
	e.verdict.steps = (struct bytes){ str_cstr(&steps), steps.len };
	e.verdict.log = rep->log_path ? below(w->session, rep->log_path) : "";
	if (rep->result.beside)
		e.verdict.beside = (struct bytes){ rep->result.beside, strlen(rep->result.beside) };
	if (differs)
		e.verdict.differs = (struct bytes){ str_cstr(differs), differs->len };
	ok = session_record(w->session, &e, NULL, err);
	str_free(&steps);
	return ok;
}

/* What a simulation printed lies on disk as long as the session: without
 * secrets, before its hash is taken. */
static bool clean_output(const struct workbench *w, struct run_report *rep, struct err *err)
{
	struct str first = STR_INIT;

	if (rep->result.first) {
		redact_text(w->redact, rep->result.first, strlen(rep->result.first), &first);
		free(rep->result.first);
		rep->result.first = str_take(&first);
	}
	if (rep->log_path && rep->log_path[0] && !redact_file(w->redact, rep->log_path, NULL, err))
		return false;
	return !rep->output_path || !rep->output_path[0] || !file_exists(rep->output_path) ||
	       redact_file(w->redact, rep->output_path, &rep->output_len, err);
}

#define NAMED_FILES 5

/* What the simulation wrote, and where that lies. */
static void tell_written(struct workbench *w, struct sim_result *r)
{
	const struct run_report *rep = &r->report;
	char *dir = str_fmt("%s/runs/%llu/written", session_dir(w->session), (unsigned long long)r->run);
	const char *shown = str_starts(dir, w->root) && dir[strlen(w->root)] == '/' ? dir + strlen(w->root) + 1 : dir;
	struct str names = STR_INIT;

	for (size_t i = 0; i < rep->n_written && i < NAMED_FILES; i++)
		str_addf(&names, "%s%s", i ? ", " : "", rep->written[i].path);
	if (rep->n_written > NAMED_FILES || rep->more_written)
		str_adds(&names, " and others");
	if (rep->n_written)
		strv_addf(&r->notes, "the simulation wrote %s; what is kept of it lies in %s", str_cstr(&names), shown);
	str_free(&names);
	free(dir);
}

/* What belongs to the run besides its verdict. */
static void tell(struct workbench *w, const struct design *d, struct sim_result *r)
{
	const struct run_report *rep = &r->report;

	for (size_t i = 0; i < rep->notes.n; i++)
		strv_add(&r->notes, rep->notes.v[i]);
	tell_written(w, r);
	if (rep->lang != d->job.lang)
		strv_addf(&r->notes, "built as %s: as %s it does not build (`set language` says which)", lang_title(rep->lang),
			  lang_title(d->job.lang));
}

/* One name for the newest waves of a testbench, so that a viewer that is open
 * can reload them: a link made aside and renamed, never a half file. */
static char *publish_wave(struct workbench *w, const struct sim_result *r, struct err *err)
{
	char *dir = str_fmt("%s/.posedge/waves", w->root);
	char *path = str_fmt("%s/%s.vcd", dir, r->testbench);
	char *tmp = str_fmt("%s.new", path);
	bool ok = !strchr(r->testbench, '/') && file_make_dirs(dir, 0700, err);

	if (ok)
		unlink(tmp);
	ok = ok && link(r->report.wave_path, tmp) == 0 && rename(tmp, path) == 0;
	free(tmp);
	free(dir);
	if (!ok) {	/* a file system without links: the run's own name then */
		free(path);
		path = mem_strdup(r->report.wave_path);
	}
	return path;
}

static void remember(struct workbench *w, const struct sim_result *r)
{
	char *marker = r->report.result.has_time ?
			       str_fmt("%llu", (unsigned long long)r->report.result.first_time) :
			       mem_strdup("");
	struct remembered all[] = { { "testbench", r->testbench }, { "testbench_path", r->path },
				    { "wave", r->wave_path }, { "marker", marker } };

	remember_set_all(w->root, all, sizeof(all) / sizeof(*all));
	free(marker);
}

struct rows_of {
	const struct project *p;
	const char *path;	/* of the testbench */
	const struct design *d;
	struct run_result *result;
	bool settled;
};

static uint64_t failing_time(void *ctx, const struct wave *w)
{
	struct rows_of *r = ctx;

	run_time_settle(&r->d->job, w, r->result);
	r->settled = true;
	return r->result->has_time ? r->result->first_time : UINT64_MAX;
}

static long clock_in(void *ctx, const struct wave *w)
{
	const struct rows_of *r = ctx;

	return wave_source_clock(r->p, r->path, w);
}

/* When the first failure was, and the cycles before it. */
static void read_cycles(struct workbench *w, const struct project *p, const struct design *d, struct sim_result *r)
{
	struct run_result *result = &r->report.result;
	struct rows_of rows = { p, r->path, d, result, false };
	struct wave_want want = { .time = UINT64_MAX, .rows = (int)options_number(w->options, "wave.cycles"),
				  .cols = COLUMNS, .clock = clock_in, .when = failing_time, .ctx = &rows };
	struct wave *wave = NULL;
	struct err err;

	if (result->verdict != VERDICT_FAIL)
		return;
	if (r->report.wave_path[0] && w->ports->read_rows &&
	    !w->ports->read_rows(w->loop, r->report.wave_path, &want, &wave, &err))
		strv_add(&r->notes, err.text);
	if (!rows.settled)
		run_time_settle(&d->job, wave, result);
	if (!wave)
		return;
	if (!result->has_time)
		strv_add(&r->notes, "the failing line tells no time that is certain: the table shows the end of the run");
	wave_table(wave, result->has_time ? result->first_time : wave_end(wave),
		   want.rows, COLUMNS, &r->cycles);
	wave_free(wave);
}

struct progress {
	struct workbench *w;
	void (*line)(void *ctx, const char *line, size_t len);
	void *ctx;
	bool quiet;
};

static void on_progress(void *ctx, const char *step)
{
	struct progress *p = ctx;

	if (!p->quiet)
		report_note(&p->w->out, "%s", step);
}

static void on_line(void *ctx, const char *line, size_t len)
{
	struct progress *p = ctx;
	struct str clean = STR_INIT;

	redact_text(p->w->redact, line, len, &clean);
	if (p->line)
		p->line(p->ctx, str_cstr(&clean), clean.len);
	str_free(&clean);
}

/* alone: no run with another engine says what an x would do. */
static bool simulate(struct workbench *w, const struct simulator_ops *ops, const struct design *d,
		     const struct command_run *command, bool alone, bool trace, struct progress *progress,
		     struct sim_result *out, struct err *err)
{
	struct run_job job = { .design = d->job, .limits = sim_limits_of(w->options), .trace = trace };
	char *dir = str_fmt("%s/runs/%llu", session_dir(w->session), (unsigned long long)out->run);
	struct simulator *sim = NULL;
	bool ok = file_make_dirs(dir, 0700, err) && (sim = ops->open(w->loop, err));

	job.out_dir = dir;
	job.more_seeds = alone && !command ? (unsigned)options_number(w->options, "sim.seeds") : 0;
	if (command)
		command_run_fill(command, workbench_project(w, NULL), &job);
	else
		design_fill_run(d, &job);
	ok = ok && task_simulate(sim, &job, on_progress, on_line, progress, &out->report, err);
	if (sim)
		ops->close(sim);
	free(dir);
	return ok;
}

/* One run with one engine, recorded. command: instead of the design; NULL. first: the run that it
 * confirms; NULL. */
static bool run_once(struct workbench *w, struct project *p, const struct design *d, const struct command_run *command,
		     const char *engine, bool trace,
		     struct progress *progress, const struct sim_result *first, struct str *differs,
		     struct sim_result *out, struct err *err)
{
	const struct simulator_ops *ops = workbench_simulator(w, engine, err);
	uint64_t start = loop_now_ms(w->loop);
	struct err why = { 0 };
	bool ok;

	if (!ops || !record_start(w->session, out, ops->name, first, &out->run, err))
		return false;
	out->engine = ops->name;
	ok = simulate(w, ops, d, command, first == NULL, trace, progress, out, &why);
	if (ok) {
		run_beside(out->report.found, &out->report.result);
		read_cycles(w, p, d, out);
	}
	ok = clean_output(w, &out->report, ok ? &why : NULL) && ok;
	if (ok)
		tell(w, d, out);
	else
		redact_err(w->redact, &why);
	if (ok && first)
		engine_differ(first, out, differs);
	if (!record_end(w, out, ok ? NULL : &why, differs, err))
		return false;
	if (!ok && err)
		*err = why;
	if (ok && out->report.result.verdict != VERDICT_BUILD)
		engine_took(w, out->testbench, ops->name, loop_now_ms(w->loop) - start);
	return ok;
}

static void take_design(struct sim_result *out, const struct design *d)
{
	for (size_t i = 0; i < d->notes.n; i++)
		strv_add(&out->notes, d->notes.v[i]);
	for (size_t i = 0; i < d->files.n; i++)
		strv_add(&out->files, d->files.v[i]);
}

static bool ran(const struct sim_result *r)
{
	return r->report.result.verdict != VERDICT_BUILD && r->report.result.verdict != VERDICT_TOOL;
}

/* What the first could not build the other may: Icarus 11 lacks much of
 * SystemVerilog, Verilator tristates and forks. What neither builds is told in
 * Verilator's words, which have columns. */
static bool run_other(struct workbench *w, struct project *p, const struct design *d, bool trace,
		      struct progress *progress, struct sim_result *out, struct err *err)
{
	const char *other = engine_other(w, out->engine);
	struct sim_result second = { .testbench = mem_strdup(out->testbench), .path = mem_strdup(out->path) };
	bool ok, better;

	if (!other) {
		sim_result_fini(&second);
		return true;
	}
	take_design(&second, d);
	ok = run_once(w, p, d, NULL, other, trace, progress, NULL, NULL, &second, err);
	better = ok && (ran(&second) ||
			(out->report.result.verdict == VERDICT_BUILD && strcmp(other, "verilator") == 0));
	if (better && ran(&second))
		strv_addf(&second.notes, "%s cannot %s this (%s): %s ran it", engine_title(out->engine),
			  out->report.result.verdict == VERDICT_BUILD ? "build" : "run", out->report.result.first,
			  engine_title(other));
	if (better) {
		sim_result_fini(out);
		*out = second;
		return true;
	}
	sim_result_fini(&second);
	return ok || err->code != ERR_CANCELLED;
}

/* The one that is meant: by name, else by the option, else the only thing there is. */
static const struct testbench_entry *command_of(const struct workbench *w, const struct project *p, const char *name)
{
	const char *option = options_text(w->options, "testbench");
	struct strv others = STRV_INIT;
	char *last = name || option[0] || !w->n_testbenches ? NULL : remember_get(w->root, "testbench");
	const struct testbench_entry *t = last ? workbench_testbench(w, last) : NULL;

	free(last);
	if (t || !w->n_testbenches)
		return t;
	if (name || option[0])
		return workbench_testbench(w, name ? name : option);
	if (w->n_testbenches == 1) {
		project_testbenches(p, NULL, &others);
		t = others.n == 0 ? &w->testbenches[0] : NULL;
		strv_free(&others);
	}
	return t;
}

static bool run_command(struct workbench *w, struct project *p, const struct testbench_entry *t, bool trace,
			struct progress *progress, struct sim_result *out, struct err *err)
{
	struct command_run command;
	struct design nothing = { .top = NULL };
	bool ok = command_run_init(&command, p, t, err);

	out->testbench = mem_strdup(t->name);
	out->path = mem_strdup(t->name);
	for (size_t i = 0; ok && i < project_files(p); i++)
		strv_add(&out->files, project_file(p, i)->path);
	ok = ok && run_once(w, p, &nothing, &command, "command", trace, progress, NULL, NULL, out, err);
	command_run_fini(&command);
	return ok;
}

/* There is no testbench in Verilog: what else looks like one. Returns false. */
static bool name_foreign(struct project *p, struct err *err)
{
	struct strv verilog = STRV_INIT;
	struct tree_folder folder = { .root = NULL };
	struct foreign_list l = { 0 };
	struct err before;

	if (!err)
		return false;
	before = *err;
	project_testbenches(p, NULL, &verilog);
	if (verilog.n == 0 && tree_folder_open(&folder, project_root(p), NULL))
		foreign_find(&l, &folder.tree);
	if (l.n)
		err_set(err, before.code, "%s. %s", before.text, l.v[0].sentence);
	foreign_list_fini(&l);
	tree_folder_close(&folder);
	strv_free(&verilog);
	return false;
}

bool flow_sim(struct workbench *w, const char *name, const char *engine, bool trace,
	      void (*line)(void *ctx, const char *line, size_t len), void *ctx,
	      struct sim_result *out, struct err *err)
{
	struct progress progress = { w, line, ctx };
	bool choose = strcmp(engine, ENGINE_AUTO) == 0;
	struct project *p = workbench_project(w, err);
	const struct testbench_entry *command = p ? command_of(w, p, name) : NULL;
	struct design d = { .top = NULL };
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!workbench_simulator(w, engine, err) || !p ||
	    (!command && !design_testbench(p, w->options, name, &out->testbench, &out->path, err) && !name_foreign(p, err)) ||
	    !workbench_session(w, SESSION_APPEND, err))
		return false;
	if (trace)
		wave_quota_keep(w);
	if (!command) {
		design_init(&d, p, w->options, out->path, out->testbench);
		design_add_data(&d, p, w->options, out->path);
		take_design(out, &d);
	}
	ok = command ? run_command(w, p, command, trace, &progress, out, err) :
		       run_once(w, p, &d, NULL, choose ? engine_first(w, out->testbench) : engine, trace, &progress, NULL, NULL, out, err);
	if (ok && !command && choose && !ran(out))
		ok = run_other(w, p, &d, trace, &progress, out, err);
	if (ok && !command && out->report.result.verdict != VERDICT_PASS && (p = workbench_project(w, NULL)))
		design_hint_run(&d, p, w->options, out->report.found, &out->notes);
	if (ok) {
		/* What is not recorded is gone when this ends. */
		out->wave_path = out->report.wave_path[0] && !w->scratch ? publish_wave(w, out, NULL) : mem_strdup("");
		remember(w, out);
		if (trace)
			wave_quota_warn(w);
	}
	design_fini(&d);
	return ok;
}

bool flow_sim_confirms(const struct workbench *w, const char *engine, const struct sim_result *first)
{
	enum verdict v = first->report.result.verdict;

	return strcmp(engine, ENGINE_AUTO) == 0 && options_flag(w->options, "sim.confirm") &&
	       (v == VERDICT_PASS || v == VERDICT_FAIL) && engine_other(w, first->engine);
}

bool flow_sim_confirm(struct workbench *w, const struct sim_result *first, struct sim_result *out,
		      struct str *differs, struct err *err)
{
	struct progress progress = { .w = w, .quiet = w->screen != NULL };
	const char *other = engine_other(w, first->engine);
	struct project *p = workbench_project(w, err);
	struct design d;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!other)
		return err_set(err, ERR_NOT_FOUND, "there is no other simulator to confirm %s", first->engine);
	if (!p || !workbench_session(w, SESSION_APPEND, err))
		return false;
	out->testbench = mem_strdup(first->testbench);
	out->path = mem_strdup(first->path);
	design_init(&d, p, w->options, out->path, out->testbench);
	design_add_data(&d, p, w->options, out->path);
	take_design(out, &d);
	/* The failing time of the other one says where they part. */
	ok = run_once(w, p, &d, NULL, other, first->report.wave_path[0] != '\0', &progress, first, differs, out, err);
	if (ok)
		out->wave_path = mem_strdup("");
	design_fini(&d);
	return ok;
}
