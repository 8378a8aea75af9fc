/* lane.h - a sandbox in which several tools run, one after another.
 *
 * Starting a sandbox costs about as much as linting a small design. A lane is
 * started once, and then reads from its stdin which job to do next; each job is
 * a stage of its own (sim/stage.h) in the lane's folder, which no tool can
 * write. Limits on memory, processor time and files hold for each tool, limits
 * on time and output for each job; a job that passes one of these, or is
 * cancelled, takes the sandbox with it, and the next job starts another.
 *
 * Tools of one lane are not protected from each other, so a lane serves one
 * project.
 */
#ifndef POSEDGE_LANE_H
#define POSEDGE_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "sim/sandbox.h"

struct child_result;
struct lane;
struct loop;
struct stage;
struct str;
struct strv;

struct lane_limits {
	bool yields;	 /* the tools get a lower priority than ours */
	uint64_t memory; /* of sandbox_spec, for each tool */
	uint64_t file_size;
	uint64_t cpu_s;
	unsigned processes;
	size_t output; /* bytes printed by one job */
};

/* In a task. Begins to start the sandbox, which is ready when it is needed. NULL:
 * its folder could not be made. */
struct lane *lane_open(struct loop *l, struct sandbox box, const struct lane_limits *limits,
		       struct err *err);
void lane_close(struct lane *l); /* no job is under way; NULL is fine; ends in a task of its own */

/* Its folder, absolute; stages lie below it. Borrowed. */
const char *lane_dir(const struct lane *l);

/* In a task: runs argv in the mirror of s, a stage below lane_dir(). What it prints
 * on both streams is added to messages. False: it could not be started or the
 * task was cancelled; how it ended is in *r. */
bool lane_run(struct lane *l, const struct stage *s, const struct strv *argv, uint64_t wall_ms,
	      struct str *messages, struct child_result *r, struct err *err);

#endif
