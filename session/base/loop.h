/* loop.h - the event loop of the one thread: descriptors, timers, signals, and a
 * thread pool for work that would block. Only loop.c and child.c use libuv.
 *
 * A callback changes the state and returns. Every callback runs from loop_turn(),
 * never from inside the call that asked for it. Owners free their handles before
 * the loop is freed.
 *
 * One turn: callbacks of descriptors and timers run; then tasks that became ready;
 * then the before-sleep hooks, in the order they were added; then the loop sleeps.
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

/* All handles must have been freed. Waits for work still in the pool. */
void loop_free(struct loop *l);

/* Runs one turn; with wait set it sleeps until something happens. False when
 * nothing can happen any more (no active handle, nothing in the pool). */
bool loop_turn(struct loop *l, bool wait);

/* Turns until *done is set or nothing is left to wait for. */
void loop_run_until(struct loop *l, const bool *done);

uint64_t loop_now_ms(const struct loop *l); /* monotonic; time at which this turn began */

/* events are of enum loop_events. The caller keeps the descriptor and closes it. A regular
 * file or /dev/null is ready in each turn. */
enum loop_events { LOOP_READ = 1u << 0, LOOP_WRITE = 1u << 1 };

struct loop_fd *loop_fd_new(struct loop *l, int fd, void (*fn)(void *ctx, unsigned events),
			    void *ctx, struct err *err);
void loop_fd_want(struct loop_fd *f, unsigned events); /* events to watch; 0 = none */
void loop_fd_free(struct loop_fd *f);		       /* NULL is fine; fn is not called again */

/* A timer fires once; set it again from the callback to repeat it. */
struct loop_timer *loop_timer_new(struct loop *l, void (*fn)(void *ctx), void *ctx);
void loop_timer_set(struct loop_timer *t, uint64_t in_ms); /* replaces an earlier setting */
void loop_timer_stop(struct loop_timer *t);
void loop_timer_free(struct loop_timer *t); /* NULL is fine */

/* A signal handle does not keep the loop alive. */
struct loop_signal *loop_signal_new(struct loop *l, int signo, void (*fn)(void *ctx, int signo),
				    void *ctx);
void loop_signal_free(struct loop_signal *s); /* NULL is fine */

/* Runs fn before each sleep, until removed with the same pair. */
void loop_before_sleep(struct loop *l, void (*fn)(void *ctx), void *ctx);
void loop_before_sleep_remove(struct loop *l, void (*fn)(void *ctx), void *ctx);

/* Runs work in the pool, then done in the loop, exactly once. Until then only work
 * may touch what ctx points to. */
void loop_work(struct loop *l, void (*work)(void *ctx), void (*done)(void *ctx), void *ctx);

/* fsync in the pool. done gets 0 or an errno. fd must stay open until then. */
void loop_fsync(struct loop *l, int fd, void (*done)(void *ctx, int error), void *ctx);

/* For child.c and task.c only. */
void *loop_uv(struct loop *l);
/* run: runs the ready tasks; any: true if a task is ready, so the loop must not
 * sleep. */
void loop_set_ready_hook(struct loop *l, void (*run)(void *ctx), bool (*any)(void *ctx), void *ctx);
void *loop_ready_ctx(const struct loop *l);

#endif
