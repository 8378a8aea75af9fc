/* turn_limb.h - a part of a turn's work that a time limit can end without ending the
 * waiting task; cancelling that task ends it too. */
#ifndef POSEDGE_TURN_LIMB_H
#define POSEDGE_TURN_LIMB_H

#include <stdint.h>

struct loop;

enum limb_end { LIMB_DONE, LIMB_LATE, LIMB_CANCELLED };

/* Runs fn(ctx) in its own task and waits for its end. The task is cancelled at
 * until_ms of the loop's clock, or when the caller is cancelled. It has always ended
 * on return, so ctx may be on the caller's stack. */
enum limb_end limb_run(struct loop *l, uint64_t until_ms, void (*fn)(void *ctx), void *ctx);

#endif
