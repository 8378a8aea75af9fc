/* Runs a function in its own task until a point in time. At that time, or when the
 * caller's task is cancelled, the inner task is cancelled. In all cases the caller
 * waits until it has really ended, since it works on the caller's data.
 */
#include "config.h"

#include "session/turn/turn_limb.h"

#include "session/base/loop.h"
#include "session/base/task.h"

struct limb {
	struct task *waits, *works;
	void (*fn)(void *ctx);
	void *ctx;
	bool done, late;
};

static void work(void *ctx)
{
	struct limb *m = ctx;

	m->fn(m->ctx);
	m->done = true;
	task_wake(m->waits);
}

static void on_time(void *ctx)
{
	struct limb *m = ctx;

	if (m->done || task_cancelled(m->works))
		return;
	m->late = true;
	task_cancel(m->works);
}

enum limb_end limb_run(struct loop *l, uint64_t until_ms, void (*fn)(void *ctx), void *ctx)
{
	uint64_t now = loop_now_ms(l);
	struct limb m = { .waits = task_self(), .fn = fn, .ctx = ctx };
	struct loop_timer *clock;
	bool cancelled = task_cancelled(m.waits);

	if (cancelled)
		return LIMB_CANCELLED;
	if (now >= until_ms)
		return LIMB_LATE;
	clock = loop_timer_new(l, on_time, &m);
	loop_timer_set(clock, until_ms - now);
	m.works = task_start(l, work, &m);
	task_name(m.works, "step of a turn");
	while (!m.done && !cancelled)
		cancelled = !task_wait(NULL);
	if (!m.done && !task_cancelled(m.works))
		task_cancel(m.works);
	while (!m.done)
		task_wait_uncancelled();
	loop_timer_free(clock);
	return m.late ? LIMB_LATE : cancelled ? LIMB_CANCELLED : LIMB_DONE;
}
