/* standby.h - the sandbox of a run, started before the run is laid ready.
 *
 * Setting a sandbox up takes some milliseconds in which nothing of ours has to
 * be done. So it is started as soon as the run's folder is there, and waits for
 * a word; meanwhile sources are copied. Only for a run that needs nothing
 * mounted beside its folder, which is known later: then it is ended unused.
 */
#ifndef POSEDGE_STANDBY_H
#define POSEDGE_STANDBY_H

#include <stdbool.h>

#include "session/base/child.h"
#include "session/base/str.h"

struct engine_job;
struct loop;
struct sandbox_spec;
struct task;

/* { 0 }: none. It stays where it is from standby_start() to standby_end(). */
struct standby {
	struct child *child;	       /* NULL: none, or it has ended */
	const struct child_events *to; /* who has taken it; NULL: nobody yet */
	struct child_events taken;
	struct str early;   /* what it printed before: why it does not start */
	struct task *waits; /* for its end */
};

/* In the sandbox of j, as `how` says, run.sh of the stage will run. Nothing happens
 * when that cannot be started: then there is none. */
void standby_start(struct standby *s, const struct engine_job *j, const struct sandbox_spec *spec,
		   const struct child_spec *how);

/* Lets it go on; from now on ev hears of it. NULL: there is none, or it has ended
 * before its time. */
struct child *standby_take(struct standby *s, const struct child_events *ev);

/* In a task: whatever was not taken is gone then. */
void standby_end(struct standby *s);

#endif
