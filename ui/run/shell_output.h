/* shell_output.h - output of a shell command: a report that writes to stdout and
 * stderr. */
#ifndef POSEDGE_SHELL_OUTPUT_H
#define POSEDGE_SHELL_OUTPUT_H

#include <stdbool.h>

#include "session/base/str.h"

struct err;
struct workbench;

struct shell_output {
	struct workbench *w;
	bool json;
	bool escape;	 /* stdout is a terminal */
	bool waiting;	 /* a line of progress is on the terminal */
	struct str text; /* with json: the command's output in words */
	/* with json: the first NOTES_MAX bytes, printed if there is no other output */
	struct str notes;
	bool events; /* with json: events were printed */
};

/* Becomes the report of w, and is notified when a session opens. It must outlive w. */
void shell_output_init(struct shell_output *o, struct workbench *w, bool json);

/* Call after the last command. command: its name; NULL if it printed nothing.
 * failed: an error follows. Otherwise, with json, prints at least one line: the
 * words, or the notes. */
void shell_output_end(struct shell_output *o, const char *command, bool failed);

/* Prints a failure as a line of JSON. command may be NULL. */
void shell_output_error(const char *command, const struct err *err);

#endif
