/* attempt.h - one try to build and run what lies in a stage, in one sandbox.
 *
 * The script (sim/script.h) tells on stderr which step it is in; until the
 * simulation starts, stderr holds the tools' messages. What the simulation
 * prints goes to a file and, line by line, to the reader of verdicts and to
 * whoever listens. What all of it means is the caller's to say.
 */
#ifndef POSEDGE_ATTEMPT_H
#define POSEDGE_ATTEMPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/child.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "sim/script.h"

struct counting;
struct run_reader;
struct task;
struct work;

#define MAX_STEPS 8

struct attempt_step {
	const char *name; /* of the script */
	uint64_t ms;
};

struct attempt {
	struct work *w;
	bool quiet; /* nobody listens */
	struct script script;
	struct child *child;
	struct task *task;
	struct child_result result;
	bool done;
	enum run_limit over; /* of those on totals, the one that ended it */
	uint64_t cpu_s;	     /* limit of processor time of each process */

	struct line_split errors; /* stderr before the simulation starts */
	struct str messages;	  /* what the tools printed */
	size_t first_len;	  /* bytes of it that the first one printed */
	int step;		  /* the one under way; -1: none yet */
	uint64_t began;		  /* when that began */
	bool ran;		  /* the simulation was started */
	int build_status;	  /* of the step that failed; 0: none did */
	struct attempt_step steps[MAX_STEPS];

	int fd; /* output.txt */
	struct line_split lines;
	struct run_reader *reader;
	uint64_t len;
	bool write_failed;
	struct str tail; /* the last it printed on stderr */
};

/* What is in it before anything else; to be finished with attempt_fini(). */
#define ATTEMPT_NONE ((struct attempt){ .fd = -1, .step = -1 })

/* Starts the sandbox of the first attempt, see standby.h; the stage has only its
 * folders, and binds nothing yet. */
void attempt_standby(struct work *w);

/* In a task. rt: see engine_ops.prepare. False: it could not be tried, or was
 * cancelled. True: it was; a->ran says whether the simulation was started, and
 * a->step below 0 that not even the script was. */
bool attempt_run(struct attempt *a, struct work *w, const struct counting *count, const char *rt,
		 const char *output_path, struct err *err);
void attempt_fini(struct attempt *a);

/* Which tool was under way, for people. */
const char *attempt_tool(const struct attempt *a);

#endif
