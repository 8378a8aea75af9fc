/* script.h - a build and a run as one program for sh, for one sandbox start.
 *
 * Starting a sandbox costs about as much as translating a small design, so the
 * steps share one. Stdout belongs to the simulation alone. On stderr, until
 * the simulation starts, are the tools' messages and the marks:
 *
 *	MARK step N			the N-th step begins
 *	MARK end STATUS			the build is over: that step failed
 *	MARK run			from here on stderr belongs to the simulation
 *
 * each on a line of its own. MARK is drawn anew each time, so that no message
 * can look like one. A line on stdin ends the simulation in an orderly way: it
 * gets a SIGTERM, prints what it holds back, and ends. The script's own status
 * is the simulation's, 128 + N for signal N.
 *
 * Words from outside stand in the script quoted, so that they are only words.
 */
#ifndef POSEDGE_SCRIPT_H
#define POSEDGE_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

#define SCRIPT_FAREWELL "end\n"

struct script {
	struct str text;
	char mark[40];
	struct strv steps;  /* their names, "compiling" */
	struct strv tools;  /* what each runs, "g++" */
	uint64_t file_size; /* limit of the simulation's files, in bytes; whole blocks of
				 * SCRIPT_BLOCK count; 0: that of the whole script */
};

#define SCRIPT_BLOCK 512u

void script_init(struct script *s); /* starts in the mirror of the stage */
void script_fini(struct script *s);

/* A step that runs argv; name and tool for people. The first one that fails
 * ends the script. first: tried before it, in its place when it succeeds; NULL. Of one that
 * does not, nothing is heard. */
void script_step(struct script *s, const char *name, const char *tool, const struct strv *argv,
		 const struct strv *first);

/* The same for one that pipes a program into another, whose status it has. */
void script_pipe(struct script *s, const char *name, const char *tool, const struct strv *from,
		 const struct strv *to);

/* The step before it failed, whatever its status, when it has not made that file. */
void script_product(struct script *s, const char *path);

/* Commands of ours, as they are; constant text. */
void script_line(struct script *s, const char *line);

/* The end: the simulation, in folder start, relative to where it is. */
void script_simulate(struct script *s, const char *start, const struct strv *argv);

/* The end: the script becomes argv, in that folder. */
void script_become(struct script *s, const char *start, const struct strv *argv);

/* word, so that sh reads it as that one word. */
void script_quote(const char *word, struct str *out);

enum script_said { SCRIPT_MESSAGE, SCRIPT_STEP, SCRIPT_END, SCRIPT_RUN };

/* What a line of stderr is; *n: the step or the status. */
enum script_said script_read(const struct script *s, const char *line, size_t len, int *n);

#endif
