/* standby.h - starts the sandbox of a run before the run is staged.
 *
 * Setting up a sandbox takes some milliseconds in which we need not wait. So it is
 * started as soon as the run's folder exists, and waits for a word while the sources
 * are copied. If the run turns out to need more mounts than its folder, the sandbox is
 * ended unused.
 */
#ifndef POSEDGE_STANDBY_H
#define POSEDGE_STANDBY_H

#include <stdbool.h>

#include "session/base/child.h"
#include "session/base/str.h"

struct engine_job;
struct sandbox_spec;
struct task;

/* { 0 }: none. Must not be moved between standby_start() and standby_end(). */
struct standby {
	struct child *child;	       /* NULL: none, or ended */
	const struct child_events *to; /* of its taker; NULL: not taken */
	struct child_events taken;
	bool takes_job;	    /* else it waits to read run.sh */
	struct str early;   /* its output before that: why it does not start */
	struct task *waits; /* the task waiting for its end */
};

/* Starts run.sh of the stage in the sandbox of j, by `how`. If that fails there is
 * none. */
void standby_start(struct standby *s, const struct engine_job *j, const struct sandbox_spec *spec,
		   const struct child_spec *how);

/* Lets it run; ev gets its events from now on. job: for one that takes a job. NULL: there
 * is none, or it has ended early. */
struct child *standby_take(struct standby *s, const struct str *job, const struct child_events *ev);

/* Call in a task: ends it unless it was taken. */
void standby_end(struct standby *s);

#endif
