/* The stream from the sandbox has a format (batch_inside.c): a header line, and as
 * many bytes as it says. Anything may have run in that sandbox, so lengths are
 * limited, numbers must be in the list, and a malformed stream ends the batch. Lines
 * before the first header are the tool's messages at its start. */
#include "config.h"

#include "sim/engine/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/log.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine_inner.h"
#include "sim/engine/script.h"
#include "sim/sandbox/watch.h"

#define AT_ONCE_MAX  8
#define TIMES_LONGER 20		/* than the first one: then it is stuck */
#define KEPT	     (1u << 20) /* bytes of output kept per run */
#define COUNTS	     (1u << 20)
#define HEADER	     160
#define SILENT_MS    20000 /* added to a run's longest wall time, twenty times its limit */

struct batch {
	struct child_exit exit; /* of child; first, see child_exited() */
	struct work *w;
	const struct counting *count;
	struct batch_list *list;
	batch_fn *fn;
	void *ctx;
	struct child *child;
	struct str line; /* the header so far */
	struct str body; /* what follows an "end" */
	size_t printed, counts;
	unsigned n; /* number of the run whose body it is */
	struct run_end end;
	bool in_body, broken;
	const bool *stop;
};

static struct batch_list *list_of(struct batch *b, unsigned n, size_t *i)
{
	for (*i = 0; *i < b->list->n; ++*i)
		if (b->list->v[*i] == n)
			return b->list;
	return NULL;
}

static void on_printed(void *ctx, const char *line, size_t len)
{
	run_reader_line(ctx, line, len);
}

/* The caller calls run_result_fini(). */
static void judge(const struct batch *b, const struct checks_counted *counted,
		  struct run_result *out)
{
	const struct counting *c = b->count;
	struct run_reader *reader = run_reader_new(c->whole ? &c->facts : NULL);
	struct line_split lines = { 0 };
	struct run_end end = b->end;

	line_split_feed(&lines, str_cstr(&b->body), b->printed, on_printed, reader);
	line_split_end(&lines, on_printed, reader);
	str_free(&lines.part);
	end.counted = counted;
	run_reader_end(reader, &end, out);
}

static void conclude(struct batch *b)
{
	const struct counting *c = b->count;
	struct checks_counted counted = { 0 };
	struct run_result by_words, r;
	size_t i;

	if (c->laid && checks_len(c->checks) > 0 && b->counts)
		checks_counted(c->checks, str_cstr(&b->body) + b->printed, b->counts, &counted);
	judge(b, c->laid ? &counted : NULL, &r);
	judge(b, NULL, &by_words);
	if (list_of(b, b->n, &i) && b->list->fate[i] == BATCH_BEGUN) {
		b->list->fate[i] = BATCH_DONE;
		if (!*b->stop)
			b->fn(b->ctx, b->n, &r, by_words.verdict);
	}
	run_result_fini(&by_words);
	run_result_fini(&r);
	str_clear(&b->body);
	b->in_body = false;
	task_wake(b->exit.task);
}

static bool read_begin(struct batch *b, const char *line)
{
	unsigned n;
	size_t i;

	if (sscanf(line, "begin %u", &n) != 1 || !list_of(b, n, &i))
		return false;
	b->list->fate[i] = BATCH_BEGUN;
	return true;
}

static bool read_end(struct batch *b, const char *line)
{
	int status, signal, over;
	unsigned long long cpu_ms, printed, counts;
	size_t i;

	if (sscanf(line, "end %u %d %d %d %llu %llu %llu", &b->n, &status, &signal, &over, &cpu_ms,
		   &printed, &counts) != 7 ||
	    !list_of(b, b->n, &i) || b->list->fate[i] != BATCH_BEGUN || printed > KEPT ||
	    counts > COUNTS)
		return false;
	log_line("sim", "variant %u: status %d, signal %d, over %d, %llu ms", b->n, status, signal,
		 over, cpu_ms);
	b->printed = (size_t)printed;
	b->counts = (size_t)counts;
	b->end = (struct run_end){ .status = status,
				   .signal = signal,
				   .limit = over == 1	? "time"
					    : over == 2 ? "output"
							: NULL };
	b->in_body = true;
	return true;
}

static bool read_header(struct batch *b)
{
	const char *line = str_cstr(&b->line);
	bool ok = true;

	if (strncmp(line, "begin ", 6) == 0)
		ok = read_begin(b, line);
	else if (strncmp(line, "end ", 4) == 0)
		ok = read_end(b, line);
	str_clear(&b->line);
	return ok;
}

static size_t feed_header(struct batch *b, const char *data, size_t len)
{
	const char *lf = memchr(data, '\n', len);
	size_t n = lf ? (size_t)(lf - data) : len;

	if (b->line.len < HEADER)
		str_add(&b->line, data, n < HEADER ? n : HEADER);
	if (!lf)
		return n;
	if (!read_header(b))
		b->broken = true;
	else if (b->in_body && b->printed + b->counts == 0)
		conclude(b);
	return n + 1;
}

static size_t feed_body(struct batch *b, const char *data, size_t len)
{
	size_t want = b->printed + b->counts - b->body.len;
	size_t n = want < len ? want : len;

	str_add(&b->body, data, n);
	if (n == want)
		conclude(b);
	return n;
}

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct batch *b = ctx;

	while (stream == 1 && len > 0 && !b->broken) {
		size_t n = b->in_body ? feed_body(b, data, len) : feed_header(b, data, len);

		data += n;
		len -= n;
	}
	if ((b->broken || *b->stop) && !b->exit.done)
		child_kill(b->child);
}

/* One more than there are processors, so that one is ready when another ends; half
 * of them while the user is typing. */
static int at_once(const struct engine_job *j)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	cpus = j->yields ? cpus / 2 : cpus + 1;
	return cpus < 1 ? 1 : cpus > AT_ONCE_MAX ? AT_ONCE_MAX : (int)cpus;
}

static uint64_t lower(uint64_t a, uint64_t b)
{
	return b == 0 || a < b ? a : b;
}

/* Writes the plan for the program inside. */
static bool write_plan(const struct batch *b, struct err *err)
{
	const struct engine_job *j = &b->w->job;
	struct str s = STR_INIT;
	bool ok;

	str_addf(&s, "%s\n%d %llu %d %llu %llu %llu %u %u\n", j->stage.start, at_once(j),
		 (unsigned long long)b->list->least_ms, TIMES_LONGER,
		 (unsigned long long)j->limits.run_ms,
		 (unsigned long long)lower(b->list->file_bytes, j->limits.file_size),
		 (unsigned long long)lower(b->list->print_bytes, j->limits.output), KEPT, COUNTS);
	for (size_t i = 0; i < b->list->n; i++)
		if (i == 0 || b->list->fate[i] != BATCH_DONE)
			str_addf(&s, "%u\n", b->list->v[i]);
	ok = stage_write(&j->stage, "batch.txt", s.data, s.len, err);
	str_free(&s);
	return ok;
}

static bool write_script(const struct batch *b, const struct sandbox_spec *spec, const char *rt,
			 struct err *err)
{
	const struct engine_job *j = &b->w->job;
	struct script s;
	bool ok;

	script_init(&s);
	sandbox_limits(j->box, spec, &s.text);
	if (j->yields)
		str_adds(&s.text, SANDBOX_YIELD "\n");
	b->w->how->batch(j, rt ? sandbox_rt(j->box, spec) : NULL, &s);
	ok = stage_write(&j->stage, "batch.sh", str_cstr(&s.text), s.text.len, err);
	script_fini(&s);
	return ok;
}

static bool start(struct batch *b, const char *rt, struct err *err)
{
	const struct engine_job *j = &b->w->job;
	char *env = NULL;
	const char *envs[] = { NULL, NULL };
	struct sandbox_spec spec = {
		.dir = j->stage.dir,
		.writable = true,
		.cwd = STAGE_MIRROR,
		.read_only = rt,
		.binds = j->stage.binds,
		.n_binds = j->stage.n_binds,
		.memory = j->limits.memory,
		.file_size = j->limits.file_size,
		.processes = j->limits.processes,
		.limits_inside = true,
		.env = envs,
	};
	const char *const argv[] = { "sh", STAGE_UP "/batch.sh", NULL };
	struct child_spec child = { .yields = j->yields };
	struct child_events ev = { .out = on_out, .done = child_exited, .ctx = b };
	struct sandbox_start how;

	env = str_fmt("POSEDGE_BATCH=%s", sandbox_dir(j->box, &spec));
	envs[0] = env;
	if (write_plan(b, err) && write_script(b, &spec, rt, err)) {
		sandbox_wrap(j->box, &spec, argv, &how);
		sandbox_start_into(&how, &child);
		b->child = child_start(j->loop, &child, &ev, err);
		sandbox_start_fini(&how);
	}
	free(env);
	return b->child != NULL;
}

/* Waits for the end; the program inside watches each run, this watches all of them. */
static bool wait_for(struct batch *b, struct watch *watch, struct err *err)
{
	const struct engine_job *j = &b->w->job;
	uint64_t silent_ms = j->limits.run_ms * 2 * TIMES_LONGER + SILENT_MS;

	while (!b->exit.done) {
		child_set_wall(b->child, silent_ms);
		if (!watch_wait(watch, child_pid(b->child), &b->exit.done, err)) {
			child_stop(b->child, &b->exit);
			return !b->exit.result.cancelled;
		}
		if (!b->exit.done && watch->over != RUN_LIMIT_NONE)
			child_kill(b->child);
	}
	return true;
}

bool batch_run(struct work *w, const struct counting *count, const char *rt,
	       struct batch_list *list, batch_fn *fn, void *ctx, const bool *stop, struct err *err)
{
	struct batch b = { .w = w,
			   .count = count,
			   .list = list,
			   .fn = fn,
			   .ctx = ctx,
			   .stop = stop,
			   .exit.task = task_self(),
			   .body = STR_INIT,
			   .line = STR_INIT };
	struct watch watch;
	bool ok;

	w->job.counts = count->laid;
	w->job.built = true;
	ok = watch_init(&watch, w->job.loop, w->job.stage.dir, &w->job.limits, err);
	if (ok && start(&b, rt, NULL))
		ok = wait_for(&b, &watch, err);
	log_line("sim", "batch: %llu ms", (unsigned long long)b.exit.result.wall_ms);
	str_free(&b.line);
	str_free(&b.body);
	return ok;
}
