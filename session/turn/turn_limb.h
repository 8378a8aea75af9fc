/* turn_limb.h - a piece of work that can be ended by itself: by the clock, without
 * ending the task that waits for it, and by cancelling that task. */
#ifndef POSEDGE_TURN_LIMB_H
#define POSEDGE_TURN_LIMB_H

#include <stdbool.h>
#include <stdint.h>

struct loop;

enum limb_end { LIMB_DONE, LIMB_LATE, LIMB_CANCELLED };

/* Runs fn(ctx) in a task of its own and waits for its end, which comes in any case:
 * at until_ms of the loop's clock, or when the caller is cancelled, that task is
 * cancelled. So ctx may lie on the caller's stack. */
enum limb_end limb_run(struct loop *l, uint64_t until_ms, void (*fn)(void *ctx), void *ctx);

#endif
