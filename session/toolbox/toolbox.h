/* toolbox.h - what a model may do here: look, check, propose.
 *
 * Map of session/toolbox: the tools for models, and how they are called from
 * outside. Knows no model, no protocol of one, and no screen.
 *
 *   toolbox        the list of tools: our own, then those that others add; one call
 *   tool_args      arguments as a model wrote them
 *   tool_turn      what a turn keeps of its calls
 *   tool_policy    whether a tool may be run: allow, ask, deny
 *   tools          our own: names, arguments, effects
 *   tools_read     read_file, search
 *   tools_design   design
 *   tools_check    lint, simulate
 *   tools_wave     wave
 *   tools_why      why
 *   tools_propose  propose_edit
 *   tools_turn     ask_person, done
 *   judges         which files are the design's; all others may judge it
 *   digest         the design in short, as text: what `set digest` sends along
 *   under_test     which modules of a testbench it tests
 *   mcp_server     the tools for other programs: a connection of the Model Context Protocol
 *   mcp_answer     the answer to a request
 *   mcp_resources  verdicts and waves of runs
 *   mcp_prompts    what posedge would ask a model
 *   mcp_reply mcp_inner  what these share
 *
 * No tool of ours writes a file, starts a program of the caller's choice, or
 * reaches a network. The strongest is propose_edit, whose result a person reads.
 * Each result is text with a stated limit and without secrets; what stands in it
 * from files and tools is data, whatever it says.
 */
#ifndef POSEDGE_TOOLBOX_H
#define POSEDGE_TOOLBOX_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct toolbox;
struct workbench;
struct workbench_tools;

#define TOOLBOX_RESULT_MAX (32u << 10) /* bytes of a result; what is left out is said */
#define TOOLBOX_MAX	   256u	       /* tools in all */
#define TOOL_NAME_MAX	   64u	       /* bytes */
#define TOOL_SCHEMA_MAX	   (16u << 10) /* bytes */

enum tool_effect {
	TOOL_READS,    /* looks at the project or at a run */
	TOOL_RUNS,     /* starts lint or simulation, within the limits of the options */
	TOOL_PROPOSES, /* makes a suggestion, which waits for a person */
	TOOL_FOREIGN,  /* does whatever its server or plugin does */
	TOOL_TALKS,    /* with the person, or of the turn itself: only in a turn */
	TOOL_EFFECTS
};

#define TOOL_DOES(effect) (1u << (effect))
#define TOOL_OURS	  (TOOL_DOES(TOOL_READS) | TOOL_DOES(TOOL_RUNS) | TOOL_DOES(TOOL_PROPOSES))

/* What tools know of the turn that they are called in, and tell it. */
struct tool_turn {
	uint64_t *suggestions; /* that wait, in the order made; owned */
	size_t n, cap;
	struct strv checked, /* tools that looked at the design since the last proposal */
		said;	     /* beside each: the first line of its result */
	unsigned changes;    /* proposals so far: what was looked at before may look otherwise */
	bool done;	     /* the model says that it is */
};

void tool_turn_fini(struct tool_turn *t);
void tool_turn_checked(struct tool_turn *t, const char *name, const char *said);
void tool_turn_changed(struct tool_turn *t); /* none of that holds any more */

/* Whose calls they are and what those may do: one for a turn of a model, or for
 * a connection. Plain data of its maker's. */
struct tool_use {
	struct workbench *w;
	const char *by;		/* who proposes, as a suggestion tells it: "mcp", a model's name */
	uint64_t ask;		/* the question whose turn it is; 0: none */
	unsigned effects;	/* TOOL_DOES() of what it may do; any other tool is not there */
	struct tool_turn *turn; /* NULL: a connection's */
};

struct tool_call {
	struct workbench *w;
	struct tool_use *use;
	void *ctx;	   /* the tool's */
	const cJSON *args; /* an object; NULL: none */
	struct str *out;   /* the result, for the model to read */
};

struct tool {
	const char *name;   /* [a-z_0-9]{1,64} */
	const char *about;  /* for the model: one sentence, or two */
	const char *schema; /* JSON Schema of its arguments: an object */
	enum tool_effect effect;
	/* In a task; may wait. The arguments' names were checked against the schema's,
	 * unless that lets others in. False: err is what the model is told. The tool
	 * may be removed meanwhile, its ctx not. */
	bool (*call)(struct tool_call *c, struct err *err);
	void *ctx;	    /* for call(); ours have none */
	const char *source; /* who offers it and answers: "mcp:NAME"; NULL: posedge itself */
};

/* The workbench's, made with our own tools in it when it is first wanted. */
struct toolbox *toolbox_of(struct workbench_tools *t);

/* In a task, before tools are offered: servers that bring some are started, and
 * those that changed are asked anew. What fails is a note. False: cancelled. */
bool toolbox_gather(struct workbench *w, struct err *err);

/* Copies the row and its texts; it comes after those that are there. ERR_USAGE: an
 * invalid name, or a schema that is not a JSON object; ERR_LIMIT; ERR_CONFLICT:
 * the name is taken. */
bool toolbox_add(struct toolbox *b, const struct tool *t, struct err *err);
void toolbox_remove(struct toolbox *b, const void *ctx); /* all with that ctx */

/* In a stable order, ours first; NULL after the last. Borrowed until a tool is added or removed. */
const struct tool *toolbox_at(const struct toolbox *b, size_t i);
const struct tool *toolbox_find(const struct toolbox *b, const char *name); /* NULL: none */

/* Whether it is there for that use. */
bool toolbox_offers(const struct tool_use *u, const struct tool *t);

/* In a task. Checks the arguments' names, looks at the project's files anew for a tool
 * of ours, calls, takes secrets out and cuts what is too long. args NULL: none. False:
 * err is for the model; ERR_NOT_FOUND: there is no such tool for that use. Needs what
 * the tools need: a project, and for some a session. */
bool toolbox_call(struct tool_use *u, const char *name, const cJSON *args, struct str *out,
		  struct err *err);

#endif
