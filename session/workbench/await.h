/* await.h - the port to models as a call that waits, for tasks.
 *
 * It starts the job and suspends the task until its done. Cancelling the task
 * cancels the job and the call fails with ERR_CANCELLED, after done.
 */
#ifndef POSEDGE_AWAIT_H
#define POSEDGE_AWAIT_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/model/backend.h"

/* piece is called from the loop, as they come. */
bool task_ask(struct backend *b, const struct prompt *p,
	      void (*piece)(void *ctx, const struct piece *p), void *ctx, struct err *err);

#endif
