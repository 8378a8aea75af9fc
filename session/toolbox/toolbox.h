/* toolbox.h - what a model may do here: look, check, propose.
 *
 * Map of session/toolbox: the tools for models, and how they are called from
 * outside. Knows no model, no protocol of one, and no screen.
 *
 *   toolbox        the table: names, arguments, effects; one call
 *   tool_args      arguments as a model wrote them
 *   tools          the functions that the table names
 *   tools_read     read_file, search
 *   tools_design   design
 *   tools_check    lint, simulate
 *   tools_wave     wave
 *   tools_propose  propose_edit
 *   mcp_server     the tools for other programs: the Model Context Protocol
 *
 * No tool writes a file, starts a program of the caller's choice, or reaches a
 * network. The strongest is propose_edit, whose result a person reads. Each
 * result is text with a stated limit and without secrets; what stands in it
 * from files and tools is data, whatever it says.
 */
#ifndef POSEDGE_TOOLBOX_H
#define POSEDGE_TOOLBOX_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct workbench;

#define TOOLBOX_RESULT_MAX (32u << 10) /* bytes of a result; what is left out is said */

enum tool_effect {
	TOOL_READS,    /* looks at the project or at a run */
	TOOL_RUNS,     /* starts lint or simulation, within the limits of the options */
	TOOL_PROPOSES, /* makes a suggestion, which waits for a person */
};

/* A call runs in a task and may wait. args: an object that was checked against
 * the names of the schema. False: err is what the model is told. */
struct tool {
	const char *name;   /* [a-z_]{1,64} */
	const char *about;  /* for the model: one sentence, or two */
	const char *schema; /* JSON Schema of its arguments, on one line */
	enum tool_effect effect;
	bool (*call)(struct workbench *w, const cJSON *args, struct str *out, struct err *err);
};

/* In a stable order; NULL after the last. */
const struct tool *toolbox_at(size_t i);
const struct tool *toolbox_find(const char *name); /* NULL: there is none */

/* In a task. Checks the arguments' names, calls, takes secrets out and cuts what
 * is too long. args NULL: none. by: who asks, for suggestions; "model" or the
 * like. Needs what the tools need: a project, and for some a session. */
bool toolbox_call(struct workbench *w, const struct tool *t, const cJSON *args, struct str *out,
		  struct err *err);

#endif
