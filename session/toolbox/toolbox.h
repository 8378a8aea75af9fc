/* toolbox.h - the tools that a model may use: look, check, propose.
 *
 * Map of session/toolbox: tools for models, and their use by other programs. Knows no
 * model, no model's protocol, and no screen.
 *
 *   toolbox        the list of tools: our own, then added ones; one call
 *   tool_args      checked arguments
 *   tool_turn      the record of calls in a turn
 *   tool_policy    permission to run a tool: allow, ask, deny
 *   tools          our own tools: names, arguments, effects
 *   tools_read     read_file, search
 *   tools_design   design
 *   tools_check    lint, simulate
 *   tools_wave     wave
 *   tools_why      why
 *   tools_propose  propose_edit
 *   tools_turn     ask_person, done
 *   judges         which files belong to the design; all others may judge it
 *   digest         summaries of the design, sent with `set digest`
 *   under_test     the modules that a testbench tests
 *   mcp_server     the tools for other programs: a Model Context Protocol connection
 *   mcp_answer     answers a request
 *   mcp_resources  verdicts and waves of runs
 *   mcp_prompts    posedge's prompts
 *   mcp_reply mcp_inner  shared by these
 *
 * None of our tools writes a file, starts a program chosen by the caller, or uses the
 * network. The most powerful is propose_edit, whose result a person reviews. Each
 * result is text of a stated maximum size without secrets; what it quotes from files
 * and tools is data, whatever it says.
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

#define TOOLBOX_RESULT_MAX (32u << 10) /* bytes of a result; a note says what was cut */
#define TOOLBOX_MAX	   256u	       /* number of tools */
#define TOOL_NAME_MAX	   64u	       /* bytes */
#define TOOL_SCHEMA_MAX	   (16u << 10) /* bytes */

enum tool_effect {
	TOOL_READS,    /* reads the project or a run */
	TOOL_RUNS,     /* runs lint or a simulation, within the options' limits */
	TOOL_PROPOSES, /* makes a suggestion for a person to review */
	TOOL_FOREIGN,  /* whatever its server or plugin does */
	TOOL_TALKS,    /* talks to the user, or controls the turn; only in a turn */
	TOOL_EFFECTS
};

#define TOOL_DOES(effect) (1u << (effect))
#define TOOL_OURS	  (TOOL_DOES(TOOL_READS) | TOOL_DOES(TOOL_RUNS) | TOOL_DOES(TOOL_PROPOSES))

/* The record of a turn, shared by its tool calls. */
struct tool_turn {
	uint64_t *suggestions; /* open ones, in order of creation; owned */
	size_t n, cap;
	struct strv checked, /* tools that examined the design since the last proposal */
		said;	     /* for each of checked: first line of its result */
	unsigned changes;    /* number of proposals; earlier examinations are stale */
	bool done;	     /* the model called `done` */
};

void tool_turn_fini(struct tool_turn *t);
void tool_turn_checked(struct tool_turn *t, const char *name, const char *said);
void tool_turn_changed(struct tool_turn *t); /* clears checked and said */

/* The caller of a tool and its rights: one per turn of a model or per connection.
 * Plain data, owned by its creator. */
struct tool_use {
	struct workbench *w;
	const char *by;		/* author of its suggestions: "mcp", a model's name */
	uint64_t ask;		/* the question that the turn answers; 0: none */
	unsigned effects;	/* set of TOOL_DOES(); other tools do not exist for it */
	struct tool_turn *turn; /* NULL: a connection */
};

struct tool_call {
	struct workbench *w;
	struct tool_use *use;
	void *ctx;	   /* that of struct tool */
	const cJSON *args; /* an object; NULL: none */
	struct str *out;   /* result for the model */
};

struct tool {
	const char *name;   /* [a-z_0-9]{1,64} */
	const char *about;  /* one or two sentences for the model */
	const char *schema; /* JSON Schema of the arguments, an object */
	enum tool_effect effect;
	/* Runs in a task; may wait. The argument names were checked against the
	 * schema unless it allows others. False: err is sent to the model. The tool
	 * may be removed meanwhile, but ctx stays valid. */
	bool (*call)(struct tool_call *c, struct err *err);
	void *ctx;	    /* for call(); our own tools have none */
	const char *source; /* who implements it: "mcp:NAME"; NULL: posedge */
};

/* The workbench's toolbox; created with our own tools at the first call. */
struct toolbox *toolbox_of(struct workbench_tools *t);

/* Call in a task before offering tools: starts the servers that bring tools, and
 * queries those that changed. A failure becomes a note. False: cancelled. */
bool toolbox_gather(struct workbench *w, struct err *err);

/* Copies the row and its strings to the end of the list. ERR_USAGE: invalid name, or
 * the schema is not a JSON object; ERR_LIMIT; ERR_CONFLICT: the name is taken. */
bool toolbox_add(struct toolbox *b, const struct tool *t, struct err *err);
void toolbox_remove(struct toolbox *b, const void *ctx); /* all tools with this ctx */

/* In a stable order, our own first; NULL after the last. Borrowed until a tool is
 * added or removed. */
const struct tool *toolbox_at(const struct toolbox *b, size_t i);
const struct tool *toolbox_find(const struct toolbox *b, const char *name); /* NULL: none */

/* True if u may use t. */
bool toolbox_offers(const struct tool_use *u, const struct tool *t);

/* Call in a task. Checks the argument names, rescans the project for our own tools,
 * runs the tool, redacts secrets and cuts an overlong result. args NULL: none.
 * False: err is for the model; ERR_NOT_FOUND: no such tool for u. Needs what the
 * tools need: a project, and for some a session. */
bool toolbox_call(struct tool_use *u, const char *name, const cJSON *args, struct str *out,
		  struct err *err);

#endif
