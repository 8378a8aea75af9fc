/* script.h - build and run as one sh script, for one start of the sandbox.
 *
 * Starting a sandbox costs about as much as compiling a small design, so all steps
 * share one. Stdout belongs to the simulation alone. Until the simulation starts,
 * stderr has the tools' messages and these marks, each on its own line:
 *
 *	MARK step N			the N-th step begins
 *	MARK end STATUS			the build is over: that step failed
 *	MARK run			from here on stderr belongs to the simulation
 *
 * MARK is random each time, so that no message can forge one. A line on stdin ends the
 * simulation in an orderly way: it gets a SIGTERM, flushes its output, and exits. The
 * script's own status is the simulation's, 128 + N for signal N.
 *
 * A script of the shape of script_pipe(), script_product() and script_simulate_held() is
 * also a job for the launcher of a sandbox (sim/sandbox/launch.h), which needs no shell.
 *
 * Strings from outside are quoted in the script, so that they are only words.
 */
#ifndef POSEDGE_SCRIPT_H
#define POSEDGE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

#define SCRIPT_FAREWELL "end\n"

struct script {
	struct str text;
	char mark[40];
	struct strv steps;	   /* their names: "compiling" */
	struct strv tools;	   /* the tool of each: "g++" */
	struct strv from, to, run; /* of a job */
	char *product, *start;	   /* of a job; NULL */
	size_t held;		   /* index in run */
	bool odd;		   /* it has what is in no job */
	uint64_t file_size; /* limit of the simulation's files in bytes, in whole SCRIPT_BLOCKs;
			     * 0: that of the whole script */
};

#define SCRIPT_BLOCK 512u

void script_init(struct script *s); /* starts in the mirror of the stage */
void script_fini(struct script *s);

/* Adds a step that runs argv; name and tool are for messages. The first failing step
 * ends the script. first: tried before argv and replaces it if it succeeds; its
 * output is dropped if it fails; NULL. */
void script_step(struct script *s, const char *name, const char *tool, const struct strv *argv,
		 const struct strv *first);

/* Likewise for a program piped into another, whose status counts. */
void script_pipe(struct script *s, const char *name, const char *tool, const struct strv *from,
		 const struct strv *to);

/* Fails the previous step, whatever its status, if it has not made that file. */
void script_product(struct script *s, const char *path);

/* Adds a line verbatim; constant text of ours. */
void script_line(struct script *s, const char *line);

/* The last step: the simulation, in folder start, relative to the current one. */
void script_simulate(struct script *s, const char *start, const struct strv *argv);

/* Likewise, of a program, argv[held], that is the product of the step before. A launcher
 * starts the simulator before that is made. */
void script_simulate_held(struct script *s, const char *start, const struct strv *argv,
			  size_t held);

/* Appends it as a job. False: it is not one, or too long for one. */
bool script_job(const struct script *s, bool yields, struct str *out);

/* Appends the job that becomes argv. */
void script_exec_job(const char *const *argv, struct str *out);

/* The last step: execs argv, in that folder. */
void script_become(struct script *s, const char *start, const struct strv *argv);

/* Appends word, quoted for sh. */
void script_quote(const char *word, struct str *out);

enum script_said { SCRIPT_MESSAGE, SCRIPT_STEP, SCRIPT_END, SCRIPT_RUN };

/* Kind of a line of stderr; *n: the step or the status. */
enum script_said script_read(const struct script *s, const char *line, size_t len, int *n);

#endif
