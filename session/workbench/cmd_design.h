/* cmd_design.h - options of the design on the command line, for one command:
 * -D NAME[=VALUE], -I DIR, -G NAME=VALUE, +NAME[=VALUE].
 */
#ifndef POSEDGE_CMD_DESIGN_H
#define POSEDGE_CMD_DESIGN_H

#include <stdbool.h>

#include "session/base/err.h"

struct cmd_call;

#define CMD_DESIGN_OPTS                                                                           \
	{ "-D", "NAME[=VALUE]", "define a macro, as `set defines` does" },                        \
		{ "-I", "DIR", "search this folder for includes first, as `set include` does" },  \
	{                                                                                         \
		"-G", "NAME=VALUE", "set a parameter of the top module, as `set parameters` does" \
	}
#define CMD_RUN_OPTS                                                                            \
	{                                                                                       \
		"+", "NAME[=VALUE]", "pass a plusarg to the simulation, as `set plusargs` does" \
	}

#define CMD_DESIGN_N 4

/* The options that are changed, as they were; NULL: not changed. */
struct cmd_design {
	char *was[CMD_DESIGN_N];
};

/* Adds what c was given to the workbench's options until cmd_design_end(), which must
 * follow, also on failure. Fails with ERR_USAGE, and nothing is added, for a folder
 * outside the project or a word that is no such setting. */
bool cmd_design_begin(struct cmd_design *d, const struct cmd_call *c, struct err *err);
void cmd_design_end(struct cmd_design *d, const struct cmd_call *c);

#endif
