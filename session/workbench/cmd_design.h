/* cmd_design.h - design options for a single command: -D NAME[=VALUE], -I DIR, -G
 * NAME=VALUE, +NAME[=VALUE].
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

/* Earlier values of the options that were changed; NULL: not changed. */
struct cmd_design {
	char *was[CMD_DESIGN_N];
};

/* Adds the command's settings to the workbench's options until cmd_design_end(),
 * which must follow even on failure. ERR_USAGE, with nothing added, for a folder
 * outside the project or an invalid setting. */
bool cmd_design_begin(struct cmd_design *d, const struct cmd_call *c, struct err *err);
void cmd_design_end(struct cmd_design *d, const struct cmd_call *c);

#endif
