/* task.h - straight-line code that waits, on a small stack of its own.
 *
 * A task runs in the one thread until it waits; the loop resumes it after the
 * callbacks of a turn, never inside one. Cancelling makes the call that it
 * waits in fail with ERR_CANCELLED, and so does every later wait; the task's
 * ordinary cleanup path runs. No borrowed pointer lives across a wait.
 *
 * How something becomes waitable: start the job with a callback that stores
 * the outcome and calls task_wake(); then loop on task_wait() until the
 * outcome is there. When task_wait() fails, cancel the job and wait for its
 * done with task_wait_uncancelled().
 */
#ifndef POSEDGE_TASK_H
#define POSEDGE_TASK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct loop;
struct task;

#define TASK_STACK (256 * 1024)

/* Runs fn(ctx) from the next turn on. It frees itself when fn returns. */
struct task *task_start(struct loop *l, void (*fn)(void *ctx), void *ctx);

/* What the log calls it, from the turn in which it begins. Borrowed as long as
 * the task lives. */
void task_name(struct task *t, const char *name);

void task_cancel(struct task *t); /* once is enough; not from inside t */
bool task_cancelled(const struct task *t);

/* The one that runs now; NULL outside of any. */
struct task *task_self(void);

/* Makes t ready; its task_wait() returns in this or the next turn. */
void task_wake(struct task *t);

/* Suspends until woken (spuriously, too). False: cancelled. Must be called
 * from inside a task. */
bool task_wait(struct err *err);
void task_wait_uncancelled(void); /* the same; ignores cancellation */

/* Tasks that wait for the same thing; { 0 } is none. Wait until what was waited
 * for is there: one may be woken too early. */
struct task_queue {
	struct task_waiter *first;
};

void task_queue_wait(struct task_queue *q); /* ignores cancellation */
void task_queue_wake(struct task_queue *q); /* all of them */

bool task_sleep(struct loop *l, uint64_t ms, struct err *err);

/* Lets the loop turn once: keys come before what is left of a long piece. */
bool task_rest(struct err *err);

/* Runs work(ctx) on the pool and waits for its end, so ctx may lie on the task's
 * stack; the loop goes on meanwhile. False: the task was cancelled, *stop was
 * set (NULL: there is none), and the work has ended all the same. */
bool task_work(struct loop *l, void (*work)(void *ctx), void *ctx, atomic_bool *stop,
	       struct err *err);

/* How many there are; at shutdown: cancel all, then turn until 0. */
size_t task_count(const struct loop *l);
void task_cancel_all(struct loop *l);

#endif
