/* screen_port.h - what a screen offers to commands.
 *
 * The command table includes the screen's commands, for help, manual and rc files;
 * the screen implements them. ui/ implements the port; without a screen the
 * workbench has none. Knows no key, no pane and nothing of what is shown.
 */
#ifndef POSEDGE_SCREEN_PORT_H
#define POSEDGE_SCREEN_PORT_H

#include <stdbool.h>

#include "session/base/err.h"

struct cmd_call;

struct screen_port {
	/* Runs c->cmd on the screen: at once, possibly outside a task, without
	 * waiting. *as_job: the screen does not implement it for these arguments;
	 * nothing was done, and the command's run() must be called in a task. */
	bool (*run)(struct screen_port *p, struct cmd_call *c, bool *as_job, struct err *err);
};

#endif
