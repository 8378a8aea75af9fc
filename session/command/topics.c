/* The topics of `posedge help`. Within a topic the commands that are used most come
 * first. tests/unit/t_cmd.c checks that each command of the shell has one topic.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stddef.h>

const struct cmd_topic command_topics[] = {
	{ "Check and simulate a design",
	  { "lint", "sim", "wave", "why", "files", "find", "coverage", "mutants" } },
	{ "Ask a model",
	  { "ask", "fix", "btw", "critique", "context", "evidence", "compact", "backends" } },
	{ "Decide on what it proposes", { "review", "apply", "blame", "changed", "waive" } },
	{ "Design flows (docs/flows.md)",
	  { "flows", "clarify", "plan", "solve", "tests", "assert", "walk", "differ", "explain",
	    "explained", "complete" } },
	{ "Prove", { "prove", "equiv" } },
	{ "Session and record",
	  { "log", "note", "mark", "rewind", "fork", "sessions", "replay", "export", "consent",
	    "seal", "handin", "verify" } },
	{ "Start and set up",
	  { "new", "instance", "testbench", "set", "trust", "doctor", "mcp", "bench", "help",
	    "manual", "version" } },
	{ "In a posedgerc", { "backend", "bind", "plugin" } },
	{ NULL, { NULL } },
};
