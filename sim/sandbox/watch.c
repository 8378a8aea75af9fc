/* Samples the total use of a run, since the kernel's limits are per process: memory,
 * processes, files and disk space of everything in the sandbox, and what the machine
 * has left. A sample walks a folder and /proc, so it runs on the pool, first after
 * FIRST_MS and then every PAUSE_MS, but takes at most one part in SHARE of the time.
 *
 * There are two results: over a limit, and far over it (by a quarter), when there is no
 * time for last output.
 */
#include "config.h"

#include "sim/sandbox/watch.h"

#include <string.h>

#include "session/base/log.h"
#include "session/base/loop.h"
#include "session/base/task.h"
#include "sim/sandbox/sandbox.h"

/* Early at first, before a fork bomb stopped by the kernel has ended by itself. */
#define FIRST_MS 20
#define PAUSE_MS 100
#define SHARE	 10 /* one part in this many of the time for sampling */

/* Every WHOLE-th sample scans all processes of the machine: once a second, since a child
 * that the lists of children missed is most likely in them 100 ms later. */
#define WHOLE 10

/* Beyond a limit by one part in FAR: no time for last output. */
#define FAR 4

/* The machine and the user's files come first, however a run uses resources. If less
 * was free at the start, half of that. */
#define MEMORY_LEFT (192ull << 20)
#define DISK_LEFT   (256ull << 20)

/* One sample, for the pool. */
struct glance {
	const char *dir;
	int pid;
	struct totals most, *out;
	unsigned n; /* number of samples before */
};

static void look(void *ctx)
{
	struct glance *g = ctx;

	if (g->n % WHOLE == WHOLE - 1)
		totals_measure(g->dir, g->pid, &g->most, g->out);
	else
		totals_glance(g->dir, g->pid, &g->most, g->out);
}

static uint64_t reserve(uint64_t before, uint64_t usual)
{
	return before == UINT64_MAX ? 0 : before / 2 < usual ? before / 2 : usual;
}

static bool above(uint64_t used, uint64_t before, uint64_t limit, bool far)
{
	return limit && used > before && used - before > (far ? limit + limit / FAR : limit);
}

static enum run_limit passed(const struct watch *w, bool far)
{
	const struct sim_limits *l = w->limits;

	if (above(w->now.processes, SANDBOX_OWN, l->processes, far))
		return RUN_LIMIT_PROCESSES;
	if (above(w->now.memory, 0, l->memory, far))
		return RUN_LIMIT_MEMORY;
	if (above(w->now.files, w->before.files, l->files, far))
		return RUN_LIMIT_FILES;
	if (above(w->now.disk, w->before.disk, l->disk, far))
		return RUN_LIMIT_SPACE;
	if (w->now.memory_left < reserve(w->before.memory_left, MEMORY_LEFT) / (far ? 2 : 1))
		return RUN_LIMIT_MACHINE;
	if (w->now.disk_left < reserve(w->before.disk_left, DISK_LEFT) / (far ? 2 : 1))
		return RUN_LIMIT_DISK;
	return RUN_LIMIT_NONE;
}

static void judge(struct watch *w)
{
	enum run_limit over = passed(w, false);

	if (w->over == RUN_LIMIT_NONE && over != RUN_LIMIT_NONE) {
		w->over = over;
		log_line("sandbox",
			 "limit %d: %u processes, %llu MB of memory, %llu MB written, %llu files",
			 (int)over, w->now.processes, (unsigned long long)(w->now.memory >> 20),
			 (unsigned long long)((w->now.disk - w->before.disk) >> 20),
			 (unsigned long long)(w->now.files - w->before.files));
	}
	w->far = w->over != RUN_LIMIT_NONE && passed(w, true) != RUN_LIMIT_NONE;
}

bool watch_init(struct watch *w, struct loop *l, const char *dir, const struct sim_limits *limits,
		struct err *err)
{
	struct glance g = { .dir = dir, .most = { .files = UINT64_MAX }, .out = &w->before };

	memset(w, 0, sizeof(*w));
	w->loop = l;
	w->dir = dir;
	w->limits = limits;
	w->pause_ms = FIRST_MS;
	if (!task_work(l, look, &g, NULL, err))
		return false;
	w->most.memory = limits->memory ? limits->memory : UINT64_MAX;
	w->most.files = limits->files ? w->before.files + limits->files * 2 : UINT64_MAX;
	return true;
}

struct pause {
	struct task *task;
	bool over;
};

static void on_pause_over(void *ctx)
{
	struct pause *p = ctx;

	p->over = true;
	task_wake(p->task);
}

static bool pause_unless(struct watch *w, const bool *done, struct err *err)
{
	struct pause p = { .task = task_self() };
	struct loop_timer *t = loop_timer_new(w->loop, on_pause_over, &p);
	bool ok = true;

	loop_timer_set(t, w->pause_ms);
	while (ok && !*done && !p.over)
		ok = task_wait(err);
	loop_timer_free(t);
	return ok;
}

static uint64_t next_pause(uint64_t pause, uint64_t took)
{
	pause = pause * 2 < PAUSE_MS ? pause * 2 : PAUSE_MS;
	return took * SHARE > pause ? took * SHARE : pause;
}

bool watch_wait(struct watch *w, int pid, const bool *done, struct err *err)
{
	struct glance g = { .dir = w->dir, .pid = pid, .out = &w->now, .most = w->most };
	enum run_limit over = w->over;
	bool far = w->far;

	while (!*done && over == w->over && far == w->far) {
		uint64_t began, took;

		if (!pause_unless(w, done, err))
			return false;
		if (*done)
			break;
		began = loop_now_ms(w->loop);
		g.n = w->looks++;
		if (!task_work(w->loop, look, &g, NULL, err))
			return false;
		took = loop_now_ms(w->loop) - began;
		w->pause_ms = next_pause(w->pause_ms, took);
		judge(w);
	}
	return true;
}
