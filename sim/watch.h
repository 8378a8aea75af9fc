/* watch.h - stops a run that uses more in all than it may.
 *
 * Beside a child that a task waits for: looks at its totals now and then, more
 * seldom where looking takes long, so that it costs a tenth of a processor at
 * most. What lay in the folder before does not count.
 */
#ifndef POSEDGE_WATCH_H
#define POSEDGE_WATCH_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/tool/simulator.h"
#include "sim/totals.h"

struct loop;

struct watch {
	struct loop *loop;
	const char *dir;		 /* borrowed */
	const struct sim_limits *limits; /* borrowed */
	struct totals before, now;
	struct totals most;  /* no need to measure more than that */
	uint64_t pause_ms;   /* before the next look */
	unsigned looks;	     /* so far */
	enum run_limit over; /* the first one passed; RUN_LIMIT_NONE: none yet */
	bool far;	     /* passed by so much that it has to end at once */
};

/* In a task, before anything runs in dir. False: cancelled. */
bool watch_init(struct watch *w, struct loop *l, const char *dir, const struct sim_limits *limits,
		struct err *err);

/* In a task: waits until it is woken and *done is set, or a look shows that over
 * or far has changed. pid: of the child that runs. False: cancelled. */
bool watch_wait(struct watch *w, int pid, const bool *done, struct err *err);

#endif
