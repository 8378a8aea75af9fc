/* loop.h - the one thread's loop: descriptors, timers, signals, and work that
 * would block, on a pool of threads. The one home of libuv with child.c.
 *
 * A callback changes the state and returns. Every callback runs from
 * loop_turn(), never from inside the call that asked for it. Handles are
 * freed by their owner before the loop is.
 *
 * A turn: descriptors and timers -> callbacks; tasks made ready run; then the
 * before-sleep hooks, in the order they were added; then the loop sleeps.
 */
#ifndef POSEDGE_LOOP_H
#define POSEDGE_LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct loop;
struct loop_fd;
struct loop_timer;
struct loop_signal;

struct loop *loop_new(struct err *err);

/* All handles must have been freed. Waits for work still on the pool. */
void loop_free(struct loop *l);

/* One turn; waits for something to happen if wait is set. False when nothing
 * is left that could ever happen (no active handle, nothing on the pool). */
bool loop_turn(struct loop *l, bool wait);

/* Turns until *done or until nothing is left. */
void loop_run_until(struct loop *l, const bool *done);

uint64_t loop_now_ms(const struct loop *l); /* monotonic, as of this turn */

/* Descriptors. events of enum loop_events; the descriptor stays the caller's. */
enum loop_events { LOOP_READ = 1u << 0, LOOP_WRITE = 1u << 1 };

struct loop_fd *loop_fd_new(struct loop *l, int fd, void (*fn)(void *ctx, unsigned events),
			    void *ctx, struct err *err);
void loop_fd_want(struct loop_fd *f, unsigned events); /* 0 = nothing for now */
void loop_fd_free(struct loop_fd *f);		       /* NULL is fine; no call after */

/* Timers fire once; set again from the callback to repeat. */
struct loop_timer *loop_timer_new(struct loop *l, void (*fn)(void *ctx), void *ctx);
void loop_timer_set(struct loop_timer *t, uint64_t in_ms); /* again: moves it */
void loop_timer_stop(struct loop_timer *t);
void loop_timer_free(struct loop_timer *t); /* NULL is fine */

/* Does not keep the loop alive by itself. */
struct loop_signal *loop_signal_new(struct loop *l, int signo, void (*fn)(void *ctx, int signo),
				    void *ctx);
void loop_signal_free(struct loop_signal *s); /* NULL is fine */

/* Runs fn before each sleep, until removed with the same pair. */
void loop_before_sleep(struct loop *l, void (*fn)(void *ctx), void *ctx);
void loop_before_sleep_remove(struct loop *l, void (*fn)(void *ctx), void *ctx);

/* Runs work on the pool, then done in the loop, exactly once. What ctx points
 * to is the work's alone meanwhile. */
void loop_work(struct loop *l, void (*work)(void *ctx), void (*done)(void *ctx), void *ctx);

/* fsync on the pool. done: error is 0 or an errno. fd must stay open. */
void loop_fsync(struct loop *l, int fd, void (*done)(void *ctx, int error), void *ctx);

/* For child.c and task.c, which share the loop's inside. */
void *loop_uv(struct loop *l);
/* run: lets the ready tasks run; any: whether one is ready, so that the loop
 * does not sleep. */
void loop_set_ready_hook(struct loop *l, void (*run)(void *ctx), bool (*any)(void *ctx), void *ctx);
void *loop_ready_ctx(const struct loop *l);

#endif
