/* watch.h - stops a run that exceeds its total limits.
 *
 * Next to a child that a task waits for: samples its totals periodically, less often if
 * sampling is slow, so that it costs at most a tenth of a processor. Files that were in
 * the folder before do not count.
 */
#ifndef POSEDGE_WATCH_H
#define POSEDGE_WATCH_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/tool/simulator.h"
#include "sim/sandbox/totals.h"

struct loop;

struct watch {
	struct loop *loop;
	const char *dir;		 /* borrowed */
	const struct sim_limits *limits; /* borrowed */
	struct totals before, now;
	struct totals most;  /* upper bounds for measuring */
	uint64_t pause_ms;   /* until the next sample */
	unsigned looks;	     /* number of samples */
	enum run_limit over; /* first limit exceeded; RUN_LIMIT_NONE: none yet */
	bool far;	     /* exceeded by so much that the run must end at once */
};

/* Call in a task before anything runs in dir. False: cancelled. */
bool watch_init(struct watch *w, struct loop *l, const char *dir, const struct sim_limits *limits,
		struct err *err);

/* Call in a task: waits until it is woken and *done is set, or until over or far has
 * changed. pid: the running child. False: cancelled. */
bool watch_wait(struct watch *w, int pid, const bool *done, struct err *err);

#endif
