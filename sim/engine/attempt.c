/* One build and run of a testbench. Both are steps of one script (script.c) in one
 * sandbox, run by its launcher or by sh, so its start is paid once. Standard error
 * carries the script's marks, which announce each step, and the tools' messages until
 * the simulation starts; after the mark `run` every byte is the simulation's output.
 *
 * Limits: a time per step, and a watch (watch.c) for memory, disk, files and processes.
 * Above a limit the simulation is first asked to end, and has GRACE_MS to flush its
 * output, which often shows the reason; far above it, it is killed.
 */
#include "config.h"

#include "sim/engine/attempt.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/task.h"
#include "session/verdict/run.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine_inner.h"
#include "sim/sandbox/watch.h"

/* Time for a simulation to flush its output when it is asked to end. */
#define GRACE_MS 2000

/* Largest file of a build; the limit for a run is set after it. */
#define BUILD_FILE (1ull << 30)

#define TAIL	 4096	     /* bytes kept of the end of stderr */
#define HELD_MAX (64u << 10) /* bytes of a line that are held back */

/* Output ----------------------------------------------------------------------- */

static void on_line(void *ctx, const char *line, size_t len)
{
	struct attempt *a = ctx;

	run_reader_line(a->reader, line, len);
	if (a->w->to->line && !a->quiet)
		a->w->to->line(a->w->to->ctx, line, len);
}

static void take_output(struct attempt *a, const char *data, size_t len)
{
	if (!a->write_failed && !file_write_all(a->fd, data, len))
		a->write_failed = true;
	a->len += len;
	line_split_feed(&a->lines, data, len, on_line, a);
}

/* Passes on the first n bytes of what was held back, with the project's names of its files. */
static void release(struct attempt *a, size_t n)
{
	struct str text = STR_INIT, rest = STR_INIT;

	str_add(&text, str_cstr(&a->held), n);
	str_add(&rest, str_cstr(&a->held) + n, a->held.len - n);
	str_free(&a->held);
	a->held = rest;
	stage_true_text(&a->w->job.stage, &text);
	take_output(a, str_cstr(&text), text.len);
	str_free(&text);
}

/* Output of the simulation. If a source has another name for the tool, whole lines. */
static void output(struct attempt *a, const char *data, size_t len)
{
	const char *end;

	if (!a->w->job.stage.odd.n) {
		take_output(a, data, len);
		return;
	}
	str_add(&a->held, data, len);
	end = memrchr(str_cstr(&a->held), '\n', a->held.len);
	if (end)
		release(a, (size_t)(end + 1 - str_cstr(&a->held)));
	else if (a->held.len > HELD_MAX)
		release(a, a->held.len);
}

static void end_step(struct attempt *a)
{
	if (a->step >= 0 && a->step < MAX_STEPS)
		a->steps[a->step].ms = loop_now_ms(a->w->job.loop) - a->began;
}

static void begin_step(struct attempt *a, int step, uint64_t wall_ms)
{
	end_step(a);
	if (step == 1)
		a->first_len = a->messages.len;
	a->step = step;
	a->began = loop_now_ms(a->w->job.loop);
	if (step < MAX_STEPS)
		a->steps[step].name = a->script.steps.v[step];
	child_set_wall(a->child, wall_ms);
	if (a->w->to->progress && !a->quiet)
		a->w->to->progress(a->w->to->ctx, a->script.steps.v[step]);
}

static void on_message(void *ctx, const char *line, size_t len)
{
	struct attempt *a = ctx;
	int n = 0;

	switch (a->ran ? SCRIPT_MESSAGE : script_read(&a->script, line, len, &n)) {
	case SCRIPT_STEP:
		begin_step(a, n, a->w->job.limits.build_ms);
		break;
	case SCRIPT_END:
		a->build_status = n;
		break;
	case SCRIPT_RUN:
		begin_step(a, n, a->w->job.limits.run_ms);
		a->ran = true;
		break;
	case SCRIPT_MESSAGE:
		str_add(&a->messages, line, len);
		str_addc(&a->messages, '\n');
		break;
	}
}

/* Output of the simulation on stderr. */
static void complaint(struct attempt *a, const char *data, size_t len)
{
	if (a->tail.len + len > TAIL)
		str_clear(&a->tail);
	str_add(&a->tail, data, len < TAIL ? len : TAIL);
	output(a, data, len);
}

/* Handles stderr line by line until the mark; the rest is the simulation's. */
static void on_errors(struct attempt *a, const char *data, size_t len)
{
	while (len > 0 && !a->ran) {
		const char *lf = memchr(data, '\n', len);
		size_t n = lf ? (size_t)(lf - data) + 1 : len;

		line_split_feed(&a->errors, data, n, on_message, a);
		data += n;
		len -= n;
	}
	if (len)
		complaint(a, data, len);
}

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct attempt *a = ctx;

	if (stream == 1) {
		output(a, data, len);
	} else if (!a->ran) {
		on_errors(a, data, len);
	} else {
		complaint(a, data, len);
	}
}

/* One attempt -------------------------------------------------------------------- */

/* Wall time is the limit; processor time catches only what escapes it. */
static struct sandbox_spec spec_of(const struct engine_job *j, const char *rt)
{
	uint64_t wall = j->limits.build_ms + j->limits.run_ms;

	return (struct sandbox_spec){
		.dir = j->stage.dir,
		.writable = true,
		.cwd = STAGE_MIRROR,
		.sources_only = !j->command && !j->devices,
		.read_only = rt,
		.binds = j->stage.binds,
		.n_binds = j->stage.n_binds,
		.memory = j->limits.memory,
		.file_size = j->limits.file_size > BUILD_FILE ? j->limits.file_size : BUILD_FILE,
		.cpu_s = j->limits.cpu_s ? j->limits.cpu_s : wall / 1000 * 2 + 10,
		.processes = j->limits.processes,
		.limits_inside = true,
		.job = true,
	};
}

static struct child_spec child_of(const struct engine_job *j)
{
	return (struct child_spec){ .wall_ms = j->limits.build_ms,
				    .output_limit = j->limits.output,
				    .yields = j->yields,
				    .farewell = SCRIPT_FAREWELL,
				    .grace_ms = GRACE_MS };
}

void attempt_standby(struct work *w)
{
	struct sandbox_spec spec = spec_of(&w->job, NULL);
	struct child_spec child = child_of(&w->job);

	standby_start(&w->standby, &w->job, &spec, &child);
}

static const char *const run_sh[] = { "sh", STAGE_UP "/run.sh", NULL };

/* Makes the job for the sandbox: for a launcher the script itself, if it has the
 * shape of a job; otherwise "sh run.sh", with the script in that file. */
static bool tell_how(struct attempt *a, bool takes_job, struct str *job, struct err *err)
{
	const struct engine_job *j = &a->w->job;

	if (takes_job && script_job(&a->script, j->yields, job))
		return true;
	script_exec_job(run_sh, job);
	return stage_write(&j->stage, "run.sh", str_cstr(&a->script.text), a->script.text.len, err);
}

static bool take_standby(struct attempt *a, const char *rt, const struct child_events *ev,
			 struct err *err)
{
	const struct engine_job *j = &a->w->job;
	struct standby *s = &a->w->standby;
	struct str job = STR_INIT;
	bool ok = true;

	if (!rt && !j->stage.n_binds && s->child) {
		ok = tell_how(a, s->takes_job, &job, err);
		a->child = ok ? standby_take(s, &job, ev) : NULL;
	}
	if (a->child)
		child_set_wall(a->child, j->limits.build_ms);
	str_free(&job);
	return ok;
}

static void start_new(struct attempt *a, const char *rt, const struct child_events *ev,
		      struct err *err)
{
	const struct engine_job *j = &a->w->job;
	struct sandbox_spec spec = spec_of(j, rt);
	struct child_spec child = child_of(j);
	struct str job = STR_INIT;
	struct sandbox_start how;

	sandbox_wrap(j->box, &spec, run_sh, &how);
	sandbox_start_into(&how, &child);
	if (tell_how(a, how.takes_job, &job, err))
		a->child = child_start(j->loop, &child, ev, err);
	/* A launcher that does not listen has ended, and says why. */
	if (a->child && how.takes_job && !child_say(a->child, job.data, job.len))
		child_kill(a->child);
	sandbox_start_fini(&how);
	str_free(&job);
}

static void start(struct attempt *a, const char *rt, struct err *err)
{
	struct child_events ev = { .out = on_out, .done = child_exited, .ctx = a };

	a->cpu_s = spec_of(&a->w->job, rt).cpu_s;
	a->end.task = task_self();
	a->child = NULL;
	if (take_standby(a, rt, &ev, err) && !a->child)
		start_new(a, rt, &ev, err);
}

static void make_script(struct attempt *a, const char *rt)
{
	const struct engine_job *j = &a->w->job;
	struct sandbox_spec spec = spec_of(j, rt);

	script_init(&a->script);
	sandbox_limits(j->box, &spec, &a->script.text);
	if (j->yields)
		str_adds(&a->script.text, SANDBOX_YIELD "\n");
	a->script.file_size = j->limits.file_size;
	a->w->how->script(j, rt ? sandbox_rt(j->box, &spec) : NULL, &a->script);
}

static void stop_if_over(struct attempt *a, const struct watch *watch)
{
	if (watch->over == RUN_LIMIT_NONE || a->end.done)
		return;
	if (a->over == RUN_LIMIT_NONE && child_end(a->child))
		a->over = watch->over;
	if (watch->far)
		child_kill(a->child);
}

/* False: it could not be attempted, or was cancelled. */
static bool run_script(struct attempt *a, const char *rt, struct err *err)
{
	const struct engine_job *j = &a->w->job;
	struct watch watch;

	make_script(a, rt);
	if (!watch_init(&watch, j->loop, j->stage.dir, &j->limits, err))
		return false;
	start(a, rt, err);
	while (a->child && !a->end.done) {
		if (watch_wait(&watch, child_pid(a->child), &a->end.done, err)) {
			stop_if_over(a, &watch);
			continue;
		}
		child_stop(a->child, &a->end);
	}
	if (!a->child || a->end.result.cancelled)
		return false;
	end_step(a);
	line_split_end(&a->errors, on_message, a);
	release(a, a->held.len);
	line_split_end(&a->lines, on_line, a);
	status_to_signal(&a->end.result.status, &a->end.result.signal);
	if (!a->ran)
		status_to_signal(&a->build_status, &a->end.result.signal);
	return true;
}

void attempt_fini(struct attempt *a)
{
	struct run_result nobody;

	if (a->reader) {
		run_reader_end(a->reader, &(struct run_end){ .cancelled = true }, &nobody);
		run_result_fini(&nobody);
	}
	if (a->fd >= 0)
		close(a->fd);
	str_free(&a->errors.part);
	str_free(&a->lines.part);
	str_free(&a->held);
	str_free(&a->messages);
	str_free(&a->tail);
	script_fini(&a->script);
}

bool attempt_run(struct attempt *a, struct work *w, const struct counting *count, const char *rt,
		 const char *output_path, struct err *err)
{
	w->job.counts = count->laid;
	*a = (struct attempt){
		.w = w, .quiet = a->quiet, .step = -1, .messages = STR_LIMIT(MESSAGES_LIMIT)
	};
	a->reader = run_reader_new(count->whole && !w->job.command ? &count->facts : NULL);
	a->fd = open(output_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (a->fd < 0)
		return err_set(err, ERR_IO, "write %s: %s", output_path, strerror(errno));
	return run_script(a, rt, err);
}

const char *attempt_tool(const struct attempt *a)
{
	return a->step >= 0 ? a->script.tools.v[a->step] : "the sandbox";
}
