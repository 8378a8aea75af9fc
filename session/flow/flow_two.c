/* Runs two pieces of work as concurrent tasks and waits for both. With a simulation
 * in each, both cores of a small machine are busy. */
#include "config.h"

#include "session/base/task.h"
#include "session/flow/flow_kit.h"
#include "session/workbench/workbench.h"

struct half {
	struct task *waits, *works;
	void (*fn)(void *ctx);
	void *ctx;
	bool done;
};

static void work(void *ctx)
{
	struct half *h = ctx;

	h->fn(h->ctx);
	h->done = true;
	task_wake(h->waits);
}

static void cancel(struct half *h)
{
	if (!h->done)
		task_cancel(h->works);
}

bool flow_both(struct flow *f, void (*fn)(void *ctx), void *const ctx[2], struct err *err)
{
	struct half h[2] = { { .waits = task_self(), .fn = fn, .ctx = ctx[0] },
			     { .waits = task_self(), .fn = fn, .ctx = ctx[1] } };
	bool cancelled = task_cancelled(task_self());

	if (cancelled)
		return err_set(err, ERR_CANCELLED, "cancelled");
	for (int i = 0; i < 2; i++) {
		h[i].works = task_start(f->w->loop, work, &h[i]);
		task_name(h[i].works, "half of a step");
	}
	while (!cancelled && !(h[0].done && h[1].done))
		cancelled = !task_wait(NULL);
	for (int i = 0; cancelled && i < 2; i++)
		cancel(&h[i]);
	while (!(h[0].done && h[1].done))
		task_wait_uncancelled();
	return !cancelled || err_set(err, ERR_CANCELLED, "cancelled");
}
