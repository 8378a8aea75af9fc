#include "config.h"

#include "session/workbench/await.h"

#include "session/base/task.h"

/* What all of them share: who waits, and how it ended. */
struct wait {
	struct task *task;
	bool done;
	struct err err;
};

static void finish(struct wait *w, const struct err *err)
{
	if (err)
		w->err = *err;
	w->done = true;
	task_wake(w->task);
}

/* Waits for done; when the task is cancelled first, has the job cancelled and
 * waits all the same, for what it points to lies on this stack. */
static bool outcome(struct wait *w, void (*cancel)(void *job), void *job, struct err *err)
{
	while (!w->done) {
		if (task_wait(err))
			continue;
		if (!w->done)
			cancel(job);
		while (!w->done)
			task_wait_uncancelled();
		return err_set(err, ERR_CANCELLED, "cancelled");
	}
	if (w->err.code == ERR_NONE)
		return true;
	if (err)
		*err = w->err;
	return false;
}

/* Asking */

struct ask_wait {
	struct wait w;
	void (*piece)(void *ctx, const struct piece *p);
	void *ctx;
};

static void on_piece(void *ctx, const struct piece *p)
{
	struct ask_wait *a = ctx;

	a->piece(a->ctx, p);
}

static void on_answer(void *ctx, const struct err *err)
{
	struct ask_wait *a = ctx;

	finish(&a->w, err);
}

static void cancel_backend(void *job)
{
	struct backend *b = job;

	b->ops->cancel(b);
}

bool task_ask(struct backend *b, const struct prompt *p,
	      void (*piece)(void *ctx, const struct piece *p), void *ctx, struct err *err)
{
	struct ask_wait a = { .w.task = task_self(), .piece = piece, .ctx = ctx };
	struct answer to = { .piece = on_piece, .done = on_answer, .ctx = &a };

	return b->ops->ask(b, p, &to, err) && outcome(&a.w, cancel_backend, b, err);
}
