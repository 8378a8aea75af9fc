/* shell_output.h - where a command of the shell prints: a report over stdout and stderr. */
#ifndef POSEDGE_SHELL_OUTPUT_H
#define POSEDGE_SHELL_OUTPUT_H

#include <stdbool.h>

#include "session/base/str.h"

struct err;
struct workbench;

struct shell_output {
	struct workbench *w;
	bool json;
	bool escape;	  /* stdout is a terminal */
	bool waiting;	  /* a line of progress stands on it */
	struct str text;  /* with json: what was said in words */
	struct str notes; /* with json: the first NOTES_MAX bytes, for who says nothing else */
	bool events;	  /* with json: and whether events said it */
};

/* Becomes the report of w, and is told when a session opens. It must outlive w. */
void shell_output_init(struct shell_output *o, struct workbench *w, bool json);

/* After the last command. command: its name; NULL where nothing was said. failed: an error
 * follows. Otherwise with json there is a line in any case: with no words, or with the notes. */
void shell_output_end(struct shell_output *o, const char *command, bool failed);

/* Prints a failure as a line of JSON. command may be NULL. */
void shell_output_error(const char *command, const struct err *err);

#endif
