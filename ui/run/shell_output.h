/* shell_output.h - where a command of the shell prints: a report over stdout and stderr. */
#ifndef POSEDGE_SHELL_OUTPUT_H
#define POSEDGE_SHELL_OUTPUT_H

#include <stdbool.h>

#include "session/base/str.h"

struct workbench;

struct shell_output {
	struct workbench *w;
	bool json;
	bool escape;	 /* stdout is a terminal */
	bool waiting;	 /* a line of progress stands on it */
	struct str text; /* with json: what was said in words */
	bool events;	 /* with json: and whether events said it */
};

/* Becomes the report of w, and is told when a session opens. It must outlive w. */
void shell_output_init(struct shell_output *o, struct workbench *w, bool json);

/* After the last command. command: its name; NULL where nothing was said. */
void shell_output_end(struct shell_output *o, const char *command);

#endif
