#include "config.h"

#include "sim/engine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/diag.h"
#include "session/hardware.h"
#include "session/run.h"

#define LINT_MS 30000
#define MESSAGES_LIMIT (8u << 20)
#define MAX_FINDINGS 2000

struct engine {
	struct simulator base;
	const struct engine_ops *how;
	struct loop *loop;
	struct work *work;	/* NULL: idle */
};

/* One lint, elaboration or run. It belongs to its task; the engine only points to it, and
 * lets go of it when it is closed first. */
struct work {
	struct engine *engine;	/* NULL: closed meanwhile, nobody wants the outcome */
	const struct engine_ops *how;
	const struct simulator_ops *ops;
	struct task *task;
	struct engine_job job;
	struct lint_events lint;
	struct elaborate_events elaborate;
	struct run_events run;
};

bool engine_have(const char *tool, const char *package, struct err *err)
{
	char *path = child_which(tool);
	bool here = path != NULL;

	free(path);
	return here || err_set(err, ERR_TOOL, "%s is not installed: apt-get install %s", tool, package);
}

struct simulator *engine_open(struct loop *l, const struct simulator_ops *ops, const struct engine_ops *how,
			      struct err *err)
{
	struct engine *e = mem_zalloc(sizeof(*e));

	e->base.ops = ops;
	e->how = how;
	e->loop = l;
	return &e->base;
}

void engine_cancel(struct simulator *s)
{
	struct engine *e = (struct engine *)s;

	if (e->work)
		task_cancel(e->work->task);
}

void engine_close(struct simulator *s)
{
	struct engine *e = (struct engine *)s;

	if (!e)
		return;
	if (e->work) {
		e->work->engine = NULL;
		task_cancel(e->work->task);
	}
	free(e);
}

static void free_work(struct work *w)
{
	stage_fini(&w->job.stage);
	free(w->job.top);
	free(w->job.out_dir);
	strv_free(&w->job.defines);
	strv_free(&w->job.plusargs);
	free(w);
}

static struct work *new_work(struct engine *e, const struct sim_job *j, const char *dir, struct err *err)
{
	struct work *w;
	struct stage stage;

	if (e->work) {
		err_set(err, ERR_BUSY, "%s: a job is under way", e->base.ops->name);
		return NULL;
	}
	if (!engine_have(e->how->tool, e->base.ops->needs, err) || !stage_init(&stage, j, dir, err))
		return NULL;
	w = mem_zalloc(sizeof(*w));
	w->engine = e;
	w->how = e->how;
	w->ops = e->base.ops;
	w->job.loop = e->loop;
	w->job.stage = stage;
	w->job.top = mem_strdup(j->top);
	w->job.lang = j->lang;
	w->job.limits = SIM_LIMITS_DEFAULT;
	if (j->defines)
		strv_addv(&w->job.defines, j->defines);
	e->work = w;
	return w;
}

static bool tool(const struct engine_job *j, const char *const *argv, bool writable, const char *rt,
		 uint64_t wall_ms, struct str *messages, struct child_result *r, struct err *err)
{
	struct sandbox_spec spec = { .dir = j->stage.dir, .writable = writable, .cwd = "", .read_only = rt,
				     .memory = j->limits.memory, .file_size = j->limits.file_size,
				     .cpu_s = wall_ms / 1000 + 1, .processes = j->limits.processes };
	struct strv wrapped = STRV_INIT;
	struct child_spec child = { .wall_ms = wall_ms, .output_limit = MESSAGES_LIMIT, .yields = true };
	char *cwd;
	bool ok;

	sandbox_wrap(j->level, &spec, argv, &wrapped, &cwd);
	child.argv = (const char *const *)wrapped.v;
	child.cwd = cwd;
	ok = child_run(j->loop, &child, MESSAGES_LIMIT, messages, messages, r, err);
	/* bubblewrap hands a signal on as a status. */
	if (ok && r->status > 128 && r->status < 128 + 65) {
		r->signal = r->status - 128;
		r->status = -1;
	}
	strv_free(&wrapped);
	free(cwd);
	return ok;
}

bool engine_tool(const struct engine_job *j, const char *const *argv, const char *rt, struct str *messages,
		 struct child_result *r, struct err *err)
{
	return tool(j, argv, true, rt, j->limits.build_ms, messages, r, err);
}

/* Lint ----------------------------------------------------------------------- */

static bool do_lint(struct work *w, struct diag_list *found, struct err *err)
{
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	w->how->lint_argv(&w->job, &argv);
	ok = tool(&w->job, (const char *const *)argv.v, false, NULL, LINT_MS, &messages, &r, err);
	if (ok) {
		w->how->parse(str_cstr(&messages), messages.len, found);
		if (r.timed_out)
			ok = err_set(err, ERR_TIMEOUT, "%s did not end within %d s", w->how->tool, LINT_MS / 1000);
		else if (r.signal)
			ok = err_set(err, ERR_TOOL, "%s crashed on this design (signal %d)", w->how->tool, r.signal);
		else if (r.status != 0 && diag_list_count(found, DIAG_ERROR) == 0)
			ok = err_set(err, ERR_TOOL, "%s ended with status %d: %.200s", w->how->tool, r.status,
				     messages.len ? str_cstr(&messages) : "it said nothing");
	}
	str_free(&messages);
	strv_free(&argv);
	return ok;
}

static void lint_task(void *ctx)
{
	struct work *w = ctx;
	struct diag_list *found = diag_list_new(MAX_FINDINGS);
	struct err err = { 0 };
	bool ok;

	w->job.level = sandbox_probe(w->job.loop);
	ok = do_lint(w, found, &err);
	if (w->engine) {
		w->engine->work = NULL;
		w->lint.done(w->lint.ctx, found, ok ? NULL : &err);
	}
	diag_list_free(found);
	free_work(w);
}

bool engine_lint(struct simulator *s, const struct sim_job *j, const struct lint_events *to, struct err *err)
{
	struct engine *e = (struct engine *)s;
	struct work *w = new_work(e, j, NULL, err);

	if (!w)
		return false;
	w->lint = *to;
	w->task = task_start(e->loop, lint_task, w);
	return true;
}

/* Elaboration ------------------------------------------------------------------ */

static void elaborate_task(void *ctx)
{
	struct work *w = ctx;
	struct hardware found = HARDWARE_INIT;
	struct err err = { 0 };
	bool ok;

	w->job.level = sandbox_probe(w->job.loop);
	w->job.limits.build_ms = LINT_MS;
	ok = w->how->elaborate(&w->job, &found, &err);
	if (w->engine) {
		w->engine->work = NULL;
		w->elaborate.done(w->elaborate.ctx, ok ? &found : NULL, ok ? NULL : &err);
	}
	hardware_fini(&found);
	free_work(w);
}

bool engine_elaborate(struct simulator *s, const struct sim_job *j, const struct elaborate_events *to, struct err *err)
{
	struct engine *e = (struct engine *)s;
	struct work *w = new_work(e, j, NULL, err);

	if (!w)
		return false;
	w->elaborate = *to;
	w->task = task_start(e->loop, elaborate_task, w);
	return true;
}

/* Run ------------------------------------------------------------------------- */

/* What the simulation prints: to the file, to the verdict, to who listens. */
struct output {
	struct work *w;
	int fd;
	struct line_split lines;
	struct run_reader *reader;
	uint64_t len;
	bool write_failed;
	struct task *task;
	struct child_result result;
	bool done;
};

static void on_line(void *ctx, const char *line, size_t len)
{
	struct output *o = ctx;

	run_reader_line(o->reader, line, len);
	if (o->w->engine && o->w->run.line)
		o->w->run.line(o->w->run.ctx, line, len);
}

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct output *o = ctx;

	if (!o->write_failed && !file_write_all(o->fd, data, len))
		o->write_failed = true;
	o->len += len;
	line_split_feed(&o->lines, data, len, on_line, o);
}

static void on_done(void *ctx, const struct child_result *r)
{
	struct output *o = ctx;

	o->result = *r;
	o->done = true;
	task_wake(o->task);
}

static bool run_child(struct work *w, struct output *o, struct err *err)
{
	const struct engine_job *j = &w->job;
	struct sandbox_spec spec = { .dir = j->stage.dir, .writable = true, .cwd = "run", .memory = j->limits.memory,
				     .file_size = j->limits.file_size, .cpu_s = j->limits.run_ms / 1000 + 1,
				     .processes = j->limits.processes };
	struct strv argv = STRV_INIT, wrapped = STRV_INIT;
	struct child_spec child = { .wall_ms = j->limits.run_ms, .output_limit = j->limits.output, .yields = true };
	struct child_events ev = { .out = on_out, .done = on_done, .ctx = o };
	struct child *c;
	char *cwd;

	w->how->run_argv(j, &argv);
	sandbox_wrap(j->level, &spec, (const char *const *)argv.v, &wrapped, &cwd);
	child.argv = (const char *const *)wrapped.v;
	child.cwd = cwd;
	o->task = task_self();
	c = child_start(j->loop, &child, &ev, err);
	while (c && !o->done) {
		if (task_wait(err))
			continue;
		if (!o->done)
			child_cancel(c);
		while (!o->done)
			task_wait_uncancelled();
	}
	strv_free(&argv);
	strv_free(&wrapped);
	free(cwd);
	return c && !o->result.cancelled;
}

/* A dump may be called anything: the newest .vcd of the run's folder is it. */
static char *find_dump(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct timespec newest = { 0 };
	char *found = NULL;

	while (d && (e = readdir(d))) {
		char *path = path_join(dir, e->d_name);
		struct stat st;

		if (str_ends(e->d_name, ".vcd") && lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
		    (!found || st.st_mtim.tv_sec > newest.tv_sec ||
		     (st.st_mtim.tv_sec == newest.tv_sec && st.st_mtim.tv_nsec > newest.tv_nsec))) {
			free(found);
			found = path;
			newest = st.st_mtim;
		} else {
			free(path);
		}
	}
	if (d)
		closedir(d);
	return found;
}

static char *keep_dump(const struct engine_job *j)
{
	char *dir = str_fmt("%s/run", j->stage.dir);
	char *dump = find_dump(dir);
	char *kept = str_fmt("%s/wave.vcd", j->out_dir);

	if (!dump || rename(dump, kept) < 0) {
		free(kept);
		kept = mem_strdup("");
	}
	free(dump);
	free(dir);
	return kept;
}

static const char *limit_words(const struct output *o, const struct child_result *r)
{
	if (r->signal == SIGXFSZ)
		return "it wrote a file larger than its limit";
	if (r->signal == SIGXCPU || (r->signal == SIGKILL && !r->timed_out && !r->flooded && !r->cancelled))
		return "it used more processor time than its limit";
	return o->write_failed ? "its output could not be written: the disk is full" : NULL;
}

static bool simulate(struct work *w, struct run_outcome *out, char **output, char **wave, struct err *err)
{
	const struct engine_job *j = &w->job;
	struct output o = { .w = w, .fd = -1 };
	struct run_end end = { 0 };
	char *run_dir = str_fmt("%s/run", j->stage.dir);
	bool ok = file_make_dirs(run_dir, 0700, err);

	*output = str_fmt("%s/output.txt", j->out_dir);
	o.fd = open(*output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	o.reader = run_reader_new(j->stage.checks);
	if (ok && o.fd < 0)
		ok = err_set(err, ERR_IO, "write %s: %s", *output, strerror(errno));
	if (ok)
		ok = run_child(w, &o, err);
	line_split_end(&o.lines, on_line, &o);
	if (o.result.status > 128 && o.result.status < 128 + 65) {
		o.result.signal = o.result.status - 128;
		o.result.status = -1;
	}
	end = (struct run_end){ .status = o.result.status, .signal = o.result.signal,
				.timed_out = o.result.timed_out, .flooded = o.result.flooded,
				.cancelled = o.result.cancelled, .limit = limit_words(&o, &o.result) };
	run_reader_end(o.reader, &end, &out->result);
	out->output_len = o.len;
	out->run_ms = o.result.wall_ms;
	*wave = keep_dump(j);
	if (o.fd >= 0)
		close(o.fd);
	free(run_dir);
	return ok;
}

/* What did not build ran nothing: the first error is why. */
static void did_not_build(const struct diag_list *found, const struct err *why, struct run_outcome *out)
{
	struct str first = STR_INIT;

	for (size_t i = 0; i < diag_list_len(found) && !first.len; i++)
		if (diag_list_at(found, i)->rank == DIAG_ERROR)
			diag_print(diag_list_at(found, i), &first);
	if (!first.len)
		str_adds(&first, why->text);
	out->result.verdict = VERDICT_BROKEN;
	out->result.checks = -1;
	out->result.first = str_take(&first);
	out->result.first_path = mem_strdup("");
}

static void run_task(void *ctx)
{
	struct work *w = ctx;
	struct diag_list *found = diag_list_new(MAX_FINDINGS);
	struct run_outcome out = { .found = found, .output_path = "", .wave_path = "" };
	char *output = NULL, *wave = NULL;
	struct err err = { 0 };
	uint64_t start = loop_now_ms(w->job.loop);
	bool ok;

	w->job.level = sandbox_probe(w->job.loop);
	out.unprotected = sandbox_missing(w->job.level);
	ok = w->how->build(&w->job, &w->run, found, &err);
	out.build_ms = loop_now_ms(w->job.loop) - start;
	if (!ok && err.code == ERR_TOOL) {
		did_not_build(found, &err, &out);
		ok = true;
	} else if (ok) {
		if (w->engine && w->run.progress)
			w->run.progress(w->run.ctx, "running");
		ok = simulate(w, &out, &output, &wave, &err);
		out.output_path = output ? output : "";
		out.wave_path = wave ? wave : "";
	}
	if (w->engine) {
		w->engine->work = NULL;
		w->run.done(w->run.ctx, ok ? &out : NULL, ok ? NULL : &err);
	}
	run_result_fini(&out.result);
	free(output);
	free(wave);
	diag_list_free(found);
	free_work(w);
}

bool engine_run(struct simulator *s, const struct run_job *j, const struct run_events *to, struct err *err)
{
	struct engine *e = (struct engine *)s;
	struct work *w = new_work(e, &j->design, j->out_dir, err);

	if (!w)
		return false;
	w->run = *to;
	w->job.out_dir = mem_strdup(j->out_dir);
	w->job.limits = j->limits;
	w->job.trace = j->trace;
	if (j->plusargs)
		strv_addv(&w->job.plusargs, j->plusargs);
	w->task = task_start(e->loop, run_task, w);
	return true;
}
