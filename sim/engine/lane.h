/* lane.h - a sandbox in which several tools run, one at a time.
 *
 * Starting a sandbox costs about as much as linting a small design. A lane is started
 * once and reads its jobs from stdin; each job is a stage (sim/stage/stage.h) in the lane's
 * folder, which no tool can write. Limits on memory, processor time and files apply per
 * tool, limits on time and output per job. A job that exceeds the latter, or is
 * cancelled, ends the sandbox, and the next job starts another. So does a long time
 * without a job: an open program would keep the sandbox for days.
 *
 * The tools of one lane are not protected from each other, so a lane serves one
 * project.
 */
#ifndef POSEDGE_LANE_H
#define POSEDGE_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "sim/sandbox/sandbox.h"

struct child_result;
struct lane;
struct loop;
struct stage;

struct lane_limits {
	bool yields;	 /* run the tools at lower priority */
	uint64_t memory; /* per tool; see sandbox_spec */
	uint64_t file_size;
	uint64_t cpu_s;
	unsigned processes;
	size_t output;	  /* bytes printed by one job */
	unsigned idle_ms; /* without a job, until the sandbox ends; 0: never */
};

/* Call in a task. Starts the sandbox in the background. NULL: its folder could not
 * be made. */
struct lane *lane_open(struct loop *l, struct sandbox box, const struct lane_limits *limits,
		       struct err *err);
void lane_close(struct lane *l); /* no job may be running; NULL is fine; ends in its own task */

/* Starts its sandbox again if the last job ended it: the next one need not wait for
 * that. */
void lane_ready(struct lane *l);

/* Its folder, absolute; stages are in it. Borrowed. */
const char *lane_dir(const struct lane *l);

/* Call in a task: runs argv in the mirror of s, a stage below lane_dir(). cpu_s: a
 * lower limit of processor time than the lane's for each process, which SIGXCPU ends;
 * 0: the lane's. Appends the output of both streams to messages. False: not started,
 * or cancelled; *r says how it ended. */
bool lane_run(struct lane *l, const struct stage *s, const struct strv *argv, uint64_t cpu_s,
	      uint64_t wall_ms, struct str *messages, struct child_result *r, struct err *err);

#endif
