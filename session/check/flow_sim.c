/* One run, from the question to the recorded verdict.
 *
 * Chooses the testbench and the engine, puts the texts of the screen over those
 * on disk, lets the engine build and run, turns its output into a verdict, and
 * looks up the failing cycles in the dump. A run is recorded when it starts and
 * when it ends, so a killed one can be recognised. With `engine auto` a second
 * engine confirms the first, and differences are reported.
 */
#include "config.h"

#include "session/check/flow_sim.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/check/data_states.h"
#include "session/check/engine_choice.h"
#include "session/check/guard.h"
#include "session/check/run_calls.h"
#include "session/check/sim_after.h"
#include "session/check/sim_latency.h"
#include "session/check/sim_record.h"
#include "session/check/sim_still.h"
#include "session/journal/event_redact.h"
#include "session/lint/lint_own.h"
#include "session/manifest/foreign.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/design.h"
#include "session/project/design_hints.h"
#include "session/project/design_parameters.h"
#include "session/project/project.h"
#include "session/project/overlay.h"
#include "session/output/diag.h"
#include "session/verdict/run_beside.h"
#include "session/workbench/command_run.h"
#include "session/workbench/ports.h"
#include "session/workbench/testbench_list.h"
#include "session/workbench/tool_version.h"
#include "session/workbench/wave_quota.h"
#include "session/workbench/workbench.h"

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

	l.build_ms = (uint64_t)o->sim_build_seconds * 1000;
	l.run_ms = (uint64_t)o->sim_run_seconds * 1000;
	l.memory = (uint64_t)o->sim_memory_mb << 20;
	l.output = (uint64_t)o->sim_output_mb << 20;
	l.file_size = (uint64_t)o->sim_wave_mb << 20;
	l.disk = (uint64_t)o->sim_disk_mb << 20;
	l.files = o->sim_files;
	l.processes = o->sim_processes;
	return l;
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

#define MAX_FOUND 5000u

static bool has(const struct diag_list *found, bool (*is)(const struct diag *))
{
	for (size_t i = 0; found && i < diag_list_len(found); i++)
		if (is(diag_list_at(found, i)))
			return true;
	return false;
}

/* Adds hints as lint does: after a failed build, for a look-alike character, say; after a run
 * for a net that nobody declared; after a time limit, for a loop that never ends. */
static void explain_found(struct loop *loop, const struct design *d, struct run_report *r)
{
	struct diag_list *better;
	bool failed =
		r->found && verdict_is_broken(r->result.verdict) &&
		(diag_list_count(r->found, DIAG_ERROR) > 0 || diag_list_unsupported(r->found));

	bool late = r->limit == RUN_LIMIT_TIME;

	if (!failed && !late && !has(r->found, diag_is_implicit_net))
		return;
	if (!r->found)
		r->found = diag_list_new(0);
	better = diag_list_new(MAX_FOUND);
	if (lint_own(loop, &d, 1, late ? NULL : "", r->found, better, NULL)) {
		diag_list_free(r->found);
		r->found = better;
	} else {
		diag_list_free(better);
	}
}

/* Redacts the findings before anything is done with them. */
static void clean_found(const struct redact *redact, struct run_report *r)
{
	const struct diag_list *found = r->found;

	if (found)
		r->found = findings_redact(redact, found);
	diag_list_free(found);
}

/* State shared by the runs of one request. */
struct request {
	struct workbench *w;
	struct project *p;
	const struct design *d;
	const struct command_run *command; /* run instead of the design; NULL: none */
	bool trace;
	struct progress *progress;
	bool other_failed; /* see run_job */
};

/* alone: no run with another engine will show what an x does. */
static bool simulate(const struct request *q, const struct simulator_ops *ops, bool alone,
		     struct sim_result *out, struct err *err)
{
	struct workbench *w = q->w;
	struct run_job job = { .design = q->d->job,
			       .limits = sim_limits_of(w->options),
			       .trace = q->trace,
			       .fst = strcmp(w->options->sim_trace, "fst") == 0,
			       .unguarded = guard_is_off(w),
			       .other_failed = q->other_failed,
			       .leaves_folder = w->recording.scratch == NULL };
	char *dir = str_fmt("%s/runs/%llu", session_dir(w->session), (unsigned long long)out->run);
	struct run_listener to = { on_progress, on_line, q->progress };
	struct simulator *sim = NULL;
	bool ok = file_make_dirs(dir, 0700, err) && (sim = simulator_open(ops, w->loop, err));

	job.out_dir = dir;
	job.more_seeds = out->seeds = alone && !q->command ? w->options->sim_seeds : 0;
	if (q->command)
		command_run_fill(q->command, workbench_project(w, NULL), &job);
	else
		design_fill_run(q->d, &job);
	job.design.yields = w->screen != NULL;
	ok = ok && ops->run(sim, &job, &to, &out->report, err);
	if (ok && !q->command)
		explain_found(w->loop, q->d, &out->report);
	clean_found(w->redact, &out->report);
	if (sim)
		ops->close(sim);
	free(dir);
	return ok;
}

/* One recorded run with one engine. first: the run that this one confirms, or NULL;
 * then differs says how they differ. */
static bool run_once(const struct request *q, const char *engine, const struct sim_result *first,
		     struct str *differs, struct sim_result *out, struct err *err)
{
	struct workbench *w = q->w;
	const struct simulator_ops *ops = ports_simulator(w->ports, engine, err);
	uint64_t start = loop_now_ms(w->loop), took;
	struct err why = { 0 };
	bool ok;

	if (!ops || !sim_record_start(w->session, q->p, out, ops->name, first, &out->run, err))
		return false;
	out->engine = ops->name;
	ok = simulate(q, ops, first == NULL, out, &why);
	took = loop_now_ms(w->loop) - start;
	if (ok) {
		out->version = tool_version(w->kept.versions, w->loop, ops);
		run_beside(out->report.found, &out->report.result);
		sim_after_cycles(w, q->p, q->d, out);
		sim_still(w, q->p, &q->d->job, out);
	}
	ok = sim_record_clean(w->redact, &out->report, ok ? &why : NULL) && ok;
	if (ok)
		sim_after_tell(w, q->d, out);
	if (ok && !first)
		sim_latency(w, out);
	else
		redact_err(w->redact, &why);
	if (ok && first)
		engine_differ(first, out, &q->d->job, differs);
	if (!sim_record_end(w->session, out, ok ? NULL : &why, differs, err))
		return false;
	if (!ok)
		err_copy(err, &why);
	if (ok && out->report.result.verdict != VERDICT_BUILD)
		engine_took(w->place.root, out->testbench, ops->name, took);
	return ok;
}

static void take_design(struct sim_result *out, const struct design *d)
{
	strv_addall(&out->notes, &d->notes);
	strv_addall(&out->files, &d->files);
}

static bool ran(const struct sim_result *r)
{
	return r->report.result.verdict != VERDICT_BUILD &&
	       r->report.result.verdict != VERDICT_TOOL;
}

/* The other engine may build what the first could not: Icarus 11 lacks much of
 * SystemVerilog, Verilator lacks tristates and forks. If neither can, Verilator's
 * errors are reported, because they have columns. */
static bool run_other(const struct request *q, struct sim_result *out, struct err *err)
{
	const char *other = engine_other(q->w->ports, out->engine);
	struct sim_result second = { .testbench = mem_strdup(out->testbench),
				     .path = mem_strdup(out->path),
				     .as_if = out->as_if };
	struct request again = *q;
	bool ok, better;

	if (!other || has(out->report.found, diag_is_endless_process)) {
		sim_result_fini(&second);
		return true;
	}
	take_design(&second, q->d);
	again.other_failed = out->report.result.verdict == VERDICT_BUILD;
	ok = run_once(&again, other, NULL, NULL, &second, err);
	better = ok && (ran(&second) || (out->report.result.verdict == VERDICT_BUILD &&
					 strcmp(other, "verilator") == 0));
	if (better && ran(&second))
		strv_addf(&second.notes, "%s cannot %s this (%s): %s ran it",
			  engine_title(out->engine),
			  out->report.result.verdict == VERDICT_BUILD ? "build" : "run",
			  out->report.result.first, engine_title(other));
	if (better) {
		second.alone = ran(&second);
		sim_result_fini(out);
		*out = second;
		return true;
	}
	sim_result_fini(&second);
	return ok || err->code != ERR_CANCELLED;
}

/* The command to run: by name, else by the option, else the only one there is. */
static const struct testbench_entry *command_of(const struct workbench *w, const struct project *p,
						const char *name)
{
	const char *option = w->options->testbench;
	struct strv others = STRV_INIT;
	char *last = name || option[0] || !w->testbenches->n
			     ? NULL
			     : remember_get(w->place.root, "testbench");
	const struct testbench_entry *t = last ? testbench_list_find(w->testbenches, last) : NULL;

	free(last);
	if (t || !w->testbenches->n)
		return t;
	if (name || option[0])
		return testbench_list_find(w->testbenches, name ? name : option);
	if (w->testbenches->n == 1) {
		project_testbenches(p, NULL, &others);
		t = others.n == 0 ? &w->testbenches->v[0] : NULL;
		strv_free(&others);
	}
	return t;
}

static bool run_command(struct request *q, const struct testbench_entry *t, struct sim_result *out,
			struct err *err)
{
	struct command_run command;
	bool ok = command_run_init(&command, q->p, t, err);

	out->testbench = mem_strdup(t->name);
	out->path = mem_strdup(t->name);
	for (size_t i = 0; ok && i < project_files(q->p); i++)
		strv_add(&out->files, project_file(q->p, i)->path);
	q->command = &command;
	ok = ok && run_once(q, "command", NULL, NULL, out, err);
	q->command = NULL;
	command_run_fini(&command);
	return ok;
}

/* If there is no testbench in Verilog, names files that look like one. Returns false. */
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

/* After a run that did not pass: notes missing files, and other testbenches that may
 * drive the design. */
static void hint_run(const struct options *options, const struct project *p, const struct design *d,
		     struct sim_result *out)
{
	char *cocotb = out->report.result.verdict == VERDICT_NONE
			       ? project_cocotb_of(p, out->testbench)
			       : NULL;

	design_hint_run(d, p, options, out->report.found,
			out->report.result.verdict != VERDICT_NONE || out->report.result.checks > 0,
			&out->notes);
	if (out->report.result.verdict == VERDICT_TOOL)
		design_parameters_empty(design_top(d, p, out->path), &d->parameters, &out->notes);
	if (out->report.result.verdict == VERDICT_BUILD)
		design_parameters_unset(design_top(d, p, out->path), out->report.found,
					&out->notes);
	if (out->report.result.verdict == VERDICT_FAIL ||
	    out->report.result.verdict == VERDICT_TOOL) {
		struct run_calls calls;

		run_calls_read(&d->job, &calls);
		run_calls_tell(&calls, &out->notes);
		run_calls_fini(&calls);
	}
	if (out->report.result.verdict == VERDICT_FAIL && strcmp(out->engine, "verilator") == 0) {
		const char *path = data_with_x(project_root(p), d->data.files, d->data.n);

		if (path)
			strv_addf(&out->notes,
				  "%s has x or z, which Verilator does not have: `--engine icarus` "
				  "compares with them",
				  path);
	}
	if (cocotb)
		strv_add(&out->notes, cocotb);
	free(cocotb);
}

/* Overlays used while the design is read; no waiting while they are applied. */
struct as_if {
	const struct overlay *v;
	size_t n;
	const char *about; /* NULL: no overlays */
};

static bool find_design(const struct options *options, struct project *p, const char *name,
			const struct as_if *as, struct design *d, struct sim_result *out,
			struct err *err)
{
	struct overlays_below *below = as->about ? overlay_push(p, as->v, as->n) : NULL;
	bool ok = design_testbench(p, options, name, &out->testbench, &out->path, err);

	if (ok) {
		design_init(d, p, options, out->path, out->testbench);
		design_add_data(d, p, options, out->path);
		take_design(out, d);
		strv_addall(&out->notes, &d->data.guesses);
		design_hint_alone(d, p, out->testbench, &out->notes);
		design_parameters_lost(design_top(d, p, out->path), &options->parameters,
				       &out->notes);
	}
	overlay_pop(below);
	return ok || name_foreign(p, err);
}

static bool note_as_if(struct session *session, const struct as_if *as, struct err *err)
{
	struct event e = { .type = EVENT_NOTE };

	if (!as->about)
		return true;
	e.note.text = (struct bytes){ as->about, strlen(as->about) };
	return session_record(session, &e, NULL, err);
}

static bool sim_with(struct workbench *w, const char *name, const char *engine, bool trace,
		     struct progress *progress, const struct as_if *as, struct sim_result *out,
		     struct err *err)
{
	bool choose = strcmp(engine, ENGINE_AUTO) == 0;
	struct project *p = workbench_project(w, err);
	const struct testbench_entry *command = p && !as->about ? command_of(w, p, name) : NULL;
	const struct simulator_ops *ops =
		ports_simulator(w->ports, command ? "command" : engine, err);
	struct design d = { .top = NULL };
	struct request q = { w, p, &d, NULL, trace, progress };
	struct wave_quota *quota;
	bool ok;

	*out = (struct sim_result){ .as_if = p && overlay_differs(p, as->v, as->n) };
	if (!ops || !p || (!command && !find_design(w->options, p, name, as, &d, out, err)) ||
	    !guard_passes(w, ops, err) || !workbench_session(w, SESSION_APPEND, err) ||
	    !note_as_if(w->session, as, err)) {
		design_fini(&d);
		return false;
	}
	quota = trace ? wave_quota_begin(w) : NULL;
	ok = command ? run_command(&q, command, out, err)
		     : run_once(&q, choose ? engine_first(w, out->testbench) : engine, NULL, NULL,
				out, err);
	if (ok && !command && choose && !ran(out))
		ok = run_other(&q, out, err);
	if (ok && !command && out->report.result.verdict != VERDICT_PASS &&
	    (p = workbench_project(w, NULL)))
		hint_run(w->options, p, &d, out);
	if (ok) {
		session_sync_start(w->session);
		/* An unrecorded run's files are deleted when it ends. */
		out->wave_path = out->report.wave_path[0] && !w->recording.scratch
					 ? sim_after_publish(w->place.root, out, NULL)
					 : mem_strdup("");
		sim_after_remember(w->place.root, out, trace, !w->recording.scratch);
	}
	wave_quota_end(quota, w, ok ? out->report.wave_path : "");
	design_fini(&d);
	return ok;
}

bool flow_sim(struct workbench *w, const char *name, const char *engine, bool trace,
	      void (*line)(void *ctx, const char *line, size_t len), void *ctx,
	      struct sim_result *out, struct err *err)
{
	struct progress progress = { w, line, ctx };

	return sim_with(w, name, engine, trace, &progress, &(struct as_if){ 0 }, out, err);
}

bool flow_sim_if(struct workbench *w, const char *name, const char *engine, const struct overlay *v,
		 size_t n, const char *about, void (*line)(void *ctx, const char *line, size_t len),
		 void *ctx, struct sim_result *out, struct err *err)
{
	struct progress progress = { w, line, ctx };
	struct as_if as = { v, n, about };

	return sim_with(w, name, engine, true, &progress, &as, out, err);
}

bool flow_sim_confirms(const struct workbench *w, const char *engine,
		       const struct sim_result *first)
{
	enum verdict v = first->report.result.verdict;

	/* If one engine reached no verdict because all values it compared were x, the other
	 * engine may know them. */
	if (v == VERDICT_NONE && first->report.result.checks <= 0)
		return false;
	return strcmp(engine, ENGINE_AUTO) == 0 && w->options->sim_confirm && !first->alone &&
	       (v == VERDICT_PASS || v == VERDICT_FAIL || v == VERDICT_NONE) &&
	       engine_other(w->ports, first->engine);
}

bool flow_sim_confirm(struct workbench *w, const struct sim_result *first, struct sim_result *out,
		      struct str *differs, struct err *err)
{
	struct progress progress = { .w = w, .quiet = w->screen != NULL };
	const char *other = engine_other(w->ports, first->engine);
	struct project *p = workbench_project(w, err);
	struct design d;
	struct request q = { .w = w, .p = p, .d = &d, .progress = &progress };
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!other)
		return err_set(err, ERR_NOT_FOUND, "there is no other simulator to confirm %s",
			       first->engine);
	if (!p || !workbench_session(w, SESSION_APPEND, err))
		return false;
	out->testbench = mem_strdup(first->testbench);
	out->path = mem_strdup(first->path);
	design_init(&d, p, w->options, out->path, out->testbench);
	design_add_data(&d, p, w->options, out->path);
	take_design(out, &d);
	/* With waves if the first run had them: the failing time of this engine
	 * shows where they diverge. */
	q.trace = first->report.wave_path[0] != '\0';
	ok = run_once(&q, other, first, differs, out, err);
	if (ok)
		out->wave_path = mem_strdup("");
	design_fini(&d);
	return ok;
}
