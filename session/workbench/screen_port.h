/* screen_port.h - what a screen offers to the commands that are given on it.
 *
 * The command table has the screen's commands too, for help, manual and rc files; what
 * they do is the screen's business. ui/ implements the port; without a screen the
 * workbench has none. Knows no key, no pane and nothing of what is shown.
 */
#ifndef POSEDGE_SCREEN_PORT_H
#define POSEDGE_SCREEN_PORT_H

#include <stdbool.h>

#include "session/base/err.h"

struct cmd_call;

struct screen_port {
	/* Does what c->cmd does on the screen: at once, perhaps outside a task, and without
	 * waiting. *as_job: the screen has no way of its own to do that, with these
	 * arguments; nothing was done, and the command's run() does it, in a task. */
	bool (*run)(struct screen_port *p, struct cmd_call *c, bool *as_job, struct err *err);
};

#endif
