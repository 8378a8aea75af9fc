/* task.h - straight-line code that waits, on a small stack of its own.
 *
 * A task runs in the one thread until it waits; the loop resumes it after the
 * callbacks of a turn, never inside one. Cancelling a task makes the call it waits
 * in, and every later wait, fail with ERR_CANCELLED; its ordinary cleanup path
 * runs. No borrowed pointer survives a wait.
 *
 * To make something waitable: start the job with a callback that stores the outcome
 * and calls task_wake(); then loop on task_wait() until the outcome is there. When
 * task_wait() fails, cancel the job and wait for its callback with
 * task_wait_uncancelled().
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

/* Runs fn(ctx) from the next turn on. The task frees itself when fn returns. */
struct task *task_start(struct loop *l, void (*fn)(void *ctx), void *ctx);

/* Name in the log, from the turn in which the task begins. Borrowed until the task
 * ends. */
void task_name(struct task *t, const char *name);

void task_cancel(struct task *t); /* again is harmless; not from inside t */
bool task_cancelled(const struct task *t);

/* The running task; NULL outside of any. */
struct task *task_self(void);

/* Makes t ready; its task_wait() returns in this turn or the next. */
void task_wake(struct task *t);

/* Suspends until woken, possibly spuriously. False: cancelled. Must be called from
 * a task. */
bool task_wait(struct err *err);
void task_wait_uncancelled(void); /* the same; ignores cancellation */

/* Tasks that wait for the same thing; { 0 } is empty. Check the condition again
 * after each wait: a wake may come too early. */
struct task_queue {
	struct task_waiter *first;
};

void task_queue_wait(struct task_queue *q); /* ignores cancellation */
void task_queue_wake(struct task_queue *q); /* all of them */

bool task_sleep(struct loop *l, uint64_t ms, struct err *err);

/* Lets the loop turn once, so that keys are handled before the rest of a long
 * computation. */
bool task_rest(struct err *err);

/* Between two steps of a long computation: task_rest() if the ready tasks have kept
 * the loop for TASK_TURN_MS in this turn, so that a key waits for one more step at
 * most. Outside of a task it does nothing. */
#define TASK_TURN_MS 4
bool task_breathe(struct err *err);

/* Runs work(ctx) in the pool and waits for its end, so ctx may point into the
 * task's stack. The loop keeps running. False: the task was cancelled; *stop (may
 * be NULL) was set, and the work has ended. */
bool task_work(struct loop *l, void (*work)(void *ctx), void *ctx, atomic_bool *stop,
	       struct err *err);

/* Number of tasks; at shutdown, cancel all and turn until it is 0. */
size_t task_count(const struct loop *l);
void task_cancel_all(struct loop *l);

#endif
