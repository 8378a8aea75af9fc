/* attempt.h - one attempt to build and run a stage, in one sandbox.
 *
 * The script (sim/engine/script.h) reports its current step on stderr; until the simulation
 * starts, stderr holds the tools' messages. The simulation's output goes to a file and,
 * line by line, to the reader of verdicts and to the listener. The caller interprets
 * the results.
 */
#ifndef POSEDGE_ATTEMPT_H
#define POSEDGE_ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/child.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "sim/engine/script.h"

struct counting;
struct run_reader;
struct work;

#define MAX_STEPS 8

struct attempt_step {
	const char *name; /* a step of the script */
	uint64_t ms;
};

struct attempt {
	struct child_exit end; /* of child; first, see child_exited() */
	struct work *w;
	bool quiet; /* do not call the listener */
	struct script script;
	struct child *child;
	enum run_limit over; /* the limit on totals that ended it */
	uint64_t cpu_s;	     /* limit of processor time per process */

	struct line_split errors; /* stderr before the simulation starts */
	struct str messages;	  /* output of the tools */
	size_t first_len;	  /* length of the first tool's output */
	int step;		  /* the current step; -1: none yet */
	uint64_t began;		  /* start of the current step */
	bool ran;		  /* the simulation was started */
	int build_status;	  /* of the failed step; 0: none failed */
	struct attempt_step steps[MAX_STEPS];

	int fd; /* output.txt */
	struct line_split lines;
	struct run_reader *reader;
	uint64_t len;
	bool write_failed;
	struct str tail; /* the end of the simulation's stderr */
	struct str held; /* output of an unfinished line, if a source has another name */
};

/* The empty state; finish it with attempt_fini(). */
#define ATTEMPT_NONE ((struct attempt){ .fd = -1, .step = -1 })

/* Starts the sandbox of the first attempt early, see standby.h; the stage has only
 * its folders, and no binds yet. */
void attempt_standby(struct work *w);

/* Call in a task. rt: see engine_ops.prepare. False: it could not be attempted, or
 * was cancelled. True: a->ran says if the simulation was started; a->step below 0
 * means that not even the script was. */
bool attempt_run(struct attempt *a, struct work *w, const struct counting *count, const char *rt,
		 const char *output_path, struct err *err);
void attempt_fini(struct attempt *a);

/* The tool of the current step, for messages. */
const char *attempt_tool(const struct attempt *a);

#endif
